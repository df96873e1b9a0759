#include "scene/journey.h"

#include "scene/journey_pace.h"
#include "scene/sampler_settings.h"

#include <math.h>
#include <string.h>

enum {
    TICK_WORK = 12000,  /* evaluations a tick: 8 ms at the 1.4 million evaluations a second of speed.md */
    STRIDE_WORK = 24000 /* of a step that takes more than one tick: the simulation has little else to do */
};

static const double RK45_EXPECTED = 20; /* half the evaluations of a first Runge-Kutta step */
static const double HOLD_S = 1.5;       /* the end is worth a look */
static const double FARTHEST = 1e6;     /* standard deviations: no score is finite much beyond */
static const double AT_END = 1 + 1e-6;  /* so near to the last level is there */

/* What the next step may cost while no step has told: evaluations of the field a particle. */
static double expected_cost(const Simulation *s)
{
    const double *set = s->settings.value;
    unsigned uses = journey_sampler(s)->uses;
    double inner = fmax(uses & USES_CORRECTIONS ? set[SET_CORRECTIONS] : 1, uses & USES_LEAPS ? set[SET_LEAPS] : 1);
    return 2 * fmax(inner, uses & USES_TOLERANCE ? RK45_EXPECTED : 1);
}

/* Steps that one tick affords. */
static size_t tick_steps(const Simulation *s)
{
    double cost = s->journey.cost >= 0 ? fmax(s->journey.cost, 1) : expected_cost(s);
    double steps = floor(TICK_WORK / ((double)s->frame.count * cost));
    return steps > 1 ? (size_t)steps : 1;
}

static bool at_end(const Simulation *s)
{
    return s->frame.sigma <= journey_last_level(s) * AT_END;
}

static bool at_start(const Simulation *s)
{
    return s->frame.sigma * AT_END >= journey_first_level(s);
}

void journey_play(Simulation *s, bool on)
{
    bool starts = on && !s->frame.playing;
    s->frame.playing = on;
    if (starts && at_end(s))
        journey_restart(s);
}

