/* interface.h - the whole window around the plane: top bar, panel, noise bar, axes' labels, hover card, key help,
 * toasts.
 *
 * Reads settings and numbers, writes a draw list and commands. Main thread.
 */
#ifndef UI_INTERFACE_H
#define UI_INTERFACE_H

#include "core/metrics.h"
#include "core/trainer.h"
#include "scene/catalogue.h"
#include "scene/hill_axes.h"
#include "scene/loaded.h"
#include "scene/map.h"
#include "scene/path_apart.h"
#include "scene/path_hit.h"
#include "scene/probe.h"
#include "scene/shelf.h"
#include "scene/simulation.h"
#include "ui/drawing.h"
#include "ui/prompt.h"
#include "ui/readings.h"
#include "ui/widgets.h"
#include "ui/word_entry.h"

/* Times of the frame before, for F3. */
typedef struct FrameNumbers {
    double frame_ms, own_ms, own_worst_ms; /* between frames; main's own work, last and worst of the last second */
    double draw_ms;                        /* the frame's time in OpenGL's hands */
    double ticks_per_s, steps_per_s;       /* steps_per_s: 0 where there is no clock, as in a picture by itself */
    double weights_age_ms, frame_age_ms;   /* since the newest came through the mailboxes */
    double memory_mb;
    size_t undo_steps;
} FrameNumbers;

typedef struct KeyLog KeyLog; /* ui/lecture.h */

/* Everything that the interface shows, gathered by main once a frame: one sigma for all of it. */
typedef struct Picture {
    const Settings *settings;
    const Catalogue *catalogue;
    const Subject *subject;
    size_t target; /* its row */
    double sigma;  /* of this frame: numbers, field and handle */
    bool grabbed;
    double run_place; /* of what is shown in the run so far, 0 .. 1: the present */
    const TrainerStatistics *statistics;
    bool resting;              /* the learner would rest (scene/rest.h) */
    const ScoreErrors *errors; /* NAN where unknown */
    double evaluations;        /* of the field, a particle, in this journey */
    double accepted;           /* share of the proposals; NAN where none are made */
    const MapView *map;        /* NULL where there is none */
    bool density_learned[2];   /* the density is the learned field's: on the plane, and right of a wipe's line */
    const Readings *readings;  /* NULL: none are asked for */
    const HillSight *hill;     /* what the plane is tilted into; NULL for the flat plane */
    const PathSight *paths;    /* as they are shown; NULL: none are */
    const PathApart *apart;    /* the step of one that is looked at; with paths */
    bool fates;                /* four ways from one place are among the paths */
    FrameNumbers numbers;
    bool hover;                 /* the pointer is on the plane: probe is what is there */
    Probe probe;                /* at this frame's sigma */
    bool denoiser;              /* with the posterior over data points and its mean */
    const DrawingView *drawing; /* NULL while none is being drawn */
    bool drawn;                 /* there is something in the drawing, also while another target is studied */
    const Shelf *shelf;         /* drawings that are kept as tiles; NULL: none are */
    const Units *units;         /* of the file that alone is studied: what axes tell; NULL: the plane's own */
    bool *card_left;      /* the side of the pointer that its card is on, kept from frame to frame; NULL: chosen anew */
    const Loaded *loaded; /* what came in with a file; NULL: nothing to say */
    WordEntry *word;      /* the card on which one is typed; NULL: there is none */
    Prompt *prompt;       /* the line on which commands are typed; NULL: there is none */
    const char *toast;    /* NULL for none */
    bool toast_warning;
    const Lecture *lecture;        /* NULL: none is given */
    bool presents, audience_blank; /* somebody presents here, to an audience elsewhere whose screen is blank */
    double presenting_s;           /* for so long */
    const KeyLog *key_log;         /* NULL: keys are not shown */
    bool still;                    /* nothing eases */
    bool can_undo, can_redo;
} Picture;

/* Where things stand in a window of w x h pixels at a scale. plane: what the field fills. */
typedef struct Layout {
    double scale;                          /* pixels a unit, capped so that the plane keeps half the width and height */
    Rect window, top, plane, panel, noise; /* bars and panel are empty while they are hidden */
} Layout;

/* lecture: what is hidden; NULL: nothing is. w, h: pixels of the drawable; pixel_ratio: of them to a point of the
 * window system. */
Layout interface_layout(const Settings *s, const Lecture *lecture, double w, double h, double pixel_ratio);

/* Draws the interface over the plane; call between ui_begin, with the layout's scale and the theme's palette, and
 * ui_end. */
void interface_draw(Ui *ui, const Layout *layout, const Picture *p);

#endif
