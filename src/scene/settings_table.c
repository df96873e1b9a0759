#include "scene/settings.h"

#include "core/dynamics.h"
#include "core/objective.h"
#include "core/start.h"
#include "core/target.h"
#include "scene/brush.h"
#include "scene/hill.h"
#include "scene/map.h"
#include "scene/timing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const ChoiceInfo fields[FIELD_KIND_COUNT] = {
    [FIELD_LEARNED] = {"learned", "Learned", "what the network has learned so far"},
    [FIELD_EXACT] = {"exact", "Exact", "the truth, in closed form"},
    [FIELD_DIFFERENCE] = {"difference", "Difference", "learned less exact: the network's mistake"},
};

static const ChoiceInfo truths[] = {
    [TRUTH_POPULATION] = {"population", "Population", "the distribution that all samples come from"},
    [TRUTH_TRAINING_SET] = {"set", "Training set", "the finite points that are learned from, where there are any"},
};

static const ChoiceInfo densities[] = {
    [DENSITY_EXACT] = {"exact", "Exact", "p_\u03c3 in closed form"},
    [DENSITY_LEARNED] = {"learned", "Learned",
                         "the learned field's own, by its probability flow; where another noise level or the exact "
                         "field is shown beside it, the exact one"},
};

static const ChoiceInfo themes[] = {
    [THEME_DARK] = {"dark", "Dark", "light on dark"},
    [THEME_LIGHT] = {"light", "Light", "dark on light"},
    [THEME_PROJECTOR] = {"projector", "Projector", "black on white in strong colours, for pale projectors"},
};

static const ChoiceInfo wipes[WIPE_KIND_COUNT] = {
    [WIPE_OFF] = {"off", "Off", "one picture"},
    [WIPE_NOISE] = {"noise", "Noise", "another noise level to the right of a line that can be dragged"},
    [WIPE_FIELD] = {"field", "Field", "another field to the right of a line that can be dragged"},
};

static const ChoiceInfo seconds[] = {
    [SECOND_OFF] = {"off", "Off", "one sampler"},
    [SECOND_OVER] = {"over", "Over it",
                     "a second sampler from the same start with the same random numbers, in another colour"},
    [SECOND_BESIDE] = {"beside", "Beside it", "the same to the right of a line that can be dragged"},
};

static const ChoiceInfo hill_heights[] = {
    [HILL_LOG] = {"log", "log p", "log p_\u03c3, cut off 12 nats below the top: its slope is the score"},
    [HILL_STEP] = {"step", "\u03c3\u00b2 log p", "its slope is the step to the denoiser, D \u2212 x"},
};

static const ChoiceInfo arrow_lengths[] = {
    [ARROWS_BY_STRENGTH] = {"strength", "Strength", "longer where the field is stronger, on a log scale"},
    [ARROWS_EQUAL] = {"equal", "Equal", "all of one length: directions alone"},
};

static const ChoiceInfo tools[TOOL_COUNT] = {
    [TOOL_BRUSH] = {"brush", "Brush", "paint density"},
    [TOOL_ERASER] = {"eraser", "Eraser", "take it away"},
    [TOOL_LINE] = {"line", "Line", "a straight stroke"},
    [TOOL_CIRCLE] = {"circle", "Circle", "a ring from its middle out"},
    [TOOL_SPRAY] = {"spray", "Spray", "small dabs that add up"},
    [TOOL_FILL] = {"fill", "Fill", "an area of one level becomes another"},
    [TOOL_GAUSSIAN] = {"gaussian", "Gaussian", "place Gaussians, and drag their centres, axes and edges"},
    [TOOL_POINT] = {"point", "Points", "stamp single points or small clusters"},
};

static const ChoiceInfo mirrors[MIRROR_COUNT] = {
    [MIRROR_OFF] = {"off", "Off", "as the hand goes"},
    [MIRROR_X] = {"x", "Left and right", "also at \u2212x"},
    [MIRROR_Y] = {"y", "Up and down", "also at \u2212y"},
    [MIRROR_BOTH] = {"both", "Both", "in all four quarters"},
};

