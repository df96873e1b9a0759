#include "scene/state_code.h"

#include "core/target.h"
#include "scene/drawing_file.h"
#include "scene/drawing_packed.h"
#include "scene/drawing_subject.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const char mark[] = "sf", version[] = "1-", drawing_line[] = "\ndrawing\n";
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Bytes of the sum, and the most that a byte of deflate stands for (zlib.net, "Technical details"). */
enum { SUM = 4, DEFLATE_RATIO_MAX = 1032 };

static bool studies_drawing(const Settings *s)
{
    return settings_index(s, SET_TARGET) == target_count();
}

/* Writing */

static bool same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* As few digits as give the same number again. */
static void print_exactly(const Settings *s, SettingId id, char *text, size_t size)
{
    settings_print(s, id, text, size);
    for (int digits = 9; setting_info(id)->kind == SETTING_REAL && digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, s->value[id]);
        if (same_number(strtod(text, NULL), s->value[id]))
            return;
    }
}

/* While one draws, the target is the one that going out of drawing brings back: drawing itself sets the other. */
static double written_value(const Settings *s, SettingId id)
{
    bool hidden = id == SET_TARGET && settings_on(s, SET_DRAW);
    return hidden ? (double)s->undrawn : s->value[id];
}

/* Nothing where the lines before it have made the reader's setting the same. */
static void append_setting(Bytes *text, const Settings *s, SettingId id, Settings *reader)
{
    char value[64];
    double wanted = written_value(s, id);
    if (same_number(wanted, reader->value[id]))
        return;
    settings_put(reader, id, wanted); /* what its range has left behind is brought back into it */
    print_exactly(reader, id, value, sizeof value);
    bytes_printf(text, "%s %s\n", setting_info(id)->name, value);
}

/* The two that say what is studied go before those whose ranges belong to it. */
static void append_settings(Bytes *text, const Settings *s)
{
    Settings reader = settings_defaults();
    reader.drawing_std = s->drawing_std;
    append_setting(text, s, SET_TARGET, &reader);
    append_setting(text, s, SET_DRAW, &reader);
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        if (!settings_personal(id) && id != SET_TARGET && id != SET_DRAW && id != SET_DRAW_FIT)
            append_setting(text, s, id, &reader);
    }
}

static void append_packed(Bytes *code, const Bytes *text)
{
    uLongf size = compressBound(text->size);
    unsigned char *block = malloc(SUM + size);
    if (!block || compress2(block + SUM, &size, text->data, text->size, Z_BEST_COMPRESSION) != Z_OK) {
        code->failed = true;
    } else {
        uint32_t sum = (uint32_t)crc32(0, block + SUM, (uInt)size);
        for (int i = 0; i < SUM; i++)
            block[i] = (unsigned char)(sum >> 8 * i);
        base64_append(code, block, SUM + size);
    }
    free(block);
}

static void make_fit_for_addresses(char *letter)
{
    for (; *letter; letter++)
        *letter = *letter == '+' ? '-' : *letter == '/' ? '_' : *letter == '=' ? '\0' : *letter;
}

static char *packed(const Bytes *text)
{
    Bytes code = {.failed = text->failed};
    bytes_printf(&code, "%s%s", mark, version);
    append_packed(&code, text);
    bytes_append(&code, "", 1);
    if (code.failed)
        bytes_free(&code);
    else
        make_fit_for_addresses((char *)code.data);
    return (char *)code.data;
}

static char *write_code(const Session *s, bool with_drawing)
{
    Bytes text = {0};
    append_settings(&text, &s->settings);
    if (with_drawing) {
        bytes_printf(&text, "%s", drawing_line + 1);
        drawing_append(&text, &s->desk.drawing);
    }
    char *code = packed(&text);
    bytes_free(&text);
    return code;
}

char *state_code_write(const Session *s, bool *whole)
{
    bool drawn = studies_drawing(&s->settings);
    char *code = write_code(s, drawn);
    *whole = !drawn || (code && strlen(code) < STATE_CODE_MAX);
    if (*whole)
        return code;
    free(code);
    return write_code(s, false);
}

/* Reading */

/* What a code says, before anything follows it. */
typedef struct Content {
    Settings settings;
    Drawing drawing;
    Subject *drawn; /* of it; NULL: the code has none */
} Content;

static void free_content(Content *c)
{
    drawing_free(&c->drawing);
    subject_release(c->drawn);
}

static const char *skip_blanks(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return text;
}

bool state_code_is(const char *text)
{
    text = skip_blanks(text);
    if (strncmp(text, mark, sizeof mark - 1) != 0)
        return false;
    text += sizeof mark - 1;
    size_t digits = strspn(text, "0123456789");
    size_t code = strcspn(text, " \t\r\n");
    return digits > 0 && text[digits] == '-' && *skip_blanks(text + code) == '\0';
}

