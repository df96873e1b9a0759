#include "io/image_levels.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

const char *const image_polarity_names[IMAGE_POLARITY_COUNT] = {
    [IMAGE_DARK_ON_LIGHT] = "dark on light",
    [IMAGE_LIGHT_ON_DARK] = "light on dark",
    [IMAGE_OPAQUE_SHAPE] = "opaque on transparent",
};

/* Differences that nobody sees: two steps of eight bits, which JPEG adds to a picture of one colour. */
static const float INVISIBLE = 2.5f / 255;
/* A shape on transparency whose tones differ by less is a silhouette, and so is one that is lighter all over than white
 * paper could show. */
static const float NEARLY_ONE_TONE = 0.125f, ALL_LIGHT = 0.5f;
/* The border's width as a share of the grid's shorter side: a hairline frame is not the ground. */
enum { SIDE_PER_BORDER = 16 };
/* The ground's grain in median absolute deviations: 4 are 2.7 standard deviations of normal noise. */
static const float GRAIN_IN_DEVIATIONS = 4;
/* Grain beyond this share of the ink's own departure is no grain: a photograph has no even ground. */
static const float MOST_GRAIN = 0.125f;

/* What a picture's cells show. */
typedef struct Cells {
    size_t rows, columns;
    float *luma;   /* [rows][columns], row 0 at the bottom: mean over what is opaque; 0 where nothing is */
    float *alpha;  /* the same shape: the mean */
    float *sorted; /* [rows * columns], room for medians */
} Cells;

typedef struct Range {
    float low, high;
} Range;

/* From `begin` to `end` of a side of the picture, in pixels and parts of them. */
typedef struct Span {
    double begin, end;
} Span;

/* Alpha of 0 to 255 and alpha times light of 0 to 1, summed over pixels. */
typedef struct Sum {
    double alpha, light;
} Sum;

static Span cell_span(size_t cell, size_t cells, size_t pixels)
{
    double size = (double)pixels / (double)cells;
    return (Span){(double)cell * size, cell + 1 == cells ? (double)pixels : (double)(cell + 1) * size};
}

/* Sum over n pixels. Whole numbers, because this loop goes over every pixel of a picture. */
static Sum sum_pixels(const unsigned char *rgba, size_t n)
{
    enum { RED = 13933, GREEN = 46871, BLUE = 4732, ONE = 65536 }; /* BT.709; their sum is one */
    uint64_t alpha = 0, light = 0;
    for (const unsigned char *p = rgba; p < rgba + 4 * n; p += 4) {
        alpha += p[3];
        light += p[3] * ((uint32_t)RED * p[0] + (uint32_t)GREEN * p[1] + (uint32_t)BLUE * p[2]);
    }
    return (Sum){(double)alpha, (double)light / (255. * ONE)};
}

static Sum add_share(Sum sum, double share, Sum more)
{
    return (Sum){sum.alpha + share * more.alpha, sum.light + share * more.light};
}

/* Sum over part of a row: whole pixels, less what the first and the last of them have outside. */
static Sum sum_span(const unsigned char *row, Span s)
{
    size_t begin = (size_t)s.begin, end = (size_t)ceil(s.end);
    Sum sum = sum_pixels(row + 4 * begin, end - begin);
    sum = add_share(sum, (double)begin - s.begin, sum_pixels(row + 4 * begin, 1));
    return add_share(sum, s.end - (double)end, sum_pixels(row + 4 * (end - 1), 1));
}

static void average_pixels(const Image *image, Span across, Span down, float *luma, float *alpha)
{
    Sum sum = {0, 0};
    for (size_t y = (size_t)down.begin; (double)y < down.end; y++) {
        double above = fmax(0, down.begin - (double)y), below = fmax(0, (double)(y + 1) - down.end);
        sum = add_share(sum, 1 - above - below, sum_span(image->rgba + 4 * y * image->width, across));
    }
    bool seen = sum.alpha > 1e-6; /* less is rounding of the shares */
    *alpha = seen ? (float)(sum.alpha / (255 * (across.end - across.begin) * (down.end - down.begin))) : 0;
    *luma = seen ? (float)(sum.light / sum.alpha) : 0;
}

static void average_cells(const Image *image, Cells *c)
{
    for (size_t row = 0; row < c->rows; row++) {
        Span down = cell_span(c->rows - 1 - row, c->rows, image->height);
        for (size_t column = 0; column < c->columns; column++) {
            size_t i = row * c->columns + column;
            average_pixels(image, cell_span(column, c->columns, image->width), down, &c->luma[i], &c->alpha[i]);
        }
    }
}

static size_t cells_along(size_t pixels, size_t longest, size_t most)
{
    double cells = longest > most ? round((double)pixels * (double)most / (double)longest) : (double)pixels;
    return cells < 1 ? 1 : (size_t)cells;
}

static bool cells_init(Cells *c, const Image *image, size_t most)
{
    size_t longest = image->width > image->height ? image->width : image->height;
    c->rows = cells_along(image->height, longest, most);
    c->columns = cells_along(image->width, longest, most);
    size_t n = c->rows * c->columns;
    c->luma = malloc(3 * n * sizeof *c->luma);
    if (!c->luma)
        return false;
    c->alpha = c->luma + n;
    c->sorted = c->alpha + n;
    average_cells(image, c);
    return true;
}

