/* SPDX-License-Identifier: MIT */
/* oidc_fetch.c - HTTP by libcurl, within limits. */
#include "programme/account/oidc_fetch.h"

#include "platform/base/text.h"
#include "programme/account/oidc.h"

#include <curl/curl.h>
#include <string.h>

static void clean_curl(void *arg)
{
    curl_easy_cleanup(arg);
}

static void free_list(void *arg)
{
    curl_slist_free_all(arg);
}

static void drop_json(void *arg)
{
    json_decref(arg);
}

static void clean_url(void *arg)
{
    curl_url_cleanup(arg);
}

static bool part_is(CURLU *url, CURLUPart part, const char *wanted)
{
    char *text = NULL;
    bool is = curl_url_get(url, part, &text, 0) == CURLUE_OK &&
              (wanted == NULL || strcmp(text, wanted) == 0);
    curl_free(text);
    return is;
}

bool oidc_url_is_safe(const char *text)
{
    struct mem *mem = mem_root();
    CURLU *url = curl_url();
    mem_at_end(mem, clean_url, url);
    bool is_read = curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK;
    bool is_here =
        is_read && part_is(url, CURLUPART_SCHEME, "http") &&
        (part_is(url, CURLUPART_HOST, "127.0.0.1") || part_is(url, CURLUPART_HOST, "localhost"));
    bool is_safe = is_read && (part_is(url, CURLUPART_SCHEME, "https") || is_here) &&
                   !part_is(url, CURLUPART_USER, NULL) && !part_is(url, CURLUPART_FRAGMENT, NULL) &&
                   strpbrk(text, " \r\n\\") == NULL;
    mem_end(mem);
    return is_safe;
}

static size_t take(char *bytes, size_t size, size_t count, void *arg)
{
    struct text_builder *to = arg;
    text_add_part(to, bytes, size * count);
    return to->is_over ? 0 : size * count;
}

static void set_limits(CURL *curl)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)OIDC_CALL_MS / 2);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)OIDC_CALL_MS);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "onward");
}

static void set_question(struct ctx *ctx, CURL *curl, const struct oidc_ask *ask)
{
    struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
    if (ask->bearer != NULL)
        headers = curl_slist_append(headers,
                                    mem_format(ctx->mem, "Authorization: Bearer %s", ask->bearer));
    mem_at_end(ctx->mem, free_list, headers);
    curl_easy_setopt(curl, CURLOPT_URL, ask->url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (ask->form != NULL)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask->form);
    if (ask->user != NULL) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, ask->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, ask->password);
    }
}

enum status oidc_fetch(struct ctx *ctx, const struct oidc_ask *ask, json_t **out, long *code_out)
{
    const char *text;
    struct text_builder body = text_build(ctx->mem, OIDC_ANSWER_BYTES_MAX);
    if (!oidc_url_is_safe(ask->url))
        return ctx_fail(ctx, ERR_FORBIDDEN, "an address of the provider is not safe");
    CURL *curl = curl_easy_init();
    if (curl == NULL)
        return ctx_fail(ctx, ERR_FAULT, "libcurl does not start");
    mem_at_end(ctx->mem, clean_curl, curl);
    set_limits(curl);
    set_question(ctx, curl, ask);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    CURLcode failed = curl_easy_perform(curl);
    if (failed != CURLE_OK || text_build_end(&body, &text) != OK)
        return ctx_fail(ctx, ERR_BUSY, "the provider cannot be reached: %s",
                        curl_easy_strerror(failed));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, code_out);
    json_t *answer = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(answer)) {
        json_decref(answer);
        return ctx_fail(ctx, ERR_BUSY, "the provider answered %ld and no JSON object", *code_out);
    }
    mem_at_end(ctx->mem, drop_json, answer);
    *out = answer;
    return OK;
}
