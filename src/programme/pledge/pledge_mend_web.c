/* SPDX-License-Identifier: MIT */
/*
 * pledge_mend_web.c - what was sent with a returned pledge, back in the journey to be changed.
 */
#include "programme/pledge/pledge_mend_web.h"

#include "programme/pledge/pledge_page.html.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_sign_web.h"

/* The answers that the link leads to.  ERR_CONFLICT: too late, and the answer says so. */
static enum status open_answers(struct web_request *request, struct web_answer *answer,
                                struct pledge_draft *out)
{
    enum status status = pledge_amend(request->ctx, web_value(request, "token"), out);
    if (status != ERR_CONFLICT)
        return status;
    return web_sorry(request, answer, 409, "This link can no longer be used",
                     "The pledge was sent again already, or a newer message about it was mailed, "
                     "or the link is older than 21 days. Look for a newer message in your email. "
                     "If there is none, ask the programme.");
}

enum status pledge_mend_show(struct web_request *request, struct web_answer *answer)
{
    struct pledge_draft draft = {0};
    TRY(open_answers(request, answer, &draft));
    answer->page.title = "Change your pledge and send it again";
    pledge_mend(&answer->body,
                &(const struct pledge_mend_page){web_token(request), web_value(request, "token")});
    return OK;
}

static void add_actions(struct mem *mem, const struct pledge_draft *draft, struct form_answers *out)
{
    const struct pledge_action_draft *actions = draft->actions.items;
    for (size_t i = 0; i < draft->actions.count; i++) {
        const struct {
            const char *name, *value;
        } members[] = {
            {"standard", actions[i].standard}, {"intention", actions[i].intention},
            {"action", actions[i].action},     {"baseline", actions[i].baseline},
            {"measure", actions[i].measure},   {"target", actions[i].target},
            {"lead", actions[i].lead},         {"partners", actions[i].partners},
            {"start_on", actions[i].start_on}, {"due_on", actions[i].due_on},
        };
        for (size_t k = 0; k < sizeof members / sizeof members[0]; k++)
            answers_add(mem, out, mem_format(mem, "actions-%zu-%s", i, members[k].name),
                        members[k].value);
    }
}

static void add_codes(struct mem *mem, const char *name, const struct form_several *several,
                      struct form_answers *out)
{
    for (size_t i = 0; i < several->count; i++)
        answers_add(mem, out, name, several->codes[i]);
}

void pledge_draft_answers(struct mem *mem, const struct pledge_draft *d, struct form_answers *out)
{
    const struct {
        const char *name, *value;
    } members[] = {
        {"amends", d->amends},
        {"organisation", d->organisation.key},
        {"organisation-typed", d->organisation.label},
        {"leader_name", d->leader_name},
        {"leader_title", d->leader_title},
        {"leader_email", d->leader_email},
        {"has_union", d->has_union == FORM_YES ? "yes" : "no"},
        {"union_code", d->union_code},
        {"union_other", d->union_other},
        {"cosigner_name", d->cosigner_name},
        {"cosigner_title", d->cosigner_title},
        {"cosigner_email", d->cosigner_email},
        {"no_union_reason", d->no_union_reason},
        {"statement", d->statement},
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        answers_add(mem, out, members[i].name, members[i].value);
    add_codes(mem, "intentions", &d->intentions, out);
    add_codes(mem, "shown", &d->shown, out);
    add_actions(mem, d, out);
}

enum status pledge_mend_open(struct web_request *request, struct web_answer *answer)
{
    struct pledge_draft draft = {0};
    struct form_answers answers = {0};
    TRY(open_answers(request, answer, &draft));
    pledge_draft_answers(request->ctx->mem, &draft, &answers);
    return journey_begin_with(request, answer, &pledge_signing, "/pledges/sign", &answers);
}
