#include "app/application_parts.h"

#include "app/clock.h"

#include <math.h>
#include <string.h>

/* Whatever the mouse held belonged to the scene before, and an audience is made no offers. */
static void begin_scene(Application *a)
{
    a->toast_until_s = a->toast_offers ? 0 : a->toast_until_s;
    a->hands = (Hands){0};
    a->drawing = (DrawingHands){0};
    a->renderer.ui.active = a->renderer.ui.editing = a->renderer.ui.focus = 0;
    a->renderer.ui.owner = POINTER_FREE;
    a->events.panning = a->events.input.down = false;
}

static void follow_lesson(Application *a)
{
    const Weights *w = live_weights(&a->live);
    const Lecture *l = &a->session.lecture;
    Error e;
    char command[COMMAND_TEXT];
    application_run(a, kiosk_command(&a->kiosk, l, a->events.touched, clock_s(), command, sizeof command));
    LectureClock clock = {.now_s = clock_s(),
                          .steps = w->statistics.steps,
                          .learning = !w->resting && !w->statistics.diverged && !a->session.subject->blank};
    bool given = l->lesson, ok = lecture_advance(&a->session, &clock, &e);
    if (given)
        recorder_lesson(&a->recorder, &clock, ok);
    if (!ok)
        application_complain(a, e.text);
    if (l->begun != a->scenes_begun)
        begin_scene(a);
    a->woken |= l->version != a->lesson_version;
    a->scenes_begun = l->begun;
    a->lesson_version = l->version;
}

/* What F3 shows. */
static void count_numbers(Application *a, double now_s)
{
    const Weights *w = live_weights(&a->live);
    double steps = (double)w->statistics.steps, ticks = (double)atomic_load(&a->live.ticks);
    a->numbers.weights_age_ms = 1000 * fmax(0, now_s - a->weights_taken_s);
    a->numbers.frame_age_ms = 1000 * fmax(0, now_s - a->frame_taken_s);
    rates_count(&a->rates, now_s, w->epoch, steps, ticks, &a->numbers);
}

/* A presenter stays one when the audience's window is closed in the middle of a lesson, by accident as a rule. */
static void follow_presenting(Application *a)
{
    bool goes_on = a->options->presenter || (a->presents && a->session.lecture.lesson);
    bool presents = a->audience.open || goes_on;
    if (presents && !a->presents)
        a->presents_since_s = clock_s();
    a->presents = presents;
}

void application_follow_audience(Application *a)
{
    Error e;
    if (a->audience.left)
        application_run(a, "set audience off");
    bool wanted = settings_on(&a->session.settings, SET_AUDIENCE);
    if (!wanted && a->audience.open)
        audience_close(&a->audience);
    if (wanted && !a->audience.open && !audience_open(&a->audience, &a->window, a->options->shaders, &e)) {
        application_complain(a, e.text);
        application_run(a, "set audience off");
    }
    follow_presenting(a);
}

