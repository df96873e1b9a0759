#include "io/points_file.h"

#include "io/file.h"
#include "io/npy.h"
#include "io/points_json.h"
#include "io/table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What files of a kind begin with, and what their names end with; NULL: nothing of its own. */
static const struct Mark {
    const char *begin;
    const char *ending;
    PointsKind kind;
    const char *what; /* of foreign ones */
} marks[] = {
    {"\x93NUMPY", ".npy", POINTS_NPY, NULL},
    {"\x89PNG\r\n\x1a\n", ".png", POINTS_PICTURE, NULL},
    {"\xff\xd8\xff", ".jpg", POINTS_PICTURE, NULL},
    {NULL, ".jpeg", POINTS_PICTURE, NULL},
    {"{", ".json", POINTS_JSON, NULL},
    {"[", NULL, POINTS_JSON, NULL},
    {"PK\x03\x04", NULL, POINTS_FOREIGN, "an archive or spreadsheet: save the sheet as CSV, or one array as NPY"},
    {"\xd0\xcf\x11\xe0", NULL, POINTS_FOREIGN, "an office document: save the sheet as CSV"},
    {"\x1f\x8b", NULL, POINTS_FOREIGN, "a compressed file: unpack it first"},
    {"\x89HDF", NULL, POINTS_FOREIGN, "an HDF5 file: save one array as NPY"},
    {"GIF8", NULL, POINTS_FOREIGN, "a GIF picture: save it as PNG"},
    {"%PDF", NULL, POINTS_FOREIGN, "a PDF document"},
};
enum { MARKS = sizeof marks / sizeof *marks };

/* JSON may begin with a byte order mark and blanks; no other kind begins with these. */
static size_t skip_space(const unsigned char *bytes, size_t size)
{
    size_t at = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < size && strchr(" \t\r\n", bytes[at]) && bytes[at])
        at++;
    return at;
}

static const struct Mark *mark_by_content(const unsigned char *bytes, size_t size)
{
    size_t at = skip_space(bytes, size);
    for (size_t i = 0; i < MARKS; i++) {
        const char *begin = marks[i].begin;
        if (begin && size - at >= strlen(begin) && memcmp(bytes + at, begin, strlen(begin)) == 0)
            return &marks[i];
    }
    return NULL;
}

static const struct Mark *mark_by_name(const char *name)
{
    size_t size = strlen(name);
    for (size_t i = 0; i < MARKS; i++) {
        const char *ending = marks[i].ending;
        if (ending && size >= strlen(ending) && strcasecmp(name + size - strlen(ending), ending) == 0)
            return &marks[i];
    }
    return NULL;
}

static const struct Mark *find_mark(const unsigned char *bytes, size_t size, const char *name)
{
    const struct Mark *mark = mark_by_content(bytes, size);
    return mark ? mark : mark_by_name(name);
}

PointsKind points_kind(const unsigned char *bytes, size_t size, const char *name)
{
    const struct Mark *mark = find_mark(bytes, size, name);
    return mark ? mark->kind : POINTS_TABLE;
}

/* A third column has the weights. */
static bool read_npy(const char *name, const unsigned char *bytes, size_t size, PointTable *points, Error *e)
{
    NpyTable t;
    if (!npy_open_table(&t, name, bytes, size, e))
        return false;
    points->weighted = t.columns == POINTS_AXES;
    points_describe(points, "NumPy array");
    bool read = true;
    for (size_t row = 0; row < t.rows && read; row++) {
        double value[POINTS_AXES];
        for (size_t column = 0; column < t.columns; column++)
            value[column] = npy_number(&t, row, column);
        read = points_append(points, name, value, e);
    }
    if (read && points_check(name, points, e))
        return true;
    points_free(points);
    return false;
}

static bool is_chosen(const PointsChoice *choice)
{
    for (int axis = 0; choice && axis < POINTS_AXES; axis++)
        if (choice->column[axis] && *choice->column[axis])
            return true;
    return false;
}

bool points_read(const char *name, const unsigned char *bytes, size_t size, const PointsChoice *choice,
                 PointTable *points, Error *e)
{
    const struct Mark *mark = find_mark(bytes, size, name);
    PointsKind kind = mark ? mark->kind : POINTS_TABLE;
    *points = (PointTable){0};
    if (kind == POINTS_TABLE)
        return table_read_points(name, bytes, size, choice, points, e);
    if (kind == POINTS_PICTURE || kind == POINTS_FOREIGN)
        return error_set(e, "%s: expected a table, JSON or a NumPy array of points, found %s (nothing was loaded)",
                         name, mark->what ? mark->what : "a picture");
    if (is_chosen(choice))
        return error_set(e, "%s: columns can be chosen in tables only, not in %s (nothing was loaded)", name,
                         kind == POINTS_JSON ? "JSON" : "NumPy arrays");
    if (kind == POINTS_JSON)
        return points_read_json(name, bytes, size, points, e);
    return read_npy(name, bytes, size, points, e);
}

bool points_load(const char *path, const PointsChoice *choice, PointTable *points, Error *e)
{
    unsigned char *bytes;
    size_t size;
    *points = (PointTable){0};
    if (!file_read_whole(path, POINTS_LARGEST_FILE, &bytes, &size, e))
        return false;
    bool read = points_read(path, bytes, size, choice, points, e);
    free(bytes);
    return read;
}
