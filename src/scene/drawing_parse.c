#include "scene/drawing_file.h"

#include "core/target.h"
#include "scene/drawing_gaussians.h"
#include "scene/drawing_packed.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Twice as many as all Gaussians of all parts need. Each takes cJSON 64 bytes, and only two in the file. */
enum { VALUES_MAX = 1 << 20 };

static const double ANGLE_MAX = 1e6, UNITS_MAX = 1e100;

/* Where in the file we are. */
typedef struct Place {
    const char *file;
    size_t part;
    Error *e;
} Place;

static void describe(const cJSON *found, char *out, size_t size)
{
    if (!found)
        snprintf(out, size, "nothing");
    else if (cJSON_IsNumber(found))
        snprintf(out, size, "%.9g", found->valuedouble);
    else if (cJSON_IsString(found))
        snprintf(out, size, strlen(found->valuestring) > 40 ? "\"%.40s...\"" : "\"%s\"", found->valuestring);
    else if (cJSON_IsArray(found))
        snprintf(out, size, "a list of %d", cJSON_GetArraySize(found));
    else
        snprintf(out, size, cJSON_IsObject(found) ? "an object" : cJSON_IsBool(found) ? "true or false" : "null");
}

static bool refuse(const Place *at, const char *key, const char *expected, const cJSON *found)
{
    char text[64];
    describe(found, text, sizeof text);
    return error_set(at->e, "%s: parts[%zu].%s: expected %s, found %s (nothing was loaded)", at->file, at->part, key,
                     expected, text);
}

static bool out_of_memory(const Place *at)
{
    return error_set(at->e, "%s: out of memory (nothing was loaded)", at->file);
}

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static bool in_range(const cJSON *item, double low, double high)
{
    return cJSON_IsNumber(item) && item->valuedouble >= low && item->valuedouble <= high;
}

static bool read_number(const Place *at, const cJSON *object, const char *key, double low, double high, double *out)
{
    const cJSON *item = member(object, key);
    char expected[64];
    snprintf(expected, sizeof expected, "a number from %g to %g", low, high);
    if (!in_range(item, low, high))
        return refuse(at, key, expected, item);
    *out = item->valuedouble;
    return true;
}

static bool read_size(const Place *at, const cJSON *object, const char *key, size_t most, size_t *out)
{
    const cJSON *item = member(object, key);
    char expected[64];
    snprintf(expected, sizeof expected, "a whole number from 0 to %zu", most);
    if (!in_range(item, 0, (double)most) || item->valuedouble > floor(item->valuedouble))
        return refuse(at, key, expected, item);
    *out = (size_t)item->valuedouble;
    return true;
}

/* Lists of `n` numbers between -most and most. */
static bool read_list(const Place *at, const cJSON *object, const char *key, double most, size_t n, double *out)
{
    const cJSON *list = member(object, key), *item;
    char expected[80];
    size_t count = 0;
    cJSON_ArrayForEach(item, list)
    {
        if (count < n && in_range(item, -most, most))
            out[count] = item->valuedouble;
        else
            count = n;
        count++;
    }
    snprintf(expected, sizeof expected, "a list of %zu numbers from %g to %g", n, -most, most);
    return (cJSON_IsArray(list) && count == n) || refuse(at, key, expected, list);
}

static bool read_text(const Place *at, const cJSON *object, const char *key, char *out, size_t size)
{
    const cJSON *item = member(object, key);
    char expected[64];
    snprintf(expected, sizeof expected, "a text of at most %zu bytes", size - 1);
    if (!cJSON_IsString(item) || strlen(item->valuestring) >= size)
        return refuse(at, key, expected, item);
    snprintf(out, size, "%s", item->valuestring);
    return true;
}

static bool read_flag(const Place *at, const cJSON *object, const char *key, bool *out)
{
    const cJSON *item = member(object, key);
    *out = cJSON_IsTrue(item);
    return cJSON_IsBool(item) || refuse(at, key, "true or false", item);
}

/* An array as text, told as such where it is refused. */
static const char *read_array(const Place *at, const cJSON *object, const char *key, size_t size,
                              bool (*fits)(const char *text, size_t size))
{
    const cJSON *item = member(object, key);
    char expected[64];
    snprintf(expected, sizeof expected, "base64 of %zu bytes", size);
    if (cJSON_IsString(item) && fits(item->valuestring, size))
        return item->valuestring;
    refuse(at, key, expected, item);
    return NULL;
}

static bool corrupt(const Place *at, const char *key, const char *expected)
{
    return error_set(at->e, "%s: parts[%zu].%s: expected %s, found other bytes (nothing was loaded)", at->file,
                     at->part, key, expected);
}

/* Row by row into an empty canvas; true when they are its levels now. */
static bool put_levels(Canvas *c, float *level)
{
    for (int row = 0; row < CANVAS_SIDE; row++)
        canvas_raise(c, row, 0, level + row * CANVAS_SIDE, CANVAS_SIDE);
    for (int row = 0; row < CANVAS_SIDE; row++) {
        float there[CANVAS_SIDE];
        canvas_levels(c, (CanvasRect){0, row, CANVAS_SIDE, row + 1}, there);
        if (memcmp(there, level + row * CANVAS_SIDE, sizeof there) != 0)
            return false;
    }
    return true;
}

