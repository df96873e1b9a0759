/* Random hands: thousands of events from a seed go through the window's own queue while the program runs offscreen.
 *
 * It must neither crash nor hang, every number that it tells must stay finite, and its memory must not grow. Meant to
 * be run under ASan and UBSan as well. What a slow machine does in one frame a fast one does in several: the events are
 * the same every time, the pictures between them are not.
 */
#include "app/application.h"
#include "core/rng.h"
#include "folder.h"
#include "scene/command.h"

#include <SDL.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* After how many events memory has grown to its size; how many wait in the queue at most; numbers that one takes. */
enum { WAITING = 64, DRAWS = 8 };

static const double patience_s = 60;

/* As the command line gives them: test_monkey [SEED [EVENTS]]. Fewer where every one takes ten times as long. */
static uint64_t seed = 1;
#if defined __SANITIZE_THREAD__
static int events = 1500;
enum { WARM = 500 }; /* events before memory is first looked at */
#elif defined SCOREFIELD_SANITIZED
static int events = 5000;
enum { WARM = 2000 };
#else
static int events = 10000;
enum { WARM = 2000 };
#endif

/* Buffers keep the size of the most that they ever held, and hands may ask for 100,000 particles after the warm-up.
 * What they draw is kept for undo, 256 MiB of it and a mixture with each state. A sanitizer keeps freed memory as well.
 */
#if defined SCOREFIELD_SANITIZED
static const double growth_mib = 1100;
#else
static const double growth_mib = 500;
#endif

typedef struct Monkey {
    double x, y;
    int width, height;
    Uint8 held; /* the mouse button that is down; 0: none */
    Uint16 modifiers;
    const KeyBinding *hides;   /* what hides most of the window now; NULL: nothing */
    double warm_mib, last_mib; /* resident memory */
    pthread_t hands;
    bool begun;
    _Atomic bool ended; /* the program has returned */
} Monkey;

static double resident_mib(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f) {
        if (fscanf(f, "%*s %ld", &pages) != 1)
            pages = 0;
        fclose(f);
    }
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

static int waiting(void)
{
    return SDL_PeepEvents(NULL, 0, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT);
}

/* A program that hangs can be ended in no other way. */
static void await_queue(const Monkey *m, int most, int event)
{
    Uint32 begin_ms = SDL_GetTicks();
    while (!atomic_load(&m->ended) && waiting() > most) {
        if (SDL_GetTicks() - begin_ms > 1000 * patience_s) {
            fprintf(stderr, "seed %llu: event %d was not answered in %g s\n", (unsigned long long)seed, event,
                    patience_s);
            abort();
        }
        SDL_Delay(1);
    }
}

static void push(SDL_Event e)
{
    SDL_PushEvent(&e);
}

/* Habits: one event, or a few that belong together. u: uniform on [0, 1). */

static void hold_modifiers(Monkey *m, float u)
{
    static const Uint16 some[] = {0, 0, 0, 0, KMOD_LSHIFT, KMOD_LCTRL, KMOD_LCTRL | KMOD_LSHIFT, KMOD_LALT};
    m->modifiers = some[(int)(u * sizeof some / sizeof *some)];
    push((SDL_Event){.key = {.type = m->modifiers ? SDL_KEYDOWN : SDL_KEYUP,
                             .windowID = 1,
                             .keysym = {.sym = SDLK_LCTRL, .mod = m->modifiers}}});
}

/* Mostly to somewhere near, as hands go, else anywhere; a little beyond the edges too. */
static void move(Monkey *m, const float *u)
{
    static const double edge = 20, near = 6;
    double x = m->x, y = m->y;
    bool far = u[2] < 0.4f;
    m->x = far ? (m->width + 2 * edge) * (double)u[0] - edge : x + near * (2 * (double)u[0] - 1);
    m->y = far ? (m->height + 2 * edge) * (double)u[1] - edge : y + near * (2 * (double)u[1] - 1);
    push((SDL_Event){.motion = {.type = SDL_MOUSEMOTION,
                                .windowID = 1,
                                .x = (Sint32)m->x,
                                .y = (Sint32)m->y,
                                .xrel = (Sint32)m->x - (Sint32)x,
                                .yrel = (Sint32)m->y - (Sint32)y}});
}

static void press_or_release(Monkey *m, const float *u)
{
    bool down = !m->held;
    if (down) {
        hold_modifiers(m, u[0]);
        m->held = u[1] < 0.8f ? SDL_BUTTON_LEFT : u[1] < 0.9f ? SDL_BUTTON_MIDDLE : SDL_BUTTON_RIGHT;
    }
    push((SDL_Event){.button = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
                                .windowID = 1,
                                .button = m->held,
                                .state = down ? SDL_PRESSED : SDL_RELEASED,
                                .clicks = u[2] < 0.8f ? 1 : 2,
                                .x = (Sint32)m->x,
                                .y = (Sint32)m->y}});
    m->held = down ? m->held : 0;
}

