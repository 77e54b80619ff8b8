/* SPDX-License-Identifier: MIT */
/*
 * member_desk_web.c - claims that are decided, and the mail domains of organisations.
 *
 *   /desk/claims                                   the register, the oldest first
 *   /desk/claims/:organisation/:reference          one; POST .../confirm vouches
 *   /desk/claims/:organisation/:reference/refuse   asks for a reason; POST refuses
 *   /desk/domains/:organisation                    its domains
 *   /desk/domains/:organisation/add                another; POST adds
 *   /desk/domains/:organisation/:domain/remove     POST
 *
 * The policy has checked the organisation of the path; a claim of another one is not found there.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/directory/directory.h"
#include "programme/member/member.sql.h"
#include "programme/member/member_page.html.h"
#include "programme/member/member_routes.h"
#include "programme/member/member_web.h"

#include <string.h>

enum { DOMAINS_SHOWN = 100 };

/* ---- the register ---- */

static const struct form_option clocks[] = {{"overdue", "Overdue", "nhsuk-tag--red", NULL},
                                            {"in-time", "In time", "nhsuk-tag--green", NULL},
                                            {"ended", "Ended", "nhsuk-tag--grey", NULL},
                                            {0}};

static const struct listing_column columns[] = {
    {.name = "organisation",
     .heading = "Organisation",
     .link = "/desk/claims/:organisation_code/:reference"},
    {.name = "name", .heading = "Who"},
    {.name = "role",
     .heading = "Role wanted",
     .format = LISTING_CODE,
     .options_from = member_role_options},
    {.name = "proven_at", .heading = "Since", .format = LISTING_TIME},
    {.name = "due_on", .heading = "Due by", .format = LISTING_DATE},
    {.name = "clock", .heading = "Clock", .format = LISTING_TAG, .options = clocks},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = member_claim_states},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = member_claim_states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"oldest", "Oldest first"}, {"newest", "Newest first"}, {0}};

static enum status notice_list(struct web_request *request, const char *what)
{
    return member_note_list(request, "member.claims_listed", what);
}

static const struct listing claim_listing = {
    .title = "Requests to speak for an organisation",
    .section = "/desk",
    .query = &member_claim_list_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "request",
    .many = "requests",
    .file_name = "claims",
    .notice = notice_list,
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

/* ---- what waits, at /desk ---- */

static enum status count_claims(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct member_claims_waiting_row row;
    TRY(member_claims_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    out->waiting_count = row.claims;
    out->oldest_at = row.oldest_at == NULL ? 0 : *row.oldest_at;
    return OK;
}

static enum status count_invitations(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct member_invitations_waiting_row row;
    TRY(member_invitations_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    out->waiting_count = row.invitations;
    out->oldest_at = row.oldest_at == NULL ? 0 : *row.oldest_at;
    return OK;
}

const struct desk_queue member_queues[] = {
    {"Requests to speak for an organisation", "/desk/claims?state=waiting",
     "Do you know the person? Vouch or refuse within 5 working days.", MAY_DECIDE_CLAIMS,
     count_claims},
    {"Invitations without an answer", "/desk/invitations?state=open",
     "Send them again, or take them back.", MAY_GIVE_ROLES, count_invitations},
    {"People and their roles", "/desk/people", "Who may do what in your area.", MAY_SEE_PEOPLE,
     NULL},
    {0},
};

/* ---- one claim ---- */

static enum status find(struct web_request *request, struct member_claim *out)
{
    TRY(member_claim_find(request->ctx, web_value(request, "reference"), out));
    if (strcmp(out->organisation_code, web_value(request, "organisation")) != 0 ||
        out->proven_at == 0)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "the claim is on another organisation");
    return OK;
}

static const char *path_of(const struct web_request *request, const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/claims/%s/%s%s", web_value(request, "organisation"),
                      web_value(request, "reference"), tail);
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct member_claim claim;
    TRY(find(request, &claim));
    const struct form_option *state = member_option(member_claim_states, claim.state);
    bool waits = strcmp(claim.state, "waiting") == 0;
    const struct member_claim_page page = {
        .reference = claim.reference,
        .organisation = claim.organisation_name,
        .organisation_code = claim.organisation_code,
        .name = claim.name,
        .job_title = claim.job_title,
        .email = claim.email,
        .about = claim.about,
        .role = claim.role->name,
        .summary = claim.role->summary,
        .state = state->label,
        .tag_class = state->hint,
        .due = time_show_day(ctx->mem, claim.due_on),
        .proven = time_show(ctx->mem, claim.proven_at),
        .reason = claim.reason,
        .form_token = web_token(request),
        .is_domain = claim.is_domain,
        .waits = waits,
        .is_overdue = waits && strcmp(claim.due_on, time_day_of(ctx->mem, ctx->now_secs)) < 0,
        .is_own = claim.person.n == ctx->person.n};
    TRY(member_note_look(ctx, claim.person, claim.organisation_code));
    answer->page = (struct web_page){
        .title = mem_format(ctx->mem, "Request %s", claim.reference),
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Requests", "/desk/claims"}}};
    member_claim_desk(&answer->body, &page);
    return OK;
}

static enum status decided(struct web_request *request, struct web_answer *answer,
                           enum status status)
{
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This cannot be done now",
                         "Somebody may have decided since you opened it, or the organisation has "
                         "closed. Go back and look again.");
    if (status == ERR_FORBIDDEN)
        return web_sorry(request, answer, 409, "This is your own request",
                         "Somebody else has to decide about it.");
    TRY(status);
    return web_see_other(answer, path_of(request, ""));
}

static enum status confirm(struct web_request *request, struct web_answer *answer)
{
    struct member_claim claim;
    TRY(find(request, &claim));
    return decided(request, answer, member_claim_confirm(request->ctx, claim.reference));
}

struct reason_form {
    const char *reason;
};

static const struct form_field reason_fields[] = {
    FORM_LONG_TEXT(reason_form, reason, .length_most = 1000, .rows = 4, .label = "Why?",
                   .hint = "The person gets these words by email.", .missing = "Enter the reason"),
    FORM_END};

static enum status show_refuse(struct web_request *request, struct web_answer *answer,
                               const struct form_problems *problems)
{
    struct member_claim claim;
    TRY(find(request, &claim));
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Refuse this request",
                                  .action = path_of(request, "/refuse"),
                                  .button = "Refuse",
                                  .is_warning = true,
                                  .back_href = path_of(request, ""),
                                  .shown = {.fields = reason_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status ask_refuse(struct web_request *request, struct web_answer *answer)
{
    return show_refuse(request, answer, NULL);
}

static enum status refuse(struct web_request *request, struct web_answer *answer)
{
    struct member_claim claim;
    struct reason_form form = {""};
    struct form_problems problems = {.count = 0};
    TRY(find(request, &claim));
    enum status status = form_read(request->ctx, reason_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_refuse(request, answer, &problems);
    TRY(status);
    return decided(request, answer,
                   member_claim_refuse(request->ctx, claim.reference, form.reason));
}

/* ---- domains ---- */

static enum status show_domains(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct organisation it;
    struct member_domain_rows_row *rows;
    TRY(directory_find(ctx, web_value(request, "organisation"), &it));
    struct member_domains_page page = {
        .organisation = it.name, .organisation_code = it.code, .form_token = web_token(request)};
    TRY(member_domain_rows(ctx, it.id.n, DOMAINS_SHOWN, &rows, &page.domain_count));
    page.domains = mem_array(ctx->mem, struct member_domain_line, page.domain_count);
    for (size_t i = 0; i < page.domain_count; i++)
        page.domains[i] = (struct member_domain_line){
            rows[i].domain, rows[i].source,
            time_show_day(ctx->mem, time_day_of(ctx->mem, rows[i].added_at))};
    answer->page =
        (struct web_page){.title = "Mail domains",
                          .section = "/desk",
                          .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"People", "/desk/people"}}};
    member_domains(&answer->body, &page);
    return OK;
}

static const struct form_field domain_fields[] = {
    FORM_TEXT(member_domain_draft, domain, .label = "Domain", .length_most = 253,
              .hint = "What stands behind the @, for example trust.nhs.uk",
              .missing = "Enter the domain"),
    FORM_TEXT(member_domain_draft, source, .label = "How do you know that it is theirs alone?",
              .short_label = "Source", .hint = "For example, the contact page of their website",
              .missing = "Enter how you know"),
    FORM_END};

static const char *domains_path(const struct web_request *request, const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/domains/%s%s", web_value(request, "organisation"),
                      tail);
}

static enum status show_add(struct web_request *request, struct web_answer *answer,
                            const struct form_problems *problems)
{
    struct organisation it;
    TRY(directory_find(request->ctx, web_value(request, "organisation"), &it));
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = mem_format(request->ctx->mem, "Add a mail domain of %s", it.name),
            .action = domains_path(request, "/add"),
            .button = "Add",
            .back_href = domains_path(request, ""),
            .shown = {.fields = domain_fields,
                      .answers = problems != NULL ? request->sent : NULL,
                      .problems = problems}});
}

