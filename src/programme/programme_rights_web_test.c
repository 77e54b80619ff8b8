/* SPDX-License-Identifier: MIT */
/* programme_rights_web_test.c - pages: asking, proving, one's own data, desk, holds. */
#include "programme/rights/rights_web.h"

#include "platform/base/id.h"
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/privacy/privacy.h"
#include "programme/programme.h"
#include "programme/rights/rights.h"

#define ADA "ada@trust.example"

static struct web_client *browser(struct ctx *ctx, const char *email, const char *role)
{
    help_demonstration(ctx, true);
    struct person_id person = help_person(ctx, email, role);
    ctx->person = (struct person_id){0};
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person);
    return c;
}

/* Where the last answer was asked for. */
static const char *here(const struct web_client *c)
{
    return strchr(c->path, '/');
}

static const char *newest_link(struct ctx *ctx)
{
    struct mail_kept mail;
    CHECK(mail_find(ctx, help_newest_mail(ctx), &mail) == OK);
    for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
        if (part->kind == MAIL_PART_BUTTON)
            return strstr(part->href, "/privacy/");
    fail_msg("the newest mail has no link");
    return "";
}

/* ---- the notice ---- */

static enum status check_shown(struct ctx *ctx, void *arg, const struct privacy_holding *holding)
{
    const struct web_client *c = arg;
    if (!client_has(c, holding->name))
        return ctx_fail(ctx, ERR_FAULT, "the notice does not say \"%s\"", holding->name);
    return OK;
}

TEST(the_notice_tells_of_everything_that_is_kept_and_how_long)
{
    help_demonstration(ctx, false);
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/privacy");
    CHECK_CODE(c, 200);
    CHECK(privacy_each(ctx, check_shown, c) == OK);
    CHECK(client_has(c, "We keep a role for 6 years after it ended."));
    CHECK(client_has(c, "National lead") && client_has(c, "in their own area"));
    CHECK(client_has(c, "Information Commissioner"));
    CHECK(client_has(c, "A concern that somebody else raised about you is not in it"));
    CHECK(client_has(c, "We keep a safeguarding concern while it is open and for 25 years"));
    CHECK(!client_has(c, "[proposed]") && !client_has(c, "[unsure]"));
}

TEST(a_form_says_how_long_its_answers_are_kept)
{
    struct web_client *c = browser(ctx, ADA, "national");
    client_get(c, "/account/requests");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "We keep a request or complaint for 3 years after we closed it."));
}

TEST(the_cookie_of_the_page_is_the_one_that_is_really_set)
{
    help_demonstration(ctx, false);
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/privacy/ask");
    CHECK_CODE(c, 200);
    CHECK(c->cookie != NULL);
    const char *name = mem_text_part(ctx->mem, c->cookie, strcspn(c->cookie, "="));
    client_get(c, "/cookies");
    CHECK(client_has(c, mem_format(ctx->mem, ">%s<", name)));
    CHECK(client_has(c, "We use one, and only when it is needed"));
}

/* ---- asking without an account ---- */

static void ask_by_journey(struct web_client *c, const char *kind, const char *what)
{
    struct ctx *ctx = c->ctx;
    client_get(c, "/privacy/ask");
    client_post(c, "/privacy/ask", NULL);
    client_follow(c);
    client_follow(c);
    client_post(c, here(c), "kind", kind, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    client_post(c, here(c), "what", what, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "We keep a request or complaint for 3 years"));
    client_post(c, here(c), "name", "Ada", "email", ADA, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    client_post(c, here(c), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "RQ-"));
}

TEST(who_proves_the_address_sees_what_is_kept_and_no_get_does_it)
{
    help_demonstration(ctx, true);
    struct web_client *c = web_client(ctx, &programme_app);
    ask_by_journey(c, "see", "");
    const char *link = newest_link(ctx), *data = mem_format(ctx->mem, "%s/data", link);
    for (int i = 0; i < 2; i++) {
        client_get(c, link);
        CHECK_CODE(c, 200);
        CHECK(client_has(c, "Yes, I asked this"));
    }
    client_post(c, data, NULL);
    CHECK_CODE(c, 404);
    client_post(c, link, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "What we keep about you") && client_has(c, ADA));
    client_post(c, data, NULL);
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "Content-Type"), "application/zip");
    CHECK(memcmp(c->body, "PK", 2) == 0);
    client_get(c, "/privacy/request/aaaaaaaaaaaaaaaaaaaaaaaaaa");
    CHECK_CODE(c, 404);
}

