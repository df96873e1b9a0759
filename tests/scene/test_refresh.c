/* The picture around the particles: what is filled first, what is shown meanwhile, and that nothing starves. */
#include "scene/drawing_gaussians.h"
#include "scene/drawing_subject.h"
#include "simulating.h"

static size_t refresh_all(Simulation *s)
{
    size_t pieces = 0;
    while (simulation_refresh(s))
        assert_true(++pieces < 10000);
    return pieces;
}

static void assert_field_is(Simulation *s, FieldSource field, double sigma)
{
    float value[2], score[2];
    const Rect *e = &s->field.extent;
    float x[2] = {(float)(e->x + e->w * 20 / (FIELD_GRID - 1)),
                  (float)(e->y + e->h * 41 / (FIELD_GRID - 1))}; /* a sample of the grid */
    field.evaluate(field.context, x, (float)sigma, 1, score);
    assert_true(stack_sample(&s->field, (double)x[0], (double)x[1], sigma, value));
    for (size_t c = 0; c < 2; c++)
        assert_near(value[c], (double)score[c] * sigma, 1e-3 * (1 + fabs((double)value[c])));
}

static void the_handles_levels_come_first(void **state)
{
    (void)state;
    Settings set = calm("8gaussians", SAMPLER_SDE, 10);
    Simulation s;
    start(&s, &set);
    double towards;
    int level = stack_level(&s.field, s.frame.sigma, &towards);
    for (int i = 0; i < 24; i++)
        assert_true(simulation_refresh(&s));
    assert_true(s.field.version[level] && s.field.version[level + 1]);
    for (int i = 0; i < 96; i++)
        assert_true(simulation_refresh(&s));
    assert_true(s.density.version[level] && s.density.version[level + 1]);
    simulation_free(&s);
}

/* What is filled at once for a picture is what the pieces fill in the end. */
static void a_picture_needs_only_what_it_shows(void **state)
{
    (void)state;
    Settings set = calm("8gaussians", SAMPLER_SDE, 10);
    Simulation at_once, in_pieces;
    start(&at_once, &set);
    start(&in_pieces, &set);
    simulation_refresh(&at_once); /* a level is in progress */
    double towards;
    simulation_move(&at_once, 0.7);
    simulation_move(&in_pieces, 0.7);
    simulation_refresh_shown(&at_once);
    refresh_all(&in_pieces);
    int lower = stack_level(&at_once.field, 0.7, &towards);
    size_t field = 2 * FIELD_GRID * FIELD_GRID, density = DENSITY_GRID * DENSITY_GRID;
    assert_memory_equal(at_once.field.value + (size_t)lower * field, in_pieces.field.value + (size_t)lower * field,
                        2 * field * sizeof(float));
    assert_memory_equal(at_once.density.value + (size_t)lower * density,
                        in_pieces.density.value + (size_t)lower * density, 2 * density * sizeof(float));
    assert_memory_equal(&at_once.frame.errors, &in_pieces.frame.errors, sizeof at_once.frame.errors);
    assert_true(simulation_incomplete(&at_once));
    assert_false(simulation_incomplete(&in_pieces));
    simulation_free(&at_once);
    simulation_free(&in_pieces);
}

static void the_stack_shows_the_chosen_field(void **state)
{
    (void)state;
    Settings set = calm("8gaussians", SAMPLER_SDE, 10);
    Simulation s;
    start(&s, &set);
    refresh_all(&s);
    double sigma = stack_sigma(&s.field, 12);
    FieldSource exact = field_exact(&simulation_target(&s)->mixture);
    assert_field_is(&s, exact, sigma);
    for (size_t i = 0; i < METRICS_LEVELS; i++)
        assert_true(isfinite(s.frame.errors.error[i]));
    assert_true(isfinite(s.frame.errors.overall));
    assert_false(simulation_refresh(&s));
    set.value[SET_FIELD] = FIELD_LEARNED;
    simulation_apply(&s, &set);
    assert_field_is(&s, exact, sigma); /* until the other is there */
    assert_true(refresh_all(&s) > 0);
    assert_field_is(&s, simulation_learned(&s), sigma);
    set.value[SET_FIELD] = FIELD_DIFFERENCE;
    simulation_apply(&s, &set);
    refresh_all(&s);
    assert_field_is(&s, simulation_field(&s), sigma);
    simulation_free(&s);
}

static void newer_weights_are_shown_and_measured(void **state)
{
    (void)state;
    Settings set = calm("8gaussians", SAMPLER_SDE, 10);
    set.value[SET_FIELD] = FIELD_LEARNED;
    Simulation s;
    Learner l;
    Weights w = {0};
    start(&s, &set);
    assert_true(learner_init(&l, &catalogue, &set));
    refresh_all(&s);
    double before = s.frame.errors.overall;
    for (int i = 0; i < 300; i++)
        trainer_step(&l.trainer);
    assert_true(learner_publish(&l, &w));
    simulation_adopt(&s, &w);
    refresh_all(&s);
    assert_int_equal(s.frame.errors_steps, 300);
    assert_true(s.frame.errors.overall < 0.5 * before);
    assert_field_is(&s, simulation_learned(&s), stack_sigma(&s.field, 15));
    weights_free(&w);
    learner_free(&l);
    simulation_free(&s);
}

