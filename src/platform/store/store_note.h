/* SPDX-License-Identifier: MIT */
/*
 * store_note.h - what was worked out from the store and costs much, noted until the store changes.
 *
 * A connection's own notebook: counts beside filters, lists to choose from.  A note is used again
 * only while the store is at the version (store_version) that it was at before the note was worked
 * out, so what it says is what the store holds, whoever writes.  On an engine that cannot tell its
 * version a note is good for the seconds that its owner allows.
 */
#ifndef PLATFORM_STORE_STORE_NOTE_H
#define PLATFORM_STORE_STORE_NOTE_H

#include "platform/base/ctx.h"

enum {
    STORE_NOTES = 128,
    STORE_NOTE_BYTES_MAX = 256 * 1024,
    STORE_NOTES_BYTES_MAX = 4 * 1024 * 1024
};

struct store_note {
    const char
        *key;      /* names the value and all that it follows from beside the store: the day, too */
    int64_t secs;  /* only where the engine cannot tell its version; 0: not at all                */
    bool is_fixed; /* the key names all that the value follows from, so that no change of the store
                      matters; found and noted within a transaction too */

    /* What store_note_find found. */
    uint64_t version;
    bool has_version, may_write;
};

/* What was noted, or NULL.  It lasts as long as ctx->mem does, and nobody may change it.  Inside a
 * transaction, which may yet roll back, nothing is found or written, unless it is fixed. */
const void *store_note_find(struct ctx *ctx, struct store_note *note);

/* Notes the value, which was worked out after store_note_find; copy makes one of it whose every
 * part belongs to mem.  What stood in its place goes; what is too large is not noted. */
void store_note_write(struct ctx *ctx, const struct store_note *note,
                      const void *(*copy)(struct mem *mem, const void *value), const void *value);

#endif
