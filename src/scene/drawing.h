/* drawing.h - a target made by hand or from files: an ordered list of parts whose mixture is the density.
 *
 * A part has units of its own, in which its square is [-1, 1]^2, and stands in the drawing's plane at a place, size and
 * angle: plane = place + size R(angle) local. The drawing's plane is its data space; the canvas is its [-1, 1]^2.
 *
 * Canvases share tiles and everything else in bulk is shared whole, so a copy costs some hundred bytes a part. A
 * drawing belongs to one thread at a time; copies of it may belong to others at once. {0} is an empty drawing.
 */
#ifndef SCENE_DRAWING_H
#define SCENE_DRAWING_H

#include "scene/canvas.h"
#include "scene/drawing_bulk.h"

/* A drawing's scale until it is fitted, as core/target.h has it for targets that are drawn: the default view shows the
 * canvas with room around it. Files and built-in targets come in at this standard deviation, as large as they look
 * alone. */
static const double DRAWING_STD = 0.45;

typedef enum PartKind {
    PART_CANVAS,
    PART_WORD,
    PART_GAUSSIANS,
    PART_POINTS,
    PART_TARGET,
    PART_PICTURE,
    PART_KINDS
} PartKind;

/* As in files: "canvas", "word" ... */
const char *part_kind_name(PartKind kind);

typedef struct Part {
    PartKind kind;
    bool shown;      /* counts in the density */
    uint32_t id;     /* given by drawing_add; stays with the part in copies, orders and undo */
    double weight;   /* relative to the other parts', 0 .. PART_WEIGHT_MAX; 0 adds no density: a picture to trace */
    double place[2]; /* within PART_REACH of 0 on each axis */
    double size;     /* PART_SIZE_MIN .. PART_SIZE_MAX */
    double angle;    /* radians, counterclockwise */
    char name[BULK_NAME]; /* UTF-8 */
    union {
        Canvas canvas;
        Raster *raster;         /* word, picture */
        GaussianSet *gaussians; /* NULL: none yet */
        PointSet *points;       /* NULL: none yet */
        size_t target;          /* row of core/target.h */
    };
} Part;

static const double PART_WEIGHT_MAX = 1e6, PART_REACH = 1e3, PART_SIZE_MIN = 1e-3, PART_SIZE_MAX = 1e3;

/* A shown part of weight 1 and size 1 in the middle, with nothing in it. */
Part part_of(PartKind kind, const char *name);
void part_free(Part *p);

void part_to_plane(const Part *p, const double local[2], double plane[2]);
void part_to_local(const Part *p, const double plane[2], double local[2]);

enum { DRAWING_PARTS_MAX = 64 };

/* Name, weight, place, size, angle, shown and what a canvas holds may be changed directly. */
typedef struct Drawing {
    Part *part; /* [count], the lowest first */
    size_t count;
    uint32_t last_id;
    bool fit; /* seen in the mean and std of its own mixture; else the canvas's square */
} Drawing;

void drawing_free(Drawing *d);

/* Makes `to`, which may hold something, equal to `from`. A canvas whose id both have gets a newer version in `to`, as
 * canvas_copy says. False when memory is short: `to` is as before. */
bool drawing_copy(Drawing *to, const Drawing *from);

/* A drawing's share of memory: what it shares is divided by those that share it. Shares of all drawings sum to what
 * they take together. */
size_t drawing_bytes(const Drawing *d);

/* Adds at the end; takes over what the part holds, also when it fails: there are DRAWING_PARTS_MAX, or memory is short.
 */
bool drawing_add(Drawing *d, Part part);
void drawing_remove(Drawing *d, size_t i);
/* Part `from` becomes part `to`; those between move up or down by one. */
void drawing_reorder(Drawing *d, size_t from, size_t to);
/* Part i once more, right behind it. False as with drawing_add. */
bool drawing_duplicate(Drawing *d, size_t i);

/* Index of the part with this id; d->count when there is none. */
size_t drawing_find(const Drawing *d, uint32_t id);

/* Whether a hand adds to it: shown, and no points of a file. */
bool part_by_hand(const Part *p);
/* The last shown part of a kind to which a hand adds, made when there is none: canvas, Gaussians, or points that no
 * file gave. False as with drawing_add. */
bool drawing_hand_part(Drawing *d, PartKind kind, size_t *index);

#endif
