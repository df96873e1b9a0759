#include "scene/simulation.h"

#include "scene/journey.h"
#include "scene/refresh.h"
#include "scene/timeline.h"

#include <math.h>
#include <stdlib.h>

enum {
    REFRESH_SCRATCH = REFRESH_POINTS * 6,
    STEP_SCRATCH = DYNAMICS_CHUNK * DYNAMICS_SCRATCH,
    SCRATCH = REFRESH_SCRATCH > STEP_SCRATCH ? REFRESH_SCRATCH : STEP_SCRATCH /* floats; one at a time uses them */
};

/* What the stacks cover beyond what is seen, on each side; they are kept until what is seen leaves them, or is so much
 * smaller that their grid would show. */
static const double MARGIN = 0.15, COARSE = 1.9;

const Target *simulation_target(const Simulation *s)
{
    return &s->subject->target;
}

const Mixture *simulation_exact(const Simulation *s)
{
    return &s->truth->target.mixture;
}

/* In the frame of the target that is set, not of the one that was learned: the network sees data through its frame, so
 * what it learned moves along with the target, here as in the trainer. */
FieldSource simulation_learned(Simulation *s)
{
    s->learned = (FieldLearned){&s->weights.net, &simulation_target(s)->frame, &s->workspace};
    return field_learned(&s->learned);
}

FieldSource simulation_field(Simulation *s)
{
    return simulation_source(s, (FieldKind)settings_index(&s->settings, SET_FIELD));
}

FieldSource simulation_source(Simulation *s, FieldKind kind)
{
    FieldSource exact = field_exact(simulation_exact(s));
    if (kind == FIELD_EXACT)
        return exact;
    if (kind == FIELD_LEARNED)
        return simulation_learned(s);
    s->difference = (FieldDifference){simulation_learned(s), exact};
    return field_difference(&s->difference);
}

static Rect with_margin(Rect seen)
{
    return (Rect){seen.x - MARGIN * seen.w, seen.y - MARGIN * seen.h, (1 + 2 * MARGIN) * seen.w,
                  (1 + 2 * MARGIN) * seen.h};
}

static void place_stacks(Simulation *s, Rect extent)
{
    stack_place(&s->field, extent, s->sigma_min, s->sigma_max);
    stack_place(&s->density, extent, s->sigma_min, s->sigma_max);
    stack_place(&s->other, extent, s->sigma_min, s->sigma_max);
    refresh_target(s);
}

/* A place is the same place of another target when it is as many standard deviations from the mean. */
static Rect carry_extent(Rect r, const Frame *from, const Frame *to)
{
    double scale = to->std / from->std;
    return (Rect){to->mean[0] + (r.x - from->mean[0]) * scale, to->mean[1] + (r.y - from->mean[1]) * scale, r.w * scale,
                  r.h * scale};
}

static void carry_stacks(Simulation *s, const Frame *old)
{
    place_stacks(s, carry_extent(s->field.extent, old, &simulation_target(s)->frame));
}

static Rect first_extent(const Frame *frame)
{
    double half = CAMERA_HALF_HEIGHT * frame->std;
    return with_margin((Rect){frame->mean[0] - 2 * half, frame->mean[1] - half, 4 * half, 2 * half});
}

static bool init_parts(Simulation *s)
{
    TrainerOptions options = learner_options(&s->settings);
    s->refresh = refresh_create();
    s->scratch = malloc(SCRATCH * sizeof *s->scratch);
    s->memory = calloc(PARTICLES_MAX + DROPPED_MAX, 2 * sizeof *s->memory);
    s->timeline = timeline_create(TIMELINE_BYTES);
    s->next = malloc((PARTICLES_MAX + DROPPED_MAX) * 2 * sizeof *s->next);
    s->weights = (Weights){.target = s->frame.target, .frame = simulation_target(s)->frame};
    return s->refresh && s->scratch && s->memory && s->next && s->timeline && stack_init(&s->field, FIELD_GRID, 2) &&
           stack_init(&s->density, DENSITY_GRID, 1) && stack_init(&s->other, FIELD_GRID, 2) &&
           net_init(&s->weights.net, options.shape, options.seed);
}

