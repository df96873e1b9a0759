#include "ui/format.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *format_count(char *text, size_t size, uint64_t n)
{
    char digits[FORMAT_SIZE];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n);
    size_t used = 0;
    for (int i = 0; i < length && used + 2 < size; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text[used++] = ',';
        text[used++] = digits[i];
    }
    text[used] = '\0';
    return text;
}

const char *format_sigma(char *text, size_t size, double sigma)
{
    snprintf(text, size, "%.*f", sigma < 9.9995 ? 3 : sigma < 99.995 ? 2 : 1, sigma);
    return text;
}

const char *format_percent(char *text, size_t size, double share)
{
    if (!isfinite(share))
        snprintf(text, size, FORMAT_UNKNOWN);
    else if (share > 99.99)
        snprintf(text, size, "> 9,999 %%");
    else
        snprintf(text, size, "%.*f %%", share < 0.9995 ? 1 : 0, 100 * share);
    return text;
}

const char *format_loss(char *text, size_t size, double loss)
{
    if (!isfinite(loss))
        snprintf(text, size, FORMAT_UNKNOWN);
    else
        snprintf(text, size, fabs(loss) < 1e4 ? "%.3f" : "%.2e", loss);
    return text;
}

const char *format_signed(char *text, size_t size, double value)
{
    double magnitude = fabs(value);
    if (!isfinite(value))
        snprintf(text, size, "    " FORMAT_UNKNOWN);
    else if (magnitude < 99.95)
        snprintf(text, size, "%+.*f", magnitude < 9.995 ? 2 : 1, value);
    else
        snprintf(text, size, magnitude < 9999.5 ? "%+5.0f" : "%+.0e", value);
    return text;
}

/* Three digits that count on a log scale, hundredths on a linear one. */
static int decimals(const SettingInfo *row, double value)
{
    if (row->scale == SCALE_LINEAR || value <= 0)
        return 2;
    return (int)fmin(fmax(2 - floor(log10(value) + 1e-9), 0), 6);
}

/* What 0 means where it isn't a number. */
static const char *word_for_zero(SettingId id)
{
    switch (id) {
    case SET_FIRST:
    case SET_LAST:
    case SET_REACH:
        return "auto";
    case SET_STEP_FIXED:
        return "off";
    case SET_SAMPLES:
        return "endless";
    case SET_BUDGET:
        return "none";
    default:
        return NULL;
    }
}

/* "1.00e-5" for what would be many zeros. */
static void small_number(char *text, size_t size, double value)
{
    int exponent = (int)floor(log10(value) + 1e-9);
    snprintf(text, size, "%.2fe%d", value / pow(10, exponent), exponent);
}

const char *format_setting(char *text, size_t size, const Settings *s, SettingId id)
{
    const SettingInfo *row = setting_info(id);
    double value = s->value[id];
    if (value == 0 && word_for_zero(id)) {
        snprintf(text, size, "%s", word_for_zero(id));
        return text;
    }
    if (row->scale == SCALE_LOG && value > 0 && value < 0.9995e-3)
        small_number(text, size, value);
    else if (row->kind == SETTING_INTEGER)
        format_count(text, size, (uint64_t)fmax(value, 0));
    else
        snprintf(text, size, "%.*f", decimals(row, value), value);
    size_t used = strlen(text);
    if (row->unit[0])
        snprintf(text + used, size - used, " %s", row->unit);
    return text;
}
