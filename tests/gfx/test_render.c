/* A draw list as pixels, and text: where it stands, which faces it takes, and an atlas that runs over. */
#include "gfx/offscreen.h"

#include "gfx/fonts.h"

#include <math.h>
#include <stdio.h>

static const Colour ground = 0x102030ff, ink = 0xe0c080ff, other = 0x40a0ffff;

typedef struct Page {
    Gfx *g;
    DrawList list;
} Page;

static int new_page(void **state)
{
    Page *page = calloc(1, sizeof *page);
    page->g = new_gfx();
    draw_init(&page->list);
    page->list.border_px = 1;
    *state = page;
    return 0;
}

static int free_page(void **state)
{
    Page *page = *state;
    assert_int_equal(gfx_errors(page->g), 0);
    gfx_destroy(page->g);
    draw_free(&page->list);
    free(page);
    return 0;
}

static void start(Page *page)
{
    draw_clear(&page->list);
    draw_box(&page->list, (Rect){0, 0, WIDE, HIGH}, 0, ground, 0);
}

static Image render(Page *page)
{
    gfx_interface(page->g, WIDE, HIGH, &page->list);
    return capture(page->g, WIDE, HIGH);
}

/* What the list changes against the bare ground. */
static Change ink_of(Page *page)
{
    Image full = render(page);
    start(page);
    Image bare = render(page);
    Change c = change_between(&bare, &full);
    free(full.rgba);
    free(bare.rgba);
    return c;
}

static Change ink_of_text(Page *page, Face face, double size, bool tabular, const char *text)
{
    start(page);
    draw_text(&page->list, face, size, 20, 100, ink, tabular, text);
    return ink_of(page);
}

static void boxes_fill_their_pixels(void **state)
{
    Page *page = *state;
    start(page);
    draw_box(&page->list, (Rect){10, 20, 30, 15}, 0, ink, 0);
    draw_box(&page->list, (Rect){60, 20, 40, 30}, 8, ink, other);
    draw_gradient(&page->list, (Rect){120, 20, 101, 10}, 0, 0x000000ff, 0xc8c8c8ff);
    draw_box(&page->list, (Rect){60, 100, 40, 30}, 0, 0xffffff80, 0);
    Image image = render(page);
    assert_int_equal(away_from(&image, 10, 20, ink), 0);
    assert_int_equal(away_from(&image, 39, 34, ink), 0);
    assert_int_equal(away_from(&image, 40, 34, ground), 0);
    assert_int_equal(away_from(&image, 9, 20, ground), 0);
    assert_int_equal(away_from(&image, 60, 35, other), 0); /* border inside its edge */
    assert_int_equal(away_from(&image, 61, 35, ink), 0);
    assert_int_equal(away_from(&image, 80, 49, other), 0);
    assert_int_equal(away_from(&image, 60, 20, ground), 0); /* round corner */
    assert_true(away_from(&image, 120, 25, 0x000000ff) <= 3);
    assert_true(away_from(&image, 170, 25, 0x646464ff) <= 1);
    assert_true(away_from(&image, 220, 25, 0xc8c8c8ff) <= 3);
    assert_true(away_from(&image, 80, 115, 0x889098ff) <= 1); /* half white over the ground */
    free(image.rgba);
}

static void a_veil_leaves_out_a_rounded_hole(void **state)
{
    Page *page = *state;
    const Rect all = {10, 10, 100, 80}, hole = {40, 30, 30, 20};
    start(page);
    draw_veil(&page->list, all, hole, 6, ink);
    Image image = render(page);
    for (int y = 0; y < HIGH; y++) {
        for (int x = 0; x < WIDE; x++) {
            bool veiled = x >= 10 && x < 110 && y >= 10 && y < 90 && !(x >= 40 && x < 70 && y >= 30 && y < 50);
            bool corner = fmin(fabs(x - 39.5), fabs(x - 69.5)) < 7 && fmin(fabs(y - 29.5), fabs(y - 49.5)) < 7;
            if (!corner)
                assert_int_equal(away_from(&image, x, y, veiled ? ink : ground), 0);
        }
    }
    assert_int_equal(away_from(&image, 40, 30, ink), 0); /* round corner */
    free(image.rgba);
}

