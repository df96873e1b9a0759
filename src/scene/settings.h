/* settings.h - everything that can be set: one row a setting.
 *
 * The panel, --set, lessons, key bindings, saved states, --help and the reference all read the table in
 * settings_table.c. Values are doubles: switches are 0 or 1, choices their index. Plain values, copied whole between
 * threads.
 */
#ifndef SCENE_SETTINGS_H
#define SCENE_SETTINGS_H

#include "io/error.h"

#include <stddef.h>
#include <stdint.h>

typedef enum SettingId {
    SET_TARGET,
    SET_TRUTH,
    SET_SEED,
    SET_FIRST,
    SET_LAST,
    SET_SIGMA, /* behind what its range belongs to */
    SET_PLAYING,
    SET_LOOP,
    SET_FORWARD,
    SET_SPEED,
    SET_DURATION,
    SET_TIMING,
    SET_TIMING_1,
    SET_TIMING_2,
    SET_TIMING_3,
    SET_TIMING_4,
    SET_TIMING_5,
    SET_FIELD, /* before the dynamics, some of which want the exact field */
    SET_DYNAMICS,
    SET_SECOND,
    SET_OTHER_DYNAMICS,
    SET_PARTICLES,
    SET_STEPS,
    SET_SCHEDULE,
    SET_START,
    SET_REACH,
    SET_NOISE,
    SET_STEP_SIZE,
    SET_STEP_FIXED,
    SET_FRICTION,
    SET_LEAPS,
    SET_ETA,
    SET_SNR,
    SET_CORRECTIONS,
    SET_CHURN,
    SET_TOLERANCE,
    SET_DENOISE,
    SET_TRAINING,
    SET_TRAIN_SPEED,
    SET_REST,
    SET_HISTORY,
    SET_OBJECTIVE,
    SET_WEIGHTING,
    SET_SAMPLES,
    SET_RATE,
    SET_BATCH,
    SET_SOURCE,
    SET_REFERENCES,
    SET_BUDGET,
    SET_WIDTH,
    SET_DEPTH,
    SET_PREDICTION,
    SET_ACTIVATION,
    SET_FEATURES,
    SET_DRAW,
    SET_DRAW_TOOL,
    SET_DRAW_SIZE,
    SET_DRAW_HARDNESS,
    SET_DRAW_STRENGTH,
    SET_DRAW_LEVEL,
    SET_DRAW_MIRROR,
    SET_DRAW_FOLDS,
    SET_DRAW_POINTS,
    SET_DRAW_SPREAD,
    SET_DRAW_FIT,
    SET_DRAW_WORD,
    SET_SHOW_ARROWS,
    SET_SHOW_STREAMLINES,
    SET_SHOW_DENSITY,
    SET_SHOW_CONTOURS,
    SET_SHOW_PARTICLES,
    SET_SHOW_TRAILS,
    SET_SHOW_DATA,
    SET_SHOW_NOISED,
    SET_SHOW_PATHS,
    SET_SHOW_AXES, /* the last of the layers */
    SET_MAP,
    SET_MAP_FADE,
    SET_DENSITY_OF,
    SET_ARROW_LENGTH,
    SET_DENOISER,
    SET_MODES,
    SET_MARGINALS,
    SET_PAD,
    SET_WIPE,
    SET_WIPE_PLACE,
    SET_OTHER_FIELD,
    SET_OTHER_SIGMA,
    SET_LENS,
    SET_HILL,
    SET_HILL_HEIGHT,
    SET_AZIMUTH,
    SET_VIEW_X,
    SET_VIEW_Y,
    SET_VIEW_ZOOM,
    SET_THEME,
    SET_SCALE,
    SET_PANEL,
    SET_FULLSCREEN,
    SET_BLANK,
    SET_AUDIENCE,
    SET_CAPTION_WHOLE,
    SET_STILL,
    SET_NUMBERS,
    SET_KEYS,
    SET_KEYLOG,
    SET_PROMPT,
    SETTING_COUNT
} SettingId;

typedef enum SettingKind { SETTING_SWITCH, SETTING_INTEGER, SETTING_REAL, SETTING_CHOICE } SettingKind;
typedef enum SettingScale { SCALE_LINEAR, SCALE_LOG } SettingScale;

