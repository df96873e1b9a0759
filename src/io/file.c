#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEMPORARY_TRIES = 100 };

static bool write_all(int fd, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    while (size > 0) {
        ssize_t written = write(fd, at, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            at += written;
            size -= (size_t)written;
        }
    }
    return true;
}

static bool write_standard_output(const void *bytes, size_t size, Error *e)
{
    fflush(stdout); /* what was printed before comes first */
    if (!write_all(STDOUT_FILENO, bytes, size))
        return error_set(e, "standard output: cannot write: %s", strerror(errno));
    return true;
}

/* A pipe or a device has no old content to keep, and must not be replaced by a file. */
static bool write_directly(const char *path, const void *bytes, size_t size, Error *e)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool written = fd >= 0 && write_all(fd, bytes, size);
    int reason = errno;
    if (fd >= 0 && close(fd) != 0 && written) {
        written = false;
        reason = errno;
    }
    return written || error_set(e, "%s: cannot write: %s", path, strerror(reason));
}

/* Opens a new file "PATH.NUMBER.tmp"; not mkstemp, which would hide the file from the user's umask. */
static int open_temporary(const char *path, char *name, size_t name_size)
{
    unsigned number = (unsigned)getpid();
    for (int i = 0; i < TEMPORARY_TRIES; i++, number = number * 1664525u + 1013904223u) {
        if (snprintf(name, name_size, "%s.%06x.tmp", path, number & 0xffffffu) >= (int)name_size) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* old: the file that will be replaced, or NULL. On failure errno says why and the temporary file is gone. */
static bool replace(const char *path, const struct stat *old, const void *bytes, size_t size)
{
    char temporary[PATH_MAX];
    int fd = open_temporary(path, temporary, sizeof temporary);
    if (fd < 0)
        return false;
    bool done = write_all(fd, bytes, size) && (!old || fchmod(fd, old->st_mode & 07777) == 0) && fsync(fd) == 0;
    int reason = errno;
    if (close(fd) != 0 && done) {
        done = false;
        reason = errno;
    }
    if (done && rename(temporary, path) != 0) {
        done = false;
        reason = errno;
    }
    if (!done)
        unlink(temporary);
    errno = reason;
    return done;
}

/* Where a rename goes so that a link stays a link. NULL, with the failed stat's errno, when a link leads nowhere. */
static const char *follow_links(const char *path, bool exists, char resolved[PATH_MAX])
{
    struct stat link;
    if (exists)
        return realpath(path, resolved);
    return lstat(path, &link) == 0 ? NULL : path;
}

bool file_write_whole(const char *path, const void *bytes, size_t size, Error *e)
{
    char resolved[PATH_MAX];
    struct stat old;
    if (strcmp(path, "-") == 0)
        return write_standard_output(bytes, size, e);
    bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return error_set(e, "%s: cannot write: it is a folder (nothing was changed)", path);
    if (exists && !S_ISREG(old.st_mode))
        return write_directly(path, bytes, size, e);
    const char *place = follow_links(path, exists, resolved);
    /* A rename needs no permission on the file itself; the user who took it away still means it. */
    if (!place || (exists && access(place, W_OK) != 0) || !replace(place, exists ? &old : NULL, bytes, size))
        return error_set(e, "%s: cannot write: %s (nothing was changed)", path, strerror(errno));
    return true;
}

bool file_write_bytes(const char *path, const Bytes *b, Error *e)
{
    if (b->failed)
        return error_set(e, "%s: cannot write: out of memory (nothing was changed)", path);
    return file_write_whole(path, b->data, b->size, e);
}

/* Reads up to what fstat promised: a file that grows meanwhile is cut there, one that shrinks is shorter. */
static bool read_all(int fd, unsigned char *bytes, size_t promised, size_t *size)
{
    for (*size = 0; *size < promised;) {
        ssize_t got = read(fd, bytes + *size, promised - *size);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return false;
        if (got > 0)
            *size += (size_t)got;
    }
    return true;
}

static bool read_open(int fd, const char *path, size_t limit, unsigned char **bytes, size_t *size, Error *e)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return error_set(e, "%s: cannot read: %s", path, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return error_set(e, "%s: cannot read: it is a folder", path);
    if (!S_ISREG(status.st_mode))
        return error_set(e, "%s: cannot read: it is not a regular file", path);
    if ((uintmax_t)status.st_size > limit)
        return error_set(e, "%s: cannot read: it has %jd bytes, at most %zu are allowed", path,
                         (intmax_t)status.st_size, limit);
    *bytes = malloc((size_t)status.st_size + 1);
    if (!*bytes)
        return error_set(e, "%s: cannot read: out of memory", path);
    if (!read_all(fd, *bytes, (size_t)status.st_size, size)) {
        error_set(e, "%s: cannot read: %s", path, strerror(errno));
        free(*bytes);
        *bytes = NULL;
        return false;
    }
    (*bytes)[*size] = 0;
    return true;
}

bool file_read_whole(const char *path, size_t limit, unsigned char **bytes, size_t *size, Error *e)
{
    /* Non-blocking, or opening a pipe that nobody writes to would wait for ever. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    *bytes = NULL;
    *size = 0;
    if (fd < 0)
        return error_set(e, "%s: cannot read: %s", path, strerror(errno));
    bool read = read_open(fd, path, limit, bytes, size, e);
    close(fd);
    return read;
}

bool file_begins(const char *path, bool (*like)(const unsigned char *bytes, size_t size))
{
    unsigned char first[64];
    struct stat status;
    size_t size = 0;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    bool regular = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    bool read = regular && read_all(fd, first, sizeof first, &size);
    if (fd >= 0)
        close(fd);
    return read && like(first, size);
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static bool in_letter(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static const char *told_cut(const char *path, char *text)
{
    size_t length = strlen(path), head = FILE_TOLD / 3, tail = length - FILE_TOLD / 2;
    while (in_letter(path[head]))
        head--;
    while (in_letter(path[tail]))
        tail++;
    snprintf(text, FILE_TOLD, "%.*s\u2026%s", (int)head, path, path + tail);
    return text;
}

const char *file_told(const char *path, char *text)
{
    enum { LONG = 60 };
    char whole[PATH_MAX];
    const char *home = getenv("HOME"), *told = realpath(path, whole) ? whole : path;
    size_t n = home ? strlen(home) : 0;
    bool shorter = n > 1 && strlen(told) > LONG && strncmp(told, home, n) == 0 && told[n] == '/';
    if (strlen(told) - (shorter ? n : 0) + 2 > FILE_TOLD)
        return told_cut(told, text);
    snprintf(text, FILE_TOLD, "%s%s", shorter ? "~" : "", told + (shorter ? n : 0));
    return text;
}

int file_free_name(const char *stem, const char *ending, int after, char *name, size_t size)
{
    struct stat unused;
    int number = after;
    do
        snprintf(name, size, "%s-%03d%s", stem, ++number, ending);
    while (lstat(name, &unused) == 0);
    return number;
}

bool file_make_folders(const char *path, Error *e)
{
    char folder[PATH_MAX];
    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
            return error_set(e, "%s: cannot be made: %s", folder, strerror(errno));
    }
    return true;
}
