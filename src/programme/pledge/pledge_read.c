/* SPDX-License-Identifier: MIT */
/*
 * pledge_read.c - a pledge as one reader may see it.
 *
 * What the public may not see is not copied into the struct at all, so no page can show it by
 * mistake: names that signatories keep to themselves, leads of actions, reasons, and, of what was
 * never published, everything but the fact of the signatures (pledge_verify).
 */
#include "platform/base/id.h"
#include "platform/base/time.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

bool pledge_stands(const struct pledge *pledge)
{
    return pledge->state == PLEDGE_PUBLISHED || pledge->state == PLEDGE_UNDER_REVIEW ||
           pledge->state == PLEDGE_RENEWED;
}

static int64_t signed_at(const struct pledge_file *file, enum pledge_event_kind kind)
{
    for (size_t i = file->event_count; i > 0; i--) {
        const struct pledge_events_row *event = &file->events[i - 1];
        if (event->revision == file->row.revision &&
            strcmp(event->kind, pledge_event_code(kind)) == 0)
            return event->at;
    }
    return 0;
}

static void take_signatures(struct ctx *ctx, const struct pledge_file *file, bool all_names,
                            struct pledge *out)
{
    const struct pledge_revision_of_row *sent = &file->sent;
    out->signatures[out->signature_count++] = (struct pledge_signature){
        .role = "leader",
        .office = sent->leader_title,
        .name = all_names || sent->shows_leader ? sent->leader_name : "",
        .signed_at = signed_at(file, PLEDGE_LEADER_SIGNED),
    };
    if (sent->has_union)
        out->signatures[out->signature_count++] = (struct pledge_signature){
            .role = "cosigner",
            .office = mem_format(ctx->mem, "%s, %s", sent->cosigner_title, sent->union_name),
            .name = all_names || sent->shows_cosigner ? sent->cosigner_name : "",
            .signed_at = signed_at(file, PLEDGE_COSIGNER_SIGNED),
        };
    out->signatures[out->signature_count++] = (struct pledge_signature){
        .role = "programme",
        .office = "The programme",
        .name = "",
        .signed_at = signed_at(file, PLEDGE_WAS_ACKNOWLEDGED),
    };
}

static void take_events(struct ctx *ctx, const struct pledge_file *file, bool with_reasons,
                        struct pledge *out)
{
    out->events = mem_array(ctx->mem, struct pledge_event, file->event_count);
    for (size_t i = 0; i < file->event_count; i++) {
        const struct pledge_events_row *row = &file->events[i];
        out->events[i] = (struct pledge_event){
            .number = row->number,
            .kind = pledge_event_of(row->kind),
            .at = row->at,
            .reason = with_reasons ? row->reason : "",
            .digest = row->digest,
        };
    }
    out->event_count = file->event_count;
}

static const char *name_of(const struct framework *framework, const char *code)
{
    const struct framework_intention *intention = framework_intention_of(framework, code);
    return intention == NULL ? code : intention->name;
}

static enum status take_plan(struct ctx *ctx, const struct pledge_file *file, bool with_leads,
                             struct pledge *out)
{
    struct framework framework;
    struct pledge_intentions_row *intentions;
    struct pledge_actions_row *actions;
    const struct pledge_by_reference_row *row = &file->row;
    TRY(framework_version(ctx, row->framework, row->framework_version, &framework));
    TRY(pledge_intentions(ctx, row->organisation_id, row->id, row->revision, PLEDGE_INTENTIONS_MAX,
                          &intentions, &out->intention_count));
    TRY(pledge_actions(ctx, row->organisation_id, row->id, row->revision, PLEDGE_ACTIONS_MAX,
                       &actions, &out->action_count));
    out->intentions = mem_array(ctx->mem, const char *, out->intention_count);
    out->intention_names = mem_array(ctx->mem, const char *, out->intention_count);
    for (size_t i = 0; i < out->intention_count; i++) {
        out->intentions[i] = intentions[i].intention;
        out->intention_names[i] = name_of(&framework, intentions[i].intention);
    }
    out->actions = mem_array(ctx->mem, struct pledge_action, out->action_count);
    for (size_t i = 0; i < out->action_count; i++) {
        const struct pledge_actions_row *a = &actions[i];
        out->actions[i] = (struct pledge_action){
            .intention = a->intention,
            .intention_name = name_of(&framework, a->intention),
            .baseline = a->baseline,
            .action = a->action,
            .measure = a->measure,
            .target = a->target,
            .lead = with_leads ? a->lead : "",
            .partners = a->partners,
            .start_on = a->start_on,
            .due_on = a->due_on,
        };
    }
    return OK;
}

static enum status take_outline(struct ctx *ctx, const struct pledge_file *file, struct pledge *out)
{
    const struct pledge_by_reference_row *row = &file->row;
    *out = (struct pledge){
        .id = row->id,
        .organisation_id = row->organisation_id,
        .reference = row->reference,
        .code = row->code,
        .organisation_code = row->organisation_code,
        .organisation_name = row->name,
        .state = file->standing.state,
        .revision = row->revision,
        .framework = row->framework,
        .framework_version = row->framework_version,
        .wording = row->wording,
        .statement = "",
        .no_union_reason = file->sent.no_union_reason,
        .text = "",
        .text_digest = file->sent.text_digest,
        .signed_on = row->signed_on != NULL ? row->signed_on : "",
        .review_on = "",
        .published_at = row->published_at != NULL ? *row->published_at : 0,
    };
    if (out->signed_on[0] == '\0')
        return OK;
    return time_day_add(ctx->mem, out->signed_on,
                        (struct time_step){.months = PLEDGE_REVIEW_MONTHS}, &out->review_on);
}

enum status pledge_find(struct ctx *ctx, const char *reference, enum pledge_reader reader,
                        struct pledge *out)
{
    struct pledge_file file;
    bool is_staff = reader == PLEDGE_FOR_STAFF;
    TRY(pledge_file_open(ctx, reference, &file));
    if (!is_staff && file.row.is_public == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "pledge \"%s\" is not public", reference);
    TRY(take_outline(ctx, &file, out));
    out->statement = file.sent.statement;
    out->text = is_staff ? file.sent.text : file.sent.public_text;
    take_signatures(ctx, &file, is_staff, out);
    take_events(ctx, &file, is_staff, out);
    return take_plan(ctx, &file, is_staff || file.sent.shows_leads, out);
}

enum status pledge_verify(struct ctx *ctx, const char *typed_code, struct pledge *out)
{
    struct pledge_by_code_row named;
    struct pledge_file file;
    const char *code;
    if (id_code_read(ctx->mem, typed_code, &code) != OK)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no such verification code");
    TRY(pledge_by_code(ctx, code, &named));
    TRY(pledge_file_open(ctx, named.reference, &file));
    if (file.row.is_public != 0)
        return pledge_find(ctx, named.reference, PLEDGE_FOR_PUBLIC, out);
    TRY(take_outline(ctx, &file, out));
    take_signatures(ctx, &file, false, out);
    for (size_t i = 0; i < out->signature_count; i++)
        out->signatures[i].name = "";
    out->no_union_reason = "";
    return OK;
}
