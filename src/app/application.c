#include "app/application.h"

#include "app/audience.h"
#include "app/clerk.h"
#include "app/clock.h"
#include "app/composer.h"
#include "app/drawing_hands.h"
#include "app/events.h"
#include "app/figure.h"
#include "app/hands.h"
#include "app/kept_drawing.h"
#include "app/kiosk.h"
#include "app/live.h"
#include "app/map_thread.h"
#include "app/outputs.h"
#include "app/rates.h"
#include "app/recorder.h"
#include "app/saving.h"
#include "app/shutdown.h"
#include "app/trace.h"
#include "app/typed_word.h"
#include "app/user_folder.h"
#include "scene/command.h"
#include "scene/drawing_file.h"
#include "ui/lecture.h"
#include "ui/rect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Seconds that a message stands, and that arrows ease after news. */
#define TOAST_S 5.0
#define OFFER_S 20.0
#define EASE_S  0.3
#define END_S   10.0 /* longest wait for files at the end */

typedef struct Application {
    const Options *options;
    Window window;
    Renderer renderer;
    Audience audience; /* of --presenter */
    Catalogue catalogue;
    Session session;
    Live live;
    MapThread maps;
    Composer composer;
    Clerk clerk;
    Events events;
    NetWorkspace workspace;
    FILE *trace;
    Recorder recorder;
    const char *script; /* what is left of the commands that the program was started with */
    double script_s;    /* when it goes on */
    Uint32 wake_event;
    _Atomic bool wake_sent;

    Error toast;
    bool toast_warning;
    double toast_until_s;

    FrameInput in; /* of the frame at hand */
    Hands hands;
    DrawingHands drawing;
    TypedWord typed;
    KeyLog keys;
    KeptDrawing kept;
    Saving saving;
    bool drew; /* in the last frame */
    bool grabbed, fullscreen;
    Rect seen; /* last told to the simulation */
    int figures;

    Kiosk kiosk;
    uint64_t lesson_version, scenes_begun; /* of the lecture, as they were last seen */

    double began_s;
    double frame_s, frame_taken_s, weights_taken_s;
    bool woken;            /* an event came */
    double busy_s;         /* from the events of the last frame to its picture */
    double moving_until_s; /* arrows still ease to the newest field: draw without waiting */
    Rates rates;
    FrameNumbers numbers;
    double end_s; /* when what is still unwritten is given up; 0: before the end */
} Application;

/* Messages */

static void say(Application *a, bool warning, const char *text)
{
    snprintf(a->toast.text, sizeof a->toast.text, "%s", text);
    a->toast_warning = warning;
    a->toast_until_s = clock_s() + TOAST_S;
}

/* The place, "command 1, "set sigma x": ", is for who wrote commands, before the first frame: a hand knows what it just
 * did. */
static void complain(Application *a, const char *message)
{
    bool placed = strncmp(message, "command ", strlen("command ")) == 0 && a->frame_s > 0;
    const char *place_end = placed ? strstr(message, "\": ") : NULL;
    say(a, true, place_end ? place_end + strlen("\": ") : message);
    fprintf(stderr, "scorefield: %s\n", message);
}

/* What a file brought is told by a card of its own. */
static void tell_notice(Application *a, uint64_t version)
{
    const Session *s = &a->session;
    if (s->notice[0] && !(desk_loaded(&s->desk) && s->desk.version != version))
        say(a, false, s->notice);
    a->session.notice[0] = '\0';
}

static bool run(Application *a, const char *commands)
{
    Error e;
    Settings before = a->session.settings;
    uint64_t version = a->session.desk.version;
    if (commands[0] == '\0')
        return true;
    bool ok = command_run_all(&a->session, commands, &e);
    if (!ok)
        complain(a, e.text);
    tell_notice(a, version);
    if (a->trace)
        trace_commands(a->trace, commands, &before, &a->session.settings, live_weights(&a->live), live_frame(&a->live));
    return ok;
}

