/* SPDX-License-Identifier: MIT */
/* plan_update.c - an update is written, with what shows it; and a new action. */
#include "programme/plan/plan_internal.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/plan/plan.sql.h"

#include <string.h>

/* ---- what shows it ---- */

static bool is_plain_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text <= ' ' || (unsigned char)*text > '~' || *text == '\\')
            return false;
    return true;
}

/* How long the name of a machine is that begins here: labels of letters, digits and dashes, with at
 * least one dot between them.  0: there is none. */
static size_t name_length(const char *host)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t length = 0, labels = 0, label;
    while ((label = strspn(host + length, letters)) > 0) {
        labels++;
        length += label;
        if (host[length] != '.')
            break;
        length++;
    }
    return labels >= 2 && host[length - 1] != '.' ? length : 0;
}

/* A name with a dot in it, perhaps with a port: not a bare word, and no address in brackets. */
static bool is_host(const char *host, size_t length)
{
    size_t name = name_length(host);
    if (name == 0 || name > length)
        return false;
    if (name == length)
        return true;
    size_t digits = length - name - 1;
    return host[name] == ':' && digits >= 1 && digits <= 5 &&
           strspn(host + name + 1, "0123456789") >= digits;
}

const char *plan_link_problem(const char *url)
{
    static const char scheme[] = "Enter a web address that begins with https:// or http://";
    const char *host = strncmp(url, "https://", 8) == 0  ? url + 8
                       : strncmp(url, "http://", 7) == 0 ? url + 7
                                                         : NULL;
    if (host == NULL)
        return scheme;
    if (text_length_chars(url) > PLAN_URL_CHARS_MAX)
        return "The web address must be 500 characters or fewer";
    size_t length = strcspn(host, "/?#");
    if (memchr(host, '@', length) != NULL)
        return "Take the user name or password out of the web address";
    if (!is_plain_ascii(url) || !is_host(host, length))
        return "Enter a whole web address, like https://www.example.org/report";
    return NULL;
}

/* ---- the rules of an update ---- */

void plan_check(struct ctx *ctx, const struct plan_draft *draft, struct form_problems *problems)
{
    enum plan_rag rag = plan_rag_of(draft->rag);
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    if (plan_state_of(draft->state) == PLAN_STATES)
        form_wrong(problems, "state", "Choose where the action stands");
    if (rag >= PLAN_NOT_RATED)
        form_wrong(problems, "rag", "Choose red, amber or green");
    if (draft->note[0] == '\0')
        form_wrong(problems, "note", "Enter what happened");
    if (strcmp(draft->state, "stopped") == 0 && draft->reason[0] == '\0')
        form_wrong(problems, "reason", "Enter why the action was stopped");
    if (!time_day_is_valid(draft->happened_on))
        form_wrong(problems, "happened_on", "Enter the day that the update is about");
    else if (strcmp(draft->happened_on, today) > 0)
        form_wrong(problems, "happened_on", "The day must be today or in the past");
    if (draft->due_on[0] != '\0' && draft->due_reason[0] == '\0')
        form_wrong(problems, "due_reason", "Enter why the day moves");
    if (draft->due_on[0] == '\0' && draft->due_reason[0] != '\0')
        form_wrong(problems, "due_on", "Enter the new day, or take out why it moves");
    const char *link = draft->link[0] != '\0' ? plan_link_problem(draft->link) : NULL;
    if (link != NULL)
        form_wrong(problems, "link", link);
}

/* A day moves to one that can still be kept; a correction may say again what it corrects. */
static void check_move(struct ctx *ctx, const struct plan_action *action,
                       const struct plan_draft *draft, struct form_problems *problems)
{
    const struct plan_update *corrected = plan_update_of(action, draft->corrects);
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    if (draft->due_on[0] == '\0' ||
        (corrected != NULL && strcmp(corrected->due_on, draft->due_on) == 0))
        return;
    if (!time_day_is_valid(draft->due_on))
        form_wrong(problems, "due_on", "Enter the new day by which it is done");
    else if (strcmp(draft->due_on, today) < 0)
        form_wrong(problems, "due_on", "The new day must be today or later");
    else if (strcmp(draft->due_on, action->start_on) < 0)
        form_wrong(problems, "due_on", "The new day must be after the action starts");
}

/* What is corrected must still count, so that it is clear which words stand in its place. */
static enum status check_corrected(struct ctx *ctx, const struct plan_action *action,
                                   const struct plan_draft *draft, struct form_problems *problems)
{
    const struct plan_update *corrected = plan_update_of(action, draft->corrects);
    if (draft->corrects == 0)
        return OK;
    if (corrected == NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "there is no update %d to correct",
                        (int)draft->corrects);
    if (corrected->corrected_by != 0)
        form_wrong(problems, "note",
                   mem_format(ctx->mem,
                              "Update %d was corrected by update %d. Correct that one instead",
                              (int)corrected->number, (int)corrected->corrected_by));
    return OK;
}

static bool is_for_all(const struct plan_draft *draft)
{
    return draft->only.count == 0;
}

struct telling {
    const struct plan_place *place;
    const struct plan_draft *draft;
    struct form_problems *problems;
    int64_t number;
};

