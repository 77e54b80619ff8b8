/* SPDX-License-Identifier: MIT */
/*
 * target.c - splits the path before decoding it, so that an encoded slash cannot make a segment,
 * and refuses what has more than one reading instead of repairing it.
 */
#include "platform/web/target.h"

#include <string.h>
#include <strings.h>

static enum status junk(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, ERR_INVALID, "the address %s", what);
}

/* The part of an absolute-form target that counts; NULL when it is of no form that we take. */
static const char *without_authority(const char *sent)
{
    if (sent[0] == '/')
        return sent;
    size_t scheme = strncasecmp(sent, "http://", 7) == 0    ? 7
                    : strncasecmp(sent, "https://", 8) == 0 ? 8
                                                            : 0;
    if (scheme == 0)
        return NULL;
    const char *rest = sent + scheme + strcspn(sent + scheme, "/?");
    return *rest == '/' ? rest : *rest == '\0' ? "/" : NULL;
}

static bool has_junk_byte(const char *sent)
{
    for (; *sent != '\0'; sent++)
        if ((unsigned char)*sent <= ' ' || (unsigned char)*sent >= 0x7f || *sent == '#' ||
            *sent == '"' || *sent == '<' || *sent == '>' || *sent == '\\')
            return true;
    return false;
}

static enum status read_segment(struct ctx *ctx, struct text_span coded, const char **out)
{
    struct text_span plain;
    if (memchr(coded.bytes, '%', coded.length_bytes) == NULL) {
        *out = mem_text_part(ctx->mem, coded.bytes, coded.length_bytes);
    } else {
        if (text_percent_read(ctx->mem, coded, TEXT_PERCENT_PATH, &plain) != OK)
            return junk(ctx, "has a % without two hexadecimal digits");
        if (text_problem(plain.bytes, plain.length_bytes) != TEXT_FINE)
            return junk(ctx, "holds bytes that are not text");
        for (size_t i = 0; i < plain.length_bytes; i++)
            if ((unsigned char)plain.bytes[i] < ' ' || plain.bytes[i] == '/')
                return junk(ctx, "holds an encoded slash or control character");
        *out = plain.bytes;
    }
    if (strcmp(*out, ".") == 0 || strcmp(*out, "..") == 0)
        return junk(ctx, "has a dot segment");
    return OK;
}

static const char *join(struct mem *mem, const struct target *target)
{
    const char *text;
    struct text_builder path = text_build(mem, TARGET_BYTES_MAX);
    for (int i = 0; i < target->segment_count; i++) {
        text_add(&path, "/");
        text_add(&path, target->segment[i]);
    }
    if (target->segment_count == 0 || target->ends_with_slash)
        text_add(&path, "/");
    return text_build_end(&path, &text) == OK ? text : "/";
}

enum status target_read(struct ctx *ctx, const char *sent, struct target *out)
{
    *out = (struct target){.raw = "/", .path = "/", .query = {"", 0}};
    if (strlen(sent) > TARGET_BYTES_MAX)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the address is longer than %d", TARGET_BYTES_MAX);
    if (has_junk_byte(sent))
        return junk(ctx, "holds a byte that no address holds");
    const char *raw = without_authority(sent);
    if (raw == NULL)
        return junk(ctx, "does not begin with a slash");
    size_t path_bytes = strcspn(raw, "?");
    if (raw[path_bytes] == '?')
        out->query = (struct text_span){raw + path_bytes + 1, strlen(raw) - path_bytes - 1};
    out->ends_with_slash = path_bytes > 1 && raw[path_bytes - 1] == '/';
    size_t end = out->ends_with_slash ? path_bytes - 1 : path_bytes;
    for (size_t at = 1; at < end || (at == end && end > 1 && raw[at - 1] == '/');) {
        size_t length = strcspn(raw + at, "/?");
        if (out->segment_count == TARGET_SEGMENTS_MAX)
            return ctx_fail(ctx, ERR_NOT_FOUND, "the address is deeper than %d",
                            TARGET_SEGMENTS_MAX);
        struct text_span coded = {raw + at, length};
        TRY(read_segment(ctx, coded, &out->segment[out->segment_count++]));
        at += length + 1;
    }
    out->raw = raw;
    bool is_plain = memchr(raw, '%', path_bytes) == NULL;
    out->path = is_plain ? mem_text_part(ctx->mem, raw, path_bytes) : join(ctx->mem, out);
    return OK;
}

struct text_span target_cookie(const char *header, const char *name)
{
    size_t length = strlen(name);
    const char *at = header != NULL ? header : "";
    while (*at != '\0') {
        at += strspn(at, "; \t");
        size_t whole = strcspn(at, ";");
        if (whole > length && strncmp(at, name, length) == 0 && at[length] == '=') {
            size_t bytes = whole - length - 1;
            while (bytes > 0 && (at[length + bytes] == ' ' || at[length + bytes] == '\t'))
                bytes--;
            return (struct text_span){at + length + 1, bytes};
        }
        at += whole;
    }
    return (struct text_span){NULL, 0};
}
