/* SPDX-License-Identifier: MIT */
/* programme_paper_test.c - the pages of papers, through the whole program. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/oversight/oversight_test.sql.h"
#include "programme/paper/paper_test_help.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

static int64_t deeds(struct ctx *ctx, const char *what)
{
    struct oversight_test_count_row row;
    CHECK(oversight_test_count(ctx, what, &row) == OK);
    return row.events;
}

static struct web_client *browser(struct ctx *ctx, struct web_client *of, struct person_id person)
{
    struct web_client *c = of != NULL ? client_other(of) : web_client(ctx, &programme_app);
    if (person.n != 0)
        client_sign_in(c, person);
    return c;
}

static struct client_file pdf(struct ctx *ctx, int pages, int number)
{
    const char *bytes = paper_test_pdf(ctx, pages, number);
    return (struct client_file){"scan", "scan.pdf", "application/pdf", bytes, strlen(bytes)};
}

static const char *link_of(struct ctx *ctx, const char *address)
{
    return mem_format(ctx->mem, "/pledges/confirm/%s", pledge_test_token(ctx, address));
}

/* Sends a scan by the link of the leader and gives the reference of the paper. */
static const char *send_scan(struct ctx *ctx, struct web_client *c, const char *link)
{
    const char *path = mem_format(ctx->mem, "%s/paper", link);
    struct client_file file = pdf(ctx, 1, 1);
    client_get(c, path);
    CHECK_CODE(c, 200);
    client_upload(c, path, &file, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "We have your scan"));
    return client_between(c, "reference <strong>", "</strong>");
}

/* Every box of the page of a paper is ticked and the form sent. */
static void tick_all(struct ctx *ctx, struct web_client *c, const char *paper)
{
    const char *path = mem_format(ctx->mem, "/desk/paper/%s", paper);
    client_get(c, path);
    CHECK_CODE(c, 200);
    const char *action = client_between(c, "action=\"/desk/paper/", "\"");
    const char *at = c->body, *body = mem_format(ctx->mem, "form_token=%s", c->token);
    static const char mark[] = "name=\"compared\" type=\"checkbox\" value=\"";
    while ((at = strstr(at, mark)) != NULL) {
        at += sizeof mark - 1;
        body = mem_format(ctx->mem, "%s&compared=%s", body,
                          mem_text_part(ctx->mem, at, strcspn(at, "\"")));
    }
    CHECK(strstr(body, "compared") != NULL);
    client_send(
        c, "POST", mem_format(ctx->mem, "/desk/paper/%s", action),
        &(const struct client_body){"application/x-www-form-urlencoded", body, strlen(body)});
}

TEST(who_has_a_link_prints_signs_by_hand_and_sends_a_scan)
{
    struct web_client *c = browser(ctx, NULL, (struct person_id){0});
    pledge_test_send(ctx, "R0A");
    const char *link = link_of(ctx, "ada@trust.example");
    client_get(c, link);
    CHECK(client_has(c, "print and sign on paper"));
    client_get(c, mem_format(ctx->mem, "%s/paper.pdf", link));
    CHECK_CODE(c, 200);
    CHECK(text_begins(c->body, "%PDF-") && c->body_bytes > 5000);
    CHECK_TEXT(client_header(c, "Content-Type"), "application/pdf");
    const char *paper = send_scan(ctx, c, link);
    CHECK(text_begins(paper, "PA-"));
    CHECK_TEXT(send_scan(ctx, c, link), paper); /* sent twice, there once */
}