static bool within(const float *value, size_t n, double low, double high)
{
    for (size_t i = 0; i < n; i++)
        if (!((double)value[i] >= low && (double)value[i] <= high))
            return false;
    return true;
}

static bool parse_canvas(const Place *at, const cJSON *object, Part *p)
{
    size_t size = CANVAS_CELLS * sizeof(float);
    const char *text = read_array(at, object, "levels", size, packed_fits);
    float *level = text ? malloc(size) : NULL;
    if (!level)
        return text ? out_of_memory(at) : false;
    bool read = packed_read(text, level, size) && within(level, CANVAS_CELLS, 0, 1) && put_levels(&p->canvas, level);
    free(level);
    return read || corrupt(at, "levels", "the deflated levels of a canvas");
}

static bool parse_raster(const Place *at, const cJSON *object, Part *p)
{
    size_t rows = 0, columns = 0;
    if (!read_size(at, object, "rows", RASTER_SIDE_MAX, &rows) ||
        !read_size(at, object, "columns", RASTER_SIDE_MAX, &columns))
        return false;
    if (rows == 0 || columns == 0)
        return true;
    const char *text = read_array(at, object, "levels", rows * columns, packed_fits);
    if (!text)
        return false;
    Raster *r = p->raster = raster_create(rows, columns);
    if (!r)
        return out_of_memory(at);
    return read_text(at, object, "text", r->text, sizeof r->text) &&
           read_text(at, object, "face", r->face, sizeof r->face) &&
           (packed_read(text, r->level, rows * columns) || corrupt(at, "levels", "deflated levels"));
}

/* mean, std, angle, weight */
enum { GAUSSIAN_NUMBERS = 6 };

static bool parse_gaussian(const cJSON *list, HandGaussian *g)
{
    const double low[] = {-BULK_REACH,      -BULK_REACH, GAUSSIAN_STD_MIN,
                          GAUSSIAN_STD_MIN, -ANGLE_MAX,  GAUSSIAN_WEIGHT_MIN};
    const double high[] = {BULK_REACH, BULK_REACH, GAUSSIAN_STD_MAX, GAUSSIAN_STD_MAX, ANGLE_MAX, GAUSSIAN_WEIGHT_MAX};
    double v[GAUSSIAN_NUMBERS] = {0};
    const cJSON *item;
    int count = 0;
    cJSON_ArrayForEach(item, list)
    {
        if (count == GAUSSIAN_NUMBERS || !in_range(item, low[count], high[count]))
            return false;
        v[count++] = item->valuedouble;
    }
    *g = (HandGaussian){.mean = {v[0], v[1]}, .std = {v[2], v[3]}, .angle = v[4], .weight = v[5]};
    return cJSON_IsArray(list) && count == GAUSSIAN_NUMBERS;
}

static bool parse_gaussians(const Place *at, const cJSON *object, Part *p)
{
    const cJSON *list = member(object, "gaussians"), *item;
    size_t count = 0;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) > GAUSSIANS_MAX)
        return refuse(at, "gaussians", "a list of at most 1024 Gaussians", list);
    p->gaussians = gaussians_create((size_t)cJSON_GetArraySize(list));
    if (!p->gaussians)
        return out_of_memory(at);
    cJSON_ArrayForEach(item, list)
    {
        char key[32];
        snprintf(key, sizeof key, "gaussians[%zu]", count);
        if (!parse_gaussian(item, &p->gaussians->item[count++]))
            return refuse(at, key, "mean, std, angle and weight as six numbers in range", item);
    }
    return true;
}

/* Both arrays of a set, whose texts are known to fit. */
static bool fill_points(const Place *at, const char *points, const char *weights, PointSet *s)
{
    if (!base64_read(points, s->x, 2 * s->count * sizeof *s->x) || !within(s->x, 2 * s->count, -BULK_REACH, BULK_REACH))
        return corrupt(at, "points", "finite coordinates");
    if (weights && (!base64_read(weights, s->weight, s->count * sizeof *s->weight) ||
                    !within(s->weight, s->count, 0, POINT_WEIGHT_MAX)))
        return corrupt(at, "weights", "weights of at least 0");
    return true;
}

static bool parse_points(const Place *at, const cJSON *object, Part *p)
{
    size_t count = 0;
    if (!read_size(at, object, "count", POINTS_MAX, &count))
        return false;
    if (count == 0)
        return true;
    const char *points = read_array(at, object, "points", 2 * count * sizeof(float), base64_fits);
    bool weighted = member(object, "weights");
    const char *weights = weighted ? read_array(at, object, "weights", count * sizeof(float), base64_fits) : NULL;
    if (!points || (weighted && !weights))
        return false;
    PointSet *s = p->points = points_create(count, weighted);
    if (!s)
        return out_of_memory(at);
    return read_text(at, object, "file", s->file, sizeof s->file) &&
           read_list(at, object, "origin", UNITS_MAX, 2, s->units.origin) &&
           read_number(at, object, "scale", 1 / UNITS_MAX, UNITS_MAX, &s->units.scale) &&
           fill_points(at, points, weights, s);
}

