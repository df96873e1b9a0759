/* How a network follows a target that is being drawn: words of twelve brush strokes, each stroke a change of target
 * while training goes on, after 4,000 steps on spirals. Errors are the root mean square of the score's relative error
 * over noise levels (metrics.h), against what is drawn at that moment: as a mean over all the time of drawing, at the
 * ends of strokes, after the last one, and SECOND steps later. A mean over both words and all seeds.
 *
 * Time is counted in steps, so that the figures repeat; 900 steps are a second of a quiet core (speed.md). A whole word
 * in half a second is faster than any hand; half a second a stroke is a quick one. In pieces, the target changes four
 * times in a stroke, as it does under a pen that moves. */
#include "core/metrics.h"
#include "core/objective_targets.h"
#include "core/trainer.h"
#include "core/variation.h"
#include "scene/canvas_tools.h"
#include "scene/drawing.h"

#include "windows.h"

#include <math.h>
#include <stdio.h>

enum { WORDS = 2, STROKES = 12, PIECES = 4, CHANGES = STROKES * PIECES, PLACES = 7, SEEDS = 3 };
enum { BEFORE = 4000, SECOND = 900, LOOKS = 3 /* at the error, a stroke */, TIMED = 128, POINTS = 1024 };

/* Letters stand on y = 0 and are 2 high. */
typedef struct Pen {
    size_t count;
    double at[PLACES][2];
} Pen;

static const Pen words[WORDS][STROKES] = {
    {{2, {{0, 0}, {0, 2}}}, /* FIELD */
     {2, {{0, 2}, {1, 2}}},
     {2, {{0, 1}, {0.8, 1}}},
     {2, {{2, 0}, {2, 2}}},
     {2, {{3, 0}, {3, 2}}},
     {2, {{3, 2}, {4, 2}}},
     {2, {{3, 1}, {3.8, 1}}},
     {2, {{3, 0}, {4, 0}}},
     {2, {{4.6, 2}, {4.6, 0}}},
     {2, {{4.6, 0}, {5.5, 0}}},
     {2, {{6, 0}, {6, 2}}},
     {7, {{6, 2}, {6.5, 1.9}, {6.85, 1.6}, {7, 1}, {6.85, 0.4}, {6.5, 0.1}, {6, 0}}}},
    {{2, {{0, 2}, {1.2, 2}}}, /* THINK */
     {2, {{0.6, 2}, {0.6, 0}}},
     {2, {{1.6, 0}, {1.6, 2}}},
     {2, {{2.6, 0}, {2.6, 2}}},
     {2, {{1.6, 1}, {2.6, 1}}},
     {2, {{3.2, 0}, {3.2, 2}}},
     {2, {{3.9, 0}, {3.9, 2}}},
     {2, {{3.9, 2}, {5, 0}}},
     {2, {{5, 0}, {5, 2}}},
     {2, {{5.7, 0}, {5.7, 2}}},
     {2, {{6.8, 2}, {5.7, 1}}},
     {2, {{5.7, 1}, {6.9, 0}}}},
};

static void place_between(const double from[2], const double to[2], double share, double out[2])
{
    static const double middle[2] = {3.5, 1.0}, scale[2] = {0.24, 0.32};
    for (size_t k = 0; k < 2; k++)
        out[k] = scale[k] * (from[k] + share * (to[k] - from[k]) - middle[k]);
}

/* Piece number `piece` of each segment: together they make the stroke. */
static void paint(Canvas *c, const Pen *pen, int piece)
{
    for (size_t i = 1; i < pen->count; i++) {
        double from[2], to[2];
        place_between(pen->at[i - 1], pen->at[i], (double)piece / PIECES, from);
        place_between(pen->at[i - 1], pen->at[i], (double)(piece + 1) / PIECES, to);
        canvas_line(c, brush_default(), from, to);
    }
}

static bool canvas_target(const Canvas *c, Component *scratch, Target *t)
{
    Mixture m;
    if (!mixture_init(&m, scratch, canvas_components(c, scratch, CANVAS_CELLS)))
        return false;
    target_from_mixture(t, m);
    t->frame = (Frame){.std = DRAWING_STD};
    return true;
}

/* changes [CHANGES]: the targets from the first piece of the first stroke on. */
static bool draw_word(const Pen *pen, Component *scratch, Target *changes)
{
    Canvas canvas = {0};
    bool fine = true;
    for (int i = 0; i < CHANGES && fine; i++) {
        paint(&canvas, &pen[i / PIECES], i % PIECES);
        fine = canvas_target(&canvas, scratch, &changes[i]);
    }
    canvas_free(&canvas);
    return fine;
}

static double drawn_error(const Trainer *t, NetWorkspace *w)
{
    static float scratch[POINTS * 6];
    FieldLearned learned = {&t->average, &t->target->frame, w};
    const FieldSource field = field_learned(&learned);
    double level[METRICS_OVERALL_LEVELS], sum = 0.0;
    metrics_overall_levels(&t->target->frame, level);
    for (size_t i = 0; i < METRICS_OVERALL_LEVELS; i++) {
        double error = metrics_score_error(&field, &t->target->mixture, level[i], 1, POINTS, scratch);
        sum += error * error;
    }
    return sqrt(sum / METRICS_OVERALL_LEVELS);
}

typedef struct Errors {
    double mean, ends, last, later;
} Errors;

typedef struct Course {
    const char *name;
    int steps;   /* a stroke */
    int changes; /* of target in a stroke */
    TargetSource source;
} Course;

