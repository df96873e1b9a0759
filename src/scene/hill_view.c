#include "scene/hill_view.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = HILL_SIGHT_SIDE, PICK_STEPS = 96, PICK_HALVINGS = 12 };

static const double RISE = 0.42;       /* from the floor to the top, of half the height of the plane */
static const double FIT = 0.88;        /* of the plane, at tilt 1: room for numbers at the edges */
static const float LIFT = 0.02f;       /* marks stand that much above the surface: it does not hide what lies on it */
static const float NOTHING = -1e9f;    /* horizon where nothing hides anything */
static const double STEEPEST = 1e6;    /* from straight above, no slope hides anything */
static const double FLATTEST_DEG = 1.; /* an eye in the plane would see an edge only */

static double radians(double degrees)
{
    return degrees * M_PI / 180;
}

typedef struct Angles {
    double turn, elevation; /* radians */
} Angles;

static Angles angles_of(HillView v)
{
    double elevation = fmin(fmax(v.elevation_deg, FLATTEST_DEG), 90);
    return (Angles){v.tilt * radians(v.azimuth_deg), M_PI / 2 - v.tilt * radians(90 - elevation)};
}

double hill_rise(const Camera *camera)
{
    return RISE * camera->plane.h / (2 * camera->scale);
}

/* Scale at tilt 1: whatever turns and rises stays in the plane. */
static double fitting(HillView v, const Rect *plane)
{
    Angles a = angles_of((HillView){1, v.azimuth_deg, v.elevation_deg});
    double c = fabs(cos(a.turn)), s = fabs(sin(a.turn)), rise = RISE / 2 * plane->h * cos(a.elevation);
    double across = (c * plane->w + s * plane->h) / plane->w;
    double up = (sin(a.elevation) * (s * plane->w + c * plane->h) + rise) / plane->h;
    return FIT / fmax(1, fmax(across, up));
}

/* Turned about the middle, looked at from the elevation, and moved down by half of what the top rises. */
HillProjection hill_projection(HillView view, const Camera *camera)
{
    Angles a = angles_of(view);
    double scale = 1 - view.tilt * (1 - fitting(view, &camera->plane)), up = scale * sin(a.elevation),
           rise = scale * cos(a.elevation);
    double c = cos(a.turn), s = sin(a.turn), height = hill_rise(camera);
    HillProjection p = {{{scale * c, -scale * s, 0, 0}, {up * s, up * c, rise * height, 0}}};
    p.to[0][3] = camera->x - p.to[0][0] * camera->x - p.to[0][1] * camera->y;
    p.to[1][3] = camera->y - p.to[1][0] * camera->x - p.to[1][1] * camera->y - rise * height / 2;
    return p;
}

void hill_project(const HillProjection *p, double x, double y, double height, double place[2])
{
    for (int i = 0; i < 2; i++)
        place[i] = p->to[i][0] * x + p->to[i][1] * y + p->to[i][2] * height + p->to[i][3];
}

/* The point at a height that is seen at a place: a line of sight has one at every height. */
static void unproject(const HillProjection *p, const double place[2], double height, double data[2])
{
    double u = place[0] - p->to[0][2] * height - p->to[0][3], v = place[1] - p->to[1][2] * height - p->to[1][3];
    double determinant = p->to[0][0] * p->to[1][1] - p->to[0][1] * p->to[1][0];
    data[0] = (p->to[1][1] * u - p->to[0][1] * v) / determinant;
    data[1] = (p->to[0][0] * v - p->to[1][0] * u) / determinant;
}

bool hill_sight_init(HillSight *s)
{
    *s = (HillSight){.sample = malloc(sizeof *s->sample * SIDE * SIDE)};
    return s->sample != NULL;
}

void hill_sight_free(HillSight *s)
{
    free(s->sample);
    *s = (HillSight){0};
}

/* Of a line of the lattice in the hill's grid: the cell, and the place within it. */
typedef struct Between {
    int cell;
    float share;
} Between;

