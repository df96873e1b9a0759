#include "app/figure.h"

#include "io/file.h"
#include "io/png.h"

#include <math.h>
#include <stdlib.h>

bool figure_open(Figure *f, int width, int height, const char *shaders, Error *e)
{
    if (f->open)
        return true;
    *f = (Figure){.open = true, .width = width, .height = height};
    if (window_open(&f->window, WINDOW_OFF_SCREEN, 64, 64, e) && renderer_init(&f->renderer, shaders, e) &&
        gfx_target(f->renderer.gfx, width, height, e))
        return true;
    figure_close(f);
    return false;
}

void figure_close(Figure *f)
{
    if (f->open) {
        renderer_free(&f->renderer);
        window_close(&f->window);
    }
    f->open = false;
}

Camera figure_camera(const Figure *f, const Session *session)
{
    Layout layout;
    return renderer_camera(session, &(FrameInput){.width = f->width, .height = f->height, .pixel_ratio = 1}, &layout);
}

static bool save_pixels(Renderer *r, int width, int height, const char *path, Error *e)
{
    Bytes b = {0};
    unsigned char *pixels = gfx_capture(r->gfx, width, height);
    bool ok = pixels || error_set(e, "not enough memory for a picture of %dx%d", width, height);
    ok = ok && png_encode(pixels, (size_t)width, (size_t)height, 4, &b, e) && file_write_bytes(path, &b, e);
    free(pixels);
    bytes_free(&b);
    return ok;
}

/* Some of a layout is known only by laying it out: where a column must be scrolled to. */
static void draw_still(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    enum { LAYOUTS = 4 };
    for (int i = 0; i < LAYOUTS && (i == 0 || r->ui.wake_s <= in->input.time_s); i++)
        renderer_layout(r, session, shown, in);
    renderer_draw(r, session, shown, in);
}

bool figure_write(Figure *f, const Session *session, const Shown *shown, const char *path, Error *e)
{
    FrameInput in = {.width = f->width, .height = f->height, .pixel_ratio = 1, .input = {.x = -1, .y = -1}};
    draw_still(&f->renderer, session, shown, &in);
    return save_pixels(&f->renderer, f->width, f->height, path, e);
}

bool figure_save(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in, const char *path,
                 Error *e)
{
    FrameInput still = *in;
    still.input = (Input){.x = -1, .y = -1, .time_s = in->input.time_s};
    still.toast = NULL;
    still.prompt = NULL;
    still.viewer = VIEWER_ALONE;
    still.elapsed_s = 0;
    if (!gfx_target(r->gfx, in->width, in->height, e))
        return false;
    draw_still(r, session, shown, &still);
    bool ok = save_pixels(r, in->width, in->height, path, e);
    gfx_target(r->gfx, 0, 0, NULL);
    return ok;
}
