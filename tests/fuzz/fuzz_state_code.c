/* fuzz_state_code.c - any text as a state code, and any bytes as what a right one packs: refused with a line and
 * nothing changed, or a state whose code restores the same. libFuzzer's entry. */
#include "scene/drawing_packed.h"
#include "scene/state_code.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void no_order(void *context, const Order *order)
{
    (void)context;
    for (int worker = 0; worker < 2; worker++)
        state_release(order->state);
}

static char *packed(const uint8_t *data, size_t size)
{
    Bytes b = {0};
    uLongf deflated = compressBound(size);
    unsigned char *block = malloc(4 + deflated);
    if (!block || compress2(block + 4, &deflated, data, size, 1) != Z_OK)
        abort();
    uint32_t sum = (uint32_t)crc32(0, block + 4, (uInt)deflated);
    memcpy(block, &sum, 4);
    bytes_printf(&b, "sf1-");
    base64_append(&b, block, 4 + deflated);
    bytes_append(&b, "", 1);
    free(block);
    for (char *p = (char *)b.data; *p; p++)
        *p = *p == '+' ? '-' : *p == '/' ? '_' : *p == '=' ? '\0' : *p;
    return (char *)b.data;
}

static void take(Session *s, const char *code)
{
    Error e = {{0}};
    bool whole;
    Settings before = s->settings;
    if (!state_code_take(s, code, &e)) {
        if (!e.text[0] || memcmp(&before, &s->settings, sizeof before) != 0)
            abort();
        return;
    }
    char *first = state_code_write(s, &whole);
    if (!first || !state_code_take(s, first, &e))
        abort();
    char *second = state_code_write(s, &whole);
    if (!second || strcmp(first, second) != 0)
        abort();
    free(first);
    free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Catalogue catalogue;
    Settings defaults = settings_defaults();
    Session s;
    if (!catalogue.now && !catalogue_init(&catalogue))
        abort();
    session_init(&s, &catalogue, &defaults, (Host){.order = no_order});
    char *text = packed(data, size), *plain = strndup((const char *)data, size);
    if (!plain)
        abort();
    take(&s, plain);
    take(&s, text);
    free(plain);
    free(text);
    session_free(&s);
    return 0;
}
