/* drawing_tools.c - the card of tools over the plane while a target is drawn: what a hand does, what its brush is like,
 * symmetry. A column beside the canvas, or two where the plane is too low for one.
 */
#include "scene/command.h"
#include "ui/drawing.h"
#include "ui/parts.h"

#include <stdio.h>

enum { A_ROW = 3, KNOBS_MAX = 5 };
static const double margin = 6, space = 8, inner_width = 104, tool_height = 32, action_height = 26, knob_height = 33,
                    more_height = 23, gap = 6, axis_room = 24;

/* What can be set of each tool. */
static const struct {
    size_t n;
    SettingId id[KNOBS_MAX];
} knobs[TOOL_COUNT] = {
    [TOOL_BRUSH] = {5, {SET_DRAW_SIZE, SET_DRAW_HARDNESS, SET_DRAW_STRENGTH, SET_DRAW_LEVEL, SET_DRAW_FOLDS}},
    [TOOL_ERASER] = {4, {SET_DRAW_SIZE, SET_DRAW_HARDNESS, SET_DRAW_STRENGTH, SET_DRAW_FOLDS}},
    [TOOL_LINE] = {5, {SET_DRAW_SIZE, SET_DRAW_HARDNESS, SET_DRAW_STRENGTH, SET_DRAW_LEVEL, SET_DRAW_FOLDS}},
    [TOOL_CIRCLE] = {5, {SET_DRAW_SIZE, SET_DRAW_HARDNESS, SET_DRAW_STRENGTH, SET_DRAW_LEVEL, SET_DRAW_FOLDS}},
    [TOOL_SPRAY] = {5, {SET_DRAW_SIZE, SET_DRAW_HARDNESS, SET_DRAW_STRENGTH, SET_DRAW_LEVEL, SET_DRAW_FOLDS}},
    [TOOL_FILL] = {2, {SET_DRAW_LEVEL, SET_DRAW_STRENGTH}},
    [TOOL_GAUSSIAN] = {1, {SET_DRAW_SPREAD}},
    [TOOL_POINT] = {3, {SET_DRAW_POINTS, SET_DRAW_SPREAD, SET_DRAW_SIZE}},
};

/* What the hand can do besides. */
static const char *const manners[TOOL_COUNT] = {
    [TOOL_BRUSH] = "with Ctrl it erases",
    [TOOL_LINE] = "with Shift in steps of 45\u00b0",
    [TOOL_GAUSSIAN] = "wheel: weight; Delete or middle click: away",
    [TOOL_POINT] = "with Ctrl it takes points away",
};

static void tool_button(Ui *ui, Rect at, const Settings *s, size_t tool)
{
    const SettingInfo *row = setting_info(SET_DRAW_TOOL);
    char help[192], name[64];
    const char *manner = manners[tool];
    snprintf(help, sizeof help, "%s: %s%s%s", row->choice_label(tool), row->choice_help(tool), manner ? "; " : "",
             manner ? manner : "");
    snprintf(name, sizeof name, "%s %s", row->name, row->choice_name(tool));
    IconButton button = {.icon = (DrawingIcon)tool,
                         .name = name,
                         .help = help,
                         .key = ui_toggle_key(row),
                         .active = settings_index(s, SET_DRAW_TOOL) == tool};
    if (drawing_button(ui, &button, at))
        ui_say(ui, "set %s", name);
}

/* Beside the tools, though the hand keeps what it holds. */
static void word_button(Ui *ui, Rect at, const Settings *s)
{
    const SettingInfo *row = setting_info(SET_DRAW_WORD);
    IconButton button = {DRAWING_WORD,
                         row->name,
                         0,
                         "type a word to learn",
                         key_of("set draw on; set draw.word on"),
                         settings_on(s, SET_DRAW_WORD)};
    if (drawing_button(ui, &button, at))
        ui_say(ui, "toggle %s", row->name);
}

static void tools(Ui *ui, Rect *column, const Settings *s)
{
    for (size_t first = 0; first <= TOOL_COUNT; first += A_ROW) {
        Rect row = rect_cut_top(column, tool_height * ui->scale);
        for (size_t i = first; i < first + A_ROW && i <= TOOL_COUNT; i++) {
            Rect at = rect_cut_left(&row, inner_width / A_ROW * ui->scale);
            if (i < TOOL_COUNT)
                tool_button(ui, at, s, i);
            else
                word_button(ui, at, s);
        }
    }
}

