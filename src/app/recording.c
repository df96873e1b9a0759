#include "app/recording.h"

#include "app/recorder.h"
#include "io/file.h"

#include <stdlib.h>
#include <string.h>

static const size_t FILE_MAX = (size_t)1 << 30;

static const size_t MARK = sizeof RECORDING_MARK - 1;

static bool looks_like_recording(const unsigned char *bytes, size_t size)
{
    return size >= MARK && memcmp(bytes, RECORDING_MARK, MARK) == 0;
}

bool recording_is(const char *path)
{
    return file_begins(path, looks_like_recording);
}

bool recording_read(Recording *r, const char *path, Error *e)
{
    size_t size;
    *r = (Recording){0};
    if (!file_read_whole(path, FILE_MAX, &r->text, &size, e))
        return false;
    while (size > 0 && r->text[size - 1] != '\n')
        size--;
    unsigned char *text = realloc(r->text, size + 1);
    if (!text)
        return error_set(e, "%s: out of memory", path);
    r->text = text;
    text[size] = '\0';
    r->options = (char *)text + MARK;
    r->commands = r->options[0] == '\n' ? r->options : strstr(r->options, "\n\n");
    if (!r->commands)
        return error_set(e, "%s: a recording that ends before its first command", path);
    *r->commands++ = '\0';
    return true;
}

void recording_free(Recording *r)
{
    free(r->text);
    *r = (Recording){0};
}
