/* SPDX-License-Identifier: MIT */
/*
 * pledge_succeed.c - what becomes of a pledge when another organisation takes over from its own.
 *
 * The chain, the reference and who signs stay; what changes is who holds it.  Each step is one
 * transaction that reads everything anew, so that doing it twice, or on two nodes, does it once.
 */
#include "platform/base/time.h"
#include "platform/job/job.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_passage.sql.h"

#include <string.h>

enum { PORTION = 100, STEPS_MAX = 10 };

/* ---- the steps themselves ---- */

static const char *detail_of(struct ctx *ctx, const struct pledge_passing *passing)
{
    bool is_by_rule = strcmp(passing->why, "succession") == 0;
    return mem_format(ctx->mem, "from=%s\nto=%s\non=%s\n%s", passing->from->code, passing->to->code,
                      passing->on,
                      is_by_rule ? "" : mem_format(ctx->mem, "why=%s\n", passing->why));
}

static enum status add_passage(struct ctx *ctx, const struct pledge_file *file,
                               const struct pledge_passing *passing, const char *into)
{
    int64_t changes;
    return pledge_passage_add(ctx, file->row.organisation_id, file->row.id,
                              (int64_t)file->event_count, into[0] == '\0' ? "carried" : "merged",
                              passing->why, passing->from->id.n, passing->to->id.n, passing->on,
                              into, &changes);
}

static const char *reason_or_null(const struct pledge_passing *passing)
{
    return passing->reason[0] != '\0' ? passing->reason : NULL;
}

enum status pledge_carry(struct ctx *ctx, struct pledge_file *file,
                         const struct pledge_passing *passing)
{
    struct pledge_by_reference_row *row = &file->row;
    int64_t changes;
    TRY(pledge_file_add(ctx, file,
                        &(const struct pledge_happening){.kind = PLEDGE_CARRIED_OVER,
                                                         .role = "programme",
                                                         .reason = passing->reason,
                                                         .detail = detail_of(ctx, passing)}));
    TRY(pledge_holder_set(ctx, row->organisation_id, row->id, passing->to->id.n, &changes));
    row->holder_id = passing->to->id.n;
    row->organisation_code = passing->to->code;
    row->name = passing->to->name;
    TRY(pledge_register_follow(ctx, row));
    TRY(add_passage(ctx, file, passing, ""));
    TRY(pledge_note(ctx, row, "pledge.carried_over", reason_or_null(passing)));
    return pledge_mail_carried(ctx, file, passing);
}

enum status pledge_put_into(struct ctx *ctx, struct pledge_file *file,
                            const struct pledge_file *into, const struct pledge_passing *passing)
{
    struct pledge_by_reference_row *row = &file->row;
    int64_t changes;
    TRY(pledge_file_add(
        ctx, file,
        &(const struct pledge_happening){.kind = PLEDGE_WAS_MERGED,
                                         .role = "programme",
                                         .reason = passing->reason,
                                         .detail = mem_format(ctx->mem, "into=%s\nwhy=%s\n",
                                                              into->row.reference, passing->why)}));
    TRY(pledge_into_set(ctx, row->organisation_id, row->id, into->row.reference, &changes));
    row->into_reference = into->row.reference;
    TRY(add_passage(ctx, file, passing, into->row.reference));
    TRY(pledge_note(ctx, row, "pledge.merged", reason_or_null(passing)));
    return pledge_mail_merged(ctx, file, into);
}

/* The live pledge of an organisation; *is_any_out false when it has none. */
static enum status find_live(struct ctx *ctx, int64_t holder_id, struct pledge_file *out,
                             bool *is_any_out)
{
    struct pledge_live_row live;
    enum status status = pledge_live(ctx, holder_id, &live);
    *is_any_out = status == OK;
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    return pledge_file_open(ctx, live.reference, out);
}

static enum status go_to(struct ctx *ctx, struct pledge_file *file,
                         const struct pledge_passing *passing)
{
    struct pledge_file live;
    bool is_any;
    TRY(find_live(ctx, passing->to->id.n, &live, &is_any));
    return is_any ? pledge_put_into(ctx, file, &live, passing) : pledge_carry(ctx, file, passing);
}

/* ---- the rule ---- */

/* Data that goes in a circle carries nothing round. */
static bool was_held_by(struct ctx *ctx, const struct pledge_file *file, const char *code)
{
    for (size_t i = 0; i < file->event_count; i++)
        if (strcmp(pledge_detail(ctx->mem, file->events[i].detail, "from"), code) == 0)
            return true;
    return false;
}