static void turn_wheel(Monkey *m, const float *u)
{
    hold_modifiers(m, u[0]);
    float turned = 6 * (u[1] - 0.5f);
    push((SDL_Event){
        .wheel = {.type = SDL_MOUSEWHEEL, .windowID = 1, .y = (Sint32)SDL_lroundf(turned), .preciseY = turned}});
}

static void push_text(const char *text)
{
    SDL_Event e = {.text = {.type = SDL_TEXTINPUT, .windowID = 1}};
    snprintf(e.text.text, sizeof e.text.text, "%s", text);
    push(e);
}

/* As a keyboard does it: a key, and the text that it makes. */
static void strike(const char *name, Uint16 modifiers, Uint8 repeat)
{
    SDL_Keycode sym = SDL_GetKeyFromName(name);
    push((SDL_Event){.key = {.type = SDL_KEYDOWN,
                             .windowID = 1,
                             .state = SDL_PRESSED,
                             .repeat = repeat,
                             .keysym = {.sym = sym, .mod = modifiers}}});
    if (name[1] == '\0')
        push_text(name);
    push((SDL_Event){.key = {.type = SDL_KEYUP, .windowID = 1, .keysym = {.sym = sym, .mod = modifiers}}});
}

static bool is_one_of(const char *command, const char *const *some, size_t n)
{
    size_t i = 0;
    while (i < n && strcmp(command, some[i]) != 0)
        i++;
    return i < n;
}

/* What is typed on the line for commands. Escape closes it where that is refused. */
static void type_command(const float *u)
{
    static const char *const texts[] = {"set sigma 0.4", "drop 0 0 20; undo",
                                        "nudge sigma 1", "train 3 # so many",
                                        "anneal",        "nan",
                                        "say \"no end",  "trace fan 1 1",
                                        "tr\u00e9s",     ";;",
                                        "set prompt on", "figure"};
    static const char *const before[] = {"Up", "Tab", "Down", "Left"};
    push_text(texts[(int)(u[2] * sizeof texts / sizeof *texts)]);
    if (u[3] < 0.4f)
        strike(before[(int)(10 * u[3])], 0, 0);
    strike("Return", 0, 0);
    strike("Escape", 0, 0);
}

/* Any row of the key table but those that end the program or ask the screen for something. What hides the controls is
 * soon taken back: there is more to find among them. */
static void strike_bound(Monkey *m, const float *u)
{
    static const char *const never[] = {"quit", "toggle fullscreen"}, *const hiding[] = {"toggle panel",
                                                                                         "toggle blank"};
    size_t rows = 0;
    while (key_binding(rows))
        rows++;
    const KeyBinding *row = m->hides ? m->hides : key_binding((size_t)(u[0] * (float)rows));
    if (is_one_of(row->command, never, sizeof never / sizeof *never))
        return;
    bool hides = is_one_of(row->command, hiding, sizeof hiding / sizeof *hiding);
    m->hides = hides && !m->hides ? row : NULL;
    const char *name = row->key;
    m->modifiers = 0;
    if (strncmp(name, "Ctrl+", 5) == 0)
        m->modifiers |= KMOD_LCTRL, name += 5;
    if (strncmp(name, "Shift+", 6) == 0)
        m->modifiers |= KMOD_LSHIFT, name += 6;
    strike(name, m->modifiers, !hides && u[1] < 0.2f);
    if (strcmp(row->command, "toggle prompt") == 0)
        type_command(u);
}

/* What controls take that have the keyboard. */
static void strike_editing(Monkey *m, const float *u)
{
    static const char *const names[] = {"Tab",  "Tab", "Tab",   "Return", "Return", "Backspace", "Delete",
                                        "Left", "Up",  "Right", "Down",   "End",    "PageDown",  "Keypad 5"};
    hold_modifiers(m, u[0]);
    strike(names[(int)(u[1] * sizeof names / sizeof *names)], m->modifiers, u[2] < 0.3f);
}

static void type_text(Monkey *m, const float *u)
{
    static const char *const texts[] = {"0",        "7",   ".",   "-",    "e",  "1e9",
                                        "-0.5",     "nan", "inf", "a",    "\"", "\u03c3",
                                        "\u2192 x", ";",   "200", "0.01", "",   "12345678901234567890"};
    hold_modifiers(m, 0);
    push_text(texts[(int)(u[0] * sizeof texts / sizeof *texts)]);
}

/* Small sizes are likelier: they are the hard ones, and quick to draw. */
static void resize(Monkey *m, const float *u)
{
    SDL_Window *window = SDL_GetWindowFromID(1);
    m->width = 200 + (int)(1400 * u[0] * u[0]);
    m->height = 150 + (int)(850 * u[1] * u[1]);
    if (window)
        SDL_SetWindowSize(window, m->width, m->height);
}

