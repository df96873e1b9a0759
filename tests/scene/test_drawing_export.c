/* Points of a drawing as files, in the units they came in. */
#include "drawings.h"
#include "folder.h"
#include "io/file.h"
#include "io/npy.h"
#include "scene/drawing_export.h"

#include <stdio.h>

#define CSV "drawing.csv"
#define NPY "drawing.npy"

static unsigned char *exported(const Drawing *d, const DrawingExport *what, const char *path, size_t *size)
{
    unsigned char *bytes;
    Error e;
    if (!drawing_export(d, what, path, &e) || !file_read_whole(path, 1 << 20, &bytes, size, &e))
        fail_msg("%s", e.text);
    return bytes;
}

/* Wherever the part was moved. */
static void points_of_a_file_go_out_as_they_came(void **state)
{
    Drawing d = {0};
    size_t size, n;
    float *points;
    Error e;
    (void)state;
    add(&d, placed(from_file(four_points, NULL, 4), 0.3, 0.2, 2, 1));
    unsigned char *bytes = exported(&d, &(DrawingExport){0}, NPY, &size);
    assert_true(npy_read_points(NPY, bytes, size, &points, &n, &e));
    assert_int_equal(n, 4);
    for (size_t i = 0; i < 8; i++)
        assert_near(points[i], four_points[i], 2e-5);
    free(points);
    free(bytes);
    drawing_free(&d);
}

/* Axes can tell a file's units only where they are the same for all that is seen, and not turned. */
static void units_are_told_of_a_file_alone(void **state)
{
    Drawing d = {0};
    Units u, own;
    (void)state;
    assert_false(drawing_units(&d, &u));
    add(&d, placed(from_file(four_points, NULL, 4), 0.3, 0.2, 2, 0));
    own = d.part[0].points->units;
    assert_true(drawing_units(&d, &u));
    for (int axis = 0; axis < 2; axis++) {
        double local[2] = {0.5, -0.25}, plane[2];
        part_to_plane(&d.part[0], local, plane);
        assert_near(u.origin[axis] + u.scale * plane[axis], own.origin[axis] + own.scale * local[axis], 1e-9);
    }
    d.part[0].angle = 0.1;
    assert_false(drawing_units(&d, &u));
    d.part[0].angle = 0;
    stamp(&d, 0.5, 0.25, 1, 0);
    assert_false(drawing_units(&d, &u));
    d.part[1].weight = 0; /* a picture to trace, say */
    assert_true(drawing_units(&d, &u));
    d.part[0].shown = false;
    assert_false(drawing_units(&d, &u));
    drawing_free(&d);
}

static void weights_are_a_third_column(void **state)
{
    Drawing d = {0};
    size_t size;
    double x, y, w;
    int read = 0;
    (void)state;
    add(&d, from_file(four_points, four_weights, 4));
    size_t by_hand = stamp(&d, 0.5, 0.25, 1, 0);
    d.part[by_hand].place[0] = 0.125;
    unsigned char *bytes = exported(&d, &(DrawingExport){0}, CSV, &size);
    const char *line = (const char *)bytes;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(sscanf(line, "%lf,%lf,%lf\n%n", &x, &y, &w, &read), 3);
        assert_near(x, i < 4 ? (double)four_points[2 * i] : 0.625, 2e-5);
        assert_near(y, i < 4 ? (double)four_points[2 * i + 1] : 0.25, 2e-5);
        assert_near(w, i < 4 ? (double)four_weights[i] : 1, 0);
        line += read;
    }
    assert_int_equal(*line, 0);
    free(bytes);
    drawing_free(&d);
}

/* Mean and std of the samples are those of the file's points, though the part was moved, scaled and turned. */
static void samples_go_out_in_the_units_of_the_file(void **state)
{
    enum { MANY = 20000 };
    Drawing d = {0};
    size_t size, n;
    float *points;
    double mean[2] = {0}, square[2] = {0};
    Error e;
    (void)state;
    add(&d, placed(from_file(four_points, NULL, 4), 0.3, 0.2, 2, 1));
    unsigned char *bytes = exported(&d, &(DrawingExport){.samples = MANY, .seed = 5}, NPY, &size);
    assert_true(npy_read_points(NPY, bytes, size, &points, &n, &e));
    assert_int_equal(n, MANY);
    for (size_t i = 0; i < 2 * MANY; i++)
        mean[i % 2] += (double)points[i] / MANY;
    for (size_t i = 0; i < 2 * MANY; i++)
        square[i % 2] += pow((double)points[i] - mean[i % 2], 2) / MANY;
    assert_near(mean[0], 11, 0.05);
    assert_near(mean[1], 102, 0.05);
    assert_near(square[0], 1, 0.02);
    assert_near(square[1], 4, 0.04);
    free(points);
    free(bytes);
    drawing_free(&d);
}

static void without_a_file_the_plane_is_the_unit(void **state)
{
    Drawing d = {0};
    float x[] = {1, 2};
    (void)state;
    stamp(&d, 0, 0, 1, 0);
    assert_false(drawing_to_original(&d, x, 1));
    assert_near(x[0], 1, 0);
    drawing_free(&d);
}

static void assert_refused(const Drawing *d, const DrawingExport *what, const char *path, const char *why)
{
    Error e;
    assert_false(drawing_export(d, what, path, &e));
    if (!strstr(e.text, why))
        fail_msg("%s", e.text);
}

static void what_cannot_go_out_is_said(void **state)
{
    Drawing d = {0};
    (void)state;
    assert_refused(&d, &(DrawingExport){.samples = 3}, CSV, "empty");
    add_gaussian(&d, 0, 0, 0.1);
    assert_refused(&d, &(DrawingExport){0}, CSV, "no points");
    assert_refused(&d, &(DrawingExport){.samples = 3}, "points.txt", ".csv or .npy");
    assert_refused(&d, &(DrawingExport){.samples = 3}, ".csv", ".csv or .npy");
    assert_refused(&d, &(DrawingExport){.samples = SIZE_MAX / 4}, CSV, "memory");
    assert_refused(&d, &(DrawingExport){.samples = 3}, "/no/such/folder/x.csv", "/no/such/folder");
    drawing_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_of_a_file_go_out_as_they_came),
        cmocka_unit_test(units_are_told_of_a_file_alone),
        cmocka_unit_test(weights_are_a_third_column),
        cmocka_unit_test(samples_go_out_in_the_units_of_the_file),
        cmocka_unit_test(without_a_file_the_plane_is_the_unit),
        cmocka_unit_test(what_cannot_go_out_is_said),
    };
    return cmocka_run_group_tests(tests, folder_enter, folder_leave);
}