/* What the session asks for */

static void carry_out(void *context, const Order *order)
{
    Application *a = context;
    if (order->kind == ORDER_GRAB || order->kind == ORDER_RELEASE)
        a->grabbed = order->kind == ORDER_GRAB;
    if (recorder_on(&a->recorder))
        recorder_order(&a->recorder, order);
    else
        live_order(&a->live, order);
}

static void note_command(void *context, const Command *c, bool ok)
{
    recorder_ran(&((Application *)context)->recorder, c, ok);
}

static void await_orders(void *context)
{
    recorder_await(&((Application *)context)->recorder);
}

/* A recording goes at the pace at which it was made; what learning made of it is its own. */
static void pass(void *context, Passed what, uint64_t n)
{
    Application *a = context;
    if (what == PASSED_TICKS)
        a->script_s += (double)n / TICKS_PER_SECOND;
}

static void save(void *context, State *state, StateFile what, const char *path)
{
    Application *a = context;
    Error e;
    if (!saving_put(&a->saving, state, what, path, &e))
        complain(a, e.text);
}

static const char *free_figure_name(Application *a, char *name, size_t size)
{
    struct stat unused;
    do
        snprintf(name, size, "scorefield-%03d.png", ++a->figures);
    while (stat(name, &unused) == 0 && a->figures < 999);
    return name;
}

static Shown newest(const Application *a)
{
    const SimFrame *frame = live_frame(&a->live), *second = live_second(&a->live);
    double ticks = fmin((clock_s() - a->frame_taken_s) * TICKS_PER_SECOND, 1);
    bool still = settings_on(&a->session.settings, SET_STILL), two = pair_wanted(&a->session.settings);
    return (Shown){.frame = frame,
                   .second = two && second->count ? second : NULL,
                   .field = live_field(&a->live),
                   .density = live_density(&a->live),
                   .other = live_other(&a->live),
                   .weights = live_weights(&a->live),
                   .map = map_thread_view(&a->maps, MAP_OVER_PLANE),
                   .likelihood = map_thread_view(&a->maps, MAP_FOR_DENSITY),
                   .between = still ? 1 : frame->share * ticks,
                   .second_between = still ? 1 : second->share * ticks};
}

static bool write_figure(Application *a, const char *path, Error *e)
{
    char name[64];
    Shown shown = newest(a);
    if (!path[0])
        path = free_figure_name(a, name, sizeof name);
    if (!figure_save(&a->renderer, &a->session, &shown, &a->in, path, e))
        return false;
    snprintf(a->session.notice, sizeof a->session.notice, "Saved %.80s", path);
    return true;
}

/* At once, so that a recording can tell when it was. */
static void settle_drawing(Application *a)
{
    Error why;
    if (a->session.drawing_tried == a->session.desk.version)
        return;
    bool settled = session_settle(&a->session, &why);
    recorder_note(&a->recorder, settled ? "replay settle\n" : "replay refused\nreplay settle\n");
    if (!settled)
        complain(a, why.text);
}

/* What is drawn goes to be composed, and what was composed becomes what is studied. */
static void follow_drawing(Application *a)
{
    Error why;
    if (recorder_on(&a->recorder)) {
        settle_drawing(a);
        return;
    }
    if (a->session.desk.version != a->session.drawing_tried || composer_busy(&a->composer))
        composer_ask(&a->composer, &a->session.desk.drawing, a->session.desk.version);
    Subject *drawn = composer_take(&a->composer, &why);
    if (drawn)
        session_drawn(&a->session, drawn);
    else if (why.text[0])
        complain(a, why.text);
}

/* Files are of what was drawn before they were asked for. */
static void await_drawing(Application *a)
{
    for (follow_drawing(a); composer_busy(&a->composer); follow_drawing(a))
        clock_sleep_until(clock_s() + 0.001);
}

