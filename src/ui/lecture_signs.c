/* lecture_signs.c - what a lecturer shows of the hands: the pointer as a spot of light, and the keys that were hit. */
#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>

static const double spot_radius = 9, ring_radius = 22, glow_radius = 52, glow_opacity = 0.42;
static const Colour spot_colour = 0xff2f24ff, spot_core = 0xffffffff, spot_edge = 0x00000090;
static const double row_height = 34, row_gap = 6, space = 12, margin = 14, axis_room = 30, stand_s = 2.5, fade_s = 0.6;

static void disc(Ui *ui, double radius, Colour colour)
{
    draw_dots(&ui->list, (float[]){(float)ui->input.x, (float)ui->input.y}, 1, radius * ui->scale, colour);
}

static void ring(Ui *ui, double radius, double width, Colour colour)
{
    enum { PIECES = 64 };
    float point[2 * (PIECES + 1)];
    for (int i = 0; i <= PIECES; i++) {
        double angle = 2 * M_PI * i / PIECES;
        point[2 * i] = (float)(ui->input.x + radius * ui->scale * cos(angle));
        point[2 * i + 1] = (float)(ui->input.y + radius * ui->scale * sin(angle));
    }
    draw_line(&ui->list, point, PIECES + 1, width * ui->scale, colour);
}

/* A glow of many faint discs, and a ring with a dark edge: seen on any ground. */
void lecture_spotlight_draw(Ui *ui)
{
    enum { DISCS = 14 };
    bool inside = ui_over(ui, ui->window);
    if (!inside)
        return;
    for (int i = 0; i < DISCS; i++)
        disc(ui, glow_radius * (1 - (double)i / DISCS), colour_faded(spot_colour, glow_opacity / DISCS));
    ring(ui, ring_radius, 5, spot_edge);
    ring(ui, ring_radius, 3, spot_colour);
    disc(ui, spot_radius + 1.5, spot_edge);
    disc(ui, spot_radius, spot_colour);
    disc(ui, 0.45 * spot_radius, spot_core);
}

void key_log_add(KeyLog *log, const char *key, const char *help, double time_s)
{
    struct KeyLogRow *row = &log->row[log->count++ % KEY_LOG_ROWS];
    *row = (struct KeyLogRow){.help = help, .time_s = time_s};
    snprintf(row->key, sizeof row->key, "%s", key);
}

/* 1 while it stands, then less; asks for the frames that it needs. */
static double presence(Ui *ui, double time_s)
{
    double fading_s = ui->input.time_s - time_s - stand_s;
    if (fading_s < 0)
        ui->wake_s = fmin(ui->wake_s, time_s + stand_s);
    else if (fading_s < fade_s)
        ui->wake_s = fmin(ui->wake_s, ui->input.time_s + 1.0 / 30);
    return fmin(fmax(1 - fading_s / fade_s, 0), 1);
}

static void key_row(Ui *ui, Rect at, const struct KeyLogRow *row, double seen)
{
    const Palette *colour = ui->palette;
    TextStyle key = {FACE_STRONG, 16, colour_faded(colour->on_active, seen), false};
    TextStyle help = {FACE_TEXT, 15, colour_faded(colour->text, seen), false};
    double s = ui->scale, cap = ceil(ui_text_width(ui, key, row->key) + 2 * space * s);
    double wide = fmin(cap + ceil(ui_text_width(ui, help, row->help)) + (row->help[0] ? 2 * space * s : 0) + 1, at.w);
    Rect card = rect_cut_right(&at, wide);
    ui_box(ui, card, 7, colour_faded(colour->panel, 0.94 * seen), colour_faded(colour->line, seen));
    Rect name = rect_cut_left(&card, cap);
    ui_box(ui, name, 7, colour_faded(colour->active, seen), 0);
    ui_text(ui, key, name, ALIGN_CENTRE, row->key);
    ui_text(ui, help, rect_inset(card, space * s, 0), ALIGN_LEFT, row->help);
}

/* The newest is the lowest. */
void key_log_draw(Ui *ui, Rect plane, const Picture *p)
{
    const KeyLog *log = p->key_log;
    double s = ui->scale;
    Rect column = rect_inset(plane, margin * s, axis_room * s);
    for (size_t i = 0; i < KEY_LOG_ROWS && i < log->count && column.h > row_height * s; i++) {
        const struct KeyLogRow *row = &log->row[(log->count - 1 - i) % KEY_LOG_ROWS];
        double seen = presence(ui, row->time_s);
        if (seen > 0)
            key_row(ui, rect_cut_bottom(&column, row_height * s), row, seen);
        rect_cut_bottom(&column, row_gap * s);
    }
}
