#include "scene/drawing_file.h"

#include "core/target.h"
#include "io/file.h"
#include "scene/drawing_packed.h"

#include <stdlib.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "arrays go into files as they are in memory");

/* As many points as a drawing can hold, and a little for the rest. */
static const size_t FILE_MAX = (size_t)1200 << 20;

static void append_named_text(Bytes *b, const char *key, const char *text)
{
    bytes_printf(b, ",\n \"%s\": ", key);
    bytes_quote(b, text);
}

static void append_canvas(Bytes *b, const Part *p)
{
    float *level = malloc(CANVAS_CELLS * sizeof *level);
    if (level) {
        canvas_levels(&p->canvas, CANVAS_WHOLE, level);
        bytes_printf(b, ",\n \"levels\": \"");
        packed_append(b, level, CANVAS_CELLS * sizeof *level);
        bytes_printf(b, "\"");
    }
    b->failed |= !level;
    free(level);
}

/* One that is not there yet has no rows. */
static void append_raster(Bytes *b, const Part *p)
{
    const Raster *r = p->raster;
    bytes_printf(b, ",\n \"rows\": %zu, \"columns\": %zu", r ? r->rows : 0, r ? r->columns : 0);
    if (!r)
        return;
    append_named_text(b, "text", r->text);
    append_named_text(b, "face", r->face);
    bytes_printf(b, ",\n \"levels\": \"");
    packed_append(b, r->level, r->rows * r->columns);
    bytes_printf(b, "\"");
}

static void append_gaussians(Bytes *b, const Part *p)
{
    bytes_printf(b, ",\n \"gaussians\": [");
    for (size_t i = 0; p->gaussians && i < p->gaussians->count; i++) {
        const HandGaussian *g = &p->gaussians->item[i];
        bytes_printf(b, "%s[%.17g, %.17g, %.17g, %.17g, %.17g, %.17g]", i ? ",\n  " : "", g->mean[0], g->mean[1],
                     g->std[0], g->std[1], g->angle, g->weight);
    }
    bytes_printf(b, "]");
}

static void append_floats(Bytes *b, const char *key, const float *value, size_t n)
{
    bytes_printf(b, ",\n \"%s\": \"", key);
    base64_append(b, value, n * sizeof *value);
    bytes_printf(b, "\"");
}

static void append_points(Bytes *b, const Part *p)
{
    const PointSet *s = p->points;
    size_t count = s ? s->count : 0;
    bytes_printf(b, ",\n \"count\": %zu", count);
    if (count == 0)
        return;
    append_named_text(b, "file", s->file);
    bytes_printf(b, ",\n \"origin\": [%.17g, %.17g], \"scale\": %.17g", s->units.origin[0], s->units.origin[1],
                 s->units.scale);
    append_floats(b, "points", s->x, 2 * s->count);
    if (s->weight)
        append_floats(b, "weights", s->weight, s->count);
}

static void append_target(Bytes *b, const Part *p)
{
    append_named_text(b, "target", target_info(p->target)->name);
}

static void (*const contents[PART_KINDS])(Bytes *b, const Part *p) = {
    [PART_CANVAS] = append_canvas, [PART_WORD] = append_raster,   [PART_GAUSSIANS] = append_gaussians,
    [PART_POINTS] = append_points, [PART_TARGET] = append_target, [PART_PICTURE] = append_raster,
};

static void append_part(Bytes *b, const Part *p)
{
    bytes_printf(b, "{\"kind\": \"%s\", \"name\": ", part_kind_name(p->kind));
    bytes_quote(b, p->name);
    bytes_printf(b,
                 ",\n \"weight\": %.17g, \"place\": [%.17g, %.17g], \"size\": %.17g, \"angle\": %.17g, \"shown\": %s",
                 p->weight, p->place[0], p->place[1], p->size, p->angle, p->shown ? "true" : "false");
    contents[p->kind](b, p);
    bytes_printf(b, "}");
}

void drawing_append(Bytes *b, const Drawing *d)
{
    bytes_printf(b, "{\"format\": \"%s\", \"version\": %d, \"fit\": %s, \"parts\": [", DRAWING_FORMAT, DRAWING_VERSION,
                 d->fit ? "true" : "false");
    for (size_t i = 0; i < d->count; i++) {
        bytes_printf(b, i ? ",\n" : "\n");
        append_part(b, &d->part[i]);
    }
    bytes_printf(b, "]}\n");
}

bool drawing_save(const Drawing *d, const char *path, Error *e)
{
    Bytes b = {0};
    drawing_append(&b, d);
    bool written = file_write_bytes(path, &b, e);
    bytes_free(&b);
    return written;
}

bool drawing_load(Drawing *d, const char *path, Error *e)
{
    unsigned char *bytes;
    size_t size;
    if (!file_read_whole(path, FILE_MAX, &bytes, &size, e))
        return false;
    bool read = drawing_parse(path, bytes, size, d, e);
    free(bytes);
    return read;
}
