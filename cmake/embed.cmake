# embed_files(TARGET FILE...): a library TARGET with embedded.h, whose embedded_find("name.ext") gives a file's bytes.
function(embed_files target)
    set(folder ${CMAKE_BINARY_DIR}/embedded)
    set(assembly ".section .rodata\n")
    set(table "")
    set(declarations "")
    set(number 0)
    foreach(file ${ARGN})
        cmake_path(GET file FILENAME name)
        string(APPEND assembly
            ".balign 16\n.global embedded_${number}_begin\n.global embedded_${number}_end\n"
            "embedded_${number}_begin:\n.incbin \"${file}\"\nembedded_${number}_end:\n.byte 0\n")
        string(APPEND declarations "extern const unsigned char embedded_${number}_begin[], embedded_${number}_end[];\n")
        string(APPEND table "    {\"${name}\", embedded_${number}_begin, embedded_${number}_end},\n")
        math(EXPR number "${number} + 1")
    endforeach()
    string(APPEND assembly ".section .note.GNU-stack,\"\",%progbits\n")
    file(CONFIGURE OUTPUT ${folder}/files.S CONTENT "${assembly}" @ONLY)
    file(CONFIGURE OUTPUT ${folder}/embedded.h CONTENT [[
/* embedded.h - files that travel inside the program. Made by cmake/embed.cmake. */
#ifndef EMBEDDED_H
#define EMBEDDED_H
#include <stddef.h>

/* The bytes of the file with this name (no folder), and a zero byte after them; NULL when there is none.
 * size: bytes, without that zero. */
const unsigned char *embedded_find(const char *name, size_t *size);

#endif
]] @ONLY)
    file(CONFIGURE OUTPUT ${folder}/embedded.c CONTENT [[
#include "embedded.h"
#include <string.h>

@declarations@
static const struct {
    const char *name;
    const unsigned char *begin, *end;
} files[] = {
@table@};

const unsigned char *embedded_find(const char *name, size_t *size)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(files[i].name, name) == 0) {
            *size = (size_t)(files[i].end - files[i].begin);
            return files[i].begin;
        }
    }
    return NULL;
}
]] @ONLY)
    add_library(${target} STATIC ${folder}/files.S ${folder}/embedded.c)
    target_include_directories(${target} PUBLIC ${folder})
    set_source_files_properties(${folder}/files.S PROPERTIES OBJECT_DEPENDS "${ARGN}")
endfunction()
