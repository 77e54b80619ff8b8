/* SPDX-License-Identifier: MIT */
/* paper_come.c - papers come: by the link to sign, or put in by staff from mail and post. */
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/scan.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/directory/directory.h"
#include "programme/paper/paper_internal.h"

#include <string.h>

enum { YEARS_BACK = 2, REFERENCE_TRIES = 8 };

/* A paper on its way in. */
struct coming {
    struct paper paper;
    const struct form_file *scan;
    bool takes_place; /* of one that waits */
};

/* ---- the scan ---- */

/* Looks at the scan and fills what is known of it.  A problem is added, and the file removed, when
 * it is none. */
static enum status look_at_scan(struct ctx *ctx, const struct form_file *scan, struct paper *paper,
                                struct form_problems *problems)
{
    struct upload upload;
    struct text_span bytes;
    const char *problem;
    int page_count;
    if (scan->upload_id == 0) {
        form_wrong(problems, "scan", "Choose the scan of the paper");
        return OK;
    }
    TRY(upload_read(ctx, scan->upload_id, scan->owner, &upload, &bytes));
    const struct scan_sent sent = {upload.type, bytes.bytes, bytes.length_bytes};
    enum status status = scan_look(ctx, &sent, &page_count, &problem);
    if (status == ERR_INVALID) {
        ctx->fault = NULL;
        form_wrong(problems, "scan", problem);
        return upload_remove(ctx, scan->upload_id, scan->owner);
    }
    TRY(status);
    paper->upload_id = upload.id;
    paper->digest = upload.sha256;
    paper->page_count = page_count;
    return OK;
}

/* ---- putting it in ---- */

/* A paper that waits or is checked, in whose place another one would stand. */
struct open_paper {
    bool is_there;
    const char *reference, *digest;
};

/* Of a side there is at most one.  Of whole pledges the one with the same scan. */
static enum status find_open(struct ctx *ctx, const struct paper *paper, struct open_paper *out)
{
    struct paper_open_of_row side;
    struct paper_open_whole_row whole;
    *out = (struct open_paper){.is_there = false};
    enum status status = paper->is_whole
                             ? paper_open_whole(ctx, paper->organisation_id, paper->digest, &whole)
                             : paper_open_of(ctx, paper->pledge, paper->side, &side);
    if (status == OK)
        *out = paper->is_whole ? (struct open_paper){true, whole.reference, paper->digest}
                               : (struct open_paper){true, side.reference, side.digest};
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    return OK;
}

static bool is_same_scan(const struct open_paper *open, const struct paper *paper)
{
    return open->is_there && open->digest != NULL && paper->digest != NULL &&
           strcmp(open->digest, paper->digest) == 0;
}

static enum status replace(struct ctx *ctx, const char *reference)
{
    struct paper before;
    int64_t changes;
    TRY(paper_find(ctx, reference, &before));
    TRY(paper_end(ctx, before.organisation_id, before.id, before.version, "replaced", 0,
                  before.pledge, "", 0, ctx->now_secs, "", &changes));
    TRY(upload_remove(ctx, before.upload_id, paper_owner(ctx->mem, reference)));
    TRY(paper_drop_scan(ctx, before.organisation_id, before.id, &changes));
    return paper_note(ctx, &before, "paper.replaced", NULL);
}

/* OK when the place is free, or was made so.  same_out: it is there already. */
static enum status make_room(struct ctx *ctx, struct coming *c, bool *same_out)
{
    struct open_paper open;
    TRY(find_open(ctx, &c->paper, &open));
    *same_out = is_same_scan(&open, &c->paper);
    if (!open.is_there)
        return OK;
    if (*same_out) {
        c->paper.reference = open.reference;
        return upload_remove(ctx, c->scan->upload_id, c->scan->owner);
    }
    if (!c->takes_place)
        return ctx_fail(ctx, ERR_CONFLICT, "paper \"%s\" waits for that side", open.reference);
    return replace(ctx, open.reference);
}

static enum status free_reference(struct ctx *ctx, const char **out)
{
    struct paper_row_row row;
    for (int i = 0; i < REFERENCE_TRIES; i++) {
        *out = id_reference_new(ctx->mem, "PA");
        enum status status = paper_row(ctx, *out, &row);
        if (status == ERR_NOT_FOUND) {
            ctx->fault = NULL;
            return OK;
        }
        TRY(status);
    }
    return ctx_fail(ctx, ERR_BUSY, "no free reference was found");
}

