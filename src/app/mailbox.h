/* mailbox.h - the newest value from one writing thread to one reading thread; neither ever waits.
 *
 * Three slots and one atomic byte: the writer fills slot `back` and publishes it, the reader takes the newest into
 * `front`. A value that nobody took is overwritten. The slots themselves are the caller's, an array of three.
 */
#ifndef APP_MAILBOX_H
#define APP_MAILBOX_H

#include <stdatomic.h>
#include <stdbool.h>

enum { MAILBOX_SLOTS = 3, MAILBOX_FRESH = 4 };

typedef struct Mailbox {
    _Atomic unsigned char middle;
    unsigned char back;  /* the writer's */
    unsigned char front; /* the reader's */
} Mailbox;

void mailbox_init(Mailbox *m);
/* Writer: what stands in slot `back` is the newest; `back` is another slot now. */
void mailbox_publish(Mailbox *m);
/* Reader: true when something newer stands in slot `front` now. */
bool mailbox_take(Mailbox *m);

#endif
