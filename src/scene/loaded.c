#include "scene/loaded.h"

#include "io/text.h"

#include <stdio.h>

static Loaded loaded(LoadedKind kind, const char *name)
{
    Loaded l = {.kind = kind};
    text_copy(l.name, sizeof l.name, name);
    return l;
}

Loaded loaded_reading(const char *name)
{
    return loaded(LOADED_READING, name);
}

Loaded loaded_points(const char *name, const PointTable *table, const PointSet *points)
{
    Loaded l = loaded(LOADED_POINTS, name);
    l.table = *table;
    l.table.x = l.table.weight = NULL;
    l.table.capacity = 0;
    l.units = points->units;
    return l;
}

Loaded loaded_picture(const char *name, const ImageLevels *levels)
{
    Loaded l = loaded(LOADED_PICTURE, name);
    l.rows = levels->rows;
    l.columns = levels->columns;
    l.polarity = levels->polarity;
    return l;
}

Loaded loaded_drawing(const char *name, size_t parts)
{
    Loaded l = loaded(LOADED_DRAWING, name);
    l.parts = parts;
    return l;
}

static void print_points(const Loaded *l, char *text, size_t size)
{
    int n = snprintf(text, size, "%.40s: %zu points", l->name, l->table.count);
    if (n > 0 && (size_t)n < size && l->table.skipped.count > 0)
        snprintf(text + n, size - (size_t)n, ", %zu left out", l->table.skipped.count);
}

void loaded_print(const Loaded *l, char *text, size_t size)
{
    switch (l->kind) {
    case LOADED_POINTS:
        print_points(l, text, size);
        break;
    case LOADED_PICTURE:
        snprintf(text, size, "%.40s: %zu \u00d7 %zu cells, %s", l->name, l->columns, l->rows,
                 image_polarity_names[l->polarity]);
        break;
    case LOADED_DRAWING:
        snprintf(text, size, "%.40s: a drawing of %zu part%s", l->name, l->parts, l->parts == 1 ? "" : "s");
        break;
    case LOADED_READING:
    case LOADED_NOTHING:
        text[0] = '\0';
        break;
    }
}
