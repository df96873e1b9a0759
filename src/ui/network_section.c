#include "core/objective.h"
#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

static const double heading_height = 24, section_gap = 4, row_height = 23;

/* Why nothing moves any more, and how to go on. */
static void tell_rest(Ui *ui, Rect at)
{
    Control c = ui_hover(ui, ui_id("converged", 0), at);
    ui_tip(ui, &c, at,
           "10,000 more steps would lower the error by less than 2 %, so training rests. It wakes when the target or "
           "anything it learns by changes; \u201cGo on\u201d learns for two more doublings of the steps at least",
           setting_info(SET_REST)->name, "");
}

/* A shape, a word and a colour: the last alone would tell nothing to some. */
static void draw_state(Ui *ui, Rect row, const Picture *p)
{
    static const struct {
        Icon icon;
        const char *word;
    } shown[] = {[STATE_TRAINING] = {ICON_DISC, "TRAINING"}, [STATE_PAUSED] = {ICON_PAUSE, "PAUSED"},
                 [STATE_FINISHED] = {ICON_DISC, "FINISHED"}, [STATE_CONVERGED] = {ICON_PAUSE, "CONVERGED"},
                 [STATE_WAITING] = {ICON_PAUSE, "WAITING"},  [STATE_DIVERGED] = {ICON_WARNING, "DIVERGED"}};
    TrainingState state = training_state(p);
    const Colour colours[] = {[STATE_TRAINING] = ui->palette->good, [STATE_PAUSED] = ui->palette->muted,
                              [STATE_FINISHED] = ui->palette->text, [STATE_CONVERGED] = ui->palette->good,
                              [STATE_WAITING] = ui->palette->muted, [STATE_DIVERGED] = ui->palette->warning};
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
    if (state == STATE_CONVERGED)
        tell_rest(ui, rect_cut_right(&row, width + 2 * size));
}

/* How the losses are drawn. On a log scale the last percent above the floor is as much to see as the first fall. Losses
 * that leave out a constant go below zero: of those the excess over the exact score's is drawn, in which most of a
 * batch's chance cancels, on a scale that takes either sign. */
typedef struct LossScale {
    bool excess;
    double unit;      /* of an excess: below it the scale is even, above it logarithmic */
    double low, high; /* of what is drawn */
} LossScale;

/* Where loss (0) and floor (1) of an entry lie on the scale. */
static double scaled(const LossScale *scale, const float entry[2], int which)
{
    double value = (double)entry[which];
    if (!isfinite(value))
        return (double)NAN;
    if (scale->excess)
        return which == 1 ? 0 : asinh((value - (double)entry[1]) / scale->unit);
    return value > 0 ? log(value) : (double)NAN;
}

static LossScale loss_scale(const TrainerStatistics *s)
{
    LossScale scale = {.unit = 1e-9, .low = (double)INFINITY, .high = -(double)INFINITY};
    for (size_t i = 0; i < s->history_count; i++) {
        double loss = (double)s->history[i][0], floor = (double)s->history[i][1];
        scale.excess |= loss < 0 || floor < 0;
        scale.unit = isfinite(loss - floor) ? fmax(scale.unit, 0.01 * (loss - floor)) : scale.unit;
    }
    for (size_t i = 0; i < 2 * s->history_count; i++) {
        double value = scaled(&scale, s->history[i / 2], (int)(i % 2));
        scale.low = fmin(scale.low, value); /* fmin and fmax leave out a NAN */
        scale.high = fmax(scale.high, value);
    }
    return scale;
}

