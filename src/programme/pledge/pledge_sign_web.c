/* SPDX-License-Identifier: MIT */
/*
 * pledge_sign_web.c - the journey by which an organisation signs: its fields, steps and words.
 *
 *   /pledges/sign ...      see journey.h
 */
#include "programme/pledge/pledge_sign_web.h"

#include "platform/base/time.h"
#include "programme/directory/directory_web.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_sign.html.h"

#include <string.h>

/* ---- choices that come from the framework in force ---- */

static const char *stage_name(const struct framework *framework, const char *code)
{
    const struct framework_stage *stage = framework_stage_of(framework, code);
    return stage == NULL ? code : stage->name;
}

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
        options[i] = (struct form_option){
            .code = intention->code,
            .label = intention->name,
            .hint = intention->text,
            .group = is_first ? stage_name(&framework, intention->stage) : NULL};
    }
    *out = options;
    return OK;
}

/* Only those that the pledge covers, for an action. */
static enum status chosen_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    const struct pledge_draft *draft = form;
    struct framework framework;
    TRY(framework_today(ctx, &framework));
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, framework.intention_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < framework.intention_count; i++) {
        const struct framework_intention *intention = &framework.intentions[i];
        bool is_chosen = draft == NULL;
        for (size_t k = 0; draft != NULL && k < draft->intentions.count; k++)
            is_chosen |= strcmp(draft->intentions.codes[k], intention->code) == 0;
        if (is_chosen)
            options[count++] =
                (struct form_option){.code = intention->code, .label = intention->name};
    }
    *out = options;
    return OK;
}

enum status pledge_union_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    struct framework framework;
    (void)form;
    TRY(framework_today(ctx, &framework));
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, framework.union_count + 1);
    for (size_t i = 0; i < framework.union_count; i++)
        options[i] = (struct form_option){.code = framework.unions[i].code,
                                          .label = framework.unions[i].name};
    *out = options;
    return OK;
}

/* ---- fields ---- */

static const struct form_field organisation_fields[] = {FORM_HIDDEN(pledge_draft, amends),
                                                        PLEDGE_ASKS_ORGANISATION, FORM_END};

static const struct form_field leader_fields[] = {
    FORM_NAME(pledge_draft, leader_name, .label = "Full name", .autocomplete = "name",
              .missing = "Enter the name of the person who signs"),
    FORM_TEXT(pledge_draft, leader_title, .label = "Job title",
              .hint = "For example, chief executive",
              .missing = "Enter the job title of the person who signs"),
    FORM_EMAIL(pledge_draft, leader_email, .label = "Work email address", .kept = "pledge-address",
               .hint = "We send the link to sign to this address. It is never shown to the public.",
               .missing = "Enter a work email address"),
    FORM_END};

static const struct form_field union_fields[] = {
    FORM_YES_NO(pledge_draft, has_union, .label = "Does a trade union or staff side sign with you?",
                .hint = "The pledge is a promise by the employer and its staff together.",
                .short_label = "Trade union or staff side signs",
                .missing = "Choose yes if a trade union or staff side signs with you"),
    PLEDGE_ASKS_UNION,
    FORM_NAME(pledge_draft, cosigner_name, .when = "has_union", .is = "yes",
              .label = "Full name of the representative who signs", .short_label = "Representative",
              .missing = "Enter the name of the representative"),
    FORM_TEXT(pledge_draft, cosigner_title, .when = "has_union", .is = "yes", .label = "Their role",
              .hint = "For example, branch secretary",
              .missing = "Enter the role of the representative"),
    FORM_EMAIL(pledge_draft, cosigner_email, .when = "has_union", .is = "yes",
               .label = "Their email address", .hint = "They get a link of their own to sign.",
               .missing = "Enter the representative’s email address"),
    FORM_LONG_TEXT(pledge_draft, no_union_reason, .when = "has_union", .is = "no",
                   .length_most = 500, .rows = 3,
                   .label = "Why does no trade union or staff side sign?",
                   .short_label = "Why there is none", .hint = "This is shown with the pledge.",
                   .missing = "Enter why no trade union or staff side signs"),
    FORM_END};

