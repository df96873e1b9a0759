#include "gfx/marks.h"

#include <math.h>
#include <stddef.h>

enum {
    DATA_SHOWN = 20000,        /* more only fill the same places */
    PARTICLES_FULL_SIZE = 5000 /* beyond these, dots shrink */
};

static const double shaft_px = 1.6, head_px = 6.5, head_width_px = 5.4, hollow_px = 1.0;
static const double particle_px = 2.6, dropped_px = 3.8, ring_px = 7.0, data_px = 1.5, trail_px = 1.0;
static const double arrow_opacity = 0.85, particle_opacity = 0.92, data_opacity = 0.4, trail_opacity = 0.4;

bool marks_init(Marks *m, const char *shaders, Error *e)
{
    *m = (Marks){0};
    buffer_init(&m->arrow);
    buffer_init(&m->data);
    buffer_init(&m->trail);
    buffer_init(&m->particle);
    m->arrows = program_create(shaders, "arrows", e);
    m->points = m->arrows ? program_create(shaders, "points", e) : 0;
    m->trails = m->points ? program_create(shaders, "trails", e) : 0;
    return m->trails != 0;
}

void marks_free(Marks *m)
{
    glDeleteProgram(m->arrows);
    glDeleteProgram(m->points);
    glDeleteProgram(m->trails);
    buffer_free(&m->arrow);
    buffer_free(&m->data);
    buffer_free(&m->trail);
    buffer_free(&m->particle);
}

void marks_arrows(Marks *m, const MarkView *v, const Arrows *arrows, FieldKind kind)
{
    const Palette *p = v->palette;
    const Colour colour[FIELD_KIND_COUNT] = {p->learned, p->exact, p->warning};

    if (arrows->count == 0)
        return;
    program_use(m->arrows, v->canvas);
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

void marks_data(Marks *m, const MarkView *v, const float *data, size_t n)
{
    size_t shown = n < DATA_SHOWN ? n : DATA_SHOWN;

    if (shown == 0)
        return;
    program_use(m->points, v->canvas);
    set_camera(m->points, v->camera);
    program_set_colour(m->points, "tint", v->palette->learned, data_opacity);
    program_set_number(m->points, "between", 1.0);
    set_disc(m->points, data_px * v->scale, 0.0);
    buffer_fill(&m->data, 1, (const void *[]){data}, shown * 2 * sizeof *data);
    buffer_attribute(0, 2, 0, 0, 0);
    buffer_attribute(1, 2, 0, 0, 0);
    glDrawArrays(GL_POINTS, 0, (GLsizei)shown);
}

void marks_trails(Marks *m, const MarkView *v, const SimFrame *frame)
{
    const size_t column = (size_t)TRAIL_PARTICLES * 2 * sizeof(float);

    if (frame->trail_length < 2)
        return;
    program_use(m->trails, v->canvas);
    set_camera(m->trails, v->camera);
    program_set_colour(m->trails, "tint", v->palette->particle, trail_opacity);
    program_set_number(m->trails, "width", fmax(1.0, trail_px * v->scale));
    program_set_number(m->trails, "columns", (double)(TRAIL_LENGTH - 1));
    program_set_integer(m->trails, "particles", TRAIL_PARTICLES);
    buffer_fill(&m->trail, 1, (const void *[]){frame->trail}, frame->trail_length * column);
    buffer_attribute(0, 2, 0, 0, 1);
    buffer_attribute(1, 2, 0, column, 1);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, (GLsizei)((frame->trail_length - 1) * TRAIL_PARTICLES));
}

void marks_particles(Marks *m, const MarkView *v, const SimFrame *frame, double between)
{
    const size_t half = frame->count * 2 * sizeof(float);
    size_t free_ones = frame->count - frame->dropped;
    double crowd = fmax(1.0, (double)free_ones / PARTICLES_FULL_SIZE);

    if (frame->count == 0)
        return;
    program_use(m->points, v->canvas);
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
