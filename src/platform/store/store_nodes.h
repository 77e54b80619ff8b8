/* SPDX-License-Identifier: MIT */
/* store_nodes.h - for tests only: several nodes of a service that work on one store at once. */
#ifndef PLATFORM_STORE_STORE_NODES_H
#define PLATFORM_STORE_STORE_NODES_H

#include "platform/base/ctx.h"

/* What a node does, on a thread of its own; nodes are numbered from 0.  Its checks cannot end the
 * test: it returns what went wrong, with the cause in its context. */
typedef enum status store_node_fn(struct ctx *ctx, int number, void *arg);

/* Lets so many nodes (1 to 16) do their work, beginning at the same instant, each with memory and a
 * connection of its own.  Fails the test that calls it unless each returned OK.  Ids that ctx makes
 * afterwards are greater than theirs. */
void store_nodes_run(struct ctx *ctx, int count, store_node_fn *work, void *arg);

/* Calls work until others are no longer in its way (ERR_BUSY), as callers of the service do. */
enum status store_node_again(struct ctx *ctx, store_node_fn *work, int number, void *arg);

#endif