/* The handle's range and the rungs on it. */
static void set_range(Simulation *s)
{
    const Target *t = simulation_target(s);
    const Settings *set = &s->settings;
    double first, last;
    settings_ladder_ends(set, t->sigma_min, t->sigma_max, &first, &last);
    s->sigma_min = fmin(t->sigma_min, last);
    s->sigma_max = fmax(t->sigma_max, first);
    ladder_make(&s->ladder, schedule_info(settings_index(set, SET_SCHEDULE)), t->frame.std, first, last,
                (size_t)set->value[SET_STEPS]);
    if (s->journey.owed > s->ladder.steps)
        s->journey.owed = s->ladder.steps;
}

bool simulation_init(Simulation *s, const Catalogue *catalogue, const Settings *settings)
{
    *s = (Simulation){.catalogue = catalogue, .settings = *settings, .leash = (double)INFINITY};
    s->subject = catalogue_subject(catalogue, settings);
    s->truth = catalogue_truth(catalogue, settings);
    if (!s->subject || !s->truth || !simframe_init(&s->frame))
        return false;
    s->frame.target = s->subject->row;
    s->frame.playing = settings_on(settings, SET_PLAYING);
    s->frame.place = 1;
    s->journey.seed = (uint64_t)settings->value[SET_SEED];
    set_range(s);
    if (!init_parts(s))
        return false;
    place_stacks(s, first_extent(&simulation_target(s)->frame));
    journey_move_handle(s, settings->value[SET_SIGMA]);
    journey_begin_again(s);
    return true;
}

void simulation_free(Simulation *s)
{
    simframe_free(&s->frame);
    subject_release(s->subject);
    subject_release(s->truth);
    weights_free(&s->weights);
    net_workspace_free(&s->workspace);
    stack_free(&s->field);
    stack_free(&s->density);
    stack_free(&s->other);
    refresh_destroy(s->refresh);
    free(s->scratch);
    free(s->memory);
    free(s->next);
    timeline_destroy(s->timeline);
    *s = (Simulation){0};
}

static bool same_frame(const Frame *a, const Frame *b)
{
    return a->mean[0] == b->mean[0] && a->mean[1] == b->mean[1] && a->std == b->std;
}

/* Takes the caller's holds. Between targets the handle and what is seen go along; under a pen they stay. */
static void change_subject(Simulation *s, Subject *subject, Subject *truth)
{
    Frame old = simulation_target(s)->frame;
    double share = s->frame.sigma / old.std;
    bool other = subject != s->subject, otherwise_true = truth != s->truth;
    subject_put(&s->subject, subject);
    subject_put(&s->truth, truth);
    s->frame.target = subject->row;
    if (other && !same_frame(&old, &subject->target.frame)) {
        set_range(s);
        journey_move_handle(s, share * simulation_target(s)->frame.std);
        carry_stacks(s, &old);
    } else if (other && subject->blank) {
        refresh_target(s);
    } else if (otherwise_true) {
        refresh_exact(s);
    }
}

/* A seed's journey is the same whatever went before it. */
static void change_seed(Simulation *s, uint64_t seed)
{
    s->journey.seed = seed;
    s->journey.starts = s->journey.steps = 0;
}

/* Another ladder may reach beyond the range that the stacks cover, or no longer as far. */
static void follow_range(Simulation *s)
{
    double min = s->sigma_min, max = s->sigma_max;
    set_range(s);
    if (s->sigma_min == min && s->sigma_max == max)
        return;
    place_stacks(s, s->field.extent);
    journey_move_handle(s, s->frame.sigma);
}

/* What makes a step take longer or shorter. */
static bool costs_differently(const Settings *a, const Settings *b)
{
    static const SettingId id[] = {SET_DYNAMICS, SET_CORRECTIONS, SET_LEAPS, SET_TOLERANCE, SET_STEPS};
    bool differently = false;
    for (size_t i = 0; i < sizeof id / sizeof *id; i++)
        differently |= a->value[id[i]] != b->value[id[i]];
    return differently;
}

