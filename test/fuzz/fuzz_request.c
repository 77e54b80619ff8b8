/* SPDX-License-Identifier: MIT */
/*
 * fuzz_request.c - the lines of a request before its body: target, cookies, addresses of proxies.
 *
 * The first line is the target, the second a Cookie header, the third X-Forwarded-For.
 */
#include "platform/base/text.h"
#include "platform/web/caller.h"
#include "platform/web/target.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes);

static void read_target(struct ctx *ctx, const char *sent)
{
    struct target target;
    if (target_read(ctx, sent, &target) != OK)
        return;
    assert(target.raw[0] == '/' && target.path[0] == '/');
    assert(target.segment_count <= TARGET_SEGMENTS_MAX);
    for (int i = 0; i < target.segment_count; i++) {
        const char *segment = target.segment[i];
        assert(text_problem(segment, strlen(segment)) == TEXT_FINE);
        assert(strchr(segment, '/') == NULL && strchr(segment, '\n') == NULL);
        assert(strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0);
    }
    assert(target.query.length_bytes < strlen(target.raw));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes)
{
    struct ctx ctx = {.mem = mem_root(), .request_id = "fuzz"};
    struct proxies *proxies;
    char *lines[3] = {mem_text_part(ctx.mem, (const char *)bytes, size_bytes), NULL, NULL};
    for (int i = 0; i < 2; i++) {
        size_t end = strcspn(lines[i], "\n");
        lines[i + 1] = lines[i] + end + (lines[i][end] == '\n');
        lines[i][end] = '\0';
    }
    read_target(&ctx, lines[0]);
    struct text_span cookie = target_cookie(lines[1], "onward");
    assert(cookie.bytes == NULL ||
           (cookie.bytes >= lines[1] &&
            cookie.bytes + cookie.length_bytes <= lines[1] + strlen(lines[1])));
    const char *header[] = {"X-Forwarded-For", lines[2], "X-Forwarded-Host", lines[1], NULL};
    struct web_raw raw = {.header = header, .peer = "127.0.0.1"};
    ctx.fault = NULL;
    if (proxies_read(&ctx, "127.0.0.0/8, ::1", &proxies) != OK)
        assert(false);
    struct caller caller = caller_find(ctx.mem, proxies, &raw);
    assert(strpbrk(caller.host, " \"<>\r\n") == NULL);
    if (proxies_read(&ctx, lines[2], &proxies) == OK)
        (void)proxies_trust(proxies, &caller.address);
    mem_end(ctx.mem);
    return 0;
}
