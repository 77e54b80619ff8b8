/* SPDX-License-Identifier: MIT */
/*
 * pledge_oversight.c - what the record of deeds is told of pledges, and a pledge as it is opened in
 * an emergency.
 *
 * The people of a pledge have no account, so events name its reference and organisation and no
 * subject.
 */
#include "platform/base/id.h"
#include "platform/base/time.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_routes.h"

#include <string.h>

const struct audit_kind pledge_audit_kinds[] = {
    {"pledge.acknowledged", "A pledge was countersigned for the programme", false},
    {"pledge.published", "A pledge was put on the public register", false},
    {"pledge.returned", "A pledge was returned with a reason", false},
    {"pledge.withdrawn", "A pledge was withdrawn", false},
    {"pledge.reminded", "New links to sign a pledge were sent", false},
    {"pledge.handover_asked", "Somebody was asked to sign for one side of a pledge", false},
    {"pledge.handed_over", "Another person signs for one side of a pledge", false},
    {"pledge.handover_refused", "Somebody did not want to sign for a side of a pledge", false},
    {"pledge.carried_over", "A pledge went over to another organisation", false},
    {"pledge.merged", "A pledge became a part of another one", false},
    {"pledge.passage_settled", "It was decided where a pledge belongs", false},
    {"pledge.disputed", "Somebody said that a pledge was not made by its organisation", false},
    {"pledge.dispute_decided", "It was decided whether an organisation made its pledge", false},
    {"pledge.dispute_seen", "What somebody said of a pledge was read", true},
    {"pledge.seen", "A pledge was read with all names", true},
    {"pledge.plan_seen", "The plan that came with a pledge was read", true},
    {0},
};

enum status pledge_note(struct ctx *ctx, const struct pledge_by_reference_row *row,
                        const char *what, const char *reason)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what,
                                                      .organisation = row->organisation_code,
                                                      .thing = row->reference,
                                                      .purpose = reason});
}

enum status pledge_note_look(struct ctx *ctx, const struct pledge *pledge, bool is_plan)
{
    return audit_note(
        ctx, &(const struct audit_deed){.what = is_plan ? "pledge.plan_seen" : "pledge.seen",
                                        .organisation = pledge->organisation_code,
                                        .thing = pledge->reference});
}

/* ---- opened in an emergency ---- */

static enum status find_glass(struct ctx *ctx, const char *typed, const char **thing_out)
{
    struct pledge pledge;
    enum status status = id_reference_read(ctx->mem, typed, "PL", thing_out);
    if (status == ERR_INVALID || status == ERR_NOT_FOUND)
        return ERR_NOT_FOUND;
    TRY(status);
    return pledge_find(ctx, *thing_out, PLEDGE_FOR_STAFF, &pledge);
}

static enum status read_glass(struct ctx *ctx, const char *thing, struct glass_record *out)
{
    struct pledge pledge;
    TRY(pledge_find(ctx, thing, PLEDGE_FOR_STAFF, &pledge));
    *out = (struct glass_record){.title = mem_format(ctx->mem, "Pledge %s", pledge.reference),
                                 .organisation = pledge.organisation_code};
    glass_add(out, "Organisation", pledge.organisation_name);
    glass_add(out, "State", pledge_state_text(pledge.state));
    for (size_t i = 0; i < pledge.signature_count; i++) {
        const struct pledge_signature *one = &pledge.signatures[i];
        glass_add(out, one->office,
                  one->signed_at != 0 ? mem_format(ctx->mem, "%s, signed %s", one->name,
                                                   time_show(ctx->mem, one->signed_at))
                                      : one->name);
    }
    glass_add(out, "Why no trade union signs", pledge.no_union_reason);
    glass_add(out, "In their own words", pledge.statement);
    glass_add(out, "Text as signed", pledge.text);
    return OK;
}

const struct glass_kind pledge_glass_kind = {"pledge", "Pledge", find_glass, read_glass};
