#include "io/bytes.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool grow(Bytes *b, size_t more)
{
    size_t capacity = b->capacity + b->capacity / 2 + 256;
    if (more > SIZE_MAX / 2 - b->size)
        return false;
    if (capacity < b->size + more)
        capacity = b->size + more;
    unsigned char *data = realloc(b->data, capacity);
    if (!data)
        return false;
    b->data = data;
    b->capacity = capacity;
    return true;
}

unsigned char *bytes_reserve(Bytes *b, size_t more)
{
    if (!b->failed && (!b->data || more > b->capacity - b->size) && !grow(b, more))
        b->failed = true;
    return b->failed ? NULL : b->data + b->size;
}

void bytes_append(Bytes *b, const void *data, size_t size)
{
    unsigned char *end = bytes_reserve(b, size);
    if (end && size > 0) {
        memcpy(end, data, size);
        b->size += size;
    }
}

void bytes_printf(Bytes *b, const char *format, ...)
{
    va_list arguments, again;
    unsigned char *end = bytes_reserve(b, 64); /* most pieces fit at once */
    int size;
    if (!end)
        return;
    va_start(arguments, format);
    va_copy(again, arguments);
    size = vsnprintf((char *)end, b->capacity - b->size, format, arguments);
    if (size >= 0 && (size_t)size >= b->capacity - b->size) {
        end = bytes_reserve(b, (size_t)size + 1);
        if (end)
            vsnprintf((char *)end, (size_t)size + 1, format, again);
    }
    va_end(again);
    va_end(arguments);
    if (size < 0)
        b->failed = true;
    else if (end)
        b->size += (size_t)size;
}

void bytes_quote(Bytes *b, const char *text)
{
    bytes_printf(b, "\"");
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ')
            bytes_printf(b, "\\u%04x", c);
        else
            bytes_printf(b, c == '"' || c == '\\' ? "\\%c" : "%c", c);
    }
    bytes_printf(b, "\"");
}

void bytes_free(Bytes *b)
{
    free(b->data);
    *b = (Bytes){0};
}
