/* hill_caption.c - what the hill's height is, and the numbers along its axes. */
#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

static const double tick_reach = 5, label_height = 18;
static const double left = 46, top = 14, height = 26, space = 10;

/* A learned field need not be the slope of anything: what is shown is the surface whose slope comes closest. */
void hill_caption_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Settings *s = p->settings;
    char text[128], share[FORMAT_SIZE];
    bool step = settings_index(s, SET_HILL_HEIGHT) == HILL_STEP;
    const char *quantity = step ? "\u03c3\u00b2 log p" : "log p, cut off 12 nats below the top";
    bool covered = settings_on(s, SET_NUMBERS); /* by the card of F3 */
    if (covered || plane.w < 480 * ui->scale || plane.h < 160 * ui->scale)
        return;
    if (settings_index(s, SET_FIELD) == FIELD_EXACT)
        snprintf(text, sizeof text, "height: %s", quantity);
    else
        snprintf(text, sizeof text, "height: least-squares potential of the field, %s of which is no slope",
                 format_percent(share, sizeof share, p->hill->hill->residual));
    TextStyle style = {FACE_TEXT, 12.5, ui->palette->text, true};
    double width = fmin(ui_text_width(ui, style, text) + 2 * space * ui->scale, plane.w - 2 * left * ui->scale);
    Rect card = {plane.x + left * ui->scale, plane.y + top * ui->scale, ceil(width), height * ui->scale};
    card_draw(ui, card);
    ui_text(ui, style, rect_inset(card, space * ui->scale, 0), ALIGN_LEFT, text);
}

/* From its axis outwards. */
static void tick_draw(Ui *ui, const HillAxis *a, const HillTick *t)
{
    double reach = tick_reach * ui->scale;
    float mark[] = {(float)t->pixel[0], (float)t->pixel[1], (float)(t->pixel[0] + reach * a->outer[0]),
                    (float)(t->pixel[1] + reach * a->outer[1])};
    draw_line(&ui->list, mark, 2, 1.2 * ui->scale, ui->palette->muted);
}

/* Where a plane is narrow there is no room outside of an axis: the label moves in over it. */
static void label_draw(Ui *ui, Rect plane, Rect at, const char *text)
{
    double edge = 2 * ui->scale;
    at.x = fmax(fmin(at.x, plane.x + plane.w - edge - at.w), plane.x + edge);
    axis_label(ui, at, ALIGN_LEFT, text);
}

/* Numbers beside an upright axis keep to it; others stand about the tick. */
static void number_draw(Ui *ui, Rect plane, const HillAxis *a, const HillTick *t, const char *text)
{
    double h = label_height * ui->scale, w = axis_label_width(ui, text), gap = (tick_reach + 3) * ui->scale;
    double x = t->pixel[0] + gap * a->outer[0], y = t->pixel[1] + (gap + h / 2) * a->outer[1];
    double from = a->outer[0] > 0.5 ? x : a->outer[0] < -0.5 ? x - w : x - w / 2;
    label_draw(ui, plane, (Rect){from, y - h / 2, w, h}, text);
}

/* The lines of equal height stand closer than numbers can. */
static size_t numbers_every(const HillAxis *a, double apart)
{
    double px = a->ticks > 1
                    ? hypot(a->tick[1].pixel[0] - a->tick[0].pixel[0], a->tick[1].pixel[1] - a->tick[0].pixel[1])
                    : apart;
    return (size_t)fmax(1, ceil(apart / fmax(px, 1)));
}

static void axis_draw(Ui *ui, Rect plane, const HillAxis *a)
{
    char text[FORMAT_SIZE];
    float line[] = {(float)a->end[0][0], (float)a->end[0][1], (float)a->end[1][0], (float)a->end[1][1]};
    size_t every = numbers_every(a, label_height * ui->scale);
    draw_line(&ui->list, line, 2, ui->scale, colour_faded(ui->palette->muted, 0.7));
    for (size_t i = 0; i < a->ticks; i++) {
        tick_draw(ui, a, &a->tick[i]);
        if (i % every == 0)
            number_draw(ui, plane, a, &a->tick[i], tick_text(text, sizeof text, a->tick[i].value, a->step));
    }
}

/* What the scale of heights tells, over its top. */
static void unit_draw(Ui *ui, Rect plane, const HillAxis *a, const HillRecipe *recipe)
{
    const char *text = recipe->height == HILL_STEP ? "\u03c3\u00b2 log p" : "nats";
    double h = label_height * ui->scale, w = axis_label_width(ui, text);
    label_draw(ui, plane, (Rect){a->end[1][0] - w / 2, a->end[1][1] - 1.5 * h, w, h}, text);
}

void hill_axes_draw(Ui *ui, Rect plane, const Picture *p)
{
    HillAxes axes;
    hill_axes(p->hill, ui->scale, &axes);
    for (size_t i = 0; i < HILL_AXES; i++)
        axis_draw(ui, plane, &axes.axis[i]);
    unit_draw(ui, plane, &axes.axis[HILL_AXIS_HEIGHT], &p->hill->hill->recipe);
}
