/* SPDX-License-Identifier: MIT */
/* job_bell.h - the worker's side of a bell.  Inside job/ only. */
#ifndef PLATFORM_JOB_JOB_BELL_H
#define PLATFORM_JOB_JOB_BELL_H

#include "platform/job/job.h"

bool job_bell_is_stopped(struct job_bell *bell);

/* Returns when the bell rings, or after that time. */
void job_bell_wait(struct job_bell *bell, int at_most_ms);

#endif
