#include "io/points_json.h"

#include "io/excerpt.h"
#include "io/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 }; /* arrays and objects within each other; reading them recurs */

typedef struct Reader {
    const char *name;
    const unsigned char *begin, *at, *end;
    PointTable *points;
    double *weight; /* the list "weights", which may come before the points */
    size_t weight_count, weight_capacity;
    bool has_points, has_weights;
    Error *e;
} Reader;

static void skip_space(Reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static bool take(Reader *r, char sign)
{
    skip_space(r);
    if (r->at == r->end || *r->at != (unsigned char)sign)
        return false;
    r->at++;
    return true;
}

static bool refuse(const Reader *r, const char *expected)
{
    size_t left = (size_t)(r->end - r->at), shown = left < 16 ? left : 16;
    return error_set(r->e, "%s: byte %zu: expected %s, found %s (nothing was loaded)", r->name,
                     (size_t)(r->at - r->begin), expected,
                     left > 0 ? excerpt_quoted(r->at, shown).text : "the end of the file");
}

/* Between the elements of a list, of which `count` were read. False at its end, and when neither follows: then *ok is
 * false and the reason set. */
static bool next_element(Reader *r, char close, size_t count, bool *ok)
{
    *ok = true;
    if (take(r, close))
        return false;
    if (count == 0 || take(r, ','))
        return true;
    return *ok = refuse(r, close == ']' ? "a comma or ]" : "a comma or }");
}

static size_t word_size(const Reader *r)
{
    size_t size = 0;
    while (r->at + size < r->end && r->at[size] > ' ' && !strchr(",:[]{}\"", r->at[size]))
        size++;
    return size;
}

/* NaN for null. */
static bool take_number(Reader *r, double *number)
{
    skip_space(r);
    size_t size = word_size(r);
    if (size == 4 && memcmp(r->at, "null", 4) == 0)
        *number = (double)NAN;
    else if (!number_parse(r->at, size, '.', number))
        return refuse(r, "a number");
    r->at += size;
    return true;
}

/* Text as it stands between the quotes. */
static bool take_string(Reader *r, const unsigned char **text, size_t *size)
{
    if (!take(r, '"'))
        return refuse(r, "a name in quotes");
    *text = r->at;
    while (r->at < r->end && *r->at != '"')
        r->at += *r->at == '\\' && r->at + 1 < r->end ? 2 : 1;
    *size = (size_t)(r->at - *text);
    return take(r, '"') || refuse(r, "a closing quote");
}

static bool skip_value(Reader *r, int depth);

static bool skip_list(Reader *r, char close, int depth)
{
    const unsigned char *text;
    size_t count = 0, size;
    bool ok;
    if (depth == DEEPEST)
        return refuse(r, "less nesting");
    for (; next_element(r, close, count, &ok); count++) {
        if (close == '}' && !(take_string(r, &text, &size) && (take(r, ':') || refuse(r, "a colon"))))
            return false;
        if (!skip_value(r, depth + 1))
            return false;
    }
    return ok;
}

static bool is_plain_value(const unsigned char *word, size_t size)
{
    static const char *const words[] = {"true", "false", "null"};
    double number;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (size == strlen(words[i]) && memcmp(word, words[i], size) == 0)
            return true;
    return number_parse(word, size, '.', &number);
}

static bool skip_value(Reader *r, int depth)
{
    const unsigned char *text;
    size_t size;
    if (take(r, '['))
        return skip_list(r, ']', depth);
    if (take(r, '{'))
        return skip_list(r, '}', depth);
    if (r->at < r->end && *r->at == '"')
        return take_string(r, &text, &size);
    size = word_size(r);
    if (!is_plain_value(r->at, size))
        return refuse(r, "a value");
    r->at += size;
    return true;
}

/* [x, y] or [x, y, weight], and how many numbers these are. */
static bool read_row(Reader *r, double *value, size_t *count)
{
    bool ok;
    if (!take(r, '['))
        return refuse(r, "a point such as [1, 2]");
    for (*count = 0; next_element(r, ']', *count, &ok); ++*count) {
        if (*count == POINTS_AXES)
            return refuse(r, "at most three numbers a point");
        if (!take_number(r, &value[*count]))
            return false;
    }
    return ok;
}

/* The first row says whether points have weights. */
static bool append_row(Reader *r, bool first)
{
    static const char *const expected[] = {"two numbers, as in the first point",
                                           "three numbers, as in the first point"};
    double value[POINTS_AXES] = {0};
    size_t count = 0;
    skip_space(r);
    const unsigned char *row = r->at;
    if (!read_row(r, value, &count))
        return false;
    if (first)
        r->points->weighted = count == 3;
    if (count == (r->points->weighted ? 3 : 2))
        return points_append(r->points, r->name, value, r->e);
    r->at = row;
    return refuse(r, first ? "two numbers, or three with a weight" : expected[r->points->weighted]);
}

static bool read_points(Reader *r)
{
    bool ok;
    if (r->has_points)
        return refuse(r, "one list of points, not a second");
    r->has_points = true;
    if (!take(r, '['))
        return refuse(r, "a list of points such as [[1, 2], [3, 4]]");
    for (size_t rows = 0; next_element(r, ']', rows, &ok); rows++)
        if (!append_row(r, rows == 0))
            return false;
    return ok;
}

static bool append_weight(Reader *r, double weight)
{
    if (r->weight_count == r->weight_capacity) {
        size_t capacity = 2 * r->weight_capacity + 1024;
        double *grown = realloc(r->weight, capacity * sizeof *grown);
        if (!grown)
            return error_set(r->e, "%s: out of memory (nothing was loaded)", r->name);
        r->weight = grown;
        r->weight_capacity = capacity;
    }
    r->weight[r->weight_count++] = weight;
    return true;
}

static bool read_weights(Reader *r)
{
    double weight;
    bool ok;
    if (r->has_weights)
        return refuse(r, "one list of weights, not a second");
    r->has_weights = true;
    if (!take(r, '['))
        return refuse(r, "a list of weights such as [1, 2]");
    while (next_element(r, ']', r->weight_count, &ok)) {
        if (r->weight_count == POINTS_MOST)
            return refuse(r, "no more weights");
        if (!take_number(r, &weight) || !append_weight(r, weight))
            return false;
    }
    return ok;
}

static bool read_entry(Reader *r)
{
    static const struct {
        const char *key;
        bool (*read)(Reader *r);
    } entries[] = {{"points", read_points}, {"weights", read_weights}};
    const unsigned char *key;
    size_t size;
    skip_space(r);
    if (!take_string(r, &key, &size) || !(take(r, ':') || refuse(r, "a colon")))
        return false;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (size == strlen(entries[i].key) && memcmp(key, entries[i].key, size) == 0)
            return entries[i].read(r);
    return skip_value(r, 1);
}

static bool read_document(Reader *r)
{
    bool ok = true;
    if (take(r, '{')) {
        for (size_t count = 0; ok && next_element(r, '}', count, &ok); count++)
            ok = read_entry(r);
    } else {
        ok = read_points(r);
    }
    skip_space(r);
    if (ok && !r->has_points)
        return refuse(r, "a list called \"points\" before");
    return ok && (r->at == r->end || refuse(r, "nothing more"));
}

/* The points take the list of weights over. */
static bool join_weights(Reader *r)
{
    PointTable *p = r->points;
    if (!r->has_weights)
        return true;
    if (p->weighted)
        return error_set(r->e, "%s: expected weights in the points or in a list, found both (nothing was loaded)",
                         r->name);
    if (r->weight_count != p->count)
        return error_set(r->e, "%s: expected a weight for each of %zu points, found %zu (nothing was loaded)", r->name,
                         p->count, r->weight_count);
    p->weight = r->weight;
    p->weighted = true;
    p->capacity = p->count; /* whichever of the two has less room */
    r->weight = NULL;
    return true;
}

bool points_read_json(const char *name, const unsigned char *bytes, size_t size, PointTable *points, Error *e)
{
    size_t mark = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    Reader r = {name, bytes, bytes + mark, bytes + size, points, .e = e};
    *points = (PointTable){0};
    bool read = read_document(&r) && join_weights(&r) && points_check(name, points, e);
    free(r.weight);
    if (read)
        points_describe(points, "JSON");
    else
        points_free(points);
    return read;
}