/* Weights arrive faster than a whole sweep: the handle's levels stay young, and every other level has its turn. */
static void constant_news_starve_nobody(void **state)
{
    (void)state;
    Settings set = calm("gaussian", SAMPLER_SDE, 10);
    set.value[SET_FIELD] = FIELD_LEARNED;
    Simulation s;
    start(&s, &set);
    refresh_all(&s);
    uint64_t before[STACK_LEVELS], handle = 0;
    double towards;
    int level = stack_level(&s.field, s.frame.sigma, &towards);
    memcpy(before, s.field.version, sizeof before);
    for (int i = 0; i < 120 * 16; i++) {
        uint64_t version = s.field.version[level] + s.field.version[level + 1];
        Weights same = s.weights;
        if (i % 16 == 0)
            simulation_adopt(&s, &same);
        assert_true(simulation_refresh(&s));
        handle += s.field.version[level] + s.field.version[level + 1] != version;
    }
    for (int i = 0; i < STACK_LEVELS; i++)
        assert_true(s.field.version[i] != before[i]);
    assert_true(handle >= 40);
    assert_true(s.frame.errors_steps == 0 && isfinite(s.frame.errors.overall));
    simulation_free(&s);
}

static void small_pans_change_nothing_and_large_ones_stay_visible(void **state)
{
    (void)state;
    Settings set = calm("moons", SAMPLER_SDE, 10);
    Simulation s;
    start(&s, &set);
    simulation_view(&s, (Rect){-2, -1, 4, 2});
    refresh_all(&s);
    Rect before = s.field.extent;
    simulation_view(&s, (Rect){-1.9, -1.1, 4, 2});
    assert_near(s.field.extent.x, before.x, 0);
    assert_false(simulation_refresh(&s));
    simulation_view(&s, (Rect){-1, -1.1, 4, 2});
    assert_true(s.field.extent.x < -1 && s.field.extent.x + s.field.extent.w > 3);
    float value[2];
    assert_true(stack_sample(&s.field, 0, 0, s.frame.sigma, value));
    assert_true(stack_sample(&s.density, 0, 0, s.frame.sigma, value));
    assert_true(refresh_all(&s) > 1000);
    assert_field_is(&s, simulation_field(&s), stack_sigma(&s.field, 20));
    simulation_view(&s, (Rect){-0.1, -0.1, 0.4, 0.2}); /* zoomed in: finer */
    assert_true(s.field.extent.w < 1);
    simulation_free(&s);
}

static void draw_gaussian(Settings *set, double x, uint64_t revision)
{
    Drawing d = {0};
    size_t part;
    Error e;
    assert_true(drawing_hand_part(&d, PART_GAUSSIANS, &part));
    assert_true(drawing_gaussian_add(&d, part, (double[]){x, 0}, 0.1));
    catalogue_draw(&catalogue, drawing_subject(&d, revision, &e));
    settings_draw(set, revision, DRAWING_STD);
    drawing_free(&d);
}

/* A stroke every fifty pieces: at the handle it shows at once, and the errors are measured all the same. */
static void what_a_hand_changes_shows_at_the_handle_first(void **state)
{
    (void)state;
    enum { STROKES = 40, PIECES = 50 };
    Settings set = calm("gaussian", SAMPLER_SDE, 10);
    settings_put(&set, SET_TARGET, (double)target_count());
    Simulation s;
    draw_gaussian(&set, 0, 1);
    start(&s, &set);
    refresh_all(&s);
    double towards;
    int handle = stack_level(&s.field, s.frame.sigma, &towards);
    for (uint64_t i = 0; i < STROKES; i++) {
        draw_gaussian(&set, 0.01 * (double)(i + 1), i + 2);
        simulation_apply(&s, &set);
        assert_true(simulation_incomplete(&s));
        for (int k = 0; k < PIECES; k++)
            assert_true(simulation_refresh(&s));
        for (int level = handle; level <= handle + 1; level++)
            assert_field_is(&s, simulation_source(&s, FIELD_EXACT), stack_sigma(&s.field, level));
    }
    assert_true(isfinite(s.frame.errors.overall));
    refresh_all(&s);
    assert_false(simulation_incomplete(&s));
    simulation_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_handles_levels_come_first),
        cmocka_unit_test(a_picture_needs_only_what_it_shows),
        cmocka_unit_test(the_stack_shows_the_chosen_field),
        cmocka_unit_test(newer_weights_are_shown_and_measured),
        cmocka_unit_test(constant_news_starve_nobody),
        cmocka_unit_test(small_pans_change_nothing_and_large_ones_stay_visible),
        cmocka_unit_test(what_a_hand_changes_shows_at_the_handle_first),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
