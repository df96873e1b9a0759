/* session.h - the three stores that commands change (settings, document, view), undo, and the orders that follow from
 * them.
 *
 * Commands work on a Session and know neither threads nor OpenGL: what must happen elsewhere is an Order, handed in
 * sequence to the Host. A window's host sends it to the threads; the headless host carries it out before it returns.
 */
#ifndef SCENE_SESSION_H
#define SCENE_SESSION_H

#include "scene/camera.h"
#include "scene/desk.h"
#include "scene/learner.h"
#include "scene/lecture.h"
#include "scene/paths.h"
#include "scene/recent.h"
#include "scene/shelf.h"
#include "scene/state_file.h"

#include <stdint.h>

typedef enum OrderKind {
    ORDER_SETTINGS, /* both workers follow settings */
    ORDER_BEGIN,    /* both workers become what they were at the program's start with these settings, the handle at x,
                     * and drop what n steps and ticks they were asked for */
    ORDER_RESET_NETWORK,
    ORDER_RESET_PARTICLES,
    ORDER_CAPTURE, /* both workers fill their parts of `state` in */
    ORDER_RESUME,  /* both workers become what they were in `state`, and follow settings from there */
    ORDER_SIGMA,   /* the noise handle goes to x: a hand's wish, playing or not */
    ORDER_GRAB,
    ORDER_RELEASE,
    ORDER_TRAIN, /* n steps */
    ORDER_TICK,  /* n ticks */
    ORDER_SCRUB, /* the moment at place x, 0 .. 1, of the run so far */
    ORDER_STEP,  /* x steps of the particles, back for x < 0 */
    ORDER_ANNEAL,
    ORDER_DROP,   /* n particles about x, y, normal with standard deviation `spread` */
    ORDER_UNDROP, /* the last n of them go */
    ORDER_VIEW,   /* the stacks cover `seen` */
    ORDER_SHOW    /* the workers tell what they are at this very order */
} OrderKind;

typedef struct Order {
    OrderKind kind;
    uint64_t sequence; /* grows by one an order */
    bool more;         /* the next belongs to the same command: nothing comes between */
    uint64_t n;
    double x, y, spread;
    Rect seen;         /* data units */
    State *state;      /* held once for each worker, which lets go of it */
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
    OUTPUT_CODE,
    OUTPUT_HELP
} OutputKind;

typedef struct Output {
    OutputKind kind;
    const char *path;  /* "-" is standard output; "" lets the host choose */
    const char *input; /* OUTPUT_SCORE, OUTPUT_LIKELIHOOD; OUTPUT_HELP: the format */
    uint64_t n;        /* samples, grid, held-out points; 0: the default */
} Output;

typedef struct Errand Errand; /* scene/errand.h */
/* What a recorded run tells of its workers. */
typedef enum Passed { PASSED_STEPS, PASSED_TICKS, PASSED_WEIGHTS } Passed;

struct Command;

/* What a session is part of. */
typedef struct Host {
    void *context;
    void (*order)(void *context, const Order *order);
    bool (*output)(void *context, const Output *output, Error *e);
    void (*copy)(void *context, const char *text); /* to the clipboard; NULL without one */
    /* A word in a face, "" for the program's own, as cells. NULL where there are no fonts. */
    bool (*word)(void *context, const char *text, const char *face, Raster **out, Error *e);
    char *(*clipboard)(void *context); /* its text, which the caller frees; NULL without one, or where it has no text */
    /* Writes a state, complete or under way, in its own time, and says so then; takes over the caller's hold. "" lets
     * it choose a name. NULL: files are written at once. */
    void (*save)(void *context, State *state, StateFile what, const char *path);
    /* In a recorded run n steps or ticks passed here, or the simulation adopted the learner's weights. NULL where that
     * makes no difference. */
    void (*pass)(void *context, Passed what, uint64_t n);
    /* Called after each command; NULL where nobody wants to know. */
    void (*ran)(void *context, const struct Command *c, bool ok);
    /* Called before a subject that orders name gives way to another: returns when they are carried out. NULL where they
     * may find it gone. */
    void (*carried_out)(void *context);
    bool composes;  /* makes subjects of the drawing in its own time, and hands them to session_drawn */
    bool live;      /* time passes by itself; else what is waited for is carried out at once, by orders */
    bool rehearses; /* nothing is carried out: settings and desk alone change, and nobody else hears of it */
    /* Runs errands in its own time, and hands them to session_deliver; NULL: they are run on the spot. */
    void (*errand)(void *context, Errand *x);
    Errand *(*await)(void *context); /* waits for the next of them; NULL when there is none */
} Host;

/* Steps that can be undone, of which the last UNDO_STATES may be states. */
enum { UNDO_STEPS = 128, UNDO_STATES = 16 };
typedef enum UndoKind {
    UNDO_STATE,
    UNDO_SETTINGS, /* a change of target whose state was overwritten: what was learned goes on */
    UNDO_PATH,
    UNDO_DROP,
    UNDO_FOLLOW,
    UNDO_TILE,   /* one that was removed */
    UNDO_DRAWING /* any number of steps of the desk one after the other, which keeps them */
} UndoKind;

typedef struct UndoList {
    struct UndoStep {
        UndoKind kind;
        const char *what;
        State *state;         /* UNDO_STATE: the other side of this step; NULL where memory was short */
        Settings settings;    /* and what it looks like */
        bool retargets;       /* UNDO_STATE: settings alone bring back most of it */
        bool whole;           /* UNDO_STATE: all settings are of that side, not only those of network and particles */
        bool joined;          /* came with the step before, and goes with it */
        uint64_t count, done; /* UNDO_DRAWING: steps of the desk, and those not undone */
        Order drop;           /* UNDO_DROP, UNDO_FOLLOW */
        char tile[TILE_NAME]; /* UNDO_TILE */
    } step[UNDO_STEPS + 1];   /* the last one takes what is not recorded */
    uint64_t from, top, end;  /* steps [from, top) can be undone, [top, end) redone */
} UndoList;

