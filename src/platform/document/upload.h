/* SPDX-License-Identifier: MIT */
/*
 * upload.h - files that people send: looked at, kept in the store, given back.
 *
 * A file is what its bytes are, not what its name or the browser says: libmagic looks, and the
 * ending of the name must agree.  A program is refused under any name, and so is a document with
 * macros.  When settings name clamd's socket, nothing is kept that clamd has not called clean.
 *
 * Owns the tables upload and upload_content.  Files are given back as attachments with their own
 * type and "X-Content-Type-Options: nosniff", never shown inside a page of this service; but for
 * pictures that came by a rule with is_photo, of which this program wrote each byte.
 */
#ifndef PLATFORM_DOCUMENT_UPLOAD_H
#define PLATFORM_DOCUMENT_UPLOAD_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

enum {
    UPLOAD_BYTES = 10 * 1000 * 1000,    /* largest file when the rules say nothing, 10 MB     */
    UPLOAD_NAME_CHARS = 100,            /* longest name that is kept                          */
    UPLOAD_UNCLAIMED_SECS = 30 * 86400, /* how long a file without a lasting owner is kept    */
    UPLOAD_OWNER_BYTES = 200,
    UPLOAD_PURGED = 1000
};

/* What a place takes. */
struct upload_rules {
    const char *const *endings; /* ".pdf", ".docx" ..., NULL-ended, each one of those below */
    int64_t size_bytes_most;    /* 0: UPLOAD_BYTES                                         */
    bool is_photo;              /* .png and .jpg alone: kept as photo.h writes them anew   */
};

/* .pdf .png .jpg .txt .csv .docx .xlsx .pptx .odt .ods */
extern const char *const upload_all_endings[];

/* A file as it was sent. */
struct upload_sent {
    const char *name; /* any bytes; paths and what is not for a name are taken out */
    const void *bytes;
    size_t size_bytes;
    const char *owner; /* for upload_keep, of the caller's making: "draft:4f2a…" */
};

struct upload {
    int64_t id;
    const char *sha256; /* 64 small hexadecimal digits                       */
    const char *name;   /* clean, with the ending of its type: "My CV.pdf"   */
    const char *type;   /* of its bytes: "application/pdf"                   */
    int64_t size_bytes;
    const char *owner;
    bool has_script;    /* a PDF with JavaScript, a program to launch or files inside        */
    bool opens_itself;  /* a PDF that does something when it is opened; most are harmless    */
    bool is_encrypted;  /* a PDF that asks for a password, or forbids printing and the like  */
    bool is_scanned;    /* clamd called it clean                                             */
    int64_t created_at; /* UTC seconds */
    int64_t expires_at; /* UTC seconds; 0: kept until it is removed */
};

/*
 * Looks at a file without keeping it: fills out but for id, owner, is_scanned and times.
 *
 *   problem_out  after ERR_INVALID, what is wrong, a sentence beside the field; else NULL
 *
 * ERR_INVALID  empty, too large, not of an allowed type, a program, with macros, password-protected
 *              where nobody could look inside
 * ERR_FAULT    libmagic's data is not installed
 */
MUST_CHECK enum status upload_look(struct ctx *ctx, const struct upload_sent *sent,
                                   const struct upload_rules *rules, struct upload *out,
                                   const char **problem_out);

/*
 * Looks at a file, has it scanned, and keeps it for sent->owner (at most UPLOAD_OWNER_BYTES).  It
 * is removed after UPLOAD_UNCLAIMED_SECS unless upload_claim gives it a lasting owner.
 *
 * ERR_INVALID  as above, or a virus was found
 * ERR_BUSY     clamd is named in the settings and did not answer: nothing is kept, problem_out set
 * ERR_FAULT    the store failed
 *
 * Waits for clamd, so it is not for use inside a transaction.  One transaction of two writes.
 */
MUST_CHECK enum status upload_keep(struct ctx *ctx, const struct upload_sent *sent,
                                   const struct upload_rules *rules, struct upload *out,
                                   const char **problem_out);

/* Gives a file from one owner to another, for good.  In the caller's transaction when there is
 * one.  Claiming what to_owner has already changes nothing.
 * ERR_NOT_FOUND  there is no such file, or it is neither owner's */
MUST_CHECK enum status upload_claim(struct ctx *ctx, int64_t id, const char *owner,
                                    const char *to_owner);

/* What is known of a file.  ERR_NOT_FOUND  no such file, or another's. */
MUST_CHECK enum status upload_find(struct ctx *ctx, int64_t id, const char *owner,
                                   struct upload *out);

/* All files of an owner, oldest first, at most at_most. */
MUST_CHECK enum status upload_list(struct ctx *ctx, const char *owner, int64_t at_most,
                                   struct upload **out, size_t *count_out);

/* The bytes of a file.  Whether this person may see it is the caller's to know.
 * ERR_NOT_FOUND  no such file, or another's
 * ERR_FAULT      the bytes do not have the digest that was kept */
MUST_CHECK enum status upload_read(struct ctx *ctx, int64_t id, const char *owner,
                                   struct upload *out, struct text_span *bytes_out);

/* Removes a file.  One that is not there, or is another's, is left alone: OK. */
MUST_CHECK enum status upload_remove(struct ctx *ctx, int64_t id, const char *owner);

/*
 * Removes files that nobody claimed in time, at most UPLOAD_PURGED of them in one call: a job of
 * the program does it every day.  *count_out may be NULL.
 */
MUST_CHECK enum status upload_purge(struct ctx *ctx, size_t *count_out);

#endif
