#include "scene/lesson_parts.h"

#include "scene/commands.h"
#include "scene/lecture_run.h"
#include "scene/sampler_settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Rehearsal {
    Session session;
    const Host *host; /* whose fonts set words */
} Rehearsal;

static void put_sigma(Settings *s, bool at_end)
{
    double min, max, first, last;
    setting_range(s, SET_SIGMA, &min, &max);
    settings_ladder_ends(s, min, max, &first, &last);
    settings_put(s, SET_SIGMA, at_end ? last : first);
}

/* Where the handle goes when the particles begin again. */
static void begin(Settings *s)
{
    bool playing = settings_on(s, SET_PLAYING);
    if (playing || sampler_info(settings_index(s, SET_DYNAMICS))->descends)
        put_sigma(s, playing && settings_on(s, SET_FORWARD));
}

/* What comes back from the workers. */
static void answer(void *context, const Order *order)
{
    Settings *s = &((Rehearsal *)context)->session.settings;
    if (order->kind == ORDER_RESET_PARTICLES)
        begin(s);
    if (order->kind == ORDER_ANNEAL && sampler_info(settings_index(s, SET_DYNAMICS))->descends)
        put_sigma(s, true);
}

static bool put_out_nothing(void *context, const Output *output, Error *e)
{
    (void)context;
    (void)output;
    (void)e;
    return true;
}

static bool set_word(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    const Host *host = ((Rehearsal *)context)->host;
    return host->word(host->context, text, face, out, e);
}

static void run_command(Lesson *l, Session *s, size_t command)
{
    const LessonCommand *at = &l->command[command];
    const char *text = l->text + at->at;
    Command c;
    Error why;
    char shown[64], told[sizeof why.text];
    if (!command_next(&text, &c, &why) || command_run(s, &c, &why))
        return;
    snprintf(told, sizeof told, "\"%s\": %.400s", command_quote(&c, shown, sizeof shown), why.text);
    lesson_complain(l, at->line, at->column, told);
}

/* Playing, a scene begins at noise. */
static bool note_entry(LessonScene *scene, Session *s)
{
    Error unused;
    lecture_clear_texts(&s->lecture);
    desk_rest(&s->desk);
    session_drew(s);
    session_settle(s, &unused);
    if (!scene->keep && settings_on(&s->settings, SET_PLAYING))
        begin(&s->settings);
    scene->entry = s->settings;
    scene->drawn = s->desk.version;
    memcpy(scene->hidden, s->lecture.hidden, sizeof scene->hidden);
    return drawing_copy(&scene->drawing, &s->desk.drawing);
}

static bool rehearse(Lesson *l, Session *s)
{
    bool ok = true;
    for (size_t i = 0; i < l->scene[0].from; i++)
        run_command(l, s, i);
    for (size_t i = 0; ok && i < l->scenes; i++) {
        LessonScene *scene = &l->scene[i];
        ok = note_entry(scene, s);
        for (size_t k = scene->from; ok && k < scene->to; k++)
            run_command(l, s, k);
    }
    return ok;
}

bool lesson_rehearse(Lesson *l, const Catalogue *catalogue, const Host *host, Error *e)
{
    Settings first = settings_defaults();
    Rehearsal *r = calloc(1, sizeof *r);
    if (!r)
        return error_set(e, "%s: not enough memory for a lesson", l->file);
    r->host = host;
    session_init(&r->session, catalogue, &first,
                 (Host){.context = r,
                        .order = answer,
                        .output = put_out_nothing,
                        .word = host && host->word ? set_word : NULL,
                        .rehearses = true});
    r->session.unrecorded = true;
    bool ok = rehearse(l, &r->session) || error_set(e, "%s: not enough memory for a lesson", l->file);
    session_free(&r->session);
    free(r);
    return ok;
}
