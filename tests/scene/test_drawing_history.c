/* Undo and redo of drawings: the same bytes again, within a budget. */
#include "drawings.h"
#include "scene/drawing_history.h"

#include <stdio.h>

static void push(DrawingHistory *h, const char *label, const Drawing *d)
{
    assert_true(drawing_history_push(h, label, d));
}

static void follow(Drawing *d, const Drawing *step)
{
    assert_non_null(step);
    assert_true(drawing_copy(d, step));
}

static void stroke(Drawing *d, double x)
{
    Brush brush = brush_default();
    size_t part;
    assert_true(drawing_hand_part(d, PART_CANVAS, &part));
    canvas_line(&d->part[part].canvas, brush, (double[]){x, -0.9}, (double[]){x, 0.9});
}

/* What a drawing goes through in these tests. */
static void step_by_step(Drawing *d, size_t k)
{
    static const float other[] = {0, 0, 1, 3};
    if (k == 3)
        add_gaussian(d, 0.1, 0.2, 0.3);
    else if (k == 5)
        add(d, from_file(four_points, four_weights, 4));
    else if (k == 7)
        drawing_reorder(d, 0, 2);
    else if (k == 9)
        drawing_free(d);
    else if (k == 10)
        add(d, from_file(other, NULL, 2));
    else
        stroke(d, -0.9 + 0.1 * (double)k);
}

enum { STEPS = 12 };

static void undo_to_the_start_and_back_gives_the_same_bytes(void **state)
{
    DrawingHistory h;
    Drawing d = {0};
    Target target[STEPS + 1] = {0};
    Error e;
    (void)state;
    assert_true(drawing_history_init(&h, DRAWING_HISTORY_BYTES));
    for (size_t k = 1; k <= STEPS; k++) {
        step_by_step(&d, k);
        push(&h, "step", &d);
        if (!drawing_empty(&d))
            assert_true(drawing_target(&d, &target[k], &e));
    }
    for (int turn = 0; turn < 2; turn++) {
        for (size_t k = STEPS; k-- > 0;) {
            follow(&d, drawing_history_undo(&h));
            Target t;
            assert_int_equal(drawing_target(&d, &t, &e), target[k].mixture.count > 0);
            assert_same_target(&t, &target[k]);
            target_free(&t);
        }
        assert_null(drawing_history_undo(&h));
        for (size_t k = 1; k <= STEPS; k++) {
            follow(&d, drawing_history_redo(&h));
            Target t;
            assert_int_equal(drawing_target(&d, &t, &e), target[k].mixture.count > 0);
            assert_same_target(&t, &target[k]);
            target_free(&t);
        }
        assert_null(drawing_history_redo(&h));
    }
    for (size_t k = 0; k <= STEPS; k++)
        target_free(&target[k]);
    drawing_free(&d);
    drawing_history_free(&h);
}

static void what_is_done_after_undo_ends_redo(void **state)
{
    DrawingHistory h;
    Drawing d = {0};
    (void)state;
    assert_true(drawing_history_init(&h, DRAWING_HISTORY_BYTES));
    assert_null(drawing_history_undo_label(&h));
    stroke(&d, 0);
    push(&h, "stroke", &d);
    add_gaussian(&d, 0, 0, 0.1);
    push(&h, "add a Gaussian", &d);
    assert_string_equal(drawing_history_undo_label(&h), "add a Gaussian");
    assert_null(drawing_history_redo_label(&h));
    follow(&d, drawing_history_undo(&h));
    assert_int_equal(d.count, 1);
    assert_string_equal(drawing_history_undo_label(&h), "stroke");
    assert_string_equal(drawing_history_redo_label(&h), "add a Gaussian");
    stroke(&d, 0.5);
    push(&h, "another stroke", &d);
    assert_null(drawing_history_redo(&h));
    assert_string_equal(drawing_history_undo_label(&h), "another stroke");
    follow(&d, drawing_history_undo(&h));
    follow(&d, drawing_history_undo(&h));
    assert_true(drawing_empty(&d));
    assert_null(drawing_history_undo(&h));
    drawing_free(&d);
    drawing_history_free(&h);
}

