/* SPDX-License-Identifier: MIT */
/* member_test_help.c - what the tests of member/ share. */
#include "programme/member/member_test_help.h"

#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

enum { MAILS_MAX = 200 };

struct person_id member_test_person(struct ctx *ctx, const char *email, const char *role,
                                    const char *area)
{
    struct access_person person;
    struct person_id asker = ctx->person;
    const struct access_new wanted = {.email = email, .role = role, .area = area};
    ctx->person = (struct person_id){0};
    directory_test_packs(ctx);
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    ctx->person = asker;
    return person.id;
}

int64_t member_test_grant(struct ctx *ctx, struct person_id person, const char *role)
{
    struct access_person found;
    CHECK(access_person_get(ctx, person, &found) == OK);
    for (size_t i = 0; i < found.grant_count; i++)
        if (strcmp(found.grants[i].role->code, role) == 0)
            return found.grants[i].id;
    return 0;
}

static struct mail_outbox_row *mails(struct ctx *ctx, const char *kind, size_t *count_out)
{
    struct mail_outbox_row *rows;
    struct store_choice choice = {.at_most = MAILS_MAX};
    CHECK(mail_outbox(ctx, NULL, kind, NULL, &choice, &rows, count_out) == OK);
    return rows;
}

size_t member_test_mails(struct ctx *ctx, const char *kind, const char *email)
{
    size_t count, found = 0;
    const struct mail_outbox_row *rows = mails(ctx, kind, &count);
    for (size_t i = 0; i < count; i++)
        found += email == NULL || strcmp(rows[i].to_address, email) == 0;
    return found;
}

/* A part of the newest mail of a kind to an address; NULL: there is none. */
static const struct mail_part *part_of(struct ctx *ctx, const char *kind, const char *email,
                                       enum mail_part_kind wanted)
{
    size_t count;
    struct mail_kept mail;
    const struct mail_outbox_row *rows = mails(ctx, kind, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].to_address, email) != 0)
            continue;
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
            if (part->kind == wanted)
                return part;
    }
    return NULL;
}

const char *member_test_token(struct ctx *ctx, const char *kind, const char *email)
{
    const struct mail_part *button = part_of(ctx, kind, email, MAIL_PART_BUTTON);
    return button != NULL ? strrchr(button->href, '/') + 1 : NULL;
}

const char *member_test_words(struct ctx *ctx, const char *kind, const char *email)
{
    const struct mail_part *text = part_of(ctx, kind, email, MAIL_PART_TEXT);
    return text != NULL ? text->text : NULL;
}

const char *member_test_invite(struct ctx *ctx, struct person_id inviter, const char *email,
                               const struct member_offer *offer)
{
    const char *reference;
    struct person_id asker = ctx->person;
    struct form_problems problems = {.count = 0};
    ctx->person = inviter;
    CHECK(member_invite(ctx, email, offer, &problems, &reference) == OK);
    ctx->person = asker;
    const char *token = member_test_token(ctx, "member.invitation", email);
    CHECK(token != NULL);
    return token;
}

const char *member_test_claim(struct ctx *ctx, const char *email, const char *role)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    const struct member_claim_draft draft = {.organisation = {.key = TRUST, .label = "The trust"},
                                             .role = role,
                                             .name = "Cleo Claimant",
                                             .job_title = "Nurse",
                                             .email = email,
                                             .about = ""};
    directory_test_packs(ctx);
    CHECK(member_claim_send(ctx, &draft, &problems, &reference) == OK);
    return reference;
}

const char *member_test_proven(struct ctx *ctx, const char *email, const char *role)
{
    const char *reference = member_test_claim(ctx, email, role);
    const char *token = member_test_token(ctx, "member.claim_proof", email);
    CHECK(token != NULL && member_claim_prove_by(ctx, token) == OK);
    return reference;
}

void member_test_work(struct ctx *ctx)
{
    static const struct job_kind *const jobs[] = {member_job_kinds, NULL};
    struct person_id asker = ctx->person;
    bool did = true;
    ctx->person = (struct person_id){0};
    for (int i = 0; i < 100 && did; i++)
        CHECK(job_work_once(ctx, jobs, &did) == OK);
    CHECK(!did);
    ctx->person = asker;
}
