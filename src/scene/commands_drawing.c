/* commands_drawing.c - commands that draw. What they make is studied at once: the target becomes the drawing. */
#include "io/file.h"
#include "io/points_file.h"
#include "scene/commands.h"
#include "scene/desk_files.h"
#include "scene/desk_tools.h"
#include "scene/drawing_errands.h"
#include "scene/state_code.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Data units within which hands reach, and Gaussians lie. */
static const double REACH = 1e3;

static bool drew(Session *s, bool ok)
{
    session_drew(s);
    return ok;
}

static bool stroke_begin(Session *s, const Command *c, Error *e)
{
    double at[2];
    return place_argument(c, 2, at, e) && drew(s, desk_stroke_begin(&s->desk, &s->settings, at, e));
}

static bool stroke_to(Session *s, const Command *c, Error *e)
{
    double to[2];
    return place_argument(c, 2, to, e) && drew(s, desk_stroke_to(&s->desk, &s->settings, to, e));
}

static bool stroke_end(Session *s, const Command *c, Error *e)
{
    if (c->count == 3)
        return error_set(e, "a place has two numbers, found only \"%s\"", c->word[2]);
    if (c->count > 2 && !stroke_to(s, c, e))
        return false;
    desk_rest(&s->desk);
    return drew(s, true);
}

static bool run_stroke(Session *s, const Command *c, Error *e)
{
    static const Verb verbs[] = {
        {"begin", "X Y", 2, 2, stroke_begin}, {"to", "X Y", 2, 2, stroke_to}, {"end", "[X Y]", 0, 2, stroke_end}, {0}};
    return run_verb(verbs, s, c, e);
}

static bool paint_line(Session *s, const Command *c, Error *e)
{
    double from[2], to[2];
    return place_argument(c, 2, from, e) && place_argument(c, 4, to, e) &&
           drew(s, desk_line(&s->desk, &s->settings, from, to, e));
}

static bool paint_circle(Session *s, const Command *c, Error *e)
{
    double at[2], radius;
    return place_argument(c, 2, at, e) && number_argument(c, 4, 0, REACH, &radius, e) &&
           drew(s, desk_circle(&s->desk, &s->settings, at, radius, e));
}

static bool paint_fill(Session *s, const Command *c, Error *e)
{
    double at[2];
    return place_argument(c, 2, at, e) && drew(s, desk_fill(&s->desk, &s->settings, at, e));
}

static bool paint_clear(Session *s, const Command *c, Error *e)
{
    (void)c;
    return drew(s, desk_wipe(&s->desk, e));
}

static bool run_paint(Session *s, const Command *c, Error *e)
{
    static const Verb verbs[] = {{"line", "X0 Y0 X1 Y1", 4, 4, paint_line},
                                 {"circle", "X Y R", 3, 3, paint_circle},
                                 {"fill", "X Y", 2, 2, paint_fill},
                                 {"clear", "", 0, 0, paint_clear},
                                 {0}};
    return run_verb(verbs, s, c, e);
}

static bool near_argument(const Command *c, double at[2], double *tolerance, Error *e)
{
    return place_argument(c, 2, at, e) && number_argument(c, 4, 0, REACH, tolerance, e);
}

static bool gaussian_add(Session *s, const Command *c, Error *e)
{
    double at[2], std = fmax(s->settings.value[SET_DRAW_SPREAD], GAUSSIAN_STD_MIN);
    if (!place_argument(c, 2, at, e) ||
        (c->count > 4 && !number_argument(c, 4, GAUSSIAN_STD_MIN, GAUSSIAN_STD_MAX, &std, e)))
        return false;
    return drew(s, desk_gaussian_add(&s->desk, at, std, e));
}

static bool gaussian_grab(Session *s, const Command *c, Error *e)
{
    double at[2], tolerance;
    return near_argument(c, at, &tolerance, e) && drew(s, desk_gaussian_grab(&s->desk, at, tolerance, e));
}

static bool gaussian_to(Session *s, const Command *c, Error *e)
{
    double to[2];
    return place_argument(c, 2, to, e) && drew(s, desk_gaussian_to(&s->desk, to, e));
}

static bool gaussian_drop(Session *s, const Command *c, Error *e)
{
    (void)c;
    (void)e;
    desk_rest(&s->desk);
    return drew(s, true);
}

static bool gaussian_weight(Session *s, const Command *c, Error *e)
{
    double at[2], tolerance, factor;
    return near_argument(c, at, &tolerance, e) && number_argument(c, 5, 1e-3, 1e3, &factor, e) &&
           drew(s, desk_gaussian_weigh(&s->desk, at, tolerance, factor, e));
}

static bool gaussian_delete(Session *s, const Command *c, Error *e)
{
    double at[2], tolerance;
    return near_argument(c, at, &tolerance, e) && drew(s, desk_gaussian_delete(&s->desk, at, tolerance, e));
}

static bool run_gaussian(Session *s, const Command *c, Error *e)
{
    static const Verb verbs[] = {{"add", "X Y [STD]", 2, 3, gaussian_add},
                                 {"grab", "X Y TOLERANCE", 3, 3, gaussian_grab},
                                 {"to", "X Y", 2, 2, gaussian_to},
                                 {"drop", "", 0, 0, gaussian_drop},
                                 {"weight", "X Y TOLERANCE FACTOR", 4, 4, gaussian_weight},
                                 {"delete", "X Y TOLERANCE", 3, 3, gaussian_delete},
                                 {0}};
    return run_verb(verbs, s, c, e);
}

