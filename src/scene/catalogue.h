/* catalogue.h - the subjects that settings can name: every row of core/target.h, the drawing as it is now (an empty
 * canvas at first), and the training set of a seed as the truth to compare with.
 *
 * Rows are built once. Main alone changes what is drawn; any thread may ask.
 */
#ifndef SCENE_CATALOGUE_H
#define SCENE_CATALOGUE_H

#include "scene/settings.h"
#include "scene/subject.h"

typedef struct Catalogue {
    Subject **row; /* [count] */
    size_t count;
    struct CatalogueNow *now;
} Catalogue;

/* False when memory is short; catalogue_free is legal either way. */
bool catalogue_init(Catalogue *c);
void catalogue_free(Catalogue *c);

/* What these settings study. The caller holds it. NULL when it is a drawing that main has replaced meanwhile: settings
 * that name the newer one are under way. */
Subject *catalogue_subject(const Catalogue *c, const Settings *s);
/* What is called exact under these settings: the same, or the points that are learned from, in the same frame. NULL as
 * above. */
Subject *catalogue_truth(const Catalogue *c, const Settings *s);

/* Main: this is drawn now; takes it over. */
void catalogue_draw(const Catalogue *c, Subject *drawn);
/* Main: makes what catalogue_truth of these settings gives, before anybody asks for it: a second for a million points.
 * Where memory is short or all points are one, it is the target itself. */
void catalogue_prepare(const Catalogue *c, const Settings *s);

#endif
