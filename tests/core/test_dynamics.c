/* Samplers against the reference values, stationary moments and reruns of published settings in maths.md sections 5 and
 * 8. */
#include "sampling.h"

#include "core/start.h"

#include <string.h>

/* Share of particles nearer to (-5, -5) than to (5, 5), and the variance around the nearer of the two. */
typedef struct Modes {
    double fraction, variance;
} Modes;

static Modes find_modes(const float *x, size_t n)
{
    Modes modes = {0, 0};
    for (size_t i = 0; i < n; i++) {
        bool low = x[2 * i] + x[2 * i + 1] < 0;
        double centre = low ? -5 : 5, dx = (double)x[2 * i] - centre, dy = (double)x[2 * i + 1] - centre;
        modes.fraction += low;
        modes.variance += (dx * dx + dy * dy) / 2;
    }
    modes.fraction /= (double)n;
    modes.variance /= (double)n;
    return modes;
}

/* Checks one step on M from (1, -2): the place without the kick, then the kick's standard deviation. */
static void check_step(Fixture *f, size_t sampler, DynamicsStep s, double mean_x, double mean_y, double std)
{
    float x[2] = {1, -2}, z[2];
    s.x = x;
    s.n = 1;
    s.step = 9;
    s.first = 77;
    rng_normals(kicks, s.step, s.first, 1, z);
    take_step(f, sampler, &f->ncsn, s);
    assert_near(x[0], mean_x + std * (double)z[0], 1e-5);
    assert_near(x[1], mean_y + std * (double)z[1], 1e-5);
}

static void one_step_meets_the_reference_values(void **state)
{
    Fixture *f = *state;
    DynamicsStep down = {.from = 2, .to = 1, .options = published};
    check_step(f, SAMPLER_ODE, down, -.747491, -2.69749, 0);
    check_step(f, SAMPLER_SDE, down, -.492714, -1.69271, 1.73205);
    down.options.noise = 0;
    check_step(f, SAMPLER_SDE, down, .00485742, -1.79514, 0);
    /* Half the noise: 3/4 of Euler's way and 1/4 of the reverse diffusion's. */
    down.options.noise = .5;
    check_step(f, SAMPLER_SDE, down, .75 * .00485742 - .25 * .492714, -.75 * 1.79514 - .25 * 1.69271, .866025);
}

static void reverse_steps_meet_the_reference_values(void **state)
{
    Fixture *f = *state;
    DynamicsStep down = {.from = 2, .to = 1, .options = {.eta = .5, .schedule = schedule_info(SCHEDULE_VE)}};
    check_step(f, SAMPLER_REVERSE_DIFFUSION, down, -.492714, -1.69271, 1.73205);
    check_step(f, SAMPLER_ANCESTRAL, down, -.492714, -1.69271, .866025);
    check_step(f, SAMPLER_ANCESTRAL_LARGE, down, -.492714, -1.69271, 1.09545);
    check_step(f, SAMPLER_DDIM, down, -.0932758, -1.77494, .433013);
    down.options.schedule = schedule_info(SCHEDULE_KARRAS);
    check_step(f, SAMPLER_EULER_MARUYAMA, down, -.990285, -1.59029, 2);
}

static void walkers_take_steps_in_units_of_sigma_squared(void **state)
{
    Fixture *f = *state;
    double sx = -.497571, sy = .102429; /* the score at (1, -2) for sigma = 2 */
    DynamicsStep s = {.from = 2, .to = 2, .options = published};
    check_step(f, SAMPLER_ASCENT, s, -.990285, -1.59029, 0); /* mean shift: the denoiser */
    s.options.step_size = .1;
    check_step(f, SAMPLER_LANGEVIN, s, 1 + .4 * sx, -2 + .4 * sy, sqrt(.8));
    check_step(f, SAMPLER_ANNEALED, s, 1 + .4 * sx, -2 + .4 * sy, sqrt(.8));
    s.options.noise = .5;
    check_step(f, SAMPLER_LANGEVIN, s, 1 + .4 * sx, -2 + .4 * sy, .5 * sqrt(.8));
    s.options.step_size = 5; /* would be unstable */
    check_step(f, SAMPLER_ASCENT, s, 1 + 7.6 * sx, -2 + 7.6 * sy, 0);
}

static void walkers_move_at_the_level_they_are_sent_to(void **state)
{
    Fixture *f = *state;
    DynamicsStep s = {.from = 30, .to = 2, .options = {.noise = 1, .step_size = .1}};
    check_step(f, SAMPLER_LANGEVIN, s, 1 - .4 * .497571, -2 + .4 * .102429, sqrt(.8));
    check_step(f, SAMPLER_ANNEALED, s, 1 - .4 * .497571, -2 + .4 * .102429, sqrt(.8));
}

