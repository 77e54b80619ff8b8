/* SPDX-License-Identifier: MIT */
/*
 * casestudy_send_web.c - the journey by which somebody sends a case study.
 *
 *   /case-studies/send ...      see journey.h
 *
 * The fields of its words stand once, as macros: the journey asks them step by step, the author's
 * page and the editor's ask them all in one form.
 */
#include "platform/base/time.h"
#include "programme/casestudy/casestudy_page.html.h"
#include "programme/casestudy/casestudy_web.h"
#include "programme/directory/directory_web.h"
#include "programme/pack/pack.h"
#include "programme/pack/pack_web.h"

#include <inttypes.h>
#include <string.h>

enum { DRAFT_KEPT_DAYS = 30, NUMBER_BYTES = 24 };

/* ---- options ---- */

static const struct form_option *options_of(struct mem *mem, const struct casestudy_choice *choices)
{
    size_t count = 0;
    while (choices[count].code != NULL)
        count++;
    struct form_option *options = mem_array(mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){
            .code = choices[i].code, .label = choices[i].name, .hint = choices[i].hint};
    return options;
}

enum status casestudy_evidence_options(struct ctx *ctx, const struct form_option **out)
{
    *out = options_of(ctx->mem, casestudy_evidences);
    return OK;
}

static enum status ask_evidence(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    return casestudy_evidence_options(ctx, out);
}

static enum status ask_intentions(struct ctx *ctx, const void *form, const struct form_option **out)
{
    struct framework framework;
    (void)form;
    TRY(framework_today(ctx, &framework));
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, framework.intention_count + 1);
    for (size_t i = 0; i < framework.intention_count; i++)
        options[i] = (struct form_option){.code = framework.intentions[i].code,
                                          .label = framework.intentions[i].name};
    *out = options;
    return OK;
}

/* From the ages that the wording of packs/consent names. */
static enum status ask_age(struct ctx *ctx, const void *form, const struct form_option **out)
{
    struct consent_wording wording;
    (void)form;
    TRY(consent_wording_find(ctx, "story", &wording));
    struct form_option *options = mem_array(ctx->mem, struct form_option, 4);
    int64_t own = wording.own_from_years, below = wording.guardian_below_years;
    options[0] = (struct form_option){.code = "grown",
                                      .label = mem_format(ctx->mem, "%" PRId64 " or over", below)};
    options[1] = (struct form_option){
        .code = "young",
        .label = mem_format(ctx->mem, "%" PRId64 " to %" PRId64, own, below - 1),
        .hint = "We ask them, and a parent or guardian too"};
    options[2] = (struct form_option){.code = "child",
                                      .label = mem_format(ctx->mem, "Under %" PRId64, own),
                                      .hint = "We ask a parent or guardian, and not the child"};
    *out = options;
    return OK;
}

/* The pictures of this draft in which somebody can be known. */
static enum status ask_pictures(struct ctx *ctx, const void *form, const struct form_option **out)
{
    const struct casestudy_draft *draft = form;
    size_t count = draft != NULL ? draft->pictures.count : 0, filled = 0;
    const struct casestudy_picture_draft *pictures = count > 0 ? draft->pictures.items : NULL;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        if (pictures[i].shows_people == FORM_YES && pictures[i].picture.upload_id > 0)
            options[filled++] =
                (struct form_option){.code = casestudy_picture_code(ctx->mem, draft, i),
                                     .label = pictures[i].alternative};
    *out = options;
    return OK;
}

/* ---- fields ---- */

#define TITLE_FIELD                                                                                \
    FORM_TEXT(casestudy_words, title, .label = "Title", .length_most = CASESTUDY_TITLE_CHARS,      \
              .hint = "What was done, in a few words", .missing = "Enter a title")
#define SUMMARY_FIELD                                                                              \
    FORM_LONG_TEXT(casestudy_words, summary, .label = "In one or two sentences",                   \
                   .short_label = "Summary", .rows = 3, .length_most = CASESTUDY_SUMMARY_CHARS,    \
                   .missing = "Enter one or two sentences")
