/* SPDX-License-Identifier: MIT */
/*
 * paper_record_web.c - the journey by which staff write down a whole pledge from a paper.
 *
 *   /desk/paper/record ...      see journey.h
 *
 * It asks what the journey of signing asks, and the days that are written beside the signatures.
 * What was written down is kept as the answers of this table, and read by it again.
 */
#include "programme/paper/paper_record_web.h"

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "programme/directory/directory_web.h"
#include "programme/pack/pack.h"
#include "programme/paper/paper_page.html.h"
#include "programme/paper/paper_web.h"

#include <string.h>

enum { DRAFT_KEPT_DAYS = 30, LINES_MAX = 40 + PLEDGE_ACTIONS_MAX };

/* ---- fields ---- */

static enum status wording_options(struct ctx *ctx, const void *form,
                                   const struct form_option **out)
{
    struct framework framework;
    (void)form;
    TRY(framework_today(ctx, &framework));
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, framework.wording_count + 1);
    for (size_t i = 0; i < framework.wording_count; i++)
        options[i] = (struct form_option){
            .code = framework.wordings[i].code,
            .label = mem_format(ctx->mem, "%s, in force from %s", framework.wordings[i].code,
                                time_show_day(ctx->mem, framework.wordings[i].valid_from))};
    *out = options;
    return OK;
}

static const struct form_field paper_fields[] = {
    FORM_TEXT(paper_pledge, paper, .label = "Reference of the paper",
              .hint = "It begins with PA. You get it when you put the scan in.",
              .missing = "Enter the reference of the paper"),
    FORM_ONE_OF(pledge_draft, wording, .options_from = wording_options, .is_select = true,
                .label = "Code of the words on the paper", .short_label = "Words",
                .hint = "It stands below the words, and at the foot of each page.",
                .missing = "Choose the code that is printed on the paper"),
    FORM_END};

static const struct form_field organisation_fields[] = {PLEDGE_ASKS_ORGANISATION, FORM_END};

static const struct form_field leader_fields[] = {
    FORM_NAME(pledge_draft, leader_name, .label = "Full name, as it is written",
              .short_label = "Leader", .autocomplete = "off",
              .missing = "Enter the name of the person who signs"),
    FORM_TEXT(pledge_draft, leader_title, .label = "Job title", .short_label = "Leader’s job title",
              .missing = "Enter the job title of the person who signs"),
    FORM_EMAIL(pledge_draft, leader_email, .is_optional = true, .autocomplete = "off",
               .label = "Work email address", .short_label = "Leader’s email address",
               .kept = "pledge-address", .hint = "Leave it empty when there is none on the paper."),
    FORM_DATE(paper_pledge, leader_signed_on, .label = "Day beside the signature",
              .short_label = "Leader signed on", .missing = "Enter the day beside the signature"),
    FORM_END};

static const struct form_field union_fields[] = {
    FORM_YES_NO(pledge_draft, has_union, .label = "Has a trade union or staff side signed?",
                .short_label = "Trade union or staff side signs",
                .missing = "Choose yes if a trade union or staff side has signed"),
    PLEDGE_ASKS_UNION,
    FORM_NAME(pledge_draft, cosigner_name, .when = "has_union", .is = "yes",
              .label = "Full name of the representative, as it is written",
              .short_label = "Representative", .autocomplete = "off",
              .missing = "Enter the name of the representative"),
    FORM_TEXT(pledge_draft, cosigner_title, .when = "has_union", .is = "yes", .label = "Their role",
              .missing = "Enter the role of the representative"),
    FORM_EMAIL(pledge_draft, cosigner_email, .when = "has_union", .is = "yes", .is_optional = true,
               .autocomplete = "off", .label = "Their email address",
               .short_label = "Representative’s email address"),
    FORM_DATE(paper_pledge, cosigner_signed_on, .when = "has_union", .is = "yes",
              .label = "Day beside their signature", .short_label = "Representative signed on",
              .missing = "Enter the day beside their signature"),
    FORM_LONG_TEXT(pledge_draft, no_union_reason, .when = "has_union", .is = "no",
                   .length_most = 500, .rows = 3,
                   .label = "Why does no trade union or staff side sign?",
                   .short_label = "Why there is none",
                   .missing = "Enter why no trade union or staff side signs"),
    FORM_END};

