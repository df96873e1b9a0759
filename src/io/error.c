#include "io/error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_set(Error *e, const char *format, ...)
{
    va_list arguments;

    if (e) {
        va_start(arguments, format);
        vsnprintf(e->text, sizeof e->text, format, arguments);
        va_end(arguments);
    }
    return false;
}
