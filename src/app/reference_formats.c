#include "app/reference_formats.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

/* Plain text */

static void plain_text(Bytes *b, const char *text)
{
    for (; *text; text++) {
        if (*text != '`')
            bytes_append(b, text, 1);
    }
    bytes_append(b, "\n", 1);
}

static void plain_begin(Bytes *b, const char *summary, const char *usage)
{
    bytes_printf(b, "scorefield %s: %s\n\nusage: scorefield %s\n", SCOREFIELD_VERSION, summary, usage);
}

static void plain_section(Bytes *b, const char *title)
{
    bytes_printf(b, "\n%s\n", title);
}

static void plain_group(Bytes *b, const char *title)
{
    bytes_printf(b, "\n %s\n", title);
}

static void plain_paragraph(Bytes *b, const char *text)
{
    bytes_append(b, "  ", 2);
    plain_text(b, text);
}

static void plain_code(Bytes *b, const char *text)
{
    bytes_printf(b, "    %s\n", text);
}

/* What takes many words has its help below them. */
static void plain_entry(Bytes *b, const char *name, const char *argument, const char *text)
{
    enum { COLUMN = 26 };
    size_t begin = b->size;
    bytes_printf(b, "  %s%s%s", name, argument[0] ? " " : "", argument);
    int rest = COLUMN + 2 - (int)(b->size - begin);
    bytes_printf(b, "%s%*s ", rest < 0 ? "\n" : "", rest < 0 ? COLUMN + 2 : rest, "");
    plain_text(b, text);
}

static void plain_choice(Bytes *b, const char *name, const char *text)
{
    bytes_printf(b, "    %s: %s\n", name, text);
}

/* Manual page: macros of man(7), in ASCII so that any troff reads it */

/* Code point at *text, which moves behind it. */
static uint32_t next_letter(const char **text)
{
    unsigned char first = (unsigned char)*(*text)++;
    uint32_t letter = first < 0x80 ? first : first < 0xE0 ? first & 0x1Fu : first < 0xF0 ? first & 0x0Fu : first & 7u;
    while (((unsigned char)**text & 0xC0) == 0x80)
        letter = letter << 6 | ((unsigned char)*(*text)++ & 0x3Fu);
    return letter;
}

static void man_letter(Bytes *b, uint32_t letter)
{
    if (letter >= 0x80)
        bytes_printf(b, "\\[u%04X]", (unsigned)letter);
    else if (letter == '\\')
        bytes_printf(b, "\\e");
    else if (letter == '-')
        bytes_printf(b, "\\-");
    else if (letter == '\'')
        bytes_printf(b, "\\(aq");
    else
        bytes_printf(b, "%c", (int)letter);
}

/* \& keeps what follows from being read as a macro. */
static void man_text(Bytes *b, const char *text)
{
    bool typed = false;
    bytes_printf(b, "\\&");
    while (*text) {
        uint32_t letter = next_letter(&text);
        if (letter != '`')
            man_letter(b, letter);
        else
            bytes_printf(b, "%s", (typed = !typed) ? "\\fB" : "\\fR");
    }
}

static void man_begin(Bytes *b, const char *summary, const char *usage)
{
    bytes_printf(b,
                 ".\\\" Made by ./dev docs from the program's tables.\n.TH SCOREFIELD 1 \"\" \"scorefield %s\" "
                 "\"User Commands\"\n.SH NAME\nscorefield \\- ",
                 SCOREFIELD_VERSION);
    man_text(b, summary);
    bytes_printf(b, "\n.SH SYNOPSIS\n.B scorefield\n");
    man_text(b, usage);
    bytes_printf(b, "\n");
}

static void man_section(Bytes *b, const char *title)
{
    bytes_printf(b, ".SH ");
    for (; *title; title++)
        bytes_printf(b, "%c", toupper((unsigned char)*title));
    bytes_printf(b, "\n");
}

static void man_group(Bytes *b, const char *title)
{
    bytes_printf(b, ".SS %c%s\n", toupper((unsigned char)title[0]), title + 1);
}

static void man_paragraph(Bytes *b, const char *text)
{
    bytes_printf(b, ".PP\n");
    man_text(b, text);
    bytes_printf(b, "\n");
}

static void man_code(Bytes *b, const char *text)
{
    bytes_printf(b, ".PP\n.RS 4\n.nf\n");
    man_text(b, text);
    bytes_printf(b, "\n.fi\n.RE\n");
}

static void man_entry(Bytes *b, const char *name, const char *argument, const char *text)
{
    bytes_printf(b, ".TP\n\\fB");
    man_text(b, name);
    bytes_printf(b, "\\fR%s", argument[0] ? " \\fI" : "");
    man_text(b, argument);
    bytes_printf(b, "\\fR\n");
    man_text(b, text);
    bytes_printf(b, "\n");
}

static void man_choice(Bytes *b, const char *name, const char *text)
{
    bytes_printf(b, ".br\n\\fB");
    man_text(b, name);
    bytes_printf(b, "\\fR: ");
    man_text(b, text);
    bytes_printf(b, "\n");
}

/* Markdown */

static void markdown_begin(Bytes *b, const char *summary, const char *usage)
{
    bytes_printf(b,
                 "<!-- Made by ./dev docs from the program's tables. -->\n# Reference\n\nscorefield %s: %s.\n\n"
                 "    scorefield %s\n",
                 SCOREFIELD_VERSION, summary, usage);
}

static void markdown_section(Bytes *b, const char *title)
{
    bytes_printf(b, "\n## %s\n\n", title);
}

static void markdown_group(Bytes *b, const char *title)
{
    bytes_printf(b, "\n### %c%s\n\n", toupper((unsigned char)title[0]), title + 1);
}

static void markdown_paragraph(Bytes *b, const char *text)
{
    bytes_printf(b, "%s\n\n", text);
}

static void markdown_code(Bytes *b, const char *text)
{
    bytes_printf(b, "    %s\n\n", text);
}

static void markdown_entry(Bytes *b, const char *name, const char *argument, const char *text)
{
    bytes_printf(b, "- `%s%s%s`: %s\n", name, argument[0] ? " " : "", argument, text);
}

static void markdown_choice(Bytes *b, const char *name, const char *text)
{
    bytes_printf(b, "  - `%s`: %s\n", name, text);
}

static const ReferenceFormat table[] = {
    {"plain", false, plain_begin, plain_section, plain_group, plain_paragraph, plain_code, plain_entry, plain_choice},
    {"man", true, man_begin, man_section, man_group, man_paragraph, man_code, man_entry, man_choice},
    {"markdown", true, markdown_begin, markdown_section, markdown_group, markdown_paragraph, markdown_code,
     markdown_entry, markdown_choice},
};

const ReferenceFormat *reference_format(size_t i)
{
    return i < sizeof table / sizeof *table ? &table[i] : NULL;
}