static bool parse_target(const Place *at, const cJSON *object, Part *p)
{
    char name[BULK_NAME];
    if (!read_text(at, object, "target", name, sizeof name))
        return false;
    for (p->target = 0; p->target < target_count(); p->target++)
        if (strcmp(name, target_info(p->target)->name) == 0)
            return true;
    return refuse(at, "target", "the name of a built-in target", member(object, "target"));
}

static bool (*const contents[PART_KINDS])(const Place *at, const cJSON *object, Part *p) = {
    [PART_CANVAS] = parse_canvas, [PART_WORD] = parse_raster,   [PART_GAUSSIANS] = parse_gaussians,
    [PART_POINTS] = parse_points, [PART_TARGET] = parse_target, [PART_PICTURE] = parse_raster,
};

static bool read_kind(const Place *at, const cJSON *object, PartKind *kind)
{
    const cJSON *item = member(object, "kind");
    for (*kind = 0; *kind < PART_KINDS; (*kind)++)
        if (cJSON_IsString(item) && strcmp(item->valuestring, part_kind_name(*kind)) == 0)
            return true;
    return refuse(at, "kind", "canvas, word, gaussians, points, target or picture", item);
}

static bool parse_part(const Place *at, const cJSON *object, Part *p)
{
    PartKind kind;
    if (!read_kind(at, object, &kind))
        return false;
    *p = part_of(kind, "");
    return read_text(at, object, "name", p->name, sizeof p->name) &&
           read_number(at, object, "weight", 0, PART_WEIGHT_MAX, &p->weight) &&
           read_list(at, object, "place", PART_REACH, 2, p->place) &&
           read_number(at, object, "size", PART_SIZE_MIN, PART_SIZE_MAX, &p->size) &&
           read_number(at, object, "angle", -ANGLE_MAX, ANGLE_MAX, &p->angle) &&
           read_flag(at, object, "shown", &p->shown) && contents[kind](at, object, p);
}

static bool parse_parts(const char *file, const cJSON *list, Drawing *d, Error *e)
{
    Place at = {.file = file, .e = e};
    const cJSON *item;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) > DRAWING_PARTS_MAX)
        return error_set(e, "%s: parts: expected a list of at most %d (nothing was loaded)", file, DRAWING_PARTS_MAX);
    cJSON_ArrayForEach(item, list)
    {
        Part p = {0};
        if (!parse_part(&at, item, &p)) {
            part_free(&p);
            return false;
        }
        if (!drawing_add(d, p))
            return out_of_memory(&at);
        at.part++;
    }
    return true;
}

static bool parse_root(const char *file, const cJSON *root, Drawing *d, Error *e)
{
    const cJSON *format = member(root, "format"), *version = member(root, "version"), *fit = member(root, "fit");
    if (!cJSON_IsString(format) || strcmp(format->valuestring, DRAWING_FORMAT) != 0)
        return error_set(e, "%s: expected a file that begins with {\"format\": \"%s\" (nothing was loaded)", file,
                         DRAWING_FORMAT);
    if (!in_range(version, DRAWING_VERSION, DRAWING_VERSION)) {
        char found[64];
        describe(version, found, sizeof found);
        return error_set(e, "%s: version: expected %d, found %s (nothing was loaded)", file, DRAWING_VERSION, found);
    }
    if (!cJSON_IsBool(fit))
        return error_set(e, "%s: fit: expected true or false (nothing was loaded)", file);
    d->fit = cJSON_IsTrue(fit);
    return parse_parts(file, member(root, "parts"), d, e);
}

/* At least as many as cJSON will find, from the signs that begin or part them outside of texts. */
static size_t count_values(const unsigned char *bytes, size_t size)
{
    size_t count = 1;
    bool in_text = false;
    for (size_t i = 0; i < size; i++) {
        if (in_text && bytes[i] == '\\')
            i++;
        else if (bytes[i] == '"')
            in_text = !in_text;
        else if (!in_text && (bytes[i] == ',' || bytes[i] == '[' || bytes[i] == '{'))
            count++;
    }
    return count;
}

bool drawing_parse(const char *name, const unsigned char *bytes, size_t size, Drawing *d, Error *e)
{
    Drawing read = {.last_id = d->last_id};
    const char *end = NULL;
    if (count_values(bytes, size) > VALUES_MAX)
        return error_set(e, "%s: expected at most %d JSON values (nothing was loaded)", name, VALUES_MAX);
    cJSON *root = cJSON_ParseWithLengthOpts((const char *)bytes, size, &end, false);
    if (!root)
        return error_set(e, "%s: expected JSON, found something else at byte %td (nothing was loaded)", name,
                         end ? end - (const char *)bytes : (ptrdiff_t)0);
    bool good = parse_root(name, root, &read, e);
    cJSON_Delete(root);
    if (!good) {
        drawing_free(&read);
        return false;
    }
    drawing_free(d);
    *d = read;
    return true;
}