static const struct form_field public_fields[] = {
    FORM_LONG_TEXT(pledge_draft, statement, .is_optional = true, .length_most = 1500, .rows = 6,
                   .label = "Their statement", .short_label = "Statement",
                   .hint = "Leave it empty when there is none on the paper."),
    FORM_SEVERAL_OF(pledge_draft, shown, .options = pledge_shown_options, .is_optional = true,
                    .label = "Which names may the public see?", .short_label = "Names shown",
                    .hint = "Only those that are ticked on the paper."),
    FORM_END};

/* ---- the journey ---- */

static enum status check_paper(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return paper_check_reference(ctx, draft, problems);
}

static enum status check_organisation(struct ctx *ctx, const void *draft,
                                      struct form_problems *problems)
{
    return paper_check_organisation(ctx, draft, problems);
}

static enum status check_leader(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return paper_check_leader(ctx, draft, problems);
}

static enum status check_union(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return paper_check_union(ctx, draft, problems);
}

static enum status check_plan(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return pledge_check_plan(ctx, draft, problems);
}

static enum status start_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    paper_record_start(out);
    return OK;
}

static enum status declaration_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    paper_record_declaration(out);
    return OK;
}

static enum status next_words(struct ctx *ctx, const char *reference, struct view *out)
{
    (void)ctx;
    paper_record_next(out, reference);
    return OK;
}

static void add_own_answers(struct mem *mem, const struct paper_pledge *written,
                            struct form_answers *out)
{
    answers_add(mem, out, "paper", written->paper);
    answers_add(mem, out, "wording", written->pledge.wording);
    answers_add(mem, out, "leader_signed_on", written->leader_signed_on);
    answers_add(mem, out, "cosigner_signed_on", written->cosigner_signed_on);
}

static enum status record(struct ctx *ctx, const void *draft, struct form_problems *problems,
                          struct journey_done *done)
{
    const struct paper_pledge *written = draft;
    struct form_answers answers = {0};
    pledge_draft_answers(ctx->mem, &written->pledge, &answers);
    add_own_answers(ctx->mem, written, &answers);
    TRY(paper_record_pledge(ctx, written, answers_pack(ctx->mem, &answers), problems));
    return id_reference_read(ctx->mem, written->paper, "PA", &done->reference);
}

static const struct journey_step steps[] = {
    {.name = "paper", .fields = paper_fields, .title = "Which paper?", .check = check_paper},
    {.name = "organisation",
     .fields = organisation_fields,
     .short_title = "Organisation",
     .check = check_organisation},
    {.name = "leader",
     .fields = leader_fields,
     .title = "Who signed for the employer?",
     .check = check_leader},
    {.name = "staff-side",
     .fields = union_fields,
     .title = "Who signed for the staff side?",
     .check = check_union},
    {.name = "intentions", .fields = pledge_intention_fields, .short_title = "Intentions"},
    {.name = "plan",
     .fields = pledge_plan_fields,
     .title = "The action plan on the paper",
     .check = check_plan,
     .item_noun = "action",
     .item_title = pledge_action_title,
     .library = pledge_action_library},
    {.name = "public", .fields = public_fields, .title = "What the public sees"},
    {0}};

const struct journey paper_recording = {
    .name = "paper",
    .title = "Record a pledge that came on paper",
    .send_button = "Send to be checked",
    .draft_bytes = sizeof(struct paper_pledge),
    .steps = steps,
    .keep_days = DRAFT_KEPT_DAYS,
    .section = "/desk",
    .kept = "paper",
    .start = start_words,
    .declaration = declaration_words,
    .finish = record,
    .next = next_words,
};

/* ---- what was written down ---- */

enum status paper_answers(struct ctx *ctx, const struct paper *paper, struct form_answers *out)
{
    if (paper->transcript[0] != '\0')
        return answers_unpack(ctx, paper->transcript, out);
    answers_add(ctx->mem, out, "paper", paper->reference);
    answers_add(ctx->mem, out, "organisation", paper->organisation);
    answers_add(ctx->mem, out, "organisation-typed", paper->name);
    return OK;
}

static enum status read_steps(struct ctx *ctx, const struct form_answers *answers,
                              struct paper_pledge *out)
{
    struct form_problems problems = {.count = 0};
    *out = (struct paper_pledge){.pledge = {.amends = "", .plan_file = {0, "", 0, ""}}};
    for (const struct journey_step *step = steps; step->name != NULL; step++) {
        enum status status = form_read(ctx, step->fields, answers, out, &problems);
        if (status == ERR_INVALID)
            return ctx_fail(ctx, ERR_INVALID, "\"%s\" of a paper does not fit any more: %s",
                            problems.items[0].field, problems.items[0].text);
        TRY(status);
    }
    return OK;
}

