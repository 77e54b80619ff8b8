/* SPDX-License-Identifier: MIT */
/* access_test_help.h - what the tests of access share. */
#ifndef PROGRAMME_ACCESS_ACCESS_TEST_HELP_H
#define PROGRAMME_ACCESS_ACCESS_TEST_HELP_H

#include "platform/base/settings.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"

enum { MAILS_MAX = 50 };

/* A person with a role that counts everywhere. */
struct person_id help_person(struct ctx *ctx, const char *email, const char *role);

/* The service is a demonstration, or is not. */
void help_demonstration(struct ctx *ctx, bool is_one);

/* Does the work that is due. */
void help_work(struct ctx *ctx);

/* The newest email that waits, and the code in it; NULL: there is none. */
int64_t help_newest_mail(struct ctx *ctx);
const char *help_newest_code(struct ctx *ctx);

/* How many emails the outbox holds. */
size_t help_mail_count(struct ctx *ctx);

/* A code of six digits that is not this one. */
const char *help_other_code(struct mem *mem, const char *code);

/* A browser of a program with the routes of access and /probe/17 to /probe/20, which require the
 * accesses of these numbers. */
struct web_client *help_browser(struct ctx *ctx);

/* The routes /probe/17 to /probe/20. */
extern const struct web_route help_probes[];

/* Somebody asks for a code for this address. */
void help_mail_code(struct ctx *ctx, const char *email);

/* How far a role reaches, as it was agreed: a second copy of the policy, written by hand, that the
 * program does not know. */
enum access_reach help_agreed(struct ctx *ctx, const char *role, int access);

#endif
