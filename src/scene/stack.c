#include "scene/stack.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHANNELS_MAX = 2 };

static size_t level_size(const Stack *s)
{
    return (size_t)(s->grid * s->grid * s->channels);
}

static float *level_value(const Stack *s, int level)
{
    return s->value + (size_t)level * level_size(s);
}

bool stack_init(Stack *s, int grid, int channels)
{
    assert(grid >= 2 && channels >= 1 && channels <= CHANNELS_MAX);
    *s = (Stack){.grid = grid, .channels = channels, .sigma_min = 1, .sigma_max = 2, .extent = {0, 0, 1, 1}};
    s->value = calloc(STACK_LEVELS * level_size(s), sizeof(float));
    s->draft = calloc(level_size(s), sizeof(float));
    return s->value && s->draft;
}

void stack_free(Stack *s)
{
    free(s->value);
    free(s->draft);
    *s = (Stack){0};
}

void stack_place(Stack *s, Rect extent, double sigma_min, double sigma_max)
{
    s->extent = extent;
    s->sigma_min = sigma_min;
    s->sigma_max = sigma_max;
    memset(s->version, 0, sizeof s->version);
}

static void finish_level(Stack *s, int level)
{
    memcpy(level_value(s, level), s->draft, level_size(s) * sizeof(float));
    s->version[level] = ++s->changes;
}

static double grid_x(const Stack *s, Rect extent, int column)
{
    return extent.x + extent.w * column / (s->grid - 1);
}

static double grid_y(const Stack *s, Rect extent, int row)
{
    return extent.y + extent.h * row / (s->grid - 1);
}

static void resample_level(Stack *s, int level, Rect extent)
{
    float *out = s->draft;
    for (int row = 0; row < s->grid; row++)
        for (int column = 0; column < s->grid; column++, out += s->channels)
            stack_sample_level(s, level, grid_x(s, extent, column), grid_y(s, extent, row), out);
    finish_level(s, level);
}

void stack_move(Stack *s, Rect extent)
{
    for (int level = 0; level < STACK_LEVELS; level++)
        if (s->version[level])
            resample_level(s, level, extent);
    s->extent = extent;
}

void stack_copy(Stack *to, const Stack *from)
{
    assert(to->grid == from->grid && to->channels == from->channels);
    for (int level = 0; level < STACK_LEVELS; level++) {
        if (to->version[level] == from->version[level])
            continue;
        memcpy(level_value(to, level), level_value(from, level), level_size(from) * sizeof(float));
        to->version[level] = from->version[level];
    }
    to->changes = from->changes;
    to->extent = from->extent;
    to->sigma_min = from->sigma_min;
    to->sigma_max = from->sigma_max;
}

double stack_sigma(const Stack *s, int level)
{
    return s->sigma_min * pow(s->sigma_max / s->sigma_min, (double)level / (STACK_LEVELS - 1));
}

int stack_level(const Stack *s, double sigma, double *towards)
{
    double place = (STACK_LEVELS - 1) * log(sigma / s->sigma_min) / log(s->sigma_max / s->sigma_min);
    double clamped = fmin(fmax(place, 0), STACK_LEVELS - 1);
    int level = clamped < STACK_LEVELS - 2 ? (int)clamped : STACK_LEVELS - 2;
    *towards = clamped - level;
    return level;
}

static void grid_points(const Stack *s, int first, int rows, float *x)
{
    for (int row = first; row < first + rows; row++) {
        for (int column = 0; column < s->grid; column++, x += 2) {
            x[0] = (float)grid_x(s, s->extent, column);
            x[1] = (float)grid_y(s, s->extent, row);
        }
    }
}

void stack_fill_field(Stack *s, int level, int first, int rows, const FieldSource *field, float *scratch)
{
    size_t n = (size_t)(rows * s->grid);
    float sigma = (float)stack_sigma(s, level), *score = scratch + 2 * n;
    float *out = s->draft + (size_t)(first * s->grid * s->channels);
    assert(s->channels == 2 && first + rows <= s->grid);
    grid_points(s, first, rows, scratch);
    field->evaluate(field->context, scratch, sigma, n, score);
    for (size_t i = 0; i < 2 * n; i++)
        out[i] = sigma * score[i];
    if (first + rows == s->grid)
        finish_level(s, level);
}

/* The maximum over the level is known only now. */
static void subtract_maximum(Stack *s)
{
    float most = s->draft[0];
    for (size_t i = 1; i < level_size(s); i++)
        most = s->draft[i] > most ? s->draft[i] : most;
    for (size_t i = 0; i < level_size(s); i++)
        s->draft[i] -= most;
}

void stack_fill_density(Stack *s, int level, int first, int rows, const Mixture *m, float *scratch)
{
    size_t n = (size_t)(rows * s->grid);
    float *out = s->draft + (size_t)(first * s->grid);
    assert(s->channels == 1 && first + rows <= s->grid);
    grid_points(s, first, rows, scratch);
    mixture_evaluate(m, (float)stack_sigma(s, level), scratch, n, (MixtureOutput){.log_density = out});
    if (first + rows < s->grid)
        return;
    subtract_maximum(s);
    finish_level(s, level);
}

static int nearest_filled(const Stack *s, double place)
{
    int nearest = -1;
    for (int level = 0; level < STACK_LEVELS; level++)
        if (s->version[level] && (nearest < 0 || fabs(level - place) < fabs(nearest - place)))
            nearest = level;
    return nearest;
}

int stack_blend(const Stack *s, double sigma, int level[2], float weight[2])
{
    double towards;
    int lower = stack_level(s, sigma, &towards);
    if (s->version[lower] && s->version[lower + 1]) {
        level[0] = lower;
        level[1] = lower + 1;
        weight[0] = (float)(1 - towards);
        weight[1] = (float)towards;
        return 2;
    }
    level[0] = level[1] = nearest_filled(s, lower + towards);
    weight[0] = 1;
    weight[1] = 0;
    return level[0] < 0 ? 0 : 1;
}

/* Cell and place within it, of a coordinate on an axis with `grid` samples. */
static int grid_cell(double at, double start, double length, int grid, float *within)
{
    double place = fmin(fmax((at - start) / length * (grid - 1), 0), grid - 1);
    int cell = place < grid - 2 ? (int)place : grid - 2;
    *within = (float)(place - cell);
    return cell;
}

void stack_sample_level(const Stack *s, int level, double x, double y, float *out)
{
    float u, v;
    int column = grid_cell(x, s->extent.x, s->extent.w, s->grid, &u);
    int row = grid_cell(y, s->extent.y, s->extent.h, s->grid, &v);
    const float *low = level_value(s, level) + (size_t)((row * s->grid + column) * s->channels);
    const float *high = low + (size_t)(s->grid * s->channels);
    for (int c = 0; c < s->channels; c++) {
        float bottom = low[c] + u * (low[c + s->channels] - low[c]);
        float top = high[c] + u * (high[c + s->channels] - high[c]);
        out[c] = bottom + v * (top - bottom);
    }
}

bool stack_sample(const Stack *s, double x, double y, double sigma, float *out)
{
    int level[2];
    float weight[2], part[CHANNELS_MAX];
    int levels = stack_blend(s, sigma, level, weight);
    for (int c = 0; c < s->channels; c++)
        out[c] = 0;
    for (int k = 0; k < levels; k++) {
        stack_sample_level(s, level[k], x, y, part);
        for (int c = 0; c < s->channels; c++)
            out[c] += weight[k] * part[c];
    }
    return levels > 0;
}
