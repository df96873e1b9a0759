/* colourmap.h - the colours of maps and of their legends.
 *
 *     sequential    cividis (Nunez, Anderton and Renslow 2018), turned round on the light theme: what is low lies close
 *                   to the ground on both
 *     diverging     berlin on the dark theme, vik on the light one (Crameri 2018, "Scientific colour maps"): both go
 * from blue to red and are safe for colour blindness; the middle of berlin is dark and that of vik is light, as the
 * ground is categories    the palette of Okabe and Ito (2008), a grey in place of black
 *
 * Each is a few knots of the published table of 256, with straight lines in sRGB between them that stay within three
 * 8-bit levels of it. Pure functions: any thread.
 */
#ifndef UI_COLOURMAP_H
#define UI_COLOURMAP_H

#include "scene/map.h"
#include "ui/draw.h"

enum { COLOURMAP_CATEGORIES = 8 };

/* Opaque. t: 0 at the low end .. 1 at the high end; beyond them the end's colour, NAN the low end's. Categories: t cuts
 * them into equal parts. */
Colour colourmap_at(MapColours colours, Theme theme, double t);

/* Opaque. Beyond COLOURMAP_CATEGORIES the colours come again. */
Colour colourmap_category(Theme theme, size_t number);

#endif
