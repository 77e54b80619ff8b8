/* SPDX-License-Identifier: MIT */
/*
 * programme.h - what this program is made of, in order: the one place that names every part.
 *
 * A new capability adds its line to each list in programme.c and programme_jobs.c.
 */
#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H

#include "platform/job/job.h"
#include "platform/mail/receive.h"
#include "platform/store/store.h"
#include "platform/web/web.h"
#include "programme/pack/pack.h"

/* The tables of the platform's rooms and then of the capabilities, in the order in which they are
 * made: a table may refer only to those of a set before its own. */
extern const struct store_migration_set *const programme_migrations[];
extern const size_t programme_migration_count;

/* The tables of handlers of work done later, ended by NULL: what `serve` and `work` do. */
extern const struct job_kind *const programme_jobs[];

/* Who takes mail that comes in, ended by NULL: what `mail receive` does. */
extern const struct mail_receiver *const mail_receivers[];

/* Who reads the packs, ended by NULL. */
extern const struct pack_reader *const programme_pack_readers[];

/* Routes, navigation, footer, who may do what: what `serve` serves. */
extern const struct web_app programme_app;

/* The name of what a route requires, for `onward routes`: "everyone", "signed in", ... */
const char *programme_access_name(int access);

#endif
