/* SPDX-License-Identifier: MIT */
/* news_web.h - the pages of news, for the lists of the program; and what they share. */
#ifndef PROGRAMME_NEWS_NEWS_WEB_H
#define PROGRAMME_NEWS_NEWS_WEB_H

#include "platform/web/form.h"
#include "programme/access/access_web.h"
#include "programme/home/home_web.h"
#include "programme/news/news.h"

extern const struct web_route news_routes[];
extern const struct web_route news_desk_routes[];
extern const struct desk_queue news_queues[];

/* The newest news, on the front page. */
extern const struct home_section news_home_section;

/* ---- within this folder ---- */

struct news_page;

enum status news_category_options(struct ctx *ctx, const struct form_option **out);

/* Writing (news_write_web.c): new items, other words. */
enum status news_ask_new(struct web_request *request, struct web_answer *answer);
enum status news_write_new(struct web_request *request, struct web_answer *answer);
enum status news_ask_edit(struct web_request *request, struct web_answer *answer);
enum status news_edit(struct web_request *request, struct web_answer *answer);

/* Fills what an item's page shows. */
MUST_CHECK enum status news_page_fill(struct ctx *ctx, const struct news_item *item,
                                      struct news_page *out);

#endif
