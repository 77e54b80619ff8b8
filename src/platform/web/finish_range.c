/* SPDX-License-Identifier: MIT */
/* finish_range.c - parts of an answer: Range, If-Range, 206 and 416 (RFC 9110, 13 and 14). */
#include "platform/web/finish.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/server.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

/* From the first byte on, a part that is at least so long takes the whole; a shorter one only looks
 * whether parts are given. */
enum { TAKEN_BYTES = 1000 };

enum asked { ASKED_WHOLE, ASKED_PART, ASKED_BEHIND };

struct part {
    size_t first, last; /* bytes, both belong to it */
};

/* Digits as a number, none over SIZE_MAX; what stands behind them in *rest.  False: no digit. */
static bool read_number(const char *text, size_t *out, const char **rest)
{
    *out = 0;
    for (*rest = text; **rest >= '0' && **rest <= '9'; (*rest)++) {
        size_t digit = (size_t)(**rest - '0');
        *out = *out > (SIZE_MAX - digit) / 10 ? SIZE_MAX : *out * 10 + digit;
    }
    return *rest != text;
}

/* The last bytes: "-500". */
static enum asked read_suffix(const char *text, size_t size_bytes, struct part *out)
{
    size_t count;
    const char *rest;
    if (!read_number(text + 1, &count, &rest) || rest[strspn(rest, " \t")] != '\0')
        return ASKED_WHOLE;
    if (count == 0)
        return ASKED_BEHIND;
    *out = (struct part){count < size_bytes ? size_bytes - count : 0, size_bytes - 1};
    return ASKED_PART;
}

/* "bytes=0-499", "bytes=500-", "bytes=-500". */
static enum asked read_range(const char *range, size_t size_bytes, struct part *out)
{
    static const char unit[] = "bytes=";
    const char *text = range, *rest;
    if (strncasecmp(text, unit, sizeof unit - 1) != 0)
        return ASKED_WHOLE;
    text += sizeof unit - 1;
    text += strspn(text, " \t");
    if (text[0] == '-')
        return read_suffix(text, size_bytes, out);
    if (!read_number(text, &out->first, &rest) || rest[0] != '-')
        return ASKED_WHOLE;
    text = rest + 1;
    if (!read_number(text, &out->last, &rest))
        out->last = SIZE_MAX;
    if (rest[strspn(rest, " \t")] != '\0' || out->last < out->first)
        return ASKED_WHOLE;
    if (out->first >= size_bytes)
        return ASKED_BEHIND;
    if (out->last >= size_bytes)
        out->last = size_bytes - 1;
    return ASKED_PART;
}

static const char *given(const struct web_answer *answer, const char *name)
{
    for (int i = 0; i < answer->header_count; i++)
        if (strcmp(answer->headers[i].name, name) == 0)
            return answer->headers[i].value;
    return "";
}

/* Whether the reader's other part is of these very bytes: by a strong tag, or by a time that was
 * over before (a file could change twice in its second). */
static bool is_of_these(const struct web_request *request, const struct web_answer *answer)
{
    const char *known = caller_header(request->inner->raw, "if-range");
    if (known == NULL)
        return true;
    if (known[0] == '"')
        return strcmp(known, given(answer, "ETag")) == 0;
    return answer->modified_at > 0 && answer->modified_at < request->ctx->now_secs &&
           strcmp(known, time_http(request->ctx->mem, answer->modified_at)) == 0;
}

static void give_part(struct mem *mem, struct web_answer *answer, struct part part)
{
    size_t whole = answer->body.length_bytes;
    web_header(answer, "Content-Range",
               mem_format(mem, "bytes %zu-%zu/%zu", part.first, part.last, whole));
    answer->body.text += part.first;
    answer->body.length_bytes = part.last - part.first + 1;
    answer->code = 206;
    answer->is_taken = part.first == 0 && (part.last + 1 >= TAKEN_BYTES || part.last + 1 == whole);
}

static void give_nothing(struct mem *mem, struct web_answer *answer)
{
    web_header(answer, "Content-Range", mem_format(mem, "bytes */%zu", answer->body.length_bytes));
    answer->body = (struct view){.mem = mem};
    answer->download_name = NULL;
    answer->code = 416;
    answer->is_taken = false;
}

void finish_range(const struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    struct part part;
    const struct web_raw *raw = request->inner->raw;
    bool is_get = strcmp(raw->method, "GET") == 0;
    answer->is_taken = answer->code == 200 && is_get;
    if (!finish_is_plain(answer))
        return;
    web_header(answer, "Accept-Ranges", "bytes");
    const char *range = caller_header(raw, "range");
    if (range == NULL || !is_get || !is_of_these(request, answer))
        return;
    enum asked asked = read_range(range, answer->body.length_bytes, &part);
    if (asked == ASKED_PART)
        give_part(mem, answer, part);
    else if (asked == ASKED_BEHIND)
        give_nothing(mem, answer);
}
