/* SPDX-License-Identifier: MIT */
/*
 * oversight_record_web.c - the record of deeds, to search and to read.
 *
 *   /desk/record         what was done and seen in the scope of one's role
 *   /desk/record/:id     one event with what changed
 *   /account/record      what concerns one's own record
 *   /desk/break-glass ... /desk/emergencies ...   oversight_glass_web.c
 */
#include "programme/oversight/oversight.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/oversight/oversight.sql.h"
#include "programme/oversight/oversight_glass_web.h"
#include "programme/oversight/oversight_page.html.h"
#include "programme/oversight/oversight_web.h"

#include <inttypes.h>
#include <string.h>

enum { OWN_ROWS = 50 };

/* ---- searching ---- */

/* Every kind of event that is shown here, in the order of the program's list. */
static enum status kind_options(struct ctx *ctx, const struct form_option **out)
{
    size_t count = 0;
    for (size_t i = 0; audit_kinds[i] != NULL; i++)
        for (const struct audit_kind *kind = audit_kinds[i]; kind->code != NULL; kind++)
            count++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    count = 0;
    for (size_t i = 0; audit_kinds[i] != NULL; i++)
        for (const struct audit_kind *kind = audit_kinds[i]; kind->code != NULL; kind++)
            options[count++] = (struct form_option){kind->code, kind->sentence, NULL, NULL};
    options[count] = (struct form_option){0};
    *out = options;
    return OK;
}

static enum status role_options(struct ctx *ctx, const struct form_option **out)
{
    size_t count = 0;
    while (access_roles()[count].code != NULL)
        count++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] =
            (struct form_option){access_roles()[i].code, access_roles()[i].name, NULL, NULL};
    options[count] = (struct form_option){0};
    *out = options;
    return OK;
}

static const char *show_purpose(struct mem *mem, const char *detail)
{
    return audit_detail_read(mem, detail).purpose;
}

static const struct listing_column record_columns[] = {
    {.name = "at", .heading = "When", .format = LISTING_TIME},
    {.name = "what",
     .heading = "What",
     .format = LISTING_CODE,
     .options_from = kind_options,
     .link = "/desk/record/:id"},
    {.name = "thing", .heading = "Which"},
    {.name = "actor", .heading = "Who"},
    {.name = "role",
     .heading = "In which role",
     .format = LISTING_CODE,
     .options_from = role_options,
     .is_in_files_only = true},
    {.name = "subject", .heading = "About whom"},
    {.name = "organisation", .heading = "Whose record", .is_in_files_only = true},
    {.name = "detail", .heading = "What for", .show = show_purpose},
    {0}};

static const struct listing_filter record_filters[] = {
    {.argument = "what",
     .label = "What happened",
     .kind = LISTING_CHOICE,
     .options_from = kind_options,
     .column = "what"},
    {.argument = "subject",
     .label = "About whom (their whole email address)",
     .kind = LISTING_TYPED,
     .key = text_email_key},
    {.argument = "actor",
     .label = "Who did it (their whole email address)",
     .kind = LISTING_TYPED,
     .key = text_email_key},
    {.argument = "thing", .label = "Reference, such as PL-7K3M-9Q2P", .kind = LISTING_TYPED},
    {.argument = "from_at", .label = "From this day", .kind = LISTING_FROM},
    {.argument = "until_at", .label = "Until this day", .kind = LISTING_UNTIL},
    {0}};

static const struct listing_order record_orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static enum status record_intro(struct web_request *request, struct view *out)
{
    (void)request;
    oversight_record_intro(out);
    return OK;
}

/* A search is an event, once and not once a page. */
static enum status notice_search(struct web_request *request, const char *what)
{
    struct ctx *ctx = request->ctx;
    const char *query = strchr(what, '?');
    return oversight_note_look(
        ctx,
        &(const struct audit_deed){.what = "oversight.searched",
                                   .organisation = request->grant.scope,
                                   .after = query != NULL ? query + 1 : "all of it"},
        what);
}

static const struct listing record_listing = {
    .title = "The record of what was done",
    .section = "/desk",
    .query = &oversight_record_query,
    .columns = record_columns,
    .filters = record_filters,
    .orders = record_orders,
    .one = "event",
    .many = "events",
    .file_name = "record",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = record_intro,
    .notice = notice_search,
};

/* ---- one event ---- */

static enum status find_event(struct web_request *request, struct oversight_event_row *out)
{
    struct ctx *ctx = request->ctx;
    int64_t id;
    if (text_number(web_value(request, "id"), 1, INT64_MAX, &id) != OK)
        return ERR_NOT_FOUND;
    return oversight_event(ctx, id, time_day_of(ctx->mem, ctx->now_secs), request->grant.scope,
                           out);
}

static const char *sentence_of(const char *what)
{
    const struct audit_kind *kind = audit_kind_find(what);
    return kind != NULL ? kind->sentence : what;
}

