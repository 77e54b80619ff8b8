/* SPDX-License-Identifier: MIT */
/*
 * privacy_platform_web.c - what the rooms below keep about people, and what this folder keeps.
 *
 * The platform and the audit know nothing of privacy, so they are declared here.
 */
#include "platform/document/upload.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/web/journey.h"
#include "platform/web/journey.sql.h"
#include "platform/web/session.h"
#include "platform/web/web.sql.h"
#include "programme/privacy/privacy.h"
#include "programme/privacy/privacy.sql.h"

enum { DRAFT_DAYS = 60 };

static const char from_your_browser[] = "your browser";

/* ---- the platform ---- */

static enum status purge_sessions(struct ctx *ctx, int64_t *changed_out)
{
    return session_purge(ctx, changed_out);
}

static enum status purge_drafts(struct ctx *ctx, int64_t *changed_out)
{
    return journey_purge(ctx, changed_out);
}

static enum status purge_uploads(struct ctx *ctx, int64_t *changed_out)
{
    size_t count;
    TRY(upload_purge(ctx, &count));
    *changed_out = (int64_t)count;
    return OK;
}

const struct privacy_holding privacy_platform_holdings[] = {
    {.table = "web_session",
     .name = "Where you are signed in",
     .what = "that you are signed in on a browser, and when it was last used",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that you need not sign in for each page",
     .source = from_your_browser,
     .rule = "session",
     .rows = &web_session_of_person_query,
     .erase = &web_session_remove_all_query,
     .retain_by = purge_sessions,
     .is_passing = true,
     .fixed_secs = SESSION_KEPT_SECS},
    {.table = "web_draft",
     .name = "Forms that you have not sent",
     .what = "what you typed so far",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that you can go on later",
     .source = "you",
     .rule = "draft",
     .rows = &web_draft_of_person_query,
     .erase = &web_draft_erase_query,
     .retain_by = purge_drafts,
     .is_passing = true,
     .fixed_secs = (int64_t)DRAFT_DAYS * TIME_DAY_SECS},
    {.table = "upload",
     .name = "Files that you send",
     .what = "the name of a file, and when it came",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that it can be read with what it was sent for",
     .source = "you",
     .rule = "file",
     .listed_with = "what it was sent for, such as a pledge",
     .kept_because = "A file stays as long as what it was sent for.",
     .retain_by = purge_uploads,
     .is_passing = true,
     .fixed_secs = UPLOAD_UNCLAIMED_SECS},
    {.table = "upload_content",
     .name = "What is in those files",
     .what = "what the file says",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that it can be read with what it was sent for",
     .source = "you",
     .rule = "file",
     .listed_with = "what it was sent for, such as a pledge",
     .kept_because = "A file stays as long as what it was sent for.",
     .goes_with = "upload",
     .is_passing = true,
     .fixed_secs = UPLOAD_UNCLAIMED_SECS},
    {.table = "mail",
     .name = "Emails that we send you",
     .what = "your email address, your name and what the email is about",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that the email reaches you, and we can see whether it went",
     .source = "you, or whoever named you",
     .recipients = "the mail service that carries it",
     .rule = "mail",
     .rows = &mail_of_person_query,
     .erase = &mail_erase_query,
     .kept_because = "An email that has not gone yet still goes, and is then forgotten.",
     .retain = &mail_forget_query,
     .is_passing = true,
     .fixed_secs = MAIL_KEPT_SECS},
    {0},
};

/* ---- the audit ---- */

static enum status forget_details(struct ctx *ctx, const struct privacy_subject *subject,
                                  int64_t *changed_out)
{
    *changed_out = 0;
    return subject->person.n == 0 ? OK : audit_forget_about(ctx, subject->person, changed_out);
}

/* In the order of audit_person_copy. */
enum { HAPPENED_AT, WHAT, YOU_DID_IT, AS_WHOM, THING, DETAILS, AUDIT_COLUMNS };

static enum status audit_words(struct ctx *ctx, struct store_value *cells, size_t row_count)
{
    for (size_t i = 0; i < row_count; i++) {
        struct store_value *row = &cells[i * AUDIT_COLUMNS];
        const struct audit_kind *kind = audit_kind_find(row[WHAT].text);
        if (kind != NULL)
            privacy_say(&row[WHAT], kind->sentence);
        const char *details = audit_detail_text(ctx->mem, row[DETAILS].text);
        if (details[0] != '\0') /* what does not read stays as it is kept */
            privacy_say(&row[DETAILS], details);
    }
    return OK;
}

const struct privacy_holding privacy_audit_holdings[] = {
    {.table = "audit_event",
     .name = "What was done and seen",
     .what = "who did what and who looked at whose record, when and in which role",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_LEGAL_DUTY,
     .purpose = "so that we can show who did and saw what",
     .source = "what people do here",
     .rule = "audit",
     .rows = &audit_person_copy_query,
     .words = audit_words,
     .erase_by = forget_details,
     .kept_because = "That something happened, and when, stays. It holds a number and not your "
                     "name, and nobody can change or leave out a part of it.",
     .retain = &audit_retain_query},
    {0},
};

/* ---- this folder ---- */

const struct privacy_holding privacy_own_holdings[] = {
    {.table = "privacy_consent",
     .name = "What you agreed to",
     .what = "what was agreed, in which words, by whom and how, and when it was taken back",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_LEGAL_DUTY,
     .purpose = "so that we do only what was agreed, and can show it",
     .source = "you, or who speaks for you",
     .rule = "consent",
     .rows = &privacy_consent_copy_query,
     .kept_because = "We must be able to show what was agreed, so it stays for its time.",
     .retain = &privacy_consent_retain_query},
    {.table = "privacy_restriction",
     .name = "Limits that you asked for",
     .what = "your email address and what we may not do with your data",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_LEGAL_DUTY,
     .purpose = "so that we keep to it",
     .source = "you",
     .rule = "restriction",
     .rows = &privacy_restriction_copy_query,
     .kept_because = "Without it we could not keep to what you asked.",
     .retain = &privacy_restriction_retain_query},
    {.table = "privacy_hold",
     .name = "Legal holds",
     .what = "that your data may not be deleted now, and why",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_LEGAL_DUTY,
     .purpose = "so that nothing is lost that a court or an inquiry needs",
     .source = "who keeps the records here",
     .rule = "hold",
     .rows = &privacy_hold_copy_query,
     .kept_because = "It shows why something was not deleted in its time.",
     .retain = &privacy_hold_retain_query},
    {0},
};
