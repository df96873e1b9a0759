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
    SimFrame frame, over; /* over: of a second sampler */
    DataPoints data;
    uint64_t builds; /* of all that is draped: it is made anew every frame */
    bool stands;     /* the hill is what is shown: the plane may be flat while it has no field to show yet */
} Draped;

/* False when memory is short; draped_free is legal either way. */
bool draped_init(Draped *d);
void draped_free(Draped *d);

/* Tilts and turns towards what the settings say; at once when elapsed_s is 0 or the motion is reduced. True while it
 * is on its way. */
bool draped_ease(Draped *d, const Settings *s, double elapsed_s);
/* The plane is not flat. */
bool draped_shown(const Draped *d);

/* Builds the hill of the density or of the field, whichever is the field that is shown, and looks at it as the settings
 * turn it. The hill that stands until the next call; NULL as long as nothing is known of that field. std: of the data.
 */
const HillSight *draped_raise(Draped *d, const Stack *stack, const Settings *s, const Camera *camera, double std);
/* No hill stands. */
void draped_lower(Draped *d);

/* Puts what is draped on the hill that stands in the place of what a view of the flat plane would draw. */
void draped_put(Draped *d, PlaneView *view);

/* The place of the hill that stands that is seen at a pixel; false where none is. */
bool draped_pick(const Draped *d, const Camera *camera, const double pixel[2], double data[2]);

#endif
