/* draped.h - the tilted plane: the hill, and everything that the plane shows laid upon it. Main thread.
 *
 * What is draped is drawn as on the flat plane, by the same layers under the same camera, from other places.
 */
#ifndef APP_DRAPED_H
#define APP_DRAPED_H

#include "gfx/gfx.h"

typedef struct Draped {
    Hill hill;
    HillSight sight;
    HillView view;
    Lines contour_lines, stream_lines, path_lines;
    Contours contours; /* these three are the plane's with other lines */
    Streamlines streamlines;
    Paths paths;
    SimFrame frame;
    DataPoints data;
    uint64_t builds; /* of all that is draped: it is made anew every frame */
    bool stands;     /* the last picture was of the hill: the plane may be flat while it has no field to show yet */
} Draped;

/* False when memory is short; draped_free is legal either way. */
bool draped_init(Draped *d);
void draped_free(Draped *d);

/* Tilts and turns towards what the settings say; at once when elapsed_s is 0 or the motion is reduced. True while it
 * is on its way. */
bool draped_ease(Draped *d, const Settings *s, double elapsed_s);
/* The plane is not flat. */
bool draped_shown(const Draped *d);

/* Builds the hill of the density or of the field, whichever is the field that is shown, and puts what is draped on it
 * in the place of what a view of the flat plane would draw. As long as nothing is known of that field the view stays
 * the flat plane's. */
void draped_put(Draped *d, const Stack *stack, PlaneView *view);

/* The place of the hill that stands that is seen at a pixel; false where none is. */
bool draped_pick(const Draped *d, const Camera *camera, const double pixel[2], double data[2]);

#endif
