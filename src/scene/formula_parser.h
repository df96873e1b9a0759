/* formula_parser.h - what the readers of formulas share: the place in the text, and the tree as it grows. Only for
 * formula*.c. Functions that return bool are false after they have told the reason. */
#ifndef SCENE_FORMULA_PARSER_H
#define SCENE_FORMULA_PARSER_H

#include "scene/formula_signs.h"

typedef struct Parser {
    Formula *formula;
    const char *start, *at;
    FormulaAlphabet alphabet;
    int depth;
    Error *error;
} Parser;

/* Tells what is wrong at `at`, and returns false. */
bool parser_refuse(const Parser *p, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Nodes keep their addresses while others are added. */
FormulaNode *parser_node(const Parser *p, FormulaPlace place);
bool parser_add_node(Parser *p, FormulaKind kind, FormulaClass class, FormulaPlace *place);
/* text [n]. */
bool parser_add_text(Parser *p, const char *text, size_t n, uint16_t *place);
bool parser_add_glyphs(Parser *p, FormulaClass class, const char *text, size_t n, FormulaPlace *place);
bool parser_add_code(Parser *p, FormulaClass class, uint32_t code, FormulaPlace *place);
bool parser_add_sign(Parser *p, const FormulaSign *sign, FormulaPlace *place);
bool parser_add_name(Parser *p, const FormulaName *name, FormulaPlace *place);
bool parser_add_accent(Parser *p, uint32_t code, FormulaPlace child, FormulaPlace *place);
/* The list as one thing; a letter alone stays that letter. */
bool parser_add_group(Parser *p, FormulaPlace child, FormulaPlace *place);

void parser_skip_blanks(Parser *p);
/* How many Latin letters stand there. */
size_t parser_letters(const char *at);
/* Bytes of the name of the command whose backslash is at `at`: letters, or one other character. */
size_t parser_command_length(const char *at);
bool parser_is_command(const char *at, const char *name);

/* formula.c: up to the end of the text, a closing brace, \right or the bracket `stop` (0: none), which is left for the
 * caller. */
bool parser_list(Parser *p, char stop, FormulaPlace *first);
/* What follows a command or a script sign, which stands at `asker`: a group in braces, or one sign. */
bool parser_argument(Parser *p, const char *asker, FormulaPlace *first);

/* formula_commands.c: the command at p->at. */
bool parser_command(Parser *p, FormulaPlace *place);
/* What stands behind \sqrt or the sign itself, which is at `from`. */
bool parser_root(Parser *p, const char *from, FormulaPlace *place);

#endif