static void draw_loss(Ui *ui, Rect at, const TrainerStatistics *s, int which, const LossScale *scale, double width,
                      Colour colour)
{
    float point[2 * TRAINER_HISTORY];
    double range = fmax(scale->high - scale->low, 0.2);
    for (size_t i = 0; i < s->history_count; i++) {
        double place = 0.05 + 0.95 * (scaled(scale, s->history[i], which) - scale->low) / range;
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
    LossScale scale = loss_scale(s);
    draw_loss(ui, plot, s, 1, &scale, 1, colour->muted);
    draw_loss(ui, plot, s, 0, &scale, 1.5, colour->learned);
    Control c = ui_hover(ui, ui_id("loss", 0), at);
    ui_tip(ui, &c, at,
           scale.excess
               ? "bold: the loss less that of the exact score on the same batches; thin: zero. This loss leaves "
                 "out a constant and may be negative, so its excess is drawn, on a log scale but near zero"
               : "bold: the loss; thin: the loss of the exact score on the same batches; both on a log scale",
           "", "");
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
    row_label(ui, &row, "width \u00d7 depth");
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
    row_label(ui, &row, name);
    ui_text(ui, (TextStyle){FACE_CODE, 12.5, ui->palette->text, true}, row, ALIGN_RIGHT, value);
}

static void number_rows(Ui *ui, Rect *column, const Picture *p)
{
    const TrainerStatistics *s = p->statistics;
    char loss[FORMAT_SIZE], error[FORMAT_SIZE], both[2 * FORMAT_SIZE + 4], steps[FORMAT_SIZE];
    format_loss(loss, sizeof loss, s->steps > 0 ? s->loss : (double)NAN);
    format_percent(error, sizeof error, p->errors->overall);
    snprintf(both, sizeof both, "%s \u00b7 %s", loss, error);
    if (!ui_hides(ui, SET_WIDTH))
        shape_row(ui, rect_cut_top(column, row_height * ui->scale), p->settings);
    number_row(ui, rect_cut_top(column, row_height * ui->scale), "loss \u00b7 error to exact", both);
    number_row(ui, rect_cut_top(column, row_height * ui->scale), "steps", format_count(steps, sizeof steps, s->steps));
}

/* A network that rests learns again after a pause. */
static void go_on_button(Ui *ui, Rect at)
{
    if (ui_button(ui, "training.on", "Go on", "learn on, though little is left to gain", "", at, false))
        ui_say(ui, "set training off\nset training on");
}

static void buttons(Ui *ui, Rect row, const Picture *p)
{
    double gap = 8 * ui->scale, width = (row.w - 2 * gap) / 3;
    bool training = settings_on(p->settings, SET_TRAINING);
    Rect first = rect_cut_left(&row, width);
    ui_mark(ui, SET_TRAINING, first);
    if (training_state(p) == STATE_CONVERGED)
        go_on_button(ui, first);
    else
        command_button(ui, "toggle training", training ? "Pause" : "Train", first, false);
    rect_cut_left(&row, gap);
    command_button(ui, "train 1", "One step", rect_cut_left(&row, width), false);
    command_button(ui, "reset network", "Reset", rect_cut_right(&row, width), false);
}

/* What is set before a run rather than during it, and asked for by the objective that is chosen. */
static void rest(Ui *ui, Rect *column, const Settings *s)
{
    static const SettingId lengths[] = {SET_SAMPLES, SET_BUDGET};
    Objective objective = (Objective)settings_index(s, SET_OBJECTIVE);
    row_choice(ui, column, s, SET_OBJECTIVE);
    if (objective == OBJECTIVE_DENOISING)
        row_choice(ui, column, s, SET_WEIGHTING);
    if (objective_asks_for_targets(objective))
        row_choice(ui, column, s, SET_SOURCE);
    row_choice(ui, column, s, SET_PREDICTION);
    row_choice(ui, column, s, SET_ACTIVATION);
    rows_values(ui, column, s, lengths, 2);
    row_setting(ui, column, s, SET_FEATURES);
    row_setting(ui, column, s, SET_REST);
}

void network_section(Ui *ui, Rect *column, const Picture *p)
{
    static const SettingId everyday[] = {SET_RATE, SET_BATCH};
    rect_cut_top(column, section_gap * ui->scale);
    Rect row = rect_cut_top(column, heading_height * ui->scale);
    TextStyle style = {FACE_STRONG, 11.5, ui->palette->muted, false};
    rect_cut_left(&row, ui_text(ui, style, row, ALIGN_LEFT, "NETWORK"));
    draw_state(ui, row, p);
    loss_curve(ui, rect_cut_top(column, 45 * ui->scale), p->statistics);
    if (!ui_hides(ui, SET_HISTORY))
        history_track(ui, rect_cut_top(column, 12 * ui->scale), p->settings);
    number_rows(ui, column, p);
    rect_cut_top(column, 4 * ui->scale);
    if (!ui_hides(ui, SET_TRAINING))
        buttons(ui, rect_cut_top(column, 29 * ui->scale), p);
    rect_cut_top(column, 5 * ui->scale);
    rows_sliders(ui, column, p->settings, everyday, 2);
    if (row_more(ui, column, "network.more", "objective, targets, and what the network is made of", &ui->more_network))
        rest(ui, column, p->settings);
}
