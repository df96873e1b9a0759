/* Lessons as texts: what they are made of, what is wrong with them and where, and with what their scenes begin. */
#include "scene/lesson.h"

#include "catalogue.h"
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Lesson *parse(const char *text, Error *e)
{
    return lesson_parse("talk.lesson", text, strlen(text), &catalogue, NULL, e);
}

static Lesson *lesson_of(const char *text)
{
    Error e = {0};
    Lesson *l = parse(text, &e);
    if (!l)
        fail_msg("%s", e.text);
    if (l->problems > 0)
        fail_msg("%s", l->problem[0].text);
    return l;
}

static void scenes_have_their_commands(void **state)
{
    (void)state;
    Lesson *l = lesson_of("# Hills and \u03c3\nset seed 3\n\nscene \"One\" # first\n  say \"a; b\"; set loop off\n"
                          "scene \"\u00dcber\" keep\nplay");
    assert_string_equal(l->title, "Hills and \u03c3");
    assert_int_equal(l->scenes, 2);
    assert_int_equal(l->commands, 4);
    assert_string_equal(l->scene[0].title, "One");
    assert_string_equal(l->scene[1].title, "\u00dcber");
    assert_false(l->scene[0].keep);
    assert_true(l->scene[1].keep);
    assert_int_equal(l->scene[0].from, 1);
    assert_int_equal(l->scene[0].to, 3);
    assert_int_equal(l->scene[1].to, 4);
    assert_int_equal(l->command[1].line, 5);
    assert_int_equal(l->command[1].column, 3);
    assert_int_equal(l->command[2].column, 15);
    lesson_free(l);
}

/* The first problem, or why it is no lesson at all. */
static void refuse(const char *text, const char *told)
{
    Error e = {0};
    Lesson *l = parse(text, &e);
    if (l && l->problems == 0)
        fail_msg("\"%s\" should be told: %s", text, told);
    const char *is = l ? l->problem[0].text : e.text;
    if (strncmp(is, told, strlen(told)) != 0)
        fail_msg("\"%s\" should begin with \"%s\"", is, told);
    lesson_free(l);
}

static void backslashes_are_not_lost(void **state)
{
    (void)state;
    Lesson *l = lesson_of("scene \"A\"\nformula '\\nabla \\log p'\nformula \"\\\\nu\"");
    lesson_free(l);
    refuse("scene \"A\"\nformula \"\\log p\"", "talk.lesson:2:10: a lone backslash");
    refuse("scene \"A\"\nformula \"\\nabla p\"", "talk.lesson:2:1: \"formula  abla p\": a formula is one line");
}

/* A part of the window and a setting may have one name. */
static void settings_can_be_named_as_such(void **state)
{
    (void)state;
    Lesson *l = lesson_of("hide noise\nscene \"A\"\nscene \"B\"\nhide setting:noise\nshow noise\nscene \"C\"\n");
    assert_true(l->scene[0].hidden[PLACE_NOISE] && !l->scene[0].hidden[SET_NOISE]);
    assert_true(!l->scene[2].hidden[PLACE_NOISE] && l->scene[2].hidden[SET_NOISE]);
    lesson_free(l);
    refuse("scene \"A\"\nfocus setting:panels", "talk.lesson:2:1: \"focus setting:panels\": there is no control");
    refuse("scene \"A\"\nfocus setting:top", "talk.lesson:2:1: \"focus setting:top\": there is no control");
}

