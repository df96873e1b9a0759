#include "scene/desk.h"

#include "io/text.h"
#include "scene/drawing_target.h"

#include <stdio.h>
#include <string.h>

void desk_free(Desk *d)
{
    canvas_stroke_end(&d->hand.stroke);
    drawing_free(&d->drawing);
    drawing_history_free(&d->history);
    *d = (Desk){0};
}

const Loaded *desk_loaded(const Desk *d)
{
    return d->loaded.kind != LOADED_NOTHING && d->loaded.version == d->version ? &d->loaded : NULL;
}

static bool begin_history(Desk *d)
{
    return d->history.count > 0 || drawing_history_init(&d->history, DRAWING_HISTORY_BYTES);
}

static const Drawing *last_step(const Desk *d)
{
    static const Drawing empty = {0};
    return d->history.count > 0 ? &d->history.step[d->history.present].drawing : &empty;
}

void desk_part_steps(Desk *d)
{
    d->last_change = NULL;
}

void desk_give_up(Desk *d)
{
    drawing_copy(&d->drawing, last_step(d));
    desk_part_steps(d);
}

void desk_label(char label[DRAWING_LABEL], const char *what, const char *name)
{
    int n = snprintf(label, DRAWING_LABEL / 2, "%s", what);
    text_copy(label + n, DRAWING_LABEL - (size_t)n, name);
}

bool desk_step(Desk *d, const char *label, Error *e)
{
    if (!begin_history(d) || !drawing_history_push(&d->history, label, &d->drawing)) {
        desk_give_up(d);
        d->version++; /* it has been seen */
        return error_set(e, "out of memory for another step of the drawing");
    }
    d->steps++;
    d->version++;
    desk_part_steps(d);
    return true;
}

static void show_step(Desk *d)
{
    desk_give_up(d);
    d->version++;
}

void desk_rest(Desk *d)
{
    static const char *const label[] = {
        [HAND_STROKE] = "a stroke", [HAND_SPRAY] = "a spray", [HAND_GAUSSIAN] = "the move of a Gaussian"};
    DeskHand hand = d->hand;
    if (hand.holds == HAND_FREE)
        return;
    canvas_stroke_end(&hand.stroke);
    d->hand = (DeskHand){.holds = HAND_FREE};
    if (hand.changed)
        desk_step(d, label[hand.holds], NULL);
    else
        desk_give_up(d); /* a canvas that was made for it */
}

const char *desk_undo(Desk *d)
{
    const char *label = drawing_history_undo_label(&d->history);
    if (drawing_history_undo(&d->history))
        show_step(d);
    return label;
}

const char *desk_redo(Desk *d)
{
    const char *label = drawing_history_redo_label(&d->history);
    if (drawing_history_redo(&d->history))
        show_step(d);
    return label;
}

static bool complain_of_room(const Desk *d, Error *e)
{
    if (d->drawing.count >= DRAWING_PARTS_MAX)
        return error_set(e, "a drawing has at most %d parts: remove one first", DRAWING_PARTS_MAX);
    return error_set(e, "out of memory for another part of the drawing");
}

/* What may have become too much for a mixture. */
static bool step_if_it_fits(Desk *d, const char *label, Error *e)
{
    if (drawing_fits(&d->drawing, e))
        return desk_step(d, label, e);
    desk_give_up(d);
    return false;
}

/* Ids go on, so that no part is taken for one that is gone. */
static void empty(Drawing *d)
{
    while (d->count > 0)
        drawing_remove(d, d->count - 1);
}

bool desk_add(Desk *d, Part part, bool alone, const char *label, Error *e)
{
    desk_rest(d);
    if (alone)
        empty(&d->drawing);
    if (!drawing_add(&d->drawing, part)) {
        complain_of_room(d, e);
        desk_give_up(d);
        return false;
    }
    uint32_t id = d->drawing.part[d->drawing.count - 1].id;
    if (!step_if_it_fits(d, label, e))
        return false;
    d->chosen = id;
    return true;
}

bool desk_replace(Desk *d, Drawing *with, const char *label, Error *e)
{
    desk_rest(d);
    bool copied = drawing_copy(&d->drawing, with);
    drawing_free(with);
    if (!copied)
        return error_set(e, "out of memory for another drawing");
    d->chosen = 0;
    return step_if_it_fits(d, label, e);
}

bool desk_clear(Desk *d, Error *e)
{
    desk_rest(d);
    if (d->drawing.count == 0)
        return true;
    empty(&d->drawing);
    d->chosen = 0;
    return desk_step(d, "clearing the drawing", e);
}

bool desk_fit(Desk *d, bool fit, Error *e)
{
    desk_rest(d);
    if (fit == d->drawing.fit)
        return true;
    d->drawing.fit = fit;
    return desk_step(d, fit ? "fit" : "end of fit", e);
}

static void take_over(Part *p, const Part *from)
{
    p->weight = from->weight;
    p->size = from->size;
    p->angle = from->angle;
    p->shown = from->shown;
    memcpy(p->place, from->place, sizeof p->place);
}

static bool stands_alike(const Part *a, const Part *b)
{
    return memcmp(&a->weight, &b->weight, sizeof a->weight) == 0 && memcmp(&a->size, &b->size, sizeof a->size) == 0 &&
           memcmp(&a->angle, &b->angle, sizeof a->angle) == 0 && memcmp(a->place, b->place, sizeof a->place) == 0 &&
           a->shown == b->shown;
}

bool desk_change_part(Desk *d, size_t i, const Part *to, const char *what, Error *e)
{
    char label[DRAWING_LABEL];
    Part wanted = *to; /* which may be of the drawing itself */
    desk_rest(d);
    Part *p = &d->drawing.part[i];
    bool same = d->last_change && strcmp(d->last_change, what) == 0 && d->last_part == p->id;
    uint32_t id = p->id;
    if (stands_alike(p, &wanted))
        return true;
    take_over(p, &wanted);
    char of[32];
    snprintf(of, sizeof of, "%s of ", what);
    desk_label(label, of, p->name);
    if (same)
        drawing_history_undo(&d->history);
    if (!step_if_it_fits(d, label, e))
        return false;
    d->steps -= same ? 1 : 0;
    d->last_change = what;
    d->last_part = id;
    return true;
}

bool desk_remove(Desk *d, size_t i, Error *e)
{
    char label[DRAWING_LABEL];
    desk_rest(d);
    desk_label(label, "removal of ", d->drawing.part[i].name);
    drawing_remove(&d->drawing, i);
    return desk_step(d, label, e);
}

bool desk_duplicate(Desk *d, size_t i, Error *e)
{
    char label[DRAWING_LABEL];
    desk_rest(d);
    desk_label(label, "copy of ", d->drawing.part[i].name);
    if (!drawing_duplicate(&d->drawing, i))
        return complain_of_room(d, e);
    uint32_t id = d->drawing.part[i + 1].id;
    if (!step_if_it_fits(d, label, e))
        return false;
    d->chosen = id;
    return true;
}

bool desk_reorder(Desk *d, size_t from, size_t to, Error *e)
{
    char label[DRAWING_LABEL];
    desk_rest(d);
    if (from == to)
        return true;
    desk_label(label, "order of ", d->drawing.part[from].name);
    drawing_reorder(&d->drawing, from, to);
    return desk_step(d, label, e);
}
