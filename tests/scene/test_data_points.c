/* The data that are drawn: the training set where it is finite, else samples of the target; each with its noise. */
#include "scene/data_points.h"

#include "core/training_set.h"

#include "simulating.h"

static const Subject *subject_of(const Settings *s)
{
    return catalogue.row[settings_index(s, SET_TARGET)];
}

static void a_finite_training_set_is_what_is_drawn(void **state)
{
    (void)state;
    static float set[2 * 50];
    DataPoints d;
    Settings s = calm("moons", SAMPLER_SDE, 10);
    size_t target = target_named("moons");
    assert_true(data_points_init(&d));
    data_points_follow(&d, subject_of(&s), &s);
    assert_int_equal(d.count, SUBJECT_SAMPLES);
    assert_memory_equal(d.x, catalogue.row[target]->samples, d.count * 2 * sizeof *d.x);
    uint64_t version = d.version;
    data_points_follow(&d, subject_of(&s), &s);
    s.value[SET_SEED] = 9; /* endless data have no seed */
    data_points_follow(&d, subject_of(&s), &s);
    assert_int_equal(d.version, version);
    s.value[SET_SAMPLES] = 50;
    data_points_follow(&d, subject_of(&s), &s);
    training_set(&catalogue.row[target]->target, 9, 50, set);
    assert_true(d.count == 50 && d.version > version);
    assert_memory_equal(d.x, set, sizeof set);
    s.value[SET_SAMPLES] = 1e6;
    data_points_follow(&d, subject_of(&s), &s);
    assert_int_equal(d.count, DATA_POINTS_MAX);
    data_points_free(&d);
}

static void noise_is_standard_and_its_own(void **state)
{
    (void)state;
    DataPoints d;
    Settings s = calm("gaussian", SAMPLER_SDE, 10);
    s.value[SET_SAMPLES] = 20000;
    assert_true(data_points_init(&d));
    data_points_follow(&d, subject_of(&s), &s);
    double sum = 0, squares = 0, with_data = 0;
    for (size_t i = 0; i < 2 * d.count; i++) {
        double z = (double)d.noised[i] - (double)d.x[i];
        sum += z;
        squares += z * z;
        with_data += z * (double)d.x[i];
    }
    double n = 2 * (double)d.count, error = 4 / sqrt(n);
    assert_near(sum / n, 0, error);
    assert_near(squares / n, 1, error * sqrt(2));
    assert_near(with_data / n, 0, error * 2);
    data_points_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finite_training_set_is_what_is_drawn),
        cmocka_unit_test(noise_is_standard_and_its_own),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
