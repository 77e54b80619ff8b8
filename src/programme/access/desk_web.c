/* SPDX-License-Identifier: MIT */
/*
 * desk_web.c - /desk: the queues of all capabilities that this person may see, the oldest first.
 *
 * The roles are read once; each queue then asks the store one thing.
 */
#include "programme/access/desk_web.h"

#include "platform/base/time.h"
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
    TRY(queue->count(ctx, &granted.scope, &load));
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

static const char *role_text(struct mem *mem, const struct access_person *person)
{
    const char *text = "";
    for (size_t i = 0; i < person->grant_count; i++) {
        const struct access_grant *grant = &person->grants[i];
        const char *one = grant->area[0] != '\0'
                              ? mem_format(mem, "%s for %s", grant->role->name, grant->area_name)
                              : grant->role->name;
        text = i == 0 ? one : mem_format(mem, "%s, %s", text, one);
    }
    return text;
}

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
