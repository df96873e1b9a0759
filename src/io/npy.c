#include "io/npy.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char MAGIC[6] = {'\x93', 'N', 'U', 'M', 'P', 'Y'};
enum { ALIGNMENT = 64, MAX_DIMENSIONS = 8, MAX_DESCR = 16 };

#define HOST_ORDER (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? '<' : '>')

void npy_append(Bytes *b, const float *values, const size_t *shape, size_t dimensions)
{
    char header[64 + MAX_DIMENSIONS * 24];
    size_t count = 1;
    int size = snprintf(header, sizeof header, "{'descr': '%cf4', 'fortran_order': False, 'shape': (", HOST_ORDER);
    for (size_t i = 0; i < dimensions && i < MAX_DIMENSIONS; i++) {
        /* Python writes a comma behind the only element of a tuple. */
        size += snprintf(header + size, sizeof header - (size_t)size,
                         dimensions == 1 ? "%zu,"
                         : i             ? ", %zu"
                                         : "%zu",
                         shape[i]);
        count *= shape[i];
    }
    size += snprintf(header + size, sizeof header - (size_t)size, "), }");
    size_t before = sizeof MAGIC + 4; /* magic, version, 16-bit length */
    size_t length = (before + (size_t)size + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - before;
    bytes_append(b, MAGIC, sizeof MAGIC);
    bytes_append(b, (unsigned char[4]){1, 0, (unsigned char)(length & 255), (unsigned char)(length >> 8)}, 4);
    bytes_printf(b, "%s%*s\n", header, (int)(length - (size_t)size - 1), "");
    bytes_append(b, values, count * sizeof *values);
}

static uint64_t load_bits(const unsigned char *at, size_t size, bool big_endian)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < size; i++)
        bits = bits << 8 | at[big_endian ? i : size - 1 - i];
    return bits;
}

/* Number types, each a decoder of the element's bits. */

static double decode_bool(uint64_t bits)
{
    return bits != 0;
}

static double decode_unsigned(uint64_t bits)
{
    return (double)bits;
}

static double decode_i1(uint64_t bits)
{
    return (int8_t)bits;
}

static double decode_i2(uint64_t bits)
{
    return (int16_t)bits;
}

static double decode_i4(uint64_t bits)
{
    return (int32_t)bits;
}

static double decode_i8(uint64_t bits)
{
    return (double)(int64_t)bits;
}

static double decode_f2(uint64_t bits)
{
    int exponent = (int)(bits >> 10 & 31);
    double fraction = (double)(bits & 1023), value;
    if (exponent == 31)
        value = fraction > 0 ? (double)NAN : (double)INFINITY;
    else
        value = exponent > 0 ? ldexp(1024 + fraction, exponent - 25) : ldexp(fraction, -24);
    return bits >> 15 ? -value : value;
}

static double decode_f4(uint64_t bits)
{
    uint32_t word = (uint32_t)bits;
    float value;
    memcpy(&value, &word, sizeof value);
    return (double)value;
}

