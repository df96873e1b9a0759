#include "ui/format.h"
#include "ui/parts.h"

#include "core/dynamics.h"
#include "core/start.h"
#include "scene/sampler_settings.h"

#include <math.h>
#include <stdio.h>

/* Of what the sampler reads: the rest would be sliders that do nothing. A fixed step is set once. */
static size_t sliders_of(const Sampler *sampler, SettingId id[SAMPLER_SETTINGS_MAX])
{
    size_t n = sampler_settings(sampler, id), sliders = 0;
    for (size_t i = 0; i < n; i++) {
        if (id[i] != SET_STEP_FIXED)
            id[sliders++] = id[i];
    }
    return sliders;
}

/* What is set once and then left alone. */
static void rest(Ui *ui, Rect *column, const Picture *p, const Sampler *sampler)
{
    const Settings *s = p->settings;
    SettingId id[4];
    size_t n = 0;
    row_choice(ui, column, s, SET_START);
    if (sampler->descends) {
        id[n++] = SET_FIRST;
        id[n++] = SET_LAST;
    }
    if (settings_index(s, SET_START) != START_MATCHED && settings_index(s, SET_START) != START_EXACT)
        id[n++] = SET_REACH;
    if (sampler->uses & USES_STEP_SIZE)
        id[n++] = SET_STEP_FIXED;
    rows_values(ui, column, s, id, n);
    if (sampler->descends)
        row_setting(ui, column, s, SET_DENOISE);
    timing_editor(ui, column, p);
}

/* What the way cost so far: steps of different samplers are no measure. */
static void heading(Ui *ui, Rect *column, const Picture *p)
{
    char number[FORMAT_SIZE], text[FORMAT_SIZE + 16] = "";
    if (isfinite(p->accepted))
        snprintf(text, sizeof text, "%s accepted", format_percent(number, sizeof number, p->accepted));
    else if (p->evaluations >= 1)
        snprintf(text, sizeof text, "%s evaluations",
                 format_count(number, sizeof number, (uint64_t)llround(p->evaluations)));
    panel_heading(ui, column, "DYNAMICS", text);
}

void dynamics_section(Ui *ui, Rect *column, const Picture *p)
{
    const Settings *s = p->settings;
    static const SettingId common[] = {SET_PARTICLES, SET_STEPS};
    const Sampler *sampler = sampler_info(settings_index(s, SET_DYNAMICS));
    SettingId id[SAMPLER_SETTINGS_MAX];
    heading(ui, column, p);
    row_setting(ui, column, s, SET_DYNAMICS);
    rect_cut_top(column, 6 * ui->scale);
    row_choice(ui, column, s, SET_SECOND);
    if (settings_index(s, SET_SECOND) != SECOND_OFF)
        row_choice(ui, column, s, SET_OTHER_DYNAMICS);
    rows_sliders(ui, column, s, common, 2);
    if (sampler->descends)
        row_choice(ui, column, s, SET_SCHEDULE);
    rows_sliders(ui, column, s, id, sliders_of(sampler, id));
    if (row_more(ui, column, "dynamics.more",
                 "where particles start, the ladder's ends, the last step, the pace of play", &ui->more_dynamics))
        rest(ui, column, p, sampler);
}
