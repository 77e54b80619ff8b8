/* SPDX-License-Identifier: MIT */
/* programme_party_test.c - a pledge in other hands, through the pages of the whole program. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory_test_help.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

#define NEW "nia@trust.example"

static const char places[] = "code,name,kind,town,postcode,opened_on,closed_on,board\n"
                             "ZA1,Alder Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,2026-03-31,QWO\n"
                             "ZA2,Birch Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,2026-03-31,QWO\n"
                             "ZB1,Elm Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,,QWO\n"
                             "ZB2,Fir Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,,QWO\n";

static const char *publish(struct ctx *ctx, const char *code)
{
    const char *reference = pledge_test_send(ctx, code);
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    ctx->now_secs++;
    return reference;
}

static struct pledge look(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    ctx->fault = NULL;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    return pledge;
}

static struct web_client *browser(struct ctx *ctx, const char *email, const char *role,
                                  const char *area)
{
    struct access_person person;
    const struct access_new wanted = {.email = email, .role = role, .area = area};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person.id);
    client_token(c);
    return c;
}

static struct web_client *desk(struct ctx *ctx)
{
    help_demonstration(ctx, true);
    return browser(ctx, "desk@programme.example", "national", NULL);
}

static const char *in(struct ctx *ctx, const char *format, const char *reference)
{
    const char *at = strstr(format, "%s");
    return at == NULL
               ? format
               : mem_format(ctx->mem, "%.*s%s%s", (int)(at - format), format, reference, at + 2);
}

/* ---- handing over ---- */

