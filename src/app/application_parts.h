/* application_parts.h - the parts of the program with a window, for application*.c. Main thread only, but for
 * application_wake.
 *
 *     application.c            begin, end, and the loop between them
 *     application_frame.c      one frame, from its events to its picture
 *     application_events.c     what ends a wait, and how long the next one is
 *     application_commands.c   commands of keys, dropped files and the start, and what is said of them
 *     application_host.c       what the session asks of the window
 *     application_news.c       what goes to the simulation and the maps, and what comes of them and the trainer
 *     application_workers.c    drawings that are composed, files that are read and written
 */
#ifndef APP_APPLICATION_PARTS_H
#define APP_APPLICATION_PARTS_H

#include "app/audience.h"
#include "app/clerk.h"
#include "app/composer.h"
#include "app/drawing_hands.h"
#include "app/events.h"
#include "app/hands.h"
#include "app/kept_drawing.h"
#include "app/kiosk.h"
#include "app/live.h"
#include "app/map_thread.h"
#include "app/options.h"
#include "app/rates.h"
#include "app/recorder.h"
#include "app/saving.h"
#include "app/typed_word.h"
#include "ui/lecture.h"

#include <stdio.h>

/* Seconds that arrows ease after news. */
#define EASE_S 0.3

typedef struct Application {
    const Options *options;
    Window window;
    Renderer renderer;
    Audience audience;
    bool presents; /* to an audience, whose window may be closed at the moment */
    double presents_since_s;
    Catalogue catalogue;
    Session session;
    Live live;
    MapThread maps;
    Composer composer;
    Clerk clerk;
    Events events;
    NetWorkspace workspace;
    FILE *trace;
    Recorder recorder;
    const char *script; /* what is left of the commands that the program was started with */
    double script_s;    /* when it goes on */
    Uint32 wake_event;
    _Atomic bool wake_sent;

    Error toast;
    bool toast_warning, toast_offers; /* a warning; an offer, which stands longer, but not into a lesson */
    double toast_until_s;

    FrameInput in; /* of the frame at hand */
    Hands hands;
    DrawingHands drawing;
    TypedWord typed;
    Prompt prompt;
    KeyLog keys;
    KeptDrawing kept;
    Saving saving;
    bool drew; /* in the last frame */
    bool grabbed, fullscreen;
    Rect seen; /* last told to the simulation */
    int figures;

    Kiosk kiosk;
    uint64_t lesson_version, scenes_begun; /* of the lecture, as they were last seen */

    double frame_s, frame_taken_s, weights_taken_s;
    bool woken;            /* an event came */
    double busy_s;         /* from the events of the last frame to its picture */
    double moving_until_s; /* arrows still ease to the newest field: draw without waiting */
    Rates rates;
    FrameNumbers numbers;
    double end_s; /* when what is still unwritten is given up; 0: before the end */
} Application;

/* application_commands.c */

/* Shows a line for some seconds. */
void application_say(Application *a, bool warning, const char *text);

/* Shows what went wrong, and writes it to standard error. */
void application_complain(Application *a, const char *message);

/* Says what the session left to be said since the drawing had that version. */
void application_tell_notice(Application *a, uint64_t version);

/* Runs commands; "" is none. False when one was refused, which has been said. */
bool application_run(Application *a, const char *commands);

/* Runs what the keys of this frame stand for. */
void application_handle_keys(Application *a);

/* Opens the files that were dropped on the window since the last frame. */
void application_open_dropped(Application *a);

/* Goes on with the commands of the start, as far as they are due. */
void application_play_script(Application *a);

/* application_host.c */

/* What the session calls; valid as long as the application. */
Host application_host(Application *a);

/* application_workers.c */

/* Has what is drawn composed, and takes what was composed. */
void application_follow_drawing(Application *a);

/* The same until all of the drawing is composed. */
void application_await_drawing(Application *a);

/* Takes what came of errands that ran meanwhile. */
void application_take_errands(Application *a);

/* The same for a moment, before the first frame. */
void application_take_first_errands(Application *a);

/* Does what was asked for before the end, and writes it: files, the drawing, saved states, the recording. False when
 * something isn't written; where a disk takes too long, the program ends at once. */
bool application_finish(Application *a);

/* Brings the drawing that an earlier start kept. */
void application_bring_kept_drawing(Application *a);

/* Keeps the drawing when it was left. */
void application_follow_leaving(Application *a);

/* Writes what is due, and says what was written. */
void application_follow_saving(Application *a);

/* Says how a session that was cut off can go on. */
void application_offer_restore(Application *a);

/* application_events.c */

/* Wakes main; context: the Application. Any thread. */
void application_wake(void *context);

/* Waits for events, wait_s at most, and takes them in. */
void application_take_events(Application *a, double wait_s);

/* Whether no picture of the window is seen. */
bool application_minimised(const Application *a);

/* Seconds that the next frame may wait for events. */
double application_wait_s(const Application *a);

/* application_news.c */

/* What was published last, between two ticks as the clock stands. */
Shown application_newest(const Application *a);

/* Tells the simulation what is seen of the plane, when that changed. */
void application_tell_view(Application *a);

/* Asks for the maps that are shown, of what is seen. */
void application_ask_for_maps(Application *a);

/* Takes what the other threads published since the last frame. */
void application_take_news(Application *a);

/* application_frame.c */

/* Opens and closes the audience's window as it is set. */
void application_follow_audience(Application *a);

/* Describes the frame at hand in a->in. */
void application_describe_frame(Application *a, double now_s);

/* Waits for events, wait_s at most, and does one frame; nothing is drawn where nothing changed. */
void application_frame(Application *a, double wait_s);

#endif