/* Who took over from the holder, when it has closed. */
static enum status find_heirs(struct ctx *ctx, const struct pledge_file *file,
                              struct organisation *holder_out, struct pledge_heirs_row **out,
                              size_t *count_out)
{
    *count_out = 0;
    TRY(directory_get(ctx, (struct organisation_id){file->row.holder_id}, holder_out));
    if (holder_out->is_open || pledge_state_is_over(file->standing.state))
        return OK;
    return pledge_heirs(ctx, file->row.holder_id, time_day_of(ctx->mem, ctx->now_secs),
                        PLEDGE_HEIRS_MAX, out, count_out);
}

/* A pledge in force becomes no part of one that is not in force yet: it waits. */
static enum status waits(struct ctx *ctx, const struct pledge_file *file, int64_t heir_id,
                         bool *out)
{
    struct pledge_file live;
    bool is_any;
    TRY(find_live(ctx, heir_id, &live, &is_any));
    *out = is_any && pledge_state_stands(file->standing.state) &&
           !pledge_state_stands(live.standing.state);
    return OK;
}

struct step {
    const char *reference;
    bool moved;
};

static enum status succeed_once(struct ctx *ctx, void *arg)
{
    struct step *step = arg;
    struct pledge_file file;
    struct organisation holder, heir;
    struct pledge_heirs_row *heirs;
    size_t count;
    bool has_to_wait;
    step->moved = false;
    TRY(pledge_file_open(ctx, step->reference, &file));
    TRY(find_heirs(ctx, &file, &holder, &heirs, &count));
    if (count != 1 || was_held_by(ctx, &file, heirs[0].code))
        return OK;
    TRY(waits(ctx, &file, heirs[0].id, &has_to_wait));
    if (has_to_wait)
        return OK;
    TRY(directory_get(ctx, (struct organisation_id){heirs[0].id}, &heir));
    TRY(go_to(ctx, &file,
              &(const struct pledge_passing){"succession", &holder, &heir, heirs[0].on_day, ""}));
    step->moved = true;
    return OK;
}

enum status pledge_succeed(struct ctx *ctx, const char *reference, bool *moved_out)
{
    struct step step = {.reference = reference, .moved = true};
    *moved_out = false;
    for (int i = 0; i < STEPS_MAX && step.moved; i++) {
        TRY(store_transact(ctx, "pledge_succeed", succeed_once, &step));
        *moved_out |= step.moved;
    }
    return OK;
}

/* One of many: what another did in the meantime is left for the next night. */
static enum status succeed_of_many(struct ctx *ctx, const char *reference, int64_t *moved_out)
{
    bool moved;
    enum status status = pledge_succeed(ctx, reference, &moved);
    *moved_out += moved;
    if (status != ERR_CONFLICT)
        return status;
    ctx->fault = NULL;
    return OK;
}

static enum status succeed_portion(struct ctx *ctx, int64_t *after, size_t *count_out,
                                   int64_t *moved_out)
{
    struct pledge_to_pass_row *rows;
    TRY(pledge_to_pass(ctx, time_day_of(ctx->mem, ctx->now_secs), *after, PORTION, &rows,
                       count_out));
    for (size_t i = 0; i < *count_out; i++) {
        TRY(succeed_of_many(ctx, rows[i].reference, moved_out));
        *after = rows[i].id;
    }
    return OK;
}

enum status pledge_succeed_all(struct ctx *ctx, int64_t *moved_out)
{
    struct mem *whole = ctx->mem;
    int64_t after = 0;
    size_t count = PORTION;
    *moved_out = 0;
    while (count == PORTION) {
        ctx->mem = mem_child(whole);
        enum status status = succeed_portion(ctx, &after, &count, moved_out);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    return OK;
}

enum status pledge_succeed_soon(struct ctx *ctx)
{
    return job_put(ctx, "pledge.succeed", "now", "", ctx->now_secs);
}

/* ---- several took over: staff choose ---- */

enum status pledge_heirs_of(struct ctx *ctx, const struct pledge *pledge, struct pledge_heir **out,
                            size_t *count_out)
{
    struct pledge_file file;
    struct organisation holder, heir;
    struct pledge_heirs_row *rows;
    struct pledge_live_row live;
    TRY(pledge_file_open(ctx, pledge->reference, &file));
    TRY(find_heirs(ctx, &file, &holder, &rows, count_out));
    *out = mem_array(ctx->mem, struct pledge_heir, *count_out);
    for (size_t i = 0; i < *count_out; i++) {
        TRY(directory_get(ctx, (struct organisation_id){rows[i].id}, &heir));
        enum status status = pledge_live(ctx, rows[i].id, &live);
        if (status != OK && status != ERR_NOT_FOUND)
            return status;
        ctx->fault = NULL;
        (*out)[i] = (struct pledge_heir){.id = rows[i].id,
                                         .code = heir.code,
                                         .name = heir.name,
                                         .on = rows[i].on_day,
                                         .live_reference = status == OK ? live.reference : ""};
    }
    return OK;
}

struct choice {
    const char *reference, *heir_code, *reason;
};

static enum status choose_once(struct ctx *ctx, void *arg)
{
    const struct choice *choice = arg;
    struct pledge_file file;
    struct organisation holder, heir;
    struct pledge_heirs_row *rows;
    size_t count;
    TRY(pledge_file_open(ctx, choice->reference, &file));
    if (strcmp(file.row.organisation_code, choice->heir_code) == 0)
        return OK; /* chosen twice */
    TRY(find_heirs(ctx, &file, &holder, &rows, &count));
    if (count == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "nothing is to be chosen for pledge \"%s\"",
                        choice->reference);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].code, choice->heir_code) != 0)
            continue;
        TRY(directory_get(ctx, (struct organisation_id){rows[i].id}, &heir));
        return go_to(ctx, &file,
                     &(const struct pledge_passing){"split", &holder, &heir, rows[i].on_day,
                                                    choice->reason});
    }
    return ctx_fail(ctx, ERR_INVALID, "\"%s\" did not take over from \"%s\"", choice->heir_code,
                    holder.code);
}

