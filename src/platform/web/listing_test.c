/* SPDX-License-Identifier: MIT */
/* listing_test.c - what listings promise, shown on the messages of the outbox. */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "platform/web/listing.h"
#include "platform/web/listing_test.sql.h"
#include "platform/web/route.h"
#include "platform/web/web_test_client.h"

#include <jansson.h>

static const struct form_option states[] = {
    {"waiting", "Waiting", "nhsuk-tag--blue", NULL}, {"cancelled", "Cancelled", NULL, NULL}, {0}};

static const struct listing_column columns[] = {
    {.name = "subject", .heading = "Subject", .link = "/mail/:id"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "attempts", .heading = "Attempts", .format = LISTING_NUMBER},
    {.name = "created_at", .heading = "Made", .format = LISTING_TIME},
    {.name = "kind", .heading = "Kind", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static const struct listing mails = {
    .title = "Messages",
    .query = &mail_outbox_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .page_rows = 10,
    .one = "message",
    .many = "messages",
    .file_name = "messages",
    .dated_column = "created_at",
    .title_column = "subject",
    .starts_column = "created_at",
};

static const struct web_route routes[] = {WEB_LISTING("/messages", WEB_PUBLIC, &mails, "Messages."),
                                          {0}};
static const struct web_route *const tables[] = {routes, NULL};
static const struct web_app app = {.routes = tables};

static void put(struct ctx *ctx, int number, const char *subject)
{
    CHECK(mail_put(ctx, &(const struct mail){
                            .kind = "test.one",
                            .key = mem_format(ctx->mem, "m/%d", number),
                            .to_address = "a@example.org",
                            .subject = subject,
                            .parts = (const struct mail_part[]){MAIL_TEXT("x"), MAIL_END}}) == OK);
}

static void put_many(struct ctx *ctx, int count)
{
    for (int i = 1; i <= count; i++)
        put(ctx, i, mem_format(ctx->mem, "Message number %02d", i));
}

TEST(an_empty_listing_says_so)
{
    struct web_client *c = web_client(ctx, &app);
    client_get(c, "/messages");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "0 messages") && client_has(c, "There are no messages yet."));
    client_get(c, "/messages?state=waiting");
    CHECK(client_has(c, "Nothing fits what you chose"));
}

TEST(totals_and_counts_are_those_of_the_store_at_once)
{
    struct settings settings = settings_built_in(ctx->mem);
    struct web_client *c;
    if (store_is_postgresql(ctx->store))
        settings.counts_kept_secs = 0; /* it cannot tell whether anything has changed */
    ctx->settings = &settings;
    c = web_client(ctx, &app);
    for (int i = 1; i <= 4; i++) {
        put(ctx, i, "One");
        for (int again = 0; again < 2; again++) {
            client_get(c, "/messages");
            CHECK(client_has(c, i == 1 ? "1 message<" : mem_format(ctx->mem, "%d messages<", i)));
            CHECK(client_has(c, mem_format(ctx->mem, "Waiting (%d)", i)));
        }
    }
}

TEST(counts_are_not_counted_again_while_nothing_changes)
{
    struct settings settings = settings_built_in(ctx->mem);
    ctx->settings = &settings;
    struct web_client *c = web_client(ctx, &app);
    put_many(ctx, 3);
    client_get(c, "/messages");
    int64_t first_calls = c->store_calls;
    client_get(c, "/messages");
    CHECK(c->store_calls < first_calls);
    CHECK(client_has(c, "3 messages<") && client_has(c, "Waiting (3)"));
    client_get(c, "/messages?state=cancelled"); /* another question */
    CHECK(client_has(c, "Nothing fits"));
}

/* Limited to the kind of messages that the header says. */
static enum status may_see_some(struct web_request *request, int access, struct web_grant *out)
{
    (void)access;
    *out = (struct web_grant){.role = "some", .scope = web_asked(request, "X-Scope")};
    return OK;
}

static enum status name_of(struct ctx *ctx, struct person_id person, const char **out)
{
    (void)ctx;
    *out = person.n == 1 ? "Ada" : "";
    return OK;
}

static const struct listing_column scoped_columns[] = {
    {.name = "subject", .heading = "Subject"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "created_at", .heading = "Made", .format = LISTING_TIME},
    {0}};

static const struct listing scoped = {
    .title = "Messages",
    .query = &web_scoped_query,
    .columns = scoped_columns,
    .filters = filters,
    .orders = orders,
    .page_rows = 10,
    .one = "message",
    .many = "messages",
    .file_name = "messages",
};

