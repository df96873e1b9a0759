#include "app/kept_drawing.h"

#include "scene/drawing_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The specification says that a path which isn't absolute is to be ignored. */
static void find_path(char *path, size_t size)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int length = 0;
    if (data && data[0] == '/')
        length = snprintf(path, size, "%s/scorefield/drawing.json", data);
    else if (home && home[0] == '/')
        length = snprintf(path, size, "%s/.local/share/scorefield/drawing.json", home);
    if (length <= 0 || (size_t)length >= size)
        path[0] = '\0';
}

static bool put_aside(const char *path, Error *e)
{
    Error why = *e;
    char aside[4096 + 16];
    snprintf(aside, sizeof aside, "%s.refused", path);
    if (rename(path, aside) != 0)
        return error_set(e, "the kept drawing can't be read: %.300s", why.text);
    return error_set(e, "the kept drawing can't be read and was put aside as drawing.json.refused: %.300s", why.text);
}

bool kept_drawing_load(KeptDrawing *k, Session *s, Error *e)
{
    Drawing drawing = {0};
    find_path(k->path, sizeof k->path);
    k->version = s->desk.version;
    if (!k->path[0] || access(k->path, F_OK) != 0)
        return true;
    if (!drawing_load(&drawing, k->path, e))
        return put_aside(k->path, e);
    bool brought = session_bring(s, &drawing, e);
    k->version = s->desk.version;
    return brought;
}

/* All folders of a path that aren't there, for this user alone as the specification asks. */
static bool make_folders(const char *path, Error *e)
{
    char folder[4096];
    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
            return error_set(e, "%s: cannot be made: %s (the drawing isn't kept)", folder, strerror(errno));
    }
    return true;
}

bool kept_drawing_save(KeptDrawing *k, const Desk *desk, Error *e)
{
    if (!k->path[0] || desk->version == k->version)
        return true;
    k->version = desk->version;
    return make_folders(k->path, e) && drawing_save(&desk->drawing, k->path, e);
}
