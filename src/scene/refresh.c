#include "scene/refresh.h"

#include "core/schedule.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Some half a millisecond each at a million and a half evaluations a second. */
enum { FIELD_ROWS = 8, DENSITY_ROWS = 4 };
enum { MEASUREMENTS = METRICS_LEVELS + METRICS_OVERALL_LEVELS };

static_assert(FIELD_GRID % FIELD_ROWS == 0 && DENSITY_GRID % DENSITY_ROWS == 0, "pieces end with their level");
static_assert(FIELD_GRID * FIELD_ROWS <= REFRESH_POINTS && DENSITY_GRID * DENSITY_ROWS <= REFRESH_POINTS &&
                  (int)MEASURE_POINTS <= (int)REFRESH_POINTS,
              "pieces fit the scratch memory");

/* Where a stack stands. Generations count what makes its levels stale. */
typedef struct Progress {
    uint64_t wanted, filled[STACK_LEVELS];
    uint64_t edited;     /* what was wanted when a hand last changed what is exact: at the handle that can't wait */
    int level, row;      /* the level in progress; row 0: none is */
    uint64_t generation; /* of that level, when it began */
    uint64_t levels;     /* begun so far */
} Progress;

/* A sweep over the error curve, then over the levels of its one number. */
typedef struct Sweep {
    uint64_t wanted, measured; /* weights: adopted, behind the last whole sweep */
    uint64_t generation;       /* weights behind the sweep in progress */
    uint64_t steps;
    size_t next; /* 0: none is in progress */
    double squares;
} Sweep;

struct Refresh {
    Progress field, density, other;
    Sweep sweep;
    uint64_t turn, edits;
};

Refresh *refresh_create(void)
{
    Refresh *r = calloc(1, sizeof *r);
    if (r)
        r->field.wanted = r->density.wanted = r->other.wanted = r->sweep.wanted = 1;
    return r;
}

void refresh_destroy(Refresh *r)
{
    free(r);
}

void refresh_weights(Simulation *s)
{
    s->refresh->sweep.wanted++;
    /* A level in progress goes on, with both weights in it, and is stale when it's done: if it began anew each time,
     * fast training would never let it end. */
    if (settings_index(&s->settings, SET_FIELD) != FIELD_EXACT)
        s->refresh->field.wanted++;
    if (settings_index(&s->settings, SET_OTHER_FIELD) != FIELD_EXACT)
        s->refresh->other.wanted++;
}

void refresh_other(Simulation *s)
{
    s->refresh->other.wanted++;
    s->refresh->other.row = 0;
}

bool refresh_has_other(const Simulation *s)
{
    return settings_index(&s->settings, SET_WIPE) == WIPE_FIELD;
}

void refresh_source(Simulation *s)
{
    s->refresh->field.wanted++;
    s->refresh->field.row = 0;
}

void refresh_place(Simulation *s)
{
    s->refresh->density.wanted++;
    s->refresh->density.row = 0;
    refresh_source(s);
    refresh_other(s);
}

/* What is in progress is finished, of both, and made again: under a pen nothing would ever be finished otherwise. */
void refresh_exact(Simulation *s)
{
    Refresh *r = s->refresh;
    r->density.edited = ++r->density.wanted;
    r->field.wanted++;
    r->other.wanted++;
    r->sweep.wanted++;
    if (settings_index(&s->settings, SET_FIELD) != FIELD_LEARNED)
        r->field.edited = r->field.wanted;
    if (settings_index(&s->settings, SET_OTHER_FIELD) != FIELD_LEARNED)
        r->other.edited = r->other.wanted;
}

void refresh_target(Simulation *s)
{
    const Target *t = simulation_target(s);
    ScoreErrors *errors = &s->frame.errors;
    refresh_place(s);
    s->refresh->sweep.wanted++;
    s->refresh->sweep.next = 0;
    ladder_geometric(t->sigma_min, t->sigma_max, METRICS_LEVELS, errors->sigma);
    for (size_t i = 0; i < METRICS_LEVELS; i++)
        errors->error[i] = (double)NAN;
    errors->overall = (double)NAN;
    s->frame.errors_steps = 0;
}

/* -1: there is none. */
static int nearest_level(const Stack *stack, double sigma, const bool eligible[STACK_LEVELS])
{
    double towards;
    int lower = stack_level(stack, sigma, &towards), nearest = -1;
    double place = lower + towards;
    for (int level = 0; level < STACK_LEVELS; level++)
        if (eligible[level] && (nearest < 0 || fabs(level - place) < fabs(nearest - place)))
            nearest = level;
    return nearest;
}

