#include "io/file.h"

#include "folder.h"
#include "near.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every test runs in a folder of its own that is empty before and after; a file left over fails the test. */
static int enter_folder(void **state)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    return folder_enter(state) || chmod(folder_path, 0777);
}

static int leave_folder(void **state)
{
    int left_over = rmdir(folder_path);
    folder_leave(state);
    return left_over;
}

static void check_content(const char *path, const char *expected)
{
    unsigned char *bytes;
    size_t size;
    Error e = {""};
    assert_true(file_read_whole(path, 1 << 20, &bytes, &size, &e));
    assert_int_equal(size, strlen(expected));
    assert_string_equal((char *)bytes, expected); /* also the zero byte behind the end */
    free(bytes);
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode;
}

static void check_refused(const char *path, const char *expected)
{
    Error e = {""};
    assert_false(file_write_whole(path, "new", 3, &e));
    assert_string_equal(e.text, expected);
}

static void check_unreadable(const char *path, size_t limit, const char *expected)
{
    unsigned char *bytes;
    size_t size;
    Error e = {""};
    assert_false(file_read_whole(path, limit, &bytes, &size, &e));
    assert_string_equal(e.text, expected);
    assert_null(bytes);
}

static void new_file_follows_the_umask(void **state)
{
    mode_t before = umask(027);
    (void)state;
    assert_true(file_write_whole("new.txt", "hello", 5, NULL));
    umask(before);
    check_content("new.txt", "hello");
    assert_int_equal(mode_of("new.txt") & 07777, 0640);
    unlink("new.txt");
}

static void old_file_is_replaced_and_keeps_its_permissions(void **state)
{
    (void)state;
    assert_true(file_write_whole("old.txt", "a longer text", 13, NULL));
    chmod("old.txt", 0604);
    assert_true(file_write_whole("old.txt", "short", 5, NULL));
    check_content("old.txt", "short");
    assert_int_equal(mode_of("old.txt") & 07777, 0604);
    assert_true(file_write_whole("old.txt", NULL, 0, NULL));
    check_content("old.txt", "");
    unlink("old.txt");
}

static void link_is_followed(void **state)
{
    (void)state;
    assert_int_equal(mkdir("inner", 0777), 0);
    assert_true(file_write_whole("inner/target.txt", "old", 3, NULL));
    assert_int_equal(symlink("inner/target.txt", "link.txt"), 0);
    assert_true(file_write_whole("link.txt", "new", 3, NULL));
    assert_true(S_ISLNK(mode_of("link.txt")));
    check_content("inner/target.txt", "new");
    unlink("inner/target.txt");
    rmdir("inner");
    check_refused("link.txt", "link.txt: cannot write: No such file or directory (nothing was changed)");
    unlink("link.txt");
}

static void wrong_places_are_refused(void **state)
{
    char name[300];
    (void)state;
    check_refused("missing/figure.png",
                  "missing/figure.png: cannot write: No such file or directory (nothing was changed)");
    check_refused(".", ".: cannot write: it is a folder (nothing was changed)");
    assert_true(file_write_whole("file", "x", 1, NULL));
    check_refused("file/figure.png", "file/figure.png: cannot write: Not a directory (nothing was changed)");
    unlink("file");
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = 0;
    assert_false(file_write_whole(name, "x", 1, NULL));
}

/* Runs a check in a process of its own, whose limits and identity it may spoil; the check returns its exit status. */
static void in_child(int (*check)(void))
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        _exit(check());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static int fails_with(const char *path, const void *bytes, size_t size, const char *expected)
{
    Error e = {""};
    if (file_write_whole(path, bytes, size, &e))
        return 1;
    if (strcmp(e.text, expected) == 0)
        return 0;
    fprintf(stderr, "got: %s\nexpected: %s\n", e.text, expected);
    return 2;
}

static int write_beyond_limit(void)
{
    static char large[1 << 16];
    struct rlimit limit = {4096, 4096};
    return setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
           fails_with("old.txt", large, sizeof large, "old.txt: cannot write: File too large (nothing was changed)");
}

static void full_disk_keeps_the_old_file(void **state)
{
    (void)state;
    assert_true(file_write_whole("old.txt", "precious", 8, NULL));
    in_child(write_beyond_limit);
    check_content("old.txt", "precious");
    unlink("old.txt"); /* and leave_folder finds no temporary file beside it */
}

static int become_nobody(void)
{
    return geteuid() == 0 ? setgid(65534) != 0 || setuid(65534) != 0 : 0;
}

static int write_into_closed_folder(void)
{
    return become_nobody() || fails_with("closed/old.txt", "new", 3,
                                         "closed/old.txt: cannot write: Permission denied (nothing was changed)");
}

