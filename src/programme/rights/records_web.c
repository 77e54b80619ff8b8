/* SPDX-License-Identifier: MIT */
/*
 * records_web.c - how long things are kept, what was removed, and legal holds.
 *
 *   /desk/records                the rules in force, and whether they are applied
 *   /desk/records/removed        what was removed, by day: counts only
 *   /desk/holds                  legal holds
 *   /desk/holds/place            asks; POST places one
 *   /desk/holds/:id/release      asks for a reason; POST releases
 */
#include "programme/rights/rights_web.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/directory/directory.h"
#include "programme/privacy/privacy.h"
#include "programme/rights/rights_page.html.h"

#include <inttypes.h>
#include <string.h>

/* ---- the rules ---- */

/* "No legal hold stands", "1 legal hold stands", "2 legal holds stand". */
static const char *counted(struct mem *mem, int64_t n, const char *one, const char *many)
{
    return n == 0 ? mem_format(mem, "No %s", one)
                  : mem_format(mem, "%" PRId64 " %s", n, n == 1 ? one : many);
}

static enum status show_records(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct privacy_standing standing;
    struct privacy_rule *rules;
    struct pack pack;
    struct records_page page = {.pack = &pack};
    TRY(privacy_rules(ctx, &rules, &page.rule_count, &pack));
    TRY(privacy_standing(ctx, &standing));
    page.rules = rules;
    page.is_late = standing.is_late;
    page.ran = standing.ran_at == 0 ? "The rules were not applied yet"
                                    : mem_format(ctx->mem, "The rules were last applied on %s",
                                                 time_show(ctx->mem, standing.ran_at));
    page.removed = counted(ctx->mem, standing.removed_count, "row was", "rows were");
    page.holds = counted(ctx->mem, standing.hold_count, "legal hold stands", "legal holds stand");
    answer->page = (struct web_page){.title = "Records and how long they are kept",
                                     .section = "/desk",
                                     .crumbs = {{"Home", "/"}, {"Desk", "/desk"}}};
    records_show(&answer->body, &page);
    return OK;
}

static const struct listing_column removed_columns[] = {
    {.name = "day", .heading = "Day", .format = LISTING_DATE},
    {.name = "rule", .heading = "Rule"},
    {.name = "table_name", .heading = "Table"},
    {.name = "row_count", .heading = "How many", .format = LISTING_NUMBER},
    {0}};

static const struct listing_order by_day[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static const struct listing removed = {
    .title = "What was removed",
    .section = "/desk",
    .query = &privacy_removal_list_query,
    .columns = removed_columns,
    .orders = by_day,
    .one = "line",
    .many = "lines",
    .file_name = "removed",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Records", "/desk/records"}},
};

/* ---- holds ---- */

static const struct form_option hold_kinds[] = {
    {"person", "A person", NULL, NULL},
    {"organisation", "An organisation", NULL, NULL},
    {"thing", "One thing, such as a pledge", NULL, NULL},
    {0}};

static const struct form_option hold_states[] = {{"stands", "Stands", "nhsuk-tag--red", NULL},
                                                 {"released", "Released", "nhsuk-tag--grey", NULL},
                                                 {0}};

static const struct listing_column hold_columns[] = {
    {.name = "name", .heading = "Held", .link = "/desk/holds/:id/release"},
    {.name = "kind", .heading = "Kind", .format = LISTING_CODE, .options = hold_kinds},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = hold_states},
    {.name = "reason", .heading = "Why"},
    {.name = "placed_at", .heading = "Since", .format = LISTING_TIME},
    {.name = "released_at", .heading = "Until", .format = LISTING_TIME},
    {.name = "released_reason", .heading = "Why it ended", .is_in_files_only = true},
    {0}};

static const struct listing_filter hold_filters[] = {{.argument = "state",
                                                      .label = "State",
                                                      .kind = LISTING_CHOICE,
                                                      .options = hold_states,
                                                      .column = "state"},
                                                     {0}};

static enum status write_holds_intro(struct web_request *request, struct view *out)
{
    (void)request;
    holds_intro(out);
    return OK;
}

static const struct listing holds = {
    .title = "Legal holds",
    .section = "/desk",
    .query = &privacy_hold_list_query,
    .columns = hold_columns,
    .filters = hold_filters,
    .orders = by_day,
    .one = "hold",
    .many = "holds",
    .file_name = "legal-holds",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Records", "/desk/records"}},
    .intro = write_holds_intro,
};

struct hold_form {
    const char *kind, *name, *reason;
};

static const struct form_field place_fields[] = {
    FORM_ONE_OF(hold_form, kind, .options = hold_kinds, .label = "What is held?",
                .missing = "Choose what is held"),
    FORM_TEXT(hold_form, name, .label = "Which one?", .length_most = 254,
              .hint =
                  "The email address of a person, the code of an organisation, or the reference "
                  "of a thing",
              .missing = "Enter which one"),
    FORM_LONG_TEXT(hold_form, reason, .label = "Why?", .length_most = PRIVACY_REASON_CHARS_MAX,
                   .kept = "hold", .missing = "Write why"),
    FORM_END};

