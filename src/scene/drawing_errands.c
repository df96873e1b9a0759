#include "scene/drawing_errands.h"

#include "io/file.h"
#include "io/text.h"
#include "scene/desk_files.h"
#include "scene/drawing_file.h"
#include "scene/errand.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char stem[] = "scorefield-drawing";

/* Reading */

typedef struct Opening {
    Errand errand;
    bool alone, recent; /* recent: it is one of the files that can be opened again */
    char path[PATH_MAX];
    char *text; /* that was pasted; NULL: the path is read */
    char *column[POINTS_AXES];
    Opened opened;
} Opening;

static bool opening_run(Errand *x, Error *e)
{
    Opening *o = (Opening *)x;
    PointsChoice choice;
    memcpy(choice.column, o->column, sizeof choice.column);
    if (o->text)
        return opened_paste(&o->opened, o->text, e);
    return opened_read(&o->opened, o->path, choice.column[POINTS_X] ? &choice : NULL, e);
}

static bool opening_deliver(Errand *x, Session *s, Error *e)
{
    Opening *o = (Opening *)x;
    bool taken = desk_take(&s->desk, &o->opened, o->alone, e);
    session_drew(s);
    if (taken)
        loaded_print(&s->desk.loaded, s->notice, sizeof s->notice);
    if (taken && o->recent)
        recent_note(&s->recent, o->path);
    session_flush(s);
    return taken;
}

static void opening_free(Errand *x)
{
    Opening *o = (Opening *)x;
    opened_free(&o->opened);
    for (int i = 0; i < POINTS_AXES; i++)
        free(o->column[i]);
    free(o->text);
    free(o);
}

static const ErrandKind opening_kind = {opening_run, opening_deliver, opening_free, .reads = true};

static Opening *opening_of(const Session *s, Error *e)
{
    Opening *o = calloc(1, sizeof *o);
    if (o)
        *o = (Opening){.errand.kind = &opening_kind, .alone = !settings_on(&s->settings, SET_DRAW)};
    else
        error_set(e, "out of memory (nothing was loaded)");
    return o;
}

bool drawing_open(Session *s, const char *path, const PointsChoice *choice, Error *e)
{
    Opening *o = opening_of(s, e);
    if (!o)
        return false;
    o->recent = true;
    snprintf(o->path, sizeof o->path, "%s", path);
    for (int i = 0; choice && i < POINTS_AXES; i++)
        o->column[i] = choice->column[i] ? strdup(choice->column[i]) : NULL;
    session_reads(s, file_name(path));
    return session_give(s, &o->errand, e);
}

bool drawing_paste(Session *s, char *text, Error *e)
{
    Opening *o = opening_of(s, e);
    if (!o) {
        free(text);
        return false;
    }
    o->text = text;
    session_reads(s, "clipboard");
    return session_give(s, &o->errand, e);
}

bool drawing_open_tile(Session *s, const char *name, Error *e)
{
    Opening *o = opening_of(s, e);
    if (!o)
        return false;
    tile_path(s->shelf.folder, name, o->path, sizeof o->path);
    session_reads(s, name);
    return session_give(s, &o->errand, e);
}

/* Writing */

typedef struct Writing {
    Errand errand;
    Drawing drawing;
    char path[PATH_MAX];
    bool points; /* what of them; else the drawing itself */
    DrawingExport what;
    Tile tile;
    bool written, *fails; /* of a drawing that is kept */
    Error why;            /* it wasn't written */
} Writing;

static bool write_file(Writing *w, Error *e)
{
    if (!w->path[0])
        file_free_name(stem, w->points ? ".csv" : ".json", 0, w->path, sizeof w->path);
    return w->points ? drawing_export(&w->drawing, &w->what, w->path, e) : drawing_save(&w->drawing, w->path, e);
}

static bool file_run(Errand *x, Error *e)
{
    return write_file((Writing *)x, e);
}

static bool file_deliver(Errand *x, Session *s, Error *e)
{
    char told[FILE_TOLD];
    const Writing *w = (const Writing *)x;
    (void)e;
    if (!w->points)
        recent_note(&s->recent, w->path);
    snprintf(s->notice, sizeof s->notice, "Saved %s", file_told(w->path, told));
    return true;
}

/* Its failure is delivered too. */
static bool kept_run(Errand *x, Error *e)
{
    Writing *w = (Writing *)x;
    (void)e;
    w->written = file_make_folders(w->path, &w->why) && drawing_save(&w->drawing, w->path, &w->why);
    return true;
}

static bool kept_deliver(Errand *x, Session *s, Error *e)
{
    const Writing *w = (const Writing *)x;
    bool told = *w->fails;
    (void)s;
    *w->fails = !w->written;
    return w->written || told || error_set(e, "the drawing isn't kept (tried again soon): %.400s", w->why.text);
}

static bool tile_run(Errand *x, Error *e)
{
    Writing *w = (Writing *)x;
    char name[TILE_NAME];
    text_copy(name, sizeof name, w->tile.name);
    return tile_keep(w->path, name, &w->drawing, &w->tile, e);
}

static bool tile_deliver(Errand *x, Session *s, Error *e)
{
    const Writing *w = (const Writing *)x;
    if (!shelf_put(&s->shelf, &w->tile, e))
        return false;
    snprintf(s->notice, sizeof s->notice, "Kept as the tile \"%s\"", w->tile.name);
    return true;
}

static void writing_free(Errand *x)
{
    drawing_free(&((Writing *)x)->drawing);
    free(x);
}

static const ErrandKind file_kind = {file_run, file_deliver, writing_free, .reads = false},
                        kept_kind = {kept_run, kept_deliver, writing_free, .reads = false},
                        tile_kind = {tile_run, tile_deliver, writing_free, .reads = false};

static Writing *writing_of(const Drawing *d, const ErrandKind *kind, const char *path, Error *e)
{
    Writing *w = calloc(1, sizeof *w);
    if (w && drawing_copy(&w->drawing, d)) {
        w->errand.kind = kind;
        snprintf(w->path, sizeof w->path, "%s", path);
        return w;
    }
    free(w);
    error_set(e, "out of memory (nothing was saved)");
    return NULL;
}

bool drawing_write(Session *s, const char *path, Error *e)
{
    Writing *w = writing_of(&s->desk.drawing, &file_kind, path, e);
    return w && session_give(s, &w->errand, e);
}

bool drawing_write_points(Session *s, const DrawingExport *what, const char *path, Error *e)
{
    Writing *w = writing_of(&s->desk.drawing, &file_kind, path, e);
    if (!w)
        return false;
    w->points = true;
    w->what = *what;
    if (w->what.samples == 0 && !drawing_has_points(&w->drawing))
        w->what.samples = DRAWING_SAMPLES;
    return session_give(s, &w->errand, e);
}

bool drawing_keep_tile(Session *s, const char *name, Error *e)
{
    Writing *w = writing_of(&s->desk.drawing, &tile_kind, s->shelf.folder, e);
    if (!w)
        return false;
    text_copy(w->tile.name, sizeof w->tile.name, name);
    return session_give(s, &w->errand, e);
}

bool drawing_keep(Session *s, const Drawing *d, const char *path, bool *fails, Error *e)
{
    Writing *w = writing_of(d, &kept_kind, path, e);
    if (!w)
        return false;
    w->fails = fails;
    return session_give(s, &w->errand, e);
}
