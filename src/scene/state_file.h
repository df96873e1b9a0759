/* state_file.h - a state as one safetensors file (io/safetensors.h), and trained networks alone as such files.
 *
 * Arrays, where * is layers.L.weight [out][in] and layers.L.bias [out] as PyTorch's Linear has them:
 *
 *     ema.*                          the average: what is drawn, sampled and measured
 *     raw.*                          the weights that are trained
 *     adam.exp_avg.*, adam.exp_avg_sq.*, good.*, good_ema.*      Adam's moments; what a divergence falls back on
 *     statistics.history, rest.log_error
 *     particles.x .previous .memory .next .trail .trail_of       and second.* of a second sampler
 *     drawing                        bytes of a drawing's file (drawing_file.h)
 *
 * Texts: format, version, set.NAME for every setting but a person's, and every counter. Of a state in a lesson also
 * lesson and scene, and all of it but format and version once more behind "before.": what the lesson gives back when it
 * is left. Files of version 2 may lack that: then what was before the lesson is not known. A file of weights has ema.*
 * alone, with the shape, what it was learned of, the seed and the steps. Not in a file: the past of the learning and of
 * the run, so that going back begins where it was saved, and paths. Writing reads a complete state; any thread.
 */
#ifndef SCENE_STATE_FILE_H
#define SCENE_STATE_FILE_H

#include "io/bytes.h"
#include "io/error.h"
#include "scene/state.h"

typedef enum StateFile { STATE_FILE_WHOLE, STATE_FILE_WEIGHTS } StateFile;

enum { STATE_LARGEST_FILE = 1 << 30 }; /* bytes that are read */

/* The bytes of a file. */
void state_append(Bytes *b, const State *s, StateFile what);
/* Written whole or not at all (io/file.h). */
bool state_save(const State *s, StateFile what, const char *path, Error *e);

/* Reads a whole state; the caller holds it, and session_resume says what it studies. NULL with one line that says where
 * in the file, what was expected and what was found. Takes memory only for what the bytes hold, but for some MB. */
State *state_read(const char *name, const unsigned char *bytes, size_t size, Error *e);

/* Reads the network of either kind of file: a state with a learner alone, under settings that differ from `s` in the
 * shape of the network. *row: of the target that it learned, target_count() where that is a drawing. */
State *state_read_weights(const char *name, const unsigned char *bytes, size_t size, const Settings *s, size_t *row,
                          Error *e);

#endif
