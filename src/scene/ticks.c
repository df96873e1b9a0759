#include "scene/ticks.h"

#include <math.h>

Ticks ticks_along(const Camera *c, const Units *units, int axis, double apart)
{
    Rect seen = camera_extent(c);
    double from = axis ? seen.y : seen.x, to = from + (axis ? seen.h : seen.w);
    double scale = units ? units->scale : 1, origin = units ? units->origin[axis] : 0;
    double step = axis_step(apart * scale / c->scale);
    return (Ticks){ceil((origin + scale * from) / step), floor((origin + scale * to) / step), step};
}

double tick_in_plane(const Units *units, int axis, double told)
{
    return units ? (told - units->origin[axis]) / units->scale : told;
}
