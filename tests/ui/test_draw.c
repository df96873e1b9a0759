#include "ui/harness.h"

#include <math.h>

static int with_list(void **state)
{
    static DrawList list;
    draw_init(&list);
    *state = &list;
    return 0;
}

static int without_list(void **state)
{
    draw_free(*state);
    return 0;
}

static void commands_keep_their_order_and_content(void **state)
{
    DrawList *d = *state;
    const float line[] = {1, 2, 3, 4, 5, 6};
    draw_box(d, (Rect){1, 2, 3, 4}, 5, 0x11223344, 0x55667788);
    draw_gradient(d, (Rect){0, 0, 9, 9}, 1, 0x01, 0x02);
    draw_text(d, FACE_CODE, 12, 7, 8, 0xff, true, "σ = 0.130");
    draw_line(d, line, 3, 2, 0xaa);
    draw_area(d, line, 2, 50, 0xbb);
    draw_dots(d, line + 2, 2, 3, 0xcc);
    draw_clip(d, (Rect){0});
    assert_int_equal(d->count, 7);
    const DrawCommand *c = d->command;
    assert_true(c[0].kind == DRAW_BOX && c[0].fill == 0x11223344 && c[0].fill_end == c[0].fill &&
                c[0].border == 0x55667788);
    assert_true(c[1].kind == DRAW_BOX && c[1].fill == 0x01 && c[1].fill_end == 0x02 && c[1].border == 0);
    assert_true(c[2].kind == DRAW_TEXT && c[2].face == FACE_CODE && c[2].tabular);
    assert_string_equal(text_of(d, &c[2]), "σ = 0.130");
    assert_int_equal(c[2].count, strlen("σ = 0.130"));
    assert_true(c[3].kind == DRAW_LINE && c[3].first == 0 && c[3].count == 3);
    assert_true(c[4].kind == DRAW_AREA && c[4].first == 3 && c[4].rect.y == 50);
    assert_true(c[5].kind == DRAW_DOTS && c[5].first == 5 && d->point[2 * c[5].first] == 3);
    assert_true(c[6].kind == DRAW_CLIP && c[6].rect.w == 0);
}

static void a_frame_like_the_last_allocates_nothing(void **state)
{
    DrawList *d = *state;
    float points[2 * 40] = {0};
    size_t capacity[3] = {0};
    for (int frame = 0; frame < 3; frame++) {
        draw_clear(d);
        for (int i = 0; i < 500; i++) {
            draw_dots(d, points, 40, 1, 0);
            draw_text(d, FACE_TEXT, 10, 0, 0, 0, false, "some words");
        }
        assert_int_equal(d->count, 1000);
        assert_int_equal(d->point_count, 500 * 40);
        if (frame > 0) {
            assert_int_equal(capacity[0], d->capacity);
            assert_int_equal(capacity[1], d->text_capacity);
            assert_int_equal(capacity[2], d->point_capacity);
        }
        capacity[0] = d->capacity;
        capacity[1] = d->text_capacity;
        capacity[2] = d->point_capacity;
    }
}

static void nothing_is_no_command(void **state)
{
    DrawList *d = *state;
    draw_dots(d, NULL, 0, 1, 0);
    assert_int_equal(d->count, 0);
}

/* WCAG 2.1, relative luminance. */
static double luminance(Colour c)
{
    double sum = 0;
    const double weight[] = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
        double v = (double)(c >> (24 - 8 * i) & 255) / 255;
        sum += weight[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(Colour a, Colour b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static void texts_can_be_read_on_their_grounds(void **state)
{
    (void)state;
    assert_true(fabs(contrast(0xffffffff, 0x000000ff) - 21) < 1e-9);
    for (Theme theme = THEME_DARK; theme < THEME_COUNT; theme++) {
        const Palette *p = palette_of(theme);
        const Colour ground[] = {p->ground, p->panel, p->raised}, ink[] = {p->text, p->muted, p->good, p->warning};
        for (size_t g = 0; g < 3; g++) {
            for (size_t i = 0; i < 4; i++)
                assert_true(contrast(ink[i], ground[g]) >= 4.5);
        }
        assert_true(contrast(p->on_active, p->active) >= 4.5);
        assert_true(contrast(p->text, p->line) >= 4.5); /* a segment under the pointer */
        /* Marks: 3 : 1. */
        assert_true(contrast(p->learned, p->ground) >= 3 && contrast(p->exact, p->ground) >= 3);
        assert_true(contrast(p->active, p->panel) >= 3 && contrast(p->particle, p->ground) >= 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commands_keep_their_order_and_content, with_list, without_list),
        cmocka_unit_test_setup_teardown(a_frame_like_the_last_allocates_nothing, with_list, without_list),
        cmocka_unit_test_setup_teardown(nothing_is_no_command, with_list, without_list),
        cmocka_unit_test(texts_can_be_read_on_their_grounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