typedef struct SettingInfo {
    const char *name;  /* as typed: "train.rate" */
    const char *label; /* as shown: "learning rate" */
    SettingKind kind;
    SettingScale scale;
    double min, max, fallback; /* fallback: the default */
    const char *unit;          /* "" when it has none */
    const char *group;
    const char *help;                    /* one line */
    const char *(*choice_name)(size_t);  /* SETTING_CHOICE: name of choice i, NULL past the last */
    const char *(*choice_label)(size_t); /* as shown */
    const char *(*choice_help)(size_t);  /* one line */
} SettingInfo;

typedef struct Settings {
    double value[SETTING_COUNT];
    uint64_t drawing;   /* revision of what is drawn; 0: nothing yet */
    double drawing_std; /* of its frame; 0: that of an empty canvas */
    uint64_t undrawn;   /* row of the target that going out of drawing brings back */
} Settings;

typedef enum FieldKind { FIELD_LEARNED, FIELD_EXACT, FIELD_DIFFERENCE, FIELD_KIND_COUNT } FieldKind;
typedef enum Truth { TRUTH_POPULATION, TRUTH_TRAINING_SET } Truth;
typedef enum DensityOf { DENSITY_EXACT, DENSITY_LEARNED } DensityOf;
typedef enum WipeKind { WIPE_OFF, WIPE_NOISE, WIPE_FIELD, WIPE_KIND_COUNT } WipeKind;
typedef enum Second { SECOND_OFF, SECOND_OVER, SECOND_BESIDE } Second;
typedef enum ArrowLength { ARROWS_BY_STRENGTH, ARROWS_EQUAL } ArrowLength;
typedef enum DrawTool {
    TOOL_BRUSH,
    TOOL_ERASER,
    TOOL_LINE,
    TOOL_CIRCLE,
    TOOL_SPRAY,
    TOOL_FILL,
    TOOL_GAUSSIAN,
    TOOL_POINT,
    TOOL_COUNT
} DrawTool;
typedef enum DrawMirror { MIRROR_OFF, MIRROR_X, MIRROR_Y, MIRROR_BOTH, MIRROR_COUNT } DrawMirror;
typedef enum Theme { THEME_DARK, THEME_LIGHT, THEME_PROJECTOR, THEME_COUNT } Theme;

const SettingInfo *setting_info(SettingId id);
Settings settings_defaults(void);

/* The row with this name; SETTING_COUNT when there is none. */
SettingId setting_find(const char *name);

/* First and last level of the way from noise to data: those that are set, or the ends max and min of the target's
 * range. Ends that are set the wrong way round count as not set. */
void settings_ladder_ends(const Settings *s, double min, double max, double *first, double *last);

/* The range now: that of the table, or, for sigma, the one of the target that is set, and of the ladder where that
 * reaches farther. */
void setting_range(const Settings *s, SettingId id, double *min, double *max);

/* Why a setting can't have a value as long as the others are what they are, with what to do; NULL when it can. */
const char *setting_refusal(const Settings *s, SettingId id, double value);

/* Sets, clamped into the range and rounded for integers: for hands on sliders. What is refused changes nothing. A new
 * target takes sigma along to the same place in its own range; a field without log p puts Langevin in the place of
 * dynamics that need it. Going into drawing sets the target that is drawn, going out the one before; any other target
 * goes out. */
void settings_put(Settings *s, SettingId id, double value);

/* What is drawn now, in a frame of this std: sigma keeps its place in its range. */
void settings_draw(Settings *s, uint64_t revision, double std);

/* How a person looks at it all, and a word that is being typed: no part of what is studied. */
bool settings_personal(SettingId id);

/* The plane has a line with another picture to its right. */
bool settings_split(const Settings *s);

/* Sets from text. False with what, why and the range or the nearest name when the text is no value of this setting. */
bool settings_parse(Settings *s, SettingId id, const char *text, Error *e);

/* As settings_parse would read it back. Returns text. */
const char *settings_print(const Settings *s, SettingId id, char *text, size_t size);

static inline bool settings_on(const Settings *s, SettingId id)
{
    return s->value[id] > 0.5;
}

static inline size_t settings_index(const Settings *s, SettingId id)
{
    return (size_t)s->value[id];
}

#endif
