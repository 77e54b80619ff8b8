/* SPDX-License-Identifier: MIT */
/*
 * review.c - what may happen to a review: written, sent, signed, sent back, given more time.
 *
 * Each act is one transaction: read the pledge and its review, ask the rules, add an event to the
 * pledge's chain, and put the mails that follow from it in the outbox.  Doing an act again finds
 * that it was done.
 */
#include "programme/review/review.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/review/review_internal.h"

#include <inttypes.h>
#include <string.h>

enum { REASON_CHARS_MAX = 2000 };

/* ---- rules of the words ---- */

static size_t times_written(const struct review_words *words, const char *intention)
{
    const struct review_part *parts = words->parts.items;
    size_t count = 0;
    for (size_t i = 0; i < words->parts.count; i++)
        count += strcmp(parts[i].intention, intention) == 0;
    return count;
}

static const char *field(struct ctx *ctx, size_t at, const char *member)
{
    return mem_format(ctx->mem, "parts-%zu-%s", at, member);
}

static void check_part(struct ctx *ctx, const struct pledge *pledge,
                       const struct review_words *words, size_t at, struct form_problems *problems)
{
    const struct review_part *part = &((const struct review_part *)words->parts.items)[at];
    if (!pledge_covers(pledge, part->intention))
        form_wrong(problems, field(ctx, at, "intention"),
                   "This is no intention of the pledge. Leave it out");
    else if (times_written(words, part->intention) > 1)
        form_wrong(problems, field(ctx, at, "intention"), "Write about each intention once");
    if (part->done[0] == '\0')
        form_wrong(problems, field(ctx, at, "done"), "Enter what you have done");
    if (part->next[0] == '\0')
        form_wrong(problems, field(ctx, at, "next"), "Enter what comes next");
}

void review_check(struct ctx *ctx, const struct pledge *pledge, const struct review *review,
                  const struct review_words *words, struct form_problems *problems)
{
    if (words->period.is_given && words->period.n != review->period)
        form_wrong(problems, "period",
                   mem_format(ctx->mem,
                              "These are words for year %" PRId64
                              ". The review that is open is of year %" PRId64,
                              words->period.n, review->period));
    for (size_t i = 0; i < words->parts.count; i++)
        check_part(ctx, pledge, words, i, problems);
    for (size_t i = 0; i < pledge->intention_count; i++)
        if (times_written(words, pledge->intentions[i]) == 0)
            form_wrong(problems, "parts",
                       mem_format(ctx->mem, "Write about the intention “%s” (%s)",
                                  pledge->intention_names[i], pledge->intentions[i]));
    if (words->statement[0] == '\0')
        form_wrong(problems, "statement", "Enter how the year went");
    if (words->changes[0] == '\0')
        form_wrong(problems, "changes", "Enter what changes next year");
    if (review->is_late && words->late_reason[0] == '\0')
        form_wrong(problems, "late_reason", "Enter why the review is late");
}

/* ---- opening and lapsing ---- */

enum status review_days_of(struct ctx *ctx, const char *lapses_on, struct review_days *out)
{
    out->lapses_on = lapses_on;
    TRY(time_day_add(ctx->mem, lapses_on, (struct time_step){.days = -REVIEW_WARN_DAYS},
                     &out->warn_on));
    return time_day_add(ctx->mem, lapses_on, (struct time_step){.days = -REVIEW_LAST_WARN_DAYS},
                        &out->last_warn_on);
}

/* The later of the pledge's own day and the end of the time to write, and what follows from it. */
static enum status first_days(struct ctx *ctx, const struct pledge *pledge, const char **due_out,
                              struct review_days *out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *lapses_on;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.days = REVIEW_OPENS_DAYS}, due_out));
    if (strcmp(pledge->review_on, *due_out) > 0)
        *due_out = pledge->review_on;
    TRY(time_day_add(ctx->mem, *due_out, (struct time_step){.days = REVIEW_GRACE_DAYS},
                     &lapses_on));
    return review_days_of(ctx, lapses_on, out);
}

