/* draw.h - what the interface looks like, as a list of commands: no OpenGL, no fonts, nothing that a test can't read.
 *
 * All lengths are pixels of the drawable, y down. Commands are drawn in order. A command that finds no memory is left
 * out. One thread at a time.
 */
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include "scene/camera.h"
#include "scene/path.h"

#include <stdint.h>

typedef uint32_t Colour; /* 0xRRGGBBAA, not premultiplied */

typedef enum Face {
    FACE_TEXT,   /* Inter; digits at equal widths where TEXT_TABULAR is set */
    FACE_STRONG, /* Inter SemiBold */
    FACE_CODE,   /* JetBrains Mono */
    /* STIX, for formulas; the others have its large brackets, roots, sums and integrals. Each is larger than the one
     * before. */
    FACE_FORMULA,
    FACE_FORMULA_LARGE,
    FACE_FORMULA_LARGER,
    FACE_FORMULA_LARGEST,
    FACE_FORMULA_INTEGRAL
} Face;

/* What a piece of text covers, ems from the left end of its base line. */
typedef struct TextInk {
    double advance; /* to where the next piece starts */
    double left, right, above, below;
} TextInk;

typedef enum DrawKind {
    DRAW_BOX,     /* rounded rectangle: fill and border */
    DRAW_VEIL,    /* rectangle without a rounded hole, whose place is the first two points */
    DRAW_TEXT,    /* one line */
    DRAW_LINE,    /* polyline with a width */
    DRAW_AREA,    /* between a polyline and a base line, filled */
    DRAW_DOTS,    /* discs of one radius */
    DRAW_POLYGON, /* convex, filled: icons */
    DRAW_CLIP     /* what follows is seen only inside rect; an empty rect ends clipping */
} DrawKind;

typedef struct DrawCommand {
    DrawKind kind;
    Face face;
    bool tabular;          /* text: digits at equal widths, so that changing numbers don't jitter */
    Rect rect;             /* box, clip; text: x, y of the left end of the base line; area: y of the base line */
    double radius;         /* box: corner; dots: radius; line: width */
    double size;           /* text: pixels an em */
    Colour fill, border;   /* border: boxes only, one scaled pixel wide; alpha 0 for none */
    Colour fill_end;       /* box: colour at the right edge (gradient); same as fill otherwise */
    uint32_t first, count; /* into DrawList.text (bytes; a zero byte follows them) or DrawList.point (points) */
} DrawCommand;

typedef struct DrawList {
    DrawCommand *command;
    size_t count, capacity;
    char *text;
    size_t text_size, text_capacity;
    float *point; /* [point_count][2] */
    size_t point_count, point_capacity;
    double border_px; /* width of borders */
} DrawList;

void draw_init(DrawList *d);
void draw_free(DrawList *d);
void draw_clear(DrawList *d); /* empties, keeps the memory */

void draw_box(DrawList *d, Rect r, double radius, Colour fill, Colour border);
/* All of r that lies outside of a rounded hole. */
void draw_veil(DrawList *d, Rect r, Rect hole, double radius, Colour fill);
void draw_gradient(DrawList *d, Rect r, double radius, Colour left, Colour right);
void draw_text(DrawList *d, Face face, double size, double x, double baseline, Colour c, bool tabular,
               const char *text);
void draw_line(DrawList *d, const float *point, size_t n, double width, Colour c);
void draw_area(DrawList *d, const float *point, size_t n, double base, Colour c);
void draw_dots(DrawList *d, const float *point, size_t n, double radius, Colour c);
void draw_polygon(DrawList *d, const float *point, size_t n, Colour c);
void draw_clip(DrawList *d, Rect r);

/* Colours by role (look.md). */
typedef struct Palette {
    Colour ground, panel, raised, line, text, muted;
    Colour particle;  /* dots and trails */
    Colour second;    /* those of a second sampler */
    Colour active;    /* the active choice, the handle, the play button */
    Colour on_active; /* text on it */
    Colour learned, exact;
    Colour good, warning;
    Colour density;          /* what the ground is tinted towards where the density is high */
    double data, data_units; /* opacity and radius of the points of the data */
} Palette;
const Palette *palette_of(Theme theme);
/* Of the ways from one place; told apart under colour blindness by lightness too. */
Colour path_colour(const Palette *p, PathRole role);

#endif
