#include "scene/lecture.h"

#include <string.h>

static const char *const part_name[] = {"top",     "panel",    "noise", "strip", "target",
                                        "network", "dynamics", "field", "layers"};

const char *lecture_place_name(size_t place)
{
    if (place < SETTING_COUNT)
        return setting_info((SettingId)place)->name;
    return place < LECTURE_PLACES ? part_name[place - SETTING_COUNT] : NULL;
}

/* Parts first: "target" and "field" are names of settings too, whose controls these parts are. */
size_t lecture_place_find(const char *name)
{
    for (size_t i = SETTING_COUNT; i < LECTURE_PLACES; i++) {
        if (strcmp(part_name[i - SETTING_COUNT], name) == 0)
            return i;
    }
    SettingId id = setting_find(name);
    return id < SETTING_COUNT ? id : LECTURE_NOWHERE;
}

size_t lecture_scenes(const Lecture *l)
{
    (void)l;
    return 0;
}

const char *lecture_title(const Lecture *l)
{
    (void)l;
    return "";
}

const char *lecture_scene_title(const Lecture *l, size_t scene)
{
    (void)l;
    (void)scene;
    return "";
}

const char *lesson_shipped_title(size_t i)
{
    (void)i;
    return NULL;
}
