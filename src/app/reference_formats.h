/* reference_formats.h - how the reference is laid out: one row a format.
 *
 * Texts are UTF-8 and one line. In those of paragraphs, entries and choices, backticks stand around what is typed.
 */
#ifndef APP_REFERENCE_FORMATS_H
#define APP_REFERENCE_FORMATS_H

#include "io/bytes.h"

typedef struct ReferenceFormat {
    const char *name; /* "man" */
    bool explains;    /* has room for what every choice means; otherwise choices are only named */
    void (*begin)(Bytes *b, const char *summary, const char *usage);
    void (*section)(Bytes *b, const char *title);
    void (*group)(Bytes *b, const char *title);
    void (*paragraph)(Bytes *b, const char *text);
    void (*code)(Bytes *b, const char *text);
    void (*entry)(Bytes *b, const char *name, const char *argument, const char *text); /* argument: "" for none */
    void (*choice)(Bytes *b, const char *name, const char *text);                      /* of the entry before it */
} ReferenceFormat;

/* The row i; NULL past the last. */
const ReferenceFormat *reference_format(size_t i);

#endif
