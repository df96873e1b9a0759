#include "scene/formula_signs.h"

#include <string.h>

static const FormulaSign sign[] = {
    {"alpha", 0x3b1, CLASS_ORDINARY, 0},
    {"beta", 0x3b2, CLASS_ORDINARY, 0},
    {"gamma", 0x3b3, CLASS_ORDINARY, 0},
    {"delta", 0x3b4, CLASS_ORDINARY, 0},
    {"epsilon", 0x3f5, CLASS_ORDINARY, 0},
    {"varepsilon", 0x3b5, CLASS_ORDINARY, 0},
    {"zeta", 0x3b6, CLASS_ORDINARY, 0},
    {"eta", 0x3b7, CLASS_ORDINARY, 0},
    {"theta", 0x3b8, CLASS_ORDINARY, 0},
    {"vartheta", 0x3d1, CLASS_ORDINARY, 0},
    {"iota", 0x3b9, CLASS_ORDINARY, 0},
    {"kappa", 0x3ba, CLASS_ORDINARY, 0},
    {"lambda", 0x3bb, CLASS_ORDINARY, 0},
    {"mu", 0x3bc, CLASS_ORDINARY, 0},
    {"nu", 0x3bd, CLASS_ORDINARY, 0},
    {"xi", 0x3be, CLASS_ORDINARY, 0},
    {"pi", 0x3c0, CLASS_ORDINARY, 0},
    {"rho", 0x3c1, CLASS_ORDINARY, 0},
    {"sigma", 0x3c3, CLASS_ORDINARY, 0},
    {"tau", 0x3c4, CLASS_ORDINARY, 0},
    {"upsilon", 0x3c5, CLASS_ORDINARY, 0},
    {"phi", 0x3d5, CLASS_ORDINARY, 0},
    {"varphi", 0x3c6, CLASS_ORDINARY, 0},
    {"chi", 0x3c7, CLASS_ORDINARY, 0},
    {"psi", 0x3c8, CLASS_ORDINARY, 0},
    {"omega", 0x3c9, CLASS_ORDINARY, 0},
    {"Gamma", 0x393, CLASS_ORDINARY, 0},
    {"Delta", 0x394, CLASS_ORDINARY, 0},
    {"Theta", 0x398, CLASS_ORDINARY, 0},
    {"Lambda", 0x39b, CLASS_ORDINARY, 0},
    {"Xi", 0x39e, CLASS_ORDINARY, 0},
    {"Pi", 0x3a0, CLASS_ORDINARY, 0},
    {"Sigma", 0x3a3, CLASS_ORDINARY, 0},
    {"Phi", 0x3a6, CLASS_ORDINARY, 0},
    {"Psi", 0x3a8, CLASS_ORDINARY, 0},
    {"Omega", 0x3a9, CLASS_ORDINARY, 0},
    {"nabla", 0x2207, CLASS_ORDINARY, 0},
    {"partial", 0x2202, CLASS_ORDINARY, 0x1d715},
    {"infty", 0x221e, CLASS_ORDINARY, 0},
    {"ell", 0x2113, CLASS_ORDINARY, 0},
    {"forall", 0x2200, CLASS_ORDINARY, 0},
    {"exists", 0x2203, CLASS_ORDINARY, 0},
    {"emptyset", 0x2205, CLASS_ORDINARY, 0},
    {"top", 0x22a4, CLASS_ORDINARY, 0},
    {"prime", 0x2032, CLASS_ORDINARY, 0},
    {"%", '%', CLASS_ORDINARY, 0},
    {"#", '#', CLASS_ORDINARY, 0},
    {"&", '&', CLASS_ORDINARY, 0},
    {"$", '$', CLASS_ORDINARY, 0},
    {"_", '_', CLASS_ORDINARY, 0},
    {NULL, '/', CLASS_ORDINARY, 0},
    {"vert", '|', CLASS_ORDINARY, 0x2223},
    {"|", 0x2016, CLASS_ORDINARY, 0},
    {"Vert", 0x2016, CLASS_ORDINARY, 0},
    {NULL, 0x2225, CLASS_ORDINARY, 0x2016},
    {"dots", 0x2026, CLASS_INNER, 0},
    {"ldots", 0x2026, CLASS_INNER, 0},
    {"cdots", 0x22ef, CLASS_INNER, 0},
    {"sum", 0x2211, CLASS_OPERATOR, 0},
    {"prod", 0x220f, CLASS_OPERATOR, 0},
    {"int", 0x222b, CLASS_OPERATOR, 0},
    {"oint", 0x222e, CLASS_OPERATOR, 0},
    {NULL, '+', CLASS_BINARY, 0},
    {NULL, '-', CLASS_BINARY, 0x2212},
    {NULL, 0x2212, CLASS_BINARY, 0},
    {"pm", 0xb1, CLASS_BINARY, 0},
    {"mp", 0x2213, CLASS_BINARY, 0},
    {"cdot", 0x22c5, CLASS_BINARY, 0},
    {NULL, 0xb7, CLASS_BINARY, 0x22c5},
    {"times", 0xd7, CLASS_BINARY, 0},
    {"ast", '*', CLASS_BINARY, 0x2217},
    {"circ", 0x2218, CLASS_BINARY, 0},
    {"odot", 0x2299, CLASS_BINARY, 0},
    {"oplus", 0x2295, CLASS_BINARY, 0},
    {"otimes", 0x2297, CLASS_BINARY, 0},
    {"cup", 0x222a, CLASS_BINARY, 0},
    {"cap", 0x2229, CLASS_BINARY, 0},
    {"setminus", 0x2216, CLASS_BINARY, 0},
    {NULL, '=', CLASS_RELATION, 0},
    {"lt", '<', CLASS_RELATION, 0},
    {"gt", '>', CLASS_RELATION, 0},
    {NULL, ':', CLASS_RELATION, 0},
    {"mid", 0x2223, CLASS_RELATION, 0},
    {"parallel", 0x2225, CLASS_RELATION, 0x2016},
    {"approx", 0x2248, CLASS_RELATION, 0},
    {"sim", 0x223c, CLASS_RELATION, 0},
    {NULL, '~', CLASS_RELATION, 0x223c},
    {"equiv", 0x2261, CLASS_RELATION, 0},
    {"propto", 0x221d, CLASS_RELATION, 0},
    {"ne", 0x2260, CLASS_RELATION, 0},
    {"neq", 0x2260, CLASS_RELATION, 0},
    {"le", 0x2264, CLASS_RELATION, 0},
    {"leq", 0x2264, CLASS_RELATION, 0},
    {"ge", 0x2265, CLASS_RELATION, 0},
    {"geq", 0x2265, CLASS_RELATION, 0},
    {"ll", 0x226a, CLASS_RELATION, 0},
    {"gg", 0x226b, CLASS_RELATION, 0},
    {"in", 0x2208, CLASS_RELATION, 0},
    {"subset", 0x2282, CLASS_RELATION, 0},
    {"perp", 0x22a5, CLASS_RELATION, 0},
    {"to", 0x2192, CLASS_RELATION, 0},
    {"rightarrow", 0x2192, CLASS_RELATION, 0},
    {"leftarrow", 0x2190, CLASS_RELATION, 0},
    {"leftrightarrow", 0x2194, CLASS_RELATION, 0},
    {"Rightarrow", 0x21d2, CLASS_RELATION, 0},
    {"mapsto", 0x21a6, CLASS_RELATION, 0},
    {"coloneqq", 0x2254, CLASS_RELATION, 0},
    {NULL, '(', CLASS_OPEN, 0},
    {NULL, '[', CLASS_OPEN, 0},
    {"{", '{', CLASS_OPEN, 0},
    {"langle", 0x27e8, CLASS_OPEN, 0},
    {"lfloor", 0x230a, CLASS_OPEN, 0},
    {"lceil", 0x2308, CLASS_OPEN, 0},
    {NULL, ')', CLASS_CLOSE, 0},
    {NULL, ']', CLASS_CLOSE, 0},
    {"}", '}', CLASS_CLOSE, 0},
    {"rangle", 0x27e9, CLASS_CLOSE, 0},
    {"rfloor", 0x230b, CLASS_CLOSE, 0},
    {"rceil", 0x2309, CLASS_CLOSE, 0},
    {NULL, '!', CLASS_CLOSE, 0},
    {NULL, '?', CLASS_CLOSE, 0},
    {NULL, ',', CLASS_PUNCTUATION, 0},
    {NULL, ';', CLASS_PUNCTUATION, 0},
    {"colon", ':', CLASS_PUNCTUATION, 0},
};

