/* SPDX-License-Identifier: MIT */
/* plan_show.c - a plan in words, for pages and papers. */
#include "programme/plan/plan_show.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/plan/plan_internal.h"

#include <ctype.h>
#include <string.h>

enum { WORDS_BYTES_MAX = 500, PERIODS_MAX = 1000 };

static struct plan_tag state_tag(enum plan_state state)
{
    static const char *const css[PLAN_STATES] = {"nhsuk-tag--grey", "nhsuk-tag--blue",
                                                 "nhsuk-tag--green", "nhsuk-tag--white"};
    return (struct plan_tag){plan_state_text(state), css[state]};
}

static struct plan_tag rag_tag(enum plan_rag rag)
{
    static const char *const css[PLAN_RAGS] = {"nhsuk-tag--red", "nhsuk-tag--orange",
                                               "nhsuk-tag--green", "nhsuk-tag--grey"};
    return (struct plan_tag){plan_rag_text(rag), css[rag]};
}

/* "3 May 2027", and what was promised when that is another day. */
static const char *due_in_words(struct ctx *ctx, const struct plan_action *action)
{
    const char *due = time_show_day(ctx->mem, action->due_on);
    return strcmp(action->due_on, action->promised_on) == 0
               ? due
               : mem_format(ctx->mem, "%s (moved from %s)", due,
                            time_show_day(ctx->mem, action->promised_on));
}

struct plan_line plan_line_of(struct ctx *ctx, const struct plan_action *action, const char *base)
{
    return (struct plan_line){
        .action = action,
        .state = state_tag(action->state),
        .rag = rag_tag(action->rag),
        .has_rag = plan_state_is_open(action->state),
        .starts = time_show_day(ctx->mem, action->start_on),
        .due = due_in_words(ctx, action),
        .note_on =
            action->newest != NULL ? time_show_day(ctx->mem, action->newest->happened_on) : "",
        .href =
            base != NULL ? mem_format(ctx->mem, "%s/actions/%d", base, (int)action->number) : NULL};
}

const char *plan_lower_first(struct mem *mem, const char *text)
{
    return mem_format(mem, "%c%s", tolower((unsigned char)text[0]), text + 1);
}

/* "2 planned, 1 embedded": the words of a code, those that there are. */
static const char *counted(struct ctx *ctx, const int64_t *counts, int kinds,
                           const char *(*name)(int kind))
{
    const char *words;
    struct text_builder text = text_build(ctx->mem, WORDS_BYTES_MAX);
    for (int kind = 0; kind < kinds; kind++) {
        if (counts[kind] == 0)
            continue;
        text_add_format(&text, "%s%d %s", text.length_bytes > 0 ? ", " : "", (int)counts[kind],
                        plan_lower_first(ctx->mem, name(kind)));
    }
    return text_build_end(&text, &words) == OK ? words : "";
}

static const char *state_name(int state)
{
    return plan_state_text((enum plan_state)state);
}

static const char *rag_name(int rag)
{
    return plan_rag_text((enum plan_rag)rag);
}

void plan_lines_fill(struct ctx *ctx, const struct plan *plan, const char *base,
                     struct plan_lines *out)
{
    const struct plan_summary *s = &plan->summary;
    const char *states = counted(ctx, s->state, PLAN_STATES, state_name);
    out->count = plan->count;
    out->items = mem_array(ctx->mem, struct plan_line, plan->count);
    for (size_t i = 0; i < plan->count; i++)
        out->items[i] = plan_line_of(ctx, &plan->actions[i], base);
    out->states =
        mem_format(ctx->mem, "%d %s%s%s", (int)s->total, s->total == 1 ? "action" : "actions",
                   states[0] != '\0' ? ": " : "", states);
    out->rags = counted(ctx, s->rag, PLAN_RAGS, rag_name);
    out->overdue = s->overdue == 0   ? "None"
                   : s->overdue == 1 ? "1 action"
                                     : mem_format(ctx->mem, "%d actions", (int)s->overdue);
}

void plan_update_lines(struct ctx *ctx, const struct plan_action *action, int64_t behind,
                       const char *base, struct plan_action_page *out)
{
    out->updates = mem_array(ctx->mem, struct plan_update_line, action->update_count);
    out->update_count = 0;
    for (size_t i = action->update_count; i-- > 0 && action->updates[i].number > behind;) {
        const struct plan_update *u = &action->updates[i];
        out->updates[out->update_count++] = (struct plan_update_line){
            .update = u,
            .state = state_tag(u->state),
            .rag = rag_tag(u->rag),
            .day = time_show_day(ctx->mem, u->happened_on),
            .written = time_show(ctx->mem, u->at),
            .moved_to = u->due_on[0] != '\0' ? time_show_day(ctx->mem, u->due_on) : "",
            .correct_href =
                base != NULL && u->corrected_by == 0
                    ? mem_format(ctx->mem, "%s/updates/%d/correct", base, (int)u->number)
                    : NULL};
    }
}

const char *plan_period_name(struct ctx *ctx, const struct plan *plan)
{
    const char *on =
        plan->period == 1 ? plan->pledge->signed_on : time_day_of(ctx->mem, plan->opened_at);
    return mem_format(ctx->mem, "Period %d, from %s", (int)plan->period,
                      time_show_day(ctx->mem, on));
}

void plan_periods_fill(struct ctx *ctx, const struct plan *plan, struct plan_page *page)
{
    const char *reference = plan->pledge->reference;
    int64_t newest = plan->pledge->period;
    page->period_count = newest > 1 ? (size_t)newest : 0;
    page->periods = mem_array(ctx->mem, struct plan_period_line, page->period_count);
    for (size_t i = 0; i < page->period_count; i++) {
        int64_t period = newest - (int64_t)i;
        int64_t low = period < plan->period ? period : plan->period;
        int64_t high = period < plan->period ? plan->period : period;
        page->periods[i] = (struct plan_period_line){
            .name = mem_format(ctx->mem, "Period %d", (int)period),
            .href =
                mem_format(ctx->mem, "%s/%s%s%d", page->base, reference, page->tail, (int)period),
            .compare_href = low == high ? NULL
                                        : mem_format(ctx->mem, "/pledges/%s/plan?period=%d&with=%d",
                                                     reference, (int)low, (int)high)};
    }
}

enum status plan_period_of(const char *text, int64_t *out)
{
    return text_number(text, 1, PERIODS_MAX, out) == OK ? OK : ERR_NOT_FOUND;
}
