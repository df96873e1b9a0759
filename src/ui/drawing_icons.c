#include "ui/drawing.h"
#include "ui/parts.h"

enum { ICON_POINTS = 28, OVAL_POINTS = 33, ICON_DOTS = 8 };

/* Within a square of side 1 about 0, y down. Lines are told apart by a NAN. */
typedef struct Shape {
    size_t points, dots;
    float line[2 * ICON_POINTS], dot[2 * ICON_DOTS];
    float dot_radius;
    struct {
        float radius_x, radius_y, angle;
    } oval[2]; /* about the middle; radius 0 for none */
} Shape;

#define CUT NAN, NAN

static const Shape shape[DRAWING_ICONS] = {
    [DRAWING_BRUSH] = {.points = 10,
                       .line = {0.44f, -0.44f, 0.02f, 0.02f, CUT, -0.08f, -0.08f, 0.1f, 0.1f, -0.06f, 0.34f, -0.44f,
                                0.42f, -0.3f, 0.26f, -0.26f, 0.04f, -0.08f, -0.08f}},
    [DRAWING_ERASER] = {.points = 8,
                        .line = {-0.42f, 0.14f, 0.12f, -0.4f, 0.42f, -0.1f, -0.12f, 0.44f, -0.42f, 0.14f, CUT, -0.17f,
                                 -0.11f, 0.13f, 0.19f}},
    [DRAWING_LINE] = {.points = 2,
                      .line = {-0.38f, 0.38f, 0.38f, -0.38f},
                      .dots = 2,
                      .dot = {-0.38f, 0.38f, 0.38f, -0.38f},
                      .dot_radius = 0.1f},
    [DRAWING_CIRCLE] = {.oval = {{0.4f, 0.4f, 0}}},
    [DRAWING_SPRAY] = {.points = 9,
                       .line = {-0.44f, 0.46f, -0.44f, -0.02f, -0.34f, -0.14f, -0.16f, -0.14f, -0.06f, -0.02f, -0.06f,
                                0.46f, -0.44f, 0.46f, CUT, -0.25f, -0.14f},
                       .dots = 7,
                       .dot = {-0.12f, -0.3f, 0.08f, -0.36f, 0.1f, -0.2f, 0.26f, -0.42f, 0.28f, -0.26f, 0.26f, -0.1f,
                               0.44f, -0.32f},
                       .dot_radius = 0.055f},
    [DRAWING_FILL] = {.points = 8,
                      .line = {-0.42f, 0.06f, -0.06f, -0.3f, 0.26f, 0.06f, -0.1f, 0.42f, -0.42f, 0.06f, 0.26f, 0.06f,
                               CUT, -0.06f, -0.3f},
                      .dots = 2,
                      .dot = {0.38f, 0.3f, 0.37f, 0.2f},
                      .dot_radius = 0.1f},
    [DRAWING_GAUSSIAN] = {.oval = {{0.48f, 0.28f, -0.6f}, {0.24f, 0.14f, -0.6f}}},
    [DRAWING_POINT] = {.dots = 4, .dot = {-0.3f, 0.22f, -0.08f, -0.28f, 0.16f, 0.1f, 0.36f, -0.3f}, .dot_radius = 0.1f},
    [DRAWING_WORD] = {.points = 11,
                      .line = {-0.34f, -0.24f, -0.34f, -0.38f, 0.34f, -0.38f, 0.34f, -0.24f, CUT, 0, -0.38f, 0, 0.4f,
                               CUT, -0.14f, 0.4f, 0.14f, 0.4f}},
    [DRAWING_PICTURE] = {.points = 11,
                         .line = {-0.44f, -0.36f, 0.44f,  -0.36f, 0.44f, 0.36f, -0.44f, 0.36f, -0.44f, -0.36f, CUT,
                                  -0.44f, 0.26f,  -0.14f, -0.04f, 0.12f, 0.22f, 0.24f,  0.1f,  0.44f,  0.28f},
                         .dots = 1,
                         .dot = {0.2f, -0.16f},
                         .dot_radius = 0.08f},
    [DRAWING_TARGET] = {.oval = {{0.42f, 0.42f, 0}, {0.2f, 0.2f, 0}}},
    [DRAWING_MIRROR_X] = {.points = 11,
                          .line = {0,     -0.46f, 0,      0.46f, CUT,   -0.14f, -0.28f, -0.14f, 0.28f, -0.46f,
                                   0.28f, -0.14f, -0.28f, CUT,   0.14f, -0.28f, 0.14f,  0.28f,  0.46f, 0.28f}},
    [DRAWING_MIRROR_Y] = {.points = 11,
                          .line = {-0.46f, 0,      0.46f,  0,   CUT,    -0.28f, -0.14f, 0.28f, -0.14f, 0.28f,
                                   -0.46f, -0.28f, -0.14f, CUT, -0.28f, 0.14f,  0.28f,  0.14f, 0.28f,  0.46f}},
    [DRAWING_FIT] = {.points = 15,
                     .line = {-0.42f, -0.16f, -0.42f, -0.42f, -0.16f, -0.42f, CUT,   0.16f,  -0.42f,
                              0.42f,  -0.42f, 0.42f,  -0.16f, CUT,    0.42f,  0.16f, 0.42f,  0.42f,
                              0.16f,  0.42f,  CUT,    -0.16f, 0.42f,  -0.42f, 0.42f, -0.42f, 0.16f},
                     .dots = 1,
                     .dot = {0, 0},
                     .dot_radius = 0.13f},
    [DRAWING_CLEAR] = {.points = 13,
                       .line = {-0.42f, -0.28f, 0.42f, -0.28f, CUT,    -0.14f, -0.28f, -0.14f, -0.42f, 0.14f, -0.42f,
                                0.14f,  -0.28f, CUT,   -0.32f, -0.28f, -0.26f, 0.44f,  0.26f,  0.44f,  0.32f, -0.28f}},
    [DRAWING_SHOWN] = {.points = 9,
                       .line = {-0.48f, 0, -0.26f, -0.22f, 0, -0.3f, 0.26f, -0.22f, 0.48f, 0, 0.26f, 0.22f, 0, 0.3f,
                                -0.26f, 0.22f, -0.48f, 0},
                       .dots = 1,
                       .dot = {0, 0},
                       .dot_radius = 0.13f},
    [DRAWING_HIDDEN] = {.points = 5, .line = {-0.48f, -0.06f, -0.26f, 0.12f, 0, 0.2f, 0.26f, 0.12f, 0.48f, -0.06f}},
    [DRAWING_UP] = {.points = 3, .line = {-0.34f, 0.18f, 0, -0.18f, 0.34f, 0.18f}},
    [DRAWING_DOWN] = {.points = 3, .line = {-0.34f, -0.18f, 0, 0.18f, 0.34f, -0.18f}},
    [DRAWING_DUPLICATE] = {.points = 11,
                           .line = {-0.4f,  -0.4f, 0.16f,  -0.4f, 0.16f, 0.16f, -0.4f, 0.16f,  -0.4f, -0.4f, CUT,
                                    -0.16f, 0.16f, -0.16f, 0.4f,  0.4f,  0.4f,  0.4f,  -0.16f, 0.16f, -0.16f}},
    [DRAWING_REMOVE] = {.points = 5, .line = {-0.3f, -0.3f, 0.3f, 0.3f, CUT, -0.3f, 0.3f, 0.3f, -0.3f}},
};

