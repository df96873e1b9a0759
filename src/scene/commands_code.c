/* commands_code.c - what is set as one line of text. */
#include "scene/commands.h"
#include "scene/state_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where there is no clipboard, it is put out like other results. */
static bool copy_code(Session *s, Error *e)
{
    bool whole;
    if (!s->host.copy)
        return s->host.output(s->host.context, &(Output){.kind = OUTPUT_CODE, .path = "-"}, e);
    char *code = state_code_write(s, &whole);
    if (!code)
        return error_set(e, "out of memory for a state code");
    s->host.copy(s->host.context, code);
    snprintf(s->notice, sizeof s->notice, "Copied the state as a code of %zu characters%s", strlen(code),
             whole ? "" : ", without the drawing, which is too large for one");
    free(code);
    return true;
}

bool take_code(Session *s, const char *code, Error *e)
{
    if (!state_code_take(s, code, e))
        return false;
    snprintf(s->notice, sizeof s->notice, "Restored the state of a code");
    return true;
}

bool run_code(Session *s, const Command *c, Error *e)
{
    return c->count > 1 ? take_code(s, c->word[1], e) : copy_code(s, e);
}
