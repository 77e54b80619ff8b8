/* SPDX-License-Identifier: MIT */
/*
 * paper.c - what one writes down from a paper, and what another one finds.
 *
 * Each step names the version of what is written down that it was taken on, so that nobody confirms
 * what they have not seen.
 */
#include "programme/paper/paper.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/pack/pack.h"
#include "programme/paper/paper_internal.h"

#include <inttypes.h>
#include <string.h>

const struct audit_kind paper_audit_kinds[] = {
    {"paper.received", "A paper that was signed came", false},
    {"paper.recorded", "What is on a paper was written down", false},
    {"paper.counted", "A paper was compared with what was written down, and counts", false},
    {"paper.sent_back", "What was written down from a paper was sent back", false},
    {"paper.refused", "A paper was refused", false},
    {"paper.replaced", "Another scan took the place of a paper", false},
    {"paper.seen", "A paper was looked at", true},
    {"paper.scan_seen", "The scan of a paper was opened", true},
    {0},
};

/* ---- reading ---- */

bool paper_is(const struct paper *paper, const char *state)
{
    return strcmp(paper->state, state) == 0;
}

enum status paper_find(struct ctx *ctx, const char *reference, struct paper *out)
{
    struct paper_row_row row;
    TRY(paper_row(ctx, reference, &row));
    *out = (struct paper){
        .organisation_id = row.organisation_id,
        .id = row.id,
        .reference = row.reference,
        .is_whole = strcmp(row.about, "pledge") == 0,
        .organisation = row.organisation,
        .name = row.name,
        .pledge = row.pledge,
        .came_at = row.came_at,
        .added_by = row.added_by,
        .revision = row.revision,
        .side = row.side,
        .came_by = row.came_by,
        .received_on = row.received_on,
        .email = row.email,
        .upload_id = row.upload_id,
        .digest = row.digest,
        .page_count = row.page_count,
        .state = row.state,
        .state_at = row.state_at,
        .version = row.version,
        .signer = row.signer,
        .signed_on = row.signed_on,
        .transcript = row.transcript,
        .recorded_by = row.recorded_by,
        .recorded_at = row.recorded_at,
        .checked_by = row.checked_by,
        .checked_at = row.checked_at,
        .note = row.note,
    };
    return OK;
}

const char *paper_owner(struct mem *mem, const char *reference)
{
    return mem_format(mem, "paper/%s", reference);
}

enum status paper_note(struct ctx *ctx, const struct paper *paper, const char *what,
                       const char *purpose)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what,
                                                      .organisation = paper->organisation,
                                                      .thing = paper->reference,
                                                      .purpose = purpose});
}

enum status paper_note_look(struct ctx *ctx, const struct paper *paper, bool is_scan)
{
    return paper_note(ctx, paper, is_scan ? "paper.scan_seen" : "paper.seen", NULL);
}

enum status paper_scan(struct ctx *ctx, const struct paper *paper, struct upload *out,
                       struct text_span *bytes_out)
{
    if (paper->upload_id == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the scan of paper \"%s\" was removed",
                        paper->reference);
    return upload_read(ctx, paper->upload_id, paper_owner(ctx->mem, paper->reference), out,
                       bytes_out);
}

/* ---- rules ---- */

enum status paper_need_person(struct ctx *ctx)
{
    return ctx->person.n != 0 ? OK : ctx_fail(ctx, ERR_FORBIDDEN, "papers need a signed-in person");
}

/* OK, or why the person who asks may not do more with what is written down. */
static enum status needs_another(struct ctx *ctx, const struct paper *paper)
{
    TRY(paper_need_person(ctx));
    if (!paper_is(paper, "recorded"))
        return ctx_fail(ctx, ERR_CONFLICT, "paper \"%s\" is \"%s\"", paper->reference,
                        paper->state);
    if (paper->recorded_by == ctx->person.n)
        return ctx_fail(ctx, ERR_FORBIDDEN, "nobody checks what they recorded themselves");
    return OK;
}

static enum status is_at_version(struct ctx *ctx, const struct paper *paper, int64_t version)
{
    return paper->version == version
               ? OK
               : ctx_fail(ctx, ERR_CONFLICT, "paper \"%s\" was written anew", paper->reference);
}

/* OK when it may be written down by the person who asks. */
static enum status may_record(struct ctx *ctx, const struct paper *paper, bool is_whole)
{
    TRY(paper_need_person(ctx));
    if (paper->is_whole != is_whole)
        return ctx_fail(ctx, ERR_CONFLICT, "paper \"%s\" is of the other kind", paper->reference);
    if (paper_is(paper, "waiting"))
        return OK;
    if (!paper_is(paper, "recorded"))
        return ctx_fail(ctx, ERR_CONFLICT, "paper \"%s\" is settled", paper->reference);
    if (paper->recorded_by != ctx->person.n)
        return ctx_fail(ctx, ERR_FORBIDDEN, "another person has recorded paper \"%s\"",
                        paper->reference);
    return OK;
}

