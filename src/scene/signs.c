#include "scene/signs.h"

#include "core/dynamics.h"
#include "core/net.h"
#include "core/start.h"

#include <math.h>
#include <stdio.h>

/* Nats. A start q in place of p makes at most sqrt(KL(q, p) / 2) of the particles end elsewhere (Pinsker; no sampler's
 * step enlarges a divergence): 10 %. */
static const double START_MOST = 0.02;

/* How far the network's loss is below the exact score's when its points are learned by heart: a share of the latter,
 * and a loss. After 4,000 steps on eight Gaussians the two are 0.062 and 0.497 with 100 points, 0.110 and 0.153 with
 * 1,000, 0.032 and 0.033 with 10,000; copies among the samples are 68 %, 14 % and 11 %, and 11 % of true ones look the
 * same (scorefield --headless -c "set target 8gaussians; set train.samples 100; train 4000; report -"). */
static const double HEART_SHARE = 0.05, HEART_LEAST = 0.01;

/* A rule's number beside its bound. */
typedef struct Verdict {
    bool raised;
    double measured, bound;
} Verdict;

static Verdict at_most(double measured, double bound)
{
    return (Verdict){measured > bound, measured, bound};
}

static const Sampler *sampler_of(const SignView *v)
{
    return sampler_info(settings_index(v->settings, SET_DYNAMICS));
}

static void ladder_ends(const SignView *v, double *first, double *last)
{
    settings_ladder_ends(v->settings, v->target->sigma_min, v->target->sigma_max, first, last);
}

static Verdict diverged(const SignView *v)
{
    return (Verdict){.raised = v->statistics && v->statistics->diverged};
}

/* The least variance of any component in any direction. Under noise, -grad S has no eigenvalue above 1 over the sum of
 * the two; a box's edge has none of its own. */
static double least_variance(const Mixture *m)
{
    double least = HUGE_VAL;
    for (size_t i = 0; i < m->count; i++) {
        const Component *c = &m->component[i];
        double centre = (c->cov[0] + c->cov[2]) / 2, spread = hypot((c->cov[0] - c->cov[2]) / 2, c->cov[1]);
        least = fmin(least, c->kind == COMPONENT_BOX ? 0 : fmax(centre - spread, 0));
    }
    return least;
}

/* maths.md S2: x += h S is stable on every mode while h < 2 (sigma^2 + v); so are BAOAB and leapfrog, whose time step
 * is sqrt(2h). A step in units of sigma^2 is kept below that (dynamics.h); a fixed one meets it on the way down. */
static Verdict walking_step(const SignView *v)
{
    double first, last, sigma = v->sigma;
    if (sampler_of(v)->descends) {
        ladder_ends(v, &first, &last);
        sigma = last;
    }
    return at_most(v->settings->value[SET_STEP_FIXED], 2 * (sigma * sigma + least_variance(&v->target->mixture)));
}

/* h of an Euler step of the reverse SDE from time t, in units of the data's variance and the coordinates in which noise
 * is only added: as euler_maruyama_step has it. */
static double euler_maruyama_length(const Schedule *schedule, double t, double dt)
{
    double g = schedule->diffusion(t) / schedule->scale(t);
    return g * g * dt / (1 - schedule->drift(t) * dt);
}

/* The rung of the ladder whose step is the longest for its bound: with few steps the first ones, where the noise falls
 * fastest (VE: by more than a factor of e a step). */
static Verdict euler_maruyama(const SignView *v)
{
    enum { RUNGS = 64 }; /* so many of a long ladder tell: the ratio is smooth */
    const Schedule *schedule = schedule_info(settings_index(v->settings, SET_SCHEDULE));
    double first, last, std = v->target->frame.std, rho = schedule->rho, steps = v->settings->value[SET_STEPS];
    double least = least_variance(&v->target->mixture) / (std * std);
    ladder_ends(v, &first, &last);
    double top = pow(schedule->time(first / std), 1 / rho), bottom = pow(schedule->time(last / std), 1 / rho);
    double count = fmin(steps, RUNGS);
    Verdict worst = {.bound = 1};
    for (double k = 0; k < count; k++) {
        double rung = count > 1 ? floor(k * (steps - 1) / (count - 1)) : 0;
        double t = pow(top + rung / steps * (bottom - top), rho);
        double next = pow(top + (rung + 1) / steps * (bottom - top), rho), sigma = schedule->sigma(t);
        Verdict here = at_most(euler_maruyama_length(schedule, t, t - next), 2 * (sigma * sigma + least));
        if (here.measured / here.bound > worst.measured / worst.bound)
            worst = here;
    }
    return (Verdict){worst.raised, worst.measured * std * std, worst.bound * std * std};
}

