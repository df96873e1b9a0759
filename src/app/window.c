#include "app/window.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW_FLAGS = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI };

#define HEADLESS_HINT "scorefield --headless -c \"train 2000; figure field.png\""

/* A driver that shows nothing is right only for somebody who asked for it by name. */
static bool driver_shows(void)
{
    static const char *const invisible[] = {"offscreen", "dummy", "evdev"};
    const char *driver = SDL_GetCurrentVideoDriver(), *asked = getenv("SDL_VIDEODRIVER");
    for (size_t i = 0; i < sizeof invisible / sizeof *invisible; i++) {
        if (strcmp(driver, invisible[i]) == 0)
            return asked && strcmp(asked, driver) == 0;
    }
    return true;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0];
}

/* SDL is told where to look, and nowhere without a display: by itself it would try what isn't there, complain on
 * standard error, and settle for a driver that nobody sees. */
static bool choose_driver(void)
{
    bool x11 = is_set("DISPLAY"), wayland = is_set("WAYLAND_DISPLAY");
    if (is_set("SDL_VIDEODRIVER"))
        return true;
    if (x11 || wayland)
        SDL_SetHint(SDL_HINT_VIDEODRIVER, !wayland ? "x11" : !x11 ? "wayland" : "x11,wayland");
    return x11 || wayland;
}

static bool fail_display(Error *e, const char *why)
{
    return error_set(e, "no display (%s): start it in a desktop session, or without a window: " HEADLESS_HINT, why);
}

static bool open_video(Window *w, WindowPlace place, Error *e)
{
    setenv("EGL_LOG_LEVEL", "fatal", 0); /* we say ourselves what is wrong, in one line */
    if (place == WINDOW_ON_SCREEN && !choose_driver())
        return fail_display(e, "neither DISPLAY nor WAYLAND_DISPLAY is set");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_FORCE_EGL, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    if (place == WINDOW_OFF_SCREEN)
        SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "offscreen", SDL_HINT_OVERRIDE);
    w->video = SDL_InitSubSystem(SDL_INIT_VIDEO) == 0;
    if (place == WINDOW_ON_SCREEN && (!w->video || !driver_shows()))
        return fail_display(e, w->video ? "SDL found none that shows anything" : SDL_GetError());
    if (!w->video)
        return error_set(e, "no offscreen drawing: %s; install libegl1 and libgl1-mesa-dri", SDL_GetError());
    return true;
}

static bool fail_gl(Error *e, const char *why)
{
    return error_set(e,
                     "no OpenGL 3.3: %s; install libgl1-mesa-dri and libegl1, or set LIBGL_ALWAYS_SOFTWARE=1, or work "
                     "without pictures: scorefield --headless -c \"train 2000; report report.json\"",
                     why);
}

static void usual_size(int *width, int *height)
{
    const int usual_width = 1600, usual_height = 1000, title_bar = 40;
    SDL_Rect screen;
    bool known = SDL_GetDisplayUsableBounds(0, &screen) == 0;
    if (*width == 0)
        *width = known ? SDL_min(screen.w, usual_width) : usual_width;
    if (*height == 0)
        *height = known ? SDL_min(screen.h - title_bar, usual_height) : usual_height;
}

bool window_open(Window *w, WindowPlace place, int width, int height, Error *e)
{
    *w = (Window){0};
    if (!open_video(w, place, e))
        return false;
    usual_size(&width, &height);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_FLAGS, SDL_GL_CONTEXT_FORWARD_COMPATIBLE_FLAG);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    w->window =
        SDL_CreateWindow("scorefield", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height, WINDOW_FLAGS);
    if (!w->window)
        return fail_gl(e, SDL_GetError());
    w->context = SDL_GL_CreateContext(w->window);
    if (!w->context || SDL_GL_MakeCurrent(w->window, w->context) != 0)
        return fail_gl(e, SDL_GetError());
    w->vsync = place == WINDOW_ON_SCREEN && SDL_GL_SetSwapInterval(1) == 0 && SDL_GL_GetSwapInterval() == 1;
    SDL_SetWindowMinimumSize(w->window, 320, 240);
    return true;
}

/* The whole of the first screen that isn't the first window's; else a smaller window. */
static SDL_Rect place_beside(const Window *first)
{
    const SDL_Rect usual = {SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, 1280, 720};
    SDL_Rect place;
    int other = SDL_GetWindowDisplayIndex(first->window) == 0 ? 1 : 0;
    return SDL_GetNumVideoDisplays() > 1 && SDL_GetDisplayUsableBounds(other, &place) == 0 ? place : usual;
}

bool window_open_beside(Window *w, const Window *first, const char *title, Error *e)
{
    SDL_Rect at = place_beside(first);
    *w = (Window){.context = first->context, .beside = true};
    w->window = SDL_CreateWindow(title, at.x, at.y, at.w, at.h, WINDOW_FLAGS);
    if (!w->window || SDL_GL_MakeCurrent(w->window, w->context) != 0)
        return error_set(e, "no second window: %s", SDL_GetError());
    SDL_GL_SetSwapInterval(0);
    SDL_SetWindowMinimumSize(w->window, 320, 240);
    SDL_RaiseWindow(first->window);
    return true;
}

void window_use(const Window *w)
{
    SDL_GL_MakeCurrent(w->window, w->context);
}

void window_close(Window *w)
{
    if (w->context && !w->beside)
        SDL_GL_DeleteContext(w->context);
    if (w->window)
        SDL_DestroyWindow(w->window);
    if (w->video)
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    *w = (Window){0};
}

void window_pixels(const Window *w, int *width, int *height)
{
    SDL_GL_GetDrawableSize(w->window, width, height);
}

double window_pixel_ratio(const Window *w)
{
    int units, pixels;
    SDL_GetWindowSize(w->window, &units, NULL);
    SDL_GL_GetDrawableSize(w->window, &pixels, NULL);
    return units > 0 ? (double)pixels / units : 1;
}