static void sde_upwards_is_the_forward_kernel(void **state)
{
    Fixture *f = *state;
    check_step(f, SAMPLER_SDE, (DynamicsStep){.from = 1, .to = 2, .options = published}, 1, -2, sqrt(3));
    /* Without noise it is Euler upwards: x + (1 - 2) 1 S(x; 1). */
    MixtureValue v = mixture_at(&f->ncsn, 1, (double[2]){1, -2});
    check_step(f, SAMPLER_SDE, (DynamicsStep){.from = 1, .to = 2}, 1 - v.score[0], -2 - v.score[1], 0);
}

/* Something for every sampler. */
static DynamicsOptions all_options(void)
{
    return (DynamicsOptions){.noise = .7,
                             .step_size = .3,
                             .friction = 1,
                             .eta = .7,
                             .snr = .16,
                             .churn = 40,
                             .tolerance = 1e-3,
                             .corrections = 2,
                             .leaps = 5,
                             .steps = 100,
                             .schedule = schedule_info(SCHEDULE_VP)};
}

static void descenders_rest_at_equal_levels(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < SAMPLER_COUNT; i++) {
        float x[2] = {1, -2};
        take_step(f, i, &f->ncsn, (DynamicsStep){.x = x, .n = 1, .from = 2, .to = 2, .options = all_options()});
        bool moved = x[0] != 1 || x[1] != -2;
        assert_int_equal(moved, sampler_info(i)->walks);
    }
}

static void a_set_may_be_split_at_chunks(void **state)
{
    static const size_t pieces[] = {DYNAMICS_CHUNK, 2 * DYNAMICS_CHUNK, 156};
    Fixture *f = *state;
    static float whole[2 * (3 * DYNAMICS_CHUNK + 156)];
    for (size_t sampler = 0; sampler < SAMPLER_COUNT; sampler++) {
        DynamicsStep s = {.n = sizeof whole / (2 * sizeof *whole),
                          .from = 2,
                          .to = 1,
                          .options = all_options(),
                          .step = 4,
                          .first = 5 * DYNAMICS_CHUNK};
        draw_normals(f, 3, s.n);
        take_step(f, sampler, &f->eight, s);
        memcpy(whole, f->x, sizeof whole);
        draw_normals(f, 3, s.n);
        s.x = f->x;
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
            s.n = pieces[i];
            take_step(f, sampler, &f->eight, s);
            s.x += 2 * s.n;
            s.first += s.n;
        }
        assert_memory_equal(f->x, whole, sizeof whole);
    }
}

/* Unadjusted Langevin on variance v = 1 settles at v / (1 - h / 2v). */
static void langevin_settles_at_its_known_variance(void **state)
{
    static const double expected[][2] = {{.05, 1.02564}, {.5, 1.33333}, {1, 2}, {1.9, 20}, {2.5, 20}};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        draw_normals(f, 1, CHAINS);
        for (uint64_t step = 0; step < 120; step++)
            take_step(f, SAMPLER_LANGEVIN, &f->point,
                      (DynamicsStep){.n = CHAINS,
                                     .from = 1,
                                     .to = 1,
                                     .step = step,
                                     .options = {.noise = 1, .step_size = expected[i][0]}});
        assert_variance(variance_of(f->x, CHAINS), expected[i][1]);
    }
}

static void ascent_collapses_to_the_modes(void **state)
{
    Fixture *f = *state;
    draw_normals(f, 8, 1000);
    for (int i = 0; i < 200; i++)
        take_step(f, SAMPLER_ASCENT, &f->spots,
                  (DynamicsStep){.n = 1000, .from = 1, .to = 1, .options = {.noise = 1, .step_size = .5}});
    assert_near(find_modes(f->x, 1000).variance, 0, 1e-6);
}

/* NCSN (Song and Ermon 2019) figure 3: from the uniform square, Langevin forgets the weights, annealing finds them. */
static void draw_square(Fixture *f)
{
    for (size_t i = 0; i < CHAINS; i++) {
        float u[4];
        rng_uniforms((Rng){3, STREAM_START}, 0, i, 1, u);
        f->x[2 * i] = 16 * u[0] - 8;
        f->x[2 * i + 1] = 16 * u[1] - 8;
    }
}

