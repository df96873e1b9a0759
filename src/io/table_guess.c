#include "io/table_guess.h"

#include "io/number.h"

#include <string.h>
#include <strings.h>

enum { SAMPLE_BYTES = 1 << 20, SAMPLE_ROWS = 1000 };

/* Of layouts that fit alike, the first: "1;2" has no decimal comma, and "1, 2" no blanks for separators. A comma that
 * separates may still be a decimal mark in quotes. */
static const struct Layout {
    char separator, decimal;
} layouts[] = {{'\t', '.'}, {'\t', ','}, {';', '.'}, {';', ','}, {',', '.'}, {',', ','}, {' ', '.'}, {' ', ','}};

typedef enum FieldKind { FIELD_EMPTY, FIELD_NUMBER, FIELD_WORD, FIELD_KINDS } FieldKind;

static bool stands_for_nothing(const TableField *f)
{
    static const char *const words[] = {"na", "n/a", "null", "none", "-", "?"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (f->size == strlen(words[i]) && strncasecmp((const char *)f->text, words[i], f->size) == 0)
            return true;
    return f->size == 0;
}

static FieldKind field_kind(const TableField *f, char decimal)
{
    double number;
    if (number_parse_grouped(f->text, f->size, decimal, &number))
        return FIELD_NUMBER;
    return stands_for_nothing(f) ? FIELD_EMPTY : FIELD_WORD;
}

typedef struct Fit {
    size_t rows;  /* with two numbers or more */
    size_t words; /* fields of these rows */
} Fit;

static Fit measure(const unsigned char *bytes, size_t size, const struct Layout *layout)
{
    TableScan s = table_scan(bytes, size, layout->separator);
    TableField field;
    Fit fit = {0};
    for (int row = 0; row < SAMPLE_ROWS && table_next_record(&s); row++) {
        size_t count[FIELD_KINDS] = {0};
        while (table_next_field(&s, &field))
            count[field_kind(&field, layout->decimal)]++;
        if (count[FIELD_NUMBER] >= 2) {
            fit.rows++;
            fit.words += count[FIELD_WORD];
        }
    }
    return fit;
}

static const struct Layout *best_layout(const unsigned char *bytes, size_t size)
{
    const struct Layout *best = NULL;
    Fit most = {0};
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        Fit fit = measure(bytes, size, &layouts[i]);
        if (fit.rows > most.rows || (fit.rows > 0 && fit.rows == most.rows && fit.words < most.words)) {
            most = fit;
            best = &layouts[i];
        }
    }
    return best;
}

/* How often the columns hold what, below the first record. */
typedef struct Columns {
    FieldKind first[TABLE_GUESSED];
    size_t count[TABLE_GUESSED][FIELD_KINDS];
} Columns;

static void count_kinds(const unsigned char *bytes, size_t size, const struct Layout *layout, Columns *c)
{
    TableScan s = table_scan(bytes, size, layout->separator);
    TableField field;
    for (int row = 0; row < SAMPLE_ROWS && table_next_record(&s); row++)
        for (size_t i = 0; i < TABLE_GUESSED && table_next_field(&s, &field); i++) {
            FieldKind kind = field_kind(&field, layout->decimal);
            if (row == 0)
                c->first[i] = kind;
            else
                c->count[i][kind]++;
        }
}

bool table_guess(const unsigned char *bytes, size_t size, TableGuess *guess)
{
    size_t sample = size < SAMPLE_BYTES ? size : SAMPLE_BYTES;
    const struct Layout *layout = best_layout(bytes, sample);
    Columns c = {0};
    if (!layout)
        return false;
    *guess = (TableGuess){.separator = layout->separator, .decimal = layout->decimal};
    count_kinds(bytes, sample, layout, &c);
    for (size_t i = 0; i < TABLE_GUESSED; i++) /* a word above numbers is a name */
        guess->header |= c.first[i] == FIELD_WORD && c.count[i][FIELD_NUMBER] > c.count[i][FIELD_WORD];
    for (size_t i = 0; i < TABLE_GUESSED; i++) {
        if (!guess->header)
            c.count[i][c.first[i]]++;
        guess->number[i] = c.count[i][FIELD_NUMBER] > c.count[i][FIELD_WORD];
    }
    return true;
}
