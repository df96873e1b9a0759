#include "scene/journey_pace.h"

#include "scene/timing.h"

#include <math.h>

const Sampler *journey_sampler(const Simulation *s)
{
    return sampler_info(settings_index(&s->settings, SET_DYNAMICS));
}

double journey_first_level(const Simulation *s)
{
    return s->ladder.sigma[0];
}

double journey_last_level(const Simulation *s)
{
    return s->ladder.sigma[s->ladder.steps];
}

bool journey_rising(const Simulation *s)
{
    return s->journey.rising && settings_on(&s->settings, SET_FORWARD);
}

bool journey_plays(const Simulation *s)
{
    return s->frame.playing && !s->grabbed;
}

double journey_progress(const Simulation *s, double sigma)
{
    double place = ladder_place(&s->ladder, sigma);
    return journey_rising(s) ? (double)s->ladder.steps - place : place;
}

double journey_level(const Simulation *s, double progress)
{
    return ladder_sigma(&s->ladder, journey_rising(s) ? (double)s->ladder.steps - progress : progress);
}

double journey_pace(const Simulation *s)
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
    return timing_of(&s->settings, journey_first_level(s), journey_last_level(s), simulation_target(s)->frame.std);
}

static double time_of(const Timing *g, double sigma)
{
    return timing_time(g, timing_place_of(g, sigma));
}

/* Even steps go along the ladder itself. */
double journey_progress_due(const Simulation *s)
{
    if (evenly(s))
        return journey_progress(s, s->frame.sigma) + journey_pace(s);
    Timing g = timing(s);
    double tick = journey_pace(s) / (double)s->ladder.steps;
    double time = time_of(&g, s->frame.sigma) + (journey_rising(s) ? -tick : tick);
    return journey_progress(s, timing_sigma(&g, timing_place(&g, time)));
}

double journey_pace_here(const Simulation *s)
{
    if (evenly(s))
        return journey_pace(s);
    Timing g = timing(s);
    double rung = floor(journey_progress(s, s->frame.sigma) + JOURNEY_NEAR);
    double share = fabs(time_of(&g, journey_level(s, rung + 1)) - time_of(&g, journey_level(s, rung)));
    return journey_pace(s) / ((double)s->ladder.steps * share);
}

double journey_goal(const Simulation *s)
{
    double handle = journey_progress(s, s->frame.sigma), particles = journey_progress(s, s->journey.particle_sigma);
    double rung = floor(handle + JOURNEY_NEAR);
    if (!journey_plays(s) || handle < particles - 1)
        return s->frame.sigma;
    return rung > particles ? journey_level(s, rung) : s->journey.particle_sigma;
}

double journey_next_level(const Simulation *s, double to)
{
    double here = journey_progress(s, s->journey.particle_sigma), there = journey_progress(s, to);
    double next = there > here ? floor(here + JOURNEY_NEAR) + 1 : ceil(here - JOURNEY_NEAR) - 1;
    return fabs(next - here) < fabs(there - here) - JOURNEY_NEAR ? journey_level(s, next) : to;
}

void journey_put_level(Simulation *s, double sigma)
{
    s->journey.particle_sigma = s->frame.particle_sigma = sigma;
}
