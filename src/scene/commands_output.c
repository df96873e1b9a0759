/* commands_output.c - commands that tell, or write files. */
#include "scene/commands.h"

static bool give_output(Session *s, const Output *output, Error *e)
{
    session_flush(s);
    return s->host.output(s->host.context, output, e);
}

static bool output_with_count(Session *s, const Command *c, OutputKind kind, uint64_t min, uint64_t max, Error *e)
{
    Output output = {.kind = kind, .path = c->count > 1 ? c->word[1] : ""};
    if (c->count > 2 && !count_argument(c, 2, min, max, &output.n, e))
        return false;
    return give_output(s, &output, e);
}

static bool run_figure(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_FIGURE, 0, 0, e);
}

static bool run_samples(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_SAMPLES, 1, 10000000, e);
}

static bool run_field(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_FIELD, 2, 4096, e);
}

static bool run_exact(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_EXACT, 2, 4096, e);
}

static bool run_score(Session *s, const Command *c, Error *e)
{
    return give_output(s, &(Output){.kind = OUTPUT_SCORE, .input = c->word[1], .path = c->word[2]}, e);
}

static bool run_likelihood(Session *s, const Command *c, Error *e)
{
    return give_output(s, &(Output){.kind = OUTPUT_LIKELIHOOD, .input = c->word[1], .path = c->word[2]}, e);
}

static bool run_nll(Session *s, const Command *c, Error *e)
{
    Output output = {.kind = OUTPUT_NLL, .path = "-"};
    if (c->count > 1 && !count_argument(c, 1, 2, 1000000, &output.n, e))
        return false;
    return give_output(s, &output, e);
}

static bool run_report(Session *s, const Command *c, Error *e)
{
    return output_with_count(s, c, OUTPUT_REPORT, 0, 0, e);
}

static bool run_settings(Session *s, const Command *c, Error *e)
{
    return give_output(s, &(Output){.kind = OUTPUT_SETTINGS, .path = c->count > 1 ? c->word[1] : "-"}, e);
}

static bool run_targets(Session *s, const Command *c, Error *e)
{
    (void)c;
    return give_output(s, &(Output){.kind = OUTPUT_TARGETS, .path = "-"}, e);
}

static bool run_help(Session *s, const Command *c, Error *e)
{
    Output output = {.kind = OUTPUT_HELP, .input = "plain", .path = "-"};
    if (c->count > 1)
        output.input = c->word[1];
    if (c->count > 2)
        output.path = c->word[2];
    return give_output(s, &output, e);
}

const CommandInfo output_commands[] = {
    {"figure", "[FILE.png]", "the picture as a file", 0, 1, run_figure},
    {"samples", "FILE.npy|.csv [N]", "the particles, or N fresh ones: float32 [N][2]", 1, 2, run_samples},
    {"field", "FILE.npy [GRID]", "x, y, u, v, exact log p of the chosen field: float32 [G][G][5]", 1, 2, run_field},
    {"exact", "FILE.npy [GRID]", "the same from the closed form", 1, 2, run_exact},
    {"score", "IN.npy OUT.npy", "the chosen field at points of yours: [N][2] in, [N][2] out", 2, 2, run_score},
    {"likelihood", "IN.npy OUT.npy", "log p, nats, of the chosen field at points of yours: [N][2] in, [N] out", 2, 2,
     run_likelihood},
    {"nll", "[N]", "log p of N new points of the target against its entropy, one line of JSON", 0, 1, run_nll},
    {"report", "FILE.json", "what was learned and how far it is from the truth", 1, 1, run_report},
    {"settings", "[FILE]", "every setting and its value", 0, 1, run_settings},
    {"targets", "", "what there is to learn", 0, 0, run_targets},
    {"help", "[plain|man|markdown [FILE]]", "options, commands, settings and keys", 0, 2, run_help},
    {0},
};
