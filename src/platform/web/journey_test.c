/* SPDX-License-Identifier: MIT */
/*
 * journey_test.c - what journeys promise, by one that asks for every kind of field.
 */
#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "platform/web/journey.h"
#include "platform/web/journey.sql.h"
#include "platform/web/web_test_client.h"

#include <stdlib.h>

/* ---- a journey ---- */

struct guest {
    const char *code, *name;
};

struct visit {
    struct form_found place;
    const char *title, *email;
    enum form_yes_no has_lunch;
    const char *lunch;
    struct form_several days;
    struct form_number people, cost;
    const char *starts_on;
    struct form_list guests;
    const char *note;
};

static enum status place_search(struct ctx *ctx, const char *typed, size_t at_most,
                                struct form_found **out, size_t *count_out)
{
    static const struct form_found places[] = {{"AB1", "Abbey Hospital", "Leeds", 1},
                                               {"AB2", "Abbey Clinic", "York", 2},
                                               {"ZZ9", "Zebra House", "Hull", 3}};
    *out = mem_array(ctx->mem, struct form_found, 3);
    *count_out = 0;
    for (size_t i = 0; i < 3 && *count_out < at_most; i++) {
        if (strcasestr(places[i].label, typed) != NULL || strcmp(places[i].key, typed) == 0)
            (*out)[(*count_out)++] = places[i];
    }
    return OK;
}

