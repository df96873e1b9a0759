#include "core/batch.h"

#include "core/objective.h"

#include <stdlib.h>

/* One block: levels and weights, then the vectors. Random draws come in pairs and quadruples, hence the room behind. */
static bool allocate(Batch *b)
{
    enum { NUMBERS = 2, VECTORS = 5 + NET_TANGENTS };
    size_t room = b->n + 3;
    float *memory = calloc(room, (NUMBERS + 2 * VECTORS) * sizeof(float));
    if (!memory)
        return false;
    b->sigma = memory;
    b->weight = b->sigma + room;
    float **vector[VECTORS] = {&b->clean, &b->noisy, &b->wanted, &b->answer, &b->exact};
    for (size_t t = 0; t < NET_TANGENTS; t++)
        vector[VECTORS - NET_TANGENTS + t] = &b->direction[t];
    for (size_t i = 0; i < VECTORS; i++)
        *vector[i] = memory + (NUMBERS + 2 * i) * room;
    return true;
}

bool batch_init(Batch *b, const TrainerOptions *options)
{
    *b = (Batch){.options = *options, .n = (size_t)options->batch};
    bool references = objective_asks_for_targets(options->objective) && target_source_info(options->source)->references;
    if (allocate(b) && training_set_init(&b->set, (size_t)options->samples) &&
        (!references || references_init(&b->references, (size_t)options->references, b->n))) {
        net_axes(b->n, b->direction);
        return true;
    }
    batch_free(b);
    return false;
}

void batch_free(Batch *b)
{
    free(b->sigma);
    training_set_free(&b->set);
    references_free(&b->references);
    *b = (Batch){0};
}
