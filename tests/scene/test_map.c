/* Maps: every kind against closed forms, and work that goes from coarse to fine and begins again only when it must. */
#include "core/rk45.h"
#include "scene/map_recipe.h"
#include "scene/map_work.h"

#include "near.h"

#include <string.h>

enum { PIECES = 20000 }; /* more than any map takes */

/* The exact score, scaled and turned, and a rotation about the origin: ways of being wrong that are known. */
typedef struct Wrong {
    const Mixture *mixture;
    float along, across; /* score becomes along * score + across * (score turned left) */
    float rotation;      /* plus rotation / sigma^2 * (-y, x) */
} Wrong;

static void evaluate_wrong(void *context, const float *x, float sigma, size_t n, float *score)
{
    const Wrong *w = context;
    float turn = w->rotation / (sigma * sigma);
    mixture_evaluate(w->mixture, sigma, x, n, (MixtureOutput){.score = score});
    for (size_t i = 0; i < 2 * n; i += 2) {
        float u = score[i], v = score[i + 1];
        score[i] = w->along * u - w->across * v - turn * x[i + 1];
        score[i + 1] = w->along * v + w->across * u + turn * x[i];
    }
}

static FieldSource wrong(Wrong *w)
{
    return (FieldSource){.evaluate = evaluate_wrong, .context = w};
}

static void make_gaussians(Target *t, size_t n, const double mean[][2], double variance)
{
    Component c[2];
    Mixture m;
    for (size_t i = 0; i < n; i++)
        c[i] = (Component){
            .weight = 1, .mean = {mean[i][0], mean[i][1]}, .cov = {variance, 0, variance}, .kind = COMPONENT_GAUSSIAN};
    assert_true(mixture_init(&m, c, n));
    target_from_mixture(t, m);
}

static void make_normal(Target *t)
{
    make_gaussians(t, 1, (const double[][2]){{0, 0}}, 1);
}

static void find_target(Target *t, const char *name)
{
    for (size_t i = 0; i < target_count(); i++) {
        if (strcmp(target_info(i)->name, name) == 0) {
            assert_true(target_init(t, i));
            return;
        }
    }
    fail_msg("no target %s", name);
}

/* Places on a square about the origin, of which none has a coordinate 0. */
static void spread(MapBatch *b, size_t side, double half)
{
    b->n = side * side;
    b->step = 0;
    for (size_t i = 0; i < b->n; i++) {
        b->x[2 * i] = (float)(half * (2 * ((double)(i % side) + 0.5) / (double)side - 1));
        b->x[2 * i + 1] = (float)(half * (2 * ((double)(i / side) + 0.5) / (double)side - 1));
    }
}

/* Values of a kind of map at places x [n][2]; x comes back whole. */
static const float *values(MapKind kind, const MapSource *s, MapBatch *b)
{
    static float x[2 * MAP_BATCH];
    memcpy(x, b->x, sizeof x);
    mixture_evaluate(&s->target->mixture, (float)s->sigma, b->x, b->n, (MixtureOutput){.log_density = b->log_density});
    b->step = 0;
    for (int piece = 0; !map_recipe(kind)->advance(s, b); piece++)
        assert_true(piece < PIECES);
    memcpy(b->x, x, sizeof x);
    return b->value;
}

static void assert_all(MapKind kind, const MapSource *s, MapBatch *b, double expected, double tolerance)
{
    const float *value = values(kind, s, b);
    for (size_t i = 0; i < b->n; i++)
        assert_near(value[i], expected, tolerance);
}

static MapBatch batch;

static void rows_are_whole(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < MAP_KIND_COUNT; kind++) {
        const MapRecipe *r = map_recipe(kind);
        assert_true(r->info.name[0] && r->info.label[0] && r->info.help[0] && r->info.unit);
        assert_true((r->advance != NULL) == (kind != MAP_NONE));
        assert_true(kind == MAP_NONE || (r->live >= MAP_COARSEST && r->batch > 0));
        assert_true(r->live <= MAP_GRID && r->batch <= MAP_BATCH);
        assert_true(r->info.low <= r->info.high);
        for (size_t other = 0; other < kind; other++)
            assert_string_not_equal(r->info.name, map_info(other)->name);
    }
}

