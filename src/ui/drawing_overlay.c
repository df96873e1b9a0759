/* drawing_overlay.c - the canvas as the hand sees it: its frame, what an empty one says, the ring of the brush, lines
 * that are being spanned, Gaussians with their handles, points, the selected part.
 */
#include "scene/desk_tools.h"
#include "scene/drawing_target.h"
#include "ui/drawing.h"
#include "ui/parts.h"

enum { CURVE_POINTS = 49, DOTS_SHOWN = 1000, MARKS_MAX = 100 };
static const double frame_opacity = 0.7, ghost_opacity = 0.35, preview_opacity = 0.45, soft_edge_px = 3;

/* What all of it is drawn with. */
typedef struct Sight {
    Ui *ui;
    const Settings *settings;
    const Catalogue *catalogue;
    const DrawingView *view;
    Camera camera;
} Sight;

static void pixel_of(const Sight *s, const double at[2], float pixel[2])
{
    double place[2];
    camera_to_pixel(&s->camera, at, place);
    pixel[0] = (float)place[0];
    pixel[1] = (float)place[1];
}

static void line_through(const Sight *s, const double (*at)[2], size_t n, double width, Colour colour)
{
    float point[2 * CURVE_POINTS];
    for (size_t i = 0; i < n; i++)
        pixel_of(s, at[i], point + 2 * i);
    draw_line(&s->ui->list, point, n, width * s->ui->scale, colour);
}

/* An ellipse whose axes are `along` at an angle and `across`, in the plane. */
static void ellipse(const Sight *s, const double centre[2], const double axis[2], double angle, double width,
                    Colour colour)
{
    double at[CURVE_POINTS][2];
    for (int i = 0; i < CURVE_POINTS; i++) {
        double turn = 2 * M_PI * i / (CURVE_POINTS - 1), u = axis[0] * cos(turn), v = axis[1] * sin(turn);
        at[i][0] = centre[0] + u * cos(angle) - v * sin(angle);
        at[i][1] = centre[1] + u * sin(angle) + v * cos(angle);
    }
    line_through(s, (const double(*)[2])at, CURVE_POINTS, width, colour);
}

/* On a darker or lighter rim of the ground, so that it is seen on any density. */
static void ring(const Sight *s, const double centre[2], double radius, double opacity)
{
    const Palette *colour = s->ui->palette;
    const double axis[2] = {radius, radius};
    ellipse(s, centre, axis, 0, 3.2, colour_faded(colour->ground, 0.6 * opacity));
    ellipse(s, centre, axis, 0, 1.4, colour_faded(colour->text, opacity));
}

/* Outline of a part's square. */
static void outline(const Sight *s, const Part *p, double width, Colour colour)
{
    static const double corner[5][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
    double at[5][2];
    for (int i = 0; i < 5; i++)
        part_to_plane(p, corner[i], at[i]);
    line_through(s, (const double(*)[2])at, 5, width, colour);
}

static void canvas_frame(const Sight *s)
{
    const Part canvas = {.size = 1};
    outline(s, &canvas, 1, colour_faded(s->ui->palette->muted, frame_opacity));
}

/* One that stands as it was made has the canvas's own frame. */
static void selected_outline(const Sight *s)
{
    const DrawingView *v = s->view;
    const Part *p = v->part < v->drawing->count ? &v->drawing->part[v->part] : NULL;
    if (p && (p->size != 1 || p->angle != 0 || p->place[0] != 0 || p->place[1] != 0))
        outline(s, p, 1.5, s->ui->palette->active);
}

/* Dots of a part at local places x [n][2], scaled: as many as a picture bears, evenly taken from all. */
typedef struct Dots {
    const float *x;
    size_t n;
    double origin[2], scale; /* of x: local = scale (x - origin) */
    double radius;           /* units */
    Colour colour;
} Dots;

static void dots_draw(const Sight *s, const Part *p, const Dots *dots)
{
    float point[2 * DOTS_SHOWN];
    size_t shown = dots->n < DOTS_SHOWN ? dots->n : DOTS_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        const float *x = dots->x + 2 * (i * dots->n / shown);
        const double local[2] = {dots->scale * ((double)x[0] - dots->origin[0]),
                                 dots->scale * ((double)x[1] - dots->origin[1])};
        double plane[2];
        part_to_plane(p, local, plane);
        pixel_of(s, plane, point + 2 * i);
    }
    draw_dots(&s->ui->list, point, shown, dots->radius * s->ui->scale, dots->colour);
}

