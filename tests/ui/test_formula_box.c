/* Formulas are laid out as TeX lays them out, whatever the face: every letter is 0.55 em wide here. */
#include "ui/harness.h"

#include "ui/formula_box.h"

#include <math.h>
#include <stdlib.h>

#include "near.h"

static const double em = 100, left = 40, baseline = 300;
static const Colour ink = 0x102030ff;

typedef struct Fixture {
    Ui ui;
    Formula formula;
    FormulaSize size;
} Fixture;

static int new_fixture(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    ui_init(&f->ui, fake_measure, NULL);
    *state = f;
    return 0;
}

static int free_fixture(void **state)
{
    Fixture *f = *state;
    ui_free(&f->ui);
    free(f);
    return 0;
}

static void set(Fixture *f, const char *text)
{
    Error e;
    if (!formula_parse(&f->formula, text, &e))
        fail_msg("%s: %s", text, e.text);
    draw_clear(&f->ui.list);
    f->size = formula_size(&f->ui, &f->formula, em);
    formula_draw(&f->ui, &f->formula, left, baseline, em, ink);
}

static double width_of(Fixture *f, const char *text)
{
    set(f, text);
    return f->size.w;
}

static Rect mark_rect(const Ui *ui, const DrawCommand *c)
{
    if (c->kind == DRAW_BOX)
        return c->rect;
    double width = fake_measure(NULL, c->face, c->size, false, text_of(&ui->list, c));
    return (Rect){c->rect.x, c->rect.y - 0.7 * c->size, width, 0.9 * c->size};
}

static double middle(Rect r)
{
    return r.x + r.w / 2;
}

static Rect rule_drawn(const Fixture *f, size_t skip)
{
    for (size_t i = 0; i < f->ui.list.count; i++)
        if (f->ui.list.command[i].kind == DRAW_BOX && skip-- == 0)
            return f->ui.list.command[i].rect;
    fail_msg("no rule");
    return (Rect){0};
}

static Rect text_at(const Fixture *f, const char *part)
{
    DrawCommand c = text_drawn(&f->ui, part);
    return mark_rect(&f->ui, &c);
}

static void scripts_stand_above_and_below(void **state)
{
    Fixture *f = *state;
    set(f, "x_1^2y");
    DrawCommand base = text_drawn(&f->ui, "𝑥"), sub = text_drawn(&f->ui, "1"), sup = text_drawn(&f->ui, "2");
    assert_true(sup.rect.y < baseline - 0.25 * em);
    assert_true(sub.rect.y > baseline + 0.1 * em);
    assert_true(sub.size == sup.size && sub.size < 0.8 * base.size);
    assert_true(sub.rect.x >= base.rect.x + 0.55 * em && sup.rect.x >= sub.rect.x);
    assert_true(text_drawn(&f->ui, "𝑦").rect.x >= sup.rect.x + 0.55 * sup.size);
    assert_true(text_at(f, "2").y + text_at(f, "2").h < text_at(f, "1").y + 0.25 * em);
    set(f, "x^{a^{b^c}}");
    assert_true(text_drawn(&f->ui, "𝑏").size < text_drawn(&f->ui, "𝑎").size);
    assert_true(text_drawn(&f->ui, "𝑐").size == text_drawn(&f->ui, "𝑏").size);
    assert_true(text_drawn(&f->ui, "𝑐").rect.y < text_drawn(&f->ui, "𝑏").rect.y);
}

static void fractions_are_centred_on_the_axis(void **state)
{
    Fixture *f = *state;
    set(f, "\\frac{abc}{d}");
    Rect rule = rule_drawn(f, 0), above = text_at(f, "𝑏"), below = text_at(f, "𝑑");
    assert_true(fabs(rule.y + rule.h / 2 - (baseline - 0.25 * em)) <= 1);
    assert_true(fabs(middle(rule) - middle(above)) <= 1 && fabs(middle(rule) - middle(below)) <= 1);
    assert_true(above.y + above.h <= rule.y && below.y >= rule.y + rule.h);
    assert_true(rule.w >= 3 * 0.55 * em - 1);
    assert_true(rule.x == floor(rule.x) && rule.h == floor(rule.h));
    set(f, "e^{\\frac a b}");
    assert_true(text_drawn(&f->ui, "𝑎").size < 0.7 * em);
}

static void more_is_wider(void **state)
{
    Fixture *f = *state;
    static const char *const row[] = {
        "a", "ab", "ab_1", "ab_1^2", "ab_{12}^2", "ab_{12}^{23}c", "(ab^2c)", "(ab^2c) + d", "(ab^2c) + d = e"};
    double before = 0;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        double width = width_of(f, row[i]);
        assert_true(width >= before - 1e-9);
        before = width;
    }
    assert_true(width_of(f, "") == 0);
    assert_true(width_of(f, "a\\!b") < width_of(f, "ab"));
    assert_true(width_of(f, "a\\,b") < width_of(f, "a\\;b"));
}

