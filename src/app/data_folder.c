#include "app/data_folder.h"

#include <stdio.h>
#include <stdlib.h>

/* The specification says that a path which isn't absolute is to be ignored. */
void data_folder_path(const char *name, char *path, size_t size)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int length = 0;
    if (data && data[0] == '/')
        length = snprintf(path, size, "%s/scorefield/%s", data, name);
    else if (home && home[0] == '/')
        length = snprintf(path, size, "%s/.local/share/scorefield/%s", home, name);
    if (length <= 0 || (size_t)length >= size)
        path[0] = '\0';
}
