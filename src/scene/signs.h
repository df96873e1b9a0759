/* signs.h - warning signs: what goes wrong in a way that the picture alone does not tell, and why.
 *
 * Each sign is a row of a table in signs.c: an inequality between a number that is known and a bound that is derived or
 * measured, with words for a person. Pure functions: any thread.
 */
#ifndef SCENE_SIGNS_H
#define SCENE_SIGNS_H

#include "core/target.h"
#include "core/trainer.h"
#include "scene/settings.h"

typedef enum SignId {
    SIGN_DIVERGED,
    SIGN_STEP,      /* a sampler's step is beyond its stability bound */
    SIGN_START,     /* particles begin elsewhere than the noisy data */
    SIGN_UNTRAINED, /* the noise level lies outside the trained range */
    SIGN_MEMORISED, /* a finite training set is learned by heart */
    SIGN_SPENT,     /* the training budget is used up */
    SIGN_LADDER,    /* ends of the ladder that are ignored */
    SIGN_COUNT
} SignId;

/* All that the rules look at. */
typedef struct SignView {
    const Settings *settings;
    const Target *target;                /* of these settings */
    double sigma;                        /* that is shown, data units */
    const TrainerStatistics *statistics; /* NULL: nothing trains */
} SignView;

typedef struct SignInfo {
    const char *name;    /* "step" */
    const char *title;   /* of its badge: "steps too long" */
    const char *explain; /* what it is, why it matters, what helps; fits a tooltip */
} SignInfo;
const SignInfo *sign_info(SignId id);

bool sign_raised(SignId id, const SignView *v);

/* The number and its bound, "h 0.5, stable below 0.2", or "" where words say all. Of a sign that is raised; returns
 * text. */
const char *sign_figures(SignId id, const SignView *v, char *text, size_t size);

/* KL divergence, nats, from where particles start at noise level sigma to N(mean, cov + sigma^2 I), the normal with the
 * noisy data's moments: exact for the starts that are normal or uniform; 0 for samples of the noisy data. */
double sign_start_divergence(const Settings *s, const Mixture *m, double sigma);

#endif