static void unwritable_folder_is_refused(void **state)
{
    (void)state;
    assert_int_equal(mkdir("closed", 0755), 0);
    assert_true(file_write_whole("closed/old.txt", "precious", 8, NULL));
    chmod("closed/old.txt", 0666);
    chmod("closed", 0555);
    in_child(write_into_closed_folder);
    check_content("closed/old.txt", "precious");
    chmod("closed", 0755);
    unlink("closed/old.txt");
    rmdir("closed");
}

static int write_over_protected_file(void)
{
    return become_nobody() || fails_with("protected.txt", "new", 3,
                                         "protected.txt: cannot write: Permission denied (nothing was changed)");
}

static void protected_file_is_not_renamed_over(void **state)
{
    (void)state;
    assert_true(file_write_whole("protected.txt", "precious", 8, NULL));
    chmod("protected.txt", 0444);
    in_child(write_over_protected_file);
    check_content("protected.txt", "precious");
    unlink("protected.txt");
}

static void devices_are_written_and_stay_devices(void **state)
{
    (void)state;
    assert_true(file_write_whole("/dev/null", "gone", 4, NULL));
    assert_true(S_ISCHR(mode_of("/dev/null")));
    check_refused("/dev/full", "/dev/full: cannot write: No space left on device");
    assert_true(S_ISCHR(mode_of("/dev/full")));
}

/* What a shell's >(command) passes: a name under /dev/fd that leads to no file. */
static void pipes_are_written_by_name(void **state)
{
    int ends[2];
    char name[32], got[6] = "";
    (void)state;
    assert_int_equal(pipe(ends), 0);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[1]);
    assert_true(file_write_whole(name, "bytes", 5, NULL));
    assert_int_equal(read(ends[0], got, 5), 5);
    assert_string_equal(got, "bytes");
    close(ends[0]);
    close(ends[1]);
}

static int print_to_full_device(void)
{
    return dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO) < 0 ||
           fails_with("-", "bytes", 5, "standard output: cannot write: No space left on device");
}

static int print_to_closed_pipe(void)
{
    int ends[2];
    return pipe(ends) != 0 || dup2(ends[1], STDOUT_FILENO) < 0 || close(ends[0]) != 0 ||
           fails_with("-", "bytes", 5, "standard output: cannot write: Broken pipe");
}

static int print_to_file(void)
{
    static char large[300000];
    memset(large, 'x', sizeof large);
    if (dup2(open("out.txt", O_WRONLY | O_CREAT, 0666), STDOUT_FILENO) < 0)
        return 1;
    printf("first "); /* stays in the buffer of stdio */
    return !file_write_whole("-", large, sizeof large, NULL);
}

static void standard_output_reports_every_failure(void **state)
{
    struct stat status;
    char start[7] = "";
    (void)state;
    in_child(print_to_full_device);
    in_child(print_to_closed_pipe);
    in_child(print_to_file);
    assert_int_equal(stat("out.txt", &status), 0);
    assert_int_equal(status.st_size, 300006);
    int fd = open("out.txt", O_RDONLY);
    assert_int_equal(read(fd, start, 6), 6);
    close(fd);
    assert_string_equal(start, "first ");
    unlink("out.txt");
}

static void only_regular_files_are_read(void **state)
{
    (void)state;
    check_unreadable("missing.npy", 10, "missing.npy: cannot read: No such file or directory");
    check_unreadable(".", 10, ".: cannot read: it is a folder");
    check_unreadable("/dev/zero", 10, "/dev/zero: cannot read: it is not a regular file");
    assert_int_equal(mkfifo("pipe", 0666), 0);
    alarm(10); /* it must not wait for a writer */
    check_unreadable("pipe", 10, "pipe: cannot read: it is not a regular file");
    alarm(0);
    unlink("pipe");
}

static void reading_has_a_limit(void **state)
{
    (void)state;
    assert_true(file_write_whole("ten", "0123456789", 10, NULL));
    check_content("ten", "0123456789");
    check_unreadable("ten", 9, "ten: cannot read: it has 10 bytes, at most 9 are allowed");
    unlink("ten");
}

static void bytes_grow(void **state)
{
    Bytes b = {0};
    char expected[16];
    (void)state;
    for (int i = 0; i < 5000; i++)
        bytes_printf(&b, "%06d\n", i);
    assert_int_equal(b.size, 35000);
    for (int i = 0; i < 5000; i++) {
        snprintf(expected, sizeof expected, "%06d\n", i);
        assert_memory_equal(b.data + 7 * i, expected, 7);
    }
    bytes_printf(&b, "%*s", 100000, "");
    bytes_append(&b, "end", 3);
    assert_int_equal(b.size, 135003);
    assert_memory_equal(b.data + 135000, "end", 3);
    bytes_free(&b);
    assert_true(b.data == NULL && b.size == 0);
}

