/* harness.h - an interface without fonts: every character is 0.55 em wide. */
#ifndef TESTS_UI_HARNESS_H
#define TESTS_UI_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/rect.h"
#include "ui/widgets.h"

static inline double fake_measure(void *context, Face face, double size, bool tabular, const char *text)
{
    (void)context;
    (void)face;
    (void)tabular;
    size_t characters = 0;
    for (; *text; text++)
        characters += ((unsigned char)*text & 0xc0) != 0x80;
    return 0.55 * size * (double)characters;
}

static inline const char *text_of(const DrawList *list, const DrawCommand *c)
{
    assert_int_equal(c->kind, DRAW_TEXT); /* `first` counts something else elsewhere */
    return list->text + c->first;
}

/* The first text that contains `part`; NULL when none does. */
static inline const DrawCommand *find_text(const Ui *ui, const char *part)
{
    for (size_t i = 0; i < ui->list.count; i++) {
        const DrawCommand *c = &ui->list.command[i];
        if (c->kind == DRAW_TEXT && strstr(text_of(&ui->list, c), part))
            return c;
    }
    return NULL;
}

/* The same, which must be there. */
static inline DrawCommand text_drawn(const Ui *ui, const char *part)
{
    const DrawCommand *c = find_text(ui, part);
    assert_non_null(c);
    return c ? *c : (DrawCommand){.kind = DRAW_TEXT};
}

static inline bool has_text(const Ui *ui, const char *text)
{
    for (size_t i = 0; i < ui->list.count; i++) {
        const DrawCommand *c = &ui->list.command[i];
        if (c->kind == DRAW_TEXT && strcmp(text_of(&ui->list, c), text) == 0)
            return true;
    }
    return false;
}

/* What a text covers, with what hangs below its base line. */
static inline Rect text_rect(const DrawList *list, const DrawCommand *c)
{
    double width = fake_measure(NULL, c->face, c->size, c->tabular, text_of(list, c));
    return (Rect){c->rect.x, c->rect.y - 0.73 * c->size, width, 0.93 * c->size};
}

static inline bool rect_inside(Rect in, Rect out)
{
    double slack = 0.51; /* texts start on whole pixels */
    return in.x >= out.x - slack && in.y >= out.y - slack && in.x + in.w <= out.x + out.w + slack &&
           in.y + in.h <= out.y + out.h + slack;
}

static inline void press(Input *in, double x, double y)
{
    *in = (Input){.x = x, .y = y, .down = true, .pressed = true, .clicks = 1, .time_s = in->time_s};
}

static inline void hold(Input *in, double x, double y)
{
    *in = (Input){.x = x, .y = y, .down = true, .time_s = in->time_s};
}

static inline void let_go(Input *in)
{
    *in = (Input){.x = in->x, .y = in->y, .released = true, .time_s = in->time_s};
}

static inline void point_at(Input *in, double x, double y)
{
    *in = (Input){.x = x, .y = y, .time_s = in->time_s};
}

static inline void hit(Input *in, int key)
{
    *in = (Input){.x = in->x, .y = in->y, .key = {key}, .keys = 1, .time_s = in->time_s};
}

static inline void type(Input *in, const char *text)
{
    *in = (Input){.x = in->x, .y = in->y, .time_s = in->time_s};
    strncpy(in->typed, text, sizeof in->typed - 1);
}

#endif
