/* The hill: potentials of fields, heights of stacks, and what a tilted view shows, hides and gives back. */
#include "scene/hill_axes.h"

#include "near.h"

enum { DENSITY = 33, FIELD = 24 };

static const Rect extent = {-4, -3, 8, 6};
static const HillRecipe log_recipe = {HILL_LOG, 0.5, 1}, step_recipe = {HILL_STEP, 0.5, 1};

typedef struct Scene {
    Stack density, field;
    Hill hill;
    HillSight sight;
    Mixture mixture;
    Camera camera;
} Scene;

static int set_up(void **state)
{
    static Scene s;
    const Component one = {.weight = 1, .mean = {0.5, -0.25}, .cov = {0.75, 0, 0.75}};
    *state = &s;
    s.camera = (Camera){0, 0, 100, {20, 10, 800, 600}};
    bool made =
        stack_init(&s.density, DENSITY, 1) && stack_init(&s.field, FIELD, 2) && mixture_init(&s.mixture, &one, 1);
    if (!made || !hill_init(&s.hill, DENSITY, FIELD) || !hill_sight_init(&s.sight))
        return -1;
    stack_place(&s.density, extent, 0.01, 10);
    stack_place(&s.field, extent, 0.01, 10);
    return 0;
}

static int tear_down(void **state)
{
    Scene *s = *state;
    stack_free(&s->density);
    stack_free(&s->field);
    hill_free(&s->hill);
    hill_sight_free(&s->sight);
    mixture_free(&s->mixture);
    return 0;
}

static void fill_density(Scene *s)
{
    static float scratch[DENSITY * DENSITY * 6];
    for (int level = 0; level < STACK_LEVELS; level++)
        stack_fill_density(&s->density, level, 0, DENSITY, &s->mixture, scratch);
}

static void fill_field(Scene *s, const FieldSource *field)
{
    static float scratch[FIELD * FIELD * 6];
    for (int level = 0; level < STACK_LEVELS; level++)
        stack_fill_field(&s->field, level, 0, FIELD, field, scratch);
}

/* Every level of the density is this, rows of equal values: a ridge. */
static void fill_ridge(Scene *s, double y, double half_width)
{
    for (int i = 0; i < STACK_LEVELS * DENSITY * DENSITY; i++) {
        double at = extent.y + extent.h * (i / DENSITY % DENSITY) / (DENSITY - 1);
        s->density.value[i] = fabs(at - y) < half_width ? 0 : -100;
    }
    for (int level = 0; level < STACK_LEVELS; level++)
        s->density.version[level] = ++s->density.changes;
}

static void nowhere(void *context, const float *x, float sigma, size_t n, float *score)
{
    (void)context, (void)x, (void)sigma;
    for (size_t i = 0; i < 2 * n; i++)
        score[i] = NAN;
}

/* Samples of a potential x^2 - x y + 3 y, and of a swirl about the middle that is nothing's slope, at unit distance. */
static void fill_known(float *field, double slope, double swirl)
{
    for (int i = 0; i < FIELD * FIELD; i++) {
        double x = i % FIELD, y = i / (double)FIELD - x / FIELD, u = x - (FIELD - 1) / 2.0, v = y - (FIELD - 1) / 2.0;
        double fade = exp(-(u * u + v * v) / 8);
        field[2 * i] = (float)(slope * (2 * x - y) - swirl * v * fade);
        field[2 * i + 1] = (float)(slope * (3 - x) + swirl * u * fade);
    }
}

static void a_gradient_gives_its_potential(void **state)
{
    static float field[FIELD * FIELD * 2];
    Potential p;
    (void)state;
    assert_true(potential_init(&p, FIELD));
    fill_known(field, 1, 0);
    potential_fit(&p, field, 1, 1);
    for (int i = 0; i < FIELD * FIELD; i++) {
        double x = i % FIELD, y = i / FIELD;
        assert_near(p.phi[i] - p.phi[0], x * x - x * y + 3 * y, 5e-3);
    }
    assert_near(p.residual, 0, 1e-8);
    potential_free(&p);
}

