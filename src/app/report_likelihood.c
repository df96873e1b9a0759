#include "app/report_parts.h"

#include <math.h>
#include <stdlib.h>

enum { ENTROPY_POINTS = 65536, BLOCK = 1024 };

/* Steps of the report stream that no set of metrics_draw is made of. */
static const uint64_t HELD_OUT_STEP = 1000000, ENTROPY_STEP = 1000001;

/* The entropy of a target that has no published one is that of its mixture, whose density is known without noise. */
static const double NO_NOISE = 1e-6; /* standard deviations of the data */

typedef struct Mean {
    double sum, squares;
    size_t n, not_finite;
} Mean;

static void add(Mean *m, double value)
{
    m->sum += value;
    m->squares += value * value;
    m->n++;
    m->not_finite += isfinite(value) ? 0 : 1;
}

static double mean_of(const Mean *m)
{
    return m->sum / (double)m->n;
}

static double standard_error_of(const Mean *m)
{
    double mean = mean_of(m), variance = (m->squares - m->sum * mean) / (double)(m->n - 1);
    return sqrt((variance < 0 ? 0 : variance) / (double)m->n); /* rounding makes it negative; NAN stays */
}

static double entropy_of_mixture(const Target *t, uint64_t seed)
{
    Mean m = {0};
    float x[2 * BLOCK], log_density[BLOCK];
    for (size_t first = 0; first < ENTROPY_POINTS; first += BLOCK) {
        mixture_sample(&t->mixture, (Rng){seed, STREAM_REPORT}, ENTROPY_STEP, first, BLOCK, x);
        mixture_evaluate(&t->mixture, (float)(NO_NOISE * t->frame.std), x, BLOCK,
                         (MixtureOutput){.log_density = log_density});
        for (size_t i = 0; i < BLOCK; i++)
            add(&m, -(double)log_density[i]);
    }
    return mean_of(&m);
}

static cJSON *describe(const Evidence *ev, const Mean *nll, const Mean *exact, const Mean *excess)
{
    const Settings *s = &ev->session->settings;
    const TargetInfo *info = target_info(settings_index(s, SET_TARGET));
    bool published = isfinite(info->entropy);
    double entropy = published ? info->entropy : entropy_of_mixture(evidence_target(ev), (uint64_t)s->value[SET_SEED]);
    char field[64];
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "target", info->name);
    cJSON_AddStringToObject(json, "field", settings_print(s, SET_FIELD, field, sizeof field));
    cJSON_AddNumberToObject(json, "sigma", evidence_last_level(ev));
    cJSON_AddStringToObject(json, "unit", "nats");
    cJSON_AddNumberToObject(json, "n", (double)nll->n);
    cJSON_AddNumberToObject(json, "not_finite", (double)nll->not_finite);
    cJSON_AddNumberToObject(json, "nll", mean_of(nll));
    cJSON_AddNumberToObject(json, "standard_error", standard_error_of(nll));
    cJSON_AddNumberToObject(json, "entropy", entropy);
    cJSON_AddStringToObject(json, "entropy_of", published ? "generator" : "mixture");
    cJSON_AddNumberToObject(json, "gap", mean_of(nll) - entropy);
    cJSON_AddNumberToObject(json, "exact_nll", mean_of(exact));
    cJSON_AddNumberToObject(json, "excess", mean_of(excess));
    cJSON_AddNumberToObject(json, "excess_standard_error", standard_error_of(excess));
    return json;
}

/* The same points under the exact density at the same level: what differs is the field, not the luck of the draw. */
static cJSON *compare(const Evidence *ev, const float *x, const double *log_density, size_t n)
{
    const Target *t = evidence_target(ev);
    Mean nll = {0}, exact = {0}, excess = {0};
    float truth[BLOCK];
    for (size_t i = 0; i < n; i++) {
        if (i % BLOCK == 0)
            mixture_evaluate(&t->mixture, (float)evidence_last_level(ev), x + 2 * i, n - i < BLOCK ? n - i : BLOCK,
                             (MixtureOutput){.log_density = truth});
        add(&nll, -log_density[i]);
        add(&exact, -(double)truth[i % BLOCK]);
        add(&excess, (double)truth[i % BLOCK] - log_density[i]);
    }
    return describe(ev, &nll, &exact, &excess);
}

cJSON *report_likelihood(const Evidence *ev, size_t n, Error *e)
{
    Rng rng = {(uint64_t)ev->session->settings.value[SET_SEED], STREAM_REPORT};
    float *x = malloc(n * 2 * sizeof *x);
    double *log_density = malloc(n * sizeof *log_density);
    cJSON *json = NULL;
    if (!x || !log_density) {
        error_set(e, "not enough memory for %zu likelihoods", n);
    } else {
        mixture_sample(&evidence_target(ev)->mixture, rng, HELD_OUT_STEP, 0, n, x);
        if (evidence_likelihood(ev, x, n, log_density, e))
            json = compare(ev, x, log_density, n);
    }
    free(log_density);
    free(x);
    return json;
}
