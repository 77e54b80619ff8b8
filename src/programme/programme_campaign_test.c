/* SPDX-License-Identifier: MIT */
/* programme_campaign_test.c - the pages of the campaign, through the whole program. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/campaign/campaign.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

static struct web_client *browser(struct ctx *ctx, const char *role, const char *area)
{
    struct access_person person;
    const struct access_new wanted = {.email = mem_format(ctx->mem, "%s@nhs.example", role),
                                      .name = "Samira Whitlock",
                                      .role = role,
                                      .area = area};
    help_demonstration(ctx, true);
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person.id);
    client_token(c);
    return c;
}

static void work(struct ctx *ctx)
{
    static const struct job_kind *const jobs[] = {campaign_job_kinds, NULL};
    bool did = true;
    ctx->person = (struct person_id){0};
    for (int i = 0; i < 50 && did; i++)
        CHECK(job_work_once(ctx, jobs, &did) == OK);
}

/* Makes a list by the form and gives its address. */
static const char *make_list(struct web_client *c, const char *region, const char *kind,
                             const char *pledge)
{
    client_post(c, "/desk/campaign/lists/new", "name", "Spring", "region", region, "kind", kind,
                "pledge", pledge, NULL);
    CHECK_CODE(c, 303);
    const char *address = c->location;
    client_follow(c);
    CHECK_CODE(c, 200);
    return address;
}

TEST(who_has_not_signed_is_counted_and_listed_in_the_scope_of_the_role)
{
    const char *reference = pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, "regional", "Y62");
    client_get(c, "/desk/campaign");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "NHS foundation trusts") || client_has(c, "NHS foundation trust"));
    client_get(c, "/desk/campaign/unsigned?pledge=awaiting");
    CHECK(client_has(c, "1 organisation<") && client_has(c, "Manchester University"));
    CHECK(client_has(c, "/desk/campaign/lists/new?pledge=awaiting"));
    pledge_test_sign(ctx);
    client_get(c, "/desk/campaign/unsigned?pledge=awaiting&kind=foundation-trust");
    CHECK(client_has(c, "0 organisations"));
    client_get(c, "/desk/campaign/unsigned?kind=foundation-trust");
    CHECK(!client_has(c, "Manchester University"));
    client_get(c, "/desk/campaign/unsigned.csv?region=Y56");
    CHECK_CODE(c, 200);
    CHECK(!client_has(c, "London")); /* nobody of another region */
    client_get(c, "/desk/campaign/unsigned.xlsx");
    CHECK_CODE(c, 200);
    CHECK(reference != NULL);
}

TEST(a_list_is_made_of_a_choice_and_what_was_typed_stays_when_it_cannot_be)
{
    pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, "regional", "Y62");
    client_post(c, "/desk/campaign/lists/new", "name", "Mine", "region", "Y56", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Choose an area that you work in") && client_has(c, "value=\"Mine\""));
    client_post(c, "/desk/campaign/lists/new", "name", "", "region", "atlantis", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter a name for the list") &&
          client_has(c, "Choose a region from the list"));
    client_post(c, "/desk/campaign/lists/new", "name", "None", "pledge", "returned", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Nobody fits this choice"));
    client_get(c, "/desk/campaign/lists/new?kind=nhs-trust&quiet_from=2026-02-14&x=y");
    CHECK(client_has(c, "value=\"14\"") && client_has(c, "value=\"nhs-trust\" selected"));
    make_list(c, "", "", "awaiting");
    CHECK(client_has(c, "Manchester University") && client_has(c, "ada@trust.example"));
    CHECK(client_has(c, "Named by its pledge") && client_has(c, "Waits for 0 days"));
    client_get(c, "/desk/campaign/lists");
    CHECK(client_has(c, "1 list<") && client_has(c, "Spring"));
}