static void distances_differ_along_the_axes(void **state)
{
    static float field[FIELD * FIELD * 2];
    Potential p;
    (void)state;
    assert_true(potential_init(&p, FIELD));
    for (int i = 0; i < FIELD * FIELD; i++) {
        field[2 * i] = 2;
        field[2 * i + 1] = -3;
    }
    potential_fit(&p, field, 0.5, 0.25);
    assert_near(p.phi[1] - p.phi[0], 1, 1e-4);
    assert_near(p.phi[FIELD] - p.phi[0], -0.75, 1e-4);
    potential_free(&p);
}

static void a_curl_is_left_over(void **state)
{
    static float field[FIELD * FIELD * 2];
    Potential p;
    (void)state;
    assert_true(potential_init(&p, FIELD));
    fill_known(field, 0, 1);
    potential_fit(&p, field, 1, 1);
    for (int i = 0; i < FIELD * FIELD; i++)
        assert_near(p.phi[i], 0, 0.02);
    assert_near(p.residual, 1, 1e-3);
    fill_known(field, 0.1, 1);
    potential_fit(&p, field, 1, 1);
    assert_near(p.phi[FIELD - 1] - p.phi[0], 0.1 * (FIELD - 1) * (FIELD - 1), 0.05);
    assert_true(p.residual > 0.01 && p.residual < 0.9);
    potential_free(&p);
}

/* A Gaussian of variance 3/4 seen at sigma 1/2 has variance one: half the square of the distance, nats. */
static double depth(double x, double y)
{
    return ((x - 0.5) * (x - 0.5) + (y + 0.25) * (y + 0.25)) / 2;
}

static void check_heights(const Hill *h, double tolerance)
{
    for (int i = 0; i < h->grid * h->grid; i++) {
        double x = extent.x + extent.w * (i % h->grid) / (h->grid - 1);
        double y = extent.y + extent.h * (i / h->grid) / (h->grid - 1);
        double height = fmax(1 - depth(x, y) / HILL_NATS, 0);
        assert_near(h->height[i], height, tolerance);
        assert_int_equal(h->cut[i], h->height[i] == 0);
        assert_near(hill_height(h, x, y), h->height[i], 1e-5);
    }
}

static void density_and_exact_field_are_one_hill(void **state)
{
    Scene *s = *state;
    FieldSource exact = field_exact(&s->mixture);
    fill_density(s);
    fill_field(s, &exact);
    hill_build(&s->hill, &s->density, log_recipe);
    assert_int_equal(s->hill.grid, DENSITY);
    check_heights(&s->hill, 0.006);
    assert_near(s->hill.residual, 0, 0);
    hill_build(&s->hill, &s->field, log_recipe);
    assert_int_equal(s->hill.grid, FIELD);
    check_heights(&s->hill, 0.012);
    assert_true(s->hill.residual < 1e-4);
}

static void what_is_deep_is_cut(void **state)
{
    Scene *s = *state;
    int cut = 0;
    fill_ridge(s, 0, 0.5);
    hill_build(&s->hill, &s->density, log_recipe);
    for (int i = 0; i < DENSITY * DENSITY; i++) {
        cut += s->hill.cut[i];
        assert_near(s->hill.height[i], s->hill.cut[i] ? 0 : 1, 0);
        assert_near(s->hill.nats[i], s->hill.cut[i] ? -HILL_DEEPEST : 0, 0);
    }
    assert_int_equal(cut, DENSITY * (DENSITY - 5));
}

/* sigma^2 / (2 std^2) a nat: at sigma = 1/2 an eighth. */
static void steps_have_their_own_height(void **state)
{
    Scene *s = *state;
    fill_density(s);
    hill_build(&s->hill, &s->density, step_recipe);
    assert_near(hill_height(&s->hill, 1.5, -0.25), 1 - depth(1.5, -0.25) / 8, 0.006);
    assert_near(hill_height(&s->hill, -4, -0.25), 0, 0);
    hill_build(&s->hill, &s->density, (HillRecipe){HILL_STEP, 0.5, 2});
    assert_near(hill_height(&s->hill, 1.5, -0.25), 1 - depth(1.5, -0.25) / 32, 0.006);
}

