/* SPDX-License-Identifier: MIT */
/* receive_test.c - what is understood of messages that come in. */
#include "platform/mail/receive.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/mail/mail_test.h"

#include <string.h>

static const struct mail_envelope nothing_said = {NULL, NULL};

static struct mail_received read_as(struct ctx *ctx, const char *bytes)
{
    struct mail_received mail;
    CHECK(mail_received_read(ctx, (struct text_span){bytes, strlen(bytes)}, &nothing_said, &mail) ==
          OK);
    return mail;
}

#define HEAD "From: Ana Bell <ana@trust.example>\r\nTo: answers+enquiry-abc@service.example\r\n"

static const char *answer_to(struct ctx *ctx, const char *body)
{
    return read_as(ctx, mem_join(ctx->mem, HEAD "Subject: x\r\n\r\n", body, "")).answer;
}

TEST(a_plain_message_is_read)
{
    struct mail_received mail = read_as(
        ctx, HEAD "Subject: =?utf-8?q?Caf=C3=A9?= =?iso-8859-1?q?_=E9?=\r\n"
                  "Message-ID: <m1@trust.example>\r\nIn-Reply-To: <o1@service.example>\r\n"
                  "References: <o0@service.example>\r\n\t<o1@service.example>\r\n"
                  "Content-Type: text/plain; charset=windows-1252\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\n\r\nIt=92s =80 5=\r\n00.\r\n");
    CHECK_TEXT(mail.from, "ana@trust.example");
    CHECK_TEXT(mail.from_name, "Ana Bell");
    CHECK_TEXT(mail.subject, "Café é");
    CHECK_TEXT(mail.message_id, "m1@trust.example");
    CHECK_TEXT(mail.in_reply_to, "o1@service.example");
    CHECK_TEXT(mail.references, "o0@service.example o1@service.example");
    CHECK_TEXT(mail.text, "It’s € 500.");
    CHECK(!mail.is_automatic && !mail.is_report && mail.other_count == 0);
    CHECK_TEXT(mail_received_header(&mail, "SUBJECT"), mail.subject);
}

TEST(of_two_forms_the_plain_one_is_read_and_attachments_are_counted)
{
    struct mail_received mail = read_as(
        ctx, HEAD "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"
                  "--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
                  "--b\r\nContent-Type: text/plain\r\n\r\nPlain\r\n"
                  "--b\r\nContent-Type: text/html\r\n\r\n<p>Rich\r\n--b--\r\n"
                  "--a\r\nContent-Type: application/pdf; name=a.pdf\r\n"
                  "Content-Disposition: attachment; filename=a.pdf\r\n\r\nPDF\r\n"
                  "--a\r\nContent-Type: message/rfc822\r\n\r\nFrom: b@c.example\r\n\r\nInside\r\n"
                  "--a--\r\n");
    CHECK_TEXT(mail.text, "Plain");
    CHECK(mail.other_count == 2);
}

TEST(a_message_of_html_is_read_as_its_reader_sees_it)
{
    struct mail_received mail = read_as(
        ctx, HEAD "Content-Type: text/html; charset=iso-8859-1\r\n\r\n"
                  "<html><head><title>T</title><style>p{}</style></head><body><p>Caf\xe9 &amp; "
                  "tea</p><script>x()</script><div>Two<br>three</div></body></html>");
    CHECK_TEXT(mail.text, "Café & tea\n\nTwo\nthree");
}

TEST(zero_bytes_and_broken_letters_are_taken_for_what_they_are)
{
    static const char bytes[] = HEAD "Subject: a\0b\xff\r\n\r\nOne\0two\xff\x01\r\n";
    struct mail_received mail;
    CHECK(mail_received_read(ctx, (struct text_span){bytes, sizeof bytes - 1}, &nothing_said,
                             &mail) == OK);
    CHECK(text_begins(mail.text, "One"));
    CHECK(text_problem(mail.text, strlen(mail.text)) == TEXT_FINE);
    CHECK(text_problem(mail.subject, strlen(mail.subject)) == TEXT_FINE);
}

TEST(html_that_is_nested_without_end_costs_neither_stack_nor_time)
{
    struct text_builder text = text_build(ctx->mem, MAIL_RECEIVED_BYTES_MAX);
    const char *bytes;
    text_add(&text, HEAD "Content-Type: text/html\r\n\r\nBefore");
    for (int i = 0; i < 20000; i++)
        text_add(&text, "<div>\r\n");
    text_add(&text, "deep");
    CHECK(text_build_end(&text, &bytes) == OK);
    CHECK_TEXT(read_as(ctx, bytes).answer, "Before");
}

TEST(what_is_quoted_is_no_part_of_the_answer)
{
    CHECK_TEXT(answer_to(ctx, "Yes.\r\n\r\nOn Mon, 9 Mar 2026 at 09:00, Onward\r\n<a@b.example> "
                              "wrote:\r\n> Question?\r\n> More\r\n"),
               "Yes.");
    CHECK_TEXT(answer_to(ctx, "Yes.\n\n2026-03-09, Onward:\n\n> Question?\n"), "Yes.");
    CHECK_TEXT(answer_to(ctx, "Yes.\n\n> " MAIL_ANSWER_ABOVE "\n> Question?\nWords\n"), "Yes.");
    CHECK_TEXT(answer_to(ctx, "Yes.\n\nFrom: Onward\nSent: Monday\nTo: Ana\n\nQuestion?"), "Yes.");
    CHECK_TEXT(answer_to(ctx, "Yes.\n________________________________\nFrom: Onward\n"), "Yes.");
    CHECK_TEXT(answer_to(ctx, "Yes.\n-- \nAna\nNurse\n"), "Yes.");
}

