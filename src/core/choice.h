/* choice.h - how one row of a table of choices is typed, shown and explained. */
#ifndef CORE_CHOICE_H
#define CORE_CHOICE_H

typedef struct ChoiceInfo {
    const char *name;  /* as typed: "silu" */
    const char *label; /* as shown: "SiLU" */
    const char *help;  /* one sentence */
} ChoiceInfo;

#endif
