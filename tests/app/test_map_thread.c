/* The maps of both purposes come to their finest grid side by side, and are what one thread makes. */
#include "app/map_thread.h"
#include "near.h"

#include <string.h>
#include <time.h>

typedef struct Scene {
    Target target;
    Weights weights;
    MapAsk ask[MAP_PURPOSES];
} Scene;

static void wake_nobody(void *context)
{
    (void)context;
}

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
}

static void scene_init(Scene *s)
{
    *s = (Scene){0};
    assert_true(target_init(&s->target, 0) && weights_shape(&s->weights, (NetShape){.width = 16, .depth = 1}));
    s->weights.frame = s->target.frame;
    for (size_t i = 0; i < MAP_PURPOSES; i++)
        s->ask[i] = (MapAsk){
            .target = &s->target, .field = FIELD_LEARNED, .sigma = 0.3 * s->target.frame.std, .extent = {-3, -3, 6, 6}};
    s->ask[MAP_OVER_PLANE].kind = MAP_ERROR;
    s->ask[MAP_FOR_DENSITY].kind = MAP_LIKELIHOOD;
    s->ask[MAP_FOR_DENSITY].extent.w = 7;
}

static void scene_free(Scene *s)
{
    weights_free(&s->weights);
    target_free(&s->target);
}

static bool finished(const MapThread *t, const Scene *s, MapPurpose purpose)
{
    const MapView *v = map_thread_view(t, purpose);
    return v->kind == s->ask[purpose].kind && v->grid == MAP_GRID &&
           memcmp(&v->extent, &s->ask[purpose].extent, sizeof v->extent) == 0;
}

static void assert_made_alone(const MapView *v, const MapAsk *ask, const Weights *weights)
{
    MapWork *work = map_work_create();
    assert_non_null(work);
    map_work_ask(work, ask, weights);
    while (map_work_piece(work))
        ;
    assert_memory_equal(v->value, map_work_view(work)->value, sizeof(float[MAP_GRID * MAP_GRID]));
    map_work_destroy(work);
}

static void ask_both(MapThread *t, Scene *s)
{
    scene_init(s);
    assert_true(map_thread_init(t, wake_nobody, NULL) && map_thread_start(t));
    for (int i = 0; i < MAP_PURPOSES; i++)
        map_thread_ask(t, (MapPurpose)i, &s->ask[i], &s->weights);
}

static void both_are_made_at_once(void **state)
{
    (void)state;
    static MapThread t;
    Scene s;
    ask_both(&t, &s);
    while (!finished(&t, &s, MAP_OVER_PLANE) || !finished(&t, &s, MAP_FOR_DENSITY))
        map_thread_take(&t), nap();
    for (int i = 0; i < MAP_PURPOSES; i++)
        assert_made_alone(map_thread_view(&t, (MapPurpose)i), &s.ask[i], &s.weights);
    map_thread_free(&t);
    scene_free(&s);
}

/* The other stays what it was. */
static void one_can_end_alone(void **state)
{
    (void)state;
    static MapThread t;
    Scene s;
    ask_both(&t, &s);
    while (!finished(&t, &s, MAP_OVER_PLANE))
        map_thread_take(&t), nap();
    s.ask[MAP_FOR_DENSITY].kind = MAP_NONE;
    map_thread_ask(&t, MAP_FOR_DENSITY, &s.ask[MAP_FOR_DENSITY], &s.weights);
    while (map_thread_view(&t, MAP_FOR_DENSITY)->kind != MAP_NONE)
        map_thread_take(&t), nap();
    assert_true(finished(&t, &s, MAP_OVER_PLANE));
    map_thread_free(&t);
    scene_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_are_made_at_once),
        cmocka_unit_test(one_can_end_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
