/* SDL's events as the program understands them: files that are dropped, text that is pasted into a field, keys held
 * with a click. */
#include "app/events.h"

#include "scene/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void drop(Events *ev, const Ui *ui, const char *path)
{
    SDL_Event e = {.drop = {.type = SDL_DROPFILE, .file = SDL_strdup(path)}};
    events_take(ev, &e, ui);
}

static void opens(const char **commands, const char *path)
{
    Command c;
    Error e = {""};
    if (!command_next(commands, &c, &e))
        fail_msg("%s", e.text);
    assert_int_equal(c.count, 2);
    assert_string_equal(c.word[0], "open");
    assert_string_equal(c.word[1], path);
}

static void dropped_files_are_opened(void **state)
{
    static const char *const path[] = {"/tmp/points.csv", "/tmp/two words; \"q\" # \\ \u70b9.npy", "/tmp/a\nb"};
    enum { PATHS = sizeof path / sizeof *path };
    (void)state;
    Ui ui = {0};
    Events ev = {.ratio = 1};
    for (size_t i = 0; i < PATHS; i++)
        drop(&ev, &ui, path[i]);
    bytes_append(&ev.dropped, "", 1);
    const char *commands = (const char *)ev.dropped.data;
    size_t lines = 0;
    for (const char *at = commands; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, PATHS); /* each is run by itself */
    for (size_t i = 0; i < PATHS; i++)
        opens(&commands, path[i]);
    events_spend(&ev);
    assert_int_equal(ev.dropped.size, 0);
    events_free(&ev);
}

static void hit_paste(Events *ev, const Ui *ui)
{
    SDL_Event e = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDLK_v, .mod = KMOD_LCTRL}}};
    events_take(ev, &e, ui);
}

/* The key is the table's until something is typed. */
static void paste_goes_where_one_types(void **state)
{
    (void)state;
    Ui ui = {0};
    Events ev = {.ratio = 1};
    assert_int_equal(SDL_SetClipboardText("w\u00f6rd\nand more"), 0);
    hit_paste(&ev, &ui);
    assert_int_equal(ev.keys, 1);
    assert_string_equal(ev.key[0], "Ctrl+V");
    assert_string_equal(ev.input.typed, "");
    events_spend(&ev);
    ui.editing = 1;
    hit_paste(&ev, &ui);
    assert_int_equal(ev.keys, 0);
    assert_string_equal(ev.input.typed, "w\u00f6rd");
    events_free(&ev);
}

/* What is typed is copied where one types, and all that is set elsewhere. */
static void copy_is_of_the_field_where_one_types(void **state)
{
    (void)state;
    Ui ui = {.edit = "typed"};
    Events ev = {.ratio = 1};
    SDL_Event e = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDLK_c, .mod = KMOD_LCTRL}}};
    events_take(&ev, &e, &ui);
    assert_int_equal(ev.keys, 1);
    assert_string_equal(ev.key[0], "Ctrl+C");
    events_spend(&ev);
    ui.editing = 1;
    events_take(&ev, &e, &ui);
    assert_int_equal(ev.keys, 0);
    char *copied = SDL_GetClipboardText();
    assert_string_equal(copied, "typed");
    SDL_free(copied);
    events_free(&ev);
}

static void what_is_too_long_is_cut_between_letters(void **state)
{
    char text[2 * EDIT_SIZE + 1] = "";
    (void)state;
    Ui ui = {.editing = 1};
    Events ev = {.ratio = 1};
    for (size_t i = 0; i < 2 * EDIT_SIZE; i += 2)
        memcpy(text + i, "\u00f6", 3);
    SDL_SetClipboardText(text);
    hit_paste(&ev, &ui);
    size_t n = strlen(ev.input.typed);
    assert_in_range(n, sizeof ev.input.typed - 3, sizeof ev.input.typed - 1);
    assert_int_equal(n % 2, 0);
    hit_paste(&ev, &ui); /* no room is left */
    assert_int_equal(strlen(ev.input.typed), n);
    events_free(&ev);
}

