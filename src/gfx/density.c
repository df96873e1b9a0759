#include "gfx/density.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* p^0.55: bright enough where the density is thin, while ridges stay apart. */
static const double gamma_of_glow = 0.55;
/* Even the brightest ridge leaves arrows and particles their contrast. */
static const double strength_of_glow = 0.45;
/* Far below what 8 bits show, and finite in 16: interpolation meets no infinities. */
static const float lowest_log_density = -60.0f;

static void texture_init(DensityTexture *t)
{
    glGenTextures(1, &t->name);
}

static void texture_free(DensityTexture *t)
{
    glDeleteTextures(1, &t->name);
    free(t->mixed);
}

bool density_init(Density *d, const char *shaders, Error *e)
{
    *d = (Density){0};
    d->program = program_create(shaders, "density", e);
    texture_init(&d->stack);
    texture_init(&d->map);
    glGenVertexArrays(1, &d->array);
    return d->program != 0;
}

void density_free(Density *d)
{
    glDeleteProgram(d->program);
    texture_free(&d->stack);
    texture_free(&d->map);
    glDeleteVertexArrays(1, &d->array);
    *d = (Density){0};
}

/* For the bound texture. */
static bool resize(DensityTexture *t, int grid)
{
    float *mixed = t->grid == grid ? t->mixed : realloc(t->mixed, (size_t)grid * (size_t)grid * sizeof *mixed);
    if (!mixed || t->grid == grid)
        return mixed != NULL;
    t->mixed = mixed;
    t->grid = grid;
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R16F, grid, grid, 0, GL_RED, GL_FLOAT, NULL);
    texture_sampling(GL_LINEAR);
    return true;
}

static void mix_levels(float *mixed, const Stack *s, const DensityMix *mix)
{
    size_t cells = (size_t)s->grid * (size_t)s->grid;
    const float *lower = s->value + (size_t)mix->level[0] * cells, *upper = s->value + (size_t)mix->level[1] * cells;
    for (size_t i = 0; i < cells; i++) {
        float a = fmaxf(lower[i], lowest_log_density), b = fmaxf(upper[i], lowest_log_density);
        mixed[i] = fminf(a + mix->towards * (b - a), 0.0f);
    }
}

/* Where a flow has lost itself there is nothing to see: fmaxf leaves out a NAN. */
static void level_map(float *mixed, const MapView *v)
{
    size_t cells = (size_t)v->grid * (size_t)v->grid;
    float top = -INFINITY;
    for (size_t i = 0; i < cells; i++)
        top = fmaxf(top, v->value[i]);
    for (size_t i = 0; i < cells; i++)
        mixed[i] = fmaxf(v->value[i] - top, lowest_log_density);
}

/* Makes room in the bound texture for what is wanted. False when it is there, or there is no memory for it. */
static bool make_way(DensityTexture *t, const DensityMix *want)
{
    return memcmp(want, &t->held, sizeof *want) != 0 && resize(t, want->grid);
}

static void upload(DensityTexture *t, const DensityMix *made)
{
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, t->grid, t->grid, GL_RED, GL_FLOAT, t->mixed);
    memcpy(&t->held, made, sizeof *made);
}

/* Brings the bound texture up to date. False when there is nothing to show. */
static bool follow_stack(DensityTexture *t, const Stack *s, double sigma)
{
    DensityMix want;
    float weight[2];
    memset(&want, 0, sizeof want); /* padding too: it is compared whole */
    if (stack_blend(s, sigma, want.level, weight) == 0)
        return false;
    for (int i = 0; i < 2; i++)
        want.version[i] = s->version[want.level[i]];
    want.grid = s->grid;
    want.towards = weight[1];
    if (make_way(t, &want)) {
        mix_levels(t->mixed, s, &want);
        upload(t, &want);
    }
    return t->grid == s->grid;
}

static bool follow_map(DensityTexture *t, const MapView *v)
{
    DensityMix want;
    memset(&want, 0, sizeof want);
    want.version[0] = v->version;
    want.grid = v->grid;
    if (v->grid == 0)
        return false;
    if (make_way(t, &want)) {
        level_map(t->mixed, v);
        upload(t, &want);
    }
    return t->grid == v->grid;
}

/* From a pixel to the texture, whose outermost texels have their middles at the edges of a rectangle. */
static void set_map(GLuint program, const Rect *middles, int grid, const Camera *camera)
{
    double cells = grid - 1, size = grid;
    double corner[2] = {middles->x, middles->y}, pixel[2];
    camera_to_pixel(camera, corner, pixel);
    double across = cells / (middles->w * camera->scale * size), up = -cells / (middles->h * camera->scale * size);
    program_set(program, "map", 4, (double[]){across, up, 0.5 / size - pixel[0] * across, 0.5 / size - pixel[1] * up});
}

/* The wider the noise spreads the data, the lower the density's peak: a plane that is likely everywhere is not a ridge.
 */
static double strength_at(double sigma, double std)
{
    return strength_of_glow / hypot(1.0, sigma / std);
}

void density_set_glow(GLuint program, double sigma, double std, const Palette *palette)
{
    program_set_number(program, "gamma", gamma_of_glow);
    program_set_number(program, "strength", strength_at(sigma, std));
    program_set_colour(program, "ground", palette->ground, 1.0);
    program_set_colour(program, "glow", palette->density, 1.0);
}

/* The bound texture, over the part of the plane that is given in pixels. */
static void draw(const Density *d, const Rect *part, double sigma, double std, const Palette *palette)
{
    program_set(d->program, "plane", 4, (double[]){part->x, part->y, part->w, part->h});
    density_set_glow(d->program, sigma, std, palette);
    program_set_integer(d->program, "log_density", 0);
    glBindVertexArray(d->array);
    glDisable(GL_BLEND);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    glEnable(GL_BLEND);
}

void density_draw(Density *d, Viewport viewport, const Stack *s, const Camera *camera, double sigma, double std,
                  const Palette *palette)
{
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, d->stack.name);
    if (!follow_stack(&d->stack, s, sigma))
        return;
    program_use(d->program, viewport);
    set_map(d->program, &s->extent, s->grid, camera);
    draw(d, &camera->plane, sigma, std, palette);
}

void density_draw_map(Density *d, Viewport viewport, const MapView *v, const Camera *camera, double sigma, double std,
                      const Palette *palette)
{
    const Rect *all = &v->extent;
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, d->map.name);
    if (!follow_map(&d->map, v))
        return;
    double cell[2] = {all->w / v->grid, all->h / v->grid};
    Rect middles = {all->x + cell[0] / 2, all->y + cell[1] / 2, all->w - cell[0], all->h - cell[1]};
    program_use(d->program, viewport);
    set_map(d->program, &middles, v->grid, camera);
    draw(d, &camera->plane, sigma, std, palette);
}
