/* outputs.h - what leaves the program as files: samples, fields, scores, reports, lists. Needs no OpenGL.
 *
 * Everything is made whole in memory first, then written whole or not at all.
 */
#ifndef APP_OUTPUTS_H
#define APP_OUTPUTS_H

#include "app/evidence.h"

/* Carries out any output but a figure. False with one line. */
bool output_write(const Evidence *ev, const Output *output, Error *e);

#endif
