/* hover.c - what the pointer on the plane tells: both scores as arrows, the posterior behind them, a card of numbers.
 */
#include "ui/format.h"
#include "ui/parts.h"

#include <stdio.h>

/* What is pointed at. All of it is laid out on the flat plane, in pixels, and drawn where that is seen. */
typedef struct Ground {
    Camera camera;
    const HillSight *hill; /* NULL: the plane is flat */
    double x, y;           /* the place on the flat plane */
} Ground;

static Ground ground_of(const Ui *ui, Rect plane, const Picture *p)
{
    double at[2] = {ui->input.x, ui->input.y};
    Ground g = {camera_of(p->settings, &p->subject->target.frame, plane), p->hill, 0, 0};
    if (g.hill)
        camera_to_pixel(&g.camera, p->probe.at, at);
    g.x = at[0];
    g.y = at[1];
    return g;
}

enum { WAY_POINTS = 17 /* of a straight line that lies on a hill */ };

/* From the place that is pointed at to another one. Where the hill hides it, points are NAN. Returns how many there
 * are. */
static size_t way_to(const Ground *g, const float to[2], float point[2 * WAY_POINTS])
{
    size_t n = g->hill ? WAY_POINTS : 2;
    for (size_t i = 0; i < n; i++) {
        float along = (float)i / (float)(n - 1);
        point[2 * i] = (float)g->x + along * (to[0] - (float)g->x);
        point[2 * i + 1] = (float)g->y + along * (to[1] - (float)g->y);
    }
    if (g->hill)
        hill_drape_window(g->hill, point, n, point);
    return n;
}

static void way_draw(Ui *ui, const float *point, size_t n, double width, Colour colour)
{
    size_t first = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && isfinite(point[2 * i]))
            continue;
        if (i > first + 1)
            draw_line(&ui->list, point + 2 * first, i - first, width * ui->scale, colour);
        first = i + 1;
    }
}

/* False where the hill hides it. */
static bool seen_at(const Ground *g, const float at[2], float place[2])
{
    place[0] = at[0];
    place[1] = at[1];
    if (g->hill)
        hill_drape_window(g->hill, at, 1, place);
    return isfinite(place[0]);
}

typedef struct Pointed {
    double dx, dy; /* where it points on the flat plane, pixels: y turns over */
} Pointed;

/* sigma times the score is of order one at every noise level; the root shows small ones too. */
static Pointed pointed(const Ui *ui, const double score[2], double sigma)
{
    double length = hypot(score[0], score[1]);
    double reach = 84 * ui->scale * sqrt(sigma * length / (1 + sigma * length)) / length;
    return (Pointed){reach * score[0], -reach * score[1]};
}

/* At the end of a way, where that is seen. */
static void head_draw(Ui *ui, const float *point, size_t n, double width, Colour colour)
{
    const float *tip = point + 2 * (n - 1), *before = tip - 2;
    double dx = (double)(tip[0] - before[0]), dy = (double)(tip[1] - before[1]), length = hypot(dx, dy);
    if (!(length > 0))
        return;
    double ux = dx / length, uy = dy / length, head = 9 * ui->scale, x = (double)tip[0], y = (double)tip[1];
    float barbs[] = {(float)(x - head * (ux + 0.5 * uy)), (float)(y - head * (uy - 0.5 * ux)), tip[0], tip[1],
                     (float)(x - head * (ux - 0.5 * uy)), (float)(y - head * (uy + 0.5 * ux))};
    draw_line(&ui->list, barbs, 3, width * ui->scale, colour);
}

/* Nothing for what has no direction: less than a pixel, or not a number. */
static void arrow_draw(Ui *ui, const Ground *g, Pointed a, double width, Colour colour)
{
    double length = hypot(a.dx, a.dy);
    float point[2 * WAY_POINTS];
    if (!isfinite(length) || length < 1)
        return;
    size_t n = way_to(g, (float[2]){(float)(g->x + a.dx), (float)(g->y + a.dy)}, point);
    way_draw(ui, point, n, width, colour);
    head_draw(ui, point, n, width, colour);
}

