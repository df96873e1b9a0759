#include "scene/pair.h"

#include "scene/journey.h"

#include <math.h>
#include <stdlib.h>

bool pair_wanted(const Settings *s)
{
    return settings_index(s, SET_SECOND) != SECOND_OFF;
}

Settings pair_second_settings(const Settings *s)
{
    Settings second = *s;
    second.value[SET_DYNAMICS] = s->value[SET_OTHER_DYNAMICS];
    return second;
}

static void end_second(Pair *p)
{
    if (p->second)
        simulation_free(p->second);
    free(p->second);
    p->second = NULL;
}

/* The second one goes to where the first is. What the first's sampler remembers of its last step is nothing to another.
 */
static void join(Pair *p)
{
    simframe_copy(&p->second->frame, &p->first.frame);
    p->second->journey = p->first.journey;
    p->second->journey.cost = COST_UNKNOWN;
    p->second->frozen = p->first.frozen;
    journey_forget(p->second);
}

static void begin_second(Pair *p, const Settings *s)
{
    Settings settings = pair_second_settings(s);
    p->second = malloc(sizeof *p->second);
    if (!p->second)
        return;
    if (!simulation_init(p->second, p->first.catalogue, &settings)) {
        end_second(p);
        return;
    }
    p->second->grabbed = p->first.grabbed;
    simulation_adopt(p->second, &p->first.weights);
    join(p);
}

static void follow(Pair *p, const Settings *s)
{
    if (!pair_wanted(s))
        end_second(p);
    else if (!p->second)
        begin_second(p, s);
}

bool pair_init(Pair *p, const Catalogue *catalogue, const Settings *s)
{
    *p = (Pair){0};
    bool ok = simulation_init(&p->first, catalogue, s);
    if (ok)
        follow(p, s);
    return ok;
}

void pair_free(Pair *p)
{
    end_second(p);
    simulation_free(&p->first);
}

void pair_apply(Pair *p, const Settings *s)
{
    simulation_apply(&p->first, s);
    if (p->second) {
        Settings second = pair_second_settings(s);
        simulation_apply(p->second, &second);
    }
    follow(p, s);
}

void pair_state_free(PairState *s)
{
    simulation_state_free(&s->first);
    simulation_state_free(&s->second);
}

bool pair_capture(const Pair *p, PairState *to)
{
    bool kept = simulation_capture(&p->first, &to->first) && (!p->second || simulation_capture(p->second, &to->second));
    if (!kept)
        pair_state_free(to);
    return kept;
}

void pair_resume(Pair *p, const PairState *from, const Settings *s)
{
    Settings second = pair_second_settings(s);
    simulation_resume(&p->first, &from->first, s);
    follow(p, s);
    if (p->second)
        simulation_resume(p->second, &from->second, &second);
    pair_apply(p, s);
    if (p->second && from->first.filled && !from->second.filled)
        join(p);
}

void pair_adopt(Pair *p, const Weights *w)
{
    simulation_adopt(&p->first, w);
    if (p->second)
        simulation_adopt(p->second, w);
}

bool pair_hurries(const Pair *p)
{
    return simulation_hurries(&p->first) || (p->second && simulation_hurries(p->second));
}

/* From what both are before the tick, so that neither is told of more than the other. */
void pair_tick(Pair *p)
{
    Simulation *const s[] = {&p->first, p->second};
    for (int i = 0; i < 2 && p->second; i++) {
        s[i]->leash = journey_reach(s[1 - i]);
        s[i]->other_comes = !journey_arrived(s[1 - i]);
    }
    if (!p->second) {
        p->first.leash = (double)INFINITY;
        p->first.other_comes = false;
    }
    bool hurry = pair_hurries(p);
    for (int i = 0; i < 2 && s[i]; i++)
        if (!hurry || simulation_hurries(s[i]))
            simulation_tick(s[i]);
}