static void magnitude_is_that_of_a_normal(void **state)
{
    (void)state;
    Target t;
    make_normal(&t);
    MapSource s = {.field = field_exact(&t.mixture), .target = &t, .sigma = 0.5};
    spread(&batch, 16, 3);
    const float *value = values(MAP_MAGNITUDE, &s, &batch);
    for (size_t i = 0; i < batch.n; i++) {
        double r = hypot((double)batch.x[2 * i], (double)batch.x[2 * i + 1]);
        assert_near(value[i], log10(0.5 * r / 1.25), 1e-5);
    }
    target_free(&t);
}

static void error_angle_and_length_know_a_wrong_field(void **state)
{
    static const struct {
        float along, across;
        double error, angle, length;
    } rows[] = {{1, 0, 0, 0, 0},         {2, 0, 1, 0, 1},    {0.25f, 0, 0.75, 0, -2}, {0, 1, M_SQRT2, 90, 0},
                {0, -1, M_SQRT2, 90, 0}, {-1, 0, 2, 180, 0}, {1, 1, 1, 45, 0.5}};
    (void)state;
    Target t;
    find_target(&t, "8gaussians");
    spread(&batch, 16, 4);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Wrong w = {&t.mixture, rows[i].along, rows[i].across, 0};
        MapSource s = {.field = wrong(&w), .target = &t, .sigma = 0.7};
        assert_all(MAP_ERROR, &s, &batch, rows[i].error, 1e-5);
        assert_all(MAP_ANGLE, &s, &batch, rows[i].angle, 1e-3);
        assert_all(MAP_LENGTH, &s, &batch, rows[i].length, 1e-5);
    }
    target_free(&t);
}

static void a_field_that_vanishes_has_no_direction(void **state)
{
    (void)state;
    Target t;
    make_normal(&t);
    Wrong w = {.mixture = &t.mixture};
    MapSource s = {.field = wrong(&w), .target = &t, .sigma = 1};
    spread(&batch, 4, 2);
    assert_all(MAP_ERROR, &s, &batch, 1, 1e-6);
    static const MapKind without[] = {MAP_ANGLE, MAP_LENGTH, MAP_MAGNITUDE};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        assert_true(!isfinite(values(without[i], &s, &batch)[0]));
    }
    target_free(&t);
}

static void curl_is_twice_a_rotation_and_none_of_a_gradient(void **state)
{
    static const double sigmas[] = {0.3, 1, 5};
    (void)state;
    Target t;
    find_target(&t, "8gaussians");
    spread(&batch, 16, 4);
    for (size_t i = 0; i < sizeof sigmas / sizeof *sigmas; i++)
        for (int turns = -1; turns <= 1; turns++) {
            Wrong w = {&t.mixture, 1, 0, 0.05f * (float)turns};
            MapSource s = {.field = wrong(&w), .target = &t, .sigma = sigmas[i]};
            assert_all(MAP_CURL, &s, &batch, 0.1 * turns, 3e-3);
        }
    target_free(&t);
}

static void evaluate_shear(void *context, const float *x, float sigma, size_t n, float *score)
{
    (void)context;
    for (size_t i = 0; i < n; i++) {
        score[2 * i] = 0;
        score[2 * i + 1] = sinf(x[2 * i] / sigma) / sigma;
    }
}

static void curl_follows_a_field_that_bends(void **state)
{
    (void)state;
    Target t;
    make_normal(&t);
    MapSource s = {.field = {.evaluate = evaluate_shear}, .target = &t, .sigma = 0.8};
    spread(&batch, 16, 3);
    const float *value = values(MAP_CURL, &s, &batch);
    for (size_t i = 0; i < batch.n; i++)
        assert_near(value[i], cos((double)batch.x[2 * i] / 0.8), 1e-3);
    target_free(&t);
}

static void name_basins(Basins *b, const Target *t)
{
    *b = (Basins){0};
    basins_begin(b, t);
    while (basins_piece(b))
        ;
}

