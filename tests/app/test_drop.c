/* Files that are dropped on the window, as SDL tells of them: each becomes a part, one that is none costs the others
 * nothing, and the drawing is kept. */
#include "app/application.h"
#include "folder.h"

#include <SDL.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const int patience_ms = 60000;

static const char *const name[] = {"first points.csv", "none \"at all\".txt", "\u00fcber 2.json"};
static const char *const content[] = {"x,y\n1,2\n3,4\n", "nothing but words\n", "[[0, 0], [1, 3], [2, 2]]"};
enum { FILES = 3, COMMANDS = 1 + FILES }; /* the tools come out first, for there are several */

static int write_files(void **state)
{
    setenv("SDL_VIDEODRIVER", "offscreen", 1);
    int failed = folder_enter(state);
    for (int i = 0; i < FILES && !failed; i++)
        folder_put(name[i], content[i]);
    return failed;
}

static char *read_file(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = fopen(path, "r");
    if (f && getdelim(&text, &size, '\0', f) < 0) {
        free(text);
        text = NULL;
    }
    if (f)
        fclose(f);
    return text;
}

static int count(const char *text, const char *part)
{
    int n = 0;
    for (const char *at = text; at && (at = strstr(at, part)); at++)
        n++;
    return n;
}

static int trace_lines(void)
{
    char *text = read_file("trace");
    int n = count(text, "\n");
    free(text);
    return n;
}

static void *drop_files(void *unused)
{
    (void)unused;
    for (int i = 0; i < FILES; i++) {
        char path[sizeof folder_path + 64];
        snprintf(path, sizeof path, "%s/%s", folder_path, name[i]);
        SDL_PushEvent(&(SDL_Event){.drop = {.type = SDL_DROPFILE, .file = SDL_strdup(path)}});
    }
    for (int waited = 0; trace_lines() < COMMANDS && waited < patience_ms; waited += 10)
        SDL_Delay(10);
    SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});
    return NULL;
}

typedef struct Hands {
    pthread_t thread;
    bool begun;
} Hands;

/* The window tells of itself when it opens: from then on there is a queue to send events to. */
static int begin_hands(void *context, SDL_Event *e)
{
    Hands *h = context;
    if (!h->begun && e->type == SDL_WINDOWEVENT)
        h->begun = pthread_create(&h->thread, NULL, drop_files, NULL) == 0;
    return 0;
}

static void dropped_files_become_parts(void **state)
{
    (void)state;
    Options o = {.trace = "trace", .width = 640, .height = 480, .settings = settings_defaults()};
    static Hands hands;
    settings_put(&o.settings, SET_WIDTH, 16);
    settings_put(&o.settings, SET_PARTICLES, 200);
    SDL_AddEventWatch(begin_hands, &hands);
    assert_int_equal(application_main(&o), 0);
    assert_true(hands.begun);
    pthread_join(hands.thread, NULL);

    char *trace = read_file("trace"), *kept = read_file("scorefield/drawing.json");
    assert_non_null(trace);
    assert_non_null(kept);
    assert_int_equal(strncmp(trace, "set draw on |", 13), 0);
    assert_int_equal(count(trace, "open \""), FILES);
    assert_int_equal(count(kept, "\"kind\": \"points\""), 2);
    assert_non_null(strstr(kept, name[0]));
    assert_non_null(strstr(kept, name[2]));
    free(trace);
    free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(dropped_files_become_parts, write_files, folder_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