static void signs_are_spaced_by_their_class(void **state)
{
    Fixture *f = *state;
    double letter = width_of(f, "a"), thin = em / 6, middle_space = em * 4 / 18, thick = em * 5 / 18;
    static const double slack = 1e-9;
    assert_true(fabs(width_of(f, "ab") - 2 * letter) < slack);
    assert_true(fabs(width_of(f, "a+b") - 3 * letter - 2 * middle_space) < slack);
    assert_true(fabs(width_of(f, "a=b") - 3 * letter - 2 * thick) < slack);
    assert_true(fabs(width_of(f, "a,b") - 3 * letter - thin) < slack);
    assert_true(fabs(width_of(f, "-b") - 2 * letter) < slack);
    assert_true(fabs(width_of(f, "a=-b") - 4 * letter - 2 * thick) < slack);
    assert_true(fabs(width_of(f, "(-b)") - 4 * letter) < slack);
    assert_true(fabs(width_of(f, "a\\log b") - 5 * letter - 2 * thin) < slack);
    assert_true(fabs(width_of(f, "\\log(b)") - 6 * letter) < slack);
    assert_true(fabs(width_of(f, "\\log\\|b\\|") - 6 * letter - thin) < slack);
    double small = width_of(f, "x^a") - letter;
    assert_true(width_of(f, "x^{a+b}") - letter < 3.2 * small); /* none in scripts */
}

static void limits_stand_over_large_signs(void **state)
{
    Fixture *f = *state;
    set(f, "\\sum_{i}^{n}");
    Rect sign = text_at(f, "∑"), above = text_at(f, "𝑛"), below = text_at(f, "𝑖");
    assert_true(above.y + above.h <= sign.y && below.y >= sign.y + sign.h);
    assert_true(fabs(middle(above) - middle(sign)) <= 1 && fabs(middle(below) - middle(sign)) <= 1);
    assert_int_equal(text_drawn(&f->ui, "∑").face, FACE_FORMULA_LARGE);
    set(f, "\\int_0^T");
    assert_true(text_at(f, "0").x >= text_at(f, "∫").x + 0.5 * em);
    assert_true(text_at(f, "𝑇").x >= text_at(f, "∫").x + 0.5 * em);
    set(f, "\\frac{\\sum_i}{2}");
    assert_true(text_at(f, "𝑖").x >= text_at(f, "∑").x + 0.5 * em);
    assert_int_equal(text_drawn(&f->ui, "∑").face, FACE_FORMULA);
}

static void brackets_grow_with_what_they_enclose(void **state)
{
    Fixture *f = *state;
    set(f, "(x^2)");
    assert_int_equal(text_drawn(&f->ui, "(").face, FACE_FORMULA);
    assert_true(text_drawn(&f->ui, "(").size == em);
    set(f, "(\\frac a b)");
    DrawCommand grown = text_drawn(&f->ui, "(");
    assert_true(grown.size > 1.5 * em || grown.face != FACE_FORMULA);
    set(f, "\\|x\\|");
    assert_true(has_text(&f->ui, "‖"));
    set(f, "\\|\\frac a b\\|^2");
    assert_false(has_text(&f->ui, "‖"));
    Rect bar = rule_drawn(f, 1), second = rule_drawn(f, 2);
    assert_true(bar.h > 1.5 * em && bar.h == second.h && bar.y == second.y && second.x > bar.x + bar.w);
    assert_true(text_at(f, "2").y < bar.y + 0.1 * em);
}

static void roots_cover_what_is_under_them(void **state)
{
    Fixture *f = *state;
    set(f, "\\sqrt{abc}d");
    Rect rule = rule_drawn(f, 0), sign = text_at(f, "√"), a = text_at(f, "𝑎"), c = text_at(f, "𝑐");
    assert_true(rule.y + rule.h <= a.y && rule.x <= a.x && rule.x + rule.w >= c.x + c.w - 1);
    assert_true(fabs(sign.y - rule.y) <= 1 && sign.y + sign.h >= a.y + a.h - 1 && sign.x + sign.w <= a.x + 1);
    set(f, "\\sqrt[3]{x}");
    assert_true(text_drawn(&f->ui, "3").size < 0.6 * em && text_at(f, "3").x < text_at(f, "𝑥").x);
}

static void accents_stand_over_their_letter(void **state)
{
    Fixture *f = *state;
    set(f, "a\\hat x");
    Rect letter = text_at(f, "𝑥"), hat = text_at(f, "ˆ");
    assert_true(middle(hat) >= middle(letter) - 1 && middle(hat) < middle(letter) + 0.1 * em);
    assert_true(hat.y < letter.y - 0.2 * em);
    assert_true(width_of(f, "\\hat x") == width_of(f, "x"));
}

