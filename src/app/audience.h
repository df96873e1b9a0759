/* audience.h - the window that an audience sees while a presenter has the other one: the plane and what the lesson
 * says, without controls.
 *
 * Main thread only. Draws with the OpenGL context of the presenter's window; whoever draws there next calls window_use.
 */
#ifndef APP_AUDIENCE_H
#define APP_AUDIENCE_H

#include "app/renderer.h"
#include "app/window.h"

typedef struct Audience {
    Window window;
    Renderer renderer; /* from the first opening on */
    bool open, fullscreen;
    bool left; /* somebody closes the window: audience_close is due */
} Audience;

/* On another screen than the first window where there is one, which it fills; as often as it was closed. False with
 * the reason. shaders: as in renderer_init. */
bool audience_open(Audience *a, const Window *presenter, const char *shaders, Error *e);
void audience_close(Audience *a);
void audience_free(Audience *a);

/* Whether an event is of another window than the presenter's: its buttons do nothing, and closing it closes no other.
 * Its keys are the presenter's. */
bool audience_takes(Audience *a, const Window *presenter, const SDL_Event *e);

/* One frame of what the presenter sees, laid out for this window. */
void audience_draw(Audience *a, const Session *session, const Shown *shown, const Renderer *presenter,
                   const FrameInput *in);

#endif
