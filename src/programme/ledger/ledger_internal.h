/* SPDX-License-Identifier: MIT */
/* ledger_internal.h - what the files of this folder know of each other. */
#ifndef PROGRAMME_LEDGER_LEDGER_INTERNAL_H
#define PROGRAMME_LEDGER_LEDGER_INTERNAL_H

#include "programme/ledger/ledger.h"
#include "programme/ledger/ledger.sql.h"

enum { LEDGER_KEY_ID_CHARS = 16, LEDGER_ROWS_AT_ONCE = 500 };

#endif
