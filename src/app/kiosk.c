#include "app/kiosk.h"

#include "scene/quote.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double PATIENCE_S = 60; /* after a touch */
static const double REOPEN_S = 5;    /* a lesson that can't be opened is not tried in every frame */

Kiosk kiosk_of(const Options *o)
{
    return (Kiosk){.options = o, .opened_s = -(double)INFINITY, .still_s = (double)NAN};
}

/* Slow readers take a second for fifteen letters. */
static double reading_s(const Lecture *l)
{
    size_t letters = strlen(l->caption) + strlen(l->question);
    for (size_t i = 0; i < LECTURE_FORMULAS; i++)
        letters += strlen(l->formula[i]);
    return 4 + (double)letters / 15 + (l->asking ? 3 : 0);
}

static const char *lesson_name(const Kiosk *k, size_t i)
{
    const Options *o = k->options;
    return o->lessons == 0 ? lesson_shipped(i) : i < o->lessons ? o->lesson[i] : NULL;
}

static const char *say_lesson(const char *name, size_t scene, char *text, size_t size)
{
    Bytes b = {0};
    bytes_printf(&b, "lesson ");
    quote_append(&b, name);
    bytes_printf(&b, " %zu", scene + 1);
    bytes_append(&b, "", 1);
    snprintf(text, size, "%s", b.failed ? "" : (const char *)b.data);
    bytes_free(&b);
    return text;
}

static const char *open_next(Kiosk *k, double now_s, char *text, size_t size)
{
    const char *name = lesson_name(k, k->next);
    if (now_s - k->opened_s < REOPEN_S || (!name && k->next == 0))
        return "";
    if (!name)
        name = lesson_name(k, k->next = 0);
    k->next++;
    k->opened_s = now_s;
    return say_lesson(name, 0, text, size);
}

static bool was_read(Kiosk *k, const Lecture *l, double now_s)
{
    if (isnan(k->still_s))
        k->still_s = now_s;
    return now_s - k->still_s > reading_s(l);
}

const char *kiosk_command(Kiosk *k, const Lecture *l, bool touched, double now_s, char *text, size_t size)
{
    if (!k->options->kiosk)
        return "";
    if (touched) {
        k->touched_s = now_s;
        k->stopped = true;
    }
    if (k->stopped && now_s - k->touched_s < PATIENCE_S)
        return "";
    bool resumes = k->stopped;
    k->stopped = false;
    if (resumes || lecture_waits(l))
        k->still_s = (double)NAN;
    if (resumes && l->lesson)
        return say_lesson(l->lesson->name, l->scene, text, size);
    if (l->lesson && (lecture_waits(l) || !was_read(k, l, now_s)))
        return "";
    k->still_s = (double)NAN;
    return l->lesson && (l->asking || l->scene + 1 < lecture_scenes(l)) ? "next" : open_next(k, now_s, text, size);
}
