#include "io/table.h"

#include "io/excerpt.h"
#include "io/number.h"
#include "io/table_guess.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const size_t NO_COLUMN = SIZE_MAX;

typedef struct Table {
    const char *name;
    const unsigned char *bytes;
    size_t size;
    TableGuess guess;
    size_t column[POINTS_AXES]; /* from 0, or NO_COLUMN */
} Table;

static TableScan scan(const Table *t)
{
    return table_scan(t->bytes, t->size, t->guess.separator);
}

/* Which bytes are text is decided before anything else is: what follows need not think of the others. */
static bool check_text(const Table *t, Error *e)
{
    const unsigned char *zero = t->size > 0 ? memchr(t->bytes, 0, t->size) : NULL, *line_end = t->bytes;
    size_t line = 1;
    if (t->size >= 2 && (memcmp(t->bytes, "\xff\xfe", 2) == 0 || memcmp(t->bytes, "\xfe\xff", 2) == 0))
        return error_set(e, "%s: expected text in UTF-8, found UTF-16 (nothing was loaded)", t->name);
    if (!zero)
        return true;
    while ((line_end = memchr(line_end, '\n', (size_t)(zero - line_end)))) {
        line_end++;
        line++;
    }
    return error_set(e, "%s:%zu: expected text, found a zero byte (nothing was loaded)", t->name, line);
}

static bool refuse_layout(const Table *t, Error *e)
{
    TableScan s = table_scan(t->bytes, t->size, '\n'); /* a record is a field */
    TableField first;
    if (!table_next_record(&s) || !table_next_field(&s, &first))
        return error_set(e, "%s: expected rows of at least two numbers, found none (nothing was loaded)", t->name);
    return error_set(e, "%s:%zu: expected rows of at least two numbers, found %s (nothing was loaded)", t->name,
                     s.record, excerpt_quoted(first.text, first.size).text);
}

/* Letters beyond ASCII have to match in case. */
static bool is_named(const TableField *field, const char *name)
{
    return field->size == strlen(name) && strncasecmp((const char *)field->text, name, field->size) == 0;
}

static size_t find_named(const Table *t, const char *name)
{
    TableScan s = scan(t);
    TableField field;
    table_next_record(&s);
    for (size_t i = 0; t->guess.header && table_next_field(&s, &field); i++)
        if (is_named(&field, name))
            return i;
    return NO_COLUMN;
}

/* A column's number, from 1, as its place; NO_COLUMN for other text. */
static size_t numbered(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    size_t number = digits < 9 && !text[digits] ? strtoul(text, NULL, 10) : 0;
    return number > 0 ? number - 1 : NO_COLUMN;
}

static bool refuse_choice(const Table *t, const char *wanted, Error *e)
{
    enum { SHOWN = 4 };
    char found[SHOWN * (EXCERPT_SIZE + 2) + 8] = "no header";
    int length = 0;
    TableScan s = scan(t);
    TableField field;
    table_next_record(&s);
    for (int i = 0; t->guess.header && i <= SHOWN && table_next_field(&s, &field); i++)
        length += snprintf(found + length, sizeof found - (size_t)length, "%s%s", i ? ", " : "",
                           i < SHOWN ? excerpt_quoted(field.text, field.size).text : "...");
    return error_set(e, "%s:%zu: expected a column named %s, found %s (nothing was loaded)", t->name, s.record,
                     excerpt_quoted((const unsigned char *)wanted, strlen(wanted)).text, found);
}

static bool find_chosen(Table *t, const PointsChoice *choice, Error *e)
{
    for (int axis = 0; axis < POINTS_AXES; axis++) {
        const char *wanted = choice ? choice->column[axis] : NULL;
        t->column[axis] = NO_COLUMN;
        if (!wanted || !*wanted)
            continue;
        t->column[axis] = find_named(t, wanted);
        if (t->column[axis] == NO_COLUMN)
            t->column[axis] = numbered(wanted);
        if (t->column[axis] == NO_COLUMN)
            return refuse_choice(t, wanted, e);
    }
    return true;
}

static bool is_taken(const Table *t, size_t column)
{
    return column == t->column[POINTS_X] || column == t->column[POINTS_Y] || column == t->column[POINTS_WEIGHT];
}

static void find_usual_names(Table *t, const PointsChoice *choice)
{
    static const struct {
        int axis;
        const char *name;
    } usual[] = {{POINTS_X, "x"}, {POINTS_Y, "y"}, {POINTS_WEIGHT, "w"}, {POINTS_WEIGHT, "weight"}};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        int axis = usual[i].axis;
        size_t column = find_named(t, usual[i].name);
        if (t->column[axis] == NO_COLUMN && !(choice && choice->column[axis]) && !is_taken(t, column))
            t->column[axis] = column;
    }
}

