#include "scene/commands.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool number_argument(const Command *c, int word, double min, double max, double *value, Error *e)
{
    char *end;
    *value = strtod(c->word[word], &end);
    if (end == c->word[word] || *end != '\0' || !(*value >= min && *value <= max))
        return error_set(e, "expected a number from %.9g to %.9g, got \"%s\"", min, max, c->word[word]);
    return true;
}

bool count_argument(const Command *c, int word, uint64_t min, uint64_t max, uint64_t *value, Error *e)
{
    char *end;
    double number = strtod(c->word[word], &end);
    if (end == c->word[word] || *end != '\0' || !(number >= (double)min && number <= (double)max) ||
        number != floor(number))
        return error_set(e, "expected a whole number from %llu to %llu, got \"%s\"", (unsigned long long)min,
                         (unsigned long long)max, c->word[word]);
    *value = (uint64_t)number;
    return true;
}

bool place_argument(const Command *c, int word, double at[2], Error *e)
{
    return number_argument(c, word, -1e6, 1e6, &at[0], e) && number_argument(c, word + 1, -1e6, 1e6, &at[1], e);
}

static bool refuse_verb(const Verb *verbs, const Command *c, Error *e)
{
    char names[192] = "";
    size_t used = 0;
    for (const Verb *v = verbs; v->name && used < sizeof names; v++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                 v == verbs  ? ""
                                 : v[1].name ? ", "
                                             : " or ",
                                 v->name);
    return error_set(e, "%s takes %s, got \"%s\"", c->word[0], names, c->word[1]);
}

bool run_verb(const Verb *verbs, Session *s, const Command *c, Error *e)
{
    const Verb *v = verbs;
    while (v->name && strcmp(v->name, c->word[1]) != 0)
        v++;
    if (!v->name)
        return refuse_verb(verbs, c, e);
    if (c->count - 2 < v->min || c->count - 2 > v->max)
        return error_set(e, "it is used as: %s %s%s%s", c->word[0], v->name, v->usage[0] ? " " : "", v->usage);
    return v->run(s, c, e);
}
