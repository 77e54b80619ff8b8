/* SPDX-License-Identifier: MIT */
/*
 * casestudy_mine_web.c - pages that a mailed link opens: of the author, of who did it too, of who
 * is shown.  No handler of a GET changes anything.
 *
 *   /case-studies/mine/:token ...       the author's case study
 *   /case-studies/reused/:token ...     a reuse
 *   /case-studies/shown/:token ...      somebody in a picture, or their guardian
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/casestudy/casestudy.sql.h"
#include "programme/casestudy/casestudy_page.html.h"
#include "programme/casestudy/casestudy_routes.h"
#include "programme/casestudy/casestudy_web.h"

#include <inttypes.h>
#include <string.h>

enum { LINES_MAX = 100 };

static enum status show_over(struct web_request *request, struct web_answer *answer)
{
    return proof_page_over(request, answer, &casestudy_proof_page);
}

/* ---- the author ---- */

struct mine {
    struct casestudy study;
    struct casestudy_version version; /* the newest words */
    const char *base;
};

/* ERR_CONFLICT: nobody confirmed it in time. */
static enum status open_mine(struct web_request *request, struct mine *out)
{
    const char *reference, *token = web_value(request, "token");
    TRY(casestudy_link_open(request->ctx, token, &reference));
    TRY(casestudy_find(request->ctx, reference, &out->study));
    out->base = mem_format(request->ctx->mem, "/case-studies/mine/%s", token);
    return casestudy_version_find(request->ctx, &out->study, out->study.version, &out->version);
}

/* Opens one that is confirmed; else the answer is there already. */
static enum status open_confirmed(struct web_request *request, struct web_answer *answer,
                                  struct mine *out, bool *is_done_out)
{
    enum status status = open_mine(request, out);
    *is_done_out = status == ERR_CONFLICT;
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    *is_done_out = out->study.state == CASESTUDY_UNCONFIRMED;
    return *is_done_out ? web_see_other(answer, out->base) : OK;
}

static const struct {
    const char *what, *text;
} happenings[] = {{"sent", "You sent it"},
                  {"confirmed", "You confirmed your address"},
                  {"mended", "You changed your words"},
                  {"edited", "An editor worked on the words"},
                  {"published", "It was published"},
                  {"returned", "An editor returned it to you"},
                  {"withdrawn", "An editor took it off the page"},
                  {"taken-back", "You took it back"},
                  {"consent", "Somebody who is shown took back their consent"},
                  {"checked", "It was found to be still right"},
                  {"picture", "A picture was taken away"}};

static const char *happening(const char *what)
{
    for (size_t i = 0; i < sizeof happenings / sizeof happenings[0]; i++)
        if (strcmp(happenings[i].what, what) == 0)
            return happenings[i].text;
    return what;
}

/* The reason of an edit is between editors; that of a return is for the author. */
static enum status fill_lines(struct ctx *ctx, const struct casestudy *study,
                              struct casestudy_mine_page *page)
{
    struct casestudy_events_row *rows;
    TRY(casestudy_events(ctx, study->organisation_id, study->id, LINES_MAX, &rows,
                         &page->line_count));
    page->lines = mem_array(ctx->mem, struct casestudy_line, page->line_count);
    for (size_t i = 0; i < page->line_count; i++) {
        bool is_for_author =
            strcmp(rows[i].what, "returned") == 0 || strcmp(rows[i].what, "withdrawn") == 0;
        page->lines[i] = (struct casestudy_line){.when = time_show(ctx->mem, rows[i].at),
                                                 .what = happening(rows[i].what),
                                                 .who = "",
                                                 .reason = is_for_author ? rows[i].reason : ""};
    }
    return OK;
}

static enum status fill(struct web_request *request, const struct mine *mine,
                        struct casestudy_mine_page *page)
{
    struct ctx *ctx = request->ctx;
    const struct casestudy *study = &mine->study;
    *page = (struct casestudy_mine_page){
        .study = study,
        .base = mine->base,
        .form_token = web_token(request),
        .state = casestudy_state_text(study->state),
        .state_class = study->state == CASESTUDY_PUBLISHED  ? "nhsuk-tag--green"
                       : study->state == CASESTUDY_RETURNED ? "nhsuk-tag--orange"
                                                            : "nhsuk-tag--grey",
        .review_on = study->review_on[0] != '\0' ? time_show_day(ctx->mem, study->review_on) : "",
        .may_say_right = study->is_live,
        .may_withdraw = study->is_live || study->state != CASESTUDY_WITHDRAWN,
        .may_mend = true};
    TRY(casestudy_fill_text(ctx, &mine->version, false, &page->text));
    TRY(casestudy_fill_pictures(ctx, study, mine->base, true, &page->text));
    TRY(casestudy_fill_reusers(ctx, study, true, &page->reusers, &page->reuser_count));
    return fill_lines(ctx, study, page);
}