TEST(an_account_leads_to_handing_over_and_the_public_page_says_since_when)
{
    const char *reference = publish(ctx, "R0A");
    struct web_client *c = browser(ctx, "ada@trust.example", "member", "R0A");
    const char *page = in(ctx, "/pledges/%s/hand-over", reference);
    client_get(c, "/account");
    CHECK(client_has(c, page));
    client_get(c, page);
    CHECK(client_has(c, "Who signs for the pledge") && client_has(c, "Bo Branch"));
    CHECK(client_count(c, "Hand over to another person") == 1);
    const char *form = mem_format(ctx->mem, "%s/leader", page);
    client_get(c, form);
    CHECK(client_has(c, "Who signs for the employer from now on?"));
    client_post(c, form, "name", "Nia New", "title", "", "email", "bo@union.example", "reason",
                "Ada has retired", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Nia New") && client_has(c, "Enter the job title"));
    client_post(c, form, "name", "Nia New", "title", "Chief", "email", "bo@union.example", "reason",
                "Ada has retired", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "two people must sign") && client_has(c, "Ada has retired"));
    client_post(c, form, "name", "Nia New", "title", "Chief", "email", NEW, "reason",
                "Ada has retired", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Nia New, Chief") && client_has(c, "No answer yet"));

    struct web_client *nia = client_other(c);
    const char *link = in(ctx, "/pledges/take-over/%s", pledge_test_token(ctx, NEW));
    client_get(nia, link);
    CHECK(client_has(nia, "Ada has retired") && client_has(nia, "Yes, I sign from now on"));
    CHECK(look(ctx, reference).event_count == 5); /* a look changes nothing */
    client_post(nia, link, NULL);
    CHECK_CODE(nia, 303);
    client_follow(nia);
    CHECK(client_has(nia, "You sign for the employer from now on"));
    client_token(nia);
    client_post(nia, link, NULL);
    CHECK_CODE(nia, 303);
    client_get(nia, in(ctx, "/pledges/%s", reference));
    CHECK(client_has(nia, "Another person signs for the employer since 9 March 2026"));
    CHECK(!client_has(nia, "Nia"));
    client_get(c, page); /* Ada has nothing to hand over any more */
    CHECK_CODE(c, 404);
}

TEST(who_is_asked_can_say_no_and_an_old_link_says_so)
{
    const char *reference = publish(ctx, "R0A");
    struct web_client *c = browser(ctx, "lena@trust.example", "lead", "R0A");
    const char *form = in(ctx, "/pledges/%s/hand-over/leader", reference);
    client_post(c, form, "name", "Nia New", "title", "Chief", "email", NEW, "reason", "A change",
                NULL);
    CHECK_CODE(c, 303);
    client_get(c, in(ctx, "/pledges/%s/hand-over/cosigner", reference));
    CHECK_CODE(c, 404);
    const char *link = in(ctx, "/pledges/take-over/%s", pledge_test_token(ctx, NEW));
    struct web_client *nia = client_other(c);
    client_get(nia, link);
    client_post(nia, mem_format(ctx->mem, "%s/refuse", link), NULL);
    CHECK_CODE(nia, 200);
    CHECK(client_has(nia, "You have said no"));
    client_token(nia);
    client_post(nia, link, NULL);
    CHECK_CODE(nia, 409);
    client_get(nia, link);
    CHECK_CODE(nia, 409);
    client_get(nia, "/pledges/take-over/madeup");
    CHECK_CODE(nia, 404);
    CHECK(look(ctx, reference).event_count == 5);
}

TEST(the_desk_hands_over_the_staff_side)
{
    const char *reference = publish(ctx, "R0A");
    struct web_client *c = desk(ctx);
    client_get(c, in(ctx, "/desk/pledges/%s", reference));
    CHECK(client_has(c, "Who signs today") && client_has(c, "/hand-over/cosigner"));
    const char *form = in(ctx, "/desk/pledges/%s/hand-over/cosigner", reference);
    client_get(c, form);
    CHECK_CODE(c, 200);
    client_post(c, form, "name", "Cleo Marsh", "title", "Chair", "email", "cleo@union.example",
                "reason", "A new secretary", NULL);
    CHECK_CODE(c, 303);
    CHECK(pledge_take_over(ctx, pledge_test_token(ctx, "cleo@union.example")) == OK);
    client_get(c, in(ctx, "/pledges/%s", reference));
    CHECK(client_has(c, "Another person signs for the staff side since"));
    client_get(c, in(ctx, "/desk/pledges/%s/hand-over/nobody", reference));
    CHECK_CODE(c, 404);
}

TEST(nothing_is_handed_over_while_a_pledge_waits_for_signatures)
{
    const char *reference = pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, "lena@trust.example", "lead", "R0A");
    client_get(c, in(ctx, "/pledges/%s/hand-over", reference));
    CHECK(client_has(c, "Nobody can take over now"));
    const char *form = in(ctx, "/pledges/%s/hand-over/leader", reference);
    client_get(c, form);
    CHECK_CODE(c, 409);
    client_token(c);
    client_post(c, form, "name", "Nia", "title", "Chief", "email", NEW, "reason", "x", NULL);
    CHECK_CODE(c, 409);
}

/* ---- successions ---- */

static struct directory_import_id come_april(struct ctx *ctx, const char *rows)
{
    int64_t moved;
    const char *text = mem_format(ctx->mem, "predecessor,successor,on,kind\n%s", rows);
    struct directory_import_id id =
        import_test_text(ctx, DIRECTORY_IMPORT_SUCCESSIONS, text, NULL)->id;
    ctx->now_secs += 30 * TIME_DAY_SECS;
    CHECK(pledge_succeed_all(ctx, &moved) == OK);
    return id;
}

static void begin(struct ctx *ctx)
{
    directory_test_packs(ctx);
    import_test_text(ctx, DIRECTORY_IMPORT_ORGANISATIONS, places, NULL);
}

