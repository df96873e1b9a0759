/* keys.c - the one table of keys: handler, hint and help are made from it. */
#include "scene/command.h"

#include <string.h>

static const KeyBinding table[] = {
    {"Space", "toggle playing", "play and pause"},
    {"Home", "reset particles", "back to the noise"},
    {"Left", "step -1", "a step back"},
    {"Right", "step", "a step forth"},
    {"Up", "nudge sigma 1", "more noise"},
    {"Down", "nudge sigma -1", "less noise"},
    {"L", "toggle loop", "loop"},
    {"Shift+L", "toggle forward", "data to noise, and back"},
    {"+", "nudge speed 6.666667", "faster"},
    {"=", "nudge speed 6.666667", "faster"},
    {"-", "nudge speed -6.666667", "slower"},
    {"T", "toggle training", "train and pause"},
    {"S", "train 1", "one training step"},
    {"R", "reset network", "reset the network"},
    {"Shift+R", "reset all", "reset everything"},
    {"N", "toggle target", "next target"},
    {"M", "toggle dynamics", "next dynamics"},
    {"E", "toggle field", "learned, exact, difference"},
    {"1", "toggle show.arrows", "arrows"},
    {"2", "toggle show.density", "density"},
    {"3", "toggle show.particles", "particles"},
    {"4", "toggle show.trails", "trails"},
    {"5", "toggle show.data", "data"},
    {"6", "toggle show.axes", "axes"},
    {"7", "toggle show.streamlines", "streamlines"},
    {"8", "toggle show.contours", "contours"},
    {"9", "toggle map", "next map"},
    {"G", "toggle show.pad", "pad of training and noise"},
    {"W", "toggle wipe", "wipe: off, noise, field"},
    {"I", "toggle hill", "tilt the plane into the hill"},
    {"O", "toggle lens", "lens of another noise"},
    {"D", "toggle draw", "draw a target"},
    {"[", "nudge draw.size -1", "smaller brush"},
    {"]", "nudge draw.size 1", "larger brush"},
    {"X", "toggle draw.tool", "next drawing tool"},
    {"Shift+T", "set draw on; set draw.word on", "type a word to learn"},
    {"Shift+D", "tile keep", "keep the drawing as a tile"},
    {"Ctrl+Shift+S", "save drawing", "save the drawing as a file"},
    {"Ctrl+Shift+E", "export points", "export the points as a table"},
    {"0", "reset view", "fit the view"},
    {"H", "toggle panel", "hide and show the panels"},
    {"F", "toggle fullscreen", "full screen"},
    {"F11", "toggle fullscreen", "full screen"},
    {"B", "toggle blank", "blank the screen"},
    {"PageDown", "next", "next scene"},
    {".", "next", "next scene"},
    {"F5", "next", "next scene"},
    {"PageUp", "back", "scene before"},
    {"A", "toggle audience", "a window for the audience"},
    {"C", "toggle caption.whole", "long captions whole"},
    {"P", "spotlight", "spot of light"},
    {"Ctrl+L", "lock", "lock all but PageUp/Down, B"},
    {"K", "toggle keylog", "show keys as they are pressed"},
    {"Ctrl+T", "toggle theme", "dark, light, projector"},
    {"Ctrl++", "nudge scale 3", "larger interface"},
    {"Ctrl+=", "nudge scale 3", "larger interface"},
    {"Ctrl+-", "nudge scale -3", "smaller interface"},
    {"Ctrl+0", "default scale", "interface size 100 %"},
    {"Ctrl+Z", "undo", "undo"},
    {"Ctrl+Shift+Z", "redo", "redo"},
    {"Ctrl+C", "code", "copy the state as a code"},
    {"Ctrl+V", "paste", "paste points or a code"},
    {"Ctrl+P", "figure", "save the picture"},
    {"Ctrl+S", "save", "save everything"},
    {"Ctrl+R", "restore", "go on where it was cut off"},
    {"F3", "toggle numbers", "frame times and rates"},
    {"F1", "toggle keys", "list of keys"},
    {"?", "toggle keys", "list of keys"},
    {":", "toggle prompt", "type a command"},
    {"Escape", "cancel", "close, leave lesson, full screen"},
    {"Ctrl+Q", "quit", "end"},
};

const KeyBinding *key_binding(size_t i)
{
    return i < sizeof table / sizeof *table ? &table[i] : NULL;
}

const char *key_of(const char *command)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].command, command) == 0)
            return table[i].key;
    }
    return "";
}
