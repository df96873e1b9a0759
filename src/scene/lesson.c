#include "scene/lesson_parts.h"

#include "io/file.h"
#include "io/text.h"
#include "scene/commands.h"
#include "scene/nearest.h"

#include <ctype.h>
#include <lessons.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the reading of a text stands. Places only grow, so that letters are counted once. */
typedef struct Reader {
    Lesson *lesson;
    const char *counted;
    size_t line, column;
    bool failed; /* memory was short */
} Reader;

static void count_to(Reader *r, const char *at)
{
    for (; r->counted < at; r->counted++) {
        bool letter = ((unsigned char)*r->counted & 0xc0) != 0x80;
        r->column = *r->counted == '\n' ? 1 : r->column + letter;
        r->line += *r->counted == '\n';
    }
}

static bool any_of(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names;
}

/* A lesson must be able to do no harm, and to be given again and again. */
static bool is_for_hands(const CommandInfo *row)
{
    static const char *const names[] = {"quit",   "undo",      "redo", "cancel", "lesson", "next",
                                        "back",   "save",      "code", "export", "paste",  "restore",
                                        "recent", "spotlight", "lock", "tile",   "replay", NULL};
    return command_tells(row) || any_of(names, row->name);
}

/* What happens in time needs a scene to happen in. */
static bool holds_for_all(const CommandInfo *row)
{
    static const char *const names[] = {"set",  "toggle", "default", "nudge", "play", "pause",
                                        "zoom", "pan",    "hide",    "show",  NULL};
    return command_draws(row) || any_of(names, row->name);
}

static bool grow(Reader *r, void **list, size_t count, size_t size)
{
    if (count & (count - 1)) /* room for the next power of two is there */
        return true;
    void *grown = realloc(*list, (count ? 2 * count : 1) * size);
    r->failed |= !grown;
    *list = grown ? grown : *list;
    return grown;
}

void lesson_complain(Lesson *l, size_t line, size_t column, const char *why)
{
    Error told;
    size_t at = l->problems;
    error_set(&told, "%s:%zu:%zu: %.400s", l->file, line, column, why);
    while (at > 0 &&
           (l->problem[at - 1].line > line || (l->problem[at - 1].line == line && l->problem[at - 1].column > column)))
        at--;
    if (at == LESSON_PROBLEMS_MAX)
        return;
    l->problems += l->problems < LESSON_PROBLEMS_MAX;
    memmove(&l->problem[at + 1], &l->problem[at], (l->problems - 1 - at) * sizeof *l->problem);
    l->problem[at] = (LessonProblem){.line = line, .column = column};
    text_copy(l->problem[at].text, sizeof l->problem[at].text, told.text);
}

static void complain_of(Reader *r, const Command *c, const char *why)
{
    char shown[64], text[sizeof((Error *)0)->text];
    snprintf(text, sizeof text, "\"%s\": %.400s", command_quote(c, shown, sizeof shown), why);
    lesson_complain(r->lesson, r->line, r->column, text);
}

static void add_scene(Reader *r, const Command *c)
{
    Lesson *l = r->lesson;
    bool keep = c->count > 2;
    if (keep && strcmp(c->word[2], "keep") != 0) {
        complain_of(r, c, "behind its title a scene takes keep or nothing");
        keep = false;
    }
    if (strlen(c->word[1]) >= LECTURE_TEXT)
        complain_of(r, c, "a title has at most 511 bytes");
    if (l->scenes == LESSON_SCENES_MAX)
        complain_of(r, c, "a lesson has at most 64 scenes");
    else if (grow(r, (void **)&l->scene, l->scenes, sizeof *l->scene)) {
        LessonScene *scene = &l->scene[l->scenes++];
        *scene = (LessonScene){.keep = keep, .from = l->commands, .to = l->commands};
        text_copy(scene->title, sizeof scene->title, c->word[1]);
    }
}