enum status paper_transcript_read(struct ctx *ctx, const struct paper *paper,
                                  struct paper_pledge *out)
{
    struct form_answers answers = {0};
    TRY(answers_unpack(ctx, paper->transcript, &answers));
    return read_steps(ctx, &answers, out);
}

/* ---- lines to compare ---- */

struct lines {
    struct form_option *items;
    size_t count;
};

static void add_line(struct lines *lines, const char *code, const char *label, const char *text)
{
    if (lines->count < LINES_MAX)
        lines->items[lines->count++] =
            (struct form_option){.code = code, .label = label, .hint = text};
}

static enum status add_fields(struct ctx *ctx, const struct form_shown *shown, struct lines *lines)
{
    struct form_line *found;
    size_t count;
    TRY(form_lines(ctx, shown, &found, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(found[i].field, "paper") != 0) /* its reference is ours, not on the paper */
            add_line(lines, found[i].field, found[i].label, found[i].text);
    return OK;
}

/* All of an action on one line. */
static enum status add_action(struct ctx *ctx, const struct form_answers *answers,
                              const struct paper_pledge *written, size_t at, struct lines *lines)
{
    struct form_line *found;
    size_t count;
    const char *text = "";
    struct form_shown shown = {.fields = pledge_plan_fields[0].fields,
                               .answers = answers,
                               .form = written,
                               .prefix = mem_format(ctx->mem, "actions-%zu-", at)};
    TRY(form_lines(ctx, &shown, &found, &count));
    for (size_t i = 0; i < count; i++)
        text = mem_format(ctx->mem, "%s%s%s: %s", text, i == 0 ? "" : ". ", found[i].label,
                          found[i].text);
    add_line(lines, mem_format(ctx->mem, "actions-%zu", at),
             mem_format(ctx->mem, "Action %zu", at + 1), text);
    return OK;
}

static enum status lines_of_pledge(struct ctx *ctx, const struct paper *paper, struct lines *lines)
{
    struct form_answers answers = {0};
    struct paper_pledge written;
    TRY(answers_unpack(ctx, paper->transcript, &answers));
    TRY(read_steps(ctx, &answers, &written));
    for (const struct journey_step *step = steps; step->name != NULL; step++) {
        struct form_shown shown = {.fields = step->fields, .answers = &answers, .form = &written};
        TRY(add_fields(ctx, &shown, lines));
        for (size_t i = 0; step->fields == pledge_plan_fields && i < written.pledge.actions.count;
             i++)
            TRY(add_action(ctx, &answers, &written, i, lines));
    }
    return OK;
}

static enum status lines_of_signature(struct ctx *ctx, const struct paper *paper,
                                      struct lines *lines)
{
    struct pledge pledge;
    TRY(pledge_find(ctx, paper->pledge, PLEDGE_FOR_STAFF, &pledge));
    add_line(lines, "pledge", "The paper is for this pledge",
             mem_format(ctx->mem, "%s, %s, code %s", pledge.reference, pledge.organisation_name,
                        pledge.code));
    for (size_t i = 0; i < pledge.signature_count; i++)
        if (strcmp(pledge.signatures[i].role, paper->side) == 0)
            add_line(lines, "named", "It is signed by whom the pledge names",
                     mem_format(ctx->mem, "%s, %s", pledge.signatures[i].name,
                                pledge.signatures[i].office));
    add_line(lines, "signer", "The name as it is written", paper->signer);
    add_line(lines, "signed_on", "The day beside the signature",
             time_show_day(ctx->mem, paper->signed_on));
    add_line(
        lines, "words", "The words on the paper are those of the pledge",
        mem_format(ctx->mem, "Words %s, fingerprint %.16s…", pledge.wording, pledge.text_digest));
    return OK;
}

enum status paper_lines(struct ctx *ctx, const struct paper *paper, struct form_option **out,
                        size_t *count_out)
{
    struct lines lines = {mem_array(ctx->mem, struct form_option, LINES_MAX + 1), 0};
    TRY((paper->is_whole ? lines_of_pledge : lines_of_signature)(ctx, paper, &lines));
    *out = lines.items;
    *count_out = lines.count;
    return OK;
}
