#include "scene/lecture_run.h"

#include "scene/command.h"
#include "scene/errand.h"
#include "scene/session_steps.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const part_name[] = {"top",     "panel",    "noise", "strip", "target",
                                        "network", "dynamics", "field", "layers"};

const char *lecture_place_name(size_t place)
{
    if (place < SETTING_COUNT)
        return setting_info((SettingId)place)->name;
    return place < LECTURE_PLACES ? part_name[place - SETTING_COUNT] : NULL;
}

/* Parts first: "target" and "field" are names of settings too, whose controls these parts are. */
size_t lecture_place_find(const char *name)
{
    static const char prefix[] = "setting:";
    if (strncmp(name, prefix, sizeof prefix - 1) == 0) {
        SettingId id = setting_find(name + sizeof prefix - 1);
        return id < SETTING_COUNT ? id : LECTURE_NOWHERE;
    }
    for (size_t i = SETTING_COUNT; i < LECTURE_PLACES; i++) {
        if (strcmp(part_name[i - SETTING_COUNT], name) == 0)
            return i;
    }
    SettingId id = setting_find(name);
    return id < SETTING_COUNT ? id : LECTURE_NOWHERE;
}

size_t lecture_scenes(const Lecture *l)
{
    return l->lesson ? l->lesson->scenes : 0;
}

const char *lecture_title(const Lecture *l)
{
    return l->lesson ? l->lesson->title : "";
}

const char *lecture_scene_title(const Lecture *l, size_t scene)
{
    return scene < lecture_scenes(l) ? l->lesson->scene[scene].title : "";
}

/* Scenes */

static const LessonScene *scene_of(const Lecture *l)
{
    return &l->run->lesson->scene[l->scene];
}

void lecture_clear_texts(Lecture *l)
{
    l->caption[0] = l->question[0] = l->note[0] = '\0';
    for (size_t i = 0; i < LECTURE_FORMULAS; i++)
        l->formula[i][0] = '\0';
    l->focus = LECTURE_NOWHERE;
    l->asking = false;
}

/* The desk is as the lesson left it, and what the scene begins with is on it. */
static bool is_placed(const Session *s, size_t scene)
{
    const LectureRun *run = s->lecture.run;
    const LessonScene *all = run->lesson->scene;
    bool through = scene == s->lecture.scene + 1 && run->command == all[s->lecture.scene].to;
    return run->placed && run->placed == s->desk.version + 1 && (through || run->placed_drawn == all[scene].drawn);
}

/* What hands are about to do with the desk is over. */
static void place_drawing(Session *s, size_t scene)
{
    LectureRun *run = s->lecture.run;
    const LessonScene *begins = &run->lesson->scene[scene];
    Drawing drawing = {0};
    Error why;
    desk_rest(&s->desk);
    if (!is_placed(s, scene)) {
        Desk desk = {.version = s->desk.version + (s->desk.version > 0)};
        if (begins->drawing.count > 0 &&
            !(drawing_copy(&drawing, &begins->drawing) && desk_replace(&desk, &drawing, "the lesson's drawing", &why)))
            lecture_note(s, "not enough memory for the scene's drawing");
        desk_free(&s->desk);
        s->desk = desk;
    }
    s->desk.chosen = 0;
    s->desk.loaded.kind = LOADED_NOTHING;
    desk_fit(&s->desk, settings_on(&begins->entry, SET_DRAW_FIT), NULL);
    s->drawing_seen = s->desk.version;
    s->drawing_steps = s->desk.steps;
    run->placed = s->desk.version + 1;
    run->placed_drawn = begins->drawn;
}

/* Sigma is within the range of the scene's drawing, also while another one is still studied. */
static void place_settings(Session *s, const LessonScene *scene)
{
    session_take_settings(s, &scene->entry);
    s->settings.value[SET_DRAW_WORD] = scene->entry.value[SET_DRAW_WORD];
    s->settings.drawing_std = scene->entry.drawing_std;
}

/* The workers begin the scene. */
static void begin(Session *s)
{
    LectureRun *run = s->lecture.run;
    double sigma = scene_of(&s->lecture)->entry.value[SET_SIGMA];
    run->entering = false;
    if (run->resumed)
        session_order(s, (Order){.kind = ORDER_RESUME, .state = run->resumed});
    else if (!run->keeps)
        session_order(s, (Order){.kind = ORDER_BEGIN, .x = sigma});
    else if (!settings_on(&s->settings, SET_PLAYING))
        session_order(s, (Order){.kind = ORDER_SIGMA, .x = sigma});
    if (!run->resumed)
        state_put(&run->entry[s->lecture.scene], session_capture(s));
    run->resumed = NULL;
}

