/* fuzz_formula.c - any bytes as a formula: refused with a line that names the column, or a tree whose every node is
 * met once. libFuzzer's entry. */
#include "scene/formula.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void visit(const Formula *f, FormulaPlace first, bool met[FORMULA_NODES])
{
    for (FormulaPlace at = first; at; at = f->node[at].next) {
        const FormulaNode *n = &f->node[at];
        require(at < f->nodes && !met[at]);
        met[at] = true;
        require(n->text < f->bytes && n->close < f->bytes && n->class < FORMULA_CLASSES);
        require(strlen(formula_text(f, n->text)) < FORMULA_TEXT);
        visit(f, n->child, met);
        visit(f, n->other, met);
        visit(f, n->sub, met);
        visit(f, n->sup, met);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Formula f;
    bool met[FORMULA_NODES] = {false};
    Error e = {0};
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    bool read = formula_parse(&f, text, &e);
    require(read || (strncmp(e.text, "column ", 7) == 0 && f.nodes == 1));
    visit(&f, f.first, met);
    free(text);
    return 0;
}
