/* fuzz_state.c - any bytes as a saved state: refused with a line, or a whole state that can be written again.
 * libFuzzer's entry. */
#include "scene/state_file.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_again(const State *s)
{
    Bytes b = {0};
    if (!state_whole(s))
        abort();
    state_append(&b, s, STATE_FILE_WHOLE);
    bytes_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error e = {0};
    Settings settings = settings_defaults();
    size_t row = 0;
    State *whole = state_read("input", data, size, &e);
    if (!whole && !e.text[0])
        abort();
    if (whole)
        write_again(whole);
    state_release(whole);
    e.text[0] = '\0';
    State *weights = state_read_weights("input", data, size, &settings, &row, &e);
    if (weights ? row > target_count() : !e.text[0])
        abort();
    state_release(weights);
    return 0;
}
