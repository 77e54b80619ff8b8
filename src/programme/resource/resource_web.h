/* SPDX-License-Identifier: MIT */
/* resource_web.h - the pages of documents, for the lists of the program; and what they share. */
#ifndef PROGRAMME_RESOURCE_RESOURCE_WEB_H
#define PROGRAMME_RESOURCE_RESOURCE_WEB_H

#include "platform/web/form.h"
#include "platform/web/journey.h"
#include "programme/access/access_web.h"
#include "programme/resource/resource.h"

extern const struct web_route resource_routes[];
extern const struct web_route resource_desk_routes[], resource_remove_routes[];
extern const struct desk_queue resource_queues[];

/* ---- within this folder ---- */

struct resource_page;

/* Choices, for filters and for fields. */
enum status resource_kind_options(struct ctx *ctx, const struct form_option **out);
enum status resource_language_options(struct ctx *ctx, const struct form_option **out);
enum status resource_format_options(struct ctx *ctx, const struct form_option **out);
enum status resource_kind_choices(struct ctx *ctx, const void *form,
                                  const struct form_option **out);
enum status resource_language_choices(struct ctx *ctx, const void *form,
                                      const struct form_option **out);

/* Fills what the page of a document shows. */
MUST_CHECK enum status resource_page_fill(struct ctx *ctx, const struct resource *resource,
                                          struct resource_page *out);

/* The journeys (resource_add_web.c), and the handlers that begin them with a document. */
extern const struct journey resource_adding, resource_file_adding;
enum status resource_begin_version(struct web_request *request, struct web_answer *answer);
enum status resource_begin_file(struct web_request *request, struct web_answer *answer);

#define RESOURCE_ADD_PATH "/desk/resources/add"
#define RESOURCE_FILE_PATH "/desk/resources/file"

#endif
