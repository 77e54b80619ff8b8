/* SPDX-License-Identifier: MIT */
/*
 * pledge_read.c - a pledge as one reader may see it.
 *
 * What the public may not see is not copied into the struct at all, so no page can show it by
 * mistake: names that signatories keep to themselves, leads of actions, reasons, and, of what was
 * never published, everything but the fact of the signatures (pledge_verify).
 */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

bool pledge_stands(const struct pledge *pledge)
{
    return pledge_state_stands(pledge->state);
}

/* The newest event of a kind in this revision; NULL: there is none. */
static const struct pledge_events_row *newest(const struct pledge_file *file,
                                              enum pledge_event_kind kind)
{
    for (size_t i = file->event_count; i > 0; i--) {
        const struct pledge_events_row *event = &file->events[i - 1];
        if (event->revision == file->row.revision &&
            strcmp(event->kind, pledge_event_code(kind)) == 0)
            return event;
    }
    return NULL;
}

/* The value of a public line of an event; "" when it has none of that key. */
static const char *line_of(struct mem *mem, const char *detail, const char *key)
{
    size_t length = strlen(key);
    for (const char *line = detail; *line != '\0'; line = strchr(line, '\n') + 1)
        if (strncmp(line, key, length) == 0 && line[length] == '=')
            return mem_text_part(mem, line + length + 1, strcspn(line + length + 1, "\n"));
    return "";
}

static void take_signing(struct ctx *ctx, const struct pledge_file *file,
                         enum pledge_event_kind kind, struct pledge_signature *out)
{
    const struct pledge_events_row *event = newest(file, kind);
    out->signed_at = event == NULL ? 0 : event->at;
    out->paper_on = event == NULL ? "" : line_of(ctx->mem, event->detail, "signed_on");
}

