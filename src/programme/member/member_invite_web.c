/* SPDX-License-Identifier: MIT */
/*
 * member_invite_web.c - invitations.
 *
 *   /desk/invite                             a form; POST invites
 *   /desk/invitations                        those that were sent, with their clocks
 *   /desk/invitations/:reference             one; POST .../again and .../withdraw
 *   /invitations/:token                      what the link of the mail opens; changes nothing
 *   POST /invitations/:token/accept, .../decline
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/directory/directory_web.h"
#include "programme/member/member_internal.h"
#include "programme/member/member_page.html.h"
#include "programme/member/member_routes.h"
#include "programme/member/member_web.h"

#include <string.h>

/* ---- the form of an offer ---- */

/* The roles that the one who asks may give at all; where is checked with the offer. */
static enum status giveable_roles(struct ctx *ctx, const void *form, const struct form_option **out)
{
    struct access_person asker;
    size_t count = 0, all = 0;
    const struct access_role *roles = access_roles();
    (void)form;
    TRY(access_person_get(ctx, ctx->person, &asker));
    while (roles[all].code != NULL)
        all++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, all + 1);
    for (size_t i = 0; i < all; i++) {
        bool gives = false;
        for (size_t k = 0; k < asker.grant_count; k++)
            gives = gives || access_gives(asker.grants[k].role->code, roles[i].code);
        if (gives)
            options[count++] = (struct form_option){
                .code = roles[i].code, .label = roles[i].name, .hint = roles[i].summary};
    }
    *out = options;
    return OK;
}

static enum status region_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    struct directory_choice *regions;
    size_t count;
    (void)form;
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &regions, &count));
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = regions[i].code, .label = regions[i].name};
    *out = options;
    return OK;
}

#define EMAIL                                                                                      \
    FORM_EMAIL(member_offer_form, email, .label = "Their work email address",                      \
               .missing = "Enter an email address")
#define ROLE                                                                                       \
    FORM_ONE_OF(member_offer_form, role, .options_from = giveable_roles, .label = "Role",          \
                .missing = "Choose a role")
#define DAYS                                                                                       \
    FORM_DATE(member_offer_form, from_on, .is_optional = true, .label = "First day",               \
              .hint = "Leave empty for at once"),                                                  \
        FORM_DATE(member_offer_form, last_on, .is_optional = true, .label = "Last day",            \
                  .hint = "Leave empty if the role has no end")
#define WHERE                                                                                      \
    FORM_LOOKUP(member_offer_form, organisation, .in = &directory_organisations,                   \
                .is_optional = true, .label = "Organisation or integrated care board",             \
                .hint = "Type its name, town, postcode or ODS code. Leave empty for a role "       \
                        "for a region or for all of England."),                                    \
        FORM_ONE_OF(member_offer_form, region, .options_from = region_options, .is_select = true,  \
                    .is_optional = true, .label = "Region",                                        \
                    .hint = "Only for a role for a whole region")

static const struct form_field fields_here[] = {EMAIL, ROLE, DAYS, FORM_END};
static const struct form_field fields_where[] = {EMAIL, ROLE, WHERE, DAYS, FORM_END};

/* The same without the address. */
const struct form_field *member_offer_fields(const struct web_request *request, bool with_email)
{
    const struct form_field *fields =
        member_is_of_one(request->grant.role) ? fields_here : fields_where;
    return with_email ? fields : fields + 1;
}

struct member_offer member_offer_of(const struct web_request *request,
                                    const struct member_offer_form *form)
{
    struct member_offer offer = {
        .role = form->role, .area = "", .from_on = form->from_on, .last_on = form->last_on};
    if (member_is_of_one(request->grant.role))
        offer.area = request->grant.scope;
    else if (form->organisation.key != NULL && form->organisation.key[0] != '\0')
        offer.area = form->organisation.key;
    else if (form->region != NULL)
        offer.area = form->region;
    return offer;
}

/* ---- inviting ---- */