static void lay_lattice(double from, double length, double hill_from, double hill_length, int grid, Between line[SIDE])
{
    for (int i = 0; i < SIDE; i++) {
        double at = (from + length * i / (SIDE - 1) - hill_from) / hill_length * (grid - 1);
        double place = fmin(fmax(at, 0), grid - 1);
        line[i].cell = place < grid - 2 ? (int)place : grid - 2;
        line[i].share = (float)(place - line[i].cell);
    }
}

/* hill_height at every sample, with what its lines have in common taken once. */
static void sample_heights(HillSight *s)
{
    const Hill *h = s->hill;
    const Rect *seen = &s->extent, *all = &h->extent;
    Between across[SIDE], up[SIDE];
    lay_lattice(seen->x, seen->w, all->x, all->w, h->grid, across);
    lay_lattice(seen->y, seen->h, all->y, all->h, h->grid, up);
    for (int row = 0; row < SIDE; row++) {
        const float *low = h->height + up[row].cell * h->grid, *high = low + h->grid;
        for (int column = 0; column < SIDE; column++) {
            int at = across[column].cell;
            float u = across[column].share, below = low[at] + u * (low[at + 1] - low[at]);
            float above = high[at] + u * (high[at + 1] - high[at]);
            s->sample[row * SIDE + column].height = below + up[row].share * (above - below);
        }
    }
}

/* A step over the lattice towards the eye, from one of its lines to the next. */
typedef struct Stride {
    int line, along; /* samples from line to line, towards the eye, and along a line */
    int first;       /* sample that begins the line nearest to the eye */
    float aside;     /* goes that many samples along the line */
    float fall;      /* a line of sight is that much lower before the step than after it, heights */
} Stride;

/* Lines are rows or columns, whichever the step crosses faster: then it goes aside by a sample at most. */
static Stride stride_towards_eye(const HillSight *s, Angles a)
{
    double cell[2] = {s->extent.w / (SIDE - 1), s->extent.h / (SIDE - 1)}, way[2] = {-sin(a.turn), -cos(a.turn)};
    double samples[2] = {way[0] / cell[0], way[1] / cell[1]};
    int major = fabs(samples[0]) > fabs(samples[1]) ? 0 : 1;
    int across = major == 0 ? 1 : SIDE, along = major == 0 ? SIDE : 1;
    double length = 1 / fabs(samples[major]), slope = fmin(tan(a.elevation), STEEPEST);
    bool up = samples[major] > 0;
    return (Stride){.line = up ? across : -across,
                    .along = along,
                    .first = up ? across * (SIDE - 1) : 0,
                    .aside = (float)(samples[1 - major] * length),
                    .fall = (float)(slope * length / hill_rise(&s->camera))};
}

/* The higher of surface and horizon between two samples of a line; nothing beyond its ends. */
static float skyline(const HillSample *line, int along, float at)
{
    if (at < 0 || at > SIDE - 1)
        return NOTHING;
    int from = at < SIDE - 2 ? (int)at : SIDE - 2;
    const HillSample *a = line + from * along, *b = a + along;
    float low = fmaxf(a->height, a->horizon), high = fmaxf(b->height, b->horizon);
    return low + (at - (float)from) * (high - low);
}

/* From the eye's side on: what hides a sample is what the next one towards the eye shows or is hidden by, lower by what
 * a line of sight falls between them. */
static void fill_horizon(HillSight *s, Stride step)
{
    HillSample *line = s->sample + step.first;
    for (int i = 0; i < SIDE; i++)
        line[i * step.along].horizon = NOTHING;
    for (int k = 1; k < SIDE; k++) {
        HillSample *nearer = line;
        line -= step.line;
        for (int i = 0; i < SIDE; i++)
            line[i * step.along].horizon = skyline(nearer, step.along, (float)i + step.aside) - step.fall;
    }
}

static bool is_seen(const HillSight *s, const Hill *hill, HillView view, const Camera *camera)
{
    static_assert(sizeof view == 3 * sizeof(double) && sizeof *camera == 7 * sizeof(double), "no padding to compare");
    return s->hill == hill && s->build == hill->builds && memcmp(&s->view, &view, sizeof view) == 0 &&
           memcmp(&s->camera, camera, sizeof *camera) == 0;
}

