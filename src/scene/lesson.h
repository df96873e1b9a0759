/* lesson.h - a lesson: a text file of commands in scenes, read once and tried out without anything being computed.
 *
 *     # Climbing a hill
 *     set target moons              what stands before the first scene holds for all of them
 *     scene "A hill" [keep]         begins with exactly the settings and the drawing that the lesson gave up to there;
 *     say "Follow the arrows."      with `keep` the network and the particles go on from the scene before
 *     wait 2s; set field exact
 *
 * The first line, where it is a comment, is the lesson's title. Commands that write files, end the program or step
 * through lessons belong to hands and are refused.
 *
 * Loading rehearses all commands one after the other in a session of its own: that tells the settings, the drawing and
 * the hidden controls with which every scene begins, and whether an `expect` is met. What is wrong is a line
 * "FILE:LINE:COLUMN: what, expected"; a lesson with such problems can still be given, command by command. Immutable
 * once it is loaded. The main thread's.
 */
#ifndef SCENE_LESSON_H
#define SCENE_LESSON_H

#include "scene/session.h"

enum { LESSON_BYTES_MAX = 1 << 20, LESSON_SCENES_MAX = 64, LESSON_COMMANDS_MAX = 4096, LESSON_PROBLEMS_MAX = 32 };

typedef struct LessonCommand {
    size_t at;           /* byte of the text at which it begins */
    size_t line, column; /* from 1, in letters */
} LessonCommand;

typedef struct LessonProblem {
    size_t line, column;
    char text[512]; /* "FILE:LINE:COLUMN: what, expected" */
} LessonProblem;

typedef struct LessonScene {
    char title[LECTURE_TEXT];
    bool keep;
    size_t from, to; /* commands [from, to), without the `scene` itself */
    Settings entry;
    Drawing drawing;
    uint64_t drawn; /* two scenes of one number begin with the same drawing; 0: with none */
    bool hidden[LECTURE_PLACES];
} LessonScene;

struct Lesson {
    char *name; /* as lesson_load got it */
    char *file; /* its path, or the name of a shipped one */
    bool shipped;
    char title[LECTURE_TEXT];
    char *text;
    LessonCommand *command; /* [commands]; the scenes' are behind those that hold for all */
    size_t commands;
    LessonScene *scene; /* [scenes], one at least */
    size_t scenes;
    LessonProblem *problem; /* [problems], in the order of the file */
    size_t problems;
};

/* A shipped lesson by its number ("3", "03"), its file's name or that without number and ending ("kicks"), or a file.
 * Words are set by the host's fonts, where it has some. NULL with one line when there is no such lesson, it is not a
 * text, or has no scene. */
Lesson *lesson_load(const char *name, const Catalogue *catalogue, const Host *host, Error *e);
/* The same from a text, [size] and a zero byte; file: what messages call it. */
Lesson *lesson_parse(const char *file, const char *text, size_t size, const Catalogue *catalogue, const Host *host,
                     Error *e);
void lesson_free(Lesson *l);

/* The file name of shipped lesson i, in order; NULL past the last. */
const char *lesson_shipped(size_t i);
/* And its title; false past the last. */
bool lesson_shipped_title(size_t i, char title[LECTURE_TEXT]);

/* Writes "FILE:LINE:COLUMN: why" and returns false. */
bool lesson_fault(const Lesson *l, size_t command, const Error *why, Error *e);

#endif
