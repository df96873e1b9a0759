/* How long what is drawn takes to be studied: a pen that moves sixty times a second while the network learns, from the
 * move to the subject that main has, to the particles that follow it, and to the field of the handle's level as it is
 * shown. Milliseconds: the middle one of the moves, and the slowest. For a canvas that is empty at first and for one
 * that is full, which is as much as there can be. Then tables that are opened: seconds until they are read, until the
 * exact mixture of all their points is studied, and until its field is shown, and the longest that main was busy
 * without a break; and undo and redo of a stroke in the full drawing, as main has to carry them out within a frame. */
#include "app/clerk.h"
#include "app/clock.h"
#include "app/composer.h"
#include "app/live.h"
#include "scene/command.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOVES = 120, STAGES = 3 };

typedef struct Desktop {
    Catalogue catalogue;
    Session session;
    Live live;
    Composer composer;
    Clerk clerk;
    double busiest_s; /* main's longest work without a break */
} Desktop;

static void order(void *context, const Order *o)
{
    live_order(&((Desktop *)context)->live, o);
}

static void wake(void *context)
{
    (void)context;
}

static void give_errand(void *context, Errand *x)
{
    clerk_ask(&((Desktop *)context)->clerk, x);
}

static void run(Desktop *d, const char *text)
{
    Error e;
    if (!command_run_all(&d->session, text, &e))
        fprintf(stderr, "%s\n", e.text);
}

/* What main does in every frame. */
static void follow(Desktop *d)
{
    Error e;
    Errand *x;
    while ((x = clerk_take(&d->clerk)))
        if (!session_deliver(&d->session, x, &e))
            fprintf(stderr, "%s\n", e.text);
    composer_ask(&d->composer, &d->session.desk.drawing, d->session.desk.version);
    Subject *drawn = composer_take(&d->composer, &e);
    if (drawn)
        session_drawn(&d->session, drawn);
    live_flush(&d->live);
    live_take(&d->live);
}

static uint64_t shown_version(const Desktop *d)
{
    const Stack *field = live_field(&d->live);
    double towards;
    return field->version[stack_level(field, d->session.settings.value[SET_SIGMA], &towards)];
}

