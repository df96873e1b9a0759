/* commands_parts.c - what becomes of the parts of the drawing. */
#include "scene/commands.h"
#include "scene/nearest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool drew(Session *s, bool ok)
{
    session_drew(s);
    return ok;
}

/* Word 2: a part by its number, from `least` on; 1 is the lowest. */
static bool part_argument(const Session *s, const Command *c, uint64_t least, uint64_t *number, Error *e)
{
    if (s->desk.drawing.count == 0 && least > 0)
        return error_set(e, "the drawing has no parts");
    return count_argument(c, 2, least, s->desk.drawing.count, number, e);
}

static const char *target_name(size_t i)
{
    return i < target_count() ? target_info(i)->name : NULL;
}

static bool part_add(Session *s, const Command *c, Error *e)
{
    char nearest[192];
    size_t row = name_find(target_name, c->word[2]);
    if (row == NAME_NONE)
        return error_set(e, "there is no target \"%s\"%s", c->word[2],
                         name_suggest(target_name, c->word[2], nearest, sizeof nearest));
    Part part = part_of(PART_TARGET, target_info(row)->label);
    part.target = row;
    return drew(s, desk_add(&s->desk, part, false, "another target", e));
}

static bool part_select(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    if (!part_argument(s, c, 0, &number, e))
        return false;
    s->desk.chosen = number > 0 ? s->desk.drawing.part[number - 1].id : 0;
    return true;
}

static bool part_remove(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    return part_argument(s, c, 1, &number, e) && drew(s, desk_remove(&s->desk, number - 1, e));
}

static bool part_duplicate(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    return part_argument(s, c, 1, &number, e) && drew(s, desk_duplicate(&s->desk, number - 1, e));
}

/* The part that a command is about, to be changed. */
static bool part_to_change(const Session *s, const Command *c, uint64_t *number, Part *part, Error *e)
{
    if (!part_argument(s, c, 1, number, e))
        return false;
    *part = s->desk.drawing.part[*number - 1];
    return true;
}

static bool part_place(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    Part part;
    return part_to_change(s, c, &number, &part, e) &&
           number_argument(c, 3, -PART_REACH, PART_REACH, &part.place[0], e) &&
           number_argument(c, 4, -PART_REACH, PART_REACH, &part.place[1], e) &&
           drew(s, desk_change_part(&s->desk, number - 1, &part, "place", e));
}

static bool part_size(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    Part part;
    return part_to_change(s, c, &number, &part, e) &&
           number_argument(c, 3, PART_SIZE_MIN, PART_SIZE_MAX, &part.size, e) &&
           drew(s, desk_change_part(&s->desk, number - 1, &part, "size", e));
}

static bool part_angle(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    double degrees;
    Part part;
    if (!part_to_change(s, c, &number, &part, e) || !number_argument(c, 3, -360, 360, &degrees, e))
        return false;
    part.angle = degrees * M_PI / 180;
    return drew(s, desk_change_part(&s->desk, number - 1, &part, "angle", e));
}

static bool part_weight(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    Part part;
    return part_to_change(s, c, &number, &part, e) && number_argument(c, 3, 0, PART_WEIGHT_MAX, &part.weight, e) &&
           drew(s, desk_change_part(&s->desk, number - 1, &part, "weight", e));
}

static bool part_show(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    Part part;
    if (!part_to_change(s, c, &number, &part, e))
        return false;
    part.shown = strcmp(c->word[3], "on") == 0;
    if (!part.shown && strcmp(c->word[3], "off") != 0)
        return error_set(e, "part show takes on or off, got \"%s\"", c->word[3]);
    return drew(s, desk_change_part(&s->desk, number - 1, &part, part.shown ? "showing" : "hiding", e));
}

static bool part_up(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    if (!part_argument(s, c, 1, &number, e))
        return false;
    if (number < s->desk.drawing.count)
        return drew(s, desk_reorder(&s->desk, number - 1, number, e));
    snprintf(s->notice, sizeof s->notice, "It is the uppermost part already");
    return true;
}

static bool part_down(Session *s, const Command *c, Error *e)
{
    uint64_t number;
    if (!part_argument(s, c, 1, &number, e))
        return false;
    if (number > 1)
        return drew(s, desk_reorder(&s->desk, number - 1, number - 2, e));
    snprintf(s->notice, sizeof s->notice, "It is the lowest part already");
    return true;
}

bool run_part(Session *s, const Command *c, Error *e)
{
    static const Verb verbs[] = {{"add", "TARGET", 1, 1, part_add},        {"select", "I", 1, 1, part_select},
                                 {"remove", "I", 1, 1, part_remove},       {"place", "I X Y", 3, 3, part_place},
                                 {"size", "I S", 2, 2, part_size},         {"angle", "I DEGREES", 2, 2, part_angle},
                                 {"weight", "I W", 2, 2, part_weight},     {"up", "I", 1, 1, part_up},
                                 {"down", "I", 1, 1, part_down},           {"show", "I on|off", 2, 2, part_show},
                                 {"duplicate", "I", 1, 1, part_duplicate}, {0}};
    return run_verb(verbs, s, c, e);
}
