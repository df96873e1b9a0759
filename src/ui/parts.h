/* parts.h - the parts that interface.c puts together, and what they share. */
#ifndef UI_PARTS_H
#define UI_PARTS_H

#include "ui/interface.h"
#include "ui/rect.h"

typedef enum TrainingState {
    STATE_TRAINING,
    STATE_PAUSED,
    STATE_FINISHED,
    STATE_CONVERGED, /* it rests by itself */
    STATE_WAITING,   /* for something on an empty canvas */
    STATE_DIVERGED
} TrainingState;
TrainingState training_state(const Picture *p);

/* A button that issues a command; help and key come from the tables of commands and keys. */
void command_button(Ui *ui, const char *command, const char *label, Rect at, bool active);
void command_tip(Ui *ui, const Control *c, Rect at, const char *command);

Colour colour_faded(Colour c, double alpha);
/* A translucent card over the plane. */
void card_draw(Ui *ui, Rect at);
/* A curve through n points, broken where a coordinate is NAN; the area down to base is tinted when filled. */
void curve_draw(Ui *ui, const float *point, size_t n, double width, Colour colour, bool filled, double base);

typedef enum Icon {
    ICON_PLAY,
    ICON_PAUSE,
    ICON_START,
    ICON_LOOP,
    ICON_BOTH_WAYS,
    ICON_DISC,
    ICON_WARNING,
    ICON_LOCK
} Icon;
/* size: pixels of the square it fills, about (x, y). */
void icon_draw(Ui *ui, Icon icon, double x, double y, double size, Colour colour);

/* Relative error of the learned score at a noise level, between the levels where it was measured; NAN where unknown. */
double error_at(const ScoreErrors *errors, double sigma);
/* Not of a network that has learned nothing while the exact field is shown: it plays no part there. */
bool learned_counts(const Picture *p);

void top_bar_draw(Ui *ui, Rect at, const Picture *p);
void panel_draw(Ui *ui, Rect at, const Picture *p);
void noise_bar_draw(Ui *ui, Rect at, const Picture *p);
/* Drag back and forth in the run of the particles, and in what was learned. */
void run_track(Ui *ui, Rect at, const Picture *p);
void history_track(Ui *ui, Rect at, const Settings *s);
/* The handle is let go when the bar goes away under the hand. */
void noise_bar_hidden(Ui *ui);

/* Sections take their rows from the top of *column. */
void panel_heading(Ui *ui, Rect *column, const char *title, const char *right);
/* Time, notes and the next scene, for who presents. */
void presenter_section(Ui *ui, Rect *column, const Picture *p);
void target_section(Ui *ui, Rect *column, const Picture *p);
void network_section(Ui *ui, Rect *column, const Picture *p);
void dynamics_section(Ui *ui, Rect *column, const Picture *p);
/* The timing curve of play with its name and its duration. */
void timing_editor(Ui *ui, Rect *column, const Picture *p);

/* Takes the label's place from the left of a row. */
void row_label(Ui *ui, Rect *row, const char *text);
/* Takes the place for labels from the left of a row that is aligned with the choices above and below it. */
Rect row_label_column(const Ui *ui, Rect *row);
enum { ROWS_MAX = 16 };
/* Those of n settings that no lesson hides, n <= ROWS_MAX; how many. The rows below leave those out as well. */
size_t rows_shown(const Ui *ui, const SettingId *id, size_t n, SettingId shown[ROWS_MAX]);
/* A choice or a switch over the whole width. */
void row_setting(Ui *ui, Rect *column, const Settings *s, SettingId id);
/* A choice with its label, whose places are the same in every row. */
void row_choice(Ui *ui, Rect *column, const Settings *s, SettingId id);
/* Numbers that are typed, two in a row. */
void rows_values(Ui *ui, Rect *column, const Settings *s, const SettingId *id, size_t n);
/* Sliders, two side by side where both have room. */
void rows_sliders(Ui *ui, Rect *column, const Settings *s, const SettingId *id, size_t n);
/* Takes the line that shows or hides the rest of a section. True when the rest is shown. */
bool row_more(Ui *ui, Rect *column, const char *name, const char *help, bool *open);

/* A number at an axis, on a piece of ground of its own. Nothing that doesn't fit. */
void axis_label(Ui *ui, Rect at, Align align, const char *text);
/* Pixels that it takes. */
double axis_label_width(const Ui *ui, const char *text);
/* As precise as the step from tick to tick asks for. Returns text. */
const char *tick_text(char *text, size_t size, double value, double step);

/* Over the plane. */
void axes_draw(Ui *ui, Rect plane, const Picture *p);
/* room: of the plane, where its card may stand. */
void hover_draw(Ui *ui, Rect plane, Rect room, const Picture *p);
void numbers_draw(Ui *ui, Rect plane, const Picture *p);
/* Returns where it lies; empty when there is no room. */
Rect load_card_draw(Ui *ui, Rect plane, const Loaded *loaded);
void toast_draw(Ui *ui, Rect plane, const Picture *p);
/* The line between two pictures, and the frame of the lens about the pointer. */
void wipe_draw(Ui *ui, Rect plane, const Settings *s);
void second_draw(Ui *ui, Rect plane, const Settings *s);
void lens_draw(Ui *ui, Rect plane, const Picture *p);
/* Only while the plane is tilted. */
void hill_caption_draw(Ui *ui, Rect plane, const Picture *p);
void hill_axes_draw(Ui *ui, Rect plane, const Picture *p);
/* These two return where they lie; empty when there is nothing to tell. */
Rect map_legend_draw(Ui *ui, Rect plane, const Picture *p);
/* Whose density is shown, where it is not the exact one's as everywhere else. */
Rect density_caption_draw(Ui *ui, Rect plane, const Picture *p);
void pad_draw(Ui *ui, Rect *plane, const Picture *p);
/* What it held is let go when it goes away under the hand. */
void pad_hidden(Ui *ui);
/* While a target is drawn: the canvas and what the hand is about to do; the card of tools, which takes its place from
 * the left of what is left of the plane; the parts in the panel. */
void drawing_overlay_draw(Ui *ui, Rect plane, const Picture *p);
Rect drawing_tools_place(const Ui *ui, Rect plane, const Settings *s);
void drawing_tools_draw(Ui *ui, Rect *plane, const Picture *p);
void parts_list(Ui *ui, Rect *column, const Picture *p);
/* Returns where it lies; empty when there is none. */
Rect fates_legend_draw(Ui *ui, Rect plane, const Picture *p);

/* The list of keys, and what the control is that is pointed at: where it lies, and what it draws. on_plane: the pointer
 * is. */
Rect keys_place(const Ui *ui, const Layout *layout);
void keys_draw(Ui *ui, Rect card, bool on_plane);

#endif