static enum status ask_add(struct web_request *request, struct web_answer *answer)
{
    return show_add(request, answer, NULL);
}

static enum status add(struct web_request *request, struct web_answer *answer)
{
    struct member_domain_draft draft = {0};
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, domain_fields, request->sent, &draft, &problems);
    if (status == OK)
        status =
            member_domain_say(request->ctx, web_value(request, "organisation"), &draft, &problems);
    if (status == ERR_INVALID && problems.count > 0)
        return show_add(request, answer, &problems);
    TRY(status);
    return web_see_other(answer, domains_path(request, ""));
}

static enum status remove_domain(struct web_request *request, struct web_answer *answer)
{
    TRY(member_domain_unsay(request->ctx, web_value(request, "organisation"),
                            web_value(request, "domain")));
    return web_see_other(answer, domains_path(request, ""));
}

const struct web_route member_desk_routes[] = {
    WEB_LISTING("/desk/claims", MAY_DECIDE_CLAIMS, &claim_listing, "The register of claims."),
    {"GET", "/desk/claims/:organisation/:reference", MAY_DECIDE_CLAIMS, show,
     "One claim; looking is noted."},
    {"POST", "/desk/claims/:organisation/:reference/confirm", MAY_DECIDE_CLAIMS, confirm,
     "Vouches for the claimant, once.", .needs_proof = true},
    {"GET", "/desk/claims/:organisation/:reference/refuse", MAY_DECIDE_CLAIMS, ask_refuse,
     "Asks for a reason."},
    {"POST", "/desk/claims/:organisation/:reference/refuse", MAY_DECIDE_CLAIMS, refuse,
     "Refuses, with a reason."},
    {"GET", "/desk/domains/:organisation", MAY_GIVE_ROLES, show_domains, "Its mail domains."},
    {"GET", "/desk/domains/:organisation/add", MAY_GIVE_ROLES, ask_add, "Another domain.",
     .needs_proof = true},
    {"POST", "/desk/domains/:organisation/add", MAY_GIVE_ROLES, add, "Adds it. Safe to repeat.",
     .needs_proof = true},
    {"POST", "/desk/domains/:organisation/:domain/remove", MAY_GIVE_ROLES, remove_domain,
     "Removes it.", .needs_proof = true},
    {0},
};
