/* SPDX-License-Identifier: MIT */
/*
 * member_claim_web.c - asking to speak for an organisation.
 *
 *   /claim ...        the journey: see journey.h
 *   /claims/:token    what the link of the mail opens; POST proves the address
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/journey.h"
#include "programme/directory/directory_web.h"
#include "programme/member/member_page.html.h"
#include "programme/member/member_routes.h"
#include "programme/member/member_web.h"

#include <string.h>

static enum status role_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    size_t count = 0;
    (void)form;
    while (member_claim_roles[count] != NULL)
        count++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct access_role *role = access_role_of(member_claim_roles[i]);
        options[i] = (struct form_option){role->code, role->name, role->summary, NULL};
    }
    *out = options;
    return OK;
}

static enum status search_any(struct ctx *ctx, const char *typed, size_t at_most,
                              struct form_found **out, size_t *count_out)
{
    struct directory_found *found;
    TRY(directory_search(ctx, &(const struct directory_asked){typed, NULL, at_most}, &found,
                         count_out));
    *out = mem_array(ctx->mem, struct form_found, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct form_found){.key = found[i].code,
                                        .label = found[i].name,
                                        .detail = mem_format(ctx->mem, "%s, %s. Code %s",
                                                             found[i].kind_name, found[i].town,
                                                             found[i].code),
                                        .id = found[i].id.n};
    return OK;
}

static enum status find_any(struct ctx *ctx, const char *key, struct form_found *out)
{
    struct organisation it;
    TRY(directory_find(ctx, key, &it));
    *out = (struct form_found){
        .key = it.code, .label = it.name, .detail = directory_detail(ctx->mem, &it), .id = it.id.n};
    return OK;
}

/* Employers and schools alike. */
static const struct form_lookup organisations = {.noun = "organisation",
                                                 .path = "/organisations/find.json",
                                                 .search = search_any,
                                                 .find = find_any};

static const struct form_field organisation_fields[] = {
    FORM_LOOKUP(member_claim_draft, organisation, .in = &organisations,
                .label = "Which organisation do you work for?",
                .hint = "Type its name, town, postcode or code", .short_label = "Organisation",
                .missing = "Enter the organisation that you work for"),
    FORM_END};

static const struct form_field role_fields[] = {
    FORM_ONE_OF(member_claim_draft, role, .options_from = role_options,
                .label = "What do you want to do here?", .short_label = "Role",
                .missing = "Choose what you want to do"),
    FORM_END};

static const struct form_field who_fields[] = {
    FORM_NAME(member_claim_draft, name, .label = "Your full name", .autocomplete = "name",
              .missing = "Enter your name"),
    FORM_TEXT(member_claim_draft, job_title, .label = "Your job title",
              .missing = "Enter your job title"),
    FORM_EMAIL(member_claim_draft, email, .label = "Your work email address",
               .autocomplete = "email", .hint = "We send a link to this address.",
               .missing = "Enter your work email address"),
    FORM_LONG_TEXT(member_claim_draft, about, .is_optional = true, .length_most = 500, .rows = 3,
                   .label = "Anything that helps people there to know who you are",
                   .short_label = "About you"),
    FORM_END};

static enum status start_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    member_claim_start(out);
    return OK;
}

static enum status next_words(struct ctx *ctx, const char *reference, struct view *out)
{
    (void)ctx, (void)reference;
    member_claim_next(out);
    return OK;
}

static enum status send(struct ctx *ctx, const void *draft, struct form_problems *problems,
                        struct journey_done *done)
{
    return member_claim_send(ctx, draft, problems, &done->reference);
}

static const struct journey_step steps[] = {
    {.name = "organisation", .fields = organisation_fields, .short_title = "Organisation"},
    {.name = "role", .fields = role_fields, .short_title = "Your role"},
    {.name = "who", .fields = who_fields, .title = "Who are you?", .short_title = "Who you are"},
    {0}};

static const struct journey claiming = {
    .name = "claim",
    .title = "Speak for an organisation",
    .send_button = "Send",
    .draft_bytes = sizeof(struct member_claim_draft),
    .steps = steps,
    .keep_days = 7,
    .start = start_words,
    .finish = send,
    .next = next_words,
};

/* ---- the link of the mail ---- */

const struct form_option member_claim_states[] = {
    {"unproven", "Address not confirmed yet", "nhsuk-tag--grey", NULL},
    {"waiting", "Waits for an answer", "nhsuk-tag--yellow", NULL},
    {"confirmed", "Confirmed", "nhsuk-tag--green", NULL},
    {"refused", "Refused", "nhsuk-tag--red", NULL},
    {"withdrawn", "Taken back", "nhsuk-tag--grey", NULL},
    {"over", "Not confirmed in time", "nhsuk-tag--grey", NULL},
    {0}};

static enum status show_over(struct web_request *request, struct web_answer *answer)
{
    request->ctx->fault = NULL;
    answer->page.title = "This link can no longer be used";
    member_claim_over_page(&answer->body);
    answer->code = 409;
    return ERR_CONFLICT;
}

static void fill(struct web_request *request, const struct member_claim *claim,
                 struct member_claim_page *page)
{
    *page = (struct member_claim_page){.organisation = claim->organisation_name,
                                       .email = claim->email,
                                       .role = claim->role->name,
                                       .due = time_show_day(request->ctx->mem, claim->due_on),
                                       .token = web_value(request, "token"),
                                       .form_token = web_token(request),
                                       .is_domain = claim->is_domain,
                                       .waits = strcmp(claim->state, "waiting") == 0};
}

static enum status open_link(struct web_request *request, struct web_answer *answer)
{
    struct member_claim claim;
    struct member_claim_page page;
    enum status status = member_claim_open(request->ctx, web_value(request, "token"), &claim);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    fill(request, &claim, &page);
    answer->page.title =
        claim.proven_at != 0 ? "Your address is confirmed" : "Confirm your address";
    if (claim.proven_at != 0)
        member_claim_proven_page(&answer->body, &page);
    else
        member_claim_confirm_page(&answer->body, &page);
    return OK;
}

static enum status prove(struct web_request *request, struct web_answer *answer)
{
    const char *token = web_value(request, "token");
    enum status status = member_claim_prove_by(request->ctx, token);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/claims/%s", token));
}

const struct web_route member_claim_routes[] = {
    WEB_JOURNEY("/claim", WEB_PUBLIC, &claiming, "Ask to speak for an organisation."),
    {"GET", "/claims/:token", WEB_PUBLIC, open_link, "A claim, by a mailed link."},
    {"POST", "/claims/:token", WEB_PUBLIC, prove, "Proves the address. Safe to repeat."},
    {0},
};
