/* Strokes cover what they should and that once: width, corners, dashes, missing points, what is uploaded when. */
#include "gfx/offscreen.h"

#include "gfx/strokes.h"

#include <epoxy/gl.h>

enum { POINTS = 512, LINES = 16 };

static const Colour ground = 0x204060ff, ink = 0xe0c080ff, other = 0x40ff40ff;

typedef struct Easel {
    Gfx *g; /* sets the state of OpenGL */
    GLuint program;
    Strokes strokes;
    Lines lines;
    uint64_t build;
    Camera camera;
    StrokeStyle style;
} Easel;

static int new_easel(void **state)
{
    Easel *e = calloc(1, sizeof *e);
    Error error = {""};
    e->g = new_gfx();
    e->program = program_create(NULL, "strokes", &error);
    if (!e->program)
        fail_msg("%s", error.text);
    strokes_init(&e->strokes, e->program);
    assert_true(lines_init(&e->lines, POINTS, LINES));
    e->camera = (Camera){0, 0, 10, {0, 0, WIDE, HIGH}};
    e->style = (StrokeStyle){.width_px = 2, .opacity = 1, .colour = {ink, other}, .colours = 2};
    *state = e;
    return 0;
}

static int free_easel(void **state)
{
    Easel *e = *state;
    strokes_free(&e->strokes);
    lines_free(&e->lines);
    glDeleteProgram(e->program);
    assert_int_equal(gfx_errors(e->g), 0);
    gfx_destroy(e->g);
    free(e);
    return 0;
}

static void add(Easel *e, const float *point, size_t n, float value)
{
    assert_true(lines_add(&e->lines, point, n, value));
    e->build++;
}

static Image draw(Easel *e)
{
    const StrokeView view = {{WIDE, HIGH}, &e->camera};
    glViewport(0, 0, WIDE, HIGH);
    viewport_clear(ground);
    strokes_draw(&e->strokes, &view, &e->lines, e->build, e->style);
    return capture(e->g, WIDE, HIGH);
}

/* How far a pixel is from the ground towards the ink, in its red. */
static double cover_at(const Image *image, int x, int y)
{
    return (pixel_at(image, x, y)[0] - 0x20) / (double)(0xe0 - 0x20);
}

typedef struct Cover {
    double sum, most;
} Cover;

static Cover cover_of(const Image *image)
{
    Cover c = {0, 0};
    for (int y = 0; y < image->h; y++) {
        for (int x = 0; x < image->w; x++) {
            double cover = cover_at(image, x, y);
            c.sum += cover;
            c.most = fmax(c.most, cover);
        }
    }
    return c;
}

static Cover draw_cover(Easel *e)
{
    Image image = draw(e);
    Cover c = cover_of(&image);
    free(image.rgba);
    return c;
}

static void a_line_has_its_colour_and_width(void **state)
{
    Easel *e = *state;
    const float point[] = {20, 50, 90, 50, 220, 50};
    add(e, point, 3, 0);
    Image image = draw(e);
    for (int x = 20; x < 220; x++) {
        assert_int_equal(away_from(&image, x, 48, ground), 0);
        assert_int_equal(away_from(&image, x, 49, ink), 0);
        assert_int_equal(away_from(&image, x, 50, ink), 0);
        assert_int_equal(away_from(&image, x, 51, ground), 0);
    }
    assert_int_equal(away_from(&image, 19, 50, ground), 0);
    assert_int_equal(away_from(&image, 220, 50, ground), 0);
    free(image.rgba);
    for (double width = 0.25; width < 7; width *= 1.6) {
        e->style.width_px = width;
        assert_true(fabs(draw_cover(e).sum - 200 * width) < 200 * width * 0.02 + 2);
    }
}

static void slanted_lines_have_the_same_width(void **state)
{
    Easel *e = *state;
    for (double turn = 0.1; turn < 6.3; turn += 0.37) {
        const float c = cosf((float)turn), s = sinf((float)turn);
        const float point[] = {160 - 90 * c, 120 - 90 * s, 160 + 90 * c, 120 + 90 * s};
        lines_clear(&e->lines);
        add(e, point, 2, 0);
        assert_true(fabs(draw_cover(e).sum - 360) < 8);
    }
}

