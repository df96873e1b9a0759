/* drawing_subject.h - a drawing as something to study. Pure function of a drawing: any thread on its own copy. */
#ifndef SCENE_DRAWING_SUBJECT_H
#define SCENE_DRAWING_SUBJECT_H

#include "scene/drawing.h"
#include "scene/subject.h"

/* The target of a drawing, or an empty canvas where nothing is drawn (core/target.h). The caller holds what it gets:
 * NULL, with one line, when it has too many components or memory is short. */
Subject *drawing_subject(const Drawing *d, uint64_t revision, Error *e);

#endif
