#include "app/events.h"

#include "scene/quote.h"

#include <stdio.h>
#include <string.h>

static void hold_modifiers(Events *ev)
{
    ev->input.ctrl = ev->modifiers & KMOD_CTRL;
    ev->input.shift = ev->modifiers & KMOD_SHIFT;
    ev->input.alt = ev->modifiers & KMOD_LALT;
}

void events_spend(Events *ev)
{
    Input *in = &ev->input;
    hold_modifiers(ev);
    in->pressed = in->released = false;
    in->clicks = 0;
    in->wheel = 0;
    in->typed[0] = '\0';
    in->keys = 0;
    ev->keys = ev->ways = 0;
    ev->middle = ev->touched = false;
    ev->pan_x = ev->pan_y = 0;
    ev->dropped.size = 0;
    ev->dropped.failed = false;
}

void events_free(Events *ev)
{
    bytes_free(&ev->dropped);
}

void events_begin(Events *ev, double pixel_ratio)
{
    events_spend(ev);
    ev->ratio = pixel_ratio;
}

static void press_key(Events *ev, const char *name)
{
    if (ev->keys == EVENT_KEYS)
        return;
    ev->again[ev->keys] = ev->held;
    snprintf(ev->key[ev->keys++], sizeof ev->key[0], "%s", name);
}

/* A button that is held down is pressed once. */
static void interface_key(Events *ev, int key)
{
    Input *in = &ev->input;
    if (ev->held && key == KEY_ENTER)
        return;
    if (in->keys < (int)(sizeof in->key / sizeof *in->key))
        in->key[in->keys++] = key;
}

/* Cursor and editing keys: the interface takes them while a control has the keyboard, the key table otherwise. */
static const struct {
    SDL_Keycode code;
    int key;
    const char *name;
} special[] = {
    {SDLK_RETURN, KEY_ENTER, "Enter"},
    {SDLK_KP_ENTER, KEY_ENTER, "Enter"},
    {SDLK_TAB, KEY_TAB, "Tab"},
    {SDLK_ESCAPE, KEY_ESCAPE, "Escape"},
    {SDLK_BACKSPACE, KEY_BACKSPACE, "Backspace"},
    {SDLK_DELETE, KEY_DELETE, "Delete"},
    {SDLK_LEFT, KEY_LEFT, "Left"},
    {SDLK_RIGHT, KEY_RIGHT, "Right"},
    {SDLK_UP, KEY_UP, "Up"},
    {SDLK_DOWN, KEY_DOWN, "Down"},
    {SDLK_HOME, KEY_HOME, "Home"},
    {SDLK_END, KEY_END, "End"},
};

/* Never text in a field of numbers: they mean the same whatever has the keyboard. */
static bool works_while_typing(SDL_Keycode sym, const Ui *ui)
{
    return (sym == SDLK_SPACE && !ui_wants_key(ui, KEY_SPACE)) || sym == SDLK_PAGEUP || sym == SDLK_PAGEDOWN ||
           (sym >= SDLK_F1 && sym <= SDLK_F12);
}

static bool take_special(Events *ev, const SDL_Keysym *k, const Ui *ui)
{
    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        if (special[i].code != k->sym)
            continue;
        int key = k->sym == SDLK_TAB && (k->mod & KMOD_SHIFT) ? KEY_BACKTAB : special[i].key;
        if (ui_wants_key(ui, key))
            interface_key(ev, key);
        else
            press_key(ev, special[i].name);
        return true;
    }
    return false;
}

/* These stand on different keys in every country: they are told by the text they make, not by the key. */
static bool told_by_text(SDL_Keycode sym)
{
    return strchr("+-=?/[].:;", (int)(sym & 0x7f)) && sym < 0x80;
}

static bool is_modifier(SDL_Keycode sym)
{
    return (sym >= SDLK_LCTRL && sym <= SDLK_RGUI) || sym == SDLK_CAPSLOCK || sym == SDLK_MODE;
}

/* As much of the first line as there is room for, in whole characters. */
static void paste_into_field(Events *ev)
{
    Input *in = &ev->input;
    char *text = SDL_GetClipboardText();
    size_t used = strlen(in->typed), room = sizeof in->typed - 1 - used, n = text ? strcspn(text, "\r\n") : 0;
    while (n > room || (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80))
        n--;
    if (n > 0)
        memcpy(in->typed + used, text, n);
    in->typed[used + n] = '\0';
    SDL_free(text);
}

