#include "io/jpeg.h"

#include "io/exif.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h> /* which codes it has depends on jpeglib.h */

/* A progressive picture is kept as coefficients until its last scan, and every scan goes over all of it: small files
 * can ask for much of both. Encoders write about ten scans. */
enum { MAX_SCANS = 64, MAX_COEFFICIENT_BYTES = 256 << 20 };

/* libjpeg leaves by longjmp. What lives across that is in here and in the caller's Image, never in a local variable. */
typedef struct Decoder {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf failed;
    char reason[JMSG_LENGTH_MAX];
    int orientation;
} Decoder;

static _Noreturn void fail_decoding(j_common_ptr jpeg)
{
    Decoder *d = jpeg->client_data;
    if (jpeg->err->msg_code == JERR_NO_BACKING_STORE)
        snprintf(d->reason, sizeof d->reason, "it would need over %d MiB", MAX_COEFFICIENT_BYTES >> 20);
    else
        jpeg->err->format_message(jpeg, d->reason);
    longjmp(d->failed, 1);
}

/* Where pixels are missing libjpeg only warns and fills in grey, which here would become density. Its other warnings
 * are about bytes that nobody needs. */
static void refuse_missing_pixels(j_common_ptr jpeg, int level)
{
    static const int missing[] = {JWRN_JPEG_EOF, JWRN_HIT_MARKER, JWRN_HUFF_BAD_CODE, JWRN_ARITH_BAD_CODE,
                                  JWRN_MUST_RESYNC};
    for (size_t i = 0; level < 0 && i < sizeof missing / sizeof *missing; i++)
        if (jpeg->err->msg_code == missing[i])
            fail_decoding(jpeg);
}

static void limit_scans(j_common_ptr jpeg)
{
    Decoder *d = jpeg->client_data;
    if (d->jpeg.input_scan_number <= MAX_SCANS)
        return;
    snprintf(d->reason, sizeof d->reason, "it has over %d scans", MAX_SCANS);
    longjmp(d->failed, 1);
}

static void start(Decoder *d, const unsigned char *bytes, size_t size)
{
    d->jpeg.err = jpeg_std_error(&d->errors);
    d->jpeg.client_data = d;
    d->errors.error_exit = fail_decoding;
    d->errors.emit_message = refuse_missing_pixels;
    jpeg_create_decompress(&d->jpeg);
    d->jpeg.mem->max_memory_to_use = MAX_COEFFICIENT_BYTES;
    d->progress.progress_monitor = limit_scans;
    d->jpeg.progress = &d->progress;
    jpeg_mem_src(&d->jpeg, bytes, size);
    jpeg_save_markers(&d->jpeg, JPEG_APP0 + 1, 0xFFFF); /* Exif */
    jpeg_read_header(&d->jpeg, TRUE);
}

/* In place. Adobe's programs, whose marker says so, write CMYK upside down: 255 is no ink. */
static void cmyk_to_rgba(unsigned char *pixels, size_t n, bool upside_down)
{
    unsigned flip = upside_down ? 0 : 255;
    for (unsigned char *p = pixels; p < pixels + 4 * n; p += 4) {
        unsigned light = p[3] ^ flip;
        for (int channel = 0; channel < 3; channel++)
            p[channel] = (unsigned char)(((p[channel] ^ flip) * light + 127) / 255);
        p[3] = 255;
    }
}

static void read_pixels(Decoder *d, Image *image)
{
    struct jpeg_decompress_struct *jpeg = &d->jpeg;
    bool cmyk = jpeg->num_components == 4;
    jpeg->out_color_space = cmyk ? JCS_CMYK : JCS_EXT_RGBA;
    jpeg_start_decompress(jpeg);
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = image->rgba + 4 * image->width * jpeg->output_scanline;
        jpeg_read_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_decompress(jpeg); /* asks for the end marker */
    if (cmyk)
        cmyk_to_rgba(image->rgba, image->width * image->height, jpeg->saw_Adobe_marker);
}

static int find_orientation(const Decoder *d)
{
    for (jpeg_saved_marker_ptr m = d->jpeg.marker_list; m; m = m->next) {
        int orientation = exif_orientation(m->data, m->data_length);
        if (orientation != 1)
            return orientation;
    }
    return 1;
}

static bool decode(Decoder *d, const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e)
{
    if (setjmp(d->failed))
        return error_set(e, "%s: expected a whole JPEG picture: %s (nothing was loaded)", name, d->reason);
    start(d, bytes, size);
    if (!image_init(image, name, d->jpeg.image_width, d->jpeg.image_height, e))
        return false;
    d->orientation = find_orientation(d); /* the markers go when the pixels are read */
    read_pixels(d, image);
    return image_turn(image, name, d->orientation, e);
}

bool jpeg_recognised(const unsigned char *bytes, size_t size)
{
    return size >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;
}

bool jpeg_decode(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e)
{
    Decoder d = {0};
    *image = (Image){0};
    bool decoded = decode(&d, name, bytes, size, image, e);
    jpeg_destroy_decompress(&d.jpeg);
    if (!decoded)
        image_free(image);
    return decoded;
}