static void two_gaussians_halve_the_plane(void **state)
{
    static const double sigmas[] = {0.01, 0.5, 3, 30};
    (void)state;
    Target t;
    Basins b;
    make_gaussians(&t, 2, (const double[][2]){{-3, 0}, {3, 0}}, 0.25);
    name_basins(&b, &t);
    assert_int_equal(b.count, 2);
    spread(&batch, 16, 8);
    for (size_t k = 0; k < sizeof sigmas / sizeof *sigmas; k++) {
        MapSource s = {.field = field_exact(&t.mixture), .target = &t, .basins = &b, .sigma = sigmas[k]};
        const float *value = values(MAP_FATE, &s, &batch);
        for (size_t i = 0; i < batch.n; i++)
            assert_true(value[i] == (batch.x[2 * i] > 0 ? 1.0f : 0.0f));
    }
    basins_free(&b);
    target_free(&t);
}

static void a_fate_is_where_the_flow_ends(void **state)
{
    static float scratch[MAP_BATCH * RK45_SCRATCH] __attribute__((aligned(16)));
    static const double sigmas[] = {0.5, 2, 10};
    (void)state;
    Target t;
    Basins b;
    find_target(&t, "moons");
    name_basins(&b, &t);
    for (size_t k = 0; k < sizeof sigmas / sizeof *sigmas; k++) {
        MapSource s = {.field = field_exact(&t.mixture), .target = &t, .basins = &b, .sigma = sigmas[k]};
        const Rk45 solver = {
            .field = &s.field, .from = sigmas[k], .to = t.sigma_min, .tolerance = 1e-4, .scratch = scratch};
        spread(&batch, 16, 2 * sigmas[k]);
        const float *value = values(MAP_FATE, &s, &batch);
        size_t elsewhere = 0;
        rk45_solve(&solver, batch.n, batch.x, NULL);
        for (size_t i = 0; i < batch.n; i++)
            elsewhere +=
                value[i] != (float)basins_of(&b, (const double[]){(double)batch.x[2 * i], (double)batch.x[2 * i + 1]});
        assert_true(elsewhere <= batch.n / 100);
    }
    basins_free(&b);
    target_free(&t);
}

/* The flow of one normal is radial. */
static void one_piece_is_told_apart_by_eighths(void **state)
{
    (void)state;
    Target t;
    Basins b;
    make_normal(&t);
    name_basins(&b, &t);
    assert_int_equal(b.count, BASINS_SECTORS);
    MapSource s = {.field = field_exact(&t.mixture), .target = &t, .basins = &b, .sigma = 2};
    batch.n = BASINS_SECTORS;
    for (size_t i = 0; i < batch.n; i++) {
        double angle = ((double)i + 0.5) * 2 * M_PI / BASINS_SECTORS;
        batch.x[2 * i] = (float)cos(angle);
        batch.x[2 * i + 1] = (float)sin(angle);
    }
    const float *value = values(MAP_FATE, &s, &batch);
    for (size_t i = 0; i < batch.n; i++)
        assert_true(value[i] == (float)i);
    basins_free(&b);
    target_free(&t);
}

static void chains_of_components_have_one_name(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        double one[2], same[2], other[2];
    } rows[] = {
        {"moons", 2, {1, -0.2}, {-3, -0.2}, {1, -1.2}},
        {"circles", 2, {3, 0}, {-3, 0}, {1.5, 0}},
        {"rings", 4, {3, 0}, {0, -3}, {2.25, 0}},
        {"checkerboard", 8, {-3.2, -3}, {-2.2, -3.8}, {-1.2, -1}}, /* squares that touch at a corner */
        {"swissroll", BASINS_SECTORS, {1, 0.1}, {2, 0.1}, {-1, 0.1}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Target t;
        Basins b;
        find_target(&t, rows[i].name);
        name_basins(&b, &t);
        assert_int_equal(b.count, rows[i].count);
        size_t one = basins_of(&b, rows[i].one);
        assert_true(one < b.count);
        assert_int_equal(basins_of(&b, rows[i].same), one);
        assert_int_not_equal(basins_of(&b, rows[i].other), one);
        basins_free(&b);
        target_free(&t);
    }
}

static void likelihood_of_the_exact_field_is_the_density(void **state)
{
    static const char *const names[] = {"8gaussians", "moons", "checkerboard"};
    static const double sigmas[] = {0.1, 1, 20};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Target t;
        find_target(&t, names[i]);
        for (size_t k = 0; k < sizeof sigmas / sizeof *sigmas; k++) {
            MapSource s = {.field = field_exact(&t.mixture), .target = &t, .sigma = sigmas[k]};
            spread(&batch, 8, 2 * t.frame.std);
            const float *value = values(MAP_LIKELIHOOD, &s, &batch);
            for (size_t j = 0; j < batch.n; j++)
                assert_near(value[j], batch.log_density[j], 2e-2 * fmax(1, fabs((double)value[j]) / 30));
        }
        target_free(&t);
    }
}

