/* SPDX-License-Identifier: MIT */
/* casestudy_code_web.c - where the code of the mail is typed, of a case study or of a reuse. */
#include "programme/casestudy/casestudy_web.h"

#include "platform/base/text.h"
#include "programme/casestudy/casestudy_page.html.h"

static const char *page_of_author(struct mem *mem, const char *token)
{
    return mem_format(mem, "/case-studies/mine/%s", token);
}

static const char *page_of_reuse(struct mem *mem, const char *token)
{
    return mem_format(mem, "/case-studies/reused/%s", token);
}

const struct proof_page casestudy_proof_page = {
    .kind = &casestudy_proof,
    .section = "/case-studies",
    .button = "Confirm",
    .again = "send it again",
    .again_href = "/case-studies/send",
    .leads_to = page_of_author,
    .over_title = "This link can no longer be used",
    .over = casestudy_over,
};

static const struct proof_page reuse_proof_page = {
    .kind = &casestudy_proof,
    .section = "/case-studies",
    .button = "Confirm",
    .again = "send it again",
    .again_href = "/case-studies/reuse",
    .leads_to = page_of_reuse,
    .over_title = "This link can no longer be used",
    .over = casestudy_over,
};

static const struct proof_page *page_of(const struct web_request *request)
{
    return text_begins(web_value(request, "reference"), "RU-") ? &reuse_proof_page
                                                               : &casestudy_proof_page;
}

enum status casestudy_code_ask(struct web_request *request, struct web_answer *answer)
{
    return proof_page_show(request, answer, page_of(request));
}

enum status casestudy_code_take(struct web_request *request, struct web_answer *answer)
{
    return proof_page_type(request, answer, page_of(request));
}
