#include "app/trace.h"

#include <errno.h>
#include <string.h>

FILE *trace_open(const char *path, Error *e)
{
    FILE *trace = fopen(path, "w");
    if (!trace)
        error_set(e, "%s: cannot write: %s", path, strerror(errno));
    else
        setvbuf(trace, NULL, _IOLBF, 0);
    return trace;
}

static void write_commands(FILE *trace, const char *commands)
{
    for (const char *p = commands; *p; p++) {
        if (*p != '\n')
            fputc(*p, trace);
        else if (p[1])
            fputs("; ", trace);
    }
}

void trace_commands(FILE *trace, const char *commands, const Settings *before, const Settings *after, const Weights *w,
                    const SimFrame *f)
{
    char value[64];
    write_commands(trace, commands);
    fputs(" |", trace);
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        if (before->value[id] != after->value[id])
            fprintf(trace, " %s=%s", setting_info(id)->name, settings_print(after, id, value, sizeof value));
    }
    fprintf(trace, " | steps=%llu epoch=%llu sigma=%.6g particles=%zu dropped=%zu\n",
            (unsigned long long)w->statistics.steps, (unsigned long long)w->epoch, f->sigma, f->count, f->dropped);
}