/* One move of the pen, followed to the end: seconds to each stage. */
static void follow_move(Desktop *d, int i, double stage_s[STAGES])
{
    char text[64];
    double begin_s = clock_s(), x = -0.9 + 1.8 * i / MOVES;
    uint64_t before = shown_version(d), sent = 0;
    int reached = 0;
    snprintf(text, sizeof text, "stroke to %.4f %.4f", x, 0.5 * x * x);
    run(d, text);
    while (reached < STAGES && clock_s() < begin_s + 5) {
        follow(d);
        if (reached == 0 && d->session.settings.drawing == d->session.desk.version)
            sent = d->session.sequence;
        bool now[STAGES] = {sent > 0, sent > 0 && live_frame(&d->live)->sequence >= sent, false};
        now[2] = now[1] && shown_version(d) != before;
        for (; reached < STAGES && now[reached]; reached++)
            stage_s[reached] = clock_s() - begin_s;
        clock_sleep_until(clock_s() + 0.0005);
    }
    clock_sleep_until(begin_s + 1.0 / 60);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(Desktop *d, const char *what, const char *canvas)
{
    static const char *const name[STAGES] = {"subject", "particles", "field"};
    static double stage_s[STAGES][MOVES];
    run(d, canvas);
    run(d, "stroke begin -0.9 0.4");
    for (int i = 0; i < MOVES; i++) {
        double one_s[STAGES] = {5, 5, 5};
        follow_move(d, i, one_s);
        for (int k = 0; k < STAGES; k++)
            stage_s[k][i] = one_s[k];
    }
    run(d, "stroke end");
    printf("%-13s", what);
    for (int k = 0; k < STAGES; k++) {
        qsort(stage_s[k], MOVES, sizeof **stage_s, by_size);
        printf("  %s %.1f, %.1f ms", name[k], 1e3 * stage_s[k][MOVES / 2], 1e3 * stage_s[k][MOVES - 1]);
    }
    printf("\n");
}

static bool write_table(const char *path, size_t n)
{
    FILE *f = fopen(path, "w");
    Rng rng = {.seed = 1};
    for (size_t i = 0; f && i < n; i++) {
        float u[4];
        rng_uniforms(rng, i, 0, 1, u);
        double angle = 6 * (double)u[0];
        fprintf(f, "%.6f,%.6f\n", angle * cos(angle), angle * sin(angle) + 0.2 * (double)u[1]);
    }
    return f && fclose(f) == 0;
}

/* Main's part of a frame. */
static void follow_busy(Desktop *d)
{
    double begin_s = clock_s();
    follow(d);
    d->busiest_s = fmax(d->busiest_s, clock_s() - begin_s);
    clock_sleep_until(clock_s() + 0.0005);
}

static void measure_table(Desktop *d, size_t n)
{
    const double patience_s = 30;
    char path[] = "/tmp/scorefield-bench-XXXXXX", command[64];
    int file = mkstemp(path);
    if (file < 0 || close(file) != 0 || !write_table(path, n))
        return;
    double begin_s = clock_s(), stage_s[STAGES] = {0};
    uint64_t before = shown_version(d);
    size_t points = d->session.desk.drawing.count;
    snprintf(command, sizeof command, "open %s", path);
    d->busiest_s = 0;
    run(d, command);
    for (; d->session.desk.drawing.count == points && clock_s() < begin_s + patience_s; follow_busy(d))
        ;
    stage_s[0] = clock_s() - begin_s;
    for (; d->session.settings.drawing != d->session.desk.version && clock_s() < begin_s + patience_s; follow_busy(d))
        ;
    stage_s[1] = clock_s() - begin_s;
    for (before = shown_version(d); shown_version(d) == before && clock_s() < begin_s + patience_s; follow_busy(d))
        ;
    stage_s[2] = clock_s() - begin_s;
    printf("%7zu points  read %.2f s  studied %.2f s  field %.2f s  main at most %.1f ms\n", n, stage_s[0], stage_s[1],
           stage_s[2], 1e3 * d->busiest_s);
    run(d, "undo");
    remove(path);
}

static void measure_undo(Desktop *d)
{
    double worst_s = 0;
    for (int i = 0; i < MOVES; i++) {
        double begin_s = clock_s();
        run(d, i % 2 ? "redo" : "undo");
        composer_ask(&d->composer, &d->session.desk.drawing, d->session.desk.version);
        worst_s = fmax(worst_s, clock_s() - begin_s);
    }
    printf("undo and redo of a stroke  at most %.2f ms\n", 1e3 * worst_s);
}

int main(void)
{
    static Desktop d;
    Settings s = settings_defaults();
    settings_put(&s, SET_DRAW, 1);
    settings_put(&s, SET_SIGMA, 0.1);
    settings_put(&s, SET_PLAYING, 0);
    composer_init(&d.composer, wake, NULL);
    clerk_init(&d.clerk, wake, NULL);
    if (!catalogue_init(&d.catalogue) || !live_init(&d.live, &d.catalogue, &s, wake, NULL) || !live_start(&d.live) ||
        !composer_start(&d.composer) || !clerk_start(&d.clerk))
        return 1;
    session_init(&d.session, &d.catalogue, &s,
                 (Host){.context = &d, .order = order, .composes = true, .errand = give_errand});
    run(&d, "set field exact");
    measure(&d, "empty canvas", "paint clear");
    measure(&d, "full canvas", "paint clear; set draw.level 0.3; paint fill 0 0; set draw.level 1");
    measure_undo(&d);
    measure_table(&d, 100000);
    measure_table(&d, 1000000);
    clerk_free(&d.clerk);
    composer_free(&d.composer);
    session_free(&d.session);
    live_free(&d.live);
    catalogue_free(&d.catalogue);
    return 0;
}
