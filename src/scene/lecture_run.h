/* lecture_run.h - the player's own part of a lecture: where it stands in its scene, and what it puts back afterwards.
 */
#ifndef SCENE_LECTURE_RUN_H
#define SCENE_LECTURE_RUN_H

#include "scene/lesson.h"

#include <time.h>

enum { LECTURE_WAIT_MAX_S = 600 };

/* What was before the lesson. */
typedef struct LectureOutside {
    Settings settings;
    State *state; /* NULL: memory was short */
    Desk desk;
    uint64_t drawing_seen;
    UndoList undo;
    SessionPaths paths;
    StepChoice apart;
} LectureOutside;

typedef struct LectureRun {
    Lesson *lesson;
    LectureOutside *outside;
    State *entry[LESSON_SCENES_MAX]; /* of scenes that were begun: what they began with */
    State *resumed;                  /* with which this one begins again; NULL: as the lesson says. One of the above */
    size_t command;                  /* of the lesson: the next one */
    bool entering;                   /* the scene begins once its drawing is composed */
    double due_s;                    /* since when a drawing is awaited; NAN: none is */
    bool impatient;                  /* it was awaited for too long */
    bool keeps;                      /* it goes on with what the scene before left */
    bool hurries;                    /* Next was pressed: nothing is waited for */
    bool paused;                     /* something was waited for since the scene began */
    struct {
        LectureWait what;
        double amount;
        double from_s;  /* of the clock; NAN: it has not been looked at */
        uint64_t steps; /* at the start, or fewer where the network was reset since */
        double idle_s;  /* since when nothing came; NAN: it does */
        bool away;      /* the handle was seen before the end of its way */
    } wait;
    bool playing, training; /* before the question */
    uint64_t placed,
        placed_drawn;        /* version of the desk and 1, as the lesson left it; its number of the drawing there */
    struct timespec changed; /* the file, when it was read */
    double watched_s;        /* when it was looked at last */
    Error problem;           /* the first that was not told yet; "" for none */
} LectureRun;

/* Keeps what is, and empties desk, paths and what can be undone. NULL when memory is short. */
LectureOutside *lecture_step_in(Session *s);
/* Gives it back, to the workers too. The settings of the person stay. */
void lecture_step_out(Session *s, LectureOutside *outside);
void lecture_outside_free(LectureOutside *o);

/* The scene's commands up to the next question or wait, or to its end. */
void lecture_run_on(Session *s);
/* All that are left, without questions and waits. */
void lecture_hurry(Session *s);
/* What is studied is not yet the drawing on the desk, which another thread composes. */
bool lecture_awaits_drawing(const Session *s);
/* Ends the wait that is over. */
void lecture_follow_waits(Session *s, const LectureClock *now);
/* Play and training go on as before the question. */
void lecture_reveal(Session *s);
/* Captions, formulas, focus and question are a scene's own. */
void lecture_clear_texts(Lecture *l);
/* Keeps the first. */
void lecture_note(Session *s, const char *problem);

#endif
