/* format.h - numbers as the interface shows them: sensible digits, always as many characters as the value needs and no
 * more, so that nothing jitters. Each writes into text [size] and returns it. The program never sets LC_NUMERIC.
 */
#ifndef UI_FORMAT_H
#define UI_FORMAT_H

#include "scene/settings.h"

#include <stdint.h>

/* What stands for a number that isn't known. */
#define FORMAT_UNKNOWN "\u2013"

enum { FORMAT_SIZE = 32 };

/* "24,310" */
const char *format_count(char *text, size_t size, uint64_t n);
/* A noise level in five characters: "0.013", "1.300", "12.50". */
const char *format_sigma(char *text, size_t size, double sigma);
/* "3.1 %" of a share; FORMAT_UNKNOWN for NAN. */
const char *format_percent(char *text, size_t size, double share);
/* Three decimals; FORMAT_UNKNOWN for NAN. */
const char *format_loss(char *text, size_t size, double loss);
/* A coordinate with its sign in five characters where it fits: "+1.12", "-31.4", " +456". */
const char *format_signed(char *text, size_t size, double value);
/* The value of a setting with its unit: "5,000", "0.80", "0.100 σ²", "1.00e-5"; a word where 0 stands for one. */
const char *format_setting(char *text, size_t size, const Settings *s, SettingId id);

#endif
