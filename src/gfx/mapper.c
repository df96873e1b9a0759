#include "gfx/mapper.h"

#include "ui/colourmap.h"

#include <math.h>
#include <stdlib.h>

enum { TABLE_SIZE = 256, FINE_GRID = 4 * MAP_GRID /* texels a side of categories */ };

bool mapper_init(Mapper *m, const char *shaders, Error *e)
{
    *m = (Mapper){0};
    m->program = program_create(shaders, "map", e);
    glGenTextures(1, &m->values);
    glGenTextures(1, &m->colours);
    glGenVertexArrays(1, &m->array);
    m->cell = malloc(sizeof(MapCell) * MAP_GRID * MAP_GRID);
    m->texel = malloc(sizeof(MapCell) * FINE_GRID * FINE_GRID);
    return m->program && ((m->cell && m->texel) || error_set(e, "out of memory for the map"));
}

void mapper_free(Mapper *m)
{
    glDeleteProgram(m->program);
    glDeleteTextures(1, &m->values);
    glDeleteTextures(1, &m->colours);
    glDeleteVertexArrays(1, &m->array);
    free(m->cell);
    free(m->texel);
    *m = (Mapper){0};
}

/* The table's entry for a finite value; negative when it has none. */
static double entry_of(const MapView *v, double value)
{
    if (map_info(v->kind)->colours == MAP_CATEGORIES)
        return value < 0.0 ? -1.0 : fmod(round(value), COLOURMAP_CATEGORIES);
    double t = v->high > v->low ? (value - v->low) / (v->high - v->low) : 0.5;
    return fmin(fmax(t, 0.0), 1.0) * (TABLE_SIZE - 1);
}

static MapCell cell_of(const MapView *v, bool fade, size_t i)
{
    double value = (double)v->value[i], known = fade ? (double)v->known[i] : 1.0;
    double entry = isnan(value) || isnan(known) ? -1.0 : entry_of(v, value);
    double weight = entry < 0.0 ? 0.0 : fmin(fmax(known, 0.0), 1.0);
    return (MapCell){(float)fmax(entry, 0.0), (float)weight};
}

/* Interpolation then weighs every cell by how far it is known. */
static MapCell multiplied(MapCell cell)
{
    return (MapCell){cell.entry * cell.weight, cell.weight};
}

static float votes_for(const MapCell around[4], float entry)
{
    float votes = 0.0f;
    for (size_t i = 0; i < 4; i++)
        votes += around[i].entry == entry ? around[i].weight : 0.0f;
    return votes;
}

/* What has the most weight among the four cells around a place, and the weight of all. */
static MapCell elect(const MapCell around[4])
{
    float all = around[0].weight + around[1].weight + around[2].weight + around[3].weight;
    float elected = around[0].entry, most = votes_for(around, elected);
    for (size_t i = 1; i < 4 && most <= 0.5f * all; i++) {
        float votes = votes_for(around, around[i].entry);
        elected = votes > most ? around[i].entry : elected;
        most = fmaxf(votes, most);
    }
    return (MapCell){elected, all};
}

/* The two cells of an axis around a texel of the fine grid, and the share of the second. */
static float straddle(int grid, int texel, size_t cell[2])
{
    float at = ((float)texel + 0.5f) * (float)grid / FINE_GRID - 0.5f, below = floorf(at);
    cell[0] = below < 0.0f ? 0 : (size_t)below;
    cell[1] = below + 1.0f < (float)grid ? (size_t)(below + 1.0f) : cell[0];
    return at - below;
}

/* Categories have no values between them, but their borders need not be stairs: places between the middles of cells
 * belong to what most of the cells around them are. */
static void refine_row(Mapper *m, int grid, int y)
{
    size_t row[2], column[2];
    float up = straddle(grid, y, row);
    for (int x = 0; x < FINE_GRID; x++) {
        float across = straddle(grid, x, column);
        MapCell around[4];
        for (size_t i = 0; i < 4; i++) {
            around[i] = m->cell[row[i >> 1] * (size_t)grid + column[i & 1]];
            around[i].weight *= ((i & 1) ? across : 1.0f - across) * ((i >> 1) ? up : 1.0f - up);
        }
        m->texel[y * FINE_GRID + x] = multiplied(elect(around));
    }
}

