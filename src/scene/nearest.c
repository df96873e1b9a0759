#include "scene/nearest.h"

#include <stdio.h>
#include <string.h>

enum { NAME_LENGTH = 31, LIST_LIMIT = 32 };

size_t name_find(NameAt at, const char *name)
{
    for (size_t i = 0; at(i); i++) {
        if (strcmp(at(i), name) == 0)
            return i;
    }
    return NAME_NONE;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance of the first NAME_LENGTH characters, one row at a time. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t row[NAME_LENGTH + 1], n = smaller(strlen(a), NAME_LENGTH), m = smaller(strlen(b), NAME_LENGTH);
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smaller(replaced, 1 + smaller(row[j], row[j - 1]));
        }
    }
    return row[m];
}

static void list_names(NameAt at, char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "; there are");
    for (size_t i = 0; at(i) && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s %s", i ? "," : "", at(i));
}

const char *name_suggest(NameAt at, const char *name, char *text, size_t size)
{
    size_t best = NAME_NONE, distance = NAME_LENGTH, count = 0;
    for (; at(count); count++) {
        size_t d = edit_distance(at(count), name);
        if (d < distance) {
            distance = d;
            best = count;
        }
    }
    text[0] = '\0';
    if (best != NAME_NONE && distance <= 1 + strlen(name) / 3)
        snprintf(text, size, "; did you mean %s?", at(best));
    else if (count <= LIST_LIMIT)
        list_names(at, text, size);
    return text;
}
