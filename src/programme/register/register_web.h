/* SPDX-License-Identifier: MIT */
/* register_web.h - what the files of the register's pages share; nobody else includes it. */
#ifndef PROGRAMME_REGISTER_REGISTER_WEB_H
#define PROGRAMME_REGISTER_REGISTER_WEB_H

#include "platform/document/csv.h"
#include "platform/web/web.h"

#include <jansson.h>

/* Sends a file of rows, a JSON value (which is released). */
void register_csv_send(struct web_answer *answer, const struct csv_writer *csv, const char *name);
enum status register_json_send(struct web_request *request, struct web_answer *answer,
                               json_t *json);

const char *register_number(struct mem *mem, int64_t n);

/* register_progress_web.c */
enum status register_progress_page(struct web_request *request, struct web_answer *answer);
enum status register_progress_csv(struct web_request *request, struct web_answer *answer);
enum status register_progress_json(struct web_request *request, struct web_answer *answer);
extern const char register_progress_schema[];

#endif