void hill_look(HillSight *s, const Hill *hill, HillView view, const Camera *camera)
{
    assert(hill->grid >= 2);
    if (is_seen(s, hill, view, camera))
        return;
    s->hill = hill;
    s->build = hill->builds;
    s->view = view;
    s->camera = *camera;
    s->projection = hill_projection(view, camera);
    s->extent = camera_extent(camera);
    sample_heights(s);
    fill_horizon(s, stride_towards_eye(s, angles_of(view)));
}

/* From places on the flat plane to places in the picture, in one unit: both count from a corner of what is seen, where
 * single precision holds at every zoom. */
typedef struct Drape {
    float corner[2], samples[2]; /* the corner of the lattice's first sample; samples a unit */
    float to[2][3], at[2];       /* place = to (x - corner, height) + at */
} Drape;

static Drape drape_of_data(const HillSight *s)
{
    const HillProjection *p = &s->projection;
    const Rect *e = &s->extent;
    Drape d = {{(float)e->x, (float)e->y}, {(float)((SIDE - 1) / e->w), (float)((SIDE - 1) / e->h)}, {{0}}, {0}};
    double at[2];
    hill_project(p, e->x, e->y, 0, at);
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 3; k++)
            d.to[i][k] = (float)p->to[i][k];
        d.at[i] = (float)at[i];
    }
    return d;
}

/* In the window's pixels y turns over, of points and of their places alike. */
static Drape drape_of_pixels(const HillSight *s)
{
    const Rect *plane = &s->camera.plane;
    double scale = s->camera.scale, place[2], at[2];
    Drape d = drape_of_data(s);
    hill_project(&s->projection, s->extent.x, s->extent.y, 0, place);
    camera_to_pixel(&s->camera, place, at);
    return (Drape){
        {(float)plane->x, (float)(plane->y + plane->h)},
        {d.samples[0] / (float)scale, -d.samples[1] / (float)scale},
        {{d.to[0][0], -d.to[0][1], d.to[0][2] * (float)scale}, {-d.to[1][0], d.to[1][1], -d.to[1][2] * (float)scale}},
        {(float)at[0], (float)at[1]}};
}

/* Bilinear, at a place of the lattice. */
static HillSample sample_at(const HillSight *s, float u, float v)
{
    int column = u < SIDE - 2 ? (int)u : SIDE - 2, row = v < SIDE - 2 ? (int)v : SIDE - 2;
    const HillSample *low = s->sample + row * SIDE + column, *high = low + SIDE;
    u -= (float)column;
    v -= (float)row;
    float a = (1 - u) * (1 - v), b = u * (1 - v), c = (1 - u) * v, d = u * v;
    return (HillSample){a * low[0].height + b * low[1].height + c * high[0].height + d * high[1].height,
                        a * low[0].horizon + b * low[1].horizon + c * high[0].horizon + d * high[1].horizon};
}

static void drape_point(const HillSight *s, const Drape *d, const float x[2], float place[2])
{
    float dx = x[0] - d->corner[0], dy = x[1] - d->corner[1], u = dx * d->samples[0], v = dy * d->samples[1];
    bool inside = u >= 0 && u <= SIDE - 1 && v >= 0 && v <= SIDE - 1;
    HillSample sample = inside ? sample_at(s, u, v) : (HillSample){NAN, NAN};
    float height = sample.height + LIFT;
    bool seen = sample.horizon <= height;
    for (int i = 0; i < 2; i++)
        place[i] = seen ? d->to[i][0] * dx + d->to[i][1] * dy + d->to[i][2] * height + d->at[i] : NAN;
}

static void drape_points(const HillSight *s, Drape d, const float *x, size_t n, float *place)
{
    for (size_t i = 0; i < n; i++)
        drape_point(s, &d, x + 2 * i, place + 2 * i);
}

