/* SPDX-License-Identifier: MIT */
/*
 * individual_sign_web.c - the journey by which one person signs: its fields, steps and words.
 *
 *   /pledges/individual ...      see journey.h
 */
#include "platform/base/time.h"
#include "programme/directory/directory_web.h"
#include "programme/individual/individual_page.html.h"
#include "programme/individual/individual_web.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge.h"

#include <string.h>

enum { DRAFT_KEPT_DAYS = 14 };

/* ---- fields ---- */

static const struct form_field name_fields[] = {
    FORM_NAME(individual_draft, name, .label = "Your name", .autocomplete = "name",
              .missing = "Enter your name"),
    FORM_END};

static const struct form_field work_fields[] = {
    FORM_TEXT(individual_draft, role, .is_optional = true, .label = "Your job or role",
              .autocomplete = "organization-title",
              .hint = "For example, healthcare assistant, volunteer or parent"),
    FORM_TEXT(individual_draft, band, .is_optional = true, .length_most = 40,
              .label = "Your pay band", .hint = "If you have one. For example, band 3"),
    FORM_END};

static const struct form_option employer_kinds[] = {
    {"listed", "An organisation in health and care that I can look up", NULL, NULL},
    {"other", "Somewhere else", NULL, NULL},
    {"none", "I do not work, or do not want to say", NULL, NULL},
    {0}};

static const struct form_field employer_fields[] = {
    FORM_ONE_OF(individual_draft, employer_kind, .options = employer_kinds, .is_optional = true,
                .label = "Where do you work?", .short_label = "Where you work"),
    FORM_LOOKUP(individual_draft, employer, .in = &directory_organisations,
                .label = "Which organisation?", .hint = "Type its name, town, postcode or code",
                .short_label = "Organisation", .missing = "Enter the organisation",
                .when = "employer_kind", .is = "listed"),
    FORM_TEXT(individual_draft, employer_other, .label = "Its name", .short_label = "Employer",
              .missing = "Enter where you work", .when = "employer_kind", .is = "other"),
    FORM_END};

static enum status intention_options(struct ctx *ctx, const void *form,
                                     const struct form_option **out)
{
    struct framework framework;
    (void)form;
    TRY(framework_today(ctx, &framework));
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, framework.intention_count + 1);
    for (size_t i = 0; i < framework.intention_count; i++) {
        const struct framework_intention *intention = &framework.intentions[i];
        bool is_first = i == 0 || strcmp(framework.intentions[i - 1].stage, intention->stage) != 0;
        const struct framework_stage *stage = framework_stage_of(&framework, intention->stage);
        options[i] = (struct form_option){.code = intention->code,
                                          .label = intention->name,
                                          .hint = intention->text,
                                          .group = is_first ? stage->name : NULL};
    }
    *out = options;
    return OK;
}

static const struct form_field intention_fields[] = {
    FORM_SEVERAL_OF(individual_draft, intentions, .options_from = intention_options,
                    .items_least = 1, .label = "What will you work towards?",
                    .hint = "Choose one or more.", .short_label = "Intentions",
                    .missing = "Choose at least one intention"),
    FORM_END};

static const struct form_field statement_fields[] = {
    FORM_LONG_TEXT(individual_draft, statement, .is_optional = true,
                   .length_most = INDIVIDUAL_STATEMENT_CHARS_MAX, .rows = 6,
                   .label = "What do you promise, in your own words?", .short_label = "Statement",
                   .hint = "You can leave this out. Do not write about other people."),
    FORM_END};

const struct form_option individual_shown_options[] = {
    {"name", "My name", NULL, NULL},
    {"role", "My job or role", NULL, NULL},
    {"band", "My pay band", NULL, NULL},
    {"employer", "Where I work", NULL, NULL},
    {"statement", "What I wrote in my own words", NULL, NULL},
    {"intentions", "The intentions that I chose", NULL, NULL},
    {0}};

static const struct form_field shown_fields[] = {INDIVIDUAL_SHOWN_FIELD(individual_draft),
                                                 FORM_END};
static const struct form_field reminder_fields[] = {INDIVIDUAL_REMIND_FIELD(individual_draft),
                                                    FORM_END};

static const struct form_field email_fields[] = {
    FORM_EMAIL(individual_draft, email, .label = "Your email address", .autocomplete = "email",
               .missing = "Enter your email address"),
    FORM_END};

/* ---- words ---- */

static enum status start_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    individual_start(out);
    return OK;
}

static enum status name_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    individual_name_words(out);
    return OK;
}

static enum status email_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    individual_email_words(out);
    return OK;
}

static enum status preview_words(struct ctx *ctx, const void *draft, struct view *out)
{
    struct individual_preview_page page = {.card = {.signed_on = ""}};
    TRY(individual_text(ctx, draft, &page.text));
    TRY(individual_draft_face(ctx, draft, &page.card.face));
    page.card.is_empty = individual_face_is_empty(&page.card.face);
    individual_preview(out, &page);
    return OK;
}

static enum status declaration_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    individual_declaration(out);
    return OK;
}

/* ---- rules ---- */

static enum status check_reminder(struct ctx *ctx, const void *draft,
                                  struct form_problems *problems)
{
    const struct individual_draft *pledge = draft;
    return individual_check_reminder(ctx, pledge->remind_on, problems);
}

static enum status sign(struct ctx *ctx, const void *draft, struct form_problems *problems,
                        struct journey_done *done)
{
    return individual_sign(ctx, draft, problems, &done->reference);
}

/* To the page where the code is typed. */
static const char *onward(struct mem *mem, const char *reference)
{
    return mem_format(mem, "/pledges/people/%s/confirm", reference);
}

static const struct journey_step steps[] = {
    {.name = "name",
     .fields = name_fields,
     .title = "What is your name?",
     .short_title = "You",
     .intro = name_words},
    {.name = "work",
     .fields = work_fields,
     .title = "What do you do?",
     .short_title = "What you do"},
    {.name = "employer",
     .fields = employer_fields,
     .title = "Where do you work?",
     .short_title = "Where you work"},
    {.name = "intentions", .fields = intention_fields, .short_title = "Your intentions"},
    {.name = "statement", .fields = statement_fields, .short_title = "In your own words"},
    {.name = "public", .fields = shown_fields, .short_title = "What the public sees"},
    {.name = "reminder",
     .fields = reminder_fields,
     .short_title = "Your reminder",
     .check = check_reminder},
    {.name = "email",
     .fields = email_fields,
     .title = "Your email address",
     .short_title = "Your address",
     .intro = email_words},
    {.name = "preview", .title = "Read your pledge", .intro = preview_words},
    {0}};

const struct journey individual_signing = {
    .name = "individual",
    .title = "Sign a pledge of your own",
    .send_button = "Sign and send",
    .draft_bytes = sizeof(struct individual_draft),
    .steps = steps,
    .keep_days = DRAFT_KEPT_DAYS,
    .section = "/pledges",
    .kept = "individual",
    .start = start_words,
    .declaration = declaration_words,
    .finish = sign,
    .onward = onward,
};