TEST(a_letter_is_written_previewed_and_sent_once)
{
    pledge_test_send(ctx, "R0A");
    ctx->now_secs += 16 * TIME_DAY_SECS;
    struct web_client *c = browser(ctx, "national", NULL);
    const char *list = make_list(c, "", "", "awaiting");
    const char *form = mem_format(ctx->mem, "%s/letter", list);
    client_get(c, form);
    CHECK(client_has(c, "{days waiting}"));
    client_post(c, form, "subject", "Hello {name}", "body", "Kept words", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "There is no field {name}") && client_has(c, "Kept words"));
    client_post(c, form, "subject", "", "body", "", NULL);
    CHECK(client_has(c, "Enter a subject") && client_has(c, "Write the letter"));
    client_post(c, form, "subject", "{organisation} waits", "body",
                "Dear {leader},\n\nit waits for {days waiting} days.", NULL);
    CHECK_CODE(c, 303);
    const char *letter = c->location;
    client_follow(c);
    CHECK(client_has(c, "Dear Ada Leader") && client_has(c, "it waits for 16 days"));
    CHECK(client_has(c, "Send to 1 organisation"));
    client_post(c, mem_format(ctx->mem, "%s/send", letter), NULL);
    CHECK_CODE(c, 303);
    client_post(c, mem_format(ctx->mem, "%s/send", letter), NULL);
    CHECK_CODE(c, 303);
    client_post(c, mem_format(ctx->mem, "%s/edit", letter), "subject", "Other", "body", "x", NULL);
    CHECK_CODE(c, 409);
    work(ctx);
    client_get(c, letter);
    CHECK(client_has(c, "1 of 1 letters are in the outbox") && client_has(c, "Ada Leader"));
    client_get(c, mem_format(ctx->mem, "%s/edit", letter));
    CHECK_CODE(c, 200);
    client_get(c, "/desk/campaign/figures.csv");
    CHECK(client_has(c, "2025/26 Q4,2026-01-01,2026-03-31,1,0,,0,0,0,1,0"));
}

TEST(a_recipient_without_an_address_hinders_and_an_address_is_typed)
{
    pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, "regional", "Y62");
    const char *list = make_list(c, "Y62", "integrated-care-board", "none");
    client_post(c, mem_format(ctx->mem, "%s/letter", list), "subject", "Hello", "body", "Hello",
                NULL);
    const char *letter = c->location;
    client_post(c, mem_format(ctx->mem, "%s/send", letter), NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "We have no address for"));
    const char *one = mem_format(ctx->mem, "%s/QOP", list);
    client_get(c, one);
    CHECK_CODE(c, 200);
    client_post(c, one, "contact_name", "Bo", "email", "nonsense", "source", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "value=\"nonsense\"") && client_has(c, "Enter where the address is from"));
    client_post(c, one, "contact_name", "Bo", "email", "bo@board.example", "source", "Website",
                NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "bo@board.example") && client_has(c, "Typed. From: Website"));
    client_post(c, mem_format(ctx->mem, "%s/remove", one), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(!client_has(c, "bo@board.example"));
    client_get(c, one);
    CHECK_CODE(c, 404);
}

TEST(what_is_outside_the_scope_looks_as_if_it_were_not_there)
{
    pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, "national", NULL);
    const char *list = make_list(c, "", "", "awaiting");
    client_post(c, mem_format(ctx->mem, "%s/letter", list), "subject", "Hello", "body", "Hello",
                NULL);
    const char *letter = c->location;
    struct web_client *other = browser(ctx, "regional", "Y62");
    client_get(other, list);
    CHECK_CODE(other, 404);
    client_get(other, letter);
    CHECK_CODE(other, 404);
    client_post(other, mem_format(ctx->mem, "%s/send", letter), NULL);
    CHECK_CODE(other, 404);
    client_post(other, mem_format(ctx->mem, "%s/cancel", letter), NULL);
    CHECK_CODE(other, 404);
}

