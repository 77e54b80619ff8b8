/* SPDX-License-Identifier: MIT */
/* plan_json.c - a plan for other programs, as its reader was given it. */
#include "programme/plan/plan_show.h"

#include "platform/base/json_text.h"
#include "platform/base/time.h"

#include <jansson.h>

const char plan_json_schema[] =
    "{\"type\":\"object\",\"required\":[\"pledge\",\"organisation\",\"period\",\"is_live\","
    "\"as_on\",\"summary\",\"actions\"],\"properties\":{"
    "\"pledge\":{\"type\":\"string\"},\"organisation\":{\"type\":\"string\"},"
    "\"period\":{\"type\":\"integer\"},\"is_live\":{\"type\":\"boolean\"},"
    "\"as_on\":{\"type\":\"string\",\"format\":\"date\"},"
    "\"summary\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}},"
    "\"actions\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"number\","
    "\"continues\",\"intention\",\"action\",\"baseline\",\"measure\",\"target\",\"start_on\","
    "\"due_on\",\"state\",\"rag\",\"overdue\",\"updates\"],\"properties\":{"
    "\"number\":{\"type\":\"integer\"},\"continues\":{\"type\":\"integer\"},"
    "\"intention\":{\"type\":\"string\"},\"action\":{\"type\":\"string\"},"
    "\"baseline\":{\"type\":\"string\"},\"measure\":{\"type\":\"string\"},"
    "\"target\":{\"type\":\"string\"},\"partners\":{\"type\":\"string\"},"
    "\"lead\":{\"type\":\"string\"},"
    "\"start_on\":{\"type\":\"string\"},\"due_on\":{\"type\":\"string\"},"
    "\"promised_on\":{\"type\":\"string\"},"
    "\"state\":{\"enum\":[\"planned\",\"in-progress\",\"embedded\",\"stopped\"]},"
    "\"rag\":{\"enum\":[\"red\",\"amber\",\"green\",\"\"]},\"overdue\":{\"type\":\"boolean\"},"
    "\"updates\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"number\","
    "\"happened_on\",\"written_at\",\"state\",\"rag\",\"note\",\"corrects\",\"evidence\"],"
    "\"properties\":{\"number\":{\"type\":\"integer\"},\"happened_on\":{\"type\":\"string\"},"
    "\"written_at\":{\"type\":\"string\"},\"by\":{\"type\":\"string\"},"
    "\"state\":{\"type\":\"string\"},\"rag\":{\"type\":\"string\"},"
    "\"reason\":{\"type\":\"string\"},\"note\":{\"type\":\"string\"},"
    "\"due_on\":{\"type\":\"string\"},\"due_reason\":{\"type\":\"string\"},"
    "\"public\":{\"type\":\"boolean\"},"
    "\"corrects\":{\"type\":\"integer\"},\"corrected_by\":{\"type\":\"integer\"},"
    "\"evidence\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"kind\","
    "\"text\"],\"properties\":{\"kind\":{\"enum\":[\"text\",\"link\",\"file\"]},"
    "\"text\":{\"type\":\"string\"}}}}}}}}}}}}";

static json_t *evidence_of(const struct plan_update *update)
{
    json_t *list = json_array();
    for (size_t i = 0; i < update->evidence_count; i++)
        json_array_append_new(list, json_pack("{s:s,s:s}", "kind", update->evidence[i].kind, "text",
                                              update->evidence[i].text));
    return list;
}

static json_t *update_of(struct mem *mem, const struct plan_update *update)
{
    return json_pack("{s:I,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:I,s:I,s:o}", "number",
                     (json_int_t)update->number, "happened_on", update->happened_on, "written_at",
                     time_rfc3339(mem, update->at), "by", update->by, "state",
                     plan_state_code(update->state), "rag", plan_rag_code(update->rag), "reason",
                     update->reason, "note", update->note, "due_on", update->due_on, "due_reason",
                     update->due_reason, "public", update->is_public ? 1 : 0, "corrects",
                     (json_int_t)update->corrects, "corrected_by", (json_int_t)update->corrected_by,
                     "evidence", evidence_of(update));
}

/* For the public the newest that counts; else all. */
static json_t *updates_of(struct mem *mem, const struct plan_action *action)
{
    json_t *list = json_array();
    for (size_t i = 0; i < action->update_count; i++)
        json_array_append_new(list, update_of(mem, &action->updates[i]));
    if (action->update_count == 0 && action->newest != NULL)
        json_array_append_new(list, update_of(mem, action->newest));
    return list;
}

static json_t *action_of(struct mem *mem, const struct plan_action *a)
{
    return json_pack("{s:I,s:I,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:o}", "number",
                     (json_int_t)a->number, "continues", (json_int_t)a->continues, "intention",
                     a->intention, "action", a->action, "baseline", a->baseline, "measure",
                     a->measure, "target", a->target, "partners", a->partners, "lead", a->lead,
                     "start_on", a->start_on, "due_on", a->due_on, "promised_on", a->promised_on,
                     "state", plan_state_code(a->state), "rag", plan_rag_code(a->rag), "overdue",
                     a->is_overdue ? 1 : 0, "updates", updates_of(mem, a));
}

static json_t *summary_of(const struct plan_summary *s)
{
    return json_pack(
        "{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "total", (json_int_t)s->total, "overdue",
        (json_int_t)s->overdue, "planned", (json_int_t)s->state[PLAN_PLANNED], "in-progress",
        (json_int_t)s->state[PLAN_IN_PROGRESS], "embedded", (json_int_t)s->state[PLAN_EMBEDDED],
        "stopped", (json_int_t)s->state[PLAN_STOPPED], "red", (json_int_t)s->rag[PLAN_RED], "amber",
        (json_int_t)s->rag[PLAN_AMBER], "green", (json_int_t)s->rag[PLAN_GREEN], "not-rated",
        (json_int_t)s->rag[PLAN_NOT_RATED]);
}

const char *plan_json(struct ctx *ctx, const struct plan *plan)
{
    json_t *actions = json_array();
    for (size_t i = 0; i < plan->count; i++)
        json_array_append_new(actions, action_of(ctx->mem, &plan->actions[i]));
    json_t *whole =
        json_pack("{s:s,s:s,s:I,s:b,s:s,s:o,s:o}", "pledge", plan->pledge->reference,
                  "organisation", plan->pledge->organisation_name, "period",
                  (json_int_t)plan->period, "is_live", plan->is_live ? 1 : 0, "as_on", plan->as_on,
                  "summary", summary_of(&plan->summary), "actions", actions);
    return json_text_taken(ctx->mem, whole, JSON_COMPACT);
}