TEST(pages_of_both_organisations_say_where_a_pledge_went)
{
    begin(ctx);
    const char *reference = publish(ctx, "ZA1");
    come_april(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/organisations/ZA1");
    CHECK(client_has(c, "went over to") && client_has(c, reference));
    CHECK(!client_has(c, "has not signed the pledge yet"));
    client_get(c, "/organisations/ZB1");
    CHECK(client_has(c, "came from") && client_has(c, "Alder Trust"));
    client_get(c, in(ctx, "/pledges/%s", reference));
    CHECK(client_has(c, "Elm Trust") && client_has(c, "Went over from ZA1 to ZB1"));
    client_get(c, "/pledges?q=elm");
    CHECK(client_has(c, "1 pledge<"));
}

TEST(both_pages_show_both_histories_and_a_check_says_it_is_a_part)
{
    begin(ctx);
    const char *old = publish(ctx, "ZA1"), *whole = publish(ctx, "ZB1");
    come_april(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, in(ctx, "/pledges/%s", old));
    CHECK(client_has(c, "goes on as a part of") && client_has(c, in(ctx, "/pledges/%s\"", whole)));
    CHECK(client_has(c, "Where it goes on") && client_count(c, "Sent for signing") == 2);
    client_get(c, in(ctx, "/pledges/%s", whole));
    CHECK(client_has(c, "What became a part of it") &&
          client_has(c, in(ctx, "/pledges/%s\"", old)));
    CHECK(client_count(c, "Sent for signing") == 2);
    client_get(c, in(ctx, "/verify/%s", look(ctx, old).code));
    CHECK(client_has(c, "This pledge stands as a part of another one"));
    CHECK(client_has(c, "which is in force"));
    client_get(c, "/pledges?state=published");
    CHECK(client_has(c, "1 pledge<"));
    client_get(c, "/organisations/ZB1");
    CHECK(client_has(c, "became a part of this one"));
    client_get(c, "/organisations/ZA1");
    CHECK(client_has(c, "became a part of the pledge of"));
    struct web_client *staff = desk(ctx);
    client_get(staff, in(ctx, "/desk/pledges/%s", old));
    CHECK(client_has(staff, "Where it goes on"));
    CHECK(client_has(staff, in(ctx, "/desk/pledges/%s\"", whole)));
}

TEST(the_desk_chooses_for_a_pledge_whose_organisation_has_split)
{
    begin(ctx);
    const char *reference = publish(ctx, "ZA1");
    come_april(ctx, "ZA1,ZB1,2026-04-01,split\nZA1,ZB2,2026-04-01,split\n");
    struct web_client *c = desk(ctx);
    client_get(c, "/desk");
    CHECK(client_has(c, "Pledges whose organisation has split"));
    client_get(c, "/desk/split-pledges");
    CHECK(client_has(c, "Alder Trust") && client_has(c, "1 pledge<"));
    client_get(c, "/desk/split-pledges.json");
    CHECK(client_has(c, "\"heirs\":2"));
    client_get(c, in(ctx, "/desk/pledges/%s", reference));
    CHECK(client_has(c, "The organisation has split"));
    const char *form = in(ctx, "/desk/pledges/%s/heir", reference);
    client_get(c, form);
    CHECK(client_has(c, "Elm Trust") && client_has(c, "Fir Trust"));
    client_post(c, form, "heir", "ZA2", "reason", "A guess", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "A guess"));
    client_post(c, form, "heir", "ZB2", "reason", "Most wards went there", NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(look(ctx, reference).organisation_code, "ZB2");
    client_get(c, form);
    CHECK_CODE(c, 409);
    client_get(c, "/desk/split-pledges.json");
    CHECK(!client_has(c, reference));
}

TEST(the_desk_is_told_of_a_succession_that_was_taken_back)
{
    begin(ctx);
    const char *reference = publish(ctx, "ZA1");
    struct directory_import_id id = come_april(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    struct web_client *c = desk(ctx);
    const char *form = in(ctx, "/desk/pledges/%s/settle", reference);
    client_get(c, form);
    CHECK_CODE(c, 409);
    CHECK(directory_import_undo(ctx, id) == OK);
    client_get(c, "/desk/undone-pledges");
    CHECK(client_has(c, "1 pledge<") && client_has(c, "Went over"));
    client_get(c, in(ctx, "/desk/pledges/%s", reference));
    CHECK(client_has(c, "A succession was taken back"));
    client_get(c, form);
    CHECK(client_has(c, "It goes back to Alder Trust"));
    client_post(c, form, "where", "", "reason", "The file was wrong", NULL);
    CHECK_CODE(c, 422);
    client_post(c, form, "where", "back", "reason", "The file was wrong", NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(look(ctx, reference).organisation_code, "ZA1");
    client_get(c, "/desk/undone-pledges.json");
    CHECK(!client_has(c, reference));
    client_get(c, in(ctx, "/pledges/%s", reference));
    CHECK(client_has(c, "Went back from ZB1 to ZA1"));
}

/* ---- duplicates ---- */

TEST(the_desk_sees_what_a_merge_does_before_it_is_done)
{
    begin(ctx);
    const char *goes = publish(ctx, "ZB1"), *stays = publish(ctx, "ZB2");
    struct web_client *c = desk(ctx);
    const char *form = in(ctx, "/desk/pledges/%s/merge", goes);
    client_get(c, form);
    CHECK(client_has(c, "First you see what will happen"));
    client_post(c, form, "into", goes, "reason", "One twice", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "this is the one that goes") && client_has(c, "One twice"));
    client_post(c, form, "into", stays, "reason", "", NULL);
    CHECK_CODE(c, 422);
    client_post(c, form, "into", "what?", "reason", "One twice", NULL);
    CHECK_CODE(c, 422);
    client_post(c, form, "into", stays, "reason", "One twice", NULL);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "What will happen") && client_has(c, "This cannot be undone"));
    CHECK(look(ctx, goes).state == PLEDGE_PUBLISHED);
    client_post(c, form, "into", stays, "reason", "One twice", "confirmed", "yes", NULL);
    CHECK_CODE(c, 303);
    CHECK(look(ctx, goes).state == PLEDGE_MERGED);
    client_post(c, form, "into", stays, "reason", "One twice", "confirmed", "yes", NULL);
    CHECK_CODE(c, 409);
    client_get(c, form);
    CHECK_CODE(c, 409);
    client_get(c, in(ctx, "/pledges/%s", goes));
    CHECK(client_has(c, "it was there twice") && !client_has(c, "One twice"));
}

