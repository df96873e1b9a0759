/* interface.h - draws a draw list. Only the main thread. */
#ifndef GFX_INTERFACE_H
#define GFX_INTERFACE_H

#include "gfx/shapes.h"
#include "gfx/text.h"

void interface_render(Shapes *shapes, Text *text, Viewport viewport, const DrawList *list);

#endif
