/* map_legend.c - what the colours of the map and the glow of the density stand for: cards in the plane's lower right
 * corner. */
#include "ui/colourmap.h"
#include "ui/parts.h"

#include <math.h>
#include <stdio.h>

static const double card_width = 208, card_height = 56, caption_height = 26, space = 11, margin = 14, axis_room = 24,
                    bar_height = 9;

static void ramp(Ui *ui, Rect at, MapColours colours, Theme theme)
{
    enum { PIECES = 24 };
    for (int i = 0; i < PIECES; i++) {
        double left = floor(at.x + at.w * i / PIECES), right = floor(at.x + at.w * (i + 1) / PIECES);
        Rect piece = {left, floor(at.y), right - left, floor(at.h)};
        draw_gradient(&ui->list, piece, 0, colourmap_at(colours, theme, (double)i / PIECES),
                      colourmap_at(colours, theme, (double)(i + 1) / PIECES));
    }
}

static void categories(Ui *ui, Rect at, Theme theme)
{
    for (size_t i = 0; i < COLOURMAP_CATEGORIES; i++) {
        double w = at.w / COLOURMAP_CATEGORIES;
        ui_box(ui, (Rect){at.x + w * (double)i, at.y, w, at.h}, 0, colourmap_category(theme, i), 0);
    }
}

/* Where the range has a middle that means something, it is said. */
static void ends(Ui *ui, Rect at, const MapView *map, const MapInfo *info)
{
    TextStyle style = {FACE_CODE, 11.5, ui->palette->muted, true};
    const double value[] = {map->low, (map->low + map->high) / 2, map->high};
    static const Align align[] = {ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT};
    for (int i = 0; i < 3; i++) {
        char text[48];
        snprintf(text, sizeof text, "%.3g%s%s", value[i], i == 2 && info->unit[0] ? " " : "", i == 2 ? info->unit : "");
        if (i != 1 || info->colours == MAP_DIVERGING)
            ui_text(ui, style, at, align[i], text);
    }
}

Rect map_legend_draw(Ui *ui, Rect plane, const Picture *p)
{
    const MapView *map = p->map;
    double s = ui->scale;
    if (!map || map->kind == MAP_NONE || map->kind != (MapKind)settings_index(p->settings, SET_MAP) ||
        plane.w < 2 * card_width * s || plane.h < 3 * card_height * s)
        return (Rect){0};
    const MapInfo *info = map_info(map->kind);
    Theme theme = (Theme)settings_index(p->settings, SET_THEME);
    Rect card = {plane.x + plane.w - (card_width + margin) * s, plane.y + plane.h - (card_height + axis_room) * s,
                 card_width * s, card_height * s};
    card_draw(ui, card);
    Rect inner = rect_inset(card, space * s, 0.5 * space * s);
    ui_text(ui, (TextStyle){FACE_STRONG, 12, ui->palette->text, false}, rect_cut_top(&inner, 18 * s), ALIGN_LEFT,
            info->label);
    Rect bar = rect_cut_top(&inner, bar_height * s);
    if (info->colours == MAP_CATEGORIES) {
        categories(ui, bar, theme);
        ui_text(ui, (TextStyle){FACE_TEXT, 11.5, ui->palette->muted, false}, inner, ALIGN_LEFT, "a colour each mode");
    } else {
        ramp(ui, bar, info->colours, theme);
        ends(ui, inner, map, info);
    }
    return card;
}

/* Above the map's legend where there is one. */
Rect density_caption_draw(Ui *ui, Rect plane, const Picture *p)
{
    const bool *learned = p->density_learned;
    bool wipe = settings_index(p->settings, SET_WIPE) != WIPE_OFF, map = settings_index(p->settings, SET_MAP);
    double s = ui->scale, above = map ? card_height + 0.5 * space : 0;
    if (p->hill || !settings_on(p->settings, SET_SHOW_DENSITY) || !(learned[0] || (wipe && learned[1])) ||
        plane.w < 2 * card_width * s || plane.h < (3 * card_height + above) * s)
        return (Rect){0};
    const char *text = !wipe || learned[0] == learned[1] ? "Density: learned, by its flow"
                       : learned[0]                      ? "Density: learned | exact"
                                                         : "Density: exact | learned";
    TextStyle style = {FACE_STRONG, 12, ui->palette->text, false};
    double width = ceil(ui_text_width(ui, style, text) + 2 * space * s);
    Rect card = {plane.x + plane.w - width - margin * s, plane.y + plane.h - (caption_height + above + axis_room) * s,
                 width, caption_height * s};
    card_draw(ui, card);
    ui_text(ui, style, rect_inset(card, space * s, 0), ALIGN_LEFT, text);
    return card;
}
