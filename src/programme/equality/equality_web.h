/* SPDX-License-Identifier: MIT */
/*
 * equality_web.h - the equality questions as a step that any journey can end with, and the page
 * where a person sees, changes and deletes the own answers.
 *
 *     static const struct journey_step steps[] = {..., EQUALITY_STEP, {0}};
 *
 * The answers are kept by equality/ only: neither the draft nor the finish of the journey has them.
 */
#ifndef PROGRAMME_EQUALITY_EQUALITY_WEB_H
#define PROGRAMME_EQUALITY_EQUALITY_WEB_H

#include "platform/web/journey.h"
#include "platform/web/web.h"
#include "programme/account/account_web.h"

extern const struct form_field equality_fields[];
extern const struct journey_apart equality_apart;
enum status equality_intro(struct ctx *ctx, const void *draft, struct view *out);

#define EQUALITY_STEP                                                                              \
    {                                                                                              \
        .name = "equality", .title = "About you", .fields = equality_fields,                       \
        .apart = &equality_apart, .intro = equality_intro                                          \
    }

extern const struct web_route equality_routes[];

/* At /account: what one answered. */
extern const struct account_section equality_sections[];

#endif