#define STAGE_FIELD                                                                                \
    FORM_ONE_OF(casestudy_words, stage, .options_from = stage_choices,                             \
                .label = "Which stage is it about?", .short_label = "Stage",                       \
                .missing = "Choose the stage")
#define PILLAR_FIELD                                                                               \
    FORM_ONE_OF(casestudy_words, pillar, .options_from = pillar_choices,                           \
                .label = "Which pillar of the programme does it belong to?",                       \
                .short_label = "Pillar", .missing = "Choose the pillar")
#define INTENTIONS_FIELD                                                                           \
    FORM_SEVERAL_OF(casestudy_words, intentions, .options_from = ask_intentions,                   \
                    .label = "What did you work towards?", .short_label = "Intentions",            \
                    .items_least = 1, .missing = "Choose at least one intention")
#define PROBLEM_FIELD                                                                              \
    FORM_LONG_TEXT(casestudy_words, problem, .label = "What was the problem?",                     \
                   .short_label = "The problem", .rows = 8, .length_most = CASESTUDY_TEXT_CHARS,   \
                   .missing = "Enter what the problem was")
#define DONE_FIELD                                                                                 \
    FORM_LONG_TEXT(casestudy_words, done, .label = "What did you do?",                             \
                   .short_label = "What was done", .rows = 10,                                     \
                   .length_most = CASESTUDY_TEXT_CHARS, .missing = "Enter what you did")
#define RESULT_FIELD                                                                               \
    FORM_LONG_TEXT(casestudy_words, result, .label = "What came of it?",                           \
                   .hint = "Also what did not work", .short_label = "The result", .rows = 8,       \
                   .length_most = CASESTUDY_TEXT_CHARS, .missing = "Enter what came of it")
#define EVIDENCE_FIELD                                                                             \
    FORM_ONE_OF(casestudy_words, evidence, .options_from = ask_evidence,                           \
                .label = "How do you know?", .short_label = "Evidence",                            \
                .missing = "Choose how you know")
#define COST_FIELD                                                                                 \
    FORM_LONG_TEXT(casestudy_words, cost, .is_optional = true, .label = "What did it cost?",       \
                   .short_label = "Cost", .rows = 3, .length_most = 600,                           \
                   .hint = "Money and time, roughly. For example, 2,000 pounds and half a day a "  \
                           "week of a coordinator")
#define CONTACT_FIELD                                                                              \
    FORM_TEXT(casestudy_words, contact, .label = "Who can readers ask?",                           \
              .short_label = "Who to ask",                                                         \
              .hint = "Best a team, “The widening access team”. The public reads this",            \
              .missing = "Enter who readers can ask")
#define CONTACT_EMAIL_FIELD                                                                        \
    FORM_EMAIL(casestudy_words, contact_email, .label = "Email address for questions",             \
               .short_label = "Their address",                                                     \
               .hint = "Best the shared address of a team. The public reads this",                 \
               .missing = "Enter the email address for questions")

#define ALL_WORDS                                                                                  \
    TITLE_FIELD, SUMMARY_FIELD, STAGE_FIELD, PILLAR_FIELD, INTENTIONS_FIELD, PROBLEM_FIELD,        \
        DONE_FIELD, RESULT_FIELD, EVIDENCE_FIELD, COST_FIELD, CONTACT_FIELD, CONTACT_EMAIL_FIELD

const struct form_field casestudy_word_fields[] = {ALL_WORDS, FORM_END};

const struct form_field casestudy_editor_fields[] = {
    ALL_WORDS,
    FORM_LONG_TEXT(casestudy_words, reason, .is_optional = true, .rows = 3,
                   .length_most = CASESTUDY_REASON_CHARS,
                   .label = "Why may words stay that claim more than the evidence shows?",
                   .short_label = "Reason",
                   .hint = "Only where such words stay. Kept with this version"),
    FORM_END};

static const struct form_field organisation_fields[] = {
    FORM_LOOKUP(casestudy_draft, organisation, .in = &directory_organisations,
                .label = "Which organisation did it?", .short_label = "Organisation",
                .hint = "Start typing a name, postcode or ODS code",
                .missing = "Choose the organisation that did it"),
    FORM_END};