/* The three functions of a SettingInfo for a table of `count` rows, of which `row` is number i. */
#define CHOICES(table, count, row)                                                                                     \
    static const char *table##_name(size_t i)                                                                          \
    {                                                                                                                  \
        return i < (size_t)(count) ? (row)->name : NULL;                                                               \
    }                                                                                                                  \
    static const char *table##_label(size_t i)                                                                         \
    {                                                                                                                  \
        return i < (size_t)(count) ? (row)->label : NULL;                                                              \
    }                                                                                                                  \
    static const char *table##_help(size_t i)                                                                          \
    {                                                                                                                  \
        return i < (size_t)(count) ? (row)->help : NULL;                                                               \
    }

CHOICES(target, target_count() + 1, target_info(i))
CHOICES(truth, COUNT(truths), &truths[i])
CHOICES(field, FIELD_KIND_COUNT, &fields[i])
CHOICES(dynamics, SAMPLER_COUNT, sampler_info(i))
CHOICES(second, COUNT(seconds), &seconds[i])
CHOICES(schedule, SCHEDULE_COUNT, schedule_info(i))
CHOICES(start, START_COUNT, start_info(i))
CHOICES(timing, TIMING_COUNT, timing_info(i))
CHOICES(objective, OBJECTIVE_COUNT, objective_info(i))
CHOICES(weighting, WEIGHTING_COUNT, weighting_info(i))
CHOICES(source, TARGET_SOURCE_COUNT, target_source_info((TargetSource)i))
CHOICES(prediction, PREDICTION_COUNT, prediction_info(i))
CHOICES(activation, ACTIVATION_COUNT, activation_info(i))
CHOICES(tool, TOOL_COUNT, &tools[i])
CHOICES(mirror, MIRROR_COUNT, &mirrors[i])
CHOICES(theme, COUNT(themes), &themes[i])
CHOICES(density, COUNT(densities), &densities[i])
CHOICES(map, MAP_KIND_COUNT, map_info(i))
CHOICES(hill_height, COUNT(hill_heights), &hill_heights[i])
CHOICES(wipe, WIPE_KIND_COUNT, &wipes[i])
CHOICES(arrow_length, COUNT(arrow_lengths), &arrow_lengths[i])

#define FROM(table)                        table##_name, table##_label, table##_help
#define NO_CHOICES                         NULL, NULL, NULL
#define SWITCH(fallback)                   SETTING_SWITCH, SCALE_LINEAR, 0, 1, fallback, ""
#define CHOICE(fallback)                   SETTING_CHOICE, SCALE_LINEAR, 0, 0, fallback, ""
#define INTEGER(scale, min, max, fallback) SETTING_INTEGER, scale, min, max, fallback, ""
#define REAL(scale, min, max, fallback)    SETTING_REAL, scale, min, max, fallback

/* One knot of the timing curve, by default where the even curve is. */
#define KNOT(i)                                                                                                        \
    {                                                                                                                  \
        "timing." #i, "knot " #i, REAL(SCALE_LINEAR, 0, 1, (i) / 6.0), "", "noise",                                    \
            "place on the way, 0 noise to 1 data, after " #i "/6 of the time: for a timing by hand", NO_CHOICES        \
    }