TEST(a_bad_scan_has_a_message_beside_the_field)
{
    static const char script[] = "%PDF-1.4\n<< /S /JavaScript >>\n3 0 obj << /Type /Page >> %%EOF";
    struct web_client *c = browser(ctx, NULL, (struct person_id){0});
    pledge_test_send(ctx, "R0A");
    const char *path = mem_format(ctx->mem, "%s/paper", link_of(ctx, "ada@trust.example"));
    const struct {
        struct client_file file;
        const char *wanted;
    } bad[] = {
        {{"scan", "scan.pdf", "application/pdf", script, sizeof script - 1}, "can run something"},
        {pdf(ctx, 50, 1), "The scan has 50 pages"},
        {{"scan", "note.txt", "text/plain", "Hello\n", 6}, "must be a PDF, PNG or JPG"},
        {{"scan", "scan.pdf", "application/pdf", "MZ\x90\0\1", 5}, "is a program"},
        {{"scan", "scan.png", "image/png", "GIF89a....", 10}, "must be a PDF, PNG or JPG"},
        {{"scan", "", "application/octet-stream", "", 0}, "Choose the scan"},
    };
    client_get(c, path);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        client_upload(c, path, &bad[i].file, NULL);
        CHECK_CODE(c, 422);
        if (!client_has(c, bad[i].wanted))
            fail_msg("nobody says \"%s\": %s", bad[i].wanted,
                     client_between(c, "<main", "</main>"));
        CHECK(!client_has(c, "We have your scan"));
    }
}

TEST(a_link_that_is_over_or_used_takes_no_scan)
{
    struct web_client *c = browser(ctx, NULL, (struct person_id){0});
    const char *pledge = pledge_test_send(ctx, "R0A");
    const char *link = link_of(ctx, "ada@trust.example");
    struct client_file file = pdf(ctx, 1, 1);
    const char *path = mem_format(ctx->mem, "%s/paper", link);
    client_get(c, path);
    CHECK(pledge_link_sign(ctx, strrchr(link, '/') + 1) == OK);
    client_upload(c, path, &file, NULL);
    CHECK_CODE(c, 409);
    CHECK(client_has(c, "has signed already"));
    CHECK(pledge_withdraw(ctx, pledge, "Over") == OK);
    const char *other = link_of(ctx, "bo@union.example");
    client_get(c, mem_format(ctx->mem, "%s/paper.pdf", other));
    CHECK_CODE(c, 409);
    client_get(c, "/pledges/confirm/none/paper");
    CHECK_CODE(c, 404);
}

TEST(everybody_can_read_how_and_print_the_form)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    pledge_test_send(ctx, "R0A"); /* takes the packs */
    *settings = settings_built_in(ctx->mem);
    settings->contact_email = "help@example.org";
    settings->postal_address = "Talent for Care, 1 Street, Leeds";
    ctx->settings = settings;
    struct web_client *c = browser(ctx, NULL, (struct person_id){0});
    client_get(c, "/pledges/paper");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "mailto:help@example.org") && client_has(c, "<li>1 Street</li>"));
    client_get(c, "/pledges/paper/blank.pdf");
    CHECK_CODE(c, 200);
    CHECK(text_begins(c->body, "%PDF-"));
    CHECK(memmem(c->body, c->body_bytes, "/StructTreeRoot", 15) != NULL);
}

TEST(a_signature_goes_over_the_desk_by_two_people_and_each_look_is_noted)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge = pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, NULL, (struct person_id){0});
    const char *paper = send_scan(ctx, c, link_of(ctx, "ada@trust.example"));
    struct web_client *one = browser(ctx, c, people.first);
    struct web_client *two = browser(ctx, c, people.second);
    const char *path = mem_format(ctx->mem, "/desk/paper/%s", paper);
    const char *form = mem_format(ctx->mem, "%s/signature", path);
    client_get(one, "/desk");
    CHECK(client_has(one, "Papers to record") && client_has(one, "Papers to check"));
    client_get(one, "/desk/paper?state=waiting");
    CHECK(client_has(one, paper) && client_has(one, "Manchester University"));
    client_get(one, path);
    CHECK(client_has(one, "Record what is on it") && deeds(ctx, "paper.seen") == 1);
    client_get(one, mem_format(ctx->mem, "%s/scan", path));
    CHECK_CODE(one, 200);
    CHECK(text_begins(client_header(one, "Content-Disposition"), "attachment"));
    CHECK(deeds(ctx, "paper.scan_seen") == 1);
    client_get(one, form);
    client_post(one, form, "signer", "", "signed_on-day", "40", "signed_on-month", "3",
                "signed_on-year", "2026", NULL);
    CHECK_CODE(one, 422);
    CHECK(client_has(one, "Enter the name") && client_has(one, "value=\"40\""));
    client_post(one, form, "signer", "Ada Leader", "signed_on-day", "7", "signed_on-month", "3",
                "signed_on-year", "2026", NULL);
    CHECK_CODE(one, 303);
    client_follow(one);
    CHECK(client_has(one, "somebody else must check it") && !client_has(one, "Confirm"));
    client_get(two, path);
    CHECK(client_has(two, "7 March 2026") && client_has(two, "Ada Leader, Chief executive"));
    client_post(two, mem_format(ctx->mem, "%s/check?version=1", path), "compared", "signer", NULL);
    CHECK_CODE(two, 422);
    CHECK(client_has(two, "You have ticked 1 of 5 lines"));
    tick_all(ctx, two, paper);
    CHECK_CODE(two, 303);
    client_follow(two);
    CHECK(client_has(two, "Counts") && client_has(two, "Looked over by"));
    client_get(two, mem_format(ctx->mem, "/desk/pledges/%s", pledge));
    CHECK_CODE(two, 200);
    CHECK(client_has(two, "signed on paper on 7 March 2026, checked by the programme on 9 March "
                          "2026"));
    CHECK(client_has(two, path) && client_has(two, "counts"));
}

