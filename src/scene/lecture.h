/* lecture.h - a lesson as it is being given: the scene one is in, what it says, what it dims and hides.
 *
 * Part of the session. What interface and headless loop need to know is here; lecture.c moves it on.
 */
#ifndef SCENE_LECTURE_H
#define SCENE_LECTURE_H

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
    struct LectureRun *run; /* lecture.c's */
} Lecture;

/* The name of a place, as lessons write it: "sigma", "show.arrows", "panel"; NULL past the last. */
const char *lecture_place_name(size_t place);
/* LECTURE_NOWHERE when there is none of this name. */
size_t lecture_place_find(const char *name);

/* Of the lesson that is given; 0 and "" without one. */
size_t lecture_scenes(const Lecture *l);
const char *lecture_title(const Lecture *l);
const char *lecture_scene_title(const Lecture *l, size_t scene);
/* Of the shipped lesson i, in order; NULL past the last. */
const char *lesson_shipped_title(size_t i);

#endif
