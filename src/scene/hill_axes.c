#include "scene/hill_axes.h"

#include <math.h>
#include <string.h>

/* Least distance of ticks, pixels at scale 1: on the flat plane, and on the scale of heights. */
static const double plane_apart = 90, height_apart = 11;
static const double nearly = 1e-9; /* of a step: a tick that rounding puts beyond the end */

double hill_range(const HillRecipe *r)
{
    return r->height == HILL_LOG ? HILL_NATS : HILL_STEPS * r->std * r->std;
}

void hill_pixel(const HillSight *s, const double data[2], double height, double pixel[2])
{
    double place[2];
    hill_project(&s->projection, data[0], data[1], height, place);
    camera_to_pixel(&s->camera, place, pixel);
}

/* What is nearer to the eye appears lower; of what is equally near, the lesser. */
static bool lesser_is_nearer(const HillSight *s, int direction)
{
    return s->projection.to[1][direction] > -nearly;
}

/* From the corner that is nearest around the base: along x, the far one, along y. */
static void find_corners(const HillSight *s, double corner[4][2])
{
    const Rect *e = &s->extent;
    double near_x = lesser_is_nearer(s, 0) ? e->x : e->x + e->w, far_x = 2 * e->x + e->w - near_x;
    double near_y = lesser_is_nearer(s, 1) ? e->y : e->y + e->h, far_y = 2 * e->y + e->h - near_y;
    memcpy(corner, (double[4][2]){{near_x, near_y}, {far_x, near_y}, {far_x, far_y}, {near_x, far_y}},
           4 * sizeof *corner);
}

static void set_ends(HillAxis *a, const double from[2], const double to[2])
{
    memcpy(a->end[0], from, sizeof a->end[0]);
    memcpy(a->end[1], to, sizeof a->end[1]);
}

/* Of an edge: away from the base's middle, at a right angle to it on the window. */
static void set_outer(HillAxis *a, const double middle[2])
{
    double x = a->end[1][1] - a->end[0][1], y = a->end[0][0] - a->end[1][0], length = hypot(x, y);
    double side = x * (a->end[0][0] - middle[0]) + y * (a->end[0][1] - middle[1]) < 0 ? -1 : 1;
    a->outer[0] = length > 0 ? side * x / length : 0;
    a->outer[1] = length > 0 ? side * y / length : 1;
}

static void add_tick(HillAxis *a, HillTick tick)
{
    if (a->ticks < HILL_TICKS_MAX)
        a->tick[a->ticks++] = tick;
}

/* An edge of the base from a corner to the one next to it, which differs in one direction. */
static void lay_edge(const HillSight *s, int direction, const double from[2], const double to[2], HillAxis *a)
{
    double low = fmin(from[direction], to[direction]), high = fmax(from[direction], to[direction]);
    double end[2][2], middle[2];
    hill_pixel(s, from, 0, end[0]);
    hill_pixel(s, to, 0, end[1]);
    hill_pixel(s, (double[2]){s->camera.x, s->camera.y}, 0, middle);
    set_ends(a, end[0], end[1]);
    set_outer(a, middle);
    for (double k = ceil(low / a->step - nearly); k * a->step <= high + nearly * a->step; k++) {
        HillTick tick = {.value = k * a->step};
        double at[2] = {from[0], from[1]};
        at[direction] = tick.value;
        hill_pixel(s, at, 0, tick.pixel);
        add_tick(a, tick);
    }
}

/* Upright where an edge ends, and away from where that came from. */
static void lay_heights(const HillSight *s, const double foot[2], double scale, HillAxis *a)
{
    double end[2][2], range = hill_range(&s->hill->recipe), middle = s->camera.plane.x + s->camera.plane.w / 2;
    hill_pixel(s, foot, 0, end[0]);
    hill_pixel(s, foot, 1, end[1]);
    set_ends(a, end[0], end[1]);
    a->outer[0] = end[0][0] < middle ? -1 : 1;
    double rise = fmax(end[0][1] - end[1][1], 1);
    a->step = axis_step(height_apart * scale * range / rise);
    for (double k = 0; k * a->step <= range * (1 + nearly); k++) {
        HillTick tick = {.value = -k * a->step, .height = 1 - k * a->step / range};
        hill_pixel(s, foot, tick.height, tick.pixel);
        add_tick(a, tick);
    }
}

void hill_axes(const HillSight *s, double scale, HillAxes *out)
{
    HillAxis *axis = out->axis;
    double corner[4][2];
    find_corners(s, corner);
    *out = (HillAxes){0};
    axis[HILL_AXIS_X].step = axis[HILL_AXIS_Y].step = axis_step(plane_apart * scale / s->camera.scale);
    lay_edge(s, 0, corner[0], corner[1], &axis[HILL_AXIS_X]);
    lay_edge(s, 1, corner[0], corner[3], &axis[HILL_AXIS_Y]);
    /* Of the two it stands where the edge that goes farther across the window ends. */
    double across[2];
    for (int i = 0; i < 2; i++)
        across[i] = fabs(axis[i].end[1][0] - axis[i].end[0][0]);
    int foot = across[0] >= across[1] ? 1 : 3;
    lay_heights(s, corner[foot], scale, &axis[HILL_AXIS_HEIGHT]);
    memcpy(out->wall,
           (double[3][2]){{corner[foot][0], corner[foot][1]},
                          {corner[2][0], corner[2][1]},
                          {corner[4 - foot][0], corner[4 - foot][1]}},
           sizeof out->wall);
}
