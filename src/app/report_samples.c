#include "app/report_parts.h"

#include "core/metrics.h"
#include "core/metrics_modes.h"
#include "core/metrics_samples.h"
#include "core/start.h"
#include "core/training_set.h"
#include "scene/sampler_settings.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS = 4096, REPEATS = 8 };

static const double BANDWIDTH = 0.25;  /* of the kernel, standard deviations of the data */
static const double OFF_SHARE = 0.001; /* of the truth lies off the manifold by definition */

/* All that is said of one set of points beside a set of true ones. */
typedef enum StatisticId { ENERGY, SLICED, MMD, OFF, QUALITY, MEMORISED, STATISTICS } StatisticId;

typedef struct Sets {
    float samples[POINTS][2];
    float truth[REPEATS][POINTS][2];     /* asked the same as the samples */
    float reference[REPEATS][POINTS][2]; /* what both are held against, set by set */
    float scratch[REPEATS * POINTS];
} Sets;

_Static_assert(REPEATS >= 4, "scratch is too short for metrics_sample_distances");

/* What they are compared with. */
typedef struct Ruler {
    const Mixture *mixture;
    double sigma;           /* noise that is left in the samples, and put into the truth; data units */
    double density_sigma;   /* where densities are asked for: never sharper than the least level */
    double bandwidth;       /* data units */
    double off_log_density; /* nats */
    bool modes;
    float *learned; /* [learned_count][2], the training set; NULL where it has no end */
    size_t learned_count;
} Ruler;

static void measure(const Ruler *r, const float *x, const float *truth, float *scratch, double out[STATISTICS])
{
    SampleDistances d = metrics_sample_distances(x, truth, POINTS, r->bandwidth, scratch);
    ModeShares shares = {.high_quality = (double)NAN};
    if (r->modes)
        metrics_mode_shares(r->mixture, r->density_sigma, x, POINTS, &shares);
    out[ENERGY] = d.energy;
    out[SLICED] = d.sliced_wasserstein;
    out[MMD] = d.mmd_squared;
    out[OFF] = metrics_share_below(r->mixture, r->density_sigma, x, POINTS, r->off_log_density, scratch);
    out[QUALITY] = shares.high_quality;
    out[MEMORISED] = r->learned ? metrics_memorised(x, POINTS, r->learned, r->learned_count) : (double)NAN;
}

/* How a statistic is written, and what it depends on. */
typedef struct StatisticRow {
    const char *name;
    struct {
        const char *name;
        double value;
    } parameter[2];
} StatisticRow;

static void add_statistic(cJSON *json, const StatisticRow *row, StatisticId id, double value,
                          double floor[][STATISTICS])
{
    double mean = 0, square = 0;
    if (isnan(value)) {
        cJSON_AddNullToObject(json, row->name);
        return;
    }
    for (size_t k = 0; k < REPEATS; k++)
        mean += floor[k][id] / REPEATS;
    for (size_t k = 0; k < REPEATS; k++)
        square += (floor[k][id] - mean) * (floor[k][id] - mean) / (REPEATS - 1);
    cJSON *object = cJSON_AddObjectToObject(json, row->name);
    cJSON_AddNumberToObject(object, "value", value);
    cJSON_AddNumberToObject(object, "floor", mean);
    cJSON_AddNumberToObject(object, "floor_std", sqrt(square));
    for (size_t k = 0; k < 2 && row->parameter[k].name; k++)
        cJSON_AddNumberToObject(object, row->parameter[k].name, row->parameter[k].value);
}

static void add_statistics(cJSON *json, const Ruler *r, Sets *s)
{
    const StatisticRow row[STATISTICS] = {
        [ENERGY] = {.name = "energy_distance"},
        [SLICED] = {"sliced_wasserstein", {{"order", 2}, {"directions", METRICS_SLICES}}},
        [MMD] = {"mmd_squared", {{"bandwidth", r->bandwidth}}},
        [OFF] = {"off_manifold", {{"log_density_below", r->off_log_density}, {"truth_share", OFF_SHARE}}},
        [QUALITY] = {"high_quality",
                     {{"perfect", metrics_perfect_quality(r->mixture)}, {"within_std", METRICS_QUALITY_STD}}},
        [MEMORISED] = {"memorised", {{"training_points", (double)r->learned_count}}},
    };
    double value[STATISTICS], floor[REPEATS][STATISTICS];
    measure(r, s->samples[0], s->reference[0][0], s->scratch, value);
    for (size_t k = 0; k < REPEATS; k++)
        measure(r, s->truth[k][0], s->reference[k][0], s->scratch, floor[k]);
    for (StatisticId id = 0; id < STATISTICS; id++)
        add_statistic(json, &row[id], id, value[id], floor);
}