static bool put_out(void *context, const Output *output, Error *e)
{
    Application *a = context;
    bool recorded = recorder_on(&a->recorder);
    await_drawing(a);
    recorder_show(&a->recorder);
    if (output->kind == OUTPUT_FIGURE)
        return write_figure(a, output->path, e);
    Evidence ev = {.session = &a->session,
                   .weights = recorded ? &a->live.still.weights : live_weights(&a->live),
                   .frame = recorded ? &a->live.still.frame : live_frame(&a->live),
                   .workspace = &a->workspace};
    return output_write(&ev, output, e);
}

static bool set_word(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    Application *a = context;
    return words_set(&a->typed.words, text, face, out, e);
}

static char *clipboard_text(void *context)
{
    Application *a = context;
    Error e;
    char *owned = SDL_HasClipboardText() ? SDL_GetClipboardText() : NULL, *text = owned ? strdup(owned) : NULL;
    SDL_free(owned);
    if (text && !recorder_pasted(&a->recorder, text, &e))
        complain(a, e.text);
    return text;
}

static void give_errand(void *context, Errand *x)
{
    clerk_ask(&((Application *)context)->clerk, x);
}

/* Neither a disk that is gone nor a pipe that nobody reads keeps the program from ending. */
static bool waits_on(const Application *a)
{
    return a->end_s > 0 ? clock_s() < a->end_s : !shutdown_requested();
}

static Errand *await_errand(void *context)
{
    Application *a = context;
    Errand *x;
    do
        x = clerk_await(&a->clerk, clock_s() + 0.1);
    while (!x && clerk_busy(&a->clerk) && waits_on(a));
    return x;
}

/* What came of errands that were run meanwhile. */
static void take_errands(Application *a)
{
    Error e;
    Errand *x;
    while ((x = clerk_take(&a->clerk))) {
        uint64_t version = a->session.desk.version;
        if (!session_deliver(&a->session, x, &e))
            complain(a, e.text);
        tell_notice(a, version);
    }
}

static void copy_text(void *context, const char *text)
{
    (void)context;
    SDL_SetClipboardText(text);
}

/* Called by workers: one event in the queue is enough to wake main, however many things are new. */
static void wake_main(void *context)
{
    Application *a = context;
    if (!atomic_exchange(&a->wake_sent, true))
        SDL_PushEvent(&(SDL_Event){.type = a->wake_event});
}

/* Keys */

static const KeyBinding *binding_of(const char *key)
{
    static const KeyBinding none = {"", "", ""};
    for (size_t i = 0; key_binding(i); i++) {
        if (strcmp(key_binding(i)->key, key) == 0)
            return key_binding(i);
    }
    return &none;
}

/* A key that is held down goes on where that takes small steps; it neither flickers nor resets over and over. */
static bool goes_on(const char *command)
{
    return strncmp(command, "nudge ", 6) == 0 || strncmp(command, "train ", 6) == 0 || strncmp(command, "step", 4) == 0;
}

/* What a presenter's remote sends, and what unlocks. */
static bool works_locked(const char *command)
{
    static const char *const works[] = {"next", "back", "cancel", "toggle blank", "lock"};
    bool any = false;
    for (size_t i = 0; i < sizeof works / sizeof *works; i++)
        any |= strcmp(command, works[i]) == 0;
    return any;
}

/* Any key ends a blank screen: nothing else should happen unseen. */
static const char *command_now(const Application *a, const char *key)
{
    const char *command = binding_of(key)->command;
    if (a->session.lecture.locked && !works_locked(command))
        return "";
    bool unseen = settings_on(&a->session.settings, SET_BLANK);
    bool shows = strcmp(command, "toggle blank") == 0 || strcmp(command, "cancel") == 0;
    return unseen && !shows ? "set blank off" : command;
}

static void handle_keys(Application *a)
{
    Input *in = &a->events.input;
    if (a->session.lecture.locked) {
        in->keys = 0;
        in->typed[0] = '\0';
    }
    for (int i = 0; i < a->events.keys; i++) {
        const char *command = command_now(a, a->events.key[i]);
        if (!a->events.again[i] && command[0])
            key_log_add(&a->keys, a->events.key[i], binding_of(a->events.key[i])->help, a->events.input.time_s);
        if (!a->events.again[i] || goes_on(command))
            run(a, command);
    }
}

