# embed_files(TARGET FILE...): a library TARGET with TARGET.h, whose TARGET_find("name.ext") gives a file's bytes.
function(embed_files target)
    set(folder ${CMAKE_BINARY_DIR}/embedded)
    string(TOUPPER ${target} TARGET)
    set(assembly ".section .rodata\n")
    set(table "")
    set(declarations "")
    set(number 0)
    foreach(file ${ARGN})
        cmake_path(GET file FILENAME name)
        set(symbol ${target}_${number})
        string(APPEND assembly
            ".balign 16\n.global ${symbol}_begin\n.global ${symbol}_end\n"
            "${symbol}_begin:\n.incbin \"${file}\"\n${symbol}_end:\n.byte 0\n")
        string(APPEND declarations "extern const unsigned char ${symbol}_begin[], ${symbol}_end[];\n")
        string(APPEND table "    {\"${name}\", ${symbol}_begin, ${symbol}_end},\n")
        math(EXPR number "${number} + 1")
    endforeach()
    string(APPEND assembly ".section .note.GNU-stack,\"\",%progbits\n")
    file(CONFIGURE OUTPUT ${folder}/${target}.S CONTENT "${assembly}" @ONLY)
    file(CONFIGURE OUTPUT ${folder}/${target}.h CONTENT [[
/* @target@.h - files that travel inside the program. Made by cmake/embed.cmake. */
#ifndef @TARGET@_H
#define @TARGET@_H
#include <stddef.h>

/* The bytes of the file with this name (no folder), and a zero byte after them; NULL when there is none.
 * size: bytes, without that zero. */
const unsigned char *@target@_find(const char *name, size_t *size);

/* The name of file i, in the order of the alphabet; NULL past the last. */
const char *@target@_name(size_t i);

#endif
]] @ONLY)
    file(CONFIGURE OUTPUT ${folder}/${target}.c CONTENT [[
#include "@target@.h"
#include <string.h>

@declarations@
static const struct {
    const char *name;
    const unsigned char *begin, *end;
} files[] = {
@table@    {NULL, NULL, NULL},
};

const unsigned char *@target@_find(const char *name, size_t *size)
{
    for (size_t i = 0; files[i].name; i++) {
        if (strcmp(files[i].name, name) == 0) {
            *size = (size_t)(files[i].end - files[i].begin);
            return files[i].begin;
        }
    }
    return NULL;
}

const char *@target@_name(size_t i)
{
    return i < sizeof files / sizeof *files ? files[i].name : NULL;
}
]] @ONLY)
    add_library(${target} STATIC ${folder}/${target}.S ${folder}/${target}.c)
    target_include_directories(${target} PUBLIC ${folder})
    set_source_files_properties(${folder}/${target}.S PROPERTIES OBJECT_DEPENDS "${ARGN}")
endfunction()
