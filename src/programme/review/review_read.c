/* SPDX-License-Identifier: MIT */
/*
 * review_read.c - reviews as they are read, and the exact words that are signed.
 *
 * The words name offices and no people, so that the public reads just what was signed.
 */
#include "platform/base/hash.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/review/review_internal.h"

#include <inttypes.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 2 * 1024 * 1024 };

/* ---- one review ---- */

const struct review_signatures_row *review_signed_by(const struct review_file *file,
                                                     const char *role)
{
    for (size_t i = 0; i < file->signed_count; i++)
        if (strcmp(file->signed_by[i].role, role) == 0)
            return &file->signed_by[i];
    return NULL;
}

const struct pledge_party *review_party(const struct review_file *file, const char *role)
{
    for (size_t i = 0; i < file->parties.count; i++)
        if (strcmp(file->parties.party[i].role, role) == 0)
            return &file->parties.party[i];
    return NULL;
}

static enum status read_words(struct ctx *ctx, const struct pledge *pledge, int64_t period,
                              const struct review_version_newest_row *row, struct review_words *out)
{
    struct review_parts_row *rows;
    size_t count;
    TRY(review_parts(ctx, pledge->organisation_id, pledge->id, period, row->version,
                     REVIEW_PARTS_MAX, &rows, &count));
    struct review_part *parts = mem_array(ctx->mem, struct review_part, count);
    for (size_t i = 0; i < count; i++)
        parts[i] = (struct review_part){rows[i].intention, rows[i].done, rows[i].next};
    *out = (struct review_words){.period = {true, period},
                                 .parts = {parts, count},
                                 .statement = row->statement,
                                 .changes = row->changes,
                                 .late_reason = row->late_reason};
    return OK;
}

/* The two sides in their order, each with its signature where there is one. */
static void take_signatures(const struct pledge *pledge, const struct review_signatures_row *rows,
                            size_t count, struct review_version *out)
{
    for (size_t i = 0; i < pledge->signature_count; i++) {
        const char *role = pledge->signatures[i].role;
        if (strcmp(role, "programme") == 0)
            continue;
        struct review_signature *one = &out->signatures[out->signature_count++];
        *one = (struct review_signature){.role = role, .office = "", .name = ""};
        for (size_t k = 0; k < count; k++)
            if (strcmp(rows[k].role, role) == 0)
                *one = (struct review_signature){role, rows[k].office, rows[k].name,
                                                 rows[k].signed_at};
    }
}

static enum status read_version(struct ctx *ctx, int64_t period, struct review_file *file)
{
    const struct pledge *pledge = &file->pledge;
    struct review_version *out = &file->review.version;
    struct review_version_newest_row *rows;
    size_t count;
    *out = (struct review_version){.words = {.statement = "", .changes = "", .late_reason = ""},
                                   .text = "",
                                   .text_digest = "",
                                   .declined_role = "",
                                   .declined_reason = ""};
    file->signed_count = 0;
    TRY(review_version_newest(ctx, pledge->organisation_id, pledge->id, period, &rows, &count));
    if (count == 0)
        return OK;
    out->version = rows->version;
    out->sent_at = rows->sent_at;
    out->text = rows->text;
    out->text_digest = rows->text_digest;
    out->declined_at = rows->declined_at == NULL ? 0 : *rows->declined_at;
    out->declined_role = rows->declined_role;
    out->declined_reason = rows->declined_reason;
    TRY(read_words(ctx, pledge, period, rows, &out->words));
    TRY(review_signatures(ctx, pledge->organisation_id, pledge->id, period, rows->version,
                          &file->signed_by, &file->signed_count));
    take_signatures(pledge, file->signed_by, file->signed_count, out);
    return OK;
}

/* What follows from the version, the chain and the day. */
static void derive(struct ctx *ctx, const struct pledge *pledge, struct review *review)
{
    const struct review_version *version = &review->version;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    size_t count = 0;
    for (size_t i = 0; i < version->signature_count; i++) {
        int64_t at = version->signatures[i].signed_at;
        count += at != 0;
        review->signed_at = at > review->signed_at ? at : review->signed_at;
    }
    review->is_signed = count > 0 && count == version->signature_count && version->declined_at == 0;
    if (!review->is_signed)
        review->signed_at = 0;
    review->is_open = pledge->state == PLEDGE_UNDER_REVIEW && pledge->period == review->period &&
                      strcmp(today, review->lapses_on) <= 0;
    const char *day = review->is_signed ? time_day_of(ctx->mem, review->signed_at) : today;
    review->is_late = strcmp(day, review->due_on) > 0;
}