/* Each file by itself: one that is refused keeps none of the others away. Several are parts of one drawing. */
static void open_dropped(Application *a)
{
    Bytes *dropped = &a->events.dropped;
    bytes_append(dropped, "", 1);
    if (dropped->failed)
        return;
    char *line = (char *)dropped->data, *end = strchr(line, '\n');
    if (end && end[1])
        run(a, "set draw on");
    for (; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        run(a, line);
    }
}

/* One command after the other, as far as the pace of a recording has come. */
static void play_script(Application *a)
{
    Command c;
    Error e;
    while (a->script && clock_s() >= a->script_s && !a->session.quit) {
        const char *begin = a->script, *end = begin;
        bool more = command_next(&end, &c, &e) && c.count > 0;
        char *command = strndup(begin, more ? (size_t)(end - begin) : strlen(begin));
        bool ok = command && run(a, command);
        free(command);
        a->script = ok && more && *end ? end : NULL;
        if (a->script && !session_await(&a->session, &e)) {
            complain(a, e.text);
            a->script = NULL;
        }
    }
    if (a->script)
        a->moving_until_s = fmax(a->moving_until_s, a->script_s);
}

/* The drawing is kept whenever it is left, and now and then. */
static void keep_drawing(Application *a, bool leaves)
{
    Error e;
    const Desk *desk = lecture_persons_desk(&a->session);
    if ((leaves || kept_drawing_due(&a->kept, desk, clock_s())) && !kept_drawing_save(&a->kept, &a->session, desk, &e))
        complain(a, e.text);
}

static void follow_saving(Application *a)
{
    Error line;
    bool failed;
    uint64_t steps = live_weights(&a->live)->statistics.steps;
    if (recorder_on(&a->recorder))
        settle_drawing(a);
    bool told = saving_follow(&a->saving, &a->session, steps, clock_s(), &line, &failed);
    recorder_note(&a->recorder, "");
    if (!told)
        return;
    if (failed)
        complain(a, line.text);
    else
        say(a, false, line.text);
}

static void follow_leaving(Application *a)
{
    bool draws = settings_on(&a->session.settings, SET_DRAW);
    keep_drawing(a, a->drew && !draws);
    a->drew = draws;
}

/* A frame */