/* The day that is written beside a signature. */
static enum status check_signed_on(struct ctx *ctx, const struct paper *paper, const char *field,
                                   const char *on, struct form_problems *problems)
{
    const char *too_late =
        mem_format(ctx->mem, "The day of signing cannot be after the paper came, on %s",
                   time_show_day(ctx->mem, paper->received_on));
    return paper_check_day(
        ctx,
        &(const struct paper_day){.field = field,
                                  .on = on,
                                  .latest_on = paper->received_on,
                                  .too_late = too_late,
                                  .too_early =
                                      "The day of signing must be within 2 years before it came"},
        problems);
}

/* ---- writing down ---- */

struct recording {
    const char *reference;
    const struct paper_signature *signature; /* or a whole pledge: */
    const struct paper_pledge *whole;
    const char *transcript;
    struct form_problems *problems;
};

static enum status put_record(struct ctx *ctx, const struct paper *paper, const struct recording *r)
{
    int64_t changes;
    const char *email = r->whole != NULL ? r->whole->pledge.leader_email : paper->email;
    TRY(paper_record(ctx, paper->organisation_id, paper->id, paper->version,
                     r->whole != NULL ? "" : r->signature->signer,
                     r->whole != NULL ? "" : r->signature->signed_on,
                     r->whole != NULL ? r->transcript : "", email, text_email_key(ctx->mem, email),
                     ctx->person.n, ctx->now_secs, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "paper \"%s\" was written anew", paper->reference);
    return paper_note(ctx, paper, "paper.recorded", NULL);
}

static enum status record_signature_once(struct ctx *ctx, void *arg)
{
    const struct recording *r = arg;
    struct paper paper;
    r->problems->count = 0;
    TRY(paper_find(ctx, r->reference, &paper));
    TRY(may_record(ctx, &paper, false));
    if (r->signature->signer[0] == '\0')
        form_wrong(r->problems, "signer", "Enter the name as it is written on the paper");
    if (r->signature->signed_on[0] == '\0')
        form_wrong(r->problems, "signed_on", "Enter the day that is written beside the signature");
    TRY(check_signed_on(ctx, &paper, "signed_on", r->signature->signed_on, r->problems));
    if (r->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "what is on the paper breaks a rule");
    return put_record(ctx, &paper, r);
}

enum status paper_record_signature(struct ctx *ctx, const char *reference,
                                   const struct paper_signature *written,
                                   struct form_problems *problems)
{
    struct recording r = {reference, written, NULL, NULL, problems};
    return store_transact(ctx, "paper_record", record_signature_once, &r);
}

/* The paper that was typed, when the person who asks may record it. */
static enum status find_typed(struct ctx *ctx, const char *typed, struct paper *out)
{
    struct access_granted granted;
    const char *reference;
    if (id_reference_read(ctx->mem, typed, "PA", &reference) != OK)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no paper \"%s\"", typed);
    TRY(paper_find(ctx, reference, out));
    enum status status = access_check_for(ctx, MAY_RECORD_PAPER, out->organisation, &granted);
    return status == ERR_FORBIDDEN
               ? ctx_fail(ctx, ERR_NOT_FOUND, "paper \"%s\" is outside the scope", reference)
               : status;
}

enum status paper_check_reference(struct ctx *ctx, const struct paper_pledge *written,
                                  struct form_problems *problems)
{
    struct paper paper;
    if (written->paper[0] == '\0')
        return OK; /* the field says that it is missing */
    enum status status = find_typed(ctx, written->paper, &paper);
    if (status == OK)
        status = may_record(ctx, &paper, true);
    if (status == OK)
        return OK;
    if (status != ERR_NOT_FOUND && status != ERR_CONFLICT && status != ERR_FORBIDDEN)
        return status;
    ctx->fault = NULL;
    form_wrong(problems, "paper",
               status == ERR_FORBIDDEN ? "Somebody else has recorded this paper"
                                       : "Enter the reference of a whole pledge on paper that "
                                         "waits to be recorded");
    return OK;
}

/* The same where paper_check_reference has said before what is wrong with it: out is NULL then. */
static enum status find_checked(struct ctx *ctx, const char *typed, struct paper *room,
                                struct paper **out)
{
    enum status status = find_typed(ctx, typed, room);
    *out = status == OK ? room : NULL;
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    return OK;
}

