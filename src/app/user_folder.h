/* user_folder.h - where files of the user's are kept between starts (XDG Base Directory Specification). */
#ifndef APP_USER_FOLDER_H
#define APP_USER_FOLDER_H

enum { USER_PATH = 4096 };

/* "scorefield/NAME" in the folder that an environment variable names, else in `below` the home folder: "XDG_DATA_HOME",
 * ".local/share". "" where the user has neither. */
void user_file(char path[USER_PATH], const char *variable, const char *below, const char *name);

#endif
