/* SPDX-License-Identifier: MIT */
/*
 * casestudy_consent.c - who is shown in a picture: asked, agreeing, taking it back.
 *
 * What was said stands in the ledger of consents (privacy/consent.h) with the words of then; the
 * row of the person holds the last word of each, which says what may be shown.
 */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/store/store.h"
#include "programme/casestudy/casestudy_internal.h"

#include <string.h>

enum { SHOWN_MAX = CASESTUDY_PICTURES_MAX * CASESTUDY_PEOPLE_MAX };

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

static bool agrees(const struct casestudy_person *person)
{
    bool own = is(person->age, "child") || is(person->said, "yes");
    bool guardian = is(person->age, "grown") || is(person->guardian_said, "yes");
    return own && guardian;
}

enum status casestudy_people_of(struct ctx *ctx, const struct casestudy *study,
                                struct casestudy_person **out, size_t *count_out)
{
    struct casestudy_people_row *rows;
    TRY(casestudy_people(ctx, study->organisation_id, study->id, CASESTUDY_PEOPLE_MAX, &rows,
                         count_out));
    *out = mem_array(ctx->mem, struct casestudy_person, *count_out);
    for (size_t i = 0; i < *count_out; i++) {
        struct casestudy_person *person = &(*out)[i];
        *person = (struct casestudy_person){.number = rows[i].number,
                                            .reference = rows[i].reference,
                                            .name = rows[i].name,
                                            .email = rows[i].email,
                                            .age = rows[i].age,
                                            .guardian_name = rows[i].guardian_name,
                                            .guardian_email = rows[i].guardian_email,
                                            .said = rows[i].said,
                                            .guardian_said = rows[i].guardian_said};
        person->agrees = agrees(person);
    }
    return OK;
}

/* ---- asking ---- */

static enum status ask(struct ctx *ctx, const struct casestudy_person *person, const char *to,
                       const char *token, bool is_guardian)
{
    return casestudy_mail_asked(
        ctx, &(const struct casestudy_letter){person->reference, to, token, NULL}, is_guardian);
}