static enum status place_find(struct ctx *ctx, const char *key, struct form_found *out)
{
    struct form_found *found;
    size_t count;
    TRY(place_search(ctx, key, 1, &found, &count));
    if (count == 0 || strcmp(found[0].key, key) != 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no such place");
    *out = found[0];
    return OK;
}

static const struct form_lookup places = {"place", "/places/suggest", place_search, place_find};

static const struct form_field place_fields[] = {
    FORM_LOOKUP(visit, place, .in = &places, .label = "Which place?", .missing = "Enter a place"),
    FORM_END};

static const struct form_option day_options[] = {
    {"mon", "Monday", NULL, NULL}, {"tue", "Tuesday", NULL, NULL}, {0}};

static const struct form_field about_fields[] = {
    FORM_NAME(visit, title, .label = "Title", .missing = "Enter a title", .length_most = 20),
    FORM_EMAIL(visit, email, .label = "Email", .missing = "Enter an email address"),
    FORM_YES_NO(visit, has_lunch, .label = "Lunch?", .missing = "Say whether there is lunch"),
    FORM_TEXT(visit, lunch, .when = "has_lunch", .is = "yes", .label = "What lunch?",
              .missing = "Enter the lunch"),
    FORM_SEVERAL_OF(visit, days, .options = day_options, .label = "Days",
                    .missing = "Choose a day"),
    FORM_NUMBER(visit, people, .label = "People", .at_least = 1, .at_most = 50,
                .missing = "Enter how many"),
    FORM_MONEY(visit, cost, .label = "Cost", .is_optional = true),
    FORM_DATE(visit, starts_on, .label = "Start date", .missing = "Enter the start date"),
    FORM_END};

static const struct form_field guest_fields[] = {
    FORM_HIDDEN(guest, code), FORM_NAME(guest, name, .label = "Name", .missing = "Enter a name"),
    FORM_END};

static const struct form_field guests_fields[] = {
    FORM_GROUP(visit, guests, guest, guest_fields, .label = "Guests", .missing = "Add a guest",
               .items_most = 3),
    FORM_END};

static const struct form_field note_fields[] = {
    FORM_LONG_TEXT(visit, note, .label = "Anything else?", .is_optional = true), FORM_END};

static const char *guest_title(struct mem *mem, const void *item)
{
    (void)mem;
    return ((const struct guest *)item)->name;
}

static enum status guest_library(struct ctx *ctx, const void *draft,
                                 const struct journey_ready **out, size_t *count_out)
{
    (void)draft;
    struct journey_ready *ready = mem_array(ctx->mem, struct journey_ready, 1);
    ready[0] = (struct journey_ready){.code = "ada", .label = "Ada Lovelace"};
    answers_add(ctx->mem, &ready[0].answers, "code", "ada");
    answers_add(ctx->mem, &ready[0].answers, "name", "Ada Lovelace");
    *out = ready;
    *count_out = 1;
    return OK;
}

static bool has_people(const void *draft)
{
    return ((const struct visit *)draft)->people.n > 1;
}

static enum status say_hello(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    view_text(out, "A visit.");
    return OK;
}

static enum status say_next(struct ctx *ctx, const char *reference, struct view *out)
{
    (void)ctx;
    view_text(out, "Keep ");
    view_text(out, reference);
    return OK;
}

/* What it makes is a mail, so that a test can count how often. */
static enum status make_visit(struct ctx *ctx, const void *draft, struct form_problems *problems,
                              struct journey_done *done)
{
    const struct visit *visit = draft;
    if (strcmp(visit->title, "Refuse me") == 0) {
        form_wrong(problems, "title", "Choose another title");
        return ctx_fail(ctx, ERR_INVALID, "title is refused");
    }
    TRY(mail_put(
        ctx, &(const struct mail){.kind = "test.visit",
                                  .key = mem_format(ctx->mem, "visit/%s", visit->title),
                                  .to_address = visit->email,
                                  .subject = visit->place.label,
                                  .parts = (const struct mail_part[]){
                                      MAIL_TEXT(visit->guests.count > 0
                                                    ? ((struct guest *)visit->guests.items)[0].name
                                                    : "alone"),
                                      MAIL_END}}));
    done->reference = "VI-0000-0001";
    return OK;
}

static const struct journey_step steps[] = {
    {.name = "place", .fields = place_fields},
    {.name = "about", .fields = about_fields, .title = "About the visit"},
    {.name = "guests",
     .fields = guests_fields,
     .title = "Guests",
     .applies = has_people,
     .item_noun = "guest",
     .item_title = guest_title,
     .library = guest_library},
    {.name = "note", .fields = note_fields},
    {0}};

static const struct journey visiting = {
    .name = "visit",
    .title = "Plan a visit",
    .draft_bytes = sizeof(struct visit),
    .steps = steps,
    .start = say_hello,
    .finish = make_visit,
    .next = say_next,
};

static const struct web_route routes[] = {
    WEB_JOURNEY("/visit", WEB_PUBLIC, &visiting, "Plan a visit."), {0}};
static const struct web_route *const tables[] = {routes, NULL};
static const struct web_app app = {.routes = tables};

/* ---- helpers ---- */

static struct web_client *begin(struct ctx *ctx)
{
    struct web_client *c = web_client(ctx, &app);
    client_get(c, "/visit");
    CHECK_CODE(c, 200);
    client_post(c, "/visit", NULL);
    CHECK_CODE(c, 303);
    return c;
}

static const char *at(struct web_client *c, const char *draft, const char *tail)
{
    return mem_format(c->ctx->mem, "%s/%s", draft, tail);
}

static void post_about(struct web_client *c, const char *draft, const char *title,
                       const char *people)
{
    client_post(c, at(c, draft, "about"), "title", title, "email", "a@example.org", "has_lunch",
                "no", "days", "mon", "people", people, "starts_on-day", "9", "starts_on-month",
                "March", "starts_on-year", "2026", NULL);
}

/* A draft that lacks only the note and the sending. */
static const char *nearly_done(struct web_client *c, const char *title, const char *people)
{
    const char *draft = c->location;
    client_get(c, at(c, draft, "place"));
    client_post(c, at(c, draft, "place"), "place", "ZZ9", NULL);
    CHECK_CODE(c, 303);
    post_about(c, draft, title, people);
    CHECK_CODE(c, 303);
    return draft;
}

static int64_t mails(struct ctx *ctx)
{
    struct mail_counts counts;
    CHECK(mail_count(ctx, &counts) == OK);
    return counts.waiting_count;
}

/* ---- tests ---- */

TEST(a_search_without_script_shows_what_it_found_and_no_error)
{
    struct web_client *c = begin(ctx);
    const char *draft = c->location;
    client_follow(c);
    client_follow(c);
    CHECK(client_has(c, "Which place?"));
    client_post(c, at(c, draft, "place"), "place-typed", "abbey", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Which place do you mean?") && client_has(c, "Abbey Clinic"));
    CHECK(!client_has(c, "There is a problem"));
    client_post(c, at(c, draft, "place"), "place-typed", "abbey", "place-pick", "AB2", NULL);
    CHECK_CODE(c, 303);
    client_get(c, at(c, draft, "place"));
    CHECK(client_has(c, "value=\"Abbey Clinic\"") && client_has(c, "value=\"AB2\""));
}

TEST(an_old_key_does_not_outlive_the_words_beside_it)
{
    struct web_client *c = begin(ctx);
    const char *draft = c->location;
    client_get(c, at(c, draft, "place"));
    client_post(c, at(c, draft, "place"), "place-typed", "abbey", "place", "ZZ9", NULL);
    client_follow(c);
    CHECK(client_has(c, "Which place do you mean?"));
}

TEST(all_problems_are_found_and_what_was_typed_stays)
{
    struct web_client *c = begin(ctx);
    const char *draft = c->location;
    client_get(c, at(c, draft, "place"));
    client_post(c, at(c, draft, "place"), "place", "ZZ9", NULL);
    client_post(c, at(c, draft, "about"), "title", "A title that is far too long", "email",
                "no address", "has_lunch", "yes", "days", "sunday", "people", "51", "cost",
                "12.345", "starts_on-day", "31", "starts_on-month", "2", "starts_on-year", "2026",
                "stranger", "x", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "There is a problem"));
    CHECK(client_has(c, "Title must be 20 characters or fewer"));
    CHECK(client_has(c, "Enter an email address in the right form"));
    CHECK(client_has(c, "Enter the lunch"));
    CHECK(client_has(c, "Choose from the answers in the list"));
    CHECK(client_has(c, "People must be between 1 and 50"));
    CHECK(client_has(c, "Cost must be a sum of money"));
    CHECK(client_has(c, "Start date must be a real date"));
    CHECK(client_has(c, "value=\"no address\"") && client_has(c, "value=\"12.345\""));
    client_get(c, at(c, draft, "about"));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "value=\"no address\""));
    CHECK(!client_has(c, "stranger"));
}