static void add_command(Reader *r, const Command *c)
{
    Lesson *l = r->lesson;
    if (l->commands == LESSON_COMMANDS_MAX)
        complain_of(r, c, "a lesson has at most 4096 commands");
    else if (grow(r, (void **)&l->command, l->commands, sizeof *l->command)) {
        l->command[l->commands++] = (LessonCommand){(size_t)(c->at - l->text), r->line, r->column};
        if (l->scenes > 0)
            l->scene[l->scenes - 1].to = l->commands;
    }
}

static void take_command(Reader *r, const Command *c)
{
    Error why;
    const CommandInfo *row = command_check(c, &why);
    if (!row)
        complain_of(r, c, why.text);
    else if (strcmp(row->name, "scene") == 0)
        add_scene(r, c);
    else if (is_for_hands(row))
        complain_of(r, c, "is for hands: expected a command that a scene can give");
    else if (r->lesson->scenes == 0 && !holds_for_all(row))
        complain_of(r, c, "expected scene \"TITLE\" before it: only settings, a drawing, hide and show come first");
    else
        add_command(r, c);
}

static void read_commands(Reader *r)
{
    const char *text = r->counted;
    Command c;
    Error why;
    do {
        bool read = command_next(&text, &c, &why);
        count_to(r, c.at);
        if (!read) {
            lesson_complain(r->lesson, r->line, r->column, why.text);
            text = c.at + strcspn(c.at, "\n");
        } else if (c.count > 0) {
            take_command(r, &c);
        }
    } while (*text && !r->failed);
}

/* "assets/03-kicks.lesson": number "03", stem "kicks". */
static const char *stem_of(const char *file, size_t *length)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file, *digits = name;
    while (isdigit((unsigned char)*digits))
        digits++;
    name = digits > name && *digits == '-' ? digits + 1 : name;
    const char *dot = strrchr(name, '.');
    *length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    return name;
}

static void title_of(const char *file, const char *text, char title[LECTURE_TEXT])
{
    size_t length = strcspn(text, "\r\n"), blanks = text[0] == '#' ? 1 + strspn(text + 1, " ") : length;
    const char *begin = text + blanks;
    char line[LECTURE_TEXT + 1]; /* one more: text_copy sees where a letter is cut */
    if (blanks < length)
        length -= blanks;
    else
        begin = stem_of(file, &length);
    length = length < LECTURE_TEXT ? length : LECTURE_TEXT;
    memcpy(line, begin, length);
    line[length] = '\0';
    text_copy(title, LECTURE_TEXT, line);
}

/* NULL, or the first byte that is none of a text. */
static const char *not_a_text(const char *text, size_t size)
{
    const uint32_t no_utf8 = 0xfffd;
    for (const char *at = text, *end = text + size; at < end;) {
        const char *from = at;
        uint32_t code = utf8_next(&at);
        if (code == 0 || (code == no_utf8 && at == from + 1))
            return from;
    }
    return NULL;
}

/* What could be a lesson at all. */
static bool read_text(Lesson *l, size_t size, Error *e)
{
    Reader r = {.lesson = l, .counted = l->text, .line = 1, .column = 1};
    const char *wrong = not_a_text(l->text, size);
    if (wrong) {
        count_to(&r, wrong);
        return error_set(e, "%s:%zu:%zu: expected text in UTF-8", l->file, r.line, r.column);
    }
    title_of(l->file, l->text, l->title);
    read_commands(&r);
    if (r.failed)
        return error_set(e, "%s: not enough memory for a lesson", l->file);
    if (l->scenes == 0 && l->problems > 0)
        return error_set(e, "%s", l->problem[0].text);
    count_to(&r, l->text + size);
    return l->scenes > 0 ||
           error_set(e, "%s:%zu:%zu: expected at least one scene \"TITLE\"", l->file, r.line, r.column);
}

