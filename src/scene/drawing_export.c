#include "scene/drawing_export.h"

#include "io/csv.h"
#include "io/file.h"
#include "io/npy.h"
#include "scene/drawing_target.h"

#include <stdlib.h>
#include <string.h>

static void to_units(const PointSet *s, const double local[2], float *out)
{
    for (int axis = 0; axis < 2; axis++)
        out[axis] = (float)(s->units.origin[axis] + s->units.scale * local[axis]);
}

static bool holds_points(const Part *p)
{
    return p->kind == PART_POINTS && p->shown && p->points;
}

bool drawing_has_points(const Drawing *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (holds_points(&d->part[i]))
            return true;
    return false;
}

bool drawing_units(const Drawing *d, Units *u)
{
    const Part *only = NULL;
    size_t shown = 0;
    for (size_t i = 0; i < d->count; i++) {
        bool counts = d->part[i].shown && d->part[i].weight > 0;
        only = counts ? &d->part[i] : only;
        shown += counts;
    }
    if (shown != 1 || !holds_points(only) || !only->points->file[0] || only->angle < 0 || only->angle > 0)
        return false;
    const Units *of = &only->points->units;
    u->scale = of->scale / only->size;
    for (int axis = 0; axis < 2; axis++)
        u->origin[axis] = of->origin[axis] - u->scale * only->place[axis];
    return true;
}

bool drawing_to_original(const Drawing *d, float *x, size_t n)
{
    size_t k = 0;
    while (k < d->count && !(holds_points(&d->part[k]) && d->part[k].points->file[0]))
        k++;
    if (k == d->count)
        return false;
    for (size_t i = 0; i < n; i++) {
        double at[2] = {(double)x[2 * i], (double)x[2 * i + 1]};
        part_to_local(&d->part[k], at, at);
        to_units(d->part[k].points, at, x + 2 * i);
    }
    return true;
}

/* Rows of two numbers, or of three where points are weighted. */
typedef struct Table {
    size_t rows, columns;
    float *value; /* [rows][columns] */
} Table;

static bool table_init(Table *t, size_t rows, size_t columns, Error *e)
{
    size_t row_bytes = columns * sizeof *t->value;
    *t = (Table){.rows = rows, .columns = columns};
    if (rows <= SIZE_MAX / row_bytes)
        t->value = calloc(rows, row_bytes);
    return t->value || error_set(e, "out of memory for %zu points", rows);
}

/* Points by hand have no file's units: they are where they stand. */
static float *append_points(const Part *p, size_t columns, float *row)
{
    const PointSet *s = p->points;
    for (size_t i = 0; i < s->count; i++, row += columns) {
        double at[2] = {(double)s->x[2 * i], (double)s->x[2 * i + 1]};
        if (!s->file[0])
            part_to_plane(p, at, at);
        to_units(s, at, row);
        if (columns > 2)
            row[2] = s->weight ? s->weight[i] : 1;
    }
    return row;
}

static bool own_points(const Drawing *d, Table *t, Error *e)
{
    size_t rows = 0, columns = 2;
    for (size_t i = 0; i < d->count; i++) {
        if (!holds_points(&d->part[i]))
            continue;
        rows += d->part[i].points->count;
        columns = d->part[i].points->weight ? 3 : columns;
    }
    if (rows == 0)
        return error_set(e, "the drawing has no points of its own: ask for a number of samples");
    if (!table_init(t, rows, columns, e))
        return false;
    float *row = t->value;
    for (size_t i = 0; i < d->count; i++)
        if (holds_points(&d->part[i]))
            row = append_points(&d->part[i], columns, row);
    return true;
}

static bool sampled(const Drawing *d, const DrawingExport *what, Table *t, Error *e)
{
    Target target;
    if (!drawing_target(d, &target, e))
        return false;
    bool made = table_init(t, what->samples, 2, e);
    if (made) {
        Rng rng = {.seed = what->seed, .stream = STREAM_DATA};
        mixture_sample(&target.mixture, rng, 0, 0, what->samples, t->value);
        drawing_to_original(d, t->value, what->samples);
    }
    target_free(&target);
    return made;
}

static void append_csv(Bytes *b, const Table *t)
{
    if (t->columns == 2) {
        csv_append_points(b, t->value, t->rows);
        return;
    }
    for (const float *row = t->value; row < t->value + 3 * t->rows; row += 3)
        bytes_printf(b, "%.9g,%.9g,%.9g\n", (double)row[0], (double)row[1], (double)row[2]);
}

static void append_npy(Bytes *b, const Table *t)
{
    npy_append(b, t->value, (size_t[]){t->rows, t->columns}, 2);
}

static const struct Format {
    const char *ending;
    void (*append)(Bytes *b, const Table *t);
} formats[] = {{".csv", append_csv}, {".npy", append_npy}};

static const struct Format *format_of(const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t ending = strlen(formats[i].ending);
        if (length > ending && strcmp(path + length - ending, formats[i].ending) == 0)
            return &formats[i];
    }
    return NULL;
}

bool drawing_export(const Drawing *d, const DrawingExport *what, const char *path, Error *e)
{
    const struct Format *format = format_of(path);
    Table t = {0};
    Bytes b = {0};
    if (!format)
        return error_set(e, "%s: points go to a .csv or .npy file", path);
    bool written = what->samples > 0 ? sampled(d, what, &t, e) : own_points(d, &t, e);
    if (written) {
        format->append(&b, &t);
        written = file_write_bytes(path, &b, e);
    }
    bytes_free(&b);
    free(t.value);
    return written;
}
