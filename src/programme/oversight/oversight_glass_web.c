/* SPDX-License-Identifier: MIT */
/*
 * oversight_glass_web.c - the pages of opening a record in an emergency, and of looking it over.
 * Their routes stand in oversight_record_web.c.
 */
#include "programme/oversight/oversight_glass_web.h"
#include "platform/base/time.h"
#include "platform/web/form.h"
#include "programme/oversight/oversight.h"
#include "programme/oversight/oversight.sql.h"
#include "programme/oversight/oversight_page.html.h"
#include "programme/oversight/oversight_web.h"

#include <string.h>

enum { OPENED_SHOWN = 10 };

#define ASK_PATH "/desk/break-glass"
#define REVIEW_PATH "/desk/emergencies"

/* ---- asking ---- */

static const struct form_field ask_fields[] = {
    FORM_TEXT(glass_request, what, .label = "Which record?",
              .hint = "The whole email address of a person, or a reference such as PL-7K3M-9Q2P",
              .missing = "Enter an email address or a reference", .length_most = 254),
    FORM_LONG_TEXT(glass_request, reason, .label = "Why do you need to see it now?",
                   .hint = "The national leads and the person can read this",
                   .missing = "Enter why you need to see it", .length_most = 1000),
    FORM_END};

static const char *state_text(struct mem *mem, const struct oversight_glass_of_row *row,
                              int64_t now)
{
    return now < row->ends_at ? mem_format(mem, "open until %s", time_show_clock(mem, row->ends_at))
                              : "closed";
}

static enum status fill_opened(struct ctx *ctx, struct oversight_glass_intro *out)
{
    struct oversight_glass_of_row *rows;
    TRY(oversight_glass_of(ctx, ctx->person.n, OPENED_SHOWN, &rows, &out->line_count));
    out->lines = mem_array(ctx->mem, struct oversight_glass_line, out->line_count);
    for (size_t i = 0; i < out->line_count; i++)
        out->lines[i] =
            (struct oversight_glass_line){rows[i].reference, time_show(ctx->mem, rows[i].opened_at),
                                          state_text(ctx->mem, &rows[i], ctx->now_secs)};
    return OK;
}

static enum status show_ask(struct web_request *request, struct web_answer *answer,
                            const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct oversight_glass_intro asked;
    TRY(fill_opened(request->ctx, &asked));
    oversight_glass_intro_show(&intro, &asked);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Open a record in an emergency",
            .action = ASK_PATH,
            .button = "Open the record",
            .back_href = "/desk",
            .is_warning = true,
            .intro = view_html(&intro),
            .shown = {.fields = ask_fields, .answers = request->sent, .problems = problems}});
}

enum status glass_web_ask(struct web_request *request, struct web_answer *answer)
{
    return show_ask(request, answer, NULL);
}

enum status glass_web_send(struct web_request *request, struct web_answer *answer)
{
    struct glass_request wanted = {"", ""};
    struct form_problems problems = {.count = 0};
    const char *reference;
    enum status status = form_read(request->ctx, ask_fields, request->sent, &wanted, &problems);
    if (status == OK)
        status = glass_open(request->ctx, &wanted, &reference);
    if (status == ERR_INVALID && problems.count == 0)
        form_wrong(&problems, "reason", "Say in a sentence why you need to see it");
    if (status == ERR_INVALID)
        return show_ask(request, answer, &problems);
    if (status == ERR_BUSY)
        return web_sorry(request, answer, 429, "You have asked for too many records today",
                         "Speak to a national lead. They can see more than you can here.");
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, ASK_PATH "/%s", reference));
}

/* ---- the record ---- */

static enum status find_own(struct web_request *request, struct glass *out)
{
    TRY(glass_find(request->ctx, web_value(request, "reference"), out));
    return out->actor_id.n == request->ctx->person.n ? OK : ERR_NOT_FOUND;
}

static const char *own_path(struct web_request *request, const struct glass *glass)
{
    return mem_format(request->ctx->mem, ASK_PATH "/%s", glass->reference);
}

/* A record that is not there, or no longer open, is said plainly. */
enum status glass_web_show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct glass_record record;
    struct glass glass;
    TRY(find_own(request, &glass));
    struct oversight_glass_page page = {.glass = &glass,
                                        .ends = time_show(ctx->mem, glass.ends_at),
                                        .form_token = web_token(request)};
    if (glass.is_open) {
        enum status status = glass_read(ctx, glass.reference, &record);
        if (status != OK && status != ERR_NOT_FOUND)
            return status;
        page.record = status == OK ? &record : NULL;
        ctx->fault = NULL;
    }
    answer->page =
        (struct web_page){.title = page.record != NULL ? page.record->title : "No record",
                          .section = "/desk",
                          .back_href = ASK_PATH};
    oversight_glass_show(&answer->body, &page);
    return OK;
}

