/* stack.h - a function of (x, y, sigma) on a grid at many noise levels: why dragging sigma answers in the same frame.
 *
 * Levels are log-spaced over the target's range; values between them are trilinear in (x, y, ln sigma). For a field
 * they are sigma * score = (D - x)/sigma, which stays of order one at every level; for the density log p_sigma minus
 * its maximum over the level. A level is filled in pieces, beside what is shown, and replaced when it is whole: nobody
 * sees half a level.
 */
#ifndef SCENE_STACK_H
#define SCENE_STACK_H

#include "core/field.h"
#include "scene/camera.h"

enum { STACK_LEVELS = 32 };

typedef struct Stack {
    int grid, channels;
    Rect extent; /* data units; the outermost samples stand on its edges */
    double sigma_min, sigma_max;
    float *value;                   /* [STACK_LEVELS][grid][grid][channels]: level 0 is sigma_min, row 0 the lowest y */
    float *draft;                   /* [grid][grid][channels]: the level that is being filled */
    uint64_t version[STACK_LEVELS]; /* another number after each change of a level, never one it had; 0: not filled */
    uint64_t changes;               /* of any level so far */
} Stack;

/* False when memory is short; stack_free is legal either way. */
bool stack_init(Stack *s, int grid, int channels);
void stack_free(Stack *s);
/* A new place and range: every level is forgotten. */
void stack_place(Stack *s, Rect extent, double sigma_min, double sigma_max);
/* A new place for the same function: every level is resampled, so that there is something to show until it is refilled.
 */
void stack_move(Stack *s, Rect extent);
/* Same grid and channels; copies only levels whose versions differ. */
void stack_copy(Stack *to, const Stack *from);
double stack_sigma(const Stack *s, int level);
/* The lower of the two levels around sigma, and how far it lies towards the upper, 0 .. 1. */
int stack_level(const Stack *s, double sigma, double *towards);

/* Fills rows first .. first+rows-1 of a level, from row 0 up, one level after the other. scratch [rows*grid][6]. With
 * the last row the level is finished: it replaces the old one and its version changes. */
void stack_fill_field(Stack *s, int level, int first, int rows, const FieldSource *field, float *scratch);
void stack_fill_density(Stack *s, int level, int first, int rows, const Mixture *m, float *scratch);

/* The filled levels that make up the value at sigma and their weights, which sum to 1: the two around it, or the
 * nearest filled one when they are not both there. Returns how many, 0 when none was ever filled. */
int stack_blend(const Stack *s, double sigma, int level[2], float weight[2]);
/* One filled level at one point (clamped to the extent), bilinear; out [channels]. */
void stack_sample_level(const Stack *s, int level, double x, double y, float *out);
/* Interpolated at one point (clamped to the extent and the range); out [channels]. False when no level was ever filled.
 */
bool stack_sample(const Stack *s, double x, double y, double sigma, float *out);

#endif
