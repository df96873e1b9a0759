#include "ui/parts.h"

static void polygon(Ui *ui, double x, double y, double size, const float *shape, size_t n, Colour colour)
{
    float point[2 * 8];
    for (size_t i = 0; i < n && i < 8; i++) {
        point[2 * i] = (float)(x + size * (double)shape[2 * i]);
        point[2 * i + 1] = (float)(y + size * (double)shape[2 * i + 1]);
    }
    draw_polygon(&ui->list, point, n, colour);
}

static void bar(Ui *ui, double x, double y, double size, double at, double width, double height, Colour colour)
{
    Rect r = {x + size * (at - width / 2), y - size * height / 2, size * width, size * height};
    draw_box(&ui->list, r, size * width / 4, colour, 0);
}

static void play(Ui *ui, double x, double y, double size, Colour colour)
{
    static const float triangle[] = {-0.34f, -0.5f, 0.52f, 0, -0.34f, 0.5f};
    polygon(ui, x, y, size, triangle, 3, colour);
}

static void pause(Ui *ui, double x, double y, double size, Colour colour)
{
    bar(ui, x, y, size, -0.25, 0.26, 0.9, colour);
    bar(ui, x, y, size, 0.25, 0.26, 0.9, colour);
}

static void start(Ui *ui, double x, double y, double size, Colour colour)
{
    static const float triangle[] = {0.5f, -0.45f, -0.3f, 0, 0.5f, 0.45f};
    polygon(ui, x, y, size, triangle, 3, colour);
    bar(ui, x, y, size, -0.42, 0.14, 0.9, colour);
}

/* Most of a circle, and the head of an arrow at its end. */
static void loop(Ui *ui, double x, double y, double size, Colour colour)
{
    enum { POINTS = 28 };
    static const float head[] = {-0.05f, -0.62f, 0.28f, -0.4f, -0.05f, -0.18f};
    float arc[2 * POINTS];
    for (int i = 0; i < POINTS; i++) {
        double angle = (-25 + 288.0 * i / (POINTS - 1)) * M_PI / 180;
        arc[2 * i] = (float)(x + 0.4 * size * cos(angle));
        arc[2 * i + 1] = (float)(y + 0.4 * size * sin(angle));
    }
    draw_line(&ui->list, arc, POINTS, 0.11 * size, colour);
    polygon(ui, x, y, size, head, 3, colour);
}

/* One arrow to the right above one to the left. */
static void both_ways(Ui *ui, double x, double y, double size, Colour colour)
{
    static const float right[] = {0.5f, -0.22f, 0.14f, -0.46f, 0.14f, 0.02f};
    static const float left[] = {-0.5f, 0.22f, -0.14f, -0.02f, -0.14f, 0.46f};
    double width = 0.11 * size;
    Rect shaft = {x - 0.46 * size, y - 0.22 * size - width / 2, 0.66 * size, width};
    draw_box(&ui->list, shaft, 0, colour, 0);
    shaft.x += 0.26 * size;
    shaft.y += 0.44 * size;
    draw_box(&ui->list, shaft, 0, colour, 0);
    polygon(ui, x, y, size, right, 3, colour);
    polygon(ui, x, y, size, left, 3, colour);
}

static void disc(Ui *ui, double x, double y, double size, Colour colour)
{
    draw_dots(&ui->list, (float[]){(float)x, (float)y}, 1, size / 2, colour);
}

/* A triangle with its point up, which nothing else in the window is. */
static void warning(Ui *ui, double x, double y, double size, Colour colour)
{
    static const float triangle[] = {0, -0.5f, 0.56f, 0.46f, -0.56f, 0.46f};
    polygon(ui, x, y, size, triangle, 3, colour);
    draw_box(&ui->list, (Rect){x - 0.05 * size, y - 0.2 * size, 0.1 * size, 0.33 * size}, 0, ui->palette->panel, 0);
    draw_box(&ui->list, (Rect){x - 0.05 * size, y + 0.2 * size, 0.1 * size, 0.11 * size}, 0, ui->palette->panel, 0);
}

/* A body and the bow above it. */
static void lock(Ui *ui, double x, double y, double size, Colour colour)
{
    enum { POINTS = 16 };
    float bow[2 * POINTS];
    for (int i = 0; i < POINTS; i++) {
        double angle = M_PI * i / (POINTS - 1);
        bow[2 * i] = (float)(x + 0.26 * size * cos(angle));
        bow[2 * i + 1] = (float)(y - 0.08 * size - 0.34 * size * sin(angle));
    }
    draw_line(&ui->list, bow, POINTS, 0.12 * size, colour);
    draw_box(&ui->list, (Rect){x - 0.42 * size, y - 0.08 * size, 0.84 * size, 0.58 * size}, 0.1 * size, colour, 0);
}

void icon_draw(Ui *ui, Icon icon, double x, double y, double size, Colour colour)
{
    static void (*const draw[])(Ui *, double, double, double, Colour) = {
        [ICON_PLAY] = play,           [ICON_PAUSE] = pause, [ICON_START] = start,     [ICON_LOOP] = loop,
        [ICON_BOTH_WAYS] = both_ways, [ICON_DISC] = disc,   [ICON_WARNING] = warning, [ICON_LOCK] = lock,
    };
    draw[icon](ui, x, y, size, colour);
}
