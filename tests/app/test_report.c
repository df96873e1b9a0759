/* What reports are made of, where the command line can't bring it about: a field without numbers, few particles. */
#include "app/report_parts.h"
#include "near.h"
#include "scene/sampler_settings.h"

static Catalogue catalogue;
static Session session;
static Weights weights;
static NetWorkspace workspace;
static const Evidence evidence = {.session = &session, .weights = &weights, .workspace = &workspace};

static int begin(void **state)
{
    (void)state;
    if (!catalogue_init(&catalogue))
        return -1;
    const Settings settings = settings_defaults();
    session_init(&session, &catalogue, &settings, (Host){0});
    weights.frame = catalogue.row[0]->target.frame;
    return net_init(&weights.net, (NetShape){.width = 16, .depth = 1}, 1) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    net_workspace_free(&workspace);
    net_free(&weights.net);
    catalogue_free(&catalogue);
    return 0;
}

static int reset(void **state)
{
    (void)state;
    session.settings = settings_defaults();
    net_reset(&weights.net, 1);
    return 0;
}

static const cJSON *value_of(const cJSON *json, const char *name)
{
    const cJSON *item = cJSON_GetObjectItem(json, name);
    assert_non_null(item);
    return item;
}

static void finite_fields_lose_no_point(void **state)
{
    (void)state;
    cJSON *json = report_likelihood(&evidence, 20, NULL);
    assert_non_null(json);
    assert_true(value_of(json, "not_finite")->valuedouble == 0);
    assert_true(value_of(json, "standard_error")->valuedouble > 0);
    cJSON_Delete(json);
}

/* No error bar around a number that is none. */
static void what_is_not_finite_is_said_to_be_so(void **state)
{
    static const char *const lost[] = {"nll", "standard_error", "gap", "excess", "excess_standard_error"};
    (void)state;
    weights.net.parameter[weights.net.count - 1] = NAN; /* a bias of the output */
    cJSON *json = report_likelihood(&evidence, 20, NULL);
    assert_non_null(json);
    assert_true(value_of(json, "not_finite")->valuedouble == 20);
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++)
        assert_true(!isfinite(value_of(json, lost[i])->valuedouble));
    assert_true(isfinite(value_of(json, "exact_nll")->valuedouble));
    cJSON_Delete(json);
}

static Journeys journeys_with(SamplerId sampler)
{
    enum { POINTS = 50 };
    float x[2 * POINTS];
    Journeys j;
    settings_put(&session.settings, SET_FIELD, FIELD_EXACT);
    settings_put(&session.settings, SET_STEPS, 10);
    settings_put(&session.settings, SET_DYNAMICS, sampler);
    assert_true(evidence_journeys(&evidence, POINTS, x, &j, NULL));
    return j;
}

static void journeys_tell_what_they_cost(void **state)
{
    (void)state;
    Journeys sde = journeys_with(SAMPLER_SDE), heun = journeys_with(SAMPLER_ODE), mala = journeys_with(SAMPLER_MALA);
    assert_near(sde.evaluations, 10, 1e-9);
    assert_true(heun.evaluations > 1.8 * sde.evaluations);
    assert_true(isnan(sde.accepted) && mala.accepted > 0 && mala.accepted <= 1);
    assert_near(sde.sigma, evidence_last_level(&evidence), 1e-9);
    assert_near(mala.sigma, session.settings.value[SET_SIGMA], 1e-9);
}

static void samplers_name_what_they_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLER_COUNT; i++) {
        const Sampler *sampler = sampler_info(i);
        SettingId id[SAMPLER_SETTINGS_MAX];
        size_t n = sampler_settings(sampler, id), uses = 0;
        for (unsigned rest = sampler->uses; rest; rest &= rest - 1)
            uses++;
        assert_int_equal(n, uses + ((sampler->uses & USES_STEP_SIZE) != 0)); /* whose step may be fixed */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(finite_fields_lose_no_point, reset),
        cmocka_unit_test_setup(what_is_not_finite_is_said_to_be_so, reset),
        cmocka_unit_test_setup(journeys_tell_what_they_cost, reset),
        cmocka_unit_test(samplers_name_what_they_read),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
