/* lecture.h - what a lesson shows in the window: what it says and asks, where one is, what it dims, and what a lecturer
 * shows: pointer and keys.
 *
 * Reads the session's Lecture (scene/lecture.h), writes into the draw list and commands like the rest of the interface.
 * All rectangles are pixels. Main thread.
 */
#ifndef UI_LECTURE_H
#define UI_LECTURE_H

#include "scene/lecture.h"
#include "ui/interface.h"

enum { KEY_LOG_ROWS = 4 };

/* The keys that were hit last. */
typedef struct KeyLog {
    struct KeyLogRow {
        char key[24];     /* "Ctrl+Z" */
        const char *help; /* what it does, of the table of keys */
        double time_s;
    } row[KEY_LOG_ROWS]; /* number i in row i % KEY_LOG_ROWS */
    size_t count;        /* so far */
} KeyLog;

/* help: stays the caller's. */
void key_log_add(KeyLog *log, const char *key, const char *help, double time_s);

/* What is dimmed for is a layer of the plane: the others are drawn faint. */
bool lecture_focus_is_layer(const Lecture *l);

/* What it says, on a card in the lower left of the plane, whose middle stays free: one that is made wider for that ends
 * before `right`. Nothing while it asks. Returns where it lies; empty when there is nothing to say. */
Rect lecture_caption_draw(Ui *ui, Rect plane, double right, const Picture *p);
/* The question, in the lower third; returned as above. */
Rect lecture_question_draw(Ui *ui, Rect plane, const Picture *p);

/* The lessons' button, and where one is in the one that is given; from the left of the top bar. */
void lecture_strip_draw(Ui *ui, Rect *bar, const Picture *p);
/* Where one is, at the plane's upper edge, where there is no top bar. */
void lecture_place_draw(Ui *ui, Rect plane, const Picture *p);

/* The list of lessons: where it lies, empty while it is closed, and what it draws. */
Rect lessons_place(const Ui *ui, const Layout *layout);
void lessons_draw(Ui *ui, Rect card, const Picture *p);

/* Dims all but what a lesson points at. */
void lecture_focus_draw(Ui *ui, const Layout *layout, const Picture *p);

/* The pointer as a spot of light; over everything, also tips and lists. */
void lecture_spotlight_draw(Ui *ui);
void key_log_draw(Ui *ui, Rect plane, const Picture *p);

#endif
