#include "scene/journey.h"

#include "core/start.h"
#include "scene/journey_pace.h"

#include <math.h>
#include <string.h>

/* A journey whose particles are in f->x, at a level. */
static void set_out(Simulation *s, double sigma)
{
    SimFrame *f = &s->frame;
    f->dropped = 0;
    f->evaluations = 0;
    f->accepted = (double)NAN;
    f->share = 1;
    memcpy(f->previous, f->x, f->count * 2 * sizeof *f->x);
    simframe_break_trails(f);
    simframe_first_trails(f);
    journey_put_level(s, sigma);
    s->journey.held_s = s->journey.walk = 0;
    s->journey.cost = COST_UNKNOWN;
    journey_forget(s);
    s->journey.rising = s->journey.denoised = false;
    s->journey.drops = 0;
}

/* Particles first .. n-1 of a start at a level, the same for all that begin in one journey. */
static void draw_start(Simulation *s, StartId start, double sigma, size_t first, size_t n)
{
    StartDraw draw = {.mixture = &simulation_target(s)->mixture,
                      .sigma = sigma,
                      .reach = s->settings.value[SET_REACH],
                      .rng = {s->journey.seed, STREAM_START},
                      .step = s->journey.starts,
                      .first = first,
                      .n = n - first};
    start_info(start)->draw(&draw, s->frame.x + 2 * first);
}

static void begin(Simulation *s, StartId start, double sigma)
{
    s->frame.count = (size_t)s->settings.value[SET_PARTICLES];
    s->journey.starts++;
    draw_start(s, start, sigma, 0, s->frame.count);
    set_out(s, sigma);
}

static StartId chosen_start(const Simulation *s)
{
    return (StartId)settings_index(&s->settings, SET_START);
}

void journey_begin(Simulation *s)
{
    begin(s, chosen_start(s), journey_first_level(s));
}

/* The forward way begins at the data, with the noise of the last level. */
static void begin_at_data(Simulation *s)
{
    begin(s, START_EXACT, journey_last_level(s));
    s->journey.rising = true;
}

void journey_restart(Simulation *s)
{
    if (s->frame.playing && settings_on(&s->settings, SET_FORWARD))
        begin_at_data(s);
    else
        journey_begin(s);
    if (journey_sampler(s)->descends || s->frame.playing)
        s->frame.sigma = s->journey.particle_sigma;
}

void journey_begin_again(Simulation *s)
{
    if (s->frame.playing)
        journey_restart(s);
    else
        journey_begin(s);
}

/* Walkers have no past: those that are added can begin at any time, where all others began. */
static void add_walkers(Simulation *s, size_t first, size_t n)
{
    draw_start(s, chosen_start(s), journey_first_level(s), first, n);
    memcpy(s->frame.previous + 2 * first, s->frame.x + 2 * first, (n - first) * 2 * sizeof *s->frame.x);
}

void journey_resize(Simulation *s, size_t n)
{
    SimFrame *f = &s->frame;
    size_t old = f->count - f->dropped;
    if (n == old)
        return;
    if (n > old && journey_sampler(s)->descends) {
        journey_begin_again(s);
        return;
    }
    if (n > old)
        add_walkers(s, old, n);
    f->count = n;
    f->dropped = 0;
    f->trail_length = 0; /* particles and trails may not belong together any more */
    s->journey.drops = 0;
    journey_forget(s);
    simframe_first_trails(f);
}

/* Trails of dropped particles take the place of the first ones' in turn. */
static void give_trail(Simulation *s, uint64_t drop)
{
    size_t first = s->frame.count - s->frame.dropped, trails = first < TRAIL_PARTICLES ? first : TRAIL_PARTICLES;
    simframe_give_trail(&s->frame, (trails + drop) % TRAIL_PARTICLES, first + drop % DROPPED_MAX);
}

void journey_drop(Simulation *s, double x, double y)
{
    SimFrame *f = &s->frame;
    size_t first = f->count - f->dropped, index = first + s->journey.drops % DROPPED_MAX;
    f->x[2 * index] = f->previous[2 * index] = (float)x;
    f->x[2 * index + 1] = f->previous[2 * index + 1] = (float)y;
    f->dropped += f->dropped < DROPPED_MAX;
    f->count = first + f->dropped;
    journey_forget(s); /* it remembers nothing, and a step's memory is that of all */
    give_trail(s, s->journey.drops++);
}

void journey_undrop(Simulation *s, size_t n)
{
    SimFrame *f = &s->frame;
    uint64_t left = s->journey.drops - (n < f->dropped ? n : f->dropped);
    if (s->journey.drops > DROPPED_MAX || f->dropped == 0)
        return;
    f->count -= s->journey.drops - left;
    f->dropped -= s->journey.drops - left;
    journey_forget(s);
    s->journey.drops = left;
    simframe_first_trails(f);
    for (uint64_t drop = left > TRAIL_PARTICLES ? left - TRAIL_PARTICLES : 0; drop < left; drop++)
        give_trail(s, drop);
}
