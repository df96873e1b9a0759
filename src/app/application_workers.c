#include "app/application_parts.h"

#include "app/clock.h"
#include "app/shutdown.h"
#include "scene/drawing_file.h"

#include <stdio.h>
#include <unistd.h>

/* Seconds that an offer stands: longer than other messages. */
static const double OFFER_S = 20;

static const double END_S = 10; /* longest wait for files at the end */

/* At once, so that a recording can tell when it was. */
static void settle_drawing(Application *a)
{
    Error why;
    if (a->session.drawing_tried == a->session.desk.version)
        return;
    bool settled = session_settle(&a->session, &why);
    recorder_note(&a->recorder, settled ? "replay settle\n" : "replay refused\nreplay settle\n");
    if (!settled)
        application_complain(a, why.text);
}

void application_follow_drawing(Application *a)
{
    Error why;
    if (recorder_on(&a->recorder)) {
        settle_drawing(a);
        return;
    }
    if (a->session.desk.version != a->session.drawing_tried || composer_busy(&a->composer))
        composer_ask(&a->composer, &a->session.desk.drawing, a->session.desk.version);
    Subject *drawn = composer_take(&a->composer, &why);
    if (drawn)
        session_drawn(&a->session, drawn);
    else if (why.text[0])
        application_complain(a, why.text);
}

/* Files are of what was drawn before they were asked for. */
void application_await_drawing(Application *a)
{
    for (application_follow_drawing(a); composer_busy(&a->composer); application_follow_drawing(a))
        clock_sleep_until(clock_s() + 0.001);
}

void application_take_errands(Application *a)
{
    Error e;
    Errand *x;
    while ((x = clerk_take(&a->clerk))) {
        uint64_t version = a->session.desk.version;
        if (!session_deliver(&a->session, x, &e))
            application_complain(a, e.text);
        application_tell_notice(a, version);
    }
}

/* What is read in no time is there in the first picture. */
void application_take_first_errands(Application *a)
{
    const double patience_s = 0.1;
    for (double until_s = clock_s() + patience_s; a->clerk.left > 0 && clock_s() < until_s;) {
        clock_sleep_until(clock_s() + 0.001);
        application_take_errands(a);
    }
}

static void await_errands(Application *a)
{
    Error e;
    if (!session_await(&a->session, &e))
        application_complain(a, e.text);
}

/* The drawing is kept whenever it is left, and now and then. */
static void keep_drawing(Application *a, bool leaves)
{
    Error e;
    const Desk *desk = lecture_persons_desk(&a->session);
    if ((leaves || kept_drawing_due(&a->kept, desk, clock_s())) && !kept_drawing_save(&a->kept, &a->session, desk, &e))
        application_complain(a, e.text);
}

/* The drawing of an earlier start goes beside the recording. */
void application_bring_kept_drawing(Application *a)
{
    Error e;
    char path[4096], line[4200];
    if (!kept_drawing_load(&a->kept, &a->session, &e))
        application_complain(a, e.text);
    if (!recorder_on(&a->recorder) || a->session.desk.drawing.count == 0)
        return;
    snprintf(path, sizeof path, "%s.drawing", a->options->record);
    snprintf(line, sizeof line, "replay drawing \"%s\"\n", path);
    if (drawing_save(&a->session.desk.drawing, path, &e))
        recorder_note(&a->recorder, line);
    else
        application_complain(a, e.text);
}

void application_follow_leaving(Application *a)
{
    bool draws = settings_on(&a->session.settings, SET_DRAW);
    keep_drawing(a, a->drew && !draws);
    a->drew = draws;
}

void application_follow_saving(Application *a)
{
    Error line;
    bool failed;
    uint64_t steps = live_weights(&a->live)->statistics.steps;
    if (recorder_on(&a->recorder))
        settle_drawing(a);
    bool told = saving_follow(&a->saving, &a->session, steps, clock_s(), &line, &failed);
    recorder_note(&a->recorder, "");
    if (!told)
        return;
    if (failed)
        application_complain(a, line.text);
    else
        application_say(a, false, line.text);
}

/* Never without asking. */
void application_offer_restore(Application *a)
{
    char text[128];
    if (!a->session.restorable[0])
        return;
    snprintf(text, sizeof text, "The last session was cut off: %s goes on where it was", key_of("restore"));
    application_say(a, false, text);
    a->toast_until_s = clock_s() + OFFER_S;
    a->toast_offers = true;
}

/* What was asked for before the end is done, and is in the drawing that is kept. False when that takes too long. */
static bool finish_errands(Application *a)
{
    a->end_s = clock_s() + END_S;
    await_errands(a);
    keep_drawing(a, true);
    await_errands(a);
    if (clerk_busy(&a->clerk))
        return false;
    clerk_free(&a->clerk);
    return true;
}

/* The same of saved states, which the workers still have to carry out. */
static bool finish_saving(Application *a, bool keeps)
{
    if (recorder_on(&a->recorder))
        settle_drawing(a);
    if (keeps)
        saving_keep(&a->saving, &a->session);
    recorder_note(&a->recorder, "");
    live_await(&a->live, a->session.sequence);
    return saving_end(&a->saving, &a->session, keeps);
}

static bool finish_recording(Application *a)
{
    Error e;
    live_stop(&a->live);
    if (recorder_close(&a->recorder, &e))
        return true;
    application_complain(a, e.text);
    return false;
}

bool application_finish(Application *a)
{
    bool errands = !a->clerk.started || finish_errands(a), states = finish_saving(a, shutdown_cut_off() || !errands);
    bool recorded = finish_recording(a);
    if (errands && states)
        return recorded;
    fprintf(stderr, "scorefield: a file isn't written: its disk or pipe takes nothing\n");
    _exit(EXIT_FAILED); /* threads that wait for it have what is here */
}
