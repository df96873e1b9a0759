/* variation.h - how much a target has changed in the eyes of a network that goes on learning it.
 *
 * The total variation 1/2 integral |a - b| between two targets as a network sees them: each in its own frame, smoothed
 * by a twentieth of the frame's std. A stroke on a canvas, whose frame stays, is as much as it adds to the picture;
 * moving or scaling a target together with its frame is nothing. Pure: any thread.
 */
#ifndef CORE_VARIATION_H
#define CORE_VARIATION_H

#include "core/target.h"

/* In [0, 1], by 256 fixed points of each target: to 0.02, and 0 for equal ones. A few ms for any number of components.
 */
double variation_between(const Target *a, const Target *b);

#endif
