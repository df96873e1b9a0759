#include "io/error.h"

#include <stdarg.h>
#include <stdio.h>

/* Names come from outside, with whatever is in them; a message stays one line. */
static void keep_one_line(char *text)
{
    for (char *p = text; *p; p++) {
        if ((unsigned char)*p < ' ')
            *p = ' ';
    }
}

bool error_set(Error *e, const char *format, ...)
{
    va_list arguments;
    if (e) {
        va_start(arguments, format);
        vsnprintf(e->text, sizeof e->text, format, arguments);
        keep_one_line(e->text);
        va_end(arguments);
    }
    return false;
}
