/* path_apart.h - the one step of a shown path that is looked at, taken apart once and kept.
 *
 * Where the lines that are shown become others it is taken apart again. The next step of the same line costs one step
 * of its sampler, any other those from the start, of its particle alone where it sees no others. The numbers are those
 * of paths_take_apart, to the rounding of the field. One thread, that of the field; nothing allocates.
 */
#ifndef SCENE_PATH_APART_H
#define SCENE_PATH_APART_H

#include "scene/paths.h"

typedef struct PathApart {
    size_t line, step, steps; /* step 1 .. steps; 0: there is none */
    PathStep parts;
    uint64_t builds; /* of the lines */
    PathRun run;     /* behind the step */
    size_t particle; /* of the run: the line's */
} PathApart;

/* Looks at a step of a line; past the last is the last. False, and step is 0, when the line isn't shown or has none. */
bool path_apart_look(PathApart *a, const Paths *p, const FieldSource *field, size_t line, size_t step);

#endif
