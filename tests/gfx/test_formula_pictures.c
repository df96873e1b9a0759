/* Formulas as they are set, against the pictures in tests/golden/formulas: small and large, dark and light. With
 * --update these are made anew. */
#include "gfx/offscreen_window.h"

#include "gfx/fonts.h"
#include "io/file.h"
#include "io/png.h"
#include "scene/formula_signs.h"
#include "ui/formula_box.h"

#include <stdio.h>

enum { PICTURE_BYTES = 1 << 24 };

static const struct {
    const char *name;
    const char *formula[4];
} sheet[] = {
    {"scores",
     {"\\nabla \\log p_\\sigma(x)", "dx = [f - g^2 \\nabla \\log p_t]\\,dt + g\\,d\\bar w",
      "E\\|s_\\theta(\\tilde x,\\sigma) + (\\tilde x - x)/\\sigma^2\\|^2",
      "∇ log p_σ(x) ≈ s_θ(x̃, σ), \\quad g²∇\\log p_t, \\quad dw̄"}},
    {"displays",
     {"\\frac{1}{\\sqrt{2\\pi}\\sigma} e^{-\\frac{x^2}{2\\sigma^2}}",
      "\\sum_{i=1}^n w_i\\, \\mathcal N(x; \\mu_i, \\sigma_i^2 I)", "\\int_0^T \\|s_\\theta\\|^2 dt",
      "\\hat D = \\argmin_D \\max_{y \\in \\mathbb R^2} \\left| \\frac{a_{i_j}^{2}}{b} \\right|"}},
    {"parts",
     {"\\|\\frac{x - \\hat\\mu}{\\sigma}\\|^2 + (\\sum_{k} \\frac{1}{k}) + [\\frac{\\frac a b}{\\frac c d}] = \\{ y' "
      "\\mid f'' \\}",
      "\\sqrt{x} + \\sqrt{\\frac{a}{b}} + \\sqrt[3]{1 + x^2} + \\overline{x + y}",
      "\\hat f\\ \\tilde E\\ \\bar\\theta\\ \\dot x\\ \\ddot \\mu\\ \\vec v\\ \\hat h \\quad \\bar\\alpha_t = "
      "\\prod_{s=1}^t (1-\\beta_s)",
      "-x \\cdot y \\sim \\mathbf z \\propto \\exp(-\\frac E{kT})"}},
};

static const struct {
    const char *name;
    double size;
    Theme theme;
} look[] = {{"small-dark", 24, THEME_DARK}, {"large-light", 48, THEME_LIGHT}};

typedef struct Page {
    Gfx *gfx;
    Ui ui;
} Page;

static bool updating;

static int new_page(void **state)
{
    Page *page = calloc(1, sizeof *page);
    page->gfx = new_gfx();
    ui_init(&page->ui, gfx_measure, page->gfx);
    page->ui.measure_ink = gfx_measure_ink;
    *state = page;
    return 0;
}

static int free_page(void **state)
{
    Page *page = *state;
    assert_int_equal(gfx_errors(page->gfx), 0);
    ui_free(&page->ui);
    gfx_destroy(page->gfx);
    free(page);
    return 0;
}

/* Lines under one another with a margin of an em; *w and *h are how large that is. */
static void set_sheet(Ui *ui, const char *const *formula, double size, const Palette *colours, int *w, int *h)
{
    double y = size, widest = 0;
    for (size_t i = 0; i < 4; i++) {
        Formula f;
        Error e;
        if (!formula_parse(&f, formula[i], &e))
            fail_msg("%s: %s", formula[i], e.text);
        FormulaSize s = formula_size(ui, &f, size);
        formula_draw(ui, &f, size, y + s.above, size, colours->text);
        y += s.above + s.below + 0.6 * size;
        widest = fmax(widest, s.w);
    }
    *w = (int)ceil(widest + 2 * size);
    *h = (int)ceil(y + 0.4 * size);
}

static unsigned char *draw_sheet(Page *page, const char *const *formula, double size, Theme theme, int *w, int *h)
{
    const Palette *colours = palette_of(theme);
    Error e;
    draw_clear(&page->ui.list);
    set_sheet(&page->ui, formula, size, colours, w, h);
    assert_true(gfx_target(page->gfx, *w, *h, &e));
    gfx_clear(page->gfx, *w, *h, colours);
    gfx_interface(page->gfx, *w, *h, &page->ui.list);
    unsigned char *rgba = gfx_capture(page->gfx, *w, *h);
    assert_non_null(rgba);
    return rgba;
}

/* Pixels that differ visibly; other versions of the libraries may differ in a few along edges. */
static size_t differing(const unsigned char *a, const unsigned char *b, size_t pixels)
{
    size_t count = 0;
    for (size_t i = 0; i < pixels; i++) {
        int most = 0;
        for (size_t c = 0; c < 3; c++)
            most = SDL_max(most, abs(a[4 * i + c] - b[4 * i + c]));
        count += most > 8;
    }
    return count;
}