static bool refuse(Error *e)
{
    return error_set(e, "the state code is damaged: a letter of it was changed or lost (nothing was changed)");
}

/* As base64_read has it, in memory that the caller frees; NULL when there is no such size, or no memory. */
static char *with_padding(const char *code, size_t length)
{
    char *text = length % 4 != 1 ? malloc(length + 3) : NULL;
    if (!text)
        return NULL;
    for (size_t i = 0; i < length; i++)
        text[i] = code[i] == '-' ? '+' : code[i] == '_' ? '/' : code[i];
    while (length % 4 != 0)
        text[length++] = '=';
    text[length] = '\0';
    return text;
}

static bool sum_is_right(const unsigned char *block, size_t size)
{
    uint32_t sum = 0;
    for (int i = 0; i < SUM; i++)
        sum |= (uint32_t)block[i] << 8 * i;
    return sum == crc32(0, block + SUM, (uInt)(size - SUM));
}

/* One text to a code: nothing in it that strings end at. */
static char *inflated(const unsigned char *block, size_t size)
{
    uLongf made = size * DEFLATE_RATIO_MAX;
    uLong used = size;
    char *text = malloc(made + 1);
    if (text && uncompress2((Bytef *)text, &made, block, &used) == Z_OK && used == size && !memchr(text, '\0', made)) {
        text[made] = '\0';
        return text;
    }
    free(text);
    return NULL;
}

static char *unpacked(const char *code, Error *e)
{
    unsigned char block[STATE_CODE_MAX];
    size_t length = strspn(code, letters), size = length / 4 * 3 + (length % 4 ? length % 4 - 1 : 0);
    if (length >= STATE_CODE_MAX) {
        error_set(e, "a state code has fewer than %d characters, this one has more", STATE_CODE_MAX);
        return NULL;
    }
    char *text = *skip_blanks(code + length) || size <= SUM ? NULL : with_padding(code, length);
    bool right = text && base64_read(text, block, size) && sum_is_right(block, size);
    free(text);
    text = right ? inflated(block + SUM, size - SUM) : NULL;
    if (!text)
        refuse(e);
    return text;
}

static bool read_setting(Settings *s, char *line, Error *e)
{
    Error why;
    char *value = strchr(line, ' ');
    if (!value)
        return refuse(e);
    *value++ = '\0';
    SettingId id = setting_find(line);
    if (id == SETTING_COUNT)
        return error_set(e, "the state code is of another version: this one has no setting \"%.40s\"", line);
    if (!settings_parse(s, id, value, &why))
        return error_set(e, "the state code is of another version: %.300s", why.text);
    return true;
}

static bool read_settings(Settings *s, char *text, Error *e)
{
    char *end;
    for (; *text; text = end + 1) {
        end = strchr(text, '\n');
        if (!end)
            return refuse(e);
        *end = '\0';
        if (!read_setting(s, text, e))
            return false;
    }
    return true;
}

/* Composed at once: the range of sigma is that of the drawing. */
static bool read_drawing(Content *c, const char *text, Error *e)
{
    if (!drawing_parse("the state code", (const unsigned char *)text, strlen(text), &c->drawing, e))
        return false;
    c->drawn = drawing_subject(&c->drawing, 0, e);
    if (c->drawn)
        c->settings.drawing_std = c->drawn->target.frame.std;
    return c->drawn;
}

static bool read_content(const Session *s, char *text, Content *c, Error *e)
{
    char *drawing = strstr(text, drawing_line);
    *c = (Content){.settings = settings_defaults()};
    c->settings.drawing_std = s->settings.drawing_std;
    if (drawing && !read_drawing(c, drawing + sizeof drawing_line - 1, e))
        return false;
    if (drawing)
        drawing[1] = '\0';
    return read_settings(&c->settings, text, e);
}

static bool take_text(Session *s, char *text, Error *e)
{
    Content c;
    bool ok = read_content(s, text, &c, e);
    if (ok) {
        ok = session_restore(s, &c.settings, &c.drawing, c.drawn, "the state of a code", e);
        c.drawn = NULL;
    }
    free_content(&c);
    return ok;
}

bool state_code_take(Session *s, const char *code, Error *e)
{
    code = skip_blanks(code);
    if (!state_code_is(code))
        return error_set(e, "expected a state code, which begins with %s%s, got \"%.24s\"", mark, version, code);
    code += sizeof mark - 1;
    if (strncmp(code, version, sizeof version - 1) != 0)
        return error_set(e, "the state code is of another version of the program: this one reads %s%s", mark, version);
    char *text = unpacked(code + sizeof version - 1, e);
    bool ok = text && take_text(s, text, e);
    free(text);
    return ok;
}
