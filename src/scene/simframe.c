#include "scene/simframe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN = 2 * TRAIL_PARTICLES };

bool simframe_init(SimFrame *f)
{
    size_t particles = (PARTICLES_MAX + DROPPED_MAX) * 2 * sizeof(float);
    *f = (SimFrame){.x = malloc(particles),
                    .previous = malloc(particles),
                    .trail_of = malloc(TRAIL_PARTICLES * sizeof *f->trail_of),
                    .trail = malloc(TRAIL_LENGTH * COLUMN * sizeof *f->trail)};
    return f->x && f->previous && f->trail_of && f->trail;
}

void simframe_free(SimFrame *f)
{
    free(f->x);
    free(f->previous);
    free(f->trail_of);
    free(f->trail);
    *f = (SimFrame){0};
}

void simframe_copy(SimFrame *to, const SimFrame *from)
{
    SimFrame arrays = *to;
    *to = *from;
    to->x = arrays.x;
    to->previous = arrays.previous;
    to->trail_of = arrays.trail_of;
    to->trail = arrays.trail;
    memcpy(to->x, from->x, from->count * 2 * sizeof *to->x);
    memcpy(to->previous, from->previous, from->count * 2 * sizeof *to->previous);
    memcpy(to->trail_of, from->trail_of, from->trails * sizeof *to->trail_of);
    memcpy(to->trail, from->trail, from->trail_length * COLUMN * sizeof *to->trail);
}

void simframe_give_trail(SimFrame *f, size_t slot, size_t index)
{
    f->trail_of[slot] = (uint32_t)index;
    f->trails = slot < f->trails ? f->trails : slot + 1;
    for (size_t column = 0; column < f->trail_length; column++)
        for (size_t c = 0; c < 2; c++)
            f->trail[column * COLUMN + 2 * slot + c] = NAN;
}

void simframe_first_trails(SimFrame *f)
{
    size_t trails = f->count < TRAIL_PARTICLES ? f->count : TRAIL_PARTICLES;
    for (size_t i = 0; i < trails && i < f->trails; i++)
        f->trail_of[i] = (uint32_t)i;
    for (size_t i = f->trails; i < trails; i++)
        simframe_give_trail(f, i, i);
    f->trails = trails;
}

static void add_column(SimFrame *f)
{
    f->trail_length += f->trail_length < TRAIL_LENGTH;
    memmove(f->trail + COLUMN, f->trail, (f->trail_length - 1) * COLUMN * sizeof *f->trail);
}

void simframe_push_trails(SimFrame *f)
{
    add_column(f);
    for (size_t i = 0; i < f->trails; i++)
        memcpy(f->trail + 2 * i, f->x + 2 * f->trail_of[i], 2 * sizeof *f->trail);
}

void simframe_break_trails(SimFrame *f)
{
    if (f->trail_length == 0)
        return;
    add_column(f);
    for (size_t i = 0; i < COLUMN; i++)
        f->trail[i] = NAN;
}
