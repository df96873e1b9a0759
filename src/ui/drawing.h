/* drawing.h - what one sees and touches while a target is drawn: tools over the plane, the canvas and what the hand is
 * about to do, the list of parts in the panel.
 */
#ifndef UI_DRAWING_H
#define UI_DRAWING_H

#include "scene/drawing.h"
#include "ui/widgets.h"

/* A hand at work on a drawing. Places are in the drawing's plane. */
typedef struct DrawingView {
    const Drawing *drawing;
    size_t part;           /* that is selected; past the last: none is */
    bool pointer;          /* is on the plane, and nothing lies between */
    bool erases;           /* for as long as a key is held, whatever the tool */
    bool spanning;         /* a line or the radius of a circle is being spanned */
    double from[2], to[2]; /* its ends */
} DrawingView;

/* Drawn with lines and dots like the interface's other icons. */
typedef enum DrawingIcon {
    DRAWING_BRUSH, /* tools, in the order of DrawTool */
    DRAWING_ERASER,
    DRAWING_LINE,
    DRAWING_CIRCLE,
    DRAWING_SPRAY,
    DRAWING_FILL,
    DRAWING_GAUSSIAN,
    DRAWING_POINT,
    DRAWING_WORD,
    DRAWING_PICTURE,
    DRAWING_TARGET,
    DRAWING_MIRROR_X,
    DRAWING_MIRROR_Y,
    DRAWING_FIT,
    DRAWING_CLEAR,
    DRAWING_SHOWN,
    DRAWING_HIDDEN,
    DRAWING_UP,
    DRAWING_DOWN,
    DRAWING_DUPLICATE,
    DRAWING_REMOVE,
    DRAWING_ICONS
} DrawingIcon;

/* size: pixels of the square it fills, about (x, y). */
void drawing_icon(Ui *ui, DrawingIcon icon, double x, double y, double size, Colour colour);

/* A square button with an icon. True in the frame in which it was clicked. */
typedef struct IconButton {
    DrawingIcon icon;
    const char *name; /* id, and shown in the tip: a command or a setting */
    size_t index;     /* of several with one name */
    const char *help, *key;
    bool active;
} IconButton;
bool drawing_button(Ui *ui, const IconButton *b, Rect at);

#endif
