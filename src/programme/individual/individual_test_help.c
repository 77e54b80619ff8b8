/* SPDX-License-Identifier: MIT */
/* individual_test_help.c - for tests: people who sign a pledge of their own. */
#include "programme/individual/individual_test_help.h"

#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"

struct individual_draft individual_test_draft(const char *email)
{
    static const char *intentions[] = {"tfc-1", "tfc-3"}, *shown[] = {"name", "statement"};
    return (struct individual_draft){.name = "Zoë O’Neill",
                                     .role = "Porter",
                                     .band = "Band 2",
                                     .employer_kind = "other",
                                     .employer = {"", "", "", 0},
                                     .employer_other = "The hospice on the hill",
                                     .intentions = {intentions, 2},
                                     .statement = "I will show a pupil round every month.",
                                     .shown = {shown, 2},
                                     .remind_on = "",
                                     .email = email};
}

const char *individual_test_send(struct ctx *ctx, const char *email)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct individual_draft draft = individual_test_draft(email);
    CHECK(individual_sign(ctx, &draft, &problems, &reference) == OK);
    return reference;
}

const char *individual_test_type(struct ctx *ctx, const char *reference)
{
    struct proof_typed typed;
    const struct proof_typing typing = {reference, help_newest_code(ctx), "caller"};
    CHECK(proof_type(ctx, &individual_proof, &typing, &typed) == OK);
    CHECK(typed.outcome == PROOF_RIGHT);
    return typed.token;
}

const char *individual_test_token(struct ctx *ctx, const char *address)
{
    size_t count;
    struct mail_kept mail;
    struct mail_outbox_row *rows;
    struct store_choice newest = {.at_most = 100};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].to_address == NULL || strcmp(rows[i].to_address, address) != 0)
            continue;
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
            if (part->kind == MAIL_PART_BUTTON)
                return strrchr(part->href, '/') + 1;
    }
    return "";
}

const char *individual_test_sign(struct ctx *ctx, const char *email)
{
    return individual_test_type(ctx, individual_test_send(ctx, email));
}
