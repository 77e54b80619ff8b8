/* SPDX-License-Identifier: MIT */
/*
 * pledge_party.c - who signs for each side of a pledge today.
 *
 * The signature of whoever signed first stays for ever.  Who signs next, and who works on the plan,
 * is the newest person to whom a side was handed over and who said yes.
 */
#include "programme/pledge/pledge_internal.h"

#include <string.h>

static struct pledge_party *party_of(struct pledge_parties *parties, const char *role)
{
    for (size_t i = 0; i < parties->count; i++)
        if (strcmp(parties->party[i].role, role) == 0)
            return &parties->party[i];
    return NULL;
}

enum status pledge_parties(struct ctx *ctx, const char *reference, struct pledge_parties *out)
{
    struct pledge_file file;
    struct pledge_parties_of_row *rows;
    size_t count;
    TRY(pledge_file_open(ctx, reference, &file));
    const struct pledge_revision_of_row *sent = &file.sent;
    *out = (struct pledge_parties){.party = {{"leader", sent->leader_name, sent->leader_title,
                                              sent->leader_email, sent->leader_key},
                                             {"cosigner", sent->cosigner_name, sent->cosigner_title,
                                              sent->cosigner_email, sent->cosigner_key}},
                                   .count = sent->has_union != 0 ? 2 : 1};
    TRY(pledge_parties_of(ctx, file.row.organisation_id, file.row.id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct pledge_party *party = party_of(out, rows[i].role);
        if (party != NULL)
            *party = (struct pledge_party){party->role, rows[i].name, rows[i].title, rows[i].email,
                                           rows[i].email_key};
    }
    return OK;
}

const char *pledge_side_of(const struct pledge_parties *parties, const char *email_key)
{
    for (size_t i = 0; i < parties->count && email_key[0] != '\0'; i++)
        if (strcmp(parties->party[i].email_key, email_key) == 0)
            return parties->party[i].role;
    return NULL;
}