static void a_large_box_keeps_its_place_in_the_order(void **state)
{
    Page *page = *state;
    start(page);
    draw_box(&page->list, (Rect){10, 10, 20, 20}, 0, other, 0);
    draw_clip(&page->list, (Rect){0, 0, 300, 200});
    draw_box(&page->list, (Rect){0, 0, 200, 220}, 0, ink, 0);
    draw_box(&page->list, (Rect){50, 50, 20, 20}, 0, other, 0);
    draw_box(&page->list, (Rect){250, 50, 70, 20}, 0, other, 0);
    Image image = render(page);
    assert_int_equal(away_from(&image, 15, 15, ink), 0);
    assert_int_equal(away_from(&image, 55, 55, other), 0);
    assert_int_equal(away_from(&image, 199, 199, ink), 0);
    assert_int_equal(away_from(&image, 200, 199, ground), 0);
    assert_int_equal(away_from(&image, 299, 60, other), 0);
    assert_int_equal(away_from(&image, 300, 60, ground), 0);
    assert_int_equal(away_from(&image, 100, 200, ground), 0);
    free(image.rgba);
}

static void clips_end(void **state)
{
    Page *page = *state;
    start(page);
    draw_clip(&page->list, (Rect){50, 60, 20, 10});
    draw_box(&page->list, (Rect){0, 0, 100, 100}, 3, ink, 0);
    draw_clip(&page->list, (Rect){0});
    Change c = ink_of(page);
    assert_true(c.left == 50 && c.right == 69 && c.top == 60 && c.bottom == 69 && c.count == 200);
    draw_clip(&page->list, (Rect){-500, -500, 10, 10});
    draw_box(&page->list, (Rect){0, 0, 100, 100}, 3, ink, 0);
    assert_int_equal(ink_of(page).count, 0);
    draw_clip(&page->list, (Rect){50, 60, 20, 10});
    draw_clip(&page->list, (Rect){0});
    draw_box(&page->list, (Rect){0, 0, 30, 30}, 0, ink, 0);
    assert_int_equal(ink_of(page).count, 900);
}

static void lines_have_their_width(void **state)
{
    Page *page = *state;
    const float across[] = {20, 50, 120, 50, 120, 50, 220, 50}, corner[] = {20, 150, 60, 150, 60, 190};
    start(page);
    draw_line(&page->list, across, 4, 4, ink);
    Image image = render(page);
    for (int x = 20; x < 220; x++) {
        assert_int_equal(away_from(&image, x, 48, ink), 0);
        assert_int_equal(away_from(&image, x, 51, ink), 0);
        assert_int_equal(away_from(&image, x, 47, ground), 0);
        assert_int_equal(away_from(&image, x, 52, ground), 0);
    }
    free(image.rgba);
    start(page);
    draw_line(&page->list, corner, 3, 4, 0xe0c08080);
    image = render(page);
    assert_int_equal(away_from(&image, 61, 148, 0x78705800 | 0xff), 0); /* the joint is filled, and only once */
    assert_int_equal(away_from(&image, 58, 151, 0x78705800 | 0xff), 0);
    assert_int_equal(away_from(&image, 62, 147, ground), 0);
    free(image.rgba);
}

static void degenerate_lines_draw_nothing_else(void **state)
{
    Page *page = *state;
    const float same[] = {50, 50, 50, 50, 50, 50}, back[] = {50, 50, 90, 50, 50, 50},
                sharp[] = {50, 50, 90, 50, 50, 51};
    start(page);
    draw_line(&page->list, same, 3, 2, ink);
    draw_line(&page->list, same, 1, 2, ink);
    assert_int_equal(ink_of(page).count, 0);
    draw_line(&page->list, back, 3, 2, ink);
    Change c = ink_of(page);
    assert_true(c.left >= 45 && c.right <= 95 && c.top >= 45 && c.bottom <= 55);
    draw_line(&page->list, sharp, 3, 2, ink);
    c = ink_of(page);
    assert_true(c.left >= 45 && c.right <= 95 && c.top >= 45 && c.bottom <= 56); /* the mitre is cut off */
}

