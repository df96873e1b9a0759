/* Walkers with velocities and with refusals against the reference values and stationary moments of maths.md section 5,
 * and all walkers at their limits. */
#include "sampling.h"

#include <string.h>

enum { MANY = 3 * DYNAMICS_CHUNK };

/* One step at sigma for particles first .. first+n-1 of x, which have their own memory. */
static void walk(Fixture *f, size_t sampler, const FieldSource *field, DynamicsStep s, double sigma)
{
    s.x = s.x ? s.x : f->x;
    s.memory = s.memory ? s.memory : f->memory;
    s.scratch = f->scratch;
    s.rng = kicks;
    s.from = s.to = sigma;
    sampler_info(sampler)->step(field, &s);
}

/* `steps` steps of CHAINS particles from N(0, std^2 I) on N(0, I). */
static void settle(Fixture *f, size_t sampler, double std, uint64_t steps, DynamicsOptions options)
{
    FieldSource field = field_exact(&f->point);
    draw_normals(f, std, CHAINS);
    for (uint64_t step = 0; step < steps; step++)
        walk(f, sampler, &field, (DynamicsStep){.n = CHAINS, .options = options, .step = step, .before = step > 0}, 1);
}

/* The last half kick, which the next step would begin with. */
static void finish_kicks(Fixture *f, double time_step)
{
    for (size_t i = 0; i < 2 * CHAINS; i++)
        f->memory[i] -= (float)(time_step / 2) * f->x[i];
}

static void underdamped_places_have_the_exact_variance(void **state)
{
    static const double step_sizes[] = {.02, .5, 1.9};
    Fixture *f = *state;
    for (size_t i = 0; i < 3; i++) {
        double h = step_sizes[i], time_step = sqrt(2 * h);
        settle(f, SAMPLER_UNDERDAMPED, 1.5, i ? 40 : 80, (DynamicsOptions){.step_size = h, .friction = 1});
        assert_variance(variance_of(f->x, CHAINS), 1);
        finish_kicks(f, time_step);
        assert_variance(variance_of(f->memory, CHAINS), 1 - time_step * time_step / 4);
    }
}

/* With dt = 2 at sigma = 2: v = v0 + dt/2 S, x += dt/2 (v + v'), where v0 ~ N(0, I) and v' = c v + sqrt(1 - c^2) z. */
static void first_velocities_are_drawn(void **state)
{
    Fixture *f = *state;
    FieldSource field = field_exact(&f->point);
    float keep = expf(-2);
    for (size_t i = 0; i < 2 * CHAINS; i++) {
        f->x[i] = 8; /* S = -2 */
        f->memory[i] = NAN;
    }
    walk(f, SAMPLER_UNDERDAMPED, &field, (DynamicsStep){.n = CHAINS, .options = {.step_size = .5, .friction = 2}}, 2);
    for (size_t i = 0; i < 2 * CHAINS; i++)
        f->x[i] -= 8 - 2 * (1 + keep);
    assert_variance(variance_of(f->x, CHAINS), 2 + 2 * (double)keep);
}

/* Half a kick at the end of the last step and half at the start of this, both of this level, and no friction. */
static void velocities_stay_when_the_level_changes(void **state)
{
    Fixture *f = *state;
    FieldSource field = field_exact(&f->point);
    float x[2] = {3, -1}, v[2] = {.5f, .25f};
    DynamicsStep s = {.x = x, .n = 1, .memory = v, .before = 40, .options = {.step_size = .5}};
    walk(f, SAMPLER_UNDERDAMPED, &field, s, 2); /* S = -x / 4, dt = 2 */
    assert_near(v[0], .5 - 2 * 3 / 4., 1e-6);
    assert_near(v[1], .25 + 2 * 1 / 4., 1e-6);
    assert_near(x[0], 3 + 2 * (.5 - 1.5), 1e-6);
    assert_near(x[1], -1 + 2 * (.25 + .5), 1e-6);
}

static double half_square(const double a[2])
{
    return (a[0] * a[0] + a[1] * a[1]) / 2;
}

/* ln q(b|a) on N(0, I), but for its constant. */
static double log_proposal(const double a[2], const double b[2], double h)
{
    const double residue[2] = {b[0] - a[0] + h * a[0], b[1] - a[1] + h * a[1]};
    return -half_square(residue) / (2 * h);
}

static double mala_log_acceptance(const double x[2], const double y[2], double h)
{
    return half_square(x) - half_square(y) + log_proposal(y, x, h) - log_proposal(x, y, h);
}

/* Leapfrog on N(0, I); returns the rise of the energy. */
static double leap(double q[2], double p[2], double time_step, int leaps)
{
    double before = half_square(q) + half_square(p);
    for (int i = 0; i < leaps; i++)
        for (int axis = 0; axis < 2; axis++) {
            p[axis] -= time_step / 2 * q[axis];
            q[axis] += time_step * p[axis];
            p[axis] -= time_step / 2 * q[axis];
        }
    return half_square(q) + half_square(p) - before;
}