static const FormulaName name[] = {
    {"arg", NULL, false}, {"cos", NULL, false},  {"cov", "Cov", false},       {"det", NULL, false},
    {"div", NULL, false}, {"exp", NULL, false},  {"lim", NULL, true},         {"ln", NULL, false},
    {"log", NULL, false}, {"max", NULL, true},   {"min", NULL, true},         {"sin", NULL, false},
    {"sup", NULL, true},  {"inf", NULL, true},   {"tan", NULL, false},        {"tanh", NULL, false},
    {"tr", NULL, false},  {"var", "Var", false}, {"argmax", "arg max", true}, {"argmin", "arg min", true},
    {"erf", NULL, false}, {"Pr", NULL, true},    {"sinh", NULL, false},       {"cosh", NULL, false},
};

/* Where the letters A, a and 0 of each alphabet are. */
static const struct {
    uint32_t large, small, digit;
} alphabet_at[FORMULA_ALPHABETS] = {
    [ALPHABET_ITALIC] = {0x1d434, 0x1d44e, '0'},   [ALPHABET_ROMAN] = {'A', 'a', '0'},
    [ALPHABET_BOLD] = {0x1d400, 0x1d41a, 0x1d7ce}, [ALPHABET_DOUBLE] = {0x1d538, 0x1d552, 0x1d7d8},
    [ALPHABET_SCRIPT] = {0x1d49c, 0x1d4b6, '0'},
};

