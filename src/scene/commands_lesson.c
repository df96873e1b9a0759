/* commands_lesson.c - what scenes say, dim and wait for, and the steps through them. */
#include "io/text.h"
#include "scene/commands.h"
#include "scene/formula.h"
#include "scene/lesson.h"
#include "scene/nearest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool text_argument(const Command *c, const char **text, Error *e)
{
    *text = c->word[1];
    return strlen(*text) < LECTURE_TEXT ||
           error_set(e, "%s takes at most %d bytes, got %zu", c->word[0], LECTURE_TEXT - 1, strlen(*text));
}

static bool place_by_name(const Command *c, size_t *place, Error *e)
{
    char nearest[192];
    *place = lecture_place_find(c->word[1]);
    return *place < LECTURE_NOWHERE || error_set(e, "there is no control or layer \"%s\"%s", c->word[1],
                                                 name_suggest(lecture_place_name, c->word[1], nearest, sizeof nearest));
}

static bool run_scene(Session *s, const Command *c, Error *e)
{
    (void)s;
    (void)c;
    return error_set(e, "scenes stand in the file of a lesson: lesson FILE opens it");
}

static bool run_say(Session *s, const Command *c, Error *e)
{
    const char *text;
    bool ok = text_argument(c, &text, e);
    if (ok)
        strcpy(s->lecture.caption, text);
    return ok;
}

static bool run_note(Session *s, const Command *c, Error *e)
{
    const char *text;
    bool ok = text_argument(c, &text, e);
    if (ok)
        strcpy(s->lecture.note, text);
    return ok;
}

static bool run_formula(Session *s, const Command *c, Error *e)
{
    const char *text;
    Lecture *l = &s->lecture;
    Formula read;
    size_t used = 0;
    if (!text_argument(c, &text, e))
        return false;
    if (strpbrk(text, "\n\t")) /* "\nu" in double quotes */
        return error_set(e, "a formula is one line: single quotes leave its backslashes as they are");
    if (text[0] && !formula_parse(&read, text, e))
        return false;
    while (used < LECTURE_FORMULAS && l->formula[used][0])
        used++;
    if (text[0] == '\0')
        memset(l->formula, 0, sizeof l->formula);
    else if (used == LECTURE_FORMULAS)
        return error_set(e, "a scene shows at most %d formulas: formula \"\" begins anew", LECTURE_FORMULAS);
    else
        strcpy(l->formula[used], text);
    return true;
}

static bool run_ask(Session *s, const Command *c, Error *e)
{
    const char *text;
    if (!text_argument(c, &text, e))
        return false;
    if (text[strspn(text, " \t\n")] == '\0') /* the lecture would rest, and nobody would know why */
        return error_set(e, "expected a question, got \"%s\"", text);
    lecture_ask(s, text);
    return true;
}

static bool wait_seconds(const Command *c, double *seconds, Error *e)
{
    char *end;
    *seconds = strtod(c->word[1], &end);
    bool unit = end != c->word[1] && (strcmp(end, "s") == 0 || *end == '\0');
    return (unit && *seconds >= 0 && *seconds <= 600) ||
           error_set(e, "expected from 0s to 600s, train N or anneal, got \"%s\"", c->word[1]);
}

static bool run_wait(Session *s, const Command *c, Error *e)
{
    double seconds;
    uint64_t steps;
    bool train = strcmp(c->word[1], "train") == 0, anneal = strcmp(c->word[1], "anneal") == 0;
    if (c->count != 2 + train)
        return error_set(e, "it is used as: wait SECONDSs, wait train N or wait anneal");
    if (train)
        return count_argument(c, 2, 1, 10000000, &steps, e) && lecture_wait(s, WAIT_STEPS, (double)steps, e);
    if (anneal)
        return lecture_wait(s, WAIT_END, 0, e);
    return wait_seconds(c, &seconds, e) && lecture_wait(s, WAIT_SECONDS, seconds, e);
}

