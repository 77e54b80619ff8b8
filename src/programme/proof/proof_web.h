/* SPDX-License-Identifier: MIT */
/*
 * proof_web.h - the page where the code of a mail is typed, from a declaration.
 *
 *     static const struct proof_page code_page = {
 *         .kind = &idea_proof, .section = "/ideas", .button = "Confirm my idea",
 *         .again = "send it again", .again_href = "/ideas/send", .leads_to = own_page};
 *
 *     static enum status ask_code(struct web_request *request, struct web_answer *answer)
 *     {
 *         return proof_page_show(request, answer, &code_page);
 *     }
 *     ... and type_code with proof_page_type, for the routes
 *     {"GET", "/ideas/confirm/:reference", WEB_PUBLIC, ask_code, "Where the code is typed."},
 *     {"POST", "/ideas/confirm/:reference", WEB_PUBLIC, type_code,
 *      "Confirms by a code. Safe to repeat."},
 *
 * The page shows nothing of what was sent, so its address, which ends in or holds the reference
 * (:reference), need not be a secret.
 */
#ifndef PROGRAMME_PROOF_PROOF_WEB_H
#define PROGRAMME_PROOF_PROOF_WEB_H

#include "platform/web/web.h"
#include "programme/proof/proof.h"

struct proof_page {
    const struct proof_kind *kind;
    const char *section; /* of the site, "/pledges" */
    const char *button;
    const char *again, *again_href; /* what gets a new code, "sign again", and where */
    void (*more)(struct view *out); /* words behind those that all have; NULL: none   */
    const char *conflict; /* what is wrong when the deed says ERR_CONFLICT; NULL: it never does */

    /* Where the right code leads. */
    const char *(*leads_to)(struct mem *mem, const char *token);

    /* What a link that is too old opens. */
    const char *over_title;
    void (*over)(struct view *out);
};

/* The page.  ERR_NOT_FOUND: nothing was sent under the reference in its address. */
enum status proof_page_show(struct web_request *request, struct web_answer *answer,
                            const struct proof_page *page);

/* A code was typed there: leads on, shows the page again with what is wrong (422), or asks to wait
 * (429).  Problems are JSON for who wants it. */
enum status proof_page_type(struct web_request *request, struct web_answer *answer,
                            const struct proof_page *page);

/* A link that can no longer be used, or whose button can no longer be pressed: 409. */
enum status proof_page_over(struct web_request *request, struct web_answer *answer,
                            const struct proof_page *page);

#endif