/* Whose the files of a pledge's plans are. */
static const char *file_owner(struct ctx *ctx, const char *pledge)
{
    return mem_format(ctx->mem, "plan/%s", pledge);
}

/* Whether an update has a file of the same bytes: sent again, it is kept under another number. */
static enum status has_file(struct ctx *ctx, const struct plan_update *update,
                            const struct form_file *file, const char *owner, bool *out)
{
    struct upload sent, kept;
    *out = false;
    for (size_t i = 0; i < update->evidence_count && !*out; i++) {
        int64_t id = update->evidence[i].upload_id;
        *out = id == file->upload_id;
        if (id == 0 || *out)
            continue;
        TRY(upload_find(ctx, file->upload_id, file->owner, &sent));
        TRY(upload_find(ctx, id, owner, &kept));
        *out = strcmp(kept.sha256, sent.sha256) == 0;
    }
    return OK;
}

/* Whether an update has these words, or this link; "": none. */
static bool has_shown(const struct plan_update *update, const char *kind, const char *text)
{
    for (size_t i = 0; i < update->evidence_count; i++)
        if (strcmp(update->evidence[i].kind, kind) == 0)
            return strcmp(update->evidence[i].text, text) == 0;
    return text[0] == '\0';
}

static bool moves_as(const struct plan_update *update, const struct plan_draft *draft)
{
    return strcmp(update->due_on, draft->due_on) == 0 &&
           strcmp(update->due_reason, draft->due_reason) == 0;
}

/* Sent twice: the newest is the same, of late and by the same person. */
static enum status is_again(struct ctx *ctx, const struct plan_action *action,
                            const struct telling *telling, bool *out)
{
    const struct plan_draft *draft = telling->draft;
    *out = false;
    if (action->update_count == 0)
        return OK;
    const struct plan_update *last = &action->updates[action->update_count - 1];
    *out = last->person_id == ctx->person.n && ctx->now_secs - last->at < TIME_HOUR_SECS &&
           last->corrects == draft->corrects && last->is_public == is_for_all(draft) &&
           strcmp(last->note, draft->note) == 0 && strcmp(last->reason, draft->reason) == 0 &&
           strcmp(last->happened_on, draft->happened_on) == 0 && moves_as(last, draft) &&
           last->state == plan_state_of(draft->state) && last->rag == plan_rag_of(draft->rag) &&
           has_shown(last, "text", draft->evidence) && has_shown(last, "link", draft->link);
    if (!*out || draft->file.upload_id == 0)
        return OK;
    return has_file(ctx, last, &draft->file, file_owner(ctx, telling->place->reference), out);
}

struct evidence_place {
    const struct pledge *pledge;
    const struct plan_place *place;
    int64_t number, position;
};

static enum status add_evidence(struct ctx *ctx, struct evidence_place *at, const char *kind,
                                const char *text, int64_t upload_id)
{
    if (text == NULL || text[0] == '\0')
        return OK;
    return plan_evidence_add(ctx, at->pledge->organisation_id, at->pledge->id, at->place->period,
                             at->place->action, at->number, ++at->position, kind, text, upload_id,
                             NULL);
}

static enum status write_evidence(struct ctx *ctx, const struct pledge *pledge,
                                  const struct telling *telling)
{
    const struct plan_draft *draft = telling->draft;
    struct evidence_place at = {pledge, telling->place, telling->number, 0};
    TRY(add_evidence(ctx, &at, "text", draft->evidence, 0));
    TRY(add_evidence(ctx, &at, "link", draft->link, 0));
    if (draft->file.upload_id == 0)
        return OK;
    TRY(upload_claim(ctx, draft->file.upload_id, draft->file.owner,
                     file_owner(ctx, pledge->reference)));
    return add_evidence(ctx, &at, "file", draft->file.name, draft->file.upload_id);
}

static enum status write_update(struct ctx *ctx, const struct plan *plan,
                                const struct plan_action *action, struct telling *telling)
{
    const struct plan_draft *draft = telling->draft;
    const struct pledge *pledge = plan->pledge;
    bool is_stopped = plan_state_of(draft->state) == PLAN_STOPPED;
    int64_t changes;
    telling->number = (int64_t)action->update_count + 1;
    TRY(plan_update_add(ctx, pledge->organisation_id, pledge->id, plan->period, action->number,
                        telling->number, ctx->now_secs, draft->happened_on, ctx->person.n,
                        draft->state, draft->rag, is_stopped ? draft->reason : "", draft->note,
                        is_for_all(draft) ? 1 : 0, draft->corrects, draft->due_on,
                        draft->due_reason, &changes));
    TRY(plan_wrote(ctx, changes));
    TRY(write_evidence(ctx, pledge, telling));
    struct plan now;
    TRY(plan_read(ctx, &(const struct plan_wanted){pledge, plan->period, PLAN_FOR_WORKERS}, &now));
    TRY(plan_action_write(ctx, &now, plan_action_of(&now, action->number)));
    return plan_note(ctx, pledge, draft->corrects != 0 ? "plan.corrected" : "plan.updated",
                     mem_format(ctx->mem, "action %d of period %d, update %d: %s%s%s",
                                (int)action->number, (int)plan->period, (int)telling->number,
                                plan_state_text(plan_state_of(draft->state)),
                                draft->due_on[0] != '\0' ? ", due by " : "", draft->due_on));
}