static Lesson *lesson_of(const char *name, const char *file, const char *text, size_t size)
{
    Lesson *l = calloc(1, sizeof *l);
    if (!l)
        return NULL;
    l->name = strdup(name);
    l->file = strdup(file);
    l->text = malloc(size + 1);
    l->problem = malloc(LESSON_PROBLEMS_MAX * sizeof *l->problem);
    if (!l->name || !l->file || !l->text || !l->problem) {
        lesson_free(l);
        return NULL;
    }
    memcpy(l->text, text, size);
    l->text[size] = '\0';
    return l;
}

static Lesson *parse(const char *name, const char *file, const char *text, size_t size, const Catalogue *catalogue,
                     const Host *host, Error *e)
{
    static const char mark[] = "\xef\xbb\xbf"; /* of byte order: it is no letter */
    size_t skipped = size >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    Lesson *l = lesson_of(name, file, text + skipped, size - skipped);
    if (!l)
        error_set(e, "%s: not enough memory for a lesson", file);
    if (l && read_text(l, size - skipped, e) && lesson_rehearse(l, catalogue, host, e))
        return l;
    lesson_free(l);
    return NULL;
}

Lesson *lesson_parse(const char *file, const char *text, size_t size, const Catalogue *catalogue, const Host *host,
                     Error *e)
{
    return parse(file, file, text, size, catalogue, host, e);
}

const char *lesson_shipped(size_t i)
{
    return lessons_name(i);
}

bool lesson_shipped_title(size_t i, char title[LECTURE_TEXT])
{
    size_t size;
    const char *file = lessons_name(i);
    if (file)
        title_of(file, (const char *)lessons_find(file, &size), title);
    return file;
}

/* NULL when none has this name. */
static const char *shipped_as(const char *name)
{
    char *end;
    unsigned long number = strtoul(name, &end, 10);
    bool numbered = isdigit((unsigned char)name[0]) && *end == '\0';
    for (size_t i = 0; lessons_name(i); i++) {
        const char *file = lessons_name(i);
        size_t length;
        const char *stem = stem_of(file, &length);
        if (strcmp(file, name) == 0 || (numbered && stem > file && strtoul(file, NULL, 10) == number) ||
            (strlen(name) == length && strncmp(stem, name, length) == 0))
            return file;
    }
    return NULL;
}

/* A name that looks like no path is one of the shipped. */
static bool read_file(const char *name, unsigned char **bytes, size_t *size, Error *e)
{
    char nearest[192];
    if (file_read_whole(name, LESSON_BYTES_MAX, bytes, size, e))
        return true;
    if (!strpbrk(name, "/."))
        error_set(e, "there is no lesson \"%s\"%s", name, name_suggest(lessons_name, name, nearest, sizeof nearest));
    return false;
}

Lesson *lesson_load(const char *name, const Catalogue *catalogue, const Host *host, Error *e)
{
    const char *shipped = shipped_as(name);
    unsigned char *bytes = NULL;
    size_t size = 0;
    const char *text = shipped ? (const char *)lessons_find(shipped, &size) : NULL;
    if (!shipped && read_file(name, &bytes, &size, e))
        text = (const char *)bytes;
    Lesson *l = text ? parse(name, shipped ? shipped : name, text, size, catalogue, host, e) : NULL;
    if (l)
        l->shipped = shipped;
    free(bytes);
    return l;
}

void lesson_free(Lesson *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->scenes; i++)
        drawing_free(&l->scene[i].drawing);
    free(l->name);
    free(l->file);
    free(l->text);
    free(l->command);
    free(l->scene);
    free(l->problem);
    free(l);
}

bool lesson_fault(const Lesson *l, size_t command, const Error *why, Error *e)
{
    const LessonCommand *at = &l->command[command];
    const char *text = l->text + at->at;
    Command c;
    char shown[64];
    command_next(&text, &c, NULL);
    return error_set(e, "%s:%zu:%zu: \"%s\": %.400s", l->file, at->line, at->column,
                     command_quote(&c, shown, sizeof shown), why->text);
}
