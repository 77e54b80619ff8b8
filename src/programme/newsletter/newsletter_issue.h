/* SPDX-License-Identifier: MIT */
/*
 * newsletter_issue.h - an issue: what it says, to whom it goes, who approves it.
 *
 *   DRAFT --ask--> ASKED --approve, by somebody who wrote none of it--> APPROVED
 *     \------------ any change, or "back" -----------/
 *   APPROVED --its time--> SENDING --all gone--> SENT,  SENDING --stop--> STOPPED
 *
 * Public is what is being sent or was.  One that was stopped had something wrong with it: it is no
 * longer in the archive and its feed, and its own page, which some have the address of by mail,
 * says first that it was stopped, and asks search engines to leave it out.
 *
 * An issue is a list of blocks: words of our own in Markdown, and things that were published, each
 * with its address.  Each change is a new version; none is overwritten, and an approval counts for
 * the version that was read.  HTML, plain text and the public page come from the same blocks.
 */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_ISSUE_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_ISSUE_H

#include "platform/base/filled.h"
#include "platform/view/view.h"

enum {
    NEWSLETTER_SUBJECT_CHARS = 100,
    NEWSLETTER_PREVIEW_CHARS = 150,
    NEWSLETTER_BLOCKS_MAX = 40,
    NEWSLETTER_WORDS_CHARS = 6000,
    NEWSLETTER_HINTS_MAX = 40
};

struct newsletter_block {
    bool is_item;                    /* something that was published                     */
    const char *title, *text, *href; /* an item's; of words only text, in Markdown       */
};

struct newsletter_issue {
    int64_t id;
    const char *reference, *state;
    bool is_stopped;
    int64_t version;
    const char *subject, *preview;
    int64_t topics; /* 0: all */
    const char *region;
    struct newsletter_block blocks[NEWSLETTER_BLOCKS_MAX];
    size_t block_count;
    int64_t made_by, changed_by, asked_by, approved_by;
    int64_t changed_at, asked_at, approved_at, send_at, begun_at, ended_at;
    int64_t reached_id;
};

/* ERR_NOT_FOUND  no such reference */
MUST_CHECK enum status newsletter_issue_open(struct ctx *ctx, const char *reference,
                                             struct newsletter_issue *out);

/* The same, only of what anybody may read: sending has begun. */
MUST_CHECK enum status newsletter_issue_public(struct ctx *ctx, const char *reference,
                                               struct newsletter_issue *out);

/* What stands at the head of an issue. */
struct newsletter_head {
    const char *subject, *preview;
    struct form_several topics; /* none: all */
    const char *region;
};

/* Begins an issue. */
MUST_CHECK enum status newsletter_issue_make(struct ctx *ctx, const struct newsletter_head *head,
                                             const char **reference_out);

/*
 * Changes.  Each is a new version and makes what was asked or approved a draft again.
 *
 * ERR_CONFLICT   sending has begun, or somebody else changed it since version
 * ERR_INVALID    there are too many blocks, or no such block
 */
MUST_CHECK enum status newsletter_issue_head(struct ctx *ctx, const char *reference,
                                             int64_t version, const struct newsletter_head *head);

/* blocks in place of those that it has. */
MUST_CHECK enum status newsletter_issue_blocks(struct ctx *ctx, const char *reference,
                                               int64_t version,
                                               const struct newsletter_block *blocks, size_t count);

/* What was published from a day on, as blocks to choose from; the key of each is its href. */
MUST_CHECK enum status newsletter_published(struct ctx *ctx, const char *from_on,
                                            struct newsletter_block **out, size_t *count_out);

/* ---- the way to the readers ---- */

struct newsletter_asking {
    int64_t version; /* that was read: it is checked, asked for, and the one to approve */
    int64_t send_at; /* 0: at once when approved                                        */
};

/*
 * Asks for approval.
 *
 * ERR_CONFLICT  it was changed since that version, or is no draft
 * ERR_INVALID   problems says what is wrong: nothing in it, no subject, a time that has passed, a
 *               hint that must be heeded
 */
MUST_CHECK enum status newsletter_issue_ask_for(struct ctx *ctx, const char *reference,
                                                const struct newsletter_asking *asking,
                                                struct form_problems *problems);

/*
 * The person who asks approves this version.  Safe to repeat.
 *
 * ERR_FORBIDDEN  they wrote a version of it, or asked for approval: another person must read it
 * ERR_CONFLICT   it does not wait, or was changed since that version
 */
MUST_CHECK enum status newsletter_issue_approve_it(struct ctx *ctx, const char *reference,
                                                   int64_t version);

/* A draft again.  ERR_CONFLICT: sending has begun. */
MUST_CHECK enum status newsletter_issue_take_back(struct ctx *ctx, const char *reference);

/* What has not gone does not go.  ERR_CONFLICT: it is not being sent. */
MUST_CHECK enum status newsletter_issue_halt(struct ctx *ctx, const char *reference);

/* Sends it to the person who asks only, marked as a test.  It is not counted. */
MUST_CHECK enum status newsletter_issue_test(struct ctx *ctx, const char *reference);

struct newsletter_figures {
    int64_t taken, sent, later, refused, unanswered, soft, hard, left, complained;
};
MUST_CHECK enum status newsletter_issue_figures(struct ctx *ctx, int64_t issue_id,
                                                struct newsletter_figures *out);

/* ---- how it reads ---- */

/* What stands around it in a mail; NULL for the public page, which has no reader. */
struct newsletter_links {
    const char *own_url;  /* of the reader's choices */
    const char *stop_url; /* to leave                */
    const char *page_url; /* the issue on the website */
};

/* The issue as markup of the design system, for the public page. */
MUST_CHECK enum status newsletter_page_html(struct ctx *ctx, const struct newsletter_issue *issue,
                                            struct html *out);

/* The same as a mail: a whole document with its styles inside, and as plain text.  Nothing in it is
 * loaded from anywhere, no address is anything but what it says, and nothing is counted. */
MUST_CHECK enum status newsletter_mail_html(struct ctx *ctx, const struct newsletter_issue *issue,
                                            const struct newsletter_links *links, const char **out);
MUST_CHECK enum status newsletter_mail_text(struct ctx *ctx, const struct newsletter_issue *issue,
                                            const struct newsletter_links *links, const char **out);

/* ---- what to mend ---- */

struct newsletter_hint {
    bool is_must;       /* it is not sent like this */
    const char *text;   /* what to do               */
    const char *source; /* whose rule it is         */
};

/* Hints about filters for unwanted mail and about readers with a disability. */
MUST_CHECK enum status newsletter_hints(struct ctx *ctx, const struct newsletter_issue *issue,
                                        struct newsletter_hint *out, size_t *count_out);

#endif
