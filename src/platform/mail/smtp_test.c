/* SPDX-License-Identifier: MIT */
/* smtp_test.c - what handing over a message promises, against a server that misbehaves. */
#include "platform/mail/smtp.h"
#include "platform/mail/smtp_sink.h"

#include "platform/base/test.h"

#include <string.h>

static struct smtp *opened(struct ctx *ctx, const char *url)
{
    struct smtp *smtp = NULL;
    CHECK(smtp_open(ctx, url, "onward.example", &smtp) == OK);
    return smtp;
}

static struct smtp_reply sent(struct ctx *ctx, struct smtp *smtp, const char *bytes)
{
    struct smtp_message message = {
        "no-reply@onward.example", "ana@trust.example", {bytes, strlen(bytes)}};
    struct smtp_reply reply;
    CHECK(smtp_send(ctx, smtp, &message, &reply) == OK);
    return reply;
}

static const char hello[] = "Subject: Hello\r\n\r\nHello\r\n";

TEST(a_mail_server_gets_sender_recipient_and_every_byte)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    struct smtp *smtp = opened(ctx, smtp_sink_url(sink, ctx->mem));
    const char *bytes = "Subject: Dots\r\n\r\n.\r\n..\r\n.a\r\nb.\r\n\r\n.\r\nQUIT\r\n";
    struct smtp_reply reply = sent(ctx, smtp, bytes);
    CHECK_TEXT(reply.reason, "");
    CHECK(reply.outcome == SMTP_ACCEPTED && !reply.is_uncertain);
    CHECK(smtp_sink_count(sink) == 1);
    struct smtp_sunk sunk = smtp_sink_get(sink, ctx->mem, 0);
    CHECK_TEXT(sunk.from, "FROM:<no-reply@onward.example>");
    CHECK_TEXT(sunk.to, "TO:<ana@trust.example>");
    CHECK_TEXT(sunk.data, bytes);
    CHECK(strstr(smtp_sink_heard(sink, ctx->mem), "EHLO onward.example\n"));
}

TEST(a_line_to_a_mail_server_is_used_again)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    struct smtp *smtp = opened(ctx, smtp_sink_url(sink, ctx->mem));
    for (int i = 0; i < 3; i++)
        CHECK(sent(ctx, smtp, hello).outcome == SMTP_ACCEPTED);
    CHECK(smtp_sink_count(sink) == 3);
    CHECK(smtp_sink_get(sink, ctx->mem, 2).line == 1);
}

TEST(a_refusal_of_the_recipient_or_the_message_is_for_good)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    struct smtp *smtp = opened(ctx, smtp_sink_url(sink, ctx->mem));
    smtp_sink_answer(sink, "RCPT", "550 5.1.1 no ana@trust.example here", 1);
    struct smtp_reply reply = sent(ctx, smtp, hello);
    CHECK(reply.outcome == SMTP_REFUSED);
    CHECK_TEXT(reply.reason, "recipient refused: 550 5.1.1");
    smtp_sink_answer(sink, ".", "554 spam", 1);
    reply = sent(ctx, smtp, hello);
    CHECK(reply.outcome == SMTP_REFUSED);
    CHECK_TEXT(reply.reason, "message refused: 554");
    smtp_sink_answer(sink, "DATA", "552 5.3.4 too big", 1);
    CHECK(sent(ctx, smtp, hello).outcome == SMTP_REFUSED);
    CHECK(smtp_sink_count(sink) == 0);
    CHECK(sent(ctx, smtp, hello).outcome == SMTP_ACCEPTED);
}

TEST(a_refusal_for_now_or_of_us_is_tried_again)
{
    static const struct {
        const char *command, *answer, *reason;
    } odd[] = {
        {"RCPT", "451 4.7.1 greylisted", "recipient refused: 451 4.7.1"},
        {"RCPT", "450-4.2.1 busy\r\n450 4.2.1 again later", "recipient refused: 450 4.2.1"},
        {"DATA", "421 4.3.2 closing", "message refused: 421 4.3.2"},
        {".", "452 4.3.1 full", "message refused: 452 4.3.1"},
        {"MAIL", "550 5.7.1 we do not know you", "sender refused: 550 5.7.1"},
    };
    struct smtp_sink *sink = smtp_sink_open(ctx);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        struct smtp *smtp = opened(ctx, smtp_sink_url(sink, ctx->mem));
        smtp_sink_answer(sink, odd[i].command, odd[i].answer, 2);
        struct smtp_reply reply = sent(ctx, smtp, hello);
        CHECK(reply.outcome == SMTP_NOT_NOW && !reply.is_uncertain);
        if (!text_begins(reply.reason, odd[i].reason))
            CHECK_TEXT(reply.reason, odd[i].reason);
    }
    CHECK(smtp_sink_count(sink) == 0);
}

