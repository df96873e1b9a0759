/* kiosk.h - lessons that go by on their own, over and over, as long as nobody touches anything.
 *
 * Next comes by itself when a scene has done its commands and its texts have had time to be read. A hand stops that; a
 * minute after the last touch it goes on, from the beginning of the scene one is in. Main thread.
 */
#ifndef APP_KIOSK_H
#define APP_KIOSK_H

#include "app/options.h"
#include "scene/lesson.h"

typedef struct Kiosk {
    const Options *options;     /* with the names of the lessons; none: all that ship */
    size_t next;                /* of them, which is begun next */
    bool stopped;               /* by a hand */
    double touched_s, opened_s; /* last */
    double still_s;             /* since when the scene waits for its reader; NAN: it does not */
} Kiosk;

Kiosk kiosk_of(const Options *o);

/* What is to be run now, a command or "", written to text. touched: a hand did something since the last call. */
const char *kiosk_command(Kiosk *k, const Lecture *l, bool touched, double now_s, char *text, size_t size);

#endif
