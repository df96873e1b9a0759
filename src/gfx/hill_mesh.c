#include "gfx/hill_mesh.h"

#include <math.h>
#include <stdlib.h>

enum { SIDE_MAX = 96 /* samples of the mesh */, LINES = 6 /* of equal height: every two nats */ };

/* The glow is that of the flat plane (density.c). */
static const double gamma_of_glow = 0.55, strength_of_glow = 0.45;
static const double line_px = 1.2, hatch_px = 9.0;

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
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
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

/* From the lattice to the texture: the outermost samples stand on the extent's edges, half a texel inside. */
static void set_map(GLuint program, const Hill *hill, const Rect *seen)
{
    const Rect *e = &hill->extent;
    double inner = (hill->grid - 1.0) / hill->grid, edge = 0.5 / hill->grid;
    program_set(program, "map", 4,
                (double[]){inner * seen->w / e->w, inner * seen->h / e->h, edge + inner * (seen->x - e->x) / e->w,
                           edge + inner * (seen->y - e->y) / e->h});
}

/* Where corners of the lattice and the top appear, as columns. */
static void set_projection(GLuint program, const HillProjection *p, const Rect *seen, const Camera *camera)
{
    static const double corner[4][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}};
    double pixel[4][2];
    float matrix[8];
    for (int i = 0; i < 4; i++) {
        double place[2];
        hill_project(p, seen->x + corner[i][0] * seen->w, seen->y + corner[i][1] * seen->h, corner[i][2], place);
        camera_to_pixel(camera, place, pixel[i]);
    }
    for (int i = 0; i < 8; i++)
        matrix[i] = (float)(pixel[i / 2][i % 2] - (i < 6 ? pixel[3][i % 2] : 0.0));
    glUniformMatrix4x2fv(glGetUniformLocation(program, "project"), 1, GL_FALSE, matrix);
}

/* What is nearer to the eye appears lower. */
static void set_order(GLuint program, const HillProjection *p)
{
    glUniform2i(glGetUniformLocation(program, "nearer"), p->to[1][0] < 0.0 ? 1 : -1, p->to[1][1] < 0.0 ? 1 : -1);
}

static void set_light(GLuint program, const Hill *hill, HillView view, const Camera *camera)
{
    double turn = view.tilt * view.azimuth_deg * M_PI / 180.0, rise = hill_rise(camera);
    float c = (float)cos(turn), s = (float)sin(turn);
    glUniformMatrix2fv(glGetUniformLocation(program, "turn"), 1, GL_FALSE, (float[]){c, s, -s, c});
    program_set(program, "slope_scale", 2,
                (double[]){rise * (hill->grid - 1) / hill->extent.w, rise * (hill->grid - 1) / hill->extent.h});
}

static void set_colours(GLuint program, const Hill *hill, const HillStyle *style)
{
    const Palette *p = style->palette;
    program_set_number(program, "gamma", gamma_of_glow);
    program_set_number(program, "strength", strength_of_glow / hypot(1.0, hill->recipe.sigma / hill->recipe.std));
    program_set_colour(program, "ground", p->ground, 1.0);
    program_set_colour(program, "glow", p->density, 1.0);
    program_set_colour(program, "line", p->line, 1.0);
    program_set_colour(program, "ink", p->learned, 1.0);
    program_set_number(program, "lines", LINES);
    program_set_number(program, "thick", line_px * style->scale);
    program_set_number(program, "hatch", hatch_px * style->scale);
}

void hill_mesh_draw(HillMesh *m, Canvas canvas, const Hill *hill, HillView view, const Camera *camera, HillStyle style)
{
    HillProjection projection = hill_projection(view, camera);
    Rect seen = camera_extent(camera);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, m->texture);
    if (hill->grid == 0 || !follow(m, hill))
        return;
    int side = hill->grid < SIDE_MAX ? hill->grid : SIDE_MAX;
    program_use(m->program, canvas);
    program_set_integer(m->program, "surface", 0);
    program_set_integer(m->program, "side", side);
    program_set_number(m->program, "tilt", view.tilt);
    set_map(m->program, hill, &seen);
    set_projection(m->program, &projection, &seen, camera);
    set_order(m->program, &projection);
    set_light(m->program, hill, view, camera);
    set_colours(m->program, hill, &style);
    glBindVertexArray(m->array);
    glDisable(GL_BLEND);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 2 * (side + 2), side + 1);
    glEnable(GL_BLEND);
}