/* ---- "this was not us" ---- */

static const char *dispute(struct ctx *ctx, struct web_client *c, const char *code)
{
    client_get(c, in(ctx, "/verify/%s/not-us", code));
    CHECK(client_has(c, "This was not us") && client_has(c, "Manchester University"));
    client_post(c, in(ctx, "/verify/%s/not-us", code), NULL);
    CHECK_CODE(c, 303);
    while (c->code == 303)
        client_follow(c);
    CHECK(client_has(c, "What happened?") && client_has(c, "You tell us about the pledge"));
    client_post(c, strchr(c->path, '/'), "why", "not-authorised", "words", "Nobody asked for it",
                NULL);
    client_follow(c);
    client_post(c, strchr(c->path, '/'), "name", "Dara Doe", "job_title", "Secretary", "email",
                "dara", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Dara Doe"));
    client_post(c, strchr(c->path, '/'), "name", "Dara Doe", "job_title", "Secretary", "email",
                "dara@trust.example", NULL);
    client_follow(c);
    CHECK(client_has(c, "Check your answers"));
    client_post(c, strchr(c->path, '/'), NULL);
    client_follow(c);
    CHECK(client_has(c, "What happens next"));
    return client_between(c, "<strong>DP-", "</strong>");
}

TEST(an_organisation_says_this_was_not_us_and_the_desk_withdraws_the_pledge)
{
    const char *reference = publish(ctx, "R0A");
    const char *code = look(ctx, reference).code;
    struct web_client *c = desk(ctx), *visitor = client_other(c);
    client_get(visitor, in(ctx, "/pledges/%s", reference));
    CHECK(client_has(visitor, in(ctx, "/verify/%s/not-us", code)));
    const char *number = dispute(ctx, visitor, code);
    const char *one = mem_format(ctx->mem, "/desk/disputes/DP-%s", number);
    client_get(visitor, in(ctx, "/pledges/%s", reference)); /* nothing of it is public */
    CHECK(!client_has(visitor, number) && !client_has(visitor, "Dara"));
    client_get(c, "/desk");
    CHECK(client_has(c, "“This was not us”"));
    client_get(c, "/desk/disputes?state=open");
    CHECK(client_has(c, number) && !client_has(c, "Dara"));
    client_get(c, in(ctx, "/desk/pledges/%s", reference));
    CHECK(client_has(c, "Somebody says: this was not us") && client_has(c, number));
    client_get(c, one);
    CHECK(client_has(c, "Dara Doe") && client_has(c, "Nobody asked for it"));
    const char *form = mem_format(ctx->mem, "%s/decide", one);
    client_get(c, form);
    client_post(c, form, "outcome", "not-made", "answer", "", NULL);
    CHECK_CODE(c, 422);
    client_post(c, form, "outcome", "not-made", "answer", "You are right.", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "You are right."));
    client_get(c, form);
    CHECK_CODE(c, 409);
    client_get(visitor, in(ctx, "/pledges/%s", reference));
    CHECK(client_has(visitor, "not made by the organisation"));
    CHECK(!client_has(visitor, "/not-us") && !client_has(visitor, "You are right"));
    client_get(visitor, in(ctx, "/verify/%s", code));
    CHECK(client_has(visitor, "It was not made by the organisation"));
    client_get(visitor, in(ctx, "/verify/%s/not-us", code));
    CHECK(client_has(visitor, "This pledge is over already"));
    client_get(visitor, "/organisations/R0A");
    CHECK_CODE(visitor, 200);
}

