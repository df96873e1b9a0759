#include "scene/state_file.h"

#include "io/file.h"
#include "scene/drawing_file.h"
#include "scene/state_parts.h"

#include <stdio.h>
#include <string.h>

const char *const state_planes[TRAINER_PLANES] = {
    [PLANE_NET] = "raw",           [PLANE_AVERAGE] = "ema",
    [PLANE_MEAN] = "adam.exp_avg", [PLANE_SQUARE] = "adam.exp_avg_sq",
    [PLANE_GOOD] = "good",         [PLANE_GOOD_AVERAGE] = "good_ema",
};

static void write_setting(TensorWriter *w, const Settings *s, SettingId id)
{
    const SettingInfo *row = setting_info(id);
    char key[64], value[64];
    snprintf(key, sizeof key, "set.%s", row->name);
    if (row->kind == SETTING_REAL)
        tensors_text(w, key, "%.17g", s->value[id]); /* every digit: settings_print is for people */
    else
        tensors_text(w, key, "%s", settings_print(s, id, value, sizeof value));
}

static void write_settings(TensorWriter *w, const Settings *s, StateFile what)
{
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        bool of_network = id == SET_TARGET || id == SET_SEED || state_shapes(id);
        if (what == STATE_FILE_WHOLE ? state_has_setting(id) : of_network)
            write_setting(w, s, id);
    }
    if (what == STATE_FILE_WEIGHTS)
        return;
    tensors_text(w, "undrawn", "%s", target_info((size_t)s->undrawn)->name);
    tensors_text(w, "drawing.std", "%.17g", s->drawing_std);
}

/* Weights of the hidden layers lie the other way round than PyTorch's. */
static void write_matrix(float *to, const float *from, const NetLayer *layer)
{
    for (size_t o = 0; to && o < layer->out; o++)
        for (size_t i = 0; i < layer->in; i++)
            to[o * layer->in + i] = from[layer->by_input ? i * layer->out + o : o * layer->in + i];
}

static void write_plane(TensorWriter *w, const char *prefix, NetShape shape, const float *plane)
{
    char name[64];
    for (size_t l = 0; l <= (size_t)shape.depth; l++) {
        NetLayer layer = net_layer_info(shape, l);
        snprintf(name, sizeof name, "%s.layers.%zu.weight", prefix, l);
        write_matrix(tensors_add(w, name, TENSOR_F32, shape2(layer.out, layer.in)), plane + layer.weight, &layer);
        snprintf(name, sizeof name, "%s.layers.%zu.bias", prefix, l);
        tensors_copy(w, name, TENSOR_F32, shape1(layer.out), plane + layer.bias);
    }
}

static void write_learner(TensorWriter *w, const LearnerState *l)
{
    NetShape shape = l->options.shape;
    TrainerBlock b = trainer_block(l->trainer, shape);
    fields_write(w, "statistics", FIELDS_STATISTICS, b.statistics);
    fields_write(w, "clocks", FIELDS_CLOCKS, b.clocks);
    fields_write(w, "rest", FIELDS_REST, &l->rest);
    for (size_t i = 0; i < TRAINER_PLANES; i++)
        write_plane(w, state_planes[i], shape, b.plane[i]);
    tensors_copy(w, "statistics.history", TENSOR_F32, shape2(b.statistics->history_count, 2), b.statistics->history);
    tensors_copy(w, "rest.log_error", TENSOR_F64, shape1(REST_MARKS), l->rest.log_error);
}

static void write_array(TensorWriter *w, const char *prefix, const char *name, size_t n, const float *values)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s.%s", prefix, name);
    tensors_copy(w, whole, TENSOR_F32, shape2(n, 2), values);
}

static void write_trails(TensorWriter *w, const char *prefix, const SimFrame *f)
{
    char name[64];
    snprintf(name, sizeof name, "%s.trail", prefix);
    tensors_copy(w, name, TENSOR_F32, (TensorShape){3, {f->trail_length, TRAIL_PARTICLES, 2}}, f->trail);
    snprintf(name, sizeof name, "%s.trail_of", prefix);
    tensors_copy(w, name, TENSOR_U32, shape1(f->trails), f->trail_of);
}

