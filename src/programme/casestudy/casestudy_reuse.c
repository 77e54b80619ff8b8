/* SPDX-License-Identifier: MIT */
/* casestudy_reuse.c - "we did this too": sent, counted once an organisation, taken back. */
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/casestudy/casestudy_internal.h"
#include "programme/directory/directory.h"

#include <string.h>

enum { REFERENCE_ATTEMPTS = 8 };

struct sending {
    const struct casestudy_reuse_draft *draft;
    struct form_problems *problems;
    struct casestudy study;
    struct organisation organisation;
    const char *reference;
};

/* The live case study that was meant; a problem when there is none. */
static enum status find_live(struct ctx *ctx, struct sending *s)
{
    const char *reference;
    enum status status = id_reference_read(ctx->mem, s->draft->case_study, "CS", &reference);
    if (status == OK)
        status = casestudy_find(ctx, reference, &s->study);
    if (status == OK && s->study.is_live)
        return OK;
    if (status != OK && status != ERR_INVALID && status != ERR_NOT_FOUND)
        return status;
    form_wrong(s->problems, "case_study",
               "We know no case study of that reference. It looks like CS-1234-5678, and stands "
               "at the top of the case study");
    return ctx_fail(ctx, ERR_INVALID, "no live case study of that reference");
}

static enum status add_row(struct ctx *ctx, struct sending *s)
{
    const struct casestudy_reuse_draft *d = s->draft;
    for (int attempt = 0; attempt < REFERENCE_ATTEMPTS; attempt++) {
        int64_t changes;
        s->reference = id_reference_new(ctx->mem, "RU");
        TRY(casestudy_reuse_add(ctx, s->study.organisation_id, s->study.id, id_new(ctx),
                                s->reference, s->organisation.id.n, s->organisation.code,
                                s->organisation.name, d->words, d->name, d->email,
                                text_email_key(ctx->mem, d->email), ctx->now_secs, &changes));
        if (changes == 1)
            return OK;
    }
    return ctx_fail(ctx, ERR_BUSY, "no free reference was found");
}

static enum status send_once(struct ctx *ctx, void *arg)
{
    struct sending *s = arg;
    TRY(find_live(ctx, s));
    if (s->study.organisation_id == s->organisation.id.n) {
        form_wrong(s->problems, "organisation",
                   "This is the organisation that the case study is about. Choose another");
        return ctx_fail(ctx, ERR_INVALID, "an organisation did again what it did");
    }
    TRY(add_row(ctx, s));
    return casestudy_prove_begin(ctx,
                                 &(const struct casestudy_proving){s->study.organisation_id,
                                                                   s->study.id, s->reference,
                                                                   s->draft->email},
                                 s->problems);
}

enum status casestudy_reuse_send(struct ctx *ctx, const struct casestudy_reuse_draft *draft,
                                 struct form_problems *problems, const char **reference_out)
{
    struct sending s = {.draft = draft, .problems = problems};
    TRY(directory_find(ctx, draft->organisation.key, &s.organisation));
    TRY(store_transact(ctx, "casestudy_reuse_send", send_once, &s));
    *reference_out = s.reference;
    return OK;
}

enum status casestudy_reuse_find(struct ctx *ctx, const char *reference,
                                 struct casestudy_reuse *out)
{
    struct casestudy_reuse_row_row row;
    TRY(casestudy_reuse_row(ctx, reference, &row));
    *out = (struct casestudy_reuse){.organisation_id = row.organisation_id,
                                    .casestudy_id = row.casestudy_id,
                                    .id = row.id,
                                    .reuser_id = row.reuser_id,
                                    .reference = row.reference,
                                    .state = row.state,
                                    .reuser = row.reuser,
                                    .study = row.study,
                                    .title = row.title};
    return OK;
}

static enum status set(struct ctx *ctx, const struct casestudy_reuse *reuse, const char *state)
{
    int64_t changes;
    bool counts = strcmp(state, "counted") == 0;
    TRY(casestudy_reuse_set(ctx, reuse->organisation_id, reuse->casestudy_id, reuse->id, state,
                            counts ? &ctx->now_secs : NULL, &changes));
    return casestudy_reuse_recount(ctx, reuse->organisation_id, reuse->casestudy_id, &changes);
}

enum status casestudy_reuse_confirm(struct ctx *ctx, const char *reference)
{
    struct casestudy_reuse reuse;
    struct casestudy_reuse_counted_row counted;
    TRY(casestudy_reuse_find(ctx, reference, &reuse));
    if (strcmp(reuse.state, "unconfirmed") != 0)
        return OK;
    TRY(casestudy_reuse_counted(ctx, reuse.organisation_id, reuse.casestudy_id, reuse.reuser_id,
                                &counted));
    return set(ctx, &reuse, counted.counted > 0 ? "again" : "counted");
}

struct withdrawing {
    const char *reference;
    enum casestudy_by by;
};

static enum status note_removal(struct ctx *ctx, const struct casestudy_reuse *reuse)
{
    if (ctx->person.n == 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "nobody is signed in");
    return audit_note(ctx, &(const struct audit_deed){.what = "casestudy.reuse-removed",
                                                      .thing = reuse->study,
                                                      .before = reuse->reuser});
}

static enum status withdraw_once(struct ctx *ctx, void *arg)
{
    size_t count;
    struct casestudy_reuse reuse;
    struct casestudy_reuse_others_row *others;
    const struct withdrawing *w = arg;
    TRY(casestudy_reuse_find(ctx, w->reference, &reuse));
    bool counted = strcmp(reuse.state, "counted") == 0;
    if (strcmp(reuse.state, "withdrawn") == 0)
        return OK;
    if (w->by == CASESTUDY_BY_EDITOR)
        TRY(note_removal(ctx, &reuse));
    TRY(set(ctx, &reuse, "withdrawn"));
    TRY(casestudy_reuse_others(ctx, reuse.organisation_id, reuse.casestudy_id, reuse.reuser_id, 1,
                               &others, &count));
    if (!counted || count == 0)
        return OK;
    reuse.id = others->id;
    return set(ctx, &reuse, "counted");
}

enum status casestudy_reuse_withdraw(struct ctx *ctx, const char *reference, enum casestudy_by by)
{
    struct withdrawing w = {mem_text(ctx->mem, reference), by};
    return store_transact(ctx, "casestudy_reuse_withdraw", withdraw_once, &w);
}
