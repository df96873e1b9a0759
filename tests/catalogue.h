/* catalogue.h - the one catalogue of a test, with setup and teardown for cmocka, of a test or of a group of them. */
#ifndef TESTS_CATALOGUE_H
#define TESTS_CATALOGUE_H

#include "scene/catalogue.h"

static Catalogue catalogue;

static inline int build_catalogue(void **state)
{
    (void)state;
    return catalogue_init(&catalogue) ? 0 : -1;
}

static inline int free_catalogue(void **state)
{
    (void)state;
    catalogue_free(&catalogue);
    return 0;
}

#endif
