#include "ui/parts.h"

#include "scene/command.h"

#include <string.h>

TrainingState training_state(const Picture *p)
{
    if (p->statistics->diverged)
        return STATE_DIVERGED;
    if (sign_raised(SIGN_SPENT, &(SignView){p->settings, &p->subject->target, p->sigma, p->statistics}))
        return STATE_FINISHED;
    if (!settings_on(p->settings, SET_TRAINING))
        return STATE_PAUSED;
    if (p->subject->blank)
        return STATE_WAITING;
    return p->resting && settings_on(p->settings, SET_REST) ? STATE_CONVERGED : STATE_TRAINING;
}

/* The key's own words where it has one: they name what is meant by this command and these arguments. */
static const char *command_help(const char *command)
{
    char name[32] = "";
    const KeyBinding *key;
    for (size_t i = 0; (key = key_binding(i)); i++) {
        if (strcmp(key->command, command) == 0)
            return key->help;
    }
    size_t length = strcspn(command, " ");
    memcpy(name, command, length < sizeof name ? length : sizeof name - 1);
    const CommandInfo *row = command_find(name);
    return row ? row->help : "";
}

void command_tip(Ui *ui, const Control *c, Rect at, const char *command)
{
    if (c->hot)
        ui_tip(ui, c, at, command_help(command), command, key_of(command));
}

void command_button(Ui *ui, const char *command, const char *label, Rect at, bool active)
{
    if (ui_button(ui, command, label, command_help(command), key_of(command), at, active))
        ui_say(ui, "%s", command);
}

Colour colour_faded(Colour c, double alpha)
{
    return (c & ~0xffu) | (Colour)lround(255 * alpha);
}

void card_draw(Ui *ui, Rect at)
{
    ui_box(ui, at, 8, colour_faded(ui->palette->panel, 0.96), ui->palette->line);
}

void curve_draw(Ui *ui, const float *point, size_t n, double width, Colour colour, bool filled, double base)
{
    for (size_t i = 0; i < n;) {
        size_t first = i;
        while (i < n && !isnan(point[2 * i]) && !isnan(point[2 * i + 1]))
            i++;
        if (filled && i - first > 1)
            draw_area(&ui->list, point + 2 * first, i - first, base, colour_faded(colour, 0.16));
        if (i - first > 1)
            draw_line(&ui->list, point + 2 * first, i - first, width, colour);
        i += i == first;
    }
}

bool learned_counts(const Picture *p)
{
    return p->statistics->steps > 0 || settings_index(p->settings, SET_FIELD) != FIELD_EXACT;
}

/* Linear in ln sigma. */
double error_at(const ScoreErrors *errors, double sigma)
{
    for (int i = 1; i < METRICS_LEVELS; i++) {
        double low = errors->sigma[i - 1], high = errors->sigma[i];
        if (!(low > 0 && high > low) || (sigma > high && i + 1 < METRICS_LEVELS))
            continue;
        double towards = fmin(fmax(log(sigma / low) / log(high / low), 0), 1);
        return (1 - towards) * errors->error[i - 1] + towards * errors->error[i];
    }
    return (double)NAN;
}
