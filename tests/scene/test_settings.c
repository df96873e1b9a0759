/* The table of settings: complete, and what goes in by text comes out the same. */
#include "scene/settings.h"

#include "core/dynamics.h"
#include "core/rng.h"
#include "core/target.h"
#include "near.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void every_row_is_complete(void **state)
{
    (void)state;
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        const SettingInfo *row = setting_info(id);
        assert_non_null(row->name);
        assert_true(row->label[0] && row->help[0] && row->group[0]);
        assert_int_equal(setting_find(row->name), id);
        assert_int_equal(row->kind == SETTING_CHOICE, row->choice_name != NULL);
        if (row->scale == SCALE_LOG)
            assert_true(row->min > 0);
    }
    assert_int_equal(setting_find("no such name"), SETTING_COUNT);
}

static void defaults_lie_in_their_ranges(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        double min, max;
        setting_range(&s, id, &min, &max);
        assert_true(s.value[id] >= min && s.value[id] <= max);
    }
}

/* Every setting can be set to both ends of its range and to its default by the text that it prints. */
static void text_round_trips(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        double ends[3];
        setting_range(&s, id, &ends[0], &ends[1]);
        ends[2] = setting_info(id)->fallback;
        for (int i = 0; i < 3; i++) {
            Settings before = s, after = s;
            char text[64];
            Error e;
            settings_put(&before, id, ends[i]);
            assert_true(settings_parse(&after, id, settings_print(&before, id, text, sizeof text), &e));
            assert_near(after.value[id], before.value[id], 1e-8 * fabs(before.value[id]));
        }
    }
}

static void refuse(SettingId id, const char *text, const char *part)
{
    Settings s = settings_defaults(), before = s;
    Error e = {{0}};
    assert_false(settings_parse(&s, id, text, &e));
    assert_memory_equal(&s, &before, sizeof s);
    if (!strstr(e.text, part))
        fail_msg("\"%s\" should say \"%s\"", e.text, part);
}

static void bad_values_are_refused_with_the_range(void **state)
{
    (void)state;
    refuse(SET_BATCH, "abc", "from 8 to 4096");
    refuse(SET_BATCH, "12.5", "whole number");
    refuse(SET_BATCH, "1e9", "from 8 to 4096");
    refuse(SET_BATCH, "", "whole number");
    refuse(SET_RATE, "nan", "from 1e-05 to 1");
    refuse(SET_RATE, "inf", "from 1e-05 to 1");
    refuse(SET_RATE, "0.1x", "got \"0.1x\"");
    refuse(SET_LOOP, "maybe", "on or off");
    refuse(SET_TARGET, "spiral", "did you mean spirals?");
    refuse(SET_DYNAMICS, "zzz", "there are");
}

static void sigma_keeps_its_place_in_another_targets_range(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    double min, max, other_min, other_max;
    setting_range(&s, SET_SIGMA, &min, &max);
    settings_put(&s, SET_SIGMA, sqrt(min * max));
    settings_put(&s, SET_TARGET, (double)(target_count() - 1));
    setting_range(&s, SET_SIGMA, &other_min, &other_max);
    assert_true(fabs(other_max - max) > 0.1);
    assert_near(s.value[SET_SIGMA], sqrt(other_min * other_max), 1e-9 * other_max);
}

/* The quick range of settings and the one of a target that was built are the same thing. */
static void sigma_range_is_the_targets(void **state)
{
    (void)state;
    for (size_t i = 0; i < target_count(); i++) {
        Target t;
        double min, max;
        assert_true(target_init(&t, i));
        target_sigma_range(i, &min, &max);
        assert_near(t.sigma_min, min, 1e-7 * min);
        assert_near(t.sigma_max, max, 1e-7 * max);
        target_free(&t);
    }
}

