/* SPDX-License-Identifier: MIT */
/*
 * scan.h - whether a file is a scan of paper: a picture, or a PDF of a few pages and nothing else.
 *
 * A scan is opened by people who trust this service, so what could act is refused, and so is what
 * nobody can look into: a PDF with scripts, programs to launch, files inside or a password, and one
 * whose objects are packed in a way that is not read here.  upload.h has looked before at what kind
 * of file it is.
 */
#ifndef PLATFORM_DOCUMENT_SCAN_H
#define PLATFORM_DOCUMENT_SCAN_H

#include "platform/base/ctx.h"

enum { SCAN_PAGES_MOST = 20 };

/* For the rules of an upload or the types of a form's field: ".pdf", ".png", ".jpg". */
extern const char *const scan_endings[];

struct scan_sent {
    const char *type; /* of its bytes, see upload.h: "application/pdf", "image/png" */
    const void *bytes;
    size_t size_bytes;
};

/*
 * Looks at the bytes of a file.
 *
 *   pages_out    how many pages it has; 1 for a picture
 *   problem_out  after ERR_INVALID, what is wrong, a sentence beside the field; else NULL
 *
 * ERR_INVALID  it is not a scan as above, or has more than SCAN_PAGES_MOST pages
 */
MUST_CHECK enum status scan_look(struct ctx *ctx, const struct scan_sent *sent, int *pages_out,
                                 const char **problem_out);

#endif