/* Statuses as review_find; also what only this folder needs. */
static enum status read_review(struct ctx *ctx, int64_t period, struct review_file *file)
{
    struct review_of_row row;
    const struct pledge *pledge = &file->pledge;
    struct review *out = &file->review;
    *out = (struct review){.period = 0, .due_on = "", .lapses_on = "", .extended_reason = ""};
    TRY(review_of(ctx, pledge->organisation_id, pledge->id, period, &row));
    *out = (struct review){.period = period,
                           .opened_at = row.opened_at,
                           .due_on = row.due_on,
                           .lapses_on = row.lapses_on,
                           .extended_at = row.extended_at == NULL ? 0 : *row.extended_at,
                           .extended_reason = row.extended_reason};
    file->warned = row.warned;
    TRY(read_version(ctx, period, file));
    derive(ctx, pledge, out);
    return OK;
}

enum status review_find(struct ctx *ctx, const struct pledge *pledge, int64_t period,
                        struct review *out)
{
    struct review_file file = {.pledge = *pledge};
    enum status status = read_review(ctx, period == 0 ? pledge->period : period, &file);
    *out = file.review;
    return status;
}

enum status review_file_open(struct ctx *ctx, const char *reference, int64_t period,
                             struct review_file *out)
{
    *out = (struct review_file){.is_quiet = false};
    TRY(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &out->pledge));
    TRY(pledge_parties(ctx, reference, &out->parties));
    enum status status = read_review(ctx, period == 0 ? out->pledge.period : period, out);
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status review_list_signed(struct ctx *ctx, const struct pledge *pledge, struct review **out,
                               size_t *count_out)
{
    struct review_periods_row *rows;
    size_t count;
    *count_out = 0;
    TRY(review_periods(ctx, pledge->organisation_id, pledge->id, pledge->period, REVIEW_PERIODS_MAX,
                       &rows, &count));
    *out = mem_array(ctx->mem, struct review, count);
    for (size_t i = 0; i < count; i++) {
        TRY(review_find(ctx, pledge, rows[i].period, &(*out)[*count_out]));
        *count_out += (*out)[*count_out].is_signed;
    }
    return OK;
}