static void is_built_when_something_changed(void **state)
{
    Scene *s = *state;
    FieldSource exact = field_exact(&s->mixture);
    fill_density(s);
    fill_field(s, &exact);
    hill_build(&s->hill, &s->density, log_recipe);
    hill_build(&s->hill, &s->density, log_recipe);
    assert_int_equal(s->hill.builds, 1);
    hill_build(&s->hill, &s->density, step_recipe);
    assert_int_equal(s->hill.builds, 2);
    hill_build(&s->hill, &s->field, step_recipe);
    hill_build(&s->hill, &s->density, step_recipe);
    assert_int_equal(s->hill.builds, 4);
    hill_build(&s->hill, &s->density, (HillRecipe){HILL_STEP, 0.6, 1});
    assert_int_equal(s->hill.builds, 5);
    fill_density(s);
    hill_build(&s->hill, &s->density, (HillRecipe){HILL_STEP, 0.6, 1});
    assert_int_equal(s->hill.builds, 6);
}

static void nothing_and_no_numbers_are_no_hill(void **state)
{
    Scene *s = *state;
    FieldSource broken = {.evaluate = nowhere};
    hill_build(&s->hill, &s->density, log_recipe);
    assert_int_equal(s->hill.grid, 0);
    fill_field(s, &broken);
    hill_build(&s->hill, &s->field, log_recipe);
    for (int i = 0; i < FIELD * FIELD; i++)
        assert_true(s->hill.cut[i] && s->hill.height[i] == 0);
    fill_density(s);
    for (int i = 0; i < STACK_LEVELS * DENSITY * DENSITY; i += 7)
        s->density.value[i] = NAN;
    hill_build(&s->hill, &s->density, log_recipe);
    for (int i = 0; i < DENSITY * DENSITY; i++)
        assert_true(s->hill.height[i] >= 0 && s->hill.height[i] <= 1);
}

static void swirl(void *context, const float *x, float sigma, size_t n, float *score)
{
    (void)context, (void)sigma;
    for (size_t i = 0; i < n; i++) {
        score[2 * i] = -x[2 * i + 1];
        score[2 * i + 1] = x[2 * i];
    }
}

static void nothing_of_a_field_is_left_over_in_a_density(void **state)
{
    Scene *s = *state;
    FieldSource turning = {.evaluate = swirl};
    fill_field(s, &turning);
    fill_density(s);
    hill_build(&s->hill, &s->field, log_recipe);
    assert_true(s->hill.residual > 0.5);
    hill_build(&s->hill, &s->density, log_recipe);
    assert_near(s->hill.residual, 0, 0);
}

/* The exact field's, but on the right no number up or down. */
static void score_without_y(void *context, const float *x, float sigma, size_t n, float *score)
{
    const FieldSource *exact = context;
    exact->evaluate(exact->context, x, sigma, n, score);
    for (size_t i = 0; i < n; i++)
        if (x[2 * i] > 0)
            score[2 * i + 1] = NAN;
}

static void half_a_vector_is_no_hill(void **state)
{
    Scene *s = *state;
    FieldSource exact = field_exact(&s->mixture), half = {.evaluate = score_without_y, .context = &exact};
    fill_field(s, &half);
    hill_build(&s->hill, &s->field, log_recipe);
    for (int i = 0; i < FIELD * FIELD; i++)
        if (i % FIELD > FIELD / 2)
            assert_true(s->hill.cut[i]);
    assert_true(hill_height(&s->hill, -0.5, -0.25) > 0);
}

static void without_tilt_it_is_the_plane(void **state)
{
    Scene *s = *state;
    HillProjection p = hill_projection((HillView){0, 70, 20}, &s->camera);
    for (double x = -4; x <= 4; x += 2) {
        double data[2] = {x, 1 - x / 3}, place[2], flat[2], pixel[2];
        hill_project(&p, data[0], data[1], 0.8, place);
        camera_to_pixel(&s->camera, data, flat);
        camera_to_pixel(&s->camera, place, pixel);
        assert_near(pixel[0], flat[0], 1e-9);
        assert_near(pixel[1], flat[1], 1e-9);
    }
}