/* What the stacks are asked to show. */
static void follow_choices(Simulation *s, const Settings *before)
{
    const double *now = s->settings.value, *was = before->value;
    if (now[SET_FIELD] != was[SET_FIELD])
        refresh_source(s);
    if (now[SET_WIPE] != was[SET_WIPE] || now[SET_OTHER_FIELD] != was[SET_OTHER_FIELD])
        refresh_other(s);
}

void simulation_refit(Simulation *s, const Settings *before, const Frame *old, bool other_subject)
{
    double min = s->sigma_min, max = s->sigma_max;
    set_range(s);
    if (other_subject || s->sigma_min != min || s->sigma_max != max)
        carry_stacks(s, old);
    follow_choices(s, before);
}

void simulation_apply(Simulation *s, const Settings *settings)
{
    const Settings before = s->settings;
    size_t target = settings_index(settings, SET_TARGET);
    Subject *subject = catalogue_subject(s->catalogue, settings), *truth = catalogue_truth(s->catalogue, settings);
    uint64_t seed = (uint64_t)settings->value[SET_SEED];
    bool play = settings_on(settings, SET_PLAYING), play_changed = play != settings_on(&s->settings, SET_PLAYING);
    bool other_dynamics = settings->value[SET_DYNAMICS] != s->settings.value[SET_DYNAMICS];
    bool other_cost = costs_differently(settings, &s->settings);
    bool anew = target != s->frame.target || seed != s->journey.seed;
    if (!subject || !truth) {
        subject_release(subject);
        subject_release(truth);
        return;
    }
    bool fewer_or_more = settings->value[SET_PARTICLES] != s->settings.value[SET_PARTICLES];
    if (anew || other_dynamics || fewer_or_more || (play_changed && play))
        simulation_thaw(s);
    s->settings = *settings;
    change_subject(s, subject, truth);
    follow_range(s);
    if (seed != s->journey.seed)
        change_seed(s, seed);
    if (other_dynamics)
        journey_forget(s);
    if (other_cost)
        s->journey.cost = COST_UNKNOWN;
    if (settings->value[SET_FIELD] != before.value[SET_FIELD])
        journey_forget(s);
    follow_choices(s, &before);
    if (play_changed)
        journey_play(s, play);
    if (anew)
        journey_begin_again(s);
    else
        journey_resize(s, (size_t)settings->value[SET_PARTICLES]);
}

void simulation_thaw(Simulation *s)
{
    s->frozen = false;
    s->journey.owed = 0;
}

void simulation_move(Simulation *s, double sigma)
{
    if (sigma != s->frame.sigma)
        simulation_thaw(s);
    journey_move_handle(s, sigma);
}

void simulation_adopt(Simulation *s, const Weights *w)
{
    if (weights_copy(&s->weights, w))
        refresh_weights(s);
}

static bool covers(const Rect *extent, const Rect *seen)
{
    bool inside = seen->x >= extent->x && seen->x + seen->w <= extent->x + extent->w && seen->y >= extent->y &&
                  seen->y + seen->h <= extent->y + extent->h;
    return inside && extent->w <= COARSE * seen->w && extent->h <= COARSE * seen->h;
}

void simulation_view(Simulation *s, Rect seen)
{
    if (covers(&s->field.extent, &seen))
        return;
    stack_move(&s->field, with_margin(seen));
    stack_move(&s->density, with_margin(seen));
    stack_move(&s->other, with_margin(seen));
    refresh_place(s);
}

void simulation_grab(Simulation *s)
{
    simulation_thaw(s);
    s->grabbed = true;
    s->journey.held_s = 0;
}

void simulation_release(Simulation *s)
{
    s->grabbed = false;
}

void simulation_restart(Simulation *s)
{
    simulation_thaw(s);
    journey_restart(s);
}