enum status review_list_void(struct ctx *ctx, const struct pledge *pledge,
                             const struct review *review, struct review_void **out,
                             size_t *count_out)
{
    struct review_versions_before_row *rows;
    TRY(review_versions_before(ctx, pledge->organisation_id, pledge->id, review->period,
                               review->version.version, REVIEW_VOIDS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct review_void, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct review_void){rows[i].version, rows[i].sent_at,
                                         rows[i].declined_at == NULL ? 0 : *rows[i].declined_at,
                                         rows[i].text};
    return OK;
}

enum status review_opens_on(struct ctx *ctx, const struct pledge *pledge, const char **out)
{
    if (pledge->review_on[0] == '\0')
        return ctx_fail(ctx, ERR_NOT_FOUND, "pledge \"%s\" has no review yet", pledge->reference);
    return time_day_add(ctx->mem, pledge->review_on, (struct time_step){.days = -REVIEW_OPENS_DAYS},
                        out);
}

enum status review_must_be_open(struct ctx *ctx, const struct review_file *file)
{
    return file->review.is_open ? OK
                                : ctx_fail(ctx, ERR_CONFLICT, "no review of pledge \"%s\" is open",
                                           file->pledge.reference);
}

/* ---- the words ---- */

static void write_parts(struct text_builder *to, const struct pledge *pledge,
                        const struct review_words *words)
{
    const struct review_part *parts = words->parts.items;
    for (size_t i = 0; i < words->parts.count; i++)
        text_add_format(to, "\n%s\n\nWhat we have done:\n%s\n\nWhat comes next:\n%s\n",
                        pledge_intention_name(pledge, parts[i].intention), parts[i].done,
                        parts[i].next);
}

static enum status write_text(struct ctx *ctx, const struct review_file *file, int64_t version,
                              const struct review_words *words, const char **out)
{
    const struct pledge *pledge = &file->pledge;
    const struct pledge_parties *parties = &file->parties;
    struct text_builder to = text_build(ctx->mem, TEXT_BYTES_MAX);
    text_add_format(&to,
                    "Yearly review of the Partnership Pledge %s\n\n%s\nYear %" PRId64
                    " of the pledge that was signed on %s\nVersion %" PRId64 " of this review\n",
                    pledge->reference, pledge->organisation_name, file->review.period,
                    time_show_day(ctx->mem, pledge->signed_on), version);
    write_parts(&to, pledge, words);
    text_add_format(&to, "\nHow the year went:\n%s\n", words->statement);
    text_add_format(&to, "\nWhat changes next year:\n%s\n", words->changes);
    if (words->late_reason[0] != '\0')
        text_add_format(&to, "\nThis review was due by %s. Why it is late:\n%s\n",
                        time_show_day(ctx->mem, file->review.due_on), words->late_reason);
    text_add_format(&to, "\nFor the employer signs: %s\n", parties->party[0].title);
    if (parties->count > 1)
        text_add_format(&to, "For the staff side signs: %s\n", parties->party[1].title);
    else
        text_add(&to, "No staff side signs.\n");
    text_add(&to, "By signing we renew the pledge for another year.\n");
    return text_build_end(&to, out);
}

/* Without the reason when it is in time: then nobody is asked for one. */
static struct review_words words_of(const struct review_file *file,
                                    const struct review_words *words)
{
    struct review_words out = *words;
    if (!file->review.is_late)
        out.late_reason = "";
    return out;
}

enum status review_text(struct ctx *ctx, const struct pledge *pledge, const struct review *review,
                        const struct review_words *words, const char **out)
{
    struct review_file file = {.pledge = *pledge, .review = *review};
    TRY(pledge_parties(ctx, pledge->reference, &file.parties));
    struct review_words sent = words_of(&file, words);
    return write_text(ctx, &file, review->version.version + 1, &sent, out);
}

static bool is_sent_already(const struct review_file *file, const char *text)
{
    const struct review_version *version = &file->review.version;
    return version->version != 0 && version->declined_at == 0 && strcmp(version->text, text) == 0;
}

/* ---- sending them ---- */

static enum status add_version(struct ctx *ctx, const struct review_file *file,
                               const struct review_words *words, struct review_version *out)
{
    const struct pledge *pledge = &file->pledge;
    const struct review_part *parts = words->parts.items;
    int64_t version = file->review.version.version + 1, changes;
    TRY(write_text(ctx, file, version, words, &out->text));
    out->version = version;
    out->text_digest = hash_sha256(ctx->mem, out->text, strlen(out->text));
    TRY(review_version_add(ctx, pledge->organisation_id, pledge->id, file->review.period, version,
                           ctx->now_secs, ctx->person.n, words->statement, words->changes,
                           words->late_reason, out->text, out->text_digest, &changes));
    for (size_t i = 0; i < words->parts.count; i++)
        TRY(review_part_add(ctx, pledge->organisation_id, pledge->id, file->review.period, version,
                            (int64_t)i + 1, parts[i].intention, parts[i].done, parts[i].next,
                            &changes));
    return OK;
}

enum status review_file_send(struct ctx *ctx, struct review_file *file,
                             const struct review_words *words)
{
    struct review_version sent = {.version = 0};
    struct review_words kept = words_of(file, words);
    const char *text;
    TRY(review_must_be_open(ctx, file));
    TRY(write_text(ctx, file, file->review.version.version, &kept, &text));
    if (is_sent_already(file, text))
        return OK;
    TRY(add_version(ctx, file, &kept, &sent));
    TRY(pledge_happen(
        ctx, file->pledge.reference,
        &(const struct pledge_news){
            .kind = PLEDGE_REVIEW_SENT,
            .role = "sender",
            .detail = mem_format(ctx->mem, "period=%" PRId64 "\nversion=%" PRId64 "\n",
                                 file->review.period, sent.version),
            .text_digest = sent.text_digest},
        NULL));
    file->review.version = sent;
    file->signed_count = 0;
    TRY(review_note(ctx, file, "review.sent", NULL));
    return review_mail_to_sign(ctx, file);
}
