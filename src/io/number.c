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