static const char *detail_of_period(struct ctx *ctx, int64_t period)
{
    return mem_format(ctx->mem, "period=%" PRId64 "\n", period);
}

enum status review_file_begin(struct ctx *ctx, struct review_file *file)
{
    const struct pledge *pledge = &file->pledge;
    struct review_days days;
    int64_t changes;
    TRY(first_days(ctx, pledge, &file->review.due_on, &days));
    TRY(pledge_happen(ctx, pledge->reference,
                      &(const struct pledge_news){.kind = PLEDGE_REVIEW_OPENED,
                                                  .role = "programme",
                                                  .detail = detail_of_period(ctx, pledge->period)},
                      &file->pledge));
    TRY(review_add(ctx, pledge->organisation_id, pledge->id, pledge->period, ctx->now_secs,
                   file->review.due_on, days.lapses_on, days.warn_on, days.last_warn_on, &changes));
    file->review.period = pledge->period;
    file->review.lapses_on = days.lapses_on;
    file->review.is_open = true;
    return review_mail_opened(ctx, file);
}

enum status review_file_lapse(struct ctx *ctx, struct review_file *file)
{
    const struct review *review = &file->review;
    int64_t changes;
    if (review->period == 0 || strcmp(time_day_of(ctx->mem, ctx->now_secs), review->lapses_on) <= 0)
        return ctx_fail(ctx, ERR_CONFLICT, "the time of the review of pledge \"%s\" is not over",
                        file->pledge.reference);
    TRY(pledge_happen(ctx, file->pledge.reference,
                      &(const struct pledge_news){.kind = PLEDGE_HAS_LAPSED,
                                                  .role = "programme",
                                                  .detail = detail_of_period(ctx, review->period)},
                      &file->pledge));
    TRY(review_drafts_drop(ctx, file->pledge.organisation_id, file->pledge.id, review->period,
                           &changes));
    return review_mail_lapsed(ctx, file);
}

/* ---- sending ---- */

struct sending {
    const char *reference;
    const struct review_words *words;
    struct form_problems *problems;
};

static enum status send_once(struct ctx *ctx, void *arg)
{
    const struct sending *sending = arg;
    struct review_file file;
    sending->problems->count = 0;
    TRY(review_file_open(ctx, sending->reference, 0, &file));
    TRY(review_must_be_open(ctx, &file));
    review_check(ctx, &file.pledge, &file.review, sending->words, sending->problems);
    if (sending->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the review of pledge \"%s\" is not whole",
                        sending->reference);
    return review_file_send(ctx, &file, sending->words);
}

enum status review_send(struct ctx *ctx, const char *reference, const struct review_words *words,
                        struct form_problems *problems)
{
    struct sending sending = {reference, words, problems};
    return store_transact(ctx, "review_send", send_once, &sending);
}

static enum status remind_once(struct ctx *ctx, void *arg)
{
    struct review_file file;
    TRY(review_file_open(ctx, arg, 0, &file));
    TRY(review_must_be_open(ctx, &file));
    TRY(review_note(ctx, &file, "review.reminded", NULL));
    bool is_written = file.review.version.version != 0 && file.review.version.declined_at == 0;
    return is_written ? review_mail_to_sign(ctx, &file) : review_mail_opened(ctx, &file);
}

enum status review_remind(struct ctx *ctx, const char *reference)
{
    return store_transact(ctx, "review_remind", remind_once, (void *)(uintptr_t)reference);
}

/* ---- signing ---- */

/* Whether the person who asks is signed in with the address of the other side. */
static enum status is_other_party(struct ctx *ctx, const struct pledge_party *mine,
                                  const struct pledge_party *other, bool *out)
{
    struct access_person person;
    *out = false;
    if (ctx->person.n == 0)
        return OK;
    TRY(access_person_get(ctx, ctx->person, &person));
    const char *key = text_email_key(ctx->mem, person.email);
    *out = strcmp(key, other->email_key) == 0 && strcmp(key, mine->email_key) != 0;
    return OK;
}