TEST(a_later_step_leads_back_to_the_first_that_is_open)
{
    struct web_client *c = begin(ctx);
    const char *draft = c->location;
    client_get(c, at(c, draft, "note"));
    CHECK_CODE(c, 303);
    CHECK(strstr(c->location, "/place") != NULL);
    client_get(c, at(c, draft, "check"));
    CHECK(strstr(c->location, "/place") != NULL);
    client_get(c, at(c, draft, "no-such-step"));
    CHECK_CODE(c, 404);
}

TEST(a_step_that_does_not_apply_is_not_asked)
{
    struct web_client *c = begin(ctx);
    const char *draft = nearly_done(c, "Alone", "1");
    CHECK(strstr(c->location, "/note") != NULL);
    client_get(c, at(c, draft, "guests"));
    CHECK_CODE(c, 303);
}

TEST(items_are_added_changed_and_removed_and_a_form_sent_twice_adds_one)
{
    struct web_client *c = begin(ctx);
    const char *draft = nearly_done(c, "Party", "5");
    client_get(c, at(c, draft, "guests/new"));
    const char *key = client_between(c, "name=\"item_key\" value=\"", "\"");
    CHECK(key[0] != '\0');
    client_post(c, at(c, draft, "guests/new"), "name", "Bo", "item_key", key, NULL);
    CHECK_CODE(c, 303);
    client_post(c, at(c, draft, "guests/new"), "name", "Bo", "item_key", key, NULL);
    client_get(c, at(c, draft, "guests"));
    CHECK(client_count(c, "app-item__actions") == 1);
    client_post(c, at(c, draft, "guests/library"), "ready", "ada", NULL);
    client_post(c, at(c, draft, "guests/library"), "ready", "ada", NULL);
    client_get(c, at(c, draft, "guests"));
    CHECK(client_count(c, "app-item__actions") == 2 && client_has(c, "Ada Lovelace"));
    client_post(c, at(c, draft, mem_format(ctx->mem, "guests/%s/remove", key)), NULL);
    client_post(c, at(c, draft, mem_format(ctx->mem, "guests/%s/remove", key)), NULL);
    client_get(c, at(c, draft, "guests"));
    CHECK(client_count(c, "app-item__actions") == 1 && client_has(c, "Ada Lovelace"));
    client_post(c, at(c, draft, "guests/ada"), "name", "", NULL);
    CHECK_CODE(c, 422);
    client_get(c, at(c, draft, "guests"));
    CHECK(client_has(c, "Not finished"));
    client_post(c, at(c, draft, "guests"), NULL);
    CHECK_CODE(c, 422);
}

TEST(a_journey_sent_twice_is_done_once)
{
    struct web_client *c = begin(ctx);
    const char *draft = nearly_done(c, "Once", "1");
    client_post(c, at(c, draft, "note"), "note", "", NULL);
    CHECK(strstr(c->location, "/check") != NULL);
    client_follow(c);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "9 March 2026") && client_has(c, "Zebra House"));
    client_post(c, at(c, draft, "check"), NULL);
    CHECK_CODE(c, 303);
    client_post(c, at(c, draft, "check"), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "VI-0000-0001") && client_has(c, "Keep VI-0000-0001"));
    CHECK(mails(ctx) == 1);
    client_post(c, at(c, draft, "note"), "note", "late", NULL);
    CHECK_CODE(c, 303);
    CHECK(strstr(c->location, "/done") != NULL);
}

