#include "scene/drawing_packed.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* One byte of deflate never stands for more (zlib.net, "Technical details"). */
enum { DEFLATE_RATIO_MAX = 1032 };

static size_t text_size(size_t size)
{
    return (size + 2) / 3 * 4;
}

void base64_append(Bytes *b, const void *data, size_t size)
{
    const unsigned char *in = data;
    unsigned char *out = bytes_reserve(b, text_size(size));
    if (!out)
        return;
    for (size_t i = 0; i < size; i += 3, out += 4) {
        size_t some = size - i < 3 ? size - i : 3;
        uint32_t bits = (uint32_t)in[i] << 16;
        bits |= some > 1 ? (uint32_t)in[i + 1] << 8 : 0;
        bits |= some > 2 ? in[i + 2] : 0;
        for (size_t k = 0; k < 4; k++)
            out[k] = k <= some ? (unsigned char)digits[bits >> (18 - 6 * k) & 63] : '=';
    }
    b->size += text_size(size);
}

void packed_append(Bytes *b, const void *data, size_t size)
{
    uLongf packed = compressBound(size);
    unsigned char *block = malloc(packed);
    if (!block || compress2(block, &packed, data, size, Z_BEST_SPEED) != Z_OK)
        b->failed = true;
    else
        base64_append(b, block, packed);
    free(block);
}

/* 0 .. 63; 64 for what is no digit. A million points are eleven million digits, too many to search for each. */
static void fill_values(unsigned char value[256])
{
    memset(value, 64, 256);
    for (unsigned char k = 0; k < 64; k++)
        value[(unsigned char)digits[k]] = k;
}

/* Four digits as 24 bits, the first some + 1 of them digits and the others '='; more than 24 bits where they are not.
 */
static uint32_t four_digits(const unsigned char value[256], const char *text, size_t some)
{
    uint32_t bits = 0, wrong = 0;
    for (size_t k = 0; k < 4; k++) {
        uint32_t digit = k <= some ? value[(unsigned char)text[k]] : text[k] == '=' ? 0 : 64;
        bits = bits << 6 | (digit & 63);
        wrong |= digit >> 6;
    }
    return bits | wrong << 24;
}

bool base64_read(const char *text, void *out, size_t size)
{
    unsigned char value[256], *at = out;
    if (!base64_fits(text, size))
        return false;
    fill_values(value);
    for (size_t i = 0; i < size; i += 3, text += 4) {
        size_t some = size - i < 3 ? size - i : 3;
        uint32_t bits = four_digits(value, text, some);
        /* Bits behind the last byte would make two texts of one array. */
        if (bits >> 24 || bits & ((uint32_t)0xffffff >> 8 * some))
            return false;
        for (size_t k = 0; k < some; k++)
            *at++ = (unsigned char)(bits >> (16 - 8 * k));
    }
    return true;
}

bool base64_fits(const char *text, size_t size)
{
    return strlen(text) == text_size(size);
}

static size_t decoded_size(const char *text)
{
    size_t length = strlen(text), padding = 0;
    while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
        padding++;
    return length % 4 == 0 ? length / 4 * 3 - padding : 0;
}

bool packed_fits(const char *text, size_t size)
{
    size_t packed = decoded_size(text);
    return packed > 0 && size / DEFLATE_RATIO_MAX <= packed;
}

static bool inflate_whole(const unsigned char *block, size_t packed, void *out, size_t size)
{
    uLongf made = size;
    uLong used = packed;
    return uncompress2(out, &made, block, &used) == Z_OK && made == size && used == packed;
}

bool packed_read(const char *text, void *out, size_t size)
{
    size_t packed = decoded_size(text);
    unsigned char *block = packed_fits(text, size) ? malloc(packed) : NULL;
    bool read = block && base64_read(text, block, packed) && inflate_whole(block, packed, out, size);
    free(block);
    return read;
}