TEST(no_more_letters_takes_a_press_or_one_click_of_a_mail_program)
{
    struct mail_kept mail;
    pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, "national", NULL);
    const char *list = make_list(c, "", "", "awaiting");
    client_post(c, mem_format(ctx->mem, "%s/letter", list), "subject", "Hello", "body", "Hello",
                NULL);
    client_post(c, mem_format(ctx->mem, "%s/send", c->location), NULL);
    work(ctx);
    CHECK(mail_find(ctx, help_newest_mail(ctx), &mail) == OK);
    const char *stop = strstr(mail.unsubscribe_url, "/letters/stop/");
    CHECK(stop != NULL);
    struct web_client *visitor = web_client(ctx, &programme_app);
    client_get(visitor, stop);
    CHECK_CODE(visitor, 200);
    CHECK(client_has(visitor, "Send me no more letters") && !client_has(visitor, "ada@"));
    client_get(c, list);
    CHECK(!client_has(c, "Wants no letters")); /* reading the page changes nothing */
    static const char one_click[] = "List-Unsubscribe=One-Click";
    struct web_client *program = web_client(ctx, &programme_app);
    client_set_header(program, "Origin", "https://mail.example");
    client_send(program, "POST", stop,
                &(const struct client_body){"application/x-www-form-urlencoded", one_click,
                                            sizeof one_click - 1});
    CHECK_CODE(program, 200);
    CHECK(client_has(program, "You get no more letters"));
    client_get(c, list);
    CHECK(client_has(c, "Wants no letters"));
    client_get(visitor, "/letters/stop/madeup");
    CHECK_CODE(visitor, 404);
}

TEST(a_pledge_that_waits_for_too_long_is_on_the_desk_until_somebody_reminds)
{
    const char *reference = pledge_test_send(ctx, "R0A");
    struct web_client *c = browser(ctx, "national", NULL);
    client_get(c, "/desk/campaign/waiting");
    CHECK(client_has(c, "0 pledges"));
    ctx->now_secs += 16 * TIME_DAY_SECS;
    client_sign_in(c,
                   ctx->person.n != 0 ? ctx->person : help_person(ctx, "b@b.example", "national"));
    client_get(c, "/desk/campaign/waiting");
    CHECK(client_has(c, "1 pledge<") && client_has(c, reference));
    client_get(c, "/desk");
    CHECK(client_has(c, "Pledges that wait for too long"));
    client_token(c);
    client_post(c, mem_format(ctx->mem, "/desk/pledges/%s/remind", reference), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Reminder to sign, 25 March 2026"));
    client_get(c, "/desk/campaign/waiting.json");
    CHECK(!client_has(c, reference));
    make_list(c, "", "", "awaiting");
    CHECK(client_has(c, "Last reminder 25 March 2026"));
}

TEST(figures_count_by_london_days_and_take_the_median)
{
    struct campaign_quarter quarters[CAMPAIGN_QUARTERS];
    const char *reference = pledge_test_send(ctx, "R0A");
    ctx->now_secs += 6 * TIME_DAY_SECS;
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK);
    CHECK(campaign_figures(ctx, NULL, quarters) == OK);
    CHECK_TEXT(quarters[0].name, "2025/26 Q4");
    CHECK(quarters[0].sent_count == 1 && quarters[0].signed_count == 1);
    CHECK(quarters[0].countersigned_count == 1 && quarters[0].returned_count == 0);
    CHECK(quarters[0].has_median && quarters[0].median_days > 5.9 && quarters[0].median_days < 6.1);
    CHECK(quarters[1].sent_count == 0 && !quarters[1].has_median);
    CHECK(campaign_figures(ctx, "Y56", quarters) == OK);
    CHECK(quarters[0].sent_count == 0 && quarters[0].signed_count == 0);
    CHECK(campaign_figures(ctx, "Y62", quarters) == OK);
    CHECK(quarters[0].signed_count == 1);
}
