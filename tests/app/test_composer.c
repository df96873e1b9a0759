/* The composer: the newest drawing comes back as a subject, whatever was asked for meanwhile, and its copy is its own
 * while main draws on. Meant to be run under TSan as well. */
#include "app/composer.h"

#include "app/clock.h"
#include "scene/drawings.h"

static void wake(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

enum { PATIENCE_MS = 20000 };

static Subject *await(Composer *c)
{
    Error e;
    for (int i = 0; i < PATIENCE_MS; i++) {
        Subject *s = composer_take(c, &e);
        if (s)
            return s;
        clock_sleep_until(clock_s() + 0.001);
    }
    print_error("no subject came: %s\n", e.text);
    abort();
}

static void the_newest_drawing_comes_back(void **state)
{
    (void)state;
    enum { MOVES = 200 };
    atomic_int woken = 0;
    Composer c;
    Drawing d = {0};
    CanvasStroke stroke = {0};
    composer_init(&c, wake, &woken);
    assert_true(composer_start(&c));
    add(&d, part_of(PART_CANVAS, "c"));
    Canvas *canvas = &d.part[0].canvas;
    canvas_stroke_begin(&stroke, canvas, brush_default(), (double[]){-0.8, 0});
    uint64_t last = 0;
    for (uint64_t i = 1; i <= MOVES; i++) {
        Error e;
        canvas_stroke_move(&stroke, canvas, (double[]){-0.8 + 0.008 * (double)i, 0.3 * sin(0.1 * (double)i)});
        composer_ask(&c, &d, i);
        composer_ask(&c, &d, i); /* the same again */
        Subject *s = composer_take(&c, &e);
        if (s)
            assert_true(s->revision > last && s->revision <= i);
        last = s ? s->revision : last;
        subject_release(s);
    }
    canvas_stroke_end(&stroke);
    while (last < MOVES) {
        Subject *s = await(&c);
        last = s->revision;
        if (last == MOVES) {
            Target expected = target_of(&d);
            assert_same_target(&s->target, &expected);
            target_free(&expected);
        }
        subject_release(s);
    }
    assert_false(composer_busy(&c));
    assert_true(atomic_load(&woken) >= 1);
    drawing_free(&d);
    composer_free(&c);
}

static void an_empty_drawing_is_an_empty_canvas(void **state)
{
    (void)state;
    atomic_int woken = 0;
    Composer c;
    composer_init(&c, wake, &woken);
    assert_true(composer_start(&c));
    composer_ask(&c, &(Drawing){0}, 4);
    Subject *s = await(&c);
    assert_int_equal(s->revision, 4);
    assert_int_equal(s->row, target_count());
    assert_int_equal(s->target.mixture.count, 1);
    subject_release(s);
    composer_ask(&c, &(Drawing){0}, 5); /* and nobody takes it */
    composer_free(&c);
}

static void what_cannot_be_composed_says_why(void **state)
{
    (void)state;
    atomic_int woken = 0;
    Error e = {0};
    Composer c;
    Drawing d = {0};
    for (int i = 0; i < 3; i++) {
        Part part = part_of(PART_POINTS, "many");
        part.points = points_create(POINTS_MAX, false);
        add(&d, part);
    }
    composer_init(&c, wake, &woken);
    assert_true(composer_start(&c));
    composer_ask(&c, &d, 1);
    for (int i = 0; i < PATIENCE_MS && composer_busy(&c); i++) {
        assert_null(composer_take(&c, &e));
        clock_sleep_until(clock_s() + 0.001);
    }
    assert_non_null(strstr(e.text, "expected at most"));
    composer_free(&c);
    drawing_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_drawing_comes_back),
        cmocka_unit_test(an_empty_drawing_is_an_empty_canvas),
        cmocka_unit_test(what_cannot_be_composed_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
