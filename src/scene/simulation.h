/* simulation.h - what the simulation thread owns: sigma, particles, trails and the field around them, in fixed ticks.
 *
 * Single-threaded; the window's simulation thread and the headless loop call the same functions in the same order, and
 * get the same numbers: work is counted, never timed.
 *
 * The noise handle is one: playing moves it, a hand may grab it at any time, in both directions. The particles have a
 * sigma of their own. While it plays they go from rung to rung of the ladder as the handle passes them, so that a
 * journey has exactly the steps that are set and ends where simulation_anneal does; at rest or in a hand they go to
 * the handle itself. A tick takes a bounded number of steps: after a long drag particles catch up over several ticks,
 * and play waits for them, so that a playing handle is never more than a rung ahead.
 */
#ifndef SCENE_SIMULATION_H
#define SCENE_SIMULATION_H

#include "core/dynamics.h"
#include "scene/ladder.h"
#include "scene/learner.h"
#include "scene/simframe.h"
#include "scene/stack.h"

enum {
    TICKS_PER_SECOND = 60,
    FIELD_GRID = 96,
    DENSITY_GRID = 192,
    MEASURE_POINTS = 1024 /* for the live error curve */
};

#define COST_UNKNOWN (-1.0)

/* One run of the particles from noise to data, beside what the frame shows of it. */
typedef struct Journey {
    uint64_t seed;
    double particle_sigma;
    bool rising;     /* from data to noise, where the way goes forth and back */
    bool denoised;   /* the last step to the data is done, and no other since */
    double cost;     /* evaluations of the field a particle took in the last step, or COST_UNKNOWN */
    uint64_t owed;   /* steps that are to be done as fast as they can: simulation_hurries */
    double held_s;   /* at the end, waiting for the next start */
    double walk;     /* steps that walkers are due: a fraction of one between ticks */
    uint64_t starts; /* journeys begun: keys the start stream */
    uint64_t steps;  /* sampler steps so far: keys the kicks */
    uint64_t drops;  /* particles dropped in this journey */
} Journey;

/* A step that is under way, particle after particle. */
typedef struct Stride {
    DynamicsStep step; /* of all of them: x is Simulation.next, tally is below */
    DynamicsTally tally;
    const Sampler *sampler; /* NULL: none is under way */
    size_t moved;           /* so many of the particles have been */
    size_t ticks;           /* that it took */
} Stride;

typedef struct Simulation {
    const Catalogue *catalogue;
    Settings settings;
    Subject *subject;
    Subject *truth; /* what exact means: subject, or its training set in the same frame */
    SimFrame frame; /* with journey, the state itself */
    Journey journey;
    double sigma_min, sigma_max; /* the handle's range */
    Ladder ladder;               /* of the target and the settings, within that range */
    float *memory;               /* [PARTICLES_MAX + DROPPED_MAX][2]: what the sampler carries from step to step */
    double before;               /* level before the last step, 0 when that memory is empty */
    Stride stride;
    float *next; /* [PARTICLES_MAX + DROPPED_MAX][2]: where the step that is under way takes the particles */
    bool grabbed;
    double leash;              /* rungs of the way that play may not pass, for another in lock-step; INFINITY alone */
    bool other_comes;          /* it is not at the end yet, and the journey's end waits for it */
    struct Timeline *timeline; /* the run so far */
    bool frozen;               /* a past moment or a single step is shown: nothing moves until somebody lets it */
    Weights weights;           /* adopted */
    NetWorkspace workspace;
    FieldLearned learned;
    FieldDifference difference;
    Stack field, density;
    Stack other;             /* the field right of a wipe between two fields; empty without one */
    struct Refresh *refresh; /* where the refresh of the stacks and the measuring of errors stand */
    float *scratch;
} Simulation;

/* Playing, it starts a journey; else the handle stands at settings.sigma. Until weights are adopted, the learned field
 * is that of the first weights of the seed. False when memory is short; simulation_free is legal either way. */
