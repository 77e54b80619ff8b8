/* SPDX-License-Identifier: MIT */
/* programme_newsletter_test.c - who gets the newsletter: what the pages and the rules promise. */
#include "programme/newsletter/newsletter.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/mail/receive.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/newsletter/newsletter_record.h"
#include "programme/newsletter/newsletter_send.h"
#include "programme/newsletter/newsletter_test_help.h"
#include "programme/programme.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ANA "ana@home.example"

static const char *topic_codes[] = {"news", "events"};
static const char *other_codes[] = {"volunteering"};

static struct newsletter_wish wish(const char **codes, size_t count)
{
    return (struct newsletter_wish){FORM_YES, {codes, count}, "", ANA};
}

/* Somebody asks by the journey, as a program would; the address of the page where one types. */
static const char *ask(struct web_client *c, const char *topic)
{
    struct ctx *ctx = c->ctx;
    client_token(c);
    client_set_header(
        c, "Idempotency-Key",
        mem_format(c->ctx->mem, "key-of-a-call-%s-%d", topic, (int)help_mail_count(c->ctx)));
    client_post_json(
        c, "/newsletter/subscribe",
        mem_format(c->ctx->mem,
                   "{\"is_old_enough\":true,\"topics\":[\"%s\"],\"email\":\"" ANA "\"}", topic));
    client_set_header(c, "Idempotency-Key", NULL);
    CHECK_CODE(c, 201);
    const char *reference = strstr(c->body, "NA-");
    CHECK(reference != NULL);
    return mem_format(c->ctx->mem, "/newsletter/confirm/%.12s", reference);
}

/* The link of the newest mail, "/newsletter/join/..." */
static const char *newest_link(struct ctx *ctx)
{
    struct mail_kept mail;
    CHECK(mail_find(ctx, help_newest_mail(ctx), &mail) == OK);
    for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
        if (part->kind == MAIL_PART_BUTTON)
            return strstr(part->href, "/newsletter/");
    fail_msg("the mail has no link");
    return NULL;
}

static bool gets_it(struct ctx *ctx, int64_t *topics)
{
    struct newsletter_reader reader;
    enum status status = newsletter_reader_find(ctx, ANA, &reader);
    CHECK(status == OK || status == ERR_NOT_FOUND);
    if (status == OK && topics != NULL)
        *topics = reader.topics;
    return status == OK;
}

/* A reader without the pages; the token of their links. */
static const char *subscribe(struct ctx *ctx)
{
    const char *reference;
    struct proof_typed typed;
    struct form_problems problems = {.count = 0};
    const struct newsletter_wish wanted = wish(topic_codes, 2);
    CHECK(newsletter_ask(ctx, &wanted, &problems, &reference) == OK);
    const struct proof_typing typing = {reference, help_newest_code(ctx), "caller"};
    CHECK(proof_type(ctx, &newsletter_proof, &typing, &typed) == OK &&
          typed.outcome == PROOF_RIGHT);
    return typed.token;
}

TEST(a_code_typed_into_the_open_page_confirms_and_a_wrong_one_does_not)
{
    help_demonstration(ctx, true);
    struct web_client *c = web_client(ctx, &programme_app);
    const char *page = ask(c, "news");
    const char *code = help_newest_code(ctx);
    client_get(c, page);
    CHECK(client_has(c, "Check your email") && !client_has(c, ANA));
    client_post(c, page, "code", help_other_code(ctx->mem, code), NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "That is not the code") && !gets_it(ctx, NULL));
    client_post(c, page, "code", "12", NULL);
    CHECK(client_has(c, "Enter the 6 digits") && client_has(c, "value=\"12\""));
    client_post(c, page, "code", code, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "You get the newsletter") && gets_it(ctx, NULL));
    client_post(c, page, "code", code, NULL); /* it is used */
    CHECK_CODE(c, 422);
}

