/* hover.c - what the pointer on the plane tells: both scores as arrows, the posterior behind them, a card of numbers.
 */
#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

typedef struct Pointed {
    double x, y;   /* where it begins, pixels */
    double dx, dy; /* where it points, pixels: y turns over */
} Pointed;

/* sigma times the score is of order one at every noise level; the root shows small ones too. */
static Pointed pointed(const Ui *ui, const double score[2], double sigma)
{
    double length = hypot(score[0], score[1]);
    double reach = 84 * ui->scale * sqrt(sigma * length / (1 + sigma * length)) / length;
    return (Pointed){ui->input.x, ui->input.y, reach * score[0], -reach * score[1]};
}

/* Nothing for what has no direction: less than a pixel, or not a number. */
static void arrow_draw(Ui *ui, Pointed a, double width, Colour colour)
{
    double length = hypot(a.dx, a.dy);
    if (!isfinite(length) || length < 1)
        return;
    double ux = a.dx / length, uy = a.dy / length, head = 9 * ui->scale, x = a.x + a.dx, y = a.y + a.dy;
    float shaft[] = {(float)a.x, (float)a.y, (float)x, (float)y};
    float barbs[] = {(float)(x - head * (ux + 0.5 * uy)), (float)(y - head * (uy - 0.5 * ux)), (float)x, (float)y,
                     (float)(x - head * (ux - 0.5 * uy)), (float)(y - head * (uy + 0.5 * ux))};
    draw_line(&ui->list, shaft, 2, width * ui->scale, colour);
    draw_line(&ui->list, barbs, 3, width * ui->scale, colour);
}

/* The truth is an outline: it stays visible around a learned arrow that hits it. */
static void scores_draw(Ui *ui, const Picture *p)
{
    Pointed exact = pointed(ui, p->probe.exact, p->sigma), learned = pointed(ui, p->probe.learned, p->sigma);
    arrow_draw(ui, exact, 6.5, ui->palette->exact);
    arrow_draw(ui, exact, 4, ui->palette->ground);
    arrow_draw(ui, learned, 2.6, ui->palette->learned);
}

static void ring_draw(Ui *ui)
{
    enum { POINTS = 33 };
    float point[2 * POINTS];
    for (int i = 0; i < POINTS; i++) {
        double angle = 2 * M_PI * i / (POINTS - 1);
        point[2 * i] = (float)(ui->input.x + 6 * ui->scale * cos(angle));
        point[2 * i + 1] = (float)(ui->input.y + 6 * ui->scale * sin(angle));
    }
    draw_line(&ui->list, point, POINTS, 1.6 * ui->scale, ui->palette->text);
}

/* Pixels of a place in data units. One that is far outside of the plane is taken just far enough: a diverging field's
 * would leave the range of single precision. */
static void pixel_of(const Ui *ui, const Camera *camera, const double at[2], float place[2])
{
    double pixel[2], x = ui->input.x, y = ui->input.y;
    camera_to_pixel(camera, at, pixel);
    double reach = hypot(pixel[0] - x, pixel[1] - y), most = 2 * (camera->plane.w + camera->plane.h);
    double part = reach > most ? most / reach : 1;
    place[0] = (float)(x + part * (pixel[0] - x));
    place[1] = (float)(y + part * (pixel[1] - y));
}

static void line_to(Ui *ui, const float place[2], double width, Colour colour)
{
    float point[] = {(float)ui->input.x, (float)ui->input.y, place[0], place[1]};
    draw_line(&ui->list, point, 2, width * ui->scale, colour);
}

/* The lightest first, so that the heaviest lies on top. A line as faint as nothing is left out. */
static void parents_draw(Ui *ui, const Camera *camera, const Probe *p)
{
    for (size_t i = p->parents; i-- > 0;) {
        double share = p->parent[i].weight / p->parent[0].weight;
        float place[2];
        if (share < 1.0 / 255)
            continue;
        pixel_of(ui, camera, p->parent[i].at, place);
        line_to(ui, place, 1, colour_faded(ui->palette->text, 0.6 * share));
        draw_dots(&ui->list, place, 1, 2.5 * ui->scale, colour_faded(ui->palette->text, share));
    }
}

