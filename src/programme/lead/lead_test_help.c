/* SPDX-License-Identifier: MIT */
/* lead_test_help.c - what the tests of leads and questions share. */
#include "programme/lead/lead_test_help.h"
#include "programme/directory/directory_test_help.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"

enum { MAILS_MAX = 100 };

struct person_id lead_test_person(struct ctx *ctx, const char *email, const char *role,
                                  const char *area)
{
    struct access_person person;
    const struct access_new wanted = {.email = email,
                                      .name = mem_format(ctx->mem, "Name of %s", email),
                                      .role = role,
                                      .area = area};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    return person.id;
}

void lead_test_begin(struct ctx *ctx)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    settings->demonstration = true;
    settings->mail_answers_to = "answers@service.example";
    ctx->settings = settings;
    directory_test_packs(ctx);
    ctx->person = lead_test_person(ctx, "national@nhs.example", "national", NULL);
    ctx->role = "national";
}

int64_t lead_test_add(struct ctx *ctx, const struct lead_test_new *it)
{
    struct form_problems problems = {.count = 0};
    const struct lead_draft draft = {.area = {.key = it->area},
                                     .email = it->email,
                                     .theme = it->theme != NULL ? it->theme : "all",
                                     .job_title = "",
                                     .from_on = it->from_on,
                                     .to_on = it->to_on != NULL ? it->to_on : ""};
    int64_t id = 0;
    enum status status = lead_add(ctx, &draft, &problems, &id);
    if (status != OK)
        fail_msg("%s in %s: %s", it->email, it->area,
                 problems.count > 0 ? problems.items[0].text : ctx->fault);
    return id;
}

void lead_test_day(struct ctx *ctx, const char *day)
{
    CHECK(time_at(day, 12, 0, &ctx->now_secs) == OK);
}

const char *lead_test_ask(struct ctx *ctx)
{
    struct form_problems problems = {.count = 0};
    const char *reference = NULL;
    struct person_id before = ctx->person;
    const struct enquiry_draft draft = {.place = {.key = "M13 9WL/QOP"},
                                        .theme = "apprenticeships",
                                        .question = "How do I begin?",
                                        .name = "Ana Bell",
                                        .email = "Ana@home.example"};
    ctx->person.n = 0;
    CHECK(enquiry_ask(ctx, &draft, &problems, &reference) == OK);
    ctx->person = before;
    return reference;
}

struct enquiry lead_test_enquiry(struct ctx *ctx, const char *reference)
{
    struct enquiry enquiry;
    CHECK(enquiry_find(ctx, reference, &enquiry) == OK);
    return enquiry;
}

size_t lead_test_mails(struct ctx *ctx, const char *kind, struct mail_kept *last_out)
{
    struct mail_outbox_row *rows;
    struct store_choice choice = {.at_most = MAILS_MAX};
    size_t count;
    CHECK(mail_outbox(ctx, NULL, kind, NULL, &choice, &rows, &count) == OK);
    if (count > 0 && last_out != NULL)
        CHECK(mail_find(ctx, rows[0].id, last_out) == OK);
    return count;
}
