#include "scene/journey.h"

#include "core/start.h"
#include "scene/sampler_settings.h"
#include "scene/timing.h"

#include <math.h>
#include <string.h>

enum {
    TICK_WORK = 12000,  /* evaluations a tick: 8 ms at the 1.4 million evaluations a second of speed.md */
    STRIDE_WORK = 24000 /* of a step that takes more than one tick: the simulation has little else to do */
};

static const double RK45_EXPECTED = 20; /* half the evaluations of a first Runge-Kutta step */
static const double HOLD_S = 1.5;       /* the end is worth a look */
static const double FARTHEST = 1e6;     /* standard deviations: no score is finite much beyond */
static const double NEAR = 1e-9;        /* rungs: rounding */
static const double AT_END = 1 + 1e-6;  /* so near to the last level is there */

static const Sampler *sampler(const Simulation *s)
{
    return sampler_info(settings_index(&s->settings, SET_DYNAMICS));
}

/* What the next step may cost while no step has told: evaluations of the field a particle. */
static double expected_cost(const Simulation *s)
{
    const double *set = s->settings.value;
    unsigned uses = sampler(s)->uses;
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

static double first_level(const Simulation *s)
{
    return s->ladder.sigma[0];
}

static double last_level(const Simulation *s)
{
    return s->ladder.sigma[s->ladder.steps];
}

static bool at_end(const Simulation *s)
{
    return s->frame.sigma <= last_level(s) * AT_END;
}

static bool at_start(const Simulation *s)
{
    return s->frame.sigma * AT_END >= first_level(s);
}

static bool rising(const Simulation *s)
{
    return s->journey.rising && settings_on(&s->settings, SET_FORWARD);
}

static void put_level(Simulation *s, double sigma)
{
    s->journey.particle_sigma = s->frame.particle_sigma = sigma;
}

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
    put_level(s, sigma);
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
    begin(s, chosen_start(s), first_level(s));
}

/* The forward way begins at the data, with the noise of the last level. */
static void begin_at_data(Simulation *s)
{
    begin(s, START_EXACT, last_level(s));
    s->journey.rising = true;
}

void journey_restart(Simulation *s)
{
    if (s->frame.playing && settings_on(&s->settings, SET_FORWARD))
        begin_at_data(s);
    else
        journey_begin(s);
    if (sampler(s)->descends || s->frame.playing)
        s->frame.sigma = s->journey.particle_sigma;
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
    draw_start(s, chosen_start(s), first_level(s), first, n);
    memcpy(s->frame.previous + 2 * first, s->frame.x + 2 * first, (n - first) * 2 * sizeof *s->frame.x);
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
    s->journey.drops = 0;
    journey_forget(s);
    simframe_first_trails(f);
}

