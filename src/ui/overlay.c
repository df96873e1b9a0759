/* overlay.c - what lies over the plane: numbers at the axes, the numbers of F3, toasts. */
#include "scene/ticks.h"
#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

static const double margin = 14, card_left = 46; /* cards begin right of the numbers at the vertical axis */

static TextStyle axis_style(const Ui *ui)
{
    return (TextStyle){FACE_TEXT, 12, ui->palette->muted, true};
}

double axis_label_width(const Ui *ui, const char *text)
{
    return ui_text_width(ui, axis_style(ui), text) + 6 * ui->scale;
}

/* On a piece of ground, so that neither density nor arrows lessen the contrast. */
void axis_label(Ui *ui, Rect at, Align align, const char *text)
{
    double width = axis_label_width(ui, text);
    if (width > at.w)
        return;
    Rect place = align == ALIGN_LEFT    ? rect_cut_left(&at, width)
                 : align == ALIGN_RIGHT ? rect_cut_right(&at, width)
                                        : rect_middle(at, width, at.h);
    ui_box(ui, place, 3, colour_faded(ui->palette->ground, 0.85), 0);
    ui_text(ui, axis_style(ui), rect_inset(place, 3 * ui->scale, 0), ALIGN_LEFT, text);
}

const char *tick_text(char *text, size_t size, double value, double step)
{
    int decimals = (int)fmin(fmax(ceil(-log10(step) - 1e-9), 0), 9);
    snprintf(text, size, "%.*f", decimals, fabs(value) < step / 2 ? 0.0 : value);
    return text;
}

static void tick_draw(Ui *ui, Rect plane, int axis, const double pixel[2], const char *text)
{
    double h = 18 * ui->scale, w = 84 * ui->scale, bottom = plane.y + plane.h - h - 3 * ui->scale;
    double wide = axis_label_width(ui, text);
    Rect at = axis ? (Rect){plane.x + 4 * ui->scale, pixel[1] - h / 2, w, h} : (Rect){pixel[0] - w / 2, bottom, w, h};
    Rect label = axis ? (Rect){at.x, at.y, wide, h} : rect_middle(at, wide, h);
    bool fits = axis ? at.y >= plane.y && at.y + h <= bottom : at.x >= plane.x && at.x + w <= plane.x + plane.w;
    if (fits && !ui_meets_area(ui, label))
        axis_label(ui, at, axis ? ALIGN_LEFT : ALIGN_CENTRE, text);
}

void axes_draw(Ui *ui, Rect plane, const Picture *p)
{
    Camera camera = camera_of(p->settings, &p->subject->target.frame, plane);
    char text[FORMAT_SIZE];
    for (int axis = 0; axis < 2; axis++) {
        Ticks t = ticks_along(&camera, p->units, axis, 90 * ui->scale);
        for (double i = t.first; i <= t.last; i++) {
            double at[2] = {0, 0}, pixel[2];
            at[axis] = tick_in_plane(p->units, axis, i * t.step);
            camera_to_pixel(&camera, at, pixel);
            tick_draw(ui, plane, axis, pixel, tick_text(text, sizeof text, i * t.step, t.step));
        }
    }
}

void numbers_draw(Ui *ui, Rect plane, const Picture *p)
{
    enum { ROWS = 9 };
    const FrameNumbers *n = &p->numbers;
    TextStyle style = {FACE_CODE, 12, ui->palette->text, true};
    char line[ROWS][64];
    snprintf(line[0], sizeof *line, "frame    %7.2f ms", n->frame_ms);
    snprintf(line[1], sizeof *line, "main     %7.2f ms", n->own_ms);
    snprintf(line[2], sizeof *line, "worst    %7.2f ms", n->own_worst_ms);
    snprintf(line[3], sizeof *line, "drawing  %7.2f ms", n->draw_ms);
    snprintf(line[4], sizeof *line, "ticks    %7.0f /s", n->ticks_per_s);
    snprintf(line[5], sizeof *line, "steps    %7.0f /s", n->steps_per_s);
    snprintf(line[6], sizeof *line, "weights  %7.0f ms old", n->weights_age_ms);
    snprintf(line[7], sizeof *line, "tick     %7.0f ms old", n->frame_age_ms);
    snprintf(line[8], sizeof *line, "memory   %7.0f MB, undo %zu", n->memory_mb, n->undo_steps);
    double space = 10 * ui->scale, row = 17 * ui->scale;
    double width = ui_text_width(ui, style, "memory   0000000 MB, undo 00") + 2 * space + 1;
    Rect card = {plane.x + card_left * ui->scale, plane.y + margin * ui->scale, ceil(width), ROWS * row + 2 * space};
    card_draw(ui, card);
    Rect inner = rect_inset(card, space, space);
    for (int i = 0; i < ROWS; i++)
        ui_text(ui, style, rect_cut_top(&inner, row), ALIGN_LEFT, line[i]);
}

void toast_draw(Ui *ui, Rect plane, const Picture *p)
{
    enum { LINES = 4 };
    const Palette *colour = ui->palette;
    TextStyle style = {FACE_TEXT, 14, colour->text, false};
    double space = 14 * ui->scale, row = 20 * ui->scale, icon = 14 * ui->scale, widest = 0;
    double room = fmin(520 * ui->scale, plane.w - (card_left + margin) * ui->scale - 3 * space - icon);
    char line[LINES][256];
    size_t count = 0, n;
    for (const char *at = p->toast; count < LINES && (n = ui_text_break(ui, style, room, at)) > 0; count++) {
        snprintf(line[count], sizeof line[count], "%.*s", (int)n, at);
        widest = fmax(widest, ui_text_width(ui, style, line[count]));
        at += n;
        at += strspn(at, " ");
    }
    double h = (double)count * row + 1.4 * space, w = ceil(fmin(widest, room)) + 3 * space + icon;
    Rect card = {plane.x + card_left * ui->scale, plane.y + plane.h - (margin + 24) * ui->scale - h, w, h};
    card_draw(ui, card);
    icon_draw(ui, p->toast_warning ? ICON_WARNING : ICON_DISC, card.x + space + icon / 2, card.y + card.h / 2,
              p->toast_warning ? icon : 0.6 * icon, p->toast_warning ? colour->warning : colour->learned);
    Rect inner = rect_inset(card, space, 0.7 * space);
    rect_cut_left(&inner, icon + space);
    for (size_t i = 0; i < count; i++)
        ui_text(ui, style, rect_cut_top(&inner, row), ALIGN_LEFT, line[i]);
}