bool simulation_init(Simulation *s, const Catalogue *catalogue, const Settings *settings);
void simulation_free(Simulation *s);

/* Follows changed settings, all but sigma, which only play and simulation_move change. Another target or seed starts a
 * journey, and so do more particles that descend; more walkers begin at noise beside the others. A change of play
 * starts and stops it, at the end it starts again; settings that still say what they said before change nothing. */
void simulation_apply(Simulation *s, const Settings *settings);
/* After what it follows and studies was put in place by others: range, ladder and stacks do again. before: what it
 * followed; old: of what it studied. */
void simulation_refit(Simulation *s, const Settings *before, const Frame *old, bool other_subject);
/* A hand's wish: the handle is at sigma, clamped to the target's range, from now on. Play goes on from there. */
void simulation_move(Simulation *s, double sigma);
/* Takes a copy of newer weights. */
void simulation_adopt(Simulation *s, const Weights *w);
/* The part of the plane that the stacks cover: what is seen (data units) and a margin. Kept while it covers that well.
 */
void simulation_view(Simulation *s, Rect seen);

void simulation_grab(Simulation *s);    /* playing rests while a hand holds the handle */
void simulation_release(Simulation *s); /* and goes on from there */
/* All is as it was when it was made with these settings, the handle at sigma; stacks and time go on. */
void simulation_begin(Simulation *s, double sigma);
/* Fresh particles from noise, without dropped ones. The handle goes to the start, unless walkers rest at a level. */
void simulation_restart(Simulation *s);
/* n more particles about a point, normal with standard deviation `spread`, until the next start; from DROPPED_MAX on
 * they replace the oldest. */
void simulation_drop(Simulation *s, double x, double y, size_t n, double spread);
/* The n dropped last go, as long as none of them was replaced. */
void simulation_undrop(Simulation *s, size_t n);

/* One sixtieth of a second. */
void simulation_tick(Simulation *s);

/* The moment at a place 0 .. 1 of the run so far, which rests from then on: play, a hand on the handle, a drop or
 * another start go on from it, and what came after it is forgotten then. */
void simulation_scrub(Simulation *s, double place);
/* Whoever rests at a past moment or after a single step moves again. */
void simulation_thaw(Simulation *s);

/* These two are done by the ticks that follow, as long as simulation_hurries: a tick goes no further than a step, and
 * takes several for one that costs much, so that whoever ticks may stop, or do something else in between. Another
 * start, a hand on the handle and what thaws end them where they are. */
/* n sampler steps further, and rest, or back for n < 0, which is done at once. Forth goes through what is known of the
 * run before it adds to it; descenders end at the end of the ladder. */
void simulation_step(Simulation *s, int64_t n);
/* The chosen dynamics from start to end: `steps` steps over the ladder for descenders, at the handle for walkers. Ends
 * with the handle at sigma_min (descenders). */
void simulation_anneal(Simulation *s);
static inline bool simulation_hurries(const Simulation *s)
{
    return s->journey.owed > 0;
}

/* One small piece (about 1 ms) of what the picture still needs, the most visible first: the levels of both stacks at
 * the handle, then outwards, and in turns with these the error curve and the learned field again when newer weights
 * came. False when all is fresh. Changes nothing that ticks depend on. */
bool simulation_refresh(Simulation *s);
/* All that a picture of this very moment shows, at once: both stacks at the handle, and the error curve. */
void simulation_refresh_shown(Simulation *s);
/* A level of a stack was never filled, or a hand changed what is exact and the handle's levels don't show it yet: the
 * picture waits for simulation_refresh, and it is worth all the time there is. */
bool simulation_incomplete(const Simulation *s);

/* A field bound to this simulation; simulation_field is the one that is shown and followed. */
FieldSource simulation_source(Simulation *s, FieldKind kind);
FieldSource simulation_field(Simulation *s);
FieldSource simulation_learned(Simulation *s);
const Target *simulation_target(const Simulation *s);
const Mixture *simulation_exact(const Simulation *s);

#endif