/* Of a narrower normal, whose flow only stretches the plane. At the upper end it is met by the target's prior. */
static void likelihood_error_is_the_log_of_two_densities(void **state)
{
    (void)state;
    Target t, narrow;
    make_normal(&t);
    make_gaussians(&narrow, 1, (const double[][2]){{0, 0}}, 0.25);
    MapSource s = {.field = field_exact(&narrow.mixture), .target = &t, .sigma = 0.5};
    spread(&batch, 8, 2);
    const float *value = values(MAP_LIKELIHOOD_ERROR, &s, &batch);
    for (size_t i = 0; i < batch.n; i++) {
        double x[2] = {(double)batch.x[2 * i], (double)batch.x[2 * i + 1]}, stretch = sqrt(100.25 / 0.5);
        double y[2] = {stretch * x[0], stretch * x[1]};
        double learned = mixture_at(&narrow.mixture, 0.5, x).log_density;
        double prior = mixture_at(&t.mixture, 10, y).log_density - mixture_at(&narrow.mixture, 10, y).log_density;
        assert_near(value[i], learned + prior - mixture_at(&t.mixture, 0.5, x).log_density, 2e-3);
    }
    target_free(&narrow);
    target_free(&t);
}

typedef struct Scene {
    Target target;
    Weights weights;
    MapWork *work;
    MapAsk ask;
} Scene;

/* The magnitude of the exact field of a normal, in a view that is wider than high and off its middle. */
static void scene_init(Scene *s)
{
    *s = (Scene){.work = map_work_create()};
    assert_non_null(s->work);
    make_normal(&s->target);
    assert_true(net_init(&s->weights.net, (NetShape){.width = 16, .depth = 1}, 1));
    for (size_t i = 0; i < s->weights.net.count; i++) /* a fresh network's last layer is 0 */
        s->weights.net.parameter[i] = 0.3f * sinf((float)i);
    s->ask = (MapAsk){MAP_MAGNITUDE, &s->target, NULL, FIELD_EXACT, 0.5, {-3, -1, 8, 5}};
}

static void scene_free(Scene *s)
{
    map_work_destroy(s->work);
    weights_free(&s->weights);
    target_free(&s->target);
}

static void ask(Scene *s)
{
    map_work_ask(s->work, &s->ask, &s->weights);
}

static int finish(MapWork *w)
{
    int pieces = 0;
    while (map_work_piece(w))
        assert_true(pieces++ < PIECES);
    return pieces;
}

/* Until something else is shown; false when nothing comes. */
static bool next_view(MapWork *w)
{
    uint64_t version = map_work_view(w)->version;
    while (map_work_view(w)->version == version)
        if (!map_work_piece(w))
            return false;
    return true;
}

static void every_stage_is_whole(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    const MapView *v = map_work_view(s.work);
    assert_int_equal(v->kind, MAP_NONE);
    assert_false(map_work_piece(s.work));
    ask(&s);
    assert_int_equal(v->kind, MAP_NONE);
    for (int grid = MAP_COARSEST; grid <= MAP_GRID; grid *= 2) {
        assert_true(next_view(s.work));
        assert_int_equal(v->kind, MAP_MAGNITUDE);
        assert_int_equal(v->grid, grid);
        assert_memory_equal(&v->extent, &s.ask.extent, sizeof v->extent);
        for (int i = 0; i < grid * grid; i++) {
            double x = -3 + 8 * (i % grid + 0.5) / grid, y = -1 + 5 * (i / grid + 0.5) / grid;
            assert_near(v->value[i], log10(0.5 * hypot(x, y) / 1.25), 1e-4);
        }
    }
    assert_false(next_view(s.work));
    assert_false(map_work_piece(s.work));
    scene_free(&s);
}