static enum status put_once(struct ctx *ctx, void *arg)
{
    struct coming *c = arg;
    struct paper *p = &c->paper;
    int64_t changes;
    bool is_same;
    TRY(make_room(ctx, c, &is_same));
    if (is_same)
        return OK;
    TRY(free_reference(ctx, &p->reference));
    p->id = id_new(ctx);
    TRY(paper_add_row(ctx, p->organisation_id, p->id, p->reference,
                      p->is_whole ? "pledge" : "signature", p->organisation, p->name, p->pledge,
                      p->revision, p->side, p->came_by, p->received_on, ctx->now_secs,
                      ctx->person.n, p->email, text_email_key(ctx->mem, p->email), p->upload_id,
                      p->digest, p->page_count, &changes));
    TRY(upload_claim(ctx, p->upload_id, c->scan->owner, paper_owner(ctx->mem, p->reference)));
    return paper_note(ctx, p, "paper.received", NULL);
}

/* ---- by the link ---- */

static const char *address_of(const struct pledge_parties *parties, const char *side)
{
    for (size_t i = 0; i < parties->count; i++)
        if (strcmp(parties->party[i].role, side) == 0)
            return parties->party[i].email;
    return "";
}

/* What is known of the pledge that a signature is for. */
static enum status take_pledge(struct ctx *ctx, const char *reference, const char *side,
                               struct paper *out)
{
    struct pledge pledge;
    struct pledge_parties parties;
    TRY(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge));
    TRY(pledge_parties(ctx, reference, &parties));
    out->organisation_id = pledge.organisation_id;
    out->organisation = pledge.organisation_code;
    out->name = pledge.organisation_name;
    out->pledge = pledge.reference;
    out->revision = pledge.revision;
    out->side = side;
    out->email = address_of(&parties, side);
    return OK;
}

