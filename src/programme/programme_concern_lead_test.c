/* SPDX-License-Identifier: MIT */
/* programme_concern_lead_test.c - a concern about a safeguarding lead: who reads it, and that the
 * one it is about finds nothing of it. */
#include "platform/base/test.h"
#include "programme/access/access_test_help.h"
#include "programme/concern/concern_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/programme.h"

#include <string.h>

/* Raises one about the lead of a part, as somebody of the organisation. */
static const char *raise_about_lead(struct ctx *ctx, const char *code, const char *part)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct concern_draft draft = concern_test_draft(ctx, code);
    draft.about_lead = part;
    concern_test_as(ctx, concern_test_role(ctx, "ada@x.example", "analyst", NULL));
    CHECK(concern_raise(ctx, &draft, &problems, &reference) == OK);
    return reference;
}

TEST(a_concern_about_a_safeguarding_lead_goes_to_the_nearest_of_the_others)
{
    static const char *const leads[][3] = {{"organisation@x.example", "R0A", "organisation"},
                                           {"board@x.example", "QOP", "board"},
                                           {"region@x.example", "Y62", "region"},
                                           {"programme@x.example", NULL, "national"}};
    size_t told[4] = {0};
    directory_test_packs(ctx);
    concern_test_role(ctx, "national@x.example", "national", NULL);
    for (size_t i = 0; i < 4; i++)
        concern_test_role(ctx, leads[i][0], "safeguarding", leads[i][1]);
    concern_test_role(ctx, "second@x.example", "safeguarding", "R0A"); /* it may be about either */
    for (size_t i = 0; i < 4; i++) {
        size_t before = help_mail_count(ctx);
        raise_about_lead(ctx, "R0A", leads[i][2]);
        /* The two of the organisation, unless it is about them: then the board's. */
        told[i] = help_mail_count(ctx) - before;
    }
    CHECK(told[0] == 1 && told[1] == 2 && told[2] == 2 && told[3] == 2);
    CHECK(concern_test_was_told(ctx, "board@x.example") &&
          !concern_test_was_told(ctx, "region@x.example"));
    CHECK(!concern_test_was_told(ctx, "national@x.example"));
}

TEST(a_lead_finds_nothing_of_a_concern_about_them_in_any_role_then_or_later)
{
    struct concern concern;
    directory_test_packs(ctx);
    struct person_id bob = concern_test_role(ctx, "bob@x.example", "safeguarding", "R0A");
    concern_test_role(ctx, "bob@x.example", "safeguarding", "QOP");
    concern_test_role(ctx, "bob@x.example", "national", NULL);
    const char *reference = raise_about_lead(ctx, "R0A", "organisation");
    CHECK(!concern_test_was_told(ctx, "bob@x.example") && help_mail_count(ctx) == 0);
    concern_test_role(ctx, "bob@x.example", "safeguarding", NULL); /* wherever he goes */
    struct concern_test_walk walk = {.ctx = ctx, .reference = reference, .is_all = true};
    concern_test_as(ctx, (struct person_id){0});
    walk.c = web_client(ctx, &programme_app);
    client_sign_in(walk.c, bob);
    CHECK(web_routes_each(ctx, &programme_app, concern_test_look, &walk) == OK);
    client_get(walk.c, "/desk/concerns.csv");
    CHECK(!client_has(walk.c, reference));
    client_get(walk.c, "/desk/concerns-not-seen.csv");
    CHECK_CODE(walk.c, 200);
    CHECK(!client_has(walk.c, reference));
    client_get(walk.c, "/desk");
    CHECK(client_has(walk.c, "Safeguarding concerns not read yet") &&
          !client_has(walk.c, "just now"));
    concern_test_as(ctx, bob);
    CHECK(concern_exists(ctx, concern_test_everywhere, reference) == ERR_NOT_FOUND);
    CHECK(concern_read(ctx, concern_test_everywhere, reference, CONCERN_TEST_PURPOSE, &concern) ==
          ERR_NOT_FOUND);
    CHECK(concern_add_step(ctx, concern_test_everywhere, reference,
                           &(const struct concern_step){"closed", "", "x"}) == ERR_NOT_FOUND);
    concern_test_as(ctx, concern_test_role(ctx, "new@x.example", "safeguarding", "R0A"));
    CHECK(concern_read(ctx, concern_test_everywhere, reference, CONCERN_TEST_PURPOSE, &concern) ==
          OK);
    CHECK(concern.kept_from_count == 1);
    CHECK_TEXT(concern.kept_from[0], "bob@x.example");
    CHECK(strstr(concern_json(ctx, &concern), "bob@x.example") != NULL);
}

TEST(whoever_raises_a_concern_about_a_lead_hears_who_reads_it)
{
    struct concern_sent sent;
    CHECK(concern_find_sent(ctx, raise_about_lead(ctx, "R0A", "organisation"), &sent) == OK);
    CHECK(!sent.was_told && sent.is_about_lead);
    concern_test_role(ctx, "board@x.example", "safeguarding", "QOP");
    CHECK(concern_find_sent(ctx, raise_about_lead(ctx, "R0A", "organisation"), &sent) == OK);
    CHECK(sent.was_told && sent.is_about_lead);
    CHECK(concern_find_sent(ctx, concern_test_raise(ctx, "R0A"), &sent) == OK);
    CHECK(sent.was_told && !sent.is_about_lead);
    CHECK(concern_find_sent(ctx, "SC-0000-0000", &sent) == ERR_NOT_FOUND);
}

TEST(the_page_says_from_whom_a_concern_is_kept)
{
    struct concern concern;
    directory_test_packs(ctx);
    concern_test_role(ctx, "bob@x.example", "safeguarding", "R0A");
    struct person_id lead = concern_test_role(ctx, "board@x.example", "safeguarding", "QOP");
    const char *reference = raise_about_lead(ctx, "R0A", "organisation");
    struct web_client *c = web_client(ctx, &programme_app);
    concern_test_as(ctx, lead);
    CHECK(concern_read(ctx, concern_test_everywhere, reference, CONCERN_TEST_PURPOSE, &concern) ==
          OK);
    client_sign_in(c, lead);
    client_get(c, mem_format(ctx->mem, "/desk/concerns/%s", reference));
    CHECK(client_has(c, CONCERN_TEST_SECRET) && client_has(c, "It is kept from bob@x.example"));
}
