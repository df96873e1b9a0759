#include "ui/draw.h"

static const Palette palettes[] = {
    [THEME_DARK] = {.ground = 0x0e131bff,
                    .panel = 0x151c27ff,
                    .raised = 0x1b2431ff,
                    .line = 0x263243ff,
                    .text = 0xe8edf4ff,
                    .muted = 0x8a98abff,
                    .particle = 0xffb454ff,
                    .second = 0xe58bd0ff,
                    .active = 0xffb454ff,
                    .on_active = 0x10151dff,
                    .learned = 0x5cc8ffff,
                    .exact = 0xc9d2deff,
                    .good = 0x7fd48bff,
                    .warning = 0xff7a6bff,
                    .density = 0x2a7fb8ff,
                    .data = 0.4,
                    .data_units = 1.5},
    [THEME_LIGHT] = {.ground = 0xfbfaf7ff,
                     .panel = 0xf1eee8ff,
                     .raised = 0xe7e3daff,
                     .line = 0xd5cfc3ff,
                     .text = 0x1c2330ff,
                     .muted = 0x586070ff,
                     .particle = 0xc2570cff,
                     .second = 0x8a2f86ff,
                     .active = 0xa84a08ff,
                     .on_active = 0xfffaf3ff,
                     .learned = 0x0b6fa4ff,
                     .exact = 0x3b4350ff,
                     .good = 0x2a7136ff,
                     .warning = 0xb3261eff,
                     .density = 0x6fb3dcff,
                     .data = 0.4,
                     .data_units = 1.5},
    /* Projectors wash out greys and pale tints: nothing between text and ground is lighter than it must be. */
    [THEME_PROJECTOR] = {.ground = 0xffffffff,
                         .panel = 0xf4f4f4ff,
                         .raised = 0xe4e4e4ff,
                         .line = 0x9a9a9aff,
                         .text = 0x000000ff,
                         .muted = 0x333333ff,
                         .particle = 0xb83a00ff,
                         .second = 0x6a0072ff,
                         .active = 0x9a3000ff,
                         .on_active = 0xffffffff,
                         .learned = 0x00508aff,
                         .exact = 0x111111ff,
                         .good = 0x005a1cff,
                         .warning = 0xa00000ff,
                         .density = 0x4a9fd8ff,
                         .data = 0.8,
                         .data_units = 2},
};

const Palette *palette_of(Theme theme)
{
    return &palettes[theme < THEME_COUNT ? theme : THEME_DARK];
}

Colour path_colour(const Palette *p, PathRole role)
{
    const Colour colour[] = {
        [PATH_ASCENT] = p->good,
        [PATH_LANGEVIN] = p->warning,
        [PATH_SDE] = p->particle,
        [PATH_ODE] = p->learned,
        [PATH_FAN] = (p->particle & 0xffffff00) | (p->particle & 0xff) * 0x48 / 0xff,
        [PATH_CHOSEN] = p->particle,
    };
    return colour[role];
}
