/* SPDX-License-Identifier: MIT */
/*
 * member_account_web.c - one's own roles, claims and invitations, and leaving.
 *
 *   /account/roles                          my roles and organisations
 *   /account/claims                         my requests and invitations
 *   POST /account/claims/:reference/withdraw
 *   POST /account/invitations/:reference/accept
 *   at /account: these in short, and who can see my data
 *   /account/leave/:grant                   what waits for me; POST hands over and ends my roles
 *   /account/left                           after the last role, when one is signed out
 *
 * The page of leaving serves the desk too, where a lead says that somebody has left.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/web/session.h"
#include "programme/member/member.sql.h"
#include "programme/member/member_page.html.h"
#include "programme/member/member_routes.h"
#include "programme/member/member_web.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_MAX = 50 };

/* ---- my roles ---- */

static enum status fill_roles(struct ctx *ctx, struct member_account_page *page)
{
    struct access_person person;
    TRY(access_person_get(ctx, ctx->person, &person));
    page->roles = mem_array(ctx->mem, struct member_role_line, person.grant_count);
    for (size_t i = 0; i < person.grant_count; i++) {
        const struct access_grant *grant = &person.grants[i];
        page->roles[page->role_count++] = (struct member_role_line){
            .grant_id = grant->id,
            .post = access_post_text(ctx->mem, grant->role->code, grant->area_name),
            .days = member_days_text(ctx->mem, grant->from_on, grant->until_on),
            .may_end = true};
    }
    return OK;
}

static enum status show_roles(struct web_request *request, struct web_answer *answer)
{
    struct member_account_page page = {.form_token = web_token(request)};
    TRY(fill_roles(request->ctx, &page));
    answer->page = (struct web_page){.title = "Your roles and organisations",
                                     .crumbs = {{"Home", "/"}, {"Your account", "/account"}}};
    member_account_roles(&answer->body, &page);
    return OK;
}

static enum status show_roles_section(struct web_request *request, struct view *out)
{
    struct member_account_page page = {.form_token = ""};
    TRY(fill_roles(request->ctx, &page));
    member_roles_section(out, &page);
    return OK;
}

/* ---- my claims and invitations ---- */

static enum status fill_claims(struct ctx *ctx, struct member_account_page *page)
{
    struct member_claims_of_row *rows;
    TRY(member_claims_of(ctx, ctx->person.n, SHOWN_MAX, &rows, &page->claim_count));
    page->claims = mem_array(ctx->mem, struct member_account_claim, page->claim_count);
    for (size_t i = 0; i < page->claim_count; i++) {
        const struct form_option *state = member_option(member_claim_states, rows[i].state);
        page->claims[i] =
            (struct member_account_claim){.reference = rows[i].reference,
                                          .organisation = rows[i].organisation_name,
                                          .role = access_role_name(rows[i].role),
                                          .state = state->label,
                                          .tag_class = state->hint,
                                          .due = time_show_day(ctx->mem, rows[i].due_on),
                                          .reason = rows[i].reason,
                                          .waits = strcmp(rows[i].state, "waiting") == 0};
    }
    return OK;
}

static enum status fill_invitations(struct ctx *ctx, struct member_account_page *page)
{
    struct access_person person;
    struct member_invitations_to_row *rows;
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(member_invitations_to(ctx, text_email_key(ctx->mem, person.email), ctx->now_secs, SHOWN_MAX,
                              &rows, &page->invitation_count));
    page->invitations = mem_array(ctx->mem, struct member_invitation_page, page->invitation_count);
    for (size_t i = 0; i < page->invitation_count; i++)
        page->invitations[i] = (struct member_invitation_page){
            .reference = rows[i].reference,
            .post = access_post_text(ctx->mem, rows[i].role, rows[i].area_name),
            .ends = time_show(ctx->mem, rows[i].expires_at)};
    return OK;
}

static enum status show_claims(struct web_request *request, struct web_answer *answer)
{
    struct member_account_page page = {.form_token = web_token(request)};
    TRY(fill_claims(request->ctx, &page));
    TRY(fill_invitations(request->ctx, &page));
    answer->page = (struct web_page){.title = "Your requests and invitations",
                                     .crumbs = {{"Home", "/"}, {"Your account", "/account"}}};
    member_account_claims(&answer->body, &page);
    return OK;
}

/* How much waits; nothing when there never was any. */
static enum status show_claims_section(struct web_request *request, struct view *out)
{
    struct member_account_page page = {.form_token = ""};
    TRY(fill_claims(request->ctx, &page));
    TRY(fill_invitations(request->ctx, &page));
    for (size_t i = 0; i < page.claim_count; i++)
        page.waiting_count += page.claims[i].waits;
    if (page.claim_count + page.invitation_count > 0)
        member_claims_section(out, &page);
    return OK;
}

const struct account_section member_sections[] = {
    {"Your roles and organisations", show_roles_section},
    {"Your requests and invitations", show_claims_section},
    {0}};

static enum status withdraw(struct web_request *request, struct web_answer *answer)
{
    enum status status = member_claim_withdraw(request->ctx, web_value(request, "reference"));
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This request has ended",
                         "It was decided or taken back before.");
    TRY(status);
    return web_see_other(answer, "/account/claims");
}

static enum status accept(struct web_request *request, struct web_answer *answer)
{
    enum status status =
        member_invitation_accept_own(request->ctx, web_value(request, "reference"));
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This invitation can no longer be accepted",
                         "It was used, taken back, or its time is over. Ask for a new one.");
    TRY(status);
    return web_see_other(answer, "/account/roles");
}

/* ---- leaving ---- */

struct leave_form {
    const char *successor;
};

/* Whose options are the colleagues. */
static const struct form_field successor_field = FORM_ONE_OF(
    leave_form, successor, .label = "Who takes over?", .missing = "Choose who takes over");

