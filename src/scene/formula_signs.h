/* formula_signs.h - which signs, names and alphabets formulas know. Constant tables: any thread. */
#ifndef SCENE_FORMULA_SIGNS_H
#define SCENE_FORMULA_SIGNS_H

#include "scene/formula.h"

#include <stddef.h>

typedef struct FormulaSign {
    const char *name; /* of its command; NULL: it has none */
    uint32_t code;    /* as it is typed */
    FormulaClass class;
    uint32_t drawn; /* where that is another code point; 0: the same */
} FormulaSign;

/* n: bytes of the name. NULL when there is none. */
const FormulaSign *formula_sign_named(const char *name, size_t n);
const FormulaSign *formula_sign_typed(uint32_t code);

/* Functions, which stand upright: log, max, argmin. */
typedef struct FormulaName {
    const char *name, *text; /* text: NULL for the name itself */
    bool limits;
} FormulaName;
const FormulaName *formula_name(const char *name, size_t n);

typedef enum FormulaAlphabet {
    ALPHABET_ITALIC, /* as TeX: Latin and small Greek letters are slanted, digits and large Greek ones are not */
    ALPHABET_ROMAN,
    ALPHABET_BOLD,
    ALPHABET_DOUBLE, /* blackboard */
    ALPHABET_SCRIPT,
    FORMULA_ALPHABETS
} FormulaAlphabet;

/* The code point of a letter or digit in that alphabet (Unicode's Mathematical Alphanumeric Symbols); itself where the
 * alphabet doesn't have it. */
uint32_t formula_letter(FormulaAlphabet alphabet, uint32_t code);

/* A code point in the slanted alphabets. */
bool formula_slanted(uint32_t code);

#endif
