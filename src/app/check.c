#include "app/check.h"

#include "app/options.h"
#include "gfx/word.h"
#include "scene/lesson.h"

#include <stdio.h>

static bool set_word(void *context, const char *text, const char *face, Raster **out, Error *e)
{
    return words_set(context, text, face, out, e);
}

static int tell_problems(const Lesson *l)
{
    for (size_t i = 0; i < l->problems; i++)
        fprintf(stderr, "%s\n", l->problem[i].text);
    return l->problems > 0 ? EXIT_FAILED : 0;
}

int check_lesson(const char *name)
{
    Catalogue catalogue;
    Words words = {0};
    Error e = {"out of memory"};
    Host host = {.context = &words, .word = set_word};
    Lesson *l = catalogue_init(&catalogue) ? lesson_load(name, &catalogue, &host, &e) : NULL;
    int status = l ? tell_problems(l) : EXIT_FAILED;
    if (!l)
        fprintf(stderr, "%s\n", e.text);
    lesson_free(l);
    words_free(&words);
    catalogue_free(&catalogue);
    return status;
}