TEST(no_route_lets_one_person_do_both)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct access_person person;
    pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, NULL, (struct person_id){0});
    const char *paper = send_scan(ctx, c, link_of(ctx, "ada@trust.example"));
    const char *path = mem_format(ctx->mem, "/desk/paper/%s", paper);
    struct web_client *one = browser(ctx, c, people.first);
    client_get(one, mem_format(ctx->mem, "%s/signature", path));
    client_post(one, mem_format(ctx->mem, "%s/signature", path), "signer", "Ada Leader",
                "signed_on", "2026-03-07", NULL);
    CHECK_CODE(one, 303);
    CHECK(access_person_add(
              ctx, &(const struct access_new){.email = "first@region.example", .role = "national"},
              &person, NULL) == OK);
    for (int role = 0; role < 2; role++) {
        ctx->person = people.first;
        CHECK(access_work_as(ctx, person.grants[role].id) == OK);
        client_post(one, mem_format(ctx->mem, "%s/check?version=1", path), "compared", "pledge",
                    "compared", "named", "compared", "signer", "compared", "signed_on", "compared",
                    "words", NULL);
        CHECK_CODE(one, 403);
        CHECK(client_has(one, "Another person must do this"));
        client_post(one, mem_format(ctx->mem, "%s/back?version=1", path), "reason", "It differs",
                    NULL);
        CHECK_CODE(one, 403);
        client_get(one, path);
        CHECK(client_has(one, "To be checked") && !client_has(one, "Confirm: it counts"));
    }
    struct web_client *two = browser(ctx, c, people.second);
    client_get(two, path);
    client_post(two, mem_format(ctx->mem, "%s/signature", path), "signer", "Bo", "signed_on",
                "2026-03-07", NULL);
    CHECK_CODE(two, 403);
    client_post(two, mem_format(ctx->mem, "%s/check?version=0", path), "compared", "pledge",
                "compared", "named", "compared", "signer", "compared", "signed_on", "compared",
                "words", NULL);
    CHECK_CODE(two, 409);
    tick_all(ctx, two, paper);
    CHECK_CODE(two, 303);
}

