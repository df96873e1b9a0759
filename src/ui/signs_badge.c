#include "ui/parts.h"
#include "ui/readings.h"

static const double badge_height = 28, badge_gap = 6, badge_space = 10, badge_icon = 13, badge_margin = 14;

static TextStyle title_style(const Ui *ui)
{
    return (TextStyle){FACE_STRONG, 12.5, ui->palette->text, false};
}

static double badge_width(const Ui *ui, const char *title)
{
    return ceil(ui_text_width(ui, title_style(ui), title)) + 1 + (3 * badge_space + badge_icon) * ui->scale;
}

/* Once it was clicked it keeps the focus, and with it explains itself until a click elsewhere or Escape. */
static void badge_draw(Ui *ui, Rect at, SignId id, const SignView *view)
{
    const SignInfo *row = sign_info(id);
    const Palette *colour = ui->palette;
    char figures[sizeof ui->tooltip_name];
    double unit = ui->scale, space = badge_space * unit, icon = badge_icon * unit;
    Control c = ui_control(ui, ui_id("sign", id), at);
    ui_box(ui, at, 8, colour_faded(c.hot ? colour->raised : colour->panel, 0.96), colour->line);
    ui_focus_ring(ui, &c, at, 8);
    icon_draw(ui, ICON_WARNING, at.x + space + icon / 2, at.y + at.h / 2, icon, colour->active);
    ui_text(ui, title_style(ui), rect_inset(at, space, 0), ALIGN_RIGHT, row->title);
    ui->focus_escape |= c.focused;
    if (ui_tip_due(ui, &c) || c.focused)
        ui_tip_beside(ui, at, row->explain, sign_figures(id, view, figures, sizeof figures));
}

void signs_draw(Ui *ui, Rect plane, const SignView *view)
{
    double h = badge_height * ui->scale, gap = badge_gap * ui->scale, widest = 0;
    Rect column = rect_inset(plane, badge_margin * ui->scale, badge_margin * ui->scale), stack = column;
    for (SignId id = 0; id < SIGN_COUNT && column.h >= h; id++) {
        double w = badge_width(ui, sign_info(id)->title);
        if (w > column.w || !sign_raised(id, view))
            continue;
        Rect row = rect_cut_top(&column, h);
        badge_draw(ui, rect_snap(rect_cut_right(&row, w)), id, view);
        rect_cut_top(&column, gap);
        widest = fmax(widest, w);
    }
    if (widest > 0)
        ui_area(ui, (Rect){stack.x + stack.w - widest, stack.y, widest, column.y - gap - stack.y});
}