/* Of a translucent line every pixel is covered once at most, and together they are its area. */
static void bends_have_neither_gaps_nor_blobs(void **state)
{
    enum { BENDS = 200 };
    Easel *e = *state;
    float point[2 * BENDS];
    for (int i = 0; i < BENDS; i++) {
        double turn = 0.1 * i, radius = 10 + 0.4 * i;
        point[2 * i] = (float)(160 + radius * cos(turn));
        point[2 * i + 1] = (float)(120 + radius * sin(turn));
    }
    add(e, point, BENDS, 0);
    e->style.opacity = 0.5;
    for (double width = 1.2; width < 3; width += 0.4) {
        e->style.width_px = width;
        Cover c = draw_cover(e);
        double area = 0.5 * width * (double)e->lines.along[BENDS - 1];
        assert_true(fabs(c.sum - area) < 0.01 * area);
        assert_true(c.most < 0.51);
    }
}

static void a_corner_is_mitred(void **state)
{
    Easel *e = *state;
    const float corner[] = {20, 150, 60, 150, 60, 190}, square[] = {120, 120, 160, 120, 160, 160, 120, 160, 120, 120};
    add(e, corner, 3, 0);
    add(e, square, 5, 0);
    e->style.width_px = 4;
    e->style.opacity = 0.5;
    Image image = draw(e);
    const Colour half = 0x808070ff;
    assert_true(away_from(&image, 61, 148, half) <= 1);
    assert_true(away_from(&image, 58, 151, half) <= 1);
    assert_int_equal(away_from(&image, 62, 147, ground), 0);
    assert_true(away_from(&image, 118, 118, half) <= 1); /* where the square begins and ends */
    assert_true(away_from(&image, 121, 121, half) <= 1);
    assert_int_equal(away_from(&image, 122, 122, ground), 0);
    free(image.rgba);
}

static void sharp_turns_stay_near_the_line(void **state)
{
    Easel *e = *state;
    const float back[] = {50, 50, 90, 50, 50, 50}, sharp[] = {50, 150, 90, 150, 50, 151};
    add(e, back, 3, 0);
    add(e, sharp, 3, 0);
    Image bare = draw(&(Easel){.g = e->g, .strokes = {.program = e->program}});
    Image image = draw(e);
    Change c = change_between(&bare, &image);
    assert_true(c.count > 100 && c.left >= 47 && c.right <= 94 && c.top >= 46 && c.bottom <= 155);
    free(bare.rgba);
    free(image.rgba);
}

static void lines_are_apart(void **state)
{
    Easel *e = *state;
    const float upper[] = {20, 50, 100, 50}, lower[] = {20, 150, 60, 150, 100, 150}, right[] = {200, 20, 200, 100};
    add(e, upper, 2, 0);
    add(e, lower, 3, 0);
    add(e, right, 2, 0);
    assert_true(fabs(draw_cover(e).sum - 2 * 240) < 1);
}

static void nothing_is_drawn_of_nothing(void **state)
{
    Easel *e = *state;
    const float same[] = {50, 50, 50, 50, 50, 50}, nowhere[] = {NAN, 1, 2, NAN, INFINITY, 5};
    assert_true(draw_cover(e).most == 0);
    add(e, same, 3, 0);
    add(e, nowhere, 3, 0);
    assert_true(draw_cover(e).most == 0);
    assert_int_equal(e->strokes.count, 0);
}

static void missing_points_part_a_line(void **state)
{
    Easel *e = *state;
    const float point[] = {20, 50,  60, 50,  NAN,      50,  120, 50,  130, 50,  130, 50,  160,
                           50, NAN, 50, 170, INFINITY, 180, 50,  NAN, 50,  200, 50,  220, -INFINITY};
    add(e, point, sizeof point / (2 * sizeof *point), 0);
    Image image = draw(e);
    assert_int_equal(away_from(&image, 59, 50, ink), 0);
    assert_int_equal(away_from(&image, 125, 50, ink), 0);
    assert_int_equal(away_from(&image, 150, 50, ink), 0);
    assert_true(fabs(cover_of(&image).sum - 2 * (40 + 40)) < 0.5);
    free(image.rgba);
    e->style.period_px = 1e6; /* the way goes on behind a missing point */
    e->style.duty = 1;
    e->style.phase_px = -1000;
    e->style.tail = 1;
    assert_true(fabs(draw_cover(e).sum - 2 * (40 + 40)) < 0.5);
}

