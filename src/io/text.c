#include "io/text.h"

#include <stdbool.h>
#include <string.h>

static int goes_on(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

void text_copy(char *to, size_t size, const char *from)
{
    size_t n = strnlen(from, size - 1);
    while (n > 0 && goes_on(from[n]))
        n--;
    memcpy(to, from, n);
    to[n] = '\0';
}

/* Lead bytes by their number of followers: mask of the bits they carry, smallest code point that may be written so. */
static const struct {
    uint32_t lead, bits, smallest;
} utf8_form[] = {{0x00, 0x7f, 0x0}, {0xc0, 0x1f, 0x80}, {0xe0, 0x0f, 0x800}, {0xf0, 0x07, 0x10000}};

uint32_t utf8_next(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    size_t followers = at[0] < 0x80 ? 0 : at[0] < 0xe0 ? 1 : at[0] < 0xf0 ? 2 : 3;
    uint32_t code = at[0] & utf8_form[followers].bits;
    bool valid = (at[0] & ~utf8_form[followers].bits) == utf8_form[followers].lead;
    if (at[0] == 0)
        return 0;
    for (size_t i = 1; valid && i <= followers; i++) {
        valid = (at[i] & 0xc0) == 0x80;
        code = code << 6 | (at[i] & 0x3f);
    }
    valid = valid && code >= utf8_form[followers].smallest && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    *text += valid ? followers + 1 : 1;
    return valid ? code : 0xfffd;
}

/* The form is written from its last follower forwards. */
size_t utf8_put(char *to, uint32_t code)
{
    size_t followers = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    for (size_t i = followers; i > 0; i--, code >>= 6)
        to[i] = (char)(0x80 | (code & 0x3f));
    to[0] = (char)(utf8_form[followers].lead | code);
    return followers + 1;
}
