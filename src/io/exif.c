#include "io/exif.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { ORIENTATION = 0x0112, TYPE_SHORT = 3, ENTRY_SIZE = 12, HEADER_SIZE = 8 };

/* The TIFF file inside, whose offsets count from its first byte. */
typedef struct Tiff {
    const unsigned char *bytes;
    size_t size;
    bool big_endian;
} Tiff;

/* `size` bytes at `at`, which are known to be there. */
static uint32_t load(const Tiff *t, size_t at, size_t size)
{
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | t->bytes[at + (t->big_endian ? i : size - 1 - i)];
    return value;
}

static bool open_tiff(const unsigned char *bytes, size_t size, Tiff *t)
{
    static const unsigned char exif[6] = {'E', 'x', 'i', 'f', 0, 0};
    if (size < sizeof exif + HEADER_SIZE || memcmp(bytes, exif, sizeof exif) != 0)
        return false;
    *t = (Tiff){bytes + sizeof exif, size - sizeof exif, bytes[sizeof exif] == 'M'};
    return memcmp(t->bytes, t->big_endian ? "MM" : "II", 2) == 0 && load(t, 2, 2) == 42;
}

int exif_orientation(const unsigned char *bytes, size_t size)
{
    Tiff t;
    if (!open_tiff(bytes, size, &t))
        return 1;
    size_t directory = load(&t, 4, 4);
    if (directory > t.size - 2)
        return 1;
    size_t entries = load(&t, directory, 2), room = (t.size - directory - 2) / ENTRY_SIZE;
    for (size_t i = 0; i < entries && i < room; i++) {
        size_t at = directory + 2 + i * ENTRY_SIZE;
        if (load(&t, at, 2) != ORIENTATION || load(&t, at + 2, 2) != TYPE_SHORT)
            continue;
        int orientation = (int)load(&t, at + 8, 2);
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
    return 1;
}