void journey_move_handle(Simulation *s, double sigma)
{
    s->frame.sigma = fmin(fmax(sigma, s->sigma_min), s->sigma_max);
    s->journey.held_s = 0;
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
    if (sampler(s)->descends && reverses(s, to))
        s->before = 0;
    memcpy(s->next, s->frame.x, s->frame.count * 2 * sizeof *s->next);
    s->stride = (Stride){.sampler = sampler(s),
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
    put_level(s, done->to);
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

static bool plays(const Simulation *s)
{
    return s->frame.playing && !s->grabbed;
}

/* How many rungs a level lies behind the beginning of the way that is played. */
static double progress(const Simulation *s, double sigma)
{
    double place = ladder_place(&s->ladder, sigma);
    return rising(s) ? (double)s->ladder.steps - place : place;
}

static double level_of(const Simulation *s, double progress)
{
    return ladder_sigma(&s->ladder, rising(s) ? (double)s->ladder.steps - progress : progress);
}

/* Rungs that play moves the handle on in a tick on the whole, and that walkers take: a journey in `duration` seconds at
 * speed 1. */
static double pace(const Simulation *s)
{
    const double *set = s->settings.value;
    return set[SET_STEPS] * set[SET_SPEED] / (set[SET_DURATION] * TICKS_PER_SECOND);
}

static bool evenly(const Simulation *s)
{
    return settings_index(&s->settings, SET_TIMING) == TIMING_STEPS;
}

static Timing timing(const Simulation *s)
{
    return timing_of(&s->settings, first_level(s), last_level(s), simulation_target(s)->frame.std);
}

static double time_of(const Timing *g, double sigma)
{
    return timing_time(g, timing_place_of(g, sigma));
}

/* Where play would move the handle in a tick. Even steps go along the ladder itself. */
static double progress_due(const Simulation *s)
{
    if (evenly(s))
        return progress(s, s->frame.sigma) + pace(s);
    Timing g = timing(s);
    double tick = pace(s) / (double)s->ladder.steps;
    double time = time_of(&g, s->frame.sigma) + (rising(s) ? -tick : tick);
    return progress(s, timing_sigma(&g, timing_place(&g, time)));
}

/* The pace on the rung where the handle is. */
static double pace_here(const Simulation *s)
{
    if (evenly(s))
        return pace(s);
    Timing g = timing(s);
    double rung = floor(progress(s, s->frame.sigma) + NEAR);
    double share = fabs(time_of(&g, level_of(s, rung + 1)) - time_of(&g, level_of(s, rung)));
    return pace(s) / ((double)s->ladder.steps * share);
}

/* The level that the particles should be at: that of the handle, or, while it plays, of the last rung that it passed.
 */
static double goal(const Simulation *s)
{
    double handle = progress(s, s->frame.sigma), particles = progress(s, s->journey.particle_sigma);
    double rung = floor(handle + NEAR);
    if (!plays(s) || handle < particles - 1)
        return s->frame.sigma;
    return rung > particles ? level_of(s, rung) : s->journey.particle_sigma;
}

/* The next whole rung on the way to a level, or that level. */
static double next_level(const Simulation *s, double to)
{
    double here = progress(s, s->journey.particle_sigma), there = progress(s, to);
    double next = there > here ? floor(here + NEAR) + 1 : ceil(here - NEAR) - 1;
    return fabs(next - here) < fabs(there - here) - NEAR ? level_of(s, next) : to;
}

/* What was done is shown over the time that play, or the work itself, takes for it. */
static void show_steps(Simulation *s)
{
    double rate = !sampler(s)->descends ? pace(s) : plays(s) ? pace_here(s) : 1;
    s->frame.share = fmin(fmin(rate, 1), 1 / (double)s->stride.ticks);
}

static bool descend(Simulation *s)
{
    double to = goal(s), work = STRIDE_WORK;
    size_t most = tick_steps(s), done = 0;
    while (done < most && (under_way(s) || s->journey.particle_sigma != to) && step(s, next_level(s, to), &work))
        done++;
    if (done > 0)
        show_steps(s);
    return done > 0 || under_way(s);
}

static bool walk(Simulation *s)
{
    double due = s->journey.walk + pace(s), work = STRIDE_WORK;
    size_t steps = (size_t)fmin(floor(due), (double)tick_steps(s)), done = 0;
    s->journey.walk = due - floor(due);
    if (under_way(s) && steps == 0)
        steps = 1;
    if (!under_way(s))
        put_level(s, s->frame.sigma);
    while (done < steps && step(s, s->frame.sigma, &work))
        done++;
    if (done > 0)
        show_steps(s);
    return done > 0;
}

static bool move_particles(Simulation *s)
{
    const Sampler *chosen = sampler(s);
    if (chosen->descends && (descend(s) || plays(s)))
        return true;
    return chosen->walks && walk(s);
}

/* Once a journey's particles are at the data, the noise that is left there can go. */
static void denoise(Simulation *s)
{
    bool there = sampler(s)->descends && s->journey.particle_sigma <= last_level(s) * AT_END;
    if (!settings_on(&s->settings, SET_DENOISE) || s->journey.denoised || !there || rising(s))
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
    if (rising(s))
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
    return rising(s) ? at_start(s) : at_end(s);
}

/* Where the handle was dragged to the end, particles may still be on their way. */
bool journey_arrived(const Simulation *s)
{
    return handle_arrived(s) && (!sampler(s)->descends || s->journey.particle_sigma == s->frame.sigma);
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
    if (!sampler(s)->descends)
        return (double)INFINITY;
    return floor(progress(s, s->journey.particle_sigma) + NEAR) + (double)tick_steps(s) + 1 - NEAR;
}

/* Along the timing curve, but not past a rung that descending particles cannot be at after this tick. */
static void play(Simulation *s)
{
    double handle = progress(s, s->frame.sigma), most = fmin(journey_reach(s), s->leash);
    s->frame.sigma = level_of(s, fmax(fmin(progress_due(s), most), handle));
    if (handle_arrived(s))
        s->frame.sigma = rising(s) ? first_level(s) : last_level(s);
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
    if (plays(s)) {
        if (handle_arrived(s))
            hold(s);
        else
            play(s);
    }
    if (move_particles(s))
        simframe_push_trails(f);
    denoise(s);
}

void journey_step(Simulation *s)
{
    SimFrame *f = &s->frame;
    double work = (double)INFINITY, to = f->sigma;
    if (sampler(s)->descends) {
        double rung = floor(progress(s, s->journey.particle_sigma) + NEAR) + 1;
        if (rung > (double)s->ladder.steps)
            return;
        to = level_of(s, rung);
    }
    memcpy(f->previous, f->x, f->count * 2 * sizeof *f->x);
    step(s, to, &work);
    f->sigma = s->journey.particle_sigma;
    f->share = 1;
    simframe_push_trails(f);
    denoise(s);
}

void journey_anneal_begin(Simulation *s)
{
    journey_begin(s);
    s->journey.rung = 0;
    if (sampler(s)->descends)
        journey_move_handle(s, last_level(s));
    else
        put_level(s, s->frame.sigma);
}

bool journey_anneal_step(Simulation *s)
{
    if (s->journey.rung == s->ladder.steps)
        return false;
    size_t rung = ++s->journey.rung;
    double work = (double)INFINITY;
    step(s, sampler(s)->descends ? s->ladder.sigma[rung] : s->frame.sigma, &work);
    simframe_push_trails(&s->frame);
    denoise(s);
    s->frame.share = 1;
    memcpy(s->frame.previous, s->frame.x, s->frame.count * 2 * sizeof *s->frame.x);
    return s->journey.rung < s->ladder.steps;
}
