/* The card at the pointer tells what the command line's `score` writes for the same place. */
#include "app/outputs.h"
#include "io/file.h"
#include "io/npy.h"
#include "scene/probe.h"

#include "near.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLACES = 5 };
static const float place[PLACES][2] = {{0, 0}, {1.5f, -0.25f}, {-3, 2}, {0.01f, 2.7f}, {6, -5}};

typedef struct Bench {
    Catalogue catalogue;
    Session session;
    Learner learner;
    Weights weights;
    NetWorkspace workspace;
} Bench;

static void ignore_order(void *context, const Order *order)
{
    (void)context;
    for (int worker = 0; worker < 2; worker++)
        state_release(order->state);
}

static void begin(Bench *b)
{
    Settings s = settings_defaults();
    settings_put(&s, SET_WIDTH, 16);
    settings_put(&s, SET_DEPTH, 2);
    settings_put(&s, SET_SIGMA, 0.3);
    *b = (Bench){0};
    assert_true(catalogue_init(&b->catalogue) && learner_init(&b->learner, &b->catalogue, &s));
    session_init(&b->session, &b->catalogue, &s, (Host){.order = ignore_order});
    for (int i = 0; i < 30; i++)
        learner_step(&b->learner);
    assert_true(learner_publish(&b->learner, &b->weights));
}

static void end(Bench *b)
{
    session_free(&b->session);
    weights_free(&b->weights);
    net_workspace_free(&b->workspace);
    learner_free(&b->learner);
    catalogue_free(&b->catalogue);
}

static void write_places(const char *path)
{
    Bytes bytes = {0};
    Error e;
    npy_append(&bytes, place[0], (const size_t[]){PLACES, 2}, 2);
    assert_true(file_write_bytes(path, &bytes, &e));
    bytes_free(&bytes);
}

/* What `score` says of the places in a field; the caller frees. */
static float *scores(Bench *b, FieldKind field)
{
    const Evidence ev = {.session = &b->session, .weights = &b->weights, .workspace = &b->workspace};
    const Output output = {.kind = OUTPUT_SCORE, .input = "places.npy", .path = "scores.npy"};
    unsigned char *bytes;
    float *score;
    size_t size, n;
    Error e;
    settings_put(&b->session.settings, SET_FIELD, field);
    assert_true(output_write(&ev, &output, &e));
    assert_true(file_read_whole("scores.npy", 1 << 20, &bytes, &size, &e));
    assert_true(npy_read_points("scores.npy", bytes, size, &score, &n, &e));
    assert_int_equal(n, PLACES);
    free(bytes);
    return score;
}

static void the_card_tells_what_the_command_line_writes(void **state)
{
    (void)state;
    static Bench b;
    begin(&b);
    write_places("places.npy");
    float *learned = scores(&b, FIELD_LEARNED), *exact = scores(&b, FIELD_EXACT);
    FieldLearned network = {&b.weights.net, &b.weights.frame, &b.workspace};
    for (size_t i = 0; i < PLACES; i++) {
        Probe p;
        const ProbeAsk ask = {.at = {(double)place[i][0], (double)place[i][1]},
                              .sigma = b.session.settings.value[SET_SIGMA],
                              .mixture = session_exact(&b.session),
                              .learned = field_learned(&network)};
        probe_at(&ask, &p);
        for (int axis = 0; axis < 2; axis++) {
            double size = hypot(p.exact[0], p.exact[1]) + 1 / ask.sigma;
            assert_near(p.learned[axis], (double)learned[2 * i + (size_t)axis], 1e-5 * size);
            assert_near(p.exact[axis], (double)exact[2 * i + (size_t)axis], 2e-3 * size); /* mixture.h: neighbours */
        }
    }
    free(learned);
    free(exact);
    unlink("places.npy");
    unlink("scores.npy");
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_card_tells_what_the_command_line_writes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