TEST(a_line_that_breaks_is_tried_again_and_told_apart_when_uncertain)
{
    static const char *const commands[] = {"EHLO", "MAIL", "RCPT", "DATA"};
    struct smtp_sink *sink = smtp_sink_open(ctx);
    for (size_t i = 0; i < 4; i++) {
        struct smtp *smtp = opened(ctx, smtp_sink_url(sink, ctx->mem));
        smtp_sink_answer(sink, commands[i], NULL, 2);
        struct smtp_reply reply = sent(ctx, smtp, hello);
        CHECK(reply.outcome == SMTP_NOT_NOW && !reply.is_uncertain);
    }
    smtp_sink_answer(sink, "", NULL, 0);
    struct smtp *smtp = opened(ctx, smtp_sink_url(sink, ctx->mem));
    smtp_sink_take_then_drop(sink, 1);
    struct smtp_reply reply = sent(ctx, smtp, hello);
    CHECK(reply.outcome == SMTP_NOT_NOW && reply.is_uncertain);
    CHECK_TEXT(reply.reason, "connection lost");
    CHECK(smtp_sink_count(sink) == 1);
}

TEST(no_mail_server_is_tried_again)
{
    struct smtp *smtp = opened(ctx, "smtp://127.0.0.1:1");
    struct smtp_reply reply = sent(ctx, smtp, hello);
    CHECK(reply.outcome == SMTP_NOT_NOW && !reply.is_uncertain);
    CHECK_TEXT(reply.reason, "no connection");
}

TEST(a_server_that_cannot_encrypt_gets_nothing_when_that_is_required)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    const char *url = smtp_sink_url(sink, ctx->mem);
    struct smtp *strict =
        opened(ctx, mem_format(ctx->mem, "smtp://anna:secret@%s?starttls=required",
                               url + strlen("smtp://")));
    smtp_sink_offer(sink, "AUTH PLAIN LOGIN");
    struct smtp_reply reply = sent(ctx, strict, hello);
    CHECK(reply.outcome == SMTP_NOT_NOW);
    CHECK_TEXT(reply.reason, "line cannot be encrypted");
    const char *heard = smtp_sink_heard(sink, ctx->mem);
    CHECK(strstr(heard, "MAIL") == NULL && strstr(heard, "AUTH") == NULL);

    struct smtp *lax =
        opened(ctx, mem_format(ctx->mem, "%s?starttls=offered", smtp_sink_url(sink, ctx->mem)));
    CHECK(sent(ctx, lax, hello).outcome == SMTP_ACCEPTED);
}

TEST(user_and_password_are_sent_and_a_wrong_one_fails_no_mail_for_good)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    smtp_sink_offer(sink, "AUTH PLAIN");
    const char *url = mem_format(ctx->mem, "smtp://an%%40na:s%%2Fcret@%s",
                                 smtp_sink_url(sink, ctx->mem) + strlen("smtp://"));
    smtp_sink_answer(sink, "AUTH", "535 5.7.8 wrong", 1);
    struct smtp_reply reply = sent(ctx, opened(ctx, url), hello);
    CHECK(reply.outcome == SMTP_NOT_NOW);
    CHECK_TEXT(reply.reason, "user or password refused: 535 5.7.8");
    CHECK(sent(ctx, opened(ctx, url), hello).outcome == SMTP_ACCEPTED);
    /* base64 of NUL an@na NUL s/cret */
    CHECK(strstr(smtp_sink_heard(sink, ctx->mem), "AGFuQG5hAHMvY3JldA=="));
}

TEST(a_mail_server_that_cannot_be_is_refused_without_telling_its_password)
{
    const char *const bad[] = {"",
                               "mail.example",
                               "http://hunter2@mail.example",
                               "smtp://",
                               "smtp://u:hunter2@mail.example/path",
                               "smtp://u:hunter2@mail.example?starttls=maybe",
                               "smtp://u:hunter2@mail.example?x=y",
                               "smtps://u:hunter2@mail.example?starttls=never",
                               "smtp://u:hunter2@mail.example:99999",
                               "smtp://u:hunter2@bad host",
                               NULL};
    for (int i = 0; bad[i] != NULL; i++) {
        struct smtp *smtp;
        ctx->fault = NULL;
        CHECK(smtp_open(ctx, bad[i], "onward.example", &smtp) == ERR_INVALID);
        CHECK(strstr(ctx->fault, "hunter2") == NULL);
    }
}
