/* lecture_strip.c - where one is in a lesson: a segment a scene, the way on and back, and the lesson's name, which
 * opens the list of all.
 */
#include "scene/command.h"
#include "scene/lesson.h"
#include "ui/lecture.h"
#include "ui/parts.h"

#include <stdio.h>

static const double button_width = 26, button_height = 30, gap = 8, segment_most = 24, segment_least = 11,
                    segment_gap = 4, count_space = 16, chevron_room = 22, name_most = 420;
static const TextStyle label_style = {FACE_TEXT, 14, 0, false};
static const double pill_height = 30, pill_top = 10;

static bool given(const Picture *p)
{
    return lecture_scenes(p->lecture) > 0;
}

/* Scenes that were shown, the one that is, those to come: full, high, hollow, so that no colour is needed to tell. */
static void segment(Ui *ui, Rect at, const Lecture *l, size_t i)
{
    const Palette *colour = ui->palette;
    Control c = ui_control(ui, ui_id("scene", i), at);
    bool here = i == l->scene, past = i < l->scene;
    double h = (here ? 12 : c.hot ? 9 : 6) * ui->scale;
    Rect bar = rect_middle(at, fmax(at.w - segment_gap * ui->scale, 2), h);
    ui_box(ui, bar, here ? 3 : 2, here ? colour->active : past || c.hot ? colour->muted : 0, here ? 0 : colour->muted);
    ui_focus_ring(ui, &c, at, 3);
    char number[32];
    snprintf(number, sizeof number, "scene %zu", i + 1);
    ui_tip(ui, &c, at, lecture_scene_title(l, i), number, "");
    if (c.clicked)
        ui_say(ui, "lesson . %zu", i + 1);
}

/* As wide as there is room for. */
static void segments(Ui *ui, Rect *bar, double room, const Lecture *l)
{
    size_t n = lecture_scenes(l);
    double w = fmin(room / (double)n, segment_most * ui->scale);
    for (size_t i = 0; i < n; i++)
        segment(ui, rect_cut_left(bar, w), l, i);
}

static TextStyle count_style(const Ui *ui)
{
    return (TextStyle){FACE_TEXT, 13.5, ui->palette->text, true};
}

/* Of the longest, so that nothing moves from scene to scene. */
static double count_width(const Ui *ui, const Lecture *l)
{
    char text[48];
    snprintf(text, sizeof text, "%zu / %zu", lecture_scenes(l), lecture_scenes(l));
    return ceil(ui_text_width(ui, count_style(ui), text) + count_space * ui->scale);
}

static void count(Ui *ui, Rect *bar, const Lecture *l)
{
    char text[48];
    snprintf(text, sizeof text, "%zu / %zu", l->scene + 1, lecture_scenes(l));
    ui_text(ui, count_style(ui), rect_cut_left(bar, count_width(ui, l)), ALIGN_CENTRE, text);
}

static void way_button(Ui *ui, Rect *bar, const char *command, const char *label)
{
    Rect at = rect_cut_left(bar, button_width * ui->scale);
    command_button(ui, command, label, rect_middle(at, at.w, button_height * ui->scale), false);
    rect_cut_left(bar, gap * ui->scale);
}

static void lock(Ui *ui, Rect *bar, const Lecture *l)
{
    if (!l->locked)
        return;
    Rect at = rect_cut_left(bar, button_width * ui->scale);
    Control c = ui_hover(ui, ui_id("lock", 0), at);
    icon_draw(ui, ICON_LOCK, at.x + at.w / 2, at.y + at.h / 2, 15 * ui->scale, ui->palette->active);
    ui_tip(ui, &c, at, "the keys are locked but for those of a presenter's remote", "", "Ctrl+L");
}