static void values_are_clamped_and_rounded(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    settings_put(&s, SET_BATCH, 300.4);
    assert_near(s.value[SET_BATCH], 300, 0);
    settings_put(&s, SET_BATCH, 1e12);
    assert_near(s.value[SET_BATCH], 4096, 0);
    settings_put(&s, SET_NOISE, -1);
    assert_near(s.value[SET_NOISE], 0, 0);
}

static void dynamics_that_need_log_p_go_with_the_exact_field(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    Error e;
    assert_false(settings_parse(&s, SET_DYNAMICS, "mala", &e));
    assert_non_null(strstr(e.text, "set field exact"));
    assert_int_equal(settings_index(&s, SET_DYNAMICS), SAMPLER_SDE);
    settings_put(&s, SET_DYNAMICS, SAMPLER_HMC); /* a hand's choice changes nothing either */
    assert_int_equal(settings_index(&s, SET_DYNAMICS), SAMPLER_SDE);
    assert_true(settings_parse(&s, SET_FIELD, "exact", &e) && settings_parse(&s, SET_DYNAMICS, "mala", &e));
    assert_int_equal(settings_index(&s, SET_DYNAMICS), SAMPLER_MALA);
    assert_true(settings_parse(&s, SET_FIELD, "difference", &e));
    assert_int_equal(settings_index(&s, SET_DYNAMICS), SAMPLER_LANGEVIN);
}

static void the_handle_reaches_the_ends_of_the_ladder(void **state)
{
    (void)state;
    Settings s = settings_defaults();
    Error e;
    double least, most, min, max;
    setting_range(&s, SET_SIGMA, &least, &most);
    assert_true(settings_parse(&s, SET_FIRST, "80", &e) && settings_parse(&s, SET_LAST, "3", &e));
    setting_range(&s, SET_SIGMA, &min, &max);
    assert_true(max == 80 && min == least); /* and keeps what it had */
    assert_true(settings_parse(&s, SET_LAST, "0.001", &e) && settings_parse(&s, SET_SIGMA, "70", &e));
    setting_range(&s, SET_SIGMA, &min, &max);
    assert_true(min == 0.001);
    assert_true(settings_parse(&s, SET_FIRST, "0", &e));
    assert_true(s.value[SET_SIGMA] == most);
    assert_true(settings_parse(&s, SET_LAST, "500", &e)); /* above the first: as if it were not set */
    setting_range(&s, SET_SIGMA, &min, &max);
    assert_true(min == least && max == most);
}

/* Every list of settings that a program can write, it reads. */
static void what_is_printed_reads_back(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < 300; round++) {
        Settings s = settings_defaults(), back = settings_defaults();
        Error e;
        for (SettingId id = 0; id < SETTING_COUNT; id++) {
            float u[4];
            double min, max;
            setting_range(&s, id, &min, &max);
            rng_uniforms((Rng){round, STREAM_TEST}, 0, id, 1, u);
            bool small = u[1] < 0.5f && min >= 0;
            settings_put(&s, id, small ? min + (max - min) * pow((double)u[0], 8) : min + (max - min) * (double)u[0]);
        }
        for (SettingId id = 0; id < SETTING_COUNT; id++) {
            char text[64];
            if (!settings_parse(&back, id, settings_print(&s, id, text, sizeof text), &e))
                fail_msg("round %d: %s", (int)round, e.text);
        }
        for (SettingId id = 0; id < SETTING_COUNT; id++)
            assert_near(back.value[id], s.value[id], 1e-7 * fabs(s.value[id]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_complete),
        cmocka_unit_test(defaults_lie_in_their_ranges),
        cmocka_unit_test(text_round_trips),
        cmocka_unit_test(bad_values_are_refused_with_the_range),
        cmocka_unit_test(sigma_keeps_its_place_in_another_targets_range),
        cmocka_unit_test(sigma_range_is_the_targets),
        cmocka_unit_test(values_are_clamped_and_rounded),
        cmocka_unit_test(dynamics_that_need_log_p_go_with_the_exact_field),
        cmocka_unit_test(the_handle_reaches_the_ends_of_the_ladder),
        cmocka_unit_test(what_is_printed_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
