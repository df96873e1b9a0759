#include "app/application_parts.h"

#include "app/clock.h"
#include "app/trace.h"
#include "scene/command.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Seconds that a message stands. */
static const double TOAST_S = 5;

void application_say(Application *a, bool warning, const char *text)
{
    snprintf(a->toast.text, sizeof a->toast.text, "%s", text);
    a->toast_warning = warning;
    a->toast_until_s = clock_s() + TOAST_S;
    a->toast_offers = false;
}

/* The place, "command 1, "set sigma x": ", is for who wrote commands, before the first frame: a hand knows what it just
 * did. */
void application_complain(Application *a, const char *message)
{
    bool placed = strncmp(message, "command ", strlen("command ")) == 0 && a->frame_s > 0;
    const char *place_end = placed ? strstr(message, "\": ") : NULL;
    application_say(a, true, place_end ? place_end + strlen("\": ") : message);
    fprintf(stderr, "scorefield: %s\n", message);
}

/* What a file brought is told by a card of its own. */
void application_tell_notice(Application *a, uint64_t version)
{
    const Session *s = &a->session;
    if (s->notice[0] && !(desk_loaded(&s->desk) && s->desk.version != version))
        application_say(a, false, s->notice);
    a->session.notice[0] = '\0';
}

bool application_run(Application *a, const char *commands)
{
    Error e;
    Settings before = a->session.settings;
    uint64_t version = a->session.desk.version;
    if (commands[0] == '\0')
        return true;
    bool ok = command_run_all(&a->session, commands, &e);
    if (!ok)
        application_complain(a, e.text);
    application_tell_notice(a, version);
    if (a->trace)
        trace_commands(a->trace, commands, &before, &a->session.settings, live_weights(&a->live), live_frame(&a->live));
    return ok;
}

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

void application_handle_keys(Application *a)
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
            application_run(a, command);
    }
}

/* Each file by itself: one that is refused keeps none of the others away. Several are parts of one drawing. */
void application_open_dropped(Application *a)
{
    Bytes *dropped = &a->events.dropped;
    bytes_append(dropped, "", 1);
    if (dropped->failed)
        return;
    char *line = (char *)dropped->data, *end = strchr(line, '\n');
    if (end && end[1])
        application_run(a, "set draw on");
    for (; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        application_run(a, line);
    }
}

/* One command after the other, as far as the pace of a recording has come. */
void application_play_script(Application *a)
{
    Command c;
    Error e;
    while (a->script && clock_s() >= a->script_s && !a->session.quit) {
        const char *begin = a->script, *end = begin;
        bool more = command_next(&end, &c, &e) && c.count > 0;
        char *command = strndup(begin, more ? (size_t)(end - begin) : strlen(begin));
        bool ok = command && application_run(a, command);
        free(command);
        a->script = ok && more && *end ? end : NULL;
        if (a->script && !session_await(&a->session, &e)) {
            application_complain(a, e.text);
            a->script = NULL;
        }
    }
    if (a->script)
        a->moving_until_s = fmax(a->moving_until_s, a->script_s);
}
