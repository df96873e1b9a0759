/* readings.h - what stands over the plane to be read: warning signs, shares of the modes, marginals.
 *
 * Each takes its place from *plane and leaves there what is left, as the sections of the panel do, so that none lies on
 * another: marginals first, then modes, then signs, then whatever comes later. What has no room is not drawn.
 */
#ifndef UI_READINGS_H
#define UI_READINGS_H

#include "scene/readings.h"
#include "scene/signs.h"
#include "ui/widgets.h"

/* A badge for each sign that is raised, one below another from the upper right corner, the gravest first. Pointed at it
 * explains itself after a while, clicked or reached by Tab at once. */
void signs_draw(Ui *ui, Rect plane, const SignView *view);

/* A card at the lower right: a bar for each mode's share of the particles with its standard error, and an outline of
 * what it should be. Nothing for fewer than two modes. Heights are proportional to the shares, and their scale changes
 * only when a share leaves it. Returns where it lies; empty when there is none. */
Rect modes_draw(Ui *ui, Rect *plane, const ModeReading *r);

/* Histograms of both axes along the upper and the right edge, with what the exact density gives as an outline. seen:
 * what the whole plane shows, data units; the readings may be of another part of it. */
void marginals_draw(Ui *ui, Rect *plane, Rect seen, const MarginalReading r[2]);

#endif
