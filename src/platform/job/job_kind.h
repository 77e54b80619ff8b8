/* SPDX-License-Identifier: MIT */
/*
 * job_kind.h - looking through the program's tables of handlers.  Inside job/ only.
 */
#ifndef PLATFORM_JOB_JOB_KIND_H
#define PLATFORM_JOB_JOB_KIND_H

#include "platform/job/job.h"

/* Small letters, digits, dots and _, at most JOB_KIND_BYTES_MAX bytes, not empty. */
bool job_kind_is_name(const char *name);

/* NULL: this program has no such kind. */
const struct job_kind *job_kind_find(const struct job_kind *const *tables, const char *name);

/* All names, each between two spaces: " job.purge mail.send ". */
const char *job_kind_names(struct mem *mem, const struct job_kind *const *tables);

#endif
