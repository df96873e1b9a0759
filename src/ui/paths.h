/* paths.h - pointing at a path: the step under the hand, and the card that takes it apart.
 *
 * A press on a path takes its step, a drag goes along it; both, and the card's own controls, say "path STEP PATH WAY".
 */
#ifndef UI_PATHS_H
#define UI_PATHS_H

#include "ui/parts.h"

/* The arrows of the step that is taken apart. */
void path_arrows_draw(Ui *ui, const Picture *p);
/* Feels the paths, and draws the step that is pointed at; true when one is. Behind the cards of the plane, which the
 * pointer meets first. */
bool paths_feel(Ui *ui, Rect plane, const Picture *p);

/* The card, in the upper right corner of what is left of the plane; what it took, empty when there is none. */
Rect path_card_draw(Ui *ui, Rect plane, const Picture *p);

/* Shared by the two: the parts of a step. */
enum { PART_STEP, PART_DRIFT, PART_KICK, PART_SCORE, STEP_PARTS };

typedef struct StepPart {
    double from[2], to[2]; /* data units, from where the step begins; PART_SCORE is sigma^2 times the score */
    Colour colour;
    double width; /* units */
    bool dashed;
} StepPart;

/* What the step consists of: drift and kick lie one behind the other, and end where the step does. */
void step_parts(const Ui *ui, const Picture *p, StepPart part[STEP_PARTS]);
/* An arrow in pixels. */
void step_arrow_draw(Ui *ui, const StepPart *look, const double from[2], const double to[2], bool head);

/* The card's slider, which has the keyboard after a path was dragged. */
uint32_t path_slider_id(void);
/* Takes a step of a line. */
void path_say(Ui *ui, const Picture *p, size_t line, size_t step);

#endif