void hill_drape(const HillSight *s, const float *x, size_t n, float *place)
{
    drape_points(s, drape_of_data(s), x, n, place);
}

/* The line of sight has come down to the surface, or to below its edge. */
static bool is_below(const HillSight *s, const double place[2], double height, double data[2])
{
    const Rect *e = &s->extent;
    unproject(&s->projection, place, height, data);
    bool inside = data[0] >= e->x && data[0] <= e->x + e->w && data[1] >= e->y && data[1] <= e->y + e->h;
    return inside && (double)hill_height(s->hill, data[0], data[1]) >= height;
}

bool hill_pick(const HillSight *s, const double place[2], double data[2])
{
    double above = 1, below = 1, at[2];
    while (below >= 0 && !is_below(s, place, below, data)) {
        above = below;
        below -= 1.0 / PICK_STEPS;
    }
    for (int i = 0; i < PICK_HALVINGS && below >= 0; i++) {
        double middle = (above + below) / 2;
        bool under = is_below(s, place, middle, at);
        *(under ? &below : &above) = middle;
        if (under)
            memcpy(data, at, sizeof at);
    }
    return below >= 0;
}

void hill_drape_window(const HillSight *s, const float *pixel, size_t n, float *place)
{
    drape_points(s, drape_of_pixels(s), pixel, n, place);
}

void hill_drape_arrows(const HillSight *s, Arrows *a)
{
    Drape d = drape_of_pixels(s);
    for (size_t i = 0; i < a->count; i++) {
        Arrow *w = &a->arrow[i];
        float end[4] = {w->x - w->dx / 2, w->y - w->dy / 2, w->x + w->dx / 2, w->y + w->dy / 2};
        drape_points(s, d, end, 2, end);
        bool seen = isfinite(end[0] + end[2]);
        w->dx = seen ? end[2] - end[0] : 0;
        w->dy = seen ? end[3] - end[1] : 0;
        w->x = seen ? (end[0] + end[2]) / 2 : w->x;
        w->y = seen ? (end[1] + end[3]) / 2 : w->y;
    }
}

/* All but the points. */
static void copy_lines(const Lines *from, Lines *to)
{
    assert(from->points <= to->points_max && from->lines <= to->lines_max);
    to->points = from->points;
    to->lines = from->lines;
    memcpy(to->along, from->along, from->points * sizeof *to->along);
    memcpy(to->end, from->end, from->lines * sizeof *to->end);
    memcpy(to->value, from->value, from->lines * sizeof *to->value);
}

void hill_drape_lines(const HillSight *s, const Lines *from, Lines *to)
{
    copy_lines(from, to);
    hill_drape(s, from->point, from->points, to->point);
}

void hill_drape_pixels(const HillSight *s, const Lines *from, Lines *to)
{
    copy_lines(from, to);
    hill_drape_window(s, from->point, from->points, to->point);
}

/* The newest point of a trail moves with its particle. */
static void move_newest(const SimFrame *from, double between, float *column)
{
    for (size_t trail = 0; trail < from->trails; trail++) {
        const float *before = from->previous + 2 * (size_t)from->trail_of[trail];
        for (size_t c = 0; c < 2; c++)
            column[2 * trail + c] += (float)(1 - between) * (before[c] - column[2 * trail + c]);
    }
}

void hill_drape_frame(const HillSight *s, const SimFrame *from, double between, SimFrame *to)
{
    const size_t column = 2 * TRAIL_PARTICLES, numbers = 2 * from->count;
    simframe_copy(to, from);
    for (size_t i = 0; i < numbers; i++)
        to->x[i] = from->previous[i] + (float)between * (from->x[i] - from->previous[i]);
    hill_drape(s, to->x, from->count, to->x);
    memcpy(to->previous, to->x, numbers * sizeof *to->x);
    if (from->trail_length > 0)
        move_newest(from, between, to->trail);
    for (size_t age = 0; age < from->trail_length; age++)
        hill_drape(s, to->trail + age * column, from->trails, to->trail + age * column);
}
