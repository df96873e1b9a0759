/* Formulas are read into the tree that TeX would make of them, or refused by the column. */
#include "scene/formula.h"

#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOLD = 4096 };

static Formula f;

static void tell(char *told, const char *text)
{
    assert_true(strlen(told) + strlen(text) < TOLD);
    strcat(told, text);
}

/* A list as a text: groups in <>, what a kind is made of after its letter. */
static void tell_list(char *told, FormulaPlace first);

static void tell_part(char *told, const char *before, FormulaPlace list, const char *after)
{
    tell(told, before);
    tell_list(told, list);
    tell(told, after);
}

static void tell_node(char *told, const FormulaNode *n)
{
    static const char *const letter[] = {
        [FORMULA_NOTHING] = "0",  [FORMULA_GLYPHS] = "", [FORMULA_LARGE] = "L",  [FORMULA_GROUP] = "",
        [FORMULA_FRACTION] = "F", [FORMULA_ROOT] = "R",  [FORMULA_ACCENT] = "A", [FORMULA_OVERLINE] = "O",
        [FORMULA_FENCE] = "B",    [FORMULA_SPACE] = "S"};
    tell(told, letter[n->kind]);
    tell(told, formula_text(&f, n->text));
    if (n->child || n->kind == FORMULA_FENCE || n->kind == FORMULA_GROUP)
        tell_part(told, "<", n->child, ">");
    if (n->other)
        tell_part(told, "<", n->other, ">");
    tell(told, formula_text(&f, n->close));
    if (n->sub)
        tell_part(told, "_<", n->sub, ">");
    if (n->sup)
        tell_part(told, "^<", n->sup, ">");
}

static void tell_list(char *told, FormulaPlace first)
{
    for (FormulaPlace at = first; at; at = f.node[at].next)
        tell_node(told, &f.node[at]);
}

static const char *read_as(char told[TOLD], const char *text)
{
    Error e = {""};
    if (!formula_parse(&f, text, &e))
        fail_msg("%s: %s", text, e.text);
    told[0] = '\0';
    tell_list(told, f.first);
    return told;
}

static void formulas_become_trees(void **state)
{
    (void)state;
    static const struct {
        const char *text, *tree;
    } rows[] = {
        {"", ""},
        {"  a  b ", "𝑎𝑏"},
        {"\\nabla \\log p_\\sigma(x)", "∇log𝑝_<𝜎>B(<𝑥>)"},
        {"∇ log p_σ(x)", "∇log𝑝_<𝜎>B(<𝑥>)"},
        {"xlog", "𝑥𝑙𝑜𝑔"},
        {"h2\\Sigma", "ℎ2Σ"},
        {"x^2_i", "𝑥_<𝑖>^<2>"},
        {"x^{a+b}", "𝑥^<𝑎+𝑏>"},
        {"{a}", "𝑎"},
        {"{a^2}^3", "<𝑎^<2>>^<3>"},
        {"^2", "0^<2>"},
        {"x''", "𝑥^<′′>"},
        {"g²x¹²", "𝑔^<2>𝑥^<12>"},
        {"\\frac{1}{2}\\frac a b", "F<1><2>F<𝑎><𝑏>"},
        {"\\sqrt{x}\\sqrt[3]x", "R<𝑥>R<𝑥><3>"},
        {"√{2h} z √x", "R<2ℎ>𝑧R<𝑥>"},
        {"\\hat x\\tilde{x}\\bar w", "Aˆ<𝑥>A˜<𝑥>A¯<𝑤>"},
        {"x\u0303\u0304 w\u0304^2", "A¯<A˜<𝑥>>A¯<𝑤>^<2>"},
        {"\\overline{ab}", "O<𝑎𝑏>"},
        {"\\sum_{i=1}^n", "L∑_<𝑖=1>^<𝑛>"},
        {"∫_0^T", "L∫_<0>^<𝑇>"},
        {"a-b*c·d", "𝑎−𝑏∗𝑐⋅𝑑"},
        {"\\mathbb E\\mathbf{x}\\mathcal{N}\\mathrm{kl}", "𝔼𝐱𝒩<kl>"},
        {"\\text{if } x", "if 𝑥"},
        {"\\operatorname{KL}\\argmin_x", "KLarg min_<𝑥>"},
        {"a\\,b\\quad c", "𝑎S𝑏S𝑐"},
        {"a\\,^2", "𝑎S0^<2>"},
        {"\\{a\\}", "B{<𝑎>}"},
        /* brackets and bars that match */
        {"[0,1)", "B[<0,1>)"},
        {"\\|a\\|^2 + ‖b‖", "B‖<𝑎>‖^<2>+B‖<𝑏>‖"},
        {"\\|(\\|a\\|)\\|", "B‖<B(<B‖<𝑎>‖>)>‖"},
        {"D(p\\|q)", "𝐷B(<𝑝‖𝑞>)"},
        {"(a", "(𝑎"},
        {"a)b", "𝑎)𝑏"},
        {"((a)", "(B(<𝑎>)"},
        {"()", "B(<>)"},
        {"n!(k)", "𝑛!B(<𝑘>)"},
        {"\\left. a \\right|_0", "B<𝑎>∣_<0>"},
        {"\\left\\{ (a \\right]", "B{<(𝑎>]"},
        {"\\rightarrow\\leftarrow", "→←"},
    };
    char told[TOLD];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(read_as(told, rows[i].text), rows[i].tree);
}

