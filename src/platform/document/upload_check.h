/* SPDX-License-Identifier: MIT */
/* upload_check.h - the parts of looking at a file; for upload*.c and scan.c only. */
#ifndef PLATFORM_DOCUMENT_UPLOAD_CHECK_H
#define PLATFORM_DOCUMENT_UPLOAD_CHECK_H

#include "platform/document/upload.h"

/* The name without path, control and bidi characters, at most UPLOAD_NAME_CHARS characters with
 * its ending, which becomes ending: "C:\x\CV.PDF" gives "CV.pdf". */
const char *upload_clean_name(struct mem *mem, const char *name, const char *ending);

/* Sets has_script, opens_itself and is_encrypted from the bytes of a PDF. */
void upload_look_into_pdf(struct ctx *ctx, const char *bytes, size_t length, struct upload *out);

enum { UPLOAD_PDF_NAME_BYTES = 24 };

/* The name of a PDF that stands behind a slash, with #xx undone; one that is too long is cut. */
void upload_pdf_name(const char *text, size_t length, char name[UPLOAD_PDF_NAME_BYTES]);

/*
 * Has the bytes scanned by the clamd that listens on the socket at path.
 *
 * ERR_INVALID  it found something: ctx->fault says what
 * ERR_BUSY     it did not answer, or not to the question
 */
MUST_CHECK enum status upload_scan(struct ctx *ctx, const char *path, const char *bytes,
                                   size_t length);

#endif
