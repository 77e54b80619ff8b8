/* SPDX-License-Identifier: MIT */
/*
 * paper_web.c - paper for those who sign.
 *
 *   /pledges/paper                    how to sign on paper
 *   /pledges/paper/blank.pdf          the form with lines to write on
 *   /pledges/confirm/:token/paper     print, sign, and POST a scan, by a mailed link
 *   /pledges/confirm/:token/paper.pdf the pledge with a place to sign
 */
#include "programme/paper/paper_web.h"

#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/scan.h"
#include "platform/document/upload.h"
#include "programme/paper/paper.h"
#include "programme/paper/paper_page.html.h"

#include <string.h>

enum { ADDRESS_LINES_MAX = 10 };

struct scan_form {
    struct form_file scan;
};

static const struct form_field scan_fields[] = {
    FORM_FILE(scan_form, scan, .file_types = scan_endings, .label = "Your scan or photo",
              .hint = "PDF, JPG or PNG, up to 10 MB and 20 pages",
              .missing = "Choose the scan of the paper"),
    FORM_END};

/* ---- for everybody ---- */

static void fill_address(struct mem *mem, const char *address, struct paper_about_page *page)
{
    page->address = mem_array(mem, const char *, ADDRESS_LINES_MAX);
    while (*address != '\0' && page->address_count < ADDRESS_LINES_MAX) {
        size_t length = strcspn(address, ",");
        page->address[page->address_count++] = mem_text_part(mem, address, length);
        address += length;
        address += strspn(address, ", ");
    }
}

static enum status about(struct web_request *request, struct web_answer *answer)
{
    const struct settings *settings = request->ctx->settings;
    struct paper_about_page page = {
        .contact_email = settings->contact_email,
        .contact_href = mem_format(request->ctx->mem, "mailto:%s", settings->contact_email)};
    fill_address(request->ctx->mem, settings->postal_address, &page);
    answer->page =
        (struct web_page){.title = "Sign on paper",
                          .section = "/pledges",
                          .crumbs = {{"Home", "/"}, {"Partnership Pledges", "/pledges"}}};
    answer->is_public = answer->is_same_all_day = true;
    paper_about(&answer->body, &page);
    return OK;
}

static enum status print_blank(struct web_request *request, struct web_answer *answer)
{
    TRY(paper_print_blank(request->ctx, &answer->body));
    answer->content_type = "application/pdf";
    answer->download_name = "pledge-form.pdf";
    answer->is_public = answer->is_same_all_day = true;
    return OK;
}

/* ---- by the link ---- */

/* What the link asks to sign.  ERR_CONFLICT: it is over, or was used, and the answer says so. */
static enum status open_link(struct web_request *request, struct web_answer *answer,
                             struct pledge_to_sign *out)
{
    enum status status = pledge_link_open(request->ctx, web_value(request, "token"), out);
    if (status == OK && out->is_signed)
        return web_sorry(request, answer, 409, "This side has signed already",
                         "Nothing more is needed. We tell you when everyone has signed.");
    if (status != ERR_CONFLICT)
        return status;
    return web_sorry(request, answer, 409, "This link can no longer be used",
                     "It is too old, or a newer link was sent, or the pledge waits for no "
                     "signature any more. Look for a newer message, or ask the programme.");
}

static enum status fill_sent(struct web_request *request, struct paper_send_page *page)
{
    struct paper_sent sent;
    enum status status = paper_sent_by(request->ctx, page->ask, &sent);
    if (status == ERR_NOT_FOUND) {
        request->ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    page->reference = sent.reference;
    page->received_on = time_show_day(request->ctx->mem, sent.received_on);
    return OK;
}

static enum status show_form(struct web_request *request, struct web_answer *answer,
                             const struct pledge_to_sign *ask, const struct form_problems *problems)
{
    struct paper_send_page page = {
        .ask = ask, .token = web_value(request, "token"), .form_token = web_token(request)};
    struct form_shown shown = {.fields = scan_fields, .problems = problems};
    struct view top = {.mem = request->ctx->mem}, form = {.mem = request->ctx->mem};
    TRY(fill_sent(request, &page));
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    page.problems = view_html(&top);
    page.form = view_html(&form);
    answer->page.title = "Print and sign on paper";
    answer->page.section = "/pledges";
    answer->page.has_problem = problems != NULL;
    paper_send_form(&answer->body, &page);
    return problems != NULL ? ERR_INVALID : OK;
}

static enum status show_send(struct web_request *request, struct web_answer *answer)
{
    struct pledge_to_sign ask;
    TRY(open_link(request, answer, &ask));
    return show_form(request, answer, &ask, NULL);
}

enum status paper_read_form(struct web_request *request, const struct form_field *fields, void *out,
                            struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    const struct form_answers none = {0};
    const struct form_keeping keeping = {
        ctx, fields, &none, mem_format(ctx->mem, "paper/new/%s", random_token(ctx->mem))};
    return form_read_sent(&keeping, request->sent, out, problems);
}

static enum status send(struct web_request *request, struct web_answer *answer)
{
    struct pledge_to_sign ask;
    struct scan_form form = {{0, "", 0, ""}};
    struct form_problems problems = {.count = 0};
    const char *reference, *token = web_value(request, "token");
    TRY(open_link(request, answer, &ask));
    enum status status = paper_read_form(request, scan_fields, &form, &problems);
    if (status == OK)
        status = paper_send(request->ctx, token, &form.scan, &problems, &reference);
    if (status == ERR_INVALID)
        return show_form(request, answer, &ask, &problems);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/pledges/confirm/%s/paper", token));
}

static enum status print_filled(struct web_request *request, struct web_answer *answer)
{
    struct pledge_to_sign ask;
    TRY(open_link(request, answer, &ask));
    TRY(paper_print_filled(request->ctx, &ask, &answer->body));
    answer->content_type = "application/pdf";
    answer->download_name = mem_format(request->ctx->mem, "pledge-%s-to-sign.pdf", ask.reference);
    return OK;
}

static enum status write_way(struct web_request *request, const struct pledge *pledge,
                             struct view *out)
{
    (void)pledge;
    paper_way(out, web_value(request, "token"));
    return OK;
}

const struct pledge_section paper_signing_section = {PLEDGE_AT_SIGNING, write_way};

const struct web_route paper_routes[] = {
    {"GET", "/pledges/paper", WEB_PUBLIC, about, "How to sign on paper."},
    {"GET", "/pledges/paper/blank.pdf", WEB_PUBLIC, print_blank, "The form to fill in by hand."},
    {"GET", "/pledges/confirm/:token/paper", WEB_PUBLIC, show_send,
     "Print, sign by hand and send a scan, by a mailed link."},
    {"POST", "/pledges/confirm/:token/paper", WEB_PUBLIC, send,
     "A scan of the signed page; the same one again changes nothing.", .takes_files = true},
    {"GET", "/pledges/confirm/:token/paper.pdf", WEB_PUBLIC, print_filled,
     "The pledge with a place to sign."},
    {0},
};
