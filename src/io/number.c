#include "io/number.h"

#include <stdlib.h>
#include <string.h>

/* What a number may consist of, words for NaN and infinity included: strtod reads more, such as 0x1p3. */
static bool belongs_to_number(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c && strchr("+-.eEnaiftyNAIFTY", c));
}

bool number_parse(const unsigned char *text, size_t size, char decimal, double *number)
{
    char copy[NUMBER_LONGEST + 1], *end;
    if (size == 0 || size > NUMBER_LONGEST)
        return false;
    for (size_t i = 0; i < size; i++) {
        bool mark = text[i] == (unsigned char)decimal;
        if (!mark && (text[i] == '.' || !belongs_to_number(text[i])))
            return false;
        copy[i] = mark ? '.' : (char)text[i];
    }
    copy[size] = 0;
    *number = strtod(copy, &end); /* the C locale's: the program never sets LC_NUMERIC */
    return end == copy + size;
}

static size_t digits_at(const unsigned char *text, size_t size)
{
    size_t n = 0;
    while (n < size && text[n] >= '0' && text[n] <= '9')
        n++;
    return n;
}

/* Bytes of the groups that a number begins with, sign included; 0 when it has no marks between thousands, or ones that
 * may be something else. */
static size_t grouped_part(const unsigned char *text, size_t size, char decimal)
{
    unsigned char mark = decimal == '.' ? ',' : '.';
    size_t at = size > 0 && (text[0] == '-' || text[0] == '+'), first = digits_at(text + at, size - at), groups = 0;
    if (first < 1 || first > 3)
        return 0;
    for (at += first; at < size && text[at] == mark; at += 4, groups++)
        if (digits_at(text + at + 1, size - at - 1) != 3)
            return 0;
    return groups > 1 || (groups == 1 && at < size && text[at] == (unsigned char)decimal) ? at : 0;
}

bool number_parse_grouped(const unsigned char *text, size_t size, char decimal, double *number)
{
    unsigned char plain[NUMBER_LONGEST];
    size_t used = 0, groups;
    if (number_parse(text, size, decimal, number))
        return true;
    if (size == 0 || size > NUMBER_LONGEST || (groups = grouped_part(text, size, decimal)) == 0)
        return false;
    for (size_t i = 0; i < size; i++)
        if (i >= groups || (text[i] != '.' && text[i] != ','))
            plain[used++] = text[i];
    return number_parse(plain, used, decimal, number);
}
