#include "app/application.h"

#include "app/application_parts.h"
#include "app/clock.h"
#include "app/shutdown.h"
#include "app/trace.h"
#include "app/user_folder.h"

#include <stdio.h>

static bool begin_recording(Application *a, Error *e)
{
    const Options *o = a->options;
    const char *head = o->given.data ? (const char *)o->given.data : "";
    if (!o->record)
        return true;
    return (live_record(&a->live) || error_set(e, "not enough memory to record")) &&
           recorder_open(&a->recorder, o->record, head, &a->live, &a->session, e);
}

static bool begin(Application *a, Error *e)
{
    const Options *o = a->options;
    if (!window_open(&a->window, WINDOW_ON_SCREEN, o->width, o->height, e) ||
        !renderer_init(&a->renderer, o->shaders, e))
        return false;
    a->wake_event = SDL_RegisterEvents(1);
    composer_init(&a->composer, application_wake, a);
    clerk_init(&a->clerk, application_wake, a);
    if (!catalogue_init(&a->catalogue) || !live_init(&a->live, &a->catalogue, &o->settings, application_wake, a))
        return error_set(e, "not enough memory to start");
    session_init(&a->session, &a->catalogue, &o->settings, application_host(a));
    user_file(a->session.shelf.folder, "XDG_DATA_HOME", ".local/share", "drawings");
    if (!begin_recording(a, e))
        return false;
    if (o->sigma)
        session_order(&a->session, (Order){.kind = ORDER_SIGMA, .x = o->settings.value[SET_SIGMA]});
    recorder_note(&a->recorder, "");
    if (!live_start(&a->live) || !composer_start(&a->composer) || !clerk_start(&a->clerk) ||
        !map_thread_init(&a->maps, application_wake, a) || !map_thread_start(&a->maps))
        return error_set(e, "not enough memory to start");
    application_follow_audience(a);
    application_describe_frame(a, clock_s());
    application_bring_kept_drawing(a);
    if (!shelf_read(&a->session.shelf, e))
        application_complain(a, e->text);
    if (!saving_begin(&a->saving, &a->session, application_wake, a, clock_s()))
        return error_set(e, "not enough memory to start");
    application_offer_restore(a);
    a->script = o->commands;
    a->script_s = clock_s();
    application_play_script(a);
    application_take_first_errands(a);
    return true;
}

/* False when something isn't written. */
static bool end(Application *a)
{
    bool written = application_finish(a);
    typed_word_free(&a->typed);
    events_free(&a->events);
    map_thread_free(&a->maps);
    composer_free(&a->composer);
    session_free(&a->session);
    live_free(&a->live);
    catalogue_free(&a->catalogue);
    net_workspace_free(&a->workspace);
    audience_free(&a->audience);
    window_use(&a->window);
    renderer_free(&a->renderer);
    window_close(&a->window);
    if (a->trace)
        fclose(a->trace);
    return written;
}

int application_main(const Options *o)
{
    Application a = {
        .options = o,
        .kiosk = kiosk_of(o),
        .events = {.input = {.x = -1, .y = -1}},
    };
    Error e;
    bool traced = !o->trace || (a.trace = trace_open(o->trace, &e)), ok = traced && begin(&a, &e);
    if (!ok)
        fprintf(stderr, "scorefield: %s\n", e.text);
    a.frame_s = a.rates.since_s = clock_s();
    a.moving_until_s = a.frame_s + EASE_S;
    for (double wait_s = 0; ok && !a.session.quit; wait_s = application_wait_s(&a))
        application_frame(&a, wait_s);
    bool written = end(&a);
    return !ok && traced ? EXIT_UNAVAILABLE : ok && written ? 0 : EXIT_FAILED;
}
