#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

static const double heading_height = 24, section_gap = 4, row_height = 23;

/* A shape, a word and a colour: the last alone would tell nothing to some. */
static void draw_state(Ui *ui, Rect row, const Picture *p)
{
    static const struct {
        Icon icon;
        const char *word;
    } shown[] = {[STATE_TRAINING] = {ICON_DISC, "TRAINING"},
                 [STATE_PAUSED] = {ICON_PAUSE, "PAUSED"},
                 [STATE_DIVERGED] = {ICON_WARNING, "DIVERGED"}};
    TrainingState state = training_state(p);
    const Colour colours[] = {ui->palette->good, ui->palette->muted, ui->palette->warning};
    TextStyle style = {FACE_STRONG, 11.5, colours[state], true};
    char text[64], rate[FORMAT_SIZE];
    snprintf(text, sizeof text, "%s", shown[state].word);
    if (state == STATE_TRAINING && p->numbers.steps_per_s > 0)
        snprintf(text, sizeof text, "TRAINING  %s STEPS/S",
                 format_count(rate, sizeof rate, (uint64_t)llround(p->numbers.steps_per_s)));
    double size = 10 * ui->scale;
    rect_cut_left(&row, 2 * size);
    double width = ui_text(ui, style, row, ALIGN_RIGHT, text);
    icon_draw(ui, shown[state].icon, row.x + row.w - width - size, row.y + row.h / 2, size, style.colour);
}

typedef struct LossRange {
    double low, high;
} LossRange;

static LossRange loss_range(const TrainerStatistics *s)
{
    LossRange range = {(double)INFINITY, 0};
    for (size_t i = 0; i < 2 * s->history_count; i++) {
        double value = (double)s->history[i / 2][i % 2];
        if (!isfinite(value) || value <= 0)
            continue;
        range.low = fmin(range.low, value);
        range.high = fmax(range.high, value);
    }
    range.low *= 0.95;
    range.high = fmax(range.high, 1.2 * range.low);
    return range;
}

/* On a log scale: the last percent above the floor is as much to see as the first fall. */
static void draw_loss(Ui *ui, Rect at, const TrainerStatistics *s, int which, LossRange range, double width,
                      Colour colour)
{
    float point[2 * TRAINER_HISTORY];
    for (size_t i = 0; i < s->history_count; i++) {
        double value = (double)s->history[i][which];
        double place =
            isfinite(value) && value > 0 ? log(value / range.low) / log(range.high / range.low) : (double)NAN;
        point[2 * i] = (float)(at.x + at.w * (double)i / (double)(s->history_count - 1));
        point[2 * i + 1] = (float)(at.y + at.h * (1 - place));
    }
    curve_draw(ui, point, s->history_count, width * ui->scale, colour, false, 0);
}

static void loss_curve(Ui *ui, Rect at, const TrainerStatistics *s)
{
    const Palette *colour = ui->palette;
    double border = ui->list.border_px;
    ui_box(ui, (Rect){at.x, at.y + at.h - border, at.w, border}, 0, colour->line, 0);
    if (s->history_count < 2)
        return;
    Rect plot = rect_inset(at, 0, 3 * ui->scale);
    LossRange range = loss_range(s);
    draw_loss(ui, plot, s, 1, range, 1, colour->muted);
    draw_loss(ui, plot, s, 0, range, 1.5, colour->learned);
}

/* Takes the label's place from the row. */
static void label(Ui *ui, Rect *row, const char *text)
{
    TextStyle style = {FACE_TEXT, 13, ui->palette->muted, false};
    rect_cut_left(row, ui_text(ui, style, *row, ALIGN_LEFT, text) + 8 * ui->scale);
}

static bool is_typed(const Ui *ui, SettingId id)
{
    return ui->editing == ui_id(setting_info(id)->name, 1);
}

