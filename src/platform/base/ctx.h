/* SPDX-License-Identifier: MIT */
/*
 * ctx.h - what every function of a capability is given: memory, store, clock, person, fault.
 *
 * One context serves one request, one job or one command from its start to its end.  It is the
 * only place where such state lives: there are no mutable globals, and no clock but now_secs.
 */
#ifndef PLATFORM_BASE_CTX_H
#define PLATFORM_BASE_CTX_H

#include "platform/base/mem.h"
#include "platform/base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct store;
struct settings;
struct log;

/* 0: nobody is signed in. */
struct person_id {
    int64_t n;
};

struct ctx {
    struct mem *mem;
    struct store *store;             /* this worker's connection; NULL in a command without one */
    const struct settings *settings; /* never NULL outside unit tests of base                   */
    struct log *log;                 /* where events go; NULL: nowhere                          */
    int64_t now_secs;                /* UTC seconds since 1970; the only clock                  */
    int64_t id_last;                 /* of id_new; starts as 0                                  */
    struct person_id person;         /* who is asking                                           */
    const char *role;                /* as what: the role used, for the record; NULL: none      */
    const char *request_id;          /* through every log line; "" outside a request            */
    const char *fault;               /* the first cause of a status other than OK               */
};

/* Records why (the first reason is kept) and returns status, for `return ctx_fail(...)`.  The
 * text is one line, lower case, no full stop, values quoted; people never see it, the log does. */
enum status ctx_fail(struct ctx *ctx, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* An analyser that does not read ctx.c is told that status comes back: else it follows every
 * failure into what happens after a success. */
#ifdef __clang_analyzer__
#define ctx_fail(ctx, status, ...) ((void)ctx_fail(ctx, status, __VA_ARGS__), (status))
#endif

#endif
