/* near.h - cmocka's assertion for doubles, which 1.1.5 has not: fails unless |actual - expected| <= tolerance. */
#ifndef TESTS_NEAR_H
#define TESTS_NEAR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#define assert_near(actual, expected, tolerance)                                                                       \
    near_check((double)(actual), (double)(expected), (double)(tolerance), #actual, __FILE__, __LINE__)

static inline void near_check(double actual, double expected, double tolerance, const char *what, const char *file,
                              int line)
{
    if (fabs(actual - expected) <= tolerance)
        return;
    print_error("%s is %.9g, expected %.9g within %.3g\n", what, actual, expected, tolerance);
    _fail(file, line);
}

#endif
