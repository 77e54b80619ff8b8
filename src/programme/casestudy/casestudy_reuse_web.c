/* SPDX-License-Identifier: MIT */
/*
 * casestudy_reuse_web.c - the short journey "we did this too".
 *
 *   /case-studies/reuse ...      see journey.h; begun from the page of a case study
 */
#include "programme/casestudy/casestudy_page.html.h"
#include "programme/casestudy/casestudy_web.h"
#include "programme/directory/directory_web.h"

enum { DRAFT_KEPT_DAYS = 14 };

static const struct form_field study_fields[] = {
    FORM_TEXT(casestudy_reuse_draft, case_study, .label = "Which case study did you do too?",
              .short_label = "Case study", .length_most = 40,
              .hint = "Its reference, at the top of the case study. It looks like CS-1234-5678",
              .missing = "Enter the reference of the case study"),
    FORM_END};

static const struct form_field organisation_fields[] = {
    FORM_LOOKUP(casestudy_reuse_draft, organisation, .in = &directory_organisations,
                .label = "Which organisation did it too?", .short_label = "Organisation",
                .hint = "Start typing a name, postcode or ODS code. The public reads its name",
                .missing = "Choose the organisation that did it too"),
    FORM_END};

static const struct form_field word_fields[] = {
    FORM_LONG_TEXT(casestudy_reuse_draft, words, .is_optional = true, .rows = 4,
                   .length_most = CASESTUDY_REASON_CHARS,
                   .label = "What did you change, and how did it go?",
                   .short_label = "What you changed",
                   .hint = "You can leave this out. Who wrote the case study and the editors read "
                           "it. Write no names"),
    FORM_END};

static const struct form_field sender_fields[] = {
    FORM_NAME(casestudy_reuse_draft, name, .label = "Your name", .autocomplete = "name",
              .missing = "Enter your name"),
    FORM_EMAIL(casestudy_reuse_draft, email, .label = "Your email address", .autocomplete = "email",
               .hint = "We send a code to it. It is never shown",
               .missing = "Enter your email address"),
    FORM_END};

static enum status start_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    casestudy_reuse_start(out);
    return OK;
}

static enum status send(struct ctx *ctx, const void *draft, struct form_problems *problems,
                        struct journey_done *done)
{
    return casestudy_reuse_send(ctx, draft, problems, &done->reference);
}

static const char *onward(struct mem *mem, const char *reference)
{
    return mem_format(mem, "/case-studies/confirm/%s", reference);
}

static const struct journey_step steps[] = {
    {.name = "study", .fields = study_fields, .short_title = "Case study"},
    {.name = "organisation", .fields = organisation_fields, .short_title = "Who did it too"},
    {.name = "words", .fields = word_fields, .short_title = "What you changed"},
    {.name = "you", .fields = sender_fields, .title = "About you"},
    {0}};

const struct journey casestudy_reusing = {
    .name = "casestudy_reuse",
    .title = "We did this too",
    .draft_bytes = sizeof(struct casestudy_reuse_draft),
    .steps = steps,
    .keep_days = DRAFT_KEPT_DAYS,
    .section = "/case-studies",
    .kept = "case-study",
    .start = start_words,
    .finish = send,
    .onward = onward,
};
