#include "scene/sampler_settings.h"

size_t sampler_settings(const Sampler *sampler, SettingId *id)
{
    static const struct {
        unsigned use;
        SettingId id;
    } of_use[] = {{USES_NOISE, SET_NOISE},
                  {USES_STEP_SIZE, SET_STEP_SIZE},
                  {USES_STEP_SIZE, SET_STEP_FIXED},
                  {USES_FRICTION, SET_FRICTION},
                  {USES_LEAPS, SET_LEAPS},
                  {USES_ETA, SET_ETA},
                  {USES_SNR, SET_SNR},
                  {USES_CORRECTIONS, SET_CORRECTIONS},
                  {USES_CHURN, SET_CHURN},
                  {USES_TOLERANCE, SET_TOLERANCE}};
    _Static_assert(sizeof of_use / sizeof *of_use == SAMPLER_SETTINGS_MAX, "callers' arrays hold every row");
    size_t n = 0;
    for (size_t i = 0; i < SAMPLER_SETTINGS_MAX; i++) {
        if (sampler->uses & of_use[i].use)
            id[n++] = of_use[i].id;
    }
    return n;
}

DynamicsOptions sampler_options(const Settings *s)
{
    const double *set = s->value;
    return (DynamicsOptions){.noise = set[SET_NOISE],
                             .step_size = set[SET_STEP_SIZE],
                             .step_fixed = set[SET_STEP_FIXED],
                             .friction = set[SET_FRICTION],
                             .eta = set[SET_ETA],
                             .snr = set[SET_SNR],
                             .churn = set[SET_CHURN],
                             .tolerance = set[SET_TOLERANCE],
                             .corrections = (size_t)set[SET_CORRECTIONS],
                             .leaps = (size_t)set[SET_LEAPS],
                             .steps = (size_t)set[SET_STEPS],
                             .schedule = schedule_info(settings_index(s, SET_SCHEDULE))};
}