static enum status tell_once(struct ctx *ctx, void *arg)
{
    struct telling *telling = arg;
    struct pledge pledge;
    struct plan plan;
    bool is_same;
    TRY(plan_open_live(ctx, telling->place, &pledge, &plan));
    const struct plan_action *action = plan_action_of(&plan, telling->place->action);
    if (action == NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the plan has no action %d",
                        (int)telling->place->action);
    telling->number = (int64_t)action->update_count;
    telling->problems->count = 0;
    TRY(is_again(ctx, action, telling, &is_same));
    if (is_same)
        return OK;
    if (telling->draft->seen >= 0 && telling->draft->seen < telling->number)
        form_wrong(telling->problems, "note",
                   "Somebody wrote an update while you were writing. Read it, then save yours");
    TRY(check_corrected(ctx, action, telling->draft, telling->problems));
    check_move(ctx, action, telling->draft, telling->problems);
    int64_t written = 0;
    for (size_t i = 0; i < plan.count; i++)
        written += (int64_t)plan.actions[i].update_count;
    if (written >= PLAN_UPDATES_MAX)
        form_wrong(telling->problems, "note", "This plan has as many updates as it can hold");
    if (telling->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the update has problems");
    return write_update(ctx, &plan, action, telling);
}

enum status plan_tell(struct ctx *ctx, const struct plan_place *place,
                      const struct plan_draft *draft, struct form_problems *problems,
                      int64_t *number_out)
{
    struct telling telling = {.place = place, .draft = draft, .problems = problems};
    plan_check(ctx, draft, problems);
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the update has problems");
    TRY(store_transact(ctx, "plan_tell", tell_once, &telling));
    *number_out = telling.number;
    return OK;
}

/* ---- a new action ---- */

struct adding {
    const struct plan_place *place;
    const struct pledge_action_draft *draft;
    struct form_problems *problems;
    int64_t number;
};

static void check_action(const struct plan *plan, const struct pledge_action_draft *draft,
                         struct form_problems *problems)
{
    if (!pledge_covers(plan->pledge, draft->intention))
        form_wrong(problems, "intention", "Choose an intention that the pledge covers");
    if (!time_day_is_valid(draft->start_on))
        form_wrong(problems, "start_on", "Enter the day it starts");
    if (!time_day_is_valid(draft->due_on))
        form_wrong(problems, "due_on", "Enter the day by which it is done");
    else if (strcmp(draft->due_on, draft->start_on) < 0)
        form_wrong(problems, "due_on", "The day by which it is done must be after it starts");
    if (plan->count >= PLAN_ACTIONS_MAX)
        form_wrong(problems, "action", "A plan holds at most 100 actions");
}

static enum status add_once(struct ctx *ctx, void *arg)
{
    struct adding *adding = arg;
    const struct pledge_action_draft *d = adding->draft;
    struct pledge pledge;
    struct plan plan;
    struct plan_days days;
    int64_t changes;
    TRY(plan_open_live(ctx, adding->place, &pledge, &plan));
    for (size_t i = 0; i < plan.count; i++)
        if (plan.actions[i].added_at > ctx->now_secs - TIME_HOUR_SECS &&
            plan.actions[i].continues == 0 && strcmp(plan.actions[i].action, d->action) == 0 &&
            strcmp(plan.actions[i].due_on, d->due_on) == 0) {
            adding->number = plan.actions[i].number;
            return OK; /* sent twice */
        }
    adding->problems->count = 0;
    check_action(&plan, d, adding->problems);
    if (adding->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the action has problems");
    adding->number = (int64_t)plan.count + 1;
    TRY(plan_days_of(ctx,
                     &(const struct plan_action){
                         .added_at = ctx->now_secs, .start_on = d->start_on, .due_on = d->due_on},
                     &days));
    TRY(plan_action_add(ctx, pledge.organisation_id, pledge.id, plan.period, adding->number, 0,
                        d->intention, d->baseline, d->action, d->measure, d->target, d->lead,
                        d->partners, d->start_on, d->due_on, ctx->now_secs,
                        plan_state_code(PLAN_PLANNED), plan_rag_code(PLAN_NOT_RATED), days.quiet_on,
                        days.ask_on, &changes));
    TRY(plan_wrote(ctx, changes));
    return plan_note(
        ctx, &pledge, "plan.action_added",
        mem_format(ctx->mem, "action %d of period %d", (int)adding->number, (int)plan.period));
}

enum status plan_action_new(struct ctx *ctx, const struct plan_place *place,
                            const struct pledge_action_draft *draft, struct form_problems *problems,
                            int64_t *number_out)
{
    struct adding adding = {.place = place, .draft = draft, .problems = problems};
    TRY(store_transact(ctx, "plan_action_new", add_once, &adding));
    *number_out = adding.number;
    return OK;
}
