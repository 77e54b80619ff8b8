/* SPDX-License-Identifier: MIT */
/* upload_check.h - the parts of looking at a file; for upload*.c only. */
#ifndef PLATFORM_DOCUMENT_UPLOAD_CHECK_H
#define PLATFORM_DOCUMENT_UPLOAD_CHECK_H

#include "platform/document/upload.h"

/* The name without path, control and bidi characters, at most UPLOAD_NAME_CHARS characters with
 * its ending, which becomes ending: "C:\x\CV.PDF" gives "CV.pdf". */
const char *upload_clean_name(struct mem *mem, const char *name, const char *ending);

/* Sets has_script, opens_itself and is_encrypted from the bytes of a PDF. */
void upload_look_into_pdf(struct ctx *ctx, const char *bytes, size_t length, struct upload *out);

/*
 * Has the bytes scanned by the clamd that listens on the socket at path.
 *
 * ERR_INVALID  it found something: ctx->fault says what
 * ERR_BUSY     it did not answer, or not to the question
 */
MUST_CHECK enum status upload_scan(struct ctx *ctx, const char *path, const char *bytes,
                                   size_t length);

#endif
