#include "app/mailbox.h"

void mailbox_init(Mailbox *m)
{
    atomic_init(&m->middle, 1);
    m->back = 0;
    m->front = 2;
}

void mailbox_publish(Mailbox *m)
{
    unsigned char fresh = (unsigned char)(m->back | MAILBOX_FRESH);
    m->back = atomic_exchange_explicit(&m->middle, fresh, memory_order_acq_rel) & 3;
}

bool mailbox_take(Mailbox *m)
{
    if (!(atomic_load_explicit(&m->middle, memory_order_relaxed) & MAILBOX_FRESH))
        return false;
    m->front = atomic_exchange_explicit(&m->middle, m->front, memory_order_acq_rel) & 3;
    return true;
}