static enum status show_invite(struct web_request *request, struct web_answer *answer,
                               const struct form_problems *problems)
{
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Invite somebody",
                                  .action = "/desk/invite",
                                  .button = "Send the invitation",
                                  .back_href = "/desk/people",
                                  .shown = {.fields = member_offer_fields(request, true),
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status ask_invite(struct web_request *request, struct web_answer *answer)
{
    return show_invite(request, answer, NULL);
}

static enum status invite(struct web_request *request, struct web_answer *answer)
{
    const char *reference;
    struct member_offer_form form = {0};
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, member_offer_fields(request, true), request->sent,
                                   &form, &problems);
    if (status == OK) {
        struct member_offer offer = member_offer_of(request, &form);
        status = member_invite(request->ctx, form.email, &offer, &problems, &reference);
    }
    if (status == ERR_INVALID && problems.count > 0)
        return show_invite(request, answer, &problems);
    if (status == ERR_FORBIDDEN)
        return web_sorry(request, answer, 403, "You cannot give this role there",
                         "Choose a role and an area that lie within your own.");
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/desk/invitations/%s", reference));
}

/* ---- those that were sent ---- */

const struct form_option member_invitation_states[] = {
    {"open", "Not answered yet", "nhsuk-tag--yellow", NULL},
    {"accepted", "Accepted", "nhsuk-tag--green", NULL},
    {"declined", "Declined", "nhsuk-tag--orange", NULL},
    {"withdrawn", "Taken back", "nhsuk-tag--grey", NULL},
    {"over", "Not answered in time", "nhsuk-tag--grey", NULL},
    {0}};

static const struct listing_column columns[] = {
    {.name = "email", .heading = "For", .link = "/desk/invitations/:reference"},
    {.name = "role",
     .heading = "Role",
     .format = LISTING_CODE,
     .options_from = member_role_options},
    {.name = "area_name", .heading = "Where"},
    {.name = "invited_at", .heading = "Sent", .format = LISTING_TIME},
    {.name = "expires_at", .heading = "Until", .format = LISTING_TIME},
    {.name = "state",
     .heading = "State",
     .format = LISTING_TAG,
     .options = member_invitation_states},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = member_invitation_states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static enum status list_intro(struct web_request *request, struct view *out)
{
    static const struct web_link_line line = {"Invite somebody", "/desk/invite"};
    (void)request;
    member_link_list(out, &(const struct member_links){&line, 1});
    return OK;
}

static enum status notice_list(struct web_request *request, const char *what)
{
    return member_note_list(request, "member.invitations_listed", what);
}

static const struct listing invitation_listing = {
    .title = "Invitations",
    .section = "/desk",
    .query = &member_invitation_list_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "invitation",
    .many = "invitations",
    .file_name = "invitations",
    .intro = list_intro,
    .notice = notice_list,
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"People", "/desk/people"}},
};

/* ---- one of them ---- */

static enum status fill(struct web_request *request, const struct member_invitation *invitation,
                        struct member_invitation_page *page)
{
    static const char *const codes[] = {"open", "accepted", "declined", "withdrawn", "over"};
    struct ctx *ctx = request->ctx;
    struct access_person inviter;
    TRY(access_person_get(ctx, invitation->invited_by, &inviter));
    const struct form_option *state =
        member_option(member_invitation_states, codes[invitation->state]);
    *page = (struct member_invitation_page){
        .reference = invitation->reference,
        .email = invitation->email,
        .post = access_post_text(ctx->mem, invitation->role->code, invitation->area_name),
        .summary = invitation->role->summary,
        .inviter = inviter.name,
        .ends = time_show(ctx->mem, invitation->expires_at),
        .days = member_days_text(ctx->mem, invitation->from_on, invitation->until_on),
        .state = state->label,
        .tag_class = state->hint,
        .is_open = invitation->state == MEMBER_OPEN,
        .can_be_sent = invitation->can_be_sent,
        .is_signed_in = request->ctx->person.n != 0,
        .token = web_value(request, "token"),
        .form_token = web_token(request)};
    return OK;
}

/* What lies outside the scope of the one who asks looks as if it were not there. */
static enum status show_sent(struct web_request *request, struct web_answer *answer)
{
    bool may;
    struct member_invitation invitation;
    struct member_invitation_page page;
    TRY(member_invitation_find(request->ctx, web_value(request, "reference"), &invitation));
    const struct access_post post = {invitation.role->code, invitation.area};
    TRY(member_may_give(request->ctx, &post, &may));
    if (!may)
        return ERR_NOT_FOUND;
    TRY(fill(request, &invitation, &page));
    answer->page = (struct web_page){
        .title = mem_format(request->ctx->mem, "Invitation %s", invitation.reference),
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Invitations", "/desk/invitations"}}};
    member_invitation_desk(&answer->body, &page);
    return OK;
}

/* What came of an act on an invitation that was sent. */
static enum status acted(struct web_request *request, struct web_answer *answer, enum status status)
{
    if (status == ERR_FORBIDDEN || status == ERR_INVALID)
        return ERR_NOT_FOUND;
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This cannot be done now",
                         "The invitation was answered or taken back since you opened it, or it was "
                         "sent as often as it can be. Go back and look again.");
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/desk/invitations/%s",
                                            web_value(request, "reference")));
}