static void areas_reach_from_line_to_base(void **state)
{
    Page *page = *state;
    const float line[] = {20, 50, 60, 50, 100, 30};
    start(page);
    draw_area(&page->list, line, 3, 80, ink);
    Image image = render(page);
    assert_int_equal(away_from(&image, 30, 50, ink), 0);
    assert_int_equal(away_from(&image, 30, 79, ink), 0);
    assert_int_equal(away_from(&image, 30, 80, ground), 0);
    assert_int_equal(away_from(&image, 30, 49, ground), 0);
    assert_int_equal(away_from(&image, 80, 42, ink), 0);
    assert_int_equal(away_from(&image, 80, 37, ground), 0);
    assert_int_equal(away_from(&image, 19, 60, ground), 0);
    free(image.rgba);
}

static void discs_and_polygons_cover_their_area(void **state)
{
    Page *page = *state;
    const float dot[] = {100, 60}, clockwise[] = {40, 40, 90, 60, 40, 80}, other_way[] = {40, 80, 90, 60, 40, 40};
    start(page);
    draw_dots(&page->list, dot, 1, 20, ink);
    Change disc = ink_of(page);
    assert_true(disc.left >= 79 && disc.right <= 120 && fabs(disc.x - 100) < 0.1 && fabs(disc.y - 60) < 0.1);
    assert_true(fabs((double)disc.count - M_PI * 400) < 90);
    draw_polygon(&page->list, clockwise, 3, ink);
    Image a = render(page);
    assert_int_equal(away_from(&a, 50, 60, ink), 0);
    assert_int_equal(away_from(&a, 38, 60, ground), 0);
    start(page);
    draw_polygon(&page->list, other_way, 3, ink);
    Image b = render(page);
    Change c = change_between(&a, &b);
    assert_int_equal(c.count, 0);
    free(a.rgba);
    free(b.rgba);
}

static void a_list_of_many_thousand_shapes_is_whole(void **state)
{
    Page *page = *state;
    start(page);
    for (int y = 0; y < 200; y += 2)
        for (int x = 0; x < 320; x += 2)
            draw_box(&page->list, (Rect){x, y, 2, 2}, 0, ink, 0);
    Change c = ink_of(page);
    assert_true(c.count == 320 * 200 && c.right == 319 && c.bottom == 199);
}

static void text_stands_on_its_base_line(void **state)
{
    Page *page = *state;
    for (double size = 10; size < 60; size += 7.3) {
        Change c = ink_of_text(page, FACE_TEXT, size, false, "HE");
        assert_int_equal(c.bottom, 99);
        assert_true(c.left >= 20 && c.left <= 20 + size / 6);
        assert_true(fabs((c.bottom - c.top + 1) - 0.727 * size) <= 1.0); /* Inter's capitals */
    }
    Change descender = ink_of_text(page, FACE_TEXT, 100, false, "jp");
    assert_true(descender.bottom > 115 && descender.left < 20); /* the j reaches back before the pen */
}

static void widths_scale_with_the_size(void **state)
{
    Page *page = *state;
    const char *text = "Each particle climbs the score, and a little noise";
    double large = gfx_measure(page->g, FACE_TEXT, 400, false, text) / 400;
    for (double size = 9; size < 60; size += 0.75)
        assert_true(fabs(gfx_measure(page->g, FACE_TEXT, size, false, text) / size - large) < 0.01);
    Change c = ink_of_text(page, FACE_TEXT, 21, false, "Wideningcircumstances");
    double width = gfx_measure(page->g, FACE_TEXT, 21, false, "Wideningcircumstances");
    assert_true(fabs(c.right + 1 - (20 + width)) <= 2.0);
    assert_true(gfx_measure(page->g, FACE_TEXT, 15, false, "") == 0.0);
    assert_true(gfx_measure(page->g, FACE_TEXT, 15, false, "AV") <
                gfx_measure(page->g, FACE_TEXT, 15, false, "A") + gfx_measure(page->g, FACE_TEXT, 15, false, "V"));
}