static void add_modes(cJSON *json, const Ruler *r, const float *samples)
{
    if (!r->modes) {
        cJSON_AddNullToObject(json, "modes");
        return;
    }
    ModeShares shares;
    metrics_mode_shares(r->mixture, r->density_sigma, samples, POINTS, &shares);
    cJSON *modes = cJSON_AddObjectToObject(json, "modes");
    cJSON_AddNumberToObject(modes, "count", (double)shares.count);
    cJSON_AddNumberToObject(modes, "found", (double)shares.found);
    cJSON_AddNumberToObject(modes, "reverse_kl_nats", shares.reverse_kl);
    cJSON *list = cJSON_AddArrayToObject(modes, "weights");
    for (size_t k = 0; k < shares.count; k++) {
        const Component *c = &r->mixture->component[k];
        cJSON *mode = cJSON_CreateObject();
        cJSON_AddItemToObject(mode, "centre", cJSON_CreateDoubleArray(c->mean, 2));
        cJSON_AddNumberToObject(mode, "weight", shares.weight[k]);
        cJSON_AddNumberToObject(mode, "standard_error", shares.standard_error[k]);
        cJSON_AddNumberToObject(mode, "true_weight", c->weight);
        cJSON_AddItemToArray(list, mode);
    }
}

static void add_choice(cJSON *json, const Settings *set, SettingId id)
{
    char text[64];
    cJSON_AddStringToObject(json, setting_info(id)->name, settings_print(set, id, text, sizeof text));
}

/* cJSON writes a NAN as null, which is what a reach or a share means where there is none. */
static void add_way(cJSON *json, const Evidence *ev, const Journeys *j)
{
    const Settings *set = &ev->session->settings;
    const Sampler *sampler = sampler_info(settings_index(set, SET_DYNAMICS));
    const StartId start = (StartId)settings_index(set, SET_START);
    SettingId id[SAMPLER_SETTINGS_MAX];
    double first, last, reach = set->value[SET_REACH];
    evidence_ladder_ends(ev, &first, &last);
    add_choice(json, set, SET_FIELD);
    add_choice(json, set, SET_DYNAMICS);
    cJSON *parameters = cJSON_AddObjectToObject(json, "parameters");
    for (size_t i = 0, n = sampler_settings(sampler, id); i < n; i++)
        cJSON_AddNumberToObject(parameters, setting_info(id[i])->name, set->value[id[i]]);
    cJSON_AddNumberToObject(json, "steps", set->value[SET_STEPS]);
    add_choice(json, set, SET_SCHEDULE);
    cJSON_AddItemToObject(json, "ladder", cJSON_CreateDoubleArray((double[]){first, last}, 2));
    add_choice(json, set, SET_START);
    bool sized = start == START_PRIOR || start == START_UNIFORM;
    cJSON_AddNumberToObject(json, "reach", !sized ? (double)NAN : reach > 0 ? reach : first);
    cJSON_AddNumberToObject(json, "evaluations", j->evaluations);
    cJSON_AddNumberToObject(json, "accepted", j->accepted);
    cJSON_AddNumberToObject(json, "sigma", j->sigma);
}

static cJSON *describe(const Evidence *ev, const Journeys *j, Ruler *r, Sets *s)
{
    cJSON *json = cJSON_CreateObject();
    add_way(json, ev, j);
    cJSON_AddNumberToObject(json, "n", POINTS);
    cJSON_AddNumberToObject(json, "floor_repeats", REPEATS);
    add_statistics(json, r, s);
    add_modes(json, r, s->samples[0]);
    return json;
}

/* Set 0 belongs to the errors of the field. */
static void draw_truth(Ruler *r, Sets *s, uint64_t seed)
{
    for (size_t k = 0; k < REPEATS; k++) {
        metrics_draw(r->mixture, r->sigma, seed, 1 + 2 * k, POINTS, s->truth[k][0], s->scratch);
        metrics_draw(r->mixture, r->sigma, seed, 2 + 2 * k, POINTS, s->reference[k][0], s->scratch);
    }
    r->off_log_density = metrics_log_density_quantile(r->mixture, r->density_sigma, s->reference[0][0],
                                                      REPEATS * POINTS, OFF_SHARE, s->scratch);
}

/* The points that the network learned from. */
static bool draw_learned(Ruler *r, const Evidence *ev)
{
    const double *set = ev->session->settings.value;
    r->learned_count = (size_t)set[SET_SAMPLES];
    if (r->learned_count < 2)
        return true;
    r->learned = malloc(r->learned_count * 2 * sizeof *r->learned);
    if (r->learned)
        training_set(evidence_target(ev), (uint64_t)set[SET_SEED], r->learned_count, r->learned);
    return r->learned;
}

cJSON *report_samples(const Evidence *ev, Error *e)
{
    const Target *t = evidence_target(ev);
    Ruler r = {.mixture = &t->mixture, .bandwidth = BANDWIDTH * t->frame.std};
    Sets *s = malloc(sizeof *s);
    Journeys journeys;
    cJSON *json = NULL;
    if (!s || !draw_learned(&r, ev)) {
        error_set(e, "not enough memory for samples");
    } else if (evidence_journeys(ev, POINTS, s->samples[0], &journeys, e)) {
        r.sigma = journeys.sigma;
        r.density_sigma = fmax(r.sigma, t->sigma_min);
        r.modes = metrics_has_modes(r.mixture, r.density_sigma);
        draw_truth(&r, s, (uint64_t)ev->session->settings.value[SET_SEED]);
        json = describe(ev, &journeys, &r, s);
    }
    free(r.learned);
    free(s);
    return json;
}
