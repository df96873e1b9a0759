#include "io/safetensors.h"

#include <cJSON.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "arrays go into files as they are in memory");

enum { LENGTH = sizeof(uint64_t), ALIGNMENT = 8, NAME = 128 };

static const char METADATA[] = "__metadata__";

static const struct {
    const char *name;
    size_t bytes;
} types[TENSOR_TYPES] = {
    [TENSOR_F32] = {"F32", 4},   [TENSOR_F64] = {"F64", 8}, [TENSOR_F16] = {"F16", 2}, [TENSOR_BF16] = {"BF16", 2},
    [TENSOR_I64] = {"I64", 8},   [TENSOR_U64] = {"U64", 8}, [TENSOR_I32] = {"I32", 4}, [TENSOR_U32] = {"U32", 4},
    [TENSOR_I16] = {"I16", 2},   [TENSOR_U16] = {"U16", 2}, [TENSOR_I8] = {"I8", 1},   [TENSOR_U8] = {"U8", 1},
    [TENSOR_BOOL] = {"BOOL", 1},
};

/* False where the product is more than any memory. */
static bool bytes_of(TensorType type, const TensorShape *shape, size_t *bytes)
{
    *bytes = types[type].bytes;
    for (size_t i = 0; i < shape->dimensions; i++)
        if (__builtin_mul_overflow(*bytes, shape->size[i], bytes))
            return false;
    return true;
}

static void print_shape(const TensorShape *shape, char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "[");
    for (size_t i = 0; i < shape->dimensions && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, i ? ", %zu" : "%zu", shape->size[i]);
    if (used < size)
        snprintf(text + used, size - used, "]");
}

static const char *prefix_of(const char *prefix)
{
    return prefix ? prefix : "";
}

/* Writing */

static void quote_name(const TensorWriter *w, Bytes *b, const char *name)
{
    char whole[NAME];
    b->failed |= snprintf(whole, sizeof whole, "%s%s", prefix_of(w->prefix), name) >= NAME;
    bytes_quote(b, whole);
}

void tensors_text(TensorWriter *w, const char *key, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    w->texts.failed |= length < 0 || length >= (int)sizeof text;
    if (w->texts.size > 0)
        bytes_printf(&w->texts, ",");
    quote_name(w, &w->texts, key);
    bytes_printf(&w->texts, ":");
    bytes_quote(&w->texts, text);
}

void *tensors_add(TensorWriter *w, const char *name, TensorType type, TensorShape shape)
{
    char sizes[256];
    size_t bytes = 0, begin = w->data.size;
    bool fits = bytes_of(type, &shape, &bytes);
    unsigned char *values = fits ? bytes_reserve(&w->data, bytes) : NULL;
    if (!values) {
        w->data.failed = true;
        return NULL;
    }
    memset(values, 0, bytes);
    w->data.size += bytes;
    print_shape(&shape, sizes, sizeof sizes);
    bytes_printf(&w->arrays, ",\n");
    quote_name(w, &w->arrays, name);
    bytes_printf(&w->arrays, ":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%zu,%zu]}", types[type].name, sizes,
                 begin, w->data.size);
    return values;
}

void tensors_copy(TensorWriter *w, const char *name, TensorType type, TensorShape shape, const void *values)
{
    size_t bytes;
    void *to = tensors_add(w, name, type, shape);
    if (to && bytes_of(type, &shape, &bytes) && bytes > 0)
        memcpy(to, values, bytes);
}

/* Blanks end the header, so that the data are aligned in the file. */
void tensors_finish(TensorWriter *w, Bytes *out)
{
    Bytes header = {0};
    bytes_printf(&header, "{\"%s\":{", METADATA);
    bytes_append(&header, w->texts.data, w->texts.size);
    bytes_printf(&header, "}");
    bytes_append(&header, w->arrays.data, w->arrays.size);
    bytes_printf(&header, "}");
    while (header.size % ALIGNMENT != 0 && !header.failed)
        bytes_printf(&header, " ");
    uint64_t length = header.size;
    bytes_append(out, &length, sizeof length);
    bytes_append(out, header.data, header.size);
    bytes_append(out, w->data.data, w->data.size);
    out->failed |= header.failed || w->texts.failed || w->arrays.failed || w->data.failed;
    bytes_free(&header);
    bytes_free(&w->texts);
    bytes_free(&w->arrays);
    bytes_free(&w->data);
}

/* Reading */

static uint64_t header_length(const unsigned char *bytes)
{
    uint64_t length;
    memcpy(&length, bytes, sizeof length);
    return length;
}

bool tensors_look_like(const unsigned char *bytes, size_t size)
{
    return size > LENGTH && bytes[LENGTH] == '{' && header_length(bytes) <= TENSOR_HEADER_MAX;
}

static bool damaged(const Tensors *t, Error *e, const char *what)
{
    return error_set(e, "%s: %s (nothing was loaded)", t->file, what);
}

/* A whole number, as far as a double can tell. */
static bool whole_number(const cJSON *item, size_t *value)
{
    const double largest = 0x1p53;
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= largest))
        return false;
    *value = (size_t)item->valuedouble;
    return (double)*value == item->valuedouble;
}

static bool read_type(const cJSON *entry, TensorType *type)
{
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, "dtype"));
    for (*type = 0; name && *type < TENSOR_TYPES; (*type)++)
        if (strcmp(name, types[*type].name) == 0)
            return true;
    return false;
}

