/* events.h - SDL's events as what the interface and the key table understand. */
#ifndef APP_EVENTS_H
#define APP_EVENTS_H

#include "io/bytes.h"
#include "ui/widgets.h"

#include <SDL2/SDL.h>

enum { EVENT_KEYS = 16, EVENT_WAY = 32 };

typedef struct Events {
    Input input;              /* for the interface: state, and what happened since the last frame */
    char key[EVENT_KEYS][48]; /* names as in the table of keys, pressed since the last frame */
    bool again[EVENT_KEYS];   /* not pressed anew but held down, and repeated */
    int keys;
    double way[EVENT_WAY][2]; /* pixels: where the pointer was with the left button held, the last place at the end */
    int ways;
    bool middle;         /* its button was pressed on the plane */
    double pan_x, pan_y; /* pixels dragged with the middle or right button since the last frame */
    bool panning;
    Uint16 modifiers; /* held with the newest key, pressed or let go: KMOD_... */
    bool held;        /* the newest key is being repeated */
    bool chord;       /* the newest key went down together with Ctrl: it types nothing */
    bool touched;     /* a hand did something since the last frame */
    bool close;       /* the window should close */
    Bytes dropped;    /* files since the last frame, as commands that open them, one a line */
    double ratio;     /* pixels a window unit */
} Events;

/* Begins a frame: forgets what happened in the last one, keeps what is held. */
void events_begin(Events *ev, double pixel_ratio);
/* What happened was obeyed: what is held stays held, nothing happens twice. */
void events_spend(Events *ev);
void events_free(Events *ev);
/* Takes one event in. ui tells whether a key is a control's or the key table's. */
void events_take(Events *ev, const SDL_Event *e, const Ui *ui);

#endif
