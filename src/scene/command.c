#include "scene/commands.h"
#include "scene/errand.h"
#include "scene/nearest.h"

#include <stdio.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static const char *skip_blanks_and_comment(const char *p)
{
    while (is_blank(*p))
        p++;
    if (*p == '#')
        p += strcspn(p, "\n");
    return p;
}

/* What a backslash and this letter stand for; 0: nothing. */
static char escaped(char c)
{
    return c == 'n' ? '\n' : c == 't' ? '\t' : c == '"' || c == '\\' ? c : '\0';
}

/* Copies one word, plain or in quotes, to *out. Returns where it ends; NULL with *wrong, and *at where that is. */
static const char *copy_word(const char **at, char **out, const char *limit, const char **wrong)
{
    const char *p = *at;
    char quote = *p == '"' || *p == '\'' ? *p++ : '\0';
    for (; *p && *out < limit; p++) {
        if (quote ? *p == quote : is_blank(*p) || strchr(";\n#", *p))
            break;
        bool escapes = quote == '"' && *p == '\\' && p[1];
        char c = escapes ? escaped(p[1]) : *p;
        if (c == '\0') {
            *at = p;
            *wrong = "a lone backslash (write two, or single quotes around the word)";
            return NULL;
        }
        *(*out)++ = c;
        p += escapes;
    }
    *wrong = quote ? "a quote that doesn't end" : "a word that is too long";
    if (*out >= limit || (quote && *p != quote))
        return NULL;
    *(*out)++ = '\0';
    return p + (quote != '\0');
}

/* So many characters of a place are shown in a message, which is one line. */
static int line_rest(const char *p)
{
    size_t most = 24;
    size_t rest = strcspn(p, "\n");
    return (int)(rest < most ? rest : most);
}

bool command_next(const char **text, Command *c, Error *e)
{
    const char *p = *text;
    char *out = c->text;
    c->count = 0;
    c->at = p;
    for (;;) {
        p = skip_blanks_and_comment(p);
        if (*p == '\0' || *p == ';' || *p == '\n') {
            bool ended = *p == '\0' || c->count > 0;
            p += *p != '\0';
            *text = p;
            if (ended)
                return true;
            continue;
        }
        if (c->count == 0 || c->count == COMMAND_WORDS)
            c->at = p;
        if (c->count == COMMAND_WORDS)
            return error_set(e, "a command has at most %d words, found more at \"%.*s\"", COMMAND_WORDS, line_rest(p),
                             p);
        c->word[c->count++] = out;
        const char *wrong, *end = copy_word(&p, &out, c->text + sizeof c->text - 1, &wrong);
        if (!end) {
            c->at = p;
            return error_set(e, "%s at \"%.*s\"", wrong, line_rest(p), p);
        }
        p = end;
    }
}

static const char *command_name(size_t i)
{
    const CommandInfo *row = command_info(i);
    return row ? row->name : NULL;
}

const CommandInfo *command_find(const char *name)
{
    size_t i = name_find(command_name, name);
    return i == NAME_NONE ? NULL : command_info(i);
}

const CommandInfo *command_check(const Command *c, Error *e)
{
    const CommandInfo *row = command_find(c->word[0]);
    char nearest[192];
    int arguments = c->count - 1;
    if (!row)
        error_set(e, "there is no such command%s", name_suggest(command_name, c->word[0], nearest, sizeof nearest));
    else if (arguments < row->min || arguments > row->max)
        error_set(e, "it is used as: %s %s", row->name, row->usage);
    else
        return row;
    return NULL;
}

bool command_run(Session *s, const Command *c, Error *e)
{
    const CommandInfo *row = command_check(c, e);
    if (!row)
        return false;
    bool unsettled = command_draws(row) || row->run == run_replay;
    bool ok = (unsettled || session_settle(s, e)) && row->run(s, c, e);
    session_flush(s);
    return ok;
}

const char *command_quote(const Command *c, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < c->count && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", i ? " " : "", c->word[i]);
    for (char *at = text; (at = strchr(at, '\n'));) /* a message is one line */
        *at = ' ';
    return text;
}

static bool nothing_follows(const char *text)
{
    while (*(text = skip_blanks_and_comment(text)) == ';' || *text == '\n')
        text++;
    return *text == '\0';
}

bool command_run_all(Session *s, const char *text, Error *e)
{
    Command c;
    Error why = {0};
    for (int number = 1;; number++) {
        if (!command_next(&text, &c, &why))
            return error_set(e, "command %d: %.400s", number, why.text);
        if (c.count == 0 || s->quit)
            return true;
        char shown[64];
        bool forgiven = s->forgives;
        uint64_t errands = s->errands;
        s->forgives = false;
        bool ok = command_run(s, &c, &why);
        if (ok && s->errands != errands && !nothing_follows(text))
            ok = session_await(s, &why);
        if (s->host.ran)
            s->host.ran(s->host.context, &c, ok);
        if (!ok && !forgiven)
            return error_set(e, "command %d, \"%s\": %.400s", number, command_quote(&c, shown, sizeof shown), why.text);
    }
}
