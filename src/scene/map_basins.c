#include "scene/map_basins.h"

#include "core/metrics_modes.h"

#include <math.h>
#include <stdlib.h>

enum { PAIRS = 100000 };

/* Two equal Gaussians four standard deviations apart have between them a quarter of the density of either: a gap that
 * one sees. At three each, as modes are told apart, two moons would be one. */
static const double REACH_STD = 2.0;

void basins_free(Basins *b)
{
    free(b->group);
    *b = (Basins){0};
}

static void use_sectors(Basins *b)
{
    free(b->group);
    b->group = NULL;
    b->count = BASINS_SECTORS;
}

void basins_begin(Basins *b, const Target *target)
{
    size_t components = target->mixture.count;
    basins_free(b);
    b->target = target;
    if (components > 1)
        b->group = malloc(components * sizeof *b->group);
    if (!b->group) {
        use_sectors(b);
        return;
    }
    for (size_t i = 0; i < components; i++)
        b->group[i] = (uint32_t)i;
    if (metrics_has_modes(&target->mixture, target->sigma_min))
        b->count = components;
}

/* Halves the way to the root for those that come later. */
static uint32_t root_of(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* How far a component goes from its centre along (dx, dy), times the length of that. */
static double reach(const Component *c, double dx, double dy)
{
    if (c->kind == COMPONENT_BOX)
        return c->half[0] * fabs(dx) + c->half[1] * fabs(dy);
    return REACH_STD * sqrt(fmax(dx * dx * c->cov[0] + 2.0 * dx * dy * c->cov[1] + dy * dy * c->cov[2], 0.0));
}

static bool overlap(const Component *a, const Component *b)
{
    double dx = b->mean[0] - a->mean[0], dy = b->mean[1] - a->mean[1];
    return reach(a, dx, dy) + reach(b, dx, dy) >= dx * dx + dy * dy;
}

/* The root of a tree is its first component. */
static void join_earlier(Basins *b, uint32_t i)
{
    const Component *component = b->target->mixture.component;
    for (uint32_t j = 0; j < i; j++) {
        uint32_t first = root_of(b->group, i), other = root_of(b->group, j);
        if (first == other || !overlap(&component[i], &component[j]))
            continue;
        b->group[first > other ? first : other] = first < other ? first : other;
    }
}

/* Roots get the next number; the others, which come behind their root, its number. */
static void number_groups(Basins *b)
{
    size_t components = b->target->mixture.count, groups = 0;
    for (size_t i = 0; i < components; i++)
        b->group[i] = root_of(b->group, (uint32_t)i);
    for (size_t i = 0; i < components; i++)
        b->group[i] = b->group[i] == i ? (uint32_t)groups++ : b->group[b->group[i]];
    b->count = groups;
    if (groups < 2 || groups > METRICS_MODES)
        use_sectors(b);
}

bool basins_piece(Basins *b)
{
    if (b->count > 0)
        return false;
    for (size_t pairs = 0; pairs < PAIRS && b->next < b->target->mixture.count; b->next++) {
        join_earlier(b, (uint32_t)b->next);
        pairs += b->next;
    }
    if (b->next == b->target->mixture.count)
        number_groups(b);
    return true;
}

static size_t sector_of(const Frame *frame, const double x[2])
{
    double turn = atan2(x[1] - frame->mean[1], x[0] - frame->mean[0]) / (2.0 * M_PI);
    return (size_t)floor((turn + 1.0) * BASINS_SECTORS) % BASINS_SECTORS;
}

size_t basins_of(const Basins *b, const double x[2])
{
    const Target *t = b->target;
    return b->group ? b->group[metrics_likeliest(&t->mixture, t->sigma_min, x)] : sector_of(&t->frame, x);
}
