/* SPDX-License-Identifier: MIT */
/*
 * mail.h - messages to people: an outbox, and delivery by SMTP.
 *
 * mail_put writes a message in the caller's transaction, so it exists exactly when its cause does;
 * a job (job.h) then delivers it.  Its key names the cause: the same cause sends once, however
 * often it is repeated.  A message has one source, a list of parts, from which come the plain
 * text and the HTML.  Parts are plain words, never markup, so nothing that a person typed can
 * become a link or a heading.  But mail programs make links of words that look like addresses:
 * do not put what a stranger typed into mail to a third person.
 *
 * Without the setting `smtp` messages stay in the outbox, for the demonstration to show.  When it
 * is set later they are sent, unless they are of no use by then (expires_at, MAIL_WAITS_SECS).
 *
 * Once
 *   SMTP has no way to ask whether a message was taken.  When the process dies, or the line breaks,
 *   between the server's taking it and our recording that, nobody can know.  We then send again:
 *   rather twice than never.  That window is one round trip and one commit, the delivery is noted
 *   before it begins (attempts, tried_at), and both copies carry the same Message-ID, by which many
 *   mail systems drop the second.  In every other case a message is sent once.  The message that a
 *   dead process had in hand waits for the end of that job's lease, five minutes; the rest goes on
 *   at once.  test/kill/mail.test.mjs kills the program at each stage of a delivery to show it.
 *
 * Personal data
 *   What a message says may hold links and codes that are secrets.  It is removed in the same write
 *   that records the end (sent, failed, cancelled).  Address, name and subject are removed
 *   MAIL_KEPT_SECS after that.  Kind, about and times stay.  kind, about and key are therefore no
 *   place for personal data.  A page that shows waiting messages shows secrets: only the
 *   demonstration may.
 *
 * Owns the table mail, of which others may read key, failed_at and cancelled_at.  Reads job.
 */
#ifndef PLATFORM_MAIL_MAIL_H
#define PLATFORM_MAIL_MAIL_H

#include "platform/base/ctx.h"
#include "platform/job/job.h"

enum {
    MAIL_PARTS_MAX = 100,
    MAIL_TEXT_CHARS_MAX = 5000,   /* of one part             */
    MAIL_SUBJECT_CHARS_MAX = 200, /* more is cut, with "…"   */
    MAIL_NAME_CHARS_MAX = 100,    /* more is cut, with "…"   */
    MAIL_URL_BYTES_MAX = 2000,
    MAIL_KIND_BYTES_MAX = 60,
    MAIL_KEY_BYTES_MAX = 200,
    MAIL_ABOUT_BYTES_MAX = 100,
    MAIL_WAITS_SECS = 30 * 86400, /* then a waiting message is cancelled             */
    MAIL_KEPT_SECS = 14 * 86400,  /* after the end, then address and subject go      */
    MAIL_ATTEMPTS_MAX = 20        /* over about two days, see job_delay_secs         */
};

enum mail_part_kind {
    MAIL_PARTS_END,
    MAIL_PART_TEXT,    /* a paragraph; line feeds stay line breaks          */
    MAIL_PART_HEADING, /* of a section                                      */
    MAIL_PART_BULLET,  /* one item of a list; neighbours make one list      */
    MAIL_PART_CODE,    /* a code to type, large and easy to copy            */
    MAIL_PART_BUTTON   /* a link as a button, its address also in full      */
};

struct mail_part {
    enum mail_part_kind kind;
    const char *text;
    const char *href; /* MAIL_PART_BUTTON: http, https, or a path of this service ("/verify/X") */
};

#define MAIL_TEXT(text_)                                                                           \
    {                                                                                              \
        MAIL_PART_TEXT, (text_), NULL                                                              \
    }
#define MAIL_HEADING(text_)                                                                        \
    {                                                                                              \
        MAIL_PART_HEADING, (text_), NULL                                                           \
    }
#define MAIL_BULLET(text_)                                                                         \
    {                                                                                              \
        MAIL_PART_BULLET, (text_), NULL                                                            \
    }
#define MAIL_CODE(text_)                                                                           \
    {                                                                                              \
        MAIL_PART_CODE, (text_), NULL                                                              \
    }
#define MAIL_BUTTON(text_, href_)                                                                  \
    {                                                                                              \
        MAIL_PART_BUTTON, (text_), (href_)                                                         \
    }
#define MAIL_END                                                                                   \
    {                                                                                              \
        MAIL_PARTS_END, NULL, NULL                                                                 \
    }