/* While one of the two numbers is typed it has the row to itself. */
static void shape_row(Ui *ui, Rect row, const Settings *s)
{
    TextStyle style = {FACE_CODE, 12.5, ui->palette->text, true};
    char depth[FORMAT_SIZE];
    label(ui, &row, "width \u00d7 depth");
    if (is_typed(ui, SET_WIDTH) || is_typed(ui, SET_DEPTH)) {
        ui_value(ui, s, is_typed(ui, SET_WIDTH) ? SET_WIDTH : SET_DEPTH, row);
        return;
    }
    format_setting(depth, sizeof depth, s, SET_DEPTH);
    Rect right = rect_cut_right(&row, ui_text_width(ui, style, depth) + 4 * ui->scale);
    double times = ui_text_width(ui, style, " \u00d7 ") - 4 * ui->scale;
    ui_text(ui, style, rect_cut_right(&row, times), ALIGN_LEFT, " \u00d7");
    ui_value(ui, s, SET_WIDTH, row);
    ui_value(ui, s, SET_DEPTH, right);
}

static void number_row(Ui *ui, Rect row, const char *name, const char *value)
{
    label(ui, &row, name);
    ui_text(ui, (TextStyle){FACE_CODE, 12.5, ui->palette->text, true}, row, ALIGN_RIGHT, value);
}

static void number_rows(Ui *ui, Rect *column, const Picture *p)
{
    const TrainerStatistics *s = p->statistics;
    char loss[FORMAT_SIZE], error[FORMAT_SIZE], both[2 * FORMAT_SIZE + 4], steps[FORMAT_SIZE];
    format_loss(loss, sizeof loss, s->steps > 0 ? s->loss : (double)NAN);
    format_percent(error, sizeof error, p->errors->overall);
    snprintf(both, sizeof both, "%s \u00b7 %s", loss, error);
    shape_row(ui, rect_cut_top(column, row_height * ui->scale), p->settings);
    number_row(ui, rect_cut_top(column, row_height * ui->scale), "loss \u00b7 error to exact", both);
    number_row(ui, rect_cut_top(column, row_height * ui->scale), "steps", format_count(steps, sizeof steps, s->steps));
}

static void buttons(Ui *ui, Rect row, const Picture *p)
{
    double gap = 8 * ui->scale, width = (row.w - 2 * gap) / 3;
    bool training = settings_on(p->settings, SET_TRAINING);
    command_button(ui, "toggle training", training ? "Pause" : "Train", rect_cut_left(&row, width), false);
    rect_cut_left(&row, gap);
    command_button(ui, "train 1", "One step", rect_cut_left(&row, width), false);
    command_button(ui, "reset network", "Reset", rect_cut_right(&row, width), false);
}

static void source_row(Ui *ui, Rect *column, const Settings *s)
{
    const char *name = setting_info(SET_SOURCE)->label;
    Rect row = rect_cut_top(column, 32 * ui->scale);
    label(ui, &row, name);
    ui_setting(ui, s, SET_SOURCE, row);
}

void network_section(Ui *ui, Rect *column, const Picture *p)
{
    rect_cut_top(column, section_gap * ui->scale);
    Rect row = rect_cut_top(column, heading_height * ui->scale);
    TextStyle style = {FACE_STRONG, 11.5, ui->palette->muted, false};
    rect_cut_left(&row, ui_text(ui, style, row, ALIGN_LEFT, "NETWORK"));
    draw_state(ui, row, p);
    loss_curve(ui, rect_cut_top(column, 45 * ui->scale), p->statistics);
    rect_cut_top(column, 4 * ui->scale);
    number_rows(ui, column, p);
    rect_cut_top(column, 4 * ui->scale);
    buttons(ui, rect_cut_top(column, 29 * ui->scale), p);
    rect_cut_top(column, 5 * ui->scale);
    Rect sliders = rect_cut_top(column, 38 * ui->scale);
    ui_setting(ui, p->settings, SET_RATE, rect_cut_left(&sliders, 0.56 * sliders.w));
    rect_cut_left(&sliders, 14 * ui->scale);
    ui_setting(ui, p->settings, SET_BATCH, sliders);
    rect_cut_top(column, 5 * ui->scale);
    source_row(ui, column, p->settings);
}
