#include "app/renderer.h"

#include "app/clock.h"
#include "ui/rect.h"

#include <math.h>

/* Pixels between arrows at scale 1. */
#define ARROW_SPACING 38.0

bool renderer_init(Renderer *r, const char *shaders, Error *e)
{
    *r = (Renderer){0};
    r->gfx = gfx_create(shaders, e);
    if (!r->gfx)
        return false;
    ui_init(&r->ui, gfx_measure, r->gfx);
    if (!arrows_init(&r->arrows))
        return error_set(e, "out of memory");
    return true;
}

void renderer_free(Renderer *r)
{
    arrows_free(&r->arrows);
    ui_free(&r->ui);
    net_workspace_free(&r->workspace);
    if (r->gfx)
        gfx_destroy(r->gfx);
    *r = (Renderer){0};
}

Camera renderer_camera(const Session *session, int width, int height, double pixel_ratio, Layout *layout)
{
    const Settings *s = &session->settings;
    *layout = interface_layout(s, width, height, pixel_ratio);
    const Target *target = &session->catalogue->target[settings_index(s, SET_TARGET)];
    return camera_of(s, &target->frame, layout->plane);
}

/* Exact evaluation of one point is cheap enough for main. */
static void describe_hover(Renderer *r, const Session *session, const Shown *shown, Picture *p)
{
    double at[2];
    camera_to_data(&r->camera, (double[2]){r->ui.input.x, r->ui.input.y}, at);
    float x[2] = {(float)at[0], (float)at[1]}, learned[2], exact[2];
    const Mixture *m = &session->catalogue->target[p->target].mixture;
    net_score(&shown->weights->net, &shown->weights->frame, &r->workspace, x, (float)p->sigma, 1, learned);
    mixture_evaluate(m, (float)p->sigma, x, 1, (MixtureOutput){.score = exact});
    for (int axis = 0; axis < 2; axis++) {
        p->hover_at[axis] = at[axis];
        p->hover_learned[axis] = (double)learned[axis];
        p->hover_exact[axis] = (double)exact[axis];
    }
}

static void describe(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in, Picture *p)
{
    const Settings *s = &session->settings;
    *p = (Picture){.settings = s,
                   .catalogue = session->catalogue,
                   .target = settings_index(s, SET_TARGET),
                   .sigma = s->value[SET_SIGMA],
                   .grabbed = in->grabbed,
                   .statistics = &shown->weights->statistics,
                   .errors = &shown->frame->errors,
                   .evaluations = shown->frame->evaluations,
                   .accepted = shown->frame->accepted,
                   .numbers = in->numbers,
                   .toast = in->toast,
                   .toast_warning = in->toast_warning,
                   .can_undo = session->undo_top > session->undone_from,
                   .can_redo = session->undo_end > session->undo_top};
    p->numbers.undo_steps = session->undo_top - session->undone_from;
    p->hover =
        rect_has(r->layout.plane, in->input.x, in->input.y) && !ui_wants_pointer(&r->ui) && isfinite(in->input.x);
    if (p->hover)
        describe_hover(r, session, shown, p);
}

static void build_arrows(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    const Settings *s = &session->settings;
    double ease_s = settings_on(s, SET_STILL) ? 0 : in->elapsed_s;
    arrows_build(&r->arrows, shown->field, &r->camera, s->value[SET_SIGMA], ARROW_SPACING * r->layout.scale, ease_s);
}

static void draw_plane(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in,
                       const Palette *palette)
{
    const Settings *s = &session->settings;
    PlaneView view = {.settings = s,
                      .palette = palette,
                      .camera = r->camera,
                      .scale = r->layout.scale,
                      .sigma = s->value[SET_SIGMA],
                      .std = session->catalogue->target[settings_index(s, SET_TARGET)].frame.std,
                      .density = shown->density,
                      .arrows = &r->arrows,
                      .frame = shown->frame,
                      .between = shown->between,
                      .data = session->catalogue->samples[settings_index(s, SET_TARGET)],
                      .data_count = CATALOGUE_SAMPLES};
    gfx_plane(r->gfx, in->width, in->height, &view);
}

static const Palette *palette_now(const Session *session)
{
    return palette_of((Theme)settings_index(&session->settings, SET_THEME));
}

void renderer_layout(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    Picture picture;
    r->camera = renderer_camera(session, in->width, in->height, in->pixel_ratio, &r->layout);
    describe(r, session, shown, in, &picture);
    ui_begin(&r->ui, &in->input, r->layout.scale, palette_now(session));
    interface_draw(&r->ui, &r->layout, &picture);
    ui_end(&r->ui);
}

void renderer_draw(Renderer *r, const Session *session, const Shown *shown, const FrameInput *in)
{
    build_arrows(r, session, shown, in);
    double begin_s = clock_s();
    draw_plane(r, session, shown, in, palette_now(session));
    gfx_interface(r->gfx, in->width, in->height, &r->ui.list);
    r->draw_ms = 1000 * (clock_s() - begin_s);
}