/* E[x0 | x], exact and learned, in pixels; NAN where it isn't known. */
typedef struct Denoised {
    float exact[2], learned[2];
} Denoised;

static void denoised_place(const Ui *ui, const Camera *camera, const double at[2], float place[2])
{
    place[0] = place[1] = NAN;
    if (isfinite(at[0]) && isfinite(at[1]))
        pixel_of(ui, camera, at, place);
}

static void denoised_lines(Ui *ui, const Denoised *d)
{
    if (isfinite(d->exact[0]))
        line_to(ui, d->exact, 3, ui->palette->exact);
    if (isfinite(d->learned[0]))
        line_to(ui, d->learned, 1.6, ui->palette->learned);
}

static void diamond_draw(Ui *ui, const float place[2], double radius, Colour colour)
{
    float x = place[0], y = place[1], r = (float)(radius * ui->scale);
    if (isfinite(x))
        draw_polygon(&ui->list, (float[]){x, y - r, x + r, y, x, y + r, x - r, y}, 4, colour);
}

/* As with the arrows, the truth is an outline around what was learned. */
static void denoised_marks(Ui *ui, const Denoised *d)
{
    diamond_draw(ui, d->exact, 8.5, ui->palette->exact);
    diamond_draw(ui, d->exact, 6.2, ui->palette->ground);
    diamond_draw(ui, d->learned, 4.4, ui->palette->learned);
}

/* Lines lie below the arrows, which point the same way, and what they lead to above. */
static void posterior_draw(Ui *ui, Rect plane, const Picture *p)
{
    Camera camera = camera_of(p->settings, &p->subject->target.frame, plane);
    Denoised d;
    denoised_place(ui, &camera, p->probe.denoised_exact, d.exact);
    denoised_place(ui, &camera, p->probe.denoised_learned, d.learned);
    parents_draw(ui, &camera, &p->probe);
    denoised_lines(ui, &d);
    scores_draw(ui, p);
    denoised_marks(ui, &d);
}

/* Decimal points stand below each other in the card, in its fourth column, so that a value that changes does not
 * jitter.
 */
static void tell_vector(char *text, size_t size, const double v[2])
{
    char x[FORMAT_SIZE], y[FORMAT_SIZE];
    snprintf(text, size, "(%s, %s)", format_signed(x, sizeof x, v[0]), format_signed(y, sizeof y, v[1]));
}

static void tell_share(char *text, size_t size, double share)
{
    char percent[FORMAT_SIZE];
    snprintf(text, size, "%7s", format_percent(percent, sizeof percent, share));
}

static void tell_at(char *text, size_t size, const Probe *p)
{
    tell_vector(text, size, p->at);
}

static void tell_learned(char *text, size_t size, const Probe *p)
{
    tell_vector(text, size, p->learned);
}

static void tell_exact(char *text, size_t size, const Probe *p)
{
    tell_vector(text, size, p->exact);
}

static void tell_angle(char *text, size_t size, const Probe *p)
{
    snprintf(text, size, isfinite(p->angle_deg) ? "%5.1f\u00b0" : "    " FORMAT_UNKNOWN, p->angle_deg);
}

static void tell_error(char *text, size_t size, const Probe *p)
{
    tell_share(text, size, p->error);
}

static void tell_denoised(char *text, size_t size, const Probe *p)
{
    tell_vector(text, size, p->denoised_exact);
}

static void tell_log_density(char *text, size_t size, const Probe *p)
{
    char nats[FORMAT_SIZE];
    snprintf(text, size, " %s nats", format_signed(nats, sizeof nats, p->log_density));
}

static void tell_effective(char *text, size_t size, const Probe *p)
{
    snprintf(text, size, "%5.1f points", p->effective);
}

