#include "ui/paths.h"

static const double reach = 7, ring_radius = 6, dot_radius = 4.5, head_length = 8, dash = 5;
enum { DASHES_MAX = 48 };

uint32_t path_slider_id(void)
{
    return ui_id("path step", 0);
}

void path_say(Ui *ui, const Picture *p, size_t line, size_t step)
{
    const Paths *paths = p->paths->paths;
    PathLine which = paths_line(paths, line);
    ui_say(ui, "path %zu %zu %zu", step, paths->asks - which.ask,
           which.sampler * paths->ask[which.ask].seeds + which.seed + 1);
}

static Colour field_colour(const Ui *ui, const Picture *p)
{
    bool exact = settings_index(p->settings, SET_FIELD) == FIELD_EXACT;
    return exact ? ui->palette->exact : ui->palette->learned;
}

/* The kick begins where the drift ended. */
void step_parts(const Ui *ui, const Picture *p, StepPart part[STEP_PARTS])
{
    const PathStep *step = &p->apart->parts;
    Colour way = path_colour(ui->palette, (PathRole)p->paths->paths->shown.lines.value[p->apart->line]);
    part[PART_STEP] = (StepPart){.colour = way | 0xff, .width = 5};
    part[PART_DRIFT] = (StepPart){.colour = ui->palette->good, .width = 2.4};
    part[PART_KICK] = (StepPart){.colour = ui->palette->second, .width = 2.4, .dashed = true};
    part[PART_SCORE] = (StepPart){.colour = field_colour(ui, p), .width = 1.4};
    for (int c = 0; c < 2; c++) {
        double drift = (double)step->drift[c], kick = (double)step->kick[c];
        part[PART_DRIFT].to[c] = part[PART_KICK].from[c] = drift;
        part[PART_STEP].to[c] = part[PART_KICK].to[c] = drift + kick;
        part[PART_SCORE].to[c] = step->from * step->from * (double)step->score[c];
    }
}

static void line_draw(Ui *ui, const StepPart *look, const double from[2], const double to[2])
{
    float point[] = {(float)from[0], (float)from[1], (float)to[0], (float)to[1]};
    draw_line(&ui->list, point, 2, look->width * ui->scale, look->colour);
}

static void dashes_draw(Ui *ui, const StepPart *look, const double from[2], const double to[2])
{
    double length = hypot(to[0] - from[0], to[1] - from[1]);
    size_t n = (size_t)fmin(fmax(round(length / (1.6 * dash * ui->scale)), 1), DASHES_MAX);
    for (size_t i = 0; i < n; i++) {
        double a = (double)i / (double)n, b = a + 0.62 / (double)n;
        double start[] = {from[0] + a * (to[0] - from[0]), from[1] + a * (to[1] - from[1])};
        double end[] = {from[0] + b * (to[0] - from[0]), from[1] + b * (to[1] - from[1])};
        line_draw(ui, look, start, end);
    }
}

static void head_draw(Ui *ui, const StepPart *look, const double from[2], const double to[2])
{
    double dx = to[0] - from[0], dy = to[1] - from[1], length = hypot(dx, dy);
    double size = fmin((head_length + look->width / 2) * ui->scale, 0.6 * length);
    double ux = size * dx / length, uy = size * dy / length;
    float point[] = {(float)(to[0] - ux - 0.5 * uy), (float)(to[1] - uy + 0.5 * ux), (float)to[0], (float)to[1],
                     (float)(to[0] - ux + 0.5 * uy), (float)(to[1] - uy - 0.5 * ux)};
    draw_polygon(&ui->list, point, 3, look->colour);
}

/* Nothing for what is shorter than half a pixel, or no number. */
void step_arrow_draw(Ui *ui, const StepPart *look, const double from[2], const double to[2], bool head)
{
    double length = hypot(to[0] - from[0], to[1] - from[1]);
    if (!isfinite(length) || length < 0.5)
        return;
    (look->dashed ? dashes_draw : line_draw)(ui, look, from, to);
    if (head)
        head_draw(ui, look, from, to);
}