static void bytes_without_memory_are_never_written(void **state)
{
    Bytes b = {0};
    Error e = {""};
    (void)state;
    bytes_append(&b, "half", 4);
    assert_null(bytes_reserve(&b, SIZE_MAX - 2));
    bytes_append(&b, "more", 4);
    bytes_printf(&b, "more");
    assert_int_equal(b.size, 4);
    assert_false(file_write_bytes("half.txt", &b, &e));
    assert_string_equal(e.text, "half.txt: cannot write: out of memory (nothing was changed)");
    bytes_free(&b);
    bytes_append(&b, "whole", 5);
    assert_true(file_write_bytes("whole.txt", &b, &e));
    check_content("whole.txt", "whole");
    bytes_free(&b);
    unlink("whole.txt");
}

static void free_names_go_on(void **state)
{
    char name[64];
    (void)state;
    assert_int_equal(file_free_name("a", ".csv", 0, name, sizeof name), 1);
    assert_string_equal(name, "a-001.csv");
    assert_true(file_write_whole("a-001.csv", "", 0, NULL) && file_write_whole("a-003.csv", "", 0, NULL));
    assert_int_equal(file_free_name("a", ".csv", 0, name, sizeof name), 2);
    assert_int_equal(file_free_name("a", ".csv", 2, name, sizeof name), 4);
    assert_string_equal(name, "a-004.csv");
    assert_int_equal(file_free_name("a", ".csv", 1200, name, sizeof name), 1201);
    unlink("a-001.csv");
    unlink("a-003.csv");
}

static void long_errors_are_cut(void **state)
{
    Error e;
    (void)state;
    assert_false(error_set(&e, "%*s", 5000, "x"));
    assert_in_range(strlen(e.text), sizeof e.text - 5, sizeof e.text - 1); /* whole letters */
    assert_false(error_set(NULL, "nobody listens"));
}

static void check_told(const char *path, const char *expected)
{
    char told[FILE_TOLD];
    assert_string_equal(file_told(path, told), expected);
}

static void where_a_file_is_can_be_told(void **state)
{
    (void)state;
    Error e = {""};
    char told[FILE_TOLD], expected[300], file[300] = "/a/", plain[300];
    setenv("HOME", "/a", 1);
    assert_non_null(getcwd(expected, sizeof expected - 8));
    strcat(expected, "/told");
    assert_true(file_write_whole("told", "", 0, &e));
    check_told("told", expected);
    unlink("told");
    check_told("/a/short", "/a/short");
    for (int i = 0; i < 30; i++)
        strcat(file, "folder");
    snprintf(plain, sizeof plain, "/abc%s", file + 120);
    check_told(plain, plain);
    file[70] = '\0';
    snprintf(expected, sizeof expected, "~%s", file + 2);
    check_told(file, expected);
    for (size_t shift = 0; shift < 3; shift++) { /* an ellipsis, whole letters about it, both ends */
        snprintf(file, sizeof file, "/%.*s", (int)shift, "ab");
        for (int i = 0; i < 70; i++)
            strcat(file, "\u4f60");
        strcat(file, "/end");
        const char *cut = strstr(file_told(file, told), "\u2026");
        assert_non_null(cut);
        assert_int_equal((size_t)(cut - told - 1) % 3, shift);
        assert_string_equal(told + strlen(told) - 4, "/end");
        assert_int_equal(strlen(cut) % 3, (strlen("/end")) % 3);
        assert_true(strlen(told) > FILE_TOLD / 2);
    }
}

#define FILE_TEST(f) cmocka_unit_test_setup_teardown(f, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(new_file_follows_the_umask),
        FILE_TEST(old_file_is_replaced_and_keeps_its_permissions),
        FILE_TEST(link_is_followed),
        FILE_TEST(wrong_places_are_refused),
        FILE_TEST(full_disk_keeps_the_old_file),
        FILE_TEST(unwritable_folder_is_refused),
        FILE_TEST(protected_file_is_not_renamed_over),
        FILE_TEST(devices_are_written_and_stay_devices),
        FILE_TEST(pipes_are_written_by_name),
        FILE_TEST(standard_output_reports_every_failure),
        FILE_TEST(only_regular_files_are_read),
        FILE_TEST(reading_has_a_limit),
        FILE_TEST(bytes_grow),
        FILE_TEST(bytes_without_memory_are_never_written),
        FILE_TEST(free_names_go_on),
        FILE_TEST(where_a_file_is_can_be_told),
        FILE_TEST(long_errors_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