void journey_move_handle(Simulation *s, double sigma)
{
    s->frame.sigma = fmin(fmax(sigma, s->sigma_min), s->sigma_max);
    s->journey.held_s = 0;
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

/* What a step extrapolates from must lie behind it. */
static bool reverses(const Simulation *s, double to)
{
    double now = s->journey.particle_sigma;
    return (to - now) * (now - s->before) < 0;
}

static void begin_stride(Simulation *s, double to)
{
    const Journey *j = &s->journey;
    if (journey_sampler(s)->descends && reverses(s, to))
        s->before = 0;
    memcpy(s->next, s->frame.x, s->frame.count * 2 * sizeof *s->next);
    s->stride = (Stride){.sampler = journey_sampler(s),
                         .step = {
                             .x = s->next,
                             .n = s->frame.count,
                             .from = j->particle_sigma,
                             .to = to,
                             .options = sampler_options(&s->settings),
                             .frame = simulation_target(s)->frame,
                             .rng = {j->seed, STREAM_SAMPLER},
                             .step = j->steps,
                             .scratch = s->scratch,
                             .memory = s->memory,
                             .before = s->before,
                             .tally = &s->stride.tally,
                         }};
}

static void end_stride(Simulation *s)
{
    Journey *j = &s->journey;
    const DynamicsStep *done = &s->stride.step;
    const DynamicsTally *tally = done->tally;
    memcpy(s->frame.x, s->next, done->n * 2 * sizeof *s->next);
    keep_finite(s);
    j->denoised = false;
    j->steps++;
    s->before = done->from;
    journey_put_level(s, done->to);
    j->cost = (double)tally->evaluations / (double)done->n;
    s->frame.evaluations += j->cost;
    s->frame.accepted = tally->proposed ? (double)tally->accepted / (double)tally->proposed : (double)NAN;
    s->stride.sampler = NULL;
}

static bool under_way(const Simulation *s)
{
    return s->stride.sampler != NULL;
}

/* Goes on with the step that is under way, or begins one to a level. False when it took all of the work, evaluations of
 * the field, before all particles were there: the next tick goes on. */
static bool step(Simulation *s, double to, double *work)
{
    FieldSource field = simulation_field(s);
    if (!under_way(s))
        begin_stride(s, to);
    s->stride.ticks++;
    while (s->stride.moved<s->stride.step.n && * work> 0) {
        uint64_t before = s->stride.tally.evaluations;
        DynamicsStep chunk = dynamics_chunk(&s->stride.step, s->stride.moved);
        s->stride.sampler->step(&field, &chunk);
        s->stride.moved += chunk.n;
        *work -= (double)(s->stride.tally.evaluations - before);
    }
    if (s->stride.moved < s->stride.step.n)
        return false;
    end_stride(s);
    return true;
}

void journey_forget(Simulation *s)
{
    s->before = 0;
    s->stride.sampler = NULL;
}

/* What was done is shown over the time that play, or the work itself, takes for it. */
static void show_steps(Simulation *s)
{
    double rate = !journey_sampler(s)->descends ? journey_pace(s) : journey_plays(s) ? journey_pace_here(s) : 1;
    s->frame.share = fmin(fmin(rate, 1), 1 / (double)s->stride.ticks);
}

static bool descend(Simulation *s)
{
    double to = journey_goal(s), work = STRIDE_WORK;
    size_t most = tick_steps(s), done = 0;
    while (done < most && (under_way(s) || s->journey.particle_sigma != to) &&
           step(s, journey_next_level(s, to), &work))
        done++;
    if (done > 0)
        show_steps(s);
    return done > 0 || under_way(s);
}

static bool walk(Simulation *s)
{
    double due = s->journey.walk + journey_pace(s), work = STRIDE_WORK;
    size_t steps = (size_t)fmin(floor(due), (double)tick_steps(s)), done = 0;
    s->journey.walk = due - floor(due);
    if (under_way(s) && steps == 0)
        steps = 1;
    if (!under_way(s))
        journey_put_level(s, s->frame.sigma);
    while (done < steps && step(s, s->frame.sigma, &work))
        done++;
    if (done > 0)
        show_steps(s);
    return done > 0;
}

static bool move_particles(Simulation *s)
{
    const Sampler *chosen = journey_sampler(s);
    if (chosen->descends && (descend(s) || journey_plays(s)))
        return true;
    return chosen->walks && walk(s);
}

/* Once a journey's particles are at the data, the noise that is left there can go. */
static void denoise(Simulation *s)
{
    bool there = journey_sampler(s)->descends && s->journey.particle_sigma <= journey_last_level(s) * AT_END;
    if (!settings_on(&s->settings, SET_DENOISE) || s->journey.denoised || !there || journey_rising(s))
        return;
    FieldSource field = simulation_field(s);
    dynamics_denoise(&field, s->journey.particle_sigma, s->frame.count, s->frame.x, s->scratch);
    keep_finite(s);
    s->journey.denoised = true;
}

/* What follows a rest at the end of the way: it goes back, or begins again, or is over. */
static void turn(Simulation *s)
{
    bool forth = settings_on(&s->settings, SET_FORWARD);
    s->journey.held_s = 0;
    s->frame.evaluations = 0; /* another way begins */
    if (journey_rising(s))
        s->journey.rising = false;
    else if (!settings_on(&s->settings, SET_LOOP))
        s->frame.playing = false;
    else if (forth)
        s->journey.rising = true;
    else
        journey_restart(s);
}

static bool handle_arrived(const Simulation *s)
{
    return journey_rising(s) ? at_start(s) : at_end(s);
}

/* Where the handle was dragged to the end, particles may still be on their way. */
bool journey_arrived(const Simulation *s)
{
    return handle_arrived(s) && (!journey_sampler(s)->descends || s->journey.particle_sigma == s->frame.sigma);
}

static void hold(Simulation *s)
{
    if (!journey_arrived(s) || s->other_comes)
        return;
    s->journey.held_s += s->settings.value[SET_SPEED] / TICKS_PER_SECOND;
    if (s->journey.held_s >= HOLD_S)
        turn(s);
}

double journey_reach(const Simulation *s)
{
    if (!journey_sampler(s)->descends)
        return (double)INFINITY;
    return floor(journey_progress(s, s->journey.particle_sigma) + JOURNEY_NEAR) + (double)tick_steps(s) + 1 -
           JOURNEY_NEAR;
}

/* Along the timing curve, but not past a rung that descending particles cannot be at after this tick. */
static void play(Simulation *s)
{
    double handle = journey_progress(s, s->frame.sigma), most = fmin(journey_reach(s), s->leash);
    s->frame.sigma = journey_level(s, fmax(fmin(journey_progress_due(s), most), handle));
    if (handle_arrived(s))
        s->frame.sigma = journey_rising(s) ? journey_first_level(s) : journey_last_level(s);
}

/* What the display has reached by now, and how much of the rest it goes in the tick that begins. */
static void carry_display_on(SimFrame *f)
{
    float share = (float)f->share;
    if (f->share >= 1)
        memcpy(f->previous, f->x, f->count * 2 * sizeof *f->x);
    for (size_t i = 0; i < 2 * f->count && f->share < 1; i++)
        f->previous[i] += share * (f->x[i] - f->previous[i]);
    f->share = f->share < 0.5 ? f->share / (1 - f->share) : 1;
}

void journey_tick(Simulation *s)
{
    SimFrame *f = &s->frame;
    carry_display_on(f);
    if (journey_plays(s)) {
        if (handle_arrived(s))
            hold(s);
        else
            play(s);
    }
    if (move_particles(s))
        simframe_push_trails(f);
    denoise(s);
}

/* The goal of a single step: the next rung, or the handle's level. Less than zero past the end of the way. */
static double next_goal(const Simulation *s)
{
    if (!journey_sampler(s)->descends)
        return s->frame.sigma;
    double rung = floor(journey_progress(s, s->journey.particle_sigma) + JOURNEY_NEAR) + 1;
    return rung > (double)s->ladder.steps ? -1 : journey_level(s, rung);
}

/* One of those that are owed, as far as a tick affords. False while it is under way. */
static bool hurry(Simulation *s, double to)
{
    double work = STRIDE_WORK;
    if (!step(s, to, &work))
        return false;
    s->journey.owed--;
    s->frame.share = 1;
    return true;
}

void journey_step(Simulation *s)
{
    SimFrame *f = &s->frame;
    double to = next_goal(s);
    if (to < 0 && !under_way(s)) {
        s->journey.owed = 0;
        return;
    }
    memcpy(f->previous, f->x, f->count * 2 * sizeof *f->x);
    if (!hurry(s, to))
        return;
    f->sigma = s->journey.particle_sigma;
    simframe_push_trails(f);
    denoise(s);
}

void journey_anneal(Simulation *s)
{
    journey_begin(s);
    s->journey.owed = s->ladder.steps;
    if (journey_sampler(s)->descends)
        journey_move_handle(s, journey_last_level(s));
    else
        journey_put_level(s, s->frame.sigma);
}

void journey_anneal_step(Simulation *s)
{
    SimFrame *f = &s->frame;
    if (!hurry(s, journey_sampler(s)->descends ? s->ladder.sigma[s->ladder.steps - s->journey.owed + 1] : f->sigma))
        return;
    simframe_push_trails(f);
    denoise(s);
    memcpy(f->previous, f->x, f->count * 2 * sizeof *f->x);
}