/* The truth is an outline: it stays visible around a learned arrow that hits it. */
static void scores_draw(Ui *ui, const Ground *g, const Picture *p)
{
    Pointed exact = pointed(ui, p->probe.exact, p->probe.sigma),
            learned = pointed(ui, p->probe.learned, p->probe.sigma);
    arrow_draw(ui, g, exact, 6.5, ui->palette->exact);
    arrow_draw(ui, g, exact, 4, ui->palette->ground);
    arrow_draw(ui, g, learned, 2.6, ui->palette->learned);
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
static void pixel_of(const Ground *g, const double at[2], float place[2])
{
    double pixel[2];
    camera_to_pixel(&g->camera, at, pixel);
    double reach = hypot(pixel[0] - g->x, pixel[1] - g->y), most = 2 * (g->camera.plane.w + g->camera.plane.h);
    double part = reach > most ? most / reach : 1;
    place[0] = (float)(g->x + part * (pixel[0] - g->x));
    place[1] = (float)(g->y + part * (pixel[1] - g->y));
}

static void line_to(Ui *ui, const Ground *g, const float place[2], double width, Colour colour)
{
    float point[2 * WAY_POINTS];
    way_draw(ui, point, way_to(g, place, point), width, colour);
}

/* The lightest first, so that the heaviest lies on top. A line as faint as nothing is left out. */
static void parents_draw(Ui *ui, const Ground *g, const Probe *p)
{
    for (size_t i = p->parents; i-- > 0;) {
        double share = p->parent[i].weight / p->parent[0].weight;
        float place[2], seen[2];
        if (share < 1.0 / 255)
            continue;
        pixel_of(g, p->parent[i].at, place);
        line_to(ui, g, place, 1, colour_faded(ui->palette->text, 0.6 * share));
        if (seen_at(g, place, seen))
            draw_dots(&ui->list, seen, 1, 2.5 * ui->scale, colour_faded(ui->palette->text, share));
    }
}

/* E[x0 | x], exact and learned, in pixels of the flat plane; NAN where it isn't known. */
typedef struct Denoised {
    float exact[2], learned[2];
} Denoised;

static void denoised_place(const Ground *g, const double at[2], float place[2])
{
    place[0] = place[1] = NAN;
    if (isfinite(at[0]) && isfinite(at[1]))
        pixel_of(g, at, place);
}

static void denoised_lines(Ui *ui, const Ground *g, const Denoised *d)
{
    if (isfinite(d->exact[0]))
        line_to(ui, g, d->exact, 3, ui->palette->exact);
    if (isfinite(d->learned[0]))
        line_to(ui, g, d->learned, 1.6, ui->palette->learned);
}

static void diamond_draw(Ui *ui, const Ground *g, const float place[2], double radius, Colour colour)
{
    float seen[2], r = (float)(radius * ui->scale);
    if (isfinite(place[0]) && seen_at(g, place, seen))
        draw_polygon(&ui->list,
                     (float[]){seen[0], seen[1] - r, seen[0] + r, seen[1], seen[0], seen[1] + r, seen[0] - r, seen[1]},
                     4, colour);
}

/* As with the arrows, the truth is an outline around what was learned. */
static void denoised_marks(Ui *ui, const Ground *g, const Denoised *d)
{
    diamond_draw(ui, g, d->exact, 8.5, ui->palette->exact);
    diamond_draw(ui, g, d->exact, 6.2, ui->palette->ground);
    diamond_draw(ui, g, d->learned, 4.4, ui->palette->learned);
}

/* Lines lie below the arrows, which point the same way, and what they lead to above. */
static void posterior_draw(Ui *ui, const Ground *g, const Picture *p)
{
    Denoised d;
    denoised_place(g, p->probe.denoised_exact, d.exact);
    denoised_place(g, p->probe.denoised_learned, d.learned);
    parents_draw(ui, g, &p->probe);
    denoised_lines(ui, g, &d);
    scores_draw(ui, g, p);
    denoised_marks(ui, g, &d);
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

static void tell_at(char *text, size_t size, const Picture *p)
{
    tell_vector(text, size, p->probe.at);
}

static void tell_in_file(char *text, size_t size, const Picture *p)
{
    const Units *u = p->units;
    const double *at = p->probe.at;
    snprintf(text, size, "(%.6g, %.6g)", u->origin[0] + u->scale * at[0], u->origin[1] + u->scale * at[1]);
}

static void tell_learned(char *text, size_t size, const Picture *p)
{
    tell_vector(text, size, p->probe.learned);
}

static void tell_exact(char *text, size_t size, const Picture *p)
{
    tell_vector(text, size, p->probe.exact);
}

static void tell_angle(char *text, size_t size, const Picture *p)
{
    snprintf(text, size, isfinite(p->probe.angle_deg) ? "%5.1f\u00b0" : "    " FORMAT_UNKNOWN, p->probe.angle_deg);
}

static void tell_error(char *text, size_t size, const Picture *p)
{
    tell_share(text, size, p->probe.error);
}

static void tell_denoised(char *text, size_t size, const Picture *p)
{
    tell_vector(text, size, p->probe.denoised_exact);
}

static void tell_log_density(char *text, size_t size, const Picture *p)
{
    char nats[FORMAT_SIZE];
    snprintf(text, size, " %s nats", format_signed(nats, sizeof nats, p->probe.log_density));
}

static void tell_effective(char *text, size_t size, const Picture *p)
{
    snprintf(text, size, "%5.1f points", p->probe.effective);
}

static void tell_shown(char *text, size_t size, const Picture *p)
{
    tell_share(text, size, p->probe.share);
}

static bool tells_always(const Picture *p)
{
    (void)p;
    return true;
}

static bool tells_file(const Picture *p)
{
    return p->units;
}

/* About the points that are drawn with the denoiser. */
static bool tells_posterior(const Picture *p)
{
    return p->denoiser && p->probe.parents > 0;
}

/* Where there is no room for all, the last ones go. */
typedef struct Row {
    const char *name;
    void (*tell)(char *text, size_t size, const Picture *p);
    bool (*wanted)(const Picture *p);
} Row;
enum { ROWS = 10 };
static const Row row[ROWS] = {{"x", tell_at, tells_always},
                              {"in file", tell_in_file, tells_file},
                              {"learned", tell_learned, learned_counts},
                              {"exact", tell_exact, tells_always},
                              {"angle", tell_angle, learned_counts},
                              {"error", tell_error, learned_counts},
                              {"denoised", tell_denoised, tells_always},
                              {"log p", tell_log_density, tells_always},
                              {"averages", tell_effective, tells_posterior},
                              {"shown", tell_shown, tells_posterior}};

static size_t rows_wanted(const Picture *p, const Row *wanted[ROWS])
{
    size_t n = 0;
    for (size_t i = 0; i < ROWS; i++)
        if (row[i].wanted(p))
            wanted[n++] = &row[i];
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

static void card_rows(Ui *ui, Rect inner, double height, double name_width, const Row *const *told, size_t rows,
                      const Picture *p)
{
    TextStyle names = {FACE_CODE, 12.5, ui->palette->muted, true}, values = names;
    values.colour = ui->palette->text;
    char value[2 * FORMAT_SIZE + 8];
    for (size_t i = 0; i < rows; i++) {
        Rect line = rect_cut_top(&inner, height);
        told[i]->tell(value, sizeof value, p);
        ui_text(ui, names, rect_cut_left(&line, name_width), ALIGN_LEFT, told[i]->name);
        ui_text(ui, values, line, ALIGN_LEFT, value);
    }
}

/* As wide as its widest number would make it, so that it neither grows nor jumps as numbers change. */
static void numbers_card(Ui *ui, Rect plane, const Picture *p)
{
    TextStyle style = {FACE_CODE, 12.5, ui->palette->text, true};
    double name_width = ui_text_width(ui, style, "denoised ");
    double height = 20 * ui->scale, space_x = 11 * ui->scale, space_y = 7.7 * ui->scale;
    const char *widest = p->units ? "(-1234.56, -1234.56)" : "(-1e+05, -1e+05)";
    double w = ceil(name_width + ui_text_width(ui, style, widest) + 2 * space_x) + 1;
    const Row *told[ROWS];
    bool chosen_anew = false;
    Rect room = card_room(ui, plane, w, p->card_left ? p->card_left : &chosen_anew);
    size_t rows = (size_t)fmin(fmax(floor((room.h - 2 * space_y) / height), 0), (double)rows_wanted(p, told));
    if (rows == 0)
        return;
    Rect card = {room.x, 0, w, (double)rows * height + 2 * space_y};
    card.y = fmax(room.y, fmin(ui->input.y - 8 * ui->scale, room.y + room.h - card.h));
    card_draw(ui, card);
    card_rows(ui, rect_inset(card, space_x, space_y), height, name_width, told, rows, p);
}

void hover_draw(Ui *ui, Rect plane, Rect room, const Picture *p)
{
    Ground ground = ground_of(ui, plane, p);
    if (p->denoiser)
        posterior_draw(ui, &ground, p);
    else
        scores_draw(ui, &ground, p);
    ring_draw(ui);
    numbers_card(ui, room, p);
}
