/* SPDX-License-Identifier: MIT */
/* job_kind.c - the tables of handlers: found, listed, checked. */
#include "platform/job/job_kind.h"

#include <string.h>

bool job_kind_is_name(const char *name)
{
    size_t length_bytes = strlen(name);
    return length_bytes > 0 && length_bytes <= JOB_KIND_BYTES_MAX &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._") == length_bytes;
}

const struct job_kind *job_kind_find(const struct job_kind *const *tables, const char *name)
{
    for (; *tables != NULL; tables++)
        for (const struct job_kind *kind = *tables; kind->name != NULL; kind++)
            if (strcmp(kind->name, name) == 0)
                return kind;
    return NULL;
}

const char *job_kind_names(struct mem *mem, const struct job_kind *const *tables)
{
    const char *names = " ";
    for (; *tables != NULL; tables++)
        for (const struct job_kind *kind = *tables; kind->name != NULL; kind++)
            names = mem_format(mem, "%s%s ", names, kind->name);
    return names;
}

static enum status check_kind(struct ctx *ctx, const struct job_kind *const *tables,
                              const struct job_kind *kind)
{
    if (!job_kind_is_name(kind->name))
        return ctx_fail(ctx, ERR_FAULT, "\"%s\" is no name of a kind of job", kind->name);
    if (kind->fn == NULL || kind->at_most_attempts < 1 || kind->lease_secs < 1)
        return ctx_fail(ctx, ERR_FAULT, "the kind of job %s lacks its handler, attempts or lease",
                        kind->name);
    if (kind->every_secs < 0 || kind->offset_secs < 0 ||
        (kind->offset_secs > 0 && kind->offset_secs >= kind->every_secs))
        return ctx_fail(ctx, ERR_FAULT, "the kind of job %s has a period that cannot be",
                        kind->name);
    if (kind->is_wanted != NULL && kind->every_secs == 0)
        return ctx_fail(ctx, ERR_FAULT, "the kind of job %s is asked for and does not recur",
                        kind->name);
    if (job_kind_find(tables, kind->name) != kind)
        return ctx_fail(ctx, ERR_FAULT, "there are two kinds of job %s", kind->name);
    return OK;
}

enum status job_check_kinds(struct ctx *ctx, const struct job_kind *const *tables)
{
    for (const struct job_kind *const *table = tables; *table != NULL; table++)
        for (const struct job_kind *kind = *table; kind->name != NULL; kind++)
            TRY(check_kind(ctx, tables, kind));
    return OK;
}
