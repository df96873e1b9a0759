/* Codes: what one says comes back to the last bit, one that was damaged changes nothing, and each is one thing to undo.
 */
#include "scene/state_code.h"

#include "catalogue.h"
#include "core/rng.h"
#include "core/target.h"
#include "near.h"
#include "scene/command.h"
#include "scene/drawing_file.h"
#include "scene/drawing_packed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

typedef struct Desktop {
    char *clipboard;
    double sigma; /* last ordered */
    bool printed;
} Desktop;

static void note_order(void *context, const Order *o)
{
    Desktop *d = context;
    for (int worker = 0; worker < 2; worker++)
        state_release(o->state);
    if (o->kind == ORDER_SIGMA)
        d->sigma = o->x;
}

static bool note_output(void *context, const Output *o, Error *e)
{
    (void)e;
    ((Desktop *)context)->printed = o->kind == OUTPUT_CODE;
    return true;
}

static void copy(void *context, const char *text)
{
    Desktop *d = context;
    free(d->clipboard);
    d->clipboard = strdup(text);
}

static char *clipboard(void *context)
{
    Desktop *d = context;
    return d->clipboard ? strdup(d->clipboard) : NULL;
}

static void begin(Session *s, Desktop *d, const Settings *settings)
{
    *d = (Desktop){0};
    session_init(
        s, &catalogue, settings,
        (Host){.context = d, .order = note_order, .output = note_output, .copy = copy, .clipboard = clipboard});
}

static void begin_at_defaults(Session *s, Desktop *d)
{
    Settings defaults = settings_defaults();
    begin(s, d, &defaults);
}

static void end(Session *s, Desktop *d)
{
    session_free(s);
    free(d->clipboard);
}

static void run(Session *s, const char *commands)
{
    Error e;
    if (!command_run_all(s, commands, &e))
        fail_msg("%s", e.text);
}

static char *written(const Session *s)
{
    bool whole;
    char *code = state_code_write(s, &whole);
    assert_non_null(code);
    assert_true(whole);
    return code;
}

static void take(Session *s, const char *code)
{
    Error e;
    if (!state_code_take(s, code, &e))
        fail_msg("%s: %s", code, e.text);
}

/* Some settings or all, anywhere in their ranges. */
static Settings random_settings(uint64_t round)
{
    Settings s = settings_defaults();
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        float u[4];
        double min, max;
        setting_range(&s, id, &min, &max);
        rng_uniforms((Rng){round, STREAM_TEST}, 0, id, 1, u);
        bool small = u[1] < 0.5f && min >= 0;
        if (round % 2 == 0 || u[2] < 0.2f)
            settings_put(&s, id, small ? min + (max - min) * pow((double)u[0], 8) : min + (max - min) * (double)u[0]);
    }
    s.value[SET_DRAW_FIT] = 0;                               /* the drawing's */
    s.value[SET_SAMPLES] = fmod(s.value[SET_SAMPLES], 5000); /* a million take a second */
    return s;
}

static void assert_same_settings(const Settings *a, const Settings *b)
{
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        if (!settings_personal(id) && memcmp(&a->value[id], &b->value[id], sizeof(double)) != 0)
            fail_msg("%s: %.17g and %.17g", setting_info(id)->name, a->value[id], b->value[id]);
    }
    if (settings_on(a, SET_DRAW))
        assert_int_equal(a->undrawn, b->undrawn);
}

/* From anywhere to anywhere. */
static void any_settings_come_back(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < 300; round++) {
        Session from, to;
        Desktop one, other;
        Settings set = random_settings(round), before = random_settings(round + 1000);
        begin(&from, &one, &set);
        begin(&to, &other, &before);
        char *code = written(&from);
        assert_true(strlen(code) < STATE_CODE_MAX);
        assert_int_equal(strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                         strlen(code));
        take(&to, code);
        assert_same_settings(&to.settings, &from.settings);
        for (SettingId id = 0; id < SETTING_COUNT; id++)
            assert_true(!settings_personal(id) || to.settings.value[id] == before.value[id]);
        assert_true(other.sigma == from.settings.value[SET_SIGMA]);
        char *again = written(&to);
        assert_string_equal(again, code);
        free(again);
        free(code);
        end(&from, &one);
        end(&to, &other);
    }
}

static const char small_drawing[] =
    "gaussian add 0.3 0.25 0.1; gaussian add -0.4 0.1; part add moons; part weight 2 0.3; "
    "part angle 2 30; set draw.fit on; set sigma 0.123456789; set seed 7";

