/* fates_legend.c - whose way is which, when four samplers begin at one place. */
#include "ui/parts.h"

static const double card_width = 148, row_height = 19, space = 10, axis_room = 24, axis_left = 46;

Rect fates_legend_draw(Ui *ui, Rect plane, const Picture *p)
{
    static const struct {
        PathRole role;
        const char *label;
    } row[] = {{PATH_ASCENT, "gradient ascent"},
               {PATH_LANGEVIN, "Langevin"},
               {PATH_SDE, "reverse SDE"},
               {PATH_ODE, "probability flow"}};
    enum { ROWS = sizeof row / sizeof *row };
    double s = ui->scale, height = ROWS * row_height * s + space * s;
    Rect card = {plane.x + axis_left * s, plane.y + plane.h - (axis_room * s) - height, card_width * s, height};
    if (!p->fates || plane.w < 3 * card_width * s || plane.h < 3 * height)
        return (Rect){0};
    card_draw(ui, card);
    Rect inner = rect_inset(card, space * s, 0.5 * space * s);
    for (size_t i = 0; i < ROWS; i++) {
        Rect line = rect_cut_top(&inner, row_height * s), sample = rect_cut_left(&line, 18 * s);
        float y = (float)(sample.y + sample.h / 2), point[] = {(float)sample.x, y, (float)(sample.x + sample.w), y};
        draw_line(&ui->list, point, 2, 2 * s, path_colour(ui->palette, row[i].role));
        rect_cut_left(&line, 8 * s);
        ui_text(ui, (TextStyle){FACE_TEXT, 12, ui->palette->text, false}, line, ALIGN_LEFT, row[i].label);
    }
    return card;
}