static void tell_shown(char *text, size_t size, const Probe *p)
{
    tell_share(text, size, p->share);
}

/* Where there is no room for all, the last ones go. */
static const struct Row {
    const char *name;
    void (*tell)(char *text, size_t size, const Probe *p);
    bool posterior; /* tells about the points that are drawn with the denoiser */
} row[] = {{"x", tell_at, false},
           {"learned", tell_learned, false},
           {"exact", tell_exact, false},
           {"angle", tell_angle, false},
           {"error", tell_error, false},
           {"denoised", tell_denoised, false},
           {"log p", tell_log_density, false},
           {"averages", tell_effective, true},
           {"shown", tell_shown, true}};
enum { ROWS = sizeof row / sizeof *row };

static size_t rows_wanted(const Picture *p)
{
    size_t n = 0;
    while (n < ROWS && (!row[n].posterior || (p->denoiser && p->probe.parents > 0)))
        n++;
    return n;
}

/* Where a card of a width may stand: beside the pointer, on the side it was on while that has room; where neither has,
 * above or below, where the layout's scale leaves room for two rows. It keeps off the arrows until it would have to
 * change sides. */
static Rect card_room(const Ui *ui, Rect plane, double w, bool *left)
{
    double gap = 24 * ui->scale, away = 92 * ui->scale, x = ui->input.x, y = ui->input.y;
    double room[] = {plane.x + plane.w - x - gap, x - gap - plane.x};
    if (room[*left] < w && room[!*left] >= w)
        *left = !*left;
    if (room[*left] >= w) {
        double off = fmin(away, gap + room[*left] - w);
        return (Rect){*left ? x - off - w : x + off, plane.y, w, plane.h};
    }
    double above = y - gap - plane.y, below = plane.y + plane.h - y - gap;
    double beside = fmax(plane.x, fmin(x - w / 2, plane.x + plane.w - w));
    return (Rect){beside, below >= above ? y + gap : plane.y, w, fmax(above, below)};
}

static void card_rows(Ui *ui, Rect inner, double height, double name_width, size_t rows, const Probe *p)
{
    TextStyle names = {FACE_CODE, 12.5, ui->palette->muted, true}, values = names;
    values.colour = ui->palette->text;
    char value[2 * FORMAT_SIZE + 8];
    for (size_t i = 0; i < rows; i++) {
        Rect line = rect_cut_top(&inner, height);
        row[i].tell(value, sizeof value, p);
        ui_text(ui, names, rect_cut_left(&line, name_width), ALIGN_LEFT, row[i].name);
        ui_text(ui, values, line, ALIGN_LEFT, value);
    }
}

/* As wide as its widest number would make it, so that it neither grows nor jumps as numbers change. */
static void numbers_card(Ui *ui, Rect plane, const Picture *p)
{
    TextStyle style = {FACE_CODE, 12.5, ui->palette->text, true};
    double name_width = ui_text_width(ui, style, "denoised ");
    double height = 20 * ui->scale, space_x = 11 * ui->scale, space_y = 7.7 * ui->scale;
    double w = ceil(name_width + ui_text_width(ui, style, "(-1e+05, -1e+05)") + 2 * space_x) + 1;
    bool chosen_anew = false;
    Rect room = card_room(ui, plane, w, p->card_left ? p->card_left : &chosen_anew);
    size_t rows = (size_t)fmin(floor((room.h - 2 * space_y) / height), (double)rows_wanted(p));
    Rect card = {room.x, 0, w, (double)rows * height + 2 * space_y};
    card.y = fmax(room.y, fmin(ui->input.y - 8 * ui->scale, room.y + room.h - card.h));
    card_draw(ui, card);
    card_rows(ui, rect_inset(card, space_x, space_y), height, name_width, rows, &p->probe);
}

void hover_draw(Ui *ui, Rect plane, const Picture *p)
{
    if (p->denoiser)
        posterior_draw(ui, plane, p);
    else
        scores_draw(ui, p);
    ring_draw(ui);
    numbers_card(ui, plane, p);
}
