#include "io/text.h"

#include <string.h>

static int goes_on(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

void text_copy(char *to, size_t size, const char *from)
{
    size_t n = strnlen(from, size - 1);
    while (n > 0 && goes_on(from[n]))
        n--;
    memcpy(to, from, n);
    to[n] = '\0';
}
