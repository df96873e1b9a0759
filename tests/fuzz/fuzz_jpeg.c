/* fuzz_jpeg.c - any bytes as a JPEG picture. libFuzzer's entry. */
#include "fuzz_picture.h"
#include "io/jpeg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_picture(jpeg_decode, data, size);
    return 0;
}
