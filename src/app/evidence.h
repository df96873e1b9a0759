/* evidence.h - what there is to write about, and what is asked of it: fields, fresh samples, likelihoods.
 *
 * Belongs to the thread that owns the session.
 */
#ifndef APP_EVIDENCE_H
#define APP_EVIDENCE_H

#include "scene/session.h"
#include "scene/simulation.h"

typedef struct Evidence {
    const Session *session;
    const Weights *weights;
    const SimFrame *frame;
    NetWorkspace *workspace;
    bool timing; /* put the next two into reports */
    double train_s, wall_s;
} Evidence;

/* A field source's context; lives as long as the source. */
typedef struct ChosenField {
    FieldLearned learned;
    FieldDifference difference;
} ChosenField;

const Target *evidence_target(const Evidence *ev);
/* The field that the settings name. */
FieldKind evidence_kind(const Evidence *ev);
FieldSource evidence_field(const Evidence *ev, FieldKind kind, ChosenField *chosen);

/* True for a field that is somebody's score: particles arrive, and there is a likelihood. False with one line for a
 * difference of two. */
bool evidence_generates(const Evidence *ev, Error *e);

/* What fresh points have behind them. */
typedef struct Journeys {
    double sigma;       /* noise that is left in them, data units */
    double evaluations; /* of the field, a point */
    double accepted;    /* share of proposals that the last step kept; NAN for samplers that propose nothing */
} Journeys;

/* x [n][2] from journeys of the chosen dynamics in the chosen field, each with other random numbers than the last.
 * False with one line. */
bool evidence_journeys(const Evidence *ev, size_t n, float *x, Journeys *j, Error *e);

/* First and last noise level, data units, of the way from noise to data. */
void evidence_ladder_ends(const Evidence *ev, double *first, double *last);
/* The last of them, whose density a likelihood is. */
double evidence_last_level(const Evidence *ev);

/* log_density [n], nats, of the chosen field's flow at x [n][2], from the last level of the way to its first. False
 * with one line. */
bool evidence_likelihood(const Evidence *ev, const float *x, size_t n, double *log_density, Error *e);

#endif
