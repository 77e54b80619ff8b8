/* SPDX-License-Identifier: MIT */
/* journey_later.c - coming back later: the mailed link to a draft, and the page that it opens. */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "platform/web/journey.sql.h"
#include "platform/web/journey_internal.h"
#include "platform/web/journey_page.html.h"

struct save_form {
    const char *email;
};

static const struct form_field save_fields[] = {
    FORM_EMAIL(save_form, email, .label = "Your email address",
               .hint = "We send one message with a link, and use the address for nothing else.",
               .missing = "Enter your email address"),
    FORM_END};

static enum status show_save_form(const struct trip *trip, const struct form_answers *answers,
                                  const struct form_problems *problems)
{
    return form_answer(
        trip->request, trip->answer,
        &(const struct form_page){
            .title = "Save and come back later",
            .action = trip_address(trip, "save"),
            .button = "Send me the link",
            .back_href = trip_address(trip, ""),
            .shown = {.fields = save_fields, .answers = answers, .problems = problems},
        });
}

enum status journey_save_show(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    TRY(trip_open(request, answer, 2, &trip));
    if (web_query(request, "sent")[0] == '\0')
        return show_save_form(&trip, NULL, NULL);
    journey_saved(&answer->body, trip_address(&trip, ""));
    trip_page(&trip, "Your answers are saved", NULL);
    return OK;
}

static enum status mail_once(struct ctx *ctx, void *arg)
{
    struct trip *trip = arg;
    int64_t changes;
    const char *token = random_token(ctx->mem);
    const char *hash = hash_token(ctx->mem, token);
    TRY(web_draft_mail(ctx, trip->draft_id, hash, &changes));
    return mail_put(
        ctx, &(const struct mail){
                 .kind = "journey.resume",
                 .key = mem_format(ctx->mem, "journey/%s/%.16s", trip->code, hash),
                 .to_address = answers_get(trip->request->sent, "email"),
                 .subject = mem_format(ctx->mem, "Carry on: %s", trip->journey->title),
                 .parts = (const struct mail_part[]){
                     MAIL_TEXT("Your answers are saved. Open the page with this link to carry on "
                               "where you stopped, on any device."),
                     MAIL_BUTTON("Carry on", mem_format(ctx->mem, "%s?key=%s",
                                                        trip_address(trip, "open"), token)),
                     MAIL_TEXT("Anyone who has this message can see and change your answers. The "
                               "link ends when you send them."),
                     MAIL_END}});
}

enum status journey_save_send(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    struct save_form form = {NULL};
    struct form_problems problems = {.count = 0};
    TRY(trip_open(request, answer, 2, &trip));
    if (form_read(trip.ctx, save_fields, request->sent, &form, &problems) != OK)
        return show_save_form(&trip, request->sent, &problems);
    TRY(store_transact(trip.ctx, "journey_mail", mail_once, &trip));
    return web_see_other(answer, trip_address(&trip, "save?sent=yes"));
}

/* The draft of a mailed link, whoever opens it.  ERR_NOT_FOUND: the link is not, or no longer, the
 * right one. */
static enum status open_by_key(struct web_request *request, struct web_answer *answer,
                               const char *key, struct trip *trip)
{
    struct web_draft_by_code_row row;
    trip_begin(request, answer, 2, trip);
    trip->code = web_value(request, "draft");
    TRY(web_draft_by_code(trip->ctx, trip->code, trip->journey->name, &row));
    trip->draft_id = row.id;
    if (row.expires_at < trip->ctx->now_secs || row.resume_hash == NULL ||
        !hash_is_equal(row.resume_hash, hash_token(trip->ctx->mem, key)))
        return ctx_fail(trip->ctx, ERR_NOT_FOUND, "link to a draft has ended");
    return OK;
}

/* Which of the causes it is, is not told: a link that was made up gets the same page. */
static enum status link_is_over(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(
        request, answer, 404, "This link no longer works",
        "A link ends when the answers are sent, when a newer link is mailed, or when "
        "nobody has come back to the answers for a long time. Look for a newer message "
        "in your email, or begin again.");
}

enum status journey_open_show(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    struct view words = {.mem = request->ctx->mem};
    enum status status = open_by_key(request, answer, web_query(request, "key"), &trip);
    if (status == ERR_NOT_FOUND)
        return link_is_over(request, answer);
    TRY(status);
    journey_open_words(&words);
    trip_page(&trip, "Carry on where you stopped", NULL);
    journey_button(&answer->body, &(const struct journey_button_page){
                                      .title = "Carry on where you stopped",
                                      .words = view_html(&words),
                                      .action = trip_address(&trip, "open"),
                                      .token = web_token(request),
                                      .button = "Carry on",
                                      .key = web_query(request, "key"),
                                  });
    return OK;
}

enum status journey_open_here(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    int64_t changes;
    enum status status = open_by_key(request, answer, answers_get(request->sent, "key"), &trip);
    if (status == ERR_NOT_FOUND)
        return link_is_over(request, answer);
    TRY(status);
    TRY(web_draft_move(trip.ctx, trip.draft_id, request->browser, &changes));
    return web_see_other(answer, trip_address(&trip, ""));
}
