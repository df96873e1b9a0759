#include "core/mixture.h"

#include "core/component.h"
#include "core/mixture_tree.h"

#include <math.h>
#include <stdlib.h>

static bool all_valid(const Component *component, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (!component_valid(&component[k]))
            return false;
    return n > 0;
}

static bool allocate(Mixture *m, size_t n)
{
    m->component = calloc(n, sizeof *m->component);
    m->cumulative = calloc(n, sizeof *m->cumulative);
    m->guide = calloc(n + 1, sizeof *m->guide);
    return m->component && m->cumulative && m->guide;
}

static void copy_components(Mixture *m, const Component *component)
{
    double total = 0.0;
    for (size_t k = 0; k < m->count; k++)
        total += component[k].weight;
    double running = 0.0;
    for (size_t k = 0; k < m->count; k++) {
        Component *c = &m->component[k];
        *c = component[k];
        c->weight /= total;
        m->cumulative[k] = running += c->weight;
        if (c->kind == COMPONENT_BOX) {
            c->cov[0] = c->half[0] * c->half[0] / 3.0;
            c->cov[1] = 0.0;
            c->cov[2] = c->half[1] * c->half[1] / 3.0;
        } else {
            component_cholesky(c->cov, c->factor);
        }
    }
    m->cumulative[m->count - 1] = 1.0;
}

/* guide[j] is the first component whose running sum exceeds j / count: one look-up leaves about one to search. */
static void fill_guide(Mixture *m)
{
    size_t k = 0;
    for (size_t j = 0; j < m->count; j++) {
        while (m->cumulative[k] <= (double)j / (double)m->count)
            k++;
        m->guide[j] = k;
    }
    m->guide[m->count] = m->count - 1;
}

static void find_moments(Mixture *m)
{
    for (size_t k = 0; k < m->count; k++)
        for (int axis = 0; axis < 2; axis++)
            m->mean[axis] += m->component[k].weight * m->component[k].mean[axis];
    for (size_t k = 0; k < m->count; k++) {
        const Component *c = &m->component[k];
        double dx = c->mean[0] - m->mean[0], dy = c->mean[1] - m->mean[1];
        m->cov[0] += c->weight * (c->cov[0] + dx * dx);
        m->cov[1] += c->weight * (c->cov[1] + dx * dy);
        m->cov[2] += c->weight * (c->cov[2] + dy * dy);
    }
    m->std = sqrt(0.5 * (m->cov[0] + m->cov[2]));
}

bool mixture_init(Mixture *m, const Component *component, size_t n)
{
    *m = (Mixture){0};
    if (!all_valid(component, n))
        return false;
    m->count = n;
    if (!allocate(m, n)) {
        mixture_free(m);
        return false;
    }
    copy_components(m, component);
    fill_guide(m);
    find_moments(m);
    m->tree = mixture_tree_create(m);
    if (!m->tree)
        mixture_free(m);
    return m->tree;
}

void mixture_free(Mixture *m)
{
    mixture_tree_destroy(m->tree);
    free(m->component);
    free(m->cumulative);
    free(m->guide);
    *m = (Mixture){0};
}

/* The component whose share of [0, 1) holds u. */
static const Component *component_of(const Mixture *m, double u)
{
    size_t cell = (size_t)(u * (double)m->count);
    size_t low = m->guide[cell], high = m->guide[cell + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->cumulative[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return &m->component[low];
}

/* u [4] uniform, z [2] normal: the first two uniforms make 48 bits that choose, the others place a point in a box. */
static void place(const Mixture *m, const float u[4], const float z[2], float x[2])
{
    const Component *c = component_of(m, (double)u[0] + (double)u[1] * 0x1p-24);
    if (c->kind == COMPONENT_BOX) {
        for (int axis = 0; axis < 2; axis++)
            x[axis] = (float)(c->mean[axis] + c->half[axis] * (2.0 * (double)u[2 + axis] - 1.0));
        return;
    }
    x[0] = (float)(c->mean[0] + c->factor[0] * (double)z[0]);
    x[1] = (float)(c->mean[1] + c->factor[1] * (double)z[0] + c->factor[2] * (double)z[1]);
}

void mixture_sample(const Mixture *m, Rng rng, uint64_t step, size_t first, size_t n, float *x)
{
    enum { BLOCK = 128 };
    float u[4 * BLOCK], z[2 * BLOCK];
    for (size_t start = 0; start < n; start += BLOCK) {
        size_t size = n - start < BLOCK ? n - start : BLOCK;
        rng_uniforms(rng, step, first + start, size, u);
        rng_normals(rng, step, first + start, size, z);
        for (size_t i = 0; i < size; i++)
            place(m, u + 4 * i, z + 2 * i, x + 2 * (start + i));
    }
}

/* The largest term of the sum: everything else is taken relative to it. */
static ComponentValue largest_term(const Mixture *m, double sigma, const double x[2])
{
    ComponentValue best = {.log_density = -HUGE_VAL};
    for (size_t k = 0; k < m->count; k++) {
        ComponentValue v = component_at(&m->component[k], sigma, x);
        v.log_density += log(m->component[k].weight);
        if (v.log_density > best.log_density)
            best = v;
    }
    return best;
}

/* Scores are averaged as differences from the largest term's: else, at |x| = 1e6 and sigma = 1e-4, the trace would
 * cancel to 0. */
MixtureValue mixture_at(const Mixture *m, double sigma, const double x[2])
{
    ComponentValue top = largest_term(m, sigma, x);
    if (isinf(top.log_density))
        return (MixtureValue){.log_density = top.log_density, .denoiser = {x[0], x[1]}};
    double sum = 0.0, dx = 0.0, dy = 0.0, trace = 0.0;
    for (size_t k = 0; k < m->count; k++) {
        ComponentValue v = component_at(&m->component[k], sigma, x);
        double r = m->component[k].weight * exp(v.log_density - top.log_density);
        double ex = v.score[0] - top.score[0], ey = v.score[1] - top.score[1];
        sum += r;
        dx += r * ex;
        dy += r * ey;
        trace += r * (ex * ex + ey * ey + v.laplacian);
    }
    dx /= sum;
    dy /= sum;
    double score[2] = {top.score[0] + dx, top.score[1] + dy};
    return (MixtureValue){
        .log_density = top.log_density + log(sum),
        .score = {score[0], score[1]},
        .divergence = trace / sum - dx * dx - dy * dy,
        .denoiser = {x[0] + sigma * sigma * score[0], x[1] + sigma * sigma * score[1]},
    };
}