static bool run_stamp(Session *s, const Command *c, Error *e)
{
    double at[2];
    return place_argument(c, 1, at, e) && drew(s, desk_stamp(&s->desk, &s->settings, at, e));
}

static bool run_unstamp(Session *s, const Command *c, Error *e)
{
    double at[2], radius;
    return place_argument(c, 1, at, e) && number_argument(c, 3, 0, REACH, &radius, e) &&
           drew(s, desk_unstamp(&s->desk, at, radius, e));
}

static bool run_word(Session *s, const Command *c, Error *e)
{
    const char *text = c->word[1], *face = c->count > 2 ? c->word[2] : "";
    Raster *raster = NULL;
    if (text[0] == '\0' || strlen(text) >= BULK_TEXT)
        return error_set(e, "a word has from 1 to %d bytes, got %zu", BULK_TEXT - 1, strlen(text));
    if (strlen(face) >= BULK_NAME)
        return error_set(e, "the name of a face has at most %d bytes, got %zu", BULK_NAME - 1, strlen(face));
    if (!s->host.word)
        return error_set(e, "words can't be set here: there are no fonts");
    if (!s->host.word(s->host.context, text, face, &raster, e))
        return false;
    return drew(s, desk_word(&s->desk, raster, text, face, e));
}

/* The caller frees it; NULL with one line where there is none. */
static char *text_to_paste(Session *s, const char *path, Error *e)
{
    unsigned char *bytes = NULL;
    size_t size;
    char *text = NULL;
    if (!path) {
        text = s->host.clipboard ? s->host.clipboard(s->host.context) : NULL;
        if (!text)
            error_set(e, "there is no text on the clipboard: expected two columns of numbers");
    } else if (file_read_whole(path, POINTS_LARGEST_FILE, &bytes, &size, e)) {
        text = strndup((const char *)bytes, size);
    }
    free(bytes);
    return text;
}

static bool run_paste(Session *s, const Command *c, Error *e)
{
    char *text = text_to_paste(s, c->count > 1 ? c->word[1] : NULL, e);
    if (!text || !state_code_is(text))
        return text && drawing_paste(s, text, e);
    bool taken = take_code(s, text, e);
    free(text);
    return taken;
}

static bool expect_word(const Command *c, const char *word, Error *e)
{
    return strcmp(c->word[1], word) == 0 || error_set(e, "%s takes %s, got \"%s\"", c->word[0], word, c->word[1]);
}

static bool run_clear(Session *s, const Command *c, Error *e)
{
    return expect_word(c, "drawing", e) && drew(s, desk_clear(&s->desk, e));
}

static const char *path_argument(const Command *c)
{
    return c->count > 2 ? c->word[2] : "";
}

static bool keep_tile(Session *s, const Command *c, Error *e)
{
    return drawing_keep_tile(s, path_argument(c), e);
}

static bool open_tile(Session *s, const Command *c, Error *e)
{
    const Tile *t = shelf_find(&s->shelf, c->word[2]);
    if (!t || t->removed)
        return error_set(e, "there is no tile \"%s\"", c->word[2]);
    return drawing_open_tile(s, t->name, e);
}

static bool remove_tile(Session *s, const Command *c, Error *e)
{
    return session_remove_tile(s, c->word[2], e);
}

static bool run_tile(Session *s, const Command *c, Error *e)
{
    static const Verb verbs[] = {{"keep", "[NAME]", 0, 1, keep_tile},
                                 {"open", "NAME", 1, 1, open_tile},
                                 {"remove", "NAME", 1, 1, remove_tile},
                                 {0}};
    if (!s->shelf.folder[0])
        return error_set(e, "there is no folder to keep drawings in: neither XDG_DATA_HOME nor HOME names one");
    return shelf_read(&s->shelf, e) && run_verb(verbs, s, c, e);
}

const CommandInfo drawing_commands[] = {
    {"stroke", "begin X Y|to X Y|end [X Y]", "paint with the brush, eraser or spray; one stroke is one step", 1, 3,
     run_stroke},
    {"paint", "line X0 Y0 X1 Y1|circle X Y R|fill X Y|clear", "paint a shape, or clear what was painted", 1, 5,
     run_paint},
    {"gaussian", "add X Y [STD]|grab X Y TOLERANCE|to X Y|drop|weight X Y TOLERANCE FACTOR|delete X Y TOLERANCE",
     "place Gaussians; grab takes the centre, axis or edge that is near and drop lets go", 1, 5, run_gaussian},
    {"stamp", "X Y", "draw.points points about a place", 2, 2, run_stamp},
    {"unstamp", "X Y R", "take away the points within a radius", 3, 3, run_unstamp},
    {"word", "TEXT [FACE]", "a word becomes the density", 1, 2, run_word},
    {"open", "FILE [X-COLUMN Y-COLUMN [WEIGHT-COLUMN]]",
     "learn the points, the picture or the drawing of a file, while drawing on top of what is there; or go on from a "
     "saved state",
     1, 4, run_open},
    {"paste", "[FILE]", "take what is on the clipboard, or a file's text: two columns of numbers to learn, or a code",
     0, 1, run_paste},
    {"part",
     "add TARGET|select I|remove I|place I X Y|size I S|angle I DEGREES|weight I W|up I|down I|show I on|off|"
     "duplicate I",
     "parts of the drawing; I counts from 1, the lowest, and 0 selects none", 2, 4, run_part},
    {"clear", "drawing", "begin a new drawing; can be undone", 1, 1, run_clear},
    {"tile", "keep [NAME]|open NAME|remove NAME",
     "drawings that stay for the next start; one that was removed can be brought back by undo", 1, 2, run_tile},
    {0},
};
