/* formula_box.h - how large a formula is, and its drawing: set as TeX sets displays (The TeXbook, appendix G).
 *
 * Letters are texts of the formula face at their own size, so that they are sharp at every scale; rules lie on whole
 * pixels. Lengths are pixels. One thread at a time, as all of the interface. Nothing allocates but the draw list while
 * it grows.
 */
#ifndef UI_FORMULA_BOX_H
#define UI_FORMULA_BOX_H

#include "scene/formula.h"
#include "ui/widgets.h"

/* What a formula takes about the left end of its base line. */
typedef struct FormulaSize {
    double w, above, below;
} FormulaSize;

/* size: pixels an em. */
FormulaSize formula_size(const Ui *ui, const Formula *f, double size);
void formula_draw(Ui *ui, const Formula *f, double x, double baseline, double size, Colour c);

#endif
