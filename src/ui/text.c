#include "ui/rect.h"
#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

#define ELLIPSIS "\u2026"

enum { LINE_BYTES = 256 };

/* Half the height of a capital letter, in ems: Inter's is 0.727, JetBrains Mono's 0.73. */
static const double half_capital = 0.364;

/* Pixels: a rectangle that was made as wide as its text comes out a rounding error narrower. */
static const double slack = 1e-6;

double ui_text_width(const Ui *ui, TextStyle style, const char *text)
{
    return ui->measure(ui->measure_context, style.face, style.size * ui->scale, style.tabular, text);
}

/* Without faces to ask, a letter with ascender and descender. */
TextInk ui_ink(const Ui *ui, Face face, const char *text)
{
    if (ui->measure_ink)
        return ui->measure_ink(ui->measure_context, face, text);
    double advance = ui->measure(ui->measure_context, face, 1, false, text);
    return (TextInk){advance, 0, advance, 0.7, 0.2};
}

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* The longest beginning that fits together with the ellipsis; "" when not even that does. */
static const char *shorten(const Ui *ui, TextStyle style, double width, const char *text, char *out, size_t size)
{
    size_t length = strlen(text);
    length = length < size - sizeof ELLIPSIS ? length : size - sizeof ELLIPSIS;
    for (size_t n = length + 1; n-- > 0;) {
        if (n < length && !starts_character(text[n]))
            continue;
        memcpy(out, text, n);
        memcpy(out + n, ELLIPSIS, sizeof ELLIPSIS);
        if (ui_text_width(ui, style, out) <= width)
            return out;
    }
    out[0] = '\0';
    return out;
}

double ui_text(Ui *ui, TextStyle style, Rect at, Align align, const char *text)
{
    char shortened[128];
    double width = ui_text_width(ui, style, text);
    if (width > at.w + slack) {
        text = shorten(ui, style, at.w, text, shortened, sizeof shortened);
        width = ui_text_width(ui, style, text);
    }
    if (*text == '\0')
        return 0;
    double size = style.size * ui->scale, spare = at.w - width;
    double x = at.x + (align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? spare : spare / 2);
    double baseline = at.y + at.h / 2 + half_capital * size;
    draw_text(&ui->list, style.face, size, fmax(floor(x), at.x), round(baseline), style.colour, style.tabular, text);
    return width;
}

/* As much of a word as fits, but one letter at least. */
static size_t cut_word(const Ui *ui, TextStyle style, double width, const char *word)
{
    char line[LINE_BYTES];
    size_t fits = 0, n = 0;
    do {
        fits = n;
        do
            n++;
        while (n < sizeof line - 1 && !starts_character(word[n]));
        memcpy(line, word, n);
        line[n] = '\0';
    } while (n < sizeof line - 1 && ui_text_width(ui, style, line) <= width);
    return fits ? fits : n;
}

size_t ui_text_break(const Ui *ui, TextStyle style, double width, const char *text)
{
    char line[LINE_BYTES];
    size_t fits = 0, n = 0;
    while (text[n] && text[n] != '\n') {
        while (text[n] == ' ')
            n++;
        n += strcspn(text + n, " \n");
        snprintf(line, sizeof line, "%.*s", (int)n, text);
        if (n >= sizeof line || ui_text_width(ui, style, line) > width + slack)
            return fits ? fits : cut_word(ui, style, width + slack, text);
        fits = n;
    }
    return fits;
}

TextBlock ui_text_block(const Ui *ui, TextStyle style, double width, const char *text)
{
    TextBlock b = {.count = 0};
    char line[LINE_BYTES];
    while (*text && b.count < BLOCK_LINES) {
        size_t n = ui_text_break(ui, style, width, text);
        b.line[b.count] = text;
        b.length[b.count++] = n;
        snprintf(line, sizeof line, "%.*s", (int)n, text);
        b.width = fmax(b.width, ui_text_width(ui, style, line));
        text += n;
        b.cut |= *text && *text != ' ' && *text != '\n';
        text += strspn(text, " ");
        text += *text == '\n';
    }
    return b;
}

void ui_text_lines(Ui *ui, TextStyle style, Rect *column, double row, Align align, const TextBlock *b)
{
    char line[LINE_BYTES];
    for (size_t i = 0; i < b->count; i++) {
        snprintf(line, sizeof line, "%.*s", (int)b->length[i], b->line[i]);
        ui_text(ui, style, rect_cut_top(column, row), align, line);
    }
}
