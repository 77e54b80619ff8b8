/* SPDX-License-Identifier: MIT */
/*
 * listing_feed.c - the rows of a dated listing as an Atom feed, and rows with days as a calendar.
 *
 * Both follow the filters and the order of the page.  An entry's address is that of the first
 * column with a link.  A listing that names no dates has neither: not found.
 */
#include "platform/base/settings.h"
#include "platform/document/atom.h"
#include "platform/document/ics.h"
#include "platform/web/listing_internal.h"

#include <string.h>

enum { FEED_ROWS = 50, CALENDAR_ROWS = 500, ENDING_ATOM = 5, ENDING_ICS = 4 };

/* The whole address of what a row is about; the listing's own when no column has a link. */
static const char *url_of(const struct asking *a, const struct listing_row *row)
{
    const char *path = a->base;
    for (const struct listing_column *c = a->listing->columns; c->name != NULL; c++) {
        if (c->link != NULL) {
            path = listing_cell_link(a->ctx->mem, a->listing, c->link, row->values);
            break;
        }
    }
    return mem_format(a->ctx->mem, "%s%s", a->ctx->settings->base_url, path);
}

static const char *text_at(const struct asking *a, const struct listing_row *row,
                           const char *column)
{
    const struct store_value *value = &row->values[listing_column_at(a->listing, column)];
    return value->is_null || value->type != STORE_TEXT ? "" : value->text;
}

static int64_t int_at(const struct asking *a, const struct listing_row *row, const char *column)
{
    const struct store_value *value = &row->values[listing_column_at(a->listing, column)];
    return value->is_null || value->type != STORE_INT ? 0 : value->n;
}

/* What the other columns of the page say, one line. */
static enum status summary_of(struct asking *a, const struct listing_row *row, const char **out)
{
    const char *text, *all = "";
    for (const struct listing_column *c = a->listing->columns; c->name != NULL; c++) {
        if (c->is_in_files_only || strcmp(c->name, a->listing->title_column) == 0)
            continue;
        TRY(listing_cell_text(a, c, row->values, &text));
        if (text[0] != '\0')
            all = mem_format(a->ctx->mem, "%s%s%s: %s", all, all[0] == '\0' ? "" : ". ", c->heading,
                             text);
    }
    *out = all;
    return OK;
}

static const char *whole(const struct asking *a, const char *address)
{
    return mem_format(a->ctx->mem, "%s%s", a->ctx->settings->base_url, address);
}

enum status listing_atom(struct web_request *request, struct web_answer *answer)
{
    struct asking a;
    struct portion portion;
    const struct listing *listing = request->route->listing;
    if (listing->dated_column == NULL)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "listing has no feed");
    TRY(asking_read(request, ENDING_ATOM, &a));
    TRY(asking_rows(&a, FEED_ROWS, &portion));
    int64_t updated_at = 0;
    for (size_t i = 0; i < portion.count; i++) {
        int64_t at = int_at(&a, &portion.rows[i], listing->dated_column);
        updated_at = at > updated_at ? at : updated_at;
    }
    struct atom_feed feed = {
        .title = listing->title,
        .author = a.ctx->settings->service_name,
        .language = "en-GB",
        .self_url = whole(&a, asking_address(&a, ".atom", -1, "")),
        .page_url = whole(&a, asking_address(&a, "", -1, "")),
        .updated_at = updated_at,
    };
    if (portion.has_after && portion.count > 0)
        feed.next_url =
            whole(&a, asking_address(&a, ".atom", -1,
                                     asking_place(&a, &portion.rows[portion.count - 1], "after")));
    atom_begin(&answer->body, &feed);
    for (size_t i = 0; i < portion.count; i++) {
        const struct listing_row *row = &portion.rows[i];
        struct atom_entry entry = {.url = url_of(&a, row),
                                   .title = text_at(&a, row, listing->title_column),
                                   .updated_at = int_at(&a, row, listing->dated_column)};
        TRY(summary_of(&a, row, &entry.summary));
        atom_entry(&answer->body, &entry);
    }
    atom_end(&answer->body);
    answer->content_type = "application/atom+xml; charset=utf-8";
    answer->is_public = request->route->access == WEB_PUBLIC;
    return OK;
}

static struct ics_event event_of(const struct asking *a, const struct listing_row *row)
{
    const struct listing *listing = a->listing;
    struct ics_event event = {
        .uid = url_of(a, row),
        .title = text_at(a, row, listing->title_column),
        .url = url_of(a, row),
    };
    if (listing->place_column != NULL)
        event.place = text_at(a, row, listing->place_column);
    if (listing->sequence_column != NULL)
        event.sequence = int_at(a, row, listing->sequence_column);
    if (listing->cancelled_column != NULL)
        event.is_cancelled = int_at(a, row, listing->cancelled_column) == 1;
    if (listing->dated_column != NULL)
        event.updated_at = int_at(a, row, listing->dated_column);
    int starts = listing_column_at(listing, listing->starts_column);
    if (listing->query->columns[starts].type == STORE_INT) {
        event.starts_at = int_at(a, row, listing->starts_column);
        event.ends_at = listing->ends_column == NULL ? 0 : int_at(a, row, listing->ends_column);
    } else {
        event.first_on = text_at(a, row, listing->starts_column);
        event.last_on = listing->ends_column == NULL ? NULL : text_at(a, row, listing->ends_column);
    }
    return event;
}

enum status listing_ics(struct web_request *request, struct web_answer *answer)
{
    struct asking a;
    struct portion portion;
    const struct listing *listing = request->route->listing;
    if (listing->starts_column == NULL)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "listing has no calendar");
    TRY(asking_read(request, ENDING_ICS, &a));
    TRY(asking_rows(&a, CALENDAR_ROWS, &portion));
    ics_begin(&answer->body, &(const struct ics_calendar){
                                 .name = listing->title, .service = a.ctx->settings->service_name});
    for (size_t i = 0; i < portion.count; i++) {
        struct ics_event event = event_of(&a, &portion.rows[i]);
        TRY(ics_event(a.ctx, &answer->body, &event));
    }
    ics_end(&answer->body);
    answer->content_type = "text/calendar; charset=utf-8";
    answer->download_name = mem_format(a.ctx->mem, "%s.ics", listing->file_name);
    answer->is_public = request->route->access == WEB_PUBLIC;
    return OK;
}