static int compare_floats(const void *a, const void *b)
{
    const float *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static float median(float *values, size_t n)
{
    qsort(values, n, sizeof *values, compare_floats);
    return values[n / 2];
}

static bool in_border(const Cells *c, size_t i)
{
    size_t shorter = c->rows < c->columns ? c->rows : c->columns, width = shorter / SIDE_PER_BORDER;
    size_t row = i / c->columns, column = i % c->columns;
    width = width < 1 ? 1 : width;
    return row < width || c->rows - row <= width || column < width || c->columns - column <= width;
}

static bool border_is_transparent(const Cells *c)
{
    double opaque = 0, transparent = 0;
    for (size_t i = 0; i < c->rows * c->columns; i++) {
        if (in_border(c, i)) {
            opaque += (double)c->alpha[i];
            transparent += 1 - (double)c->alpha[i];
        }
    }
    return transparent > opaque;
}

static Range range_of(const float *values, const float *alpha, float least_alpha, size_t n)
{
    Range r = {INFINITY, -INFINITY};
    for (size_t i = 0; i < n; i++) {
        if (alpha[i] >= least_alpha) {
            r.low = fminf(r.low, values[i]);
            r.high = fmaxf(r.high, values[i]);
        }
    }
    return r;
}

/* The border's median luma, and the median of what its cells differ from that. Cells that are mostly transparent have
 * no say. */
static float find_ground(const Cells *c, float *deviation)
{
    size_t n = 0;
    for (size_t i = 0; i < c->rows * c->columns; i++)
        if (in_border(c, i) && c->alpha[i] >= 0.5f)
            c->sorted[n++] = c->luma[i];
    float ground = n ? median(c->sorted, n) : 1;
    for (size_t i = 0; i < n; i++)
        c->sorted[i] = fabsf(c->sorted[i] - ground);
    *deviation = n ? median(c->sorted, n) : 0;
    return ground;
}

/* Mean departure from the ground, positive where the picture is lighter. */
static double mean_departure(const Cells *c, float ground)
{
    double sum = 0;
    for (size_t i = 0; i < c->rows * c->columns; i++)
        sum += (double)(c->alpha[i] * (c->luma[i] - ground));
    return sum;
}

/* luma: from the darkest to the lightest cell. */
static void level_by_tone(const Cells *c, Range luma, float ground, float deviation, ImageLevels *l)
{
    l->polarity = mean_departure(c, ground) > 0 ? IMAGE_LIGHT_ON_DARK : IMAGE_DARK_ON_LIGHT;
    float sign = l->polarity == IMAGE_LIGHT_ON_DARK ? 1 : -1;
    float most = l->polarity == IMAGE_LIGHT_ON_DARK ? luma.high - ground : ground - luma.low;
    float grain = fmaxf(0, fminf(GRAIN_IN_DEVIATIONS * deviation, MOST_GRAIN * most));
    for (size_t i = 0; i < c->rows * c->columns; i++)
        l->levels[i] = c->alpha[i] * fmaxf(0, sign * (c->luma[i] - ground) - grain);
}

static bool is_silhouette(Range luma, bool on_transparency)
{
    float spread = luma.high - luma.low;
    return spread < INVISIBLE || (on_transparency && (spread < NEARLY_ONE_TONE || luma.low > ALL_LIGHT));
}

static void find_levels(const Cells *c, ImageLevels *l)
{
    size_t n = c->rows * c->columns;
    float most_alpha = range_of(c->alpha, c->alpha, 0, n).high, deviation = 0;
    Range luma = range_of(c->luma, c->alpha, 0.5f * most_alpha, n);
    bool on_transparency = border_is_transparent(c);
    if (is_silhouette(luma, on_transparency)) {
        l->polarity = IMAGE_OPAQUE_SHAPE;
        memcpy(l->levels, c->alpha, n * sizeof *l->levels);
    } else {
        float ground = on_transparency ? 1 : find_ground(c, &deviation);
        level_by_tone(c, luma, ground, deviation, l);
    }
}

/* Scales to a largest level of 1; false when the levels were even. */
static bool stretch_levels(ImageLevels *l)
{
    size_t n = l->rows * l->columns;
    Range r = range_of(l->levels, l->levels, 0, n);
    for (size_t i = 0; i < n && r.high > 0; i++)
        l->levels[i] /= r.high;
    return r.high - r.low >= INVISIBLE;
}

static bool levels_from_cells(ImageLevels *l, const char *name, const Cells *c, Error *e)
{
    l->rows = c->rows;
    l->columns = c->columns;
    l->levels = malloc(c->rows * c->columns * sizeof *l->levels);
    if (!l->levels)
        return error_set(e, "%s: out of memory (nothing was loaded)", name);
    find_levels(c, l);
    return stretch_levels(l) ||
           error_set(e, "%s: expected a drawing or a shape, found one even tone (nothing was loaded)", name);
}

bool image_levels_init(ImageLevels *l, const char *name, const Image *image, size_t most, Error *e)
{
    Cells cells;
    *l = (ImageLevels){.aspect = (float)((double)image->width / (double)image->height)};
    if (!cells_init(&cells, image, most))
        return error_set(e, "%s: out of memory (nothing was loaded)", name);
    bool found = levels_from_cells(l, name, &cells, e);
    free(cells.luma);
    if (!found)
        image_levels_free(l);
    return found;
}

void image_levels_free(ImageLevels *l)
{
    free(l->levels);
    *l = (ImageLevels){0};
}