TEST(rows_and_noted_counts_are_those_of_the_own_scope)
{
    const struct web_route some_routes[] = {
        WEB_LISTING("/some", WEB_ACCESS_FIRST, &scoped, "Messages of a scope."),
        WEB_LISTING("/all", WEB_ACCESS_FIRST, &mails, "Messages that know of no scope."),
        {0}};
    const struct web_route *const some_tables[] = {some_routes, NULL};
    const struct web_app some_app = {
        .routes = some_tables, .may = may_see_some, .person_name = name_of};
    struct settings settings = settings_built_in(ctx->mem);
    ctx->settings = &settings;
    struct web_client *c = web_client(ctx, &some_app);
    put_many(ctx, 3);
    CHECK(mail_put(ctx, &(const struct mail){
                            .kind = "test.two",
                            .key = "m/other",
                            .to_address = "a@example.org",
                            .subject = "Of the other kind",
                            .parts = (const struct mail_part[]){MAIL_TEXT("x"), MAIL_END}}) == OK);
    client_sign_in(c, (struct person_id){1});
    client_set_header(c, "X-Scope", "test.one");
    client_get(c, "/some");
    CHECK(client_has(c, "3 messages<") && client_has(c, "Waiting (3)"));
    CHECK(!client_has(c, "Of the other kind"));
    client_set_header(c, "X-Scope", "test.two");
    client_get(c, "/some");
    CHECK(client_has(c, "Of the other kind") && !client_has(c, "Message number"));
    CHECK(client_has(c, "1 message<") && client_has(c, "Waiting (1)"));
    client_get(c, "/all");
    CHECK_CODE(c, 403);
}

TEST(pages_stay_right_while_rows_are_added)
{
    struct web_client *c = web_client(ctx, &app);
    put_many(ctx, 25);
    client_get(c, "/messages");
    CHECK(client_has(c, "25 messages") && client_has(c, "Message number 25"));
    CHECK(client_has(c, "Message number 16") && !client_has(c, "Message number 15"));
    CHECK(!client_has(c, "before="));
    const char *next = client_between(c, "href=\"/messages?after=", "\"");
    CHECK(next[0] != '\0');
    put(ctx, 99, "A newer one");
    client_get(c, mem_format(ctx->mem, "/messages?after=%s", next));
    CHECK(client_has(c, "Message number 15") && client_has(c, "Message number 06"));
    CHECK(!client_has(c, "Message number 16") && !client_has(c, "Message number 05"));
    const char *before = client_between(c, "href=\"/messages?before=", "\"");
    client_get(c, mem_format(ctx->mem, "/messages?before=%s", before));
    CHECK(client_has(c, "Message number 25") && client_has(c, "Message number 16"));
    CHECK(!client_has(c, "Message number 15"));
}

TEST(filters_and_order_are_in_the_address_and_shown)
{
    struct web_client *c = web_client(ctx, &app);
    put_many(ctx, 3);
    CHECK(mail_cancel(ctx, "m/2") == OK);
    client_get(c, "/messages");
    CHECK(client_has(c, "Waiting (2)") && client_has(c, "Cancelled (1)"));
    client_get(c, "/messages?state=cancelled&sort=oldest");
    CHECK(client_has(c, "1 message<") && client_has(c, "Message number 02"));
    CHECK(!client_has(c, "Message number 01"));
    CHECK(client_has(c, "Chosen filters") && client_has(c, "State: Cancelled"));
    CHECK(client_has(c, "href=\"/messages.csv?state=cancelled&amp;sort=oldest\""));
}

static const struct listing_column tick_columns[] = {
    {.name = "subject", .heading = "Subject"},
    {.name = "created_at", .heading = "Made", .format = LISTING_TIME},
    {0}};

static const struct listing_filter tick_filters[] = {
    {.argument = "cancelled", .label = "Cancelled only", .kind = LISTING_CHECK}, {0}};

static const struct listing_order tick_orders[] = {{"newest", "Newest first"}, {0}};

static const struct listing ticks = {
    .title = "Messages",
    .query = &web_tick_query,
    .columns = tick_columns,
    .filters = tick_filters,
    .orders = tick_orders,
    .page_rows = 10,
    .one = "message",
    .many = "messages",
    .file_name = "messages",
};

TEST(a_box_to_tick_is_a_checkbox_and_stays_ticked)
{
    const struct web_route tick_routes[] = {
        WEB_LISTING("/ticks", WEB_PUBLIC, &ticks, "Messages with a box to tick."), {0}};
    const struct web_route *const tick_tables[] = {tick_routes, NULL};
    const struct web_app tick_app = {.routes = tick_tables};
    struct web_client *c = web_client(ctx, &tick_app);
    put_many(ctx, 3);
    CHECK(mail_cancel(ctx, "m/2") == OK);
    client_get(c, "/ticks");
    CHECK(client_has(c, "3 messages<"));
    CHECK(client_has(c, "name=\"cancelled\" type=\"checkbox\" value=\"1\">"));
    CHECK(client_has(c, "for=\"filter-cancelled\">Cancelled only</label>"));
    client_get(c, "/ticks?cancelled=1");
    CHECK(client_has(c, "1 message<") && client_has(c, "Message number 02"));
    CHECK(!client_has(c, "Message number 01"));
    CHECK(client_has(c, "name=\"cancelled\" type=\"checkbox\" value=\"1\" checked>"));
    CHECK(client_has(c, "Cancelled only: yes"));
    client_get(c, "/ticks?cancelled=perhaps"); /* whatever is sent with a box is a tick */
    CHECK(client_has(c, "1 message<") && client_has(c, " checked>"));
}

