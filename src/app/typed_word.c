#include "app/typed_word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void drop_preview(TypedWord *t)
{
    if (t->preview)
        bulk_drop(&t->preview->bulk);
    t->entry.preview = t->preview = NULL;
}

void typed_word_free(TypedWord *t)
{
    drop_preview(t);
    words_free(&t->words);
    free(t->face);
    *t = (TypedWord){0};
}

/* When the card opens for the first time. */
static bool list_faces(TypedWord *t)
{
    const Faces *faces = t->face ? &t->words.faces : words_faces(&t->words, &t->problem);
    if (t->face || !faces || !(t->face = malloc(faces->count * sizeof *t->face)))
        return t->face;
    for (size_t i = 0; i < faces->count; i++)
        t->face[i] = faces->face[i].name;
    t->entry.face = t->face;
    t->entry.faces = faces->count;
    return true;
}

static void set_preview(TypedWord *t)
{
    drop_preview(t);
    memcpy(t->text, t->entry.text, sizeof t->text);
    t->chosen = t->entry.chosen;
    t->problem.text[0] = '\0';
    if (t->text[0])
        words_set(&t->words, t->text, t->face[t->chosen], &t->preview, &t->problem);
    t->entry.preview = t->preview;
    t->entry.problem = t->problem.text;
}

bool typed_word_follow(TypedWord *t)
{
    bool listed = t->face != NULL;
    if (!t->entry.open || !list_faces(t))
        return false;
    bool same = strcmp(t->text, t->entry.text) == 0 && t->chosen == t->entry.chosen;
    if (!same)
        set_preview(t);
    return !same || !listed;
}
