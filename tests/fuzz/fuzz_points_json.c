/* fuzz_points_json.c - any bytes as points in JSON: refused with a line, or a set that can be scaled. libFuzzer's
 * entry. */
#include "io/points_json.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error e = {0};
    PointTable p, scaled;
    Frame frame;
    if (!points_read_json("input", data, size, &p, &e)) {
        require(!p.x && !p.weight && e.text[0]);
        return 0;
    }
    require(p.count >= 2 && p.weighted == (p.weight != NULL));
    require(points_scale(&p, &scaled, &frame, NULL) && frame.std > 0);
    for (size_t i = 0; i < 2 * p.count; i++)
        require(isfinite((float)scaled.x[i]));
    points_free(&scaled);
    points_free(&p);
    return 0;
}
