/* SPDX-License-Identifier: MIT */
/* lead_web.h - what the pages of leads and questions share; nobody else includes it. */
#ifndef PROGRAMME_LEAD_LEAD_WEB_H
#define PROGRAMME_LEAD_LEAD_WEB_H

#include "platform/web/journey.h"
#include "programme/lead/lead_page.h"

/* Places and areas found by typing, for forms. */
extern const struct form_lookup lead_place_lookup, lead_area_lookup;

/* Themes as options; the first is everything. */
MUST_CHECK enum status lead_theme_options(struct ctx *ctx, const void *form,
                                          const struct form_option **out);
MUST_CHECK enum status lead_theme_choices(struct ctx *ctx, const struct form_option **out);

/* The journey of a question. */
extern const struct journey enquiry_asking;

/* Fills in what both sides see. */
MUST_CHECK enum status enquiry_fill(struct web_request *request, const struct enquiry *enquiry,
                                    bool is_desk, struct enquiry_show *out);

/* The words in the box of a page, or what is wrong with them. */
const char *enquiry_words_problem(const char *text);

#endif