/* Off, left and right, up and down, both: one bit for each. */
static void mirror_button(Ui *ui, Rect at, const Settings *s, DrawMirror bit)
{
    const SettingInfo *row = setting_info(SET_DRAW_MIRROR);
    size_t now = settings_index(s, SET_DRAW_MIRROR);
    char help[96];
    snprintf(help, sizeof help, "%s: %s", row->label, row->choice_help(bit));
    IconButton button = {.icon = bit == MIRROR_X ? DRAWING_MIRROR_X : DRAWING_MIRROR_Y,
                         .name = row->name,
                         .index = bit,
                         .help = help,
                         .active = now & bit};
    if (drawing_button(ui, &button, at))
        ui_say(ui, "set %s %s", row->name, row->choice_name(now ^ bit));
}

static bool is_painted(const Drawing *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->part[i].kind == PART_CANVAS && !canvas_empty(&d->part[i].canvas))
            return true;
    return false;
}

/* What was painted goes first, then the rest: a picture that is traced stays while one begins anew on top of it. */
static void clear_button(Ui *ui, Rect at, const Drawing *d)
{
    bool painted = is_painted(d);
    const char *command = painted ? "paint clear" : "clear drawing";
    IconButton button = {DRAWING_CLEAR,   command, 0, painted ? "clear the canvas" : "clear the drawing, all its parts",
                         key_of(command), false};
    if (drawing_button(ui, &button, at))
        ui_say(ui, "%s", command);
}

static void actions(Ui *ui, Rect *column, const Settings *s, const Drawing *d)
{
    const SettingInfo *fit = setting_info(SET_DRAW_FIT);
    double width = inner_width / 4 * ui->scale;
    Rect row = rect_cut_top(column, action_height * ui->scale);
    mirror_button(ui, rect_cut_left(&row, width), s, MIRROR_X);
    mirror_button(ui, rect_cut_left(&row, width), s, MIRROR_Y);
    IconButton fitted = {DRAWING_FIT, fit->name, 0, fit->help, "", settings_on(s, SET_DRAW_FIT)};
    if (drawing_button(ui, &fitted, rect_cut_left(&row, width)))
        ui_say(ui, "toggle %s", fit->name);
    clear_button(ui, row, d);
}

/* The word comes after the tools. Units. */
static double buttons_height(void)
{
    const double rows = TOOL_COUNT / A_ROW + 1;
    return rows * tool_height + action_height;
}

static double sliders_height(const Settings *s)
{
    return (double)knobs[settings_index(s, SET_DRAW_TOOL)].n * knob_height;
}

static void settings_of_tool(Ui *ui, Rect *column, const Settings *s)
{
    size_t tool = settings_index(s, SET_DRAW_TOOL);
    for (size_t i = 0; i < knobs[tool].n; i++)
        ui_setting(ui, s, knobs[tool].id[i], rect_cut_top(column, knob_height * ui->scale));
}

/* There is no room for the settings of the tool below the tools: they stand beside them, when they are asked for. */
static bool is_low(const Ui *ui, Rect plane, const Settings *s)
{
    return plane.h < (buttons_height() + gap + sliders_height(s) + 2 * space + margin + axis_room) * ui->scale;
}

Rect drawing_tools_place(const Ui *ui, Rect plane, const Settings *s)
{
    bool low = is_low(ui, plane, s), beside = low && ui->more_tools;
    double w = beside ? 2 * inner_width + gap : inner_width, h = buttons_height() + (low ? more_height : gap);
    if (beside)
        h = fmax(h, sliders_height(s));
    else if (!low)
        h += sliders_height(s);
    return (Rect){plane.x + margin * ui->scale, plane.y + margin * ui->scale, (w + 2 * space) * ui->scale,
                  (h + 2 * space) * ui->scale};
}

void drawing_tools_draw(Ui *ui, Rect *plane, const Picture *p)
{
    Rect card = drawing_tools_place(ui, *plane, p->settings);
    Rect column = rect_inset(card, space * ui->scale, space * ui->scale);
    bool low = is_low(ui, *plane, p->settings), shown = !low || ui->more_tools;
    rect_cut_left(plane, card.x + card.w - plane->x);
    ui_area(ui, card);
    card_draw(ui, card);
    Rect buttons = rect_cut_left(&column, inner_width * ui->scale);
    tools(ui, &buttons, p->settings);
    actions(ui, &buttons, p->settings, p->drawing->drawing);
    rect_cut_left(&column, gap * ui->scale);
    if (low)
        row_more(ui, &buttons, "draw.more", "what the tool's brush is like", &ui->more_tools);
    else
        rect_cut_top(&buttons, gap * ui->scale);
    if (shown)
        settings_of_tool(ui, low ? &column : &buttons, p->settings);
}
