/* folder.h - a temporary folder that a test works in, below $TMPDIR or /tmp. What the program keeps for its user goes
 * there too. It is gone, with all that is in it, once the test leaves it: at the latest at exit, also when a test
 * failed.
 *
 * Setup and teardown for cmocka, of a test or of a group of them; a test of one folder need not leave it.
 */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include "near.h"

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder_path[4096]; /* without symbolic links; "" outside */

static inline int folder_remove_one(const char *path, const struct stat *s, int kind, struct FTW *place)
{
    (void)s, (void)kind, (void)place;
    return remove(path);
}

static inline int folder_leave(void **state)
{
    (void)state;
    int failed = chdir("/") || nftw(folder_path, folder_remove_one, 8, FTW_DEPTH | FTW_PHYS);
    folder_path[0] = '\0';
    return failed;
}

static inline void folder_leave_at_exit(void)
{
    if (folder_path[0])
        folder_leave(NULL);
}

static inline int folder_enter(void **state)
{
    static bool entered_before;
    const char *parent = getenv("TMPDIR");
    char made[sizeof folder_path];
    (void)state;
    snprintf(made, sizeof made, "%s/scorefield-test-XXXXXX", parent && *parent ? parent : "/tmp");
    if (!mkdtemp(made) || chdir(made) || !getcwd(folder_path, sizeof folder_path))
        return -1;
    if (!entered_before && atexit(folder_leave_at_exit))
        return -1;
    entered_before = true;
    return setenv("XDG_DATA_HOME", folder_path, 1) || setenv("XDG_STATE_HOME", folder_path, 1);
}

static inline void folder_put(const char *file, const char *text)
{
    FILE *f = fopen(file, "w");
    assert_true(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

#endif
