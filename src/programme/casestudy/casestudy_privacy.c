/* SPDX-License-Identifier: MIT */
/* casestudy_privacy.c - what case studies keep about people, and when it goes. */
#include "platform/document/upload.h"
#include "programme/access/access.h"
#include "programme/casestudy/casestudy_internal.h"

static enum status remove_one(struct ctx *ctx, const struct casestudy_due_row *due)
{
    size_t count;
    int64_t changes;
    struct upload *files;
    const char *owner = casestudy_owner(ctx->mem, due->reference);
    TRY(upload_list(ctx, owner, CASESTUDY_PICTURES_MAX + CASESTUDY_PAPERS_MAX, &files, &count));
    for (size_t i = 0; i < count; i++)
        TRY(upload_remove(ctx, files[i].id, owner));
    return casestudy_remove(ctx, due->organisation_id, due->id, &changes);
}

/* A batch goes with its pictures and scans. */
static enum status retain(struct ctx *ctx, int64_t *changed_out)
{
    size_t count;
    int64_t before;
    const char *before_on;
    struct privacy_rule rule;
    struct casestudy_due_row *due;
    TRY(privacy_rule_find(ctx, "case-study", &rule));
    TRY(privacy_rule_before(ctx, &rule, &before, &before_on));
    TRY(casestudy_due(ctx, before, ctx->now_secs - CASESTUDY_CONFIRM_SECS, PRIVACY_BATCH_ROWS, &due,
                      &count));
    for (size_t i = 0; i < count; i++)
        TRY(remove_one(ctx, &due[i]));
    *changed_out = (int64_t)count;
    return OK;
}

static enum status forget_shown(struct ctx *ctx, const struct privacy_subject *subject,
                                int64_t *changed_out)
{
    return casestudy_forget_person(ctx, subject->email_key, changed_out);
}

#define OF_CASE_STUDY                                                                              \
    .kind = PRIVACY_OPERATIONAL, .access = MAY_EDIT_CONTENT, .rule = "case-study",                 \
    .goes_with = "casestudy"

const struct privacy_holding casestudy_holdings[] = {
    {.table = "casestudy",
     .name = "Case studies that you sent",
     .what = "your name, your job if you said it, and your email address",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "to ask you about what you sent, and whether it is still right",
     .source = "you",
     .recipients = "the editors; the public reads the case study without your name",
     .access = MAY_EDIT_CONTENT,
     .rule = "case-study",
     .rows = &casestudy_copy_query,
     .erase = &casestudy_erase_query,
     .kept_because = "The case study stays as what your organisation did, without your name. To "
                     "take it off the page, use the link in our first message.",
     .retain_by = retain},
    {.table = "casestudy_version",
     .name = "Who to ask about a case study",
     .what = "the name and the address of whoever answers questions about a case study, and its "
             "words",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that readers can ask somebody who was there",
     .source = "whoever sent the case study",
     .recipients = "the public",
     .rows = &casestudy_contact_copy_query,
     .erase = &casestudy_contact_erase_query,
     OF_CASE_STUDY},
    {.table = "casestudy_event",
     .name = "What you did with case studies",
     .what = "that you edited, published, returned or withdrew a case study, when, and why",
     .whose = PRIVACY_OF_STAFF,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that it can be seen who published what",
     .source = "what you did here",
     .rows = &casestudy_event_copy_query,
     .kept_because = "Who published what the public read must be known. It is kept by your number "
                     "alone, and goes with the case study.",
     OF_CASE_STUDY},
    {.table = "casestudy_person",
     .name = "Pictures that show you or your child",
     .what = "your name, your email address, whether you are under age, who your parent or "
             "guardian is, and whether you agree to be shown",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .basis = PRIVACY_CONSENT,
     .purpose = "to show a picture only while everybody in it agrees",
     .source = "whoever sent the case study",
     .recipients = "the public sees the picture, never your name or address",
     .rows = &casestudy_person_copy_query,
     .erase_by = forget_shown,
     OF_CASE_STUDY},
    {.table = "casestudy_paper",
     .name = "Consents to a picture on paper",
     .what = "on which day you or your child signed, where the paper is kept, a scan of it where "
             "there is one; and who of the programme wrote it down and looked at it",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .basis = PRIVACY_CONSENT,
     .purpose = "so that a consent on paper counts like one that is given online, and can be shown",
     .source = "whoever sent the case study, or an editor",
     .rows = &casestudy_paper_copy_query,
     .kept_back = "The scan itself is not in the copy, for others may have signed on the same "
                  "paper. Ask the programme for it.",
     .kept_because = "The scan and where the paper is kept go with your name. That there was a "
                     "paper, and who looked at it, stays as long as the case study.",
     OF_CASE_STUDY},
    {.table = "casestudy_picture",
     .name = "Pictures in case studies",
     .what = "pictures in which you can be known",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .basis = PRIVACY_CONSENT,
     .purpose = "to show others how something was done",
     .source = "whoever sent the case study",
     .recipients = "the public, while everybody in the picture agrees",
     .listed_with = "the pictures that show you, and found by their case study",
     .kept_because = "A picture goes at once when somebody in it takes their consent back. That "
                     "there was one stays.",
     OF_CASE_STUDY},
    {.table = "casestudy_shown",
     .name = "Who can be known in which picture",
     .what = "in which pictures you can be known",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .basis = PRIVACY_CONSENT,
     .purpose = "so that your word counts for the pictures that show you",
     .source = "whoever sent the case study",
     .listed_with = "the pictures that show you",
     .kept_because = "It holds numbers alone, which name nobody once your name is gone.",
     OF_CASE_STUDY},
    {.table = "casestudy_reuse",
     .name = "Case studies that you say you did too",
     .what = "your name, your email address, your organisation and what you wrote",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that each organisation counts once, and others see that an idea travels",
     .source = "you",
     .recipients = "the public reads the name of your organisation; the editors and who sent the "
                   "case study read your words",
     .rows = &casestudy_reuse_copy_query,
     .erase = &casestudy_reuse_erase_query,
     .kept_because =
         "That your organisation did it too stays, without your name, address and words.",
     OF_CASE_STUDY},
    {.table = "casestudy_proof",
     .name = "Codes for case studies",
     .what = "your email address, and that a code went to it; for a day, a mark made from the "
             "internet address where a wrong code was typed",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that nobody sends something in your name",
     .source = "you",
     .listed_with = "what you sent",
     .erase = &casestudy_proof_erase_query,
     OF_CASE_STUDY},
    {0},
};