static const struct form_field about_fields[] = {TITLE_FIELD, SUMMARY_FIELD, FORM_END};
static const struct form_field place_fields[] = {STAGE_FIELD, PILLAR_FIELD, FORM_END};
static const struct form_field intention_fields[] = {INTENTIONS_FIELD, FORM_END};
static const struct form_field problem_fields[] = {PROBLEM_FIELD, FORM_END};
static const struct form_field done_fields[] = {DONE_FIELD, FORM_END};
static const struct form_field result_fields[] = {RESULT_FIELD, FORM_END};
static const struct form_field evidence_fields[] = {EVIDENCE_FIELD, FORM_END};
static const struct form_field cost_fields[] = {COST_FIELD, FORM_END};
static const struct form_field contact_fields[] = {CONTACT_FIELD, CONTACT_EMAIL_FIELD, FORM_END};

static const char *const picture_types[] = {".jpg", ".png", NULL};

static const struct form_field picture_fields[] = {
    FORM_HIDDEN(casestudy_picture_draft, key),
    FORM_FILE(casestudy_picture_draft, picture, .file_types = picture_types,
              .file_bytes_most = CASESTUDY_PICTURE_BYTES, .is_photo = true, .label = "Picture",
              .hint = "A JPG or PNG of up to 8MB", .missing = "Choose a picture"),
    FORM_TEXT(casestudy_picture_draft, alternative, .label = "What does it show?",
              .hint = "For people who cannot see it, such as “Two apprentices at a microscope”. "
                      "Write no names",
              .missing = "Enter what the picture shows"),
    FORM_YES_NO(casestudy_picture_draft, shows_people, .label = "Can anybody be known in it?",
                .short_label = "People can be known",
                .missing = "Say whether anybody can be known in it"),
    FORM_END};

static const struct form_field pictures_fields[] = {
    FORM_GROUP(casestudy_draft, pictures, casestudy_picture_draft, picture_fields,
               .is_optional = true, .items_most = CASESTUDY_PICTURES_MAX, .label = "Pictures"),
    FORM_END};

static const struct form_option way_options[] = {
    {"email", "By email", "We ask them, and a parent or guardian of who is under age", NULL},
    {"paper", "On paper",
     "For who has no email. They sign a form, and you write that down on your own page later",
     NULL},
    {0}};

static const struct form_field person_fields[] = {
    FORM_NAME(casestudy_person_draft, name, .label = "Their name", .autocomplete = "off",
              .hint = "Only we and they see it", .missing = "Enter their name"),
    FORM_ONE_OF(casestudy_person_draft, age, .options_from = ask_age, .label = "How old are they?",
                .short_label = "Age", .missing = "Choose how old they are"),
    FORM_NAME(casestudy_person_draft, guardian_name, .is_optional = true, .autocomplete = "off",
              .label = "Name of a parent or guardian", .hint = "For somebody under age"),
    FORM_ONE_OF(casestudy_person_draft, way, .options = way_options, .label = "How do they agree?",
                .short_label = "How they agree", .missing = "Choose how they agree"),
    FORM_EMAIL(casestudy_person_draft, email, .when = "way", .is = "email", .is_optional = true,
               .autocomplete = "off", .label = "Their email address",
               .hint = "Where we ask them. Leave it out for a child who is not asked"),
    FORM_EMAIL(casestudy_person_draft, guardian_email, .when = "way", .is = "email",
               .is_optional = true, .autocomplete = "off",
               .label = "Email address of the parent or guardian",
               .hint = "For somebody under age"),
    FORM_SEVERAL_OF(casestudy_person_draft, pictures, .options_from = ask_pictures,
                    .items_least = 1, .label = "In which pictures can they be known?",
                    .in_json = "The first of the pictures is \"1\", the next \"2\"",
                    .short_label = "Pictures", .missing = "Choose at least one picture"),
    FORM_END};

static const struct form_field people_fields[] = {
    FORM_GROUP(casestudy_draft, people, casestudy_person_draft, person_fields, .is_optional = true,
               .items_most = CASESTUDY_PEOPLE_MAX, .label = "People in the pictures"),
    FORM_END};

