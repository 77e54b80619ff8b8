/* SPDX-License-Identifier: MIT */
/* newsletter_web.h - the pages of the newsletter, for the lists of the program. */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_WEB_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_WEB_H

#include "platform/web/form.h"
#include "programme/access/access_web.h"
#include "programme/newsletter/newsletter.h"

extern const struct web_route newsletter_routes[];
extern const struct web_route newsletter_public_routes[];
extern const struct web_route newsletter_desk_routes[];
extern const struct web_route newsletter_write_routes[];

extern const struct desk_queue newsletter_queues[];

/* Options of forms: topics, and the regions of today. */
extern const struct form_option newsletter_topic_options[];
enum status newsletter_region_options(struct ctx *ctx, const void *form,
                                      const struct form_option **out);

/* Adds a stored set of topics to answers, to be shown again. */
void newsletter_topics_add(struct mem *mem, struct form_answers *answers, int64_t bits);

#endif