static void formulas_meet_the_reference_values(void **state)
{
    (void)state;
    assert_near(mala_log_acceptance((double[2]){.2, -.4}, (double[2]){1, .5}, .3), -.07875, 1e-9);
    double q[2] = {1, 0}, p[2] = {0, 1};
    assert_near(leap(q, p, .2, 10), 4.16303e-5, 1e-10);
    assert_near(q[0], -.419189, 1e-6);
    assert_near(q[1], .912473, 1e-6);
    assert_near(p[0], -.903348, 1e-6);
    assert_near(p[1], -.419189, 1e-6);
}

/* Where particle i's normals take it from x to y by the formulas above, and ln of the chance that it goes. */
typedef double (*Propose)(const double x[2], const double z[2], double y[2]);

static double propose_langevin(const double x[2], const double z[2], double y[2])
{
    for (int axis = 0; axis < 2; axis++)
        y[axis] = x[axis] * (1 - .8) + sqrt(2 * .8) * z[axis];
    return mala_log_acceptance(x, y, .8);
}

static double propose_leaps(const double x[2], const double z[2], double y[2])
{
    double p[2] = {z[0], z[1]};
    memcpy(y, x, 2 * sizeof *y);
    return -leap(y, p, sqrt(2 * .8), 3);
}

static void check_proposals(Fixture *f, size_t sampler, Propose propose, uint64_t evaluations)
{
    FieldSource field = field_exact(&f->point);
    static float start[2 * MANY], z[2 * MANY], uniform[4 * MANY];
    DynamicsTally tally = {.accepted = 7};
    uint64_t accepted = 7;
    draw_normals(f, 1.5, MANY);
    memcpy(start, f->x, sizeof start);
    rng_normals(kicks, 3, 0, MANY, z);
    rng_uniforms(kicks, 3, 0, MANY, uniform);
    walk(f, sampler, &field,
         (DynamicsStep){.n = MANY, .options = {.step_size = .8, .leaps = 3}, .step = 3, .tally = &tally}, 1);
    for (size_t i = 0; i < MANY; i++) {
        const double x[2] = {(double)start[2 * i], (double)start[2 * i + 1]};
        double y[2], log_chance = propose(x, (double[2]){(double)z[2 * i], (double)z[2 * i + 1]}, y);
        bool goes = log((double)uniform[4 * i]) < log_chance;
        assert_near(f->x[2 * i], goes ? y[0] : x[0], 1e-5);
        assert_near(f->x[2 * i + 1], goes ? y[1] : x[1], 1e-5);
        accepted += goes;
    }
    assert_int_equal(tally.proposed, MANY);
    assert_int_equal(tally.accepted, accepted);
    assert_int_equal(tally.evaluations, evaluations);
    assert_true(accepted > 7 + MANY / 2 && accepted < 7 + MANY - MANY / 20);
}

static void proposals_are_judged_by_the_formulas(void **state)
{
    Fixture *f = *state;
    check_proposals(f, SAMPLER_MALA, propose_langevin, 2 * MANY);
    check_proposals(f, SAMPLER_HMC, propose_leaps, 4 * MANY);
}

/* Unadjusted, the variance would be 2 and more (test_dynamics.c). */
static void refusals_keep_the_variance_exact(void **state)
{
    Fixture *f = *state;
    settle(f, SAMPLER_MALA, .5, 40, (DynamicsOptions){.step_size = 1});
    assert_variance(variance_of(f->x, CHAINS), 1);
    settle(f, SAMPLER_MALA, 1.5, 40, (DynamicsOptions){.step_size = 1.9});
    assert_variance(variance_of(f->x, CHAINS), 1);
    settle(f, SAMPLER_HMC, .5, 20, (DynamicsOptions){.step_size = 1, .leaps = 3});
    assert_variance(variance_of(f->x, CHAINS), 1);
    settle(f, SAMPLER_HMC, 1.5, 40, (DynamicsOptions){.step_size = 1.9, .leaps = 1});
    assert_variance(variance_of(f->x, CHAINS), 1);
}

static double share_below(const Fixture *f)
{
    size_t below = 0;
    for (size_t i = 0; i < CHAINS; i++)
        below += f->x[2 * i] + f->x[2 * i + 1] < 0;
    return (double)below / CHAINS;
}

/* M's modes are 14 standard deviations apart: throws of HMC never cross, unless noise has filled the gap. Then the
 * share below the middle is .2 Phi(t) + .8 Phi(-t), t = 10 / sqrt(2 (1 + sigma^2)). */
static void throws_cross_only_what_noise_has_filled(void **state)
{
    Fixture *f = *state;
    FieldSource field = field_exact(&f->ncsn);
    DynamicsStep s = {.n = CHAINS, .options = {.step_size = .3, .leaps = 5}};
    draw_normals(f, 1, CHAINS);
    for (size_t i = 0; i < 2 * CHAINS; i++)
        f->x[i] += i < CHAINS ? -5 : 5;
    for (; s.step < 20; s.step++)
        walk(f, SAMPLER_HMC, &field, s, .5);
    assert_near(share_below(f), .5, 0);
    for (; s.step < 40; s.step++)
        walk(f, SAMPLER_HMC, &field, s, 10);
    assert_fraction(share_below(f), .344);
}