static double decode_f8(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static const struct NumberType {
    char name[3]; /* as in descr, behind the byte order */
    size_t size;
    double (*decode)(uint64_t bits);
} number_types[] = {
    {"f4", 4, decode_f4},       {"f8", 8, decode_f8},       {"f2", 2, decode_f2},       {"b1", 1, decode_bool},
    {"i1", 1, decode_i1},       {"i2", 2, decode_i2},       {"i4", 4, decode_i4},       {"i8", 8, decode_i8},
    {"u1", 1, decode_unsigned}, {"u2", 2, decode_unsigned}, {"u4", 4, decode_unsigned}, {"u8", 8, decode_unsigned},
};

typedef struct Header {
    char descr[MAX_DESCR];
    bool fortran_order;
    uint64_t shape[MAX_DIMENSIONS];
    size_t dimensions;
    bool has_descr, has_order, has_shape;
} Header;

/* What is left of the header: a Python dictionary of which only the three known keys and plain literals are accepted.
 */
typedef struct Cursor {
    const unsigned char *at, *end;
} Cursor;

static void skip_space(Cursor *c)
{
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\n' || *c->at == '\r'))
        c->at++;
}

static bool take(Cursor *c, const char *word)
{
    size_t size = strlen(word);
    skip_space(c);
    if ((size_t)(c->end - c->at) < size || memcmp(c->at, word, size) != 0)
        return false;
    c->at += size;
    return true;
}

static bool take_string(Cursor *c, char text[MAX_DESCR])
{
    size_t size = 0;
    skip_space(c);
    if (c->at == c->end || (*c->at != '\'' && *c->at != '"'))
        return false;
    unsigned char quote = *c->at++;
    for (; c->at < c->end && *c->at != quote; c->at++) {
        if (size + 1 == MAX_DESCR || *c->at < ' ' || *c->at > '~' || *c->at == '\\')
            return false;
        text[size++] = (char)*c->at;
    }
    text[size] = 0;
    return c->at < c->end && *c->at++ == quote;
}

static bool take_number(Cursor *c, uint64_t *number)
{
    skip_space(c);
    const unsigned char *begin = c->at;
    for (*number = 0; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++) {
        if (__builtin_mul_overflow(*number, 10u, number) || __builtin_add_overflow(*number, *c->at - '0', number))
            return false;
    }
    return c->at > begin;
}

static bool take_shape(Cursor *c, Header *h)
{
    bool comma = true;
    if (!take(c, "("))
        return false;
    for (h->dimensions = 0; !take(c, ")"); h->dimensions++) {
        if (!comma || h->dimensions == MAX_DIMENSIONS || !take_number(c, &h->shape[h->dimensions]))
            return false;
        comma = take(c, ",");
    }
    return true;
}

static bool take_entry(Cursor *c, Header *h)
{
    char key[MAX_DESCR];
    if (!take_string(c, key) || !take(c, ":"))
        return false;
    if (strcmp(key, "descr") == 0)
        return h->has_descr = take_string(c, h->descr);
    if (strcmp(key, "shape") == 0)
        return h->has_shape = take_shape(c, h);
    if (strcmp(key, "fortran_order") != 0)
        return false;
    h->fortran_order = take(c, "True");
    return h->has_order = h->fortran_order || take(c, "False");
}

static bool parse_header(Cursor c, Header *h)
{
    bool comma = true;
    if (!take(&c, "{"))
        return false;
    while (!take(&c, "}")) {
        if (!comma || !take_entry(&c, h))
            return false;
        comma = take(&c, ",");
    }
    skip_space(&c);
    return c.at == c.end && h->has_descr && h->has_order && h->has_shape;
}

/* Finds the header between the fixed first bytes and the data. */
static bool find_header(const char *name, const unsigned char *bytes, size_t size, Cursor *header, Error *e)
{
    if (size < sizeof MAGIC + 2 || memcmp(bytes, MAGIC, sizeof MAGIC) != 0)
        return error_set(e, "%s: expected a NumPy array, found other bytes (nothing was loaded)", name);
    unsigned major = bytes[6], minor = bytes[7];
    if (major < 1 || major > 3 || minor != 0)
        return error_set(e, "%s: expected NPY version 1.0, 2.0 or 3.0, found %u.%u (nothing was loaded)", name, major,
                         minor);
    size_t length_at = sizeof MAGIC + 2, before = length_at + (major == 1 ? 2 : 4);
    uint64_t length = size < before ? 0 : load_bits(bytes + length_at, before - length_at, false);
    if (size < before || length > size - before)
        return error_set(e, "%s: the file ends within its header (nothing was loaded)", name);
    header->at = bytes + before;
    header->end = header->at + length;
    return true;
}

static const struct NumberType *find_type(const char *descr)
{
    if (!strchr("<>|", descr[0]))
        return NULL;
    for (size_t i = 0; i < sizeof number_types / sizeof *number_types; i++) {
        const struct NumberType *type = &number_types[i];
        if (strcmp(descr + 1, type->name) == 0 && (descr[0] != '|' || type->size == 1))
            return type;
    }
    return NULL;
}

static bool check_shape(const char *name, const Header *h, const char *columns, size_t most_columns, Error *e)
{
    char found[MAX_DIMENSIONS * 24 + 2] = "";
    int size = 0;
    if (h->dimensions == 2 && h->shape[1] >= 2 && h->shape[1] <= most_columns && h->shape[0] > 0)
        return true;
    for (size_t i = 0; i < h->dimensions; i++)
        size += snprintf(found + size, sizeof found - (size_t)size, i ? ", %ju" : "%ju", (uintmax_t)h->shape[i]);
    return error_set(e, "%s: expected an array of shape %s with at least one row, found (%s) (nothing was loaded)",
                     name, columns, found);
}

/* The table behind a header whose shape is known to be good, in `available` bytes of data. */
static bool find_numbers(NpyTable *t, const char *name, const Header *h, const unsigned char *data, size_t available,
                         Error *e)
{
    const struct NumberType *type = find_type(h->descr);
    size_t columns = (size_t)h->shape[1];
    if (!type)
        return error_set(e, "%s: expected real numbers of at most 64 bits, found dtype '%s' (nothing was loaded)", name,
                         h->descr);
    if (h->shape[0] > available / (columns * type->size))
        return error_set(e, "%s: expected %ju rows of %zu %s, found %zu bytes (nothing was loaded)", name,
                         (uintmax_t)h->shape[0], columns, type->name, available);
    *t = (NpyTable){.rows = (size_t)h->shape[0],
                    .columns = columns,
                    .data = data,
                    .row_stride = type->size * (h->fortran_order ? 1 : columns),
                    .column_stride = type->size * (h->fortran_order ? (size_t)h->shape[0] : 1),
                    .number_size = type->size,
                    .big_endian = h->descr[0] == '>',
                    .decode = type->decode};
    return true;
}

static bool open_table(NpyTable *t, const char *name, const unsigned char *bytes, size_t size, const char *columns,
                       size_t most_columns, Error *e)
{
    Header h = {0};
    Cursor text;
    *t = (NpyTable){0};
    if (!find_header(name, bytes, size, &text, e))
        return false;
    if (!parse_header(text, &h))
        return error_set(e,
                         "%s: expected a header with descr (one number type), fortran_order and shape, "
                         "found another (nothing was loaded)",
                         name);
    return check_shape(name, &h, columns, most_columns, e) &&
           find_numbers(t, name, &h, text.end, size - (size_t)(text.end - bytes), e);
}

bool npy_open_table(NpyTable *t, const char *name, const unsigned char *bytes, size_t size, Error *e)
{
    return open_table(t, name, bytes, size, "(N, 2) or (N, 3)", 3, e);
}

double npy_number(const NpyTable *t, size_t row, size_t column)
{
    const unsigned char *at = t->data + row * t->row_stride + column * t->column_stride;
    return t->decode(load_bits(at, t->number_size, t->big_endian));
}

static bool copy_points(const char *name, const NpyTable *t, float *points, Error *e)
{
    for (size_t i = 0; i < 2 * t->rows; i++) {
        double value = npy_number(t, i / 2, i % 2);
        points[i] = (float)value;
        if (!isfinite(points[i]))
            return error_set(e, "%s: expected finite numbers, found %g in row %zu (nothing was loaded)", name, value,
                             i / 2);
    }
    return true;
}

bool npy_read_points(const char *name, const unsigned char *bytes, size_t size, float **points, size_t *n, Error *e)
{
    NpyTable t;
    *points = NULL;
    *n = 0;
    if (!open_table(&t, name, bytes, size, "(N, 2)", 2, e))
        return false;
    float *copy = malloc(t.rows * 2 * sizeof *copy);
    if (!copy)
        return error_set(e, "%s: out of memory (nothing was loaded)", name);
    if (!copy_points(name, &t, copy, e)) {
        free(copy);
        return false;
    }
    *points = copy;
    *n = t.rows;
    return true;
}
