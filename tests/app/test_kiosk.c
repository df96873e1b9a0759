/* Lessons that go by on their own. */
#include "app/kiosk.h"

#include "near.h"

#include <string.h>

static char text[512];

static const char *after(Kiosk *k, const Lecture *l, double now_s)
{
    return kiosk_command(k, l, false, now_s, text, sizeof text);
}

static void lessons_follow_one_another(void **state)
{
    (void)state;
    Options o = {.kiosk = true, .lesson = {"one", "a b"}, .lessons = 2};
    LessonScene scenes[2] = {{.title = "A"}, {.title = "B"}};
    Lesson lesson = {.name = (char[]){"one"}, .scene = scenes, .scenes = 2};
    Lecture none = {0}, given = {.lesson = &lesson, .caption = "fifteen letters"};
    Kiosk k = kiosk_of(&o);
    assert_string_equal(after(&k, &none, 100), "lesson \"one\" 1");
    assert_string_equal(after(&k, &given, 101), "");
    assert_string_equal(after(&k, &given, 105.9), ""); /* it is read */
    assert_string_equal(after(&k, &given, 106.1), "next");
    given.scene = 1;
    assert_string_equal(after(&k, &given, 107), "");
    assert_string_equal(after(&k, &given, 113), "lesson \"a b\" 1");
    given.scene = 1;
    assert_string_equal(after(&k, &given, 114), "");
    assert_string_equal(after(&k, &given, 120), "lesson \"one\" 1"); /* over and over */
}

static void questions_wait_a_little_longer(void **state)
{
    (void)state;
    Options o = {.kiosk = true};
    LessonScene scene = {.title = "A"};
    Lesson lesson = {.name = (char[]){"one"}, .scene = &scene, .scenes = 1};
    Lecture given = {.lesson = &lesson, .asking = true, .question = "Which way is up?"};
    Kiosk k = kiosk_of(&o);
    assert_string_equal(after(&k, &given, 10), "");
    assert_string_equal(after(&k, &given, 18), "");
    assert_string_equal(after(&k, &given, 18.2), "next"); /* reveals, also in the last scene */
}

static void a_hand_stops_them_for_a_minute(void **state)
{
    (void)state;
    Options o = {.kiosk = true};
    LessonScene scenes[3] = {{.title = "A"}, {.title = "B"}, {.title = "C"}};
    Lesson lesson = {.name = (char[]){"one"}, .scene = scenes, .scenes = 3};
    Lecture given = {.lesson = &lesson, .scene = 1};
    Kiosk k = kiosk_of(&o);
    assert_string_equal(after(&k, &given, 10), "");
    assert_string_equal(kiosk_command(&k, &given, true, 11, text, sizeof text), "");
    assert_string_equal(after(&k, &given, 60), "");
    assert_string_equal(kiosk_command(&k, &given, true, 61, text, sizeof text), "");
    assert_string_equal(after(&k, &given, 120), "");
    assert_string_equal(after(&k, &given, 121.5), "lesson \"one\" 2"); /* the scene that one is in */
    assert_string_equal(after(&k, &given, 122), "");
    assert_string_equal(after(&k, &given, 127), "next");
}

static void without_the_option_nothing_happens(void **state)
{
    (void)state;
    Options o = {0};
    Lecture none = {0};
    Kiosk k = kiosk_of(&o);
    assert_string_equal(after(&k, &none, 1e4), "");
}

static void what_cant_be_opened_is_not_tried_in_every_frame(void **state)
{
    (void)state;
    Options o = {.kiosk = true, .lesson = {"none"}, .lessons = 1};
    Lecture none = {0};
    Kiosk k = kiosk_of(&o);
    assert_string_equal(after(&k, &none, 1), "lesson \"none\" 1");
    assert_string_equal(after(&k, &none, 2), "");
    assert_string_equal(after(&k, &none, 7), "lesson \"none\" 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lessons_follow_one_another),
        cmocka_unit_test(questions_wait_a_little_longer),
        cmocka_unit_test(a_hand_stops_them_for_a_minute),
        cmocka_unit_test(without_the_option_nothing_happens),
        cmocka_unit_test(what_cant_be_opened_is_not_tried_in_every_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
