#include "io/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Names come from outside, with whatever is in them; a message stays one line. */
static void keep_one_line(char *text)
{
    for (char *p = text; *p; p++) {
        if ((unsigned char)*p < ' ')
            *p = ' ';
    }
}

/* The last letter of a line that was cut off may have lost some of its bytes. */
static void drop_last_letter(char *text)
{
    size_t size = strlen(text);
    while (size > 0 && ((unsigned char)text[size - 1] & 0xC0) == 0x80)
        size--;
    text[size > 0 ? size - 1 : 0] = 0;
}

bool error_set(Error *e, const char *format, ...)
{
    va_list arguments;
    if (e) {
        va_start(arguments, format);
        if (vsnprintf(e->text, sizeof e->text, format, arguments) >= (int)sizeof e->text)
            drop_last_letter(e->text);
        keep_one_line(e->text);
        va_end(arguments);
    }
    return false;
}
