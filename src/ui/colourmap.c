#include "ui/colourmap.h"

#include <math.h>

enum { LAST_PLACE = 255 };

typedef struct Knot {
    uint8_t place; /* in the published table, 0 .. LAST_PLACE */
    uint32_t rgb;
} Knot;

static const Knot cividis[] = {
    {0, 0x00224e},   {19, 0x00306f},  {21, 0x003170},  {23, 0x013271},  {28, 0x123570},  {34, 0x1e3a6f},
    {52, 0x36466c},  {84, 0x565c6d},  {126, 0x7b7a78}, {147, 0x8f8a78}, {179, 0xaea371}, {205, 0xc9b965},
    {232, 0xe7d150}, {243, 0xf3db42}, {251, 0xfde334}, {255, 0xfee838},
};

static const Knot vik[] = {
    {0, 0x001261},   {38, 0x044d87},  {45, 0x08598f},  {52, 0x136697},  {60, 0x2575a1},  {75, 0x5194b6},
    {108, 0xbad5e2}, {116, 0xd2e1e9}, {124, 0xe7e7e7}, {130, 0xeee3dc}, {133, 0xeeded5}, {141, 0xebd0c0},
    {165, 0xd7a081}, {200, 0xbc622f}, {215, 0xa5400f}, {220, 0x9a3508}, {225, 0x8f2b06}, {255, 0x590008},
};

static const Knot berlin[] = {
    {0, 0x9eb0ff},   {16, 0x79abed},  {32, 0x519fd3},  {40, 0x4194c1},  {56, 0x2e7699},
    {88, 0x183d4f},  {108, 0x101f26}, {124, 0x150e0e}, {132, 0x1d0b05}, {140, 0x260d01},
    {168, 0x4d1602}, {176, 0x5b1d08}, {188, 0x752d17}, {216, 0xae6051}, {255, 0xffadad},
};

static const uint32_t categories[][COLOURMAP_CATEGORIES] = {
    [THEME_DARK] = {0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7, 0xc9d2de},
    [THEME_LIGHT] = {0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7, 0x586070},
};

#define KNOTS(table) .knot = (table), .last = sizeof(table) / sizeof *(table)-1
static const struct Table {
    const Knot *knot;
    size_t last;
    bool turned; /* high end first */
} tables[][2] = {
    [MAP_SEQUENTIAL] = {[THEME_DARK] = {KNOTS(cividis)}, [THEME_LIGHT] = {KNOTS(cividis), .turned = true}},
    [MAP_DIVERGING] = {[THEME_DARK] = {KNOTS(berlin)}, [THEME_LIGHT] = {KNOTS(vik)}},
};

/* The projector's ground is light too. */
static Theme known_theme(Theme theme)
{
    return theme == THEME_DARK ? THEME_DARK : THEME_LIGHT;
}

static Colour opaque(uint32_t rgb)
{
    return rgb << 8 | 255;
}

static uint32_t between(Knot a, Knot b, double place)
{
    double towards = (place - a.place) / (b.place - a.place);
    uint32_t rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double from = a.rgb >> shift & 255, to = b.rgb >> shift & 255;
        rgb |= (uint32_t)lround(from + towards * (to - from)) << shift;
    }
    return rgb;
}

Colour colourmap_at(MapColours colours, Theme theme, double t)
{
    double inside = fmin(fmax(t, 0.0), 1.0); /* fmax takes the number where the other is NAN */
    if (colours == MAP_CATEGORIES)
        return colourmap_category(theme, (size_t)fmin(inside * COLOURMAP_CATEGORIES, COLOURMAP_CATEGORIES - 1));
    const struct Table *table = &tables[colours][known_theme(theme)];
    double place = LAST_PLACE * (table->turned ? 1.0 - inside : inside);
    size_t next = 1;
    while (next < table->last && table->knot[next].place < place)
        next++;
    return opaque(between(table->knot[next - 1], table->knot[next], place));
}

Colour colourmap_category(Theme theme, size_t number)
{
    return opaque(categories[known_theme(theme)][number % COLOURMAP_CATEGORIES]);
}
