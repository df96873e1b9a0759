#include "scene/desk_files.h"

#include "io/file.h"
#include "io/picture.h"
#include "io/points_file.h"
#include "io/text.h"
#include "scene/drawing_file.h"

#include <stdlib.h>
#include <string.h>

/* What is opened. */
typedef struct Source {
    const char *path, *name; /* name: of the path's last part */
    const unsigned char *bytes;
    size_t size;
    const PointsChoice *choice;
} Source;

/* Doubles are standardised before they become floats, which could not tell points far from 0 apart. */
static PointSet *points_of(const Source *s, const PointTable *t, Error *e)
{
    PointTable scaled;
    Frame frame;
    if (!points_scale(t, &scaled, &frame, e))
        return NULL;
    float *x = malloc(scaled.count * 3 * sizeof *x), *weight = x ? x + 2 * scaled.count : NULL;
    for (size_t i = 0; x && i < 2 * scaled.count; i++)
        x[i] = (float)scaled.x[i];
    for (size_t i = 0; x && scaled.weighted && i < scaled.count; i++)
        weight[i] = (float)scaled.weight[i];
    PointSet *p = x ? points_standardised(s->name, x, scaled.weighted ? weight : NULL, scaled.count, e) : NULL;
    if (!x)
        error_set(e, "%s: out of memory for %zu points (nothing was loaded)", s->path, scaled.count);
    for (int axis = 0; p && axis < 2; axis++)
        p->units.origin[axis] = frame.mean[axis] + frame.std * p->units.origin[axis];
    if (p)
        p->units.scale *= frame.std;
    points_free(&scaled);
    free(x);
    return p;
}

static bool open_points(Opened *o, const Source *s, Error *e)
{
    PointTable t;
    if (!points_read(s->path, s->bytes, s->size, s->choice, &t, e))
        return false;
    PointSet *points = points_of(s, &t, e);
    if (points) {
        text_copy(points->file, sizeof points->file, s->name);
        o->loaded = loaded_points(s->name, &t, points);
        o->part = part_of(PART_POINTS, s->name);
        o->part.points = points;
    }
    points_free(&t);
    return points;
}

static bool open_picture(Opened *o, const Source *s, Error *e)
{
    ImageLevels l;
    if (s->choice)
        return error_set(e, "%s: columns are for tables, this is a picture (nothing was loaded)", s->path);
    if (!picture_load(s->path, s->bytes, s->size, PICTURE_CELLS, &l, e))
        return false;
    Raster *raster = raster_of_levels(l.levels, l.rows, l.columns);
    if (raster) {
        o->loaded = loaded_picture(s->name, &l);
        o->part = part_of(PART_PICTURE, s->name);
        o->part.raster = raster;
    }
    image_levels_free(&l);
    return raster || error_set(e, "%s: out of memory for a picture (nothing was loaded)", s->path);
}

static bool open_drawing(Opened *o, const Source *s, Error *e)
{
    if (s->choice)
        return error_set(e, "%s: columns are for tables, this is a drawing (nothing was loaded)", s->path);
    if (!drawing_parse(s->path, s->bytes, s->size, &o->drawing, e))
        return false;
    o->loaded = loaded_drawing(s->name, o->drawing.count);
    return true;
}

static bool is_drawing(const Source *s)
{
    static const char mark[] = "\"" DRAWING_FORMAT "\"";
    return points_kind(s->bytes, s->size, s->path) == POINTS_JSON &&
           memmem(s->bytes, s->size, mark, sizeof mark - 1) != NULL;
}

static bool open_source(Opened *o, const Source *s, Error *e)
{
    return is_drawing(s)                                               ? open_drawing(o, s, e)
           : points_kind(s->bytes, s->size, s->path) == POINTS_PICTURE ? open_picture(o, s, e)
                                                                       : open_points(o, s, e);
}

bool opened_read(Opened *o, const char *path, const PointsChoice *choice, Error *e)
{
    Source s = {.path = path, .name = file_name(path), .choice = choice};
    unsigned char *bytes;
    if (!file_read_whole(path, POINTS_LARGEST_FILE, &bytes, &s.size, e))
        return false;
    s.bytes = bytes;
    bool read = open_source(o, &s, e);
    free(bytes);
    return read;
}

bool opened_paste(Opened *o, const char *text, Error *e)
{
    static const char name[] = "clipboard";
    Source s = {.path = name, .name = name, .bytes = (const unsigned char *)text, .size = strlen(text)};
    return open_source(o, &s, e);
}

void opened_free(Opened *o)
{
    part_free(&o->part);
    drawing_free(&o->drawing);
    *o = (Opened){0};
}

bool desk_take(Desk *d, Opened *o, bool alone, Error *e)
{
    char label[DRAWING_LABEL];
    Loaded loaded = o->loaded;
    desk_label(label, "opening ", loaded.name);
    bool taken =
        loaded.kind == LOADED_DRAWING ? desk_replace(d, &o->drawing, label, e) : desk_add(d, o->part, alone, label, e);
    *o = (Opened){0};
    loaded.version = d->version;
    if (taken)
        d->loaded = loaded;
    return taken;
}

bool desk_word(Desk *d, Raster *raster, const char *text, const char *face, Error *e)
{
    char label[DRAWING_LABEL];
    Part part = part_of(PART_WORD, text);
    text_copy(raster->text, sizeof raster->text, text);
    if (!raster->face[0])
        text_copy(raster->face, sizeof raster->face, face);
    desk_label(label, "the word ", text);
    part.raster = raster;
    return desk_add(d, part, false, label, e);
}
