/* Colour maps against the published tables, and what they promise to eyes: lightness that tells the order, categories
 * that nobody mixes up.
 */
#include "ui/colourmap.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { STEPS = 256 };

typedef struct Lab {
    double l, a, b;
} Lab;

typedef double Matrix[3][3];

static double channel(Colour c, int k)
{
    return c >> (24 - 8 * k) & 255;
}

static double linear(double level)
{
    double s = level / 255.0;
    return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

static double lab_curve(double t)
{
    return t > 216.0 / 24389.0 ? cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
}

static void multiply(const Matrix m, const double in[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = m[i][0] * in[0] + m[i][1] * in[1] + m[i][2] * in[2];
}

/* CIELAB at D65 of what somebody sees who has that matrix on linear sRGB. */
static Lab lab_of(Colour c, const Matrix eye)
{
    static const Matrix xyz = {
        {0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}};
    static const double white[3] = {0.95047, 1.0, 1.08883};
    double rgb[3], seen[3], place[3];
    for (int k = 0; k < 3; k++)
        rgb[k] = linear(channel(c, k));
    multiply(eye, rgb, seen);
    for (int k = 0; k < 3; k++)
        seen[k] = fmin(fmax(seen[k], 0.0), 1.0);
    multiply(xyz, seen, place);
    for (int k = 0; k < 3; k++)
        place[k] = lab_curve(place[k] / white[k]);
    return (Lab){116.0 * place[1] - 16.0, 500.0 * (place[0] - place[1]), 200.0 * (place[1] - place[2])};
}

/* CIE 1976. */
static double difference(Lab p, Lab q)
{
    return sqrt((p.l - q.l) * (p.l - q.l) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b));
}

/* Usual sight, and full protanopia, deuteranopia and tritanopia: Machado, Oliveira and Fernandes (2009). */
static const Matrix eyes[] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
};
enum { EYES = sizeof eyes / sizeof *eyes, RED_GREEN_EYES = 3 };

static double lightness(MapColours colours, Theme theme, double t, size_t eye)
{
    return lab_of(colourmap_at(colours, theme, t), eyes[eye]).l;
}

/* Entry of a published table of 256, three digits of 8 bits. */
typedef struct Entry {
    int place;
    Colour colour;
} Entry;

static void assert_agrees(MapColours colours, Theme theme, const Entry *entry, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Colour c = colourmap_at(colours, theme, entry[i].place / 255.0);
        for (int k = 0; k < 3; k++)
            assert_true(fabs(channel(c, k) - channel(entry[i].colour, k)) <= 3.0);
        assert_int_equal(c & 255, 255);
    }
}

static void maps_agree_with_their_publications(void **state)
{
    static const Entry cividis[] = {{0, 0x00224eff},   {4, 0x002554ff},   {20, 0x003070ff},
                                    {64, 0x434e6cff},  {100, 0x656870ff}, {128, 0x7d7c78ff},
                                    {160, 0x9b9476ff}, {200, 0xc4b468ff}, {240, 0xf0d846ff}},
                       vik[] = {{0, 0x001261ff},   {15, 0x022a70ff},  {30, 0x03417fff},  {90, 0x80b2caff},
                                {100, 0xa0c5d8ff}, {120, 0xdee6e9ff}, {127, 0xebe6e2ff}, {150, 0xe4bda8ff},
                                {180, 0xcc855dff}, {210, 0xaf4c18ff}, {240, 0x731406ff}, {255, 0x590008ff}},
                       berlin[] = {{0, 0x9eb0ffff},   {24, 0x65a7e2ff},  {48, 0x3685adff},  {80, 0x1d4b61ff},
                                   {100, 0x122a36ff}, {116, 0x111519ff}, {128, 0x190c09ff}, {150, 0x330f00ff},
                                   {200, 0x8e422eff}, {232, 0xce7f76ff}, {255, 0xffadadff}};
    (void)state;
    assert_agrees(MAP_SEQUENTIAL, THEME_DARK, cividis, sizeof cividis / sizeof *cividis);
    assert_agrees(MAP_DIVERGING, THEME_LIGHT, vik, sizeof vik / sizeof *vik);
    assert_agrees(MAP_DIVERGING, THEME_DARK, berlin, sizeof berlin / sizeof *berlin);
    for (int i = 0; i < STEPS; i++)
        assert_int_equal(colourmap_at(MAP_SEQUENTIAL, THEME_LIGHT, i / 255.0),
                         colourmap_at(MAP_SEQUENTIAL, THEME_DARK, 1.0 - i / 255.0));
}

