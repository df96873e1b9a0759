/* data_file.h - the bytes of a file that the tests bring along. */
#ifndef TESTS_DATA_FILE_H
#define TESTS_DATA_FILE_H

#include "io/file.h"
#include "near.h"

#include <stdio.h>

/* Of tests/NAME, the caller's to free. */
static inline unsigned char *data_file(const char *name, size_t *size)
{
    char path[512];
    unsigned char *bytes;
    Error e;
    snprintf(path, sizeof path, SOURCE_FOLDER "/tests/%s", name);
    if (!file_read_whole(path, 1 << 20, &bytes, size, &e))
        fail_msg("%s", e.text);
    return bytes;
}

#endif
