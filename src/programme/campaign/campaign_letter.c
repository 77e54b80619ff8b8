/* SPDX-License-Identifier: MIT */
/*
 * campaign_letter.c - letters: their words, who gets them, and the job that puts them out.
 *
 * Sending is settled in one transaction: the letter stops being a draft, which only one of two who
 * press at once can bring about, and each recipient is a row.  The job then takes the rows in
 * portions; mail and mark are one transaction, so a process that dies leaves either both or
 * neither.
 */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/campaign/campaign.h"
#include "programme/campaign/campaign.sql.h"

#include <inttypes.h>
#include <string.h>

#define SEND_JOB "campaign.send"

enum { NAMED_MOST = 5 };

/* ---- words ---- */

struct keeping {
    const struct campaign_list *list;
    const struct campaign_letter *letter;
    const struct campaign_words *words;
    const char *reference;
};

static enum status keep_once(struct ctx *ctx, void *arg)
{
    struct keeping *keeping = arg;
    const struct campaign_words *words = keeping->words;
    int64_t changes;
    if (keeping->letter != NULL) {
        keeping->reference = keeping->letter->reference;
        TRY(campaign_letter_change(ctx, keeping->letter->id, words->subject, words->body,
                                   &changes));
        if (changes == 0)
            return ctx_fail(ctx, ERR_CONFLICT, "letter \"%s\" is no draft", keeping->reference);
    } else {
        keeping->reference = id_reference_new(ctx->mem, "LE");
        TRY(campaign_letter_add(ctx, id_new(ctx), keeping->reference, keeping->list->id,
                                words->subject, words->body, ctx->now_secs, &changes));
    }
    return audit_note(
        ctx, &(const struct audit_deed){.what = "campaign.written", .thing = keeping->reference});
}

static void check_fields(struct ctx *ctx, const char *field, const char *text,
                         struct form_problems *problems)
{
    const char *wrong = campaign_fields_wrong(ctx->mem, text);
    if (wrong != NULL)
        form_wrong(problems, field, wrong);
}

enum status campaign_letter_write(struct ctx *ctx, const struct campaign_writing *writing,
                                  const struct campaign_words *words,
                                  struct form_problems *problems, const char **reference_out)
{
    struct keeping keeping = {writing->list, writing->letter, words, NULL};
    const struct mail_part *parts;
    const struct campaign_values nothing = {"", "", "", "", ""};
    check_fields(ctx, "subject", words->subject, problems);
    check_fields(ctx, "body", words->body, problems);
    enum status status = campaign_parts(ctx, words->body, &nothing, &parts);
    if (status == ERR_INVALID)
        form_wrong(problems, "body", "That is too long for a letter: leave out some paragraphs");
    else
        TRY(status);
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a letter breaks its rules");
    TRY(store_transact(ctx, "campaign_letter_write", keep_once, &keeping));
    *reference_out = keeping.reference;
    return OK;
}

/* ---- reading ---- */

enum status campaign_letter_open(struct ctx *ctx, const char *reference, const char *scope,
                                 struct campaign_letter *out)
{
    struct campaign_letter_find_row row;
    struct campaign_progress_row progress;
    TRY(campaign_letter_find(ctx, reference, &row));
    *out = (struct campaign_letter){.id = row.id,
                                    .reference = row.reference,
                                    .subject = row.subject,
                                    .body = row.body,
                                    .state = row.state,
                                    .made_at = row.made_at,
                                    .begun_at = row.begun_at != NULL ? *row.begun_at : 0,
                                    .ended_at = row.ended_at != NULL ? *row.ended_at : 0};
    TRY(campaign_list_open(ctx, row.list, scope, &out->list));
    TRY(campaign_progress(ctx, row.id, &progress));
    out->recipient_count = progress.recipients;
    out->sent_count = progress.sent;
    out->left_out_count = progress.left_out;
    return OK;
}

bool campaign_gets(const struct campaign_contact *contact)
{
    return !contact->has_signed && !contact->is_stopped;
}

static const char *days_text(struct mem *mem, const int64_t *days)
{
    return days != NULL ? mem_format(mem, "%" PRId64, *days) : NULL;
}

struct campaign_values campaign_values_of(struct ctx *ctx, const struct campaign_contact *contact)
{
    return (struct campaign_values){
        .organisation = contact->name,
        .leader = contact->contact_name,
        .region = contact->region_name,
        .days_waiting = days_text(ctx->mem, contact->days_waiting),
        .link = mem_format(ctx->mem, "%s/pledges/sign", ctx->settings->base_url)};
}

