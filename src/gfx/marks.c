#include "gfx/marks.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum { PARTICLES_FULL_SIZE = 5000 /* beyond these, dots shrink */ };

static const double shaft_px = 1.6, head_px = 6.5, head_width_px = 5.4, hollow_px = 1.0;
static const double particle_px = 2.6, dropped_px = 3.8, ring_px = 7.0;
static const double trail_px = 1.0, trail_step_px = 4.0, trail_leap_px = 24.0;
static const double arrow_opacity = 0.85, particle_opacity = 0.92;
static const double trail_opacity = 0.45, trail_least = 0.02;

bool marks_init(Marks *m, const char *shaders, Error *e)
{
    *m = (Marks){0};
    buffer_init(&m->arrow);
    buffer_init(&m->data);
    buffer_init(&m->particle);
    m->arrows = program_create(shaders, "arrows", e);
    m->points = m->arrows ? program_create(shaders, "points", e) : 0;
    return m->points != 0;
}

void marks_free(Marks *m)
{
    glDeleteProgram(m->arrows);
    glDeleteProgram(m->points);
    buffer_free(&m->arrow);
    buffer_free(&m->data);
    buffer_free(&m->particle);
}

void marks_arrows(Marks *m, const MarkView *v, const Arrows *arrows, FieldKind kind)
{
    const Palette *p = v->palette;
    const Colour colour[FIELD_KIND_COUNT] = {p->learned, p->exact, p->warning};
    if (arrows->count == 0)
        return;
    program_use(m->arrows, v->viewport);
    program_set_colour(m->arrows, "tint", colour[kind], arrow_opacity);
    program_set(m->arrows, "head", 2, (double[]){head_px * v->scale, 0.5 * head_width_px * v->scale});
    program_set_number(m->arrows, "shaft", 0.5 * shaft_px * v->scale);
    program_set_number(m->arrows, "stroke", kind == FIELD_EXACT ? 0.5 * hollow_px * v->scale : 0.0);
    buffer_fill(&m->arrow, 1, (const void *[]){arrows->arrow}, arrows->count * sizeof(Arrow));
    buffer_attribute(0, 2, sizeof(Arrow), offsetof(Arrow, x), 1);
    buffer_attribute(1, 2, sizeof(Arrow), offsetof(Arrow, dx), 1);
    buffer_attribute(2, 1, sizeof(Arrow), offsetof(Arrow, weight), 1);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, (GLsizei)arrows->count);
}

static void set_camera(GLuint program, const Camera *c)
{
    double origin[2] = {0.0, 0.0}, pixel[2];
    camera_to_pixel(c, origin, pixel);
    program_set(program, "camera", 3, (double[]){c->scale, pixel[0], pixel[1]});
}

/* Discs of a radius, with a ring when it isn't 0; pixels. */
static void set_disc(GLuint program, double radius, double ring)
{
    program_set_number(program, "radius", radius);
    program_set_number(program, "ring", ring);
    program_set_number(program, "extent", ceil(2.0 * fmax(radius + 1.0, ring > 0.0 ? ring + 1.5 : 0.0)));
}

/* Both halves are uploaded once: the shader goes sigma times the way from a point to the point with unit noise. */
void marks_data(Marks *m, const MarkView *v, const DataPoints *data, double sigma)
{
    const size_t half = data->count * 2 * sizeof(float);
    if (data->count == 0)
        return;
    program_use(m->points, v->viewport);
    set_camera(m->points, v->camera);
    program_set_colour(m->points, "tint", v->palette->learned, v->palette->data);
    program_set_number(m->points, "between", sigma);
    set_disc(m->points, v->palette->data_units * v->scale, 0.0);
    glBindVertexArray(m->data.array);
    if (m->data_version != data->version) {
        buffer_fill(&m->data, 2, (const void *[]){data->noised, data->x}, half);
        buffer_attribute(0, 2, 0, 0, 0);
        buffer_attribute(1, 2, 0, half, 0);
    }
    m->data_version = data->version;
    glDrawArrays(GL_POINTS, 0, (GLsizei)data->count);
}

/* The pixel of a column's point of one trail; the newest moves with its particle between the ticks. */
static void trail_point(const MarkView *v, const SimFrame *f, size_t trail, size_t age, double between, float pixel[2])
{
    const float *point = f->trail + (age * TRAIL_PARTICLES + trail) * 2;
    const float *before = f->previous + 2 * (size_t)f->trail_of[trail];
    double back = age == 0 ? 1.0 - between : 0.0, data[2], at[2];
    for (int c = 0; c < 2; c++)
        data[c] = (double)point[c] + back * (double)(before[c] - point[c]);
    camera_to_pixel(v->camera, data, at);
    pixel[0] = (float)at[0];
    pixel[1] = (float)at[1];
}

/* Old segments fade, and so do long ones: where the noise throws particles about, a trail tells nothing but hides the
 * rest. */
static double segment_opacity(const MarkView *v, size_t age, double length_px)
{
    double leap = length_px / (trail_leap_px * v->scale);
    return trail_opacity * (1.0 - (double)age / TRAIL_LENGTH) / (1.0 + leap * leap * leap);
}

/* Points nearer than that to the last one drawn are passed over: they cost as much as others and show nothing. */
static void draw_trail(Shapes *shapes, const MarkView *v, const SimFrame *f, size_t trail, double between)
{
    float last[2] = {NAN, NAN}, least = (float)(trail_step_px * v->scale);
    double width = fmax(1.0, trail_px * v->scale);
    for (size_t age = 0; age < f->trail_length; age++) {
        float point[2];
        trail_point(v, f, trail, age, between, point);
        float away = hypotf(point[0] - last[0], point[1] - last[1]);
        if (away < least)
            continue;
        double opacity = isfinite(away) ? segment_opacity(v, age, (double)away) : 0.0;
        Colour colour = colour_thinned(v->palette->particle, opacity);
        if (opacity > trail_least)
            shapes_segment(shapes, last, point, width, colour, colour);
        memcpy(last, point, sizeof last);
    }
}

void marks_trails(Shapes *shapes, const MarkView *v, const SimFrame *frame, double between)
{
    shapes_begin(shapes, v->viewport);
    for (size_t trail = 0; trail < frame->trails; trail++)
        draw_trail(shapes, v, frame, trail, between);
    shapes_flush(shapes);
}

void marks_particles(Marks *m, const MarkView *v, const SimFrame *frame, double between)
{
    const size_t half = frame->count * 2 * sizeof(float);
    size_t free_ones = frame->count - frame->dropped;
    double crowd = fmax(1.0, (double)free_ones / PARTICLES_FULL_SIZE);
    if (frame->count == 0)
        return;
    program_use(m->points, v->viewport);
    set_camera(m->points, v->camera);
    program_set_colour(m->points, "tint", v->palette->particle, particle_opacity);
    program_set_number(m->points, "between", between);
    buffer_fill(&m->particle, 2, (const void *[]){frame->x, frame->previous}, half);
    buffer_attribute(0, 2, 0, 0, 0);
    buffer_attribute(1, 2, 0, half, 0);
    set_disc(m->points, particle_px * v->scale * pow(crowd, -0.2), 0.0);
    glDrawArrays(GL_POINTS, 0, (GLsizei)free_ones);
    set_disc(m->points, dropped_px * v->scale, ring_px * v->scale);
    glDrawArrays(GL_POINTS, (GLint)free_ones, (GLsizei)frame->dropped);
}
