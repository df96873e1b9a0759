#include "app/evidence.h"

#include "app/shutdown.h"
#include "core/likelihood.h"

#include <stdlib.h>
#include <string.h>

const Target *evidence_target(const Evidence *ev)
{
    return session_target(ev->session);
}

FieldKind evidence_kind(const Evidence *ev)
{
    return (FieldKind)settings_index(&ev->session->settings, SET_FIELD);
}

FieldSource evidence_field(const Evidence *ev, FieldKind kind, ChosenField *c)
{
    FieldSource exact = field_exact(session_exact(ev->session));
    c->learned = (FieldLearned){&ev->weights->net, &ev->weights->frame, ev->workspace};
    c->difference = (FieldDifference){field_learned(&c->learned), exact};
    switch (kind) {
    case FIELD_EXACT:
        return exact;
    case FIELD_DIFFERENCE:
        return field_difference(&c->difference);
    case FIELD_LEARNED:
    case FIELD_KIND_COUNT:
        break;
    }
    return c->difference.a;
}

bool evidence_generates(const Evidence *ev, Error *e)
{
    return evidence_kind(ev) != FIELD_DIFFERENCE ||
           error_set(e, "the difference of two scores generates nothing: set field learned, or exact");
}

bool evidence_journeys(const Evidence *ev, size_t n, float *x, Journeys *j, Error *e)
{
    Simulation s;
    Settings settings = ev->session->settings;
    *j = (Journeys){0};
    if (!evidence_generates(ev, e))
        return false;
    settings_put(&settings, SET_PARTICLES, (double)n);
    settings_put(&settings, SET_PLAYING, 0); /* what walks walks at the handle, which play would begin at noise */
    bool ok = simulation_init(&s, ev->session->catalogue, &settings) || error_set(e, "not enough memory for samples");
    if (ok)
        simulation_adopt(&s, ev->weights);
    for (size_t done = 0; ok && done < n;) {
        size_t some = n - done < s.frame.count ? n - done : s.frame.count;
        for (simulation_anneal(&s); simulation_hurries(&s) && !shutdown_requested();)
            simulation_tick(&s);
        memcpy(x + 2 * done, s.frame.x, some * 2 * sizeof *x);
        done += some;
        j->evaluations += s.frame.evaluations * (double)some / (double)n;
        ok = !shutdown_requested() || error_set(e, "interrupted");
    }
    j->accepted = s.frame.accepted;
    j->sigma = s.journey.denoised ? 0 : s.journey.particle_sigma;
    simulation_free(&s);
    return ok;
}

void evidence_ladder_ends(const Evidence *ev, double *first, double *last)
{
    const Target *t = evidence_target(ev);
    settings_ladder_ends(&ev->session->settings, t->sigma_min, t->sigma_max, first, last);
}

double evidence_last_level(const Evidence *ev)
{
    double first, last;
    evidence_ladder_ends(ev, &first, &last);
    return last;
}

bool evidence_likelihood(const Evidence *ev, const float *x, size_t n, double *log_density, Error *e)
{
    if (!evidence_generates(ev, e))
        return false;
    ChosenField chosen;
    FieldSource field = evidence_field(ev, evidence_kind(ev), &chosen);
    size_t chunk = n < LIKELIHOOD_CHUNK ? n : LIKELIHOOD_CHUNK;
    Likelihood l = {.field = &field,
                    .moments = &evidence_target(ev)->mixture,
                    .tolerance = LIKELIHOOD_TOLERANCE,
                    .scratch = malloc(chunk * RK45_SCRATCH * sizeof(float))};
    bool ok = l.scratch || error_set(e, "not enough memory for likelihoods");
    evidence_ladder_ends(ev, &l.to, &l.from);
    for (size_t at = 0; ok && at < n; at += chunk) {
        likelihood(&l, x + 2 * at, n - at < chunk ? n - at : chunk, log_density + at);
        ok = !shutdown_requested() || error_set(e, "interrupted");
    }
    free(l.scratch);
    return ok;
}
