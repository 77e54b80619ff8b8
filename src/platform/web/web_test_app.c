/* SPDX-License-Identifier: MIT */
/* web_test_app.c - a small program whose handlers do one thing each. */
#include "platform/web/web_test_app.h"

#include "platform/base/test.h"
#include "platform/job/job.h"
#include "platform/web/session.h"

#include <stdlib.h>

enum { MAY_ACKNOWLEDGE = WEB_ACCESS_FIRST + 1, MAY_NOTHING };

static enum status home(struct web_request *request, struct web_answer *answer)
{
    answer->page.title = "Home";
    answer->is_public = true;
    view_text(&answer->body, "Hello ");
    view_text(&answer->body, request->person_name);
    return OK;
}

static enum status form(struct web_request *request, struct web_answer *answer)
{
    static const char input[] = "<input name=\"form_token\" value=\"";
    answer->page.title = "Form";
    answer->is_public = true; /* wrong, and made harmless: it holds a token */
    view_raw(&answer->body, input, strlen(input));
    view_text(&answer->body, web_token(request));
    view_raw(&answer->body, "\">", 2);
    return OK;
}

static enum status post(struct web_request *request, struct web_answer *answer)
{
    if (answers_has(request->sent, "form_token"))
        return ctx_fail(request->ctx, ERR_FAULT, "the token came through");
    if (strcmp(answers_get(request->sent, "then"), "invalid") == 0) {
        answer->page.title = "Form";
        view_text(&answer->body, "not right: ");
        view_text(&answer->body, answers_get(request->sent, "name"));
        return ERR_INVALID;
    }
    if (request->wants == WEB_JSON)
        return web_json(answer, "{\"done\":true}");
    return web_see_other(answer, "/thanks");
}

static enum status fail_as(struct web_request *request, struct web_answer *answer)
{
    static const struct {
        const char *name;
        enum status status;
    } all[] = {{"not-found", ERR_NOT_FOUND}, {"invalid", ERR_INVALID}, {"forbidden", ERR_FORBIDDEN},
               {"conflict", ERR_CONFLICT},   {"busy", ERR_BUSY},       {"fault", ERR_FAULT}};
    (void)answer;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(web_value(request, "how"), all[i].name) == 0)
            return ctx_fail(request->ctx, all[i].status, "secret cause");
    return OK;
}

static enum status show_value(struct web_request *request, struct web_answer *answer)
{
    answer->content_type = "text/plain";
    view_text(&answer->body, web_value(request, "value"));
    view_text(&answer->body, "|");
    view_text(&answer->body, web_query(request, "q"));
    return OK;
}

static enum status away(struct web_request *request, struct web_answer *answer)
{
    return web_see_other(answer, web_query(request, "to"));
}

static enum status sign_in(struct web_request *request, struct web_answer *answer)
{
    TRY(session_begin(
        request, answer,
        &(const struct session_start){.person = {ADA}, .strength = SESSION_ONE_FACTOR}));
    return web_see_other(answer, "/");
}

static enum status sign_out(struct web_request *request, struct web_answer *answer)
{
    TRY(session_end(request, answer));
    return web_see_other(answer, "/");
}

static enum status browser(struct web_request *request, struct web_answer *answer)
{
    answer->content_type = "text/plain";
    view_text(&answer->body, request->browser);
    return OK;
}

static enum status long_page(struct web_request *request, struct web_answer *answer)
{
    (void)request;
    answer->page.title = "Long";
    answer->is_public = true;
    answer->modified_at = TEST_NOW_SECS;
    for (int i = 0; i < 2000; i++)
        view_text(&answer->body, "many words ");
    return OK;
}

struct lines {
    int left;
    bool is_broken;
};

static enum status give_lines(void *arg, struct view *out)
{
    struct lines *lines = arg;
    if (lines->left == 0)
        return lines->is_broken ? ERR_FAULT : ERR_NOT_FOUND;
    for (int i = 0; i < 1000 && lines->left > 0; i++, lines->left--)
        view_text(out, "line\n");
    return OK;
}

