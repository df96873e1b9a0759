#include "app/application_parts.h"

#include "app/clock.h"
#include "ui/rect.h"

#include <math.h>
#include <string.h>

Shown application_newest(const Application *a)
{
    const SimFrame *frame = live_frame(&a->live), *second = live_second(&a->live);
    double ticks = fmin((clock_s() - a->frame_taken_s) * TICKS_PER_SECOND, 1);
    bool still = settings_on(&a->session.settings, SET_STILL), two = pair_wanted(&a->session.settings);
    return (Shown){.frame = frame,
                   .second = two && second->count ? second : NULL,
                   .field = live_field(&a->live),
                   .density = live_density(&a->live),
                   .other = live_other(&a->live),
                   .weights = live_weights(&a->live),
                   .map = map_thread_view(&a->maps, MAP_OVER_PLANE),
                   .likelihood = map_thread_view(&a->maps, MAP_FOR_DENSITY),
                   .between = still ? 1 : frame->share * ticks,
                   .second_between = still ? 1 : second->share * ticks};
}

/* By presenter and audience, data units. */
static Rect seen_by_both(const Application *a)
{
    Rect seen = camera_extent(&a->renderer.camera);
    return a->audience.open ? rect_join(seen, camera_extent(&a->audience.renderer.camera)) : seen;
}

void application_tell_view(Application *a)
{
    Rect seen = seen_by_both(a);
    if (memcmp(&seen, &a->seen, sizeof seen) == 0)
        return;
    a->seen = seen;
    session_order(&a->session, (Order){.kind = ORDER_VIEW, .seen = seen});
    recorder_note(&a->recorder, "");
}

void application_ask_for_maps(Application *a)
{
    const Weights *weights = live_weights(&a->live);
    const Rect seen = seen_by_both(a);
    const MapAsk map = renderer_map(&a->session, seen);
    const MapAsk likelihood = renderer_likelihood(&a->session, seen);
    map_thread_ask(&a->maps, MAP_OVER_PLANE, &map, weights);
    map_thread_ask(&a->maps, MAP_FOR_DENSITY, &likelihood, weights);
}

void application_take_news(Application *a)
{
    recorder_follow(&a->recorder);
    uint64_t tick = live_frame(&a->live)->tick, steps = live_weights(&a->live)->statistics.steps;
    bool flows =
        settings_on(&a->session.settings, SET_SHOW_STREAMLINES) && !settings_on(&a->session.settings, SET_STILL);
    if (live_take(&a->live) | map_thread_take(&a->maps) | flows | a->renderer.layers.easing)
        a->moving_until_s = clock_s() + EASE_S;
    const SimFrame *f = live_frame(&a->live);
    if (f->tick != tick)
        a->frame_taken_s = clock_s();
    if (live_weights(&a->live)->statistics.steps != steps)
        a->weights_taken_s = clock_s();
    if (!a->grabbed && f->sequence == a->session.sequence) {
        session_echo(&a->session, f->sequence, f->sigma, f->playing);
        recorder_echo(&a->recorder);
    }
}
