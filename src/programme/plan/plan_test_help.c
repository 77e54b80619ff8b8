/* SPDX-License-Identifier: MIT */
/* plan_test_help.c - see the header. */
#include "programme/plan/plan_test_help.h"

#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/pledge/pledge_test_help.h"

enum { MAILS_MAX = 200 };

const char *plan_test_publish(struct ctx *ctx)
{
    const char *reference = pledge_test_send(ctx, "R0A");
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    return reference;
}

struct person_id plan_test_person(struct ctx *ctx, const char *email, const char *role)
{
    struct access_person person;
    const struct access_new wanted = {.email = email,
                                      .name = mem_format(ctx->mem, "Name of %s", email),
                                      .role = role,
                                      .area = role != NULL ? "R0A" : NULL};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    return person.id;
}

void plan_test_as_leader(struct ctx *ctx)
{
    ctx->person = plan_test_person(ctx, "ada@trust.example", NULL);
}

struct plan_draft plan_test_draft(struct ctx *ctx)
{
    return (struct plan_draft){.happened_on = time_day_of(ctx->mem, ctx->now_secs),
                               .state = "in-progress",
                               .reason = "",
                               .rag = "green",
                               .note = "The first way in is open.",
                               .evidence = "",
                               .link = "",
                               .due_on = "",
                               .due_reason = "",
                               .seen = -1};
}

enum status plan_test_tell(struct ctx *ctx, const char *reference, const struct plan_draft *draft)
{
    int64_t number;
    struct pledge pledge;
    struct form_problems problems = {.count = 0};
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    const struct plan_place place = {reference, pledge.period, 1};
    return plan_tell(ctx, &place, draft, &problems, &number);
}

struct plan plan_test_read(struct ctx *ctx, const char *reference, int64_t period)
{
    struct plan plan;
    struct pledge *pledge = mem_new(ctx->mem, struct pledge);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, pledge) == OK);
    CHECK(plan_read(ctx, &(const struct plan_wanted){pledge, period, PLAN_FOR_WORKERS}, &plan) ==
          OK);
    return plan;
}

void plan_test_renew(struct ctx *ctx, const char *reference)
{
    static const struct pledge_news news[] = {
        {.kind = PLEDGE_REVIEW_OPENED, .role = "programme"},
        {.kind = PLEDGE_REVIEW_SENT, .role = "leader"},
        {.kind = PLEDGE_REVIEW_LEADER_SIGNED, .role = "leader"},
        {.kind = PLEDGE_REVIEW_COSIGNER_SIGNED, .role = "cosigner"}};
    for (size_t i = 0; i < sizeof news / sizeof news[0]; i++)
        CHECK(pledge_happen(ctx, reference, &news[i], NULL) == OK);
}

const char *plan_test_token(struct ctx *ctx, const char *address)
{
    struct mail_outbox_row *rows;
    size_t count;
    struct store_choice newest = {.at_most = MAILS_MAX};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        struct mail_kept mail;
        if (rows[i].to_address == NULL || strcmp(rows[i].to_address, address) != 0)
            continue;
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
            if (part->kind == MAIL_PART_BUTTON && strstr(part->href, "/plans/join/") != NULL)
                return strrchr(part->href, '/') + 1;
    }
    return "";
}

size_t plan_test_mails(struct ctx *ctx, const char *kind, const char *address)
{
    struct mail_outbox_row *rows;
    size_t count, found = 0;
    struct store_choice newest = {.at_most = MAILS_MAX};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++)
        found += strcmp(rows[i].kind, kind) == 0 && rows[i].to_address != NULL &&
                         strcmp(rows[i].to_address, address) == 0
                     ? 1
                     : 0;
    return found;
}
