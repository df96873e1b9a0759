#include "scene/state_parts.h"

#include "core/optim.h"
#include "scene/drawing_file.h"
#include "scene/sampler_settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool refuse(const Tensors *t, Error *e, const char *what)
{
    return error_set(e, "%s: %s (nothing was loaded)", t->file, what);
}

static bool is_format(const Tensors *t, const char *format)
{
    const char *found = tensors_find_text(t, "format");
    return found && strcmp(found, format) == 0;
}

static bool read_version(const Tensors *t, Error *e)
{
    const char *version = tensors_find_text(t, "version");
    if (version && atoi(version) == STATE_VERSION)
        return true;
    return error_set(e, "%s: expected version %d, found %.40s (nothing was loaded)", t->file, STATE_VERSION,
                     version ? version : "none");
}

static bool read_setting(const Tensors *t, Settings *s, SettingId id, Error *e)
{
    char key[64];
    Error why;
    snprintf(key, sizeof key, "set.%s", setting_info(id)->name);
    const char *text = tensors_find_text(t, key);
    if (!text || settings_parse(s, id, text, &why))
        return true;
    return error_set(e, "%s: %s (nothing was loaded)", t->file, why.text);
}

/* Ranges of noise levels are those of the drawing's frame. */
static bool read_drawing_std(const Tensors *t, Settings *s, Error *e)
{
    const char *text = tensors_find_text(t, "drawing.std");
    double std = text ? strtod(text, NULL) : 0;
    s->drawing_std = std;
    return (std >= 1e-9 && std <= 1e9) || std == 0 || refuse(t, e, "expected a standard deviation drawing.std");
}

/* In the order of the table, in which later settings lean on earlier ones. */
static bool read_settings(const Tensors *t, Settings *s, Error *e)
{
    const char *undrawn = tensors_find_text(t, "undrawn");
    if (!read_drawing_std(t, s, e))
        return false;
    for (SettingId id = 0; id < SETTING_COUNT; id++)
        if (state_has_setting(id) && !read_setting(t, s, id, e))
            return false;
    for (size_t row = 0; undrawn && row < target_count(); row++)
        if (strcmp(undrawn, target_info(row)->name) == 0)
            s->undrawn = row;
    return true;
}

/* Its weights, in place: the array comes in as it lies in the file. */
static void turn_matrix(float *weight, const float *from, const NetLayer *layer)
{
    for (size_t o = 0; o < layer->out; o++)
        for (size_t i = 0; i < layer->in; i++)
            weight[layer->by_input ? i * layer->out + o : o * layer->in + i] = from[o * layer->in + i];
}

static bool read_layer(const Tensors *t, const char *prefix, size_t l, const NetLayer *layer, float *plane, Error *e)
{
    char name[64];
    snprintf(name, sizeof name, "%s.layers.%zu.weight", prefix, l);
    float *matrix = malloc(layer->in * layer->out * sizeof *matrix);
    bool read = matrix || refuse(t, e, "out of memory");
    read = read && tensors_read(t, name, TENSOR_F32, shape2(layer->out, layer->in), matrix, e);
    if (read)
        turn_matrix(plane + layer->weight, matrix, layer);
    free(matrix);
    snprintf(name, sizeof name, "%s.layers.%zu.bias", prefix, l);
    return read && tensors_read(t, name, TENSOR_F32, shape1(layer->out), plane + layer->bias, e);
}

static bool read_plane(const Tensors *t, const char *prefix, NetShape shape, float *plane, Error *e)
{
    for (size_t l = 0; l <= (size_t)shape.depth; l++) {
        NetLayer layer = net_layer_info(shape, l);
        if (!read_layer(t, prefix, l, &layer, plane, e))
            return false;
    }
    if (optim_finite(plane, net_parameter_count(shape)))
        return true;
    return error_set(e, "%s: expected finite numbers in %s.* (nothing was loaded)", t->file, prefix);
}