enum status pledge_choose_heir(struct ctx *ctx, const char *reference, const char *heir_code,
                               const char *reason)
{
    struct choice choice = {reference, heir_code, reason};
    return store_transact(ctx, "pledge_choose_heir", choose_once, &choice);
}

/* ---- a succession was taken back: staff look ---- */

struct undone {
    struct pledge_file file;
    struct pledge_passage_undone_row row;
    struct organisation from, to;
    bool is_any, can_go_back;
};

static enum status read_undone(struct ctx *ctx, const char *reference, struct undone *out)
{
    struct pledge_passage_undone_row *rows;
    struct pledge_file live;
    size_t count;
    bool is_any;
    *out = (struct undone){.is_any = false};
    TRY(pledge_file_open(ctx, reference, &out->file));
    TRY(pledge_passage_undone(ctx, out->file.row.organisation_id, out->file.row.id,
                              time_day_of(ctx->mem, ctx->now_secs), &rows, &count));
    if (count == 0)
        return OK;
    out->is_any = true;
    out->row = rows[0];
    TRY(directory_get(ctx, (struct organisation_id){rows[0].from_id}, &out->from));
    TRY(directory_get(ctx, (struct organisation_id){rows[0].to_id}, &out->to));
    TRY(find_live(ctx, rows[0].from_id, &live, &is_any));
    out->can_go_back = strcmp(rows[0].kind, "carried") == 0 && !is_any &&
                       out->file.row.holder_id == rows[0].to_id &&
                       !pledge_state_is_over(out->file.standing.state);
    return OK;
}

enum status pledge_undone_of(struct ctx *ctx, const struct pledge *pledge,
                             struct pledge_undone *out, bool *is_any_out)
{
    struct undone undone;
    TRY(read_undone(ctx, pledge->reference, &undone));
    *is_any_out = undone.is_any;
    if (!undone.is_any)
        return OK;
    *out = (struct pledge_undone){.number = undone.row.number,
                                  .is_merged = strcmp(undone.row.kind, "merged") == 0,
                                  .from_code = undone.from.code,
                                  .from_name = undone.from.name,
                                  .to_code = undone.to.code,
                                  .to_name = undone.to.name,
                                  .on = undone.row.on_day,
                                  .can_go_back = undone.can_go_back};
    return OK;
}

struct settling {
    const char *reference, *reason;
    bool goes_back;
};

static enum status settle_once(struct ctx *ctx, void *arg)
{
    const struct settling *settling = arg;
    struct undone undone;
    int64_t changes;
    TRY(read_undone(ctx, settling->reference, &undone));
    if (!undone.is_any || (settling->goes_back && !undone.can_go_back))
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" cannot go back", settling->reference);
    const struct pledge_by_reference_row *row = &undone.file.row;
    TRY(pledge_passage_settle(ctx, row->organisation_id, row->id, undone.row.number, ctx->now_secs,
                              &changes));
    TRY(pledge_note(ctx, row, "pledge.passage_settled", settling->reason));
    if (!settling->goes_back)
        return OK;
    return pledge_carry(ctx, &undone.file,
                        &(const struct pledge_passing){"undone", &undone.to, &undone.from,
                                                       time_day_of(ctx->mem, ctx->now_secs),
                                                       settling->reason});
}

enum status pledge_settle(struct ctx *ctx, const char *reference, bool goes_back,
                          const char *reason)
{
    struct settling settling = {reference, reason, goes_back};
    return store_transact(ctx, "pledge_settle", settle_once, &settling);
}