/* What was composed of the scene's drawing when it was given first. */
static void know_drawing(Session *s, const State *state)
{
    if (settings_index(&state->settings, SET_TARGET) == target_count())
        session_take_drawn(s, state);
}

static void prepare(Session *s, size_t scene, bool keeps)
{
    Lecture *l = &s->lecture;
    LectureRun *run = l->run;
    Error why;
    session_call_off(s);
    session_order(s, (Order){.kind = ORDER_RELEASE});
    place_drawing(s, scene);
    l->scene = scene;
    l->begun++;
    l->version++;
    lecture_clear_texts(l);
    memcpy(l->hidden, scene_of(l)->hidden, sizeof l->hidden);
    run->command = scene_of(l)->from;
    run->wait.what = WAIT_NOTHING;
    run->paused = run->hurries = run->impatient = false;
    run->due_s = (double)NAN;
    run->keeps = keeps;
    place_settings(s, scene_of(l));
    session_forget_steps(s);
    session_clear_paths(s);
    if (run->resumed)
        know_drawing(s, run->resumed);
    if (!session_settle(s, &why))
        lecture_note(s, why.text);
    session_flush(s);
}

/* A scene whose drawing is no other begins at once, else when it is composed. */
static void enter(Session *s, size_t scene, bool keeps)
{
    prepare(s, scene, keeps);
    s->lecture.run->entering = lecture_awaits_drawing(s);
    if (!s->lecture.run->entering) {
        begin(s);
        lecture_run_on(s);
    }
}

/* The rest of the scene at once, also while its drawing is still composed. */
static void hurry(Session *s)
{
    if (s->lecture.run->entering)
        begin(s);
    lecture_hurry(s);
}

/* A scene that keeps needs what those before it left: they are gone through without their waits. */
static void jump(Session *s, size_t scene)
{
    LectureRun *run = s->lecture.run;
    const Lesson *lesson = run->lesson;
    size_t from = scene;
    run->resumed = run->entry[scene];
    while (!run->resumed && from > 0 && lesson->scene[from].keep)
        from--;
    for (; from < scene; from++) {
        prepare(s, from, lesson->scene[from].keep);
        run->entering = true;
        hurry(s);
    }
    enter(s, scene, lesson->scene[scene].keep);
}

/* The first thing that went wrong. */
static bool told(Session *s, Error *e)
{
    Error *problem = &s->lecture.run->problem;
    if (!problem->text[0])
        return true;
    error_set(e, "%s", problem->text);
    problem->text[0] = '\0';
    return false;
}

/* Lessons */

/* When the file of that name changed last; 0 where there is none. */
static struct timespec changed_last(const char *name)
{
    struct stat file;
    return stat(name, &file) == 0 ? file.st_mtim : (struct timespec){0};
}

static void forget_entries(LectureRun *run)
{
    for (size_t i = 0; i < LESSON_SCENES_MAX; i++)
        state_put(&run->entry[i], NULL);
}

/* changed: its file, before it was read. */
static void put_lesson(Session *s, Lesson *lesson, struct timespec changed)
{
    LectureRun *run = s->lecture.run;
    lesson_free(run->lesson);
    run->lesson = lesson;
    run->changed = changed;
    run->placed = 0;
    forget_entries(run);
    s->lecture.lesson = lesson;
    if (lesson->problems > 0)
        lecture_note(s, lesson->problem[0].text);
}

static bool begin_lecture(Session *s, Error *e)
{
    LectureRun *run = calloc(1, sizeof *run);
    LectureOutside *outside = run ? lecture_step_in(s) : NULL;
    if (!outside) {
        free(run);
        return error_set(e, "not enough memory for a lesson");
    }
    run->outside = outside;
    s->lecture.run = run;
    return true;
}

static bool give(Session *s, const char *name, size_t scene, Error *e)
{
    struct timespec changed = changed_last(name);
    Lesson *lesson = lesson_load(name, s->catalogue, &s->host, e);
    if (!lesson)
        return false;
    bool there = scene < lesson->scenes ||
                 error_set(e, "%s has %zu scenes, there is no number %zu", lesson->file, lesson->scenes, scene + 1);
    if (!there || (!s->lecture.run && !begin_lecture(s, e))) {
        lesson_free(lesson);
        return false;
    }
    put_lesson(s, lesson, changed);
    jump(s, scene);
    return true;
}

