#include "app/application_parts.h"

#include "app/clock.h"
#include "app/shutdown.h"
#include "scene/command.h"

#include <math.h>
#include <string.h>

/* One event in the queue is enough, however many things are new. */
void application_wake(void *context)
{
    Application *a = context;
    if (!atomic_exchange(&a->wake_sent, true))
        SDL_PushEvent(&(SDL_Event){.type = a->wake_event});
}

static void take_event(Application *a, const SDL_Event *e)
{
    if (!audience_takes(&a->audience, &a->window, e))
        events_take(&a->events, e, &a->renderer.ui);
}

/* Hands are answered at once. News end an idle wait too, but not one that paces frames: it would never last. */
static void await_event(Application *a, double until_s)
{
    SDL_Event e;
    bool pacing = clock_s() < a->moving_until_s, idle = true;
    for (double left_s; idle && (left_s = until_s - clock_s()) > 0;) {
        if (!SDL_WaitEventTimeout(&e, (int)ceil(1000 * left_s)))
            break;
        a->woken = true;
        idle = pacing && e.type == a->wake_event;
        take_event(a, &e);
    }
}

/* A field takes the keyboard in the frame after this key. */
static bool opens_field(const Events *ev)
{
    return ev->keys > 0 && strcmp(ev->key[ev->keys - 1], key_of("toggle prompt")) == 0;
}

/* Of what is typed in a field a frame takes letters, and then one key: it couldn't tell which came first. */
static bool waits_for_field(const Application *a, const SDL_Event *e)
{
    bool typed = e->type == SDL_TEXTINPUT || (e->type == SDL_KEYDOWN && !e->key.repeat);
    return typed && a->renderer.ui.editing && a->events.input.keys > 0;
}

/* What follows a button or such a key waits for the next frame: a press is answered where it went down, a release where
 * it ended, and letters go where they belong, even where the hand is faster than the picture. */
static bool poll_event(const Application *a, SDL_Event *e)
{
    const Input *in = &a->events.input;
    if (in->pressed || in->released || opens_field(&a->events))
        return false;
    SDL_PumpEvents();
    bool next = SDL_PeepEvents(e, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) > 0;
    return (!next || !waits_for_field(a, e)) && SDL_PollEvent(e);
}

void application_take_events(Application *a, double wait_s)
{
    SDL_Event e;
    events_begin(&a->events, window_pixel_ratio(&a->window));
    a->woken = false;
    await_event(a, clock_s() + wait_s);
    atomic_store(&a->wake_sent, false);
    for (; poll_event(a, &e); a->woken = true)
        take_event(a, &e);
    a->events.input.time_s = clock_s();
    if (a->events.close || shutdown_requested())
        a->session.quit = true;
}

bool application_minimised(const Application *a)
{
    return !a->audience.open && SDL_GetWindowFlags(a->window.window) & SDL_WINDOW_MINIMIZED;
}

/* Where nothing moves, sleep until an event. Where the display doesn't hold us back, do it ourselves: sixty frames a
 * second, or fewer where a processor draws them that should be learning as well. */
double application_wait_s(const Application *a)
{
    const double idle_s = 0.25, shortest_s = 1.0 / 60, busy_share = 1.5;
    double now = clock_s();
    if (application_minimised(a))
        return idle_s; /* no picture is swapped that would hold us back */
    if (now < a->moving_until_s)
        return a->window.vsync ? 0 : fmax(0, a->frame_s + fmax(shortest_s, busy_share * a->busy_s) - now);
    double longest_s = lecture_waits(&a->session.lecture) ? shortest_s : idle_s, next_s = a->renderer.ui.wake_s;
    if (a->in.toast)
        next_s = fmin(next_s, a->toast_until_s);
    return fmin(longest_s, fmax(0.001, next_s - now));
}