TEST(what_is_no_choice_and_no_place_counts_as_not_given)
{
    static const char *const odd[] = {"/messages?state=%27%20or%201=1",
                                      "/messages?sort=sideways",
                                      "/messages?after=zzz",
                                      "/messages?after=W10",
                                      "/messages?after=WyJ4Il0",
                                      "/messages?before=%2e%2e",
                                      "/messages?unknown=1"};
    struct web_client *c = web_client(ctx, &app);
    put_many(ctx, 2);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        client_get(c, odd[i]);
        CHECK_CODE(c, 200);
        CHECK(client_has(c, "2 messages") && client_has(c, "Message number 01"));
    }
}

TEST(the_same_rows_come_as_json_with_a_link_to_the_next)
{
    struct web_client *c = web_client(ctx, &app);
    put_many(ctx, 150);
    client_get(c, "/messages.json?state=waiting");
    CHECK_CODE(c, 200);
    json_t *body = json_loads(c->body, 0, NULL);
    CHECK(json_array_size(json_object_get(body, "items")) == 100);
    const char *next = mem_text(ctx->mem, json_string_value(json_object_get(body, "next")));
    CHECK(next != NULL && strncmp(next, "/messages.json?state=waiting&after=", 35) == 0);
    json_decref(body);
    client_get(c, next);
    body = json_loads(c->body, 0, NULL);
    CHECK(json_array_size(json_object_get(body, "items")) == 50);
    CHECK(json_object_get(body, "next") == NULL);
    json_decref(body);
}

TEST(csv_holds_every_row_and_defuses_formulas)
{
    struct web_client *c = web_client(ctx, &app);
    put_many(ctx, 40);
    put(ctx, 77, "=cmd|' /C calc'!A0");
    client_get(c, "/messages.csv");
    CHECK_CODE(c, 200);
    CHECK(strstr(client_header(c, "Content-Disposition"), "messages.csv") != NULL);
    CHECK(client_count(c, "\r\n") == 42);
    CHECK(client_has(c, "Subject,State,Attempts,Made,Kind\r\n"));
    CHECK(client_has(c, "'=cmd"));
    CHECK(!c->is_broken_off);
}

TEST(a_workbook_is_a_workbook)
{
    struct web_client *c = web_client(ctx, &app);
    put_many(ctx, 3);
    client_get(c, "/messages.xlsx");
    CHECK_CODE(c, 200);
    CHECK(c->body_bytes > 1000 && memcmp(c->body, "PK\3\4", 4) == 0);
}

TEST(dated_rows_come_as_a_feed_and_as_a_calendar)
{
    struct web_client *c = web_client(ctx, &app);
    put(ctx, 1, "Tea & <cake>");
    client_get(c, "/messages.atom");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "<entry>") && client_has(c, "Tea &amp; &lt;cake&gt;"));
    CHECK(client_has(c, "2026-03-09T09:00:00Z"));
    client_get(c, "/messages.ics?state=waiting");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "BEGIN:VEVENT") && client_has(c, "Tea & <cake>"));
}

TEST(a_page_asks_the_store_three_times)
{
    struct web_client *c = web_client(ctx, &app);
    put_many(ctx, 30);
    client_get(c, "/messages");
    CHECK(c->store_calls == 3); /* rows, total, one filter counted */
}

TEST(a_filter_that_its_query_cannot_take_stops_the_start)
{
    const struct listing_filter wrong[] = {
        {.argument = "none", .label = "No such argument", .kind = LISTING_TYPED},
        {.argument = "state", .label = "A tick is no text", .kind = LISTING_CHECK},
        {.argument = "state", .label = "Neither is a day", .kind = LISTING_FROM}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const struct listing_filter only[] = {wrong[i], {0}};
        struct listing bad = mails;
        bad.filters = only;
        const struct web_route table[] = {WEB_LISTING("/bad", WEB_PUBLIC, &bad, "Bad."), {0}};
        const struct web_route *const all[] = {table, NULL};
        struct web_routes *built;
        CHECK(web_routes_build(ctx, &(const struct web_app){.routes = all}, &built) == ERR_INVALID);
        CHECK(strstr(ctx->fault, "\"/bad\" has a filter") != NULL);
    }
}
