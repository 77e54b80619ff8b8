/* SPDX-License-Identifier: MIT */
/*
 * id.c - ids from seconds and chance; references and codes with a check symbol.
 *
 * The check: the symbols are elements of the field of 32, GF(2)[x]/(x^5 + x^2 + 1), and the n-th
 * from the right is weighted with the n-th power of x.  A right text sums to zero.  The first 31
 * powers differ and none is zero, so one wrong symbol, or two that changed places, never do.
 * Letters of a prefix stand for 0 to 25.
 */
#include "platform/base/id.h"

#include "platform/base/random.h"
#include "platform/base/text.h"

#include <assert.h>
#include <string.h>

enum {
    CHANCE_BITS = 31,
    PREFIX_CHARS = 2,
    REFERENCE_SYMBOLS = 8,
    CODE_SYMBOLS = 12,
    GROUP_SYMBOLS = 4,
    FIELD_POLYNOMIAL = 0x25
};

/* 1 January 2020, UTC. */
static const int64_t epoch_secs = 1577836800;
static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int64_t id_new(struct ctx *ctx)
{
    /* A clock that is far off still gives ids over 0 that fit. */
    int64_t secs = ctx->now_secs - epoch_secs;
    secs = secs < 1 ? 1 : secs > UINT32_MAX ? UINT32_MAX : secs;
    int64_t next = ctx->id_last + 1;
    if (next >> CHANCE_BITS != secs)
        next = secs << CHANCE_BITS | random_below(UINT32_C(1) << CHANCE_BITS);
    ctx->id_last = next;
    return next;
}

int64_t id_made_at(int64_t id)
{
    return (id >> CHANCE_BITS) + epoch_secs;
}

static unsigned times_x(unsigned element)
{
    element <<= 1;
    return element & 32 ? element ^ FIELD_POLYNOMIAL : element;
}

/* 0 to 31, forgiving what people take for another symbol; -1: none. */
static int symbol_value(char c)
{
    c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    const char *found = strchr(symbols, c);
    return c != '\0' && found != NULL ? (int)(found - symbols) : -1;
}

/* The symbol that must stand behind this prefix ("" for none) and these symbols. */
static char check_symbol(const char *prefix, const char *body, size_t length)
{
    unsigned sum = 0;
    for (; *prefix != '\0'; prefix++)
        sum = times_x(sum) ^ (unsigned)(*prefix - 'A');
    for (size_t i = 0; i < length; i++)
        sum = times_x(sum) ^ (unsigned)symbol_value(body[i]);
    return symbols[times_x(sum)];
}

/* "PL" and "7K3M9Q2P" as "PL-7K3M-9Q2P". */
static const char *written(struct mem *mem, const char *prefix, const char *body)
{
    const char *text =
        mem_format(mem, "%s%s%.*s", prefix, *prefix != '\0' ? "-" : "", GROUP_SYMBOLS, body);
    for (body += GROUP_SYMBOLS; *body != '\0'; body += GROUP_SYMBOLS)
        text = mem_format(mem, "%s-%.*s", text, GROUP_SYMBOLS, body);
    return text;
}

static const char *new_text(struct mem *mem, const char *prefix, size_t symbol_count)
{
    char *body = mem_bytes(mem, symbol_count + 1);
    for (size_t i = 0; i < symbol_count - 1; i++)
        body[i] = symbols[random_below(32)];
    body[symbol_count - 1] = check_symbol(prefix, body, symbol_count - 1);
    return written(mem, prefix, body);
}

/* body is in capitals, without anything between; its symbols are put right in place. */
static enum status read_body(struct mem *mem, const char *prefix, char *body, const char **out)
{
    size_t length = strlen(body);
    for (size_t i = 0; i < length; i++) {
        int value = symbol_value(body[i]);
        if (value < 0)
            return ERR_INVALID;
        body[i] = symbols[value];
    }
    if (body[length - 1] != check_symbol(prefix, body, length - 1))
        return ERR_NOT_FOUND;
    *out = written(mem, prefix, body);
    return OK;
}

static bool is_prefix(const char *prefix)
{
    for (size_t i = 0; i < PREFIX_CHARS; i++)
        if (prefix[i] < 'A' || prefix[i] > 'Z')
            return false;
    return prefix[PREFIX_CHARS] == '\0';
}

const char *id_reference_new(struct mem *mem, const char *prefix)
{
    assert(is_prefix(prefix));
    return new_text(mem, prefix, REFERENCE_SYMBOLS);
}

/* Whether the letters typed mean this prefix: a zero may be an O there, a one an I or L. */
static bool means_prefix(const char *typed, const char *prefix)
{
    for (size_t i = 0; i < PREFIX_CHARS; i++) {
        bool is_same = typed[i] == prefix[i] || (typed[i] == '0' && prefix[i] == 'O') ||
                       (strchr("1IL", typed[i]) != NULL && strchr("IL", prefix[i]) != NULL);
        if (!is_same)
            return false;
    }
    return true;
}

enum status id_reference_read(struct mem *mem, const char *typed, const char *prefix,
                              const char **out)
{
    char text[PREFIX_CHARS + REFERENCE_SYMBOLS + 1];
    if (!text_squeeze(typed, text, sizeof text))
        return ERR_INVALID;
    if (strlen(text) == REFERENCE_SYMBOLS && prefix != NULL)
        return read_body(mem, prefix, text, out);
    if (strlen(text) != PREFIX_CHARS + REFERENCE_SYMBOLS)
        return ERR_INVALID;
    const char *typed_prefix = mem_text_part(mem, text, PREFIX_CHARS);
    if (prefix == NULL ? !is_prefix(typed_prefix) : !means_prefix(typed_prefix, prefix))
        return ERR_INVALID;
    return read_body(mem, prefix == NULL ? typed_prefix : prefix, text + PREFIX_CHARS, out);
}

const char *id_code_new(struct mem *mem)
{
    return new_text(mem, "", CODE_SYMBOLS);
}

enum status id_code_read(struct mem *mem, const char *typed, const char **out)
{
    char text[CODE_SYMBOLS + 1];
    if (!text_squeeze(typed, text, sizeof text) || strlen(text) != CODE_SYMBOLS)
        return ERR_INVALID;
    return read_body(mem, "", text, out);
}