/* That of a presenter is the audience's. */
static void follow_fullscreen(Application *a)
{
    bool wanted = settings_on(&a->session.settings, SET_FULLSCREEN) && !a->presents;
    if (wanted != a->fullscreen)
        SDL_SetWindowFullscreen(a->window.window, wanted ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    a->fullscreen = wanted;
}

/* The spot of light stands for it. */
static void follow_pointer(Application *a)
{
    bool shown = !a->session.lecture.spotlight;
    if (shown != (SDL_ShowCursor(SDL_QUERY) == SDL_ENABLE))
        SDL_ShowCursor(shown ? SDL_ENABLE : SDL_DISABLE);
}

void application_describe_frame(Application *a, double now_s)
{
    int width, height;
    window_pixels(&a->window, &width, &height);
    a->in = (FrameInput){.width = width,
                         .height = height,
                         .pixel_ratio = window_pixel_ratio(&a->window),
                         .elapsed_s = now_s - a->frame_s,
                         .input = a->events.input,
                         .grabbed = a->grabbed,
                         .drawing = drawing_hands_view(&a->drawing, &a->events.input),
                         .key_log = &a->keys,
                         .viewer = a->presents ? VIEWER_PRESENTER : VIEWER_ALONE,
                         .presenting_s = now_s - a->presents_since_s,
                         .word = &a->typed.entry,
                         .prompt = &a->prompt,
                         .loaded = session_loaded(&a->session),
                         .numbers = a->numbers,
                         .toast = now_s < a->toast_until_s ? a->toast.text : NULL,
                         .toast_warning = a->toast_warning};
}

/* Runs what the interface asks for; true when it asked for something. The outbox belongs to a layout, and a command may
 * need another one. */
static bool run_outbox(Application *a)
{
    char commands[OUTBOX_SIZE];
    memcpy(commands, a->renderer.ui.outbox, sizeof commands);
    application_run(a, commands);
    return commands[0] != '\0';
}

/* Runs what was typed; what is refused stays there to be mended. True when something was. */
static bool run_prompt(Application *a)
{
    bool entered = a->prompt.entered;
    a->prompt.entered = false;
    if (entered && application_run(a, a->prompt.text))
        application_run(a, "set prompt off");
    return entered;
}

static void run_for_hands(void *context, const char *command)
{
    application_run(context, command);
}

/* What the left button means, drawing decides first. True when the interface shows something else now. */
static bool use_hands(Application *a)
{
    HandsPlane plane = {&a->events, &a->renderer, &a->session, run_for_hands, a};
    bool again = drawing_hands_wheel(&plane) || hands_look(&plane);
    again |= drawing_hands_draw(&a->drawing, &plane);
    if (!a->drawing.drawing)
        hands_drop(&a->hands, &plane);
    return again;
}

/* Lays out, obeys, and lays out again what has changed: a frame answers to its own events. */
static void interact(Application *a, double now_s)
{
    Shown shown = application_newest(a);
    application_describe_frame(a, now_s);
    renderer_layout(&a->renderer, &a->session, &shown, &a->in);
    bool again = run_outbox(a);
    again |= use_hands(a);
    again |= typed_word_follow(&a->typed);
    again |= run_prompt(a);
    events_spend(&a->events);
    if (!again)
        return;
    application_describe_frame(a, now_s);
    renderer_layout(&a->renderer, &a->session, &shown, &a->in);
}

static bool something_to_draw(const Application *a, double now_s)
{
    bool toast_ends = a->in.toast && now_s >= a->toast_until_s;
    if (application_minimised(a))
        return false;
    return toast_ends || a->woken || now_s < a->moving_until_s || now_s >= a->renderer.ui.wake_s ||
           settings_on(&a->session.settings, SET_NUMBERS);
}

/* Events, news, orders, picture. own_ms is all of main's work but drawing, which draw_ms counts. */
void application_frame(Application *a, double wait_s)
{
    application_take_events(a, wait_s);
    double begin_s = clock_s();
    application_take_errands(a);
    application_play_script(a);
    application_handle_keys(a);
    application_open_dropped(a);
    application_follow_leaving(a);
    application_follow_saving(a);
    application_follow_audience(a);
    follow_fullscreen(a);
    follow_pointer(a);
    live_flush(&a->live);
    application_take_news(a);
    application_follow_drawing(a);
    follow_lesson(a);
    if (!something_to_draw(a, begin_s))
        return;
    count_numbers(a, begin_s);
    interact(a, begin_s);
    application_follow_drawing(a);
    application_tell_view(a);
    application_ask_for_maps(a);
    Shown shown = application_newest(a);
    renderer_draw(&a->renderer, &a->session, &shown, &a->in);
    a->numbers.own_ms = 1000 * (clock_s() - begin_s) - a->renderer.draw_ms;
    a->numbers.draw_ms = a->renderer.draw_ms;
    a->numbers.frame_ms = 1000 * (begin_s - a->frame_s);
    rates_work(&a->rates, a->numbers.own_ms);
    a->frame_s = begin_s;
    SDL_GL_SwapWindow(a->window.window);
    if (a->audience.open) {
        audience_draw(&a->audience, &a->session, &shown, &a->renderer, &a->in);
        window_use(&a->window);
        a->renderer.ui.wake_s = fmin(a->renderer.ui.wake_s, a->audience.renderer.ui.wake_s);
    }
    a->busy_s = clock_s() - begin_s;
}
