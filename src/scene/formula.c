#include "scene/formula.h"

#include "io/text.h"
#include "scene/formula_signs.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DOUBLE_BAR = 0x2016, PRIME = 0x2032, SHOWN = 24 };

typedef struct Parser {
    Formula *formula;
    const char *start, *at;
    FormulaAlphabet alphabet;
    int depth;
    Error *error;
} Parser;

const char *formula_text(const Formula *f, uint16_t text)
{
    return f->text + text;
}

static bool refuse(const Parser *p, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
static bool refuse(const Parser *p, const char *at, const char *format, ...)
{
    char why[256];
    size_t column = 1;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    for (const char *c = p->start; c < at; column++)
        utf8_next(&c);
    return error_set(p->error, "column %zu of the formula: %s", column, why);
}

static FormulaNode *node_at(const Parser *p, FormulaPlace place)
{
    return &p->formula->node[place];
}

static bool add_node(Parser *p, FormulaKind kind, FormulaClass class, FormulaPlace *place)
{
    Formula *f = p->formula;
    if (f->nodes == FORMULA_NODES)
        return refuse(p, p->at, "too long: at most %d signs", FORMULA_NODES - 1);
    *place = (FormulaPlace)f->nodes++;
    f->node[*place] = (FormulaNode){.kind = kind, .class = class};
    return true;
}

static bool add_text(Parser *p, const char *text, size_t n, uint16_t *place)
{
    Formula *f = p->formula;
    if (f->bytes + n + 1 > FORMULA_TEXT)
        return refuse(p, p->at, "too long: at most %d bytes of text", FORMULA_TEXT);
    *place = (uint16_t)f->bytes;
    memcpy(f->text + f->bytes, text, n);
    f->text[f->bytes + n] = '\0';
    f->bytes += n + 1;
    return true;
}

static bool add_glyphs(Parser *p, FormulaClass class, const char *text, size_t n, FormulaPlace *place)
{
    return add_node(p, FORMULA_GLYPHS, class, place) && add_text(p, text, n, &node_at(p, *place)->text);
}

static bool add_code(Parser *p, FormulaClass class, uint32_t code, FormulaPlace *place)
{
    char text[4];
    if (!add_glyphs(p, class, text, utf8_put(text, code), place))
        return false;
    node_at(p, *place)->slanted = formula_slanted(code);
    return true;
}

static bool add_sign(Parser *p, const FormulaSign *sign, FormulaPlace *place)
{
    uint32_t code = formula_letter(p->alphabet, sign->drawn ? sign->drawn : sign->code);
    if (!add_code(p, sign->class, code, place))
        return false;
    if (sign->class == CLASS_OPERATOR) {
        node_at(p, *place)->kind = FORMULA_LARGE;
        node_at(p, *place)->limits = sign->code == 0x2211 || sign->code == 0x220f;
    }
    return true;
}

static void skip_blanks(Parser *p)
{
    while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n')
        p->at++;
}

/* Bytes of the name of the command whose backslash is at `at`: letters, or one other character. */
static size_t command_length(const char *at)
{
    size_t n = 0;
    for (const char *c = at + 1; (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z'); c++)
        n++;
    const char *end = at + 1;
    if (n == 0 && utf8_next(&end))
        n = (size_t)(end - at - 1);
    return n;
}

static bool is_command(const char *at, const char *name)
{
    return *at == '\\' && command_length(at) == strlen(name) && strncmp(at + 1, name, strlen(name)) == 0;
}

/* Brackets */

static bool is_bar(const Formula *f, const FormulaNode *n)
{
    const char *text = formula_text(f, n->text);
    return n->kind == FORMULA_GLYPHS && utf8_next(&text) == DOUBLE_BAR;
}

static bool is_bracket(const FormulaNode *n, FormulaClass class)
{
    return n->kind == FORMULA_GLYPHS && n->class == class;
}

/* What lies between two brackets becomes the child of the first, which takes the scripts of the second. */
static void enclose(Formula *f, FormulaPlace open, FormulaPlace last, FormulaPlace close)
{
    FormulaNode *fence = &f->node[open];
    const FormulaNode *end = &f->node[close];
    fence->kind = FORMULA_FENCE;
    fence->close = end->text;
    fence->child = last == open ? 0 : fence->next;
    if (last != open)
        f->node[last].next = 0;
    fence->next = end->next;
    fence->sub = end->sub;
    fence->sup = end->sup;
}

/* The bracket or bar on the stack that this one ends; 0 when it ends none. A bar is passed over where brackets meet. */
static FormulaPlace partner(const Formula *f, FormulaPlace at, FormulaPlace *open, size_t *opens)
{
    const FormulaNode *n = &f->node[at];
    if (is_bar(f, n))
        return *opens > 0 && is_bar(f, &f->node[open[*opens - 1]]) ? open[--*opens] : 0;
    if (!is_bracket(n, CLASS_CLOSE) || strchr("!?", *formula_text(f, n->text)))
        return 0;
    while (*opens > 0 && is_bar(f, &f->node[open[*opens - 1]]))
        --*opens;
    return *opens > 0 ? open[--*opens] : 0;
}

static void match_brackets(Formula *f, FormulaPlace first)
{
    FormulaPlace open[FORMULA_DEPTH], last = 0;
    size_t opens = 0;
    for (FormulaPlace at = first; at; at = f->node[at].next) {
        const FormulaNode *n = &f->node[at];
        FormulaPlace begin = partner(f, at, open, &opens);
        if (begin) {
            enclose(f, begin, last, at);
            at = begin;
        } else if ((is_bracket(n, CLASS_OPEN) || is_bar(f, n)) && !n->sub && !n->sup && opens < FORMULA_DEPTH) {
            open[opens++] = at;
        }
        last = at;
    }
}

/* Lists, groups, arguments */

static bool parse_item(Parser *p, FormulaPlace *place);

/* stop: a bracket that ends the list too; 0 for none. */
static bool at_end(const Parser *p, char stop)
{
    return *p->at == '\0' || *p->at == '}' || *p->at == stop || is_command(p->at, "right");
}

static bool go_deeper(Parser *p)
{
    return ++p->depth <= FORMULA_DEPTH || refuse(p, p->at, "nested deeper than %d", FORMULA_DEPTH);
}

/* Up to the end of the text, a closing brace, \right or `stop`, which is left for the caller. */
static bool parse_list(Parser *p, char stop, FormulaPlace *first)
{
    FormulaPlace *link = first;
    *first = 0;
    if (!go_deeper(p))
        return false;
    for (skip_blanks(p); !at_end(p, stop); skip_blanks(p)) {
        if (!parse_item(p, link))
            return false;
        link = &node_at(p, *link)->next;
    }
    p->depth--;
    match_brackets(p->formula, *first);
    return true;
}

static bool parse_braces(Parser *p, FormulaPlace *first)
{
    const char *brace = p->at++;
    if (!parse_list(p, 0, first))
        return false;
    if (*p->at == '\0')
        return refuse(p, brace, "this { has no }");
    if (*p->at != '}')
        return refuse(p, p->at, "\\right without \\left");
    p->at++;
    return true;
}

static bool parse_atom(Parser *p, FormulaPlace *place);

/* What follows a command or a script sign: a group in braces, or one sign. `asker` is where that stands. */
static bool parse_argument(Parser *p, const char *asker, FormulaPlace *first)
{
    skip_blanks(p);
    if (*p->at == '{')
        return parse_braces(p, first);
    if (at_end(p, 0) || *p->at == '^' || *p->at == '_') {
        size_t n = *asker == '\\' ? 1 + command_length(asker) : 1;
        return refuse(p, asker, "nothing follows %.*s", (int)n, asker);
    }
    if (!go_deeper(p))
        return false;
    bool done = parse_atom(p, first);
    p->depth--;
    return done;
}

/* Commands: `from` is the command's backslash, p->at behind its name. */

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
    if (!add_node(p, FORMULA_FRACTION, CLASS_INNER, place) || !parse_argument(p, from, &above) ||
        !parse_argument(p, from, &below))
        return false;
    node_at(p, *place)->child = above;
    node_at(p, *place)->other = below;
    return true;
}

/* The degree ends at the first bracket, as in TeX. */
static bool parse_degree(Parser *p, FormulaPlace *degree)
{
    const char *bracket = p->at++;
    if (!parse_list(p, ']', degree))
        return false;
    if (*p->at != ']')
        return refuse(p, bracket, "this [ has no ]");
    p->at++;
    return true;
}

static bool parse_root(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)w;
    FormulaPlace under, degree = 0;
    skip_blanks(p);
    if (!add_node(p, FORMULA_ROOT, CLASS_ORDINARY, place) || (*p->at == '[' && !parse_degree(p, &degree)) ||
        !parse_argument(p, from, &under))
        return false;
    node_at(p, *place)->child = under;
    node_at(p, *place)->other = degree;
    return true;
}

static bool add_accent(Parser *p, uint32_t code, FormulaPlace child, FormulaPlace *place)
{
    char text[4];
    if (!add_node(p, FORMULA_ACCENT, CLASS_ORDINARY, place) ||
        !add_text(p, text, utf8_put(text, code), &node_at(p, *place)->text))
        return false;
    node_at(p, *place)->child = child;
    return true;
}

static bool parse_accent(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    FormulaPlace child;
    return parse_argument(p, from, &child) && add_accent(p, w->code, child, place);
}

static bool parse_overline(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)w;
    FormulaPlace child;
    if (!parse_argument(p, from, &child) || !add_node(p, FORMULA_OVERLINE, CLASS_ORDINARY, place))
        return false;
    node_at(p, *place)->child = child;
    return true;
}

