#include "io/table_scan.h"

#include <strings.h>

TableScan table_scan(const unsigned char *bytes, size_t size, char separator)
{
    return (TableScan){.at = bytes, .end = bytes + size, .separator = separator, .line = 1};
}

static bool is_blank(const TableScan *s, unsigned char c)
{
    return c == ' ' || (c == '\t' && s->separator != '\t');
}

static bool is_separator(const TableScan *s, unsigned char c)
{
    return c == (unsigned char)s->separator || (s->separator == ' ' && c == '\t');
}

static bool at_line_end(const TableScan *s)
{
    return s->at == s->end || *s->at == '\n' || *s->at == '\r';
}

static void take_line_end(TableScan *s)
{
    if (s->at == s->end)
        return;
    bool carriage_return = *s->at++ == '\r';
    if (carriage_return && s->at < s->end && *s->at == '\n')
        s->at++;
    s->line++;
}

static void skip_blanks(TableScan *s)
{
    while (s->at < s->end && is_blank(s, *s->at))
        s->at++;
}

/* What one spreadsheet tells others in the first line, "sep=;": the separator is found without it. */
static bool is_hint(const TableScan *s)
{
    static const char hint[] = "sep=";
    const size_t length = sizeof hint; /* with the separator */
    size_t left = (size_t)(s->end - s->at);
    return s->line == 1 && left >= length && strncasecmp((const char *)s->at, hint, length - 1) == 0 &&
           (left == length || s->at[length] == '\n' || s->at[length] == '\r');
}

/* Goes to the end of a line that is no record; elsewhere stays before the first field. */
static bool skip_line(TableScan *s)
{
    skip_blanks(s);
    const unsigned char *first = s->at;
    bool comment = first < s->end && (*first == '#' || is_hint(s));
    while (!at_line_end(s) && (comment || is_blank(s, *s->at) || is_separator(s, *s->at)))
        s->at++;
    if (at_line_end(s))
        return true;
    s->at = first;
    return false;
}

bool table_next_record(TableScan *s)
{
    TableField rest;
    while (table_next_field(s, &rest))
        continue;
    while (s->at < s->end && skip_line(s))
        take_line_end(s);
    s->record = s->line;
    return s->within = s->at < s->end;
}

static TableField between(const TableScan *s, const unsigned char *begin, const unsigned char *end)
{
    while (end > begin && is_blank(s, end[-1]))
        end--;
    return (TableField){begin, (size_t)(end - begin)};
}

static void go_to_field_end(TableScan *s)
{
    while (!at_line_end(s) && !is_separator(s, *s->at))
        s->at++;
}

/* Past the closing quote, or to the end of the bytes. */
static const unsigned char *skip_quoted(TableScan *s)
{
    size_t opened = s->line;
    for (s->at++; s->at < s->end;) {
        if (*s->at == '"' && (s->at + 1 == s->end || s->at[1] != '"'))
            return s->at++;
        if (*s->at == '"')
            s->at += 2;
        else if (at_line_end(s))
            take_line_end(s);
        else
            s->at++;
    }
    s->unclosed = opened;
    return s->end;
}

/* With more than blanks behind its closing quote, a field is all of it, quotes too, and so never a number. */
static TableField take_quoted(TableScan *s)
{
    const unsigned char *open = s->at, *close = skip_quoted(s), *after = s->at;
    go_to_field_end(s);
    TableField behind = between(s, after, s->at);
    return behind.size > 0 ? between(s, open, s->at) : (TableField){open + 1, (size_t)(close - open - 1)};
}

static TableField take_plain(TableScan *s)
{
    const unsigned char *begin = s->at;
    go_to_field_end(s);
    return between(s, begin, s->at);
}

bool table_next_field(TableScan *s, TableField *field)
{
    if (!s->within)
        return false;
    skip_blanks(s);
    *field = s->at < s->end && *s->at == '"' ? take_quoted(s) : take_plain(s);
    if (s->separator == ' ')
        skip_blanks(s);
    s->within = !at_line_end(s);
    if (!s->within)
        take_line_end(s);
    else if (s->separator != ' ')
        s->at++;
    return true;
}
