#include "app/audience.h"

#include "ui/rect.h"

bool audience_open(Audience *a, const Window *presenter, const char *shaders, Error *e)
{
    a->open = window_open_beside(&a->window, presenter, "scorefield: audience", e) &&
              (a->renderer.gfx || renderer_init(&a->renderer, shaders, e));
    window_use(presenter);
    if (!a->open)
        audience_close(a);
    return a->open;
}

void audience_close(Audience *a)
{
    window_close(&a->window);
    a->open = a->fullscreen = a->left = false;
}

void audience_free(Audience *a)
{
    renderer_free(&a->renderer);
    audience_close(a);
}

/* 0 for events of no window. */
static Uint32 window_of(const SDL_Event *e)
{
    switch (e->type) {
    case SDL_WINDOWEVENT:
        return e->window.windowID;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        return e->button.windowID;
    case SDL_MOUSEMOTION:
        return e->motion.windowID;
    case SDL_MOUSEWHEEL:
        return e->wheel.windowID;
    default:
        return 0;
    }
}

/* A window that is closed may have left events behind. */
bool audience_takes(Audience *a, const Window *presenter, const SDL_Event *e)
{
    Uint32 window = window_of(e);
    if (window == 0 || window == SDL_GetWindowID(presenter->window))
        return false;
    bool own = a->open && window == SDL_GetWindowID(a->window.window);
    a->left |= own && e->type == SDL_WINDOWEVENT && e->window.event == SDL_WINDOWEVENT_CLOSE;
    return true;
}

static void follow_fullscreen(Audience *a, const Settings *s)
{
    bool wanted = settings_on(s, SET_FULLSCREEN);
    if (wanted != a->fullscreen)
        SDL_SetWindowFullscreen(a->window.window, wanted ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    a->fullscreen = wanted;
}

/* The presenter points at a place of the plane, not at a pixel. Far outside where nothing is pointed at. */
static void point_alike(const Session *session, const Renderer *presenter, const FrameInput *theirs, FrameInput *own)
{
    double at[2] = {theirs->input.x, theirs->input.y}, place[2], pixel[2];
    Layout layout;
    own->input = (Input){.x = -1, .y = -1, .time_s = theirs->input.time_s};
    if (!rect_has(presenter->layout.plane, at[0], at[1]) || ui_wants_pointer(&presenter->ui))
        return;
    Camera camera = renderer_camera(session, own, &layout);
    camera_to_data(&presenter->camera, at, place);
    camera_to_pixel(&camera, place, pixel);
    own->input.x = pixel[0];
    own->input.y = pixel[1];
}

void audience_draw(Audience *a, const Session *session, const Shown *shown, const Renderer *presenter,
                   const FrameInput *in)
{
    if (!a->open)
        return;
    FrameInput own = {.pixel_ratio = window_pixel_ratio(&a->window),
                      .elapsed_s = in->elapsed_s,
                      .grabbed = in->grabbed,
                      .key_log = in->key_log,
                      .viewer = VIEWER_AUDIENCE};
    window_pixels(&a->window, &own.width, &own.height);
    follow_fullscreen(a, &session->settings);
    point_alike(session, presenter, in, &own);
    window_use(&a->window);
    renderer_layout(&a->renderer, session, shown, &own);
    renderer_draw(&a->renderer, session, shown, &own);
    SDL_GL_SwapWindow(a->window.window);
}
