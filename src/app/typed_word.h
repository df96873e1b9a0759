/* typed_word.h - fonts for what is typed: the words of commands, and the preview of the card on which one is typed.
 * Main thread. */
#ifndef APP_TYPED_WORD_H
#define APP_TYPED_WORD_H

#include "gfx/word.h"
#include "ui/word_entry.h"

typedef struct TypedWord {
    Words words;
    WordEntry entry;
    const char **face; /* names for the entry */
    char text[EDIT_SIZE];
    size_t chosen; /* text and face of the preview */
    Raster *preview;
    Error problem;
} TypedWord;

/* {0} before the first use. */
void typed_word_free(TypedWord *t);

/* Brings the preview up to what is typed. True when it changed. */
bool typed_word_follow(TypedWord *t);

#endif
