/* safetensors.h - named arrays and texts in one file, as safetensors has them (github.com/huggingface/safetensors).
 *
 *     u64 size of the header, little-endian | header | data
 *     {"__metadata__": {"key": "text"}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}
 *
 * Arrays are in C order and stand in the data one behind the other, without gaps. Pure functions on memory: any thread.
 */
#ifndef IO_SAFETENSORS_H
#define IO_SAFETENSORS_H

#include "io/bytes.h"
#include "io/error.h"

#include <stdint.h>

typedef enum TensorType {
    TENSOR_F32,
    TENSOR_F64,
    TENSOR_F16,
    TENSOR_BF16,
    TENSOR_I64,
    TENSOR_U64,
    TENSOR_I32,
    TENSOR_U32,
    TENSOR_I16,
    TENSOR_U16,
    TENSOR_I8,
    TENSOR_U8,
    TENSOR_BOOL,
    TENSOR_TYPES
} TensorType;

enum { TENSOR_DIMENSIONS = 8, TENSORS_MAX = 4096, TENSOR_HEADER_MAX = 1 << 20 };

typedef struct TensorShape {
    size_t dimensions, size[TENSOR_DIMENSIONS];
} TensorShape;

/* One that is being made: {0} is empty. Fails as Bytes does. */
typedef struct TensorWriter {
    const char *prefix; /* of all names and keys from now on; NULL for none */
    Bytes texts, arrays, data;
} TensorWriter;

void tensors_text(TensorWriter *w, const char *key, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Room for an array, which the caller fills in before anything else is added: zeros at first. NULL when memory is
 * short. */
void *tensors_add(TensorWriter *w, const char *name, TensorType type, TensorShape shape);
void tensors_copy(TensorWriter *w, const char *name, TensorType type, TensorShape shape, const void *values);
/* The whole file, appended to `out`; w is empty afterwards. */
void tensors_finish(TensorWriter *w, Bytes *out);

/* An array of a file, where it lies: not aligned. */
typedef struct Tensor {
    const char *name;
    TensorType type;
    TensorShape shape;
    const unsigned char *data;
    size_t bytes;
} Tensor;

/* A file in memory, which must outlive it. */
typedef struct Tensors {
    const char *file;   /* its name, for messages */
    const char *prefix; /* of all names and keys that are asked for; NULL for none */
    struct cJSON *header;
    Tensor *tensor; /* [count] */
    size_t count;
} Tensors;

/* Whether it looks like such a file at all. */
bool tensors_look_like(const unsigned char *bytes, size_t size);
/* False with one line when it is none, or a damaged one; tensors_close is legal either way. Takes memory for the header
 * alone, which has at most TENSOR_HEADER_MAX bytes. */
bool tensors_open(Tensors *t, const char *name, const unsigned char *bytes, size_t size, Error *e);
void tensors_close(Tensors *t);

/* Any array or text whose name begins with the prefix. */
bool tensors_any(const Tensors *t);
/* NULL when there is none. */
const char *tensors_find_text(const Tensors *t, const char *key);
const Tensor *tensors_find(const Tensors *t, const char *name);
/* The values of an array of this type and shape. False with one line when there is none of this name, or another. */
bool tensors_read(const Tensors *t, const char *name, TensorType type, TensorShape shape, void *values, Error *e);

#endif
