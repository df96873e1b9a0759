/* pictures.h - the pictures of tests/io/data/pictures (made by make_pictures.py there), and what all decoders of
 * pictures must bear. */
#ifndef TESTS_PICTURES_H
#define TESTS_PICTURES_H

#include "core/rng.h"
#include "data_file.h"
#include "io/image.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef bool (*PictureDecoder)(const char *name, const unsigned char *bytes, size_t size, Image *image, Error *e);

/* A picture, or a line and none. */
static inline bool pictures_check_decoder(PictureDecoder decode, const unsigned char *bytes, size_t size)
{
    Image image;
    Error e = {""};
    bool decoded = decode("any", bytes, size, &image, &e);
    if (decoded)
        assert_true(image.rgba && image_fits(image.width, image.height));
    else
        assert_true(!image.rgba && image.width == 0 && e.text[0]);
    image_free(&image);
    return decoded;
}

/* Every shorter file is refused but for the last `spare` bytes, with copies of the exact size so that the sanitizer
 * sees a read beyond the end; flipped bits do no harm. */
static inline void pictures_check_damage(PictureDecoder decode, const char *name, size_t spare)
{
    size_t size;
    unsigned char *bytes = data_file(name, &size);
    for (size_t cut = 0; cut < size; cut++) {
        unsigned char *copy = malloc(cut + !cut);
        memcpy(copy, bytes, cut);
        if (pictures_check_decoder(decode, copy, cut) && cut + spare < size)
            fail_msg("%s: its first %zu bytes were accepted", name, cut);
        free(copy);
    }
    for (size_t round = 0; round < 3000; round++) {
        float u[4];
        rng_uniforms((Rng){4, STREAM_TEST}, 0, round, 1, u);
        size_t bit = (size_t)(u[0] * (float)(8 * size));
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        pictures_check_decoder(decode, bytes, size);
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    free(bytes);
}

/* Runs every seed of a fuzz target through the decoder. */
static inline void pictures_check_corpus(PictureDecoder decode, const char *kind)
{
    char folder_name[300];
    size_t files = 0;
    snprintf(folder_name, sizeof folder_name, SOURCE_FOLDER "/tests/fuzz/corpus/%s", kind);
    DIR *folder = opendir(folder_name);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[400];
        size_t size;
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "fuzz/corpus/%s/%s", kind, entry->d_name);
        unsigned char *bytes = data_file(name, &size);
        pictures_check_decoder(decode, bytes, size);
        free(bytes);
        files++;
    }
    closedir(folder);
    assert_true(files > 0);
}

#endif