static void classes_are_those_of_tex(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        FormulaClass class;
    } rows[] = {{"x", CLASS_ORDINARY},     {"\\log", CLASS_OPERATOR}, {"\\sum", CLASS_OPERATOR},
                {"-", CLASS_BINARY},       {"=", CLASS_RELATION},     {"\\sim", CLASS_RELATION},
                {"(", CLASS_OPEN},         {"]", CLASS_CLOSE},        {",", CLASS_PUNCTUATION},
                {"\\frac12", CLASS_INNER}, {"/", CLASS_ORDINARY},     {"\\mid", CLASS_RELATION},
                {"{=}", CLASS_ORDINARY}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(formula_parse(&f, rows[i].text, NULL));
        assert_int_equal(f.node[f.first].class, rows[i].class);
    }
}

static void limits_stand_where_they_are_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool limits;
    } rows[] = {{"\\sum_i", true},           {"\\int_0", false},          {"\\max_x", true},
                {"\\log_2", false},          {"\\int\\limits_0^1", true}, {"\\sum\\nolimits_i", false},
                {"\\sum_i\\nolimits", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(formula_parse(&f, rows[i].text, NULL));
        assert_int_equal(f.node[f.first].limits, rows[i].limits);
    }
}

static void assert_refused(const char *text, const char *message)
{
    Error e = {""};
    assert_false(formula_parse(&f, text, &e));
    assert_string_equal(e.text, message);
    assert_int_equal(f.first, 0);
    assert_string_equal(formula_text(&f, 0), "");
}

static void bad_formulas_are_refused_by_the_column(void **state)
{
    (void)state;
#define AT(column) "column " #column " of the formula: "
    assert_refused("a + \\foo", AT(5) "there is no command \\foo");
    assert_refused("σ\\foo", AT(2) "there is no command \\foo");
    assert_refused("a\\", AT(2) "a backslash at the end");
    assert_refused("x^{a", AT(3) "this { has no }");
    assert_refused("x}", AT(2) "this } has no {");
    assert_refused("x^", AT(2) "nothing follows ^");
    assert_refused("{x_}", AT(3) "nothing follows _");
    assert_refused("\\frac{a}", AT(1) "nothing follows \\frac");
    assert_refused("a√", AT(2) "nothing follows √");
    assert_refused("\\hat", AT(1) "nothing follows \\hat");
    assert_refused("x^2^3", AT(4) "a second superscript; braces tell whose it is");
    assert_refused("x²^3", AT(3) "a second superscript; braces tell whose it is");
    assert_refused("x_1_2", AT(4) "a second subscript; braces tell whose it is");
    assert_refused("x__2", AT(2) "nothing follows _");
    assert_refused("\\left( x", AT(1) "\\left without \\right");
    assert_refused("x \\right)", AT(3) "\\right without \\left");
    assert_refused("{x \\right)}", AT(4) "\\right without \\left");
    assert_refused("\\left x \\right)", AT(1) "\\left wants a bracket or a full stop");
    assert_refused("\\left( x \\right", AT(10) "\\right wants a bracket or a full stop");
    assert_refused("\\sqrt[3{x}", AT(6) "this [ has no ]");
    assert_refused("\\text x", AT(1) "\\text wants its words in { }");
    assert_refused("\\text{x", AT(8) "the { of \\text has no }");
    assert_refused("\\text{a\\b}", AT(8) "only plain words stand in \\text");
    assert_refused("\\text{a\xff}", AT(8) "only plain words stand in \\text");
    assert_refused("\\text{a\nb}", AT(8) "only plain words stand in \\text");
    assert_refused("$x$", AT(1) "$ means nothing here; \\$ is the sign");
    assert_refused("a & b", AT(3) "& means nothing here; \\& is the sign");
    assert_refused("a\x01", AT(2) "a control character");
    assert_refused("a\xff", AT(2) "no UTF-8");
    assert_refused("x\\limits_2", AT(2) "\\limits stands behind a large sign or the name of a function");
    assert_refused("\\abcdefghijklmnopqrstuvwxyzabc", AT(1) "there is no command \\abcdefghijklmnopqrstuvwx");
    assert_false(formula_parse(&f, "^", NULL));
}

