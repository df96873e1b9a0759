/* recorder.h - what is done in a window as a file of commands, so that one thread can do it again to the last bit.
 *
 *     scorefield recording 1
 *     --set target=moons
 *
 *     replay on
 *     replay handle 15.6 on
 *     replay train 18
 *     replay tick 1
 *     replay adopt
 *     set sigma 0.4
 *     replay off
 *
 * After a line that says what it is come the options that settings began with, an empty line, and commands: a person's
 * as they were, and between them, as `replay`, how many steps and ticks there were and when the simulation adopted
 * weights. Three threads did that side by side. It can be told in a row because orders are all there is between main
 * and the workers, both workers take the orders of one command at one step and one tick, and the simulation adopts
 * weights only of a learner that has heard the same orders (live.h): what one worker does between two orders touches
 * the other in nothing but adoptions, which both count. A line is on the disk as soon as it is sure, so that the
 * recording of a program that ended badly can be read up to there.
 *
 * The main thread's, all of it.
 */
#ifndef APP_RECORDER_H
#define APP_RECORDER_H

#include "app/live.h"
#include "scene/command.h"

#include <stdio.h>

#define RECORDING_MARK "scorefield recording 1\n"

/* A line that waits until it is sure what came before it. */
typedef struct Pending {
    uint64_t sequence; /* of the last order that it gave; 0: none */
    Bytes text;
} Pending;

/* All zero: nothing is recorded, and all calls but recorder_open do nothing. */
typedef struct Recorder {
    FILE *file;
    const char *path;
    Live *live;
    Session *session;
    uint64_t steps, ticks; /* that are in the file */
    uint64_t noted;        /* sequence of the last order that is in the file or pending */
    uint64_t followed;     /* and of the last that both workers are known to have carried out */
    Order held;            /* the newest, until it is known whether another belongs to the same command */
    bool holds, open;      /* open: the last that the workers have says that another follows */
    bool echoed;           /* settings heard of the handle since the last line */
    double sigma;          /* what they heard */
    bool playing;
    char pasted[4096]; /* file of what the command under way took from the clipboard; "": nothing */
    unsigned pastes;
    Pending *pending; /* [count] */
    size_t count, capacity;
} Recorder;

/* Begins the file: options as on the command line, one a line. After session_init and live_record, before live_start.
 * False with the reason when it can't be written; recorder_close is legal either way. */
bool recorder_open(Recorder *r, const char *path, const char *options, Live *live, Session *session, Error *e);
/* After live_stop: the rest. False when not all could be written. */
bool recorder_close(Recorder *r, Error *e);

static inline bool recorder_on(const Recorder *r)
{
    return r->file;
}

/* An order on its way to the workers. */
void recorder_order(Recorder *r, const Order *order);
/* A command was run: all orders since the last note are its own. */
void recorder_ran(Recorder *r, const Command *c, bool ok);
/* The same of what is no command: `text` is the line to write, "" for none. */
void recorder_note(Recorder *r, const char *text);
/* lecture_advance was called. */
void recorder_lesson(Recorder *r, const LectureClock *now, bool ok);
/* session_echo was called. */
void recorder_echo(Recorder *r);
/* This was taken from the clipboard. False with one line when it can't be kept. */
bool recorder_pasted(Recorder *r, const char *text, Error *e);
/* Returns when all orders so far are carried out: before what they name gives way to something else. */
void recorder_await(Recorder *r);
/* Makes live->still what both workers are at this place of the recording. */
void recorder_show(Recorder *r);
/* Once a frame: writes what has become sure. */
void recorder_follow(Recorder *r);

#endif
