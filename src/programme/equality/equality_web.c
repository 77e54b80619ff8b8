/* SPDX-License-Identifier: MIT */
/*
 * equality_web.c - the equality questions: a step of journeys, and the page of one's own answers.
 *
 *   /account/equality         what I answered; POST changes it
 *   /account/equality/delete  POST deletes all of it
 *
 * No page shows the answers of anybody else.
 */
#include "programme/equality/equality_web.h"

#include "platform/web/form.h"
#include "programme/equality/equality_internal.h"
#include "programme/equality/equality_page.html.h"

#include <string.h>

/* ---- the questions ---- */

struct equality_form {
    const char *ethnicity, *disability, *sex, *gender, *orientation, *religion, *carer, *occupation,
        *school, *parents, *care, *meals, *meals_when;
};

static enum status options_of(struct ctx *ctx, const char *question, const struct form_option **out)
{
    struct equality_option *all;
    size_t count, own = 0;
    const char *edition;
    TRY(equality_options(ctx, &all, &count, &edition));
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].question, question) == 0)
            options[own++] = (struct form_option){
                all[i].code, all[i].label, all[i].group[0] != '\0' ? all[i].group : NULL, NULL};
    options[own] = (struct form_option){0};
    *out = options;
    return OK;
}

/* A function a question: options_from is told the form and not the field. */
#define OPTIONS_OF(question_)                                                                      \
    static enum status question_##_options(struct ctx *ctx, const void *form,                      \
                                           const struct form_option **out)                         \
    {                                                                                              \
        (void)form;                                                                                \
        return options_of(ctx, #question_, out);                                                   \
    }
OPTIONS_OF(ethnicity)
OPTIONS_OF(disability)
OPTIONS_OF(sex)
OPTIONS_OF(gender)
OPTIONS_OF(orientation)
OPTIONS_OF(religion)
OPTIONS_OF(carer)
OPTIONS_OF(occupation)
OPTIONS_OF(school)
OPTIONS_OF(parents)
OPTIONS_OF(care)
OPTIONS_OF(meals)
OPTIONS_OF(meals_when)

#define QUESTION(question_, label_, short_, ...)                                                   \
    FORM_ONE_OF(equality_form, question_, .label = (label_), .short_label = (short_),              \
                .is_optional = true, .options_from = question_##_options, __VA_ARGS__)

const struct form_field equality_fields[] = {
    QUESTION(ethnicity, "What is your ethnic group?", "Ethnic group", .hint = NULL),
    QUESTION(disability,
             "Do you have a physical or mental health condition that has lasted, or will last, 12 "
             "months or more?",
             "Long-term condition", .hint = NULL),
    QUESTION(sex, "What is your sex?", "Sex", .hint = NULL),
    QUESTION(gender, "Is your gender the same as the sex you were registered with at birth?",
             "Gender the same as at birth", .hint = NULL),
    QUESTION(orientation, "Which of these describes your sexual orientation best?",
             "Sexual orientation", .hint = NULL),
    QUESTION(religion, "What is your religion or belief?", "Religion or belief", .hint = NULL),
    QUESTION(
        carer,
        "Do you look after somebody who needs help because of a long-term condition or old age?",
        "Looking after somebody", .hint = "Do not count paid work"),
    QUESTION(occupation, "When you were about 14, what work did the main earner at home do?",
             "Work of the main earner at home", .hint = NULL, .is_select = true),
    QUESTION(school, "What kind of school did you mostly go to between 11 and 16?",
             "Kind of school", .hint = NULL),
    QUESTION(parents, "Did a parent or guardian have a degree by the time you were 18?",
             "A parent with a degree", .hint = NULL),
    QUESTION(care, "Have you ever been in care?", "In care",
             .hint = "Looked after by a council, for example with foster carers"),
    QUESTION(meals, "Could you get free school meals at any time at school?", "Free school meals",
             .hint = "Because of what your family had to live on"),
    QUESTION(meals_when, "When could you get them?", "When free school meals",
             .hint = "The rules changed, so we count them apart", .when = "meals", .is = "yes"),
    FORM_END};

enum { QUESTIONS = sizeof equality_fields / sizeof equality_fields[0] - 1 };

enum status equality_intro(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx;
    (void)draft;
    equality_step_intro(out);
    return OK;
}

/* ---- from answers to forms and back ---- */

static enum status load(struct ctx *ctx, const struct equality_owner *owner,
                        struct form_answers *out)
{
    struct equality_answer *answers;
    size_t count;
    TRY(equality_find(ctx, owner, &answers, &count));
    for (size_t i = 0; i < count; i++)
        answers_add(ctx->mem, out, answers[i].question, answers[i].answer);
    return OK;
}

/* What is no choice of the form is left out, so that a meddled answer is none. */
static enum status save(struct ctx *ctx, const struct equality_owner *owner,
                        const struct form_answers *sent)
{
    struct form_problems problems = {.count = 0};
    struct equality_form form = {0};
    struct equality_answer answers[QUESTIONS];
    size_t count = 0;
    enum status status = form_read(ctx, equality_fields, sent, &form, &problems);
    if (status != OK && status != ERR_INVALID)
        return status;
    ctx->fault = status == ERR_INVALID ? NULL : ctx->fault;
    for (size_t i = 0; i < QUESTIONS; i++) {
        const char *answer;
        memcpy(&answer, (const char *)&form + equality_fields[i].offset, sizeof answer);
        if (answer != NULL && answer[0] != '\0')
            answers[count++] = (struct equality_answer){equality_fields[i].name, answer};
    }
    return equality_set(ctx, owner, answers, count);
}

/* ---- a step of a journey ---- */

static enum status load_draft(struct ctx *ctx, const char *draft, struct form_answers *out)
{
    return load(ctx, &(const struct equality_owner){EQUALITY_OF_DRAFT, draft}, out);
}

static enum status save_draft(struct ctx *ctx, const char *draft,
                              const struct form_answers *answers)
{
    return save(ctx, &(const struct equality_owner){EQUALITY_OF_DRAFT, draft}, answers);
}

static enum status finish_draft(struct ctx *ctx, const char *draft, const char *reference)
{
    struct equality_owner to = ctx->person.n != 0
                                   ? equality_me(ctx)
                                   : (struct equality_owner){EQUALITY_OF_REFERENCE, reference};
    return equality_move(ctx, &(const struct equality_owner){EQUALITY_OF_DRAFT, draft}, &to);
}

const struct journey_apart equality_apart = {sizeof(struct equality_form), load_draft, save_draft,
                                             finish_draft};

/* ---- one's own answers ---- */

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct form_answers answers = {0};
    struct view intro = {.mem = ctx->mem};
    struct equality_owner me = equality_me(ctx);
    TRY(load(ctx, &me, &answers));
    equality_own_intro(&intro, web_token(request), answers.count > 0);
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Your equality answers",
                                  .action = "/account/equality",
                                  .button = "Save my answers",
                                  .back_href = "/account",
                                  .intro = view_html(&intro),
                                  .shown = {.fields = equality_fields, .answers = &answers}});
}

