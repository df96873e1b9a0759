/* fuzz_png.c - any bytes as a PNG picture. libFuzzer's entry. */
#include "fuzz_picture.h"
#include "io/png.h"

#include <string.h>
#include <zlib.h>

enum { SIGNATURE_SIZE = 8, CHUNK_HEAD = 8, CRC_SIZE = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t load_big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Puts right the checksums of all whole chunks: behind a wrong one a decoder looks at nothing else. */
static void repair_checksums(uint8_t *png, size_t size)
{
    size_t at = SIGNATURE_SIZE;
    while (at < size && size - at >= CHUNK_HEAD + CRC_SIZE) {
        size_t length = load_big_endian(png + at);
        if (length > size - at - CHUNK_HEAD - CRC_SIZE)
            return;
        uint32_t crc = (uint32_t)crc32(0, png + at + 4, (uInt)length + 4);
        at += CHUNK_HEAD + length;
        for (int i = 0; i < CRC_SIZE; i++)
            png[at++] = (uint8_t)(crc >> (24 - 8 * i));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *png = malloc(size + !size);
    memcpy(png, data, size);
    repair_checksums(png, size);
    fuzz_picture(png_decode, png, size);
    free(png);
    return 0;
}