TEST(what_differs_goes_back_with_words_and_a_paper_that_cannot_count_is_refused)
{
    struct paper_test_people people = paper_test_people(ctx);
    pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, NULL, (struct person_id){0});
    const char *paper = send_scan(ctx, c, link_of(ctx, "ada@trust.example"));
    const char *path = mem_format(ctx->mem, "/desk/paper/%s", paper);
    struct web_client *one = browser(ctx, c, people.first);
    struct web_client *two = browser(ctx, c, people.second);
    client_get(one, mem_format(ctx->mem, "%s/signature", path));
    client_post(one, mem_format(ctx->mem, "%s/signature", path), "signer", "Ada Leader",
                "signed_on", "2026-03-07", NULL);
    client_get(two, mem_format(ctx->mem, "%s/back?version=1", path));
    CHECK_CODE(two, 200);
    client_post(two, mem_format(ctx->mem, "%s/back?version=1", path), "reason", "", NULL);
    CHECK_CODE(two, 422);
    client_post(two, mem_format(ctx->mem, "%s/back?version=1", path), "reason", "It says 6 March",
                NULL);
    CHECK_CODE(two, 303);
    client_get(one, path);
    CHECK(client_has(one, "It says 6 March") && client_has(one, "To be recorded"));
    client_get(one, mem_format(ctx->mem, "%s/signature", path));
    CHECK(client_has(one, "value=\"Ada Leader\""));
    client_get(one, mem_format(ctx->mem, "%s/refuse?version=1", path));
    CHECK_CODE(one, 200);
    client_post(one, mem_format(ctx->mem, "%s/refuse?version=0", path), "reason", "Old", NULL);
    CHECK_CODE(one, 409);
    client_post(one, mem_format(ctx->mem, "%s/refuse?version=1", path), "reason", "No signature",
                NULL);
    CHECK_CODE(one, 303);
    client_follow(one);
    CHECK(client_has(one, "Refused") && client_has(one, "No signature"));
}

TEST(papers_of_elsewhere_look_as_if_they_were_not_there)
{
    struct paper_test_people people = paper_test_people(ctx);
    pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, NULL, (struct person_id){0});
    const char *paper = send_scan(ctx, c, link_of(ctx, "ada@trust.example"));
    struct web_client *there = browser(ctx, c, people.elsewhere);
    static const char *const tails[] = {"", "/scan", "/signature", "/back", "/refuse"};
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        client_get(there, mem_format(ctx->mem, "/desk/paper/%s%s", paper, tails[i]));
        CHECK_CODE(there, 404);
    }
    client_get(there, "/desk/paper.json");
    CHECK(!client_has(there, paper));
}

/* ---- a whole pledge ---- */

static const char *put_in(struct ctx *ctx, struct web_client *c)
{
    struct client_file file = pdf(ctx, 2, 5);
    client_get(c, "/desk/paper/add");
    CHECK_CODE(c, 200);
    client_upload(c, "/desk/paper/add", &file, "about", "pledge", "organisation", "R0A", "came_by",
                  "post", "received_on", "2026-03-06", NULL);
    CHECK_CODE(c, 303);
    return mem_text(ctx->mem, strrchr(c->location, '/') + 1);
}

static const char *whole(struct ctx *ctx, const char *paper)
{
    return mem_format(
        ctx->mem,
        "{\"paper\":\"%s\",\"wording\":\"2026\",\"organisation\":\"R0A\",\"leader_name\":\"Ada "
        "Leader\",\"leader_title\":\"Chief executive\",\"leader_signed_on\":\"2026-03-02\","
        "\"has_union\":\"yes\",\"union_code\":\"unison\",\"cosigner_name\":\"Bo Branch\","
        "\"cosigner_title\":\"Secretary\",\"cosigner_signed_on\":\"2026-03-03\","
        "\"intentions\":[\"tfc-1\"],\"actions\":[{\"intention\":\"tfc-1\",\"action\":\"Open two "
        "new "
        "ways in\",\"baseline\":\"None\",\"measure\":\"Ways in\",\"target\":\"2\",\"lead\":\"Head "
        "of learning\",\"start_on\":\"2026-04-01\",\"due_on\":\"2027-03-31\"}],"
        "\"statement\":\"We mean it\"}",
        paper);
}