bool lecture_open(Session *s, const char *name, size_t scene, Error *e)
{
    return give(s, name, scene, e) && told(s, e);
}

static void let_go(Lecture *l)
{
    if (!l->run)
        return;
    forget_entries(l->run);
    lesson_free(l->run->lesson);
    lecture_outside_free(l->run->outside);
    free(l->run);
    *l = (Lecture){.focus = LECTURE_NOWHERE,
                   .spotlight = l->spotlight,
                   .locked = l->locked,
                   .version = l->version + 1,
                   .begun = l->begun + 1};
}

bool lecture_leave(Session *s, Error *e)
{
    Lecture *l = &s->lecture;
    if (!l->run)
        return error_set(e, "no lesson is given");
    session_order(s, (Order){.kind = ORDER_RELEASE});
    lecture_step_out(s, l->run->outside);
    snprintf(s->notice, sizeof s->notice, "The lesson is left. Type %slesson \"%.120s\" %zu to go on there",
             key_of("toggle prompt"), l->lesson->name, l->scene + 1);
    let_go(l);
    return session_settle(s, e);
}

void lecture_free(Session *s)
{
    let_go(&s->lecture);
}

/* Steps */

static bool is_given(const Session *s, Error *e)
{
    return s->lecture.run || error_set(e, "no lesson is given: lesson NAME begins one");
}

bool lecture_next(Session *s, Error *e)
{
    Lecture *l = &s->lecture;
    if (!is_given(s, e))
        return false;
    size_t next = l->scene + 1;
    bool keep = next < l->lesson->scenes && l->lesson->scene[next].keep;
    if (l->asking) {
        lecture_reveal(s);
        lecture_run_on(s);
    } else if (next < l->lesson->scenes) {
        if (keep)
            hurry(s);
        l->run->resumed = NULL;
        enter(s, next, keep);
    } else if (lecture_waits(l)) {
        hurry(s);
    } else {
        strcpy(s->notice, "The lesson ends here: Page Up goes back, Escape leaves it");
    }
    return told(s, e);
}

bool lecture_back(Session *s, Error *e)
{
    if (!is_given(s, e))
        return false;
    jump(s, s->lecture.scene > 0 ? s->lecture.scene - 1 : 0);
    return told(s, e);
}

/* A file that is written at this moment, or wrong, leaves the lesson as it is. */
static void reload(Session *s)
{
    LectureRun *run = s->lecture.run;
    Error why;
    Lesson *lesson = lesson_load(run->lesson->name, s->catalogue, &s->host, &why);
    if (!lesson) {
        lecture_note(s, why.text);
        return;
    }
    put_lesson(s, lesson, run->changed);
    jump(s, s->lecture.scene < lesson->scenes ? s->lecture.scene : lesson->scenes - 1);
}

static void follow_file(Session *s, double now_s)
{
    LectureRun *run = s->lecture.run;
    if (run->lesson->shipped || (now_s - run->watched_s < 1 && now_s >= run->watched_s))
        return;
    run->watched_s = now_s;
    struct timespec changed = changed_last(run->lesson->name);
    if (changed.tv_sec == 0 || (changed.tv_sec == run->changed.tv_sec && changed.tv_nsec == run->changed.tv_nsec))
        return;
    run->changed = changed;
    reload(s);
}

/* A drawing that can't be composed, as its maker has said, keeps nobody waiting. */
static void grow_impatient(LectureRun *run, bool awaits, double now_s)
{
    const double patience_s = 2;
    if (!awaits)
        run->due_s = (double)NAN;
    else if (isnan(run->due_s))
        run->due_s = now_s;
    run->impatient |= now_s - run->due_s > patience_s;
}

bool lecture_advance(Session *s, const LectureClock *now, Error *e)
{
    LectureRun *run = s->lecture.run;
    if (!run)
        return true;
    follow_file(s, now->now_s);
    grow_impatient(run, lecture_awaits_drawing(s), now->now_s);
    if (run->entering && !lecture_awaits_drawing(s))
        begin(s);
    lecture_follow_waits(s, now);
    lecture_run_on(s);
    return told(s, e);
}
