/* target_potentials.h - the potentials U1 to U4 of Rezende and Mohamed (2015) as Gaussians, p = exp(-U) / Z (maths.md
 * section 7).
 *
 * U2 to U4 are waves that never end, which no density can be. They are taken where |x| < 4 and those ends are softened:
 * x is uniform on [-4, 4] under noise of std 0.25, so that Z stays what it is between hard ends.
 * Each fills `out` from its start and returns how many components it made, at most 1089. Any thread.
 */
#ifndef CORE_TARGET_POTENTIALS_H
#define CORE_TARGET_POTENTIALS_H

#include "core/mixture.h"

size_t potential_u1(Component *out);
size_t potential_u2(Component *out);
size_t potential_u3(Component *out);
size_t potential_u4(Component *out);

#endif
