#include "app/outputs.h"

#include "app/reference.h"
#include "app/report.h"
#include "io/csv.h"
#include "io/file.h"
#include "io/npy.h"
#include "scene/state_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_GRID = 64, DEFAULT_HELD_OUT = 4096, CHUNK = 4096, FIELD_CHANNELS = 5 };

static void evaluate(const Evidence *ev, FieldKind kind, const float *x, size_t n, float *score)
{
    ChosenField chosen;
    FieldSource field = evidence_field(ev, kind, &chosen);
    float sigma = (float)ev->session->settings.value[SET_SIGMA];
    for (size_t first = 0; first < n; first += CHUNK) {
        size_t some = n - first < CHUNK ? n - first : CHUNK;
        field.evaluate(field.context, x + 2 * first, sigma, some, score + 2 * first);
    }
}

static bool write_and_free(const char *path, Bytes *b, Error *e)
{
    bool ok = file_write_bytes(path, b, e);
    bytes_free(b);
    return ok;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static bool write_points(const char *path, const float *x, size_t n, Error *e)
{
    Bytes b = {0};
    if (ends_with(path, ".csv"))
        csv_append_points(&b, x, n);
    else
        npy_append(&b, x, (size_t[]){n, 2}, 2);
    return write_and_free(path, &b, e);
}

static bool output_samples(const Evidence *ev, const Output *o, Error *e)
{
    if (!ends_with(o->path, ".csv") && !ends_with(o->path, ".npy") && strcmp(o->path, "-") != 0)
        return error_set(e, "%s: samples go to a .npy or .csv file", o->path);
    if (o->n == 0)
        return write_points(o->path, ev->frame->x, ev->frame->count, e);
    Journeys journeys;
    float *x = malloc(o->n * 2 * sizeof *x);
    bool ok = x || error_set(e, "not enough memory for %zu samples", (size_t)o->n);
    ok = ok && evidence_journeys(ev, o->n, x, &journeys, e) && write_points(o->path, x, o->n, e);
    free(x);
    return ok;
}

/* Points of a grid over the square that the view shows, row 0 the lowest. x [g * g][2]. */
static void grid_points(const Evidence *ev, size_t g, float *x)
{
    Camera camera =
        camera_of(&ev->session->settings, &evidence_target(ev)->frame, (Rect){0, 0, (double)(g - 1), (double)(g - 1)});
    Rect seen = camera_extent(&camera);
    for (size_t row = 0; row < g; row++) {
        for (size_t column = 0; column < g; column++) {
            *x++ = (float)(seen.x + seen.w * (double)column / (double)(g - 1));
            *x++ = (float)(seen.y + seen.h * (double)row / (double)(g - 1));
        }
    }
}

static void interleave(const float *x, const float *score, const float *log_density, size_t n, float *out)
{
    for (size_t i = 0; i < n; i++) {
        const float row[FIELD_CHANNELS] = {x[2 * i], x[2 * i + 1], score[2 * i], score[2 * i + 1], log_density[i]};
        memcpy(out + FIELD_CHANNELS * i, row, sizeof row);
    }
}

static bool write_field(const Evidence *ev, FieldKind kind, const Output *o, Error *e)
{
    size_t g = o->n ? o->n : DEFAULT_GRID, n = g * g;
    float *memory = malloc(n * (5 + FIELD_CHANNELS) * sizeof *memory);
    if (!memory)
        return error_set(e, "not enough memory for a grid of %zu", g);
    float *x = memory, *score = x + 2 * n, *log_density = score + 2 * n, *table = log_density + n;
    grid_points(ev, g, x);
    evaluate(ev, kind, x, n, score);
    mixture_evaluate(session_exact(ev->session), (float)ev->session->settings.value[SET_SIGMA], x, n,
                     (MixtureOutput){.log_density = log_density});
    interleave(x, score, log_density, n, table);
    Bytes b = {0};
    npy_append(&b, table, (size_t[]){g, g, FIELD_CHANNELS}, 3);
    free(memory);
    return write_and_free(o->path, &b, e);
}

static bool output_field(const Evidence *ev, const Output *o, Error *e)
{
    return write_field(ev, evidence_kind(ev), o, e);
}

static bool output_exact(const Evidence *ev, const Output *o, Error *e)
{
    return write_field(ev, FIELD_EXACT, o, e);
}

static bool read_points(const char *path, float **x, size_t *n, Error *e)
{
    const size_t limit = (size_t)1 << 31;
    unsigned char *bytes;
    size_t size;
    if (!file_read_whole(path, limit, &bytes, &size, e))
        return false;
    bool read = npy_read_points(path, bytes, size, x, n, e);
    free(bytes);
    return read;
}

static bool output_score(const Evidence *ev, const Output *o, Error *e)
{
    float *x;
    size_t n;
    if (!read_points(o->input, &x, &n, e))
        return false;
    float *score = malloc(n * 2 * sizeof *score);
    bool ok = score || error_set(e, "not enough memory for %zu points", n);
    if (ok) {
        evaluate(ev, evidence_kind(ev), x, n, score);
        Bytes b = {0};
        npy_append(&b, score, (size_t[]){n, 2}, 2);
        ok = write_and_free(o->path, &b, e);
    }
    free(score);
    free(x);
    return ok;
}

static bool write_likelihood(const Evidence *ev, const char *path, const float *x, size_t n, Error *e)
{
    double *log_density = malloc(n * sizeof *log_density);
    float *values = malloc(n * sizeof *values);
    bool ok = (log_density && values) || error_set(e, "not enough memory for %zu points", n);
    ok = ok && evidence_likelihood(ev, x, n, log_density, e);
    if (ok) {
        Bytes b = {0};
        for (size_t i = 0; i < n; i++)
            values[i] = (float)log_density[i];
        npy_append(&b, values, &n, 1);
        ok = write_and_free(path, &b, e);
    }
    free(values);
    free(log_density);
    return ok;
}

static bool output_likelihood(const Evidence *ev, const Output *o, Error *e)
{
    float *x;
    size_t n;
    if (!evidence_generates(ev, e) || !read_points(o->input, &x, &n, e))
        return false;
    bool ok = write_likelihood(ev, o->path, x, n, e);
    free(x);
    return ok;
}

static bool output_nll(const Evidence *ev, const Output *o, Error *e)
{
    return report_nll(ev, o->n ? o->n : DEFAULT_HELD_OUT, o->path, e);
}

static bool output_report(const Evidence *ev, const Output *o, Error *e)
{
    return report_write(ev, o->path, e);
}

static bool output_settings(const Evidence *ev, const Output *o, Error *e)
{
    Bytes b = {0};
    char value[64];
    for (SettingId id = 0; id < SETTING_COUNT; id++)
        bytes_printf(&b, "set %s %s\n", setting_info(id)->name,
                     settings_print(&ev->session->settings, id, value, sizeof value));
    return write_and_free(o->path, &b, e);
}

static bool output_targets(const Evidence *ev, const Output *o, Error *e)
{
    Bytes b = {0};
    for (size_t i = 0; i < target_count(); i++) {
        const TargetInfo *row = target_info(i);
        const Target *t = &ev->session->catalogue->row[i]->target;
        bytes_printf(&b, "%-14s %s; sigma from %.3g to %.3g\n", row->name, row->help, t->sigma_min, t->sigma_max);
    }
    return write_and_free(o->path, &b, e);
}

static bool output_code(const Evidence *ev, const Output *o, Error *e)
{
    Bytes b = {0};
    bool whole;
    char *code = state_code_write(ev->session, &whole);
    if (!code)
        return error_set(e, "out of memory for a state code");
    if (!whole)
        fprintf(stderr, "scorefield: the drawing is too large for a code, and left out\n");
    bytes_printf(&b, "%s\n", code);
    free(code);
    return write_and_free(o->path, &b, e);
}

static bool output_help(const Evidence *ev, const Output *o, Error *e)
{
    (void)ev;
    return reference_write(o->path, o->input, e);
}

bool output_write(const Evidence *ev, const Output *output, Error *e)
{
    static bool (*const row[])(const Evidence *, const Output *, Error *) = {
        [OUTPUT_SAMPLES] = output_samples,
        [OUTPUT_FIELD] = output_field,
        [OUTPUT_EXACT] = output_exact,
        [OUTPUT_SCORE] = output_score,
        [OUTPUT_LIKELIHOOD] = output_likelihood,
        [OUTPUT_NLL] = output_nll,
        [OUTPUT_REPORT] = output_report,
        [OUTPUT_SETTINGS] = output_settings,
        [OUTPUT_TARGETS] = output_targets,
        [OUTPUT_CODE] = output_code,
        [OUTPUT_HELP] = output_help,
    };
    return row[output->kind](ev, output, e);
}