/* Nobody signs for two sides, whether by link or signed in, also after a handing over. */
static enum status must_be_another(struct ctx *ctx, const struct review_file *file,
                                   const struct pledge_party *mine)
{
    bool is_leader = strcmp(mine->role, "leader") == 0, is_other;
    const struct pledge_party *other = review_party(file, is_leader ? "cosigner" : "leader");
    if (other == NULL)
        return OK;
    const struct review_signatures_row *theirs = review_signed_by(file, other->role);
    TRY(is_other_party(ctx, mine, other, &is_other));
    bool is_same_address = theirs != NULL && theirs->email_key[0] != '\0' &&
                           strcmp(theirs->email_key, mine->email_key) == 0;
    bool is_same_person =
        theirs != NULL && theirs->person_id != 0 && theirs->person_id == ctx->person.n;
    if (is_other || is_same_address || is_same_person)
        return ctx_fail(ctx, ERR_FORBIDDEN, "one person cannot sign a review for both sides");
    return OK;
}

/* OK when that version can be signed or sent back by that side now. */
static enum status must_wait_for(struct ctx *ctx, const struct review_file *file,
                                 const struct review_act *act)
{
    const struct review *review = &file->review;
    if (review_party(file, act->role) == NULL)
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" has no such side",
                        file->pledge.reference);
    if (review->period == 0 || review->period != act->period ||
        review->version.version != act->version || act->version == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "version %" PRId64 " of the review is void",
                        act->version);
    if (review->version.declined_at != 0)
        return ctx_fail(ctx, ERR_CONFLICT, "the review was sent back to be changed");
    return review_must_be_open(ctx, file);
}

static enum status add_signature(struct ctx *ctx, struct review_file *file,
                                 const struct review_act *act, const struct pledge_party *party)
{
    int64_t changes, organisation_id = file->pledge.organisation_id, id = file->pledge.id;
    bool is_leader = strcmp(act->role, "leader") == 0;
    TRY(pledge_happen(
        ctx, file->pledge.reference,
        &(const struct pledge_news){
            .kind = is_leader ? PLEDGE_REVIEW_LEADER_SIGNED : PLEDGE_REVIEW_COSIGNER_SIGNED,
            .role = act->role,
            .detail = mem_format(ctx->mem, "period=%" PRId64 "\nversion=%" PRId64 "\n", act->period,
                                 act->version),
            .text_digest = file->review.version.text_digest},
        &file->pledge));
    TRY(review_signature_add(ctx, organisation_id, id, act->period, act->version, act->role,
                             ctx->now_secs, party->title, party->name, party->email_key,
                             ctx->person.n, &changes));
    TRY(review_links_end(ctx, organisation_id, id, act->period, act->role, ctx->now_secs,
                         &changes));
    return review_note(ctx, file, "review.signed", NULL);
}

static bool has_signed(const struct review_file *file, const struct review_act *act)
{
    return file->review.period == act->period && file->review.version.version == act->version &&
           review_signed_by(file, act->role) != NULL;
}

enum status review_file_sign(struct ctx *ctx, struct review_file *file,
                             const struct review_act *act)
{
    int64_t changes;
    if (has_signed(file, act))
        return OK;
    TRY(must_wait_for(ctx, file, act));
    const struct pledge_party *party = review_party(file, act->role);
    TRY(must_be_another(ctx, file, party));
    TRY(add_signature(ctx, file, act, party));
    if (file->pledge.state != PLEDGE_RENEWED)
        return OK;
    TRY(review_drafts_drop(ctx, file->pledge.organisation_id, file->pledge.id, act->period,
                           &changes));
    return review_mail_renewed(ctx, file);
}

static enum status sign_once(struct ctx *ctx, void *arg)
{
    const struct review_act *act = arg;
    struct review_file file;
    TRY(review_file_open(ctx, act->reference, act->period, &file));
    return review_file_sign(ctx, &file, act);
}

