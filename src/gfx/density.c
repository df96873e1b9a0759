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
    free(d->mixed);
    *d = (Density){0};
}

/* For the bound texture. */
static bool resize(Density *d, int grid)
{
    float *mixed = d->grid == grid ? d->mixed : realloc(d->mixed, (size_t)grid * (size_t)grid * sizeof *mixed);
    if (!mixed || d->grid == grid)
        return mixed != NULL;
    d->mixed = mixed;
    d->grid = grid;
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R16F, grid, grid, 0, GL_RED, GL_FLOAT, NULL);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    return true;
}

static void mix_levels(Density *d, const Stack *s, const int level[2], float towards)
{
    size_t cells = (size_t)s->grid * (size_t)s->grid;
    const float *lower = s->value + (size_t)level[0] * cells, *upper = s->value + (size_t)level[1] * cells;
    for (size_t i = 0; i < cells; i++) {
        float a = fmaxf(lower[i], lowest_log_density), b = fmaxf(upper[i], lowest_log_density);
        d->mixed[i] = fminf(a + towards * (b - a), 0.0f);
    }
}

/* Brings the bound texture up to date. False when there is nothing to show. */
static bool follow(Density *d, const Stack *s, double sigma)
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
    if (memcmp(&want, &d->held, sizeof want) == 0)
        return true;
    if (!resize(d, s->grid))
        return false;
    mix_levels(d, s, want.level, want.towards);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, s->grid, s->grid, GL_RED, GL_FLOAT, d->mixed);
    memcpy(&d->held, &want, sizeof want);
    return true;
}

/* From a pixel to the texture: the outermost samples stand on the extent's edges, half a texel inside. */
static void set_map(GLuint program, const Stack *s, const Camera *camera)
{
    double cells = s->grid - 1, size = s->grid;
    double corner[2] = {s->extent.x, s->extent.y}, pixel[2];
    camera_to_pixel(camera, corner, pixel);
    double across = cells / (s->extent.w * camera->scale * size), up = -cells / (s->extent.h * camera->scale * size);
    program_set(program, "map", 4, (double[]){across, up, 0.5 / size - pixel[0] * across, 0.5 / size - pixel[1] * up});
}

/* The wider the noise spreads the data, the lower the density's peak: a plane that is likely everywhere is not a ridge.
 */
static double strength_at(double sigma, double std)
{
    return strength_of_glow / hypot(1.0, sigma / std);
}

void density_draw(Density *d, Canvas canvas, const Stack *s, const Camera *camera, double sigma, double std,
                  const Palette *palette)
{
    const Rect *plane = &camera->plane;
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, d->texture);
    if (!follow(d, s, sigma))
        return;
    program_use(d->program, canvas);
    set_map(d->program, s, camera);
    program_set(d->program, "plane", 4, (double[]){plane->x, plane->y, plane->w, plane->h});
    program_set_number(d->program, "gamma", gamma_of_glow);
    program_set_number(d->program, "strength", strength_at(sigma, std));
    program_set_colour(d->program, "ground", palette->ground, 1.0);
    program_set_colour(d->program, "glow", palette->density, 1.0);
    program_set_integer(d->program, "log_density", 0);
    glBindVertexArray(d->array);
    glDisable(GL_BLEND);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    glEnable(GL_BLEND);
}
