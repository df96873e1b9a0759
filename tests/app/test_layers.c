/* Whose density each side of the plane shows. */
#include "app/layers.h"
#include "near.h"

typedef struct Case {
    DensityOf of;
    MapKind there; /* of the likelihood */
    WipeKind wipe;
    FieldKind field, other;
    bool learned[2];
} Case;

static const Case cases[] = {
    {DENSITY_EXACT, MAP_LIKELIHOOD, WIPE_OFF, FIELD_LEARNED, FIELD_EXACT, {false, false}},
    {DENSITY_LEARNED, MAP_NONE, WIPE_OFF, FIELD_LEARNED, FIELD_EXACT, {false, false}},
    {DENSITY_LEARNED, MAP_LIKELIHOOD, WIPE_OFF, FIELD_LEARNED, FIELD_EXACT, {true, false}},
    {DENSITY_LEARNED, MAP_LIKELIHOOD, WIPE_OFF, FIELD_EXACT, FIELD_EXACT, {true, false}},
    {DENSITY_LEARNED, MAP_LIKELIHOOD, WIPE_NOISE, FIELD_LEARNED, FIELD_EXACT, {true, false}},
    {DENSITY_LEARNED, MAP_LIKELIHOOD, WIPE_FIELD, FIELD_LEARNED, FIELD_EXACT, {true, false}},
    {DENSITY_LEARNED, MAP_LIKELIHOOD, WIPE_FIELD, FIELD_EXACT, FIELD_LEARNED, {false, true}},
    {DENSITY_LEARNED, MAP_LIKELIHOOD, WIPE_FIELD, FIELD_LEARNED, FIELD_DIFFERENCE, {true, true}},
};

static void each_side_has_its_density(void **state)
{
    (void)state;
    static Session session;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Case *c = &cases[i];
        const MapView likelihood = {.kind = c->there};
        const Shown shown = {.likelihood = &likelihood};
        const LayersView view = {.session = &session, .shown = &shown};
        session.settings = settings_defaults();
        settings_put(&session.settings, SET_DENSITY_OF, c->of);
        settings_put(&session.settings, SET_WIPE, c->wipe);
        settings_put(&session.settings, SET_FIELD, c->field);
        settings_put(&session.settings, SET_OTHER_FIELD, c->other);
        for (int side = 0; side < 2; side++)
            if (layers_density_learned(&view, side) != c->learned[side])
                fail_msg("case %zu, side %d", i, side);
    }
}

/* Before the map's worker had anything to say. */
static void without_a_likelihood_it_is_exact(void **state)
{
    (void)state;
    static Session session;
    const Shown shown = {.likelihood = NULL};
    session.settings = settings_defaults();
    settings_put(&session.settings, SET_DENSITY_OF, DENSITY_LEARNED);
    assert_false(layers_density_learned(&(LayersView){.session = &session, .shown = &shown}, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_side_has_its_density),
        cmocka_unit_test(without_a_likelihood_it_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
