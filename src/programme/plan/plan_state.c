/* SPDX-License-Identifier: MIT */
/* plan_state.c - where an action stands, as it follows from what was said about it. */
#include "programme/plan/plan_internal.h"

#include "platform/base/time.h"

#include <string.h>

static const struct {
    const char *code, *text;
} states[PLAN_STATES] = {[PLAN_PLANNED] = {"planned", "Planned"},
                         [PLAN_IN_PROGRESS] = {"in-progress", "In progress"},
                         [PLAN_EMBEDDED] = {"embedded", "Embedded"},
                         [PLAN_STOPPED] = {"stopped", "Stopped"}},
  rags[PLAN_RAGS] = {[PLAN_RED] = {"red", "Red"},
                     [PLAN_AMBER] = {"amber", "Amber"},
                     [PLAN_GREEN] = {"green", "Green"},
                     [PLAN_NOT_RATED] = {"", "Not rated yet"}};

const char *plan_state_code(enum plan_state state)
{
    return states[state].code;
}

const char *plan_state_text(enum plan_state state)
{
    return states[state].text;
}

enum plan_state plan_state_of(const char *code)
{
    size_t i = 0;
    while (i < PLAN_STATES && strcmp(states[i].code, code) != 0)
        i++;
    return (enum plan_state)i;
}

const char *plan_rag_code(enum plan_rag rag)
{
    return rags[rag].code;
}

const char *plan_rag_text(enum plan_rag rag)
{
    return rags[rag].text;
}

enum plan_rag plan_rag_of(const char *code)
{
    size_t i = 0;
    while (i < PLAN_RAGS && strcmp(rags[i].code, code) != 0)
        i++;
    return (enum plan_rag)i;
}

bool plan_state_is_open(enum plan_state state)
{
    return state == PLAN_PLANNED || state == PLAN_IN_PROGRESS;
}

const struct plan_action *plan_action_of(const struct plan *plan, int64_t number)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->actions[i].number == number)
            return &plan->actions[i];
    return NULL;
}

/* Updates are numbered from 1 without gaps. */
const struct plan_update *plan_update_of(const struct plan_action *action, int64_t number)
{
    return number >= 1 && (size_t)number <= action->update_count ? &action->updates[number - 1]
                                                                 : NULL;
}

/* The number of what was first said, before any correction of it. */
static int64_t first_said(const struct plan_action *action, const struct plan_update *update)
{
    while (update->corrects != 0)
        update = plan_update_of(action, update->corrects);
    return update->number;
}

void plan_action_fold(struct plan_action *action, enum plan_reader reader)
{
    const struct plan_update *last = NULL;
    int64_t last_said = 0, newest_said = 0, moved_said = 0;
    action->newest = action->moved = NULL;
    action->due_on = action->promised_on;
    for (size_t i = 0; i < action->update_count; i++)
        if (action->updates[i].corrects != 0)
            action->updates[action->updates[i].corrects - 1].corrected_by =
                action->updates[i].number;
    for (size_t i = 0; i < action->update_count; i++) {
        const struct plan_update *update = &action->updates[i];
        if (update->corrected_by != 0)
            continue;
        int64_t said = first_said(action, update);
        if (said > last_said) {
            last = update;
            last_said = said;
        }
        if (said > moved_said && update->due_on[0] != '\0') {
            action->due_on = update->due_on;
            action->moved = reader == PLAN_FOR_WORKERS || update->is_public ? update : NULL;
            moved_said = said;
        }
        if (said > newest_said && (reader == PLAN_FOR_WORKERS || update->is_public)) {
            action->newest = update;
            newest_said = said;
        }
    }
    if (last != NULL) {
        action->state = last->state;
        action->rag = last->rag;
    }
}

enum status plan_days_of(struct ctx *ctx, const struct plan_action *action, struct plan_days *out)
{
    const char *late_on;
    int64_t at =
        action->update_count > 0 ? action->updates[action->update_count - 1].at : action->added_at;
    const char *last_on = time_day_of(ctx->mem, at);
    if (strcmp(action->start_on, last_on) > 0)
        last_on = action->start_on;
    TRY(time_day_add(ctx->mem, last_on, (struct time_step){.days = PLAN_QUIET_DAYS},
                     &out->quiet_on));
    TRY(time_day_add(ctx->mem, action->due_on, (struct time_step){.days = 1}, &late_on));
    out->ask_on = strcmp(late_on, out->quiet_on) < 0 ? late_on : out->quiet_on;
    return OK;
}
