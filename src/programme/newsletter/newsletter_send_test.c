/* SPDX-License-Identifier: MIT */
/* newsletter_send_test.c - what sending an issue promises. */
#include "programme/newsletter/newsletter_send.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/mail/smtp_sink.h"
#include "programme/newsletter/newsletter_test_help.h"

#include <string.h>

enum { PARTS = 10 };

/* Settings with a mail server that takes everything. */
static struct smtp_sink *begin(struct ctx *ctx)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    settings->smtp = smtp_sink_url(sink, ctx->mem);
    settings->database = "sqlite::memory:";
    settings->base_url = "https://pledges.example";
    settings->mail_from = "news@pledges.example";
    settings->bulk_per_second_count = 0;
    ctx->settings = settings;
    return sink;
}

TEST(an_issue_goes_to_each_reader_with_links_of_their_own)
{
    const char *reference;
    struct smtp_sink *sink = begin(ctx);
    CHECK(newsletter_try_readers(ctx, 30) == OK);
    CHECK(newsletter_try_issue(ctx, "## News\n\nWords.", &reference) == OK);
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(smtp_sink_count(sink) == 30);
}
