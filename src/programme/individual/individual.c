/* SPDX-License-Identifier: MIT */
/* individual.c - from a draft to a pledge that waits for its address: rules, text, row. */
#include "programme/individual/individual.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/individual/individual.sql.h"
#include "programme/individual/individual_internal.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge.h"

#include <inttypes.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 1 << 18, REFERENCE_ATTEMPTS = 8 };

const char *const individual_parts[] = {"name",      "role",       "band", "employer",
                                        "statement", "intentions", NULL};

bool individual_is_chosen(const struct form_several *shown, enum individual_part part)
{
    for (size_t i = 0; i < shown->count; i++)
        if (strcmp(shown->codes[i], individual_parts[part]) == 0)
            return true;
    return false;
}

/* ---- rules ---- */

enum status individual_check_reminder(struct ctx *ctx, const char *remind_on,
                                      struct form_problems *problems)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *latest;
    if (remind_on == NULL || remind_on[0] == '\0')
        return OK;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.years = INDIVIDUAL_REMIND_YEARS_MOST},
                     &latest));
    if (strcmp(remind_on, today) <= 0 || strcmp(remind_on, latest) > 0)
        form_wrong(problems, "remind_on",
                   "The day of the reminder must be after today and within the next 2 years");
    return OK;
}

/* ---- what was typed, as it is kept ---- */

struct signing {
    const struct individual_draft *draft;
    struct form_problems *problems;
    struct framework framework;
    const struct framework_wording *wording;
    const char *employer, *employer_code;
    const char *intentions, *intention_names;
    const char *text;
    const char *reference;
};

static const char *joined(struct mem *mem, const char *before, const char *between,
                          const char *next)
{
    return before[0] == '\0' ? next : mem_format(mem, "%s%s%s", before, between, next);
}

static enum status begin(struct ctx *ctx, const struct individual_draft *draft, struct signing *out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    *out = (struct signing){.draft = draft,
                            .employer = "",
                            .employer_code = "",
                            .intentions = "",
                            .intention_names = ""};
    TRY(framework_on(ctx, PLEDGE_FRAMEWORK, today, &out->framework));
    out->wording = framework_own_wording_on(&out->framework, today);
    if (out->wording == NULL)
        return ctx_fail(ctx, ERR_FAULT, "no wording of a person's pledge is in force on %s", today);
    if (strcmp(draft->employer_kind, "listed") == 0) {
        out->employer = draft->employer.label;
        out->employer_code = draft->employer.key;
    } else if (strcmp(draft->employer_kind, "other") == 0) {
        out->employer = draft->employer_other;
    }
    for (size_t i = 0; i < draft->intentions.count; i++) {
        const struct framework_intention *intention =
            framework_intention_of(&out->framework, draft->intentions.codes[i]);
        if (intention == NULL)
            continue;
        out->intentions = joined(ctx->mem, out->intentions, " ", intention->code);
        out->intention_names = joined(ctx->mem, out->intention_names, "; ", intention->name);
    }
    return OK;
}

/* ---- the text ---- */

static void line_if(struct text_builder *to, const char *word, const char *value)
{
    if (value[0] != '\0')
        text_add_format(to, "%s: %s\n", word, value);
}

static enum status write_text(struct ctx *ctx, struct signing *s, const char *mark)
{
    const struct individual_draft *draft = s->draft;
    struct text_builder text = text_build(ctx->mem, TEXT_BYTES_MAX);
    text_add(&text, framework_wording_text(ctx->mem, s->wording));
    text_add_format(&text, "\nSigned by: %s\n", draft->name);
    line_if(&text, "What I do", draft->role);
    line_if(&text, "Pay band", draft->band);
    line_if(&text, "Where I work", s->employer);
    text_add(&text, "\nThe intentions that I have chosen\n");
    for (size_t i = 0; i < draft->intentions.count; i++) {
        const struct framework_intention *intention =
            framework_intention_of(&s->framework, draft->intentions.codes[i]);
        if (intention != NULL)
            text_add_format(&text, "- %s\n", intention->text);
    }
    if (draft->statement[0] != '\0')
        text_add_format(&text, "\nIn my own words\n%s\n", draft->statement);
    if (mark != NULL)
        text_add_format(&text, "\nMark of this pledge: %s\n", mark);
    return text_build_end(&text, &s->text);
}

enum status individual_text(struct ctx *ctx, const struct individual_draft *draft, const char **out)
{
    struct signing s;
    TRY(begin(ctx, draft, &s));
    TRY(write_text(ctx, &s, NULL));
    *out = s.text;
    return OK;
}

static struct individual_face face_of(const struct signing *s)
{
    const struct individual_draft *draft = s->draft;
    struct individual it = {.signed_on = "",
                            .name = draft->name,
                            .role = draft->role,
                            .band = draft->band,
                            .employer = s->employer,
                            .statement = draft->statement,
                            .intention_names = s->intention_names};
    for (int part = 0; part < INDIVIDUAL_PARTS; part++)
        it.shows[part] = individual_is_chosen(&draft->shown, (enum individual_part)part);
    return individual_face_of(&it);
}