static void problems_have_places(void **state)
{
    (void)state;
    refuse("scene \"A\"\n  trian 5", "talk.lesson:2:3: \"trian 5\": there is no such command; did you mean train?");
    refuse("scene \"A\"\nset lop on",
           "talk.lesson:2:1: \"set lop on\": there is no setting \"lop\"; did you mean loop?");
    refuse("scene \"A\"; set seed", "talk.lesson:1:12: \"set seed\": it is used as: set NAME VALUE");
    refuse("scene \"A\"\nsay \"\u00fc\u00fc\"; set sigma x", "talk.lesson:2:11: \"set sigma x\": sigma takes a number");
    refuse("scene \"A\"\nsay \"open\nset loop off\n", "talk.lesson:2:5: a quote that doesn't end at \"\"open\"");
    refuse("scene \"A\"\na b c d e f g h i", "talk.lesson:2:17: a command has at most 8 words");
    refuse("scene \"A\" kept", "talk.lesson:1:1: \"scene A kept\": behind its title a scene takes keep or nothing");
    refuse("scene \"A\"\nopen \"no such file.csv\"",
           "talk.lesson:2:1: \"open no such file.csv\": no such file.csv: cannot");
    refuse("scene \"A\"\nhide sgima",
           "talk.lesson:2:1: \"hide sgima\": there is no control or layer \"sgima\"; did you");
    refuse("say \"early\"\nscene \"A\"", "talk.lesson:1:1: \"say early\": expected scene \"TITLE\" before it");
    refuse("scene \"A\"\nquit", "talk.lesson:2:1: \"quit\": is for hands");
    refuse("scene \"A\"\nfigure x.png", "talk.lesson:2:1: \"figure x.png\": is for hands");
    refuse("scene \"A\"\n ask \"\"", "talk.lesson:2:2: \"ask \": expected a question, got \"\"");
    refuse("scene \"A\"\nask \" \"", "talk.lesson:2:1: \"ask  \": expected a question, got \" \"");
    refuse("scene \"A\"\nlesson 1", "talk.lesson:2:1: \"lesson 1\": is for hands");
    refuse("set loop off\n\n", "talk.lesson:3:1: expected at least one scene \"TITLE\"");
    refuse("", "talk.lesson:1:1: expected at least one scene \"TITLE\"");
    refuse("scene \"A\"\n say \"\xff\"", "talk.lesson:2:7: expected text in UTF-8");
    refuse("scene \"A\"\n say \"\xed\xa0\x80\"", "talk.lesson:2:7: expected text in UTF-8"); /* a surrogate */
    lesson_free(lesson_of("scene \"A\"; say \"\ufffd\""));
}

static void titles_are_cut_in_whole_letters(void **state)
{
    (void)state;
    enum { LETTERS = 300 };
    char text[2 * LETTERS + 40], *at = text + sprintf(text, "#  ");
    for (size_t i = 0; i < LETTERS; i++)
        at += sprintf(at, "\u00fc");
    strcpy(at, "\nscene \"A\"");
    Lesson *l = lesson_of(text);
    assert_int_equal(strlen(l->title), LECTURE_TEXT - 2);
    lesson_free(l);
    l = lesson_of("#  \nscene \"A\"");
    assert_string_equal(l->title, "talk");
    lesson_free(l);
    sprintf(text, "scene \"%0*d\"", LECTURE_TEXT, 0);
    refuse(text, "talk.lesson:1:1: \"scene 0");
}

static void waits_are_seconds_steps_or_the_end_of_play(void **state)
{
    (void)state;
    lesson_free(lesson_of("scene \"A\"; wait 2s; wait 0.5; wait 600s; wait train 2000; wait anneal"));
    refuse("scene \"A\"; wait 601s", "talk.lesson:1:12: \"wait 601s\": expected from 0s to 600s, train N or anneal");
    refuse("scene \"A\"; wait -1s", "talk.lesson:1:12: \"wait -1s\": expected from 0s");
    refuse("scene \"A\"; wait nan", "talk.lesson:1:12: \"wait nan\": expected from 0s");
    refuse("scene \"A\"; wait 2m", "talk.lesson:1:12: \"wait 2m\": expected from 0s");
    refuse("scene \"A\"; wait train", "talk.lesson:1:12: \"wait train\": it is used as: wait SECONDSs, wait train N");
    refuse("scene \"A\"; wait train x", "talk.lesson:1:12: \"wait train x\": expected a whole number");
    refuse("scene \"A\"; wait anneal 3", "talk.lesson:1:12: \"wait anneal 3\": it is used as");
    refuse("scene \"A\"; pause; wait anneal", "talk.lesson:1:19: \"wait anneal\": nothing plays: first play");
    refuse("scene \"A\"; set training off; wait train 5", "talk.lesson:1:30: \"wait train 5\": training is off");
}

