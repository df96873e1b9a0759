#include "ui/lecture.h"
#include "ui/parts.h"
#include "ui/paths.h"

#include <string.h>

static const double top_height = 52, panel_width = 336, noise_height = 138;

static bool shown(const Lecture *l, size_t place)
{
    return !l || !l->hidden[place];
}

/* A lesson may hide the panel's sections one by one: without any there is no panel. */
static bool shows_panel(const Lecture *l)
{
    bool any = false;
    for (size_t place = PLACE_TARGET; place <= PLACE_LAYERS; place++)
        any |= shown(l, place);
    return any && shown(l, PLACE_PANEL);
}

Layout interface_layout(const Settings *s, const Lecture *lecture, double w, double h, double pixel_ratio)
{
    bool bars = settings_on(s, SET_PANEL);
    Rect rest = {0, 0, fmax(w, 1), fmax(h, 1)};
    double cap = fmin(rest.w / (2 * panel_width), rest.h / (2 * (top_height + noise_height)));
    Layout l = {.scale = fmin(s->value[SET_SCALE] / 100 * pixel_ratio, cap), .window = rest};
    if (bars && shown(lecture, PLACE_TOP))
        l.top = rect_cut_top(&rest, floor(top_height * l.scale));
    if (bars && shown(lecture, PLACE_NOISE))
        l.noise = rect_cut_bottom(&rest, floor(noise_height * l.scale));
    if (bars && shows_panel(lecture))
        l.panel = rect_cut_right(&rest, floor(panel_width * l.scale));
    l.plane = rest;
    return l;
}

static void draw_bar(Ui *ui, size_t place, Rect at, const Picture *p, void (*draw)(Ui *ui, Rect at, const Picture *p))
{
    if (at.h == 0)
        return;
    ui_area(ui, at);
    draw(ui, at, p);
    ui_mark(ui, place, at);
}

static void draw_bars(Ui *ui, const Layout *layout, const Picture *p)
{
    draw_bar(ui, PLACE_TOP, layout->top, p, top_bar_draw);
    draw_bar(ui, PLACE_PANEL, layout->panel, p, panel_draw);
    draw_bar(ui, PLACE_NOISE, layout->noise, p, noise_bar_draw);
    if (layout->noise.h == 0)
        noise_bar_hidden(ui);
}

/* What is left of the plane beside a card in its upper right corner, where the pointer is: to the left of it or below.
 */
static Rect room_beside(Rect plane, Rect card, const Input *pointer)
{
    if (card.w > 0 && pointer->x < card.x)
        plane.w = card.x - plane.x;
    else if (card.w > 0)
        rect_cut_top(&plane, card.y + card.h - plane.y);
    return plane;
}

/* Cards in the lower left of a rectangle make room for one that stands there already, if it does. */
static Rect above(Rect card, Rect r)
{
    if (card.h > 0)
        r.h = fmin(r.h, fmax(card.y - r.y, 0));
    return r;
}

/* What stands beside a card in the lower right corner, if there is one, ends there. */
static double left_of(Rect card, double right)
{
    return card.h > 0 ? fmin(card.x, right) : right;
}

static void draw_pad(Ui *ui, Rect *plane, const Picture *p)
{
    Rect room = above(ui->caption, *plane);
    if (!settings_on(p->settings, SET_PAD)) {
        pad_hidden(ui);
        return;
    }
    pad_draw(ui, &room, p);
    plane->x = room.x;
    plane->w = room.w;
}

/* What cards of the plane leave to those that are drawn later. */
typedef struct Left {
    Rect beside; /* the tools */
    Rect corner; /* in the lower right, for keys that were hit */
    double foot; /* along the lower edge of the plane, up to here */
    Rect legend; /* what stands in the lower left, of paths; empty when nothing does */
} Left;

/* Cards make room for the line on which commands are typed: where it stands, what is left of the plane ends a little
 * above it. */
static Rect over_prompt(const Ui *ui, Rect line, Rect r)
{
    const double cards_end = 22; /* units that they keep free below them, for the numbers at the axis */
    if (line.h > 0)
        r.h = fmin(r.h, fmax(line.y + cards_end * ui->scale - r.y, 0));
    return r;
}

