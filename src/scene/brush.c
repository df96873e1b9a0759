#include "scene/brush.h"

#include "scene/canvas.h"

#include <math.h>

static const double RADIUS_MAX = 4; /* covers the canvas from any of its corners */

Brush brush_default(void)
{
    return (Brush){.radius = 0.06, .hardness = 0.3, .strength = 1, .level = 1, .folds = 1};
}

static double clamped(double value, double least, double most)
{
    return fmin(fmax(value, least), most);
}

Brush brush_clamped(Brush b)
{
    bool finite = isfinite(b.radius) && isfinite(b.hardness) && isfinite(b.strength) && isfinite(b.level);
    b.radius = clamped(b.radius, CANVAS_CELL, RADIUS_MAX);
    b.hardness = clamped(b.hardness, 0, 1);
    b.strength = finite ? clamped(b.strength, 0, 1) : 0;
    b.level = clamped(b.level, 0, 1);
    b.folds = b.folds < 1 ? 1 : b.folds > BRUSH_FOLDS_MAX ? BRUSH_FOLDS_MAX : b.folds;
    return b;
}

double brush_goal(const Brush *b)
{
    return b->erases ? 0 : b->level;
}

double brush_edge_width(const Brush *b)
{
    return fmax(b->radius * (1 - b->hardness), CANVAS_CELL);
}

double brush_reach(const Brush *b)
{
    return 0.5 * (b->radius * (1 + b->hardness) + brush_edge_width(b));
}

/* Quarter turns are exact, so that what they make of a drawing is so to the cell. */
static BrushImage turned(int step, int steps, double mirror)
{
    static const double quarter[] = {1, 0, -1, 0};
    double angle = 2 * M_PI * step / steps;
    bool exact = 4 * step % steps == 0;
    double c = exact ? quarter[4 * step / steps % 4] : cos(angle);
    double s = exact ? quarter[(4 * step / steps + 3) % 4] : sin(angle);
    return (BrushImage){mirror * c, -s, mirror * s, c};
}

/* Turns by 1 / folds with one mirror are a dihedral group; a second mirror adds the half turn, which an even number of
 * folds already has. Mirroring at y is mirroring at x and half a turn. */
size_t brush_images(const Brush *b, BrushImage out[BRUSH_IMAGES_MAX])
{
    bool both = b->mirror_x && b->mirror_y;
    int turns = both && b->folds % 2 ? 2 * b->folds : b->folds;
    size_t n = 0;
    for (int k = 0; k < turns; k++)
        out[n++] = turned(k, turns, 1);
    for (int k = 0; k < turns && (b->mirror_x || b->mirror_y); k++) {
        BrushImage m = turned(k, turns, -1);
        out[n++] = both || b->mirror_x ? m : (BrushImage){-m.xx, -m.xy, -m.yx, -m.yy};
    }
    return n;
}

void brush_image_of(BrushImage image, const double at[2], double out[2])
{
    out[0] = image.xx * at[0] + image.xy * at[1];
    out[1] = image.yx * at[0] + image.yy * at[1];
}