TEST(a_complaint_needs_words)
{
    help_demonstration(ctx, true);
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/privacy/ask");
    client_post(c, "/privacy/ask", NULL);
    client_follow(c);
    client_follow(c);
    client_post(c, here(c), "kind", "complaint", NULL);
    client_follow(c);
    client_post(c, here(c), "what", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Tell us what you want us to do"));
}

/* ---- one's own data ---- */

TEST(a_person_sees_and_takes_their_own_data)
{
    struct access_person ada;
    struct web_client *c = browser(ctx, ADA, "national");
    CHECK(access_person_find(ctx, ADA, &ada) == OK);
    CHECK(audit_note(ctx, &(const struct audit_deed){.what = "access.granted",
                                                     .subject = ada.id,
                                                     .before = "Member",
                                                     .after = "Coordinator"}) == OK);
    client_get(c, "/account/data");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Your account") && client_has(c, ADA) && client_has(c, "Your roles"));
    CHECK(client_has(c, "Before: Member. After: Coordinator"));
    client_post(c, "/account/data/download", NULL);
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "Content-Type"), "application/zip");
    CHECK(strstr(client_header(c, "Content-Disposition"), "my-data-2026-03-09.zip") != NULL);
}

TEST(a_person_asks_for_erasure_and_reads_first_what_it_does)
{
    struct web_client *c = browser(ctx, ADA, "national");
    client_get(c, "/account/erase");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Your account: deleted."));
    CHECK(client_has(c, "That something happened, and when, stays."));
    client_post(c, "/account/erase", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Have my data deleted") && client_has(c, "9 April 2026"));
    client_post(c, "/account/requests", "kind", "correct", "what", "", NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/account/requests", "kind", "correct", "what", "My name is Ada", NULL);
    CHECK_CODE(c, 303);
}

/* ---- the desk ---- */

static const char *ask_as(struct ctx *ctx, const char *kind)
{
    const char *reference;
    const struct rights_ask ask = {kind, "", "", "", "Because"};
    ctx->person = help_person(ctx, "bo@trust.example", "editor");
    CHECK(rights_ask(ctx, &ask, &reference) == OK);
    ctx->person = (struct person_id){0};
    return reference;
}

TEST(the_desk_answers_by_mail_and_every_look_is_noted)
{
    struct web_client *c = browser(ctx, ADA, "national");
    const char *reference = ask_as(ctx, "erase");
    const char *page = mem_format(ctx->mem, "/desk/rights/%s", reference);
    struct access_person bo;
    struct audit_event *events;
    size_t count;
    client_get(c, "/desk/rights");
    CHECK(client_has(c, reference) && client_has(c, "9 April 2026"));
    client_get(c, page);
    CHECK(client_has(c, "What deleting would do") && client_has(c, "bo@trust.example"));
    CHECK(access_person_find(ctx, "bo@trust.example", &bo) == OK);
    CHECK(audit_about(ctx, bo.id, 1, &events, &count) == OK && count == 1);
    CHECK_TEXT(events[0].what, "rights.looked");
    const char *answer = mem_format(ctx->mem, "%s/answer", page);
    client_get(c, answer);
    client_post(c, answer, "outcome", "refused", "reason", "", "answer", "No.", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Choose why"));
    client_post(c, answer, "outcome", "done", "answer", "It is done.", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Done as asked") && client_has(c, "It is done."));
    CHECK(access_person_find(ctx, "bo@trust.example", &bo) == ERR_NOT_FOUND);
    client_post(c, answer, "outcome", "done", "answer", "Again.", NULL);
    CHECK_CODE(c, 409);
}

TEST(a_limit_that_was_agreed_is_ended_from_its_request)
{
    struct web_client *c = browser(ctx, ADA, "national");
    const char *page = mem_format(ctx->mem, "/desk/rights/%s", ask_as(ctx, "restrict"));
    const struct privacy_subject bo = {{0}, "bo@trust.example", "bo@trust.example"};
    bool is_restricted;
    client_get(c, page);
    CHECK(!client_has(c, "End this limit"));
    client_post(c, mem_format(ctx->mem, "%s/answer", page), "outcome", "done", "answer", "Yes.",
                NULL);
    client_follow(c);
    CHECK(client_has(c, "End this limit"));
    CHECK(privacy_is_restricted(ctx, &bo, &is_restricted) == OK && is_restricted);
    client_post(c, mem_format(ctx->mem, "%s/lift", page), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Has ended") && !client_has(c, "End this limit"));
    CHECK(privacy_is_restricted(ctx, &bo, &is_restricted) == OK && !is_restricted);
}

TEST(a_late_request_shows_as_late)
{
    struct web_client *c = browser(ctx, ADA, "national");
    const char *page = mem_format(ctx->mem, "/desk/rights/%s", ask_as(ctx, "correct"));
    ctx->now_secs += 32 * TIME_DAY_SECS;
    struct access_person ada;
    CHECK(access_person_find(ctx, ADA, &ada) == OK);
    client_sign_in(c, ada.id);
    client_get(c, page);
    CHECK(client_has(c, "This is late"));
}

TEST(a_complaint_without_word_shows_on_the_desk)
{
    struct web_client *c = browser(ctx, ADA, "national");
    const char *page = mem_format(ctx->mem, "/desk/rights/%s", ask_as(ctx, "complaint"));
    client_get(c, "/desk");
    CHECK(client_has(c, "Requests about personal data"));
    client_get(c, page);
    CHECK(client_has(c, "Acknowledge by") && !client_has(c, "This is late"));
    client_post(c, mem_format(ctx->mem, "%s/acknowledge", page), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(!client_has(c, "Acknowledge by"));
    client_post(c, mem_format(ctx->mem, "%s/extend", page), "answer", "Much to do", NULL);
    CHECK_CODE(c, 303);
    client_post(c, mem_format(ctx->mem, "%s/pause", page), NULL);
    client_follow(c);
    CHECK(client_has(c, "The clock has stood still since"));
}

/* The address of the first hold's release on this page. */
static const char *link_to_release(const struct web_client *c)
{
    const char *end = strstr(c->body, "/release\""), *at = end;
    if (end == NULL)
        fail_msg("no hold can be released on this page");
    while (at > c->body && *at != '"')
        at--;
    return mem_text_part(c->ctx->mem, at + 1, (size_t)(end - at - 1) + strlen("/release"));
}

TEST(records_show_the_rules_and_holds_are_placed_and_released)
{
    struct web_client *c = browser(ctx, ADA, "operator");
    directory_test_packs(ctx);
    client_get(c, "/desk/records");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "The rules were not applied yet") && client_has(c, "6 years"));
    CHECK(client_has(c, "No row was removed in the last 30 days. No legal hold stands."));
    client_get(c, "/desk/holds/place");
    client_post(c, "/desk/holds/place", "kind", "person", "name", "Bo", "reason", "Why", NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/desk/holds/place", "kind", "organisation", "name", "R0ZZ", "reason", "Why",
                NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "There is no organisation with this code"));
    client_post(c, "/desk/holds/place", "kind", "thing", "name", "PL-7K3M", "reason", "Why", NULL);
    CHECK_CODE(c, 422);
    const char *reference = id_reference_new(ctx->mem, "PL"),
               *small = text_fold(ctx->mem, reference);
    client_post(c, "/desk/holds/place", "kind", "thing", "name", small, "reason", "Why", NULL);
    client_follow(c);
    CHECK(client_has(c, reference));
    client_post(c, "/desk/holds/place", "kind", "organisation", "name", "r0a", "reason",
                "A claim at court", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "R0A") && client_has(c, "A claim at court"));
    const char *release = link_to_release(c);
    client_get(c, release);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "A claim at court"));
    client_post(c, release, "reason", "", NULL);
    CHECK_CODE(c, 422);
    client_post(c, release, "reason", "The court has decided", NULL);
    CHECK_CODE(c, 303);
    client_post(c, release, "reason", "Again", NULL);
    CHECK_CODE(c, 409);
    client_get(c, release);
    CHECK_CODE(c, 409);
    client_get(c, "/desk/holds?state=stands");
    CHECK(!client_has(c, "A claim at court"));
    client_get(c, "/desk/records/removed");
    CHECK_CODE(c, 200);
    client_get(c, "/desk/holds/none/release");
    CHECK_CODE(c, 404);
}
