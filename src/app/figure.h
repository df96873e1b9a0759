/* figure.h - the picture without a window: an offscreen context, opened when the first figure asks for it. */
#ifndef APP_FIGURE_H
#define APP_FIGURE_H

#include "app/renderer.h"
#include "app/window.h"

typedef struct Figure {
    bool open;
    int width, height;
    Window window;
    Renderer renderer;
} Figure;

/* Opens on the first call, for pictures of width x height pixels. False without OpenGL 3.3 or for sizes that it
 * refuses. */
bool figure_open(Figure *f, int width, int height, const char *shaders, Error *e);
void figure_close(Figure *f);

/* Where the plane stands in the picture. */
Camera figure_camera(const Figure *f, const Session *session);

/* Draws the picture and writes it as PNG. */
bool figure_write(Figure *f, const Session *session, const Shown *shown, const char *path, Error *e);

/* The same by a renderer that has a window: what stands in it, without the pointer and what hangs on it. */
bool figure_save(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in, const char *path,
                 Error *e);

#endif