static void data_follow_the_camera_without_an_upload(void **state)
{
    Easel *e = *state;
    const float point[] = {-4, 3, 6, 3, 6, 5}; /* up */
    add(e, point, 3, 0);
    e->style.units = STROKE_DATA;
    Image image = draw(e);
    assert_int_equal(away_from(&image, 150, 89, ink), 0);
    assert_int_equal(away_from(&image, 150, 90, ink), 0);
    assert_int_equal(away_from(&image, 150, 91, ground), 0);
    assert_int_equal(away_from(&image, 219, 75, ink), 0);
    assert_int_equal(away_from(&image, 221, 91, ground), 0);
    assert_true(fabs(cover_of(&image).sum - 2 * 120) < 1); /* the corner too is right way up */
    free(image.rgba);
    lines_clear(&e->lines);
    e->camera.y = 1;
    e->camera.scale = 5;
    image = draw(e);
    assert_int_equal(away_from(&image, 150, 109, ink), 0);
    assert_int_equal(away_from(&image, 150, 111, ground), 0);
    assert_true(fabs(cover_of(&image).sum - 2 * 60) < 1);
    free(image.rgba);
}

static void only_a_new_build_is_uploaded(void **state)
{
    Easel *e = *state;
    const float point[] = {20, 50, 120, 50};
    add(e, point, 2, 0);
    assert_true(fabs(draw_cover(e).sum - 200) < 1);
    e->lines.point[2] = 70;
    assert_true(fabs(draw_cover(e).sum - 200) < 1);
    e->build++;
    assert_true(fabs(draw_cover(e).sum - 100) < 1);
    lines_clear(&e->lines);
    assert_true(fabs(draw_cover(e).sum - 100) < 1);
    e->build++;
    assert_true(draw_cover(e).most == 0);
}

/* Up to the very corner: a mitre along the bisector would make a hair of them there. */
static void lines_that_turn_back_keep_their_width(void **state)
{
    Easel *e = *state;
    const float point[] = {20, 40, 120, 40, 20, 46, 120, 60};
    add(e, point, 4, 0);
    e->style.width_px = 6;
    Image image = draw(e);
    for (int x = 30; x <= 116; x += 2)
        for (int y = 38; y <= 41; y++)
            assert_true(cover_at(&image, x, y) > 0.95);
    free(image.rgba);
}

static void values_mix_the_colours(void **state)
{
    Easel *e = *state;
    const float value[] = {-5, 2, 3, 4, 9, NAN};
    const Colour expected[] = {ink, ink, 0x90e060ff, other, other, ink};
    for (int i = 0; i < 6; i++) {
        const float y = 20.0f + 20.0f * (float)i, point[] = {20, y, 100, y};
        add(e, point, 2, value[i]);
    }
    e->style.low = 2;
    e->style.high = 4;
    Image image = draw(e);
    for (int i = 0; i < 6; i++)
        assert_true(away_from(&image, 60, 20 + 20 * i, expected[i]) <= 1);
    free(image.rgba);
    e->style.colour[1] = 0xe0c08000; /* or fade them out */
    image = draw(e);
    assert_int_equal(away_from(&image, 60, 20, ink), 0);
    assert_true(fabs(cover_at(&image, 60, 60) - 0.5) < 0.01);
    assert_int_equal(away_from(&image, 60, 80, ground), 0);
    free(image.rgba);
    e->style.high = e->style.low;
    image = draw(e);
    for (int i = 0; i < 6; i++)
        assert_int_equal(away_from(&image, 60, 20 + 20 * i, ink), 0);
    free(image.rgba);
}