/* Texels a side. */
static int make_texels(Mapper *m, const MapView *v, bool fade)
{
    size_t cells = (size_t)v->grid * (size_t)v->grid;
    bool categories = map_info(v->kind)->colours == MAP_CATEGORIES;
    for (size_t i = 0; i < cells; i++) {
        m->cell[i] = cell_of(v, fade, i);
        m->texel[i] = multiplied(m->cell[i]);
    }
    for (int y = 0; categories && y < FINE_GRID; y++)
        refine_row(m, v->grid, y);
    return categories ? FINE_GRID : v->grid;
}

/* For the bound texture. */
static void upload_values(Mapper *m, const MapView *v, bool fade)
{
    int side = make_texels(m, v, fade);
    if (m->side != side)
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RG16F, side, side, 0, GL_RG, GL_FLOAT, m->texel);
    else
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, side, side, GL_RG, GL_FLOAT, m->texel);
    m->side = side;
    texture_sampling(map_info(v->kind)->colours == MAP_CATEGORIES ? GL_NEAREST : GL_LINEAR);
}

/* For the bound texture. */
static void upload_colours(MapColours colours, Theme theme)
{
    unsigned char table[TABLE_SIZE][4];
    for (size_t i = 0; i < TABLE_SIZE; i++) {
        Colour c = colours == MAP_CATEGORIES ? colourmap_category(theme, i)
                                             : colourmap_at(colours, theme, (double)i / (TABLE_SIZE - 1));
        for (size_t k = 0; k < 4; k++)
            table[i][k] = (unsigned char)(c >> (24 - 8 * k) & 255);
    }
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, TABLE_SIZE, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, table);
    texture_sampling(GL_NEAREST);
}

bool mapper_bind(Mapper *m, const MapView *v, MapStyle style)
{
    const MapHeld held = m->held, want = {v->version, map_info(v->kind)->colours, style.theme, style.fade, true};
    if (v->kind == MAP_NONE || v->grid <= 0 || !(v->extent.w > 0.0 && v->extent.h > 0.0))
        return false;
    glActiveTexture(GL_TEXTURE0 + MAPPER_COLOURS);
    glBindTexture(GL_TEXTURE_2D, m->colours);
    if (!held.filled || held.colours != want.colours || held.theme != want.theme)
        upload_colours(want.colours, want.theme);
    glActiveTexture(GL_TEXTURE0 + MAPPER_VALUES);
    glBindTexture(GL_TEXTURE_2D, m->values);
    if (!held.filled || held.version != want.version || held.fade != want.fade)
        upload_values(m, v, want.fade);
    glActiveTexture(GL_TEXTURE0);
    m->held = want;
    return true;
}

/* What is seen of the extent, pixels; no width or height when nothing is. */
static Rect seen_of(const Camera *camera, const Rect *extent)
{
    const Rect *plane = &camera->plane;
    double upper[2] = {extent->x, extent->y + extent->h}, lower[2] = {extent->x + extent->w, extent->y};
    double from[2], to[2];
    camera_to_pixel(camera, upper, from);
    camera_to_pixel(camera, lower, to);
    double x = fmax(from[0], plane->x), y = fmax(from[1], plane->y);
    return (Rect){x, y, fmin(to[0], plane->x + plane->w) - x, fmin(to[1], plane->y + plane->h) - y};
}

/* From a pixel to the texture: texels are cells, so the extent's edges are the texture's. */
static void set_map(GLuint program, const Rect *extent, const Camera *camera)
{
    double corner[2] = {extent->x, extent->y}, pixel[2];
    camera_to_pixel(camera, corner, pixel);
    double across = 1.0 / (extent->w * camera->scale), up = -1.0 / (extent->h * camera->scale);
    program_set(program, "map", 4, (double[]){across, up, -pixel[0] * across, -pixel[1] * up});
}

void mapper_draw(Mapper *m, Viewport viewport, const Camera *camera, const MapView *view, MapStyle style)
{
    Rect seen = seen_of(camera, &view->extent);
    if (!(seen.w > 0.0 && seen.h > 0.0) || !mapper_bind(m, view, style))
        return;
    program_use(m->program, viewport);
    set_map(m->program, &view->extent, camera);
    program_set(m->program, "box", 4, (double[]){seen.x, seen.y, seen.w, seen.h});
    program_set_number(m->program, "opacity", style.opacity);
    program_set_integer(m->program, "values", MAPPER_VALUES);
    program_set_integer(m->program, "colours", MAPPER_COLOURS);
    glBindVertexArray(m->array);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}