static void take_event(Application *a, const SDL_Event *e)
{
    if (!audience_takes(&a->audience, e))
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

/* What follows a button waits for the next frame: a press is answered where it went down, a release where it ended,
 * even where the hand is faster than the picture. */
static bool poll_event(const Application *a, SDL_Event *e)
{
    const Input *in = &a->events.input;
    return !in->pressed && !in->released && SDL_PollEvent(e);
}

static void take_events(Application *a, double wait_s)
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

/* By presenter and audience, data units. */
static Rect seen_by_both(const Application *a)
{
    Rect seen = camera_extent(&a->renderer.camera);
    return a->audience.open ? rect_join(seen, camera_extent(&a->audience.renderer.camera)) : seen;
}

static void tell_view(Application *a)
{
    Rect seen = seen_by_both(a);
    if (memcmp(&seen, &a->seen, sizeof seen) == 0)
        return;
    a->seen = seen;
    session_order(&a->session, (Order){.kind = ORDER_VIEW, .seen = seen});
    recorder_note(&a->recorder, "");
}

static void ask_for_maps(Application *a)
{
    const Weights *weights = live_weights(&a->live);
    const Rect seen = seen_by_both(a);
    const MapAsk map = renderer_map(&a->session, seen);
    const MapAsk likelihood = renderer_likelihood(&a->session, seen);
    map_thread_ask(&a->maps, MAP_OVER_PLANE, &map, weights);
    map_thread_ask(&a->maps, MAP_FOR_DENSITY, &likelihood, weights);
}

static void take_news(Application *a)
{
    recorder_follow(&a->recorder);
    uint64_t tick = live_frame(&a->live)->tick, steps = live_weights(&a->live)->statistics.steps;
    bool flows =
        settings_on(&a->session.settings, SET_SHOW_STREAMLINES) && !settings_on(&a->session.settings, SET_STILL);
    if (live_take(&a->live) | map_thread_take(&a->maps) | flows | a->renderer.layers.easing)
        a->moving_until_s = clock_s() + EASE_S;
    const SimFrame *f = live_frame(&a->live);
    if (f->tick != tick)
        a->frame_taken_s = clock_s();
    if (live_weights(&a->live)->statistics.steps != steps)
        a->weights_taken_s = clock_s();
    if (!a->grabbed && f->sequence == a->session.sequence) {
        session_echo(&a->session, f->sequence, f->sigma, f->playing);
        recorder_echo(&a->recorder);
    }
}

/* Whatever the mouse held belonged to the scene before. */
static void let_hands_go(Application *a)
{
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
    char command[512];
    run(a, kiosk_command(&a->kiosk, l, a->events.touched, clock_s(), command, sizeof command));
    LectureClock clock = {.now_s = clock_s(),
                          .steps = w->statistics.steps,
                          .learning = !w->resting && !w->statistics.diverged && !a->session.subject->blank};
    bool given = l->lesson, ok = lecture_advance(&a->session, &clock, &e);
    if (given)
        recorder_lesson(&a->recorder, &clock, ok);
    if (!ok)
        complain(a, e.text);
    if (l->begun != a->scenes_begun)
        let_hands_go(a);
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

static void follow_fullscreen(Application *a)
{
    bool wanted = settings_on(&a->session.settings, SET_FULLSCREEN) && !a->audience.open;
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

static void describe_frame(Application *a, double now_s)
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
                         .viewer = a->audience.open ? VIEWER_PRESENTER : VIEWER_ALONE,
                         .presenting_s = now_s - a->began_s,
                         .word = &a->typed.entry,
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
    run(a, commands);
    return commands[0] != '\0';
}

static void run_for_hands(void *context, const char *command)
{
    run(context, command);
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
    Shown shown = newest(a);
    describe_frame(a, now_s);
    renderer_layout(&a->renderer, &a->session, &shown, &a->in);
    bool again = run_outbox(a);
    again |= use_hands(a);
    again |= typed_word_follow(&a->typed);
    events_spend(&a->events);
    if (!again)
        return;
    describe_frame(a, now_s);
    renderer_layout(&a->renderer, &a->session, &shown, &a->in);
}

static bool minimised(const Application *a)
{
    return !a->audience.open && SDL_GetWindowFlags(a->window.window) & SDL_WINDOW_MINIMIZED;
}

static bool something_to_draw(const Application *a, double now_s)
{
    bool toast_ends = a->in.toast && now_s >= a->toast_until_s;
    if (minimised(a))
        return false;
    return toast_ends || a->woken || now_s < a->moving_until_s || now_s >= a->renderer.ui.wake_s ||
           settings_on(&a->session.settings, SET_NUMBERS);
}

/* Events, news, orders, picture. own_ms is all of main's work but drawing, which draw_ms counts. */
static void frame(Application *a, double wait_s)
{
    take_events(a, wait_s);
    double begin_s = clock_s();
    take_errands(a);
    play_script(a);
    handle_keys(a);
    open_dropped(a);
    follow_leaving(a);
    follow_saving(a);
    follow_fullscreen(a);
    follow_pointer(a);
    live_flush(&a->live);
    take_news(a);
    follow_drawing(a);
    follow_lesson(a);
    if (!something_to_draw(a, begin_s))
        return;
    count_numbers(a, begin_s);
    interact(a, begin_s);
    follow_drawing(a);
    tell_view(a);
    ask_for_maps(a);
    Shown shown = newest(a);
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

/* Where nothing moves, sleep until an event. Where the display doesn't hold us back, do it ourselves: sixty frames a
 * second, or fewer where a processor draws them that should be learning as well. */
static double wait_of(const Application *a)
{
    const double idle_s = 0.25, shortest_s = 1.0 / 60, busy_share = 1.5;
    double now = clock_s();
    if (minimised(a))
        return idle_s; /* no picture is swapped that would hold us back */
    if (now < a->moving_until_s)
        return a->window.vsync ? 0 : fmax(0, a->frame_s + fmax(shortest_s, busy_share * a->busy_s) - now);
    double next_s = lecture_waits(&a->session.lecture) ? a->frame_s + shortest_s : a->renderer.ui.wake_s;
    if (a->in.toast)
        next_s = fmin(next_s, a->toast_until_s);
    return fmin(idle_s, fmax(0.001, next_s - now));
}

/* Never without asking. */
static void offer_restore(Application *a)
{
    char text[128];
    if (!a->session.restorable[0])
        return;
    snprintf(text, sizeof text, "The last session was cut off: %s goes on where it was", key_of("restore"));
    say(a, false, text);
    a->toast_until_s = clock_s() + OFFER_S;
}

/* What is read in no time is there in the first picture. */
static void take_first_errands(Application *a)
{
    const double patience_s = 0.1;
    for (double until_s = clock_s() + patience_s; a->clerk.left > 0 && clock_s() < until_s;) {
        clock_sleep_until(clock_s() + 0.001);
        take_errands(a);
    }
}

/* What is recorded is done in the order in which it is asked for. */
static Host host_of(Application *a)
{
    bool records = a->options->record;
    return (Host){.context = a,
                  .order = carry_out,
                  .output = put_out,
                  .word = set_word,
                  .clipboard = clipboard_text,
                  .copy = copy_text,
                  .pass = pass,
                  .ran = note_command,
                  .carried_out = await_orders,
                  .save = save,
                  .errand = records ? NULL : give_errand,
                  .await = await_errand,
                  .composes = !records,
                  .live = true};
}

static bool begin_recording(Application *a, Error *e)
{
    const Options *o = a->options;
    const char *head = o->given.data ? (const char *)o->given.data : "";
    if (!o->record)
        return true;
    return (live_record(&a->live) || error_set(e, "not enough memory to record")) &&
           recorder_open(&a->recorder, o->record, head, &a->live, &a->session, e);
}

/* The drawing of an earlier start goes beside the recording. */
static void bring_kept_drawing(Application *a)
{
    Error e;
    char path[4096], line[4200];
    if (!kept_drawing_load(&a->kept, &a->session, &e))
        complain(a, e.text);
    if (!recorder_on(&a->recorder) || a->session.desk.drawing.count == 0)
        return;
    snprintf(path, sizeof path, "%s.drawing", a->options->record);
    snprintf(line, sizeof line, "replay drawing \"%s\"\n", path);
    if (drawing_save(&a->session.desk.drawing, path, &e))
        recorder_note(&a->recorder, line);
    else
        complain(a, e.text);
}

static bool begin(Application *a, Error *e)
{
    const Options *o = a->options;
    if (!window_open(&a->window, WINDOW_ON_SCREEN, o->width, o->height, e) ||
        !renderer_init(&a->renderer, o->shaders, e) ||
        (o->presenter && !audience_open(&a->audience, &a->window, o->shaders, e)))
        return false;
    a->wake_event = SDL_RegisterEvents(1);
    composer_init(&a->composer, wake_main, a);
    clerk_init(&a->clerk, wake_main, a);
    if (!catalogue_init(&a->catalogue) || !live_init(&a->live, &a->catalogue, &o->settings, wake_main, a))
        return error_set(e, "not enough memory to start");
    session_init(&a->session, &a->catalogue, &o->settings, host_of(a));
    user_file(a->session.shelf.folder, "XDG_DATA_HOME", ".local/share", "drawings");
    if (!begin_recording(a, e))
        return false;
    if (o->sigma)
        session_order(&a->session, (Order){.kind = ORDER_SIGMA, .x = o->settings.value[SET_SIGMA]});
    recorder_note(&a->recorder, "");
    if (!live_start(&a->live) || !composer_start(&a->composer) || !clerk_start(&a->clerk) ||
        !map_thread_init(&a->maps, wake_main, a) || !map_thread_start(&a->maps))
        return error_set(e, "not enough memory to start");
    describe_frame(a, clock_s());
    bring_kept_drawing(a);
    if (!shelf_read(&a->session.shelf, e))
        complain(a, e->text);
    if (!saving_begin(&a->saving, &a->session, wake_main, a, clock_s()))
        return error_set(e, "not enough memory to start");
    offer_restore(a);
    a->script = o->commands;
    a->script_s = clock_s();
    play_script(a);
    take_first_errands(a);
    return true;
}

static void await_errands(Application *a)
{
    Error e;
    if (!session_await(&a->session, &e))
        complain(a, e.text);
}

/* What was asked for before the end is done, and is in the drawing that is kept. False when that takes too long. */
static bool finish_errands(Application *a)
{
    a->end_s = clock_s() + END_S;
    await_errands(a);
    keep_drawing(a, true);
    await_errands(a);
    if (clerk_busy(&a->clerk))
        return false;
    clerk_free(&a->clerk);
    return true;
}

/* The same of saved states, which the workers still have to carry out. */
static bool finish_saving(Application *a, bool keeps)
{
    if (recorder_on(&a->recorder))
        settle_drawing(a);
    if (keeps)
        saving_keep(&a->saving, &a->session);
    recorder_note(&a->recorder, "");
    live_await(&a->live, a->session.sequence);
    return saving_end(&a->saving, &a->session, keeps);
}

static bool finish_recording(Application *a)
{
    Error e;
    live_stop(&a->live);
    if (recorder_close(&a->recorder, &e))
        return true;
    complain(a, e.text);
    return false;
}

/* False when something isn't written. */
static bool finish_files(Application *a)
{
    bool errands = !a->clerk.started || finish_errands(a), states = finish_saving(a, shutdown_cut_off() || !errands);
    bool recorded = finish_recording(a);
    if (errands && states)
        return recorded;
    fprintf(stderr, "scorefield: a file isn't written: its disk or pipe takes nothing\n");
    _exit(EXIT_FAILED); /* threads that wait for it have what is here */
}

/* False as finish_files. */
static bool end(Application *a)
{
    bool written = finish_files(a);
    typed_word_free(&a->typed);
    events_free(&a->events);
    map_thread_free(&a->maps);
    composer_free(&a->composer);
    session_free(&a->session);
    live_free(&a->live);
    catalogue_free(&a->catalogue);
    net_workspace_free(&a->workspace);
    audience_close(&a->audience);
    window_use(&a->window);
    renderer_free(&a->renderer);
    window_close(&a->window);
    if (a->trace)
        fclose(a->trace);
    return written;
}

int application_main(const Options *o)
{
    Application a = {
        .options = o,
        .kiosk = kiosk_of(o),
        .events = {.input = {.x = -1, .y = -1}},
    };
    Error e;
    bool traced = !o->trace || (a.trace = trace_open(o->trace, &e)), ok = traced && begin(&a, &e);
    if (!ok)
        fprintf(stderr, "scorefield: %s\n", e.text);
    a.began_s = a.frame_s = a.rates.since_s = clock_s();
    a.moving_until_s = a.frame_s + EASE_S;
    for (double wait_s = 0; ok && !a.session.quit; wait_s = wait_of(&a))
        frame(&a, wait_s);
    bool written = end(&a);
    return !ok && traced ? EXIT_UNAVAILABLE : ok && written ? 0 : EXIT_FAILED;
}