/* The colleagues of this leaving are put in by the page: options cannot depend on the path. */
static struct form_field *leave_fields(struct ctx *ctx, const struct member_leaving *leaving)
{
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, leaving->colleague_count + 1);
    for (size_t i = 0; i < leaving->colleague_count; i++)
        options[i] = (struct form_option){
            .code = mem_format(ctx->mem, "%" PRId64, leaving->colleagues[i].person.n),
            .label = leaving->colleagues[i].name,
            .hint = leaving->colleagues[i].as};
    struct form_field *fields = mem_array(ctx->mem, struct form_field, 2);
    fields[0] = successor_field;
    fields[0].options = options;
    fields[0].is_optional = !leaving->needs_successor;
    fields[1] = (struct form_field)FORM_END;
    return fields;
}

static void fill_leave(struct ctx *ctx, const struct member_leaving *leaving,
                       const struct member_leave_where *where, struct member_leave_page *page)
{
    *page = (struct member_leave_page){
        .name = leaving->person.name,
        .place = leaving->area.name[0] != '\0' ? leaving->area.name : "the national programme",
        .is_self = where->is_self,
        .roles = mem_array(ctx->mem, struct member_role_line, leaving->role_count),
        .role_count = leaving->role_count,
        .things = leaving->things,
        .thing_count = leaving->thing_count,
        .last = leaving->last != NULL ? leaving->last->name : NULL,
        .has_nobody = leaving->needs_successor && leaving->colleague_count == 0};
    for (size_t i = 0; i < leaving->role_count; i++)
        page->roles[i].post = leaving->roles[i]->name;
}

enum status member_leave_show(struct web_request *request, struct web_answer *answer,
                              const struct member_leave_where *where,
                              const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct member_leaving leaving;
    struct member_leave_page about;
    struct view intro = {.mem = ctx->mem};
    TRY(member_leave_look(ctx, where->person, where->grant_id, &leaving));
    fill_leave(ctx, &leaving, where, &about);
    member_leave_intro(&intro, &about);
    const char *name = where->is_self ? "Leave" : "Say that somebody has left";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = mem_format(ctx->mem, "%s: %s", name, about.place),
                                  .action = where->action,
                                  .button = where->is_self ? "I leave" : "They have left",
                                  .back_href = where->back_href,
                                  .is_warning = true,
                                  .intro = view_html(&intro),
                                  .shown = {.fields = leave_fields(ctx, &leaving),
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

struct leaving_now {
    struct person_id person, successor;
    int64_t grant_id;
    bool has_none;
};

/* Whoever has no role left anywhere is signed out everywhere, in the same transaction. */
static enum status leave_once(struct ctx *ctx, void *arg)
{
    struct leaving_now *now = arg;
    TRY(member_leave(ctx, now->person, now->grant_id, now->successor, &now->has_none));
    return now->has_none ? session_end_all(ctx, now->person) : OK;
}

enum status member_leave_do(struct web_request *request, struct web_answer *answer,
                            const struct member_leave_where *where)
{
    struct ctx *ctx = request->ctx;
    struct leave_form form = {""};
    struct form_problems problems = {.count = 0};
    struct member_leaving leaving;
    struct leaving_now now = {.person = where->person, .grant_id = where->grant_id};
    TRY(member_leave_look(ctx, where->person, where->grant_id, &leaving));
    enum status status =
        form_read(ctx, leave_fields(ctx, &leaving), request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return member_leave_show(request, answer, where, &problems);
    TRY(status);
    if (form.successor[0] != '\0')
        TRY(text_number(form.successor, 1, INT64_MAX, &now.successor.n));
    TRY(store_transact(ctx, "member_leave_now", leave_once, &now));
    if (!where->is_self || !now.has_none)
        return web_see_other(answer, where->done_href);
    TRY(session_end(request, answer));
    return web_see_other(answer, "/account/left");
}

static struct member_leave_where where_of(const struct web_request *request)
{
    int64_t grant_id = member_number(request, "grant");
    return (struct member_leave_where){
        .person = request->ctx->person,
        .grant_id = grant_id,
        .action = mem_format(request->ctx->mem, "/account/leave/%" PRId64, grant_id),
        .back_href = "/account/roles",
        .done_href = "/account/roles",
        .is_self = true};
}

static enum status ask_leave(struct web_request *request, struct web_answer *answer)
{
    struct member_leave_where where = where_of(request);
    return member_leave_show(request, answer, &where, NULL);
}

static enum status leave(struct web_request *request, struct web_answer *answer)
{
    struct member_leave_where where = where_of(request);
    return member_leave_do(request, answer, &where);
}

static enum status has_left(struct web_request *request, struct web_answer *answer)
{
    (void)request;
    answer->page.title = "You have left";
    answer->is_public = true;
    member_has_left(&answer->body);
    return OK;
}

const struct web_route member_account_routes[] = {
    {"GET", "/account/roles", WEB_SIGNED_IN, show_roles, "My roles and organisations."},
    {"GET", "/account/claims", WEB_SIGNED_IN, show_claims, "My requests and invitations."},
    {"POST", "/account/claims/:reference/withdraw", WEB_SIGNED_IN, withdraw, "Takes it back."},
    {"POST", "/account/invitations/:reference/accept", WEB_SIGNED_IN, accept,
     "Accepts an invitation of mine, once."},
    {"GET", "/account/leave/:grant", WEB_SIGNED_IN, ask_leave, "What waits for me."},
    {"POST", "/account/leave/:grant", WEB_SIGNED_IN, leave, "Hands over, and ends my roles there."},
    {"GET", "/account/left", WEB_PUBLIC, has_left, "That one has left."},
    {0},
};
