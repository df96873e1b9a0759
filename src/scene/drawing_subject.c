#include "scene/drawing_subject.h"

#include "scene/drawing_target.h"

static bool make_target(const Drawing *d, Target *t, Error *e)
{
    if (!drawing_empty(d))
        return drawing_target(d, t, e);
    return target_init(t, target_count()) || error_set(e, "out of memory for an empty canvas");
}

Subject *drawing_subject(const Drawing *d, uint64_t revision, Error *e)
{
    Target t;
    if (!make_target(d, &t, e)) {
        target_free(&t);
        return NULL;
    }
    Subject *s = subject_create(t, target_count(), revision);
    if (!s)
        error_set(e, "out of memory for the samples of a drawing");
    else
        s->blank = drawing_empty(d);
    return s;
}
