/* SPDX-License-Identifier: MIT */
/* casestudy.c - from a draft to a case study that waits for its address: rules and rows. */
#include "programme/casestudy/casestudy.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/photo.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/casestudy/casestudy_internal.h"
#include "programme/directory/directory.h"
#include "programme/pack/pack.h"

#include <inttypes.h>
#include <string.h>

enum { REFERENCE_ATTEMPTS = 8 };

const struct casestudy_choice casestudy_evidences[] = {
    {"1", "Type 1: a reasoned story",
     "You can say what you did and why it should help. You have no figures that show a change.",
     "They say what they did and why it should help. No figures show a change."},
    {"2", "Type 2: figures that changed",
     "You have figures from before and after, or with and without. They show that things went "
     "together, not that one brought about the other.",
     "Figures from before and after, or with and without. They show that things went together, "
     "not that one brought about the other."},
    {"3", "Type 3: a fair comparison",
     "You compared with a like group that did not have it, so you can say that it made the "
     "difference.",
     "They compared with a like group that did not have it, so it can be said that it made the "
     "difference."},
    {0}};

const char *casestudy_choice_name(const struct casestudy_choice *choices, const char *code)
{
    for (; choices->code != NULL; choices++)
        if (strcmp(choices->code, code) == 0)
            return choices->name;
    return code;
}

const char *casestudy_owner(struct mem *mem, const char *reference)
{
    return mem_format(mem, "casestudy/%s", reference);
}

/* ---- rules ---- */

const char *casestudy_picture_code(struct mem *mem, const struct casestudy_draft *draft,
                                   size_t picture)
{
    const struct casestudy_picture_draft *pictures = draft->pictures.items;
    const char *key = pictures[picture].key;
    return key[0] != '\0' ? key : mem_format(mem, "%zu", picture + 1);
}

static bool is_chosen(struct mem *mem, const struct casestudy_draft *draft, size_t person,
                      size_t picture)
{
    const struct casestudy_person_draft *people = draft->people.items;
    const struct form_several *chosen = &people[person].pictures;
    const char *code = casestudy_picture_code(mem, draft, picture);
    for (size_t i = 0; i < chosen->count; i++)
        if (strcmp(chosen->codes[i], code) == 0)
            return true;
    return false;
}

static bool is_age(const struct casestudy_person_draft *person, const char *age)
{
    return strcmp(person->age, age) == 0;
}

/* Who must be asked, and how. */
static void check_person(struct ctx *ctx, const struct casestudy_person_draft *person, size_t at,
                         struct form_problems *problems)
{
    const char *prefix = mem_format(ctx->mem, "people-%zu-", at);
    const char *guardian_email = mem_join(ctx->mem, prefix, "guardian_email", "");
    bool by_email = strcmp(person->way, "paper") != 0;
    if (!is_age(person, "grown") && person->guardian_name[0] == '\0')
        form_wrong(problems, mem_join(ctx->mem, prefix, "guardian_name", ""),
                   "Enter the name of a parent or guardian, who must agree too");
    if (by_email && !is_age(person, "child") && person->email[0] == '\0')
        form_wrong(problems, mem_join(ctx->mem, prefix, "email", ""),
                   "Enter their email address, so that we can ask them");
    if (!by_email || is_age(person, "grown"))
        return;
    if (person->guardian_email[0] == '\0')
        form_wrong(problems, guardian_email, "Enter the email address of the parent or guardian");
    else if (is_age(person, "young") && strcmp(text_email_key(ctx->mem, person->guardian_email),
                                               text_email_key(ctx->mem, person->email)) == 0)
        form_wrong(problems, guardian_email,
                   "Enter an address of the parent or guardian that is not the young person’s");
}

