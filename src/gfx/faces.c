#include "gfx/faces.h"

#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OWN_FACE "Inter Semi Bold"

/* Styles that a family has without saying so. */
static const char *const plain_style[] = {"Regular", "Book", "Roman", "Normal"};

static bool is_plain(const char *style)
{
    for (size_t i = 0; i < sizeof plain_style / sizeof *plain_style; i++)
        if (strcasecmp(style, plain_style[i]) == 0)
            return true;
    return style[0] == '\0';
}

static const char *text_of(const FcPattern *p, const char *property)
{
    FcChar8 *text;
    return FcPatternGetString(p, property, 0, &text) == FcResultMatch ? (const char *)text : "";
}

static bool name_of(const FcPattern *p, char name[BULK_NAME])
{
    const char *family = text_of(p, FC_FAMILY), *style = text_of(p, FC_STYLE);
    int length = snprintf(name, BULK_NAME, is_plain(style) ? "%s" : "%s %s", family, style);
    return length > 0 && length < BULK_NAME;
}

/* Colours are no density, and instances of variable faces would fill the list with what else can be had. */
static FcFontSet *list(FcConfig *config, uint32_t code_point)
{
    FcPattern *wanted = FcPatternBuild(NULL, FC_OUTLINE, FcTypeBool, FcTrue, FC_COLOR, FcTypeBool, FcFalse, FC_VARIABLE,
                                       FcTypeBool, FcFalse, (char *)NULL);
    FcObjectSet *told = FcObjectSetBuild(FC_FAMILY, FC_STYLE, FC_FILE, FC_INDEX, (char *)NULL);
    FcCharSet *has = code_point ? FcCharSetCreate() : NULL;
    if (has && wanted && FcCharSetAddChar(has, code_point))
        FcPatternAddCharSet(wanted, FC_CHARSET, has);
    FcFontSet *set = wanted && told ? FcFontList(config, wanted, told) : NULL;
    if (has)
        FcCharSetDestroy(has);
    if (told)
        FcObjectSetDestroy(told);
    if (wanted)
        FcPatternDestroy(wanted);
    return set;
}

static void add(Faces *f, const FcPattern *p)
{
    InstalledFace *face = &f->face[f->count];
    const char *file = text_of(p, FC_FILE);
    if (!file[0] || !name_of(p, face->name) || FcPatternGetInteger(p, FC_INDEX, 0, &face->index) != FcResultMatch)
        return;
    face->file = strdup(file);
    f->count += face->file != NULL;
}

static int by_name(const void *a, const void *b)
{
    const InstalledFace *left = a, *right = b;
    int order = strcasecmp(left->name, right->name);
    return order ? order : strcmp(left->file, right->file);
}

/* One of each name: a face may be installed in several formats, and the program's own as well. */
static void sort(Faces *f)
{
    size_t kept = 1;
    qsort(f->face + 1, f->count - 1, sizeof *f->face, by_name);
    for (size_t i = 1; i < f->count; i++) {
        bool again =
            strcasecmp(f->face[i].name, f->face[kept - 1].name) == 0 || strcasecmp(f->face[i].name, OWN_FACE) == 0;
        if (again)
            free(f->face[i].file);
        else
            f->face[kept++] = f->face[i];
    }
    f->count = kept;
}

bool faces_init(Faces *f, Error *e)
{
    *f = (Faces){.config = FcInitLoadConfigAndFonts()};
    FcFontSet *set = f->config ? list(f->config, 0) : NULL;
    size_t installed = set ? (size_t)set->nfont : 0;
    f->face = calloc(1 + installed, sizeof *f->face);
    if (f->face) {
        f->face[f->count++] = (InstalledFace){.name = OWN_FACE};
        for (size_t i = 0; i < installed; i++)
            add(f, set->fonts[i]);
        sort(f);
    }
    if (set)
        FcFontSetDestroy(set);
    return f->face || error_set(e, "out of memory for the list of faces");
}

void faces_free(Faces *f)
{
    for (size_t i = 0; i < f->count; i++)
        free(f->face[i].file);
    free(f->face);
    if (f->config)
        FcConfigDestroy(f->config);
    *f = (Faces){0};
}

const InstalledFace *faces_find(const Faces *f, const char *name, Error *e)
{
    const InstalledFace *similar = NULL;
    if (!name[0])
        return &f->face[0];
    for (size_t i = 0; i < f->count; i++) {
        if (strcasecmp(f->face[i].name, name) == 0)
            return &f->face[i];
        if (!similar && strcasestr(f->face[i].name, name))
            similar = &f->face[i];
    }
    if (similar)
        error_set(e, "no face \"%.100s\" is installed; there is \"%s\"", name, similar->name);
    else
        error_set(e, "no face \"%.100s\" is installed; fc-list names those that are", name);
    return NULL;
}

bool faces_with(const Faces *f, uint32_t code_point, char name[BULK_NAME])
{
    FcFontSet *set = f->config ? list(f->config, code_point) : NULL;
    bool found = false;
    for (int i = 0; set && i < set->nfont && !found; i++)
        found = is_plain(text_of(set->fonts[i], FC_STYLE)) && name_of(set->fonts[i], name);
    if (set)
        FcFontSetDestroy(set);
    return found;
}
