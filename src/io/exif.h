/* exif.h - which way up a camera held its picture (Exif 2.3, tag 0x0112). Pure function: any thread. */
#ifndef IO_EXIF_H
#define IO_EXIF_H

#include <stddef.h>

/* The orientation, 1 to 8, in the bytes of an APP1 segment without its marker and length; 1, as stored, when they are
 * something else, damaged, or do not say. */
int exif_orientation(const unsigned char *bytes, size_t size);

#endif
