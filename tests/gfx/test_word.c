/* Words as densities, in the program's own face and in whatever is installed. */
#include "gfx/script_runs.h"
#include "gfx/word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct Shares {
    double left, bottom; /* of the mass */
    double mass;         /* mean level, 0 .. 1 */
} Shares;

static Shares shares_of(const Raster *r)
{
    Shares s = {0};
    double sum = 0;
    for (size_t i = 0; i < r->rows * r->columns; i++) {
        sum += r->level[i];
        s.left += i % r->columns < r->columns / 2 ? r->level[i] : 0;
        s.bottom += i / r->columns < r->rows / 2 ? r->level[i] : 0;
    }
    return (Shares){s.left / sum, s.bottom / sum, sum / 255 / (double)(r->rows * r->columns)};
}

static Raster *set(const char *text, const char *face)
{
    Words w = {0};
    Error e = {""};
    Raster *r = NULL;
    if (!words_set(&w, text, face, &r, &e))
        fail_msg("%s", e.text);
    words_free(&w);
    assert_non_null(r);
    return r;
}

static Shares shares(const char *text)
{
    Raster *r = set(text, "");
    Shares s = shares_of(r);
    bulk_drop(&r->bulk);
    return s;
}

static void stands_upright(void **state)
{
    (void)state;
    Shares l = shares("L"), gamma = shares("\u0393");
    assert_true(l.left > 0.55 && l.bottom > 0.55);
    assert_true(gamma.left > 0.55 && gamma.bottom < 0.45);
    assert_true(shares("J").left < 0.45);
}

static void fills_the_grid(void **state)
{
    (void)state;
    static const char *const text[] = {"I", "a", "score", "one line that is rather long, and goes on", "a\nb\nc"};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        Raster *r = set(text[i], "");
        size_t longer = r->rows > r->columns ? r->rows : r->columns;
        Shares s = shares_of(r);
        assert_in_range(longer, WORD_CELLS - 1, WORD_CELLS);
        assert_true(s.mass > 0.05 && s.mass <= 1);
        assert_string_equal(r->text, text[i]);
        bulk_drop(&r->bulk);
    }
}

/* A bar is a rectangle, which the grid is cropped to. */
static void covers_what_ink_covers(void **state)
{
    (void)state;
    assert_true(shares("I").mass > 0.93);
}

static bool has_shades(const Raster *r)
{
    size_t between = 0;
    for (size_t i = 0; i < r->rows * r->columns; i++)
        between += r->level[i] > 16 && r->level[i] < 239;
    return between > r->rows + r->columns;
}

static void edges_are_soft(void **state)
{
    (void)state;
    Raster *r = set("o", "");
    assert_true(has_shades(r));
    bulk_drop(&r->bulk);
}

static void lines_stand_one_below_the_other(void **state)
{
    (void)state;
    assert_true(shares("MMM\n.").bottom < 0.2);
    assert_true(shares(".\nMMM").bottom > 0.8);
}

static void is_refused(const char *text, const char *face, const char *why)
{
    Words w = {0};
    Error e = {""};
    Raster *r = NULL;
    assert_false(words_set(&w, text, face, &r, &e));
    assert_null(r);
    if (!strstr(e.text, why))
        fail_msg("\"%s\" does not say \"%s\"", e.text, why);
    words_free(&w);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    char longest[BULK_TEXT + 1];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    is_refused("", "", "expected a word");
    is_refused(" \n\t\u00a0\u200b", "", "nothing but blanks");
    is_refused("a\xff", "", "0xff at byte 1");
    is_refused(longest, "", "at most 255 bytes");
    is_refused("1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1\n2\n3\n4\n5\n6\n7", "", "16 lines");
    is_refused("a", "No Such Face", "No Such Face");
    is_refused("a\U000f1234", "", "\U000f1234");
    is_refused("\u2207", "", "\u2207");
}

