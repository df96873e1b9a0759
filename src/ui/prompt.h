/* prompt.h - the line at the bottom of the plane on which commands are typed.
 *
 * Enter has it run, Escape and an empty Enter close it, Up and Down go through what was typed before, Tab completes a
 * command's name. Above it stands what that command takes and does. While it is open it has the keyboard whenever
 * nothing else types. What was entered is run from outside (app/application_frame.c), which closes the line unless it
 * was refused.
 */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "ui/widgets.h"

enum { PROMPT_PAST = 32 };

typedef struct Prompt {
    char text[EDIT_SIZE]; /* as far as it is typed */
    size_t caret;
    bool entered;                      /* in the last frame: it is to be run */
    char past[PROMPT_PAST][EDIT_SIZE]; /* line number i in place i % PROMPT_PAST */
    size_t lines;                      /* so far */
    size_t back;                       /* which of them is shown: 1 is the newest; 0: none */
    char draft[EDIT_SIZE];             /* what was typed before they were gone through */
} Prompt;

/* Where it lies. */
Rect prompt_place(const Ui *ui, Rect plane, const Prompt *p);
/* The line over the plane. */
void prompt_draw(Ui *ui, Rect plane, Prompt *p);
/* In frames without it. */
void prompt_hidden(Prompt *p);

#endif
