/* lecture.h - a lesson as it is being given: the scene one is in, what it says, what it dims and hides.
 *
 * Part of the session, and the main thread's. What the interface shows is here; commands move it on, and time does
 * (lecture_advance). A scene begins with exactly the settings and the drawing that the lesson gave up to there,
 * whatever hands changed before it; what belongs to the person (theme, scale, panels, full screen ...) stays. Without
 * `keep` the workers are what they were at the start of a program with these settings. What the lesson does is no step
 * that can be undone; leaving it gives back what was before: settings, drawing, paths, network, particles and what can
 * be undone.
 */
#ifndef SCENE_LECTURE_H
#define SCENE_LECTURE_H

#include "scene/desk.h"
#include "scene/settings.h"

enum { LECTURE_TEXT = 512, LECTURE_FORMULAS = 4 };

/* What a lesson can dim, hide and show: settings by their id, which are controls and layers, and behind them the parts
 * of the window. */
typedef enum LecturePart {
    PLACE_TOP = SETTING_COUNT,
    PLACE_PANEL,
    PLACE_NOISE,
    PLACE_STRIP,
    PLACE_TARGET,
    PLACE_NETWORK,
    PLACE_DYNAMICS,
    PLACE_FIELD,
    PLACE_LAYERS,
    LECTURE_PLACES
} LecturePart;
#define LECTURE_NOWHERE LECTURE_PLACES

typedef struct Lesson Lesson;

typedef struct Lecture {
    const Lesson *lesson;                                                   /* NULL: none is given */
    size_t scene;                                                           /* from 0 */
    char caption[LECTURE_TEXT], question[LECTURE_TEXT], note[LECTURE_TEXT]; /* "" for none */
    char formula[LECTURE_FORMULAS][LECTURE_TEXT];                           /* from the first; "" for none */
    size_t focus; /* a place; LECTURE_NOWHERE: nothing is dimmed */
    bool hidden[LECTURE_PLACES];
    bool asking;            /* the question stands, and everything rests until Next */
    bool spotlight;         /* the pointer is a spot of light */
    bool locked;            /* keys but those of a presenter's remote do nothing */
    uint64_t version;       /* grows with everything that the lesson does */
    uint64_t begun;         /* scenes so far */
    struct LectureRun *run; /* lecture.c's */
} Lecture;

typedef struct Session Session;
typedef struct State State;

/* What time brings, where it passes by itself. */
typedef struct LectureClock {
    double now_s;   /* from any zero, never back */
    uint64_t steps; /* of training, the newest known */
    bool learning;  /* more of them come: the network neither rests nor diverged, and there is something to learn */
} LectureClock;

/* Opens the lesson of that name (scene/lesson.h) and begins a scene of it, from 0; a lesson that is given gives way.
 * False with one line: there is no such lesson or scene, and nothing changed; or the first thing that is wrong with it,
 * and it is given nevertheless. */
bool lecture_open(Session *s, const char *name, size_t scene, Error *e);
/* Ends the lesson. False when memory was short for what was before. */
bool lecture_leave(Session *s, Error *e);
void lecture_free(Session *s);

/* What stands behind a question; else the next scene, whatever goes on in this one; at the last one the rest of it at
 * once. False with one line when no lesson is given, or for the first thing that went wrong: what comes after it is
 * done. The same for all that follow. */
bool lecture_next(Session *s, Error *e);
/* The scene before as it began then; the first one begins again. */
bool lecture_back(Session *s, Error *e);
/* Once a frame, where time passes by itself: goes on when what is waited for has come, and with another text when the
 * lesson's file changed. False also when there was nothing to wait for. */
bool lecture_advance(Session *s, const LectureClock *now, Error *e);
/* Commands of the scene wait for their time. */
bool lecture_waits(const Lecture *l);

/* The person's own, also while a lesson draws on another. */
const Desk *lecture_persons_desk(const Session *s);
/* What was before the lesson that is given; NULL without one, or when memory was short. */
State *lecture_outside_state(const Session *s);
/* The lesson that just began is left for this state, also where the workers had gone on from it by then. */
void lecture_put_outside(Session *s, State *state);

/* What commands of a lesson do (commands_lesson.c). */
typedef enum LectureWait { WAIT_NOTHING, WAIT_SECONDS, WAIT_STEPS, WAIT_END } LectureWait;
/* amount: seconds or steps; at most ten minutes either way. False with one line where there is nothing to wait for. */
bool lecture_wait(Session *s, LectureWait what, double amount, Error *e);
/* Everything rests until Next. */
void lecture_ask(Session *s, const char *question);
/* Neither had hands a chance to change anything since the scene began, nor was a wait passed over. */
bool lecture_untouched(const Lecture *l);

/* The name of a place, as lessons write it: "sigma", "show.arrows", "panel"; NULL past the last. */
const char *lecture_place_name(size_t place);
/* A part's name goes before a setting's, "setting:noise" is the setting. LECTURE_NOWHERE when there is none of this
 * name. */
size_t lecture_place_find(const char *name);

/* Of the lesson that is given; 0 and "" without one. */
size_t lecture_scenes(const Lecture *l);
const char *lecture_title(const Lecture *l);
const char *lecture_scene_title(const Lecture *l, size_t scene);

#endif
