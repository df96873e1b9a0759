#include "app/application.h"
#include "app/check.h"
#include "app/headless.h"
#include "app/reference.h"
#include "app/shutdown.h"
#include "core/dense.h"

#include <stdio.h>

static int print_version(void)
{
    printf("scorefield %s\n", SCOREFIELD_VERSION);
    return 0;
}

static int print_help(void)
{
    Error e;
    if (reference_write("-", "plain", &e))
        return 0;
    fprintf(stderr, "scorefield: %s\n", e.text);
    return EXIT_FAILED;
}

static int run(const Options *o)
{
    if (o->help)
        return print_help();
    if (o->version)
        return print_version();
    if (o->check)
        return check_lesson(o->check);
    return o->headless ? headless_main(o) : application_main(o);
}

int main(int argc, char **argv)
{
    Options o;
    Error e;
    if (!dense_may_be_shared()) {
        fputs("scorefield: the OpenBLAS that was loaded can't be called by several threads at once: install the "
              "package libopenblas0-pthread\n",
              stderr);
        return EXIT_UNAVAILABLE;
    }
    shutdown_catch_signals();
    if (!options_parse(&o, argc, argv, &e)) {
        fprintf(stderr, "scorefield: %s; see scorefield --help\n", e.text);
        options_free(&o);
        return EXIT_USAGE;
    }
    int status = run(&o);
    options_free(&o);
    return status;
}