static const SettingInfo table[SETTING_COUNT] = {
    [SET_TARGET] = {"target", "target", CHOICE(0), "target", "the distribution to learn", FROM(target)},
    [SET_TRUTH] = {"truth", "exact means", CHOICE(TRUTH_POPULATION), "target",
                   "what the exact field, density, errors and maps are of", FROM(truth)},
    [SET_SEED] = {"seed", "seed", INTEGER(SCALE_LINEAR, 0, 999999999, 1), "run",
                  "start of all random numbers: the same seed gives the same run", NO_CHOICES},
    [SET_FIRST] = {"ladder.first", "first level", REAL(SCALE_LINEAR, 0, 1e4, 0), "", "dynamics",
                   "noise level at which the way begins, data units; 0 is the noise end of the slider", NO_CHOICES},
    [SET_LAST] = {"ladder.last", "last level", REAL(SCALE_LINEAR, 0, 1e4, 0), "", "dynamics",
                  "noise level at which the way ends, data units, below the first; 0 is the data end of the slider",
                  NO_CHOICES},
    [SET_SIGMA] = {"sigma", "\u03c3", REAL(SCALE_LOG, 1e-4, 1e4, 0.5), "", "noise",
                   "noise level, in the units of the data; its range belongs to the target", NO_CHOICES},
    [SET_PLAYING] = {"playing", "play", SWITCH(1), "noise", "move the noise level from noise to data", NO_CHOICES},
    [SET_LOOP] = {"loop", "loop", SWITCH(1), "noise", "start again when the data is reached", NO_CHOICES},
    [SET_FORWARD] = {"forward", "data \u2192 noise \u2192 data", SWITCH(0), "noise",
                     "begin at the data, go to noise, by diffusion or back along a flow, and come back", NO_CHOICES},
    [SET_SPEED] = {"speed", "speed", REAL(SCALE_LOG, 0.125, 8, 1), "\u00d7", "noise", "pace of play and of the walkers",
                   NO_CHOICES},
    [SET_DURATION] = {"duration", "duration", REAL(SCALE_LOG, 1, 120, 6), "s", "noise",
                      "time from noise to data at speed 1", NO_CHOICES},
    [SET_TIMING] = {"timing", "timing", CHOICE(TIMING_STEPS), "noise", "how play spends that time on the way",
                    FROM(timing)},
    [SET_TIMING_1] = KNOT(1),
    [SET_TIMING_2] = KNOT(2),
    [SET_TIMING_3] = KNOT(3),
    [SET_TIMING_4] = KNOT(4),
    [SET_TIMING_5] = KNOT(5),
    [SET_FIELD] = {"field", "field", CHOICE(FIELD_LEARNED), "field", "which field is shown and followed", FROM(field)},
    [SET_DYNAMICS] = {"dynamics", "dynamics", CHOICE(SAMPLER_SDE), "dynamics", "how particles follow the field",
                      FROM(dynamics)},
    [SET_SECOND] = {"dynamics.second", "second", CHOICE(SECOND_OFF), "dynamics",
                    "two samplers in lock-step: the same start, the same random numbers, the same handle",
                    FROM(second)},
    [SET_OTHER_DYNAMICS] = {"other.dynamics", "its way", CHOICE(SAMPLER_ODE), "dynamics",
                            "how the particles of a second sampler follow the field", FROM(dynamics)},
    [SET_PARTICLES] = {"particles", "particles", INTEGER(SCALE_LOG, 1, 100000, 1500), "dynamics", "how many there are",
                       NO_CHOICES},
    [SET_STEPS] = {"steps", "steps", INTEGER(SCALE_LOG, 1, 2000, 200), "dynamics",
                   "steps of the way from noise to data; walkers take as many in the same time", NO_CHOICES},
    [SET_SCHEDULE] = {"schedule", "schedule", CHOICE(SCHEDULE_VE), "dynamics",
                      "how the noise levels of the way are spaced; for em, reverse, pc and pc-each also the "
                      "equation",
                      FROM(schedule)},
    [SET_START] = {"start", "start", CHOICE(START_MATCHED), "dynamics", "where particles begin a journey", FROM(start)},
    [SET_REACH] = {"start.reach", "reach", REAL(SCALE_LINEAR, 0, 1e4, 0), "", "dynamics",
                   "size of a prior or uniform start, data units; 0 is the first noise level", NO_CHOICES},
    [SET_NOISE] = {"noise", "noise in the path", REAL(SCALE_LINEAR, 0, 1, 1), "", "dynamics",
                   "share of the random kicks; 1 is the published equation", NO_CHOICES},
    [SET_STEP_SIZE] =
        {"step", "step size", REAL(SCALE_LOG, 0.001, 1, 0.1), "\u03c3\u00b2", "dynamics",
         "length h of a step at one noise level, in units of that level squared; MALA's, HMC's and underdamped "
         "Langevin's time step is \u221a2h",
         NO_CHOICES},
    [SET_STEP_FIXED] = {"step.fixed", "fixed step", REAL(SCALE_LINEAR, 0, 1e4, 0), "", "dynamics",
                        "length of those steps whatever the noise level, data units squared; 0 goes by the noise",
                        NO_CHOICES},
    [SET_FRICTION] = {"friction", "friction", REAL(SCALE_LOG, 0.01, 100, 1), "/\u03c3", "dynamics",
                      "how fast underdamped particles forget their velocity", NO_CHOICES},
    [SET_LEAPS] = {"leaps", "leapfrog steps", INTEGER(SCALE_LOG, 1, 100, 10), "dynamics",
                   "steps of one Hamiltonian proposal", NO_CHOICES},
    [SET_ETA] = {"eta", "\u03b7", REAL(SCALE_LINEAR, 0, 1, 0), "", "dynamics",
                 "DDIM's share of noise: 0 is the flow, 1 ancestral sampling", NO_CHOICES},
    [SET_SNR] = {"snr", "signal to noise", REAL(SCALE_LOG, 0.001, 1, 0.16), "", "dynamics",
                 "size r of the corrector's Langevin steps", NO_CHOICES},
    [SET_CORRECTIONS] = {"corrections", "Langevin steps a level", INTEGER(SCALE_LOG, 1, 1000, 1), "dynamics",
                         "steps of annealed Langevin, or of the corrector, at every noise level", NO_CHOICES},
    [SET_CHURN] = {"churn", "churn", REAL(SCALE_LINEAR, 0, 100, 40), "", "dynamics",
                   "noise that EDM's sampler adds over the whole way", NO_CHOICES},
    [SET_TOLERANCE] = {"tolerance", "tolerance", REAL(SCALE_LOG, 1e-6, 1e-1, 1e-5), "", "dynamics",
                       "error that Runge\u2013Kutta allows in one of its own steps", NO_CHOICES},
    [SET_DENOISE] = {"denoise", "denoise at the end", SWITCH(0), "dynamics",
                     "a last step from the smallest noise to the data themselves", NO_CHOICES},
    [SET_TRAINING] = {"training", "training", SWITCH(1), "network", "let the network learn", NO_CHOICES},
    [SET_TRAIN_SPEED] = {"train.speed", "speed limit", INTEGER(SCALE_LOG, 1, 10000, 10000), "network",
                         "steps a second at most; 10000 is as fast as it goes", NO_CHOICES},
    [SET_REST] = {"train.rest", "rest when converged", SWITCH(1), "network",
                  "endless training rests when 10,000 more steps would lower the error by less than 2 %", NO_CHOICES},
    [SET_HISTORY] = {"train.history", "history", REAL(SCALE_LINEAR, 0, 1, 1), "", "network",
                     "what of the learning so far is shown: 0 the untrained network, 1 the present; even in the "
                     "logarithm of steps",
                     NO_CHOICES},
    [SET_OBJECTIVE] = {"train.objective", "objective", CHOICE(OBJECTIVE_DENOISING), "network",
                       "what training makes small", FROM(objective)},
    [SET_WEIGHTING] = {"train.weighting", "weighting", CHOICE(WEIGHTING_EDM), "network",
                       "how much each noise level counts in denoising", FROM(weighting)},
    [SET_SAMPLES] = {"train.samples", "training set", INTEGER(SCALE_LINEAR, 0, 1000000, 0), "network",
                     "points to learn from, the same again and again; 0 draws fresh ones without end", NO_CHOICES},
    [SET_RATE] = {"train.rate", "learning rate", REAL(SCALE_LOG, 1e-5, 1, 8e-3), "", "network",
                  "peak learning rate of Adam", NO_CHOICES},
    [SET_BATCH] = {"train.batch", "batch", INTEGER(SCALE_LOG, 8, 4096, 256), "network", "samples a step", NO_CHOICES},
    [SET_SOURCE] =
        {"train.source", "learns from", CHOICE(TARGET_REFERENCES), "network",
         "what a step regresses to: the one sample that was noised, the mean over references, or over all data",
         FROM(source)},
    [SET_REFERENCES] = {"train.references", "references a step", INTEGER(SCALE_LOG, 16, 8192, 2048), "network",
                        "points over which a stable target averages", NO_CHOICES},
    [SET_BUDGET] = {"train.budget", "budget", INTEGER(SCALE_LINEAR, 0, 10000000, 0), "network",
                    "steps of a cosine schedule; 0 learns without end", NO_CHOICES},
    [SET_WIDTH] = {"net.width", "width", INTEGER(SCALE_LOG, 16, 512, 128), "network",
                   "units of a hidden layer; a change starts afresh", NO_CHOICES},
    [SET_DEPTH] = {"net.depth", "depth", INTEGER(SCALE_LINEAR, 1, 6, 3), "network",
                   "hidden layers; a change starts afresh", NO_CHOICES},
    [SET_PREDICTION] = {"net.prediction", "predicts", CHOICE(PREDICTION_EDM), "network",
                        "what the network's output stands for; a change starts afresh", FROM(prediction)},
    [SET_ACTIVATION] = {"net.activation", "activation", CHOICE(ACTIVATION_SILU), "network",
                        "the bend between layers; a change starts afresh", FROM(activation)},
    [SET_FEATURES] = {"net.features", "Fourier features", SWITCH(1), "network",
                      "waves of the place beside the place itself; a change starts afresh", NO_CHOICES},
    [SET_DRAW] = {"draw", "Draw", SWITCH(0), "drawing",
                  "make a target by hand; going out brings the one before back, and the drawing is kept", NO_CHOICES},
    [SET_DRAW_TOOL] = {"draw.tool", "tool", CHOICE(TOOL_BRUSH), "drawing", "what a hand on the canvas does",
                       FROM(tool)},
    [SET_DRAW_SIZE] = {"draw.size", "size", REAL(SCALE_LOG, 0.005, 1, 0.06), "", "drawing",
                       "radius of the brush; the canvas goes from \u22121 to 1", NO_CHOICES},
    [SET_DRAW_HARDNESS] = {"draw.hardness", "hardness", REAL(SCALE_LINEAR, 0, 1, 0.3), "", "drawing",
                           "0 is soft from the middle on, 1 ends at an edge", NO_CHOICES},
    [SET_DRAW_STRENGTH] = {"draw.strength", "strength", REAL(SCALE_LINEAR, 0, 1, 1), "", "drawing",
                           "how far one stroke goes towards the level", NO_CHOICES},
    [SET_DRAW_LEVEL] = {"draw.level", "level", REAL(SCALE_LINEAR, 0, 1, 1), "", "drawing",
                        "how much density is painted, of the most there can be", NO_CHOICES},
    [SET_DRAW_MIRROR] = {"draw.mirror", "mirror", CHOICE(MIRROR_OFF), "drawing", "paint the mirror image as well",
                         FROM(mirror)},
    [SET_DRAW_FOLDS] = {"draw.folds", "folds", INTEGER(SCALE_LINEAR, 1, BRUSH_FOLDS_MAX, 1), "drawing",
                        "paint as often, turned about the middle", NO_CHOICES},
    [SET_DRAW_POINTS] = {"draw.points", "points", INTEGER(SCALE_LOG, 1, 1000, 1), "drawing", "points of one stamp",
                         NO_CHOICES},
    [SET_DRAW_SPREAD] = {"draw.spread", "spread", REAL(SCALE_LINEAR, 0, 1, 0.05), "", "drawing",
                         "standard deviation of a stamp of several points, and of a new Gaussian, canvas units",
                         NO_CHOICES},
    [SET_DRAW_FIT] = {"draw.fit", "Fit", SWITCH(0), "drawing",
                      "see the drawing in its own mean and standard deviation, not in the canvas's", NO_CHOICES},
    [SET_DRAW_WORD] = {"draw.word", "Word", SWITCH(0), "drawing", "the card on which a word is typed for the drawing",
                       NO_CHOICES},
    [SET_SHOW_ARROWS] = {"show.arrows", "Arrows", SWITCH(1), "show", "the field, one arrow a place", NO_CHOICES},
    [SET_SHOW_STREAMLINES] = {"show.streamlines", "Streamlines", SWITCH(0), "show",
                              "lines along the field that flow the way it points", NO_CHOICES},
    [SET_SHOW_DENSITY] = {"show.density", "Density", SWITCH(1), "show", "where the noisy data are likely", NO_CHOICES},
    [SET_SHOW_CONTOURS] = {"show.contours", "Contours", SWITCH(0), "show",
                           "lines of equal exact density, up to 12 nats below the top", NO_CHOICES},
    [SET_SHOW_PARTICLES] = {"show.particles", "Particles", SWITCH(1), "show", "points that follow the field",
                            NO_CHOICES},
    [SET_SHOW_TRAILS] = {"show.trails", "Trails", SWITCH(1), "show", "where the particles have just been", NO_CHOICES},
    [SET_SHOW_DATA] = {"show.data", "Data", SWITCH(0), "show",
                       "samples of the target without noise, or the whole training set where it is finite", NO_CHOICES},
    [SET_SHOW_NOISED] = {"show.noised", "Noised data", SWITCH(0), "show",
                         "the same data with noise of the chosen level: what the network is shown", NO_CHOICES},
    [SET_SHOW_PATHS] = {"show.paths", "Paths", SWITCH(1), "show", "the ways of the points that were dropped",
                        NO_CHOICES},
    [SET_SHOW_AXES] = {"show.axes", "Axes", SWITCH(1), "show", "grid and numbers of the plane", NO_CHOICES},
    [SET_MAP] = {"map", "map", CHOICE(MAP_NONE), "show", "one number a place, as colours", FROM(map)},
    [SET_MAP_FADE] = {"map.fade", "Fade where empty", SWITCH(1), "show",
                      "less colour where there is next to no noisy data: nobody can know the field there", NO_CHOICES},
    [SET_DENSITY_OF] = {"density.of", "density", CHOICE(DENSITY_EXACT), "show", "whose density is shown",
                        FROM(density)},
    [SET_ARROW_LENGTH] = {"arrows.length", "arrows", CHOICE(ARROWS_BY_STRENGTH), "show", "how long arrows are",
                          FROM(arrow_length)},
    [SET_DENOISER] = {"show.denoiser", "Denoiser", SWITCH(0), "show",
                      "under the pointer: E[x\u2080|x] and the data that it averages", NO_CHOICES},
    [SET_MODES] = {"show.modes", "Mode masses", SWITCH(0), "show",
                   "share of the particles in each mode beside the true one", NO_CHOICES},
    [SET_MARGINALS] = {"show.marginals", "Marginals", SWITCH(0), "show",
                       "histograms of the particles along both axes of the flat plane beside the exact density",
                       NO_CHOICES},
    [SET_PAD] = {"show.pad", "Pad", SWITCH(0), "show", "a square to drag in: noise across, training upwards",
                 NO_CHOICES},
    [SET_WIPE] = {"wipe", "wipe", CHOICE(WIPE_OFF), "show", "two pictures side by side in one", FROM(wipe)},
    [SET_WIPE_PLACE] = {"wipe.place", "wipe line", REAL(SCALE_LINEAR, 0, 1, 0.5), "", "show",
                        "where the line stands, from the left edge to the right", NO_CHOICES},
    [SET_OTHER_FIELD] = {"other.field", "other field", CHOICE(FIELD_EXACT), "show", "the field right of the line",
                         FROM(field)},
    [SET_OTHER_SIGMA] = {"other.sigma", "other \u03c3", REAL(SCALE_LOG, 1e-4, 1e4, 0.1), "", "show",
                         "the noise level right of the line and in the lens, in the units of the data", NO_CHOICES},
    [SET_LENS] = {"lens", "Lens", SWITCH(0), "show", "another noise level about the pointer", NO_CHOICES},
    [SET_HILL] = {"hill", "Hill", SWITCH(0), "show", "the plane tilted into the surface whose slope is the score",
                  NO_CHOICES},
    [SET_HILL_HEIGHT] = {"hill.height", "height", CHOICE(HILL_LOG), "show", "what the hill's height is",
                         FROM(hill_height)},
    [SET_AZIMUTH] = {"view.azimuth", "turn", REAL(SCALE_LINEAR, -180, 180, 0), "\u00b0", "view",
                     "how far the hill is turned", NO_CHOICES},
    [SET_VIEW_X] = {"view.x", "view x", REAL(SCALE_LINEAR, -100, 100, 0), "std", "view",
                    "centre of the view from the mean of the data, in its standard deviations", NO_CHOICES},
    [SET_VIEW_Y] = {"view.y", "view y", REAL(SCALE_LINEAR, -100, 100, 0), "std", "view",
                    "centre of the view from the mean of the data, in its standard deviations", NO_CHOICES},
    [SET_VIEW_ZOOM] = {"view.zoom", "zoom", REAL(SCALE_LOG, 0.02, 200, 1), "\u00d7", "view", "1 fits the target",
                       NO_CHOICES},
    [SET_THEME] = {"theme", "theme", CHOICE(THEME_DARK), "window", "dark, light or for projectors", FROM(theme)},
    [SET_SCALE] = {"scale", "interface size", INTEGER(SCALE_LOG, 75, 300, 100), "window",
                   "size of the interface in percent", NO_CHOICES},
    [SET_PANEL] = {"panel", "panels", SWITCH(1), "window", "panel, top bar and noise bar", NO_CHOICES},
    [SET_FULLSCREEN] = {"fullscreen", "full screen", SWITCH(0), "window", "fill the screen", NO_CHOICES},
    [SET_BLANK] = {"blank", "blank", SWITCH(0), "window", "an empty screen, while you talk", NO_CHOICES},
    [SET_AUDIENCE] = {"audience", "Audience's window", SWITCH(0), "window",
                      "a second window for the audience: the plane and captions alone", NO_CHOICES},
    [SET_CAPTION_WHOLE] = {"caption.whole", "whole captions", SWITCH(0), "window",
                           "a lesson's captions also where they cover the middle of the plane, not their titles alone",
                           NO_CHOICES},
    [SET_STILL] = {"still", "reduce motion", SWITCH(0), "window", "cuts instead of easing", NO_CHOICES},
    [SET_NUMBERS] = {"numbers", "numbers", SWITCH(0), "window", "frame times, rates and memory", NO_CHOICES},
    [SET_KEYS] = {"keys", "keys", SWITCH(0), "window", "the list of keys", NO_CHOICES},
    [SET_KEYLOG] = {"keylog", "key log", SWITCH(0), "window", "keys are shown as they are pressed", NO_CHOICES},
    [SET_PROMPT] = {"prompt", "command line", SWITCH(0), "window", "the line on which commands are typed", NO_CHOICES},
};

const SettingInfo *setting_info(SettingId id)
{
    return &table[id];
}