enum status casestudy_check_people(struct ctx *ctx, const struct casestudy_draft *draft,
                                   struct form_problems *problems)
{
    const struct casestudy_picture_draft *pictures = draft->pictures.items;
    const struct casestudy_person_draft *people = draft->people.items;
    for (size_t i = 0; i < draft->people.count; i++)
        check_person(ctx, &people[i], i, problems);
    for (size_t i = 0; i < draft->pictures.count; i++) {
        bool is_known = pictures[i].shows_people != FORM_YES;
        for (size_t j = 0; j < draft->people.count && !is_known; j++)
            is_known = is_chosen(ctx->mem, draft, j, i);
        if (!is_known)
            form_wrong(problems, "people",
                       mem_format(ctx->mem, "Add everybody who can be known in the picture “%s”",
                                  pictures[i].alternative));
    }
    return OK;
}

/* ---- rows ---- */

struct sending {
    const struct casestudy_draft *draft;
    struct form_problems *problems;
    struct organisation organisation;
    const char *region;
    struct casestudy study;
};

static enum status intention_names(struct ctx *ctx, const struct casestudy_words *words,
                                   const char **codes_out, const char **names_out)
{
    struct framework framework;
    struct text_builder codes = text_build(ctx->mem, 4000), names = text_build(ctx->mem, 16000);
    TRY(framework_today(ctx, &framework));
    for (size_t i = 0; i < words->intentions.count; i++) {
        const struct framework_intention *intention =
            framework_intention_of(&framework, words->intentions.codes[i]);
        if (intention == NULL)
            continue;
        text_add_format(&codes, "%s%s", codes.length_bytes > 0 ? " " : "", intention->code);
        text_add_format(&names, "%s%s", names.length_bytes > 0 ? "; " : "", intention->name);
    }
    TRY(text_build_end(&codes, codes_out));
    return text_build_end(&names, names_out);
}