/* From the ground's end to the other, for every eye. */
static void lightness_tells_the_order(void **state)
{
    (void)state;
    for (Theme theme = THEME_DARK; theme < THEME_COUNT; theme++) {
        double up = theme == THEME_DARK ? 1.0 : -1.0;
        for (size_t eye = 0; eye < EYES; eye++) {
            for (int i = 16; i < STEPS; i += 16)
                assert_true(up * (lightness(MAP_SEQUENTIAL, theme, i / 255.0, eye) -
                                  lightness(MAP_SEQUENTIAL, theme, (i - 16) / 255.0, eye)) >
                            2.0);
            assert_true(up * (lightness(MAP_SEQUENTIAL, theme, 1, eye) - lightness(MAP_SEQUENTIAL, theme, 0, eye)) >
                        60.0);
        }
    }
}

/* The middle is the ground's side of both arms, which are as strong as each other. */
static void both_ways_from_the_middle_look_alike(void **state)
{
    (void)state;
    for (Theme theme = THEME_DARK; theme < THEME_COUNT; theme++) {
        double up = theme == THEME_DARK ? 1.0 : -1.0, middle = lightness(MAP_DIVERGING, theme, 0.5, 0);
        double ground = lab_of(palette_of(theme)->ground, eyes[0]).l;
        assert_true(fabs(middle - ground) < 10.0);
        for (double away = 0.05; away <= 0.5; away += 0.05) {
            double low = up * (lightness(MAP_DIVERGING, theme, 0.5 - away, 0) - middle);
            double high = up * (lightness(MAP_DIVERGING, theme, 0.5 + away, 0) - middle);
            assert_true(fabs(low - high) < 15.0);
        }
        for (size_t eye = 0; eye < EYES; eye++)
            for (double away = 0.2; away <= 0.5; away += 0.1)
                assert_true(difference(lab_of(colourmap_at(MAP_DIVERGING, theme, 0.5 - away), eyes[eye]),
                                       lab_of(colourmap_at(MAP_DIVERGING, theme, 0.5 + away), eyes[eye])) > 25.0);
    }
}

static void categories_are_told_apart(void **state)
{
    (void)state;
    for (Theme theme = THEME_DARK; theme < THEME_COUNT; theme++) {
        for (size_t eye = 0; eye < RED_GREEN_EYES; eye++) {
            Lab ground = lab_of(palette_of(theme)->ground, eyes[eye]);
            for (size_t i = 0; i < COLOURMAP_CATEGORIES; i++) {
                Lab one = lab_of(colourmap_category(theme, i), eyes[eye]);
                assert_true(difference(one, ground) > 30.0);
                for (size_t k = 0; k < i; k++)
                    assert_true(difference(one, lab_of(colourmap_category(theme, k), eyes[eye])) > 15.0);
            }
        }
    }
}

static void any_number_has_a_colour(void **state)
{
    (void)state;
    for (MapColours colours = MAP_SEQUENTIAL; colours <= MAP_CATEGORIES; colours++) {
        Colour low = colourmap_at(colours, THEME_DARK, 0), high = colourmap_at(colours, THEME_DARK, 1);
        assert_true(low != high);
        assert_int_equal(colourmap_at(colours, THEME_DARK, (double)-INFINITY), low);
        assert_int_equal(colourmap_at(colours, THEME_DARK, -0.5), low);
        assert_int_equal(colourmap_at(colours, THEME_DARK, (double)NAN), low);
        assert_int_equal(colourmap_at(colours, THEME_DARK, 7.0), high);
        assert_int_equal(colourmap_at(colours, THEME_DARK, (double)INFINITY), high);
    }
    assert_int_equal(colourmap_category(THEME_DARK, COLOURMAP_CATEGORIES + 2), colourmap_category(THEME_DARK, 2));
    assert_int_equal(colourmap_at(MAP_CATEGORIES, THEME_LIGHT, 0.3), colourmap_category(THEME_LIGHT, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_agree_with_their_publications),
        cmocka_unit_test(lightness_tells_the_order),
        cmocka_unit_test(both_ways_from_the_middle_look_alike),
        cmocka_unit_test(categories_are_told_apart),
        cmocka_unit_test(any_number_has_a_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
