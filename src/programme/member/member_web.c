/* SPDX-License-Identifier: MIT */
/*
 * member_web.c - the people of an area.
 *
 *   /desk/people                            who has which role, in one's scope
 *   /desk/people/:person                    one of them; looking is noted
 *   /desk/people/:person/give               another role; POST gives it
 *   /desk/people/:person/roles/:grant/end   POST
 *   /desk/people/:person/left/:grant        what waits for them; POST hands over and ends roles
 *
 * Whoever has no role in the scope of the one who asks looks as if they were not there.
 */
#include "programme/member/member_web.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/web/listing.h"
#include "programme/member/member_internal.h"
#include "programme/member/member_page.html.h"
#include "programme/member/member_routes.h"
#include "programme/oversight/oversight.h"

#include <inttypes.h>
#include <string.h>

enum { GRANTS_SHOWN = 100 };

/* ---- words ---- */

enum status member_role_options(struct ctx *ctx, const struct form_option **out)
{
    size_t count = 0;
    const struct access_role *roles = access_roles();
    while (roles[count].code != NULL)
        count++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = roles[i].code, .label = roles[i].name};
    *out = options;
    return OK;
}

const struct form_option *member_option(const struct form_option *options, const char *code)
{
    for (; options->code != NULL; options++)
        if (strcmp(options->code, code) == 0)
            return options;
    return options - 1;
}

const char *member_days_text(struct mem *mem, const char *from_on, const char *until_on)
{
    const char *last = until_on;
    if (until_on[0] != '\0' && time_day_add(mem, until_on, (struct time_step){.days = -1}, &last))
        last = until_on;
    const char *from = time_show_day(mem, from_on), *to = time_show_day(mem, last);
    if (from_on[0] == '\0')
        return until_on[0] == '\0' ? "" : mem_format(mem, "until %s", to);
    return until_on[0] == '\0' ? mem_format(mem, "from %s", from)
                               : mem_format(mem, "%s to %s", from, to);
}

int64_t member_number(const struct web_request *request, const char *name)
{
    int64_t number;
    return text_number(web_value(request, name), 1, INT64_MAX, &number) == OK ? number : 0;
}

enum status member_note_list(struct web_request *request, const char *kind, const char *what)
{
    const char *filters = strchr(what, '?');
    return oversight_note_look(
        request->ctx,
        &(const struct audit_deed){.what = kind,
                                   .organisation = request->grant.scope,
                                   .after = filters != NULL ? filters + 1 : "all of it"},
        what);
}

/* ---- the list ---- */

static const char *show_where(struct mem *mem, const char *stored)
{
    (void)mem;
    return stored[0] != '\0' ? stored : "All of England";
}

static const struct listing_column people_columns[] = {
    {.name = "name", .heading = "Name", .link = "/desk/people/:person_id"},
    {.name = "role",
     .heading = "Role",
     .format = LISTING_CODE,
     .options_from = member_role_options},
    {.name = "area_name", .heading = "Where", .show = show_where},
    {.name = "from_on", .heading = "First day", .format = LISTING_DATE},
    {.name = "until_on", .heading = "Over from", .format = LISTING_DATE},
    {.name = "area", .heading = "Code", .is_in_files_only = true},
    {0}};

static const struct listing_filter people_filters[] = {{.argument = "role",
                                                        .label = "Role",
                                                        .kind = LISTING_CHOICE,
                                                        .options_from = member_role_options,
                                                        .column = "role"},
                                                       {0}};

static const struct listing_order people_orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

