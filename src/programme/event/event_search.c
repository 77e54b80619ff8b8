/* SPDX-License-Identifier: MIT */
/* event_search.c - what a search finds of an event: what the public reads, and never the link. */
#include "platform/base/time.h"
#include "programme/event/event_internal.h"
#include "programme/library/library.h"
#include "programme/search/search.h"

enum status event_index(struct ctx *ctx, const struct event *event)
{
    const char *body;
    if (event->state != EVENT_PUBLISHED)
        return search_drop(ctx, SEARCH_EVENT, event->reference);
    TRY(library_markdown_words(ctx, event->text, &body));
    return search_put(
        ctx, &(const struct search_document){
                 .kind = SEARCH_EVENT,
                 .key = event->reference,
                 .href = mem_format(ctx->mem, "/events/%s", event->reference),
                 .title = event->title,
                 .summary = mem_format(ctx->mem, "%s. %s",
                                       event_when(ctx->mem, event->starts_at, event->ends_at),
                                       event->summary),
                 .body = mem_format(ctx->mem, "%s\n%s", event->place, body),
                 .region = event->region,
                 .organisation = event->area,
                 .stage = event->stage,
                 .published_on = time_day_of(ctx->mem, event->published_at)});
}
