/* mixture_tree.h - the fast path of mixture_evaluate: a tree of moment-matched nodes over a mixture's components. */
#ifndef CORE_MIXTURE_TREE_H
#define CORE_MIXTURE_TREE_H

#include "core/mixture.h"

/* Over the components, moments and weights of m. NULL when memory is short; NULL may be freed. */
MixtureTree *mixture_tree_create(const Mixture *m);
void mixture_tree_destroy(MixtureTree *tree);

#endif