enum status paper_check_organisation(struct ctx *ctx, const struct paper_pledge *written,
                                     struct form_problems *problems)
{
    struct paper room, *paper;
    const struct form_found *organisation = &written->pledge.organisation;
    TRY(pledge_check_organisation(ctx, &written->pledge, problems));
    TRY(find_checked(ctx, written->paper, &room, &paper));
    if (paper != NULL && organisation->id != 0 &&
        strcmp(organisation->key, paper->organisation) != 0)
        form_wrong(problems, "organisation",
                   mem_format(ctx->mem, "The paper was put in for %s", paper->name));
    return OK;
}

/* The words on the paper must have been in force when it was signed. */
static enum status check_words(struct ctx *ctx, const struct paper_pledge *written,
                               struct form_problems *problems)
{
    struct framework framework;
    const char *on = written->leader_signed_on, *code = written->pledge.wording;
    if (code[0] == '\0' || on[0] == '\0')
        return OK;
    TRY(framework_today(ctx, &framework));
    const struct framework_wording *wording = framework_wording_of(&framework, code);
    if (wording == NULL)
        form_wrong(problems, "wording", "Choose the code that is printed on the paper");
    else if (strcmp(on, wording->valid_from) < 0 ||
             (wording->valid_until[0] != '\0' && strcmp(on, wording->valid_until) > 0))
        form_wrong(problems, "leader_signed_on",
                   mem_format(ctx->mem,
                              "The words %s, which are on the paper, were not in force "
                              "on this day",
                              code));
    return OK;
}

enum status paper_check_leader(struct ctx *ctx, const struct paper_pledge *written,
                               struct form_problems *problems)
{
    struct paper room, *paper;
    TRY(check_words(ctx, written, problems));
    TRY(find_checked(ctx, written->paper, &room, &paper));
    return paper == NULL ? OK
                         : check_signed_on(ctx, paper, "leader_signed_on",
                                           written->leader_signed_on, problems);
}

enum status paper_check_union(struct ctx *ctx, const struct paper_pledge *written,
                              struct form_problems *problems)
{
    struct paper room, *paper;
    TRY(pledge_check_union(ctx, &written->pledge, problems));
    TRY(find_checked(ctx, written->paper, &room, &paper));
    if (paper == NULL || written->pledge.has_union != FORM_YES)
        return OK;
    return check_signed_on(ctx, paper, "cosigner_signed_on", written->cosigner_signed_on, problems);
}

static enum status check_whole(struct ctx *ctx, const struct paper_pledge *written,
                               struct form_problems *problems)
{
    const struct pledge_draft *draft = &written->pledge;
    TRY(paper_check_organisation(ctx, written, problems));
    TRY(paper_check_leader(ctx, written, problems));
    TRY(paper_check_union(ctx, written, problems));
    TRY(pledge_check_plan(ctx, draft, problems));
    if (written->leader_signed_on[0] == '\0')
        form_wrong(problems, "leader_signed_on", "Enter the day on which the leader signed");
    if (draft->has_union == FORM_YES && written->cosigner_signed_on[0] == '\0')
        form_wrong(problems, "cosigner_signed_on",
                   "Enter the day on which the staff side’s representative signed");
    if (draft->actions.count == 0 || draft->intentions.count == 0)
        form_wrong(problems, "intentions", "Some answers are missing");
    return problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "a paper breaks the rules");
}

static enum status record_pledge_once(struct ctx *ctx, void *arg)
{
    const struct recording *r = arg;
    struct paper paper;
    r->problems->count = 0;
    TRY(find_typed(ctx, r->whole->paper, &paper));
    TRY(may_record(ctx, &paper, true));
    TRY(check_whole(ctx, r->whole, r->problems));
    return put_record(ctx, &paper, r);
}

enum status paper_record_pledge(struct ctx *ctx, const struct paper_pledge *written,
                                const char *transcript, struct form_problems *problems)
{
    struct recording r = {NULL, NULL, written, transcript, problems};
    return store_transact(ctx, "paper_record", record_pledge_once, &r);
}

/* ---- comparing ---- */

struct checking {
    const char *reference;
    int64_t version;
    const struct paper_pledge *whole;
    const char *reason;
    struct form_problems *problems;
    const char *pledge;
};

/* Settles it, or sends it back. */
static enum status end(struct ctx *ctx, const struct paper *paper, const char *state,
                       const struct checking *c)
{
    int64_t changes;
    bool is_back = strcmp(state, "waiting") == 0;
    TRY(paper_end(ctx, paper->organisation_id, paper->id, c->version, state, is_back, c->pledge,
                  is_back ? paper->transcript : "", ctx->person.n, ctx->now_secs, c->reason,
                  &changes));
    return changes == 1
               ? OK
               : ctx_fail(ctx, ERR_CONFLICT, "paper \"%s\" was written anew", paper->reference);
}