static void the_same_ask_does_nothing(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    ask(&s);
    map_work_piece(s.work);
    int begun = 1;
    while (map_work_piece(s.work)) {
        ask(&s);
        assert_true(begun++ < PIECES);
    }
    uint64_t version = map_work_view(s.work)->version;
    assert_int_equal(version, 4);
    ask(&s);
    s.weights.statistics.steps++; /* the exact field knows no network */
    ask(&s);
    assert_false(map_work_piece(s.work));
    s.ask.kind = MAP_ERROR; /* which is not of the field that is shown */
    ask(&s);
    finish(s.work);
    s.ask.field = FIELD_DIFFERENCE;
    ask(&s);
    assert_false(map_work_piece(s.work));
    assert_int_equal(map_work_view(s.work)->version, version + 4);
    scene_free(&s);
}

static void what_was_shown_stays_until_there_is_more(void **state)
{
    static float kept[MAP_GRID * MAP_GRID];
    (void)state;
    Scene s;
    scene_init(&s);
    const MapView *v = map_work_view(s.work);
    ask(&s);
    finish(s.work);
    memcpy(kept, v->value, sizeof kept);
    s.ask.kind = MAP_CURL;
    s.ask.extent.x = -4;
    ask(&s);
    for (uint64_t version = v->version; v->version == version; assert_true(map_work_piece(s.work))) {
        assert_int_equal(v->kind, MAP_MAGNITUDE);
        assert_int_equal(v->grid, MAP_GRID);
        assert_near(v->extent.x, -3, 0);
        assert_memory_equal(v->value, kept, sizeof kept);
    }
    assert_int_equal(v->kind, MAP_CURL);
    assert_int_equal(v->grid, MAP_COARSEST);
    assert_near(v->extent.x, -4, 0);
    scene_free(&s);
}

static void each_change_makes_it_again(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    s.ask.kind = MAP_CURL;
    s.ask.field = FIELD_LEARNED;
    ask(&s);
    finish(s.work);
    for (int change = 0; change < 5; change++) {
        s.ask.sigma += change == 0 ? 0.1 : 0;
        s.ask.extent.x += change == 1 ? 0.1 : 0;
        s.ask.extent.h += change == 2 ? 0.1 : 0;
        s.weights.statistics.steps += change == 3;
        s.weights.epoch += change == 4;
        float before = map_work_view(s.work)->value[0];
        s.weights.net.parameter[0] += change >= 3 ? 0.5f : 0;
        ask(&s);
        assert_true(next_view(s.work));
        assert_int_equal(map_work_view(s.work)->grid, map_recipe(MAP_CURL)->live);
        assert_true(finish(s.work) > 0);
        assert_int_equal(map_work_view(s.work)->grid, MAP_GRID);
        assert_true(map_work_view(s.work)->value[0] != before);
    }
    scene_free(&s);
}

/* Another ask does not wait until the finest stage is whole. */
static void finer_stages_give_way(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    s.ask.kind = MAP_CURL;
    ask(&s);
    int live = map_recipe(MAP_CURL)->live;
    while (map_work_view(s.work)->grid < live)
        assert_true(next_view(s.work));
    s.ask.sigma += 0.1;
    ask(&s);
    assert_true(next_view(s.work));
    assert_int_equal(map_work_view(s.work)->grid, live);
    scene_free(&s);
}

static void a_new_target_in_the_place_of_an_old_one_has_its_own_fates(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    s.ask.kind = MAP_FATE;
    ask(&s);
    finish(s.work);
    assert_near(map_work_view(s.work)->high, BASINS_SECTORS - 1, 0);
    s.ask.kind = MAP_NONE;
    ask(&s);
    target_free(&s.target);
    make_gaussians(&s.target, 2, (const double[][2]){{-3, 0}, {3, 0}}, 0.25);
    s.ask.kind = MAP_FATE;
    ask(&s);
    finish(s.work);
    assert_near(map_work_view(s.work)->high, 1, 0);
    scene_free(&s);
}