static void small_drawings_come_along(void **state)
{
    (void)state;
    Session from, to;
    Desktop one, other;
    Bytes a = {0}, b = {0};
    begin_at_defaults(&from, &one);
    begin_at_defaults(&to, &other);
    run(&from, small_drawing);
    run(&to, "set target moons; set draw on; gaussian add 0 0");
    char *code = written(&from);
    take(&to, code);
    assert_same_settings(&to.settings, &from.settings);
    assert_true(to.settings.drawing_std == from.settings.drawing_std);
    assert_true(session_target(&to)->frame.mean[0] == session_target(&from)->frame.mean[0]);
    drawing_append(&a, &from.desk.drawing);
    drawing_append(&b, &to.desk.drawing);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    bytes_free(&a);
    bytes_free(&b);
    free(code);
    end(&from, &one);
    end(&to, &other);
}

static void going_out_of_drawing_brings_the_same_target(void **state)
{
    (void)state;
    Session from, to;
    Desktop one, other;
    begin_at_defaults(&from, &one);
    begin_at_defaults(&to, &other);
    run(&from, "set target checkerboard; set draw on; gaussian add 0 0");
    char *code = written(&from);
    take(&to, code);
    run(&to, "set draw off");
    assert_string_equal(target_info(settings_index(&to.settings, SET_TARGET))->name, "checkerboard");
    free(code);
    end(&from, &one);
    end(&to, &other);
}

static void large_drawings_stay_behind(void **state)
{
    (void)state;
    Session s;
    Desktop d;
    bool whole;
    begin_at_defaults(&s, &d);
    run(&s, "set draw.points 1000; stamp 0 0; stamp 0.5 0; set seed 5; code");
    assert_non_null(strstr(s.notice, "without the drawing"));
    char *code = state_code_write(&s, &whole);
    assert_false(whole);
    assert_true(strlen(code) < STATE_CODE_MAX);
    run(&s, "set seed 6");
    uint64_t version = s.desk.version;
    take(&s, code);
    assert_near(s.settings.value[SET_SEED], 5, 0);
    assert_int_equal(settings_index(&s.settings, SET_TARGET), target_count());
    assert_int_equal(s.desk.version, version); /* the drawing at hand stays */
    free(code);
    end(&s, &d);
}

static void assert_refused(Session *s, const char *code, const char *why)
{
    Error e = {{0}};
    Settings before = s->settings;
    uint64_t undo = s->undo.top, sequence = s->sequence, version = s->desk.version;
    if (state_code_take(s, code, &e))
        fail_msg("%s was taken", code);
    if (!strstr(e.text, why))
        fail_msg("\"%s\" should say \"%s\"", e.text, why);
    assert_memory_equal(&before, &s->settings, sizeof before);
    assert_true(s->undo.top == undo && s->sequence == sequence && s->desk.version == version);
}

/* Each letter becomes each other one, and is left out; the text is cut off behind it. */
static void a_damaged_code_changes_nothing(void **state)
{
    (void)state;
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n~";
    Session s;
    Desktop d;
    begin_at_defaults(&s, &d);
    run(&s, small_drawing);
    char *code = written(&s);
    size_t length = strlen(code);
    run(&s, "set target moons; set seed 3");
    for (size_t i = 0; i < length; i++) {
        char right = code[i];
        for (const char *c = letters; *c; c++) {
            bool blank_at_end = (i == 0 || i == length - 1) && (*c == ' ' || *c == '\n');
            code[i] = *c;
            if (*c != right && !blank_at_end)
                assert_refused(&s, code, "state code");
        }
        code[i] = '\0';
        assert_refused(&s, code, "state code");
        memmove(code + i, code + i + 1, length - i - 1);
        code[length - 1] = '\0';
        if (code[i] != right)
            assert_refused(&s, code, "state code");
        memmove(code + i + 1, code + i, length - i - 1);
        code[i] = right;
    }
    take(&s, code);
    free(code);
    end(&s, &d);
}

/* A right code of any text, as another version might write it. */
static void pack(const char *text, size_t size, char code[4096])
{
    unsigned char block[2048];
    Bytes b = {0};
    uLongf packed = sizeof block - 4;
    assert_int_equal(compress2(block + 4, &packed, (const Bytef *)text, size, 9), Z_OK);
    uint32_t sum = (uint32_t)crc32(0, block + 4, (uInt)packed);
    memcpy(block, &sum, 4);
    base64_append(&b, block, 4 + packed);
    bytes_append(&b, "", 1);
    char *out = code + sprintf(code, "sf1-");
    for (const char *p = (const char *)b.data; *p && *p != '='; p++)
        *out++ = *p == '+' ? '-' : *p == '/' ? '_' : *p;
    *out = '\0';
    bytes_free(&b);
}