static void take(Events *ev, SDL_Event e)
{
    Ui ui = {0};
    events_take(ev, &e, &ui);
}

static SDL_Event ctrl_key(bool down)
{
    Uint16 modifiers = down ? KMOD_LCTRL : KMOD_NONE;
    return (SDL_Event){
        .key = {.type = down ? SDL_KEYDOWN : SDL_KEYUP, .keysym = {.sym = SDLK_LCTRL, .mod = modifiers}}};
}

static SDL_Event left_button(bool down)
{
    return (SDL_Event){
        .button = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP, .button = SDL_BUTTON_LEFT, .clicks = 1}};
}

/* All of it is over before the frame is. */
static void a_click_has_the_keys_that_were_held_with_it(void **state)
{
    (void)state;
    Events ev = {.ratio = 1};
    take(&ev, ctrl_key(true));
    take(&ev, left_button(true));
    take(&ev, left_button(false));
    take(&ev, ctrl_key(false));
    assert_true(ev.input.pressed);
    assert_true(ev.input.ctrl);
    events_spend(&ev);
    assert_false(ev.input.ctrl);
    take(&ev, left_button(true));
    take(&ev, ctrl_key(true)); /* too late for this one */
    assert_false(ev.input.ctrl);
    events_spend(&ev);
    assert_true(ev.input.ctrl);
    events_free(&ev);
}

static void the_wheel_has_the_keys_that_were_held_with_it(void **state)
{
    (void)state;
    Events ev = {.ratio = 1};
    take(&ev, ctrl_key(true));
    take(&ev, (SDL_Event){.wheel = {.type = SDL_MOUSEWHEEL, .preciseY = 1}});
    take(&ev, ctrl_key(false));
    assert_true(ev.input.ctrl);
    events_free(&ev);
}

static void strike(Events *ev, const Ui *ui, SDL_Keycode sym, Uint16 modifiers, const char *text)
{
    SDL_Event key = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = sym, .mod = modifiers}}},
              made = {.text = {.type = SDL_TEXTINPUT}};
    strcpy(made.text.text, text);
    events_take(ev, &key, ui);
    events_take(ev, &made, ui);
}

/* American, German and French keyboards; where one types it is a letter. */
static void a_colon_is_told_by_its_text(void **state)
{
    static const struct {
        SDL_Keycode sym;
        Uint16 modifiers;
    } key[] = {{SDLK_SEMICOLON, KMOD_LSHIFT}, {SDLK_PERIOD, KMOD_LSHIFT}, {SDLK_COLON, KMOD_NONE}};
    (void)state;
    Ui ui = {0}, typing = {.editing = 1};
    Events ev = {.ratio = 1};
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        strike(&ev, &ui, key[i].sym, key[i].modifiers, ":");
        assert_int_equal(ev.keys, 1);
        assert_string_equal(ev.key[0], ":");
        assert_string_equal(ev.input.typed, "");
        events_spend(&ev);
        strike(&ev, &typing, key[i].sym, key[i].modifiers, ":");
        assert_int_equal(ev.keys, 0);
        assert_string_equal(ev.input.typed, ":");
        events_spend(&ev);
    }
    assert_string_equal(key_of("toggle prompt"), ":");
    events_free(&ev);
}

static int with_a_clipboard(void **state)
{
    (void)state;
    return SDL_setenv("SDL_VIDEODRIVER", "dummy", 1) || SDL_Init(SDL_INIT_VIDEO);
}

static int without(void **state)
{
    (void)state;
    SDL_Quit();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dropped_files_are_opened),
        cmocka_unit_test(paste_goes_where_one_types),
        cmocka_unit_test(copy_is_of_the_field_where_one_types),
        cmocka_unit_test(what_is_too_long_is_cut_between_letters),
        cmocka_unit_test(a_click_has_the_keys_that_were_held_with_it),
        cmocka_unit_test(a_colon_is_told_by_its_text),
        cmocka_unit_test(the_wheel_has_the_keys_that_were_held_with_it),
    };
    return cmocka_run_group_tests(tests, with_a_clipboard, without);
}
