/* SPDX-License-Identifier: MIT */
/*
 * caller.c - addresses, ranges of addresses, and what proxies say about a caller.
 *
 * What X-Forwarded-For says is written from left to right by whoever passed the request on; only
 * what a trusted proxy appended can be believed, so it is read from the right, and reading stops at
 * the first address that is no trusted proxy: that is the caller.
 */
#include "platform/web/caller.h"

#include "platform/base/text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

enum { ADDRESS_BITS = 128, MAPPED_BITS = 96, ADDRESS_TEXT_MAX = 80 };

static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

static bool read_v4(const char *text, struct address *out)
{
    struct in_addr v4;
    if (inet_pton(AF_INET, text, &v4) != 1)
        return false;
    memcpy(out->bytes, mapped, sizeof mapped);
    memcpy(out->bytes + sizeof mapped, &v4, sizeof v4);
    return true;
}

bool address_read(const char *text, struct address *out)
{
    char copy[ADDRESS_TEXT_MAX];
    size_t length = strlen(text);
    if (length == 0 || length >= sizeof copy)
        return false;
    memcpy(copy, text, length + 1);
    char *begin = copy;
    if (copy[0] == '[') {
        begin = copy + 1;
        char *close = strchr(begin, ']');
        if (close == NULL || (close[1] != '\0' && close[1] != ':'))
            return false;
        *close = '\0';
    } else {
        char *colon = strchr(copy, ':');
        if (colon != NULL && strchr(colon + 1, ':') == NULL)
            *colon = '\0';
    }
    begin[strcspn(begin, "%")] = '\0';
    return read_v4(begin, out) || inet_pton(AF_INET6, begin, out->bytes) == 1;
}

static bool is_mapped(const struct address *address)
{
    return memcmp(address->bytes, mapped, sizeof mapped) == 0;
}

bool address_is_loopback(const struct address *address)
{
    static const unsigned char one[16] = {[15] = 1};
    return memcmp(address->bytes, one, sizeof one) == 0 ||
           (is_mapped(address) && address->bytes[12] == IN_LOOPBACKNET);
}

struct address address_of_household(const struct address *address)
{
    struct address household = *address;
    if (!is_mapped(address))
        memset(household.bytes + 8, 0, 8);
    return household;
}

/* ---- ranges ---- */

struct range {
    struct address address;
    int bits;
};

struct proxies {
    size_t count;
    struct range ranges[64];
};

static bool read_bits(const char *text, int most, int *out)
{
    int bits = 0;
    if (text[0] == '\0' || strlen(text) > 3)
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        bits = bits * 10 + (*text - '0');
    }
    *out = bits;
    return bits <= most;
}

static bool read_range(char *text, struct range *out)
{
    char *slash = strchr(text, '/');
    if (slash != NULL)
        *slash = '\0';
    if (!address_read(text, &out->address))
        return false;
    out->bits = ADDRESS_BITS;
    if (slash == NULL)
        return true;
    bool is_v4 = is_mapped(&out->address) && strchr(text, ':') == NULL;
    if (!read_bits(slash + 1, is_v4 ? ADDRESS_BITS - MAPPED_BITS : ADDRESS_BITS, &out->bits))
        return false;
    out->bits += is_v4 ? MAPPED_BITS : 0;
    return true;
}

enum status proxies_read(struct ctx *ctx, const char *list, struct proxies **out)
{
    struct proxies *proxies = mem_new(ctx->mem, struct proxies);
    const char *at = list;
    for (at += strspn(at, ", "); *at != '\0'; at += strspn(at, ", ")) {
        size_t length = strcspn(at, ", ");
        char *entry = mem_text_part(ctx->mem, at, length);
        if (proxies->count == sizeof proxies->ranges / sizeof proxies->ranges[0])
            return ctx_fail(ctx, ERR_INVALID, "more than %zu trusted proxies", proxies->count);
        if (!read_range(entry, &proxies->ranges[proxies->count++]))
            return ctx_fail(ctx, ERR_INVALID, "trusted proxy \"%.*s\" is no address or range",
                            (int)length, at);
        at += length;
    }
    *out = proxies;
    return OK;
}

static bool is_in(const struct range *range, const struct address *address)
{
    size_t whole = (size_t)range->bits / 8;
    if (memcmp(range->address.bytes, address->bytes, whole) != 0)
        return false;
    if (range->bits % 8 == 0)
        return true;
    int mask = 0xff00 >> (range->bits % 8) & 0xff;
    return ((range->address.bytes[whole] ^ address->bytes[whole]) & mask) == 0;
}

bool proxies_trust(const struct proxies *proxies, const struct address *address)
{
    for (size_t i = 0; i < proxies->count; i++)
        if (is_in(&proxies->ranges[i], address))
            return true;
    return false;
}

/* ---- headers ---- */

const char *caller_header(const struct web_raw *raw, const char *name)
{
    for (const char *const *header = raw->header; header != NULL && *header != NULL; header += 2)
        if (strcasecmp(header[0], name) == 0)
            return header[1];
    return NULL;
}

/* The last entry of a list with commas that ends at *end; *end moves before it. */
static const char *last_entry(struct mem *mem, const char *list, size_t *end)
{
    size_t begin = *end;
    while (begin > 0 && list[begin - 1] != ',')
        begin--;
    size_t from = begin, to = *end;
    while (from < to && (list[from] == ' ' || list[from] == '\t'))
        from++;
    while (to > from && (list[to - 1] == ' ' || list[to - 1] == '\t'))
        to--;
    *end = begin > 0 ? begin - 1 : 0;
    return mem_text_part(mem, list + from, to - from);
}

static const char *first_entry(struct mem *mem, const char *list)
{
    size_t from = strspn(list, " \t"), length = strcspn(list + from, ", \t");
    return mem_text_part(mem, list + from, length);
}

static bool is_host(const char *host)
{
    size_t length = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789.-_:[]");
    return length > 0 && length < 256 && host[length] == '\0';
}

static struct address first_untrusted(struct mem *mem, const struct proxies *proxies,
                                      struct address peer, const char *list)
{
    struct address address = peer;
    size_t end = strlen(list);
    while (end > 0 && proxies_trust(proxies, &address)) {
        struct address next;
        if (!address_read(last_entry(mem, list, &end), &next))
            break;
        address = next;
    }
    return address;
}

struct caller caller_find(struct mem *mem, const struct proxies *proxies, const struct web_raw *raw)
{
    struct caller caller = {.host = ""};
    const char *host = caller_header(raw, "host");
    if (host != NULL && is_host(host))
        caller.host = host;
    if (raw->peer == NULL || !address_read(raw->peer, &caller.address) || proxies->count == 0 ||
        !proxies_trust(proxies, &caller.address))
        return caller;

    const char *via = caller_header(raw, "x-forwarded-for");
    const char *scheme = caller_header(raw, "x-forwarded-proto");
    const char *named = caller_header(raw, "x-forwarded-host");
    if (via != NULL)
        caller.address = first_untrusted(mem, proxies, caller.address, via);
    caller.is_https = scheme != NULL && strcasecmp(first_entry(mem, scheme), "https") == 0;
    if (named != NULL && is_host(first_entry(mem, named)))
        caller.host = first_entry(mem, named);
    return caller;
}
