#include "scene/journey.h"

#include <math.h>
#include <string.h>

enum { TICK_WORK = 12000 }; /* particle steps a tick: 8 ms at the 1.4 million evaluations a second of speed.md */

static const double HOLD_S = 1.5;      /* the end is worth a look */
static const double FARTHEST = 1e6;    /* standard deviations: no score is finite much beyond */
static const double AT_END = 1 + 1e-6; /* so near to sigma_min is there */

static const Sampler *sampler(const Simulation *s)
{
    return sampler_info(settings_index(&s->settings, SET_DYNAMICS));
}

static double range(const Simulation *s)
{
    const Target *t = simulation_target(s);
    return log(t->sigma_max / t->sigma_min);
}

/* Longest substep in ln sigma. */
static double rung(const Simulation *s)
{
    return range(s) / s->settings.value[SET_STEPS];
}

static size_t tick_steps(const Simulation *s)
{
    size_t steps = TICK_WORK / s->frame.count;
    return steps > 0 ? steps : 1;
}

static bool at_end(const Simulation *s)
{
    return s->frame.sigma <= simulation_target(s)->sigma_min * AT_END;
}

void journey_begin(Simulation *s)
{
    const Target *t = simulation_target(s);
    SimFrame *f = &s->frame;
    Rng rng = {s->journey.seed, STREAM_START};
    f->count = (size_t)s->settings.value[SET_PARTICLES];
    f->dropped = 0;
    dynamics_start(&t->mixture, t->sigma_max, rng, s->journey.starts++, 0, f->count, f->x);
    memcpy(f->previous, f->x, f->count * 2 * sizeof *f->x);
    simframe_break_trails(f);
    simframe_first_trails(f);
    s->journey.particle_sigma = t->sigma_max;
    s->journey.held_s = s->journey.walk = 0;
    s->journey.drops = 0;
}

void journey_restart(Simulation *s)
{
    journey_begin(s);
    if (sampler(s)->descends || s->frame.playing)
        s->frame.sigma = simulation_target(s)->sigma_max;
}

void journey_begin_again(Simulation *s)
{
    if (s->frame.playing)
        journey_restart(s);
    else
        journey_begin(s);
}

void journey_play(Simulation *s, bool on)
{
    bool starts = on && !s->frame.playing;
    s->frame.playing = on;
    if (starts && at_end(s))
        journey_restart(s);
}

/* Walkers have no past: those that are added can begin at any time, where all others began. */
static void add_walkers(Simulation *s, size_t first, size_t n)
{
    const Target *t = simulation_target(s);
    Rng rng = {s->journey.seed, STREAM_START};
    float *x = s->frame.x + 2 * first;
    dynamics_start(&t->mixture, t->sigma_max, rng, s->journey.starts - 1, first, n - first, x);
    memcpy(s->frame.previous + 2 * first, x, (n - first) * 2 * sizeof *x);
}

void journey_resize(Simulation *s, size_t n)
{
    SimFrame *f = &s->frame;
    size_t old = f->count - f->dropped;
    if (n == old)
        return;
    if (n > old && sampler(s)->descends) {
        journey_begin_again(s);
        return;
    }
    if (n > old)
        add_walkers(s, old, n);
    f->count = n;
    f->dropped = 0;
    f->trail_length = 0; /* particles and trails may not belong together any more */
    simframe_first_trails(f);
}

void journey_move_handle(Simulation *s, double sigma)
{
    const Target *t = simulation_target(s);
    s->frame.sigma = fmin(fmax(sigma, t->sigma_min), t->sigma_max);
    s->journey.held_s = 0;
}

void journey_drop(Simulation *s, double x, double y)
{
    SimFrame *f = &s->frame;
    size_t first = f->count - f->dropped, index = first + s->journey.drops % DROPPED_MAX;
    size_t trails = first < TRAIL_PARTICLES ? first : TRAIL_PARTICLES;
    f->x[2 * index] = f->previous[2 * index] = (float)x;
    f->x[2 * index + 1] = f->previous[2 * index + 1] = (float)y;
    f->dropped += f->dropped < DROPPED_MAX;
    f->count = first + f->dropped;
    simframe_give_trail(f, (trails + s->journey.drops++) % TRAIL_PARTICLES, index);
}

/* A field that pushes outwards, as learned less exact does far from the data, or a network that diverged would lose
 * particles for ever: they stop at FARTHEST, or where they were a tick before. */
static void keep_finite(Simulation *s)
{
    const Frame *frame = &simulation_target(s)->frame;
    float *x = s->frame.x;
    const float *previous = s->frame.previous;
    for (size_t i = 0; i < 2 * s->frame.count; i++) {
        double least = frame->mean[i % 2] - FARTHEST * frame->std, most = frame->mean[i % 2] + FARTHEST * frame->std;
        if (!isfinite(x[i]))
            x[i] = previous[i];
        x[i] = (float)fmin(fmax((double)x[i], least), most);
    }
}

