/* widgets.h - immediate-mode controls: input in, draw commands and text commands out.
 *
 * A widget changes nothing itself: it writes commands of the program's own grammar ("set sigma 0.13") into the outbox,
 * which main executes like those of a key or a lesson. Rectangles are pixels; other sizes are units, of which each is
 * `scale` pixels. One thread at a time. Nothing allocates but the draw list while it grows.
 */
#ifndef UI_WIDGETS_H
#define UI_WIDGETS_H

#include "scene/lecture.h"
#include "ui/draw.h"

/* Width in pixels of a line of text. */
typedef double (*MeasureText)(void *context, Face face, double size, bool tabular, const char *text);
/* What it covers, at one pixel an em. */
typedef TextInk (*MeasureInk)(void *context, Face face, const char *text);

enum {
    KEY_NONE,
    KEY_ENTER,
    KEY_ESCAPE,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_TAB,
    KEY_BACKTAB,
    KEY_SPACE
};

enum { EDIT_SIZE = 512 };

typedef struct Input {
    double x, y;            /* pointer, pixels of the drawable */
    bool down;              /* left button is held */
    bool pressed, released; /* since the last frame */
    int clicks;             /* of the press: 2 for a double click */
    double wheel;           /* notches up, since the last frame */
    bool ctrl, shift, alt;
    char typed[EDIT_SIZE]; /* UTF-8 since the last frame */
    int key[8];     /* KEY_*, since the last frame, only those that the focus may want */
    int keys;
    double time_s;
} Input;

enum { OUTBOX_SIZE = 2048, FOCUSABLE_MAX = 384, AREAS_MAX = 16 };

/* Where a column stands that is longer than its view; pixels. */
typedef struct Scroll {
    double at, longest;
    double grip;  /* where in its bar the pointer took it */
    size_t first; /* of its controls, in focusable */
} Scroll;

/* The list of choices that is open. While it is, pointer and keyboard are its own. */
typedef struct Menu {
    uint32_t id; /* of the control that opened it; 0: none */
    SettingId setting;
    const Settings *settings; /* of this frame; NULL: that control was not laid out */
    Rect button;              /* that control */
    size_t row;               /* which the pointer or the keys are at; past the last: none */
    bool by_keys;             /* the keys brought it there */
    bool fresh;               /* opened in this frame: its press is no press beside the list */
    bool reveal;              /* the row is to be brought into view */
    bool listing;             /* it is being drawn: the pointer reaches its own controls */
    double x, y;              /* where the pointer last was */
    Scroll scroll;
} Menu;

/* What a lesson points at, and where it stands in this frame. */
typedef struct Sought {
    size_t place; /* LECTURE_NOWHERE: nothing */
    Rect at;      /* pixels; empty: it isn't drawn */
    Rect within;  /* what clips it; empty: nothing */
    bool reveal;  /* it is to be brought into view */
    bool opened;  /* the rest of every section is shown: it may be there */
} Sought;

/* What dims the window but for a hole, on its way to where it should be. */
typedef struct Veil {
    Rect hole;            /* pixels */
    double shade, plane;  /* 0: clear .. 1; the plane's own part of it */
    double time_s;        /* of the frame before */
} Veil;

/* Whose the left button is from its press to its release. */
typedef enum PointerOwner { POINTER_FREE, POINTER_INTERFACE, POINTER_PLANE } PointerOwner;

typedef struct Ui {
    DrawList list;
    Input input;
    double scale;
    const Palette *palette;
    MeasureText measure;
    MeasureInk measure_ink; /* NULL: every text is as high as a letter; same context */
    void *measure_context;
    Rect window; /* tooltips stay inside */

    uint32_t hot, active, focus; /* under the pointer; held; takes the keyboard */
    uint32_t last_hot;
    double hot_since_s;
    PointerOwner owner;
    Rect area[AREAS_MAX]; /* opaque to the pointer: bars, panel, cards */
    size_t areas;
    Rect clip;  /* controls are seen and touched only inside; empty: everywhere */
    Rect cover; /* a card that lies over controls: they don't feel the pointer there */

    struct {
        uint32_t id;
        Rect at;
    } focusable[FOCUSABLE_MAX]; /* in order of layout, for Tab */
    size_t focusables;
    bool focus_shown;  /* it came by the keyboard: a frame shows where it is */
    bool focus_moved;  /* in this frame, by Tab */
    bool focus_arrows, focus_ends, focus_escape; /* it uses the arrow keys; Home and End; Escape */

    uint32_t editing; /* the control whose value is being typed; 0: none */
    char edit[EDIT_SIZE];
    size_t caret;
    bool edit_whole; /* all of it is selected: the next character replaces it */
    bool edit_words; /* blanks and letters of any script belong to it */
    bool edit_seen;

    double handle_x, track_x, pad_at[2]; /* where the pointer last had the noise handle, a track, the pad or a knot */
    Scroll scroll;                       /* of the panel */
    Menu menu;
    bool more_network, more_dynamics, more_show, more_tools; /* the rest of a section is shown */
    const bool *hidden; /* [LECTURE_PLACES] what takes no room; NULL: nothing is hidden */
    Sought mark;
    Veil veil;
    uint64_t scene;           /* that was begun last */
    double scene_at[2];       /* the pointer there; NAN once it moved since */
    Rect caption;             /* where a lesson's card lay in the frame before: other cards stand above it */
    bool lessons;             /* the list of lessons is open */
    bool tips_at_once;        /* controls explain themselves as soon as they are pointed at */
    char outbox[OUTBOX_SIZE]; /* commands, one a line */
    char tooltip[256], tooltip_name[64], tooltip_key[32];
    Rect tooltip_at;
    bool tooltip_beside; /* not below it, where it would hide what follows */
    double wake_s;       /* when a frame is needed though nothing happens, in Input.time_s; INFINITY: never */
} Ui;