void simulation_begin(Simulation *s, double sigma)
{
    s->frozen = s->grabbed = false;
    s->journey = (Journey){.seed = (uint64_t)s->settings.value[SET_SEED]};
    timeline_clear(s->timeline); /* its journey may have the same number */
    s->frame.trail_length = 0;
    journey_move_handle(s, sigma);
    journey_begin_again(s);
}

void simulation_drop(Simulation *s, double x, double y, size_t n, double spread)
{
    /* The start's own draws are pairs of fewer particles than that. */
    const size_t first = PARTICLES_MAX + (size_t)s->journey.drops;
    simulation_thaw(s);
    for (size_t i = 0; i < n; i++) {
        float z[2];
        rng_normals((Rng){s->journey.seed, STREAM_START}, s->journey.starts, first + i, 1, z);
        journey_drop(s, x + spread * (double)z[0], y + spread * (double)z[1]);
    }
}

void simulation_undrop(Simulation *s, size_t n)
{
    journey_undrop(s, n);
}

/* Where the present stands in the run, for who shows it. */
static void tell_place(Simulation *s)
{
    size_t n = timeline_count(s->timeline);
    uint64_t last = n ? timeline_moment(s->timeline, n - 1)->tick : 0;
    uint64_t now = n ? timeline_moment(s->timeline, timeline_present(s->timeline))->tick : 0;
    s->frame.place = last ? (double)now / (double)last : 1;
}

static void show_moment(Simulation *s, size_t k)
{
    timeline_restore(s->timeline, k, s);
    s->stride.sampler = NULL;
    s->journey.owed = 0;
    journey_move_handle(s, s->frame.sigma); /* the ladder may be another now */
    tell_place(s);
}

static void rest(Simulation *s)
{
    s->frozen = true;
    s->journey.owed = 0;
}

void simulation_scrub(Simulation *s, double place)
{
    timeline_record(s->timeline, s);
    rest(s);
    if (timeline_count(s->timeline) > 0)
        show_moment(s, timeline_at_place(s->timeline, place));
}

static uint64_t steps_at(const Simulation *s, size_t k)
{
    return timeline_moment(s->timeline, k)->journey.steps;
}

/* The last moment with fewer steps than now: of several the one that has been longest without a step. */
static void step_back(Simulation *s)
{
    size_t k = timeline_present(s->timeline);
    while (k > 0 && steps_at(s, k) >= s->journey.steps)
        k--;
    show_moment(s, k);
}

/* What was known before is shown again, what was not is done. */
static void step_forth(Simulation *s)
{
    uint64_t owed = s->journey.owed;
    size_t k = timeline_present(s->timeline), n = timeline_count(s->timeline);
    while (k < n && steps_at(s, k) <= s->journey.steps)
        k++;
    if (k < n) {
        show_moment(s, k);
        s->journey.owed = owed - 1;
    } else {
        journey_step(s);
    }
    timeline_record(s->timeline, s);
}

void simulation_step(Simulation *s, int64_t n)
{
    timeline_record(s->timeline, s);
    rest(s);
    if (n > 0)
        s->journey.owed = (uint64_t)n;
    for (; n < 0 && timeline_count(s->timeline) > 0; n++)
        step_back(s);
}

void simulation_anneal(Simulation *s)
{
    simulation_thaw(s);
    journey_anneal(s);
}

void simulation_tick(Simulation *s)
{
    s->frame.tick++;
    if (s->frozen && !simulation_hurries(s))
        return;
    timeline_record(s->timeline, s);
    if (s->frozen)
        step_forth(s);
    else if (simulation_hurries(s))
        journey_anneal_step(s);
    else
        journey_tick(s);
    tell_place(s);
}

bool simulation_refresh(Simulation *s)
{
    return refresh_piece(s);
}

void simulation_refresh_shown(Simulation *s)
{
    refresh_at_handle(s);
}

bool simulation_incomplete(const Simulation *s)
{
    for (int level = 0; level < STACK_LEVELS; level++) {
        if (!s->field.version[level] || !s->density.version[level] ||
            (refresh_has_other(s) && !s->other.version[level]))
            return true;
    }
    return refresh_edited(s);
}
