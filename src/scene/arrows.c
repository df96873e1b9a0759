#include "scene/arrows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double EASE_S = 0.035;   /* a difference falls to 6 % in 100 ms */
static const double LENGTH = 0.62;    /* of the spacing */
static const double WEIGHT_GAIN = 10; /* a field of a tenth of 1/sigma is where faint begins */
static const double WEIGHT_FULL = 3;  /* in units of 1/sigma: arrows from here on look alike */

bool arrows_init(Arrows *a)
{
    size_t bytes = ARROWS_MAX * 2 * sizeof(float);
    *a = (Arrows){.arrow = malloc(ARROWS_MAX * sizeof *a->arrow),
                  .fading = calloc(1, bytes),
                  .seen = {malloc(bytes), malloc(bytes)},
                  .seen_level = {-1, -1}};
    return a->arrow && a->fading && a->seen[0] && a->seen[1];
}

void arrows_free(Arrows *a)
{
    free(a->arrow);
    free(a->fading);
    free(a->seen[0]);
    free(a->seen[1]);
    *a = (Arrows){0};
}

typedef struct Lattice {
    size_t columns, rows;
    double x, y; /* pixels of the first */
    double spacing;
} Lattice;

static Lattice lattice(Rect plane, double spacing)
{
    /* Each arrow has a cell of its own, so cells no smaller than area / ARROWS_MAX are never too many. */
    Lattice l = {.spacing = fmax(spacing, sqrt(plane.w * plane.h / ARROWS_MAX))};
    l.columns = (size_t)(plane.w / l.spacing);
    l.rows = (size_t)(plane.h / l.spacing);
    l.x = plane.x + (plane.w - ((double)l.columns - 1) * l.spacing) / 2;
    l.y = plane.y + (plane.h - ((double)l.rows - 1) * l.spacing) / 2;
    return l;
}

static bool same_view(const Arrows *a, const Camera *c, double spacing)
{
    const Camera *b = &a->camera;
    return b->x == c->x && b->y == c->y && b->scale == c->scale && b->plane.x == c->plane.x &&
           b->plane.y == c->plane.y && b->plane.w == c->plane.w && b->plane.h == c->plane.h && a->spacing == spacing;
}

static void forget_view(Arrows *a, const Camera *camera, double spacing)
{
    a->camera = *camera;
    a->spacing = spacing;
    a->seen_level[0] = a->seen_level[1] = -1;
    memset(a->fading, 0, ARROWS_MAX * 2 * sizeof(float));
}

static Arrow arrow_of(double x, double y, double spacing, const float field[2])
{
    Arrow arrow = {.x = (float)x, .y = (float)y};
    double length = hypot((double)field[0], (double)field[1]);
    if (!isfinite(length) || length == 0)
        return arrow;
    double weight = fmin(log1p(WEIGHT_GAIN * length) / log1p(WEIGHT_GAIN * WEIGHT_FULL), 1);
    double pixels = LENGTH * spacing * sqrt(weight) / length;
    arrow.dx = (float)(pixels * (double)field[0]);
    arrow.dy = (float)(-pixels * (double)field[1]);
    arrow.weight = (float)weight;
    return arrow;
}

/* What the two levels give at every arrow. Where a level was refilled since it was last seen, the difference, at
 * today's weight, is what begins to fade: sigma may move meanwhile and is never held back. */
typedef struct Blend {
    int count, level[2];
    float weight[2];
    bool refilled[2];
} Blend;

static Blend blend_of(Arrows *a, const Stack *field, double sigma)
{
    Blend b = {0};
    b.count = stack_blend(field, sigma, b.level, b.weight);
    for (int k = 0; k < b.count; k++) {
        int slot = b.level[k] % 2;
        uint64_t version = field->version[b.level[k]];
        b.refilled[k] = a->seen_level[slot] == b.level[k] && a->seen_version[slot] != version;
        a->seen_level[slot] = b.level[k];
        a->seen_version[slot] = version;
    }
    return b;
}

static void eased_field(Arrows *a, size_t i, const Stack *field, const Blend *b, const double at[2], float decay,
                        float out[2])
{
    float *fading = a->fading + 2 * i, level[2];
    out[0] = out[1] = 0;
    for (int k = 0; k < b->count; k++) {
        float *seen = a->seen[b->level[k] % 2] + 2 * i;
        stack_sample_level(field, b->level[k], at[0], at[1], level);
        for (int c = 0; c < 2; c++) {
            fading[c] += b->refilled[k] ? b->weight[k] * (seen[c] - level[c]) : 0;
            seen[c] = level[c];
            out[c] += b->weight[k] * level[c];
        }
    }
    for (int c = 0; c < 2; c++) {
        fading[c] = isfinite(fading[c]) ? decay * fading[c] : 0; /* not even a field that was not finite stays */
        out[c] += fading[c];
    }
}

void arrows_build(Arrows *a, const Stack *field, const Camera *camera, double sigma, double spacing, double ease_s)
{
    Lattice l = lattice(camera->plane, spacing);
    float decay = ease_s > 0 ? (float)exp(-ease_s / EASE_S) : 0;
    if (!same_view(a, camera, spacing))
        forget_view(a, camera, spacing);
    Blend b = blend_of(a, field, sigma);
    a->count = b.count ? l.columns * l.rows : 0;
    for (size_t i = 0; i < a->count; i++) {
        double pixel[2] = {l.x + (double)(i % l.columns) * l.spacing, l.y + (double)(i / l.columns) * l.spacing};
        double at[2];
        float value[2];
        camera_to_data(camera, pixel, at);
        eased_field(a, i, field, &b, at, decay, value);
        a->arrow[i] = arrow_of(pixel[0], pixel[1], l.spacing, value);
    }
}

void arrows_equal(Arrows *a)
{
    for (size_t i = 0; i < a->count; i++) {
        Arrow *arrow = &a->arrow[i];
        float length = hypotf(arrow->dx, arrow->dy);
        float share = length > 0 ? (float)(LENGTH * a->spacing) / length : 0;
        arrow->dx *= share;
        arrow->dy *= share;
    }
}
