/* data_folder.h - the user's data folder, where what was drawn is kept: "scorefield" in the folder that XDG_DATA_HOME
 * names (XDG Base Directory Specification), else in ~/.local/share. Any thread. */
#ifndef APP_DATA_FOLDER_H
#define APP_DATA_FOLDER_H

#include <stddef.h>

/* The path of a name in it, which need not be there, into path [size]: "" when the user has no folder. */
void data_folder_path(const char *name, char *path, size_t size);

#endif
