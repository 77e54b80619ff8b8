/* SPDX-License-Identifier: MIT */
/* paper_act_web.h - what the desk's pages of papers share; for this folder. */
#ifndef PROGRAMME_PAPER_PAPER_ACT_WEB_H
#define PROGRAMME_PAPER_PAPER_ACT_WEB_H

#include "platform/web/form.h"
#include "platform/web/web.h"
#include "programme/paper/paper.h"

/* The paper that the address names, when it is in the scope of the person's role.  What is outside
 * it looks as if it were not there. */
MUST_CHECK enum status paper_web_find(struct web_request *request, struct paper *out);

/* Addresses of its pages; _at with the version that the reader sees: an act must still find it. */
const char *paper_web_address(struct web_request *request, const struct paper *paper,
                              const char *tail);
const char *paper_web_address_at(struct web_request *request, const struct paper *paper,
                                 const char *tail);

/* The version in the address; -1: there is none. */
int64_t paper_web_version(const struct web_request *request);

/* Answers for an act that was refused with this status, and gives it back; others as they are. */
enum status paper_web_sorry(struct web_request *request, struct web_answer *answer,
                            enum status status);

enum status paper_act_ask_signature(struct web_request *request, struct web_answer *answer);
enum status paper_act_record_signature(struct web_request *request, struct web_answer *answer);
enum status paper_act_transcribe(struct web_request *request, struct web_answer *answer);
enum status paper_act_ask_back(struct web_request *request, struct web_answer *answer);
enum status paper_act_send_back(struct web_request *request, struct web_answer *answer);
enum status paper_act_ask_refuse(struct web_request *request, struct web_answer *answer);
enum status paper_act_refuse(struct web_request *request, struct web_answer *answer);

#endif