TEST(fetching_the_mailed_link_confirms_nobody_and_its_button_does)
{
    help_demonstration(ctx, true);
    struct web_client *c = web_client(ctx, &programme_app);
    ask(c, "news");
    const char *link = newest_link(ctx);
    for (int i = 0; i < 3; i++)
        client_get(c, link);
    CHECK(client_has(c, "Send me the newsletter") && !gets_it(ctx, NULL));
    client_post(c, link, NULL);
    CHECK_CODE(c, 303);
    CHECK(gets_it(ctx, NULL));
    const char *mine = c->location;
    client_follow(c);
    client_post(c, mine, "topics", "volunteering", "region", "", NULL);
    int64_t topics = 0;
    CHECK(gets_it(ctx, &topics) && topics == 1 << 5);
    client_post(c, link, NULL); /* pressed again it undoes nothing */
    CHECK(gets_it(ctx, &topics) && topics == 1 << 5);
    ctx->now_secs += NEWSLETTER_LINK_SECS;
    client_get(c, link);
    CHECK_CODE(c, 409);
}

TEST(asking_again_looks_the_same_and_changes_nothing_until_the_address_is_proven)
{
    int64_t topics = 0;
    help_demonstration(ctx, true);
    struct web_client *c = web_client(ctx, &programme_app);
    const char *first = ask(c, "news");
    client_get(c, first);
    const char *shown = client_between(c, "<main", "</main>");
    client_post(c, first, "code", help_newest_code(ctx), NULL);
    struct web_client *stranger = client_other(c);
    const char *second = ask(stranger, "events");
    client_get(stranger, second);
    const char *again = client_between(stranger, "<main", "</main>");
    CHECK(strlen(shown) > 100 && strlen(shown) == strlen(again)); /* but for reference and token */
    CHECK(gets_it(ctx, &topics) && topics == 1);
    client_post(stranger, second, "code", "000000", NULL);
    CHECK(gets_it(ctx, &topics) && topics == 1);
    client_post(stranger, second, "code", help_newest_code(ctx), NULL);
    CHECK(gets_it(ctx, &topics) && topics == 1 << 7);
}

TEST(who_is_under_13_is_refused_before_an_address_is_asked_for)
{
    help_demonstration(ctx, true);
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/newsletter/subscribe");
    client_post(c, "/newsletter/subscribe", NULL);
    const char *step = "";
    while (c->code == 303) {
        step = c->location;
        client_follow(c);
    }
    CHECK(client_has(c, "Are you 13 or older?") && !client_has(c, "email address</label>"));
    client_post(c, step, "is_old_enough", "no", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "You must be 13 or older"));
    struct form_problems problems = {.count = 0};
    struct newsletter_wish child = wish(topic_codes, 1);
    const char *reference;
    child.is_old_enough = FORM_NO;
    CHECK(newsletter_ask(ctx, &child, &problems, &reference) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "is_old_enough") != NULL && help_mail_count(ctx) == 0);
}

TEST(one_click_from_anywhere_leaves_and_what_stays_is_a_hash)
{
    help_demonstration(ctx, true);
    const char *token = subscribe(ctx);
    struct web_client *c = web_client(ctx, &programme_app);
    const char *page = mem_join(ctx->mem, "/newsletter/stop/", token, "");
    client_get(c, page);
    CHECK(client_has(c, "Stop the newsletter") && gets_it(ctx, NULL));
    struct web_client *program = client_other(c); /* without cookie or form token */
    const struct client_body body = {"application/x-www-form-urlencoded",
                                     "List-Unsubscribe=One-Click", 26};
    client_send(program, "POST", page, &body);
    CHECK_CODE(program, 200);
    CHECK(!gets_it(ctx, NULL));
    client_send(program, "POST", page, &body);
    CHECK_CODE(program, 200);
    client_get(c, mem_join(ctx->mem, "/newsletter/mine/", token, ""));
    CHECK_CODE(c, 404);
    client_send(program, "POST", mem_format(ctx->mem, "/newsletter/stop/%.47s0", token), &body);
    CHECK(program->code == 404 || strcmp(token + 47, "0") == 0);
    subscribe(ctx); /* the reader may come back */
    CHECK(gets_it(ctx, NULL));
}

/* A file with this content, open for reading. */
static int file_of(const char *text)
{
    FILE *file = tmpfile();
    fputs(text, file);
    fflush(file);
    int copy = dup(fileno(file));
    fclose(file);
    lseek(copy, 0, SEEK_SET);
    return copy;
}

#define HEAD "email,topics,region,consented_on,consent\n"

static void import(struct ctx *ctx, const char *text, struct newsletter_import_report *report)
{
    int file = file_of(text);
    CHECK(newsletter_import(ctx, file, report) == OK);
    close(file);
}

