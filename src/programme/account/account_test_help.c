/* SPDX-License-Identifier: MIT */
/* account_test_help.c - what the tests of account share. */
#include "programme/account/account_test_help.h"

#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_web.h"
#include "programme/account/account_web.h"
#include "programme/audit/audit.h"

enum { EVENTS_MAX = 500 };

void help_factor(struct ctx *ctx, bool is_required)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = *ctx->settings;
    settings->second_factor = is_required ? "required" : "offered";
    ctx->settings = settings;
}

void account_work(struct ctx *ctx)
{
    static const struct job_kind *const jobs[] = {access_job_kinds, account_job_kinds, NULL};
    bool did = true;
    for (int i = 0; i < 100 && did; i++)
        CHECK(job_work_once(ctx, jobs, &did) == OK);
    CHECK(!did);
}

static const struct web_route *const tables[] = {
    access_routes,         account_sign_in_routes, account_second_routes, account_own_routes,
    account_change_routes, account_service_routes, help_probes,           NULL};
static const struct web_app app = {.routes = tables,
                                   .may = access_may,
                                   .person_name = access_person_name,
                                   .sign_in_path = ACCESS_SIGN_IN_PATH,
                                   .second_path = ACCESS_SECOND_PATH,
                                   .proof_path = ACCESS_PROOF_PATH};

struct web_client *account_browser(struct ctx *ctx)
{
    ctx->person = (struct person_id){0};
    help_factor(ctx, false);
    return web_client(ctx, &app);
}

void help_ask_code(struct web_client *c, const char *target, const char *email)
{
    client_get(c, target);
    CHECK_CODE(c, 200);
    client_post(c, target, "email", email, NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/sign-in/code");
    client_follow(c);
    CHECK_CODE(c, 200);
}

void help_sign_in_from(struct web_client *c, const char *target, const char *email)
{
    help_ask_code(c, target, email);
    account_work(c->ctx);
    const char *code = help_newest_code(c->ctx);
    struct ctx *ctx = c->ctx;
    CHECK(code != NULL);
    client_post(c, "/sign-in/code", "code", code, NULL);
    CHECK_CODE(c, 303);
}

void help_phone(struct ctx *ctx, struct person_id person)
{
    CHECK(account_phone_give(ctx, person) == OK);
}

const char *help_phone_code(struct ctx *ctx, struct person_id person)
{
    const char *code;
    const struct settings *usual = ctx->settings;
    struct person_id before = ctx->person;
    struct settings shown = *usual;
    shown.demonstration = true;
    ctx->settings = &shown;
    ctx->person = person;
    CHECK(account_phone_now(ctx, &code) == OK);
    ctx->person = before;
    ctx->settings = usual;
    return code;
}

size_t help_events(struct ctx *ctx, struct person_id person, const char *what)
{
    struct audit_event *events;
    size_t count, found = 0;
    CHECK(audit_about(ctx, person, EVENTS_MAX, &events, &count) == OK);
    for (size_t i = 0; i < count; i++)
        found += strcmp(events[i].what, what) == 0;
    return found;
}

static const struct mail_part *newest_part(struct ctx *ctx, const char *email,
                                           enum mail_part_kind kind)
{
    size_t count;
    struct mail_kept mail;
    struct mail_outbox_row *rows;
    struct store_choice choice = {.at_most = MAILS_MAX};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &choice, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        if (mail.to_address == NULL || strcmp(mail.to_address, email) != 0)
            continue;
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
            if (part->kind == kind)
                return part;
    }
    return NULL;
}

const char *help_link(struct ctx *ctx, const char *email)
{
    const struct mail_part *part = newest_part(ctx, email, MAIL_PART_BUTTON);
    CHECK(part != NULL);
    CHECK(text_begins(part->href, ctx->settings->base_url));
    return part->href + strlen(ctx->settings->base_url);
}

const char *help_code_to(struct ctx *ctx, const char *email)
{
    const struct mail_part *part = newest_part(ctx, email, MAIL_PART_CODE);
    return part != NULL ? part->text : NULL;
}