/* Changes to what is shown afterwards do not reach what was pushed. */
static void steps_are_copies(void **state)
{
    DrawingHistory h;
    Drawing d = {0}, before = {0};
    (void)state;
    assert_true(drawing_history_init(&h, DRAWING_HISTORY_BYTES));
    stroke(&d, 0);
    push(&h, "stroke", &d);
    assert_true(drawing_copy(&before, &d));
    stroke(&d, 0.5);
    push(&h, "stroke", &d);
    stroke(&d, -0.5); /* not pushed */
    follow(&d, drawing_history_undo(&h));
    assert_same_density(&d, &before);
    drawing_free(&d);
    drawing_free(&before);
    drawing_history_free(&h);
}

static size_t share_of_steps(const DrawingHistory *h)
{
    size_t bytes = 0;
    for (size_t i = 0; i < h->count; i++)
        bytes += sizeof h->step[i] + drawing_bytes(&h->step[i].drawing);
    return bytes;
}

static void the_oldest_go_where_the_budget_is_full(void **state)
{
    enum { BUDGET = 1 << 20, MANY = 300 };
    DrawingHistory h;
    Drawing d = {0};
    char label[32];
    size_t left = 0;
    (void)state;
    assert_true(drawing_history_init(&h, BUDGET));
    for (int i = 0; i < MANY; i++) {
        canvas_clear(d.count > 0 ? &d.part[0].canvas : &(Canvas){0});
        stroke(&d, 0.9 * sin(i)); /* eight or sixteen tiles of 4 KB */
        snprintf(label, sizeof label, "stroke %d", i);
        push(&h, label, &d);
        assert_true(h.bytes >= share_of_steps(&h));
        assert_true(h.bytes <= BUDGET);
    }
    for (; drawing_history_undo_label(&h); left++) {
        snprintf(label, sizeof label, "stroke %d", MANY - 1 - (int)left);
        assert_string_equal(drawing_history_undo_label(&h), label);
        drawing_history_undo(&h);
    }
    assert_in_range(left, BUDGET / 16 * 15 / (17 << 12), BUDGET / (8 << 12));
    assert_int_equal(left + 1, h.count);
    drawing_free(&d);
    drawing_history_free(&h);
}

static void the_present_stays_however_large_it_is(void **state)
{
    DrawingHistory h;
    Drawing d = {0};
    (void)state;
    assert_true(drawing_history_init(&h, 1));
    for (int i = 0; i < 3; i++) {
        stroke(&d, 0.1 * i);
        push(&h, "stroke", &d);
        assert_int_equal(h.count, 1);
        assert_null(drawing_history_undo(&h));
    }
    assert_same_density(&h.step[0].drawing, &d);
    drawing_free(&d);
    drawing_history_free(&h);
}

/* A million points are in memory once, however many steps have them. */
static void what_steps_share_counts_once(void **state)
{
    DrawingHistory h;
    Drawing d = {0};
    (void)state;
    assert_true(drawing_history_init(&h, DRAWING_HISTORY_BYTES));
    stamp(&d, 0, 0, 1000000, 0.1);
    for (int i = 0; i < 200; i++) {
        d.part[0].weight = i;
        push(&h, "weight", &d);
    }
    assert_int_equal(h.count, 201);
    drawing_free(&d);
    assert_in_range(share_of_steps(&h), 8000000, 8500000);
    drawing_history_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undo_to_the_start_and_back_gives_the_same_bytes),
        cmocka_unit_test(what_is_done_after_undo_ends_redo),
        cmocka_unit_test(steps_are_copies),
        cmocka_unit_test(the_oldest_go_where_the_budget_is_full),
        cmocka_unit_test(the_present_stays_however_large_it_is),
        cmocka_unit_test(what_steps_share_counts_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
