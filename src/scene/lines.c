#include "scene/lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool lines_init(Lines *l, size_t points_max, size_t lines_max)
{
    *l = (Lines){.points_max = points_max, .lines_max = lines_max};
    l->point = malloc(points_max * 2 * sizeof *l->point);
    l->along = malloc(points_max * sizeof *l->along);
    l->end = malloc(lines_max * sizeof *l->end);
    l->value = malloc(lines_max * sizeof *l->value);
    return l->point && l->along && l->end && l->value;
}

void lines_free(Lines *l)
{
    free(l->point);
    free(l->along);
    free(l->end);
    free(l->value);
    *l = (Lines){0};
}

void lines_clear(Lines *l)
{
    l->points = l->lines = 0;
}

bool lines_add(Lines *l, const float *point, size_t n, float value)
{
    if (n < 2 || n > l->points_max - l->points || l->lines == l->lines_max)
        return false;
    float *to = l->point + 2 * l->points, *along = l->along + l->points;
    memcpy(to, point, n * 2 * sizeof *to);
    along[0] = 0;
    for (size_t i = 1; i < n; i++)
        along[i] = along[i - 1] + hypotf(to[2 * i] - to[2 * i - 2], to[2 * i + 1] - to[2 * i - 1]);
    l->points += n;
    l->end[l->lines] = (uint32_t)l->points;
    l->value[l->lines++] = value;
    return true;
}
