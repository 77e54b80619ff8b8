/* SPDX-License-Identifier: MIT */
/* access_person.c - what a person may change of their own account: its address and its name. */
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/access/access.sql.h"

#include <string.h>

enum status access_person_move(struct ctx *ctx, struct person_id id, const char *email)
{
    int64_t changes;
    if (!text_is_email(email))
        return ctx_fail(ctx, ERR_INVALID, "that is no address");
    return access_person_set_email(ctx, id.n, email, text_email_key(ctx->mem, email), &changes);
}

struct renaming {
    struct person_id id;
    const char *name;
    bool has_changed;
};

/* Runs inside a transaction, perhaps more than once. */
static enum status rename_once(struct ctx *ctx, void *arg)
{
    struct renaming *renaming = arg;
    struct access_person person;
    int64_t changes;
    TRY(access_person_get(ctx, renaming->id, &person));
    renaming->has_changed = strcmp(person.name, renaming->name) != 0;
    if (!renaming->has_changed)
        return OK;
    TRY(access_person_set_name(ctx, person.id.n, renaming->name, &changes));
    return audit_note(ctx, &(const struct audit_deed){.what = "access.renamed",
                                                      .subject = person.id,
                                                      .before = person.name,
                                                      .after = renaming->name});
}

enum status access_person_rename(struct ctx *ctx, struct person_id id, const char *name,
                                 bool *changed_out)
{
    struct renaming renaming = {id, name, false};
    if (name[0] == '\0' || text_length_chars(name) > ACCESS_NAME_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "an account has a name of some length");
    TRY(store_transact(ctx, "access_rename", rename_once, &renaming));
    *changed_out = renaming.has_changed;
    return OK;
}