static bool parse_space(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)from;
    if (!add_node(p, FORMULA_SPACE, CLASS_ORDINARY, place))
        return false;
    node_at(p, *place)->space = w->space;
    return true;
}

static bool parse_alphabet(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    FormulaAlphabet outside = p->alphabet;
    FormulaPlace child;
    p->alphabet = (FormulaAlphabet)w->code;
    bool done = parse_argument(p, from, &child) && add_node(p, FORMULA_GROUP, CLASS_ORDINARY, place);
    p->alphabet = outside;
    if (!done)
        return false;
    node_at(p, *place)->child = child;
    return true;
}

/* Words between braces, blanks and all. */
static bool parse_text(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    skip_blanks(p);
    if (*p->at != '{')
        return refuse(p, from, "\\%s wants its words in { }", w->name);
    const char *words = p->at + 1;
    size_t n = strcspn(words, "{}\\");
    if (words[n] != '}')
        return refuse(p, words + n, words[n] ? "only plain words stand in \\%s" : "the { of \\%s has no }", w->name);
    p->at = words + n + 1;
    return add_glyphs(p, (FormulaClass)w->code, words, n, place);
}

/* A bracket after \left or \right; a full stop for none. */
static bool parse_bracket(Parser *p, const char *from, uint16_t *text)
{
    skip_blanks(p);
    const char *at = p->at;
    bool command = *at == '\\';
    size_t n = command ? command_length(at) : 0;
    uint32_t code = command ? 0 : utf8_next(&at);
    const FormulaSign *sign = command ? formula_sign_named(p->at + 1, n) : formula_sign_typed(code);
    char drawn[4];
    *text = 0;
    p->at = command ? p->at + 1 + n : at;
    if (code == '.')
        return true;
    if (!sign || (sign->class != CLASS_OPEN && sign->class != CLASS_CLOSE && sign->code != '|' &&
                  sign->code != DOUBLE_BAR && sign->drawn != DOUBLE_BAR))
        return refuse(p, from, "%.*s wants a bracket or a full stop", (int)(1 + command_length(from)), from);
    return add_text(p, drawn, utf8_put(drawn, sign->drawn ? sign->drawn : sign->code), text);
}