enum status paper_send(struct ctx *ctx, const char *token, const struct form_file *scan,
                       struct form_problems *problems, const char **reference_out)
{
    struct pledge_to_sign ask;
    struct coming c = {.scan = scan, .takes_place = true};
    TRY(pledge_link_open(ctx, token, &ask));
    if (ask.is_signed)
        return ctx_fail(ctx, ERR_CONFLICT, "that side of pledge \"%s\" has signed", ask.reference);
    TRY(look_at_scan(ctx, scan, &c.paper, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the scan is refused");
    TRY(take_pledge(ctx, ask.reference, ask.role, &c.paper));
    c.paper.came_by = "upload";
    c.paper.received_on = time_day_of(ctx->mem, ctx->now_secs);
    TRY(store_transact(ctx, "paper_send", put_once, &c));
    *reference_out = c.paper.reference;
    return OK;
}

enum status paper_sent_by(struct ctx *ctx, const struct pledge_to_sign *ask, struct paper_sent *out)
{
    struct paper_open_of_row open;
    TRY(paper_open_of(ctx, ask->reference, ask->role, &open));
    *out = (struct paper_sent){open.reference, open.received_on};
    return OK;
}

/* ---- by staff ---- */

/* The pledge that was typed by reference or code, if the person who asks may record its papers. */
static enum status find_typed(struct ctx *ctx, const char *typed, struct pledge *out)
{
    struct access_granted granted;
    const char *reference;
    if (id_reference_read(ctx->mem, typed, "PL", &reference) == OK) {
        TRY(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, out));
    } else {
        TRY(pledge_verify(ctx, typed, out));
        TRY(pledge_find(ctx, out->reference, PLEDGE_FOR_STAFF, out));
    }
    enum status status = access_check_for(ctx, MAY_RECORD_PAPER, out->organisation_code, &granted);
    return status == ERR_FORBIDDEN ? ERR_NOT_FOUND : status;
}

static bool waits_for(const struct pledge *pledge, const char *side)
{
    for (size_t i = 0; i < pledge->signature_count; i++)
        if (strcmp(pledge->signatures[i].role, side) == 0)
            return pledge->state == PLEDGE_AWAITING && pledge->signatures[i].signed_at == 0;
    return false;
}

static enum status take_signature(struct ctx *ctx, const struct paper_new *coming, struct coming *c,
                                  struct form_problems *problems)
{
    struct pledge pledge;
    enum status status = find_typed(ctx, coming->pledge, &pledge);
    if (status == ERR_NOT_FOUND || (status == OK && pledge.state != PLEDGE_AWAITING)) {
        ctx->fault = NULL;
        form_wrong(problems, "pledge",
                   status == OK ? "This pledge waits for no signature"
                                : "Enter the reference or code that is printed on the paper");
        return OK;
    }
    TRY(status);
    if (!waits_for(&pledge, coming->side)) {
        form_wrong(problems, "side", "This side has signed already, or does not sign");
        return OK;
    }
    return take_pledge(ctx, pledge.reference, coming->side, &c->paper);
}

static enum status take_whole(struct ctx *ctx, const struct paper_new *coming, struct coming *c,
                              struct form_problems *problems)
{
    struct access_granted granted;
    struct organisation organisation;
    const struct pledge_draft draft = {.amends = "", .organisation = coming->organisation};
    if (coming->organisation.id == 0)
        return OK; /* the field says that it is missing */
    enum status status =
        access_check_for(ctx, MAY_RECORD_PAPER, coming->organisation.key, &granted);
    if (status == ERR_FORBIDDEN || status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        form_wrong(problems, "organisation", "Choose an organisation of your area");
        return OK;
    }
    TRY(status);
    TRY(pledge_check_organisation(ctx, &draft, problems));
    TRY(directory_get(ctx, (struct organisation_id){coming->organisation.id}, &organisation));
    c->paper.is_whole = true;
    c->paper.organisation_id = organisation.id.n;
    c->paper.organisation = organisation.code;
    c->paper.name = organisation.name;
    c->paper.pledge = c->paper.side = c->paper.email = "";
    return OK;
}

enum status paper_check_day(struct ctx *ctx, const struct paper_day *day,
                            struct form_problems *problems)
{
    const char *earliest_on;
    TRY(time_day_add(ctx->mem, day->latest_on, (struct time_step){.years = -YEARS_BACK},
                     &earliest_on));
    if (day->on[0] == '\0')
        return OK;
    if (strcmp(day->on, day->latest_on) > 0)
        form_wrong(problems, day->field, day->too_late);
    if (strcmp(day->on, earliest_on) < 0)
        form_wrong(problems, day->field, day->too_early);
    return OK;
}

static enum status check_received(struct ctx *ctx, const char *on, struct form_problems *problems)
{
    return paper_check_day(ctx,
                           &(const struct paper_day){
                               .field = "received_on",
                               .on = on,
                               .latest_on = time_day_of(ctx->mem, ctx->now_secs),
                               .too_late = "The day on which it came must be today or in the past",
                               .too_early = "The day on which it came must be within 2 years"},
                           problems);
}

/* The side waits for no other paper. */
static enum status check_free(struct ctx *ctx, const struct paper *paper,
                              struct form_problems *problems)
{
    struct open_paper open;
    TRY(find_open(ctx, paper, &open));
    if (open.is_there && !is_same_scan(&open, paper))
        form_wrong(problems, "pledge",
                   mem_format(ctx->mem, "Paper %s for this side waits already", open.reference));
    return OK;
}

enum status paper_add(struct ctx *ctx, const struct paper_new *coming,
                      struct form_problems *problems, const char **reference_out)
{
    struct coming c = {.scan = &coming->scan};
    bool is_whole = strcmp(coming->about, "pledge") == 0;
    TRY(paper_need_person(ctx));
    TRY((is_whole ? take_whole : take_signature)(ctx, coming, &c, problems));
    TRY(check_received(ctx, coming->received_on, problems));
    TRY(look_at_scan(ctx, &coming->scan, &c.paper, problems));
    if (problems->count == 0)
        TRY(check_free(ctx, &c.paper, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a paper breaks a rule");
    c.paper.came_by = coming->came_by;
    c.paper.received_on = coming->received_on;
    TRY(store_transact(ctx, "paper_add", put_once, &c));
    *reference_out = c.paper.reference;
    return OK;
}