/* ---- what hinders ---- */

/* Some organisations by name, and how many more. */
struct named {
    struct mem *mem;
    const char *names;
    int count;
};

static void name_one(struct named *named, const char *name)
{
    if (named->count < NAMED_MOST)
        named->names = named->count == 0 ? name : mem_join(named->mem, named->names, ", ", name);
    named->count++;
}

static const char *names_text(const struct named *named)
{
    int more = named->count - NAMED_MOST;
    return more <= 0 ? named->names : mem_format(named->mem, "%s and %d more", named->names, more);
}

void campaign_letter_check(struct ctx *ctx, const struct campaign_letter *letter,
                           struct form_problems *problems)
{
    struct named without = {.mem = ctx->mem}, still = without;
    bool has_days = campaign_has_days(letter->subject) || campaign_has_days(letter->body);
    size_t count = 0;
    for (size_t i = 0; i < letter->list.count; i++) {
        const struct campaign_contact *contact = &letter->list.contacts[i];
        if (!campaign_gets(contact))
            continue;
        count++;
        if (contact->email[0] == '\0')
            name_one(&without, contact->name);
        if (has_days && contact->days_waiting == NULL)
            name_one(&still, contact->name);
    }
    if (count == 0)
        form_wrong(problems, "list",
                   "Nobody on this list gets a letter: they have signed, want none, or were taken "
                   "off");
    if (without.count > 0)
        form_wrong(problems, "list",
                   mem_format(ctx->mem,
                              "We have no address for %s. Add one on the chase list, or take them "
                              "off",
                              names_text(&without)));
    if (still.count > 0)
        form_wrong(problems, "days",
                   mem_format(ctx->mem,
                              "The letter says {days waiting}, but no pledge waits of %s. Change "
                              "the letter, or take them off the list",
                              names_text(&still)));
}

/* ---- sending ---- */

struct acting {
    const char *reference, *scope;
    struct form_problems *problems;
};

static enum status add_recipients(struct ctx *ctx, const struct campaign_letter *letter,
                                  struct form_problems *problems)
{
    int64_t changes, number = 0;
    for (size_t i = 0; i < letter->list.count; i++) {
        const struct campaign_contact *contact = &letter->list.contacts[i];
        const struct campaign_values values = campaign_values_of(ctx, contact);
        const struct mail_part *parts;
        if (!campaign_gets(contact))
            continue;
        enum status status = campaign_parts(ctx, letter->body, &values, &parts);
        if (status == ERR_INVALID)
            form_wrong(
                problems, "list",
                mem_format(ctx->mem, "With the name of %s the letter is too long", contact->name));
        TRY(status);
        TRY(campaign_recipient_add(ctx, letter->id, ++number, contact->organisation_id,
                                   contact->code, contact->name, contact->region_name,
                                   contact->contact_name, contact->email,
                                   text_email_key(ctx->mem, contact->email), contact->source,
                                   contact->days_waiting, ctx->now_secs, &changes));
    }
    return OK;
}

static enum status send_once(struct ctx *ctx, void *arg)
{
    struct acting *acting = arg;
    struct campaign_letter letter;
    int64_t changes;
    acting->problems->count = 0;
    TRY(campaign_letter_open(ctx, acting->reference, acting->scope, &letter));
    TRY(campaign_letter_begin(ctx, letter.id, ctx->now_secs, &changes));
    if (changes == 0) /* somebody was first */
        return OK;
    campaign_letter_check(ctx, &letter, acting->problems);
    if (acting->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "letter \"%s\" cannot be sent", letter.reference);
    TRY(add_recipients(ctx, &letter, acting->problems));
    TRY(job_put(ctx, SEND_JOB, letter.reference, "", 0));
    return audit_note(
        ctx, &(const struct audit_deed){.what = "campaign.sent", .thing = letter.reference});
}

enum status campaign_letter_send(struct ctx *ctx, const char *reference, const char *scope,
                                 struct form_problems *problems)
{
    struct acting acting = {reference, scope, problems};
    return store_transact(ctx, "campaign_letter_send", send_once, &acting);
}