/* Only what the person may open, so that no link leads to a refusal. */
static enum status people_intro(struct web_request *request, struct view *out)
{
    struct access_granted granted;
    struct web_link_line lines[3];
    struct member_links links = {lines, 0};
    enum status status = access_check(request->ctx, MAY_GIVE_ROLES, &granted);
    if (status == ERR_FORBIDDEN) {
        request->ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    lines[links.count++] = (struct web_link_line){"Invite somebody", "/desk/invite"};
    lines[links.count++] = (struct web_link_line){"Invitations", "/desk/invitations"};
    if (member_is_of_one(granted.role))
        lines[links.count++] = (struct web_link_line){
            "Mail domains of the organisation",
            mem_format(request->ctx->mem, "/desk/domains/%s", granted.scope)};
    member_link_list(out, &links);
    return OK;
}

static enum status notice_people(struct web_request *request, const char *what)
{
    return member_note_list(request, "member.people_listed", what);
}

static const struct listing people_listing = {
    .title = "People and their roles",
    .section = "/desk",
    .query = &member_people_query,
    .columns = people_columns,
    .filters = people_filters,
    .orders = people_orders,
    .one = "role",
    .many = "roles",
    .file_name = "people",
    .intro = people_intro,
    .notice = notice_people,
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

/* ---- one person ---- */

struct in_scope {
    struct access_person person;
    struct member_person_grants_row *rows;
    size_t count;
};

static enum status find(struct web_request *request, struct in_scope *out)
{
    struct ctx *ctx = request->ctx;
    struct person_id id = {member_number(request, "person")};
    TRY(access_person_get(ctx, id, &out->person));
    TRY(member_person_grants(ctx, id.n, time_day_of(ctx->mem, ctx->now_secs), request->grant.scope,
                             GRANTS_SHOWN, &out->rows, &out->count));
    if (out->count == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the person has no role in the scope");
    return OK;
}

static const char *place_of(const struct member_person_grants_row *row)
{
    return row->area_name != NULL ? row->area_name : row->area;
}

enum status member_may_give(struct ctx *ctx, const struct access_post *post, bool *out)
{
    struct access_granted granted;
    enum status status = access_check_give(ctx, post, &granted);
    *out = status == OK;
    if (status != ERR_FORBIDDEN && status != ERR_INVALID)
        return status;
    ctx->fault = NULL;
    return OK;
}

/* Each area once, for the links to say that they have left it. */
static void add_area(struct ctx *ctx, const struct member_person_grants_row *row,
                     struct member_person_page *page)
{
    const char *place = row->area[0] != '\0' ? place_of(row) : "the national programme";
    for (size_t i = 0; i < page->area_count; i++)
        if (strcmp(page->areas[i].post, place) == 0)
            return;
    page->areas[page->area_count++] =
        (struct member_role_line){.grant_id = row->id, .post = mem_text(ctx->mem, place)};
}

static enum status fill_roles(struct ctx *ctx, const struct in_scope *found,
                              struct member_person_page *page)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    page->roles = mem_array(ctx->mem, struct member_role_line, found->count);
    page->areas = mem_array(ctx->mem, struct member_role_line, found->count);
    for (size_t i = 0; i < found->count; i++) {
        const struct member_person_grants_row *row = &found->rows[i];
        const char *until = row->until_on != NULL ? row->until_on : "";
        bool has_ended = until[0] != '\0' && strcmp(until, today) <= 0;
        const struct access_post post = {row->role, row->area};
        bool may = !has_ended && !page->is_self;
        if (may)
            TRY(member_may_give(ctx, &post, &may));
        page->roles[page->role_count++] = (struct member_role_line){
            row->id, access_post_text(ctx->mem, row->role, place_of(row)),
            member_days_text(ctx->mem, row->from_on, until), may, has_ended};
        if (may)
            add_area(ctx, row, page);
        page->may_give = page->may_give || may;
    }
    return OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct in_scope found;
    TRY(find(request, &found));
    struct member_person_page page = {.person_id = found.person.id.n,
                                      .name = found.person.name,
                                      .email = found.person.email,
                                      .form_token = web_token(request),
                                      .is_self = found.person.id.n == ctx->person.n};
    TRY(fill_roles(ctx, &found, &page));
    TRY(member_note_look(ctx, found.person.id, found.rows[0].area));
    answer->page =
        (struct web_page){.title = found.person.name,
                          .section = "/desk",
                          .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"People", "/desk/people"}}};
    member_person(&answer->body, &page);
    return OK;
}

static const char *person_path(const struct web_request *request, const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/people/%" PRId64 "%s",
                      member_number(request, "person"), tail);
}

