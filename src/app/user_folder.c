#include "app/user_folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The specification says that a path which isn't absolute is to be ignored. */
void user_file(char path[USER_PATH], const char *variable, const char *below, const char *name)
{
    const char *folder = getenv(variable), *home = getenv("HOME");
    int length = 0;
    if (folder && folder[0] == '/')
        length = snprintf(path, USER_PATH, "%s/scorefield/%s", folder, name);
    else if (home && home[0] == '/')
        length = snprintf(path, USER_PATH, "%s/%s/scorefield/%s", home, below, name);
    if (length <= 0 || length >= USER_PATH)
        path[0] = '\0';
}

bool user_folders_make(const char *path, Error *e)
{
    char folder[USER_PATH];
    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
            return error_set(e, "%s: cannot be made: %s (nothing is kept)", folder, strerror(errno));
    }
    return true;
}
