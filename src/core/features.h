/* features.h - what a network sees of a place and a noise level.
 *
 *     place: c_in y, and a_k(sigma) sin and cos of f_k . c_in y for 15 fixed frequency vectors
 *     level: sin and cos of 8 frequencies times ln sigma
 *
 * Frequencies run from 1.5 to 6 radians per unit, directions by the golden angle. The amplitude
 * a_k = exp(-(|f_k| c_in sigma / 2)^2 / 2) damps what noise of this level would wash out anyway (speed.md). y and sigma
 * are in the frame's units. Pure functions: any thread.
 */
#ifndef CORE_FEATURES_H
#define CORE_FEATURES_H

#include <stddef.h>

enum { FEATURES_PAIRS = 15, FEATURES_PLACE = 2 + 2 * FEATURES_PAIRS, FEATURES_LEVEL = 16 };

/* out[i * stride] .. [FEATURES_PLACE - 1]: the place y [n][2] at levels sigma [n]. */
void features_place(const float *y, const float *sigma, size_t n, size_t stride, float *out);

/* out[i * stride] .. [FEATURES_LEVEL - 1] for levels sigma [n]. */
void features_level(const float *sigma, size_t n, size_t stride, float *out);

/* The place alone, c_in y, in out[i * stride] and the one after it. */
enum { FEATURES_PLAIN = 2 };
void features_plain(const float *y, const float *sigma, size_t n, size_t stride, float *out);

/* From what features_place made, [n] rows of a stride: the derivatives of each along its direction [n][2] in y. */
void features_place_tangent(const float *place, const float *sigma, const float *direction, size_t n, size_t stride,
                            float *tangent);
/* The same of features_plain. */
void features_plain_tangent(const float *sigma, const float *direction, size_t n, size_t stride, float *tangent);

#endif
