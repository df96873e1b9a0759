#include "gfx/program.h"

#include "io/file.h"

#include <embedded.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MAX = 1 << 20 };

static const char desktop_dialect[] = "#version 330 core\n#line 1\n";
static const char embedded_dialect[] = "#version 300 es\nprecision highp float;\nprecision highp int;\n#line 1\n";

/* *owned must be freed; NULL for an embedded source. */
static const char *read_source(const char *shaders, const char *file, char **owned, Error *e)
{
    char path[4096];
    size_t size;
    *owned = NULL;
    if (!shaders) {
        const char *source = (const char *)embedded_find(file, &size);
        if (!source)
            error_set(e, "%s: no such shader in the program", file);
        return source;
    }
    if (snprintf(path, sizeof path, "%s/%s", shaders, file) >= (int)sizeof path) {
        error_set(e, "%s: the folder's name is too long", file);
        return NULL;
    }
    file_read_whole(path, SOURCE_MAX, (unsigned char **)owned, &size, e);
    return *owned;
}

static GLuint compile(GLenum stage, const char *source)
{
    const char *part[2] = {epoxy_is_desktop_gl() ? desktop_dialect : embedded_dialect, source};
    GLuint shader = glCreateShader(stage);
    glShaderSource(shader, 2, part, NULL);
    glCompileShader(shader);
    return shader;
}

static bool compiled(GLuint shader, const char *file, Error *e)
{
    GLint done = GL_FALSE;
    char log[256] = "";
    glGetShaderiv(shader, GL_COMPILE_STATUS, &done);
    if (done)
        return true;
    glGetShaderInfoLog(shader, sizeof log, NULL, log);
    log[strcspn(log, "\r\n")] = 0;
    return error_set(e, "%s: %s", file, log);
}

static GLuint load_stage(const char *shaders, const char *name, const char *extension, GLenum stage, Error *e)
{
    char file[64];
    char *owned;
    snprintf(file, sizeof file, "%s.%s", name, extension);
    const char *source = read_source(shaders, file, &owned, e);
    GLuint shader = source ? compile(stage, source) : 0;
    free(owned);
    if (shader && !compiled(shader, file, e)) {
        glDeleteShader(shader);
        shader = 0;
    }
    return shader;
}

static bool link_program(GLuint program, const char *name, Error *e)
{
    GLint done = GL_FALSE;
    char log[256] = "";
    glLinkProgram(program);
    glGetProgramiv(program, GL_LINK_STATUS, &done);
    if (done)
        return true;
    glGetProgramInfoLog(program, sizeof log, NULL, log);
    log[strcspn(log, "\r\n")] = 0;
    return error_set(e, "%s.vert and %s.frag do not fit together: %s", name, name, log);
}

GLuint program_create(const char *shaders, const char *name, Error *e)
{
    GLuint vertex = load_stage(shaders, name, "vert", GL_VERTEX_SHADER, e);
    GLuint fragment = vertex ? load_stage(shaders, name, "frag", GL_FRAGMENT_SHADER, e) : 0;
    GLuint program = 0;
    if (fragment) {
        program = glCreateProgram();
        glAttachShader(program, vertex);
        glAttachShader(program, fragment);
        if (!link_program(program, name, e)) {
            glDeleteProgram(program);
            program = 0;
        }
    }
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    return program;
}

void program_use(GLuint program, Viewport viewport)
{
    glUseProgram(program);
    program_set(program, "viewport", 2, (double[]){viewport.w, viewport.h});
}

void program_set(GLuint program, const char *name, int n, const double *value)
{
    GLint at = glGetUniformLocation(program, name);
    float v[4] = {0};
    for (int i = 0; i < n && i < 4; i++)
        v[i] = (float)value[i];
    switch (n) {
    case 1:
        glUniform1fv(at, 1, v);
        break;
    case 2:
        glUniform2fv(at, 1, v);
        break;
    case 3:
        glUniform3fv(at, 1, v);
        break;
    default:
        glUniform4fv(at, 1, v);
    }
}

void program_set_number(GLuint program, const char *name, double value)
{
    program_set(program, name, 1, &value);
}

void program_set_integer(GLuint program, const char *name, int value)
{
    glUniform1i(glGetUniformLocation(program, name), value);
}

void program_set_colour(GLuint program, const char *name, Colour c, double opacity)
{
    program_set(
        program, name, 4,
        (double[]){(c >> 24) / 255.0, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0 * opacity});
}

Colour colour_thinned(Colour c, double opacity)
{
    return (c & ~0xffu) | (Colour)lround((c & 0xff) * fmin(fmax(opacity, 0.0), 1.0));
}

/* Rounded outwards would let neighbours bleed, so to the nearest pixel; anything that is not a size clips all. */
void viewport_clip(Viewport viewport, Rect r)
{
    double left = fmax(0.0, round(r.x)), top = fmax(0.0, round(r.y));
    double right = fmin(viewport.w, round(r.x + r.w)), bottom = fmin(viewport.h, round(r.y + r.h));
    glEnable(GL_SCISSOR_TEST);
    if (right > left && bottom > top)
        glScissor((GLint)left, viewport.h - (GLint)bottom, (GLsizei)(right - left), (GLsizei)(bottom - top));
    else
        glScissor(0, 0, 0, 0);
}

void viewport_clear(Colour c)
{
    glClearColor((float)(c >> 24) / 255.0f, (float)(c >> 16 & 255) / 255.0f, (float)(c >> 8 & 255) / 255.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
}

void texture_sampling(GLint filter)
{
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

void buffer_init(Buffer *b)
{
    glGenVertexArrays(1, &b->array);
    glGenBuffers(1, &b->vertices);
    b->capacity = 0;
}

void buffer_free(Buffer *b)
{
    glDeleteVertexArrays(1, &b->array);
    glDeleteBuffers(1, &b->vertices);
    *b = (Buffer){0};
}

void buffer_fill(Buffer *b, size_t parts, const void *const *part, size_t size)
{
    glBindVertexArray(b->array);
    glBindBuffer(GL_ARRAY_BUFFER, b->vertices);
    while (b->capacity < parts * size)
        b->capacity = b->capacity ? 2 * b->capacity : 1 << 16;
    glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)b->capacity, NULL, GL_STREAM_DRAW);
    for (size_t i = 0; i < parts; i++)
        glBufferSubData(GL_ARRAY_BUFFER, (GLintptr)(i * size), (GLsizeiptr)size, part[i]);
}

void buffer_attribute(GLuint index, int n, size_t stride, size_t offset, GLuint divisor)
{
    GLenum type = n < 0 ? GL_UNSIGNED_BYTE : GL_FLOAT;
    glVertexAttribPointer(index, abs(n), type, n < 0, (GLsizei)stride, (const void *)(uintptr_t)offset);
    glVertexAttribDivisor(index, divisor);
    glEnableVertexAttribArray(index);
}
