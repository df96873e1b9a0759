/* bench_lesson.c - how long it takes to open each lesson that ships, and from one scene to the next: what main does and
 * what both workers do before they have something new to show. */
#include "app/clock.h"
#include "app/orders.h"
#include "gfx/word.h"
#include "scene/lesson.h"

#include <math.h>
#include <stdio.h>

typedef struct Bench {
    Catalogue catalogue;
    Session session;
    Learner learner;
    Pair pair;
    Weights weights;
    Words words;
} Bench;

/* Steps and ticks that a scene asks for come after its first picture. */
static void carry_out(void *context, const Order *order)
{
    Bench *b = context;
    order_learner(&b->learner, order);
    if (learner_publish(&b->learner, &b->weights))
        pair_adopt(&b->pair, &b->weights);
    order_simulation(&b->pair, order);
}

static bool set_word(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    return words_set(&((Bench *)context)->words, text, face, out, e);
}

static double timed_ms(bool (*step)(Session *s, Error *e), Session *s)
{
    double begin_s = clock_s();
    Error e;
    if (!step(s, &e))
        printf("%s\n", e.text);
    pair_tick(&((Bench *)s->host.context)->pair);
    return 1000 * (clock_s() - begin_s);
}

static void give(Session *s, const char *name)
{
    Error e;
    double begin_s = clock_s(), longest_ms = 0, back_ms = 0;
    if (!lecture_open(s, name, 0, &e))
        printf("%s\n", e.text);
    double open_ms = 1000 * (clock_s() - begin_s);
    while (s->lecture.asking || s->lecture.scene + 1 < lecture_scenes(&s->lecture))
        longest_ms = fmax(longest_ms, timed_ms(lecture_next, s));
    while (s->lecture.scene > 0)
        back_ms = fmax(back_ms, timed_ms(lecture_back, s));
    printf("%-24s open %6.1f ms, next at most %6.1f ms, back at most %6.1f ms\n", name, open_ms, longest_ms, back_ms);
}

int main(void)
{
    static Bench b;
    Settings s = settings_defaults();
    if (!catalogue_init(&b.catalogue) || !learner_init(&b.learner, &b.catalogue, &s) ||
        !pair_init(&b.pair, &b.catalogue, &s))
        return 1;
    session_init(&b.session, &b.catalogue, &s,
                 (Host){.context = &b, .order = carry_out, .word = set_word, .live = true});
    for (size_t i = 0; lesson_shipped(i); i++)
        give(&b.session, lesson_shipped(i));
    session_free(&b.session);
    learner_free(&b.learner);
    pair_free(&b.pair);
    weights_free(&b.weights);
    words_free(&b.words);
    catalogue_free(&b.catalogue);
    return 0;
}