/* Letters that Unicode had before it had the alphabets, at the places that are empty there. */
static const struct {
    uint32_t empty, letter;
} elsewhere[] = {
    {0x1d455, 0x210e}, {0x1d49d, 0x212c}, {0x1d4a0, 0x2130}, {0x1d4a1, 0x2131}, {0x1d4a3, 0x210b},
    {0x1d4a4, 0x2110}, {0x1d4a7, 0x2112}, {0x1d4a8, 0x2133}, {0x1d4ad, 0x211b}, {0x1d4ba, 0x212f},
    {0x1d4bc, 0x210a}, {0x1d4c4, 0x2134}, {0x1d53a, 0x2102}, {0x1d53f, 0x210d}, {0x1d545, 0x2115},
    {0x1d547, 0x2119}, {0x1d548, 0x211a}, {0x1d549, 0x211d}, {0x1d551, 0x2124},
};

/* Greek letters that stand outside the row from alpha to omega, and where their slanted forms are. */
static const struct {
    uint32_t letter, italic;
} greek_form[] = {{0x3f5, 0x1d716}, {0x3d1, 0x1d717}, {0x3f0, 0x1d718},
                  {0x3d5, 0x1d719}, {0x3f1, 0x1d71a}, {0x3d6, 0x1d71b}};

enum { GREEK_ALPHA = 0x3b1, GREEK_OMEGA = 0x3c9, ITALIC_ALPHA = 0x1d6fc };

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool is_called(const char *known, const char *asked, size_t n)
{
    return known && strlen(known) == n && memcmp(known, asked, n) == 0;
}

const FormulaSign *formula_sign_named(const char *asked, size_t n)
{
    for (size_t i = 0; i < COUNT(sign); i++)
        if (is_called(sign[i].name, asked, n))
            return &sign[i];
    return NULL;
}

const FormulaSign *formula_sign_typed(uint32_t code)
{
    for (size_t i = 0; i < COUNT(sign); i++)
        if (sign[i].code == code)
            return &sign[i];
    return NULL;
}

const FormulaName *formula_name(const char *asked, size_t n)
{
    for (size_t i = 0; i < COUNT(name); i++)
        if (is_called(name[i].name, asked, n))
            return &name[i];
    return NULL;
}

static uint32_t italic_greek(uint32_t code)
{
    if (code >= GREEK_ALPHA && code <= GREEK_OMEGA)
        return ITALIC_ALPHA + (code - GREEK_ALPHA);
    for (size_t i = 0; i < COUNT(greek_form); i++)
        if (greek_form[i].letter == code)
            return greek_form[i].italic;
    return code;
}

static uint32_t moved(uint32_t code, uint32_t from, uint32_t to)
{
    uint32_t at = to + (code - from);
    for (size_t i = 0; i < COUNT(elsewhere); i++)
        if (elsewhere[i].empty == at)
            return elsewhere[i].letter;
    return at;
}

uint32_t formula_letter(FormulaAlphabet alphabet, uint32_t code)
{
    if (code >= 'A' && code <= 'Z')
        return moved(code, 'A', alphabet_at[alphabet].large);
    if (code >= 'a' && code <= 'z')
        return moved(code, 'a', alphabet_at[alphabet].small);
    if (code >= '0' && code <= '9')
        return moved(code, '0', alphabet_at[alphabet].digit);
    return alphabet == ALPHABET_ITALIC ? italic_greek(code) : code;
}

bool formula_slanted(uint32_t code)
{
    return (code >= 0x1d434 && code <= 0x1d467) || (code >= 0x1d6e2 && code <= 0x1d71b) || code == 0x210e ||
           (code >= 0x1d49c && code <= 0x1d4cf);
}