static void step(Simulation *s, double to)
{
    FieldSource field = simulation_field(s);
    DynamicsStep move = {
        .x = s->frame.x,
        .n = s->frame.count,
        .from = s->journey.particle_sigma,
        .to = to,
        .options = {.noise = s->settings.value[SET_NOISE], .step_size = s->settings.value[SET_STEP_SIZE]},
        .rng = {s->journey.seed, STREAM_SAMPLER},
        .step = s->journey.steps++,
        .scratch = s->scratch,
    };
    sampler(s)->step(&field, &move);
    keep_finite(s);
    s->journey.particle_sigma = to;
}

/* Rung i of n between two levels, evenly spaced in ln sigma; the last is `to` exactly. */
static double ladder_rung(double from, double to, size_t i, size_t n)
{
    return i < n ? from * pow(to / from, (double)i / (double)n) : to;
}

static bool descend(Simulation *s)
{
    double from = s->journey.particle_sigma, to = s->frame.sigma, way = log(to / from);
    double longest = rung(s), most = (double)tick_steps(s);
    double steps = fmax(ceil(fabs(way) / longest - 1e-9), 1); /* a whole number of rungs stays one after rounding */
    if (from == to)
        return false;
    if (steps > most) {
        to = from * exp(copysign(most * longest, way));
        steps = most;
    }
    for (size_t i = 1; i <= (size_t)steps; i++)
        step(s, ladder_rung(from, to, i, (size_t)steps));
    return true;
}

/* At one level the pace is that of a whole journey: `steps` steps in `duration` seconds at speed 1. */
static bool walk(Simulation *s)
{
    const double *set = s->settings.value;
    double due = s->journey.walk + set[SET_STEPS] * set[SET_SPEED] / (set[SET_DURATION] * TICKS_PER_SECOND);
    double steps = fmin(floor(due), (double)tick_steps(s));
    s->journey.walk = due - floor(due);
    s->journey.particle_sigma = s->frame.sigma;
    for (size_t i = 0; i < (size_t)steps; i++)
        step(s, s->frame.sigma);
    return steps > 0;
}

static bool move_particles(Simulation *s)
{
    const Sampler *chosen = sampler(s);
    if (chosen->descends && descend(s))
        return true;
    return chosen->walks && walk(s);
}

static void hold(Simulation *s)
{
    if (sampler(s)->descends && s->journey.particle_sigma != s->frame.sigma)
        return; /* the handle was dragged here; the particles are on their way */
    s->journey.held_s += s->settings.value[SET_SPEED] / TICKS_PER_SECOND;
    if (s->journey.held_s < HOLD_S)
        return;
    s->journey.held_s = 0;
    if (settings_on(&s->settings, SET_LOOP))
        journey_restart(s);
    else
        s->frame.playing = false;
}

/* Down, at constant speed in ln sigma, but not to where descending particles cannot be at the end of this tick. */
static void play(Simulation *s)
{
    const double *set = s->settings.value;
    double least = simulation_target(s)->sigma_min, sigma = s->frame.sigma;
    double wanted = sigma * exp(-range(s) * set[SET_SPEED] / (set[SET_DURATION] * TICKS_PER_SECOND));
    double reach = s->journey.particle_sigma * exp(-rung(s) * (double)tick_steps(s));
    if (sampler(s)->descends)
        wanted = fmax(wanted, fmin(reach, sigma));
    s->frame.sigma = wanted <= least * AT_END ? least : wanted;
}

void journey_tick(Simulation *s)
{
    SimFrame *f = &s->frame;
    memcpy(f->previous, f->x, f->count * 2 * sizeof *f->x);
    if (f->playing && !s->grabbed) {
        if (at_end(s))
            hold(s);
        else
            play(s);
    }
    if (move_particles(s))
        simframe_push_trails(f);
}

void journey_anneal(Simulation *s)
{
    size_t steps = (size_t)s->settings.value[SET_STEPS];
    const Target *t = simulation_target(s);
    bool descends = sampler(s)->descends;
    journey_begin(s);
    if (descends)
        journey_move_handle(s, t->sigma_min);
    else
        s->journey.particle_sigma = s->frame.sigma;
    for (size_t i = 1; i <= steps; i++) {
        step(s, descends ? ladder_rung(t->sigma_max, t->sigma_min, i, steps) : s->frame.sigma);
        simframe_push_trails(&s->frame);
    }
    memcpy(s->frame.previous, s->frame.x, s->frame.count * 2 * sizeof *s->frame.x);
}