static void write_particles(TensorWriter *w, const char *prefix, const SimulationState *s)
{
    size_t count = s->frame.count;
    bool under_way = s->stride.sampler;
    if (!s->filled)
        return;
    fields_write(w, prefix, FIELDS_PARTICLES, s);
    write_array(w, prefix, "x", count, s->frame.x);
    write_array(w, prefix, "previous", count, s->frame.previous);
    if (sampler_info(settings_index(&s->settings, SET_DYNAMICS))->remembers)
        write_array(w, prefix, "memory", count, s->memory);
    if (under_way)
        fields_write(w, prefix, FIELDS_STRIDE, &s->stride);
    if (under_way)
        write_array(w, prefix, "next", count, s->next);
    write_trails(w, prefix, &s->frame);
}

/* Behind the other arrays: of bytes, it leaves what follows unaligned. */
static void write_drawing(TensorWriter *w, const Drawing *d)
{
    Bytes file = {0};
    drawing_append(&file, d);
    w->data.failed |= file.failed;
    if (!file.failed)
        tensors_copy(w, "drawing", TENSOR_U8, shape1(file.size), file.data);
    bytes_free(&file);
}

static void write_workers(TensorWriter *w, const State *s)
{
    write_learner(w, &s->learner);
    write_particles(w, "particles", &s->pair.first);
    write_particles(w, "second", &s->pair.second);
}

static void write_weights(TensorWriter *w, const LearnerState *l)
{
    TrainerBlock b = trainer_block(l->trainer, l->options.shape);
    fields_write(w, "statistics", FIELDS_STATISTICS, b.statistics);
    write_plane(w, state_planes[PLANE_AVERAGE], l->options.shape, b.plane[PLANE_AVERAGE]);
}

/* The handle and play are where the simulation had them: main hears of that a little later. */
static Settings settings_of(const State *s)
{
    Settings settings = s->settings;
    if (s->pair.first.filled) {
        settings.value[SET_SIGMA] = s->pair.first.frame.sigma;
        settings.value[SET_PLAYING] = s->pair.first.frame.playing;
    }
    return settings;
}

static void write_lesson(TensorWriter *w, const State *s)
{
    if (!s->lesson[0])
        return;
    tensors_text(w, "lesson", "%s", s->lesson);
    tensors_text(w, "scene", "%zu", s->scene);
}

static void write_whole(TensorWriter *w, const State *s)
{
    write_lesson(w, s);
    write_workers(w, s);
    if (s->outside) {
        const Settings settings = settings_of(s->outside);
        w->prefix = STATE_OUTSIDE;
        write_settings(w, &settings, STATE_FILE_WHOLE);
        write_workers(w, s->outside);
        write_drawing(w, &s->outside->drawing);
        w->prefix = NULL;
    }
    write_drawing(w, &s->drawing);
}

static bool all_whole(const State *s)
{
    return state_whole(s) && (!s->outside || state_whole(s->outside));
}

void state_append(Bytes *b, const State *s, StateFile what)
{
    TensorWriter w = {0};
    const Settings settings = settings_of(s);
    tensors_text(&w, "format", "%s", what == STATE_FILE_WHOLE ? STATE_FORMAT : WEIGHTS_FORMAT);
    tensors_text(&w, "version", "%d", STATE_VERSION);
    write_settings(&w, &settings, what);
    if (what == STATE_FILE_WHOLE)
        write_whole(&w, s);
    else
        write_weights(&w, &s->learner);
    tensors_finish(&w, b);
}

bool state_save(const State *s, StateFile what, const char *path, Error *e)
{
    Bytes b = {0};
    if (!all_whole(s))
        return error_set(e, "%s: out of memory for what was to be saved (nothing was changed)", path);
    state_append(&b, s, what);
    bool written = file_write_bytes(path, &b, e);
    bytes_free(&b);
    return written;
}
