#include "app/draped.h"

#include <math.h>
#include <string.h>

static const double tilting_s = 0.6, elevation_deg = 35;

static bool lines_like(Lines *l, size_t points, size_t lines)
{
    return lines_init(l, points, lines);
}

bool draped_init(Draped *d)
{
    *d = (Draped){.view = {.elevation_deg = elevation_deg}};
    bool hill = hill_init(&d->hill, DENSITY_GRID, FIELD_GRID), sight = hill_sight_init(&d->sight);
    bool lines = lines_like(&d->contour_lines, CONTOURS_POINTS_MAX, CONTOURS_LINES_MAX) &&
                 lines_like(&d->stream_lines, STREAMLINES_POINTS_MAX, STREAMLINES_LINES_MAX) &&
                 lines_like(&d->path_lines, PATHS_POINTS_MAX, PATHS_LINES_MAX);
    return hill && sight && lines && simframe_init(&d->frame) && simframe_init(&d->over) && data_points_init(&d->data);
}

void draped_free(Draped *d)
{
    hill_free(&d->hill);
    hill_sight_free(&d->sight);
    lines_free(&d->contour_lines);
    lines_free(&d->stream_lines);
    lines_free(&d->path_lines);
    simframe_free(&d->frame);
    simframe_free(&d->over);
    data_points_free(&d->data);
    memset(d, 0, sizeof *d);
}

bool draped_ease(Draped *d, const Settings *s, double elapsed_s)
{
    double goal = settings_on(s, SET_HILL), step = elapsed_s / tilting_s;
    bool cut = elapsed_s == 0 || settings_on(s, SET_STILL);
    d->view.tilt = cut ? goal : fmin(fmax(goal, d->view.tilt - step), d->view.tilt + step);
    return d->view.tilt != goal;
}

bool draped_shown(const Draped *d)
{
    return d->view.tilt > 0;
}

/* The layer goes sigma times the way from x to what it takes for x with unit noise. */
static void drape_data(Draped *d, const DataPoints *from, double sigma)
{
    float s = (float)sigma, *noised = d->data.noised;
    d->data.count = from->count;
    for (size_t i = 0; i < 2 * from->count; i++)
        noised[i] = from->x[i] + s * (from->noised[i] - from->x[i]);
    hill_drape(&d->sight, from->x, from->count, d->data.x);
    hill_drape(&d->sight, noised, from->count, noised);
    for (size_t i = 0; i < 2 * from->count; i++)
        noised[i] = d->data.x[i] + (noised[i] - d->data.x[i]) / s;
    d->data.version = d->builds;
}

static void drape_lines(Draped *d, const PlaneView *v)
{
    d->contours = *v->contours;
    d->streamlines = *v->streamlines;
    d->paths = *v->paths;
    d->contours.lines = d->contour_lines;
    d->streamlines.lines = d->stream_lines;
    d->paths.shown.lines = d->path_lines;
    hill_drape_lines(&d->sight, &v->contours->lines, &d->contours.lines);
    hill_drape_pixels(&d->sight, &v->streamlines->lines, &d->streamlines.lines);
    hill_drape_lines(&d->sight, &v->paths->shown.lines, &d->paths.shown.lines);
    d->contours.builds = d->streamlines.builds = d->paths.builds = d->builds;
}

const HillSight *draped_raise(Draped *d, const Stack *stack, const Settings *s, const Camera *camera, double std)
{
    HillHeight height = (HillHeight)settings_index(s, SET_HILL_HEIGHT);
    hill_build(&d->hill, stack, (HillRecipe){height, s->value[SET_SIGMA], std});
    d->view.azimuth_deg = s->value[SET_AZIMUTH];
    d->stands = d->hill.grid > 0;
    if (d->stands)
        hill_look(&d->sight, &d->hill, d->view, camera);
    return d->stands ? &d->sight : NULL;
}

void draped_lower(Draped *d)
{
    d->stands = false;
}

void draped_put(Draped *d, PlaneView *v)
{
    /* Counted apart from what the flat plane uploads. */
    d->builds = (d->builds + 1) | (1ull << 63);
    drape_lines(d, v);
    drape_data(d, v->data, v->sigma);
    hill_drape_frame(&d->sight, v->frame, v->between, &d->frame);
    hill_drape_arrows(&d->sight, v->arrows);
    v->hill = &d->sight;
    v->contours = &d->contours;
    v->streamlines = &d->streamlines;
    v->paths = &d->paths;
    v->data = &d->data;
    v->frame = &d->frame;
    if (v->over)
        hill_drape_frame(&d->sight, v->over, v->over_between, &d->over);
    v->over = v->over ? &d->over : NULL;
}

bool draped_pick(const Draped *d, const Camera *camera, const double pixel[2], double data[2])
{
    double place[2];
    camera_to_data(camera, pixel, place);
    return hill_pick(&d->sight, place, data);
}
