/* SPDX-License-Identifier: MIT */
/* programme_jobs.c - every table of work done later, and the tidying of the platform's rooms. */
#include "programme/programme.h"

#include "platform/document/upload.h"
#include "platform/mail/mail.h"
#include "platform/web/journey.h"
#include "platform/web/session.h"
#include "programme/access/access.h"
#include "programme/account/account.h"
#include "programme/equality/equality.h"
#include "programme/member/member.h"
#include "programme/oversight/oversight.h"
#include "programme/pledge/pledge_routes.h"

enum { TIDY_EVERY_SECS = 3600, TIDY_LEASE_SECS = 300 };

/* Removes sessions and drafts whose time is over. */
static enum status tidy(struct ctx *ctx, const struct job *job)
{
    (void)job;
    int64_t removed;
    size_t uploads;
    TRY(session_purge(ctx, NULL));
    TRY(journey_purge(ctx, &removed));
    return upload_purge(ctx, &uploads);
}

static const struct job_kind own_jobs[] = {
    {"programme.tidy", tidy, 3, TIDY_LEASE_SECS, .every_secs = TIDY_EVERY_SECS},
    {0},
};

/* clang-format off: a capability a line, so that a new one is a line of its own */
const struct job_kind *const programme_jobs[] = {
    job_kinds,        mail_job_kinds, access_job_kinds,   account_job_kinds,   member_job_kinds,
    pledge_job_kinds, own_jobs,       equality_job_kinds, oversight_job_kinds, NULL,
};
/* clang-format on */