/* Before memory is taken for a shape the file must have its last layer. */
static bool has_plane(const Tensors *t, const char *prefix, NetShape shape)
{
    char name[64];
    NetLayer layer = net_layer_info(shape, (size_t)shape.depth > 1 ? 1 : 0);
    snprintf(name, sizeof name, "%s.layers.%d.weight", prefix, shape.depth > 1 ? 1 : 0);
    const Tensor *found = tensors_find(t, name);
    return found && found->type == TENSOR_F32 && found->bytes == layer.in * layer.out * sizeof(float);
}

static bool begin_learner(const Tensors *t, const Settings *s, LearnerState *l, Error *e)
{
    TrainerOptions options = learner_options(s);
    if (!has_plane(t, state_planes[PLANE_AVERAGE], options.shape))
        return refuse(t, e, "expected weights ema.* of the shape that the file tells, found others");
    l->options = options;
    l->trainer = trainer_block_create(&options);
    return l->trainer || refuse(t, e, "out of memory");
}

static bool read_learner(const Tensors *t, const Settings *s, LearnerState *l, Error *e)
{
    if (!begin_learner(t, s, l, e))
        return false;
    TrainerBlock b = trainer_block(l->trainer, l->options.shape);
    for (size_t i = 0; i < TRAINER_PLANES; i++)
        if (!read_plane(t, state_planes[i], l->options.shape, b.plane[i], e))
            return false;
    return fields_read(t, "statistics", FIELDS_STATISTICS, b.statistics, e) &&
           fields_read(t, "clocks", FIELDS_CLOCKS, b.clocks, e) && fields_read(t, "rest", FIELDS_REST, &l->rest, e) &&
           tensors_read(t, "statistics.history", TENSOR_F32, shape2(b.statistics->history_count, 2),
                        b.statistics->history, e) &&
           tensors_read(t, "rest.log_error", TENSOR_F64, shape1(REST_MARKS), l->rest.log_error, e);
}

static bool read_array(const Tensors *t, const char *prefix, const char *name, size_t n, float *values, Error *e)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s.%s", prefix, name);
    return tensors_read(t, whole, TENSOR_F32, shape2(n, 2), values, e);
}

static bool read_places(const Tensors *t, const char *prefix, const char *name, size_t n, float *x, Error *e)
{
    if (!read_array(t, prefix, name, n, x, e))
        return false;
    return optim_finite(x, 2 * n) ||
           error_set(e, "%s: expected finite places in \"%s.%s\" (nothing was loaded)", t->file, prefix, name);
}

static bool read_trails(const Tensors *t, const char *prefix, SimFrame *f, Error *e)
{
    char name[64];
    snprintf(name, sizeof name, "%s.trail", prefix);
    if (!tensors_read(t, name, TENSOR_F32, (TensorShape){3, {f->trail_length, TRAIL_PARTICLES, 2}}, f->trail, e))
        return false;
    snprintf(name, sizeof name, "%s.trail_of", prefix);
    if (!tensors_read(t, name, TENSOR_U32, shape1(f->trails), f->trail_of, e))
        return false;
    for (size_t i = 0; i < f->trails; i++)
        if (f->trail_of[i] >= f->count)
            return error_set(e, "%s: \"%s\" names a particle that isn't there (nothing was loaded)", t->file, name);
    return true;
}

static bool read_stride(const Tensors *t, const char *prefix, SimulationState *s, Error *e)
{
    Stride *stride = &s->stride;
    if (!fields_present(t, prefix, FIELDS_STRIDE))
        return true;
    stride->step.options = sampler_options(&s->settings);
    if (!fields_read(t, prefix, FIELDS_STRIDE, stride, e) || !read_array(t, prefix, "next", s->frame.count, s->next, e))
        return false;
    if (stride->moved > s->frame.count || stride->moved % DYNAMICS_CHUNK != 0)
        return error_set(e, "%s: %s.moved isn't where a step can stand (nothing was loaded)", t->file, prefix);
    stride->sampler = sampler_info(settings_index(&s->settings, SET_DYNAMICS));
    stride->step.n = s->frame.count;
    stride->step.rng = (Rng){s->journey.seed, STREAM_SAMPLER};
    return true;
}

