#include "app/kept_drawing.h"

#include "app/user_folder.h"
#include "scene/drawing_errands.h"
#include "scene/drawing_file.h"

#include <stdio.h>
#include <unistd.h>

static const double KEEP_EVERY_S = 30;

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
    user_file(k->path, "XDG_DATA_HOME", ".local/share", "drawing.json");
    k->version = s->desk.version;
    if (!k->path[0] || access(k->path, F_OK) != 0)
        return true;
    if (!drawing_load(&drawing, k->path, e))
        return put_aside(k->path, e);
    bool brought = session_bring(s, &drawing, e);
    k->version = s->desk.version;
    return brought;
}

static bool wanted(const KeptDrawing *k, const Desk *desk)
{
    return k->path[0] && (k->fails || desk->version != k->version);
}

bool kept_drawing_due(KeptDrawing *k, const Desk *desk, double now_s)
{
    if (!wanted(k, desk))
        return false;
    if (k->due_s == 0)
        k->due_s = now_s + KEEP_EVERY_S;
    return now_s >= k->due_s;
}

bool kept_drawing_save(KeptDrawing *k, Session *s, const Desk *desk, Error *e)
{
    if (!wanted(k, desk))
        return true;
    k->version = desk->version;
    k->due_s = 0;
    return drawing_keep(s, &desk->drawing, k->path, &k->fails, e);
}
