#include "gfx/script_runs.h"

#include "gfx/fonts.h"

#include <hb.h>

typedef enum Bidi { BIDI_LTR, BIDI_RTL, BIDI_NUMBER, BIDI_NEUTRAL } Bidi;

typedef struct Character {
    size_t at; /* byte */
    hb_script_t script;
    Bidi bidi;
    int level; /* even: left to right */
} Character;

typedef struct Line {
    Character character[SCRIPT_RUN_CHARACTERS + 1]; /* the last one's `at` is the end */
    size_t count;
    int base;
} Line;

static bool has_script(hb_script_t s)
{
    return s != HB_SCRIPT_COMMON && s != HB_SCRIPT_INHERITED && s != HB_SCRIPT_UNKNOWN;
}

static Bidi bidi_of(hb_codepoint_t code, hb_script_t script)
{
    if (hb_unicode_general_category(hb_unicode_funcs_get_default(), code) == HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER)
        return BIDI_NUMBER;
    if (!has_script(script))
        return BIDI_NEUTRAL;
    return hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL ? BIDI_RTL : BIDI_LTR;
}

/* A mark belongs to what it stands on. */
static void read_line(Line *l, const char *line, size_t bytes)
{
    const char *at = line;
    while ((size_t)(at - line) < bytes && l->count < SCRIPT_RUN_CHARACTERS) {
        Character *c = &l->character[l->count];
        c->at = (size_t)(at - line);
        hb_codepoint_t code = utf8_next(&at);
        c->script = hb_unicode_script(hb_unicode_funcs_get_default(), code);
        c->bidi = bidi_of(code, c->script);
        if (c->script == HB_SCRIPT_INHERITED && l->count > 0)
            *c = (Character){c->at, c[-1].script, c[-1].bidi, 0};
        l->count++;
    }
    l->character[l->count].at = bytes;
}

static int base_level(const Line *l)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->character[i].bidi == BIDI_LTR || l->character[i].bidi == BIDI_RTL)
            return l->character[i].bidi == BIDI_RTL;
    return 0;
}

/* Rule W7: a number after letters that run to the right is one of them. */
static void settle_numbers(Line *l)
{
    Bidi letter = l->base ? BIDI_RTL : BIDI_LTR;
    for (size_t i = 0; i < l->count; i++) {
        Character *c = &l->character[i];
        if (c->bidi == BIDI_NUMBER && letter == BIDI_LTR)
            c->bidi = BIDI_LTR;
        else if (c->bidi == BIDI_LTR || c->bidi == BIDI_RTL)
            letter = c->bidi;
    }
}

/* What letters beside it see of a character (rule N1): numbers count as running leftwards. */
static Bidi side(const Line *l, size_t i)
{
    Bidi line = l->base ? BIDI_RTL : BIDI_LTR;
    Bidi own = i < l->count ? l->character[i].bidi : line;
    return own == BIDI_NUMBER ? BIDI_RTL : own;
}

/* Rules N1 and N2. */
static void settle_neutrals(Line *l)
{
    for (size_t from = 0, to; from < l->count; from = to + 1) {
        for (to = from; to < l->count && l->character[to].bidi == BIDI_NEUTRAL; to++)
            ;
        Bidi before = side(l, from > 0 ? from - 1 : l->count), after = side(l, to);
        for (size_t i = from; i < to; i++)
            l->character[i].bidi = before == after ? before : l->base ? BIDI_RTL : BIDI_LTR;
    }
}

/* Rules I1 and I2. */
static void find_levels(Line *l)
{
    static const int level[2][3] = {{[BIDI_LTR] = 0, [BIDI_RTL] = 1, [BIDI_NUMBER] = 2},
                                    {[BIDI_LTR] = 2, [BIDI_RTL] = 1, [BIDI_NUMBER] = 2}};
    l->base = base_level(l);
    settle_numbers(l);
    settle_neutrals(l);
    for (size_t i = 0; i < l->count; i++)
        l->character[i].level = level[l->base][l->character[i].bidi];
}

/* What is common to all scripts is set as the letters before it that stand at its level, else as those behind it. */
static void find_scripts(Line *l)
{
    Character *c = l->character;
    for (size_t i = 1; i < l->count; i++)
        if (!has_script(c[i].script) && c[i - 1].level == c[i].level)
            c[i].script = c[i - 1].script;
    for (size_t i = l->count; i-- > 0;)
        if (!has_script(c[i].script))
            c[i].script = i + 1 < l->count && c[i + 1].level == c[i].level ? c[i + 1].script : HB_SCRIPT_LATIN;
}

static ScriptRun run_of(const Line *l, size_t from, size_t to)
{
    const Character *c = &l->character[from];
    ScriptRun r = {.first = c->at, .bytes = l->character[to].at - c->at, .leftwards = c->level % 2};
    hb_tag_to_string(hb_script_to_iso15924_tag(c->script), r.script);
    return r;
}

static void reverse(ScriptRun *run, int *level, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        ScriptRun r = run[i];
        int swapped = level[i];
        run[i] = run[n - 1 - i];
        level[i] = level[n - 1 - i];
        run[n - 1 - i] = r;
        level[n - 1 - i] = swapped;
    }
}

/* Rule L2: from the highest level down to 1, all that lies at it or above turns round. */
static void order(ScriptRun *run, int *level, size_t n)
{
    for (int lowest = 2; lowest > 0; lowest--) {
        for (size_t from = 0, to; from < n; from = to + 1) {
            for (to = from; to < n && level[to] >= lowest; to++)
                ;
            reverse(run + from, level + from, to - from);
        }
    }
}

size_t script_runs(const char *line, size_t bytes, ScriptRun run[SCRIPT_RUN_CHARACTERS])
{
    Line l = {.count = 0};
    int level[SCRIPT_RUN_CHARACTERS];
    size_t runs = 0;
    read_line(&l, line, bytes);
    find_levels(&l);
    find_scripts(&l);
    for (size_t from = 0, to; from < l.count; from = to) {
        const Character *c = l.character;
        for (to = from + 1; to < l.count && c[to].level == c[from].level && c[to].script == c[from].script; to++)
            ;
        level[runs] = c[from].level;
        run[runs++] = run_of(&l, from, to);
    }
    order(run, level, runs);
    return runs;
}