/* Any press closes the list (lecture_list.c). */
static void lessons_button(Ui *ui, Rect at, const char *label)
{
    const Palette *colour = ui->palette;
    Control c = ui_control(ui, ui_id("lessons", 0), at);
    Colour ink = c.hot || ui->lessons ? colour->text : colour->muted;
    ui_box(ui, at, 6, c.hot || ui->lessons ? colour->raised : 0, colour->line);
    Rect inner = rect_inset(at, 10 * ui->scale, 0);
    Rect place = rect_cut_right(&inner, (chevron_room - 10) * ui->scale);
    rect_cut_right(&inner, 4 * ui->scale);
    TextStyle style = label_style;
    style.colour = colour->text;
    ui_text(ui, style, inner, ALIGN_LEFT, label);
    float x = (float)(place.x + place.w / 2), y = (float)(at.y + at.h / 2), u = (float)ui->scale;
    float chevron[] = {x - 4 * u, y - 2 * u, x, y + 2 * u, x + 4 * u, y - 2 * u};
    draw_line(&ui->list, chevron, 3, 1.5 * ui->scale, ink);
    ui_focus_ring(ui, &c, at, 6);
    if (!ui->lessons)
        ui_tip(ui, &c, at, "lessons: a lecture in scenes, one click an idea", "lesson", "");
    if (!c.clicked)
        return;
    ui->lessons = true;
    ui->wake_s = ui->input.time_s;
}

static double width_of_way(const Ui *ui, const Lecture *l)
{
    double fixed = 2 * (button_width + gap) + gap + (l->locked ? button_width : 0);
    return fixed * ui->scale + count_width(ui, l);
}

/* fixed: pixels that what follows needs at least. */
static void take_lessons_button(Ui *ui, Rect *bar, double fixed, const char *label)
{
    double s = ui->scale, wide = ceil(ui_text_width(ui, label_style, label) + (24 + chevron_room) * s) + 1;
    double w = fmin(fmin(wide, bar->w - fixed), name_most * s);
    if (w < 2 * chevron_room * s)
        return;
    Rect at = rect_cut_left(bar, w);
    lessons_button(ui, rect_middle(at, at.w, button_height * s), label);
    rect_cut_left(bar, 2 * gap * s);
}

void lecture_strip_draw(Ui *ui, Rect *bar, const Picture *p)
{
    const Lecture *l = p->lecture;
    bool shown = given(p) && !ui_hides(ui, PLACE_STRIP);
    double s = ui->scale, fixed = shown ? width_of_way(ui, l) : 0;
    if (given(p) || lesson_shipped(0))
        take_lessons_button(ui, bar, fixed + fmin((double)lecture_scenes(l) * segment_least * s, bar->w / 3),
                            given(p) ? lecture_title(l) : "Lessons");
    Rect strip = *bar;
    if (shown) {
        way_button(ui, bar, "back", "\u2039");
        segments(ui, bar, strip.w - fixed, l);
        rect_cut_left(bar, gap * s);
        way_button(ui, bar, "next", "\u203a");
        count(ui, bar, l);
        ui_mark(ui, PLACE_STRIP, (Rect){strip.x, strip.y, bar->x - strip.x, strip.h});
    }
    lock(ui, bar, l);
}

void lecture_place_draw(Ui *ui, Rect plane, const Picture *p)
{
    const Lecture *l = p->lecture;
    double s = ui->scale, n = (double)lecture_scenes(l), room = fmin(n * segment_most * s, 0.4 * plane.w);
    bool shown = given(p) && !ui_hides(ui, PLACE_STRIP);
    double w = (shown ? room + count_width(ui, l) : 0) + (l->locked ? button_width * s : 0) + 2 * gap * s;
    if ((!shown && !l->locked) || w > plane.w || plane.h < 4 * pill_height * s)
        return;
    Rect pill = {plane.x + (plane.w - w) / 2, plane.y + pill_top * s, w, pill_height * s};
    ui_area(ui, pill);
    ui_box(ui, pill, pill_height / 2, colour_faded(ui->palette->panel, 0.8), ui->palette->line);
    Rect bar = rect_inset(pill, gap * s, 0);
    if (shown) {
        ui_mark(ui, PLACE_STRIP, pill);
        segments(ui, &bar, room, l);
        count(ui, &bar, l);
    }
    lock(ui, &bar, l);
}
