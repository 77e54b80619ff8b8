/* SPDX-License-Identifier: MIT */
/* programme_fill.h - for tests: a row about people in every table. */
#ifndef PROGRAMME_PROGRAMME_FILL_H
#define PROGRAMME_PROGRAMME_FILL_H

#include "platform/base/ctx.h"

#define FILL_ADA "ada@trust.example"  /* has an account, which is closed */
#define FILL_NAME "Ada Lovelace-King" /* her name                        */
#define FILL_INES "ines@home.example" /* has none                        */

/* The event of every retention rule is now: a period later it is due.  Gives Ada. */
struct person_id programme_fill(struct ctx *ctx);

#endif