static const struct form_field release_fields[] = {
    FORM_LONG_TEXT(hold_form, reason, .label = "Why does it end?",
                   .length_most = PRIVACY_REASON_CHARS_MAX, .missing = "Write why it ends"),
    FORM_END};

static enum status show_place(struct web_request *request, struct web_answer *answer,
                              const struct form_problems *problems)
{
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Place a legal hold",
                                  .action = "/desk/holds/place",
                                  .button = "Place the hold",
                                  .back_href = "/desk/holds",
                                  .shown = {.fields = place_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status ask_place(struct web_request *request, struct web_answer *answer)
{
    return show_place(request, answer, NULL);
}

static enum privacy_hold_kind kind_of(const char *code)
{
    return strcmp(code, "person") == 0         ? PRIVACY_HOLD_PERSON
           : strcmp(code, "organisation") == 0 ? PRIVACY_HOLD_ORGANISATION
                                               : PRIVACY_HOLD_THING;
}

/* A hold on what does not exist holds nothing and looks as if it did: what can be known is checked,
 * and a code or a reference is kept as it is written elsewhere. */
static enum status find_held(struct ctx *ctx, struct hold_form *form,
                             struct form_problems *problems)
{
    struct organisation organisation;
    enum privacy_hold_kind kind = kind_of(form->kind);
    enum status status = OK;
    if (kind == PRIVACY_HOLD_PERSON && !text_is_email(form->name))
        form_wrong(problems, "name", "Enter the email address of the person");
    if (kind == PRIVACY_HOLD_ORGANISATION) {
        status = directory_find(ctx, form->name, &organisation);
        form->name = status == OK ? organisation.code : form->name;
        if (status == ERR_NOT_FOUND)
            form_wrong(problems, "name", "There is no organisation with this code");
    }
    if (kind == PRIVACY_HOLD_THING &&
        id_reference_read(ctx->mem, form->name, NULL, &form->name) != OK)
        form_wrong(problems, "name", "Enter the reference as it is written, with both dashes");
    if (problems->count > 0)
        return ERR_INVALID;
    return status;
}

static enum status do_place(struct web_request *request, struct web_answer *answer)
{
    struct hold_form form = {"", "", ""};
    struct form_problems problems = {.count = 0};
    int64_t id;
    enum status status = form_read(request->ctx, place_fields, request->sent, &form, &problems);
    if (status == OK)
        status = find_held(request->ctx, &form, &problems);
    if (status == ERR_INVALID)
        return show_place(request, answer, &problems);
    TRY(status);
    TRY(privacy_hold_place(
        request->ctx, &(const struct privacy_hold_new){kind_of(form.kind), form.name, form.reason},
        &id));
    return web_see_other(answer, "/desk/holds");
}

static enum status show_release(struct web_request *request, struct web_answer *answer,
                                const struct form_problems *problems)
{
    const char *id = web_value(request, "id");
    struct privacy_hold_shown hold;
    struct view intro = {.mem = request->ctx->mem};
    int64_t n;
    if (text_number(id, 1, INT64_MAX, &n) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "a hold has a number");
    TRY(privacy_hold_find(request->ctx, n, &hold));
    if (hold.is_released)
        return web_sorry(request, answer, 409, "This hold has ended", "It was released before.");
    hold_release_intro(&intro, &(const struct hold_page){hold.name, hold.reason});
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){
                           .title = "Release this hold",
                           .action = mem_format(request->ctx->mem, "/desk/holds/%s/release", id),
                           .button = "Release the hold",
                           .is_warning = true,
                           .intro = view_html(&intro),
                           .back_href = "/desk/holds",
                           .shown = {.fields = release_fields, .problems = problems}});
}

static enum status ask_release(struct web_request *request, struct web_answer *answer)
{
    return show_release(request, answer, NULL);
}

static enum status do_release(struct web_request *request, struct web_answer *answer)
{
    struct hold_form form = {"", "", ""};
    struct form_problems problems = {.count = 0};
    int64_t id;
    if (text_number(web_value(request, "id"), 1, INT64_MAX, &id) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "a hold has a number");
    enum status status = form_read(request->ctx, release_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_release(request, answer, &problems);
    TRY(status);
    status = privacy_hold_release(request->ctx, id, form.reason);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This hold has ended", "It was released before.");
    TRY(status);
    return web_see_other(answer, "/desk/holds");
}

const struct web_route records_routes[] = {
    {"GET", "/desk/records", MAY_KEEP_RECORDS, show_records, "How long records are kept."},
    WEB_LISTING("/desk/records/removed", MAY_KEEP_RECORDS, &removed, "What was removed: counts."),
    WEB_LISTING("/desk/holds", MAY_KEEP_RECORDS, &holds, "Legal holds."),
    {"GET", "/desk/holds/place", MAY_KEEP_RECORDS, ask_place, "Asks what to hold, and why."},
    {"POST", "/desk/holds/place", MAY_KEEP_RECORDS, do_place, "Places a hold."},
    {"GET", "/desk/holds/:id/release", MAY_KEEP_RECORDS, ask_release, "Asks for a reason."},
    {"POST", "/desk/holds/:id/release", MAY_KEEP_RECORDS, do_release, "Releases a hold."},
    {0},
};
