/* SPDX-License-Identifier: MIT */
/* event_home_web.c - the next events, on the front page. */
#include "platform/base/time.h"
#include "programme/event/event.sql.h"
#include "programme/event/event_page.html.h"
#include "programme/event/event_routes.h"
#include "programme/event/event_web.h"

enum { AT_HOME = 3 };

/* As on the list of events, those of today stay until the day is over: the page can be kept. */
static enum status write_home(struct ctx *ctx, struct view *out)
{
    int64_t today_at;
    struct event_open_list_row *rows;
    struct event_cards page;
    TRY(time_day_start(time_day_of(ctx->mem, ctx->now_secs), &today_at));
    TRY(event_open_list(ctx, today_at, AT_HOME, &rows, &page.count));
    page.items = mem_array(ctx->mem, struct event_card_page, page.count + 1);
    for (size_t i = 0; i < page.count; i++)
        page.items[i] = (struct event_card_page){
            .reference = rows[i].reference,
            .title = rows[i].title,
            .summary = rows[i].summary,
            .when = event_when(ctx->mem, rows[i].starts_at, rows[i].ends_at),
            .way = event_mode_words(rows[i].mode)};
    if (page.count > 0)
        event_home(out, &page);
    return OK;
}

const struct home_section event_home_section = {write_home};