static const char *role_name(const char *code)
{
    for (const struct access_role *role = access_roles(); role->code != NULL; role++)
        if (strcmp(role->code, code) == 0)
            return role->name;
    return code;
}

static enum status show_event(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct oversight_event_row row;
    TRY(find_event(request, &row));
    TRY(oversight_note_look(ctx,
                            &(const struct audit_deed){.what = "oversight.event_seen",
                                                       .organisation = row.chain,
                                                       .subject = {row.subject_id},
                                                       .thing = row.thing},
                            mem_format(ctx->mem, "%" PRId64, row.id)));
    struct oversight_event_page page = {.sentence = sentence_of(row.what),
                                        .when = time_show(ctx->mem, row.at),
                                        .actor = row.actor,
                                        .role = role_name(row.role),
                                        .subject = row.subject,
                                        .thing = row.thing,
                                        .organisation = row.organisation,
                                        .detail = audit_detail_read(ctx->mem, row.detail),
                                        .number = mem_format(ctx->mem, "%" PRId64, row.number),
                                        .digest = row.digest};
    answer->page =
        (struct web_page){.title = page.sentence,
                          .section = "/desk",
                          .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Record", "/desk/record"}}};
    oversight_event_show(&answer->body, &page);
    return OK;
}

/* ---- one's own record ---- */

static const char *who_of(struct mem *mem, const struct oversight_own_row *row)
{
    if (row->is_own != 0)
        return "You";
    if (row->is_service != 0)
        return "The service";
    if (row->role[0] == '\0')
        return "Somebody without a role";
    return row->area != NULL ? mem_format(mem, "%s, %s", role_name(row->role), row->area)
                             : role_name(row->role);
}

static struct oversight_own_line own_line(struct mem *mem, const struct oversight_own_row *row)
{
    return (struct oversight_own_line){.when = time_show(mem, row->at),
                                       .sentence = sentence_of(row->what),
                                       .who = who_of(mem, row),
                                       .thing = row->thing};
}

static enum status show_own(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct oversight_own_row *rows;
    size_t count;
    int64_t before = INT64_MAX;
    const char *typed = web_query(request, "before");
    if (typed[0] != '\0' && text_number(typed, 1, INT64_MAX, &before) != OK)
        return ERR_NOT_FOUND;
    TRY(oversight_own(ctx, ctx->person.n, before, OWN_ROWS + 1, &rows, &count));
    struct oversight_own_page page = {.is_first = typed[0] == '\0',
                                      .line_count = count > OWN_ROWS ? OWN_ROWS : count};
    page.lines = mem_array(ctx->mem, struct oversight_own_line, page.line_count);
    for (size_t i = 0; i < page.line_count; i++)
        page.lines[i] = own_line(ctx->mem, &rows[i]);
    if (count > OWN_ROWS)
        page.older_href =
            mem_format(ctx->mem, "/account/record?before=%" PRId64, rows[OWN_ROWS - 1].id);
    answer->page = (struct web_page){.title = "Who saw or changed your record",
                                     .crumbs = {{"Home", "/"}, {"Your account", "/account"}}};
    oversight_own_show(&answer->body, &page);
    return OK;
}

static enum status show_section(struct web_request *request, struct view *out)
{
    (void)request;
    oversight_section(out);
    return OK;
}

const struct account_section oversight_sections[] = {{"Who saw your data", show_section}, {0}};

const struct web_route oversight_routes[] = {
    WEB_LISTING("/desk/record", MAY_READ_AUDIT, &record_listing, "What was done and seen."),
    {"GET", "/desk/record/:id", MAY_READ_AUDIT, show_event, "One event, with what changed."},
    {"GET", "/account/record", WEB_SIGNED_IN, show_own, "Who saw or changed my record."},
    {"GET", "/desk/break-glass", MAY_BREAK_GLASS, glass_web_ask, "Asks which record and why.",
     .needs_proof = true},
    {"POST", "/desk/break-glass", MAY_BREAK_GLASS, glass_web_send,
     "Opens it and tells the leads. Safe to repeat.", .needs_proof = true},
    {"GET", "/desk/break-glass/:reference", MAY_BREAK_GLASS, glass_web_show,
     "The record, to read only."},
    {"POST", "/desk/break-glass/:reference/close", MAY_BREAK_GLASS, glass_web_close,
     "Closes it. Safe to repeat."},
    WEB_LISTING("/desk/emergencies", MAY_REVIEW_GLASS, &glass_listing,
                "Records that were opened in an emergency."),
    {"GET", "/desk/emergencies/:reference", MAY_REVIEW_GLASS, glass_web_review,
     "One of them, to look over."},
    {"POST", "/desk/emergencies/:reference", MAY_REVIEW_GLASS, glass_web_reviewed,
     "Says what was found. Safe to repeat."},
    {0},
};
