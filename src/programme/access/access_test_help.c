/* SPDX-License-Identifier: MIT */
/* access_test_help.c - what the tests of access share. */
#include "programme/access/access_test_help.h"

#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_web.h"

struct person_id help_person(struct ctx *ctx, const char *email, const char *role)
{
    struct access_person person;
    CHECK(access_person_add(ctx, &(const struct access_new){.email = email, .role = role}, &person,
                            NULL) == OK);
    return person.id;
}

void help_demonstration(struct ctx *ctx, bool is_one)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    settings->demonstration = is_one;
    ctx->settings = settings;
}

void help_work(struct ctx *ctx)
{
    static const struct job_kind *const jobs[] = {access_job_kinds, NULL};
    bool did = true;
    for (int i = 0; i < 100 && did; i++)
        CHECK(job_work_once(ctx, jobs, &did) == OK);
    CHECK(!did);
}

static struct mail_outbox_row *all_mail(struct ctx *ctx, size_t *count_out)
{
    struct mail_outbox_row *rows;
    struct store_choice choice = {.at_most = MAILS_MAX};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &choice, &rows, count_out) == OK);
    return rows;
}

size_t help_mail_count(struct ctx *ctx)
{
    size_t count;
    all_mail(ctx, &count);
    return count;
}

int64_t help_newest_mail(struct ctx *ctx)
{
    size_t count;
    const struct mail_outbox_row *rows = all_mail(ctx, &count);
    CHECK(count > 0);
    return rows[0].id;
}

const char *help_newest_code(struct ctx *ctx)
{
    size_t count;
    struct mail_kept mail;
    const struct mail_outbox_row *rows = all_mail(ctx, &count);
    if (count == 0)
        return NULL;
    CHECK(mail_find(ctx, rows[0].id, &mail) == OK);
    for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
        if (part->kind == MAIL_PART_CODE)
            return part->text;
    return NULL;
}

const char *help_other_code(struct mem *mem, const char *code)
{
    char *other = mem_text(mem, code);
    other[0] = other[0] == '9' ? '0' : (char)(other[0] + 1);
    return other;
}

/* ---- a program with a route for each access, and a browser ---- */

static enum status probe(struct web_request *request, struct web_answer *answer)
{
    answer->content_type = "text/plain";
    view_text(&answer->body, "in as ");
    view_text(&answer->body, request->grant.role);
    if (request->grant.scope != NULL)
        view_text(&answer->body, request->grant.scope);
    return OK;
}

const struct web_route help_probes[] = {
    {"GET", "/", WEB_PUBLIC, probe, "Front."},
    {"GET", "/probe/17", MAY_SEE_PLEDGES, probe, "Probe."},
    {"GET", "/probe/18", MAY_WORK_PLEDGES, probe, "Probe."},
    {"GET", "/probe/19", MAY_SEE_OUTBOX, probe, "Probe."},
    {"GET", "/probe/20", MAY_SEE_IMPORTS, probe, "Probe."},
    {"GET", "/probe/end", ACCESS_END, probe, "An access that does not exist."},
    {"GET", "/probe/signed-in", WEB_SIGNED_IN, probe, "Probe."},
    {0},
};
static const struct web_route *const tables[] = {access_routes, help_probes, NULL};
static const struct web_app app = {.routes = tables,
                                   .may = access_may,
                                   .person_name = access_person_name,
                                   .sign_in_path = ACCESS_SIGN_IN_PATH};

struct web_client *help_browser(struct ctx *ctx)
{
    ctx->person = (struct person_id){0};
    return web_client(ctx, &app);
}

void help_mail_code(struct ctx *ctx, const char *email)
{
    const struct access_caller caller = {.browser = "browser", .address = "address"};
    CHECK(access_code_ask(ctx, &caller, email, "") == OK);
}

/* ---- what was agreed ---- */

/* What the programme has agreed, written down a second time, by access: roles that have it in their
 * own area, and roles that have it everywhere.  All that is not here is forbidden. */
static const struct agreed {
    enum access access;
    const char *own, *everywhere;
} agreed[] = {
    {MAY_SEE_DESK,
     " member coordinator assessor selector safeguarding equality lead union school local "
     "regional ",
     " editor analyst national operator "},
    {MAY_SEE_PLEDGES, " coordinator lead union local regional ", " analyst national "},
    {MAY_WORK_PLEDGES, "", " national "},
    {MAY_SEE_OUTBOX, "", " national operator "},
    {MAY_SEE_IMPORTS, "", " national operator "},
    {MAY_SEE_PEOPLE, " coordinator safeguarding lead local regional ", " national "},
    {MAY_GIVE_ROLES, " lead regional ", " national "},
    {MAY_DECIDE_CLAIMS, " lead local regional ", " national "},
    {MAY_READ_AUDIT, " safeguarding lead regional ", " national "},
    {MAY_SEE_CONCERNS, " safeguarding ", ""},
    {MAY_SEE_EQUALITY, " equality ", ""},
    {MAY_ANSWER_RIGHTS, " lead ", " national "},
    {MAY_KEEP_RECORDS, "", " national operator "},
    {MAY_MAKE_TOKENS, " lead ", " national "},
    {MAY_BREAK_GLASS, "", " operator "},
    {MAY_REVIEW_GLASS, "", " national "},
    {MAY_CHASE_CONCERNS, "", " national "},
    {MAY_WORK_PLANS, " coordinator lead union ", ""},
    {MAY_RECORD_PAPER, " local regional ", " national "},
    {MAY_CHASE_PLEDGES, " local regional ", " national "},
    {MAY_EDIT_CONTENT, "", " editor national "},
    {MAY_RUN_EVENTS, " coordinator lead local regional ", " national "},
    {MAY_KEEP_LEADS, " regional ", " national "},
    {MAY_ANSWER_ENQUIRIES, " local regional ", " national "},
    {MAY_SEND_NEWSLETTER, "", " editor national "},
};
enum { AGREED = sizeof agreed / sizeof agreed[0] };

_Static_assert((int)AGREED == (int)ACCESS_END - (int)MAY_SEE_DESK, "every access is agreed");

enum access_reach help_agreed(struct ctx *ctx, const char *role, int access)
{
    const char *name = mem_format(ctx->mem, " %s ", role);
    for (size_t i = 0; i < AGREED; i++)
        if ((int)agreed[i].access == access)
            return strstr(agreed[i].own, name) != NULL          ? ACCESS_OWN
                   : strstr(agreed[i].everywhere, name) != NULL ? ACCESS_ALL
                                                                : ACCESS_NOTHING;
    return ACCESS_NOTHING;
}