static bool run_focus(Session *s, const Command *c, Error *e)
{
    size_t place = LECTURE_NOWHERE;
    if (c->word[1][0] && !place_by_name(c, &place, e))
        return false;
    s->lecture.focus = place;
    return true;
}

static bool hide(Session *s, const Command *c, bool hidden, Error *e)
{
    size_t place;
    bool ok = place_by_name(c, &place, e);
    if (ok)
        s->lecture.hidden[place] = hidden;
    return ok;
}

static bool run_show(Session *s, const Command *c, Error *e)
{
    return hide(s, c, false, e);
}

static bool run_hide(Session *s, const Command *c, Error *e)
{
    return hide(s, c, true, e);
}

/* Both as text give and take the digits that files show. */
static bool same_value(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fmax(fabs(a), fabs(b));
}

static bool run_expect(Session *s, const Command *c, Error *e)
{
    SettingId id;
    char is[64];
    Settings wanted = s->settings;
    if (!setting_argument(c, 1, &id, e) || !settings_parse(&wanted, id, c->word[2], e))
        return false;
    return same_value(wanted.value[id], s->settings.value[id]) || !lecture_untouched(&s->lecture) ||
           error_set(e, "%s is %s, expected %s", c->word[1], settings_print(&s->settings, id, is, sizeof is),
                     c->word[2]);
}

static bool run_lesson(Session *s, const Command *c, Error *e)
{
    uint64_t scene = 1;
    const char *name = c->word[1];
    char given[COMMAND_TEXT];
    if (name[0] == '\0')
        return lecture_leave(s, e);
    if (strcmp(name, ".") == 0 && s->lecture.lesson) {
        text_copy(given, sizeof given, s->lecture.lesson->name);
        name = given;
    }
    return (c->count < 3 || count_argument(c, 2, 1, 1000, &scene, e)) && lecture_open(s, name, scene - 1, e);
}

static bool run_next(Session *s, const Command *c, Error *e)
{
    (void)c;
    return lecture_next(s, e);
}

static bool run_back(Session *s, const Command *c, Error *e)
{
    (void)c;
    return lecture_back(s, e);
}

static bool run_spotlight(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    s->lecture.spotlight = !s->lecture.spotlight;
    return true;
}

static bool run_lock(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    s->lecture.locked = !s->lecture.locked;
    strcpy(s->notice, s->lecture.locked ? "Keys are locked, but for Page Down and Page Up" : "Keys are unlocked");
    return true;
}

const CommandInfo lesson_commands[] = {
    {"scene", "TITLE [keep]", "begins a scene of a lesson's file; with keep network and particles go on", 1, 2,
     run_scene},
    {"say", "TEXT", "the caption", 1, 1, run_say},
    {"formula", "TEXT", "one more formula below the caption, \"\" for none", 1, 1, run_formula},
    {"note", "TEXT", "for the presenter's eyes", 1, 1, run_note},
    {"ask", "QUESTION", "everything rests until next", 1, 1, run_ask},
    {"wait", "SECONDSs|train N|anneal", "for so long, for so many training steps, or until play came to its end", 1, 2,
     run_wait},
    {"focus", "NAME", "dim all but one control or layer, \"\" for none", 1, 1, run_focus},
    {"show", "NAME", "a control that was hidden", 1, 1, run_show},
    {"hide", "NAME", "a control: a setting, or top, panel, noise, strip, target, network, dynamics, field or layers", 1,
     1, run_hide},
    {"expect", "NAME VALUE", "fail if a setting has another value", 2, 2, run_expect},
    {"lesson", "NAME|FILE [SCENE]", "give a lesson, from a scene on; . is the one that is given, \"\" leaves it", 1, 2,
     run_lesson},
    {"next", "", "what comes next in the lesson, whatever goes on", 0, 0, run_next},
    {"back", "", "the scene before, as it began", 0, 0, run_back},
    {"spotlight", "", "the pointer is a spot of light, and no longer", 0, 0, run_spotlight},
    {"lock", "", "keys do nothing but step through the lesson, and unlock", 0, 0, run_lock},
    {0},
};
