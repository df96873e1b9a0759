#include "scene/recent.h"

#include "io/text.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t recent_count(const Recent *r)
{
    size_t n = 0;
    while (n < RECENT_FILES && r->path[n][0])
        n++;
    return n;
}

void recent_note(Recent *r, const char *path)
{
    char whole[PATH_MAX];
    size_t place = 0;
    if (strchr(path, '\n') || !realpath(path, whole) || strlen(whole) >= RECENT_PATH)
        return;
    while (place < RECENT_FILES - 1 && r->path[place][0] && strcmp(r->path[place], whole) != 0)
        place++;
    memmove(r->path[1], r->path[0], place * sizeof r->path[0]);
    snprintf(r->path[0], sizeof r->path[0], "%s", whole);
    r->version++;
}

void recent_append(Bytes *b, const Recent *r)
{
    for (size_t i = 0; i < recent_count(r); i++)
        bytes_printf(b, "%s\n", r->path[i]);
}

void recent_read(Recent *r, const char *text)
{
    *r = (Recent){0};
    for (size_t n = 0; n < RECENT_FILES && *text;) {
        size_t length = strcspn(text, "\n");
        if (text[0] == '/' && length < RECENT_PATH)
            snprintf(r->path[n++], RECENT_PATH, "%.*s", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

void recent_print(const Recent *r, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < recent_count(r) && used < size; i++) {
        const char *name = strrchr(r->path[i], '/') + 1;
        used += (size_t)snprintf(text + used, size - used, "%s%zu %.40s", i ? "  " : "", i + 1, name);
    }
}