static bool read_shape(const cJSON *entry, TensorShape *shape)
{
    const cJSON *sizes = cJSON_GetObjectItemCaseSensitive(entry, "shape"), *size;
    *shape = (TensorShape){0};
    if (!cJSON_IsArray(sizes))
        return false;
    cJSON_ArrayForEach(size, sizes)
    {
        if (shape->dimensions == TENSOR_DIMENSIONS || !whole_number(size, &shape->size[shape->dimensions++]))
            return false;
    }
    return true;
}

static bool read_entry(Tensors *t, const cJSON *entry, const unsigned char *data, size_t size, Error *e)
{
    Tensor *to = &t->tensor[t->count];
    const cJSON *offsets = cJSON_GetObjectItemCaseSensitive(entry, "data_offsets");
    size_t begin, end;
    *to = (Tensor){.name = entry->string};
    if (!read_type(entry, &to->type) || !read_shape(entry, &to->shape) || cJSON_GetArraySize(offsets) != 2 ||
        !whole_number(cJSON_GetArrayItem(offsets, 0), &begin) || !whole_number(cJSON_GetArrayItem(offsets, 1), &end))
        return error_set(e, "%s: expected dtype, shape and data_offsets of \"%.60s\" (nothing was loaded)", t->file,
                         entry->string);
    bool known = bytes_of(to->type, &to->shape, &to->bytes);
    if (!known || begin > end || end - begin != to->bytes)
        return error_set(e, "%s: \"%.60s\" has other bytes than its shape asks for (nothing was loaded)", t->file,
                         entry->string);
    if (end > size)
        return error_set(
            e, "%s: the file ends before \"%.60s\" does: %zu bytes of data, expected %zu (nothing was loaded)", t->file,
            entry->string, size, end);
    if (tensors_find(t, entry->string))
        return error_set(e, "%s: \"%.60s\" is there twice (nothing was loaded)", t->file, entry->string);
    to->data = data + begin;
    t->count++;
    return true;
}

static bool read_entries(Tensors *t, const unsigned char *data, size_t size, Error *e)
{
    const cJSON *entry;
    int count = cJSON_GetArraySize(t->header);
    if (count > TENSORS_MAX)
        return damaged(t, e, "expected at most 4096 arrays, found more");
    t->tensor = calloc((size_t)count + 1, sizeof *t->tensor);
    if (!t->tensor)
        return damaged(t, e, "out of memory");
    cJSON_ArrayForEach(entry, t->header)
    {
        if (strcmp(entry->string, METADATA) != 0 && !read_entry(t, entry, data, size, e))
            return false;
    }
    return true;
}

bool tensors_open(Tensors *t, const char *name, const unsigned char *bytes, size_t size, Error *e)
{
    *t = (Tensors){.file = name};
    if (!tensors_look_like(bytes, size))
        return damaged(t, e, "expected a safetensors file, found other bytes");
    size_t length = (size_t)header_length(bytes);
    if (length > size - LENGTH)
        return damaged(t, e, "the file ends within its header");
    t->header = cJSON_ParseWithLength((const char *)bytes + LENGTH, length);
    if (!cJSON_IsObject(t->header))
        return damaged(t, e, "expected a header of one JSON object, found another");
    return read_entries(t, bytes + LENGTH + length, size - LENGTH - length, e);
}

void tensors_close(Tensors *t)
{
    cJSON_Delete(t->header);
    free(t->tensor);
    *t = (Tensors){0};
}

/* What follows the prefix; NULL where a name has another. */
static const char *behind_prefix(const Tensors *t, const char *name)
{
    size_t length = strlen(prefix_of(t->prefix));
    return strncmp(name, prefix_of(t->prefix), length) == 0 ? name + length : NULL;
}

bool tensors_any(const Tensors *t)
{
    const cJSON *texts = cJSON_GetObjectItemCaseSensitive(t->header, METADATA), *text;
    bool any = false;
    for (size_t i = 0; i < t->count; i++)
        any |= behind_prefix(t, t->tensor[i].name) != NULL;
    cJSON_ArrayForEach(text, texts)
    {
        any |= text->string && behind_prefix(t, text->string);
    }
    return any;
}

const char *tensors_find_text(const Tensors *t, const char *key)
{
    char whole[NAME];
    const cJSON *texts = cJSON_GetObjectItemCaseSensitive(t->header, METADATA);
    snprintf(whole, sizeof whole, "%s%s", prefix_of(t->prefix), key);
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(texts, whole));
}

const Tensor *tensors_find(const Tensors *t, const char *name)
{
    for (size_t i = 0; i < t->count; i++) {
        const char *found = behind_prefix(t, t->tensor[i].name);
        if (found && strcmp(found, name) == 0)
            return &t->tensor[i];
    }
    return NULL;
}

static bool same_shape(const TensorShape *a, const TensorShape *b)
{
    return a->dimensions == b->dimensions && memcmp(a->size, b->size, a->dimensions * sizeof *a->size) == 0;
}

bool tensors_read(const Tensors *t, const char *name, TensorType type, TensorShape shape, void *values, Error *e)
{
    char wanted[256], found[256];
    const Tensor *from = tensors_find(t, name);
    if (!from)
        return error_set(e, "%s: expected an array \"%s\", found none (nothing was loaded)", t->file, name);
    if (from->type != type || !same_shape(&from->shape, &shape)) {
        print_shape(&shape, wanted, sizeof wanted);
        print_shape(&from->shape, found, sizeof found);
        return error_set(e, "%s: expected \"%s\" as %s %s, found %s %s (nothing was loaded)", t->file, name,
                         types[type].name, wanted, types[from->type].name, found);
    }
    if (from->bytes > 0)
        memcpy(values, from->data, from->bytes);
    return true;
}
