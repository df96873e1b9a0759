#include "scene/state_fields.h"

#include "core/optim.h"
#include "scene/simulation_state.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

_Static_assert(sizeof(size_t) == sizeof(uint64_t), "counts and sizes are read alike");

typedef struct Field {
    const char *name; /* NULL ends a table */
    enum { FIELD_REAL, FIELD_COUNT, FIELD_SWITCH } kind;
    size_t offset;
    double min, max; /* of a real number also: NAN may stand for none */
} Field;

#define ANY HUGE_VAL
#define REAL(type, member, least, most)                                                                                \
    {                                                                                                                  \
#member, FIELD_REAL, offsetof(type, member), least, most                                                       \
    }
#define COUNT(type, member, most)                                                                                      \
    {                                                                                                                  \
#member, FIELD_COUNT, offsetof(type, member), 0, most                                                          \
    }
#define SWITCH(type, member)                                                                                           \
    {                                                                                                                  \
#member, FIELD_SWITCH, offsetof(type, member), 0, 1                                                            \
    }
#define END                                                                                                            \
    {                                                                                                                  \
        NULL, FIELD_SWITCH, 0, 0, 0                                                                                    \
    }

/* As far as a double counts exactly; and a noise level, which divides. */
#define COUNTED 0x1p53
#define LEAST   1e-12
#define LARGEST 1e12

static const Field statistics[] = {
    COUNT(TrainerStatistics, steps, COUNTED),
    REAL(TrainerStatistics, loss, -ANY, ANY),
    REAL(TrainerStatistics, floor, -ANY, ANY),
    REAL(TrainerStatistics, population_floor, -ANY, ANY),
    SWITCH(TrainerStatistics, diverged),
    COUNT(TrainerStatistics, history_count, TRAINER_HISTORY),
    {"history_stride", FIELD_COUNT, offsetof(TrainerStatistics, history_stride), 1, 0x1p40},
    END,
};

static const Field clocks[] = {
    REAL(TrainerClocks, rate, 0, COUNTED),          REAL(TrainerClocks, average, 0, OPTIM_AVERAGED),
    REAL(TrainerClocks, settled, 0, OPTIM_SETTLED), COUNT(TrainerClocks, moments, COUNTED),
    COUNT(TrainerClocks, measured, COUNTED),        END,
};

static const Field rest[] = {
    COUNT(Rest, begun, COUNTED), COUNT(Rest, mark, 1000), COUNT(Rest, known, REST_MARKS), SWITCH(Rest, resting), END,
};

static const Field particles[] = {
    REAL(SimulationState, frame.sigma, LEAST, LARGEST),
    REAL(SimulationState, frame.particle_sigma, LEAST, LARGEST),
    REAL(SimulationState, frame.place, 0, 1),
    SWITCH(SimulationState, frame.playing),
    REAL(SimulationState, frame.evaluations, 0, LARGEST),
    REAL(SimulationState, frame.accepted, -ANY, ANY),
    COUNT(SimulationState, frame.count, PARTICLES_MAX + DROPPED_MAX),
    COUNT(SimulationState, frame.dropped, DROPPED_MAX),
    REAL(SimulationState, frame.share, 0, 1),
    COUNT(SimulationState, frame.trails, TRAIL_PARTICLES),
    COUNT(SimulationState, frame.trail_length, TRAIL_LENGTH),
    COUNT(SimulationState, journey.seed, COUNTED),
    REAL(SimulationState, journey.particle_sigma, LEAST, LARGEST),
    SWITCH(SimulationState, journey.rising),
    SWITCH(SimulationState, journey.denoised),
    REAL(SimulationState, journey.cost, COST_UNKNOWN, LARGEST),
    COUNT(SimulationState, journey.owed, COUNTED),
    REAL(SimulationState, journey.held_s, 0, LARGEST),
    REAL(SimulationState, journey.walk, 0, LARGEST),
    COUNT(SimulationState, journey.starts, COUNTED),
    COUNT(SimulationState, journey.steps, COUNTED),
    COUNT(SimulationState, journey.drops, COUNTED),
    SWITCH(SimulationState, frozen),
    REAL(SimulationState, before, 0, LARGEST),
    END,
};