const struct form_field pledge_intention_fields[] = {
    FORM_SEVERAL_OF(pledge_draft, intentions, .options_from = intention_options,
                    .label = "Which intentions does your pledge cover?",
                    .hint = "Choose those that you will work on. You plan at least one action "
                            "for your pledge on the next page.",
                    .short_label = "Intentions", .missing = "Choose at least one intention"),
    FORM_END};

static const struct form_field action_fields[] = {
    FORM_HIDDEN(pledge_action_draft, standard),
    FORM_ONE_OF(pledge_action_draft, intention, .options_from = chosen_options,
                .label = "Which intention is it for?", .short_label = "Intention",
                .missing = "Choose the intention that the action is for"),
    FORM_LONG_TEXT(pledge_action_draft, action, .length_most = 500, .rows = 3,
                   .label = "What will you do?", .short_label = "Action",
                   .missing = "Enter what you will do"),
    FORM_LONG_TEXT(pledge_action_draft, baseline, .length_most = 500, .rows = 2,
                   .label = "Where are you now?", .short_label = "Where we are now",
                   .hint = "A figure of today, so that progress can be seen",
                   .missing = "Enter where you are now"),
    FORM_TEXT(pledge_action_draft, measure, .label = "What will you count?",
              .short_label = "Measure", .missing = "Enter what you will count"),
    FORM_TEXT(pledge_action_draft, target, .label = "What is your target?", .short_label = "Target",
              .missing = "Enter your target"),
    FORM_TEXT(pledge_action_draft, lead, .label = "Who leads it?", .short_label = "Lead",
              .hint = "A name or a job title", .missing = "Enter who leads it"),
    FORM_TEXT(pledge_action_draft, partners, .is_optional = true, .label = "Partners",
              .hint = "For example, a college or a charity"),
    FORM_DATE(pledge_action_draft, start_on, .label = "Start date",
              .missing = "Enter the start date"),
    FORM_DATE(pledge_action_draft, due_on, .label = "Due date", .missing = "Enter the due date"),
    FORM_END};

const struct form_field pledge_plan_fields[] = {
    FORM_GROUP(pledge_draft, actions, pledge_action_draft, action_fields,
               .label = "Your action plan", .missing = "Add at least one action", .items_least = 1,
               .items_most = PLEDGE_ACTIONS_MAX),
    FORM_END};

const struct form_option pledge_shown_options[] = {
    {"leader", "The name of the leader who signs", NULL, NULL},
    {"cosigner", "The name of the staff side’s representative", NULL, NULL},
    {"leads", "Who leads each action", NULL, NULL},
    {0}};

static const char *const plan_endings[] = {".pdf", ".docx", ".png", ".jpg", NULL};

static const struct form_field public_fields[] = {
    FORM_LONG_TEXT(pledge_draft, statement, .is_optional = true, .length_most = 1500, .rows = 6,
                   .label = "A statement in your own words", .short_label = "Statement",
                   .hint = "Why this matters to you. It is shown on your page."),
    FORM_SEVERAL_OF(pledge_draft, shown, .options = pledge_shown_options, .is_optional = true,
                    .label = "Which names may the public see?", .short_label = "Names shown",
                    .hint = "Job titles are always shown. Ask each person first."),
    FORM_FILE(pledge_draft, plan_file, .is_optional = true, .file_types = plan_endings,
              .label = "A plan that you have already", .short_label = "Your own plan",
              .hint = "PDF, Word or a picture, up to 10 MB. Only the programme sees it."),
    FORM_END};

/* ---- words and ready-made actions ---- */

static enum status start_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    pledge_sign_start(out);
    return OK;
}

static enum status leader_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    pledge_sign_leader(out);
    return OK;
}

static enum status plan_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    pledge_sign_plan(out);
    return OK;
}

static enum status preview_words(struct ctx *ctx, const void *draft, struct view *out)
{
    struct pledge_sign_text page;
    TRY(pledge_text(ctx, draft, true, &page.text));
    TRY(pledge_text(ctx, draft, false, &page.public_text));
    pledge_sign_preview(out, &page);
    return OK;
}

static enum status declaration_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx;
    const struct pledge_draft *pledge = draft;
    pledge_sign_declaration(out, pledge->has_union == FORM_YES);
    return OK;
}