static const struct form_field author_fields[] = {
    FORM_NAME(casestudy_draft, author_name, .label = "Your name", .autocomplete = "name",
              .missing = "Enter your name"),
    FORM_TEXT(casestudy_draft, author_role, .is_optional = true, .label = "Your job or role",
              .autocomplete = "organization-title"),
    FORM_EMAIL(casestudy_draft, email, .label = "Your email address", .autocomplete = "email",
               .hint = "We send a code to it. It is never shown",
               .missing = "Enter your email address"),
    FORM_END};

/* ---- words ---- */

#define WORDS(name_, view_)                                                                        \
    static enum status name_(struct ctx *ctx, const void *draft, struct view *out)                 \
    {                                                                                              \
        (void)ctx, (void)draft;                                                                    \
        view_(out);                                                                                \
        return OK;                                                                                 \
    }

WORDS(evidence_words, casestudy_evidence_words)
WORDS(text_words, casestudy_text_words)
WORDS(pictures_words, casestudy_pictures_words)
WORDS(people_words, casestudy_people_words)
WORDS(declaration_words, casestudy_declaration)

static enum status start_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    casestudy_start(out);
    return OK;
}

/* ---- rules ---- */

static bool shows_somebody(const void *arg)
{
    const struct casestudy_draft *draft = arg;
    const struct casestudy_picture_draft *pictures = draft->pictures.items;
    for (size_t i = 0; i < draft->pictures.count; i++)
        if (pictures[i].shows_people == FORM_YES)
            return true;
    return false;
}

static enum status check_people(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return casestudy_check_people(ctx, draft, problems);
}

static const char *picture_title(struct mem *mem, const void *item)
{
    (void)mem;
    return ((const struct casestudy_picture_draft *)item)->alternative;
}

static const char *person_title(struct mem *mem, const void *item)
{
    (void)mem;
    return ((const struct casestudy_person_draft *)item)->name;
}

static enum status send(struct ctx *ctx, const void *draft, struct form_problems *problems,
                        struct journey_done *done)
{
    return casestudy_send(ctx, draft, problems, &done->reference);
}

static const char *onward(struct mem *mem, const char *reference)
{
    return mem_format(mem, "/case-studies/confirm/%s", reference);
}

static const struct journey_step steps[] = {
    {.name = "organisation", .fields = organisation_fields, .short_title = "Who did it"},
    {.name = "about",
     .fields = about_fields,
     .title = "What is it about?",
     .short_title = "What it is about"},
    {.name = "place",
     .fields = place_fields,
     .title = "Where does it belong?",
     .short_title = "Where it belongs"},
    {.name = "intentions", .fields = intention_fields, .short_title = "Intentions"},
    {.name = "problem", .fields = problem_fields, .title = "The problem", .intro = text_words},
    {.name = "what", .fields = done_fields, .title = "What was done", .intro = text_words},
    {.name = "result", .fields = result_fields, .title = "What came of it", .intro = text_words},
    {.name = "evidence",
     .fields = evidence_fields,
     .title = "The evidence",
     .intro = evidence_words},
    {.name = "cost", .fields = cost_fields, .title = "What it cost"},
    {.name = "contact", .fields = contact_fields, .title = "Who to ask"},
    {.name = "pictures",
     .fields = pictures_fields,
     .title = "Pictures",
     .item_noun = "picture",
     .item_title = picture_title,
     .intro = pictures_words},
    {.name = "people",
     .fields = people_fields,
     .title = "People in the pictures",
     .item_noun = "person",
     .item_title = person_title,
     .intro = people_words,
     .item_intro = people_words,
     .applies = shows_somebody,
     .check = check_people},
    {.name = "you", .fields = author_fields, .title = "About you"},
    {0}};

const struct journey casestudy_sending = {
    .name = "casestudy",
    .title = "Send a case study",
    .draft_bytes = sizeof(struct casestudy_draft),
    .steps = steps,
    .keep_days = DRAFT_KEPT_DAYS,
    .section = "/case-studies",
    .kept = "case-study",
    .start = start_words,
    .declaration = declaration_words,
    .finish = send,
    .onward = onward,
};