static void expectations_are_met_or_told(void **state)
{
    (void)state;
    lesson_free(
        lesson_of("scene \"A\"; set sigma 0.3; expect sigma 0.3; expect sigma .3; set loop no; expect loop off"));
    refuse("scene \"A\"\nexpect loop off", "talk.lesson:2:1: \"expect loop off\": loop is on, expected off");
    refuse("scene \"A\"\nset sigma 0.3\nexpect sigma 0.31",
           "talk.lesson:3:1: \"expect sigma 0.31\": sigma is 0.3, exp");
    refuse("scene \"A\"\nset loop off; wait anneal\nexpect playing on",
           "talk.lesson:3:1: \"expect playing on\": playing");
}

/* A lesson with a problem can be given all the same, without what is wrong. */
static void all_problems_are_told_in_turn(void **state)
{
    (void)state;
    Error e;
    Lesson *l = parse("scene \"A\"\nfoo\nset seed 7\nset seed x\nscene \"B\"\nbar \"", &e);
    assert_non_null(l);
    assert_int_equal(l->scenes, 2);
    assert_int_equal(l->problems, 3);
    assert_int_equal(l->commands, 2);
    assert_near(l->scene[1].entry.value[SET_SEED], 7, 0);
    lesson_free(l);
}

static void scenes_begin_with_what_the_lesson_gave_up_to_there(void **state)
{
    (void)state;
    Lesson *l = lesson_of(
        "set target moons; hide top\nscene \"A\"\nset steps 7; hide panel; pause; set sigma 0.2\n"
        "scene \"B\"\nset steps 8; show top; play; set loop off; wait anneal\nscene \"C\"\nset loop on; play\n"
        "scene \"D\"\nset target 8gaussians");
    const LessonScene *s = l->scene;
    double min, max;
    target_sigma_range(settings_index(&s->entry, SET_TARGET), &min, &max);
    assert_string_equal(target_info(settings_index(&s[0].entry, SET_TARGET))->name, "moons");
    assert_near(s[0].entry.value[SET_STEPS], setting_info(SET_STEPS)->fallback, 0);
    assert_near(s[0].entry.value[SET_SIGMA], max, 1e-9 * max); /* it plays: from the noise */
    assert_near(s[1].entry.value[SET_STEPS], 7, 0);
    assert_near(s[1].entry.value[SET_SIGMA], 0.2, 0);
    assert_near(s[2].entry.value[SET_STEPS], 8, 0);
    assert_false(settings_on(&s[2].entry, SET_PLAYING)); /* it came to its end */
    assert_near(s[2].entry.value[SET_SIGMA], min, 1e-9 * max);
    assert_true(settings_on(&s[3].entry, SET_PLAYING));
    assert_true(s[0].hidden[PLACE_TOP] && !s[0].hidden[PLACE_PANEL]);
    assert_true(s[1].hidden[PLACE_TOP] && s[1].hidden[PLACE_PANEL]);
    assert_true(!s[2].hidden[PLACE_TOP] && s[2].hidden[PLACE_PANEL]);
    lesson_free(l);
}

