#include "scene/timing.h"

#include <math.h>

enum {
    PIECES = TIMING_KNOTS + 1, /* between knots and ends */
    HALVINGS = 54              /* down to what a double tells apart near 1 */
};

static bool is_way(const Timing *g)
{
    return g->first > g->last && g->last > 0 && isfinite(g->first) && g->std > 0;
}

double timing_place_of(const Timing *g, double sigma)
{
    return is_way(g) ? log(g->first / sigma) / log(g->first / g->last) : 0;
}

double timing_sigma(const Timing *g, double place)
{
    if (place == 1 || !is_way(g))
        return place < 1 ? g->first : g->last;
    return g->first * pow(g->last / g->first, place);
}

/* The continuous form of schedule_ladder. */
static double along(const Timing *g, ScheduleId which, double t)
{
    const Schedule *schedule = schedule_info(which);
    double power = 1 / schedule->rho;
    double top = pow(schedule->time(g->first / g->std), power), bottom = pow(schedule->time(g->last / g->std), power);
    return timing_place_of(g, g->std * schedule->sigma(pow(top + t * (bottom - top), schedule->rho)));
}

static double place_by_steps(const Timing *g, double t)
{
    return along(g, g->schedule, t);
}

static double place_even(const Timing *g, double t)
{
    (void)g;
    return t;
}

static double place_slow_start(const Timing *g, double t)
{
    (void)g;
    return t * t;
}

static double place_slow_end(const Timing *g, double t)
{
    (void)g;
    return t * (2 - t);
}

static double place_smooth(const Timing *g, double t)
{
    (void)g;
    return t * t * (3 - 2 * t);
}

static double place_even_in_sigma(const Timing *g, double t)
{
    return timing_place_of(g, g->first + t * (g->last - g->first));
}

static double place_karras(const Timing *g, double t)
{
    return along(g, SCHEDULE_KARRAS, t);
}

static double place_vp(const Timing *g, double t)
{
    return along(g, SCHEDULE_VP, t);
}

static double place_cosine(const Timing *g, double t)
{
    return along(g, SCHEDULE_COSINE, t);
}

/* The ends and the knots between them, kept apart. A knot that is no number comes right behind the one before. */
static void knots_in_order(const Timing *g, double u[PIECES + 1])
{
    u[0] = 0;
    u[PIECES] = 1;
    for (int i = 1; i < PIECES; i++)
        u[i] = fmin(fmax(g->knot[i - 1], u[i - 1] + TIMING_APART), 1 - (PIECES - i) * TIMING_APART);
}

/* Rise over one piece at knot i: Fritsch and Butland's harmonic mean (SIAM J. Sci. Stat. Comput. 5, 1984), and at an
 * end the parabola through three knots, between 0 and three times its own piece's rise, which keeps it monotone
 * (Fritsch and Carlson, SIAM J. Numer. Anal. 17, 1980). */
static double slope(const double u[PIECES + 1], int i)
{
    bool inside = i > 0 && i < PIECES;
    int near = i == PIECES ? PIECES - 1 : i, beside = inside ? i - 1 : i == 0 ? 1 : PIECES - 2;
    double rise = u[near + 1] - u[near], other = u[beside + 1] - u[beside];
    return inside ? 2 * rise * other / (rise + other) : fmin(fmax((3 * rise - other) / 2, 0), 3 * rise);
}

static double place_by_hand(const Timing *g, double t)
{
    double u[PIECES + 1];
    int i = (int)fmin(floor(t * PIECES), PIECES - 1);
    knots_in_order(g, u);
    double s = t * PIECES - i, rise = u[i + 1] - u[i], from = slope(u, i), to = slope(u, i + 1);
    return u[i] + s * (from + s * (3 * rise - 2 * from - to + s * (from + to - 2 * rise)));
}

static const TimingInfo curves[TIMING_COUNT] = {
    [TIMING_STEPS] = {"steps", "Even steps", "every step takes the same time, however the schedule spaces them",
                      place_by_steps},
    [TIMING_EVEN] = {"even", "Even", "noise falls by the same factor every second", place_even},
    [TIMING_SLOW_START] = {"slow-start", "Slow start", "lingers at the noise and speeds up", place_slow_start},
    [TIMING_SLOW_END] = {"slow-end", "Slow end", "slows down towards the data", place_slow_end},
    [TIMING_SMOOTH] = {"smooth", "Smooth", "slow at both ends", place_smooth},
    [TIMING_SIGMA] = {"sigma", "Even in \u03c3", "noise falls by the same amount every second: small noise is brief",
                      place_even_in_sigma},
    [TIMING_KARRAS] = {"karras", "Karras", "even in \u03c3^(1/7), as Karras et al. space their steps", place_karras},
    [TIMING_VP] = {"vp", "VP", "the time of the variance-preserving SDE with linear \u03b2", place_vp},
    [TIMING_COSINE] = {"cosine", "Cosine", "the time of Nichol and Dhariwal's cosine schedule", place_cosine},
    [TIMING_HAND] = {"hand", "By hand", "through knots that can be dragged", place_by_hand},
};

const TimingInfo *timing_info(size_t which)
{
    return &curves[which];
}

Timing timing_of(const Settings *s, double first, double last, double std)
{
    Timing g = {.kind = (TimingKind)settings_index(s, SET_TIMING),
                .schedule = (ScheduleId)settings_index(s, SET_SCHEDULE),
                .first = first,
                .last = last,
                .std = std};
    for (int i = 0; i < TIMING_KNOTS; i++)
        g.knot[i] = s->value[SET_TIMING_1 + i];
    return g;
}

/* u = t for what is no time or place between the ends; finite. */
static bool outside(double share, double *same)
{
    *same = isfinite(share) ? share : share > 0;
    return !(share > 0 && share < 1);
}

double timing_place(const Timing *g, double time)
{
    double same;
    if (outside(time, &same) || !is_way(g))
        return same;
    return fmin(fmax(curves[g->kind].place(g, time), 0), 1);
}

double timing_time(const Timing *g, double place)
{
    double same, low = 0, high = 1;
    if (outside(place, &same) || !is_way(g))
        return same;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        *(timing_place(g, middle) < place ? &low : &high) = middle;
    }
    return high;
}

double timing_knot_time(size_t i)
{
    return (double)(i + 1) / PIECES;
}

double timing_knot(const Timing *g, size_t i)
{
    return timing_place(g, timing_knot_time(i));
}