static void tilt_is_smooth_and_raises_the_top(void **state)
{
    Scene *s = *state;
    double last = 0;
    for (double tilt = 0; tilt <= 1; tilt += 0.01) {
        HillProjection p = hill_projection((HillView){tilt, 90, 40}, &s->camera);
        double top[2], foot[2];
        hill_project(&p, 0, 0, 1, top);
        hill_project(&p, 0, 0, 0, foot);
        assert_near(top[0], foot[0], 1e-12);
        assert_true(top[1] - foot[1] >= last && top[1] - foot[1] < last + 0.05);
        last = top[1] - foot[1];
    }
    HillProjection turned = hill_projection((HillView){1, 90, 90}, &s->camera);
    double place[2];
    hill_project(&turned, 1, 0, 0, place); /* a quarter against the clock */
    assert_near(place[0], 0, 1e-9);
    assert_true(place[1] > 0.5);
}

/* A wall along y = 0; from a low eye in the south, or in the north after half a turn. */
static void a_ridge_hides_what_is_behind_it(void **state)
{
    Scene *s = *state;
    const float x[] = {0, 0.9f, 0, -0.9f, 0, 0, 9, 0};
    float place[8];
    fill_ridge(s, 0, 0.5);
    hill_build(&s->hill, &s->density, log_recipe);
    hill_look(&s->sight, &s->hill, (HillView){1, 0, 30}, &s->camera);
    hill_drape(&s->sight, x, 4, place);
    assert_true(isnan(place[1]) && isfinite(place[3]) && isfinite(place[5]) && isnan(place[7]));
    hill_look(&s->sight, &s->hill, (HillView){1, 180, 30}, &s->camera);
    hill_drape(&s->sight, x, 4, place);
    assert_true(isfinite(place[1]) && isnan(place[3]) && isfinite(place[5]));
    hill_look(&s->sight, &s->hill, (HillView){1, 90, 30}, &s->camera); /* along the wall */
    hill_drape(&s->sight, x, 4, place);
    assert_true(isfinite(place[1]) && isfinite(place[3]));
    hill_look(&s->sight, &s->hill, (HillView){0, 0, 30}, &s->camera);
    hill_drape(&s->sight, x, 3, place);
    for (int i = 0; i < 6; i++)
        assert_near(place[i], x[i], 1e-6);
}

static void what_is_picked_is_what_was_draped(void **state)
{
    Scene *s = *state;
    fill_density(s);
    hill_build(&s->hill, &s->density, log_recipe);
    hill_look(&s->sight, &s->hill, (HillView){1, 35, 50}, &s->camera);
    for (double x = -2; x <= 2; x += 0.5) {
        double data[2] = {x, 0.3 * x - 0.5}, place[2], picked[2];
        hill_project(&s->sight.projection, data[0], data[1], (double)hill_height(&s->hill, data[0], data[1]), place);
        assert_true(hill_pick(&s->sight, place, picked));
        assert_near(picked[0], data[0], 0.01);
        assert_near(picked[1], data[1], 0.01);
    }
    assert_false(hill_pick(&s->sight, (double[2]){0, 30}, (double[2]){0, 0}));
}

static void arrows_and_lines_lie_on_the_hill(void **state)
{
    Scene *s = *state;
    Arrow arrow[2] = {{420, 285, 20, 0, 1}, {420, 220, 0, 20, 1}};
    Arrows arrows = {.arrow = arrow, .count = 2};
    const float point[] = {-3, -2, 0, -2};
    Lines from, to;
    assert_true(lines_init(&from, 4, 2) && lines_init(&to, 4, 2) && lines_add(&from, point, 2, 7));
    fill_ridge(s, 0, 0.5);
    hill_build(&s->hill, &s->density, log_recipe);
    hill_look(&s->sight, &s->hill, (HillView){1, 0, 30}, &s->camera);
    hill_drape_arrows(&s->sight, &arrows);
    assert_true(arrow[0].dx > 10 && fabsf(arrow[0].dy) < 1e-3f && arrow[0].y < 280);
    assert_true(arrow[1].dx == 0 && arrow[1].dy == 0);
    hill_drape_lines(&s->sight, &from, &to);
    assert_int_equal(to.lines, 1);
    assert_near(to.value[0], 7, 0);
    assert_true(to.point[1] > -2 && to.point[1] == to.point[3]);
    lines_free(&from);
    lines_free(&to);
}

