#include "scene/hill.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

bool hill_init(Hill *h, int density_grid, int field_grid)
{
    size_t side = (size_t)(density_grid > field_grid ? density_grid : field_grid);
    *h = (Hill){.nats = malloc(side * side * sizeof *h->nats),
                .height = malloc(side * side * sizeof *h->height),
                .cut = malloc(side * side)};
    bool density = slice_init(&h->density, density_grid, 1), field = slice_init(&h->field, field_grid, 2);
    bool potential = potential_init(&h->potential, field_grid);
    return density && field && potential && h->nats && h->height && h->cut;
}

void hill_free(Hill *h)
{
    slice_free(&h->density);
    slice_free(&h->field);
    potential_free(&h->potential);
    free(h->nats);
    free(h->height);
    free(h->cut);
    *h = (Hill){0};
}

static size_t size_of(const Hill *h)
{
    return (size_t)h->grid * (size_t)h->grid;
}

/* log p_sigma in nats is value times the scale that is returned, but for a constant. */
static float values_of(Hill *h, const float **value)
{
    const Slice *s = h->source;
    int cells = s->grid - 1;
    *value = s->value;
    if (s == &h->density)
        return 1;
    potential_fit(&h->potential, s->value, s->extent.w / cells, s->extent.h / cells);
    *value = h->potential.phi;
    return (float)(1 / h->recipe.sigma);
}

static float top_of(const float *value, size_t n)
{
    float top = -INFINITY;
    for (size_t i = 0; i < n; i++)
        top = value[i] > top ? value[i] : top;
    return top;
}

/* Of a nat, as a share of the way from the floor to the top. */
static float height_of_nat(const HillRecipe *r)
{
    double step = r->sigma / r->std;
    return (float)(r->height == HILL_LOG ? 1 / HILL_NATS : step * step / HILL_STEPS);
}

/* All channels of a sample are finite. */
static bool is_known(const Slice *s, size_t sample)
{
    const float *value = s->value + sample * (size_t)s->channels;
    return isfinite(value[0]) && isfinite(value[s->channels - 1]);
}

static void raise_surface(Hill *h)
{
    const float *value;
    float scale = values_of(h, &value), top = top_of(value, size_of(h)), nat = height_of_nat(&h->recipe);
    for (size_t i = 0; i < size_of(h); i++) {
        float nats = is_known(h->source, i) ? scale * (value[i] - top) : -INFINITY;
        float height = 1 + nat * nats;
        h->nats[i] = fmaxf(nats, -(float)HILL_DEEPEST);
        h->cut[i] = height <= 0;
        h->height[i] = h->cut[i] ? 0 : height;
    }
}

static bool same_recipe(const HillRecipe *a, const HillRecipe *b)
{
    return a->height == b->height && a->sigma == b->sigma && a->std == b->std;
}

void hill_build(Hill *h, const Stack *stack, HillRecipe recipe)
{
    Slice *source = stack->channels == 1 ? &h->density : &h->field;
    bool taken = slice_take(source, stack, recipe.sigma);
    assert(recipe.sigma > 0 && recipe.std > 0);
    if (!taken && h->source == source && same_recipe(&h->recipe, &recipe))
        return;
    h->builds++;
    h->source = source;
    h->recipe = recipe;
    h->grid = source->levels ? source->grid : 0;
    h->extent = source->extent;
    h->potential.residual = 0;
    if (h->grid)
        raise_surface(h);
    h->residual = h->potential.residual;
}

/* Cell, and place within it, of a coordinate 0 .. 1 of the extent. */
static int cell_of(double at, int grid, float *within)
{
    double place = fmin(fmax(at * (grid - 1), 0), grid - 1);
    int cell = place < grid - 2 ? (int)place : grid - 2;
    *within = (float)(place - cell);
    return cell;
}

float hill_height(const Hill *h, double x, double y)
{
    float u, v;
    int column = cell_of((x - h->extent.x) / h->extent.w, h->grid, &u);
    int row = cell_of((y - h->extent.y) / h->extent.h, h->grid, &v);
    const float *low = h->height + row * h->grid + column, *high = low + h->grid;
    float below = low[0] + u * (low[1] - low[0]), above = high[0] + u * (high[1] - high[0]);
    return below + v * (above - below);
}