enum status individual_draft_face(struct ctx *ctx, const struct individual_draft *draft,
                                  struct individual_face *out)
{
    struct signing s;
    TRY(begin(ctx, draft, &s));
    *out = face_of(&s);
    return OK;
}

/* ---- the row ---- */

struct secrets {
    const char *token, *code_hash;
};

/* With a reference and a code for checking that nobody has: others are drawn when one is taken. */
static enum status add_row(struct ctx *ctx, struct signing *s, int64_t id,
                           const struct secrets *secrets)
{
    const struct individual_draft *d = s->draft;
    const struct form_several *shown = &d->shown;
    const char *digest = hash_sha256(ctx->mem, s->text, strlen(s->text));
    struct individual_face face = face_of(s);
    for (int attempt = 0; attempt < REFERENCE_ATTEMPTS; attempt++) {
        int64_t changes;
        s->reference = id_reference_new(ctx->mem, "IP");
        TRY(individual_add(
            ctx, id, s->reference, id_code_new(ctx->mem), s->framework.code, s->framework.version,
            s->wording->code, ctx->now_secs, d->email, text_email_key(ctx->mem, d->email), d->name,
            d->role, d->band, s->employer_code, s->employer, d->statement, s->intentions,
            s->intention_names, individual_is_chosen(shown, INDIVIDUAL_NAME),
            individual_is_chosen(shown, INDIVIDUAL_ROLE),
            individual_is_chosen(shown, INDIVIDUAL_BAND),
            individual_is_chosen(shown, INDIVIDUAL_EMPLOYER),
            individual_is_chosen(shown, INDIVIDUAL_STATEMENT),
            individual_is_chosen(shown, INDIVIDUAL_INTENTIONS), !individual_face_is_empty(&face),
            d->remind_on[0] != '\0' ? d->remind_on : NULL, s->text, digest,
            hash_token(ctx->mem, secrets->token), secrets->code_hash, &changes));
        if (changes == 1)
            return OK;
    }
    return ctx_fail(ctx, ERR_BUSY, "no free reference was found");
}

/* Runs inside a transaction, perhaps more than once. */
static enum status sign_once(struct ctx *ctx, void *arg)
{
    struct signing *s = arg;
    struct proof_code code;
    struct individual_of_email_row before;
    int64_t id = id_new(ctx);
    const char *email_key = text_email_key(ctx->mem, s->draft->email), *token;
    TRY(proof_check_mails(ctx, &individual_proof, email_key, s->problems));
    TRY(proof_code_new(ctx, &individual_proof, mem_format(ctx->mem, "%" PRId64, id), &code));
    token = random_token(ctx->mem);
    const struct secrets secrets = {token, code.hash};
    TRY(add_row(ctx, s, id, &secrets));
    const struct individual_letter letter = {s->reference, s->draft->email, token, code.code};
    enum status signed_before = individual_of_email(ctx, email_key, s->framework.code, &before);
    if (signed_before == OK)
        return individual_mail_again(ctx, &letter, before.signed_on);
    return signed_before == ERR_NOT_FOUND ? individual_mail_confirm(ctx, &letter) : signed_before;
}

static enum status record_once(struct ctx *ctx, void *arg)
{
    struct signing *s = arg;
    struct individual it;
    struct individual_of_email_row row;
    int64_t id = id_new(ctx);
    const struct secrets secrets = {.token = random_token(ctx->mem), .code_hash = ""};
    enum status status = individual_of_email(ctx, text_email_key(ctx->mem, s->draft->email),
                                             s->framework.code, &row);
    if (status == OK)
        return ctx_fail(ctx, ERR_CONFLICT, "the address has a pledge that counts");
    if (status != ERR_NOT_FOUND)
        return status;
    TRY(add_row(ctx, s, id, &secrets));
    TRY(individual_get(ctx, id, &it));
    return individual_prove(ctx, &it, NULL);
}

static enum status check_and(struct ctx *ctx, const struct individual_draft *draft,
                             struct form_problems *problems,
                             enum status (*once)(struct ctx *ctx, void *arg),
                             const char **reference_out)
{
    struct signing s;
    TRY(begin(ctx, draft, &s));
    s.problems = problems;
    TRY(individual_check_reminder(ctx, draft->remind_on, problems));
    if (s.intentions[0] == '\0')
        form_wrong(problems, "intentions", "Choose at least one intention");
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a person's pledge breaks its rules");
    TRY(write_text(ctx, &s, random_token(ctx->mem)));
    TRY(store_transact(ctx, "individual_sign", once, &s));
    *reference_out = s.reference;
    return OK;
}

enum status individual_sign(struct ctx *ctx, const struct individual_draft *draft,
                            struct form_problems *problems, const char **reference_out)
{
    return check_and(ctx, draft, problems, sign_once, reference_out);
}

enum status individual_record(struct ctx *ctx, const struct individual_draft *draft,
                              struct form_problems *problems, const char **reference_out)
{
    return check_and(ctx, draft, problems, record_once, reference_out);
}