static enum status next_words(struct ctx *ctx, const char *reference, struct view *out)
{
    struct pledge pledge;
    TRY(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge));
    pledge_sign_next(
        out, &(const struct pledge_sign_next_page){.organisation = pledge.organisation_name,
                                                   .code = pledge.code,
                                                   .has_union = pledge.no_union_reason[0] == '\0'});
    return OK;
}

const char *pledge_action_title(struct mem *mem, const void *item)
{
    const struct pledge_action_draft *action = item;
    (void)mem;
    return action->action;
}

/* An action of the library as the answers of one item, with dates from today. */
static enum status ready_answers(struct ctx *ctx, const struct framework_action *action,
                                 struct form_answers *out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *due;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.months = (int)action->months}, &due));
    answers_add(ctx->mem, out, "standard", action->code);
    answers_add(ctx->mem, out, "intention", action->intention);
    answers_add(ctx->mem, out, "action", action->action);
    answers_add(ctx->mem, out, "measure", action->measure);
    answers_add(ctx->mem, out, "target", action->suggested_target);
    answers_add(ctx->mem, out, "start_on", today);
    answers_add(ctx->mem, out, "due_on", due);
    return OK;
}

static bool covers(const struct pledge_draft *draft, const char *intention)
{
    for (size_t i = 0; i < draft->intentions.count; i++) {
        if (strcmp(draft->intentions.codes[i], intention) == 0)
            return true;
    }
    return false;
}

enum status pledge_action_library(struct ctx *ctx, const void *draft,
                                  const struct journey_ready **out, size_t *count_out)
{
    struct framework framework;
    const char *last = "";
    TRY(framework_today(ctx, &framework));
    struct journey_ready *ready = mem_array(ctx->mem, struct journey_ready, framework.action_count);
    *count_out = 0;
    for (size_t i = 0; i < framework.action_count; i++) {
        const struct framework_action *action = &framework.actions[i];
        const struct framework_intention *intention =
            framework_intention_of(&framework, action->intention);
        if (!covers(draft, action->intention))
            continue;
        struct journey_ready *one = &ready[(*count_out)++];
        *one = (struct journey_ready){
            .code = action->code,
            .label = action->action,
            .hint = mem_format(ctx->mem, "Counts: %s. Target, for example: %s", action->measure,
                               action->suggested_target),
            .group = strcmp(last, action->intention) == 0 ? NULL : intention->name};
        last = action->intention;
        TRY(ready_answers(ctx, action, &one->answers));
    }
    *out = ready;
    return OK;
}

/* ---- rules, as the steps call them ---- */

static enum status check_organisation(struct ctx *ctx, const void *draft,
                                      struct form_problems *problems)
{
    return pledge_check_organisation(ctx, draft, problems);
}

static enum status check_union(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return pledge_check_union(ctx, draft, problems);
}

static enum status check_plan(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return pledge_check_plan(ctx, draft, problems);
}

static enum status send(struct ctx *ctx, const void *draft, struct form_problems *problems,
                        struct journey_done *done)
{
    return pledge_send(ctx, draft, problems, &done->reference);
}

static const struct journey_step steps[] = {
    {.name = "organisation",
     .fields = organisation_fields,
     .short_title = "Organisation",
     .check = check_organisation},
    {.name = "leader",
     .fields = leader_fields,
     .title = "Who signs for the employer?",
     .short_title = "The employer’s leader",
     .intro = leader_words},
    {.name = "staff-side",
     .fields = union_fields,
     .title = "Trade union or staff side",
     .check = check_union},
    {.name = "intentions", .fields = pledge_intention_fields},
    {.name = "plan",
     .fields = pledge_plan_fields,
     .title = "Your action plan",
     .check = check_plan,
     .intro = plan_words,
     .item_noun = "action",
     .item_title = pledge_action_title,
     .library = pledge_action_library},
    {.name = "public", .fields = public_fields, .title = "What the public sees"},
    {.name = "preview", .title = "Read your pledge", .intro = preview_words},
    {0}};

const struct journey pledge_signing = {
    .name = "pledge",
    .title = "Sign the Partnership Pledge",
    .send_button = "Send for signing",
    .draft_bytes = sizeof(struct pledge_draft),
    .steps = steps,
    .keep_days = PLEDGE_DRAFT_KEPT_DAYS,
    .section = "/pledges",
    .kept = "pledge-record",
    .start = start_words,
    .declaration = declaration_words,
    .finish = send,
    .next = next_words,
};
