/* SPDX-License-Identifier: MIT */
/* member_web.h - what the pages of member/ share and nobody else sees. */
#ifndef PROGRAMME_MEMBER_MEMBER_WEB_H
#define PROGRAMME_MEMBER_MEMBER_WEB_H

#include "platform/web/form.h"
#include "platform/web/web.h"
#include "programme/member/member.h"
#include "programme/member/member_page.h"

/* What the form of an offer fills. */
struct member_offer_form {
    const char *email; /* of an invitation */
    const char *role;
    struct form_found organisation;
    const char *region;
    const char *from_on, *last_on;
};

/* The fields of an offer for the one who asks: somebody with one organisation is not asked where.
 * with_email: for an invitation. */
const struct form_field *member_offer_fields(const struct web_request *request, bool with_email);

/* The offer that the form makes, with the area of the role. */
struct member_offer member_offer_of(const struct web_request *request,
                                    const struct member_offer_form *form);

/* The codes and names of all roles, as options. */
MUST_CHECK enum status member_role_options(struct ctx *ctx, const struct form_option **out);

/* "from 9 March 2026", "9 March 2026 to 31 March 2026"; "" for neither. */
const char *member_days_text(struct mem *mem, const char *from_on, const char *until_on);

/* Whether the one who asks may give this role there. */
MUST_CHECK enum status member_may_give(struct ctx *ctx, const struct access_post *post, bool *out);

/* Notes that a list with people in it is read: kind, the code of an event.  what: see struct
 * listing. */
MUST_CHECK enum status member_note_list(struct web_request *request, const char *kind,
                                        const char *what);

/* A number in the path; 0 for what is none. */
int64_t member_number(const struct web_request *request, const char *name);

/* The page of leaving and what its POST does; back: where it leads from. */
struct member_leave_where {
    struct person_id person;
    const char *area; /* of one of their roles, at the desk: in whose chain a look is noted */
    int64_t grant_id;
    const char *action, *back_href, *done_href;
    bool is_self;
};
enum status member_leave_show(struct web_request *request, struct web_answer *answer,
                              const struct member_leave_where *where,
                              const struct form_problems *problems);
enum status member_leave_do(struct web_request *request, struct web_answer *answer,
                            const struct member_leave_where *where);

/* Of claims: words and colours by code. */
extern const struct form_option member_claim_states[];
extern const struct form_option member_invitation_states[];
const struct form_option *member_option(const struct form_option *options, const char *code);

#endif