static void take_signatures(struct ctx *ctx, const struct pledge_file *file, bool all_names,
                            struct pledge *out)
{
    const struct pledge_revision_of_row *sent = &file->sent;
    out->signatures[out->signature_count++] = (struct pledge_signature){
        .role = "leader",
        .office = sent->leader_title,
        .name = all_names || sent->shows_leader ? sent->leader_name : "",
    };
    take_signing(ctx, file, PLEDGE_LEADER_SIGNED, &out->signatures[0]);
    if (sent->has_union) {
        struct pledge_signature *signature = &out->signatures[out->signature_count++];
        *signature = (struct pledge_signature){
            .role = "cosigner",
            .office = mem_format(ctx->mem, "%s, %s", sent->cosigner_title, sent->union_name),
            .name = all_names || sent->shows_cosigner ? sent->cosigner_name : "",
        };
        take_signing(ctx, file, PLEDGE_COSIGNER_SIGNED, signature);
    }
    struct pledge_signature *programme = &out->signatures[out->signature_count++];
    *programme =
        (struct pledge_signature){.role = "programme", .office = "The programme", .name = ""};
    take_signing(ctx, file, PLEDGE_WAS_ACKNOWLEDGED, programme);
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
            .detail = row->detail,
            .text_digest = row->text_digest,
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

static void take_outline(const struct pledge_file *file, struct pledge *out)
{
    const struct pledge_by_reference_row *row = &file->row;
    *out = (struct pledge){
        .id = row->id,
        .organisation_id = row->organisation_id,
        .reference = row->reference,
        .code = row->code,
        .organisation_code = row->organisation_code,
        .organisation_name = row->name,
        .region = row->region,
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
        .review_on = row->review_on != NULL ? row->review_on : "",
        .period = row->period,
        .holder_id = row->holder_id,
        .into = row->into_reference,
        .published_at = row->published_at != NULL ? *row->published_at : 0,
    };
}

/* All of it, as one reader may see it. */
static enum status take(struct ctx *ctx, const struct pledge_file *file, bool is_staff,
                        struct pledge *out)
{
    take_outline(file, out);
    out->statement = file->sent.statement;
    out->text = is_staff ? file->sent.text : file->sent.public_text;
    out->plan_upload_id = is_staff ? file->sent.plan_upload_id : 0;
    take_signatures(ctx, file, is_staff, out);
    take_events(ctx, file, is_staff, out);
    return take_plan(ctx, file, is_staff || file->sent.shows_leads, out);
}

enum status pledge_find(struct ctx *ctx, const char *reference, enum pledge_reader reader,
                        struct pledge *out)
{
    struct pledge_file file;
    bool is_staff = reader == PLEDGE_FOR_STAFF;
    TRY(pledge_file_open(ctx, reference, &file));
    if (!is_staff && file.row.is_public == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "pledge \"%s\" is not public", reference);
    return take(ctx, &file, is_staff, out);
}

static enum status happen_once(struct ctx *ctx, const char *reference,
                               const struct pledge_news *news, struct pledge_file *file)
{
    const struct pledge_happening happening = {.kind = news->kind,
                                               .role = news->role,
                                               .reason = news->reason != NULL ? news->reason : "",
                                               .detail = news->detail,
                                               .text_digest = news->text_digest};
    TRY(pledge_file_open(ctx, reference, file));
    return pledge_file_add(ctx, file, &happening);
}

enum status pledge_happen(struct ctx *ctx, const char *reference, const struct pledge_news *news,
                          struct pledge *out)
{
    struct pledge_file file;
    TRY(happen_once(ctx, reference, news, &file));
    return out == NULL ? OK : take(ctx, &file, true, out);
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
    take_outline(&file, out);
    take_signatures(ctx, &file, false, out);
    for (size_t i = 0; i < out->signature_count; i++)
        out->signatures[i].name = "";
    out->no_union_reason = "";
    return OK;
}

enum status pledge_plan_file(struct ctx *ctx, const struct pledge *pledge, struct upload *out,
                             struct text_span *bytes_out)
{
    if (pledge->plan_upload_id == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no plan was sent with the pledge");
    return upload_read(ctx, pledge->plan_upload_id,
                       mem_format(ctx->mem, "pledge/%s", pledge->reference), out, bytes_out);
}

/* ---- what was sent, to be mended ---- */

static void draft_plan(struct ctx *ctx, const struct pledge_actions_row *actions, size_t count,
                       struct pledge_draft *out)
{
    struct pledge_action_draft *items = mem_array(ctx->mem, struct pledge_action_draft, count);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct pledge_action_draft){
            .intention = actions[i].intention,
            .standard = actions[i].standard,
            .baseline = actions[i].baseline,
            .action = actions[i].action,
            .measure = actions[i].measure,
            .target = actions[i].target,
            .lead = actions[i].lead,
            .partners = actions[i].partners,
            .start_on = actions[i].start_on,
            .due_on = actions[i].due_on,
        };
    out->actions = (struct form_list){items, count};
}

static struct form_several draft_shown(struct ctx *ctx, const struct pledge_revision_of_row *sent)
{
    struct form_several shown = {mem_array(ctx->mem, const char *, 3), 0};
    if (sent->shows_leader)
        shown.codes[shown.count++] = "leader";
    if (sent->shows_cosigner)
        shown.codes[shown.count++] = "cosigner";
    if (sent->shows_leads)
        shown.codes[shown.count++] = "leads";
    return shown;
}

static enum status draft_of(struct ctx *ctx, const struct pledge_file *file,
                            struct pledge_draft *out)
{
    const struct pledge_by_reference_row *row = &file->row;
    const struct pledge_revision_of_row *sent = &file->sent;
    struct pledge_intentions_row *intentions;
    struct pledge_actions_row *actions;
    size_t count;
    *out = (struct pledge_draft){
        .amends = row->reference,
        .organisation = {row->organisation_code, row->name, "", row->organisation_id},
        .leader_name = sent->leader_name,
        .leader_title = sent->leader_title,
        .leader_email = sent->leader_email,
        .has_union = sent->has_union ? FORM_YES : FORM_NO,
        .union_code = sent->union_code,
        .union_other = strcmp(sent->union_code, "other") == 0 ? sent->union_name : "",
        .cosigner_name = sent->cosigner_name,
        .cosigner_title = sent->cosigner_title,
        .cosigner_email = sent->cosigner_email,
        .no_union_reason = sent->no_union_reason,
        .statement = sent->statement,
        .shown = draft_shown(ctx, sent),
        .plan_file = {0, "", 0, ""},
    };
    TRY(pledge_intentions(ctx, row->organisation_id, row->id, row->revision, PLEDGE_INTENTIONS_MAX,
                          &intentions, &count));
    out->intentions.codes = mem_array(ctx->mem, const char *, count);
    for (size_t i = 0; i < count; i++)
        out->intentions.codes[out->intentions.count++] = intentions[i].intention;
    TRY(pledge_actions(ctx, row->organisation_id, row->id, row->revision, PLEDGE_ACTIONS_MAX,
                       &actions, &count));
    draft_plan(ctx, actions, count, out);
    return OK;
}

enum status pledge_amend(struct ctx *ctx, const char *token, struct pledge_draft *out)
{
    struct pledge_link_find_row link;
    struct pledge_by_id_row named;
    struct pledge_file file;
    TRY(pledge_link_find(ctx, hash_token(ctx->mem, token), &link));
    if (strcmp(link.role, "amend") != 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "link is not for mending");
    TRY(pledge_by_id(ctx, link.organisation_id, link.pledge_id, &named));
    TRY(pledge_file_open(ctx, named.reference, &file));
    if (link.ended_at != NULL || link.expires_at < ctx->now_secs ||
        file.standing.state != PLEDGE_RETURNED)
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" is not to be mended by this link",
                        named.reference);
    return draft_of(ctx, &file, out);
}

/* ---- its intentions ---- */

/* Where it stands; intention_count: nowhere. */
static size_t place_of(const struct pledge *pledge, const char *code)
{
    size_t i = 0;
    while (i < pledge->intention_count && strcmp(pledge->intentions[i], code) != 0)
        i++;
    return i;
}

bool pledge_covers(const struct pledge *pledge, const char *code)
{
    return place_of(pledge, code) < pledge->intention_count;
}

const char *pledge_intention_name(const struct pledge *pledge, const char *code)
{
    size_t i = place_of(pledge, code);
    return i < pledge->intention_count ? pledge->intention_names[i] : code;
}
