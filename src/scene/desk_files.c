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
    bool alone;
} Source;

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

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

static bool open_points(Desk *d, const Source *s, Error *e)
{
    PointTable t;
    char label[DRAWING_LABEL];
    if (!points_read(s->path, s->bytes, s->size, s->choice, &t, e))
        return false;
    Part part = part_of(PART_POINTS, s->name);
    part.points = points_of(s, &t, e);
    bool ok = part.points;
    desk_label(label, "opening ", s->name);
    if (ok) {
        d->loaded = loaded_points(s->name, &t, part.points);
        text_copy(part.points->file, sizeof part.points->file, s->name);
        ok = desk_add(d, part, s->alone, label, e);
    }
    points_free(&t);
    return ok;
}

static bool open_picture(Desk *d, const Source *s, Error *e)
{
    ImageLevels l;
    char label[DRAWING_LABEL];
    if (s->choice)
        return error_set(e, "%s: columns are for tables, this is a picture (nothing was loaded)", s->path);
    if (!picture_load(s->path, s->bytes, s->size, PICTURE_CELLS, &l, e))
        return false;
    Part part = part_of(PART_PICTURE, s->name);
    part.raster = raster_of_levels(l.levels, l.rows, l.columns);
    d->loaded = loaded_picture(s->name, &l);
    image_levels_free(&l);
    desk_label(label, "opening ", s->name);
    if (!part.raster)
        return error_set(e, "%s: out of memory for a picture (nothing was loaded)", s->path);
    return desk_add(d, part, s->alone, label, e);
}

static bool open_drawing(Desk *d, const Source *s, Error *e)
{
    Drawing loaded = {0};
    char label[DRAWING_LABEL];
    if (s->choice)
        return error_set(e, "%s: columns are for tables, this is a drawing (nothing was loaded)", s->path);
    if (!drawing_parse(s->path, s->bytes, s->size, &loaded, e))
        return false;
    d->loaded = loaded_drawing(s->name, loaded.count);
    desk_label(label, "opening ", s->name);
    return desk_replace(d, &loaded, label, e);
}

static bool is_drawing(const Source *s)
{
    static const char mark[] = "\"" DRAWING_FORMAT "\"";
    return points_kind(s->bytes, s->size, s->path) == POINTS_JSON &&
           memmem(s->bytes, s->size, mark, sizeof mark - 1) != NULL;
}

static bool open_source(Desk *d, const Source *s, Error *e)
{
    bool ok = is_drawing(s)                                               ? open_drawing(d, s, e)
              : points_kind(s->bytes, s->size, s->path) == POINTS_PICTURE ? open_picture(d, s, e)
                                                                          : open_points(d, s, e);
    if (!ok)
        d->loaded.kind = LOADED_NOTHING;
    d->loaded.version = d->version;
    return ok;
}

bool desk_open(Desk *d, const char *path, const PointsChoice *choice, bool alone, char *notice, size_t size, Error *e)
{
    Source s = {.path = path, .name = last_part(path), .choice = choice, .alone = alone};
    unsigned char *bytes;
    notice[0] = '\0';
    if (!file_read_whole(path, POINTS_LARGEST_FILE, &bytes, &s.size, e))
        return false;
    s.bytes = bytes;
    bool ok = open_source(d, &s, e);
    free(bytes);
    loaded_print(&d->loaded, notice, size);
    return ok;
}

bool desk_paste(Desk *d, const char *text, bool alone, Error *e)
{
    static const char name[] = "clipboard";
    Source s = {.path = name, .name = name, .bytes = (const unsigned char *)text, .size = strlen(text), .alone = alone};
    return open_source(d, &s, e);
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
