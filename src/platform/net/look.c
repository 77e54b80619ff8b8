/* SPDX-License-Identifier: MIT */
/*
 * look.c - one look at an address, hop by hop, by libcurl.
 *
 * libcurl follows no redirect by itself: it would judge only the scheme.  Here each hop is a
 * transfer of its own, whose address is judged where the socket is opened, which is after the name
 * was resolved and is what will be connected to.
 */
#include "platform/net/look.h"

#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/net/address.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>

enum {
    PORT_HTTP = 80,
    PORT_HTTPS = 443,
    PORT_FREE_LEAST = 1024,
    PORT_MAX = 65535,
    CODE_MOVED = 301,
    CODE_MOVED_SAME = 308,
    CODE_BAD = 400
};

/* ---- addresses as they are written ---- */

static void clean_url(void *arg)
{
    curl_url_cleanup(arg);
}

/* A part in memory of ours; NULL: there is none. */
static const char *part_of(struct mem *mem, CURLU *url, CURLUPart part, unsigned flags)
{
    char *text = NULL;
    const char *kept = NULL;
    if (curl_url_get(url, part, &text, flags) == CURLUE_OK)
        kept = mem_text(mem, text);
    curl_free(text);
    return kept;
}

static bool is_port_fine(const char *text)
{
    int64_t port;
    if (text == NULL || text_number(text, 1, PORT_MAX, &port) != OK)
        return false;
    return port == PORT_HTTP || port == PORT_HTTPS || port >= PORT_FREE_LEAST;
}

static const char *in_small_letters(struct mem *mem, const char *text)
{
    char *small = mem_text(mem, text);
    for (char *c = small; *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return small;
}

const char *net_host(struct mem *mem, const char *text)
{
    CURLU *url = curl_url();
    if (url == NULL)
        return NULL;
    mem_at_end(mem, clean_url, url);
    if (strlen(text) > NET_URL_BYTES_MAX || text[strcspn(text, " \t\r\n\\")] != '\0' ||
        curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK)
        return NULL;
    const char *scheme = part_of(mem, url, CURLUPART_SCHEME, 0);
    bool is_web = scheme != NULL && (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    if (!is_web || part_of(mem, url, CURLUPART_USER, 0) != NULL ||
        part_of(mem, url, CURLUPART_PASSWORD, 0) != NULL ||
        !is_port_fine(part_of(mem, url, CURLUPART_PORT, CURLU_DEFAULT_PORT)))
        return NULL;
    const char *host = part_of(mem, url, CURLUPART_HOST, 0);
    return host != NULL ? in_small_letters(mem, host) : NULL;
}

/* ---- one hop ---- */

struct hop {
    const struct net_looking *looking;
    const char *url, *agent;
    long left_ms;
    size_t read_bytes;
    bool is_refused; /* an address that may not be connected to */
};

/* What is connected to is judged here. */
static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct hop *hop = arg;
    bool (*may)(const struct sockaddr *) =
        hop->looking->may_connect != NULL ? hop->looking->may_connect : net_address_is_public;
    if (purpose != CURLSOCKTYPE_IPCXN || !may(&address->addr)) {
        hop->is_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Reads a few bytes, keeps none, and ends the transfer then. */
static size_t pass_by(char *bytes, size_t size, size_t count, void *arg)
{
    struct hop *hop = arg;
    (void)bytes;
    hop->read_bytes += size * count;
    return hop->read_bytes > NET_BODY_BYTES_MAX ? 0 : size * count;
}

static void set_limits(CURL *curl, const struct hop *hop)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)NET_CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, hop->left_ms);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, hop->agent);
}

static void clean_curl(void *arg)
{
    curl_easy_cleanup(arg);
}

static void free_list(void *arg)
{
    curl_slist_free_all(arg);
}

struct answered {
    CURLcode failed;
    long code;
    const char *leads_to; /* a redirect; NULL: none */
};

static enum status ask(struct ctx *ctx, struct hop *hop, bool is_head, struct answered *out)
{
    CURL *curl = curl_easy_init();
    char *leads_to = NULL;
    *out = (struct answered){.failed = CURLE_OK};
    if (curl == NULL)
        return ctx_fail(ctx, ERR_FAULT, "libcurl does not start");
    mem_at_end(ctx->mem, clean_curl, curl);
    set_limits(curl, hop);
    if (hop->looking->resolve != NULL) {
        struct curl_slist *names = curl_slist_append(NULL, hop->looking->resolve);
        mem_at_end(ctx->mem, free_list, names);
        curl_easy_setopt(curl, CURLOPT_RESOLVE, names);
    }
    curl_easy_setopt(curl, CURLOPT_URL, hop->url);
    curl_easy_setopt(curl, CURLOPT_NOBODY, is_head ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, hop);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, pass_by);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, hop);
    out->failed = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &out->code);
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &leads_to);
    out->leads_to = leads_to != NULL ? mem_text(ctx->mem, leads_to) : NULL;
    return OK;
}

/* HEAD, and GET where that did not go well: many servers know no HEAD. */
static enum status ask_both(struct ctx *ctx, struct hop *hop, int64_t until_ms,
                            struct answered *out)
{
    for (int is_get = 0; is_get <= 1; is_get++) {
        hop->left_ms = (long)(until_ms - time_running_ms());
        if (hop->left_ms <= 0)
            return OK;
        TRY(ask(ctx, hop, is_get == 0, out));
        if (hop->is_refused || (out->failed == CURLE_OK && out->code < CODE_BAD))
            return OK;
    }
    return OK;
}

/* ---- all hops ---- */

static bool is_answer(const struct hop *hop, const struct answered *answered)
{
    bool is_cut = answered->failed == CURLE_WRITE_ERROR && hop->read_bytes > NET_BODY_BYTES_MAX;
    return answered->code > 0 && (answered->failed == CURLE_OK || is_cut);
}

static enum net_end end_of(struct mem *mem, const struct hop *hop, const struct answered *answered)
{
    if (hop->is_refused)
        return NET_NOT_ALLOWED;
    if (!is_answer(hop, answered))
        return NET_NO_ANSWER;
    bool is_away = answered->leads_to != NULL;
    return is_away && net_host(mem, answered->leads_to) == NULL ? NET_NOT_ALLOWED : NET_ANSWERED;
}

enum status net_look(struct ctx *ctx, const struct net_looking *looking, struct net_looked *out)
{
    struct mem *mem = ctx->mem;
    const char *url = looking->url;
    const char *agent = mem_format(mem, "Onward link check (+%s)", ctx->settings->base_url);
    int64_t until_ms = time_running_ms() + (looking->most_ms > 0 ? looking->most_ms : NET_LOOK_MS);
    bool is_for_good = true;
    *out = (struct net_looked){.end = NET_NOT_ALLOWED, .moved_to = ""};
    if (net_host(mem, url) == NULL)
        return OK;
    for (int hops = 0; hops <= NET_HOPS_MAX; hops++) {
        struct answered answered = {.failed = CURLE_OPERATION_TIMEDOUT};
        struct hop hop = {.looking = looking, .url = url, .agent = agent};
        TRY(ask_both(ctx, &hop, until_ms, &answered));
        out->end = end_of(mem, &hop, &answered);
        out->code = answered.code;
        if (out->end != NET_ANSWERED || answered.leads_to == NULL)
            return OK;
        url = answered.leads_to;
        is_for_good =
            is_for_good && (answered.code == CODE_MOVED || answered.code == CODE_MOVED_SAME);
        out->moved_to = is_for_good ? url : out->moved_to;
    }
    out->end = NET_TOO_MANY_HOPS;
    return OK;
}