static bool count_particles(const Tensors *t, const char *prefix, const SimFrame *f, Error *e)
{
    bool possible = f->dropped < f->count && f->count - f->dropped <= PARTICLES_MAX;
    return possible || error_set(e, "%s: %s has %zu particles, %zu of them dropped (nothing was loaded)", t->file,
                                 prefix, f->count, f->dropped);
}

static bool read_counts(const Tensors *t, const char *prefix, SimulationState *s, Error *e)
{
    SimulationState numbers = {0};
    char name[64];
    snprintf(name, sizeof name, "%s.x", prefix);
    const Tensor *x = tensors_find(t, name);
    if (!fields_read(t, prefix, FIELDS_PARTICLES, &numbers, e) || !count_particles(t, prefix, &numbers.frame, e))
        return false;
    if (!x || x->bytes != numbers.frame.count * 2 * sizeof(float))
        return error_set(e, "%s: expected \"%s\" with %zu places (nothing was loaded)", t->file, name,
                         numbers.frame.count);
    return simulation_state_init(s, numbers.frame.count) || refuse(t, e, "out of memory");
}

static bool read_particles(const Tensors *t, const char *prefix, const Settings *settings, SimulationState *s, Error *e)
{
    SimFrame *f = &s->frame;
    if (!read_counts(t, prefix, s, e) || !fields_read(t, prefix, FIELDS_PARTICLES, s, e))
        return false;
    s->settings = *settings;
    bool remembers = sampler_info(settings_index(settings, SET_DYNAMICS))->remembers;
    return read_places(t, prefix, "x", f->count, f->x, e) &&
           read_places(t, prefix, "previous", f->count, f->previous, e) &&
           (!remembers || read_array(t, prefix, "memory", f->count, s->memory, e)) && read_trails(t, prefix, f, e) &&
           read_stride(t, prefix, s, e);
}

static bool read_pair(const Tensors *t, const Settings *s, PairState *p, Error *e)
{
    Settings second = pair_second_settings(s);
    if (!read_particles(t, "particles", s, &p->first, e))
        return false;
    return !fields_present(t, "second", FIELDS_PARTICLES) || read_particles(t, "second", &second, &p->second, e);
}

static bool read_drawing(const Tensors *t, Drawing *d, Error *e)
{
    const Tensor *bytes = tensors_find(t, "drawing");
    if (!bytes)
        return refuse(t, e, "expected an array \"drawing\", found none");
    return drawing_parse(t->file, bytes->data, bytes->bytes, d, e);
}

static void read_lesson(const Tensors *t, State *s)
{
    const char *lesson = tensors_find_text(t, "lesson"), *scene = tensors_find_text(t, "scene");
    if (lesson && scene) {
        snprintf(s->lesson, sizeof s->lesson, "%s", lesson);
        s->scene = strtoull(scene, NULL, 10);
    }
}

static void mark_filled(State *s)
{
    s->drawing_version = STATE_DRAWING_ELSEWHERE;
    s->parts = STATE_WHOLE;
}

static bool read_parts(const Tensors *t, State *s, Error *e)
{
    return read_settings(t, &s->settings, e) && read_drawing(t, &s->drawing, e) &&
           read_learner(t, &s->settings, &s->learner, e) && read_pair(t, &s->settings, &s->pair, e);
}

/* All of it, where the file has any. */
static bool read_outside(const Tensors *t, State *s, Error *e)
{
    char told[4096];
    Settings defaults = settings_defaults();
    Tensors before = *t;
    before.file = told;
    before.prefix = STATE_OUTSIDE;
    if (!tensors_any(&before))
        return true;
    snprintf(told, sizeof told, "%s: before the lesson", t->file);
    if (!s->lesson[0])
        return refuse(&before, e, "expected the name of a lesson, found none");
    s->outside = state_create(&defaults);
    if (!s->outside)
        return refuse(&before, e, "out of memory");
    mark_filled(s->outside);
    return read_parts(&before, s->outside, e);
}