TEST(an_import_never_raises_or_lowers_consent)
{
    int64_t topics = 0;
    help_demonstration(ctx, true);
    struct newsletter_import_report *report = mem_new(ctx->mem, struct newsletter_import_report);
    const char *token = subscribe(ctx);
    import(ctx, HEAD ANA ",volunteering,,2025-01-02,by letter\n", report);
    CHECK(report->known_count == 1 && gets_it(ctx, &topics) && topics == (1 | 1 << 7));
    CHECK(newsletter_leave(ctx, token) == OK);
    import(ctx, HEAD "ANA@home.example,news,,2025-01-02,by letter\n", report);
    CHECK(report->stopped_count == 1 && !gets_it(ctx, NULL));
    import(ctx,
           HEAD "a@x.example,news,,,\nb@x.example,news,,2025-01-02,\nc@x.example,stars,,2025-01-02,"
                "form\nnobody,news,,2025-01-02,form\nd@x.example,news,Y99,2025-01-02,form\n"
                "e@x.example,news events,,2025-01-02,form\n",
           report);
    CHECK(report->refused_count == 5 && report->added_count == 1 && report->problems[0].line == 2);
    CHECK(strstr(report->problems[0].reason, "on which day") != NULL);
    int file = file_of("email,topics\n");
    CHECK(newsletter_import(ctx, file, report) == ERR_INVALID && strstr(ctx->fault, "region"));
    close(file);
}

/* ---- what comes back ---- */

static enum status bounce(struct ctx *ctx, const char *token, const char *action,
                          const char *status)
{
    const struct mail_reported one = {ANA, action, status, ""};
    const struct mail_received mail = {
        .token = token, .is_report = true, .reported = &one, .reported_count = 1};
    return newsletter_receivers[0].take(ctx, &mail);
}

/* The token of reports about an issue that went to Ana. */
static const char *report_on(struct ctx *ctx, int64_t issue_id)
{
    const char *token;
    struct newsletter_reader reader;
    CHECK(newsletter_reader_find(ctx, ANA, &reader) == OK);
    CHECK(newsletter_try_report(ctx, issue_id, reader.id, &token) == OK);
    return token;
}

TEST(a_hard_bounce_stops_an_address_and_soft_ones_after_three_issues)
{
    help_demonstration(ctx, true);
    subscribe(ctx);
    for (int64_t issue = 1; issue <= 3; issue++) {
        CHECK(gets_it(ctx, NULL));
        const char *token = report_on(ctx, issue);
        CHECK(bounce(ctx, token, "failed", "5.2.2") == OK);
        CHECK(bounce(ctx, token, "failed", "5.2.2") == OK); /* the same issue counts once */
    }
    CHECK(!gets_it(ctx, NULL));
    subscribe(ctx);
    const char *token = report_on(ctx, 9);
    CHECK(bounce(ctx, token, "delivered", "2.0.0") == OK && gets_it(ctx, NULL));
    CHECK(bounce(ctx, token, "failed", "5.1.8") == OK && gets_it(ctx, NULL)); /* of our address */
    const char *forged = mem_format(ctx->mem, "%.32s%016d", token, 0);
    CHECK(bounce(ctx, forged, "failed", "5.1.1") == ERR_NOT_FOUND && gets_it(ctx, NULL));
    CHECK(bounce(ctx, token, "failed", "5.1.1") == OK && !gets_it(ctx, NULL));
}

/* An issue that went to all readers; its id. */
static int64_t sent_issue(struct ctx *ctx)
{
    const char *reference;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    const struct newsletter_block words = {.title = "", .text = "## News\n\nWords.", .href = ""};
    const struct newsletter_recorded recorded = {.head = {"News", "", {NULL, 0}, ""},
                                                 .blocks = &words,
                                                 .count = 1,
                                                 .writer = {7},
                                                 .second = {8},
                                                 .is_sent = true};
    CHECK(newsletter_record_issue(ctx, &recorded, &reference) == OK);
    CHECK(newsletter_issue_open(ctx, reference, issue) == OK);
    return issue->id;
}

