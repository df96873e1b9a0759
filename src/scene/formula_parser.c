#include "scene/formula_parser.h"

#include "io/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SUM = 0x2211, PRODUCT = 0x220f };

bool parser_refuse(const Parser *p, const char *at, const char *format, ...)
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

FormulaNode *parser_node(const Parser *p, FormulaPlace place)
{
    return &p->formula->node[place];
}

bool parser_add_node(Parser *p, FormulaKind kind, FormulaClass class, FormulaPlace *place)
{
    Formula *f = p->formula;
    if (f->nodes == FORMULA_NODES)
        return parser_refuse(p, p->at, "too long: at most %d signs", FORMULA_NODES - 1);
    *place = (FormulaPlace)f->nodes++;
    f->node[*place] = (FormulaNode){.kind = kind, .class = class};
    return true;
}

bool parser_add_text(Parser *p, const char *text, size_t n, uint16_t *place)
{
    Formula *f = p->formula;
    if (f->bytes + n + 1 > FORMULA_TEXT)
        return parser_refuse(p, p->at, "too long: at most %d bytes of text", FORMULA_TEXT);
    *place = (uint16_t)f->bytes;
    memcpy(f->text + f->bytes, text, n);
    f->text[f->bytes + n] = '\0';
    f->bytes += n + 1;
    return true;
}

bool parser_add_glyphs(Parser *p, FormulaClass class, const char *text, size_t n, FormulaPlace *place)
{
    return parser_add_node(p, FORMULA_GLYPHS, class, place) &&
           parser_add_text(p, text, n, &parser_node(p, *place)->text);
}

bool parser_add_code(Parser *p, FormulaClass class, uint32_t code, FormulaPlace *place)
{
    char text[4];
    if (!parser_add_glyphs(p, class, text, utf8_put(text, code), place))
        return false;
    parser_node(p, *place)->slanted = formula_slanted(code);
    return true;
}

bool parser_add_sign(Parser *p, const FormulaSign *sign, FormulaPlace *place)
{
    uint32_t code = formula_letter(p->alphabet, sign->drawn ? sign->drawn : sign->code);
    if (!parser_add_code(p, sign->class, code, place))
        return false;
    if (sign->class == CLASS_OPERATOR) {
        parser_node(p, *place)->kind = FORMULA_LARGE;
        parser_node(p, *place)->limits = sign->code == SUM || sign->code == PRODUCT;
    }
    return true;
}

void parser_skip_blanks(Parser *p)
{
    while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n')
        p->at++;
}

size_t parser_letters(const char *at)
{
    size_t n = 0;
    while ((at[n] >= 'a' && at[n] <= 'z') || (at[n] >= 'A' && at[n] <= 'Z'))
        n++;
    return n;
}

size_t parser_command_length(const char *at)
{
    size_t n = parser_letters(at + 1);
    const char *end = at + 1;
    if (n == 0 && utf8_next(&end))
        n = (size_t)(end - at - 1);
    return n;
}

bool parser_is_command(const char *at, const char *name)
{
    return *at == '\\' && parser_command_length(at) == strlen(name) && strncmp(at + 1, name, strlen(name)) == 0;
}

bool parser_add_group(Parser *p, FormulaPlace child, FormulaPlace *place)
{
    const FormulaNode *n = parser_node(p, child);
    *place = child;
    if (child && n->class == CLASS_ORDINARY && !n->next && !n->sub && !n->sup)
        return true;
    if (!parser_add_node(p, FORMULA_GROUP, CLASS_ORDINARY, place))
        return false;
    parser_node(p, *place)->child = child;
    return true;
}

bool parser_add_accent(Parser *p, uint32_t code, FormulaPlace child, FormulaPlace *place)
{
    char text[4];
    if (!parser_add_node(p, FORMULA_ACCENT, CLASS_ORDINARY, place) ||
        !parser_add_text(p, text, utf8_put(text, code), &parser_node(p, *place)->text))
        return false;
    parser_node(p, *place)->child = child;
    return true;
}

bool parser_add_name(Parser *p, const FormulaName *name, FormulaPlace *place)
{
    const char *text = name->text ? name->text : name->name;
    if (!parser_add_glyphs(p, CLASS_OPERATOR, text, strlen(text), place))
        return false;
    parser_node(p, *place)->limits = name->limits;
    return true;
}