static void steps(Trainer *t, int n)
{
    for (int i = 0; i < n; i++)
        trainer_step(t);
}

/* One word under one network; shares of the means are added. */
static void follow(Trainer *t, const Course *course, const Target *word, NetWorkspace *w, Errors *sum)
{
    double share = 1.0 / (WORDS * SEEDS), error = 0.0;
    for (int stroke = 0; stroke < STROKES; stroke++) {
        for (int look = 0, done = 0; done < course->steps; done++) {
            int each = course->steps / course->changes;
            if (done % each == 0)
                trainer_retarget(t, &word[stroke * PIECES + (done / each + 1) * PIECES / course->changes - 1]);
            trainer_step(t);
            if ((done + 1) * LOOKS / course->steps == look)
                continue;
            look++;
            error = drawn_error(t, w);
            sum->mean += share * error / (STROKES * LOOKS);
        }
        sum->ends += share * error / STROKES;
    }
    sum->last += share * error;
    steps(t, SECOND);
    sum->later += share * drawn_error(t, w);
}

static void report(const Course *course, const Errors *e)
{
    printf("%-28s %-10s  %3d steps a stroke   mean %.3f   ends of strokes %.3f   last %.3f   %d steps later %.4f\n",
           course->name, target_source_info(course->source)->name, course->steps, e->mean, e->ends, e->last, SECOND,
           e->later);
    fflush(stdout);
}

/* From one trained network a seed, so that the courses differ in nothing else. */
static bool bench_courses(const Target *spirals, Target word[WORDS][CHANGES])
{
    static const Course courses[] = {
        {"a word in half a second", 36, 1, TARGET_REFERENCES},
        {"", 36, PIECES, TARGET_REFERENCES},
        {"", 36, 1, TARGET_ALL},
        {"half a second a stroke", 448, 1, TARGET_REFERENCES},
        {"", 448, PIECES, TARGET_REFERENCES},
        {"", 448, 1, TARGET_ALL},
    };
    enum { COURSES = sizeof courses / sizeof *courses };
    Errors errors[COURSES] = {0};
    NetWorkspace w = {0};
    bool fine = true;
    for (uint64_t seed = 1; seed <= SEEDS && fine; seed++) {
        TrainerOptions options = trainer_defaults();
        Trainer t;
        options.seed = seed;
        fine = trainer_init(&t, &options, spirals);
        void *trained = fine ? malloc(trainer_state_size(&t)) : NULL;
        fine = trained != NULL;
        if (fine) {
            steps(&t, BEFORE);
            trainer_save(&t, trained);
        }
        for (size_t c = 0; c < COURSES * WORDS && fine; c++) {
            trainer_retarget(&t, spirals);
            trainer_restore(&t, trained);
            options.source = courses[c / WORDS].source;
            trainer_configure(&t, &options);
            follow(&t, &courses[c / WORDS], word[c % WORDS], &w, &errors[c / WORDS]);
        }
        free(trained);
        trainer_free(&t);
    }
    for (size_t c = 0; c < COURSES && fine; c++)
        report(&courses[c], &errors[c]);
    net_workspace_free(&w);
    return fine;
}

/* What a step costs on this target, ms of this thread's own time. */
static bool bench_step(const char *what, const Target *target)
{
    printf("a step on %-34s", what);
    for (TargetSource source = 0; source < TARGET_SOURCE_COUNT; source++) {
        TrainerOptions options = trainer_defaults();
        Trainer t;
        options.source = source;
        if (!trainer_init(&t, &options, target))
            return false;
        steps(&t, TIMED / 4);
        double start = own_time_s();
        steps(&t, TIMED);
        printf("   %s %.2f ms", target_source_info(source)->name, 1e3 * (own_time_s() - start) / TIMED);
        trainer_free(&t);
    }
    putchar('\n');
    return true;
}

static void bench_variation(const Target *before, const Target *after)
{
    double start = own_time_s();
    double variation = variation_between(before, after);
    printf("variation of %zu cells and %zu: %.2f in %.1f ms\n", before->mixture.count, after->mixture.count, variation,
           1e3 * (own_time_s() - start));
}

/* Half of every cell, under the last word's cells: as many components as a canvas can have. */
static bool draw_full(Component *scratch, Target *full)
{
    Canvas canvas = {0};
    Brush brush = brush_default();
    brush.level = 0.5;
    canvas_fill(&canvas, brush, (double[2]){0.0, 0.0});
    for (int piece = 0; piece < PIECES; piece++)
        paint(&canvas, &words[0][0], piece);
    bool fine = canvas_target(&canvas, scratch, full);
    canvas_free(&canvas);
    return fine;
}

int main(void)
{
    static Component scratch[CANVAS_CELLS];
    static Target word[WORDS][CHANGES], spirals, full;
    bool fine = target_init(&spirals, 0) && draw_full(scratch, &full);
    for (size_t i = 0; i < WORDS; i++)
        fine = fine && draw_word(words[i], scratch, word[i]);
    fine = fine && bench_step("spirals", &spirals) && bench_step("a word", &word[0][CHANGES - 1]) &&
           bench_step("a full canvas", &full);
    if (fine) {
        bench_variation(&word[0][CHANGES - 1 - PIECES], &word[0][CHANGES - 1]);
        bench_variation(&word[0][CHANGES - 1], &full);
        fine = bench_courses(&spirals, word);
    }
    for (size_t i = 0; i < WORDS * CHANGES; i++)
        target_free(&word[i / CHANGES][i % CHANGES]);
    target_free(&spirals);
    target_free(&full);
    return fine ? 0 : 1;
}