static void leave(Monkey *m, const float *u)
{
    (void)m;
    push((SDL_Event){.window = {.type = SDL_WINDOWEVENT,
                                .windowID = 1,
                                .event = u[0] < 0.5f ? SDL_WINDOWEVENT_LEAVE : SDL_WINDOWEVENT_FOCUS_LOST}});
}

static const struct {
    float share; /* of all events; together 1 */
    void (*act)(Monkey *, const float *u);
} habits[] = {
    {0.50f, move},           {0.12f, press_or_release}, {0.05f, turn_wheel}, {0.15f, strike_bound},
    {0.10f, strike_editing}, {0.06f, type_text},        {0.01f, resize},     {0.01f, leave},
};

/* Every event is a function of the seed and its number. */
static void act(Monkey *m, int event)
{
    float u[DRAWS], left;
    rng_uniforms((Rng){seed, STREAM_TEST}, (uint64_t)event, 0, DRAWS / 4, u);
    left = u[DRAWS - 1];
    size_t i = 0;
    while (i + 1 < sizeof habits / sizeof *habits && left >= habits[i].share)
        left -= habits[i++].share;
    habits[i].act(m, u);
}

static void *play_about(void *context)
{
    Monkey *m = context;
    for (int event = 0; event < events && !atomic_load(&m->ended); event++) {
        act(m, event);
        await_queue(m, event == WARM ? 0 : WAITING, event);
        if (event == WARM)
            m->warm_mib = resident_mib();
    }
    await_queue(m, 0, events);
    m->last_mib = resident_mib();
    push((SDL_Event){.type = SDL_QUIT});
    return NULL;
}

/* The window tells of itself when it opens: from then on there is a queue to send events to. */
static int begin_hands(void *context, SDL_Event *e)
{
    Monkey *m = context;
    if (!m->begun && e->type == SDL_WINDOWEVENT)
        m->begun = pthread_create(&m->hands, NULL, play_about, m) == 0;
    return 0;
}

/* Counts the lines; none may hold a number that is none. */
static int check_trace(const char *path)
{
    char line[4096] = "";
    int lines = 0;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        char *numbers = strrchr(line, '|'), *state, copy[sizeof line];
        assert_non_null(numbers);
        const char *told = memrchr(line, '|', (size_t)(numbers - line)); /* behind what hands may have typed */
        assert_non_null(told);
        snprintf(copy, sizeof copy, "%s", told);
        for (char *word = strtok_r(copy, " =|;,\n", &state); word; word = strtok_r(NULL, " =|;,\n", &state)) {
            char *rest;
            double value = strtod(word, &rest);
            if (*rest == '\0' && !isfinite(value))
                fail_msg("seed %llu: not finite: %s", (unsigned long long)seed, line);
        }
        assert_non_null(strstr(numbers, " sigma="));
        assert_true(strtod(strstr(numbers, " sigma=") + strlen(" sigma="), NULL) > 0);
        lines++;
    }
    fclose(f);
    return lines;
}

static Settings small_settings(void)
{
    Settings s = settings_defaults();
    settings_put(&s, SET_WIDTH, 16);
    settings_put(&s, SET_DEPTH, 2);
    settings_put(&s, SET_BATCH, 32);
    settings_put(&s, SET_REFERENCES, 32);
    settings_put(&s, SET_PARTICLES, 200);
    return s;
}

static void random_hands_do_no_harm(void **state)
{
    (void)state;
    const Options o = {.trace = "trace", .width = 800, .height = 600, .settings = small_settings()};
    static Monkey m = {.x = 400, .y = 300, .width = 800, .height = 600};
    SDL_AddEventWatch(begin_hands, &m);
    int status = application_main(&o);
    atomic_store(&m.ended, true);
    assert_true(m.begun);
    pthread_join(m.hands, NULL);
    assert_int_equal(status, 0);
    print_message("resident after %d events: %.0f MiB, after %d: %.0f MiB\n", WARM, m.warm_mib, events, m.last_mib);
    assert_true(m.warm_mib > 0 && m.last_mib > 0); /* it lived to the end */
    assert_true(m.last_mib - m.warm_mib < growth_mib);
    assert_true(check_trace("trace") > events / 20);
}

/* Hands find the button that saves a picture. */
static int begin(void **state)
{
    setenv("SDL_VIDEODRIVER", "offscreen", 1);
    return folder_enter(state);
}

int main(int count, char **argument)
{
    if (count > 1)
        seed = strtoull(argument[1], NULL, 10);
    if (count > 2)
        events = atoi(argument[2]);
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_hands_do_no_harm)};
    return cmocka_run_group_tests(tests, begin, folder_leave);
}