static void a_map_that_never_rests_is_shown_all_the_same(void **state)
{
    static const MapKind kinds[] = {MAP_ERROR, MAP_CURL, MAP_FATE, MAP_LIKELIHOOD};
    (void)state;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        Scene s, rested;
        scene_init(&s);
        scene_init(&rested);
        s.ask.kind = kinds[k];
        s.ask.field = FIELD_LEARNED;
        const MapView *v = map_work_view(s.work), *w = map_work_view(rested.work);
        for (int i = 0; i < 4000 && v->version < 6; i++) {
            s.ask.sigma *= 1.001;
            s.weights.statistics.steps++;
            s.weights.net.parameter[i % 50] += 0.01f;
            ask(&s);
            map_work_piece(s.work);
            assert_true(v->grid <= map_recipe(kinds[k])->live);
        }
        assert_true(v->version >= 6 && v->grid == map_recipe(kinds[k])->live);
        finish(s.work);
        map_work_ask(rested.work, &s.ask, &s.weights);
        finish(rested.work);
        assert_int_equal(v->grid, MAP_GRID);
        assert_memory_equal(v->value, w->value, sizeof(float[MAP_GRID * MAP_GRID]));
        assert_memory_equal(v->known, w->known, sizeof(float[MAP_GRID * MAP_GRID]));
        scene_free(&rested);
        scene_free(&s);
    }
}

/* Every view that comes late stands where it was made. */
static void a_moving_view_stands_where_it_was_made(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    const MapView *v = map_work_view(s.work);
    for (int i = 0; i < 200; i++) {
        s.ask.extent.x += 0.1;
        ask(&s);
        map_work_piece(s.work);
        if (v->kind == MAP_NONE)
            continue;
        double half_x = 0.5 * v->extent.w / v->grid, half_y = 0.5 * v->extent.h / v->grid;
        assert_near(v->value[0], log10(0.5 * hypot(v->extent.x + half_x, v->extent.y + half_y) / 1.25), 1e-4);
    }
    assert_true(v->version > 3);
    scene_free(&s);
}

/* The score of a normal is 0 at its middle, where this view has the middle of a cell. */
static void infinite_is_no_number(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    s.ask.extent = (Rect){-63.5, -63.5, 128, 128};
    ask(&s);
    finish(s.work);
    const float *value = map_work_view(s.work)->value;
    assert_true(isnan(value[63 * MAP_GRID + 63]) && isfinite(value[63 * MAP_GRID + 64]));
    scene_free(&s);
}

static void lost_numbers_are_no_numbers(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    s.ask.field = FIELD_LEARNED;
    for (size_t i = 0; i < s.weights.net.count; i++)
        s.weights.net.parameter[i] = NAN;
    for (int kind = MAP_MAGNITUDE; kind < MAP_KIND_COUNT; kind++) {
        s.ask.kind = (MapKind)kind;
        ask(&s);
        finish(s.work);
        const MapView *v = map_work_view(s.work);
        assert_int_equal(v->kind, kind);
        for (int i = 0; i < MAP_GRID * MAP_GRID; i++)
            assert_true(isnan(v->value[i]) && v->known[i] >= 0 && v->known[i] <= 1);
        assert_true(isfinite(v->low) && isfinite(v->high) && v->low < v->high);
    }
    scene_free(&s);
}

static void none_shows_nothing_at_once(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    ask(&s);
    finish(s.work);
    uint64_t version = map_work_view(s.work)->version;
    s.ask.kind = MAP_NONE;
    ask(&s);
    assert_int_equal(map_work_view(s.work)->kind, MAP_NONE);
    assert_int_equal(map_work_view(s.work)->version, version + 1);
    s.ask.sigma *= 2;
    ask(&s);
    assert_false(map_work_piece(s.work));
    assert_int_equal(map_work_view(s.work)->version, version + 1);
    scene_free(&s);
}

static void without_weights_nothing_changes(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    s.ask.kind = MAP_ERROR;
    map_work_ask(s.work, &s.ask, NULL);
    map_work_ask(s.work, &s.ask, &(Weights){0});
    assert_false(map_work_piece(s.work));
    ask(&s);
    assert_true(map_work_piece(s.work));
    s.ask.kind = MAP_MAGNITUDE;
    map_work_ask(s.work, &s.ask, NULL);
    finish(s.work);
    assert_int_equal(map_work_view(s.work)->kind, MAP_MAGNITUDE);
    scene_free(&s);
}

