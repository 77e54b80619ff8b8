/* SPDX-License-Identifier: MIT */
/*
 * desk_web.c - the desk.
 *
 *   /desk          the queues of all capabilities that this person may see, the oldest first
 *   /desk/work-as  the role to work in, for who has several; POST chooses
 *
 * The roles are read once; each queue then asks the store one thing.
 */
#include "programme/access/desk_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/form.h"
#include "programme/access/access_page.html.h"
#include "programme/access/access_web.h"

#include <inttypes.h>

static const struct table_cell head[] = {
    {.text = "What"}, {.text = "How many wait", .format = "numeric"}, {.text = "The oldest came"}};

/* Those that wait longest first, then those where nothing waits, each in the order declared. */
static bool comes_before(const struct desk_line *a, const struct desk_line *b)
{
    if (a->oldest_at == 0 || b->oldest_at == 0)
        return a->oldest_at != 0 && b->oldest_at == 0;
    return a->oldest_at < b->oldest_at;
}

static void add_in_order(struct desk_line *lines, size_t *count, const struct desk_line *line)
{
    size_t at = *count;
    for (; at > 0 && comes_before(line, &lines[at - 1]); at--)
        lines[at] = lines[at - 1];
    lines[at] = *line;
    (*count)++;
}

static enum status add_queue(struct ctx *ctx, const struct access_person *person,
                             const struct desk_queue *queue, struct desk_page *page)
{
    struct access_granted granted;
    struct desk_load load = {0};
    struct desk_line line = {.title = queue->title, .href = queue->href, .hint = queue->hint};
    if (access_check_of(person, (enum access)queue->access, &granted) != OK)
        return OK;
    if (queue->count == NULL) {
        page->pages[page->page_count++] = line;
        return OK;
    }
    TRY(queue->count(ctx, granted.scope, &load));
    line.waiting_count = load.waiting_count;
    line.oldest_at = load.waiting_count > 0 ? load.oldest_at : 0;
    add_in_order(page->queues, &page->queue_count, &line);
    return OK;
}

static struct table_row row_of(const struct ctx *ctx, const struct desk_line *line)
{
    enum { CELLS = 3 };
    struct table_cell *cells = mem_array(ctx->mem, struct table_cell, CELLS);
    struct view name = {.mem = ctx->mem};
    desk_queue_name(&name, line);
    cells[0] = (struct table_cell){.html = view_html(&name)};
    cells[1] = (struct table_cell){.text = mem_format(ctx->mem, "%" PRId64, line->waiting_count)};
    cells[2] = (struct table_cell){
        .text = line->oldest_at != 0 ? time_show_ago(ctx->mem, line->oldest_at, ctx->now_secs)
                                     : "nothing waits"};
    return (struct table_row){cells, CELLS};
}

/* The role that the person chose to work as, or all of them. */
static const char *role_text(struct mem *mem, const struct access_person *person)
{
    const char *text = "";
    for (size_t i = 0; i < person->grant_count; i++) {
        const char *one =
            access_post_text(mem, person->grants[i].role->code, person->grants[i].area_name);
        if (person->grants[i].id == person->works_as)
            return mem_format(mem, "working as %s", one);
        text = i == 0 ? one : mem_format(mem, "%s, %s", text, one);
    }
    return text;
}

/* ---- working as ---- */

struct work_as_form {
    const char *grant;
};

static const char no_choice[] = "0";

/* The roles of the person who asks, so that no other can be chosen. */
static enum status work_as_options(struct ctx *ctx, const void *form,
                                   const struct form_option **out)
{
    struct access_person person;
    (void)form;
    TRY(access_person_get(ctx, ctx->person, &person));
    struct form_option *options = mem_array(ctx->mem, struct form_option, person.grant_count + 2);
    for (size_t i = 0; i < person.grant_count; i++)
        options[i] =
            (struct form_option){.code = mem_format(ctx->mem, "%" PRId64, person.grants[i].id),
                                 .label = access_post_text(ctx->mem, person.grants[i].role->code,
                                                           person.grants[i].area_name)};
    options[person.grant_count] = (struct form_option){
        .code = no_choice, .label = "All my roles", .hint = "The widest decides what you see."};
    *out = options;
    return OK;
}

static const struct form_field work_as_fields[] = {
    FORM_ONE_OF(work_as_form, grant, .options_from = work_as_options,
                .label = "Which role do you work in now?", .missing = "Choose a role"),
    FORM_END};

static enum status show_work_as(struct web_request *request, struct web_answer *answer,
                                const struct form_problems *problems)
{
    struct access_person person;
    struct form_answers now = {0};
    TRY(access_person_get(request->ctx, request->ctx->person, &person));
    answers_add(request->ctx->mem, &now, "grant",
                mem_format(request->ctx->mem, "%" PRId64, person.works_as));
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Work in another role",
                                  .action = "/desk/work-as",
                                  .button = "Save",
                                  .back_href = "/desk",
                                  .shown = {.fields = work_as_fields,
                                            .is_heading = true,
                                            .answers = problems != NULL ? request->sent : &now,
                                            .problems = problems}});
}

enum status desk_web_ask_work_as(struct web_request *request, struct web_answer *answer)
{
    return show_work_as(request, answer, NULL);
}

enum status desk_web_work_as(struct web_request *request, struct web_answer *answer)
{
    int64_t grant_id;
    struct work_as_form form = {""};
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, work_as_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_work_as(request, answer, &problems);
    TRY(status);
    TRY(text_number(form.grant, 0, INT64_MAX, &grant_id));
    TRY(access_work_as(request->ctx, grant_id));
    return web_see_other(answer, "/desk");
}

/* ---- the desk ---- */

static size_t count_queues(void)
{
    size_t count = 0;
    for (size_t i = 0; desk_queues[i] != NULL; i++)
        for (const struct desk_queue *queue = desk_queues[i]; queue->title != NULL; queue++)
            count++;
    return count;
}

enum status desk_web_show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct access_person person;
    size_t count = count_queues();
    TRY(access_person_get(ctx, ctx->person, &person));
    struct desk_page page = {.head = head,
                             .head_count = sizeof head / sizeof head[0],
                             .rows = mem_array(ctx->mem, struct table_row, count),
                             .name = person.name,
                             .role = role_text(ctx->mem, &person),
                             .has_several = person.grant_count > 1,
                             .queues = mem_array(ctx->mem, struct desk_line, count),
                             .pages = mem_array(ctx->mem, struct desk_line, count)};
    for (size_t i = 0; desk_queues[i] != NULL; i++)
        for (const struct desk_queue *queue = desk_queues[i]; queue->title != NULL; queue++)
            TRY(add_queue(ctx, &person, queue, &page));
    for (size_t i = 0; i < page.queue_count; i++)
        page.rows[i] = row_of(ctx, &page.queues[i]);
    answer->page.title = "What needs me today";
    answer->page.section = "/desk";
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    desk_show(&answer->body, &page);
    return OK;
}