/* ?count= lines, and ?broken=1 for a failure instead of the end. */
static enum status lines(struct web_request *request, struct web_answer *answer)
{
    struct ctx *own;
    TRY(web_stream(request, answer, &own));
    struct lines *left = mem_new(own->mem, struct lines);
    left->left = (int)strtol(web_query(request, "count"), NULL, 10);
    left->is_broken = web_query(request, "broken")[0] != '\0';
    answer->content_type = "text/csv";
    answer->download_name = "pl\xC3\xA9"
                            "dges \"1\".csv";
    answer->stream = give_lines;
    answer->stream_arg = left;
    return OK;
}

static enum status never_counts(struct ctx *ctx, void *arg)
{
    (void)arg;
    return ctx_fail(ctx, ERR_FAULT, "it cannot be counted");
}

/* A download of 3,000 bytes: "0000", "0001" and so on. */
static enum status file(struct web_request *request, struct web_answer *answer)
{
    for (int i = 0; i < 750; i++)
        view_text(&answer->body, mem_format(request->ctx->mem, "%04d", i));
    answer->content_type = "text/csv";
    answer->download_name = "numbers.csv";
    answer->modified_at = TEST_NOW_SECS - 10;
    answer->is_public = true;
    answer->taken = never_counts;
    return OK;
}

/* Says how long each value is: what came is what was sent. */
static enum status measure(struct web_request *request, struct web_answer *answer)
{
    answer->content_type = "text/plain";
    for (size_t i = 0; i < request->sent->count; i++) {
        view_text(&answer->body, request->sent->items[i].name);
        view_text(&answer->body, ":");
        view_text(&answer->body, strlen(request->sent->items[i].value));
        view_text(&answer->body, "\n");
    }
    return OK;
}

static const struct web_route routes[] = {
    {"GET", "/", WEB_PUBLIC, home, "Home."},
    {"GET", "/form", WEB_PUBLIC, form, "A form."},
    {"POST", "/form", WEB_PUBLIC, post, "Sends it."},
    {.method = "POST",
     .path = "/upload",
     .access = WEB_PUBLIC,
     .handler = post,
     .summary = "Sends a file.",
     .takes_files = true},
    {"GET", "/fail/:how", WEB_PUBLIC, fail_as, "Fails."},
    {"GET", "/values/:value", WEB_PUBLIC, show_value, "A value."},
    {"GET", "/values/:value.json", WEB_PUBLIC, fail_as, "Fails for callers of the API."},
    {"GET", "/away", WEB_PUBLIC, away, "Leads away."},
    {"GET", "/long", WEB_PUBLIC, long_page, "A long page."},
    {"GET", "/lines.csv", WEB_PUBLIC, lines, "A stream."},
    {"GET", "/numbers.csv", WEB_PUBLIC, file, "A file."},
    {"POST", "/measure", WEB_PUBLIC, measure, "Measures."},
    {"GET", "/browser", WEB_PUBLIC, browser, "The browser."},
    {"POST", "/sign-in", WEB_PUBLIC, sign_in, "Signs in."},
    {"POST", "/sign-out", WEB_PUBLIC, sign_out, "Signs out."},
    {"GET", "/account", WEB_SIGNED_IN, home, "For anyone signed in."},
    {"POST", "/account", WEB_SIGNED_IN, post, "For anyone signed in."},
    {"GET", "/desk", MAY_ACKNOWLEDGE, home, "For some."},
    {"GET", "/nobody", MAY_NOTHING, home, "For nobody."},
    {0},
};
static const struct web_route *const tables[] = {routes, web_own_routes, NULL};

static enum status may(struct web_request *request, int access, struct web_grant *grant_out)
{
    if (access != MAY_ACKNOWLEDGE || request->ctx->person.n != ADA)
        return ERR_FORBIDDEN;
    *grant_out = (struct web_grant){.role = "national"};
    return OK;
}

static enum status person_name(struct ctx *ctx, struct person_id person, const char **out)
{
    (void)ctx;
    *out = person.n == ADA ? "Ada" : person.n == BOB ? "Bob" : "";
    return OK;
}

static const struct job_kind *const jobs[] = {job_kinds, NULL};

const struct web_app web_test_app = {.routes = tables,
                                     .may = may,
                                     .person_name = person_name,
                                     .sign_in_path = "/sign-in",
                                     .sign_out_path = "/sign-out",
                                     .account_path = "/account",
                                     .jobs = jobs};