/* Whatever way it is turned: a box about the floor and the top, on the window. */
static void it_stays_in_the_plane(void **state)
{
    Scene *s = *state;
    const Rect *plane = &s->camera.plane;
    fill_density(s);
    hill_build(&s->hill, &s->density, log_recipe);
    for (double azimuth = -180; azimuth <= 180; azimuth += 15) {
        hill_look(&s->sight, &s->hill, (HillView){1, azimuth, 35}, &s->camera);
        const Rect *e = &s->sight.extent;
        for (int corner = 0; corner < 8; corner++) {
            double at[2] = {e->x + (corner & 1) * e->w, e->y + (corner >> 1 & 1) * e->h}, pixel[2];
            hill_pixel(&s->sight, at, corner >> 2, pixel);
            assert_true(pixel[0] > plane->x && pixel[0] < plane->x + plane->w);
            assert_true(pixel[1] > plane->y && pixel[1] < plane->y + plane->h);
        }
    }
}

static void check_ticks(const HillSight *s, const HillAxis *a, int direction)
{
    const HillTick *first = &a->tick[0], *last = &a->tick[a->ticks - 1];
    assert_true(a->ticks >= 3);
    assert_near(hypot(a->outer[0], a->outer[1]), 1, 1e-9);
    assert_near((last->value - first->value) / (double)(a->ticks - 1), a->step, 1e-9);
    for (size_t i = 0; i < a->ticks; i++) {
        double data[2], pixel[2], share = (a->tick[i].pixel[0] - a->end[0][0]) * (a->end[1][1] - a->end[0][1]);
        share -= (a->tick[i].pixel[1] - a->end[0][1]) * (a->end[1][0] - a->end[0][0]);
        assert_near(share, 0, 1e-6); /* on the axis */
        camera_to_data(&s->camera, a->tick[i].pixel, data);
        for (int side = 0; side < 2; side++) { /* and the number is that of one of the two edges there */
            const Rect *e = &s->extent;
            double other = direction == 0 ? e->y + side * e->h : e->x + side * e->w;
            hill_pixel(s, direction == 0 ? (double[]){a->tick[i].value, other} : (double[]){other, a->tick[i].value}, 0,
                       pixel);
            if (fabs(pixel[0] - a->tick[i].pixel[0]) + fabs(pixel[1] - a->tick[i].pixel[1]) < 1e-6)
                break;
            assert_int_equal(side, 0);
        }
    }
}

static void axes_stand_at_the_near_edges(void **state)
{
    Scene *s = *state;
    HillAxes axes;
    fill_density(s);
    hill_build(&s->hill, &s->density, log_recipe);
    for (double azimuth = -170; azimuth <= 180; azimuth += 35) {
        hill_look(&s->sight, &s->hill, (HillView){1, azimuth, 35}, &s->camera);
        hill_axes(&s->sight, 1, &axes);
        check_ticks(&s->sight, &axes.axis[HILL_AXIS_X], 0);
        check_ticks(&s->sight, &axes.axis[HILL_AXIS_Y], 1);
        double corner[2];
        const double *near = axes.axis[HILL_AXIS_X].end[0];
        assert_near(axes.axis[HILL_AXIS_Y].end[0][1], near[1], 1e-9); /* both begin at one corner */
        for (int i = 0; i < 4; i++) {                                 /* and none is nearer */
            const Rect *e = &s->sight.extent;
            hill_pixel(&s->sight, (double[]){e->x + (i & 1) * e->w, e->y + (i >> 1) * e->h}, 0, corner);
            assert_true(corner[1] <= near[1] + 1e-6);
        }
    }
}