static bool read_whole(const Tensors *t, State *s, Error *e)
{
    if (!is_format(t, STATE_FORMAT))
        return refuse(t, e,
                      is_format(t, WEIGHTS_FORMAT) ? "it holds weights alone: take them with learned FILE"
                                                   : "expected a state that scorefield saved, found other arrays");
    read_lesson(t, s);
    return read_version(t, e) && read_parts(t, s, e) && read_outside(t, s, e);
}

/* A state that a function fills from a file; NULL, with its line, where it doesn't. */
static State *filled(Tensors *t, State *s, bool read)
{
    tensors_close(t);
    if (read) {
        mark_filled(s);
        return s;
    }
    state_release(s);
    return NULL;
}

State *state_read(const char *name, const unsigned char *bytes, size_t size, Error *e)
{
    Tensors t;
    Settings defaults = settings_defaults();
    State *s = state_create(&defaults);
    bool open = tensors_open(&t, name, bytes, size, e);
    if (open && !s)
        refuse(&t, e, "out of memory");
    return filled(&t, s, open && s && read_whole(&t, s, e));
}

/* What the file's own settings say of its network; the average stands for weights that are missing. */
static bool read_network(const Tensors *t, State *s, size_t *row, Error *e)
{
    Settings of_file = settings_defaults();
    if (!is_format(t, STATE_FORMAT) && !is_format(t, WEIGHTS_FORMAT))
        return refuse(t, e, "expected weights that scorefield saved, found other arrays");
    if (!read_version(t, e) || !read_settings(t, &of_file, e))
        return false;
    for (SettingId id = 0; id < SETTING_COUNT; id++)
        if (state_shapes(id))
            s->settings.value[id] = of_file.value[id];
    *row = settings_index(&of_file, SET_TARGET);
    if (!begin_learner(t, &s->settings, &s->learner, e))
        return false;
    TrainerBlock b = trainer_block(s->learner.trainer, s->learner.options.shape);
    const char *raw =
        state_planes[has_plane(t, state_planes[PLANE_NET], s->learner.options.shape) ? PLANE_NET : PLANE_AVERAGE];
    return read_plane(t, raw, s->learner.options.shape, b.plane[PLANE_NET], e) &&
           read_plane(t, state_planes[PLANE_AVERAGE], s->learner.options.shape, b.plane[PLANE_AVERAGE], e) &&
           fields_read(t, "statistics", FIELDS_STATISTICS, b.statistics, e);
}

/* Adam begins anew, and what a divergence falls back on is what was read. */
static void set_out(LearnerState *l)
{
    TrainerBlock b = trainer_block(l->trainer, l->options.shape);
    size_t bytes = net_parameter_count(l->options.shape) * sizeof(float);
    double steps = (double)b.statistics->steps;
    memcpy(b.plane[PLANE_GOOD], b.plane[PLANE_NET], bytes);
    memcpy(b.plane[PLANE_GOOD_AVERAGE], b.plane[PLANE_AVERAGE], bytes);
    b.statistics->history_count = 0;
    b.statistics->diverged = false;
    b.clocks->rate = steps;
    b.clocks->average = fmin(steps, OPTIM_AVERAGED);
    rest_begin(&l->rest, b.statistics->steps);
}

State *state_read_weights(const char *name, const unsigned char *bytes, size_t size, const Settings *settings,
                          size_t *row, Error *e)
{
    Tensors t;
    State *s = state_create(settings);
    bool open = tensors_open(&t, name, bytes, size, e);
    if (open && !s)
        refuse(&t, e, "out of memory");
    bool read = open && s && read_network(&t, s, row, e);
    if (read)
        set_out(&s->learner);
    return filled(&t, s, read);
}
