#include "ui/widgets.h"

#include "ui/rect.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void ui_init(Ui *ui, MeasureText measure, void *context)
{
    *ui = (Ui){.scale = 1, .palette = palette_of(THEME_DARK), .measure = measure, .measure_context = context};
    ui->mark.place = LECTURE_NOWHERE;
    draw_init(&ui->list);
}

void ui_free(Ui *ui)
{
    draw_free(&ui->list);
}

bool ui_take_key(Ui *ui, int key)
{
    for (int i = 0; i < ui->input.keys; i++) {
        if (ui->input.key[i] == key) {
            ui->input.key[i] = KEY_NONE;
            return true;
        }
    }
    return false;
}

bool ui_tab_waits(const Ui *ui)
{
    for (int i = 0; i < ui->input.keys; i++) {
        if (ui->input.key[i] == KEY_TAB || ui->input.key[i] == KEY_BACKTAB)
            return true;
    }
    return false;
}

static void set_focus(Ui *ui, uint32_t id, bool by_keyboard)
{
    ui->focus = id;
    ui->focus_shown = by_keyboard;
    ui->focus_moved = by_keyboard;
}

/* Tab goes through the controls of the frame before, so that the frame it was hit in already shows where it went. */
static void move_focus(Ui *ui, int by)
{
    size_t n = ui->focusables, at = by > 0 ? n - 1 : 0;
    for (size_t i = 0; i < n; i++) {
        if (ui->focusable[i].id == ui->focus)
            at = i;
    }
    set_focus(ui, ui->focusable[(at + n + (size_t)by) % n].id, true);
}

/* While a value is typed or a list is open, Tab ends that first (value.c, menu.c, lecture_list.c) and is carried
 * over to the next frame. */
static void follow_tabs(Ui *ui)
{
    if (ui->focusables == 0 || ui->editing || ui->menu.id || ui->lessons)
        return;
    while (ui_take_key(ui, KEY_TAB))
        move_focus(ui, 1);
    while (ui_take_key(ui, KEY_BACKTAB))
        move_focus(ui, -1);
}

void ui_begin(Ui *ui, const Input *input, double scale, const Palette *palette)
{
    ui->focus_moved = false;
    if (!ui->input.down || input->pressed)
        ui->owner = POINTER_FREE;
    follow_tabs(ui);
    ui->input = *input;
    ui->scale = scale;
    ui->palette = palette;
    draw_clear(&ui->list);
    ui->list.border_px = fmax(1, round(scale));
    ui->outbox[0] = ui->tooltip[0] = '\0';
    ui->hot = 0;
    ui->areas = 0;
    ui->clip = ui->cover = (Rect){0};
    ui->wake_s = (double)INFINITY;
    ui->edit_seen = ui->tooltip_beside = false;
    ui->focus_arrows = ui->focus_ends = ui->focus_escape = false;
    ui->menu.settings = NULL;
    ui->mark.at = ui->mark.within = (Rect){0};
    ui->tips_at_once = false;
    follow_tabs(ui);
    ui->focusables = 0;
}

static bool over_area(const Ui *ui)
{
    for (size_t i = 0; i < ui->areas; i++) {
        if (ui_over(ui, ui->area[i]))
            return true;
    }
    return false;
}

/* What is gone from the window can hold neither the keyboard nor the pointer. */
static void forget_what_is_gone(Ui *ui)
{
    bool found = false;
    for (size_t i = 0; i < ui->focusables; i++)
        found |= ui->focusable[i].id == ui->focus;
    if (!found)
        ui->focus = 0;
    if (!ui->edit_seen)
        ui->editing = 0;
}

void ui_end(Ui *ui)
{
    ui_menu_list(ui);
    if (ui->input.pressed) {
        ui->owner = over_area(ui) || ui->active ? POINTER_INTERFACE : POINTER_PLANE;
        if (!ui->hot)
            ui->focus = 0;
    }
    if (ui_take_key(ui, KEY_ESCAPE))
        ui->focus = 0;
    if (!ui->input.down)
        ui->active = 0;
    if (ui->hot != ui->last_hot)
        ui->hot_since_s = ui->input.time_s;
    ui->last_hot = ui->hot;
    forget_what_is_gone(ui);
    ui_tooltip(ui);
}

