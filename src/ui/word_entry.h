/* word_entry.h - the card on which a word for the drawing is typed: the text, how it will look, and the faces that it
 * can be set in.
 *
 * Enter puts it into the drawing and Escape leaves; Up and Down go through the faces while one types. What the word
 * looks like comes from outside (app/typed_word.h), for the next frame.
 */
#ifndef UI_WORD_ENTRY_H
#define UI_WORD_ENTRY_H

#include "scene/drawing_bulk.h"
#include "ui/widgets.h"

typedef struct WordEntry {
    char text[EDIT_SIZE];    /* as far as it is typed */
    const char *const *face; /* [faces], names; the first is the program's own */
    size_t faces, chosen;
    const Raster *preview; /* of the text in the chosen face; NULL when there is none, */
    const char *problem;   /* for this reason; "" when there is nothing to say */
    Scroll scroll;         /* of the faces */
    bool open;             /* it was laid out in the last frame */
} WordEntry;

/* Where it lies. */
Rect word_entry_place(const Ui *ui, Rect plane);
/* The card over the plane. Says the commands that put the word and that close the card. */
void word_entry_draw(Ui *ui, Rect plane, WordEntry *w);
/* In frames without it. */
void word_entry_hidden(WordEntry *w);

#endif