static void changing_numbers_keep_their_width(void **state)
{
    Page *page = *state;
    const char *number[] = {"0.000", "1.111", "9.473", "8.818"};
    for (Face face = FACE_TEXT; face <= FACE_CODE; face++) {
        double width = gfx_measure(page->g, face, 13, true, number[0]);
        for (size_t i = 1; i < SDL_arraysize(number); i++)
            assert_true(gfx_measure(page->g, face, 13, true, number[i]) == width);
    }
    assert_true(gfx_measure(page->g, FACE_TEXT, 13, false, number[1]) <
                gfx_measure(page->g, FACE_TEXT, 13, false, number[0]));
    Change one = ink_of_text(page, FACE_STRONG, 32, true, "1"), eight = ink_of_text(page, FACE_STRONG, 32, true, "8");
    assert_true(abs(one.left + one.right - eight.left - eight.right) <= 4); /* in the middle of its cell */
}

static void every_sign_has_a_face(void **state)
{
    Page *page = *state;
    const char *sign[] = {"σ", "∇", "√", "×", "·", "…", "●", "‖", "∝", "∈", "ℝ", "∂", "₀", "ₙ", "→", "≤", "𝒩", "é"};
    Change unknown =
        ink_of_text(page, FACE_TEXT, 24, false, "\xf3\xb0\x80\x80"); /* a private code point: no face has it */
    for (size_t i = 0; i < SDL_arraysize(sign); i++) {
        for (Face face = FACE_TEXT; face <= FACE_CODE; face++) {
            Change c = ink_of_text(page, face, 24, false, sign[i]);
            assert_true(c.count > 0);
            assert_true(c.count != unknown.count || c.right != unknown.right || c.top != unknown.top);
        }
    }
    Fonts fonts;
    Error e;
    assert_true(fonts_init(&fonts, &e));
    assert_int_equal(fonts_choose(&fonts, FACE_STRONG, 'a'), FONT_STRONG);
    assert_int_equal(fonts_choose(&fonts, FACE_TEXT, 0x3c3), FONT_TEXT);
    assert_int_equal(fonts_choose(&fonts, FACE_TEXT, 0x2207), FONT_MATHS);
    assert_int_equal(fonts_choose(&fonts, FACE_TEXT, 0x2016), FONT_REST);
    assert_int_equal(fonts_choose(&fonts, FACE_TEXT, 0x2654), FONT_REST);
    fonts_free(&fonts);
}

static void broken_text_shows_a_replacement(void **state)
{
    Page *page = *state;
    const char *broken[] = {"\xff",     "\xc3", "\xc0\x80",        "\xed\xa0\x80", "\xf8\x88\x80\x80\x80",
                            "\xe2\x82", "\x80", "\xf4\x90\x80\x80"};
    double replacement = gfx_measure(page->g, FACE_TEXT, 15, false, "\xef\xbf\xbd");
    assert_true(replacement > 0.0);
    for (size_t i = 0; i < SDL_arraysize(broken); i++) {
        char text[32];
        snprintf(text, sizeof text, "a%s", broken[i]);
        assert_true(ink_of_text(page, FACE_TEXT, 15, true, text).count > 0);
        assert_true(gfx_measure(page->g, FACE_TEXT, 15, false, broken[i]) >= replacement - 0.01);
    }
    assert_true(fabs(gfx_measure(page->g, FACE_TEXT, 15, false, "\xff") - replacement) < 0.01);
    ink_of_text(page, FACE_TEXT, 15, false, "a\tb\nc\x01");
}

static void utf8_is_read_strictly(void **state)
{
    (void)state;
    const char *text = "a\xc3\xa9\xe2\x88\x87\xf0\x9d\x92\xa9\xc1\xbf";
    const uint32_t expected[] = {'a', 0xe9, 0x2207, 0x1d4a9, 0xfffd, 0xfffd, 0, 0};
    for (size_t i = 0; i < SDL_arraysize(expected); i++)
        assert_int_equal(utf8_next(&text), expected[i]);
}

