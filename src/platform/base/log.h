/* SPDX-License-Identifier: MIT */
/*
 * log.h - what happened, one JSON object a line.
 *
 *     log_event(ctx, LOG_INFO, "answered", LOG_TEXT(route, route->path), LOG_INT(ms, took_ms));
 *
 *     {"at":"2026-03-09T09:00:00Z","level":"info","event":"answered","request":"4k2m",
 *      "route":"/pledges/:reference","ms":3}
 *
 * The log holds no personal data.  Therefore fields have names from the list below, and none of
 * them can hold what a person typed: a path is logged as the pattern of its route, a person not at
 * all.  To add a name is to say here why it cannot.  Every line carries ctx->request_id.
 */
#ifndef PLATFORM_BASE_LOG_H
#define PLATFORM_BASE_LOG_H

#include "platform/base/ctx.h"

#include <stddef.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

#define LOG_KEYS(X)                                                                                \
    X(address)    /* where the service itself listens, or a peer it was told to use   */           \
    X(attempt)    /* the number of a try                                              */           \
    X(bytes)      /* a size                                                           */           \
    X(capability) /* a folder of the program                                          */           \
    X(command)    /* of the program                                                   */           \
    X(count)      /* how many                                                         */           \
    X(engine)     /* sqlite or postgresql                                             */           \
    X(fault)      /* the cause in ctx->fault; rules quote keys there, never answers   */           \
    X(file)       /* named by the operator                                            */           \
    X(id)         /* of a row that stands for no person: a job, a message, an import  */           \
    X(job)        /* the kind of a job                                                */           \
    X(line)       /* of a file                                                        */           \
    X(method)     /* of HTTP, one that we know                                        */           \
    X(migration)  /* its number                                                       */           \
    X(ms)         /* how long it took                                                 */           \
    X(pack)       /* the name of a pack                                               */           \
    X(query)      /* the name of a query of the program                               */           \
    X(reason)     /* words of the program or of a library about itself                */           \
    X(route)      /* the pattern of a route, never the path that was asked for         */          \
    X(signal)     /* that ended the process                                           */           \
    X(status)     /* the code of an HTTP answer, or of mail delivery                  */           \
    X(version)    /* of the program, a library or a schema                            */           \
    X(workers)    /* how many                                                         */

#define LOG_KEY_NAME(name) LOG_KEY_##name,
enum log_key { LOG_KEYS(LOG_KEY_NAME) LOG_KEY_COUNT };
#undef LOG_KEY_NAME

struct log_field {
    enum log_key key;
    enum log_field_kind { LOG_FIELD_NONE, LOG_FIELD_TEXT, LOG_FIELD_INT } kind;
    const char *text; /* any bytes; NULL: null */
    int64_t n;
};

#define LOG_TEXT(key_, text_)                                                                      \
    {                                                                                              \
        .key = LOG_KEY_##key_, .kind = LOG_FIELD_TEXT, .text = (text_)                             \
    }
#define LOG_INT(key_, n_)                                                                          \
    {                                                                                              \
        .key = LOG_KEY_##key_, .kind = LOG_FIELD_INT, .n = (n_)                                    \
    }

/*
 * Writes one line, unless the level is below that of the log or ctx->log is NULL.  event is a
 * constant of the program, in small letters, in the past or a noun: "answered", "slow query".
 * Lines of several threads do not mix: each is one write of at most LOG_LINE_BYTES, what is longer
 * is left out and marked by "cut":true.
 */
#define log_event(ctx, level, event, ...)                                                          \
    log_fields((ctx), (level), (event), (const struct log_field[]){{0}, __VA_ARGS__},              \
               sizeof((const struct log_field[]){{0}, __VA_ARGS__}) / sizeof(struct log_field))

/* POSIX writes this much to a pipe at once (PIPE_BUF on Linux). */
enum { LOG_LINE_BYTES = 4096 };

/* What log_event calls; fields of no kind are left out. */
void log_fields(struct ctx *ctx, enum log_level level, const char *event,
                const struct log_field *fields, size_t count);

/* A log that writes to a file descriptor, 2 for standard error, from this level on. */
struct log *log_open(struct mem *mem, int descriptor, enum log_level least);

/* The level of a name of struct settings' log_level; LOG_INFO for any other name. */
enum log_level log_level_of(const char *name);

/* The cause of a status, to the log: ctx->fault, or "none given". */
void log_fault(struct ctx *ctx, enum log_level level, const char *event);

#endif
