/* lecture_outside.c - what was before a lesson, and is again after it. */
#include "scene/lecture_run.h"

#include <stdlib.h>
#include <string.h>

static const SettingId persons_own[] = {SET_THEME, SET_SCALE,   SET_PANEL, SET_FULLSCREEN, SET_BLANK,
                                        SET_STILL, SET_NUMBERS, SET_KEYS,  SET_KEYLOG};

Settings lecture_with_persons_own(const Settings *s, const Settings *own)
{
    Settings with = *s;
    for (size_t i = 0; i < sizeof persons_own / sizeof *persons_own; i++)
        with.value[persons_own[i]] = own->value[persons_own[i]];
    return with;
}

LectureOutside *lecture_step_in(Session *s)
{
    LectureOutside *o = malloc(sizeof *o);
    if (!o)
        return NULL;
    desk_rest(&s->desk);
    session_drew(s);
    o->settings = s->settings;
    o->desk = s->desk;
    o->drawing_seen = s->drawing_seen;
    memcpy(o->undo, s->undo, sizeof o->undo);
    o->undone_from = s->undone_from;
    o->undo_top = s->undo_top;
    o->undo_end = s->undo_end;
    memcpy(o->path, s->path, sizeof o->path);
    o->paths_from = s->paths_from;
    o->paths_top = s->paths_top;
    o->apart = s->apart;
    s->desk = (Desk){.version = o->desk.version};
    session_forget_steps(s);
    session_clear_paths(s);
    return o;
}

const Desk *lecture_persons_desk(const Session *s)
{
    return s->lecture.run ? &s->lecture.run->outside->desk : &s->desk;
}

/* Versions only grow: what was drawn in the lesson is not taken for what was drawn before. */
static void put_desk(Session *s, LectureOutside *o)
{
    uint64_t version = s->desk.version;
    desk_free(&s->desk);
    s->desk = o->desk;
    o->desk = (Desk){0};
    s->drawing_seen = s->desk.version;
    if (version != s->desk.version)
        s->drawing_seen = s->desk.version = version + 1;
    s->drawing_steps = s->desk.steps;
}

void lecture_step_out(Session *s, LectureOutside *o)
{
    uint64_t drawing = s->settings.drawing;
    put_desk(s, o);
    memcpy(s->undo, o->undo, sizeof s->undo);
    s->undone_from = o->undone_from;
    s->undo_top = o->undo_top;
    s->undo_end = o->undo_end;
    memcpy(s->path, o->path, sizeof s->path);
    s->paths_from = o->paths_from;
    s->paths_top = o->paths_top;
    s->paths_version++;
    s->apart = o->apart;
    s->settings = lecture_with_persons_own(&o->settings, &s->settings);
    s->settings.drawing = drawing; /* the one that is known to all, until the other is composed */
}

void lecture_outside_free(LectureOutside *o)
{
    if (!o)
        return;
    desk_free(&o->desk);
    free(o);
}
