/* SPDX-License-Identifier: MIT */
/*
 * pledge_party.c - who signs for each side of a pledge today.
 *
 * The signature of whoever signed first stays for ever.  Who signs next, and who works on the plan,
 * is the newest person to whom a side was handed over and who said yes.
 */
#include "programme/pledge/pledge_party.h"

#include "platform/base/text.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

struct pledge_party *pledge_party_of(struct pledge_parties *parties, const char *role)
{
    for (size_t i = 0; i < parties->count; i++)
        if (strcmp(parties->party[i].role, role) == 0)
            return &parties->party[i];
    return NULL;
}

/* Whoever took over before the words that are in force were sent stands in those words. */
enum status pledge_file_parties(struct ctx *ctx, const struct pledge_file *file,
                                struct pledge_parties *out)
{
    struct pledge_parties_of_row *rows;
    size_t count;
    const struct pledge_revision_of_row *sent = &file->sent;
    *out = (struct pledge_parties){.party = {{"leader", sent->leader_name, sent->leader_title,
                                              sent->leader_email, sent->leader_key},
                                             {"cosigner", sent->cosigner_name, sent->cosigner_title,
                                              sent->cosigner_email, sent->cosigner_key}},
                                   .count = sent->has_union != 0 ? 2 : 1};
    TRY(pledge_parties_of(ctx, file->row.organisation_id, file->row.id, sent->sent_at, &rows,
                          &count));
    for (size_t i = 0; i < count; i++) {
        struct pledge_party *party = pledge_party_of(out, rows[i].role);
        if (party != NULL)
            *party = (struct pledge_party){party->role, rows[i].name, rows[i].title, rows[i].email,
                                           rows[i].email_key};
    }
    return OK;
}

enum status pledge_parties(struct ctx *ctx, const char *reference, struct pledge_parties *out)
{
    struct pledge_file file;
    TRY(pledge_file_open(ctx, reference, &file));
    return pledge_file_parties(ctx, &file, out);
}

bool pledge_party_is(struct ctx *ctx, const struct pledge_party *party, const char *name,
                     const char *email)
{
    return (email[0] != '\0' && strcmp(text_email_key(ctx->mem, email), party->email_key) == 0) ||
           (name[0] != '\0' && text_equal_fold(ctx->mem, name, party->name));
}

const char *pledge_side_text(const char *role)
{
    return strcmp(role, "leader") == 0 ? "the employer" : "the staff side";
}

const char *pledge_side_of(const struct pledge_parties *parties, const char *email_key)
{
    for (size_t i = 0; i < parties->count && email_key[0] != '\0'; i++)
        if (strcmp(parties->party[i].email_key, email_key) == 0)
            return parties->party[i].role;
    return NULL;
}
