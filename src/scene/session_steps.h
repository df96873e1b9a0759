/* session_steps.h - what the session's undo shares with the rest of it. */
#ifndef SCENE_SESSION_STEPS_H
#define SCENE_SESSION_STEPS_H

#include "scene/session.h"

/* Has what settings name, before anybody is told of them. */
void session_follow_subject(Session *s);

/* Gives an order as things are. */
void session_send(Session *s, Order order);

/* Before what orders name gives way: returns when they are carried out, where the host sees to that. */
void session_await_orders(const Session *s);

/* The last step that can be undone, at least in part; NULL when there is none. */
struct UndoStep *session_newest(Session *s);

/* The subject of what is on the desk, where it is studied and composed; the caller holds it. Else NULL. */
Subject *session_studied_desk(const Session *s);

/* As session_capture, without the drawing, of which the desk remembers what it was. */
State *session_capture_workers(Session *s);

/* All settings become those of another time, but for what belongs to a person, and for which drawing there is. */
void session_take_settings(Session *s, const Settings *then);

/* From now on settings name what a state's drawing stood for, and nobody has to compose it again. */
void session_take_drawn(Session *s, const State *state);

/* A step for a state that is there; what was undone before can't be done again any more. */
struct UndoStep *session_remember_state(Session *s, const char *what);

/* Lists what the desk did since it was last asked. joined: it goes with the step before. */
void session_note_drawing(Session *s, bool joined);

#endif