static void oval_draw(Ui *ui, double x, double y, const double radius[2], double angle, double width, Colour colour)
{
    float point[2 * OVAL_POINTS];
    for (int i = 0; i < OVAL_POINTS; i++) {
        double turn = 2 * M_PI * i / (OVAL_POINTS - 1), u = radius[0] * cos(turn), v = radius[1] * sin(turn);
        point[2 * i] = (float)(x + u * cos(angle) - v * sin(angle));
        point[2 * i + 1] = (float)(y + u * sin(angle) + v * cos(angle));
    }
    draw_line(&ui->list, point, OVAL_POINTS, width, colour);
}

static void place(const float *from, size_t n, double x, double y, double size, float *to)
{
    for (size_t i = 0; i < n; i++) {
        to[2 * i] = (float)(x + size * (double)from[2 * i]);
        to[2 * i + 1] = (float)(y + size * (double)from[2 * i + 1]);
    }
}

void drawing_icon(Ui *ui, DrawingIcon icon, double x, double y, double size, Colour colour)
{
    const Shape *s = &shape[icon];
    double width = fmax(0.1 * size, 1);
    float line[2 * ICON_POINTS], dot[2 * ICON_DOTS];
    place(s->line, s->points, x, y, size, line);
    place(s->dot, s->dots, x, y, size, dot);
    curve_draw(ui, line, s->points, width, colour, false, 0);
    if (s->dots > 0)
        draw_dots(&ui->list, dot, s->dots, (double)s->dot_radius * size, colour);
    for (int i = 0; i < 2 && s->oval[i].radius_x > 0; i++) {
        const double radius[2] = {size * (double)s->oval[i].radius_x, size * (double)s->oval[i].radius_y};
        oval_draw(ui, x, y, radius, (double)s->oval[i].angle, width, colour);
    }
}

bool drawing_button(Ui *ui, const IconButton *b, Rect at)
{
    const Palette *colour = ui->palette;
    Control c = ui_control(ui, ui_id(b->name, b->index), at);
    double size = 0.56 * fmin(at.w, at.h);
    Rect box = rect_inset(at, ui->scale, ui->scale);
    ui_box(ui, box, 5, b->active ? colour->active : c.hot ? colour->raised : 0, 0);
    drawing_icon(ui, b->icon, at.x + at.w / 2, at.y + at.h / 2, size,
                 b->active ? colour->on_active
                 : c.hot   ? colour->text
                           : colour->muted);
    ui_focus_ring(ui, &c, box, 5);
    ui_tip(ui, &c, at, b->help, b->name, b->key);
    return c.clicked;
}