static void an_atlas_that_runs_over_loses_nothing(void **state)
{
    Page *page = *state;
    char word[32];
    start(page);
    draw_text(&page->list, FACE_TEXT, 21, 20, 100, ink, false, "Follow the score");
    Image before = render(page);
    for (int round = 0; round < 3; round++) {
        start(page);
        for (int i = 0; i < 200; i++) {
            snprintf(word, sizeof word, "word%dx%d", i, round);
            draw_text(&page->list, FACE_STRONG, 90 + i / 8.0, 20, 100, ink, false, word);
        }
        draw_box(&page->list, (Rect){0, 0, WIDE, HIGH}, 0, ground, 0);
        draw_text(&page->list, FACE_TEXT, 21, 20, 100, ink, false, "Follow the score");
        Image after = render(page);
        assert_int_equal(change_between(&before, &after).count, 0);
        free(after.rgba);
    }
    for (int i = 0; i < 20000; i++) { /* the table of pieces runs over as well */
        snprintf(word, sizeof word, "w%d", i);
        gfx_measure(page->g, FACE_TEXT, 12, false, word);
    }
    start(page);
    draw_text(&page->list, FACE_TEXT, 21, 20, 100, ink, false, "Follow the score");
    Image after = render(page);
    assert_int_equal(change_between(&before, &after).count, 0);
    free(after.rgba);
    free(before.rgba);
}

static void text_that_is_pending_survives_a_full_atlas(void **state)
{
    Page *page = *state;
    char word[32];
    start(page);
    for (int i = 0; i < 12; i++) {
        snprintf(word, sizeof word, "%c", 'A' + i);
        draw_text(&page->list, FACE_STRONG, 18, 10 + 20 * i, 30, ink, false, word);
    }
    Image expected = render(page);
    start(page);
    for (int i = 0; i < 12; i++) {
        snprintf(word, sizeof word, "%c", 'A' + i);
        draw_text(&page->list, FACE_STRONG, 18, 10 + 20 * i, 30, ink, false, word);
        for (int k = 0; k < 12; k++) {
            snprintf(word, sizeof word, "%c%d", 'k' + i, k);
            draw_text(&page->list, FACE_STRONG, 300 + k, 0, 2000, ink, false, word); /* below the window */
        }
    }
    Image image = render(page);
    assert_int_equal(change_between(&expected, &image).count, 0);
    free(expected.rgba);
    free(image.rgba);
}

static void text_of_any_size_is_safe(void **state)
{
    Page *page = *state;
    const double size[] = {0.0, -3.0, 0.1, 1.0, 511.0, 5000.0};
    char longest[5000];
    for (size_t i = 0; i < SDL_arraysize(size); i++) {
        ink_of_text(page, FACE_TEXT, size[i], false, "Wide WWWWWWWWWWWWWWWWWWWWWWWWWWWW");
        ink_of_text(page, FACE_CODE, size[i], true, "∇0123");
    }
    memset(longest, 'm', sizeof longest - 1);
    longest[sizeof longest - 1] = 0;
    double one = gfx_measure(page->g, FACE_TEXT, 16, false, "mmmmmmmmmmmmmmmmmmmmmmmm");
    assert_true(fabs(gfx_measure(page->g, FACE_TEXT, 16, false, longest) / one - 4999 / 24.0) < 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, new_page, free_page)
        PAGE_TEST(boxes_fill_their_pixels),
        PAGE_TEST(a_veil_leaves_out_a_rounded_hole),
        PAGE_TEST(a_large_box_keeps_its_place_in_the_order),
        PAGE_TEST(clips_end),
        PAGE_TEST(lines_have_their_width),
        PAGE_TEST(degenerate_lines_draw_nothing_else),
        PAGE_TEST(areas_reach_from_line_to_base),
        PAGE_TEST(discs_and_polygons_cover_their_area),
        PAGE_TEST(a_list_of_many_thousand_shapes_is_whole),
        PAGE_TEST(text_stands_on_its_base_line),
        PAGE_TEST(widths_scale_with_the_size),
        PAGE_TEST(changing_numbers_keep_their_width),
        PAGE_TEST(every_sign_has_a_face),
        PAGE_TEST(broken_text_shows_a_replacement),
        cmocka_unit_test(utf8_is_read_strictly),
        PAGE_TEST(an_atlas_that_runs_over_loses_nothing),
        PAGE_TEST(text_that_is_pending_survives_a_full_atlas),
        PAGE_TEST(text_of_any_size_is_safe),
    };
    return cmocka_run_group_tests(tests, open_window, close_window);
}