static bool find_columns(Table *t, const PointsChoice *choice, Error *e)
{
    size_t numbers = 0;
    if (!find_chosen(t, choice, e))
        return false;
    find_usual_names(t, choice);
    for (size_t i = 0; i < TABLE_GUESSED; i++) {
        numbers += t->guess.number[i] && i != t->column[POINTS_WEIGHT];
        for (int axis = POINTS_X; axis <= POINTS_Y; axis++)
            if (t->guess.number[i] && t->column[axis] == NO_COLUMN && !is_taken(t, i))
                t->column[axis] = i;
    }
    if (t->column[POINTS_X] != NO_COLUMN && t->column[POINTS_Y] != NO_COLUMN)
        return true;
    return error_set(e, "%s: expected two columns of numbers besides the weights, found %zu (nothing was loaded)",
                     t->name, numbers);
}

/* What the columns and the layout are called, for the preview and for messages. */
static void describe(const Table *t, PointTable *p)
{
    static const struct {
        char separator;
        const char *name;
    } separators[] = {{'\t', "tabs"}, {';', "semicolons"}, {',', "commas"}, {' ', "blanks"}};
    TableScan s = scan(t);
    TableField field;
    table_next_record(&s);
    for (int axis = 0; axis < POINTS_AXES; axis++)
        if (t->column[axis] != NO_COLUMN)
            snprintf(p->column[axis], sizeof p->column[axis], "column %zu", t->column[axis] + 1);
    for (size_t i = 0; t->guess.header && table_next_field(&s, &field); i++)
        for (int axis = 0; axis < POINTS_AXES; axis++)
            if (t->column[axis] == i)
                snprintf(p->column[axis], sizeof p->column[axis], "column %zu %s", i + 1,
                         excerpt_quoted(field.text, field.size).text);
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (separators[i].separator == t->guess.separator)
            snprintf(p->format, sizeof p->format, "table with %s%s", separators[i].name,
                     t->guess.decimal == ',' ? " and decimal commas" : "");
}

/* Fills value [POINTS_AXES] from the fields found. What was expected of the one at *axis, or NULL when all are good. */
static const char *parse_row(const Table *t, const TableField *found, double *value, int *axis)
{
    value[POINTS_WEIGHT] = 1;
    for (*axis = 0; *axis < POINTS_AXES; ++*axis) {
        const TableField *field = &found[*axis];
        if (t->column[*axis] != NO_COLUMN && !number_parse_grouped(field->text, field->size, t->guess.decimal, &value[*axis]))
            return "a number";
    }
    return points_fault(value, axis);
}

/* value [POINTS_AXES] of the present record. False, with the row counted as left out, when one is no use. */
static bool read_row(const Table *t, TableScan *s, double *value, PointTable *p)
{
    TableField found[POINTS_AXES] = {0}, field;
    int at_fault;
    for (size_t i = 0; table_next_field(s, &field); i++)
        for (int axis = 0; axis < POINTS_AXES; axis++)
            if (t->column[axis] == i)
                found[axis] = field;
    const char *expected = parse_row(t, found, value, &at_fault);
    if (expected)
        points_skip(p, "line %zu: expected %s in %s, found %s", s->record, expected, p->column[at_fault],
                    excerpt_quoted(found[at_fault].text, found[at_fault].size).text);
    return !expected;
}

static bool read_rows(const Table *t, PointTable *p, Error *e)
{
    TableScan s = scan(t);
    double value[POINTS_AXES];
    if (t->guess.header)
        table_next_record(&s);
    while (table_next_record(&s))
        if (read_row(t, &s, value, p) && !points_append(p, t->name, value, e))
            return false;
    if (s.unclosed)
        return error_set(e, "%s:%zu: expected a closing quote, found the end (nothing was loaded)", t->name,
                         s.unclosed);
    return points_check(t->name, p, e);
}

bool table_read_points(const char *name, const unsigned char *bytes, size_t size, const PointsChoice *choice,
                       PointTable *points, Error *e)
{
    size_t mark = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    Table t = {.name = name, .bytes = bytes + mark, .size = size - mark};
    *points = (PointTable){0};
    if (!check_text(&t, e))
        return false;
    if (!table_guess(t.bytes, t.size, &t.guess))
        return refuse_layout(&t, e);
    if (!find_columns(&t, choice, e))
        return false;
    describe(&t, points);
    points->weighted = t.column[POINTS_WEIGHT] != NO_COLUMN;
    if (read_rows(&t, points, e))
        return true;
    points_free(points);
    return false;
}
