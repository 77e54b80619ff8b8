/* SPDX-License-Identifier: MIT */
/* pack_manifest.h - reads pack.json.  For this folder only. */
#ifndef PROGRAMME_PACK_PACK_MANIFEST_H
#define PROGRAMME_PACK_PACK_MANIFEST_H

#include "programme/pack/pack.h"

/*
 * Reads a manifest; the files' bytes stay empty.  label stands for it in faults.
 *
 * ERR_INVALID  ctx->fault names the place and what is wrong
 */
MUST_CHECK enum status pack_manifest_read(struct ctx *ctx, const char *label, const char *bytes,
                                          size_t size_bytes, struct pack *out);

#endif
