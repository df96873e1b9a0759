#include "scene/simulation_state.h"

#include <stdlib.h>
#include <string.h>

void simulation_state_free(SimulationState *s)
{
    simframe_free(&s->frame);
    subject_release(s->subject);
    subject_release(s->truth);
    free(s->memory);
    free(s->next);
    *s = (SimulationState){0};
}

static size_t bytes_of(size_t count)
{
    return count * 2 * sizeof(float);
}

bool simulation_state_init(SimulationState *to, size_t count)
{
    *to = (SimulationState){.memory = malloc(bytes_of(count) + 1), .next = malloc(bytes_of(count) + 1)};
    to->filled = simframe_init(&to->frame) && to->memory && to->next;
    return to->filled;
}

bool simulation_capture(const Simulation *s, SimulationState *to)
{
    size_t count = s->frame.count;
    if (!simulation_state_init(to, count)) {
        simulation_state_free(to);
        return false;
    }
    simframe_copy(&to->frame, &s->frame);
    memcpy(to->memory, s->memory, bytes_of(count));
    memcpy(to->next, s->next, bytes_of(count));
    to->settings = s->settings;
    to->subject = subject_hold(s->subject);
    to->truth = subject_hold(s->truth);
    to->journey = s->journey;
    to->frozen = s->frozen;
    to->before = s->before;
    to->stride = s->stride;
    return true;
}

static void take_arrays(Simulation *s, const SimulationState *from)
{
    size_t count = from->frame.count;
    memcpy(s->memory, from->memory, bytes_of(count));
    memcpy(s->next, from->next, bytes_of(count));
    s->stride = from->stride;
    s->stride.step.x = s->next;
    s->stride.step.memory = s->memory;
    s->stride.step.scratch = s->scratch;
    s->stride.step.tally = &s->stride.tally;
}

/* Clock, orders seen and measured errors go on. */
static void take_frame(Simulation *s, const SimulationState *from, bool playing)
{
    SimFrame now = s->frame;
    simframe_copy(&s->frame, &from->frame);
    s->frame.tick = now.tick;
    s->frame.sequence = now.sequence;
    s->frame.errors = now.errors;
    s->frame.errors_steps = now.errors_steps;
    s->frame.playing = playing;
}

void simulation_resume(Simulation *s, const SimulationState *from, const Settings *now)
{
    if (!from->filled)
        return;
    bool playing = settings_on(now, SET_PLAYING);
    const Frame frame = simulation_target(s)->frame;
    const Settings before = s->settings;
    take_frame(s, from, playing);
    take_arrays(s, from);
    s->journey = from->journey;
    s->before = from->before;
    s->frozen = from->frozen && playing == from->frame.playing;
    if (from->frozen && !s->frozen)
        simulation_thaw(s);
    s->settings = from->settings;
    s->settings.value[SET_PLAYING] = playing;
    bool other = from->subject != s->subject || from->truth != s->truth;
    subject_put(&s->subject, subject_hold(from->subject));
    subject_put(&s->truth, subject_hold(from->truth));
    simulation_refit(s, &before, &frame, other);
}
