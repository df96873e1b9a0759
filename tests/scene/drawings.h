/* drawings.h - drawings to test with. */
#ifndef TESTS_SCENE_DRAWINGS_H
#define TESTS_SCENE_DRAWINGS_H

#include "near.h"
#include "scene/canvas_tools.h"
#include "scene/drawing_gaussians.h"
#include "scene/drawing_points.h"
#include "scene/drawing_target.h"

#include <stdlib.h>
#include <string.h>

static inline void add(Drawing *d, Part p)
{
    assert_true(drawing_add(d, p));
}

static inline Part placed(Part p, double x, double y, double size, double angle)
{
    p.place[0] = x;
    p.place[1] = y;
    p.size = size;
    p.angle = angle;
    return p;
}

static inline Part painted(double x, double y, double radius)
{
    Part p = part_of(PART_CANVAS, "painted");
    Brush brush = brush_default();
    brush.radius = radius;
    canvas_line(&p.canvas, brush, (double[]){x, y}, (double[]){x + 0.3, y});
    return p;
}

/* Three rows of five cells: the lower left one full, the upper right one half. */
static inline Part word(void)
{
    Part p = part_of(PART_WORD, "a \"word\"\n");
    float level[15] = {[0] = 1, [14] = 0.5f};
    p.raster = raster_of_levels(level, 3, 5);
    assert_non_null(p.raster);
    strcpy(p.raster->text, "σ ∇");
    strcpy(p.raster->face, "Inter");
    return p;
}

static inline Part from_file(const float *x, const float *weight, size_t n)
{
    Part p = part_of(PART_POINTS, "data.csv");
    p.points = points_standardised("data.csv", x, weight, n, NULL);
    assert_non_null(p.points);
    return p;
}

static const float four_points[] = {10, 100, 12, 100, 10, 104, 12, 104}, four_weights[] = {1, 2, 0, 3};

static inline void add_gaussian(Drawing *d, double x, double y, double std)
{
    size_t part;
    assert_true(drawing_hand_part(d, PART_GAUSSIANS, &part));
    assert_true(drawing_gaussian_add(d, part, (double[]){x, y}, std));
}

static inline size_t stamp(Drawing *d, double x, double y, size_t n, double spread)
{
    size_t part;
    PointStamp s = {.at = {x, y}, .spread = spread, .n = n, .seed = 3};
    assert_true(drawing_hand_part(d, PART_POINTS, &part));
    assert_true(drawing_points_stamp(d, part, &s));
    return part;
}

/* A part of every kind, none in its first place. */
static inline Drawing one_of_each(void)
{
    Drawing d = {0};
    add(&d, placed(painted(-0.5, 0.2, 0.1), 0.1, 0, 1.5, 0.3));
    add(&d, placed(word(), 0, -0.7, 0.5, 0));
    add_gaussian(&d, 0.3, 0.4, 0.1);
    assert_true(drawing_gaussian_drag(&d, &(GaussianHit){2, 0, GAUSSIAN_AXIS, 1}, (double[]){0.5, 0.61}));
    stamp(&d, -0.2, 0.1, 5, 0.03);
    add(&d, from_file(four_points, four_weights, 4));
    Part spirals = part_of(PART_TARGET, "two spirals");
    add(&d, placed(spirals, 0.3, 0.3, 0.4, -1));
    Part picture = word();
    picture.kind = PART_PICTURE;
    picture.weight = 0.1;
    add(&d, placed(picture, 1. / 3, 0.1, 0.7, 0.2));
    return d;
}

static inline Target target_of(const Drawing *d)
{
    Target t;
    Error e;
    if (!drawing_target(d, &t, &e))
        fail_msg("%s", e.text);
    return t;
}

/* Components byte for byte. */
static inline void assert_same_target(const Target *a, const Target *b)
{
    assert_int_equal(a->mixture.count, b->mixture.count);
    assert_memory_equal(a->mixture.component, b->mixture.component, a->mixture.count * sizeof *a->mixture.component);
    assert_memory_equal(&a->frame, &b->frame, sizeof a->frame);
}

static inline void assert_same_density(const Drawing *a, const Drawing *b)
{
    Target ta = target_of(a), tb = target_of(b);
    assert_same_target(&ta, &tb);
    target_free(&ta);
    target_free(&tb);
}

#endif
