/* SPDX-License-Identifier: MIT */
/* campaign.c - chase lists: who is on them, and whom a letter goes to. */
#include "programme/campaign/campaign.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/campaign/campaign.sql.h"
#include "programme/directory/directory.h"

#include <string.h>

/* ---- making one ---- */

struct making {
    const struct campaign_choice *choice;
    const char *scope;
    struct form_problems *problems;
    const char *reference;
};

/* An area that was chosen must lie in the scope: others look as if nobody there were left. */
static enum status check_area(struct ctx *ctx, const struct making *making, const char *field,
                              const char *code)
{
    bool holds = true;
    enum status status = OK;
    if (code[0] != '\0' && making->scope != NULL)
        status = access_scope_holds(ctx, making->scope, code, &holds);
    if (status == ERR_NOT_FOUND)
        holds = false;
    else
        TRY(status);
    if (!holds)
        form_wrong(making->problems, field, "Choose an area that you work in");
    return OK;
}

static const char *or_null(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static enum status fill_list(struct ctx *ctx, struct making *making, int64_t id)
{
    const struct campaign_choice *choice = making->choice;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    int64_t count, quiet_from = 0, chased_from = 0;
    if (choice->quiet_on[0] != '\0')
        TRY(time_day_start(choice->quiet_on, &quiet_from));
    if (choice->chased_on[0] != '\0')
        TRY(time_day_start(choice->chased_on, &chased_from));
    TRY(campaign_entries_add(ctx, id, today, making->scope, or_null(choice->region),
                             or_null(choice->board), or_null(choice->kind), or_null(choice->pledge),
                             chased_from == 0 ? NULL : &chased_from,
                             quiet_from == 0 ? NULL : &quiet_from, CAMPAIGN_LIST_MOST + 1, &count));
    if (count == 0)
        form_wrong(making->problems, "name",
                   "Nobody fits this choice: they have all signed, or there are none. Choose more");
    if (count > CAMPAIGN_LIST_MOST)
        form_wrong(making->problems, "name",
                   mem_format(ctx->mem,
                              "More than %d organisations fit. Choose fewer: one region, board or "
                              "kind at a time",
                              CAMPAIGN_LIST_MOST));
    return OK;
}

static enum status make_once(struct ctx *ctx, void *arg)
{
    struct making *making = arg;
    int64_t changes, id = id_new(ctx);
    making->problems->count = 0;
    making->reference = id_reference_new(ctx->mem, "CH");
    TRY(check_area(ctx, making, "region", making->choice->region));
    TRY(check_area(ctx, making, "board", making->choice->board));
    TRY(campaign_list_add(ctx, id, making->reference, making->choice->name,
                          making->scope != NULL ? making->scope : "", ctx->now_secs, &changes));
    if (making->problems->count == 0)
        TRY(fill_list(ctx, making, id));
    if (making->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a chase list is not made");
    return audit_note(ctx, &(const struct audit_deed){.what = "campaign.listed",
                                                      .thing = making->reference,
                                                      .after = making->choice->name});
}

enum status campaign_list_make(struct ctx *ctx, const struct campaign_choice *choice,
                               const char *scope, struct form_problems *problems,
                               const char **reference_out)
{
    struct making making = {choice, scope, problems, NULL};
    TRY(store_transact(ctx, "campaign_list_make", make_once, &making));
    *reference_out = making.reference;
    return OK;
}

/* ---- reading one ---- */

static void choose_contact(const struct campaign_contacts_row *row, struct campaign_contact *out)
{
    out->contact_name = out->email = out->source = "";
    if (row->typed_email[0] != '\0') {
        out->source = "typed";
        out->email = row->typed_email;
        out->contact_name = row->typed_name;
    } else if (row->lead_email != NULL) {
        out->source = "lead";
        out->email = row->lead_email;
        out->contact_name = row->lead_name;
    } else if (row->leader_email != NULL && row->leader_email[0] != '\0') {
        out->source = "signatory";
        out->email = row->leader_email;
        out->contact_name = row->leader_name;
    }
}

static enum status fill_days(struct ctx *ctx, const struct campaign_contacts_row *row,
                             struct campaign_contact *out)
{
    out->pledge = row->pledge != NULL ? row->pledge : "";
    if (row->state_at == NULL)
        return OK;
    int64_t *days = mem_new(ctx->mem, int64_t);
    out->days_waiting = days;
    return time_days_between(time_day_of(ctx->mem, *row->state_at),
                             time_day_of(ctx->mem, ctx->now_secs), days);
}

static const char *region_name(const struct directory_choice *regions, size_t count,
                               const char *code)
{
    const char *name = directory_choice_name(regions, count, code);
    return name != NULL ? name : "";
}

static enum status read_contacts(struct ctx *ctx, struct campaign_list *out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct campaign_contacts_row *rows;
    struct directory_choice *regions;
    size_t region_count;
    struct text_span key;
    TRY(campaign_stop_key(ctx, &key));
    TRY(directory_places(ctx, "region", today, &regions, &region_count));
    TRY(campaign_contacts(ctx, out->id, today, CAMPAIGN_LIST_MOST, &rows, &out->count));
    out->contacts = mem_array(ctx->mem, struct campaign_contact, out->count);
    for (size_t i = 0; i < out->count; i++) {
        struct campaign_contact *contact = &out->contacts[i];
        *contact = (struct campaign_contact){
            .organisation_id = rows[i].organisation_id,
            .code = rows[i].code,
            .name = rows[i].name,
            .region_name = region_name(regions, region_count, rows[i].region),
            .typed_source = rows[i].source,
            .lettered_at = rows[i].lettered_at != NULL ? *rows[i].lettered_at : 0,
            .reminded_at = rows[i].reminded_at != NULL ? *rows[i].reminded_at : 0,
            .has_signed = rows[i].has_signed != 0};
        choose_contact(&rows[i], contact);
        TRY(fill_days(ctx, &rows[i], contact));
        TRY(campaign_is_stopped(ctx, &key, text_email_key(ctx->mem, contact->email),
                                &contact->is_stopped));
    }
    return OK;
}

enum status campaign_list_open(struct ctx *ctx, const char *reference, const char *scope,
                               struct campaign_list *out)
{
    struct campaign_list_find_row row;
    TRY(campaign_list_find(ctx, reference, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct campaign_list){.id = row.id,
                                  .reference = row.reference,
                                  .name = row.name,
                                  .area = row.area,
                                  .made_at = row.made_at};
    return read_contacts(ctx, out);
}

const struct campaign_contact *campaign_contact_of(const struct campaign_list *list,
                                                   const char *code)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->contacts[i].code, code) == 0)
            return &list->contacts[i];
    return NULL;
}