static int missing_level(const Stack *stack, double sigma)
{
    bool missing[STACK_LEVELS];
    for (int level = 0; level < STACK_LEVELS; level++)
        missing[level] = !stack->version[level];
    return nearest_level(stack, sigma, missing);
}

/* The one of the two around the handle that is older, when it's stale. */
static int handle_level(const Progress *p, const Stack *stack, double sigma)
{
    double towards;
    int level = stack_level(stack, sigma, &towards);
    int older = p->filled[level] <= p->filled[level + 1] ? level : level + 1;
    return p->filled[older] != p->wanted ? older : -1;
}

/* The level that has been stale for longest; of equals the nearest to the handle, so that a rotation goes outwards. */
static int oldest_level(const Progress *p, const Stack *stack, double sigma)
{
    bool oldest[STACK_LEVELS];
    uint64_t least = p->wanted;
    for (int level = 0; level < STACK_LEVELS; level++)
        least = p->filled[level] < least ? p->filled[level] : least;
    for (int level = 0; level < STACK_LEVELS; level++)
        oldest[level] = p->filled[level] == least && least != p->wanted;
    return nearest_level(stack, sigma, oldest);
}

static bool edited(const Progress *p, const Stack *stack, double sigma)
{
    double towards;
    int level = stack_level(stack, sigma, &towards);
    return p->filled[level] < p->edited || p->filled[level + 1] < p->edited;
}

/* While weights keep arriving, every other level is one at the handle; while a hand draws, every one is. */
static int choose_level(const Progress *p, const Stack *stack, double sigma)
{
    int missing = missing_level(stack, sigma), handle = handle_level(p, stack, sigma);
    if (missing >= 0)
        return missing;
    return handle >= 0 && (p->levels % 2 == 0 || edited(p, stack, sigma)) ? handle : oldest_level(p, stack, sigma);
}

/* False when every level is fresh, which is level -1. */
static bool begin_level(Progress *p, int level)
{
    if (level < 0)
        return false;
    p->level = level;
    p->generation = p->wanted;
    p->levels++;
    return true;
}

static void end_rows(Progress *p, const Stack *stack, int rows)
{
    p->row += rows;
    if (p->row < stack->grid)
        return;
    p->row = 0;
    p->filled[p->level] = p->generation;
}

static void field_rows(Simulation *s)
{
    Progress *p = &s->refresh->field;
    FieldSource field = simulation_field(s);
    stack_fill_field(&s->field, p->level, p->row, FIELD_ROWS, &field, s->scratch);
    end_rows(p, &s->field, FIELD_ROWS);
}

static void other_rows(Simulation *s)
{
    Progress *p = &s->refresh->other;
    FieldSource field = simulation_source(s, (FieldKind)settings_index(&s->settings, SET_OTHER_FIELD));
    stack_fill_field(&s->other, p->level, p->row, FIELD_ROWS, &field, s->scratch);
    end_rows(p, &s->other, FIELD_ROWS);
}

static void density_rows(Simulation *s)
{
    Progress *p = &s->refresh->density;
    stack_fill_density(&s->density, p->level, p->row, DENSITY_ROWS, simulation_exact(s), s->scratch);
    end_rows(p, &s->density, DENSITY_ROWS);
}

static bool field_piece(Simulation *s)
{
    Progress *p = &s->refresh->field;
    if (p->row == 0 && !begin_level(p, choose_level(p, &s->field, s->frame.sigma)))
        return false;
    field_rows(s);
    return true;
}

static bool other_piece(Simulation *s)
{
    Progress *p = &s->refresh->other;
    if (!refresh_has_other(s) || (p->row == 0 && !begin_level(p, choose_level(p, &s->other, s->frame.sigma))))
        return false;
    other_rows(s);
    return true;
}

static bool density_piece(Simulation *s)
{
    Progress *p = &s->refresh->density;
    if (p->row == 0 && !begin_level(p, choose_level(p, &s->density, s->frame.sigma)))
        return false;
    density_rows(s);
    return true;
}

static double measure(Simulation *s, double sigma)
{
    FieldSource learned = simulation_learned(s);
    return metrics_score_error(&learned, simulation_exact(s), sigma, s->journey.seed, MEASURE_POINTS, s->scratch);
}

