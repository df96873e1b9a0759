/* sampler_settings.h - which settings a sampler reads: the panel has sliders for these, a report names them. */
#ifndef SCENE_SAMPLER_SETTINGS_H
#define SCENE_SAMPLER_SETTINGS_H

#include "core/dynamics.h"
#include "scene/settings.h"

enum { SAMPLER_SETTINGS_MAX = 10 };

/* Of its own parameters: id [SAMPLER_SETTINGS_MAX], in the order of the panel; returns how many. The ladder's settings
 * (steps, schedule, ends) are every descender's. Pure function: any thread. */
size_t sampler_settings(const Sampler *sampler, SettingId *id);

/* What a step goes by, from the settings. */
DynamicsOptions sampler_options(const Settings *s);

#endif
