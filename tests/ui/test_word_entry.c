/* A word is typed on its card, seen, and put; faces are chosen by keys and by the pointer. */
#include "harness.h"

#include "ui/word_entry.h"

static const Rect plane = {0, 52, 1000, 800};
static const char *const names[] = {"Own",   "DejaVu Sans", "DejaVu Serif", "Noto \"Quoted\"", "Noto 5", "Six",
                                    "Seven", "Eight",       "Nine"};

typedef struct Fixture {
    Ui ui;
    Input input;
    WordEntry word;
    Raster *preview;
} Fixture;

static void frame(Fixture *f)
{
    ui_begin(&f->ui, &f->input, 1, palette_of(THEME_DARK));
    f->ui.window = (Rect){0, 0, 1336, 1000};
    word_entry_draw(&f->ui, plane, &f->word);
    ui_end(&f->ui);
}

static int set_up(void **state)
{
    static Fixture f;
    f = (Fixture){.input = {.x = -1, .y = -1}, .word = {.face = names, .faces = sizeof names / sizeof *names}};
    f.preview = raster_create(4, 8);
    ui_init(&f.ui, fake_measure, NULL);
    *state = &f;
    frame(&f);
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    ui_free(&f->ui);
    bulk_drop(&f->preview->bulk);
    return 0;
}

static void types(Fixture *f, const char *text)
{
    type(&f->input, text);
    frame(f);
}

static void hits(Fixture *f, int key)
{
    hit(&f->input, key);
    frame(f);
}

static void clicks(Fixture *f, double x, double y)
{
    press(&f->input, x, y);
    frame(f);
    let_go(&f->input);
    frame(f);
}

static void takes_the_keyboard_at_once(void **state)
{
    Fixture *f = *state;
    assert_true(ui_wants_keyboard(&f->ui) && ui_wants_key(&f->ui, KEY_SPACE) && ui_wants_key(&f->ui, KEY_ESCAPE));
    types(f, "two \u05d0");
    assert_string_equal(f->word.text, "two \u05d0");
    hits(f, KEY_BACKSPACE);
    assert_string_equal(f->word.text, "two ");
}

static void enter_puts_what_is_seen(void **state)
{
    Fixture *f = *state;
    types(f, "a\"b\\");
    f->word.preview = f->preview;
    f->word.chosen = 3;
    hits(f, KEY_ENTER);
    assert_string_equal(f->ui.outbox, "word \"a\\\"b\\\\\" \"Noto \\\"Quoted\\\"\"\nset draw.word off\n");
}

/* The command refuses it, and the next one, which closes the card, isn't run. */
static void what_is_refused_can_be_mended(void **state)
{
    Fixture *f = *state;
    types(f, "\u2207");
    f->word.problem = "the face Own has no such character";
    hits(f, KEY_ENTER);
    assert_string_equal(f->ui.outbox, "word \"\u2207\" \"Own\"\nset draw.word off\n");
    assert_true(ui_wants_keyboard(&f->ui));
    frame(f);
    assert_string_equal(f->word.text, "\u2207");
    assert_non_null(find_text(&f->ui, "has no such character"));
}

static void escape_leaves(void **state)
{
    Fixture *f = *state;
    types(f, "a");
    f->word.preview = f->preview;
    hits(f, KEY_ESCAPE);
    assert_string_equal(f->ui.outbox, "set draw.word off\n");
}

static void arrows_go_through_the_faces(void **state)
{
    Fixture *f = *state;
    for (int i = 0; i < 12; i++)
        hits(f, KEY_DOWN);
    assert_int_equal(f->word.chosen, 8);
    frame(f);
    assert_true(has_text(&f->ui, "Nine"));
    assert_false(has_text(&f->ui, "Own"));
    for (int i = 0; i < 12; i++)
        hits(f, KEY_UP);
    assert_int_equal(f->word.chosen, 0);
    types(f, "x"); /* the field still has the keyboard */
    assert_string_equal(f->word.text, "x");
}

static void a_click_chooses_a_face_and_gives_the_keyboard_back(void **state)
{
    Fixture *f = *state;
    types(f, "ab");
    DrawCommand c = text_drawn(&f->ui, "DejaVu Serif");
    clicks(f, c.rect.x + 3, c.rect.y - 3);
    assert_int_equal(f->word.chosen, 2);
    assert_string_equal(f->word.text, "ab");
    assert_string_equal(f->ui.outbox, "");
    assert_true(ui_wants_keyboard(&f->ui));
}

/* Boxes of the density's colour: how many, and the first. */
static size_t shades(const Ui *ui, Rect *first)
{
    size_t n = 0;
    for (size_t i = 0; i < ui->list.count; i++) {
        const DrawCommand *c = &ui->list.command[i];
        if (c->kind == DRAW_BOX && (c->fill & ~0xffu) == (ui->palette->density & ~0xffu) && n++ == 0)
            *first = c->rect;
    }
    return n;
}

static void the_density_is_seen_upright(void **state)
{
    Fixture *f = *state;
    Rect only = {0}, other = {0};
    f->word.preview = f->preview;
    assert_int_equal(shades(&f->ui, &only), 0);
    memset(f->preview->level, 255, 3); /* the left of the lowest row */
    frame(f);
    assert_int_equal(shades(&f->ui, &only), 1);
    memset(f->preview->level, 0, 3);
    f->preview->level[3 * 8 + 7] = 255;
    frame(f);
    assert_int_equal(shades(&f->ui, &other), 1);
    assert_true(only.y > other.y && only.x < other.x);
    assert_true(fabs(only.w - 3 * other.w) < 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(takes_the_keyboard_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(enter_puts_what_is_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_refused_can_be_mended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(escape_leaves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(arrows_go_through_the_faces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_click_chooses_a_face_and_gives_the_keyboard_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_density_is_seen_upright, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