static void scenes_begin_with_their_drawings(void **state)
{
    (void)state;
    Error e;
    Lesson *l = lesson_load(SOURCE_FOLDER "/tests/scene/lessons/02-drawing.lesson", &catalogue, NULL, &e);
    assert_non_null(l);
    assert_int_equal(l->problems, 0);
    assert_int_equal(l->scene[0].drawing.count, 0);
    assert_int_equal(l->scene[1].drawing.count, 1);
    assert_int_equal(l->scene[1].drawing.part[0].gaussians->count, 2);
    assert_int_equal(l->scene[2].drawing.part[0].gaussians->count, 3);
    assert_int_equal(l->scene[2].drawn, l->scene[3].drawn);
    assert_int_not_equal(l->scene[1].drawn, l->scene[2].drawn);
    assert_true(l->scene[2].entry.drawing_std > 0);
    assert_near(l->scene[2].entry.value[SET_SIGMA], 0.25, 1e-12);
    assert_false(settings_on(&l->scene[3].entry, SET_PLAYING));
    lesson_free(l);
}

/* Nobody else's drawing is touched, and no file is written. */
static void a_rehearsal_changes_nothing(void **state)
{
    (void)state;
    Settings drawn = settings_defaults();
    drawn.value[SET_TARGET] = (double)target_count();
    Subject *before = catalogue_subject(&catalogue, &drawn);
    lesson_free(lesson_of("scene \"A\"; set draw on; gaussian add 0 0; train 5; tick 9; anneal"));
    Subject *after = catalogue_subject(&catalogue, &drawn);
    assert_ptr_equal(before, after);
    subject_release(before);
    subject_release(after);
    refuse("scene \"A\"\nsave drawing /nowhere", "talk.lesson:2:1: \"save drawing /nowhere\": is for hands");
    refuse("scene \"A\"\nexport points x.csv", "talk.lesson:2:1: \"export points x.csv\": is for hands");
}

static void files_that_are_none_are_told(void **state)
{
    (void)state;
    Error e;
    assert_null(lesson_load("no/such.lesson", &catalogue, NULL, &e));
    assert_non_null(strstr(e.text, "no/such.lesson"));
    assert_null(lesson_load("/", &catalogue, NULL, &e));
    assert_null(lesson_load("nosuch", &catalogue, NULL, &e));
    assert_non_null(strstr(e.text, "nosuch"));
}

/* Any letters will do. */
static bool set_word(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    (void)context;
    (void)text;
    (void)face;
    (void)e;
    const float level[6] = {1, 0, 1, 0, 1, 0};
    *out = raster_of_levels(level, 2, 3);
    return *out;
}

static void shipped_lessons_are_without_problems(void **state)
{
    (void)state;
    const Host fonts = {.word = set_word};
    for (size_t i = 0; lesson_shipped(i); i++) {
        Error e = {0};
        char number[8];
        snprintf(number, sizeof number, "%zu", i + 1);
        Lesson *l = lesson_load(number, &catalogue, &fonts, &e);
        if (!l)
            fail_msg("%s", e.text);
        assert_string_equal(l->file, lesson_shipped(i));
        assert_true(l->title[0] && l->scenes >= 2);
        if (l->problems > 0)
            fail_msg("%s", l->problem[0].text);
        lesson_free(l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenes_have_their_commands),
        cmocka_unit_test(backslashes_are_not_lost),
        cmocka_unit_test(settings_can_be_named_as_such),
        cmocka_unit_test(problems_have_places),
        cmocka_unit_test(titles_are_cut_in_whole_letters),
        cmocka_unit_test(waits_are_seconds_steps_or_the_end_of_play),
        cmocka_unit_test(expectations_are_met_or_told),
        cmocka_unit_test(all_problems_are_told_in_turn),
        cmocka_unit_test(scenes_begin_with_what_the_lesson_gave_up_to_there),
        cmocka_unit_test(scenes_begin_with_their_drawings),
        cmocka_unit_test(a_rehearsal_changes_nothing),
        cmocka_unit_test(files_that_are_none_are_told),
        cmocka_unit_test(shipped_lessons_are_without_problems),
    };
    return cmocka_run_group_tests(tests, build_catalogue, free_catalogue);
}
