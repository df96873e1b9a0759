/* session.h - the three stores that commands change (settings, document, view), undo, and the orders that follow from
 * them.
 *
 * Commands work on a Session and know neither threads nor OpenGL: what must happen elsewhere is an Order, handed in
 * sequence to the Host. A window's host sends it to the threads; the headless host carries it out before it returns.
 */
#ifndef SCENE_SESSION_H
#define SCENE_SESSION_H

#include "scene/camera.h"
#include "scene/learner.h"
#include "scene/paths.h"

#include <stdint.h>

typedef enum OrderKind {
    ORDER_SETTINGS, /* both workers follow settings */
    ORDER_RESET_NETWORK,
    ORDER_RESET_PARTICLES,
    ORDER_STASH,    /* both workers keep their state in slot n */
    ORDER_EXCHANGE, /* both workers swap their state with slot n */
    ORDER_SIGMA,    /* the noise handle goes to x: a hand's wish, playing or not */
    ORDER_GRAB,
    ORDER_RELEASE,
    ORDER_TRAIN, /* n steps */
    ORDER_TICK,  /* n ticks */
    ORDER_SCRUB, /* the moment at place x, 0 .. 1, of the run so far */
    ORDER_STEP,  /* x steps of the particles, back for x < 0 */
    ORDER_ANNEAL,
    ORDER_DROP,   /* n particles about x, y, normal with standard deviation `spread` */
    ORDER_UNDROP, /* the last n of them go */
    ORDER_VIEW    /* the stacks cover `seen` */
} OrderKind;

typedef struct Order {
    OrderKind kind;
    uint64_t sequence; /* grows by one an order */
    uint64_t n;
    double x, y, spread;
    Rect seen;         /* data units */
    Settings settings; /* as they are when the order is given */
} Order;

typedef enum OutputKind {
    OUTPUT_FIGURE,
    OUTPUT_SAMPLES,
    OUTPUT_FIELD,
    OUTPUT_EXACT,
    OUTPUT_SCORE,
    OUTPUT_LIKELIHOOD,
    OUTPUT_NLL,
    OUTPUT_REPORT,
    OUTPUT_SETTINGS,
    OUTPUT_TARGETS,
    OUTPUT_HELP
} OutputKind;

typedef struct Output {
    OutputKind kind;
    const char *path;  /* "-" is standard output; "" lets the host choose */
    const char *input; /* OUTPUT_SCORE, OUTPUT_LIKELIHOOD */
    uint64_t n;        /* samples, grid, held-out points; 0: the default */
} Output;

/* What a session is part of. */
typedef struct Host {
    void *context;
    void (*order)(void *context, const Order *order);
    bool (*output)(void *context, const Output *output, Error *e);
} Host;

/* Steps that can be undone, of which the last STASH_SLOTS may be states. */
enum { UNDO_STEPS = 128 };
typedef enum UndoKind { UNDO_STATE, UNDO_PATH, UNDO_DROP } UndoKind;

typedef struct Session {
    const Catalogue *catalogue;
    Settings settings;
    Settings sent;            /* the workers' */
    Subject *subject, *truth; /* of the settings: what is studied, and what exact means */
    Host host;
    uint64_t sequence; /* of the last order */
    bool quit;
    struct UndoStep {
        UndoKind kind;
        const char *what;
        uint64_t stash;    /* UNDO_STATE: its number; slots are taken in turn */
        Settings settings; /* UNDO_STATE: what the other side of this step looks like */
        Order drop;        /* UNDO_DROP */
    } undo[UNDO_STEPS];
    uint64_t stashes; /* so far */
    uint64_t undone_from, undo_top,
        undo_end;            /* steps [undone_from, undo_top) can be undone, [undo_top, undo_end) redone */
    PathAsk path[PATHS_MAX]; /* what was asked for by hand; those that undo took away stand behind the others */
    size_t path_target[PATHS_MAX];
    size_t paths;
    uint64_t paths_version; /* grows with every change of them */
    char notice[96]; /* what the last command has to say to a person: "Undone: reset of the network"; "" for nothing */
} Session;

void session_init(Session *s, const Catalogue *catalogue, const Settings *settings, Host host);
void session_free(Session *s);

static inline const Target *session_target(const Session *s)
{
    return &s->subject->target;
}
static inline const Mixture *session_exact(const Session *s)
{
    return &s->truth->target.mixture;
}

/* Gives an order, after the settings on which it rests. */
void session_order(Session *s, Order order);

/* Sends the settings to the workers when they changed. Called after every command. */
void session_flush(Session *s);

/* The handle moves in the simulation and shows in the settings: what a tick made of sigma and playing comes back here,
 * unless orders are under way that the tick had not seen (sequence: the last that it had). When play ended there, the
 * settings that say so are sent. */
void session_echo(Session *s, uint64_t sequence, double sigma, bool playing);

/* Remembers what is, so that `what` can be undone. Called before the change. */
void session_remember(Session *s, const char *what);
/* Drops particles; undone like the rest. */
void session_drop(Session *s, double x, double y, uint64_t n, double spread);
/* One more path of the target that is set; undone like the rest. False when there are PATHS_MAX. */
bool session_add_path(Session *s, const PathAsk *ask);
void session_clear_paths(Session *s);
bool session_undo(Session *s, Error *e);
bool session_redo(Session *s, Error *e);

#endif