/* Those of a hand, or few, are marks each; a file's are many, and fainter. */
static void points_draw(const Sight *s, const Part *p)
{
    Colour colour = s->ui->palette->learned;
    bool marks = !p->points->file[0] || p->points->count <= MARKS_MAX;
    Dots dots = {.x = p->points->x,
                 .n = p->points->count,
                 .scale = 1,
                 .radius = marks ? 2.4 : 1.4,
                 .colour = marks ? colour : colour_faded(colour, 0.6)};
    dots_draw(s, p, &dots);
}

/* Samples, in the size in which it comes into the drawing. */
static void target_draw(const Sight *s, const Part *p)
{
    const Subject *subject = s->catalogue->row[p->target];
    const Frame *frame = &subject->target.frame;
    Dots dots = {.x = subject->samples,
                 .n = SUBJECT_SAMPLES,
                 .origin = {frame->mean[0], frame->mean[1]},
                 .scale = DRAWING_STD / frame->std,
                 .radius = 1,
                 .colour = colour_faded(s->ui->palette->learned, 0.5)};
    dots_draw(s, p, &dots);
}

/* What is not painted is seen as well, whatever the noise makes of its density. */
static void parts_draw(const Sight *s)
{
    const Drawing *d = s->view->drawing;
    for (size_t i = 0; i < d->count; i++) {
        const Part *p = &d->part[i];
        if (p->kind == PART_POINTS && p->shown && p->points)
            points_draw(s, p);
        else if (p->kind == PART_TARGET && p->shown)
            target_draw(s, p);
    }
}

static void handle(const Sight *s, const double at[2], double radius, Colour colour)
{
    float pixel[2];
    pixel_of(s, at, pixel);
    draw_dots(&s->ui->list, pixel, 1, (radius + 1.5) * s->ui->scale, s->ui->palette->ground);
    draw_dots(&s->ui->list, pixel, 1, radius * s->ui->scale, colour);
}

static void gaussian(const Sight *s, const HandGaussian *g, bool handles)
{
    const Palette *colour = s->ui->palette;
    ellipse(s, g->mean, g->std, g->angle, handles ? 1.6 : 1, colour_faded(colour->text, handles ? 0.9 : 0.4));
    for (int axis = 0; axis < 2 && handles; axis++) {
        double turn = g->angle + axis * M_PI_2, dx = g->std[axis] * cos(turn), dy = g->std[axis] * sin(turn);
        handle(s, (double[]){g->mean[0] + dx, g->mean[1] + dy}, 3.5, colour->text);
        handle(s, (double[]){g->mean[0] - dx, g->mean[1] - dy}, 3.5, colour->text);
    }
    if (handles)
        handle(s, g->mean, 5, colour->active);
}

static void gaussians(const Sight *s)
{
    const Drawing *d = s->view->drawing;
    bool handles = settings_index(s->settings, SET_DRAW_TOOL) == TOOL_GAUSSIAN;
    for (size_t i = 0; i < d->count; i++) {
        const Part *p = &d->part[i];
        for (size_t k = 0; p->kind == PART_GAUSSIANS && p->shown && p->gaussians && k < p->gaussians->count; k++) {
            HandGaussian g = gaussian_in_plane(p, k);
            gaussian(s, &g, handles);
        }
    }
}

static bool paints_with_a_ring(const Sight *s)
{
    size_t tool = settings_index(s->settings, SET_DRAW_TOOL);
    bool takes_points = tool == TOOL_POINT && s->view->erases;
    return takes_points || (tool != TOOL_FILL && tool != TOOL_GAUSSIAN && tool != TOOL_POINT);
}

/* Where coverage ends, and where it begins to fall. */
static void brush_ring(const Sight *s, const Brush *b, const double at[2], double opacity)
{
    double soft = b->radius * (1 - b->hardness) * s->camera.scale, axis = b->radius * b->hardness;
    ring(s, at, b->radius, opacity);
    if (soft > soft_edge_px * s->ui->scale && axis * s->camera.scale > 1)
        ellipse(s, at, (double[]){axis, axis}, 0, 1, colour_faded(s->ui->palette->text, 0.45 * opacity));
}

static void cross(const Sight *s, const double at[2])
{
    float c[2], arm = (float)(7 * s->ui->scale);
    pixel_of(s, at, c);
    float across[] = {c[0] - arm, c[1], c[0] + arm, c[1]}, up[] = {c[0], c[1] - arm, c[0], c[1] + arm};
    draw_line(&s->ui->list, across, 2, 1.4 * s->ui->scale, s->ui->palette->text);
    draw_line(&s->ui->list, up, 2, 1.4 * s->ui->scale, s->ui->palette->text);
}