TEST(an_answer_between_or_below_what_is_quoted_is_kept)
{
    CHECK_TEXT(answer_to(ctx, "> One?\nYes.\n> Two?\nNo.\n> Three?\n"),
               "> One?\nYes.\n> Two?\nNo.");
    CHECK_TEXT(answer_to(ctx, "On Monday Onward wrote:\n> Question?\n\nYes, below.\n"),
               "Yes, below.");
    CHECK_TEXT(read_as(ctx, HEAD "\r\nYes.\n> Question?\n").text, "Yes.\n> Question?");
}

TEST(what_no_person_wrote_is_known)
{
    static const char *const automatic[] = {"Auto-Submitted: auto-replied",
                                            "Precedence: bulk",
                                            "List-Id: <a.b.example>",
                                            "Return-Path: <>",
                                            "X-Autoreply: yes",
                                            "Precedence: Auto_Reply"};
    for (size_t i = 0; i < sizeof automatic / sizeof automatic[0]; i++)
        CHECK(read_as(ctx, mem_join(ctx->mem, HEAD, automatic[i], "\r\n\r\nAway")).is_automatic);
    CHECK(!read_as(ctx, HEAD "Auto-Submitted: no\r\nReturn-Path: <ana@trust.example>\r\n\r\nHello")
               .is_automatic);
}

TEST(a_delivery_report_is_read)
{
    struct mail_received mail = read_as(
        ctx,
        "From: MAILER-DAEMON@mx.example\r\nTo: answers+bounce-abc@service.example\r\n"
        "Auto-Submitted: auto-replied\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
        "--r\r\n\r\nIt was not delivered.\r\n"
        "--r\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; ana@trust.example\r\nAction: Failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no\r\n such user\r\n\r\n"
        "Original-Recipient: rfc822;Bo@Trust.example\r\nFinal-Recipient: rfc822; b@t.example\r\n"
        "Action: delayed\r\nStatus: 4.2.2 (full)\r\n\r\n"
        "--r\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\n"
        "Message-ID: <m9@service.example>\r\n\r\n--r--\r\n");
    CHECK(mail.is_report && mail.is_automatic && mail.reported_count == 2);
    CHECK_TEXT(mail.about_id, "m9@service.example");
    CHECK_TEXT(mail.reported[0].address, "ana@trust.example");
    CHECK_TEXT(mail.reported[0].action, "failed");
    CHECK_TEXT(mail.reported[0].status, "5.1.1");
    CHECK_TEXT(mail.reported[0].reason, "smtp; 550 5.1.1 no such user");
    CHECK_TEXT(mail.reported[1].address, "Bo@Trust.example");
    CHECK_TEXT(mail.reported[1].action, "delayed");
    CHECK_TEXT(mail.reported[1].status, "4.2.2");
}

/* ---- who takes it ---- */

static enum status take_abc(struct ctx *ctx, const struct mail_received *mail)
{
    return strcmp(mail->token, "abc") == 0 ? OK : ctx_fail(ctx, ERR_NOT_FOUND, "not abc");
}

static const struct mail_receiver taking_abc[] = {{"enquiry", take_abc}, {0}};
static const struct mail_receiver *const receivers[] = {taking_abc, NULL};

static enum status given(struct ctx *ctx, const char *headers, const char *to)
{
    struct mail_envelope envelope = {to, NULL};
    const char *bytes = mem_join(ctx->mem, headers, "\r\n", "Hello\r\n");
    ctx->fault = NULL;
    return mail_receive(ctx, receivers, (struct text_span){bytes, strlen(bytes)}, &envelope);
}

TEST(a_message_goes_to_whoever_knows_its_address)
{
    CHECK(given(ctx, HEAD, NULL) == OK);
    CHECK(given(ctx, HEAD, "Enquiry-ABC@service.example") == OK);
    CHECK(given(ctx, HEAD, "answers+enquiry-abd@service.example") == ERR_NOT_FOUND);
    CHECK(given(ctx, HEAD, "answers+enquiry-@service.example") == ERR_NOT_FOUND);
    CHECK(given(ctx, HEAD, "answers@service.example") == ERR_NOT_FOUND);
    CHECK(given(ctx, "To: a@b.example\r\nCc: b@c.example, <x+enquiry-abc@d.example>\r\n", NULL) ==
          OK);
    CHECK(given(ctx, "Subject: none\r\n", NULL) == ERR_NOT_FOUND);
    CHECK(given(ctx, "", NULL) == ERR_INVALID || given(ctx, "", NULL) == ERR_NOT_FOUND);
}

TEST(an_answer_has_an_address_when_there_is_a_mailbox_for_it)
{
    mail_test_settings(ctx, "");
    CHECK(mail_receive_address(ctx, "enquiry", "abc") == NULL);
    struct settings settings = *ctx->settings;
    settings.mail_answers_to = "answers@service.example";
    ctx->settings = &settings;
    CHECK_TEXT(mail_receive_address(ctx, "enquiry", "abc"), "answers+enquiry-abc@service.example");
    CHECK(given(ctx, HEAD, mail_receive_address(ctx, "enquiry", "abc")) == OK);
}
