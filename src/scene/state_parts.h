/* state_parts.h - what reading and writing files of states share. For the files state_file*.c alone. */
#ifndef SCENE_STATE_PARTS_H
#define SCENE_STATE_PARTS_H

#include "scene/state_fields.h"
#include "scene/state_file.h"

enum { STATE_VERSION = 2 };
#define STATE_FORMAT   "scorefield state"
#define WEIGHTS_FORMAT "scorefield weights"
/* Of names and keys of what was before the lesson. */
#define STATE_OUTSIDE "before."

/* Prefix of the names of each plane of a trainer's block. */
extern const char *const state_planes[TRAINER_PLANES];

/* A setting that files have: not what belongs to a person, nor which moment of the past is shown. */
static inline bool state_has_setting(SettingId id)
{
    return !settings_personal(id) && id != SET_HISTORY;
}

/* What makes the shape of a network. */
static inline bool state_shapes(SettingId id)
{
    return id >= SET_WIDTH && id <= SET_FEATURES;
}

static inline TensorShape shape1(size_t n)
{
    return (TensorShape){1, {n}};
}
static inline TensorShape shape2(size_t rows, size_t columns)
{
    return (TensorShape){2, {rows, columns}};
}

#endif