void ui_init(Ui *ui, MeasureText measure, void *context);
void ui_free(Ui *ui);

/* Between these two, widgets are laid out. After ui_end the list is drawn and the outbox executed. */
void ui_begin(Ui *ui, const Input *input, double scale, const Palette *palette);
void ui_end(Ui *ui);

/* Appends a line to the outbox; a line that doesn't fit is left out whole. */
void ui_say(Ui *ui, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Never 0. */
uint32_t ui_id(const char *name, size_t index);

/* A lesson hides this control or part: it is not laid out. */
bool ui_hides(const Ui *ui, size_t place);
/* From now on the mark is on this place: it is looked for, and brought into view once. */
void ui_seek(Ui *ui, size_t place);
/* Says where a place is being drawn. Of pieces that lie apart the first counts, others are joined. */
void ui_mark(Ui *ui, size_t place, Rect at);
/* After all was laid out: what was not found may stand where a section shows more. */
void ui_mark_end(Ui *ui);

/* Marks a part of the window as the interface's: presses and the wheel there are not the plane's. */
void ui_area(Ui *ui, Rect at);
/* What is drawn there would lie under or over such a part. */
bool ui_meets_area(const Ui *ui, Rect at);
/* Draws and feels what follows only inside `at`; an empty rectangle ends that. */
void ui_clip(Ui *ui, Rect at);
bool ui_over(const Ui *ui, Rect at);
/* The pointer is there and nothing that lies over it takes it. */
bool ui_reaches(const Ui *ui, Rect at);
/* True once for a key that was hit since the last frame. */
bool ui_take_key(Ui *ui, int key);
/* Tab or Shift+Tab was hit and waits to be carried over to the next frame. */
bool ui_tab_waits(const Ui *ui);

/* What the pointer and the keyboard do to one control. */
typedef struct Control {
    bool hot, held, focused;
    bool pressed, released; /* in this frame; released anywhere */
    bool clicked;           /* released on it, or Enter */
} Control;
Control ui_control(Ui *ui, uint32_t id, Rect at);
/* What only explains itself: it is hot under the pointer, and no more. */
Control ui_hover(Ui *ui, uint32_t id, Rect at);
/* The arrow keys are this control's: Tab brought the keyboard to it. After a mouse they mean what the key table says. */
bool ui_takes_arrows(Ui *ui, const Control *c);
/* Frame of the control that has the keyboard; nothing for others. */
void ui_focus_ring(Ui *ui, const Control *c, Rect at, double radius);
/* What a control is, its setting or command and its key, shown after the pointer rested on it. NULL and "" are left
 * out. */
void ui_tip(Ui *ui, const Control *c, Rect at, const char *help, const char *name, const char *key);
/* The pointer has rested long enough; asks for a frame when it will have. */
bool ui_tip_due(Ui *ui, const Control *c);
/* A tip at once, at the side of `at`. */
void ui_tip_beside(Ui *ui, Rect at, const char *help, const char *name);
/* Draws it over everything else; ui_end does. */
void ui_tooltip(Ui *ui);

typedef enum Align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } Align;
typedef struct TextStyle {
    Face face;
    double size; /* units */
    Colour colour;
    bool tabular;
} TextStyle;
double ui_text_width(const Ui *ui, TextStyle style, const char *text);
TextInk ui_ink(const Ui *ui, Face face, const char *text);
/* One line in the middle of a rectangle's height, cut with an ellipsis where it is too wide. Returns its width, pixels.
 */
double ui_text(Ui *ui, TextStyle style, Rect at, Align align, const char *text);
/* Bytes of the first line of text when lines break at line ends, and between words at `width` pixels, or within one
 * that is wider; 0 at an end. */
size_t ui_text_break(const Ui *ui, TextStyle style, double width, const char *text);