TEST(a_whole_pledge_is_put_in_written_down_and_checked_line_by_line)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct web_client *one = browser(ctx, NULL, people.first);
    struct web_client *two = browser(ctx, one, people.second);
    const char *paper = put_in(ctx, one);
    const char *path = mem_format(ctx->mem, "/desk/paper/%s", paper);
    client_set_header(one, "Idempotency-Key", "paper-test-key-0001");
    client_post_json(one, "/desk/paper/record", whole(ctx, paper));
    CHECK_CODE(one, 201);
    client_post_json(one, "/desk/paper/record", whole(ctx, paper)); /* the same once more */
    CHECK(one->code == 200 || one->code == 201);
    client_set_header(one, "Idempotency-Key", NULL);
    client_get(one, path);
    CHECK(client_has(one, "somebody else must check it"));
    client_post(one, mem_format(ctx->mem, "%s/check?version=1", path), "compared", "paper", NULL);
    CHECK_CODE(one, 403);
    client_get(two, path);
    client_post(two, mem_format(ctx->mem, "%s/transcribe", path), NULL);
    CHECK_CODE(two, 403);
    client_get(two, path);
    CHECK(client_has(two, "Open two new ways in") && client_has(two, "2 March 2026"));
    tick_all(ctx, two, paper);
    CHECK_CODE(two, 303);
    client_follow(two);
    const char *pledge = client_between(two, "/desk/pledges/", "\"");
    CHECK(text_begins(pledge, "PL-"));
    CHECK(pledge_acknowledge(ctx, pledge) == OK && pledge_publish(ctx, pledge) == OK);
    struct web_client *visitor = browser(ctx, one, (struct person_id){0});
    client_get(visitor, mem_format(ctx->mem, "/pledges/%s", pledge));
    CHECK_CODE(visitor, 200);
    CHECK(client_has(visitor, "on paper on 2 March 2026") && !client_has(visitor, paper));
    client_get(visitor, mem_format(ctx->mem, "/pledges/%s/pledge.pdf", pledge));
    CHECK_CODE(visitor, 200);
    client_get(visitor, "/pledges");
    CHECK(client_has(visitor, "Manchester University"));
}

TEST(what_was_sent_back_opens_again_with_all_that_was_typed)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct web_client *one = browser(ctx, NULL, people.first);
    struct web_client *two = browser(ctx, one, people.second);
    const char *paper = put_in(ctx, one);
    const char *path = mem_format(ctx->mem, "/desk/paper/%s", paper);
    client_get(one, path);
    client_post(one, mem_format(ctx->mem, "%s/transcribe", path), NULL);
    CHECK_CODE(one, 303);
    while (one->location[0] != '\0')
        client_follow(one);
    CHECK(client_has(one, paper)); /* the first step knows which paper it is */
    client_set_header(one, "Idempotency-Key", "paper-test-key-0002");
    client_post_json(one, "/desk/paper/record", whole(ctx, paper));
    CHECK_CODE(one, 201);
    client_get(two, path);
    client_post(two, mem_format(ctx->mem, "%s/back?version=1", path), "reason", "Another day",
                NULL);
    CHECK_CODE(two, 303);
    client_get(one, path);
    client_post(one, mem_format(ctx->mem, "%s/transcribe", path), NULL);
    CHECK_CODE(one, 303);
    while (one->location[0] != '\0')
        client_follow(one);
    CHECK(client_has(one, "Check your answers") && client_has(one, "We mean it"));
    CHECK(client_has(one, "Open two new ways in") && client_has(one, "3 March 2026"));
}

TEST(putting_in_keeps_what_was_typed_when_something_is_wrong)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct web_client *one = browser(ctx, NULL, people.first);
    struct client_file file = pdf(ctx, 50, 1);
    client_get(one, "/desk/paper/add");
    client_upload(one, "/desk/paper/add", &file, "about", "signature", "pledge", "PL-XXXX", "side",
                  "leader", "came_by", "post", "received_on", "2026-03-30", NULL);
    CHECK_CODE(one, 422);
    CHECK(client_has(one, "value=\"PL-XXXX\"") && client_has(one, "Enter the reference or code"));
    CHECK(client_has(one, "50 pages") && client_has(one, "today or in the past"));
    client_upload(one, "/desk/paper/add", &file, "about", "pledge", "organisation", "RJ1", NULL);
    CHECK_CODE(one, 422);
    CHECK(client_has(one, "Choose how it came"));
    client_set_header(one, "Idempotency-Key", "paper-test-key-0003");
    client_post_json(one, "/desk/paper/record", whole(ctx, "PA-0000-0000"));
    CHECK_CODE(one, 422);
    CHECK(client_has(one, "Enter the reference of a whole pledge"));
}