/* False where the hill hides it. One that is far outside is taken nearer: pixels are single precision. */
static bool seen_at(const Picture *p, const double data[2], double pixel[2])
{
    const double farthest = 1e5;
    if (!isfinite(data[0]) || !isfinite(data[1]))
        return false;
    camera_to_pixel(&p->paths->camera, data, pixel);
    pixel[0] = fmin(fmax(pixel[0], -farthest), farthest);
    pixel[1] = fmin(fmax(pixel[1], -farthest), farthest);
    if (p->hill) {
        float place[2] = {(float)pixel[0], (float)pixel[1]};
        hill_drape_window(p->hill, place, 1, place);
        pixel[0] = (double)place[0];
        pixel[1] = (double)place[1];
    }
    return isfinite(pixel[0]) && isfinite(pixel[1]);
}

static void dot_draw(Ui *ui, const Picture *p, const double data[2], double radius, Colour colour)
{
    double pixel[2];
    if (!seen_at(p, data, pixel))
        return;
    float at[] = {(float)pixel[0], (float)pixel[1]};
    draw_dots(&ui->list, at, 1, (radius + 1.6) * ui->scale, ui->palette->ground);
    draw_dots(&ui->list, at, 1, radius * ui->scale, colour);
}

/* At their true size. The score lies lowest, since it is the longest. */
void path_arrows_draw(Ui *ui, const Picture *p)
{
    if (!p->paths || p->apart->step == 0)
        return;
    static const int order[] = {PART_SCORE, PART_STEP, PART_DRIFT, PART_KICK};
    const float *place = p->apart->parts.place;
    StepPart part[STEP_PARTS];
    step_parts(ui, p, part);
    for (size_t i = 0; i < STEP_PARTS; i++) {
        const StepPart *q = &part[order[i]];
        double from[] = {(double)place[0] + q->from[0], (double)place[1] + q->from[1]}, a[2];
        double to[] = {(double)place[0] + q->to[0], (double)place[1] + q->to[1]}, b[2];
        if (seen_at(p, from, a) && seen_at(p, to, b))
            step_arrow_draw(ui, q, a, b, q != &part[PART_STEP]);
    }
    dot_draw(ui, p, (double[]){(double)place[0], (double)place[1]}, dot_radius, ui->palette->text);
}

/* A step begins where the one before it ended. */
static void pointed_draw(Ui *ui, const Picture *p, const PathHit *hit)
{
    const Paths *paths = p->paths->paths;
    PathPlace at = paths_at(paths, hit->line, (double)(hit->step - 1) / (double)paths_steps(paths, hit->line));
    dot_draw(ui, p, (double[]){(double)at.x[0], (double)at.x[1]}, ring_radius, ui->palette->text);
}

/* What the hand is at: while it drags, the line it took. With Ctrl or Shift it drops, whatever lies there. */
static bool find(const Ui *ui, Rect plane, const Picture *p, bool held, PathHit *hit)
{
    const double at[2] = {ui->input.x, ui->input.y};
    if (held)
        return p->apart->step > 0 && path_drag(p->paths, at, p->apart->line, p->apart->step, hit);
    bool points = rect_has(plane, at[0], at[1]) && !ui_wants_pointer(ui) && !ui->input.ctrl && !ui->input.shift;
    return points && path_hit(p->paths, at, reach * ui->scale, hit);
}

/* It goes with the hand and not with the frames: from another step the same place may be another one's. */
static void drag(Ui *ui, const Picture *p, const Control *c, const PathHit *hit)
{
    bool moved = ui->input.x != ui->pad_at[0] || ui->input.y != ui->pad_at[1];
    if (c->pressed || (c->held && moved && hit->step != p->apart->step))
        path_say(ui, p, hit->line, hit->step);
    if (!c->held)
        return;
    ui->pad_at[0] = ui->input.x;
    ui->pad_at[1] = ui->input.y;
    ui->focus = path_slider_id();
    ui->focus_shown = false;
}

bool paths_feel(Ui *ui, Rect plane, const Picture *p)
{
    const uint32_t id = ui_id("path", 0);
    PathHit hit;
    if (!p->paths || !find(ui, plane, p, ui->active == id, &hit))
        return false;
    double side = 2 * reach * ui->scale;
    Rect hand = {ui->input.x - side / 2, ui->input.y - side / 2, side, side};
    Control c = ui_control(ui, id, hand);
    drag(ui, p, &c, &hit);
    if (c.hot && !c.held)
        pointed_draw(ui, p, &hit);
    ui_tip(ui, &c, hand, "drag along the path to take its steps apart", "path", "");
    return c.hot || c.held;
}