static enum status show_mine(struct web_request *request, struct web_answer *answer)
{
    struct mine mine;
    struct casestudy_mine_page page;
    enum status status = open_mine(request, &mine);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    TRY(fill(request, &mine, &page));
    answer->page.section = "/case-studies";
    if (mine.study.state == CASESTUDY_UNCONFIRMED) {
        answer->page.title = "Confirm your case study";
        casestudy_confirm(&answer->body, &page);
    } else {
        answer->page.title = "Your case study";
        casestudy_mine(&answer->body, &page);
    }
    return OK;
}

static enum status confirm(struct web_request *request, struct web_answer *answer,
                           const char *place)
{
    const char *token = web_value(request, "token");
    enum status status = casestudy_link_confirm(request->ctx, token);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "/case-studies/%s/%s", place, token));
}

static enum status confirm_mine(struct web_request *request, struct web_answer *answer)
{
    return confirm(request, answer, "mine");
}

static enum status show_own_picture(struct web_request *request, struct web_answer *answer)
{
    struct mine mine;
    enum status status = open_mine(request, &mine);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    return casestudy_picture_answer(request, answer, &mine.study, false);
}

static enum status ask_change(struct web_request *request, struct web_answer *answer,
                              const struct mine *mine, const struct form_problems *problems)
{
    struct form_answers now = {.count = 0};
    casestudy_answers_of(request->ctx->mem, &mine->version.words, &now);
    answer->page.section = "/case-studies";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Change your case study",
                                  .action = mem_format(request->ctx->mem, "%s/change/%" PRId64,
                                                       mine->base, mine->study.version),
                                  .button = "Send the changes",
                                  .back_href = mine->base,
                                  .shown = {.fields = casestudy_word_fields,
                                            .answers = problems != NULL ? request->sent : &now,
                                            .problems = problems}});
}

static enum status show_change(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    TRY(open_confirmed(request, answer, &mine, &is_done));
    return is_done ? OK : ask_change(request, answer, &mine, NULL);
}