/* What was asked for by hand. */
typedef struct SessionPath {
    uint64_t id; /* no other has ever had it */
    size_t target;
    PathAsk ask;
} SessionPath;

/* As many as undo can take away, and those that are shown then. */
enum { PATHS_KEPT = UNDO_STEPS + PATHS_MAX };

typedef struct SessionPaths {
    SessionPath path[PATHS_KEPT]; /* number i in place i % PATHS_KEPT; those that undo took away stand behind */
    uint64_t from, top;           /* numbers [from, top) are there, the newest PATHS_MAX of them shown */
} SessionPaths;

/* A step that is looked at. */
typedef struct StepChoice {
    uint64_t path; /* its id */
    size_t way;    /* of the path: samplers one after the other, in each the seeds */
    size_t step;   /* 1 is the first; past the last is the last; 0: none is */
} StepChoice;

typedef struct Session {
    const Catalogue *catalogue;
    Settings settings;
    Settings sent;            /* the workers' */
    Subject *subject, *truth; /* of the settings: what is studied, and what exact means */
    Host host;
    uint64_t sequence; /* of the last order */
    bool quit;
    bool replays;  /* a recording: what trains and ticks is told by itself */
    bool forgives; /* the next command was refused when it was recorded, and may be again */
    UndoList undo;
    SessionPaths paths;
    uint64_t path_ids;      /* so far */
    uint64_t paths_version; /* grows with every change of them */
    StepChoice apart;
    Lecture lecture;
    bool unrecorded; /* what is done now is no step that can be undone: a lesson does it */
    Desk desk;
    uint64_t drawing_steps; /* of the desk, that are in the list of what can be undone */
    uint64_t drawing_seen;  /* its version after the last edit */
    uint64_t drawing_tried; /* its version of which a subject was last made, or failed */
    Recent recent;          /* files, as they were opened and saved */
    char restorable[4096];  /* what was saved before the program ended as it should not have; "" for nothing */
    Shelf shelf;
    uint64_t errands, called_off; /* so far; up to this number nobody wants what they read */
    uint64_t reads, newest_read;  /* those that read: how many are under way, the last one's number */
    Loaded reading;               /* what the last of those reads */
    char notice[256]; /* what the last command has to say to a person: "Undone: reset of the network"; "" for nothing */
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

/* A setting as a hand changes it: what it replaces can be undone. */
void session_put(Session *s, SettingId id, double value);

/* After every edit at the desk: it can be undone, and the drawing is what is studied. */
void session_drew(Session *s);
/* What was drawn becomes what settings name, unless the host sees to that in its own time. False with one line when it
 * can't: what was studied stays. */
bool session_settle(Session *s, Error *e);
/* Takes over a subject of the desk's drawing: from now on settings name it, unless they name a newer one. */
void session_drawn(Session *s, Subject *drawn);

/* All settings but the person's become these, and the drawing another; takes both over, also when it fails. drawn is
 * the subject of that drawing, NULL where the one at hand stays. What was learned goes on, as far as it can; all of it
 * is one thing to undo. False with one line when memory is short. */
bool session_restore(Session *s, const Settings *settings, Drawing *drawing, Subject *drawn, const char *what,
                     Error *e);

/* A drawing of an earlier start, which it takes over, also when it fails: it is there, but neither studied nor a step
 * that can be undone. */
bool session_bring(Session *s, Drawing *drawing, Error *e);

/* Remembers what is, so that `what` can be undone. Called before the change. */
void session_remember(Session *s, const char *what);
/* Everything as it is now: the caller holds it, and reads it when state_complete says so. NULL when memory is short. */
State *session_capture(Session *s);
/* Everything becomes what it was in a state, complete or under way, but for what belongs to a person: theme, scale,
 * panels. `what`, a constant, can be undone. False with one line when memory is short: nothing changed. */
bool session_resume(Session *s, State *state, const char *what, Error *e);
/* Saves, or has it saved. "" is a name of the program's choice. */
bool session_save(Session *s, StateFile what, const char *path, Error *e);
/* Opens the bytes of a saved state, which can be undone. */
bool session_open(Session *s, const char *path, const unsigned char *bytes, size_t size, Error *e);
/* The network takes the weights of a trained one, by its name, or of a file; which can be undone. */
bool session_learned(Session *s, const char *name, Error *e);

/* Drops particles; undone like the rest. */
void session_drop(Session *s, double x, double y, uint64_t n, double spread);
/* One more path of the target that is set; undone like the rest. Where there are PATHS_MAX the oldest gives way, until
 * undo makes room for it. */
void session_add_path(Session *s, const PathAsk *ask);
/* A tile of the shelf goes; undone like the rest. False with one line: it stays. */
bool session_remove_tile(Session *s, const char *name, Error *e);
/* Drops a particle and adds the path that begins there: one thing to undo. x, y: as they are for the particle. */
void session_follow(Session *s, double x, double y, const PathAsk *ask);
void session_clear_paths(Session *s);
/* Those that are shown of the target that is set, oldest first; how many. They stay until the next command. */
size_t session_paths(const Session *s, const SessionPath *shown[PATHS_MAX]);
/* The one of them of which a step is looked at; NULL for none. */
const SessionPath *session_apart(const Session *s);
/* Nothing can be undone any more, nor done again. */
void session_forget_steps(Session *s);
bool session_undo(Session *s, Error *e);
bool session_redo(Session *s, Error *e);

#endif
