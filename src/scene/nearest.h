/* nearest.h - looking names up in tables, and what was probably meant when they aren't there. */
#ifndef SCENE_NEAREST_H
#define SCENE_NEAREST_H

#include <stddef.h>

#define NAME_NONE ((size_t)-1)

/* Name i of a table, NULL past the last. */
typedef const char *(*NameAt)(size_t i);

/* The index of a name, NAME_NONE when it isn't there. */
size_t name_find(NameAt at, const char *name);

/* "; did you mean NAME?" for the name at the smallest edit distance, or, when none is near and the table is short,
 * "; there are A, B, C". Returns text. */
const char *name_suggest(NameAt at, const char *name, char *text, size_t size);

#endif
