#include "app/user_folder.h"

#include <stdio.h>
#include <stdlib.h>

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