static enum status save_change(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    int64_t base = 0;
    struct mine mine;
    struct form_problems problems = {.count = 0};
    struct casestudy_words words = {.reason = ""};
    TRY(open_confirmed(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    if (text_number(web_value(request, "version"), 1, INT64_MAX, &base) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "no version of that number");
    enum status status =
        form_read(request->ctx, casestudy_word_fields, request->sent, &words, &problems);
    if (status == ERR_INVALID)
        return ask_change(request, answer, &mine, &problems);
    TRY(status);
    status = casestudy_mend(request->ctx, mine.study.reference, base, &words);
    if (status == ERR_CONFLICT)
        return casestudy_say_moved(request, answer);
    TRY(status);
    return web_see_other(answer, mine.base);
}

static enum status ask_withdraw(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    struct casestudy_mine_page page;
    TRY(open_confirmed(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    TRY(fill(request, &mine, &page));
    answer->page.title = "Take your case study back";
    answer->page.back_href = mine.base;
    casestudy_withdraw_ask(&answer->body, &page);
    return OK;
}

static enum status do_withdraw(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    TRY(open_confirmed(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    TRY(casestudy_withdraw(request->ctx, mine.study.reference, CASESTUDY_BY_AUTHOR, NULL));
    return web_see_other(answer, mine.base);
}

static enum status say_right(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct mine mine;
    TRY(open_confirmed(request, answer, &mine, &is_done));
    if (is_done)
        return OK;
    enum status status =
        casestudy_still_right(request->ctx, mine.study.reference, CASESTUDY_BY_AUTHOR);
    if (status == ERR_CONFLICT)
        return casestudy_say_moved(request, answer);
    TRY(status);
    return web_see_other(answer, mine.base);
}

/* ---- who did it too ---- */

static enum status open_reuse(struct web_request *request, struct casestudy_reuse *out)
{
    const char *reference;
    TRY(casestudy_link_open(request->ctx, web_value(request, "token"), &reference));
    return casestudy_reuse_find(request->ctx, reference, out);
}

static enum status show_reuse(struct web_request *request, struct web_answer *answer)
{
    struct casestudy_reuse reuse;
    enum status status = open_reuse(request, &reuse);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    const struct casestudy_reused_page page = {
        .reuse = &reuse,
        .base =
            mem_format(request->ctx->mem, "/case-studies/reused/%s", web_value(request, "token")),
        .form_token = web_token(request)};
    answer->page.section = "/case-studies";
    answer->page.title = "We did this too";
    if (strcmp(reuse.state, "unconfirmed") == 0)
        casestudy_reused_confirm(&answer->body, &page);
    else
        casestudy_reused(&answer->body, &page);
    return OK;
}

static enum status confirm_reuse(struct web_request *request, struct web_answer *answer)
{
    return confirm(request, answer, "reused");
}

static enum status withdraw_reuse(struct web_request *request, struct web_answer *answer)
{
    struct casestudy_reuse reuse;
    enum status status = open_reuse(request, &reuse);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    TRY(casestudy_reuse_withdraw(request->ctx, reuse.reference, CASESTUDY_BY_AUTHOR));
    return web_see_other(answer, mem_format(request->ctx->mem, "/case-studies/reused/%s",
                                            web_value(request, "token")));
}

/* ---- who is shown ---- */

static enum status show_asked(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct casestudy_asked asked;
    struct casestudy_version version;
    struct consent_wording wording;
    struct casestudy_asked_page page = {.asked = &asked};
    TRY(casestudy_asked_open(ctx, web_value(request, "token"), &asked));
    TRY(casestudy_version_find(
        ctx, &asked.study,
        asked.study.is_live ? asked.study.published_version : asked.study.version, &version));
    TRY(casestudy_fill_text(ctx, &version, asked.study.is_live, &page.text));
    TRY(consent_wording_find(ctx, "story", &wording));
    page.base = mem_format(ctx->mem, "/case-studies/shown/%s", web_value(request, "token"));
    page.form_token = web_token(request);
    page.wording = wording.text;
    page.needs_other = strcmp(asked.age, "young") == 0;
    page.may_answer = strcmp(asked.said, "no") != 0 || asked.picture_count > 0;
    page.text.figures = mem_array(ctx->mem, struct casestudy_figure, asked.picture_count);
    page.text.figure_count = asked.picture_count;
    for (size_t i = 0; i < asked.picture_count; i++)
        page.text.figures[i] =
            (struct casestudy_figure){.src = mem_format(ctx->mem, "%s/pictures/%" PRId64, page.base,
                                                        asked.pictures[i].number),
                                      .alternative = asked.pictures[i].alternative,
                                      .width_px = asked.pictures[i].width_px,
                                      .height_px = asked.pictures[i].height_px};
    answer->page.title = "May we show this picture?";
    casestudy_asked_page(&answer->body, &page);
    return OK;
}

static enum status show_asked_picture(struct web_request *request, struct web_answer *answer)
{
    int64_t number = 0;
    struct casestudy_asked asked;
    TRY(casestudy_asked_open(request->ctx, web_value(request, "token"), &asked));
    if (text_number(web_value(request, "number"), 1, CASESTUDY_PICTURES_MAX, &number) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "no picture of that number");
    for (size_t i = 0; i < asked.picture_count; i++)
        if (asked.pictures[i].number == number)
            return casestudy_picture_answer(request, answer, &asked.study, false);
    return ctx_fail(request->ctx, ERR_NOT_FOUND, "they are not in that picture");
}

static enum status say(struct web_request *request, struct web_answer *answer)
{
    const char *token = web_value(request, "token"), *said = answers_get(request->sent, "say");
    struct casestudy_asked asked;
    TRY(casestudy_asked_open(request->ctx, token, &asked));
    if (strcmp(said, "yes") != 0 && strcmp(said, "no") != 0)
        return web_sorry(request, answer, 422, "Say yes or no",
                         "Go back and press one of the two buttons.");
    TRY(casestudy_asked_say(request->ctx, token, strcmp(said, "yes") == 0));
    return web_see_other(answer, mem_format(request->ctx->mem, "/case-studies/shown/%s", token));
}

const struct web_route casestudy_mine_routes[] = {
    {"GET", "/case-studies/mine/:token", WEB_PUBLIC, show_mine, "The author's case study."},
    {"POST", "/case-studies/mine/:token", WEB_PUBLIC, confirm_mine,
     "Confirms by the mailed link. Safe to repeat."},
    {"GET", "/case-studies/mine/:token/pictures/:number", WEB_PUBLIC, show_own_picture,
     "A picture, for its author."},
    {"GET", "/case-studies/mine/:token/change", WEB_PUBLIC, show_change, "Asks for other words."},
    {"POST", "/case-studies/mine/:token/change/:version", WEB_PUBLIC, save_change,
     "Sends other words in place of a version."},
    {"GET", "/case-studies/mine/:token/withdraw", WEB_PUBLIC, ask_withdraw, "Asks before it goes."},
    {"POST", "/case-studies/mine/:token/withdraw", WEB_PUBLIC, do_withdraw,
     "Takes it back. Safe to repeat."},
    {"POST", "/case-studies/mine/:token/right", WEB_PUBLIC, say_right, "Says that it is right."},
    {"GET", "/case-studies/reused/:token", WEB_PUBLIC, show_reuse, "A reuse, for who told of it."},
    {"POST", "/case-studies/reused/:token", WEB_PUBLIC, confirm_reuse,
     "Confirms by the mailed link. Safe to repeat."},
    {"POST", "/case-studies/reused/:token/withdraw", WEB_PUBLIC, withdraw_reuse,
     "Takes a reuse back. Safe to repeat."},
    {"GET", "/case-studies/shown/:token", WEB_PUBLIC, show_asked,
     "Asks somebody whether they may be shown."},
    {"GET", "/case-studies/shown/:token/pictures/:number", WEB_PUBLIC, show_asked_picture,
     "A picture, for who is in it."},
    {"POST", "/case-studies/shown/:token", WEB_PUBLIC, say,
     "They agree, or take it back. Safe to repeat."},
    {0},
};
