/* lesson_parts.h - what the reading of a lesson and its rehearsal share. */
#ifndef SCENE_LESSON_PARTS_H
#define SCENE_LESSON_PARTS_H

#include "scene/lesson.h"

/* Adds a problem at a place of the text. */
void lesson_complain(Lesson *l, size_t line, size_t column, const char *why);

/* Runs all commands in turn, and fills in with what every scene begins. Those that fail are problems. False with one
 * line when memory is short. */
bool lesson_rehearse(Lesson *l, const Catalogue *catalogue, const Host *host, Error *e);

#endif