static enum status cancel_once(struct ctx *ctx, void *arg)
{
    const struct acting *acting = arg;
    struct campaign_letter letter;
    int64_t changes;
    TRY(campaign_letter_open(ctx, acting->reference, acting->scope, &letter));
    TRY(campaign_letter_end(ctx, letter.id, "cancelled", ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    return audit_note(
        ctx, &(const struct audit_deed){.what = "campaign.cancelled", .thing = letter.reference});
}

enum status campaign_letter_cancel(struct ctx *ctx, const char *reference, const char *scope)
{
    struct acting acting = {reference, scope, NULL};
    return store_transact(ctx, "campaign_letter_cancel", cancel_once, &acting);
}

/* ---- the job ---- */

static const char *why(const char *source)
{
    return strcmp(source, "lead") == 0
               ? "You get this letter because you lead for your organisation here."
           : strcmp(source, "signatory") == 0
               ? "You get this letter because a pledge names you as the one who signs it."
               : "You get this letter because the programme has your work address as a contact of "
                 "your organisation.";
}

static enum status put_mail(struct ctx *ctx, const struct campaign_letter_find_row *letter,
                            const struct campaign_recipients_next_row *to, const char *token)
{
    const struct campaign_values values = {
        to->organisation_name, to->contact_name, to->region_name,
        days_text(ctx->mem, to->days_waiting),
        mem_format(ctx->mem, "%s/pledges/sign", ctx->settings->base_url)};
    const char *stop = mem_format(ctx->mem, "/letters/stop/%s", token);
    const struct mail_part *words;
    TRY(campaign_parts(ctx, letter->body, &values, &words));
    struct mail_part *parts = (struct mail_part *)(uintptr_t)words; /* room for three more */
    size_t count = 0;
    while (parts[count].kind != MAIL_PARTS_END)
        count++;
    parts[count++] = (struct mail_part)MAIL_TEXT(why(to->source));
    parts[count++] = (struct mail_part)MAIL_BUTTON("No more letters", stop);
    parts[count] = (struct mail_part)MAIL_END;
    return mail_put(
        ctx, &(const struct mail){
                 .kind = SEND_JOB,
                 .key = mem_format(ctx->mem, "campaign/%s/%" PRId64, letter->reference, to->number),
                 .about = letter->reference,
                 .to_address = to->email,
                 .to_name = to->contact_name,
                 .subject = campaign_fill(ctx->mem, letter->subject, &values),
                 .unsubscribe_url = stop,
                 .parts = parts});
}

static enum status send_one(struct ctx *ctx, const struct campaign_letter_find_row *letter,
                            const struct campaign_recipients_next_row *to,
                            const struct text_span *stop_key)
{
    bool is_stopped;
    int64_t changes;
    TRY(campaign_is_stopped(ctx, stop_key, to->email_key, &is_stopped));
    if (is_stopped || to->email[0] == '\0')
        return campaign_recipient_left_out(ctx, letter->id, to->number, ctx->now_secs, &changes);
    const char *token = random_token(ctx->mem);
    TRY(put_mail(ctx, letter, to, token));
    return campaign_recipient_sent(ctx, letter->id, to->number, hash_token(ctx->mem, token),
                                   ctx->now_secs, &changes);
}

static enum status portion_once(struct ctx *ctx, void *arg)
{
    const struct job *job = arg;
    struct campaign_letter_find_row letter;
    struct campaign_recipients_next_row *rows;
    size_t count;
    int64_t changes;
    struct text_span stop_key;
    TRY(campaign_letter_find(ctx, job->key, &letter));
    if (strcmp(letter.state, "sending") != 0) /* it was stopped */
        return job_finish(ctx, job);
    TRY(campaign_stop_key(ctx, &stop_key));
    TRY(campaign_recipients_next(ctx, letter.id, CAMPAIGN_PORTION, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(send_one(ctx, &letter, &rows[i], &stop_key));
    if (count == CAMPAIGN_PORTION)
        TRY(job_put(ctx, job->kind, job->key, "", 0));
    else
        TRY(campaign_letter_end(ctx, letter.id, "sent", ctx->now_secs, &changes));
    return job_finish(ctx, job);
}

static enum status send_portion(struct ctx *ctx, const struct job *job)
{
    return store_transact(ctx, "campaign_send", portion_once, (void *)(uintptr_t)job);
}

const struct job_kind campaign_job_kinds[] = {
    {.name = SEND_JOB, .fn = send_portion, .at_most_attempts = 10, .lease_secs = 120},
    {0},
};