/* The public lines of the event of a signature. */
static const char *detail(struct ctx *ctx, const struct paper *paper, const char *signed_on)
{
    return mem_format(ctx->mem, "method=paper\nsigned_on=%s\nreceived_on=%s\ncame_by=%s\nscan=%s\n",
                      signed_on, paper->received_on, paper->came_by, paper->digest);
}

static enum status count_signature(struct ctx *ctx, const struct paper *paper)
{
    struct pledge pledge;
    bool is_leader = strcmp(paper->side, "leader") == 0;
    TRY(pledge_find(ctx, paper->pledge, PLEDGE_FOR_STAFF, &pledge));
    if (pledge.revision != paper->revision)
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" was sent again since it was signed",
                        paper->pledge);
    TRY(pledge_happen(ctx, paper->pledge,
                      &(const struct pledge_news){.kind = is_leader ? PLEDGE_LEADER_SIGNED
                                                                    : PLEDGE_COSIGNER_SIGNED,
                                                  .role = paper->side,
                                                  .detail = detail(ctx, paper, paper->signed_on)},
                      &pledge));
    TRY(paper_mail_counted(ctx, paper));
    return pledge.state == PLEDGE_SIGNED ? pledge_tell_signed(ctx, paper->pledge) : OK;
}

static enum status count_whole(struct ctx *ctx, const struct paper *paper, struct checking *c)
{
    const struct paper_pledge *w = c->whole;
    const struct pledge_past events[] = {
        {PLEDGE_SENT, ctx->now_secs, ctx->person, "", "method=paper\n"},
        {PLEDGE_LEADER_SIGNED, ctx->now_secs, ctx->person, "",
         detail(ctx, paper, w->leader_signed_on)},
        {PLEDGE_COSIGNER_SIGNED, ctx->now_secs, ctx->person, "",
         detail(ctx, paper, w->cosigner_signed_on)}};
    const struct pledge_history history = {NULL, events, w->pledge.has_union == FORM_YES ? 3 : 2};
    TRY(check_whole(ctx, w, c->problems));
    TRY(pledge_record(ctx, &w->pledge, &history, c->problems, &c->pledge));
    return pledge_tell_signed(ctx, c->pledge);
}

static enum status count_once(struct ctx *ctx, void *arg)
{
    struct checking *c = arg;
    struct paper paper;
    c->problems->count = 0;
    TRY(paper_find(ctx, c->reference, &paper));
    TRY(needs_another(ctx, &paper));
    TRY(is_at_version(ctx, &paper, c->version));
    if (paper.is_whole != (c->whole != NULL))
        return ctx_fail(ctx, ERR_CONFLICT, "paper \"%s\" is of the other kind", paper.reference);
    c->pledge = paper.pledge;
    TRY(paper.is_whole ? count_whole(ctx, &paper, c) : count_signature(ctx, &paper));
    TRY(end(ctx, &paper, "counted", c));
    return paper_note(ctx, &paper, "paper.counted", NULL);
}

enum status paper_count(struct ctx *ctx, const char *reference,
                        const struct paper_compared *compared, struct form_problems *problems,
                        const char **pledge_out)
{
    struct checking c = {reference, compared->version, compared->whole, "", problems, ""};
    TRY(store_transact(ctx, "paper_count", count_once, &c));
    *pledge_out = c.pledge;
    return OK;
}

static enum status send_back_once(struct ctx *ctx, void *arg)
{
    struct checking *c = arg;
    struct paper paper;
    TRY(paper_find(ctx, c->reference, &paper));
    TRY(needs_another(ctx, &paper));
    TRY(is_at_version(ctx, &paper, c->version));
    c->pledge = paper.pledge;
    TRY(end(ctx, &paper, "waiting", c));
    return paper_note(ctx, &paper, "paper.sent_back", c->reason);
}

enum status paper_send_back(struct ctx *ctx, const char *reference, int64_t version,
                            const char *reason)
{
    struct checking c = {reference, version, NULL, reason, NULL, ""};
    return store_transact(ctx, "paper_send_back", send_back_once, &c);
}

static enum status refuse_once(struct ctx *ctx, void *arg)
{
    struct checking *c = arg;
    struct paper paper;
    TRY(paper_need_person(ctx));
    TRY(paper_find(ctx, c->reference, &paper));
    TRY(is_at_version(ctx, &paper, c->version));
    c->pledge = paper.pledge;
    TRY(end(ctx, &paper, "refused", c));
    TRY(paper_mail_refused(ctx, &paper, c->reason));
    return paper_note(ctx, &paper, "paper.refused", c->reason);
}

enum status paper_refuse(struct ctx *ctx, const char *reference, int64_t version,
                         const char *reason)
{
    struct checking c = {reference, version, NULL, reason, NULL, ""};
    return store_transact(ctx, "paper_refuse", refuse_once, &c);
}