static void every_listed_face_opens(void **state)
{
    (void)state;
    Words w = {0};
    Error e = {""};
    const Faces *f = words_faces(&w, &e);
    assert_non_null(f);
    assert_true(f->count > 5); /* those that the program itself is built with are installed */
    assert_null(f->face[0].file);
    for (size_t i = 2; i < f->count; i++)
        assert_true(strcasecmp(f->face[i - 1].name, f->face[i].name) < 0);
    assert_non_null(faces_find(f, "dejavu sans", &e));
    assert_ptr_equal(faces_find(f, "", &e), &f->face[0]);
    words_free(&w);
}

static void faces_differ(void **state)
{
    (void)state;
    Raster *own = set("score", ""), *other = set("score", "DejaVu Sans");
    assert_true(own->rows != other->rows || own->columns != other->columns ||
                memcmp(own->level, other->level, own->rows * own->columns) != 0);
    assert_string_equal(other->face, "DejaVu Sans");
    bulk_drop(&own->bulk);
    bulk_drop(&other->bulk);
}

/* Letters of Arabic join: alone they are wider than the word. */
static void letters_join_from_the_right(void **state)
{
    (void)state;
    Raster *joined = set("\u0628\u0628\u0628\u0627", "DejaVu Sans"),
           *apart = set("\u0628 \u0628 \u0628 \u0627", "DejaVu Sans");
    double wide = (double)joined->columns / (double)joined->rows, wider = (double)apart->columns / (double)apart->rows;
    assert_true(wide < 0.6 * wider);
    bulk_drop(&joined->bulk);
    bulk_drop(&apart->bulk);
    Raster *r = set("\u0627\u0628\u0628\u0628\u0628", "DejaVu Sans"); /* alef, a high bar, comes first: at the right */
    size_t high = (r->rows - 1) * r->columns, ink_left = 0, ink_right = 0;
    for (size_t c = 0; c < r->columns; c++)
        *(c < r->columns / 2 ? &ink_left : &ink_right) += r->level[high - 8 * r->columns + c];
    assert_true(ink_right > 0 && ink_left == 0);
    bulk_drop(&r->bulk);
}

static void runs_are(const char *line, const char *expected)
{
    ScriptRun run[SCRIPT_RUN_CHARACTERS];
    char got[256] = "";
    size_t n = script_runs(line, strlen(line), run);
    for (size_t i = 0; i < n; i++) {
        size_t used = strlen(got);
        snprintf(got + used, sizeof got - used, "%s[%s%s %.*s]", i ? " " : "", run[i].script,
                 run[i].leftwards ? "<" : "", (int)run[i].bytes, line + run[i].first);
    }
    assert_string_equal(got, expected);
}

static void runs_follow_the_bidirectional_algorithm(void **state)
{
    (void)state;
    runs_are("", "");
    runs_are("one, 2", "[Latn one, 2]");
    runs_are("\u05d0\u05d1 \u05d2", "[Hebr< \u05d0\u05d1 \u05d2]");
    runs_are("a \u05d0 1 \u05d1 b", "[Latn a ] [Hebr<  \u05d1] [Latn 1] [Hebr< \u05d0 ] [Latn  b]");
}

static void marks_stay_with_their_letters(void **state)
{
    (void)state;
    runs_are("e\u0301\u03b1\u0301", "[Latn e\u0301] [Grek \u03b1\u0301]");
    runs_are("\u05d0 abc", "[Latn abc] [Hebr< \u05d0 ]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_upright),
        cmocka_unit_test(fills_the_grid),
        cmocka_unit_test(covers_what_ink_covers),
        cmocka_unit_test(edges_are_soft),
        cmocka_unit_test(lines_stand_one_below_the_other),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(every_listed_face_opens),
        cmocka_unit_test(faces_differ),
        cmocka_unit_test(letters_join_from_the_right),
        cmocka_unit_test(runs_follow_the_bidirectional_algorithm),
        cmocka_unit_test(marks_stay_with_their_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