enum status review_sign(struct ctx *ctx, const struct review_act *act)
{
    struct review_act once = *act;
    return store_transact(ctx, "review_sign", sign_once, &once);
}

/* ---- sending back ---- */

struct refusal {
    const struct review_act *act;
    const char *reason;
};

static enum status decline_once(struct ctx *ctx, void *arg)
{
    const struct refusal *refusal = arg;
    const struct review_act *act = refusal->act;
    struct review_file file;
    int64_t changes;
    TRY(review_file_open(ctx, act->reference, act->period, &file));
    const struct review_version *version = &file.review.version;
    if (version->version == act->version && version->declined_at != 0 &&
        strcmp(version->declined_role, act->role) == 0)
        return OK; /* said twice */
    TRY(must_wait_for(ctx, &file, act));
    if (has_signed(&file, act))
        return ctx_fail(ctx, ERR_CONFLICT, "who has signed cannot send it back");
    TRY(review_version_decline(ctx, file.pledge.organisation_id, file.pledge.id, act->period,
                               act->version, ctx->now_secs, act->role, refusal->reason, &changes));
    TRY(review_note(ctx, &file, "review.declined", refusal->reason));
    return review_mail_declined(ctx, &file, refusal->reason);
}

enum status review_decline(struct ctx *ctx, const struct review_act *act, const char *reason)
{
    struct refusal refusal = {act, reason};
    return store_transact(ctx, "review_decline", decline_once, &refusal);
}

/* ---- more time ---- */

struct extending {
    const char *reference;
    const struct review_extension *extension;
    struct form_problems *problems;
};

static enum status check_extension(struct ctx *ctx, const struct review_file *file,
                                   const struct extending *e)
{
    const char *most;
    const char *until_on = e->extension->until_on;
    TRY(time_day_add(ctx->mem, file->review.lapses_on,
                     (struct time_step){.days = REVIEW_EXTENSION_DAYS}, &most));
    if (strcmp(until_on, file->review.lapses_on) <= 0)
        form_wrong(e->problems, "until_on",
                   mem_format(ctx->mem, "Enter a day after %s, when it lapses now",
                              time_show_day(ctx->mem, file->review.lapses_on)));
    else if (strcmp(until_on, most) > 0)
        form_wrong(e->problems, "until_on",
                   mem_format(ctx->mem, "Enter a day up to %s", time_show_day(ctx->mem, most)));
    if (e->extension->reason[0] == '\0' ||
        text_length_chars(e->extension->reason) > REASON_CHARS_MAX)
        form_wrong(e->problems, "reason", "Enter the reason");
    return e->problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "no such time can be given");
}

static enum status extend_once(struct ctx *ctx, void *arg)
{
    const struct extending *e = arg;
    struct review_file file;
    struct review_days days;
    int64_t changes;
    e->problems->count = 0;
    TRY(review_file_open(ctx, e->reference, 0, &file));
    TRY(review_must_be_open(ctx, &file));
    if (file.review.extended_at != 0)
        return ctx_fail(ctx, ERR_CONFLICT, "more time was given before");
    TRY(check_extension(ctx, &file, e));
    TRY(review_days_of(ctx, e->extension->until_on, &days));
    TRY(review_extend_set(ctx, file.pledge.organisation_id, file.pledge.id, file.review.period,
                          ctx->now_secs, days.lapses_on, days.warn_on, days.last_warn_on,
                          e->extension->reason, &changes));
    file.review.lapses_on = days.lapses_on;
    file.review.extended_reason = e->extension->reason;
    TRY(review_note(ctx, &file, "review.extended", e->extension->reason));
    return review_mail_extended(ctx, &file);
}

enum status review_extend(struct ctx *ctx, const char *reference,
                          const struct review_extension *extension, struct form_problems *problems)
{
    struct extending extending = {reference, extension, problems};
    return store_transact(ctx, "review_extend", extend_once, &extending);
}