static void take_key(Events *ev, const SDL_Keysym *k, const Ui *ui)
{
    bool ctrl = k->mod & (KMOD_CTRL | KMOD_GUI), shift = k->mod & KMOD_SHIFT;
    ev->chord = ctrl;
    if (is_modifier(k->sym) || take_special(ev, k, ui) ||
        (ui_wants_keyboard(ui) && !ctrl && !works_while_typing(k->sym, ui)))
        return;
    if (!ctrl && told_by_text(k->sym))
        return;
    if (ctrl && k->sym == SDLK_v && ui->editing) {
        paste_into_field(ev);
        return;
    }
    if (ctrl && k->sym == SDLK_c && ui->editing) {
        SDL_SetClipboardText(ui->edit);
        return;
    }
    char name[48];
    const char *key = SDL_GetKeyName(k->sym);
    if (strncmp(key, "Keypad ", 7) == 0)
        key += 7;
    snprintf(name, sizeof name, "%s%s%s", ctrl ? "Ctrl+" : "", shift && !(ctrl && told_by_text(k->sym)) ? "Shift+" : "",
             key);
    press_key(ev, name);
}

/* Ctrl and + make a text as well, on X11: it was the chord that was meant. */
static void take_text(Events *ev, const char *text, const Ui *ui)
{
    Input *in = &ev->input;
    size_t used = strlen(in->typed);
    if (ev->chord)
        return;
    if (ui_wants_keyboard(ui))
        snprintf(in->typed + used, sizeof in->typed - used, "%s", text);
    else if (text[1] == '\0' && strchr("+-=?[].:", text[0]))
        press_key(ev, text);
}

static void take_button(Events *ev, const SDL_MouseButtonEvent *b, const Ui *ui)
{
    Input *in = &ev->input;
    bool down = b->type == SDL_MOUSEBUTTONDOWN;
    in->x = b->x * ev->ratio;
    in->y = b->y * ev->ratio;
    if (b->button == SDL_BUTTON_LEFT) {
        in->down = down;
        in->pressed |= down;
        in->released |= !down;
        in->clicks = down ? b->clicks : in->clicks;
    } else if (b->button == SDL_BUTTON_MIDDLE || b->button == SDL_BUTTON_RIGHT) {
        ev->panning = down && !ui_wants_pointer(ui);
        ev->middle |= ev->panning && b->button == SDL_BUTTON_MIDDLE;
    }
}

/* Where there is no more room, the last place gives way. */
static void note_way(Events *ev)
{
    int i = ev->ways < EVENT_WAY ? ev->ways++ : EVENT_WAY - 1;
    ev->way[i][0] = ev->input.x;
    ev->way[i][1] = ev->input.y;
}

static void take_motion(Events *ev, const SDL_MouseMotionEvent *m)
{
    ev->input.x = m->x * ev->ratio;
    ev->input.y = m->y * ev->ratio;
    if (ev->input.down)
        note_way(ev);
    if (ev->panning) {
        ev->pan_x += m->xrel * ev->ratio;
        ev->pan_y += m->yrel * ev->ratio;
    }
}

static void take_file(Events *ev, char *path)
{
    bytes_printf(&ev->dropped, "open ");
    quote_append(&ev->dropped, path);
    bytes_append(&ev->dropped, "\n", 1);
    SDL_free(path);
}

static void take_window(Events *ev, const SDL_WindowEvent *w)
{
    if (w->event == SDL_WINDOWEVENT_CLOSE)
        ev->close = true;
    else if (w->event == SDL_WINDOWEVENT_LEAVE && !ev->input.down) /* a drag may go outside and come back */
        ev->input.x = ev->input.y = -1;
}

/* SDL's own state is that of the newest event: in a slow frame a key is up again before the click that it was held for
 * is taken. What counts in a frame is what was held as the button went down or the wheel turned. */
static void take_modifiers(Events *ev, const SDL_Event *e)
{
    if (e->type == SDL_KEYDOWN || e->type == SDL_KEYUP)
        ev->modifiers = e->key.keysym.mod;
    if (!ev->input.pressed && ev->input.wheel == 0)
        hold_modifiers(ev);
}

/* A window that comes to be under the pointer is no touch. */
static bool touches(const SDL_Event *e)
{
    if (e->type == SDL_MOUSEMOTION)
        return e->motion.xrel != 0 || e->motion.yrel != 0;
    return e->type == SDL_KEYDOWN || e->type == SDL_MOUSEBUTTONDOWN || e->type == SDL_MOUSEBUTTONUP ||
           e->type == SDL_MOUSEWHEEL || e->type == SDL_DROPFILE;
}

void events_take(Events *ev, const SDL_Event *e, const Ui *ui)
{
    ev->touched |= touches(e);
    take_modifiers(ev, e);
    switch (e->type) {
    case SDL_QUIT:
        ev->close = true;
        break;
    case SDL_WINDOWEVENT:
        take_window(ev, &e->window);
        break;
    case SDL_KEYDOWN:
        ev->held = e->key.repeat != 0;
        take_key(ev, &e->key.keysym, ui);
        break;
    case SDL_TEXTINPUT:
        take_text(ev, e->text.text, ui);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        take_button(ev, &e->button, ui);
        break;
    case SDL_MOUSEMOTION:
        take_motion(ev, &e->motion);
        break;
    case SDL_DROPFILE:
        take_file(ev, e->drop.file);
        break;
    case SDL_MOUSEWHEEL:
        ev->input.wheel += (double)e->wheel.preciseY;
        break;
    default:
        break;
    }
}
