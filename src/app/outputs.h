/* outputs.h - what leaves the program as files: samples, fields, scores, reports, lists. Needs no OpenGL.
 *
 * Everything is made whole in memory first, then written whole or not at all.
 */
#ifndef APP_OUTPUTS_H
#define APP_OUTPUTS_H

#include "scene/session.h"
#include "scene/simulation.h"

/* What there is to write about. */
typedef struct Evidence {
    const Session *session;
    const Weights *weights;
    const SimFrame *frame;
    NetWorkspace *workspace;
    bool timing; /* put the next two into reports */
    double train_s, wall_s;
} Evidence;

/* Carries out any output but a figure. False with one line. */
bool output_write(const Evidence *ev, const Output *output, Error *e);

/* Command line, commands, settings and keys, as --help and `help` print them. */
bool output_help(const char *path, Error *e);

#endif