static void compare(const char *path, const unsigned char *rgba, size_t w, size_t h)
{
    unsigned char *bytes;
    size_t size;
    Image kept;
    Error e;
    if (!file_read_whole(path, PICTURE_BYTES, &bytes, &size, &e) || !png_decode(path, bytes, size, &kept, &e))
        fail_msg("%s (--update makes it)", e.text);
    assert_int_equal(kept.width, w);
    assert_int_equal(kept.height, h);
    size_t count = differing(kept.rgba, rgba, w * h);
    if (count > w * h / 1000)
        fail_msg("%s: %zu pixels differ", path, count);
    image_free(&kept);
    free(bytes);
}

static void keep(const char *path, const unsigned char *rgba, size_t w, size_t h)
{
    Bytes bytes = {0};
    Error e;
    assert_true(png_encode(rgba, w, h, 4, &bytes, &e));
    if (!file_write_whole(path, bytes.data, bytes.size, &e))
        fail_msg("%s", e.text);
    bytes_free(&bytes);
}

static void formulas_look_as_kept(void **state)
{
    Page *page = *state;
    for (size_t i = 0; i < SDL_arraysize(sheet); i++) {
        for (size_t k = 0; k < SDL_arraysize(look); k++) {
            char path[512];
            int w, h;
            unsigned char *rgba = draw_sheet(page, sheet[i].formula, look[k].size, look[k].theme, &w, &h);
            snprintf(path, sizeof path, SOURCE_FOLDER "/tests/golden/formulas/%s-%s.png", sheet[i].name, look[k].name);
            (updating ? keep : compare)(path, rgba, (size_t)w, (size_t)h);
            free(rgba);
        }
    }
}

/* A sign that the face lacked would come from another face and look it. */
static void every_sign_is_in_the_face(void **state)
{
    (void)state;
    Fonts fonts;
    Error e;
    assert_true(fonts_init(&fonts, &e));
    for (uint32_t code = 0x21; code < 0x3000; code++) {
        const FormulaSign *sign = formula_sign_typed(code);
        uint32_t drawn = formula_letter(ALPHABET_ITALIC, sign && sign->drawn ? sign->drawn : code);
        if ((sign || drawn != code) && fonts_choose(&fonts, FACE_FORMULA, drawn) != FONT_FORMULA)
            fail_msg("U+%04X", drawn);
        bool grows = sign && (sign->class == CLASS_OPEN || sign->class == CLASS_CLOSE) && !strchr("!?", (char)code);
        for (Face face = FACE_FORMULA_LARGE; grows && face <= FACE_FORMULA_LARGEST; face++)
            if (fonts_choose(&fonts, face, drawn) != FONT_FORMULA + (face - FACE_FORMULA))
                fail_msg("U+%04X in face %d", drawn, face);
    }
    for (FormulaAlphabet a = 0; a < FORMULA_ALPHABETS; a++)
        for (uint32_t code = 'A'; code <= 'z'; code++)
            assert_int_equal(fonts_choose(&fonts, FACE_FORMULA, formula_letter(a, code)), FONT_FORMULA);
    fonts_free(&fonts);
}

static void ink_is_that_of_the_face(void **state)
{
    Page *page = *state;
    TextInk x = gfx_measure_ink(page->gfx, FACE_FORMULA, "𝑥"), minus = gfx_measure_ink(page->gfx, FACE_FORMULA, "−");
    assert_true(fabs(x.advance - 0.55) < 0.005 && fabs(x.above - 0.441) < 0.005 && fabs(x.right - 0.51) < 0.005);
    assert_true(fabs(0.5 * (minus.above - minus.below) - 0.25) < 0.01); /* the axis */
    TextInk twice = gfx_measure_ink(page->gfx, FACE_FORMULA, "𝑥𝑥");
    assert_true(fabs(twice.advance - 2 * x.advance) < 1e-9 && fabs(twice.right - x.advance - x.right) < 1e-9);
    double before = 0;
    for (Face face = FACE_FORMULA; face <= FACE_FORMULA_LARGEST; face++) {
        TextInk ink = gfx_measure_ink(page->gfx, face, "(");
        assert_true(ink.above + ink.below > 1.2 * before);
        before = ink.above + ink.below;
    }
    assert_true(gfx_measure_ink(page->gfx, FACE_FORMULA, "").advance == 0);
}

int main(int count, char **argument)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sign_is_in_the_face),
        cmocka_unit_test_setup_teardown(ink_is_that_of_the_face, new_page, free_page),
        cmocka_unit_test_setup_teardown(formulas_look_as_kept, new_page, free_page),
    };
    updating = count > 1 && strcmp(argument[1], "--update") == 0;
    return cmocka_run_group_tests(tests, open_window, close_window);
}