enum status casestudy_write(struct ctx *ctx, struct casestudy *study,
                            const struct casestudy_words *words, enum casestudy_by by)
{
    int64_t changes;
    const char *codes, *names;
    int64_t editor = by == CASESTUDY_BY_EDITOR ? ctx->person.n : 0;
    TRY(intention_names(ctx, words, &codes, &names));
    TRY(casestudy_version_add(
        ctx, study->organisation_id, study->id, study->version + 1, ctx->now_secs, editor,
        words->title, words->summary, words->problem, words->done, words->result, words->cost,
        words->contact, text_email_key(ctx->mem, words->contact_email), words->stage, words->pillar,
        codes, names, words->evidence, words->reason != NULL ? words->reason : "", &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "somebody else wrote a version");
    study->version++;
    return OK;
}

/* With a reference that nobody has. */
static enum status add_study(struct ctx *ctx, struct sending *s)
{
    const struct casestudy_draft *d = s->draft;
    struct casestudy *study = &s->study;
    *study = (struct casestudy){.organisation_id = s->organisation.id.n,
                                .id = id_new(ctx),
                                .organisation_code = s->organisation.code,
                                .state = CASESTUDY_UNCONFIRMED};
    for (int attempt = 0; attempt < REFERENCE_ATTEMPTS; attempt++) {
        int64_t changes;
        study->reference = id_reference_new(ctx->mem, "CS");
        TRY(casestudy_add(ctx, study->organisation_id, study->id, study->reference, ctx->now_secs,
                          s->organisation.code, s->organisation.name, s->organisation.kind,
                          s->region, d->author_name, d->author_role, d->email,
                          text_email_key(ctx->mem, d->email), &changes));
        if (changes == 1)
            return OK;
    }
    return ctx_fail(ctx, ERR_BUSY, "no free reference was found");
}

static enum status add_pictures(struct ctx *ctx, const struct sending *s)
{
    const struct casestudy_picture_draft *pictures = s->draft->pictures.items;
    const char *owner = casestudy_owner(ctx->mem, s->study.reference);
    for (size_t i = 0; i < s->draft->pictures.count; i++) {
        const struct casestudy_picture_draft *picture = &pictures[i];
        bool shows = picture->shows_people == FORM_YES;
        struct text_span bytes;
        struct upload upload;
        int width = 0, height = 0;
        int64_t changes, id = picture->picture.upload_id;
        TRY(upload_claim(ctx, id, picture->picture.owner, owner));
        TRY(upload_read(ctx, id, owner, &upload, &bytes));
        TRY(photo_measure(ctx, upload.type, bytes, &width, &height));
        TRY(casestudy_picture_add(ctx, s->study.organisation_id, s->study.id, (int64_t)i + 1, id,
                                  upload.type, width, height, picture->alternative, shows,
                                  shows ? "waiting" : "free", &changes));
    }
    return OK;
}

static enum status add_shown(struct ctx *ctx, const struct sending *s, size_t person)
{
    for (size_t i = 0; i < s->draft->pictures.count; i++) {
        int64_t changes;
        if (is_chosen(ctx->mem, s->draft, person, i))
            TRY(casestudy_shown_add(ctx, s->study.organisation_id, s->study.id, (int64_t)i + 1,
                                    (int64_t)person + 1, &changes));
    }
    return OK;
}

/* Whoever sends can name any address: nobody is written to without end. */
static enum status check_asked(struct ctx *ctx, const struct sending *s, const char *email)
{
    struct casestudy_asked_since_row asked;
    if (email[0] == '\0')
        return OK;
    TRY(casestudy_asked_since(ctx, text_email_key(ctx->mem, email), ctx->now_secs - TIME_DAY_SECS,
                              &asked));
    if (asked.people <= CASESTUDY_ASKED_A_DAY)
        return OK;
    form_wrong(s->problems, "people",
               mem_format(ctx->mem,
                          "Too many messages would go to %s. Wait a day, and send it again",
                          email));
    return ctx_fail(ctx, ERR_INVALID, "one address would be asked for too many people");
}

static enum status add_people(struct ctx *ctx, const struct sending *s)
{
    const struct casestudy_person_draft *people = s->draft->people.items;
    for (size_t i = 0; i < s->draft->people.count; i++) {
        int64_t changes, number = (int64_t)i + 1;
        const struct casestudy_person_draft *p = &people[i];
        const char *email = is_age(p, "child") ? "" : p->email;
        const char *guardian = is_age(p, "grown") ? "" : p->guardian_email;
        TRY(casestudy_person_add(ctx, s->study.organisation_id, s->study.id, number,
                                 id_reference_new(ctx->mem, "CP"), p->name, email,
                                 text_email_key(ctx->mem, email), p->age,
                                 is_age(p, "grown") ? "" : p->guardian_name, guardian,
                                 text_email_key(ctx->mem, guardian), &changes));
        TRY(add_shown(ctx, s, i));
        TRY(check_asked(ctx, s, email));
        TRY(check_asked(ctx, s, guardian));
    }
    return OK;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status send_once(struct ctx *ctx, void *arg)
{
    struct sending *s = arg;
    TRY(add_study(ctx, s));
    TRY(casestudy_write(ctx, &s->study, &s->draft->words, CASESTUDY_BY_AUTHOR));
    TRY(add_pictures(ctx, s));
    TRY(add_people(ctx, s));
    TRY(casestudy_go(
        ctx, &s->study,
        &(const struct casestudy_step){.what = "sent", .next = CASESTUDY_UNCONFIRMED}));
    return casestudy_prove_begin(ctx,
                                 &(const struct casestudy_proving){s->study.organisation_id,
                                                                   s->study.id, s->study.reference,
                                                                   s->draft->email},
                                 s->problems);
}

enum status casestudy_send(struct ctx *ctx, const struct casestudy_draft *draft,
                           struct form_problems *problems, const char **reference_out)
{
    struct sending s = {.draft = draft, .problems = problems};
    struct directory_place place = {.known = DIRECTORY_NOT_KNOWN};
    TRY(casestudy_check_people(ctx, draft, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a case study breaks its rules");
    TRY(directory_find(ctx, draft->organisation.key, &s.organisation));
    TRY(directory_region_on(ctx, s.organisation.id, time_day_of(ctx->mem, ctx->now_secs), &place));
    s.region = place.known == DIRECTORY_KNOWN ? place.code : "";
    TRY(store_transact(ctx, "casestudy_send", send_once, &s));
    *reference_out = s.study.reference;
    return OK;
}
