/* SPDX-License-Identifier: MIT */
/*
 * sorry.c - one table of what is said when something went wrong.
 *
 * People get a page in plain words that says what to do; callers of the API the same sentence as
 * application/problem+json (RFC 9457).  Neither sees the cause: that is in the log, under the
 * reference that both see.
 */
#include "platform/web/sorry.h"

#include "platform/base/settings.h"
#include "platform/web/server.h"
#include "platform/web/sorry.html.h"

#include <jansson.h>
#include <string.h>

static const struct sorry {
    int code;
    const char *heading, *sentence;
} sorries[] = {
    {400, "We could not read that",
     "What your browser sent is broken or holds characters that we cannot read. Go back, check "
     "what "
     "you typed and try again."},
    {403, "You cannot see this page",
     "You do not have permission for this. If you think you should, ask the person who looks after "
     "your account."},
    {404, "Page not found",
     "If you typed the address, check that it is right. If you pasted it, check that you copied "
     "all "
     "of it."},
    {405, "That does not work here",
     "This page cannot be used in that way. Go back and try again."},
    {409, "Something has changed",
     "Somebody changed this while you were working on it. Go back, reload the page and try again."},
    {413, "That is too big",
     "What you sent is larger than we can take. A file can have up to 10 MB, and all answers on "
     "one "
     "page together up to 1 MB. Go back and send something smaller."},
    {414, "That address is too long", "Check that you copied the right address."},
    {415, "We cannot read that kind of content",
     "Send a form, or JSON with the content type application/json."},
    {422, "Something is not right yet", "Go back and check what you typed."},
    {429, "Too many tries",
     "There were too many requests in a short time. Wait a minute, then try again."},
    {431, "Your browser sent too much",
     "Clear the cookies of this website in your browser and try again."},
    {500, "Sorry, something went wrong",
     "This is our fault, and it has been noted. Try again in a few minutes."},
    {503, "Sorry, we are busy", "Wait a minute, then try again. Nothing that you saved is lost."},
};

int sorry_code(enum status status)
{
    switch (status) {
    case OK:
        return 200;
    case ERR_NOT_FOUND:
        return 404;
    case ERR_INVALID:
        return 422;
    case ERR_FORBIDDEN:
        return 403;
    case ERR_CONFLICT:
        return 409;
    case ERR_BUSY:
        return 503;
    case ERR_FAULT:
        break;
    }
    return 500;
}

enum status sorry_status(int code)
{
    if (code < 400)
        return OK;
    if (code == 401 || code == 403)
        return ERR_FORBIDDEN;
    if (code == 404 || code == 410)
        return ERR_NOT_FOUND;
    if (code == 409)
        return ERR_CONFLICT;
    if (code == 429 || code == 503)
        return ERR_BUSY;
    return code < 500 ? ERR_INVALID : ERR_FAULT;
}

static int add_json(const char *text, size_t bytes, void *out)
{
    view_raw(out, text, bytes);
    return 0;
}

static void write_problem(struct web_request *request, struct web_answer *answer,
                          const struct sorry_page *page)
{
    json_t *problem =
        json_pack("{ss ss si ss ss}", "type", "about:blank", "title", page->heading, "status",
                  answer->code, "detail", page->sentence, "reference", request->ctx->request_id);
    json_dump_callback(problem, add_json, &answer->body, JSON_COMPACT);
    json_decref(problem);
    answer->content_type = "application/problem+json";
}

static void write(struct web_request *request, struct web_answer *answer, int code,
                  const struct sorry_page *page)
{
    answer->code = code;
    answer->body = (struct view){.mem = request->ctx->mem};
    answer->location = NULL;
    answer->download_name = NULL;
    answer->stream = NULL;
    answer->is_public = answer->is_immutable = false;
    answer->modified_at = 0;
    if (request->wants == WEB_JSON) {
        write_problem(request, answer, page);
        return;
    }
    answer->content_type = NULL;
    answer->page = (struct web_page){.title = page->heading};
    sorry(&answer->body, page);
}

enum status web_sorry(struct web_request *request, struct web_answer *answer, int code,
                      const char *heading, const char *sentence)
{
    struct sorry_page page = {.heading = heading, .sentence = sentence, .contact_email = ""};
    if (code >= 500) {
        page.reference = request->ctx->request_id;
        page.contact_email = request->ctx->settings->contact_email;
    }
    write(request, answer, code, &page);
    return sorry_status(code);
}

/* A POST of somebody whose session is over: the way back in, to the page that was open. */
static void write_signed_out(struct web_request *request, struct web_answer *answer)
{
    struct sorry_page page = {
        .heading = "Sign in to do that",
        .sentence = "You are not signed in, or you were signed out because nothing happened for a "
                    "while. Sign in, then go back to the page and send it again.",
        .contact_email = "",
        .link_text = "Sign in",
        .link_href = request->app->sign_in_path,
    };
    write(request, answer, 403, &page);
}

void sorry_for_code(struct web_request *request, struct web_answer *answer, int code)
{
    if (code == 403 && request->ctx->person.n == 0 && request->app->sign_in_path != NULL) {
        write_signed_out(request, answer);
        return;
    }
    const struct sorry *said = &sorries[sizeof sorries / sizeof sorries[0] - 2];
    for (size_t i = 0; i < sizeof sorries / sizeof sorries[0]; i++)
        if (sorries[i].code == code)
            said = &sorries[i];
    (void)web_sorry(request, answer, code, said->heading, said->sentence);
}