/* ---- giving ---- */

static enum status show_give(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    struct in_scope found;
    TRY(find(request, &found));
    TRY(member_note_look(request->ctx, found.person.id, found.rows[0].area));
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = mem_format(request->ctx->mem, "Give %s another role", found.person.name),
            .action = person_path(request, "/give"),
            .button = "Give the role",
            .back_href = person_path(request, ""),
            .shown = {.fields = member_offer_fields(request, false),
                      .answers = problems != NULL ? request->sent : NULL,
                      .problems = problems}});
}

static enum status ask_give(struct web_request *request, struct web_answer *answer)
{
    return show_give(request, answer, NULL);
}

static enum status give(struct web_request *request, struct web_answer *answer)
{
    struct in_scope found;
    struct member_offer_form form = {0};
    struct form_problems problems = {.count = 0};
    TRY(find(request, &found));
    enum status status = form_read(request->ctx, member_offer_fields(request, false), request->sent,
                                   &form, &problems);
    if (status == OK) {
        struct member_offer offer = member_offer_of(request, &form);
        status = member_give(request->ctx, found.person.id, &offer, &problems);
    }
    if (status == ERR_INVALID && problems.count > 0)
        return show_give(request, answer, &problems);
    TRY(status);
    return web_see_other(answer, person_path(request, ""));
}

/* ---- ending ---- */

static enum status end(struct web_request *request, struct web_answer *answer)
{
    struct in_scope found;
    int64_t grant_id = member_number(request, "grant");
    TRY(find(request, &found));
    enum status status = member_end(request->ctx, found.person.id, grant_id);
    if (status == ERR_CONFLICT)
        return web_see_other(answer, person_path(request, mem_format(request->ctx->mem,
                                                                     "/left/%" PRId64, grant_id)));
    TRY(status);
    return web_see_other(answer, person_path(request, ""));
}

static enum status where_of(struct web_request *request, struct member_leave_where *out)
{
    struct in_scope found;
    int64_t grant_id = member_number(request, "grant");
    TRY(find(request, &found));
    *out = (struct member_leave_where){
        .person = found.person.id,
        .area = found.rows[0].area,
        .grant_id = grant_id,
        .action = person_path(request, mem_format(request->ctx->mem, "/left/%" PRId64, grant_id)),
        .back_href = person_path(request, ""),
        .done_href = "/desk/people"};
    if (found.person.id.n == request->ctx->person.n)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "one's own roles are left at the account");
    return OK;
}

static enum status ask_left(struct web_request *request, struct web_answer *answer)
{
    struct member_leave_where where;
    TRY(where_of(request, &where));
    TRY(member_note_look(request->ctx, where.person, where.area));
    answer->page.section = "/desk";
    return member_leave_show(request, answer, &where, NULL);
}

static enum status left(struct web_request *request, struct web_answer *answer)
{
    struct member_leave_where where;
    TRY(where_of(request, &where));
    answer->page.section = "/desk";
    return member_leave_do(request, answer, &where);
}

const struct web_route member_routes[] = {
    WEB_LISTING("/desk/people", MAY_SEE_PEOPLE, &people_listing, "Who has which role."),
    {"GET", "/desk/people/:person", MAY_SEE_PEOPLE, show, "One person; looking is noted."},
    {"GET", "/desk/people/:person/give", MAY_GIVE_ROLES, ask_give, "Another role.",
     .needs_proof = true},
    {"POST", "/desk/people/:person/give", MAY_GIVE_ROLES, give, "Gives it. Safe to repeat.",
     .needs_proof = true},
    {"POST", "/desk/people/:person/roles/:grant/end", MAY_GIVE_ROLES, end, "Ends a role.",
     .needs_proof = true},
    {"GET", "/desk/people/:person/left/:grant", MAY_GIVE_ROLES, ask_left, "What waits for them.",
     .needs_proof = true},
    {"POST", "/desk/people/:person/left/:grant", MAY_GIVE_ROLES, left,
     "Hands over, and ends their roles there.", .needs_proof = true},
    {0},
};