/* ---- addresses ---- */

struct change {
    const struct campaign_list *list;
    const struct campaign_contact *contact;
    const struct campaign_address *address; /* NULL: taken off */
};

static enum status change_once(struct ctx *ctx, void *arg)
{
    const struct change *change = arg;
    const struct campaign_address *address = change->address;
    int64_t changes;
    if (address != NULL)
        TRY(campaign_entry_address(ctx, change->list->id, change->contact->organisation_id,
                                   address->contact_name, address->email,
                                   text_email_key(ctx->mem, address->email), address->source,
                                   ctx->now_secs, &changes));
    else
        TRY(campaign_entry_remove(ctx, change->list->id, change->contact->organisation_id,
                                  &changes));
    if (changes == 0)
        return OK;
    return audit_note(ctx,
                      &(const struct audit_deed){.what = address != NULL ? "campaign.addressed"
                                                                         : "campaign.taken_off",
                                                 .organisation = change->contact->code,
                                                 .thing = change->list->reference});
}

enum status campaign_address_set(struct ctx *ctx, const struct campaign_list *list,
                                 const struct campaign_contact *contact,
                                 const struct campaign_address *address,
                                 struct form_problems *problems)
{
    bool is_stopped;
    struct text_span key;
    struct change change = {list, contact, address};
    TRY(campaign_stop_key(ctx, &key));
    TRY(campaign_is_stopped(ctx, &key, text_email_key(ctx->mem, address->email), &is_stopped));
    if (is_stopped) {
        form_wrong(problems, "email", "This address asked for no more letters. Take another one");
        return ctx_fail(ctx, ERR_INVALID, "an address wants no more letters");
    }
    return store_transact(ctx, "campaign_address_set", change_once, &change);
}

enum status campaign_take_off(struct ctx *ctx, const struct campaign_list *list,
                              const struct campaign_contact *contact)
{
    struct change change = {list, contact, NULL};
    return store_transact(ctx, "campaign_take_off", change_once, &change);
}
