/* desk_tools.h - what a hand does to the drawing: paint, place Gaussians, stamp points.
 *
 * All add to the chosen part where a hand adds to it, else to the last of its kind, made where there is none. Places
 * and lengths are in the drawing's plane. False with one line, and nothing changed, where there is no room or memory.
 * How it is done is in the group "drawing" of the settings.
 */
#ifndef SCENE_DESK_TOOLS_H
#define SCENE_DESK_TOOLS_H

#include "scene/desk.h"
#include "scene/settings.h"

/* The brush of these settings, in the drawing's plane: what a cursor shows. */
Brush desk_brush(const Settings *s);

/* A stroke of the pen: of the spray where that is the tool, of the eraser, else of the brush. */
bool desk_stroke_begin(Desk *d, const Settings *s, const double at[2], Error *e);
/* False when none is under way. */
bool desk_stroke_to(Desk *d, const Settings *s, const double to[2], Error *e);

bool desk_line(Desk *d, const Settings *s, const double from[2], const double to[2], Error *e);
bool desk_circle(Desk *d, const Settings *s, const double centre[2], double radius, Error *e);
bool desk_fill(Desk *d, const Settings *s, const double at[2], Error *e);
/* Empties the canvas that would be painted on. */
bool desk_wipe(Desk *d, Error *e);

bool desk_gaussian_add(Desk *d, const double at[2], double std, Error *e);
/* Takes hold of what is within a tolerance; false when nothing is. */
bool desk_gaussian_grab(Desk *d, const double at[2], double tolerance, Error *e);
/* Takes along what is held; false when nothing is. */
bool desk_gaussian_to(Desk *d, const double to[2], Error *e);
bool desk_gaussian_weigh(Desk *d, const double at[2], double tolerance, double factor, Error *e);
bool desk_gaussian_delete(Desk *d, const double at[2], double tolerance, Error *e);

/* As many points as are set, alone at the place or spread about it. */
bool desk_stamp(Desk *d, const Settings *s, const double at[2], Error *e);
/* Takes points of any shown part away. */
bool desk_unstamp(Desk *d, const double at[2], double radius, Error *e);

#endif