static const Field stride[] = {
    COUNT(Stride, moved, PARTICLES_MAX + DROPPED_MAX),
    COUNT(Stride, ticks, COUNTED),
    REAL(Stride, step.from, LEAST, LARGEST),
    REAL(Stride, step.to, LEAST, LARGEST),
    REAL(Stride, step.before, 0, LARGEST),
    COUNT(Stride, step.step, COUNTED),
    COUNT(Stride, tally.evaluations, COUNTED),
    COUNT(Stride, tally.proposed, COUNTED),
    COUNT(Stride, tally.accepted, COUNTED),
    REAL(Stride, step.options.noise, 0, 1e3),
    REAL(Stride, step.options.step_size, 0, 1e3),
    REAL(Stride, step.options.step_fixed, 0, 1e6),
    REAL(Stride, step.options.friction, 0, 1e6),
    REAL(Stride, step.options.eta, 0, 1e3),
    REAL(Stride, step.options.snr, 0, 1e3),
    REAL(Stride, step.options.churn, 0, 1e6),
    REAL(Stride, step.options.tolerance, 1e-9, 1),
    COUNT(Stride, step.options.corrections, 1000),
    COUNT(Stride, step.options.leaps, 1000),
    COUNT(Stride, step.options.steps, 1e6),
    END,
};

static const Field *const tables[] = {
    [FIELDS_STATISTICS] = statistics, [FIELDS_CLOCKS] = clocks, [FIELDS_REST] = rest,
    [FIELDS_PARTICLES] = particles,   [FIELDS_STRIDE] = stride,
};

typedef struct Key {
    char text[64];
} Key;

static Key key_of(const char *prefix, const Field *f)
{
    Key key;
    snprintf(key.text, sizeof key.text, "%s.%s", prefix, f->name);
    return key;
}

void fields_write(TensorWriter *w, const char *prefix, StateFields which, const void *from)
{
    for (const Field *f = tables[which]; f->name; f++) {
        const void *at = (const char *)from + f->offset;
        Key key = key_of(prefix, f);
        if (f->kind == FIELD_REAL)
            tensors_text(w, key.text, "%.17g", *(const double *)at);
        else if (f->kind == FIELD_COUNT)
            tensors_text(w, key.text, "%" PRIu64, *(const uint64_t *)at);
        else
            tensors_text(w, key.text, "%d", *(const bool *)at);
    }
}

bool fields_present(const Tensors *t, const char *prefix, StateFields which)
{
    return tensors_find_text(t, key_of(prefix, tables[which]).text);
}

static bool put(const Field *f, const char *text, void *at)
{
    char *end;
    errno = 0;
    if (f->kind == FIELD_REAL) {
        double value = strtod(text, &end);
        *(double *)at = value;
        bool none = isnan(value) && f->max == ANY;
        return end != text && *end == '\0' && (none || (value >= f->min && value <= f->max));
    }
    uint64_t value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno || (double)value < f->min || (double)value > f->max)
        return false;
    if (f->kind == FIELD_COUNT)
        *(uint64_t *)at = value;
    else
        *(bool *)at = value;
    return true;
}

bool fields_read(const Tensors *t, const char *prefix, StateFields which, void *to, Error *e)
{
    for (const Field *f = tables[which]; f->name; f++) {
        Key key = key_of(prefix, f);
        const char *text = tensors_find_text(t, key.text);
        if (!text)
            return error_set(e, "%s: expected a number %s, found none (nothing was loaded)", t->file, key.text);
        if (!put(f, text, (char *)to + f->offset))
            return error_set(e, "%s: expected %s from %.6g to %.6g, found \"%.40s\" (nothing was loaded)", t->file,
                             key.text, f->min, f->max, text);
    }
    return true;
}
