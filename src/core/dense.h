/* dense.h - the kernels of fully connected layers: matrix products, a narrow output, and their gradients.
 *
 * Matrices are row-major: activations [n][width], weights [in][out]. The products are OpenBLAS's sgemm, and this is the
 * only file that knows it; everything elementwise is one fused pass of vector code. No state: any thread may call
 * anything here, but buffers named differently in one call must not overlap.
 */
#ifndef CORE_DENSE_H
#define CORE_DENSE_H

#include <stdbool.h>
#include <stddef.h>

enum { DENSE_OUTPUTS = 2 }; /* columns of the output layer: a vector in the plane */

typedef struct Dense {
    size_t in, out;
    const float *weight; /* [in][out] */
    const float *bias;   /* [out] */
} Dense;

typedef struct DenseGradient {
    float *weight; /* [in][out] */
    float *bias;   /* [out] */
} DenseGradient;

/* False when the OpenBLAS that was loaded is not the one with threads, and so not for several callers at once: the
 * serial one's products are wrong then, without a word. Its own threads are never used. */
bool dense_may_be_shared(void);

/* y [n][out] = x [n][in] W. */
void dense_multiply(const Dense *d, const float *x, size_t n, float *y);
/* dx [n][in] = dy [n][out] W^T. */
void dense_multiply_transposed(const Dense *d, const float *dy, size_t n, float *dx);
/* dW [in][out] += x^T dy. */
void dense_accumulate(const Dense *d, const float *x, const float *dy, size_t n, float *dw);

/* dy [n][width] *= derivative [n][width]; its column sums are added to dbias [width]. */
void dense_activate_backward(const float *derivative, size_t n, size_t width, float *dy, float *dbias);

/* The output layer y [n][2] = x [n][in] W^T + b with W [2][in], the other way round than above: too narrow for sgemm.
 */
void dense_output(const Dense *d, const float *x, size_t n, float *y);
/* dx [n][in] = dy W; gradients are added to g. */
void dense_output_backward(const Dense *d, const float *x, const float *dy, size_t n, float *dx, DenseGradient g);

/* What dense_multiply, _transposed and _accumulate compute, as three loops: the reference for tests.
 * c [rows][columns] += sum over inner of a(row, inner) b(inner, column), each matrix with its two strides. */
typedef struct DenseView {
    const float *at;
    size_t row, column; /* strides, floats */
} DenseView;
void dense_reference(DenseView a, DenseView b, size_t rows, size_t inner, size_t columns, float *c);

#endif
