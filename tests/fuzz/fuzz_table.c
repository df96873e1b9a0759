/* fuzz_table.c - any bytes as a table of points, the first of them the choice of columns: refused with a line, or a
 * set that can be scaled and that its own CSV brings back. libFuzzer's entry. */
#include "io/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_scaled(const PointTable *p)
{
    PointTable scaled;
    Frame frame;
    require(points_scale(p, &scaled, &frame, NULL) && frame.std > 0);
    for (size_t i = 0; i < 2 * p->count; i++)
        require(isfinite((float)scaled.x[i]));
    for (size_t i = 0; i < p->count && p->weighted; i++)
        require(scaled.weight[i] > 0 && scaled.weight[i] <= 1);
    points_free(&scaled);
}

static void check_csv(const PointTable *p)
{
    Bytes b = {0};
    PointTable again;
    points_append_csv(p, &b);
    require(table_read_points("csv", b.data, b.size, NULL, &again, NULL));
    require(again.count == p->count && again.weighted == p->weighted && again.skipped.count == 0);
    for (size_t i = 0; i < 2 * p->count; i++)
        require(again.x[i] == p->x[i]);
    for (size_t i = 0; i < p->count && p->weighted; i++)
        require(again.weight[i] == p->weight[i]);
    points_free(&again);
    bytes_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const PointsChoice choices[] = {{{0}}, {{"2", "1", NULL}}, {{"a", "b", NULL}}, {{NULL, "3", "1"}}};
    Error e = {0};
    PointTable p;
    if (size == 0)
        return 0;
    if (!table_read_points("input", data + 1, size - 1, &choices[data[0] % 4], &p, &e)) {
        require(!p.x && !p.weight && e.text[0]);
        return 0;
    }
    require(p.count >= 2 && p.column[POINTS_X][0] && p.column[POINTS_Y][0] && p.format[0]);
    require((p.skipped.count > 0) == (p.skipped.why[0] != 0));
    check_scaled(&p);
    check_csv(&p);
    points_free(&p);
    return 0;
}