static void measure_overall(Simulation *s, size_t i)
{
    double level[METRICS_OVERALL_LEVELS];
    metrics_overall_levels(&simulation_target(s)->frame, level);
    s->refresh->sweep.squares += pow(measure(s, level[i]), 2);
}

static void end_sweep(Simulation *s)
{
    Sweep *sweep = &s->refresh->sweep;
    s->frame.errors.overall = sqrt(sweep->squares / METRICS_OVERALL_LEVELS);
    s->frame.errors_steps = sweep->steps;
    sweep->measured = sweep->generation;
    sweep->next = 0;
}

static bool error_piece(Simulation *s)
{
    Sweep *sweep = &s->refresh->sweep;
    size_t i = sweep->next;
    if (s->subject->blank)
        return false;
    if (i == 0 && sweep->measured == sweep->wanted)
        return false;
    if (i == 0) {
        sweep->generation = sweep->wanted;
        sweep->steps = s->weights.statistics.steps;
        sweep->squares = 0;
    }
    if (i < METRICS_LEVELS)
        s->frame.errors.error[i] = measure(s, s->frame.errors.sigma[i]);
    else
        measure_overall(s, i - METRICS_LEVELS);
    if (++sweep->next == MEASUREMENTS)
        end_sweep(s);
    return true;
}

/* Nothing at all is shown at the handle. */
static bool blank(const Stack *stack, double sigma)
{
    double towards;
    int level = stack_level(stack, sigma, &towards);
    return !stack->version[level] || !stack->version[level + 1];
}

bool refresh_edited(const Simulation *s)
{
    const Refresh *r = s->refresh;
    double sigma = s->frame.sigma;
    return edited(&r->field, &s->field, sigma) || edited(&r->density, &s->density, sigma) ||
           (refresh_has_other(s) && edited(&r->other, &s->other, sigma));
}

/* What a hand changed, at the handle: the field first, which costs least. */
static bool edited_piece(Simulation *s)
{
    const Refresh *r = s->refresh;
    if (edited(&r->field, &s->field, s->frame.sigma))
        return field_piece(s);
    if (refresh_has_other(s) && edited(&r->other, &s->other, s->frame.sigma))
        return other_piece(s);
    return density_piece(s);
}

bool refresh_piece(Simulation *s)
{
    enum { EDITS = 4 }; /* all but one piece of so many: errors and other levels go on */
    /* A level of the density takes four times the pieces of one of the field; the errors can wait a little. */
    static bool (*const turns[])(Simulation *) = {field_piece, density_piece, density_piece, density_piece,
                                                  other_piece, field_piece,   density_piece, density_piece,
                                                  other_piece, error_piece};
    enum { TURNS = sizeof turns / sizeof *turns };
    if (blank(&s->field, s->frame.sigma))
        return field_piece(s);
    if (refresh_has_other(s) && blank(&s->other, s->frame.sigma))
        return other_piece(s);
    if (blank(&s->density, s->frame.sigma))
        return density_piece(s);
    if (refresh_edited(s) && s->refresh->edits++ % EDITS != 0)
        return edited_piece(s);
    for (size_t tried = 0; tried < TURNS; tried++)
        if (turns[s->refresh->turn++ % TURNS](s))
            return true;
    return false;
}

static void fill_at(Simulation *s, double sigma, Progress *p, const Stack *stack, void (*rows)(Simulation *))
{
    double towards;
    int lower = stack_level(stack, sigma, &towards);
    while (p->row != 0) /* the level in progress */
        rows(s);
    for (int level = lower; level <= lower + 1; level++) {
        if (stack->version[level] && p->filled[level] == p->wanted)
            continue;
        begin_level(p, level);
        do
            rows(s);
        while (p->row != 0);
    }
}

void refresh_at_handle(Simulation *s)
{
    const Settings *set = &s->settings;
    const double sigma[] = {s->frame.sigma, set->value[SET_OTHER_SIGMA]};
    bool two = settings_index(set, SET_WIPE) == WIPE_NOISE || settings_on(set, SET_LENS);
    for (int i = 0; i <= two; i++) {
        fill_at(s, sigma[i], &s->refresh->field, &s->field, field_rows);
        fill_at(s, sigma[i], &s->refresh->density, &s->density, density_rows);
    }
    if (refresh_has_other(s))
        fill_at(s, sigma[0], &s->refresh->other, &s->other, other_rows);
    while (error_piece(s))
        ;
}
