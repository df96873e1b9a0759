#include "io/text.h"
#include "scene/formula_parser.h"

#include <string.h>

enum { DOUBLE_BAR = 0x2016, NO_UTF8 = 0xfffd, SHOWN = 24 };

/* A command that is more than a sign; `from` is its backslash, p->at behind its name. */
typedef struct Word {
    const char *name;
    bool (*parse)(Parser *p, const char *from, const struct Word *w, FormulaPlace *place);
    uint32_t code;
    float space;
} Word;

static bool parse_fraction(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)w;
    FormulaPlace above, below;
    if (!parser_add_node(p, FORMULA_FRACTION, CLASS_INNER, place) || !parser_argument(p, from, &above) ||
        !parser_argument(p, from, &below))
        return false;
    parser_node(p, *place)->child = above;
    parser_node(p, *place)->other = below;
    return true;
}

/* The degree ends at the first bracket, as in TeX. */
static bool parse_degree(Parser *p, FormulaPlace *degree)
{
    const char *bracket = p->at++;
    if (!parser_list(p, ']', degree))
        return false;
    if (*p->at != ']')
        return parser_refuse(p, bracket, "this [ has no ]");
    p->at++;
    return true;
}

bool parser_root(Parser *p, const char *from, FormulaPlace *place)
{
    FormulaPlace under, degree = 0;
    parser_skip_blanks(p);
    if (!parser_add_node(p, FORMULA_ROOT, CLASS_ORDINARY, place) || (*p->at == '[' && !parse_degree(p, &degree)) ||
        !parser_argument(p, from, &under))
        return false;
    parser_node(p, *place)->child = under;
    parser_node(p, *place)->other = degree;
    return true;
}

static bool parse_root(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)w;
    return parser_root(p, from, place);
}

static bool parse_accent(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    FormulaPlace child;
    return parser_argument(p, from, &child) && parser_add_accent(p, w->code, child, place);
}

static bool parse_overline(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)w;
    FormulaPlace child;
    if (!parser_argument(p, from, &child) || !parser_add_node(p, FORMULA_OVERLINE, CLASS_ORDINARY, place))
        return false;
    parser_node(p, *place)->child = child;
    return true;
}

static bool parse_space(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)from;
    if (!parser_add_node(p, FORMULA_SPACE, CLASS_ORDINARY, place))
        return false;
    parser_node(p, *place)->space = w->space;
    return true;
}

static bool parse_alphabet(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    FormulaAlphabet outside = p->alphabet;
    FormulaPlace child;
    p->alphabet = (FormulaAlphabet)w->code;
    bool done = parser_argument(p, from, &child);
    p->alphabet = outside;
    return done && parser_add_group(p, child, place);
}

/* At a brace or backslash, or at what is no text. */
static const char *end_of_words(const char *at)
{
    const char *end = at;
    uint32_t code = utf8_next(&at);
    while (code >= ' ' && code != NO_UTF8 && code != '{' && code != '}' && code != '\\') {
        end = at;
        code = utf8_next(&at);
    }
    return end;
}

/* Words between braces, blanks and all. */
static bool parse_text(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    parser_skip_blanks(p);
    if (*p->at != '{')
        return parser_refuse(p, from, "\\%s wants its words in { }", w->name);
    const char *words = p->at + 1, *end = end_of_words(words);
    if (*end != '}')
        return parser_refuse(p, end, *end ? "only plain words stand in \\%s" : "the { of \\%s has no }", w->name);
    p->at = end + 1;
    return parser_add_glyphs(p, (FormulaClass)w->code, words, (size_t)(end - words), place);
}

/* A bracket after \left or \right; a full stop for none. */
static bool parse_bracket(Parser *p, const char *from, uint16_t *text)
{
    parser_skip_blanks(p);
    const char *at = p->at;
    bool command = *at == '\\';
    size_t n = command ? parser_command_length(at) : 0;
    uint32_t code = command ? 0 : utf8_next(&at);
    const FormulaSign *sign = command ? formula_sign_named(p->at + 1, n) : formula_sign_typed(code);
    char drawn[4];
    *text = 0;
    p->at = command ? p->at + 1 + n : at;
    if (code == '.')
        return true;
    if (!sign || (sign->class != CLASS_OPEN && sign->class != CLASS_CLOSE && sign->code != '|' &&
                  sign->code != DOUBLE_BAR && sign->drawn != DOUBLE_BAR))
        return parser_refuse(p, from, "%.*s wants a bracket or a full stop", (int)(1 + parser_command_length(from)),
                             from);
    return parser_add_text(p, drawn, utf8_put(drawn, sign->drawn ? sign->drawn : sign->code), text);
}

static bool parse_fence(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)w;
    FormulaPlace child;
    if (!parser_add_node(p, FORMULA_FENCE, CLASS_OPEN, place) ||
        !parse_bracket(p, from, &parser_node(p, *place)->text) || !parser_list(p, 0, &child))
        return false;
    if (!parser_is_command(p->at, "right"))
        return parser_refuse(p, from, "\\left without \\right");
    const char *right = p->at;
    p->at += sizeof "\\right" - 1;
    parser_node(p, *place)->child = child;
    return parse_bracket(p, right, &parser_node(p, *place)->close);
}

static const Word word[] = {
    {"frac", parse_fraction, 0, 0},
    {"sqrt", parse_root, 0, 0},
    {"hat", parse_accent, 0x2c6, 0},
    {"tilde", parse_accent, 0x2dc, 0},
    {"bar", parse_accent, 0xaf, 0},
    {"dot", parse_accent, 0x2d9, 0},
    {"ddot", parse_accent, 0xa8, 0},
    {"vec", parse_accent, 0x20d7, 0},
    {"overline", parse_overline, 0, 0},
    {"left", parse_fence, 0, 0},
    {"text", parse_text, CLASS_ORDINARY, 0},
    {"operatorname", parse_text, CLASS_OPERATOR, 0},
    {"mathit", parse_alphabet, ALPHABET_ITALIC, 0},
    {"mathrm", parse_alphabet, ALPHABET_ROMAN, 0},
    {"mathbf", parse_alphabet, ALPHABET_BOLD, 0},
    {"mathbb", parse_alphabet, ALPHABET_DOUBLE, 0},
    {"mathcal", parse_alphabet, ALPHABET_SCRIPT, 0},
    {",", parse_space, 0, 3.0f / 18},
    {":", parse_space, 0, 4.0f / 18},
    {";", parse_space, 0, 5.0f / 18},
    {"!", parse_space, 0, -3.0f / 18},
    {" ", parse_space, 0, 0.25f},
    {"quad", parse_space, 0, 1},
    {"qquad", parse_space, 0, 2},
};

static const Word *find_word(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (strlen(word[i].name) == n && memcmp(word[i].name, name, n) == 0)
            return &word[i];
    return NULL;
}

bool parser_command(Parser *p, FormulaPlace *place)
{
    const char *from = p->at, *name = from + 1;
    size_t n = parser_command_length(from);
    const Word *w = find_word(name, n);
    const FormulaName *function = formula_name(name, n);
    const FormulaSign *sign = formula_sign_named(name, n);
    p->at = name + n;
    if (w)
        return w->parse(p, from, w, place);
    if (function)
        return parser_add_name(p, function, place);
    if (sign)
        return parser_add_sign(p, sign, place);
    return parser_refuse(p, from, n ? "there is no command \\%.*s" : "a backslash at the end",
                         (int)(n < SHOWN ? n : SHOWN), name);
}