static enum status change(struct web_request *request, struct web_answer *answer)
{
    struct equality_owner me = equality_me(request->ctx);
    TRY(save(request->ctx, &me, request->sent));
    return web_see_other(answer, "/account/equality");
}

static enum status delete_all(struct web_request *request, struct web_answer *answer)
{
    struct equality_owner me = equality_me(request->ctx);
    TRY(equality_forget(request->ctx, &me));
    return web_see_other(answer, "/account/equality");
}

/* ---- in one's copy ---- */

/* In the order of equality_answer_copy. */
enum { QUESTION, ANSWER, ANSWERED_ON, LIST_VERSION, COLUMNS };

static const char *answer_words(const struct equality_option *options, size_t count,
                                const struct store_value *row)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(options[i].question, row[QUESTION].text) == 0 &&
            strcmp(options[i].code, row[ANSWER].text) == 0)
            return options[i].label;
    return row[ANSWER].text;
}

static const char *question_words(const char *question)
{
    for (size_t i = 0; i < QUESTIONS; i++)
        if (strcmp(equality_fields[i].name, question) == 0)
            return equality_fields[i].label;
    return question;
}

/* None when the edition is not there any more; its answers stay codes. */
static enum status read_edition(struct ctx *ctx, const char *edition, struct equality_option **out,
                                size_t *count_out)
{
    enum status status = equality_options_of(ctx, edition, out, count_out);
    if (status != ERR_NOT_FOUND)
        return status;
    *count_out = 0;
    ctx->fault = NULL;
    return OK;
}

enum status equality_words(struct ctx *ctx, struct store_value *cells, size_t row_count)
{
    struct equality_option *options = NULL;
    const char *edition = "";
    size_t count = 0;
    for (size_t i = 0; i < row_count; i++) {
        struct store_value *row = &cells[i * COLUMNS];
        if (strcmp(row[LIST_VERSION].text, edition) != 0) {
            edition = row[LIST_VERSION].text;
            TRY(read_edition(ctx, edition, &options, &count));
        }
        privacy_say(&row[ANSWER], answer_words(options, count, row));
        privacy_say(&row[QUESTION], question_words(row[QUESTION].text));
    }
    return OK;
}

/* ---- at /account ---- */

static enum status show_section(struct web_request *request, struct view *out)
{
    struct equality_owner me = equality_me(request->ctx);
    struct equality_answer *answers;
    size_t count;
    TRY(equality_find(request->ctx, &me, &answers, &count));
    equality_section(out, count > 0);
    return OK;
}

const struct account_section equality_sections[] = {{"About you", show_section}, {0}};

const struct web_route equality_routes[] = {
    {"GET", "/account/equality", WEB_SIGNED_IN, show, "What I answered about myself."},
    {"POST", "/account/equality", WEB_SIGNED_IN, change, "Changes it. Safe to repeat."},
    {"POST", "/account/equality/delete", WEB_SIGNED_IN, delete_all, "Deletes all of it."},
    {0},
};
