#include "scene/errand.h"

void errand_run(Errand *x)
{
    x->ok = x->kind->run(x, &x->why);
}

bool session_deliver(Session *s, Errand *x, Error *e)
{
    bool wanted = !x->kind->reads || x->number > s->called_off, ok = true;
    s->reads -= x->kind->reads;
    if (wanted && x->ok)
        ok = x->kind->deliver(x, s, e);
    else if (wanted)
        ok = error_set(e, "%s", x->why.text);
    x->kind->free(x);
    return ok;
}

bool session_give(Session *s, Errand *x, Error *e)
{
    x->number = ++s->errands;
    if (x->kind->reads) {
        s->reads++;
        s->newest_read = x->number;
    }
    if (s->host.errand) {
        s->host.errand(s->host.context, x);
        return true;
    }
    errand_run(x);
    return session_deliver(s, x, e);
}

bool session_await(Session *s, Error *e)
{
    bool ok = true;
    Errand *x;
    while (s->host.await && (x = s->host.await(s->host.context)))
        ok &= session_deliver(s, x, e);
    return ok;
}

void session_reads(Session *s, const char *name)
{
    s->reading = loaded_reading(name);
}

const Loaded *session_loaded(const Session *s)
{
    return s->reads > 0 && s->newest_read > s->called_off ? &s->reading : desk_loaded(&s->desk);
}

void session_call_off(Session *s)
{
    s->called_off = s->errands;
}

void session_put_card_away(Session *s)
{
    if (session_loaded(s) == &s->reading)
        session_call_off(s);
    else
        s->desk.loaded.kind = LOADED_NOTHING;
}
