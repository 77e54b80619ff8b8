/* SPDX-License-Identifier: MIT */
/* finish_page.c - the layout around what a handler wrote. */
#include "platform/web/finish.h"

#include "platform/web/page.html.h"

void finish_page(struct web_request *request, struct web_answer *answer)
{
    if (answer->content_type != NULL || answer->stream != NULL)
        return;
    answer->content_type = "text/html";
    if (answer->body.length_bytes == 0)
        return;
    struct view whole = {.mem = request->ctx->mem};
    page_plain(&whole, &answer->page, view_html(&answer->body));
    answer->body = whole;
}