static bool parse_fence(Parser *p, const char *from, const Word *w, FormulaPlace *place)
{
    (void)w;
    FormulaPlace child;
    if (!add_node(p, FORMULA_FENCE, CLASS_OPEN, place) || !parse_bracket(p, from, &node_at(p, *place)->text) ||
        !parse_list(p, 0, &child))
        return false;
    if (!is_command(p->at, "right"))
        return refuse(p, from, "\\left without \\right");
    const char *right = p->at;
    p->at += sizeof "\\right" - 1;
    node_at(p, *place)->child = child;
    return parse_bracket(p, right, &node_at(p, *place)->close);
}

static const Word word[] = {
    {"frac", parse_fraction, 0, 0},
    {"sqrt", parse_root, 0, 0},
    {"hat", parse_accent, 0x2c6, 0},
    {"tilde", parse_accent, 0x2dc, 0},
    {"bar", parse_accent, 0xaf, 0},
    {"dot", parse_accent, 0x2d9, 0},
    {"ddot", parse_accent, 0xa8, 0},
    {"vec", parse_accent, 0x2192, 0},
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

static bool add_name(Parser *p, const FormulaName *name, FormulaPlace *place)
{
    const char *text = name->text ? name->text : name->name;
    if (!add_glyphs(p, CLASS_OPERATOR, text, strlen(text), place))
        return false;
    node_at(p, *place)->limits = name->limits;
    return true;
}

static bool parse_command(Parser *p, FormulaPlace *place)
{
    const char *from = p->at, *name = from + 1;
    size_t n = command_length(from);
    const Word *w = find_word(name, n);
    const FormulaName *function = formula_name(name, n);
    const FormulaSign *sign = formula_sign_named(name, n);
    p->at = name + n;
    if (w)
        return w->parse(p, from, w, place);
    if (function)
        return add_name(p, function, place);
    if (sign)
        return add_sign(p, sign, place);
    return refuse(p, from, n ? "there is no command \\%.*s" : "a backslash at the end", (int)(n < SHOWN ? n : SHOWN),
                  name);
}

/* Signs and scripts */

static bool parse_sign(Parser *p, FormulaPlace *place)
{
    const char *from = p->at;
    uint32_t code = utf8_next(&p->at);
    const FormulaSign *sign = formula_sign_typed(code);
    if (code == 0xfffd)
        return refuse(p, from, "no UTF-8");
    if (code < ' ' || strchr("$&#%", (int)(code < 0x80 ? code : ' ')))
        return refuse(p, from, code < ' ' ? "a control character" : "%c means nothing here; \\%c is the sign", *from,
                      *from);
    return sign ? add_sign(p, sign, place) : add_code(p, CLASS_ORDINARY, formula_letter(p->alphabet, code), place);
}

/* Accents that combine with the letter before them, and how they look alone. */
static const struct {
    uint32_t combining, alone;
} accent[] = {{0x302, 0x2c6}, {0x303, 0x2dc}, {0x304, 0xaf},   {0x305, 0xaf},
              {0x307, 0x2d9}, {0x308, 0xa8},  {0x20d7, 0x2192}};

static bool parse_combining(Parser *p, FormulaPlace *place)
{
    const char *after = p->at;
    uint32_t code = utf8_next(&after);
    for (size_t i = 0; i < sizeof accent / sizeof *accent; i++) {
        if (accent[i].combining == code) {
            p->at = after;
            return add_accent(p, accent[i].alone, *place, place) && parse_combining(p, place);
        }
    }
    return true;
}

/* One sign, command or group without its scripts. */
static bool parse_atom(Parser *p, FormulaPlace *place)
{
    FormulaPlace child;
    bool done;
    if (*p->at == '{') {
        done = parse_braces(p, &child) && add_node(p, FORMULA_GROUP, CLASS_ORDINARY, place);
        if (done)
            node_at(p, *place)->child = child;
    } else {
        done = *p->at == '\\' ? parse_command(p, place) : parse_sign(p, place);
    }
    return done && parse_combining(p, place);
}

/* Figures that are typed as superscripts, and what they are. */
static const struct {
    uint32_t raised, plain;
} raised[] = {{0x2070, '0'}, {0xb9, '1'},   {0xb2, '2'},   {0xb3, '3'},   {0x2074, '4'}, {0x2075, '5'},
              {0x2076, '6'}, {0x2077, '7'}, {0x2078, '8'}, {0x2079, '9'}, {0x207f, 'n'}, {'\'', PRIME}};

/* One that is typed, as a script; 0 for others. */
static uint32_t next_raised(Parser *p)
{
    const char *after = p->at;
    uint32_t code = utf8_next(&after);
    for (size_t i = 0; i < sizeof raised / sizeof *raised; i++) {
        if (raised[i].raised == code) {
            p->at = after;
            return raised[i].plain;
        }
    }
    return 0;
}

/* A row of those: x'' and x¹². */
static bool parse_raised(Parser *p, FormulaPlace *first)
{
    FormulaPlace *link = first;
    for (uint32_t code; (code = next_raised(p)); link = &node_at(p, *link)->next)
        if (!add_code(p, CLASS_ORDINARY, formula_letter(p->alphabet, code), link))
            return false;
    return true;
}

/* ^ and _ with what they take, or signs that are raised as they are typed. */
static bool parse_script(Parser *p, FormulaPlace node)
{
    const char *from = p->at;
    bool below = *from == '_';
    FormulaPlace *script = below ? &node_at(p, node)->sub : &node_at(p, node)->sup;
    if (*script)
        return refuse(p, from, "a second %s; braces tell whose it is", below ? "subscript" : "superscript");
    if (*from != '_' && *from != '^')
        return parse_raised(p, script);
    p->at++;
    return parse_argument(p, from, script) && (*script || add_node(p, FORMULA_NOTHING, CLASS_ORDINARY, script));
}

static bool parse_limits(Parser *p, FormulaPlace node)
{
    bool limits = is_command(p->at, "limits");
    if (node_at(p, node)->class != CLASS_OPERATOR)
        return refuse(p, p->at, "%s stands behind a large sign or the name of a function",
                      limits ? "\\limits" : "\\nolimits");
    node_at(p, node)->limits = limits;
    p->at += 1 + command_length(p->at);
    return true;
}

static bool begins_script(const char *at)
{
    Parser probe = {.at = at};
    return *at == '_' || *at == '^' || next_raised(&probe);
}

static bool begins_limits(const char *at)
{
    return is_command(at, "limits") || is_command(at, "nolimits");
}

static bool parse_scripts(Parser *p, FormulaPlace node)
{
    for (skip_blanks(p); begins_script(p->at) || begins_limits(p->at); skip_blanks(p))
        if (!(begins_limits(p->at) ? parse_limits(p, node) : parse_script(p, node)))
            return false;
    return true;
}

static bool parse_item(Parser *p, FormulaPlace *place)
{
    bool done = begins_script(p->at) ? add_node(p, FORMULA_NOTHING, CLASS_ORDINARY, place) : parse_atom(p, place);
    return done && parse_scripts(p, *place);
}

bool formula_parse(Formula *f, const char *text, Error *e)
{
    Parser p = {.formula = f, .start = text, .at = text, .error = e};
    f->nodes = f->bytes = 1;
    f->node[0] = (FormulaNode){0};
    f->text[0] = '\0';
    if (parse_list(&p, 0, &f->first) &&
        (*p.at == '\0' || refuse(&p, p.at, *p.at == '}' ? "this } has no {" : "\\right without \\left")))
        return true;
    f->nodes = f->bytes = 1;
    f->first = 0;
    return false;
}
