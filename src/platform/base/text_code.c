/* SPDX-License-Identifier: MIT */
/*
 * text_code.c - hexadecimal, base64url, percent-encoding, and text that grows to a maximum.
 *
 * The readers are strict: what has two writings is a way round a check that looks at one of them.
 */
#include "platform/base/text.h"

#include <sodium.h>
#include <string.h>

enum { ROOM_FIRST_BYTES = 64 };

#define BASE64_COMMON "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
static const char base64url_signs[] = BASE64_COMMON "-_", base64_signs[] = BASE64_COMMON "+/=";

const char *text_hex(struct mem *mem, const void *bytes, size_t length_bytes)
{
    size_t room = length_bytes * 2 + 1;
    return sodium_bin2hex(mem_bytes(mem, room), room, bytes, length_bytes);
}

enum status text_hex_read(struct mem *mem, const char *text, struct text_span *out)
{
    size_t length = strlen(text);
    unsigned char *bytes = mem_bytes(mem, length / 2 + 1);
    size_t written;
    if (length % 2 != 0 ||
        sodium_hex2bin(bytes, length / 2, text, length, NULL, &written, NULL) != 0 ||
        written != length / 2)
        return ERR_INVALID;
    *out = (struct text_span){(const char *)bytes, written};
    return OK;
}

const char *text_base64url(struct mem *mem, const void *bytes, size_t length_bytes)
{
    int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    size_t room = sodium_base64_encoded_len(length_bytes, variant);
    return sodium_bin2base64(mem_bytes(mem, room), room, bytes, length_bytes, variant);
}

/* A zero byte stands behind the coded bytes; libsodium takes some bytes beyond ASCII for signs of
 * the alphabet where char is signed. */
static enum status base64_read(struct mem *mem, struct text_span coded, const char *signs,
                               int variant, struct text_span *out)
{
    size_t room = coded.length_bytes / 4 * 3 + 3, written = 0;
    if (strspn(coded.bytes, signs) != coded.length_bytes)
        return ERR_INVALID;
    unsigned char *bytes = mem_bytes(mem, room + 1);
    if (sodium_base642bin(bytes, room, coded.bytes, coded.length_bytes, NULL, &written, NULL,
                          variant) != 0)
        return ERR_INVALID;
    *out = (struct text_span){(const char *)bytes, written};
    return OK;
}

enum status text_base64url_read(struct mem *mem, const char *text, struct text_span *out)
{
    return base64_read(mem, (struct text_span){text, strlen(text)}, base64url_signs,
                       sodium_base64_VARIANT_URLSAFE_NO_PADDING, out);
}

enum status text_base64_read(struct mem *mem, struct text_span coded, struct text_span *out)
{
    return base64_read(mem, coded, base64_signs, sodium_base64_VARIANT_ORIGINAL, out);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum status text_percent_read(struct mem *mem, struct text_span coded, enum text_percent how,
                              struct text_span *out)
{
    char *plain = mem_bytes(mem, coded.length_bytes + 1);
    size_t length = 0;
    for (size_t i = 0; i < coded.length_bytes; i++) {
        char c = coded.bytes[i];
        if (c == '+' && how == TEXT_PERCENT_FORM) {
            c = ' ';
        } else if (c == '%') {
            if (coded.length_bytes - i < 3)
                return ERR_INVALID;
            int high = hex_value(coded.bytes[i + 1]);
            int low = hex_value(coded.bytes[i + 2]);
            if (high < 0 || low < 0)
                return ERR_INVALID;
            c = (char)(high * 16 + low);
            i += 2;
        }
        plain[length++] = c;
    }
    *out = (struct text_span){plain, length};
    return OK;
}

const char *text_percent(struct mem *mem, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    char *coded = mem_bytes(mem, strlen(text) * 3 + 1);
    size_t length = 0;
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (strchr(base64url_signs, c) != NULL || c == '.' || c == '~') {
            coded[length++] = *text;
            continue;
        }
        coded[length++] = '%';
        coded[length++] = digits[c >> 4];
        coded[length++] = digits[c & 15];
    }
    return coded;
}

struct text_builder text_build(struct mem *mem, size_t max_bytes)
{
    return (struct text_builder){.mem = mem, .max_bytes = max_bytes};
}

/* Doubles, so that all copying together costs no more than the text; the old room goes with mem. */
static void make_room(struct text_builder *to, size_t more_bytes)
{
    size_t needed = to->length_bytes + more_bytes + 1;
    if (needed <= to->room_bytes)
        return;
    size_t room = to->room_bytes > 0 ? to->room_bytes : ROOM_FIRST_BYTES;
    while (room < needed)
        room *= 2;
    char *bytes = mem_bytes(to->mem, room);
    if (to->length_bytes > 0)
        memcpy(bytes, to->bytes, to->length_bytes);
    to->bytes = bytes;
    to->room_bytes = room;
}

void text_add_part(struct text_builder *to, const char *bytes, size_t length_bytes)
{
    if (to->is_over || length_bytes > to->max_bytes - to->length_bytes) {
        to->is_over = true;
        return;
    }
    make_room(to, length_bytes);
    if (length_bytes > 0)
        memcpy(to->bytes + to->length_bytes, bytes, length_bytes);
    to->length_bytes += length_bytes;
    to->bytes[to->length_bytes] = '\0';
}

void text_add(struct text_builder *to, const char *text)
{
    text_add_part(to, text, strlen(text));
}

void text_add_format(struct text_builder *to, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    text_add(to, mem_vformat(to->mem, format, ap));
    va_end(ap);
}

enum status text_build_end(struct text_builder *to, const char **out)
{
    *out = to->bytes != NULL ? to->bytes : "";
    return to->is_over ? ERR_INVALID : OK;
}
