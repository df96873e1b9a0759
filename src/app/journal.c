#include "app/journal.h"

bool journal_put(Journal *j, Event event)
{
    size_t written = atomic_load_explicit(&j->written, memory_order_relaxed);
    size_t room = JOURNAL_SIZE - (written - atomic_load_explicit(&j->read, memory_order_acquire));
    if (room <= (event.adopted ? JOURNAL_SIZE / 4 : 0))
        return false;
    j->event[written % JOURNAL_SIZE] = event;
    atomic_store_explicit(&j->written, written + 1, memory_order_release);
    return true;
}

const Event *journal_peek(const Journal *j)
{
    size_t read = atomic_load_explicit(&j->read, memory_order_relaxed);
    return read == atomic_load_explicit(&j->written, memory_order_acquire) ? NULL : &j->event[read % JOURNAL_SIZE];
}

void journal_drop(Journal *j)
{
    atomic_fetch_add_explicit(&j->read, 1, memory_order_release);
}