typedef struct Void {
    float score, log_density;
} Void;

/* A flat density on the left, a void on the right. */
static void half_plane(void *context, const float *x, float sigma, size_t n, float *score, float *log_density)
{
    static const Void flat = {0, 0};
    (void)sigma;
    for (size_t i = 0; i < n; i++) {
        const Void *here = x[2 * i] < 0 ? &flat : context;
        score[2 * i] = score[2 * i + 1] = here->score;
        log_density[i] = here->log_density;
    }
}

static void half_plane_score(void *context, const float *x, float sigma, size_t n, float *score)
{
    float log_density[1000];
    half_plane(context, x, sigma, n, score, log_density);
}

static void places_without_a_density_are_refused(void **state)
{
    Fixture *f = *state;
    Void voids[] = {{0, NAN}, {0, INFINITY}, {0, -INFINITY}, {NAN, 0}};
    for (size_t k = 0; k < 8; k++) {
        FieldSource field = {.evaluate = half_plane_score, .potential = half_plane, .context = &voids[k / 2]};
        for (size_t i = 0; i < 2000; i++)
            f->x[i] = -1;
        for (uint64_t step = 0; step < 5; step++)
            walk(f, k % 2 ? SAMPLER_HMC : SAMPLER_MALA, &field,
                 (DynamicsStep){.n = 1000, .options = {.step_size = 1, .leaps = 2}, .step = step}, 1);
        for (size_t i = 0; i < 1000; i++)
            assert_true(f->x[2 * i] < 0);
        assert_true(variance_of(f->x, 1000) > 2);
    }
}

static void walkers_start_anywhere_and_stay_finite(void **state)
{
#ifdef SCOREFIELD_SANITIZED
    static const size_t counts[] = {1, 100};
#else
    static const size_t counts[] = {1, 1000};
#endif
    static const double spreads[] = {0, 1e-6, 1, 1e6}, levels[] = {1e-4, 1, 1e3};
    Fixture *f = *state;
    FieldSource field = field_exact(&f->eight);
    for (size_t sampler = SAMPLER_UNDERDAMPED; sampler <= SAMPLER_SVGD; sampler++)
        for (size_t k = 0; k < 2 * 4 * 3; k++) {
            size_t n = counts[k % 2];
            DynamicsStep s = {.n = n, .options = {.step_size = 1.9, .friction = 1, .leaps = 3}};
            draw_normals(f, spreads[k / 2 % 4] * f->eight.std, n);
            for (; s.step < 3; s.step++) {
                s.before = (double)s.step;
                walk(f, sampler, &field, s, levels[k / 8] * f->eight.std);
            }
            for (size_t i = 0; i < 2 * n; i++)
                assert_true(isfinite(f->x[i]));
        }
}

/* Two steps of the whole and of its pieces. */
static void sets_may_be_split_at_chunks(void **state)
{
    enum { REST = 700, ALL = 2 * DYNAMICS_CHUNK + REST };
    static const size_t pieces[] = {DYNAMICS_CHUNK, DYNAMICS_CHUNK + REST};
    static float whole[2 * ALL];
    Fixture *f = *state;
    FieldSource field = field_exact(&f->eight);
    for (size_t sampler = SAMPLER_UNDERDAMPED; sampler <= SAMPLER_SVGD; sampler++) {
        DynamicsStep s = {.n = ALL, .options = {.step_size = 1, .friction = 1, .leaps = 3}};
        draw_normals(f, 3, ALL);
        for (; s.step < 2; s.step++, s.before = 1)
            walk(f, sampler, &field, s, 1);
        memcpy(whole, f->x, sizeof whole);
        draw_normals(f, 3, ALL);
        for (size_t i = 0, first = 0; i < 2; first += pieces[i++])
            for (uint64_t step = 0; step < 2; step++) {
                s = (DynamicsStep){.x = f->x + 2 * first,
                                   .memory = f->memory + 2 * first,
                                   .n = pieces[i],
                                   .first = first,
                                   .step = step,
                                   .before = (double)step,
                                   .options = s.options};
                walk(f, sampler, &field, s, 1);
            }
        assert_memory_equal(f->x, whole, sizeof whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(underdamped_places_have_the_exact_variance),
        cmocka_unit_test(first_velocities_are_drawn),
        cmocka_unit_test(velocities_stay_when_the_level_changes),
        cmocka_unit_test(formulas_meet_the_reference_values),
        cmocka_unit_test(proposals_are_judged_by_the_formulas),
        cmocka_unit_test(refusals_keep_the_variance_exact),
        cmocka_unit_test(throws_cross_only_what_noise_has_filled),
        cmocka_unit_test(places_without_a_density_are_refused),
        cmocka_unit_test(walkers_start_anywhere_and_stay_finite),
        cmocka_unit_test(sets_may_be_split_at_chunks),
    };
    return cmocka_run_group_tests(tests, make_fixture, free_fixture);
}
