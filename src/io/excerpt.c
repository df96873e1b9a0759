#include "io/excerpt.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = EXCERPT_SIZE - 3 }; /* room for quotes and the ending zero */

/* The size of the character that starts here; 0 where the bytes are not UTF-8 or not whole. */
static size_t character_size(const unsigned char *text, size_t size)
{
    size_t length = text[0] < 0x80 ? 1 : text[0] < 0xc2 ? 0 : text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
    if (length == 0 || length > size || text[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

Excerpt excerpt(const unsigned char *text, size_t size)
{
    Excerpt e = {0};
    size_t from = 0, to = 0;
    while (from < size && to <= LONGEST - 7) { /* room for one more character and the dots */
        size_t length = character_size(text + from, size - from);
        if (length > 1)
            memcpy(e.text + to, text + from, length);
        else if (length == 1)
            e.text[to] = text[from] < ' ' || text[from] == 0x7f ? ' ' : (char)text[from];
        else
            e.text[to] = '?';
        from += length ? length : 1;
        to += length ? length : 1;
    }
    if (from < size)
        memcpy(e.text + to, "...", 3);
    return e;
}

Excerpt excerpt_quoted(const unsigned char *text, size_t size)
{
    Excerpt quoted, plain = excerpt(text, size);
    snprintf(quoted.text, sizeof quoted.text, size > 0 ? "\"%.*s\"" : "nothing", LONGEST, plain.text);
    return quoted;
}