static Verdict long_step(const SignView *v)
{
    size_t which = settings_index(v->settings, SET_DYNAMICS);
    bool chain = schedule_info(settings_index(v->settings, SET_SCHEDULE))->kernel;
    if (which == SAMPLER_EULER_MARUYAMA || (which == SAMPLER_REVERSE_DIFFUSION && !chain))
        return euler_maruyama(v);
    return sampler_of(v)->uses & USES_STEP_SIZE ? walking_step(v) : (Verdict){0};
}

/* KL(N(a, A), N(b, B)) in the plane; A and B as xx, xy, yy. */
static double normal_divergence(const double a[2], const double A[3], const double b[2], const double B[3])
{
    double det_a = A[0] * A[2] - A[1] * A[1], det_b = B[0] * B[2] - B[1] * B[1];
    double trace = (B[2] * A[0] - 2 * B[1] * A[1] + B[0] * A[2]) / det_b, dx = b[0] - a[0], dy = b[1] - a[1];
    double shift = (B[2] * dx * dx - 2 * B[1] * dx * dy + B[0] * dy * dy) / det_b;
    return 0.5 * (trace + shift - 2 + log(det_b / det_a));
}

/* KL(q, N) is that of the normal with q's moments and that of q from this normal, which for a square is
 * ln(2 pi e / 12): its entropy is short of a normal's by so much. */
double sign_start_divergence(const Settings *s, const Mixture *m, double sigma)
{
    StartId start = (StartId)settings_index(s, SET_START);
    double reach = s->value[SET_REACH] > 0 ? s->value[SET_REACH] : sigma, variance = sigma * sigma;
    double own = start == START_UNIFORM ? reach * reach / 3 : reach * reach;
    double shape = start == START_UNIFORM ? log(2 * M_PI * M_E / 12) : 0;
    if (start == START_MATCHED || start == START_EXACT)
        return 0;
    const double noisy[3] = {m->cov[0] + variance, m->cov[1], m->cov[2] + variance};
    return shape + normal_divergence((double[]){0, 0}, (double[]){own, 0, own}, m->mean, noisy);
}

/* A way that begins at the data meets no start; walkers are at home wherever they begin, in time. */
static Verdict far_start(const SignView *v)
{
    double first, last;
    if (!sampler_of(v)->descends || settings_on(v->settings, SET_FORWARD))
        return (Verdict){0};
    ladder_ends(v, &first, &last);
    return at_most(sign_start_divergence(v->settings, &v->target->mixture, first), START_MOST);
}

/* Training draws levels from the whole of this range and none beyond (objective_levels.c). */
static Verdict untrained(const SignView *v)
{
    double low = NET_SIGMA_MIN * v->target->frame.std, high = NET_SIGMA_MAX * v->target->frame.std;
    double rounding = 1e-6; /* the handle's ends are these */
    if (settings_index(v->settings, SET_FIELD) == FIELD_EXACT)
        return (Verdict){0};
    bool below = v->sigma<low *(1 - rounding), above = v->sigma> high * (1 + rounding);
    return (Verdict){below || above, v->sigma, below ? low : high};
}

/* No function has a smaller loss than the exact score on fresh points, but on points that come again and again their
 * own posterior mean has (maths.md section 3). Both losses are of the same batches, so that most of their chance
 * cancels. The margin is measured. */
