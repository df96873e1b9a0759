/* fuzz_drawing.c - any bytes as the file of a drawing: refused with a line, or a drawing whose file, read again, is the
 * same file. libFuzzer's entry. */
#include "scene/drawing_file.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Bytes written(const Drawing *d)
{
    Bytes b = {0};
    drawing_append(&b, d);
    if (b.failed)
        abort();
    return b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Drawing d = {0};
    Error e = {0};
    if (!drawing_parse("input", data, size, &d, &e)) {
        if (d.count > 0 || !e.text[0])
            abort();
        return 0;
    }
    Bytes first = written(&d);
    if (!drawing_parse("written", first.data, first.size, &d, &e))
        abort();
    Bytes second = written(&d);
    if (first.size != second.size || memcmp(first.data, second.data, first.size) != 0)
        abort();
    bytes_free(&first);
    bytes_free(&second);
    drawing_free(&d);
    return 0;
}
