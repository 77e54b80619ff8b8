/* SPDX-License-Identifier: MIT */
/*
 * pledge_merge_web.c - the desk's choices about where a pledge goes on.
 *
 *   /desk/split-pledges               their organisation closed, and several took over
 *   /desk/undone-pledges              they went on by a succession that was taken back
 *   /desk/pledges/:reference/heir     chooses one of several; POST acts
 *   /desk/pledges/:reference/settle   stays or goes back; POST acts
 *   /desk/pledges/:reference/merge    into another one; POST shows what will happen, then acts
 */
#include "platform/base/time.h"
#include "platform/web/form.h"
#include "platform/web/listing.h"
#include "platform/web/web.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge_party_page.html.h"
#include "programme/pledge/pledge_passage.sql.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_show_web.h"

#include <string.h>

/* ---- lists and what waits ---- */

static const struct form_option passages[] = {
    {"carried", "Went over", NULL, NULL}, {"merged", "Became a part of another", NULL, NULL}, {0}};

static const struct listing_column split_columns[] = {
    {.name = "organisation", .heading = "Organisation", .link = "/desk/pledges/:reference"},
    {.name = "reference", .heading = "Reference"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = pledge_state_options},
    {.name = "closed_on", .heading = "Closed", .format = LISTING_DATE},
    {.name = "heirs", .heading = "Took over", .format = LISTING_NUMBER},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_column undone_columns[] = {
    {.name = "organisation", .heading = "Organisation", .link = "/desk/pledges/:reference"},
    {.name = "reference", .heading = "Reference"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = pledge_state_options},
    {.name = "kind", .heading = "What happened", .format = LISTING_CODE, .options = passages},
    {.name = "before_code", .heading = "From"},
    {.name = "now_code", .heading = "To"},
    {.name = "on_day", .heading = "On", .format = LISTING_DATE},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_filter no_filters[] = {{0}};

static const struct listing_order orders[] = {
    {"oldest", "Oldest first"}, {"newest", "Newest first"}, {0}};

static const struct listing split_listing = {
    .title = "Pledges whose organisation has split",
    .section = "/desk",
    .query = &pledge_split_query,
    .columns = split_columns,
    .filters = no_filters,
    .orders = orders,
    .one = "pledge",
    .many = "pledges",
    .file_name = "split-pledges",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

static const struct listing undone_listing = {
    .title = "Pledges that went on by a succession that was taken back",
    .section = "/desk",
    .query = &pledge_undone_query,
    .columns = undone_columns,
    .filters = no_filters,
    .orders = orders,
    .one = "pledge",
    .many = "pledges",
    .file_name = "undone-pledges",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

static enum status count_split(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct pledge_split_count_row row;
    TRY(pledge_split_count(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct desk_load){row.pledges, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

static enum status count_undone(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct pledge_undone_count_row row;
    TRY(pledge_undone_count(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct desk_load){row.pledges, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

const struct desk_queue pledge_passage_queues[] = {
    {"Pledges whose organisation has split", "/desk/split-pledges", "Choose who goes on with them.",
     MAY_WORK_PLEDGES, count_split},
    {"Pledges of a succession that was taken back", "/desk/undone-pledges",
     "Decide where they belong.", MAY_WORK_PLEDGES, count_undone},
    {0},
};

/* ---- shared ---- */

static const char *address(struct web_request *request, const struct pledge *pledge,
                           const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/pledges/%s%s", pledge->reference, tail);
}

static enum status sorry(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "This cannot be done now",
                     "Somebody may have worked on the pledge since you opened it, or there is "
                     "nothing to choose. Go back and look at it again.");
}

/* ---- one of several ---- */

struct heir_form {
    const char *heir, *reason;
    const struct pledge *pledge;
};

static enum status heir_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    const struct heir_form *own = form;
    struct pledge_heir *heirs;
    size_t count;
    TRY(pledge_heirs_of(ctx, own->pledge, &heirs, &count));
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){
            .code = heirs[i].code,
            .label = heirs[i].name,
            .hint =
                heirs[i].live_reference[0] == '\0'
                    ? "Has no pledge, and would hold this one"
                    : mem_format(ctx->mem, "Has the pledge %s, and this one becomes a part of it",
                                 heirs[i].live_reference)};
    *out = options;
    return OK;
}

static const struct form_field heir_fields[] = {
    FORM_ONE_OF(heir_form, heir, .options_from = heir_options,
                .label = "Who goes on with the pledge?", .missing = "Choose who goes on with it"),
    FORM_LONG_TEXT(heir_form, reason, .label = "Why this one?", .length_most = 500, .rows = 3,
                   .short_label = "Reason", .missing = "Enter why you chose this one"),
    FORM_END};

static enum status show_heirs(struct web_request *request, struct web_answer *answer,
                              const struct heir_form *form, const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct pledge_show show;
    struct pledge_heir *heirs;
    size_t count;
    TRY(pledge_heirs_of(request->ctx, form->pledge, &heirs, &count));
    if (count == 0)
        return sorry(request, answer);
    pledge_show_fill(request->ctx, form->pledge, &show);
    pledge_heir_words(&intro, &show);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Who goes on with this pledge?",
                                  .action = address(request, form->pledge, "/heir"),
                                  .button = "Let it go on there",
                                  .intro = view_html(&intro),
                                  .back_href = address(request, form->pledge, ""),
                                  .is_warning = true,
                                  .shown = {.fields = heir_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems,
                                            .form = form}});
}

static enum status ask_heir(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    TRY(pledge_desk_find(request, &pledge));
    return show_heirs(request, answer, &(const struct heir_form){"", "", &pledge}, NULL);
}

static enum status choose_heir(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct heir_form form = {"", "", &pledge};
    struct form_problems problems = {.count = 0};
    TRY(pledge_desk_find(request, &pledge));
    enum status status = form_read(request->ctx, heir_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_heirs(request, answer, &form, &problems);
    TRY(status);
    status = pledge_choose_heir(request->ctx, pledge.reference, form.heir, form.reason);
    if (status == ERR_CONFLICT || status == ERR_INVALID)
        return sorry(request, answer);
    TRY(status);
    return web_see_other(answer, address(request, &pledge, ""));
}

/* ---- a succession that was taken back ---- */

struct settle_form {
    const char *where, *reason;
    const struct pledge_undone *undone;
};

static enum status where_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    const struct pledge_undone *undone = ((const struct settle_form *)form)->undone;
    struct form_option *options = mem_array(ctx->mem, struct form_option, 3);
    options[0] = (struct form_option){
        .code = "stay", .label = mem_format(ctx->mem, "It stays with %s", undone->to_name)};
    if (undone->can_go_back)
        options[1] = (struct form_option){
            .code = "back", .label = mem_format(ctx->mem, "It goes back to %s", undone->from_name)};
    *out = options;
    return OK;
}

static const struct form_field settle_fields[] = {
    FORM_ONE_OF(settle_form, where, .options_from = where_options,
                .label = "Where does the pledge belong?", .missing = "Choose where it belongs"),
    FORM_LONG_TEXT(settle_form, reason, .label = "Why?", .length_most = 500, .rows = 3,
                   .short_label = "Reason", .missing = "Enter the reason"),
    FORM_END};

static enum status show_settle(struct web_request *request, struct web_answer *answer,
                               const struct pledge *pledge, const struct settle_form *form,
                               const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct view intro = {.mem = ctx->mem};
    pledge_settle_words(
        &intro, mem_format(ctx->mem,
                           "An import said that %s took over from %s on %s, and so the "
                           "pledge %s. The import was undone since.%s",
                           form->undone->to_name, form->undone->from_name,
                           time_show_day(ctx->mem, form->undone->on),
                           form->undone->is_merged ? "became a part of another" : "went over",
                           form->undone->can_go_back
                               ? ""
                               : " It cannot go back: what became a part of another "
                                 "pledge stays so, and so does what was followed by more."));
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Where does this pledge belong?",
                                  .action = address(request, pledge, "/settle"),
                                  .button = "Decide",
                                  .intro = view_html(&intro),
                                  .back_href = address(request, pledge, ""),
                                  .shown = {.fields = settle_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems,
                                            .form = form}});
}

static enum status ask_settle(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct pledge_undone undone;
    bool is_any;
    TRY(pledge_desk_find(request, &pledge));
    TRY(pledge_undone_of(request->ctx, &pledge, &undone, &is_any));
    if (!is_any)
        return sorry(request, answer);
    return show_settle(request, answer, &pledge, &(const struct settle_form){"", "", &undone},
                       NULL);
}

static enum status settle(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct pledge_undone undone;
    struct settle_form form = {"", "", &undone};
    struct form_problems problems = {.count = 0};
    bool is_any;
    TRY(pledge_desk_find(request, &pledge));
    TRY(pledge_undone_of(request->ctx, &pledge, &undone, &is_any));
    if (!is_any)
        return sorry(request, answer);
    enum status status = form_read(request->ctx, settle_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_settle(request, answer, &pledge, &form, &problems);
    TRY(status);
    status =
        pledge_settle(request->ctx, pledge.reference, strcmp(form.where, "back") == 0, form.reason);
    if (status == ERR_CONFLICT)
        return sorry(request, answer);
    TRY(status);
    return web_see_other(answer, address(request, &pledge, ""));
}

/* ---- duplicates ---- */

struct merge_form {
    const char *into, *reason;
};

static const struct form_field merge_fields[] = {
    FORM_TEXT(merge_form, into, .label = "Which pledge stays?", .length_most = 40,
              .short_label = "The pledge that stays", .hint = "Its reference, such as PL-7K3M-9Q2P",
              .missing = "Enter the reference of the pledge that stays"),
    FORM_LONG_TEXT(merge_form, reason, .label = "Why are they one?", .length_most = 500, .rows = 3,
                   .short_label = "Reason",
                   .hint = "For example, the same organisation under two codes. It is kept in the "
                           "record and not shown to the public.",
                   .missing = "Enter why they are one"),
    FORM_END};

static enum status show_merge(struct web_request *request, struct web_answer *answer,
                              const struct pledge *pledge, const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct pledge_show show;
    if (pledge_state_is_over(pledge->state))
        return sorry(request, answer);
    pledge_show_fill(request->ctx, pledge, &show);
    pledge_merge_words(&intro, &show);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Merge a pledge into another one",
                                  .action = address(request, pledge, "/merge"),
                                  .button = "See what will happen",
                                  .intro = view_html(&intro),
                                  .back_href = address(request, pledge, ""),
                                  .shown = {.fields = merge_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status ask_merge(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    TRY(pledge_desk_find(request, &pledge));
    return show_merge(request, answer, &pledge, NULL);
}

/* What is outside the scope of the role looks as if it were not there. */
static enum status check_scope(struct web_request *request, const struct pledge *stays,
                               struct form_problems *problems)
{
    bool holds;
    TRY(access_scope_holds(request->ctx, request->grant.scope, stays->organisation_code, &holds));
    if (holds)
        return OK;
    form_wrong(problems, "into", "Enter the reference of a pledge, such as PL-7K3M-9Q2P");
    return ERR_INVALID;
}

static enum status look_or_merge(struct web_request *request, const struct pledge_merge *merge,
                                 struct form_problems *problems, struct pledge *goes,
                                 struct pledge *stays)
{
    TRY(pledge_merge_look(request->ctx, merge, problems, goes, stays));
    TRY(check_scope(request, stays, problems));
    bool is_confirmed = strcmp(answers_get(request->sent, "confirmed"), "yes") == 0;
    return is_confirmed ? pledge_merge(request->ctx, merge, problems) : OK;
}

static enum status preview(struct web_request *request, struct web_answer *answer,
                           const struct pledge *goes, const struct pledge *stays,
                           const char *reason)
{
    struct pledge_merge_page page = {
        .reason = reason, .form_token = web_token(request), .stays_in_force = pledge_stands(stays)};
    TRY(pledge_note_look(request->ctx, stays, false));
    pledge_show_fill(request->ctx, goes, &page.goes);
    pledge_show_fill(request->ctx, stays, &page.stays);
    answer->page.title = "Merge these two pledges?";
    answer->page.section = "/desk";
    answer->page.back_href = address(request, goes, "/merge");
    pledge_merge_show(&answer->body, &page);
    return OK;
}

static enum status merge(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge, goes, stays;
    struct merge_form form = {"", ""};
    struct form_problems problems = {.count = 0};
    TRY(pledge_desk_find(request, &pledge));
    enum status status = form_read(request->ctx, merge_fields, request->sent, &form, &problems);
    const struct pledge_merge merge = {pledge.reference, form.into, form.reason};
    if (status == OK)
        status = look_or_merge(request, &merge, &problems, &goes, &stays);
    if (status == ERR_INVALID)
        return show_merge(request, answer, &pledge, &problems);
    if (status == ERR_CONFLICT)
        return sorry(request, answer);
    TRY(status);
    if (strcmp(answers_get(request->sent, "confirmed"), "yes") != 0)
        return preview(request, answer, &goes, &stays, form.reason);
    return web_see_other(answer, address(request, &pledge, ""));
}

const struct web_route pledge_passage_routes[] = {
    WEB_LISTING("/desk/split-pledges", MAY_WORK_PLEDGES, &split_listing,
                "Their organisation has split."),
    WEB_LISTING("/desk/undone-pledges", MAY_WORK_PLEDGES, &undone_listing,
                "Their succession was taken back."),
    {"GET", "/desk/pledges/:reference/heir", MAY_WORK_PLEDGES, ask_heir,
     "Who goes on with a pledge?"},
    {"POST", "/desk/pledges/:reference/heir", MAY_WORK_PLEDGES, choose_heir,
     "It goes on there. Safe to repeat."},
    {"GET", "/desk/pledges/:reference/settle", MAY_WORK_PLEDGES, ask_settle,
     "Where does a pledge belong?"},
    {"POST", "/desk/pledges/:reference/settle", MAY_WORK_PLEDGES, settle, "It stays or goes back."},
    {"GET", "/desk/pledges/:reference/merge", MAY_WORK_PLEDGES, ask_merge,
     "Into which pledge, and why?"},
    {"POST", "/desk/pledges/:reference/merge", MAY_WORK_PLEDGES, merge,
     "Shows what will happen; does it when confirmed."},
    {0},
};