/*
 *     TRY(mail_put(ctx, &(const struct mail){
 *         .kind = "pledge_confirm",
 *         .key = mem_format(ctx->mem, "pledge/%s/confirm/leader/1", reference),
 *         .about = reference,
 *         .to_address = draft->leader_email, .to_name = draft->leader_name,
 *         .subject = "Confirm your organisation’s pledge",
 *         .parts = (const struct mail_part[]){
 *             MAIL_TEXT("Please read the pledge and say whether you sign it."),
 *             MAIL_BUTTON("Read the pledge", mem_format(ctx->mem, "/confirm/%s", token)),
 *             MAIL_END}}));
 */
struct mail {
    const char *kind;  /* which message, for reports; required           */
    const char *key;   /* its cause, unique among all messages; required */
    const char *about; /* reference of the thing; NULL: ""               */
    const char *to_address;
    const char *to_name; /* NULL: not known                               */
    const char *subject;
    const struct mail_part *parts;
    const char *reply_to;        /* where answers go, see receive.h; NULL: where it comes from */
    int64_t expires_at;          /* UTC seconds, for codes and links that end; 0: never       */
    const char *unsubscribe_url; /* mail to many: takes a POST (RFC 8058), as href; NULL: none */
};

/*
 * Puts a message in the outbox, in the caller's transaction when there is one, and the job that
 * sends it.  Line breaks in subject and name become spaces.  A key that has been put before changes
 * nothing, whatever else the message says.
 *
 * ERR_INVALID  the address cannot be one, a text is not UTF-8, holds control characters, is empty
 *              or longer than its limit, a link has another form than said above, or expires_at
 *              has passed; nothing is written
 * ERR_FAULT    the store failed
 *
 * One transaction of at most two queries.
 */
MUST_CHECK enum status mail_put(struct ctx *ctx, const struct mail *mail);

/* Cancels the message of that cause if it still waits; one that is being sent at this instant may
 * arrive.  OK also when there is none. */
MUST_CHECK enum status mail_cancel(struct ctx *ctx, const char *key);

/* A message as it is kept. */
struct mail_kept {
    int64_t id;
    const char *kind, *about;
    const char *state;             /* "waiting", "sent", "failed", "cancelled"          */
    const char *to_address;        /* NULL when forgotten                               */
    const char *to_name;           /* NULL when forgotten                               */
    const char *subject;           /* NULL when forgotten                               */
    const struct mail_part *parts; /* NULL once it has ended; hrefs are whole    */
    const char *unsubscribe_url;   /* NULL: none                                 */
    const char *reply_to;          /* "": none, or it has ended                  */
    const char *message_id;        /* without < and >                            */
    const char *reason;            /* "" for none                                */
    int64_t created_at, expires_at, tried_at, sent_at, failed_at, cancelled_at; /* 0: not */
    int attempts;
};

/* ERR_NOT_FOUND  no message has that id
 * One query.  For a list of messages: the page query mail_outbox of mail.sql.h. */
MUST_CHECK enum status mail_find(struct ctx *ctx, int64_t id, struct mail_kept *out);

/* A message as its reader sees it. */
struct mail_shown {
    const char *subject;
    const char *text;
    const char
        *html; /* a whole document with styles inside: show it apart, e.g. by its own route */
};

/* ERR_CONFLICT  it has ended, so what it said is gone */
MUST_CHECK enum status mail_show(struct ctx *ctx, const struct mail_kept *mail,
                                 struct mail_shown *out);

/* Whether messages are sent at all: the setting `smtp` is there. */
bool mail_is_sent(const struct ctx *ctx);

/* The host of base_url, which is how the service greets mail servers; "localhost" when that is an
 * address. */
const char *mail_our_name(struct ctx *ctx);

/* Reads `smtp`, `mail_from` and `dkim_key`.  ERR_INVALID: which cannot be, and why, in the fault;
 * never with a password.  For the start and `onward check`. */
MUST_CHECK enum status mail_check_settings(struct ctx *ctx);

struct mail_counts {
    int64_t waiting_count;
    int64_t waiting_secs; /* how long the oldest waits                */
    int64_t failed_count; /* of the last MAIL_KEPT_SECS               */
};
MUST_CHECK enum status mail_count(struct ctx *ctx, struct mail_counts *out);

/* Sending, the look for messages that wait without a job, and the removal of personal data. */
extern const struct job_kind mail_job_kinds[];

#endif