TEST(an_issue_that_arrives_begins_the_count_of_soft_bounces_anew)
{
    int64_t issues[5];
    help_demonstration(ctx, true);
    subscribe(ctx);
    for (int i = 0; i < 5; i++)
        issues[i] = sent_issue(ctx);
    for (int i = 0; i < 5; i++) {
        if (i == 2) /* this one arrives */
            continue;
        CHECK(bounce(ctx, report_on(ctx, issues[i]), "failed", "5.2.2") == OK);
        CHECK(gets_it(ctx, NULL));
    }
    CHECK(bounce(ctx, report_on(ctx, issues[0]), "failed", "5.2.2") == OK); /* a late report */
    CHECK(gets_it(ctx, NULL));
    CHECK(bounce(ctx, report_on(ctx, sent_issue(ctx)), "failed", "5.2.2") == OK);
    CHECK(!gets_it(ctx, NULL));
}

/* A message of a mail server, as it comes in by `onward mail receive`. */
static enum status receive(struct ctx *ctx, const char *to, const char *type, const char *part,
                           const char *id)
{
    struct settings settings = *ctx->settings;
    const struct settings *before = ctx->settings;
    const char *bytes = mem_format(
        ctx->mem,
        "From: MAILER-DAEMON@isp.example\r\nTo: %s\r\nSubject: A report\r\n"
        "Content-Type: multipart/report; report-type=%s; boundary=r\r\n\r\n--r\r\n"
        "Content-Type: text/plain\r\n\r\nWords\r\n--r\r\nContent-Type: message/%s\r\n\r\n"
        "%s\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n"
        "Message-ID: <%s@pledges.example>\r\nSubject: News\r\n\r\nOurs\r\n--r--\r\n",
        to, type, type, part, id);
    const struct text_span span = {bytes, strlen(bytes)};
    const struct mail_envelope envelope = {to, ""};
    settings.mail_answers_to = "answers@pledges.example";
    ctx->settings = &settings;
    enum status status = mail_receive(ctx, mail_receivers, span, &envelope);
    ctx->settings = before;
    return status;
}

#define ABUSE "Feedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\n"
#define NOBODY                                                                                     \
    "Reporting-MTA: dns; isp.example\r\n\r\nFinal-Recipient: rfc822; " ANA                         \
    "\r\nAction: failed\r\nStatus: 5.1.1\r\n"

TEST(reports_of_mail_servers_and_complaints_come_in_as_they_are_written)
{
    help_demonstration(ctx, true);
    subscribe(ctx);
    const char *complaints = "answers+complaint-arf@pledges.example";
    CHECK(receive(ctx, complaints, "feedback-report", ABUSE, "not-ours") == ERR_NOT_FOUND);
    CHECK(gets_it(ctx, NULL));
    CHECK(receive(ctx, complaints, "feedback-report", ABUSE, report_on(ctx, 9)) == OK);
    CHECK(!gets_it(ctx, NULL));
    subscribe(ctx);
    const char *bounces =
        mem_format(ctx->mem, "answers+bounce-%s@pledges.example", report_on(ctx, 9));
    CHECK(receive(ctx, bounces, "delivery-status", NOBODY, "x") == OK && !gets_it(ctx, NULL));
}

/* ---- whatever breaks ---- */

TEST(a_failed_confirmation_or_leaving_leaves_nothing_half_done)
{
    const char *reference;
    struct proof_typed typed = {PROOF_OVER, ""};
    struct form_problems problems = {.count = 0};
    const struct newsletter_wish wanted = wish(other_codes, 1);
    help_demonstration(ctx, true);
    CHECK(newsletter_ask(ctx, &wanted, &problems, &reference) == OK);
    const struct proof_typing typing = {reference, help_newest_code(ctx), "caller"};
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK; nth++) {
        CHECK(nth < 60);
        store_fail_on_call(ctx->store, nth);
        status = proof_type(ctx, &newsletter_proof, &typing, &typed);
        store_fail_on_call(ctx->store, 0);
        CHECK(gets_it(ctx, NULL) == (status == OK));
        ctx->fault = NULL;
    }
    status = ERR_FAULT;
    for (int nth = 1; status != OK; nth++) {
        CHECK(nth < 60);
        store_fail_on_call(ctx->store, nth);
        status = newsletter_leave(ctx, typed.token);
        store_fail_on_call(ctx->store, 0);
        CHECK(gets_it(ctx, NULL) == (status != OK));
        ctx->fault = NULL;
    }
}