static const char *const samples[] = {"\\nabla \\log p_\\sigma(x)",
                                      "dx = [f - g^2 \\nabla \\log p_t]\\,dt + g\\,d\\bar w",
                                      "E\\|s_\\theta(\\tilde x,\\sigma) + (\\tilde x - x)/\\sigma^2\\|^2",
                                      "\\frac{1}{\\sqrt{2\\pi}\\sigma} e^{-\\frac{x^2}{2\\sigma^2}}",
                                      "\\sum_{i=1}^n w_i + \\max_{x \\in A} f(x)",
                                      "\\int_0^T \\|s_\\theta\\|^2 dt",
                                      "\\left( \\frac{\\frac a b}{\\sqrt{\\frac c d}} \\right)^2_1 = \\overline{x}"};

/* But for accents, which are as wide as their letters here and stand out where these lean. */
static void all_is_within_the_size(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        set(f, samples[i]);
        Rect all = {left, baseline - f->size.above, f->size.w, f->size.above + f->size.below};
        assert_true(f->ui.list.count > 3);
        for (size_t k = 0; k < f->ui.list.count; k++) {
            assert_true(rect_inside(mark_rect(&f->ui, &f->ui.list.command[k]), rect_inset(all, -0.1 * em, -1)));
            assert_true(f->ui.list.command[k].fill == ink);
        }
    }
}

static void size_is_proportional(void **state)
{
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        set(f, samples[i]);
        FormulaSize twice = formula_size(&f->ui, &f->formula, 2 * em);
        assert_true(fabs(twice.w - 2 * f->size.w) < 1e-6 && fabs(twice.above - 2 * f->size.above) < 1e-6 &&
                    fabs(twice.below - 2 * f->size.below) < 1e-6);
    }
}

/* The longest and deepest that can be read are set too. */
static void the_largest_formulas_are_set(void **state)
{
    Fixture *f = *state;
    static const char *const piece[] = {"\\left\\|", "{", "\\sqrt{", "\\frac1{", "x^{", "\\hat{"};
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        char text[512] = "";
        for (size_t k = 0; k < FORMULA_DEPTH - 2; k++)
            strcat(text, piece[i]);
        strcat(text, "x");
        for (size_t k = 0; k < FORMULA_DEPTH - 2; k++)
            strcat(text, i == 0 ? "\\right\\|" : "}");
        assert_true(width_of(f, text) > 0);
    }
    char bars[3 * (FORMULA_NODES - 1)] = "";
    for (size_t k = 0; k < FORMULA_NODES / 4; k++)
        strcat(bars, "\\|x\\|");
    assert_true(width_of(f, bars) > 0);
}

/* Whatever can be read has a size. */
static void any_formula_has_a_size(void **state)
{
    Fixture *f = *state;
    static const char *const token[] = {"x",  "{",      "}", "^",      "_",       "\\frac",   "\\sqrt",    "\\|", "(",
                                        ")",  "\\sum ", "+", "\\hat ", "\\,",     "'",        "[",         "]",   "",
                                        "{}", "\\int ", "2", "log",    "\\left(", "\\right.", "\\mathbb R"};
    uint32_t random = 1;
    size_t read = 0;
    for (size_t round = 0; round < 20000; round++) {
        char text[256] = "";
        for (size_t n = 1 + round % 12; n > 0; n--) {
            random = random * 1664525u + 1013904223u;
            strcat(text, token[(random >> 16) % (sizeof token / sizeof *token)]);
        }
        if (!formula_parse(&f->formula, text, NULL))
            continue;
        FormulaSize s = formula_size(&f->ui, &f->formula, em);
        assert_true(isfinite(s.w) && isfinite(s.above) && isfinite(s.below) && s.above + s.below > -1e-9);
        read++;
    }
    assert_true(read > 2000);
}

static void drawing_again_allocates_nothing(void **state)
{
    Fixture *f = *state;
    set(f, samples[2]);
    size_t commands = f->ui.list.capacity, bytes = f->ui.list.text_capacity;
    for (int i = 0; i < 10; i++)
        set(f, samples[2]);
    assert_int_equal(f->ui.list.capacity, commands);
    assert_int_equal(f->ui.list.text_capacity, bytes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, new_fixture, free_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(scripts_stand_above_and_below),
        TEST(fractions_are_centred_on_the_axis),
        TEST(more_is_wider),
        TEST(signs_are_spaced_by_their_class),
        TEST(limits_stand_over_large_signs),
        TEST(brackets_grow_with_what_they_enclose),
        TEST(roots_cover_what_is_under_them),
        TEST(accents_stand_over_their_letter),
        TEST(all_is_within_the_size),
        TEST(size_is_proportional),
        TEST(the_largest_formulas_are_set),
        TEST(any_formula_has_a_size),
        TEST(drawing_again_allocates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
