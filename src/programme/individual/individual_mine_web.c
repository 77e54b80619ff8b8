/* SPDX-License-Identifier: MIT */
/*
 * individual_mine_web.c - one's own pledge: seen, changed, withdrawn, its receipt.
 *
 * The same handlers serve /pledges/mine/:token, where a mailed link says whose it is, and
 * /account/my-pledge, where the session does.  No handler of a GET changes anything.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/equality/equality_web.h"
#include "programme/individual/individual_internal.h"
#include "programme/individual/individual_page.html.h"
#include "programme/individual/individual_routes.h"
#include "programme/individual/individual_web.h"

/* ---- whose ---- */

struct mine {
    struct individual it;
    const char *base; /* where its pages are */
};

static enum status show_over(struct web_request *request, struct web_answer *answer)
{
    return proof_page_over(request, answer, &individual_proof_page);
}

static enum status open_mine(struct web_request *request, struct mine *out)
{
    struct ctx *ctx = request->ctx;
    struct access_person person;
    const char *token = web_value(request, "token");
    if (token[0] != '\0') {
        out->base = mem_format(ctx->mem, "/pledges/mine/%s", token);
        return individual_link_open(ctx, token, &out->it);
    }
    out->base = "/account/my-pledge";
    TRY(access_person_get(ctx, ctx->person, &person));
    return individual_of(ctx, person.email, &out->it);
}

/* Opens one that counts.  *is_done_out: the answer is there already, because it does not. */
static enum status open_counted(struct web_request *request, struct web_answer *answer,
                                struct mine *out, bool *is_done_out)
{
    enum status status = open_mine(request, out);
    *is_done_out = status == ERR_CONFLICT;
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    if (out->it.state == INDIVIDUAL_CONFIRMED)
        return OK;
    *is_done_out = true;
    return web_see_other(answer, out->base);
}

static const char *day_in_words(struct mem *mem, const char *on)
{
    return on[0] == '\0' ? "" : time_show_day(mem, on);
}

static void fill(struct web_request *request, const struct mine *mine,
                 struct individual_mine_page *page)
{
    struct mem *mem = request->ctx->mem;
    const struct individual *it = &mine->it;
    *page = (struct individual_mine_page){
        .it = it,
        .base = mine->base,
        .form_token = web_token(request),
        .signed_on = day_in_words(mem, it->signed_on),
        .remind_on = day_in_words(mem, it->remind_on),
        .withdrawn_on =
            it->withdrawn_at == 0 ? "" : time_show_day(mem, time_day_of(mem, it->withdrawn_at)),
        .is_reminded = it->reminded_at != 0,
        .card = {.face = individual_face_of(it), .signed_on = day_in_words(mem, it->signed_on)},
    };
    page->card.is_empty = individual_face_is_empty(&page->card.face);
}

/* ---- the page ---- */

enum status individual_mine_show(struct web_request *request, struct web_answer *answer)
{
    struct mine mine;
    struct individual_mine_page page;
    enum status status = open_mine(request, &mine);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    fill(request, &mine, &page);
    answer->page.section = "/pledges";
    if (mine.it.state == INDIVIDUAL_UNCONFIRMED) {
        answer->page.title = "Confirm your pledge";
        individual_confirm_page(&answer->body, &page);
    } else if (mine.it.state == INDIVIDUAL_WITHDRAWN) {
        answer->page.title = "You have withdrawn your pledge";
        individual_withdrawn_page(&answer->body, &page);
    } else {
        answer->page.title = "Your pledge";
        individual_mine_page(&answer->body, &page);
    }
    return OK;
}

enum status individual_mine_confirm(struct web_request *request, struct web_answer *answer)
{
    const char *token = web_value(request, "token");
    enum status status = individual_link_confirm(request->ctx, token);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/pledges/mine/%s", token));
}

/* ---- what the public sees ---- */

static const struct form_field choice_fields[] = {INDIVIDUAL_SHOWN_FIELD(individual_choice),
                                                  INDIVIDUAL_REMIND_FIELD(individual_choice),
                                                  FORM_END};

