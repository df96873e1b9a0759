#include "scene/hill_view.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = HILL_SIGHT_SIDE, PICK_STEPS = 96, PICK_HALVINGS = 12 };

static const double RISE = 0.42;       /* from the floor to the top, of half the height of the plane */
static const double FIT = 0.88;        /* scale at tilt 1: room for what turns and rises */
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

/* Turned about the middle, looked at from the elevation, and moved down by half of what the top rises. */
HillProjection hill_projection(HillView view, const Camera *camera)
{
    Angles a = angles_of(view);
    double scale = 1 - view.tilt * (1 - FIT), up = scale * sin(a.elevation), rise = scale * cos(a.elevation);
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

static void sample_heights(HillSight *s)
{
    for (int row = 0; row < SIDE; row++) {
        double y = s->extent.y + s->extent.h * row / (SIDE - 1);
        for (int column = 0; column < SIDE; column++) {
            double x = s->extent.x + s->extent.w * column / (SIDE - 1);
            s->sample[row * SIDE + column].height = hill_height(s->hill, x, y);
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

void hill_look(HillSight *s, const Hill *hill, HillView view, const Camera *camera)
{
    assert(hill->grid >= 2);
    s->hill = hill;
    s->camera = *camera;
    s->projection = hill_projection(view, camera);
    s->extent = camera_extent(camera);
    sample_heights(s);
    fill_horizon(s, stride_towards_eye(s, angles_of(view)));
}

/* False beyond the hill's edges, and for what is not a number. */
static bool sample_at(const HillSight *s, const float x[2], HillSample *out)
{
    float u = ((x[0] - (float)s->extent.x) / (float)s->extent.w) * (SIDE - 1);
    float v = ((x[1] - (float)s->extent.y) / (float)s->extent.h) * (SIDE - 1);
    if (!(u >= 0 && u <= SIDE - 1 && v >= 0 && v <= SIDE - 1))
        return false;
    int column = u < SIDE - 2 ? (int)u : SIDE - 2, row = v < SIDE - 2 ? (int)v : SIDE - 2;
    u -= (float)column;
    v -= (float)row;
    const HillSample *low = s->sample + row * SIDE + column, *high = low + SIDE;
    float weight[4] = {(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v};
    const HillSample *corner[4] = {low, low + 1, high, high + 1};
    *out = (HillSample){0};
    for (int i = 0; i < 4; i++) {
        out->height += weight[i] * corner[i]->height;
        out->horizon += weight[i] * corner[i]->horizon;
    }
    return true;
}

void hill_drape(const HillSight *s, const float *x, size_t n, float *place)
{
    for (size_t i = 0; i < n; i++) {
        double at[2] = {(double)NAN, (double)NAN};
        HillSample sample;
        if (sample_at(s, x + 2 * i, &sample) && sample.horizon <= sample.height + LIFT)
            hill_project(&s->projection, (double)x[2 * i], (double)x[2 * i + 1], (double)(sample.height + LIFT), at);
        place[2 * i] = (float)at[0];
        place[2 * i + 1] = (float)at[1];
    }
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

/* Points in pixels of the window, in place. */
static void drape_pixels(const HillSight *s, float *point, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float *p = point + 2 * i, x[2];
        double pixel[2] = {(double)p[0], (double)p[1]}, data[2];
        camera_to_data(&s->camera, pixel, data);
        x[0] = (float)data[0];
        x[1] = (float)data[1];
        hill_drape(s, x, 1, x);
        camera_to_pixel(&s->camera, (double[2]){(double)x[0], (double)x[1]}, pixel);
        p[0] = (float)pixel[0];
        p[1] = (float)pixel[1];
    }
}

void hill_drape_arrows(const HillSight *s, Arrows *a)
{
    for (size_t i = 0; i < a->count; i++) {
        Arrow *w = &a->arrow[i];
        float end[4] = {w->x - w->dx / 2, w->y - w->dy / 2, w->x + w->dx / 2, w->y + w->dy / 2};
        drape_pixels(s, end, 2);
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
    memcpy(to->point, from->point, from->points * 2 * sizeof *to->point);
    drape_pixels(s, to->point, to->points);
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