void ui_say(Ui *ui, const char *format, ...)
{
    size_t used = strlen(ui->outbox), room = sizeof ui->outbox - used;
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(ui->outbox + used, room, format, arguments);
    va_end(arguments);
    if (n >= 0 && (size_t)n + 1 < room)
        memcpy(ui->outbox + used + n, "\n", 2);
    else
        ui->outbox[used] = '\0';
}

uint32_t ui_id(const char *name, size_t index)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *p = name; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    hash = (hash ^ (uint32_t)index) * 16777619u;
    return hash ? hash : 1;
}

void ui_area(Ui *ui, Rect at)
{
    if (ui->areas < AREAS_MAX)
        ui->area[ui->areas++] = at;
}

bool ui_meets_area(const Ui *ui, Rect at)
{
    for (size_t i = 0; i < ui->areas; i++) {
        if (rects_meet(ui->area[i], at))
            return true;
    }
    return false;
}

void ui_clip(Ui *ui, Rect at)
{
    ui->clip = at;
    draw_clip(&ui->list, at);
}

bool ui_over(const Ui *ui, Rect at)
{
    return rect_has(at, ui->input.x, ui->input.y);
}

bool ui_reaches(const Ui *ui, Rect at)
{
    bool clipped = ui->clip.w > 0 && !ui_over(ui, ui->clip);
    bool covered = ui->menu.id ? !ui->menu.listing : ui_over(ui, ui->cover);
    return ui_over(ui, at) && !clipped && !covered && ui->owner != POINTER_PLANE;
}

Control ui_hover(Ui *ui, uint32_t id, Rect at)
{
    bool taken = ui->active != 0 && ui->active != id;
    Control c = {.hot = ui_reaches(ui, at) && !taken};
    if (c.hot)
        ui->hot = id;
    return c;
}

Control ui_control(Ui *ui, uint32_t id, Rect at)
{
    Control c = ui_hover(ui, id, at);
    if (ui->focusables < FOCUSABLE_MAX) {
        ui->focusable[ui->focusables].id = id;
        ui->focusable[ui->focusables++].at = at;
    }
    if (c.hot && ui->input.pressed) {
        ui->active = id;
        c.pressed = true;
        set_focus(ui, id, false);
    }
    c.focused = ui->focus == id;
    c.held = ui->active == id;
    c.released = c.held && !ui->input.down;
    c.clicked = (c.released && c.hot) || (c.focused && ui->editing != id && ui_take_key(ui, KEY_ENTER));
    return c;
}

bool ui_takes_arrows(Ui *ui, const Control *c)
{
    bool takes = c->focused && ui->focus_shown && !c->held && ui->editing == 0;
    ui->focus_arrows |= takes;
    return takes;
}

void ui_focus_ring(Ui *ui, const Control *c, Rect at, double radius)
{
    double out = round(2 * ui->scale);
    if (c->focused && ui->focus_shown)
        ui_box(ui, rect_inset(at, -out, -out), radius + 2, 0, ui->palette->text);
}

void ui_box(Ui *ui, Rect at, double radius, Colour fill, Colour border)
{
    draw_box(&ui->list, rect_snap(at), radius * ui->scale, fill, border);
}

bool ui_wants_pointer(const Ui *ui)
{
    return ui->owner == POINTER_FREE ? over_area(ui) : ui->owner == POINTER_INTERFACE;
}

bool ui_wants_keyboard(const Ui *ui)
{
    return ui->editing != 0 || ui->menu.id != 0 || ui->lessons;
}

bool ui_wants_key(const Ui *ui, int key)
{
    switch (key) {
    case KEY_SPACE:
        return ui->editing != 0 && ui->edit_words;
    case KEY_TAB:
    case KEY_BACKTAB:
        return true;
    case KEY_ENTER:
        return ui->focus != 0 || ui->editing != 0;
    case KEY_ESCAPE:
        return (ui->focus != 0 && ui->focus_shown) || ui->focus_escape || ui_wants_keyboard(ui);
    case KEY_BACKSPACE:
    case KEY_DELETE:
        return ui->editing != 0;
    case KEY_HOME:
    case KEY_END:
        return ui->focus_ends || ui->editing != 0;
    default:
        return ui->focus_arrows || ui->editing != 0;
    }
}
