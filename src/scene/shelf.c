#include "scene/shelf.h"

#include "io/file.h"
#include "io/npy.h"
#include "io/text.h"
#include "scene/drawing_file.h"
#include "scene/drawing_subject.h"
#include "scene/drawing_target.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TILE_PATH = SHELF_FOLDER + TILE_NAME + 32, NUMBERS = 999, NUMBER_ROOM = 5 };

static const char drawing_ending[] = ".json", samples_ending[] = ".npy";

/* A path that is too long is none, and leads to no file. */
static void join(const char *folder, const char *name, const char *ending, char *path, size_t size)
{
    int n = snprintf(path, size, "%s/%s%s", folder, name, ending);
    if (n < 0 || (size_t)n >= size)
        path[0] = '\0';
}

static void file_of(const char *folder, const char *name, const char *ending, char path[TILE_PATH])
{
    join(folder, name, ending, path, TILE_PATH);
}

void tile_path(const char *folder, const char *name, char *path, size_t size)
{
    join(folder, name, drawing_ending, path, size);
}

/* Names */

static void clean_name(const char *from, char name[TILE_NAME])
{
    text_copy(name, TILE_NAME - NUMBER_ROOM, from);
    for (char *c = name; *c; c++)
        if (*c == '/' || (unsigned char)*c < ' ' || *c == 0x7f || (c == name && *c == '.'))
            *c = '-';
}

/* A drawing is called as the part that gives it most. */
static const char *own_name(const Drawing *d)
{
    const Part *most = NULL;
    for (size_t i = 0; i < d->count; i++)
        if (d->part[i].shown && (!most || d->part[i].weight > most->weight))
            most = &d->part[i];
    return most && most->name[0] ? most->name : "drawing";
}

static bool taken(const char *folder, const char *name)
{
    char path[TILE_PATH];
    file_of(folder, name, drawing_ending, path);
    return access(path, F_OK) == 0;
}

static void aside_of(const char *folder, char aside[TILE_PATH])
{
    file_of(folder, "removed", "", aside);
}

/* Nor may it be that of a tile which can come back. */
static bool free_name(const char *folder, char name[TILE_NAME])
{
    char stem[TILE_NAME], aside[TILE_PATH];
    aside_of(folder, aside);
    strcpy(stem, name);
    for (int i = 2; taken(folder, name) || taken(aside, name); i++) {
        if (i > NUMBERS)
            return false;
        snprintf(name, TILE_NAME, "%.*s %d", TILE_NAME - NUMBER_ROOM, stem, i);
    }
    return true;
}

/* Keeping */

static bool sample(const Drawing *d, Tile *t, Error *e)
{
    Subject *s = drawing_subject(d, 0, e);
    if (!s)
        return false;
    const Frame *frame = &s->target.frame;
    for (size_t i = 0; i < TILE_SAMPLES; i++)
        for (int axis = 0; axis < 2; axis++)
            t->sample[i][axis] = (float)(((double)s->samples[2 * i + (size_t)axis] - frame->mean[axis]) / frame->std);
    t->drawn = true;
    subject_release(s);
    return true;
}

static bool write_samples(const Tile *t, const char *path, Error *e)
{
    Bytes b = {0};
    npy_append(&b, t->sample[0], (size_t[]){TILE_SAMPLES, 2}, 2);
    bool written = file_write_bytes(path, &b, e);
    bytes_free(&b);
    return written;
}

static int64_t written_ns(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 ? (int64_t)s.st_mtim.tv_sec * 1000000000 + s.st_mtim.tv_nsec : 0;
}

bool tile_keep(const char *folder, const char *name, const Drawing *d, Tile *t, Error *e)
{
    char drawing[TILE_PATH], samples[TILE_PATH];
    *t = (Tile){0};
    if (drawing_empty(d))
        return error_set(e, "the drawing is empty: there is nothing to keep");
    clean_name(name[0] ? name : own_name(d), t->name);
    if (!free_name(folder, t->name))
        return error_set(e, "there are too many tiles \"%s\": give another name", t->name);
    file_of(folder, t->name, drawing_ending, drawing);
    file_of(folder, t->name, samples_ending, samples);
    if (!sample(d, t, e) || !file_make_folders(drawing, e) || !write_samples(t, samples, e) ||
        !drawing_save(d, drawing, e))
        return false;
    t->kept_ns = written_ns(drawing);
    return true;
}