/* The first image is the hand itself. */
static void cursor(const Sight *s)
{
    BrushImage image[BRUSH_IMAGES_MAX];
    Brush brush = desk_brush(s->settings);
    double at[2], ghost[2];
    camera_to_data(&s->camera, (double[]){s->ui->input.x, s->ui->input.y}, at);
    if (!paints_with_a_ring(s)) {
        cross(s, at);
        return;
    }
    size_t images = settings_index(s->settings, SET_DRAW_TOOL) == TOOL_POINT ? 1 : brush_images(&brush, image);
    for (size_t i = images; i-- > 1;) {
        brush_image_of(image[i], at, ghost);
        brush_ring(s, &brush, ghost, ghost_opacity);
    }
    brush_ring(s, &brush, at, 1);
}

/* As wide as it will be painted. */
static void span(const Sight *s)
{
    const DrawingView *v = s->view;
    BrushImage image[BRUSH_IMAGES_MAX];
    Brush brush = desk_brush(s->settings);
    Colour colour = colour_faded(s->ui->palette->learned, preview_opacity);
    double radius = hypot(v->to[0] - v->from[0], v->to[1] - v->from[1]), end[2][2];
    double width = fmax(2 * brush.radius * s->camera.scale / s->ui->scale, 1);
    for (size_t i = brush_images(&brush, image); i-- > 0;) {
        brush_image_of(image[i], v->from, end[0]);
        brush_image_of(image[i], v->to, end[1]);
        if (settings_index(s->settings, SET_DRAW_TOOL) == TOOL_CIRCLE)
            ellipse(s, end[0], (double[]){radius, radius}, 0, width, colour);
        else
            line_through(s, (const double(*)[2])end, 2, width, colour);
    }
}

static const double hint_width = 460, hint_title = 34, hint_line = 22, hint_gap = 8;

/* In the middle of the canvas, or of what the tools leave beside or below them; empty where there is no room. */
static Rect hint_place(const Sight *s)
{
    double unit = s->ui->scale, h = (hint_title + 2 * hint_line + hint_gap) * unit, w = hint_width * unit;
    Rect plane = s->camera.plane, tools = drawing_tools_place(s->ui, plane, s->settings), beside = plane, below = plane;
    float middle[2];
    pixel_of(s, (double[]){0, 0}, middle);
    Rect place = {(double)middle[0] - w / 2, (double)middle[1] - h / 2, w, h}, met = rect_meet(place, tools);
    Rect seen = rect_meet(place, plane);
    rect_cut_left(&beside, tools.x + tools.w - plane.x);
    rect_cut_top(&below, tools.y + tools.h - plane.y);
    if (seen.w == w && seen.h == h && (met.w == 0 || met.h == 0))
        return place;
    if (beside.w >= w && beside.h >= h)
        return rect_middle(beside, w, h);
    return below.w >= w / 2 && below.h >= h ? rect_middle(below, fmin(below.w, w), h) : (Rect){0};
}

/* What an empty canvas says; it goes with the first stroke. */
static void hint(const Sight *s)
{
    Ui *ui = s->ui;
    Rect room = hint_place(s);
    if (!drawing_empty(s->view->drawing) || s->view->spanning || room.w <= 0)
        return;
    TextStyle strong = {FACE_STRONG, 25, ui->palette->text, false};
    TextStyle plain = {FACE_TEXT, 15, ui->palette->muted, false}, small = {FACE_TEXT, 13, ui->palette->muted, false};
    ui_text(ui, strong, rect_cut_top(&room, hint_title * ui->scale), ALIGN_CENTRE, "Draw here");
    ui_text(ui, plain, rect_cut_top(&room, hint_line * ui->scale), ALIGN_CENTRE,
            "brush, words, Gaussians, points, or drop a file");
    rect_cut_top(&room, hint_gap * ui->scale);
    if (room.w < hint_width * ui->scale)
        return;
    ui_text(ui, small, rect_cut_top(&room, hint_line * ui->scale), ALIGN_CENTRE,
            "Ctrl erases  \u00b7  [ ] brush size  \u00b7  right drag moves the view  \u00b7  D ends");
}

void drawing_overlay_draw(Ui *ui, Rect plane, const Picture *p)
{
    Sight s = {ui, p->settings, p->catalogue, p->drawing, camera_of(p->settings, &p->subject->target.frame, plane)};
    canvas_frame(&s);
    hint(&s);
    selected_outline(&s);
    parts_draw(&s);
    gaussians(&s);
    if (s.view->spanning)
        span(&s);
    if (s.view->pointer)
        cursor(&s);
}
