/* SPDX-License-Identifier: MIT */
/*
 * pledge_party_web.c - handing a side of a pledge over.
 *
 *   /pledges/:reference/hand-over              who signs, for those who may hand over a side
 *   /pledges/:reference/hand-over/:side        names another person; POST asks them
 *   /desk/pledges/:reference/hand-over/:side   the same for the programme
 *   /pledges/take-over/:token                  what was asked, by a mailed link; POST says yes
 *   /pledges/take-over/:token/refuse           POST says no
 */
#include "programme/pledge/pledge_party_web.h"

#include "platform/base/time.h"
#include "platform/web/form.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge_party_page.html.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_show_web.h"

#include <string.h>

static const char *day_of(struct mem *mem, int64_t at)
{
    return at == 0 ? "" : time_show_day(mem, time_day_of(mem, at));
}

/* ---- who signs ---- */

void pledge_sides_fill(struct ctx *ctx, const struct pledge_sides *sides, const char *base,
                       struct pledge_sides_page *out)
{
    *out = (struct pledge_sides_page){.sides = sides};
    for (size_t i = 0; i < sides->count; i++) {
        const struct pledge_side *side = &sides->side[i];
        bool may = base != NULL && side->may_hand_over && sides->can_be_handed_over;
        out->lines[i] = (struct pledge_side_lines){
            .side = side,
            .title = i == 0 ? "For the employer" : "For the staff side",
            .since = day_of(ctx->mem, side->since_at),
            .asked_on = side->asked_name[0] != '\0' ? day_of(ctx->mem, side->asked_at) : "",
            .href = may ? mem_format(ctx->mem, "%s/hand-over/%s", base, side->party.role) : NULL};
    }
}

/* Names of others are shown, which is noted as at the desk. */
static enum status note_look(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    TRY(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge));
    return pledge_note_look(ctx, &pledge, false);
}

static enum status show_sides(struct web_request *request, struct web_answer *answer)
{
    struct pledge_sides sides;
    struct pledge_sides_page page;
    TRY(pledge_sides(request->ctx, web_value(request, "reference"), false, &sides));
    TRY(note_look(request->ctx, sides.reference));
    pledge_sides_fill(request->ctx, &sides,
                      mem_format(request->ctx->mem, "/pledges/%s", sides.reference), &page);
    answer->page = (struct web_page){.title = "Who signs for the pledge",
                                     .crumbs = {{"Home", "/"}, {"Your account", "/account"}}};
    pledge_sides_show(&answer->body, &page);
    return OK;
}

/* ---- naming another person ---- */

static const struct form_field fields[] = {
    FORM_NAME(pledge_successor, name, .label = "Their full name", .autocomplete = "off",
              .missing = "Enter the name of the person who signs from now on"),
    FORM_TEXT(pledge_successor, title, .label = "Their job title, or their role in the staff side",
              .short_label = "Job title",
              .missing = "Enter the job title of the person who signs from now on"),
    FORM_EMAIL(pledge_successor, email, .label = "Their work email address",
               .kept = "pledge-address", .autocomplete = "off",
               .hint = "We send a link to this address. It is never shown to the public.",
               .missing = "Enter a work email address"),
    FORM_LONG_TEXT(pledge_successor, reason, .label = "Why does another person sign?",
                   .short_label = "Reason", .length_most = 500, .rows = 3,
                   .hint = "The person whom you ask reads this. It is not shown to the public.",
                   .missing = "Enter why another person signs"),
    FORM_END};

/* Where it was asked: by the one who signs or the lead, or at the desk. */
struct place {
    bool is_desk;
    const char *base; /* address of the pledge there */
    struct pledge_sides sides;
    const struct pledge_side *side;
};

static enum status find_place(struct web_request *request, bool is_desk, struct place *out)
{
    const char *role = web_value(request, "side");
    struct pledge pledge = {.reference = web_value(request, "reference")};
    *out = (struct place){.is_desk = is_desk};
    if (is_desk)
        TRY(pledge_desk_find(request, &pledge));
    TRY(pledge_sides(request->ctx, pledge.reference, is_desk, &out->sides));
    out->base = mem_format(request->ctx->mem, "%s/pledges/%s", is_desk ? "/desk" : "",
                           out->sides.reference);
    for (size_t i = 0; i < out->sides.count; i++)
        if (strcmp(out->sides.side[i].party.role, role) == 0 && out->sides.side[i].may_hand_over)
            out->side = &out->sides.side[i];
    return out->side != NULL ? OK : ERR_NOT_FOUND;
}

static enum status sorry(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "Nobody can take over now",
                     "The pledge waits for signatures, or it is over. Until all have signed, who "
                     "signs stands in its words. To name another person, it is sent back and "
                     "changed.");
}

static enum status show_form(struct web_request *request, struct web_answer *answer,
                             const struct place *place, const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    const struct pledge_party *now = &place->side->party;
    const char *side = pledge_side_text(now->role);
    if (!place->sides.can_be_handed_over)
        return sorry(request, answer);
    pledge_hand_words(&intro,
                      &(const struct pledge_hand_intro){now->name, side, place->side->asked_name});
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = mem_format(request->ctx->mem, "Who signs for %s from now on?", side),
            .action = mem_format(request->ctx->mem, "%s/hand-over/%s", place->base, now->role),
            .button = "Ask them",
            .intro = view_html(&intro),
            .back_href = place->is_desk
                             ? place->base
                             : mem_format(request->ctx->mem, "%s/hand-over", place->base),
            .shown = {.fields = fields,
                      .answers = problems != NULL ? request->sent : NULL,
                      .problems = problems}});
}

