/* hill_caption.c - what the hill's height is. */
#include "scene/hill.h"

#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

static const double left = 46, top = 14, height = 26, space = 10;

/* A learned field need not be the slope of anything: what is shown is the surface whose slope comes closest. */
void hill_caption_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Settings *s = p->settings;
    char text[128], share[FORMAT_SIZE];
    bool step = settings_index(s, SET_HILL_HEIGHT) == HILL_STEP;
    const char *quantity = step ? "\u03c3\u00b2 log p" : "log p, cut off 12 nats below the top";
    bool covered = settings_on(s, SET_NUMBERS); /* by the card of F3 */
    if (!settings_on(s, SET_HILL) || covered || plane.w < 480 * ui->scale || plane.h < 160 * ui->scale)
        return;
    if (settings_index(s, SET_FIELD) == FIELD_EXACT)
        snprintf(text, sizeof text, "height: %s", quantity);
    else
        snprintf(text, sizeof text, "height: least-squares potential of the field, %s of which is no slope",
                 format_percent(share, sizeof share, p->hill_residual));
    TextStyle style = {FACE_TEXT, 12.5, ui->palette->text, true};
    double width = fmin(ui_text_width(ui, style, text) + 2 * space * ui->scale, plane.w - 2 * left * ui->scale);
    Rect card = {plane.x + left * ui->scale, plane.y + top * ui->scale, ceil(width), height * ui->scale};
    card_draw(ui, card);
    ui_text(ui, style, rect_inset(card, space * ui->scale, 0), ALIGN_LEFT, text);
}