static void dashes_move_with_the_phase(void **state)
{
    Easel *e = *state;
    const float point[] = {20, 50, 120, 50, 220, 50};
    add(e, point, 3, 0);
    e->style.period_px = 20;
    e->style.duty = 0.5;
    e->style.tail = 1;
    for (int phase = 0; phase <= 60; phase += 5) {
        e->style.phase_px = phase;
        Image image = draw(e);
        for (int x = 20; x < 220; x++)
            assert_int_equal(away_from(&image, x, 50, (x - 20 - phase + 60) % 20 < 10 ? ink : ground), 0);
        free(image.rgba);
    }
}

static void comets_are_brightest_in_front(void **state)
{
    Easel *e = *state;
    const float point[] = {20, 50, 220, 50};
    add(e, point, 2, 0);
    e->style.period_px = 50;
    e->style.duty = 0.8;
    Image image = draw(e);
    for (int x = 71; x < 110; x++)
        assert_true(cover_at(&image, x, 50) > cover_at(&image, x - 1, 50));
    assert_true(cover_at(&image, 70, 50) < 0.05);
    assert_true(fabs(cover_at(&image, 90, 50) - 0.5) < 0.03);
    assert_true(cover_at(&image, 109, 50) > 0.95);
    assert_int_equal(away_from(&image, 111, 50, ground), 0);
    free(image.rgba);
}

/* Their lengths are pixels, whatever the units of the lines. */
static void dashes_keep_their_length_when_the_camera_moves(void **state)
{
    Easel *e = *state;
    const float point[] = {-8, 0, 8, 0};
    add(e, point, 2, 0);
    e->style.units = STROKE_DATA;
    e->style.period_px = 20;
    e->style.duty = 0.5;
    e->style.tail = 1;
    for (double scale = 5; scale <= 10; scale += 5) {
        e->camera.scale = scale;
        Image image = draw(e);
        for (int x = 160 - (int)(8 * scale), k = 0; x < 160; x++, k++)
            assert_int_equal(away_from(&image, x, 120, k % 20 < 10 ? ink : ground), 0);
        free(image.rgba);
    }
}

static void dashes_of_many_lines_do_not_beat_together(void **state)
{
    Easel *e = *state;
    double column[200] = {0};
    for (int i = 0; i < LINES; i++) {
        const float y = 10.0f + 10.0f * (float)i, point[] = {20, y, 220, y};
        add(e, point, 2, 0);
    }
    e->style.period_px = 40;
    e->style.duty = 0.5;
    e->style.tail = 1;
    Image image = draw(e);
    for (int x = 0; x < 200; x++)
        for (int i = 0; i < LINES; i++)
            column[x] += cover_at(&image, 20 + x, 10 + 10 * i);
    for (int x = 0; x < 200; x++)
        assert_true(column[x] > 0.3 * LINES && column[x] < 0.7 * LINES);
    free(image.rgba);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EASEL_TEST(name) cmocka_unit_test_setup_teardown(name, new_easel, free_easel)
        EASEL_TEST(a_line_has_its_colour_and_width),
        EASEL_TEST(slanted_lines_have_the_same_width),
        EASEL_TEST(bends_have_neither_gaps_nor_blobs),
        EASEL_TEST(a_corner_is_mitred),
        EASEL_TEST(sharp_turns_stay_near_the_line),
        EASEL_TEST(lines_are_apart),
        EASEL_TEST(nothing_is_drawn_of_nothing),
        EASEL_TEST(missing_points_part_a_line),
        EASEL_TEST(data_follow_the_camera_without_an_upload),
        EASEL_TEST(only_a_new_build_is_uploaded),
        EASEL_TEST(lines_that_turn_back_keep_their_width),
        EASEL_TEST(values_mix_the_colours),
        EASEL_TEST(dashes_move_with_the_phase),
        EASEL_TEST(comets_are_brightest_in_front),
        EASEL_TEST(dashes_keep_their_length_when_the_camera_moves),
        EASEL_TEST(dashes_of_many_lines_do_not_beat_together),
    };
    return cmocka_run_group_tests(tests, open_window, close_window);
}
