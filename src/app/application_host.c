#include "app/application_parts.h"

#include "app/clock.h"
#include "app/figure.h"
#include "app/outputs.h"
#include "app/shutdown.h"
#include "io/file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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
        application_complain(a, e.text);
}

static bool write_figure(Application *a, const char *path, Error *e)
{
    char name[64];
    Shown shown = application_newest(a);
    if (!path[0]) {
        a->figures = file_free_name("scorefield", ".png", a->figures, name, sizeof name);
        path = name;
    }
    if (!figure_save(&a->renderer, &a->session, &shown, &a->in, path, e))
        return false;
    char told[FILE_TOLD];
    snprintf(a->session.notice, sizeof a->session.notice, "Saved %s", file_told(path, told));
    return true;
}

static bool put_out(void *context, const Output *output, Error *e)
{
    Application *a = context;
    bool recorded = recorder_on(&a->recorder);
    application_await_drawing(a);
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
        application_complain(a, e.text);
    return text;
}

static void copy_text(void *context, const char *text)
{
    (void)context;
    SDL_SetClipboardText(text);
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

/* What is recorded is done in the order in which it is asked for. */
Host application_host(Application *a)
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