enum status glass_web_close(struct web_request *request, struct web_answer *answer)
{
    struct glass glass;
    TRY(find_own(request, &glass));
    TRY(glass_close(request->ctx, glass.reference));
    return web_see_other(answer, own_path(request, &glass));
}

/* ---- looking it over ---- */

struct review_form {
    const char *review;
};

static const struct form_field review_fields[] = {
    FORM_LONG_TEXT(review_form, review, .label = "What did you find?",
                   .hint = "Was the reason good? Does anything need to be done?",
                   .missing = "Enter what you found", .length_most = 2000),
    FORM_END};

static const char *name_of_kind(const struct glass *glass)
{
    for (size_t i = 0; glass_kinds[i] != NULL; i++)
        if (strcmp(glass_kinds[i]->code, glass->kind) == 0)
            return glass_kinds[i]->name;
    return "Nothing: no record has what was typed";
}

static const char *time_or_none(struct mem *mem, int64_t at)
{
    return at != 0 ? time_show(mem, at) : "";
}

static enum status show_review(struct web_request *request, struct web_answer *answer,
                               const struct glass *glass, const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    struct view lines = {.mem = mem};
    struct oversight_glass_page page = {.glass = glass,
                                        .what = name_of_kind(glass),
                                        .opened = time_show(mem, glass->opened_at),
                                        .ends = time_show(mem, glass->ends_at),
                                        .reviewed = time_or_none(mem, glass->reviewed_at)};
    answer->page.title = "A record was opened in an emergency";
    answer->page.section = "/desk";
    answer->page.back_href = REVIEW_PATH;
    if (glass->reviewed_at != 0) {
        oversight_review_done(&answer->body, &page);
        return OK;
    }
    oversight_review_lines(&lines, &page);
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = answer->page.title,
            .action = mem_format(mem, REVIEW_PATH "/%s", glass->reference),
            .button = "I have looked it over",
            .back_href = REVIEW_PATH,
            .intro = view_html(&lines),
            .shown = {.fields = review_fields, .answers = request->sent, .problems = problems}});
}

enum status glass_web_review(struct web_request *request, struct web_answer *answer)
{
    struct glass glass;
    TRY(glass_find(request->ctx, web_value(request, "reference"), &glass));
    return show_review(request, answer, &glass, NULL);
}

enum status glass_web_reviewed(struct web_request *request, struct web_answer *answer)
{
    struct review_form form = {""};
    struct form_problems problems = {.count = 0};
    struct glass glass;
    TRY(glass_find(request->ctx, web_value(request, "reference"), &glass));
    enum status status = form_read(request->ctx, review_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_review(request, answer, &glass, &problems);
    TRY(status);
    status = glass_review(request->ctx, glass.reference, form.review);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "You opened this record yourself",
                         "Somebody else has to look it over.");
    TRY(status);
    return web_see_other(answer, REVIEW_PATH);
}

static const struct form_option states[] = {
    {"waiting", "Waits for a review", "nhsuk-tag--yellow", NULL},
    {"reviewed", "Looked over", "nhsuk-tag--green", NULL},
    {0}};

static const struct listing_column columns[] = {
    {.name = "reference", .heading = "Number", .link = REVIEW_PATH "/:reference"},
    {.name = "opened_at", .heading = "Opened", .format = LISTING_TIME},
    {.name = "actor", .heading = "Who"},
    {.name = "reason", .heading = "Reason"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

const struct listing glass_listing = {
    .title = "Records opened in an emergency",
    .section = "/desk",
    .query = &oversight_glass_list_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "record",
    .many = "records",
    .file_name = "emergencies",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

static enum status count_waiting(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct oversight_glass_waiting_row row;
    (void)scope;
    TRY(oversight_glass_waiting(ctx, &row));
    *out = (struct desk_load){row.waiting, row.oldest_at != NULL ? *row.oldest_at : 0};
    return OK;
}

const struct desk_queue oversight_queues[] = {
    {"Emergencies to look over", REVIEW_PATH "?state=waiting",
     "Somebody opened a record that they may not see otherwise.", MAY_REVIEW_GLASS, count_waiting},
    {"The record of what was done", "/desk/record", "Who did and saw what.", MAY_READ_AUDIT, NULL},
    {"Open a record in an emergency", ASK_PATH, "With a reason; the national leads are told.",
     MAY_BREAK_GLASS, NULL},
    {0},
};
