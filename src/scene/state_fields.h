/* state_fields.h - the numbers of a state as texts of a file: one row of a table each. */
#ifndef SCENE_STATE_FIELDS_H
#define SCENE_STATE_FIELDS_H

#include "io/safetensors.h"

/* The structs whose numbers are saved, in the state's parts. */
typedef enum StateFields {
    FIELDS_STATISTICS, /* TrainerStatistics */
    FIELDS_CLOCKS,     /* TrainerClocks */
    FIELDS_REST,       /* Rest */
    FIELDS_PARTICLES,  /* SimulationState, without its step */
    FIELDS_STRIDE      /* Stride */
} StateFields;

/* Each as "PREFIX.NAME". */
void fields_write(TensorWriter *w, const char *prefix, StateFields which, const void *from);

/* Whether the first of them is there. */
bool fields_present(const Tensors *t, const char *prefix, StateFields which);
/* False with one line when one is missing, is no number, or is out of what a run can have made of it. */
bool fields_read(const Tensors *t, const char *prefix, StateFields which, void *to, Error *e);

#endif
