/* SPDX-License-Identifier: MIT */
/* ledger_file.h - the whole log as a file, for ledger_web.c. */
#ifndef PROGRAMME_LEDGER_LEDGER_FILE_H
#define PROGRAMME_LEDGER_LEDGER_FILE_H

#include "platform/web/web.h"

/* GET /pledges/log/log.jsonl */
enum status ledger_file_send(struct web_request *request, struct web_answer *answer);

#endif