enum status casestudy_ask_people(struct ctx *ctx, const struct casestudy *study)
{
    size_t count;
    struct casestudy_person *people;
    TRY(casestudy_people_of(ctx, study, &people, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t changes;
        const struct casestudy_person *person = &people[i];
        bool own = person->email[0] != '\0', guardian = person->guardian_email[0] != '\0';
        const char *token = random_token(ctx->mem), *other = random_token(ctx->mem);
        TRY(casestudy_person_linked(ctx, study->organisation_id, study->id, person->number,
                                    own ? hash_token(ctx->mem, token) : NULL,
                                    guardian ? hash_token(ctx->mem, other) : NULL, &changes));
        if (own)
            TRY(ask(ctx, person, person->email, token, false));
        if (guardian)
            TRY(ask(ctx, person, person->guardian_email, other, true));
    }
    return OK;
}

/* ---- by their link ---- */

enum status casestudy_look_at(struct ctx *ctx, const struct casestudy_person_by_link_row *whose,
                              struct casestudy_looking *out)
{
    struct casestudy_reference_of_row study;
    TRY(casestudy_reference_of(ctx, whose->organisation_id, whose->casestudy_id, &study));
    TRY(casestudy_find(ctx, study.reference, &out->study));
    TRY(casestudy_people_of(ctx, &out->study, &out->people, &out->people_count));
    TRY(casestudy_shown_in(ctx, whose->organisation_id, whose->casestudy_id, SHOWN_MAX, &out->shown,
                           &out->shown_count));
    out->is_guardian = whose->is_guardian != 0;
    out->person = NULL;
    for (size_t i = 0; i < out->people_count; i++)
        if (out->people[i].number == whose->number)
            out->person = &out->people[i];
    return out->person != NULL ? OK : ctx_fail(ctx, ERR_NOT_FOUND, "nobody of that number");
}

static enum status look(struct ctx *ctx, const char *token, struct casestudy_looking *out)
{
    struct casestudy_person_by_link_row link;
    TRY(casestudy_person_by_link(ctx, hash_token(ctx->mem, token), &link));
    return casestudy_look_at(ctx, &link, out);
}

static bool is_in(const struct casestudy_looking *looking, int64_t person, int64_t picture)
{
    for (size_t i = 0; i < looking->shown_count; i++)
        if (looking->shown[i].person == person && looking->shown[i].picture == picture)
            return true;
    return false;
}

/* Its author or an editor took it back; a consent that is missing ends nothing for the others. */
static enum status is_ended(struct ctx *ctx, const struct casestudy *study, bool *out)
{
    enum casestudy_end end;
    TRY(casestudy_end_of(ctx, study, &end));
    *out = end == CASESTUDY_ENDED_BY_AUTHOR || end == CASESTUDY_ENDED_BY_EDITOR;
    return OK;
}

enum status casestudy_asked_open(struct ctx *ctx, const char *token, struct casestudy_asked *out)
{
    bool ended = false;
    size_t count;
    struct casestudy_picture *pictures;
    struct casestudy_looking looking = {.person = NULL};
    TRY(look(ctx, token, &looking));
    TRY(casestudy_pictures_of(ctx, &looking.study, &pictures, &count));
    TRY(is_ended(ctx, &looking.study, &ended));
    const struct casestudy_person *person = looking.person;
    *out = (struct casestudy_asked){
        .study = looking.study,
        .number = person->number,
        .is_guardian = looking.is_guardian,
        .name = person->name,
        .age = person->age,
        .said = looking.is_guardian ? person->guardian_said : person->said,
        .other_said = looking.is_guardian ? person->said : person->guardian_said,
        .is_off = looking.study.state == CASESTUDY_WITHDRAWN,
        .is_ended = ended,
        .pictures = mem_array(ctx->mem, struct casestudy_picture, count)};
    for (size_t i = 0; i < count && !ended; i++)
        if (!pictures[i].is_gone && is_in(&looking, person->number, pictures[i].number))
            out->pictures[out->picture_count++] = pictures[i];
    return OK;
}

/* ---- saying ---- */

static enum status put_in_ledger(struct ctx *ctx, const struct casestudy_looking *looking,
                                 const struct casestudy_saying *saying)
{
    const struct casestudy_person *person = looking->person;
    const struct consent_said said = {
        .wording = CASESTUDY_WORDING,
        .thing = person->reference,
        .about_name = person->name,
        .about_email = person->email,
        .capacity = looking->is_guardian ? CONSENT_GUARDIAN : CONSENT_SELF,
        .by_name = looking->is_guardian ? person->guardian_name : "",
        .by_email = looking->is_guardian ? person->guardian_email : "",
        .channel = saying->channel,
        .said_at = saying->said_at};
    return saying->yes ? consent_give(ctx, &said) : consent_withdraw(ctx, &said);
}

/* Whether everybody in the picture agrees. */
static bool is_free(const struct casestudy_looking *looking, int64_t picture)
{
    for (size_t i = 0; i < looking->people_count; i++)
        if (is_in(looking, looking->people[i].number, picture) && !agrees(&looking->people[i]))
            return false;
    return true;
}

/* What may be shown follows from what they say now. */
static enum status settle_pictures(struct ctx *ctx, const struct casestudy_looking *looking,
                                   bool yes)
{
    for (size_t i = 0; i < looking->shown_count; i++) {
        int64_t changes, picture = looking->shown[i].picture;
        if (looking->shown[i].person != looking->person->number)
            continue;
        const char *state = !yes ? "gone" : is_free(looking, picture) ? "free" : "waiting";
        TRY(casestudy_picture_set(ctx, looking->study.organisation_id, looking->study.id, picture,
                                  state, &changes));
    }
    return casestudy_forget_pictures(ctx);
}

/* Who had agreed takes it back: the page goes until an editor has looked at its words.  What an
 * editor was told is noted in any case. */
static enum status take_back(struct ctx *ctx, struct casestudy *study, bool had_agreed,
                             const struct casestudy_saying *saying)
{
    bool comes_down = had_agreed && study->is_live;
    if (!had_agreed && saying->by != CASESTUDY_BY_EDITOR)
        return OK;
    if (comes_down)
        TRY(casestudy_take_down(ctx, study));
    TRY(casestudy_go(
        ctx, study,
        &(const struct casestudy_step){.what = "consent",
                                       .next = comes_down ? CASESTUDY_WITHDRAWN : study->state,
                                       .by = saying->by,
                                       .reason = saying->reason}));
    return comes_down ? casestudy_mail_taken_down(ctx, study) : OK;
}

enum status casestudy_say(struct ctx *ctx, struct casestudy_looking *looking,
                          const struct casestudy_saying *saying)
{
    int64_t changes;
    struct casestudy_person *person = looking->person;
    const char **said = looking->is_guardian ? &person->guardian_said : &person->said;
    const char *now = saying->yes ? "yes" : "no";
    bool had_agreed = is(*said, "yes");
    if (is(*said, now))
        return OK;
    *said = now;
    TRY(casestudy_person_says(ctx, looking->study.organisation_id, looking->study.id,
                              person->number, person->said, person->guardian_said, &changes));
    TRY(put_in_ledger(ctx, looking, saying));
    TRY(settle_pictures(ctx, looking, saying->yes));
    return saying->yes ? OK : take_back(ctx, &looking->study, had_agreed, saying);
}

struct linked {
    const char *token;
    bool yes;
};

static enum status say_once(struct ctx *ctx, void *arg)
{
    bool ended = false;
    const struct linked *linked = arg;
    struct casestudy_looking looking = {.person = NULL};
    const struct casestudy_saying saying = {.yes = linked->yes, .channel = CONSENT_WEB};
    TRY(look(ctx, linked->token, &looking));
    TRY(is_ended(ctx, &looking.study, &ended));
    return linked->yes && ended ? ctx_fail(ctx, ERR_CONFLICT, "the case study was withdrawn")
                                : casestudy_say(ctx, &looking, &saying);
}

enum status casestudy_asked_say(struct ctx *ctx, const char *token, bool yes)
{
    struct linked linked = {token, yes};
    return store_transact(ctx, "casestudy_asked_say", say_once, &linked);
}

/* ---- erasure ---- */

enum status casestudy_forget_person(struct ctx *ctx, const char *email_key, int64_t *changed_out)
{
    enum { AT_ONCE = 1000 };
    size_t count;
    struct casestudy_person_of_row *rows;
    TRY(casestudy_person_of(ctx, email_key, AT_ONCE, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t changes;
        struct casestudy_looking looking = {.person = NULL};
        const struct casestudy_person_by_link_row whose = {
            rows[i].organisation_id, rows[i].casestudy_id, rows[i].number, rows[i].is_guardian};
        TRY(casestudy_look_at(ctx, &whose, &looking));
        TRY(casestudy_say(ctx, &looking, &(const struct casestudy_saying){.channel = CONSENT_WEB}));
        TRY(casestudy_forget_papers(ctx, &looking.study, rows[i].number));
        TRY(casestudy_person_forget(ctx, rows[i].organisation_id, rows[i].casestudy_id,
                                    rows[i].number, &changes));
    }
    *changed_out = (int64_t)count;
    return OK;
}
