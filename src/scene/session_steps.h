/* session_steps.h - what the session's undo shares with the rest of it. */
#ifndef SCENE_SESSION_STEPS_H
#define SCENE_SESSION_STEPS_H

#include "scene/session.h"

/* Gives an order as things are. */
void session_send(Session *s, Order order);

/* The last step that can be undone, at least in part; NULL when there is none. */
struct UndoStep *session_newest(Session *s);

/* Lists what the desk did since it was last asked. joined: it goes with the step before. */
void session_note_drawing(Session *s, bool joined);

#endif
