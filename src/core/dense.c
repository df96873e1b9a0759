#include "core/dense.h"

#include "core/vector.h"

#include <cblas.h>

enum {
    LANES = 16
}; /* partial sums of a dot product: without -ffast-math the compiler keeps the order that is written */

/* Before main, whosever that is: at these sizes OpenBLAS's own threads lose, and the last digits depend on them. */
__attribute__((constructor)) static void keep_to_callers(void)
{
    openblas_set_num_threads(1);
}

bool dense_may_be_shared(void)
{
    return openblas_get_parallel() == OPENBLAS_THREAD;
}

void dense_multiply(const Dense *d, const float *x, size_t n, float *y)
{
    blasint in = (blasint)d->in, out = (blasint)d->out;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (blasint)n, out, in, 1.0f, x, in, d->weight, out, 0.0f, y,
                out);
}

void dense_multiply_transposed(const Dense *d, const float *dy, size_t n, float *dx)
{
    blasint in = (blasint)d->in, out = (blasint)d->out;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (blasint)n, in, out, 1.0f, dy, out, d->weight, out, 0.0f, dx,
                in);
}

void dense_accumulate(const Dense *d, const float *x, const float *dy, size_t n, float *dw)
{
    blasint in = (blasint)d->in, out = (blasint)d->out;
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, in, out, (blasint)n, 1.0f, x, in, dy, out, 1.0f, dw, out);
}

CORE_CLONES
void dense_activate_backward(const float *derivative, size_t n, size_t width, float *restrict dy, float *restrict dbias)
{
    for (size_t i = 0; i < n; i++) {
        const float *slope = derivative + i * width;
        float *restrict row = dy + i * width;
        for (size_t j = 0; j < width; j++) {
            row[j] *= slope[j];
            dbias[j] += row[j];
        }
    }
}

CORE_INLINE float dot(const float *a, const float *b, size_t n)
{
    float part[LANES] = {0}, sum = 0.0f;
    size_t j = 0;
    for (; j + LANES <= n; j += LANES)
        for (size_t l = 0; l < LANES; l++)
            part[l] += a[j + l] * b[j + l];
    for (; j < n; j++)
        sum += a[j] * b[j];
    for (size_t l = 0; l < LANES; l++)
        sum += part[l];
    return sum;
}

CORE_CLONES
void dense_output(const Dense *d, const float *x, size_t n, float *restrict y)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < DENSE_OUTPUTS; k++)
            y[i * DENSE_OUTPUTS + k] = dot(x + i * d->in, d->weight + k * d->in, d->in) + d->bias[k];
}

CORE_CLONES
void dense_output_backward(const Dense *d, const float *x, const float *dy, size_t n, float *restrict dx,
                           DenseGradient g)
{
    size_t in = d->in;
    const float *w0 = d->weight, *w1 = d->weight + in;
    float *restrict dw0 = g.weight, *restrict dw1 = g.weight + in;
    for (size_t i = 0; i < n; i++) {
        float a = dy[i * DENSE_OUTPUTS], b = dy[i * DENSE_OUTPUTS + 1];
        const float *value = x + i * in;
        float *restrict row = dx + i * in;
        for (size_t j = 0; j < in; j++) {
            row[j] = a * w0[j] + b * w1[j];
            dw0[j] += a * value[j];
            dw1[j] += b * value[j];
        }
        g.bias[0] += a;
        g.bias[1] += b;
    }
}

void dense_reference(DenseView a, DenseView b, size_t rows, size_t inner, size_t columns, float *c)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            double sum = 0.0;
            for (size_t k = 0; k < inner; k++)
                sum += (double)a.at[i * a.row + k * a.column] * (double)b.at[k * b.row + j * b.column];
            c[i * columns + j] += (float)sum;
        }
}
