/* SPDX-License-Identifier: MIT */
/* programme_jobs.c - every table of work done later. */
#include "programme/programme.h"

#include "platform/mail/mail.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/privacy/privacy.h"

const struct job_kind *const programme_jobs[] = {
    job_kinds, mail_job_kinds, access_job_kinds, pledge_job_kinds, privacy_job_kinds, NULL,
};
