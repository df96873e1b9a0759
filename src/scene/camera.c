#include "scene/camera.h"

#include <math.h>

Camera camera_of(const Settings *s, const Frame *frame, Rect plane)
{
    return (Camera){
        .x = frame->mean[0] + s->value[SET_VIEW_X] * frame->std,
        .y = frame->mean[1] + s->value[SET_VIEW_Y] * frame->std,
        .scale = s->value[SET_VIEW_ZOOM] * plane.h / (2 * CAMERA_HALF_HEIGHT * frame->std),
        .plane = plane,
    };
}

void camera_to_pixel(const Camera *c, const double data[2], double pixel[2])
{
    pixel[0] = c->plane.x + c->plane.w / 2 + (data[0] - c->x) * c->scale;
    pixel[1] = c->plane.y + c->plane.h / 2 - (data[1] - c->y) * c->scale;
}

void camera_to_data(const Camera *c, const double pixel[2], double data[2])
{
    data[0] = c->x + (pixel[0] - c->plane.x - c->plane.w / 2) / c->scale;
    data[1] = c->y - (pixel[1] - c->plane.y - c->plane.h / 2) / c->scale;
}

Rect camera_extent(const Camera *c)
{
    double w = c->plane.w / c->scale, h = c->plane.h / c->scale;
    return (Rect){c->x - w / 2, c->y - h / 2, w, h};
}

double axis_step(double apart)
{
    static const double mantissa[] = {1, 2, 5};
    double power = pow(10, floor(log10(apart)));
    /* A millionth of slack: a width that is a step already must not jump to the next one by rounding. */
    for (size_t i = 0; i < sizeof mantissa / sizeof *mantissa; i++)
        if (mantissa[i] * power >= apart * (1 - 1e-6))
            return mantissa[i] * power;
    return 10 * power;
}
