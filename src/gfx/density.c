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

bool density_init(Density *d, const char *shaders, Error *e)
{
    *d = (Density){0};
    d->program = program_create(shaders, "density", e);
    glGenTextures(1, &d->texture);
    glGenVertexArrays(1, &d->array);
    return d->program != 0;
}

void density_free(Density *d)
{
    glDeleteProgram(d->program);
    glDeleteTextures(1, &d->texture);
    glDeleteVertexArrays(1, &d->array);
    free(d->clamped);
    *d = (Density){0};
}

static bool resize(Density *d, int grid)
{
    float *clamped = realloc(d->clamped, (size_t)grid * (size_t)grid * sizeof *clamped);

    if (!clamped)
        return false;
    d->clamped = clamped;
    d->grid = grid;
    glTexImage3D(GL_TEXTURE_3D, 0, GL_R16F, grid, grid, STACK_LEVELS, 0, GL_RED, GL_FLOAT, NULL);
    glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_WRAP_R, GL_CLAMP_TO_EDGE);
    return true;
}

/* A stack that was placed anew counts its versions anew. */
static bool follow(Density *d, const Stack *s)
{
    bool moved = memcmp(&d->extent, &s->extent, sizeof d->extent) != 0 || d->sigma_min != s->sigma_min ||
                 d->sigma_max != s->sigma_max;

    if (moved || d->grid != s->grid)
        memset(d->held, 0, sizeof d->held);
    d->extent = s->extent;
    d->sigma_min = s->sigma_min;
    d->sigma_max = s->sigma_max;
    return d->grid == s->grid || resize(d, s->grid);
}

/* The nearest level that was ever filled, -1 when none was. */
static int nearest_filled(const Stack *s, int level)
{
    for (int away = 0; away < STACK_LEVELS; away++) {
        if (level - away >= 0 && s->version[level - away])
            return level - away;
        if (level + away < STACK_LEVELS && s->version[level + away])
            return level + away;
    }
    return -1;
}

static void upload(Density *d, const Stack *s, int level)
{
    int source = nearest_filled(s, level);
    size_t cells = (size_t)s->grid * (size_t)s->grid;

    if (source < 0 || (d->held[level].source == source && d->held[level].version == s->version[source]))
        return;
    const float *value = s->value + (size_t)source * cells;
    for (size_t i = 0; i < cells; i++)
        d->clamped[i] = value[i] > lowest_log_density ? fminf(value[i], 0.0f) : lowest_log_density;
    glTexSubImage3D(GL_TEXTURE_3D, 0, 0, 0, level, s->grid, s->grid, 1, GL_RED, GL_FLOAT, d->clamped);
    d->held[level] = (DensityLevel){source, s->version[source]};
}

/* From a pixel to the texture: the outermost samples stand on the extent's edges, half a texel inside. */
static void set_map(const Density *d, const Camera *camera)
{
    double cells = d->grid - 1, size = d->grid;
    double corner[2] = {d->extent.x, d->extent.y}, pixel[2];

    camera_to_pixel(camera, corner, pixel);
    double across = cells / (d->extent.w * camera->scale * size), up = -cells / (d->extent.h * camera->scale * size);
    program_set(d->program, "map", 4,
                (double[]){across, up, 0.5 / size - pixel[0] * across, 0.5 / size - pixel[1] * up});
}

void density_draw(Density *d, Canvas canvas, const Stack *s, const Camera *camera, double sigma, const Palette *palette)
{
    double towards;
    int level = stack_level(s, sigma, &towards);

    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_3D, d->texture);
    if (nearest_filled(s, level) < 0 || !follow(d, s))
        return;
    upload(d, s, level);
    if (level + 1 < STACK_LEVELS)
        upload(d, s, level + 1);
    program_use(d->program, canvas);
    set_map(d, camera);
    program_set(d->program, "plane", 4, (double[]){camera->plane.x, camera->plane.y, camera->plane.w, camera->plane.h});
    program_set_number(d->program, "level", (level + 0.5 + towards) / STACK_LEVELS);
    program_set_number(d->program, "gamma", gamma_of_glow);
    program_set_number(d->program, "strength", strength_of_glow);
    program_set_colour(d->program, "ground", palette->ground, 1.0);
    program_set_colour(d->program, "glow", palette->density, 1.0);
    program_set_integer(d->program, "levels", 0);
    glBindVertexArray(d->array);
    glDisable(GL_BLEND);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    glEnable(GL_BLEND);
}
