/* fuzz_lesson.c - any bytes as a lesson: refused with a line and its place, or rehearsed. Files that it names are looked
 * for in an empty folder. libFuzzer's entry. */
#include "scene/lesson.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const Catalogue *catalogue(void)
{
    static Catalogue c;
    if (!c.row && (!catalogue_init(&c) || chdir("/var/empty") != 0) && !c.row)
        abort();
    return &c;
}

static void check_places(const Lesson *l)
{
    for (size_t i = 0; i < l->commands; i++) {
        if (l->command[i].line < 1 || l->command[i].column < 1 || l->command[i].at >= strlen(l->text))
            abort();
    }
    for (size_t i = 0; i < l->scenes; i++) {
        if (l->scene[i].from > l->scene[i].to || l->scene[i].to > l->commands)
            abort();
    }
    for (size_t i = 0; i < l->problems; i++) {
        if (strncmp(l->problem[i].text, "input:", strlen("input:")) != 0)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error e = {0};
    char *text = malloc(size + 1);
    if (!text || size > 1 << 14) {
        free(text);
        return 0;
    }
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    Lesson *l = lesson_parse("input", text, size, catalogue(), NULL, &e);
    if (l)
        check_places(l);
    else if (strncmp(e.text, "input:", strlen("input:")) != 0)
        abort();
    lesson_free(l);
    free(text);
    return 0;
}