/* Of legends in the lower right corner: above them or to their left, where the pointer is. */
static Rect off_legends(Rect room, Rect map, Rect density, const Input *pointer)
{
    Rect upper = density.h > 0 ? density : map;
    if (upper.h > 0 && pointer->y < upper.y)
        return above(upper, room);
    room.w = fmax(left_of(map, left_of(density, room.x + room.w)) - room.x, 0);
    return room;
}

/* Each takes its place, and what is left is the next one's. Marginals stand beside the axes of a flat plane; those of a
 * hill lie elsewhere. Returns the room for the card of what is pointed at. */
static Rect draw_readings(Ui *ui, Rect plane, Rect line, const Picture *p, Left *left)
{
    const Settings *s = p->settings;
    const Target *target = &p->subject->target;
    Camera camera = camera_of(s, &target->frame, plane);
    Rect rest = plane;
    if (p->readings && settings_on(s, SET_MARGINALS) && !p->hill)
        marginals_draw(ui, &rest, camera_extent(&camera), p->readings->marginal);
    Rect modes = {0};
    if (p->readings && settings_on(s, SET_MODES))
        modes = modes_draw(ui, &rest, &p->readings->modes);
    if (p->drawing)
        drawing_tools_draw(ui, &rest, p);
    left->beside = over_prompt(ui, line, plane);
    rect_cut_left(&left->beside, rest.x - plane.x);
    rest = over_prompt(ui, line, rest);
    Rect map = map_legend_draw(ui, rest, p), density = density_caption_draw(ui, rest, p);
    left->corner = above(density, above(map, rest));
    left->foot = left_of(modes, left_of(map, left_of(density, rest.x + rest.w)));
    draw_pad(ui, &rest, p);
    left->legend = fates_legend_draw(ui, above(ui->caption, rest), p);
    Rect card = path_card_draw(ui, rest, p);
    if (card.w > 0)
        rect_cut_top(&rest, card.y + card.h - rest.y);
    signs_draw(ui, rest, &(SignView){s, target, p->sigma, p->statistics});
    Rect room = over_prompt(ui, line, room_beside(plane, card, &ui->input));
    room = off_legends(room, map, density, &ui->input);
    return ui->input.y < ui->caption.y ? above(ui->caption, room) : room;
}

/* What a lesson says, over the veil that it draws. Returns what is left above it. */
static Rect draw_lecture(Ui *ui, const Layout *layout, const Left *left, const Picture *p)
{
    Rect plane = left->beside;
    ui_mark_end(ui);
    lecture_focus_draw(ui, layout, p);
    draw_clip(&ui->list, layout->plane);
    if (layout->top.h == 0)
        lecture_place_draw(ui, plane, p);
    Rect caption = lecture_caption_draw(ui, plane, left->foot, p);
    Rect question = lecture_question_draw(ui, plane, p);
    if (p->key_log)
        key_log_draw(ui, above(question, left->corner), p);
    draw_clip(&ui->list, (Rect){0});
    if (memcmp(&caption, &ui->caption, sizeof caption) != 0)
        ui->wake_s = ui->input.time_s;
    ui->caption = caption;
    return above(question, above(caption, plane));
}

/* What came in with a file, and a toast above it. */
static void draw_messages(Ui *ui, Rect plane, const Picture *p)
{
    draw_clip(&ui->list, plane);
    Rect card = p->loaded ? load_card_draw(ui, plane, p->loaded) : (Rect){0};
    if (card.h > 0)
        plane.h = card.y - plane.y;
    if (p->toast)
        toast_draw(ui, plane, p);
    draw_clip(&ui->list, (Rect){0});
}

/* A pointer that was left lying asks for nothing in a new scene: its card would cover what is to be seen. */
static bool asks_for_numbers(const Ui *ui, const Picture *p)
{
    return p->hover && isnan(ui->scene_at[0]) && !settings_on(p->settings, SET_LENS);
}

