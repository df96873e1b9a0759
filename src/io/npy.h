/* npy.h - arrays as NumPy's .npy files (NEP 1, numpy.lib.format). Pure functions on memory: any thread. */
#ifndef IO_NPY_H
#define IO_NPY_H

#include "io/bytes.h"
#include "io/error.h"

#include <stdint.h>

/* Appends an array of 32-bit floats in C order, format version 1.0. shape [dimensions], at most 8 of them; values has
 * their product of elements. */
void npy_append(Bytes *b, const float *values, const size_t *shape, size_t dimensions);

/* Reads points from an array of shape (N, 2), N >= 1: any real number type up to 64 bits or bool, either byte order, C
 * or Fortran order, versions 1 to 3. name is for messages. On success *points [n][2] is the caller's to free; on
 * failure it is NULL and e says what was expected and what was found. Numbers that are not finite as 32-bit floats are
 * refused with their row, counted from 0. */
bool npy_read_points(const char *name, const unsigned char *bytes, size_t size, float **points, size_t *n, Error *e);

/* An array of shape (N, 2) or (N, 3), N >= 1, of any of these number types and layouts, read where it lies: nothing is
 * allocated, and the bytes must outlive it. */
typedef struct NpyTable {
    size_t rows, columns;
    const unsigned char *data;
    size_t row_stride, column_stride, number_size; /* bytes */
    bool big_endian;
    double (*decode)(uint64_t bits);
} NpyTable;

/* False with a line when the bytes are no such array, or fewer than its header says. */
bool npy_open_table(NpyTable *t, const char *name, const unsigned char *bytes, size_t size, Error *e);

/* The number in a row and column of an open table, as it is: perhaps not finite. */
double npy_number(const NpyTable *t, size_t row, size_t column);

#endif