/* The shelf */

void shelf_free(Shelf *s)
{
    free(s->tile);
    *s = (Shelf){0};
}

Tile *shelf_find(const Shelf *s, const char *name)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->tile[i].name, name) == 0)
            return &s->tile[i];
    return NULL;
}

static bool make_room(Shelf *s, Error *e)
{
    if (s->count < s->capacity)
        return true;
    size_t capacity = s->capacity ? 2 * s->capacity : 8;
    Tile *tile = realloc(s->tile, capacity * sizeof *tile);
    if (!tile)
        return error_set(e, "out of memory for another tile");
    s->tile = tile;
    s->capacity = capacity;
    return true;
}

static bool goes_before(const Tile *a, const Tile *b)
{
    return a->kept_ns != b->kept_ns ? a->kept_ns < b->kept_ns : strcmp(a->name, b->name) < 0;
}

bool shelf_put(Shelf *s, const Tile *t, Error *e)
{
    Tile *same = shelf_find(s, t->name);
    if (same)
        memmove(same, same + 1, (size_t)(s->tile + --s->count - same) * sizeof *same);
    if (!make_room(s, e))
        return false;
    size_t at = s->count++;
    for (; at > 0 && goes_before(t, &s->tile[at - 1]); at--)
        s->tile[at] = s->tile[at - 1];
    s->tile[at] = *t;
    return true;
}

/* A small picture that isn't there, or is none, costs nothing but itself. */
static void read_samples(const char *path, Tile *t)
{
    Error unused;
    unsigned char *bytes;
    float *x = NULL;
    size_t size, n = 0;
    if (file_read_whole(path, 1 << 16, &bytes, &size, &unused) && npy_read_points(path, bytes, size, &x, &n, &unused) &&
        n == TILE_SAMPLES) {
        memcpy(t->sample, x, sizeof t->sample);
        t->drawn = true;
    }
    free(x);
    free(bytes);
}

static bool read_tile(Shelf *s, const char *file, Error *e)
{
    size_t length = strlen(file), stem = length - strlen(drawing_ending);
    char path[TILE_PATH];
    Tile t = {0};
    if (length <= strlen(drawing_ending) || strcmp(file + stem, drawing_ending) != 0 || stem >= TILE_NAME)
        return true;
    memcpy(t.name, file, stem);
    file_of(s->folder, t.name, drawing_ending, path);
    t.kept_ns = written_ns(path);
    file_of(s->folder, t.name, samples_ending, path);
    read_samples(path, &t);
    return shelf_put(s, &t, e);
}

bool shelf_read(Shelf *s, Error *e)
{
    DIR *folder = s->folder[0] && !s->read ? opendir(s->folder) : NULL;
    bool ok = true;
    s->read = true;
    for (struct dirent *entry; folder && ok && (entry = readdir(folder));)
        ok = read_tile(s, entry->d_name, e);
    if (folder)
        closedir(folder);
    return ok;
}

/* Removal */

/* The small picture goes along where there is one. */
static bool move(const char *from, const char *to, const char *name, Error *e)
{
    char old[TILE_PATH], new[TILE_PATH];
    file_of(from, name, drawing_ending, old);
    file_of(to, name, drawing_ending, new);
    if (!file_make_folders(new, e))
        return false;
    if (rename(old, new) != 0)
        return error_set(e, "%s: cannot be moved to %s: %s", old, to, strerror(errno));
    file_of(from, name, samples_ending, old);
    file_of(to, name, samples_ending, new);
    (void)rename(old, new);
    return true;
}

bool shelf_remove(Shelf *s, const char *name, bool removed, Error *e)
{
    char aside[TILE_PATH];
    Tile *t = shelf_find(s, name);
    aside_of(s->folder, aside);
    if (!t || t->removed == removed)
        return error_set(e, "there is no tile \"%s\"%s", name, t ? removed ? " any more" : " that was removed" : "");
    if (!move(removed ? s->folder : aside, removed ? aside : s->folder, name, e))
        return false;
    t->removed = removed;
    return true;
}