static Left draw_over_plane(Ui *ui, Rect plane, Rect line, const Picture *p)
{
    draw_clip(&ui->list, plane);
    bool axes = settings_on(p->settings, SET_SHOW_AXES);
    if (axes && p->hill)
        hill_axes_draw(ui, plane, p);
    if (p->drawing)
        drawing_overlay_draw(ui, plane, p);
    wipe_draw(ui, plane, p->settings);
    second_draw(ui, plane, p->settings);
    if (p->hill)
        hill_caption_draw(ui, plane, p);
    path_arrows_draw(ui, p);
    Left left;
    Rect room = draw_readings(ui, plane, line, p, &left);
    if (axes && !p->hill)
        axes_draw(ui, plane, p); /* beside the cards, which cut no number */
    bool on_path = !p->drawing && paths_feel(ui, plane, p);
    lens_draw(ui, plane, p);
    if (asks_for_numbers(ui, p) && !on_path)
        hover_draw(ui, plane, room, p);
    if (settings_on(p->settings, SET_NUMBERS))
        numbers_draw(ui, p->drawing ? left.beside : plane, p);
    draw_clip(&ui->list, (Rect){0});
    return left;
}

/* Pictures without a trainer or a measurement show a network that has not begun. */
static Picture complete(const Picture *p)
{
    static const TrainerStatistics not_begun;
    static const ScoreErrors unmeasured = {.overall = (double)NAN};
    static const Lecture none = {.focus = LECTURE_NOWHERE};
    Picture whole = *p;
    whole.statistics = p->statistics ? p->statistics : &not_begun;
    whole.errors = p->errors ? p->errors : &unmeasured;
    if (!learned_counts(&whole)) {
        whole.errors = &unmeasured;
        for (int k = 0; k < 2; k++)
            whole.probe.learned[k] = whole.probe.denoised_learned[k] = (double)NAN;
    }
    whole.lecture = p->lecture ? p->lecture : &none;
    return whole;
}

/* A scene begins with the panel as it is at the start of a program. */
static void follow_scene(Ui *ui, const Lecture *l)
{
    if (ui->scene != l->begun) {
        ui->more_network = ui->more_dynamics = ui->more_show = ui->lessons = false;
        ui->scroll.at = 0;
        ui_seek(ui, LECTURE_NOWHERE);
        ui->scene_at[0] = ui->input.x;
        ui->scene_at[1] = ui->input.y;
    }
    if (ui->input.x != ui->scene_at[0] || ui->input.y != ui->scene_at[1])
        ui->scene_at[0] = (double)NAN;
    ui->scene = l->begun;
    ui->hidden = l->hidden;
    ui_seek(ui, l->focus);
}

static bool types_word(const Picture *p)
{
    return p->word && settings_on(p->settings, SET_DRAW) && settings_on(p->settings, SET_DRAW_WORD);
}

static bool types_command(const Picture *p)
{
    return p->prompt && settings_on(p->settings, SET_PROMPT);
}

void interface_draw(Ui *ui, const Layout *layout, const Picture *p)
{
    Picture whole = complete(p);
    ui->window = layout->window;
    if (settings_on(p->settings, SET_BLANK)) {
        ui->lessons = false;
        noise_bar_hidden(ui);
        ui_area(ui, layout->window);
        ui_box(ui, layout->window, 0, ui->palette->ground, 0);
        return;
    }
    bool keys = settings_on(p->settings, SET_KEYS), word = types_word(p), types = types_command(p);
    Rect line = types ? prompt_place(ui, layout->plane, p->prompt) : (Rect){0};
    Rect over = keys ? keys_place(ui, layout) : (Rect){0}, lessons = keys ? (Rect){0} : lessons_place(ui, layout);
    ui->lessons = lessons.w > 0;
    follow_scene(ui, whole.lecture);
    ui->tips_at_once = keys;
    ui->cover = lessons.w > 0         ? layout->window
                : word && over.w == 0 ? word_entry_place(ui, layout->plane)
                : over.w > 0          ? over
                                      : line;
    Left left = draw_over_plane(ui, layout->plane, line, &whole);
    draw_bars(ui, layout, &whole);
    draw_messages(ui, above(left.legend, draw_lecture(ui, layout, &left, &whole)), &whole);
    ui->cover = over;
    if (word)
        word_entry_draw(ui, layout->plane, p->word);
    else if (p->word)
        word_entry_hidden(p->word);
    ui->cover = line;
    if (keys)
        keys_draw(ui, over, rect_has(layout->plane, ui->input.x, ui->input.y));
    else if (lessons.w > 0)
        lessons_draw(ui, lessons, &whole);
    ui->cover = (Rect){0};
    if (types)
        prompt_draw(ui, layout->plane, p->prompt);
    else if (p->prompt)
        prompt_hidden(p->prompt);
}