TEST(a_dispute_that_is_late_says_so_and_one_without_ground_changes_nothing)
{
    const char *reference = publish(ctx, "R0A");
    struct web_client *c = desk(ctx);
    const char *number = dispute(ctx, client_other(c), look(ctx, reference).code);
    const char *one = mem_format(ctx->mem, "/desk/disputes/DP-%s", number);
    ctx->now_secs += (PLEDGE_DISPUTE_DAYS + 1) * TIME_DAY_SECS;
    c = desk(ctx);
    client_get(c, one);
    CHECK(client_has(c, "This is late"));
    client_post(c, mem_format(ctx->mem, "%s/decide", one), "outcome", "no-ground", "answer",
                "The board agreed in public.", NULL);
    CHECK_CODE(c, 303);
    CHECK(look(ctx, reference).state == PLEDGE_PUBLISHED);
    client_get(c, "/desk/disputes/DP-NONE");
    CHECK_CODE(c, 404);
}

TEST(a_whole_dispute_comes_in_one_call_and_its_mistakes_are_told)
{
    const char *reference = publish(ctx, "R0A");
    struct web_client *c = web_client(ctx, &programme_app);
    client_set_header(c, "Idempotency-Key", "0123456789abcdef0123");
    client_token(c);
    client_post_json(c, "/pledges/dispute",
                     "{\"pledge\":\"nonsense\",\"why\":\"other\",\"words\":\"x\",\"name\":\"Y\","
                     "\"job_title\":\"Z\",\"email\":\"y@z.example\"}");
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "\"pledge\"") && client_has(c, "code or the reference"));
    client_set_header(c, "Idempotency-Key", "0123456789abcdef0124");
    client_post_json(c, "/pledges/dispute",
                     mem_format(ctx->mem,
                                "{\"pledge\":\"%s\",\"why\":\"other\",\"words\":\"x\","
                                "\"name\":\"Y\",\"job_title\":\"Z\",\"email\":\"y@z.example\"}",
                                reference));
    CHECK_CODE(c, 201);
    CHECK(client_has(c, "DP-"));
}
