#include "gfx/hill_mesh.h"

#include "gfx/density.h"
#include "gfx/mapper.h"

#include <math.h>
#include <stdlib.h>

enum { SIDE_MAX = 96 /* samples of the mesh */ };

static const double line_px = 1.2, hatch_px = 9.0;
static const double grid_opacity = 0.5;

bool hill_mesh_init(HillMesh *m, const char *shaders, Error *e)
{
    *m = (HillMesh){0};
    m->program = program_create(shaders, "hill", e);
    glGenTextures(1, &m->texture);
    glGenVertexArrays(1, &m->array);
    return m->program != 0;
}

void hill_mesh_free(HillMesh *m)
{
    glDeleteProgram(m->program);
    glDeleteTextures(1, &m->texture);
    glDeleteVertexArrays(1, &m->array);
    free(m->texel);
    *m = (HillMesh){0};
}

/* For the bound texture. */
static bool resize(HillMesh *m, int grid)
{
    if (m->grid == grid)
        return true;
    float *texel = realloc(m->texel, (size_t)grid * (size_t)grid * 4 * sizeof *texel);
    if (!texel)
        return false;
    m->texel = texel;
    m->grid = grid;
    m->held = NULL;
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA16F, grid, grid, 0, GL_RGBA, GL_FLOAT, NULL);
    texture_sampling(GL_LINEAR);
    return true;
}

/* Of a line of samples, stride apart, at one of them; from sample to sample. */
static float slope_at(const float *height, int stride, int at, int grid)
{
    int before = at > 0 ? 1 : 0, after = at < grid - 1 ? 1 : 0;
    return (height[after * stride] - height[-before * stride]) / (float)(before + after);
}

static void fill_texels(HillMesh *m, const Hill *hill)
{
    int n = hill->grid;
    for (int row = 0; row < n; row++) {
        for (int column = 0; column < n; column++) {
            int at = row * n + column;
            float *texel = m->texel + 4 * at;
            texel[0] = hill->height[at];
            texel[1] = hill->nats[at];
            texel[2] = slope_at(hill->height + at, 1, column, n);
            texel[3] = slope_at(hill->height + at, n, row, n);
        }
    }
}

/* Brings the bound texture up to date. */
static bool follow(HillMesh *m, const Hill *hill)
{
    if (!resize(m, hill->grid))
        return false;
    if (m->held == hill && m->build == hill->builds)
        return true;
    fill_texels(m, hill);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, m->grid, m->grid, GL_RGBA, GL_FLOAT, m->texel);
    m->held = hill;
    m->build = hill->builds;
    return true;
}

/* From a rectangle, 0 .. 1, to a texture over another one whose outermost samples stand `inset` texture widths inside;
 * both data units. */
static void set_map(GLuint program, const char *name, const Rect *from, const Rect *to, double inset)
{
    double inner = 1.0 - 2.0 * inset;
    program_set(program, name, 4,
                (double[]){inner * from->w / to->w, inner * from->h / to->h, inset + inner * (from->x - to->x) / to->w,
                           inset + inner * (from->y - to->y) / to->h});
}

/* Where corners of the lattice and the top appear, as columns. */
static void set_projection(GLuint program, const HillSight *s)
{
    static const double corner[4][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}};
    const Rect *e = &s->extent;
    double pixel[4][2];
    float matrix[8];
    for (int i = 0; i < 4; i++)
        hill_pixel(s, (double[2]){e->x + corner[i][0] * e->w, e->y + corner[i][1] * e->h}, corner[i][2], pixel[i]);
    for (int i = 0; i < 8; i++)
        matrix[i] = (float)(pixel[i / 2][i % 2] - (i < 6 ? pixel[3][i % 2] : 0.0));
    glUniformMatrix4x2fv(glGetUniformLocation(program, "project"), 1, GL_FALSE, matrix);
}

/* What is nearer to the eye appears lower. */
static void set_order(GLuint program, const HillProjection *p)
{
    glUniform2i(glGetUniformLocation(program, "nearer"), p->to[1][0] < 0.0 ? 1 : -1, p->to[1][1] < 0.0 ? 1 : -1);
}

static void set_light(GLuint program, const HillSight *s)
{
    const Hill *hill = s->hill;
    double turn = s->view.tilt * s->view.azimuth_deg * M_PI / 180.0, rise = hill_rise(&s->camera);
    float c = (float)cos(turn), sine = (float)sin(turn);
    glUniformMatrix2fv(glGetUniformLocation(program, "turn"), 1, GL_FALSE, (float[]){c, sine, -sine, c});
    program_set(program, "slope_scale", 2,
                (double[]){rise * (hill->grid - 1) / hill->extent.w, rise * (hill->grid - 1) / hill->extent.h});
}

/* A map's cells are its texels, so that its extent's edges are the texture's. */
static void set_overlays(GLuint program, const HillSight *s, const HillStyle *style)
{
    const HillAxis *along = &style->axes->axis[HILL_AXIS_X], *up = &style->axes->axis[HILL_AXIS_HEIGHT];
    program_set(program, "ticks", 4,
                (double[]){s->extent.w / along->step, s->extent.h / along->step, s->extent.x / along->step,
                           s->extent.y / along->step});
    program_set_number(program, "grid", style->grid ? grid_opacity : 0.0);
    program_set_number(program, "grid_thick", fmax(1.0, round(style->scale)));
    program_set_number(program, "lines", hill_range(&s->hill->recipe) / up->step);
    program_set_number(program, "map_opacity", style->map ? style->map_opacity : 0.0);
    program_set_integer(program, "values", MAPPER_VALUES);
    program_set_integer(program, "colours", MAPPER_COLOURS);
    if (style->map)
        set_map(program, "cells", &s->extent, style->map, 0.0);
}

static void set_colours(GLuint program, const HillSight *s, const HillStyle *style)
{
    const Palette *p = style->palette;
    density_set_glow(program, s->hill->recipe.sigma, s->hill->recipe.std, p);
    program_set_colour(program, "line", p->line, 1.0);
    program_set_colour(program, "ink", p->learned, 1.0);
    program_set_number(program, "thick", line_px * style->scale);
    program_set_number(program, "hatch", hatch_px * style->scale);
}

void hill_mesh_draw(HillMesh *m, Viewport viewport, const HillSight *sight, const HillStyle *style)
{
    const Hill *hill = sight->hill;
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, m->texture);
    if (!follow(m, hill))
        return;
    int side = hill->grid < SIDE_MAX ? hill->grid : SIDE_MAX;
    program_use(m->program, viewport);
    program_set_integer(m->program, "surface", 0);
    program_set_integer(m->program, "side", side);
    program_set_number(m->program, "tilt", sight->view.tilt);
    set_map(m->program, "map", &sight->extent, &hill->extent, 0.5 / hill->grid);
    set_projection(m->program, sight);
    set_order(m->program, &sight->projection);
    set_light(m->program, sight);
    set_overlays(m->program, sight, style);
    set_colours(m->program, sight, style);
    glBindVertexArray(m->array);
    glDisable(GL_BLEND);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 2 * (side + 2), side + 1);
    glEnable(GL_BLEND);
}
