/* camera.h - which part of the plane is seen. Equal units on both axes, always. */
#ifndef SCENE_CAMERA_H
#define SCENE_CAMERA_H

#include "core/target.h"
#include "scene/settings.h"

typedef struct Rect {
    double x, y, w, h; /* pixels with y down, or data units with y up from the lower left corner */
} Rect;

typedef struct Camera {
    double x, y;  /* data units at the centre of the plane */
    double scale; /* pixels a data unit */
    Rect plane;   /* pixels */
} Camera;

/* Half the height that is seen at zoom 1, in standard deviations of the target. */
#define CAMERA_HALF_HEIGHT 2.9

/* From view.x, view.y (standard deviations from the target's mean) and view.zoom. plane: pixels of the window. */
Camera camera_of(const Settings *s, const Frame *frame, Rect plane);
void camera_to_pixel(const Camera *c, const double data[2], double pixel[2]);
void camera_to_data(const Camera *c, const double pixel[2], double data[2]);
/* What the plane shows, data units. */
Rect camera_extent(const Camera *c);

/* Ticks of an axis: the smallest of 1, 2, 5 times a power of ten that is at least `apart` data units; apart > 0. */
double axis_step(double apart);

#endif