static char *repeated(const char *before, size_t n, const char *middle, const char *after)
{
    size_t size = n * (strlen(before) + strlen(after)) + strlen(middle) + 1;
    char *text = calloc(size, 1), *at = text;
    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        at = stpcpy(at, before);
    at = stpcpy(at, middle);
    for (size_t i = 0; i < n; i++)
        at = stpcpy(at, after);
    return text;
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
    } rows[] = {{"{", "}"},     {"\\frac{", "}2"}, {"x^{", "}"}, {"\\sqrt ", ""},  {"\\left(", "\\right)"},
                {"\\hat ", ""}, {"\\sqrt[", "]x"}, {"a_", ""},   {"\\mathbf ", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Error e = {""};
        char *few = repeated(rows[i].before, 1, "y", rows[i].after);
        assert_true(formula_parse(&f, few, NULL));
        free(few);
        char *many = repeated(rows[i].before, 10000, "y", rows[i].after);
        assert_false(formula_parse(&f, many, &e));
        if (strcmp(rows[i].before, "a_") != 0) /* a second subscript */
            assert_non_null(strstr(e.text, "nested deeper than 12"));
        free(many);
    }
    char *brackets = repeated("(", 100, "y", ")");
    assert_true(formula_parse(&f, brackets, NULL));
    free(brackets);
}

static void length_has_a_limit(void **state)
{
    (void)state;
    Error e = {""};
    char *fits = repeated("x", FORMULA_NODES - 1, "", ""), *more = repeated("x", FORMULA_NODES, "", "");
    assert_true(formula_parse(&f, fits, NULL));
    assert_false(formula_parse(&f, more, &e));
    assert_non_null(strstr(e.text, "column 257 of the formula: too long"));
    char *words = repeated("\\text{0123456789012345678901234567890123456789}", 60, "", "");
    assert_false(formula_parse(&f, words, &e));
    assert_non_null(strstr(e.text, "too long"));
    char *accents = repeated("\u0303", 1000, "", "");
    assert_true(formula_parse(&f, "x", NULL));
    char *accented = repeated("x", 1, accents, "");
    assert_false(formula_parse(&f, accented, &e));
    free(fits);
    free(more);
    free(words);
    free(accents);
    free(accented);
}

/* Cut anywhere, a formula is read or refused with a line. */
static void truncated_formulas_have_a_message(void **state)
{
    (void)state;
    static const char whole[] =
        "\\left[\\frac{1}{\\sqrt[3]{2\\pi}σ} e^{-\\hat x''^{}}\\|a_{b}\\|^2\\text{ab}\\right]_\\sum";
    for (size_t n = 0; n < sizeof whole; n++) {
        char cut[sizeof whole] = "";
        Error e = {""};
        memcpy(cut, whole, n);
        if (!formula_parse(&f, cut, &e))
            assert_memory_equal(e.text, "column ", 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_become_trees),
        cmocka_unit_test(classes_are_those_of_tex),
        cmocka_unit_test(limits_stand_where_they_are_asked_for),
        cmocka_unit_test(bad_formulas_are_refused_by_the_column),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(length_has_a_limit),
        cmocka_unit_test(truncated_formulas_have_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
