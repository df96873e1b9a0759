#include "scene/formula.h"

#include "io/text.h"
#include "scene/formula_parser.h"

#include <string.h>

enum { DOUBLE_BAR = 0x2016, PRIME = 0x2032, ROOT = 0x221a, NAME_LETTERS = 3 };

const char *formula_text(const Formula *f, uint16_t text)
{
    return f->text + text;
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
    return *p->at == '\0' || *p->at == '}' || *p->at == stop || parser_is_command(p->at, "right");
}

static bool go_deeper(Parser *p)
{
    return ++p->depth <= FORMULA_DEPTH || parser_refuse(p, p->at, "nested deeper than %d", FORMULA_DEPTH);
}

bool parser_list(Parser *p, char stop, FormulaPlace *first)
{
    FormulaPlace *link = first;
    *first = 0;
    if (!go_deeper(p))
        return false;
    for (parser_skip_blanks(p); !at_end(p, stop); parser_skip_blanks(p)) {
        if (!parse_item(p, link))
            return false;
        link = &parser_node(p, *link)->next;
    }
    p->depth--;
    match_brackets(p->formula, *first);
    return true;
}

static bool parse_braces(Parser *p, FormulaPlace *first)
{
    const char *brace = p->at++;
    if (!parser_list(p, 0, first))
        return false;
    if (*p->at == '\0')
        return parser_refuse(p, brace, "this { has no }");
    if (*p->at != '}')
        return parser_refuse(p, p->at, "\\right without \\left");
    p->at++;
    return true;
}

static bool parse_atom(Parser *p, FormulaPlace *place);

bool parser_argument(Parser *p, const char *asker, FormulaPlace *first)
{
    parser_skip_blanks(p);
    if (*p->at == '{')
        return parse_braces(p, first);
    if (at_end(p, 0) || *p->at == '^' || *p->at == '_') {
        const char *end = asker;
        utf8_next(&end);
        end += *asker == '\\' ? parser_command_length(asker) : 0;
        return parser_refuse(p, asker, "nothing follows %.*s", (int)(end - asker), asker);
    }
    if (!go_deeper(p))
        return false;
    bool done = parse_atom(p, first);
    p->depth--;
    return done;
}

/* Signs and scripts */

/* A word that is the name of a function is one, for nobody means l times o times g. NULL for all others. */
static const FormulaName *typed_name(const Parser *p)
{
    bool inside = p->at > p->start && parser_letters(p->at - 1) > 0;
    size_t n = inside ? 0 : parser_letters(p->at);
    return n >= NAME_LETTERS ? formula_name(p->at, n) : NULL;
}

static bool parse_sign(Parser *p, FormulaPlace *place)
{
    const char *from = p->at;
    const FormulaName *function = typed_name(p);
    if (function) {
        p->at += strlen(function->name);
        return parser_add_name(p, function, place);
    }
    uint32_t code = utf8_next(&p->at);
    const FormulaSign *sign = formula_sign_typed(code);
    if (code == ROOT)
        return parser_root(p, from, place);
    if (code == 0xfffd)
        return parser_refuse(p, from, "no UTF-8");
    if (code < ' ' || strchr("$&#%", (int)(code < 0x80 ? code : ' ')))
        return parser_refuse(p, from, code < ' ' ? "a control character" : "%c means nothing here; \\%c is the sign",
                             *from, *from);
    return sign ? parser_add_sign(p, sign, place)
                : parser_add_code(p, CLASS_ORDINARY, formula_letter(p->alphabet, code), place);
}

/* Accents that combine with the letter before them, and how they look alone. */
static const struct {
    uint32_t combining, alone;
} accent[] = {{0x302, 0x2c6}, {0x303, 0x2dc}, {0x304, 0xaf},   {0x305, 0xaf},
              {0x307, 0x2d9}, {0x308, 0xa8},  {0x20d7, 0x20d7}};

static bool parse_combining(Parser *p, FormulaPlace *place)
{
    const char *after = p->at;
    uint32_t code = utf8_next(&after);
    for (size_t i = 0; i < sizeof accent / sizeof *accent; i++) {
        if (accent[i].combining == code) {
            p->at = after;
            return parser_add_accent(p, accent[i].alone, *place, place) && parse_combining(p, place);
        }
    }
    return true;
}

/* One sign, command or group without its scripts. */
static bool parse_atom(Parser *p, FormulaPlace *place)
{
    FormulaPlace child;
    bool done = *p->at == '{'    ? parse_braces(p, &child) && parser_add_group(p, child, place)
                : *p->at == '\\' ? parser_command(p, place)
                                 : parse_sign(p, place);
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
    for (uint32_t code; (code = next_raised(p)); link = &parser_node(p, *link)->next)
        if (!parser_add_code(p, CLASS_ORDINARY, formula_letter(p->alphabet, code), link))
            return false;
    return true;
}

/* ^ and _ with what they take, or signs that are raised as they are typed. */
static bool parse_script(Parser *p, FormulaPlace node)
{
    const char *from = p->at;
    bool below = *from == '_';
    FormulaPlace *script = below ? &parser_node(p, node)->sub : &parser_node(p, node)->sup;
    if (*script)
        return parser_refuse(p, from, "a second %s; braces tell whose it is", below ? "subscript" : "superscript");
    if (*from != '_' && *from != '^')
        return parse_raised(p, script);
    p->at++;
    return parser_argument(p, from, script) && (*script || parser_add_node(p, FORMULA_NOTHING, CLASS_ORDINARY, script));
}

static bool parse_limits(Parser *p, FormulaPlace node)
{
    bool limits = parser_is_command(p->at, "limits");
    if (parser_node(p, node)->class != CLASS_OPERATOR)
        return parser_refuse(p, p->at, "%s stands behind a large sign or the name of a function",
                             limits ? "\\limits" : "\\nolimits");
    parser_node(p, node)->limits = limits;
    p->at += 1 + parser_command_length(p->at);
    return true;
}

static bool begins_script(const char *at)
{
    Parser probe = {.at = at};
    return *at == '_' || *at == '^' || next_raised(&probe);
}

static bool begins_limits(const char *at)
{
    return parser_is_command(at, "limits") || parser_is_command(at, "nolimits");
}

static bool parse_scripts(Parser *p, FormulaPlace node)
{
    for (parser_skip_blanks(p); begins_script(p->at) || begins_limits(p->at); parser_skip_blanks(p))
        if (!(begins_limits(p->at) ? parse_limits(p, node) : parse_script(p, node)))
            return false;
    return true;
}

/* Scripts behind a space have nothing before them. */
static bool parse_item(Parser *p, FormulaPlace *place)
{
    bool done =
        begins_script(p->at) ? parser_add_node(p, FORMULA_NOTHING, CLASS_ORDINARY, place) : parse_atom(p, place);
    return done && (parser_node(p, *place)->kind == FORMULA_SPACE || parse_scripts(p, *place));
}

bool formula_parse(Formula *f, const char *text, Error *e)
{
    Parser p = {.formula = f, .start = text, .at = text, .error = e};
    f->nodes = f->bytes = 1;
    f->node[0] = (FormulaNode){0};
    f->text[0] = '\0';
    if (parser_list(&p, 0, &f->first) &&
        (*p.at == '\0' || parser_refuse(&p, p.at, *p.at == '}' ? "this } has no {" : "\\right without \\left")))
        return true;
    f->nodes = f->bytes = 1;
    f->first = 0;
    return false;
}