static void what_this_version_does_not_know_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } wrong[] = {
        {"hue 3\n", "no setting \"hue\""},
        {"target mars\n", "no choice \"mars\""},
        {"seed -1\n", "seed goes from"},
        {"seed nan\n", "seed takes a whole number"},
        {"seed\n", "damaged"},
        {"seed 3", "damaged"},
        {"\n", "damaged"},
        {"target drawing\ndrawing\n{}", "the state code"},
        {"target drawing\ndrawing\n", "the state code"},
    };
    char code[4096];
    Session s;
    Desktop d;
    begin_at_defaults(&s, &d);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        pack(wrong[i].text, strlen(wrong[i].text), code);
        assert_refused(&s, code, wrong[i].why);
    }
    pack("seed 3\0\n", 8, code);
    assert_refused(&s, code, "damaged");
    assert_refused(&s, "sf2-AAAAAAAAAAAAAAAA", "another version");
    assert_refused(&s, "sf1-", "damaged");
    assert_refused(&s, "1,2\n3,4\n", "begins with sf1-");
    static char zeros[1000000];
    memset(zeros, 'a', sizeof zeros - 1);
    pack(zeros, sizeof zeros - 1, code);
    assert_refused(&s, code, "damaged");
    memset(code, 'A', sizeof code - 1);
    memcpy(code, "sf1-", 4);
    code[sizeof code - 1] = '\0';
    assert_refused(&s, code, "fewer than");
    pack("seed 3\n", 7, code);
    take(&s, code);
    assert_near(s.settings.value[SET_SEED], 3, 0);
    end(&s, &d);
}

/* Written by the first version: what is in chats and on slides stays good. */
static void codes_of_the_first_version_are_read(void **state)
{
    (void)state;
    Session s;
    Desktop d;
    begin_at_defaults(&s, &d);
    take(&s, " sf1-uPdbu3jaK0ksSk8tUcjNz88r5irOTM9NVDDQM-YqyEmszMxLV8hPS-MCAOLSDAM\n");
    assert_string_equal(target_info(settings_index(&s.settings, SET_TARGET))->name, "moons");
    assert_near(s.settings.value[SET_SIGMA], 0.3, 0);
    assert_false(settings_on(&s.settings, SET_PLAYING));
    end(&s, &d);
}

static void a_code_is_one_thing_to_undo(void **state)
{
    (void)state;
    Session s;
    Desktop d;
    begin_at_defaults(&s, &d);
    run(&s, small_drawing);
    char *code = written(&s);
    run(&s, "clear drawing; gaussian add 0 0; set target moons; set map error; set view.zoom 3; set theme light");
    Settings before = s.settings;
    take(&s, code);
    Settings after = s.settings;
    size_t parts = s.desk.drawing.count;
    assert_int_equal(parts, 2);
    run(&s, "undo");
    assert_same_settings(&s.settings, &before);
    assert_int_equal(s.desk.drawing.count, 1);
    run(&s, "redo");
    assert_same_settings(&s.settings, &after);
    assert_int_equal(s.desk.drawing.count, parts);
    assert_int_equal(settings_index(&s.settings, SET_THEME), THEME_LIGHT);
    free(code);
    end(&s, &d);
}

static void commands_copy_and_paste(void **state)
{
    (void)state;
    Session s;
    Desktop d;
    Error e;
    begin_at_defaults(&s, &d);
    run(&s, "set target moons; set seed 11; code");
    assert_true(state_code_is(d.clipboard));
    assert_non_null(strstr(s.notice, "characters"));
    run(&s, "set target heart; set seed 1; paste");
    assert_near(s.settings.value[SET_SEED], 11, 0);
    assert_non_null(strstr(s.notice, "Restored"));
    d.clipboard[strlen(d.clipboard) / 2] ^= 1;
    assert_false(command_run_all(&s, "paste", &e));
    assert_non_null(strstr(e.text, "damaged"));
    copy(&d, "0.1 0.2\n0.3 0.4\n0.5 0.1\n");
    run(&s, "paste");
    assert_int_equal(settings_index(&s.settings, SET_TARGET), target_count());
    s.host.copy = NULL;
    run(&s, "code");
    assert_true(d.printed);
    end(&s, &d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_settings_come_back),
        cmocka_unit_test(small_drawings_come_along),
        cmocka_unit_test(going_out_of_drawing_brings_the_same_target),
        cmocka_unit_test(large_drawings_stay_behind),
        cmocka_unit_test(a_damaged_code_changes_nothing),
        cmocka_unit_test(what_this_version_does_not_know_is_said),
        cmocka_unit_test(codes_of_the_first_version_are_read),
        cmocka_unit_test(a_code_is_one_thing_to_undo),
        cmocka_unit_test(commands_copy_and_paste),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