static Verdict memorised(const SignView *v)
{
    const TrainerStatistics *t = v->statistics;
    if (!t || t->steps == 0 || v->settings->value[SET_SAMPLES] < 1)
        return (Verdict){0};
    double floor = t->population_floor, margin = HEART_SHARE * fabs(floor) + HEART_LEAST;
    return (Verdict){floor - t->loss > margin, t->loss, floor};
}

/* The cosine of the learning rate ends at zero. */
static Verdict spent(const SignView *v)
{
    double budget = v->settings->value[SET_BUDGET], steps = v->statistics ? (double)v->statistics->steps : 0;
    return (Verdict){budget > 0 && steps >= budget && settings_on(v->settings, SET_TRAINING), steps, budget};
}

static Verdict wrong_ladder(const SignView *v)
{
    double first, last, set_first = v->settings->value[SET_FIRST], set_last = v->settings->value[SET_LAST];
    ladder_ends(v, &first, &last);
    bool ignored = (set_first > 0 && set_first != first) || (set_last > 0 && set_last != last);
    return (Verdict){ignored, set_last > 0 ? set_last : v->target->sigma_min,
                     set_first > 0 ? set_first : v->target->sigma_max};
}

typedef struct SignRow {
    SignInfo info;
    const char *measured, *bound; /* names of the two numbers; NULL: they are not shown */
    Verdict (*rule)(const SignView *v);
} SignRow;

static const SignRow signs[SIGN_COUNT] = {
    [SIGN_DIVERGED] = {{"diverged", "training diverged",
                        "The loss grew beyond all bounds, so training stopped; the last good weights are kept. Lower "
                        "the learning rate to go on, or reset the network."},
                       NULL,
                       NULL,
                       diverged},
    [SIGN_STEP] = {{"step", "steps too long",
                    "A step this long overshoots the narrowest mode by more than it was off, so particles are thrown "
                    "out, or refused where they can be. Take a smaller step, or more of them."},
                   "h",
                   "stable below",
                   long_step},
    [SIGN_START] = {{"start", "start does not match",
                     "Particles begin elsewhere than the noisy data. A flow carries that to the end, and only noise "
                     "on the way forgets it. Start \u201cMatched\u201d, or at a higher first level."},
                    "KL in nats",
                    "at most",
                    far_start},
    [SIGN_UNTRAINED] = {{"untrained", "\u03c3 not trained",
                         "The network was never asked about this noise: below its range its least level stands in, "
                         "above it a normal with the data\u2019s moments. Move \u03c3 back, or show the exact field."},
                        "\u03c3",
                        "trained to",
                        untrained},
    [SIGN_MEMORISED] = {{"memorised", "learned by heart",
                         "The network fits its training points better than the true score does, so its samples become "
                         "copies of them. Give it more points, or stop earlier."},
                        "loss",
                        "of the exact score",
                        memorised},
    [SIGN_SPENT] = {{"spent", "budget spent",
                     "The learning rate has come down to zero where the budget ends: steps go on, but nothing is "
                     "learned. Set a larger budget, or 0 to learn without end."},
                    "steps",
                    "budget",
                    spent},
    [SIGN_LADDER] = {{"ladder", "ladder ignored",
                      "The last level is not below the first, so particles take the target\u2019s whole range instead. "
                      "Set ladder.last below ladder.first, or either to 0."},
                     "last",
                     "first",
                     wrong_ladder},
};

const SignInfo *sign_info(SignId id)
{
    return &signs[id].info;
}

bool sign_raised(SignId id, const SignView *v)
{
    return signs[id].rule(v).raised;
}

/* Three digits always, so that a number that changes keeps its width. */
static void print_number(char *text, size_t size, double value)
{
    snprintf(text, size, fabs(value) < 99.95 ? "%#.3g" : "%.0f", value);
}

const char *sign_figures(SignId id, const SignView *v, char *text, size_t size)
{
    const SignRow *row = &signs[id];
    char measured[32], bound[32];
    Verdict now = row->rule(v);
    print_number(measured, sizeof measured, now.measured);
    print_number(bound, sizeof bound, now.bound);
    text[0] = '\0';
    if (row->measured)
        snprintf(text, size, "%s %s, %s %s", row->measured, measured, row->bound, bound);
    return text;
}
