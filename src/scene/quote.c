#include "scene/quote.h"

#include <string.h>

/* Line breaks are escaped as well: what is read by lines, as a trace is, stays one. */
void quote_append(Bytes *b, const char *text)
{
    bytes_append(b, "\"", 1);
    while (*text) {
        size_t plain = strcspn(text, "\"\\\n");
        bytes_append(b, text, plain);
        text += plain;
        if (!*text)
            break;
        const char escaped[] = {'\\', *text == '\n' ? 'n' : *text};
        bytes_append(b, escaped, sizeof escaped);
        text++;
    }
    bytes_append(b, "\"", 1);
}
