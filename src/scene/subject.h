/* subject.h - what is studied: a target and a few of its samples, immutable and shared by all threads.
 *
 * The last that lets go of a subject frees it. Who holds one may use everything in it; nobody changes anything.
 */
#ifndef SCENE_SUBJECT_H
#define SCENE_SUBJECT_H

#include "core/target.h"

#include <stdatomic.h>

enum { SUBJECT_SAMPLES = 2000 };

typedef struct Subject {
    Target target;
    float *samples;    /* [SUBJECT_SAMPLES][2], fixed draws of STREAM_PICTURE: data layer and thumbnails */
    size_t row;        /* of the table of targets; target_count() for one that was drawn */
    uint64_t revision; /* of the drawing; 0 for a row of the table */
    bool blank;        /* an empty canvas: its normal only stands in for a target, and nothing is learned or measured */
    _Atomic size_t holders;
} Subject;

/* Takes the target over, also where it fails: NULL when memory is short. The caller holds what it gets, and may say
 * that it is blank before anybody else has it. */
Subject *subject_create(Target target, size_t row, uint64_t revision);
/* Returns s, which may be NULL. */
Subject *subject_hold(Subject *s);
void subject_release(Subject *s);
/* A place that holds a subject takes over another that its caller holds, or NULL, and lets go of the one before. */
void subject_put(Subject **place, Subject *held);

#endif
