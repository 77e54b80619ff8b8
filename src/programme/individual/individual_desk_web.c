/* SPDX-License-Identifier: MIT */
/*
 * individual_desk_web.c - the programme reads what people show of their pledges, and hides some.
 *
 *   /desk/individuals                       all that the public reads, or would read
 *   /desk/individuals/:reference            one of them, with the reason or the form for it
 *   POST /desk/individuals/:reference/hide  .../unhide
 */
#include "platform/base/time.h"
#include "platform/web/form.h"
#include "platform/web/listing.h"
#include "programme/access/access.h"
#include "programme/individual/individual_internal.h"
#include "programme/individual/individual_page.html.h"
#include "programme/individual/individual_routes.h"
#include "programme/oversight/oversight.h"

#include <string.h>

/* ---- all of them ---- */

static const struct form_option hidden[] = {
    {"no", "Shown", "nhsuk-tag--green", NULL}, {"yes", "Hidden", "nhsuk-tag--red", NULL}, {0}};

static const struct listing_column columns[] = {
    {.name = "reference", .heading = "Pledge", .link = "/desk/individuals/:reference"},
    {.name = "name", .heading = "Name"},
    {.name = "role", .heading = "Job or role"},
    {.name = "employer", .heading = "Works at"},
    {.name = "statement", .heading = "In their own words"},
    {.name = "signed_on", .heading = "Signed", .format = LISTING_DATE},
    {.name = "hidden", .heading = "For the public", .format = LISTING_TAG, .options = hidden},
    {0}};

static const struct listing_filter filters[] = {{.argument = "hidden",
                                                 .label = "For the public",
                                                 .kind = LISTING_CHOICE,
                                                 .options = hidden,
                                                 .column = "hidden"},
                                                {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    individual_readable_intro(out);
    return OK;
}

/* What is hidden stands in it as well, so that who read it is noted. */
static enum status notice(struct web_request *request, const char *what)
{
    const char *search = strchr(what, '?');
    return oversight_note_look(
        request->ctx,
        &(const struct audit_deed){.what = "individual.listed",
                                   .after = search != NULL ? search + 1 : "all of it"},
        what);
}

static const struct listing readable = {
    .title = "What people show of their pledges",
    .section = "/desk",
    .query = &individual_readable_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "pledge",
    .many = "pledges",
    .file_name = "people-shown",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = intro,
    .notice = notice,
};

const struct desk_queue individual_queues[] = {
    {"What people show of their pledges", "/desk/individuals",
     "Hide what must not stand in public.", MAY_WORK_PLEDGES, NULL},
    {0},
};

/* ---- one of them ---- */

struct hide_form {
    const char *reason;
};

static const struct form_field hide_fields[] = {
    FORM_LONG_TEXT(hide_form, reason, .label = "Why must it not stand in public?",
                   .length_most = 1000, .rows = 4, .short_label = "Reason",
                   .hint = "The person who signed reads this. Be kind and clear.",
                   .missing = "Enter the reason"),
    FORM_END};
static const struct form_field no_fields[] = {FORM_END};

static enum status show_one(struct web_request *request, struct web_answer *answer,
                            const struct individual *it, const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    struct view words = {.mem = mem};
    bool is_hidden = it->hidden_at != 0;
    struct individual_desk_page page = {
        .it = it,
        .card = {.face = individual_chosen_face(it),
                 .signed_on = time_show_day(mem, it->signed_on)},
        .hidden_on = is_hidden ? time_show_day(mem, time_day_of(mem, it->hidden_at)) : ""};
    page.card.is_empty = individual_face_is_empty(&page.card.face);
    individual_desk_intro(&words, &page);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = mem_format(mem, "Pledge %s of one person", it->reference),
            .action = mem_format(mem, "/desk/individuals/%s/%s", it->reference,
                                 is_hidden ? "unhide" : "hide"),
            .button = is_hidden ? "Show it to the public again" : "Hide it from the public",
            .is_warning = !is_hidden,
            .back_href = "/desk/individuals",
            .intro = view_html(&words),
            .shown = {.fields = is_hidden ? no_fields : hide_fields,
                      .answers = problems != NULL ? request->sent : NULL,
                      .problems = problems}});
}

/* What counts, and nothing else, is looked at here. */
static enum status find(struct web_request *request, struct individual *out)
{
    TRY(individual_find(request->ctx, web_value(request, "reference"), out));
    return out->state == INDIVIDUAL_CONFIRMED
               ? OK
               : ctx_fail(request->ctx, ERR_NOT_FOUND, "the pledge does not count");
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct individual it;
    TRY(find(request, &it));
    TRY(audit_note(request->ctx,
                   &(const struct audit_deed){.what = "individual.looked", .thing = it.reference}));
    return show_one(request, answer, &it, NULL);
}

static enum status after(struct web_request *request, struct web_answer *answer,
                         const struct individual *it, enum status status)
{
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This cannot be done now",
                         "The person has withdrawn the pledge meanwhile.");
    TRY(status);
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "/desk/individuals/%s", it->reference));
}

static enum status hide(struct web_request *request, struct web_answer *answer)
{
    struct individual it;
    struct hide_form form = {""};
    struct form_problems problems = {.count = 0};
    TRY(find(request, &it));
    enum status status = form_read(request->ctx, hide_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_one(request, answer, &it, &problems);
    TRY(status);
    return after(request, answer, &it, individual_hide(request->ctx, it.reference, form.reason));
}

static enum status unhide(struct web_request *request, struct web_answer *answer)
{
    struct individual it;
    TRY(find(request, &it));
    return after(request, answer, &it, individual_unhide(request->ctx, it.reference));
}

const struct web_route individual_desk_routes[] = {
    WEB_LISTING("/desk/individuals", MAY_WORK_PLEDGES, &readable, "What people show."),
    {"GET", "/desk/individuals/:reference", MAY_WORK_PLEDGES, show,
     "One person's pledge, for staff."},
    {"POST", "/desk/individuals/:reference/hide", MAY_WORK_PLEDGES, hide,
     "Hides it from the public, with a reason. Safe to repeat."},
    {"POST", "/desk/individuals/:reference/unhide", MAY_WORK_PLEDGES, unhide,
     "Shows it again. Safe to repeat."},
    {0},
};
