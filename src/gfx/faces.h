/* faces.h - the faces that words can be set in: the program's own, then all that are installed and drawn by outlines,
 * in the order of their names.
 *
 * fontconfig finds them, which may take a second where it has not looked before. Only the main thread.
 */
#ifndef GFX_FACES_H
#define GFX_FACES_H

#include "io/error.h"
#include "scene/drawing_bulk.h"

#include <stdint.h>

typedef struct InstalledFace {
    char name[BULK_NAME]; /* family, and style where it isn't the plain one: "DejaVu Sans Bold" */
    char *file;           /* NULL: in the program */
    int index;            /* of the face in its file */
} InstalledFace;

typedef struct Faces {
    InstalledFace *face; /* [count]; the first is the program's own */
    size_t count;
    struct _FcConfig *config;
} Faces;

/* {0} has no faces and may be freed. False with one line when memory is short; without fontconfig's files there is
 * still the program's own face. */
bool faces_init(Faces *f, Error *e);
void faces_free(Faces *f);

/* By name, "" for the program's own; the case of letters doesn't matter. NULL with one line that names similar ones
 * when there is none. */
const InstalledFace *faces_find(const Faces *f, const char *name, Error *e);

/* Name of a face that has the code point, into name; false when none has it. */
bool faces_with(const Faces *f, uint32_t code_point, char name[BULK_NAME]);

#endif
