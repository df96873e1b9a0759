/* paths.h - paths that stay: what was dropped, in order, and the lines that it left.
 *
 * Lines are a function of the asks and the field. Where the field changes they are traced again, in pieces of about a
 * millisecond; until then the old ones are shown. Nothing but paths_init allocates. One thread, that of the field.
 *
 * A trace costs, a line and step, what its sampler asks of the field: with n steps, 5 n evaluations for the four fates
 * and 64 n for a fan of a sampler that asks once a step.
 */
#ifndef SCENE_PATHS_H
#define SCENE_PATHS_H

#include "scene/lines.h"
#include "scene/path.h"

enum {
    PATHS_MAX = 32, /* asks */
    PATHS_LINES_MAX = PATHS_MAX * PATH_LINES_MAX,
    PATHS_POINTS_MAX = PATH_LINES_MAX * 2048 /* one fan of the longest ways, or 64 points a line of the most */
};

/* Lines in data units with a PathRole as value, those of one ask and in it of one sampler behind each other, also when
 * a way has only one place: then it comes twice. */
typedef struct PathLines {
    Lines lines;
    uint32_t *step; /* [points_max]: steps taken up to a point */
    float *level;   /* [points_max]: noise level there, data units; 0 where it is denoised */
} PathLines;

typedef struct Paths {
    PathAsk ask[PATHS_MAX];
    size_t asks;
    PathLines shown;      /* of the first asks, or of all when nothing is due */
    uint64_t builds;      /* how often the lines that are shown became others */
    uint64_t evaluations; /* of the field, by the trace that is shown */
    PathLines next;       /* what follows is the trace under way */
    bool tracing, due;
    size_t at_ask, at_sampler;
    PathRun run;
    float *place;   /* [PATH_LINES_MAX][PATH_POINTS_MAX][2], of the run */
    uint32_t *kept; /* [PATH_POINTS_MAX], points of a line that are kept */
    uint64_t counted;
} Paths;

/* False when memory is short; paths_free is legal either way. */
bool paths_init(Paths *p);
void paths_free(Paths *p);

/* One more ask. False, and nothing is added, beyond PATHS_MAX of them or PATH_LINES_MAX lines. */
bool paths_add(Paths *p, const PathAsk *ask);
/* Takes the last ask back, and its lines at once. False when there is none. */
bool paths_undo(Paths *p);
/* The same of the first. */
bool paths_forget(Paths *p);
void paths_clear(Paths *p);

/* The field is another: all is to be traced again. A trace under way is finished and shown first, the rest of it in the
 * new field, so that one which changes all the time is followed too. */
void paths_renew(Paths *p);
/* A step or more of what is due, about a thousand evaluations of the field. False when nothing is left. */
bool paths_trace_piece(Paths *p, const FieldSource *field);
/* All that is due. */
void paths_trace(Paths *p, const FieldSource *field);

/* What a shown line belongs to: the ask, which of its samplers, and which of the seeds. */
typedef struct PathLine {
    size_t ask, sampler, seed;
} PathLine;
PathLine paths_line(const Paths *p, size_t line);
/* The first line of an ask, which is shown or will be. */
size_t paths_first_line(const Paths *p, size_t ask);

/* Steps of a shown line. */
size_t paths_steps(const Paths *p, size_t line);

/* The point from which a shown line goes on to so many steps, not its last. */
size_t paths_point_before(const Paths *p, size_t line, double step);

/* A shown line after a share of its steps, 0 .. 1. Between two points place and step are even, and so is ln sigma. */
typedef struct PathPlace {
    float x[2];
    double level, step;
} PathPlace;
PathPlace paths_at(const Paths *p, size_t line, double share);

/* Steps first .. first+n-1 of a line, taken apart; how many there are. The line's run is traced from its start up to
 * there, with all its seeds. */
size_t paths_take_apart(const Paths *p, const FieldSource *field, size_t line, size_t first, size_t n, PathStep *apart);

#endif