enum { BLOCK_LINES = 16 };
/* A text of several lines, of which each points into it. */
typedef struct TextBlock {
    const char *line[BLOCK_LINES];
    size_t length[BLOCK_LINES], count; /* bytes; lines */
    double width;                      /* of the widest, pixels */
    bool cut;                          /* a word was wider than a line */
} TextBlock;
/* Breaks a text at line ends and where it is wider than `width` pixels. What doesn't fit in BLOCK_LINES is left out. */
TextBlock ui_text_block(const Ui *ui, TextStyle style, double width, const char *text);
/* In rows of so many pixels from the top of *column, which they are cut from. */
void ui_text_lines(Ui *ui, TextStyle style, Rect *column, double row, Align align, const TextBlock *b);
/* A box on whole pixels; radius in units. */
void ui_box(Ui *ui, Rect at, double radius, Colour fill, Colour border);

/* A row of the settings table as a control of its kind: switch → toggle; few choices that fit → segments; other
 * choices → menu; number → slider with typed value. Each knows range, unit, help and key from the tables. */
void ui_setting(Ui *ui, const Settings *s, SettingId id, Rect at);
/* True in the frame in which it was clicked. */
bool ui_button(Ui *ui, const char *name, const char *label, const char *help, const char *key, Rect at, bool active);
void ui_slider(Ui *ui, const Settings *s, SettingId id, Rect at);
void ui_segments(Ui *ui, const Settings *s, SettingId id, Rect at);
void ui_toggle(Ui *ui, const Settings *s, SettingId id, Rect at);
/* "label: help" of a choice, into text [size], which is returned. */
const char *ui_choice_help(const SettingInfo *row, size_t i, char *text, size_t size);
/* The key that goes to a setting's next value; "" for none. */
const char *ui_toggle_key(const SettingInfo *row);
/* What can be typed in place. */
typedef struct Field {
    uint32_t id;
    const char *shown, *text; /* as it stands there; as it is when typing begins */
    bool words; /* not a number: it begins at the left, is as wide as its row, and the space bar is a blank */
    const char *help, *name; /* of the tip */
} Field;
/* At the right end of `at`, but for words. True in the frame in which another text was entered, which is in ui->edit
 * then. */
bool ui_field(Ui *ui, const Field *f, Rect at);
/* Begins to type in it, as a click does. */
void ui_field_open(Ui *ui, const Field *f);
/* What was entered as one word of a command, text [2 EDIT_SIZE], which is returned. */
const char *ui_entered(const Ui *ui, char *text, size_t size);
/* The value alone, typed after a click. */
void ui_value(Ui *ui, const Settings *s, SettingId id, Rect at);
/* A line that shows and hides what follows; `open` says which it does, and is changed by a click. */
void ui_disclosure(Ui *ui, const char *name, const char *help, Rect at, bool *open);
/* A button with the choice that is made; a click opens the list of all. */
void ui_menu(Ui *ui, const Settings *s, SettingId id, Rect at);
/* Feels and draws the list that is open, over all that is drawn so far; ui_end does. */
void ui_menu_list(Ui *ui);
/* The list that is open, pixels; empty when none is. */
Rect ui_menu_place(const Ui *ui);

/* Rows that ui_segments needs in a width of so many pixels, so that no label is cut. */
size_t ui_segment_rows(const Ui *ui, SettingId id, double width);
/* Height in pixels that ui_setting wants for a choice of that width. */
double ui_choice_height(const Ui *ui, SettingId id, double width);
/* Width in pixels that a slider wants, so that its label stands beside either end of its range. */
double ui_slider_width(const Ui *ui, const Settings *s, SettingId id);

/* Where a value stands between min and max, 0 .. 1, and back: rounded as a hand would, kept in the range. */
double slider_place(const SettingInfo *row, double min, double max, double value);
double slider_value(const SettingInfo *row, double min, double max, double place);
/* Arrow keys on the focus and Ctrl+wheel under the pointer become "nudge NAME STEPS"; Shift is ten times finer. right:
 * the sign of a nudge towards the right end, where the wheel goes too; Up is always more. */
void slider_nudge(Ui *ui, const Control *c, const char *name, double right);

/* A column that scrolls when it is too long for `view`: what is laid out between the two is moved up by s->at.
 * height: pixels of all that was laid out. */
void ui_scroll_begin(Ui *ui, Scroll *s, Rect view);
void ui_scroll_end(Ui *ui, Scroll *s, Rect view, double height);

/* Asked after ui_end, about that frame's input: true when the pointer belongs to the interface and not to the plane. A
 * drag stays with the side on which it began. */
bool ui_wants_pointer(const Ui *ui);
/* True while a value is typed or a list is open: letters are text, not hints. Page Up and Down are never wanted, and
 * Space only where words are typed. */
bool ui_wants_keyboard(const Ui *ui);
/* True when this KEY_* should go into Input.key and not to its binding. */
bool ui_wants_key(const Ui *ui, int key);

#endif