static enum status ask_form(struct web_request *request, struct web_answer *answer, bool is_desk)
{
    struct place place;
    TRY(find_place(request, is_desk, &place));
    TRY(note_look(request->ctx, place.sides.reference));
    return show_form(request, answer, &place, NULL);
}

static enum status ask(struct web_request *request, struct web_answer *answer, bool is_desk)
{
    struct place place;
    struct pledge_successor to = {.role = web_value(request, "side")};
    struct form_problems problems = {.count = 0};
    TRY(find_place(request, is_desk, &place));
    enum status status = form_read(request->ctx, fields, request->sent, &to, &problems);
    if (status == OK)
        status = pledge_hand_over(request->ctx, place.sides.reference, &to, is_desk, &problems);
    if (status == ERR_CONFLICT)
        return sorry(request, answer);
    if (status == ERR_INVALID)
        return show_form(request, answer, &place, &problems);
    TRY(status);
    return web_see_other(
        answer, is_desk ? place.base : mem_format(request->ctx->mem, "%s/hand-over", place.base));
}

static enum status own_form(struct web_request *request, struct web_answer *answer)
{
    return ask_form(request, answer, false);
}

static enum status own_ask(struct web_request *request, struct web_answer *answer)
{
    return ask(request, answer, false);
}

static enum status desk_form(struct web_request *request, struct web_answer *answer)
{
    return ask_form(request, answer, true);
}

static enum status desk_ask(struct web_request *request, struct web_answer *answer)
{
    return ask(request, answer, true);
}

/* ---- what the one who was asked says ---- */

static enum status show_over(struct web_request *request, struct web_answer *answer,
                             const struct pledge_taking *taking)
{
    request->ctx->fault = NULL;
    answer->page.title = "This link can no longer be used";
    pledge_taking_over_page(&answer->body, taking);
    answer->code = 409;
    return ERR_CONFLICT;
}

static enum status show_taking(struct web_request *request, struct web_answer *answer)
{
    struct pledge_taking_page page = {.token = web_value(request, "token"),
                                      .form_token = web_token(request)};
    enum status status = pledge_taking_open(request->ctx, page.token, &page.ask);
    if (status == ERR_CONFLICT)
        return show_over(request, answer, &page.ask);
    TRY(status);
    page.side = pledge_side_text(page.ask.role);
    answer->page.title = page.ask.is_taken ? "You sign from now on" : "Sign from now on?";
    if (page.ask.is_taken)
        pledge_taken(&answer->body, &page);
    else
        pledge_taking_show(&answer->body, &page);
    return OK;
}

/* After an act that was refused: what the link still says. */
static enum status show_refused(struct web_request *request, struct web_answer *answer,
                                const char *token)
{
    struct pledge_taking taking;
    request->ctx->fault = NULL;
    enum status status = pledge_taking_open(request->ctx, token, &taking);
    return status == OK || status == ERR_CONFLICT ? show_over(request, answer, &taking) : status;
}

static enum status take(struct web_request *request, struct web_answer *answer)
{
    const char *token = web_value(request, "token");
    enum status status = pledge_take_over(request->ctx, token);
    if (status == ERR_CONFLICT)
        return show_refused(request, answer, token);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/pledges/take-over/%s", token));
}

static enum status refuse(struct web_request *request, struct web_answer *answer)
{
    struct pledge_taking_page page = {.token = web_value(request, "token")};
    enum status status = pledge_take_over_refuse(request->ctx, page.token);
    if (status == ERR_CONFLICT)
        return show_refused(request, answer, page.token);
    TRY(status);
    status = pledge_taking_open(request->ctx, page.token, &page.ask);
    if (status != OK && status != ERR_CONFLICT)
        return status;
    request->ctx->fault = NULL;
    answer->page.title = "You have said no";
    pledge_not_taken(&answer->body, &page);
    return OK;
}

const struct web_route pledge_party_routes[] = {
    {"GET", "/pledges/:reference/hand-over", WEB_SIGNED_IN, show_sides, "Who signs for a pledge."},
    {"GET", "/pledges/:reference/hand-over/:side", WEB_SIGNED_IN, own_form,
     "Names another person who signs."},
    {"POST", "/pledges/:reference/hand-over/:side", WEB_SIGNED_IN, own_ask,
     "Asks them. Whoever was asked before is asked no more."},
    {"GET", "/desk/pledges/:reference/hand-over/:side", MAY_WORK_PLEDGES, desk_form,
     "The same for the programme."},
    {"POST", "/desk/pledges/:reference/hand-over/:side", MAY_WORK_PLEDGES, desk_ask,
     "Asks them for the programme."},
    {"GET", "/pledges/take-over/:token", WEB_PUBLIC, show_taking,
     "Sign from now on? By a mailed link."},
    {"POST", "/pledges/take-over/:token", WEB_PUBLIC, take, "Says yes. Safe to repeat."},
    {"POST", "/pledges/take-over/:token/refuse", WEB_PUBLIC, refuse, "Says no. Safe to repeat."},
    {0},
};