/* p_sigma of the normal at sigma = 1 has variance 2: 8 nats below the top at r = sqrt(32), 14 at sqrt(56). */
static void what_nobody_can_know_fades(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    s.ask.sigma = 1;
    for (int zoom = 0; zoom < 3; zoom++) {
        double h = zoom < 2 ? 12.8 / (1 + zoom) : 0.5, x = zoom < 2 ? -0.5 * h : 9;
        s.ask.extent = (Rect){x, -0.5 * h, h, h};
        ask(&s);
        finish(s.work);
        const MapView *v = map_work_view(s.work);
        for (int i = 0; i < MAP_GRID * MAP_GRID; i++) {
            double px = x + h * (i % MAP_GRID + 0.5) / MAP_GRID, py = h * ((i / MAP_GRID + 0.5) / MAP_GRID - 0.5);
            double t = fmin(fmax((14 - (px * px + py * py) / 4) / 6, 0), 1);
            assert_near(v->known[i], t * t * (3 - 2 * t), 0.03);
        }
    }
    scene_free(&s);
}

static void colours_span_what_is_known(void **state)
{
    (void)state;
    Scene s;
    scene_init(&s);
    const MapView *v = map_work_view(s.work);
    s.ask.extent = (Rect){-20, -20, 40, 40};
    ask(&s);
    finish(s.work);
    double edge = log10(0.5 * sqrt(2 * 1.25 * 11) / 1.25); /* known is a half 11 nats below the top */
    assert_true(v->high < edge && v->high > edge - 0.05);
    int below = 0, known = 0;
    for (int i = 0; i < MAP_GRID * MAP_GRID; i++) {
        known += v->known[i] >= 0.5f;
        below += v->known[i] >= 0.5f && (double)v->value[i] < v->low;
    }
    assert_near((double)below / known, 0.02, 0.005);
    s.ask.kind = MAP_ERROR;
    ask(&s);
    finish(s.work);
    assert_near(v->low, 0, 0);
    assert_near(v->high, 1, 0);
    s.ask.kind = MAP_FATE;
    ask(&s);
    finish(s.work);
    assert_near(v->high, BASINS_SECTORS - 1, 0);
    scene_free(&s);
}

static void a_copy_is_the_same(void **state)
{
    (void)state;
    Scene s;
    MapView copy;
    scene_init(&s);
    assert_true(map_view_init(&copy));
    ask(&s);
    next_view(s.work);
    next_view(s.work);
    const MapView *v = map_work_view(s.work);
    map_view_copy(&copy, v);
    assert_true(copy.value != v->value && copy.known != v->known);
    assert_memory_equal(copy.value, v->value, 32 * 32 * sizeof(float));
    assert_memory_equal(copy.known, v->known, 32 * 32 * sizeof(float));
    assert_true(copy.version == v->version && copy.grid == 32 && copy.kind == v->kind && copy.high == v->high);
    map_view_free(&copy);
    scene_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(magnitude_is_that_of_a_normal),
        cmocka_unit_test(error_angle_and_length_know_a_wrong_field),
        cmocka_unit_test(a_field_that_vanishes_has_no_direction),
        cmocka_unit_test(curl_is_twice_a_rotation_and_none_of_a_gradient),
        cmocka_unit_test(curl_follows_a_field_that_bends),
        cmocka_unit_test(two_gaussians_halve_the_plane),
        cmocka_unit_test(a_fate_is_where_the_flow_ends),
        cmocka_unit_test(one_piece_is_told_apart_by_eighths),
        cmocka_unit_test(chains_of_components_have_one_name),
        cmocka_unit_test(likelihood_of_the_exact_field_is_the_density),
        cmocka_unit_test(likelihood_error_is_the_log_of_two_densities),
        cmocka_unit_test(every_stage_is_whole),
        cmocka_unit_test(the_same_ask_does_nothing),
        cmocka_unit_test(what_was_shown_stays_until_there_is_more),
        cmocka_unit_test(each_change_makes_it_again),
        cmocka_unit_test(finer_stages_give_way),
        cmocka_unit_test(a_new_target_in_the_place_of_an_old_one_has_its_own_fates),
        cmocka_unit_test(a_map_that_never_rests_is_shown_all_the_same),
        cmocka_unit_test(a_moving_view_stands_where_it_was_made),
        cmocka_unit_test(lost_numbers_are_no_numbers),
        cmocka_unit_test(infinite_is_no_number),
        cmocka_unit_test(none_shows_nothing_at_once),
        cmocka_unit_test(without_weights_nothing_changes),
        cmocka_unit_test(what_nobody_can_know_fades),
        cmocka_unit_test(colours_span_what_is_known),
        cmocka_unit_test(a_copy_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