TEST(what_finish_refuses_is_shown_on_the_check_page)
{
    struct web_client *c = begin(ctx);
    const char *draft = nearly_done(c, "Refuse me", "1");
    client_post(c, at(c, draft, "note"), NULL);
    client_post(c, at(c, draft, "check"), NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Choose another title") && client_has(c, "/about?change=yes"));
    CHECK(mails(ctx) == 0);
}

TEST(another_browser_does_not_see_the_draft_until_it_has_the_link)
{
    struct web_client *c = begin(ctx);
    const char *draft = nearly_done(c, "Mine", "1");
    struct web_client *other = client_other(c);
    client_get(other, at(other, draft, "about"));
    CHECK_CODE(other, 404);
    client_post(c, at(c, draft, "save"), "email", "not one", NULL);
    CHECK_CODE(c, 422);
    client_post(c, at(c, draft, "save"), "email", "me@example.org", NULL);
    CHECK_CODE(c, 303); /* so that to load the page again mails nothing */
    client_get(c, c->location);
    CHECK(client_has(c, "Your answers are saved"));
    CHECK(mails(ctx) == 1);
    client_get(other, at(other, draft, "open?key=wrong"));
    CHECK_CODE(other, 404);
    CHECK(client_has(other, "This link no longer works"));
}

TEST(a_draft_is_removed_when_its_time_is_over)
{
    int64_t removed;
    struct web_client *c = begin(ctx);
    const char *draft = c->location;
    ctx->now_secs += 29LL * 86400;
    CHECK(journey_purge(ctx, &removed) == OK && removed == 0);
    ctx->now_secs += 2LL * 86400;
    client_get(c, at(c, draft, "place"));
    CHECK_CODE(c, 404);
    CHECK(journey_purge(ctx, &removed) == OK && removed == 1);
}

static const char whole_json[] =
    "{\"place\":\"ZZ9\",\"title\":\"By API\",\"email\":\"a@example.org\",\"has_lunch\":\"no\","
    "\"days\":[\"mon\",\"tue\"],\"people\":2,\"cost\":\"12.50\",\"starts_on\":\"2026-03-09\","
    "\"guests\":[{\"name\":\"Cy\"}]}";

TEST(one_json_call_does_the_whole_journey_and_its_key_keeps_it_to_once)
{
    struct web_client *c = web_client(ctx, &app);
    client_post_json(c, "/visit", whole_json);
    CHECK_CODE(c, 400);
    CHECK(client_has(c, "An Idempotency-Key is needed"));
    client_set_header(c, "Idempotency-Key", "a-key-of-the-caller-1");
    client_post_json(c, "/visit", whole_json);
    CHECK_CODE(c, 201);
    CHECK(client_has(c, "VI-0000-0001"));
    client_post_json(c, "/visit", whole_json);
    CHECK_CODE(c, 200);
    CHECK(mails(ctx) == 1);
    client_post_json(c, "/visit", "{\"place\":\"nowhere\",\"people\":\"many\"}");
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "This Idempotency-Key was used before") && mails(ctx) == 1);
    client_set_header(c, "Idempotency-Key", "a-key-of-the-caller-2");
    client_post_json(c, "/visit", "{\"place\":\"nowhere\",\"people\":\"many\"}");
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "\"field\":\"people\"") && client_has(c, "\"field\":\"place\""));
    CHECK_TEXT(client_header(c, "Content-Type"), "application/problem+json");
}

/* Whatever call of the store fails, the draft is as it was and nothing is made. */
TEST(a_finish_that_fails_leaves_nothing_half_done)
{
    struct web_client *c = begin(ctx);
    const char *draft = nearly_done(c, "Torture", "1");
    client_post(c, at(c, draft, "note"), NULL);
    for (int nth = 1;; nth++) {
        CHECK(nth < 100);
        store_fail_on_call(ctx->store, nth);
        client_post(c, at(c, draft, "check"), NULL);
        store_fail_on_call(ctx->store, 0);
        if (c->code == 303)
            break;
        CHECK_CODE(c, 500);
        CHECK(mails(ctx) == 0);
    }
    CHECK(mails(ctx) == 1);
}

TEST(the_schema_of_a_form_names_every_field_and_what_is_required)
{
    const char *schema = form_schema(ctx->mem, about_fields);
    CHECK(strstr(schema, "\"title\":{\"type\":\"string\",\"maxLength\":20") != NULL);
    CHECK(strstr(schema, "\"enum\":[\"mon\",\"tue\"]") != NULL);
    CHECK(strstr(schema, "\"required\":[\"title\",\"email\",\"has_lunch\",\"days\"") != NULL);
    CHECK(strstr(schema, "\"minimum\":1,\"maximum\":50") != NULL);
}
