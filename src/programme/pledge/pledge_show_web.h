/* SPDX-License-Identifier: MIT */
/* pledge_show_web.h - filling the structs of pledge_page.html; for the pages of this folder. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_SHOW_WEB_H
#define PROGRAMME_PLEDGE_PLEDGE_SHOW_WEB_H

#include "platform/web/form.h"
#include "programme/pledge/pledge_page.h"
#include "programme/pledge/pledge_routes.h"

/* Every state that a pledge can be in once it was sent, for lists of the desk. */
extern const struct form_option pledge_state_options[];

struct pledge_stage pledge_stage_of(enum pledge_state state);
void pledge_show_fill(struct ctx *ctx, const struct pledge *pledge, struct pledge_show *out);

/* The pledge in which this one goes on, for the public or for the desk. */
MUST_CHECK enum status pledge_show_whole(struct ctx *ctx, const struct pledge *pledge, bool is_desk,
                                         struct pledge_whole *out);

/* The pledge that the address names, as staff see it, when it is in the scope of the role that is
 * used.  What is outside it looks as if it were not there. */
MUST_CHECK enum status pledge_desk_find(struct web_request *request, struct pledge *out);

/* What the head of a pledge's page says to who shares it; the picture is share/'s. */
void pledge_show_shared(struct ctx *ctx, const struct pledge_show *show, struct web_page *out);

/* Writes what other capabilities have to say at that place; nothing when they have nothing. */
MUST_CHECK enum status pledge_sections_write(struct web_request *request,
                                             const struct pledge *pledge, enum pledge_place place,
                                             struct html *out);

/* The fields of a reason: for sending a pledge back, returning and withdrawing it. */
struct pledge_reason {
    const char *reason;
};
extern const struct form_field pledge_reason_fields[];

#endif