static void langevin_misses_the_weights_as_published(void **state)
{
    Fixture *f = *state;
    draw_square(f);
    for (uint64_t step = 0; step < 1000; step++)
        take_step(
            f, SAMPLER_LANGEVIN, &f->spots,
            (DynamicsStep){.n = CHAINS, .from = 1, .to = 1, .step = step, .options = {.noise = 1, .step_size = .05}});
    Modes modes = find_modes(f->x, CHAINS);
    assert_fraction(modes.fraction, .492);
    assert_variance(modes.variance, 1.025);
}

static Modes anneal(Fixture *f, const Mixture *m)
{
    double sigma[10], level = 20;
    ladder_geometric(20, 1, 10, sigma);
    draw_square(f);
    for (uint64_t step = 0; step < 1000; step++) {
        double to = sigma[step / 100];
        take_step(f, SAMPLER_ANNEALED, m,
                  (DynamicsStep){
                      .n = CHAINS, .from = level, .to = to, .step = step, .options = {.noise = 1, .step_size = .05}});
        level = to;
    }
    return find_modes(f->x, CHAINS);
}

static void annealing_finds_the_weights_as_published(void **state)
{
    Fixture *f = *state;
    Modes paper = anneal(f, &f->spots), smoothed = anneal(f, &f->ncsn);
    assert_fraction(paper.fraction, .217);
    assert_variance(paper.variance, 1.025);
    assert_fraction(smoothed.fraction, .218);
    assert_variance(smoothed.variance, 2.04);
}

static Modes descend_from_80(Fixture *f, size_t sampler, size_t levels)
{
    double sigma[500];
    ladder_karras(80, .01, 7, levels, sigma);
    draw_normals(f, 80, CHAINS);
    follow(f, sampler, &f->ncsn, sigma, levels, CHAINS, published);
    return find_modes(f->x, CHAINS);
}

/* maths.md section 8.3. */
static void descents_end_with_the_tabled_moments(void **state)
{
    Fixture *f = *state;
    static const struct {
        size_t sampler, levels;
        double fraction, variance;
    } rows[] = {
        {SAMPLER_SDE, 20, .266, 1.68},       {SAMPLER_SDE, 100, .213, 1.10}, {SAMPLER_ANCESTRAL, 20, .170, .68},
        {SAMPLER_ANCESTRAL, 100, .196, .92}, {SAMPLER_ODE, 20, .214, 1.05},  {SAMPLER_ODE, 100, .214, 1.00},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Modes modes = descend_from_80(f, rows[i].sampler, rows[i].levels);
        assert_fraction(modes.fraction, rows[i].fraction);
        assert_variance(modes.variance, rows[i].variance);
    }
}

/* The ODE keeps what the start has: with the moment-matched one it reaches the true .2. */
static void journeys_start_from_matched_moments(void **state)
{
    Fixture *f = *state;
    double sigma[60];
    ladder_karras(80, .01, 7, 60, sigma);
    StartDraw start = {.mixture = &f->ncsn, .sigma = 80, .rng = {5, STREAM_START}, .n = CHAINS};
    start_info(START_MATCHED)->draw(&start, f->x);
    follow(f, SAMPLER_ODE, &f->ncsn, sigma, 60, CHAINS, published);
    assert_fraction(find_modes(f->x, CHAINS).fraction, .199);
}

static void the_table_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLER_COUNT; i++) {
        const Sampler *s = sampler_info(i);
        assert_true(s->name[0] && s->label[0] && s->help[0] && s->step && (s->walks || s->descends));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(s->name, sampler_info(j)->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_whole),
        cmocka_unit_test(one_step_meets_the_reference_values),
        cmocka_unit_test(reverse_steps_meet_the_reference_values),
        cmocka_unit_test(walkers_take_steps_in_units_of_sigma_squared),
        cmocka_unit_test(walkers_move_at_the_level_they_are_sent_to),
        cmocka_unit_test(sde_upwards_is_the_forward_kernel),
        cmocka_unit_test(descenders_rest_at_equal_levels),
        cmocka_unit_test(a_set_may_be_split_at_chunks),
        cmocka_unit_test(langevin_settles_at_its_known_variance),
        cmocka_unit_test(ascent_collapses_to_the_modes),
        cmocka_unit_test(langevin_misses_the_weights_as_published),
        cmocka_unit_test(annealing_finds_the_weights_as_published),
        cmocka_unit_test(descents_end_with_the_tabled_moments),
        cmocka_unit_test(journeys_start_from_matched_moments),
    };
    return cmocka_run_group_tests(tests, make_fixture, free_fixture);
}