static void heights_are_told_from_the_top(void **state)
{
    Scene *s = *state;
    HillAxes axes;
    const HillAxis *up = &axes.axis[HILL_AXIS_HEIGHT];
    fill_density(s);
    hill_build(&s->hill, &s->density, log_recipe);
    hill_look(&s->sight, &s->hill, (HillView){1, 30, 35}, &s->camera);
    hill_axes(&s->sight, 1, &axes);
    assert_near(up->tick[0].value, 0, 0);
    assert_near(up->tick[0].height, 1, 0);
    assert_near(up->tick[1].height, 1 - up->step / HILL_NATS, 1e-9);
    assert_near(up->tick[1].value, -up->step, 1e-9);
    hill_build(&s->hill, &s->density, (HillRecipe){HILL_STEP, 0.5, 3});
    hill_look(&s->sight, &s->hill, (HillView){1, 30, 35}, &s->camera);
    hill_axes(&s->sight, 1, &axes);
    assert_near(up->tick[1].height, 1 - up->step / (HILL_STEPS * 9), 1e-9);
}

static void pixels_are_draped_as_data_are(void **state)
{
    Scene *s = *state;
    fill_density(s);
    hill_build(&s->hill, &s->density, log_recipe);
    hill_look(&s->sight, &s->hill, (HillView){0.7, 50, 35}, &s->camera);
    for (double x = -3; x <= 3; x += 0.4) {
        double flat[2], expected[2];
        float data[2] = {(float)x, (float)(0.5 * x - 0.3)}, place[2], pixel[2];
        camera_to_pixel(&s->camera, (double[]){(double)data[0], (double)data[1]}, flat);
        hill_drape(&s->sight, data, 1, place);
        hill_drape_window(&s->sight, (float[]){(float)flat[0], (float)flat[1]}, 1, pixel);
        camera_to_pixel(&s->camera, (double[]){(double)place[0], (double)place[1]}, expected);
        assert_int_equal(isfinite(place[0]), isfinite(pixel[0]));
        if (!isfinite(pixel[0]))
            continue;
        assert_near(pixel[0], expected[0], 0.01);
        assert_near(pixel[1], expected[1], 0.01);
    }
}

static void particles_are_between_the_ticks(void **state)
{
    Scene *s = *state;
    SimFrame from, to;
    assert_true(simframe_init(&from) && simframe_init(&to));
    from.count = 1;
    from.trails = 1;
    from.trail_length = 2;
    from.trail_of[0] = 0;
    from.previous[0] = from.previous[1] = -1;
    from.x[0] = from.x[1] = from.trail[0] = from.trail[1] = 1;
    from.trail[2 * TRAIL_PARTICLES] = from.trail[2 * TRAIL_PARTICLES + 1] = -1;
    fill_density(s);
    hill_build(&s->hill, &s->density, log_recipe);
    hill_look(&s->sight, &s->hill, (HillView){0, 0, 30}, &s->camera);
    hill_drape_frame(&s->sight, &from, 0.25, &to);
    assert_near(to.x[0], -0.5, 1e-6);
    assert_near(to.previous[1], -0.5, 1e-6);
    assert_near(to.trail[0], -0.5, 1e-6);
    assert_near(to.trail[2 * TRAIL_PARTICLES], -1, 1e-6);
    simframe_free(&from);
    simframe_free(&to);
}

#define ON_SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gradient_gives_its_potential),
        cmocka_unit_test(distances_differ_along_the_axes),
        cmocka_unit_test(a_curl_is_left_over),
        ON_SCENE(density_and_exact_field_are_one_hill),
        ON_SCENE(what_is_deep_is_cut),
        ON_SCENE(steps_have_their_own_height),
        ON_SCENE(is_built_when_something_changed),
        ON_SCENE(nothing_and_no_numbers_are_no_hill),
        ON_SCENE(nothing_of_a_field_is_left_over_in_a_density),
        ON_SCENE(half_a_vector_is_no_hill),
        ON_SCENE(without_tilt_it_is_the_plane),
        ON_SCENE(tilt_is_smooth_and_raises_the_top),
        ON_SCENE(a_ridge_hides_what_is_behind_it),
        ON_SCENE(what_is_picked_is_what_was_draped),
        ON_SCENE(arrows_and_lines_lie_on_the_hill),
        ON_SCENE(it_stays_in_the_plane),
        ON_SCENE(axes_stand_at_the_near_edges),
        ON_SCENE(heights_are_told_from_the_top),
        ON_SCENE(pixels_are_draped_as_data_are),
        ON_SCENE(particles_are_between_the_ticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
