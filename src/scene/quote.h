/* quote.h - any text as one word of a command: names of files, words that were typed. */
#ifndef SCENE_QUOTE_H
#define SCENE_QUOTE_H

#include "io/bytes.h"

/* Appends the text in quotes, with backslashes where the grammar of command.h asks for them. */
void quote_append(Bytes *b, const char *text);

#endif