static enum status show_choice(struct web_request *request, struct web_answer *answer,
                               const struct mine *mine, const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    struct form_answers now = {.count = 0};
    for (int part = 0; part < INDIVIDUAL_PARTS; part++)
        if (mine->it.shows[part])
            answers_add(mem, &now, "shown", individual_parts[part]);
    answers_add(mem, &now, "remind_on", mine->it.remind_on);
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "What the public sees of your pledge",
                                  .action = mem_format(mem, "%s/choice", mine->base),
                                  .button = "Save",
                                  .back_href = mine->base,
                                  .shown = {.fields = choice_fields,
                                            .answers = problems != NULL ? request->sent : &now,
                                            .problems = problems}});
}

enum status individual_choice_show(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    TRY(open_counted(request, answer, &mine, &is_done));
    return is_done ? OK : show_choice(request, answer, &mine, NULL);
}

enum status individual_choice_save(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    struct form_problems problems = {.count = 0};
    struct individual_choice choice = {.remind_on = ""};
    TRY(open_counted(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    enum status status = form_read(request->ctx, choice_fields, request->sent, &choice, &problems);
    if (status == OK)
        status = individual_choose(request->ctx, &mine.it, &choice, &problems);
    if (status == ERR_INVALID)
        return show_choice(request, answer, &mine, &problems);
    TRY(status);
    return web_see_other(answer, mine.base);
}

/* ---- withdrawing ---- */

enum status individual_withdraw_show(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    struct individual_mine_page page;
    TRY(open_counted(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    fill(request, &mine, &page);
    answer->page.title = "Withdraw your pledge";
    answer->page.back_href = mine.base;
    individual_withdraw_ask(&answer->body, &page);
    return OK;
}

enum status individual_withdraw_do(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    TRY(open_counted(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    TRY(individual_withdraw(request->ctx, &mine.it));
    return web_see_other(answer, web_value(request, "token")[0] != '\0' ? mine.base : "/account");
}

/* ---- the receipt ---- */

enum status individual_receipt_show(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    struct individual_receipt_page page;
    TRY(open_counted(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    page = (struct individual_receipt_page){.it = &mine.it,
                                            .base = mine.base,
                                            .signed_at =
                                                time_show(request->ctx->mem, mine.it.confirmed_at)};
    TRY(individual_is_logged(request->ctx, &mine.it, &page.is_logged));
    answer->page.title = "Your receipt";
    answer->page.back_href = mine.base;
    individual_receipt_page(&answer->body, &page);
    return OK;
}

enum status individual_receipt_json(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    const char *json;
    TRY(open_counted(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    TRY(individual_receipt(request->ctx, &mine.it, &json));
    answer->download_name = mem_format(request->ctx->mem, "%s-receipt.json", mine.it.reference);
    return web_json(answer, json);
}

enum status individual_receipt_pdf(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    TRY(open_counted(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    answer->content_type = "application/pdf";
    answer->download_name = mem_format(request->ctx->mem, "%s-receipt.pdf", mine.it.reference);
    return individual_print(request->ctx, &mine.it, &answer->body);
}

/* ---- the equality questions, kept by equality/ under a pseudonym ---- */

enum status individual_about_show(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    struct form_answers none = {.count = 0};
    struct view intro = {.mem = request->ctx->mem};
    TRY(open_counted(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    individual_about_words(&intro);
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "About you",
                                  .action = mem_format(intro.mem, "%s/about-you", mine.base),
                                  .button = "Save my answers",
                                  .back_href = mine.base,
                                  .intro = view_html(&intro),
                                  .shown = {.fields = equality_fields, .answers = &none}});
}

struct answering {
    const char *reference;
    const struct form_answers *sent;
};

static enum status keep_answers(struct ctx *ctx, void *arg)
{
    const struct answering *answering = arg;
    TRY(equality_apart.save(ctx, answering->reference, answering->sent));
    return equality_apart.finish(ctx, answering->reference, answering->reference);
}

enum status individual_about_save(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    TRY(open_counted(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    struct answering answering = {mine.it.reference, request->sent};
    TRY(store_transact(request->ctx, "individual_about", keep_answers, &answering));
    return web_see_other(answer, mine.base);
}

/* ---- at /account ---- */

static enum status show_section(struct web_request *request, struct view *out)
{
    struct mine mine;
    struct individual_mine_page page;
    enum status status = open_mine(request, &mine);
    if (status == ERR_NOT_FOUND) {
        request->ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    fill(request, &mine, &page);
    individual_section(out, &page);
    return OK;
}

const struct account_section individual_sections[] = {{"A pledge of your own", show_section}, {0}};
