#include "app/audience.h"

#include "ui/rect.h"

bool audience_open(Audience *a, const Window *first, const char *shaders, Error *e)
{
    a->x = a->y = -1;
    bool ok = window_open_beside(&a->window, first, e) && renderer_init(&a->renderer, shaders, e);
    SDL_GL_MakeCurrent(first->window, first->context);
    return ok;
}

void audience_close(Audience *a, const Window *first)
{
    renderer_free(&a->renderer);
    if (a->window.window)
        SDL_GL_MakeCurrent(first->window, first->context);
    window_close(&a->window);
}

Rect audience_extent(const Audience *a, const Camera *presenters)
{
    Rect extent = camera_extent(presenters);
    bool drawn = audience_is_there(a) && a->renderer.camera.scale > 0;
    return drawn ? rect_join(extent, camera_extent(&a->renderer.camera)) : extent;
}

static void follow_pointer(Audience *a, const SDL_Event *e)
{
    double ratio = window_pixel_ratio(&a->window);
    if (e->type == SDL_MOUSEMOTION) {
        a->x = e->motion.x * ratio;
        a->y = e->motion.y * ratio;
    } else if (e->type == SDL_WINDOWEVENT && e->window.event == SDL_WINDOWEVENT_LEAVE) {
        a->x = a->y = -1;
    }
}

bool audience_takes(Audience *a, const SDL_Event *e)
{
    bool mouse = e->type >= SDL_MOUSEMOTION && e->type <= SDL_MOUSEWHEEL;
    Uint32 window = mouse ? e->motion.windowID : e->type == SDL_WINDOWEVENT ? e->window.windowID : 0;
    bool closes = e->type == SDL_WINDOWEVENT && e->window.event == SDL_WINDOWEVENT_CLOSE;
    bool own = audience_is_there(a) && !closes && window == SDL_GetWindowID(a->window.window);
    if (own)
        follow_pointer(a, e);
    return own;
}

/* The spot of light is where the pointer is, or at the same place of the plane. */
static void point_alike(const Audience *a, const Renderer *presenters, Input *in)
{
    double data[2], pixel[2] = {a->x, a->y};
    if (a->x < 0 && rect_has(presenters->layout.plane, in->x, in->y) && a->renderer.camera.scale > 0) {
        camera_to_data(&presenters->camera, (double[]){in->x, in->y}, data);
        camera_to_pixel(&a->renderer.camera, data, pixel);
    }
    *in = (Input){.x = pixel[0], .y = pixel[1], .time_s = in->time_s};
}

void audience_frame(Audience *a, const Window *first, const Renderer *presenters, const Session *session,
                    const Shown *shown, const FrameInput *in)
{
    FrameInput seen = {.view = VIEW_AUDIENCE,
                       .pixel_ratio = window_pixel_ratio(&a->window),
                       .elapsed_s = in->elapsed_s,
                       .input = in->input,
                       .key_log = in->key_log};
    if (SDL_GL_MakeCurrent(a->window.window, first->context) != 0)
        return;
    window_pixels(&a->window, &seen.width, &seen.height);
    point_alike(a, presenters, &seen.input);
    renderer_layout(&a->renderer, session, shown, &seen);
    renderer_draw(&a->renderer, session, shown, &seen);
    SDL_GL_SwapWindow(a->window.window);
    SDL_GL_MakeCurrent(first->window, first->context);
}
