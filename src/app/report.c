#include "app/report.h"

#include "app/report_parts.h"
#include "core/metrics.h"
#include "core/metrics_laws.h"
#include "io/file.h"

#include <math.h>
#include <stdlib.h>

enum { LIKELIHOOD_POINTS = 1024 };

static bool write_json(const cJSON *json, bool one_line, const char *path, Error *e)
{
    char *text = one_line ? cJSON_PrintUnformatted(json) : cJSON_Print(json);
    Bytes b = {.failed = !text};
    if (text)
        bytes_printf(&b, "%s\n", text);
    cJSON_free(text);
    bool ok = file_write_bytes(path, &b, e);
    bytes_free(&b);
    return ok;
}

static void add_network(cJSON *json, const Weights *w)
{
    const TrainerStatistics *t = &w->statistics;
    cJSON *network = cJSON_AddObjectToObject(json, "network");
    cJSON_AddNumberToObject(network, "width", w->net.shape.width);
    cJSON_AddNumberToObject(network, "depth", w->net.shape.depth);
    cJSON_AddNumberToObject(network, "parameters", (double)w->net.count);
    cJSON_AddNumberToObject(json, "steps", (double)t->steps);
    cJSON_AddItemToObject(json, "loss", t->steps ? cJSON_CreateNumber(t->loss) : cJSON_CreateNull());
    cJSON_AddItemToObject(json, "loss_floor", t->steps ? cJSON_CreateNumber(t->floor) : cJSON_CreateNull());
    cJSON_AddBoolToObject(json, "diverged", t->diverged);
}

static void add_level(cJSON *list, double sigma, const FieldErrors *errors, const FieldLaws *laws)
{
    cJSON *level = cJSON_CreateObject();
    cJSON_AddNumberToObject(level, "sigma", sigma);
    cJSON_AddNumberToObject(level, "score_error", errors->score);
    cJSON_AddNumberToObject(level, "denoiser_error", errors->denoiser);
    cJSON_AddNumberToObject(level, "angle_error_degrees", errors->angle * 180 / M_PI);
    cJSON_AddNumberToObject(level, "curl", laws->curl);
    cJSON_AddNumberToObject(level, "heat_residual", laws->heat);
    cJSON_AddItemToArray(list, level);
}

/* scratch [METRICS_POINTS][6] serves both kinds of errors. */
_Static_assert(METRICS_LAW_POINTS *METRICS_LAW_SCRATCH <= METRICS_POINTS * 6, "scratch is too short");

static void add_errors(cJSON *json, const FieldSource *learned, const Target *target, uint64_t seed, float *scratch)
{
    double sigma[METRICS_LEVELS];
    metrics_levels(target, sigma);
    cJSON_AddNumberToObject(json, "score_error", metrics_overall_error(learned, target, seed, scratch));
    cJSON *curve = cJSON_AddArrayToObject(json, "score_error_by_sigma");
    cJSON *field = cJSON_AddObjectToObject(json, "field_errors");
    cJSON_AddNumberToObject(field, "n", METRICS_POINTS);
    cJSON_AddNumberToObject(field, "law_n", METRICS_LAW_POINTS);
    cJSON_AddNumberToObject(field, "law_step_in_sigma", METRICS_LAW_STEP);
    cJSON *list = cJSON_AddArrayToObject(field, "by_sigma");
    for (size_t i = 0; i < METRICS_LEVELS; i++) {
        FieldErrors errors = metrics_field_errors(learned, &target->mixture, sigma[i], seed, METRICS_POINTS, scratch);
        FieldLaws laws = metrics_field_laws(learned, target, sigma[i], seed, METRICS_LAW_POINTS, scratch);
        cJSON_AddItemToArray(curve, cJSON_CreateDoubleArray((double[]){sigma[i], errors.score}, 2));
        add_level(list, sigma[i], &errors, &laws);
    }
}

static void add_timing(cJSON *json, const Evidence *ev)
{
    double steps = (double)ev->weights->statistics.steps;
    cJSON *timing = cJSON_AddObjectToObject(json, "timing");
    cJSON_AddNumberToObject(timing, "wall_s", ev->wall_s);
    cJSON_AddNumberToObject(timing, "train_s", ev->train_s);
    cJSON_AddNumberToObject(timing, "steps_per_s", ev->train_s > 0 ? steps / ev->train_s : 0);
}

/* Samples and likelihoods belong to fields that generate; of others there is nothing to say. */
static bool add_generation(cJSON *json, const Evidence *ev, Error *e)
{
    if (!evidence_generates(ev, NULL)) {
        cJSON_AddNullToObject(json, "samples");
        cJSON_AddNullToObject(json, "likelihood");
        return true;
    }
    cJSON *samples = report_samples(ev, e);
    cJSON *likelihood = samples ? report_likelihood(ev, LIKELIHOOD_POINTS, e) : NULL;
    cJSON_AddItemToObject(json, "samples", samples);
    cJSON_AddItemToObject(json, "likelihood", likelihood);
    return likelihood;
}

static bool fill(cJSON *json, const Evidence *ev, float *scratch, Error *e)
{
    const Settings *s = &ev->session->settings;
    const Target *target = evidence_target(ev);
    ChosenField chosen;
    FieldSource learned = evidence_field(ev, FIELD_LEARNED, &chosen);
    cJSON_AddStringToObject(json, "program", "scorefield");
    cJSON_AddStringToObject(json, "version", SCOREFIELD_VERSION);
    cJSON_AddNumberToObject(json, "seed", s->value[SET_SEED]);
    cJSON_AddStringToObject(json, "target", target_info(settings_index(s, SET_TARGET))->name);
    cJSON_AddItemToObject(json, "sigma_range",
                          cJSON_CreateDoubleArray((double[]){target->sigma_min, target->sigma_max}, 2));
    add_network(json, ev->weights);
    add_errors(json, &learned, target, (uint64_t)s->value[SET_SEED], scratch);
    cJSON_AddNumberToObject(json, "particles", (double)ev->frame->count);
    if (!add_generation(json, ev, e))
        return false;
    if (ev->timing)
        add_timing(json, ev);
    return true;
}

bool report_write(const Evidence *ev, const char *path, Error *e)
{
    float *scratch = malloc(METRICS_POINTS * 6 * sizeof *scratch);
    cJSON *json = cJSON_CreateObject();
    bool ok = (scratch && json) || error_set(e, "out of memory");
    ok = ok && fill(json, ev, scratch, e) && write_json(json, false, path, e);
    cJSON_Delete(json);
    free(scratch);
    return ok;
}

bool report_nll(const Evidence *ev, size_t n, const char *path, Error *e)
{
    cJSON *json = report_likelihood(ev, n, e);
    bool ok = json && write_json(json, true, path, e);
    cJSON_Delete(json);
    return ok;
}
