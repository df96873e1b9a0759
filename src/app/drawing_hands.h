/* drawing_hands.h - what the mouse and a few keys do on the plane while a target is drawn, as commands.
 *
 * The left button works the tool. Ctrl or Alt held turns brushes into the eraser and takes points and Gaussians away;
 * Ctrl and the wheel change the brush's size. Over a Gaussian the wheel is its weight, and Delete or the middle button
 * take it away. Shift keeps lines to steps of 45 degrees. Main thread.
 */
#ifndef APP_DRAWING_HANDS_H
#define APP_DRAWING_HANDS_H

#include "app/hands.h"

typedef struct DrawingHands {
    enum { DRAWS_NOTHING, DRAWS_STROKE, DRAWS_SPAN, DRAWS_GAUSSIAN, DRAWS_POINTS } draws;
    bool erases;           /* points are taken away */
    double from[2], to[2]; /* of what is spanned, in the plane */
    double at[2];          /* pixels: the last place that was told */
    bool lent;             /* the eraser, for as long as this stroke lasts */
    size_t tool;           /* that comes back then */
    bool drawing, hill;    /* were on in the last frame */
} DrawingHands;

/* Obeys what happened since the last frame; called in every one. True when something changed that the interface shows.
 */
bool drawing_hands_draw(DrawingHands *h, const HandsPlane *p);

/* True when the wheel meant something else than zooming, and was obeyed. */
bool drawing_hands_wheel(const HandsPlane *p);

/* What the hand is about to do: its part of what the interface shows. */
DrawingView drawing_hands_view(const DrawingHands *h, const Input *in);

#endif
