/* commands_files.c - commands that open and save: states, drawings, weights. */
#include "scene/commands.h"
#include "scene/drawing_errands.h"

#include "io/file.h"
#include "io/safetensors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool open_state(Session *s, const char *path, Error *e)
{
    unsigned char *bytes;
    size_t size;
    if (!file_read_whole(path, STATE_LARGEST_FILE, &bytes, &size, e))
        return false;
    bool opened = session_open(s, path, bytes, size, e);
    free(bytes);
    return opened;
}

/* With the tools at hand what a file brings is one more part, else it is all there is. */
static bool open_file(Session *s, const char *path, const PointsChoice *choice, Error *e)
{
    bool state = file_begins(path, tensors_look_like);
    if (state && choice)
        return error_set(e, "%s: columns are for tables, this is a saved state (nothing was loaded)", path);
    if (!state)
        return drawing_open(s, path, choice, e);
    bool opened = open_state(s, path, e);
    if (opened)
        recent_note(&s->recent, path);
    return opened;
}

bool run_open(Session *s, const Command *c, Error *e)
{
    PointsChoice choice = {0};
    if (c->count == 3)
        return error_set(e, "points have two columns, found only \"%s\"", c->word[2]);
    for (int i = 2; i < c->count; i++)
        choice.column[i - 2] = c->word[i];
    return open_file(s, c->word[1], c->count > 2 ? &choice : NULL, e);
}

static bool run_recent(Session *s, const Command *c, Error *e)
{
    uint64_t n = 0;
    size_t count = recent_count(&s->recent);
    char path[RECENT_PATH];
    if (count == 0)
        return error_set(e, "no file was opened or saved yet");
    recent_print(&s->recent, s->notice, sizeof s->notice);
    if (c->count == 1)
        return true;
    if (!count_argument(c, 1, 1, count, &n, e))
        return false;
    snprintf(path, sizeof path, "%s", s->recent.path[n - 1]); /* the list changes */
    return open_file(s, path, NULL, e);
}

static bool run_restore(Session *s, const Command *c, Error *e)
{
    (void)c;
    if (!s->restorable[0])
        return error_set(e, "there is nothing to restore: the last session ended as it should");
    if (!open_state(s, s->restorable, e))
        return false;
    s->restorable[0] = '\0';
    snprintf(s->notice, sizeof s->notice, "Restored");
    return true;
}

static const char *path_argument(const Command *c, int word)
{
    return c->count > word ? c->word[word] : "";
}

static bool run_save(Session *s, const Command *c, Error *e)
{
    const char *what = path_argument(c, 1), *path = path_argument(c, 2);
    if (strcmp(what, "drawing") == 0)
        return drawing_write(s, path, e);
    if (strcmp(what, "weights") == 0)
        return session_save(s, STATE_FILE_WEIGHTS, path, e);
    if (path[0])
        return error_set(e, "save takes drawing, weights or a file alone, got \"%s\"", what);
    return session_save(s, STATE_FILE_WHOLE, what, e);
}

static bool run_export(Session *s, const Command *c, Error *e)
{
    DrawingExport what = {.seed = (uint64_t)s->settings.value[SET_SEED]};
    uint64_t n = 0;
    if (strcmp(c->word[1], "points") != 0)
        return error_set(e, "export takes points, got \"%s\"", c->word[1]);
    if (c->count > 3 && !count_argument(c, 3, 1, 10000000, &n, e))
        return false;
    what.samples = n;
    return drawing_write_points(s, &what, path_argument(c, 2), e);
}

static bool run_learned(Session *s, const Command *c, Error *e)
{
    return session_learned(s, c->word[1], e);
}

const CommandInfo file_commands[] = {
    {"save", "[drawing|weights] [FILE]",
     "everything as it is, to go on from with open; or the drawing alone, or the network", 0, 2, run_save},
    {"export", "points [FILE.csv|.npy [N]]", "the drawing's points, or N samples of it, in the units they came in", 1,
     3, run_export},
    {"learned", "NAME|FILE", "the network takes the weights of a trained one, or of a saved state", 1, 1, run_learned},
    {"recent", "[N]", "the files that were opened and saved last, or open one of them again", 0, 1, run_recent},
    {"restore", "", "go on where a session was cut off", 0, 0, run_restore},
    {0},
};