static enum status send_again(struct web_request *request, struct web_answer *answer)
{
    return acted(request, answer,
                 member_invitation_send_again(request->ctx, web_value(request, "reference")));
}

static enum status withdraw(struct web_request *request, struct web_answer *answer)
{
    return acted(request, answer,
                 member_invitation_withdraw(request->ctx, web_value(request, "reference")));
}

/* ---- the link of the mail ---- */

struct name_form {
    const char *name;
};

static const struct form_field name_fields[] = {
    FORM_NAME(name_form, name, .is_optional = true, .label = "Your name",
              .hint = "Only if you are new here. Your colleagues see it."),
    FORM_END};

static enum status show_link(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    struct member_invitation invitation;
    struct member_invitation_page page;
    struct view top = {.mem = request->ctx->mem}, form = {.mem = request->ctx->mem};
    const struct form_shown shown = {
        .fields = name_fields, .answers = problems ? request->sent : NULL, .problems = problems};
    TRY(member_invitation_open(request->ctx, web_value(request, "token"), &invitation));
    TRY(fill(request, &invitation, &page));
    answer->page.title = "You are invited";
    if (invitation.state != MEMBER_OPEN) {
        answer->page.title = "This invitation can no longer be accepted";
        member_invitation_over(&answer->body, &page);
        answer->code = 409;
        return ERR_CONFLICT;
    }
    if (request->ctx->person.n == 0) {
        form_show_problems(&top, &shown);
        TRY(form_show(request->ctx, &form, &shown));
    }
    page.problems = view_html(&top);
    page.form = view_html(&form);
    answer->page.has_problem = problems != NULL;
    member_invitation_accept(&answer->body, &page);
    return problems != NULL ? ERR_INVALID : OK;
}

static enum status open_link(struct web_request *request, struct web_answer *answer)
{
    return show_link(request, answer, NULL);
}

static enum status accept(struct web_request *request, struct web_answer *answer)
{
    struct name_form form = {""};
    struct form_problems problems = {.count = 0};
    struct member_invitation invitation;
    struct member_invitation_page page;
    const char *token = web_value(request, "token");
    enum status status = form_read(request->ctx, name_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_link(request, answer, &problems);
    TRY(status);
    status = member_invitation_accept_by(request->ctx, token, form.name);
    if (status == ERR_FORBIDDEN)
        return web_sorry(request, answer, 409, "This invitation is for another address",
                         "You are signed in with an address that was not invited. Sign out, then "
                         "open the link again.");
    if (status == ERR_CONFLICT) {
        request->ctx->fault = NULL;
        return show_link(request, answer, NULL);
    }
    TRY(status);
    TRY(member_invitation_open(request->ctx, token, &invitation));
    TRY(fill(request, &invitation, &page));
    answer->page.title = "You have accepted";
    member_invitation_done(&answer->body, &page);
    return OK;
}

static enum status decline(struct web_request *request, struct web_answer *answer)
{
    enum status status = member_invitation_decline(request->ctx, web_value(request, "token"));
    if (status == ERR_CONFLICT) {
        request->ctx->fault = NULL;
        return show_link(request, answer, NULL);
    }
    TRY(status);
    answer->page.title = "You have said no";
    member_invitation_declined(&answer->body);
    return OK;
}

const struct web_route member_invitation_routes[] = {
    {"GET", "/desk/invite", MAY_GIVE_ROLES, ask_invite, "Invite somebody.", .needs_proof = true},
    {"POST", "/desk/invite", MAY_GIVE_ROLES, invite, "Invites. Safe to repeat.",
     .needs_proof = true},
    WEB_LISTING("/desk/invitations", MAY_GIVE_ROLES, &invitation_listing, "Invitations."),
    {"GET", "/desk/invitations/:reference", MAY_GIVE_ROLES, show_sent, "One invitation."},
    {"POST", "/desk/invitations/:reference/again", MAY_GIVE_ROLES, send_again,
     "Sends it again, with a new link."},
    {"POST", "/desk/invitations/:reference/withdraw", MAY_GIVE_ROLES, withdraw, "Takes it back."},
    {"GET", "/invitations/:token", WEB_PUBLIC, open_link, "An invitation, by a mailed link."},
    {"POST", "/invitations/:token/accept", WEB_PUBLIC, accept, "Accepts it, once."},
    {"POST", "/invitations/:token/decline", WEB_PUBLIC, decline, "Says no. Safe to repeat."},
    {0},
};
