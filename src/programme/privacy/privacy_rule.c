/* SPDX-License-Identifier: MIT */
/*
 * privacy_rule.c - the retention rules: rules.csv of the pack that is in force.
 *
 * The whole pack is read and checked each time it is asked for; it is a page of text.
 */
#include "programme/privacy/privacy.h"

#include "platform/base/text.h"
#include "programme/privacy/consent_pack.h"

#include <string.h>

enum { RULES_MAX = 200, PERIOD_MOST = 200, DAY_SECS = TIME_DAY_SECS };

enum column { CODE, NAME, PERIOD, FROM, END, WORDS, SOURCE, COLUMNS };

static const char *const headings[COLUMNS + 1] = {"code", "name",  "period", "from",
                                                  "end",  "words", "source"};

/* "6 years", "12 months", "14 days", "1 year". */
static enum status read_period(const char *text, struct time_step *out)
{
    static const char *const units[] = {"year", "years", "month", "months", "day", "days"};
    const char *space = strchr(text, ' ');
    char digits[8] = "";
    int64_t n;
    if (space == NULL || (size_t)(space - text) >= sizeof digits)
        return ERR_INVALID;
    memcpy(digits, text, (size_t)(space - text));
    TRY(text_number(digits, 1, PERIOD_MOST, &n));
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i], space + 1) == 0) {
            *(i < 2 ? &out->years : i < 4 ? &out->months : &out->days) = (int)n;
            return OK;
        }
    return ERR_INVALID;
}

static enum status read_rule(struct pack_table *table, const char *const *cells,
                             struct privacy_rule *out)
{
    *out = (struct privacy_rule){.code = cells[CODE],
                                 .name = cells[NAME],
                                 .period_text = cells[PERIOD],
                                 .from = cells[FROM],
                                 .words = cells[WORDS],
                                 .source = cells[SOURCE]};
    if (out->code[0] == '\0' || out->name[0] == '\0' || out->words[0] == '\0' ||
        out->source[0] == '\0')
        return pack_table_refuse(table, "code, name, words or source is missing");
    if (strcmp(cells[END], "keep") == 0) {
        out->end = PRIVACY_KEEP;
        return cells[PERIOD][0] == '\0' ? OK
                                        : pack_table_refuse(table, "what is kept has no period");
    }
    if (strcmp(cells[END], "delete") != 0 && strcmp(cells[END], "pseudonymise") != 0)
        return pack_table_refuse(table, "end is not delete, pseudonymise or keep");
    out->end = strcmp(cells[END], "delete") == 0 ? PRIVACY_DELETE : PRIVACY_PSEUDONYMISE;
    if (out->from[0] == '\0')
        return pack_table_refuse(table, "the event that it counts from is missing");
    if (read_period(out->period_text, &out->period) != OK)
        return pack_table_refuse(
            table, "the period is not like \"6 years\", \"12 months\" or \"14 days\"");
    return OK;
}

static bool has_code(const struct privacy_rule *rules, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rules[i].code, code) == 0)
            return true;
    return false;
}

static enum status read_rules(struct ctx *ctx, const struct pack *pack, struct privacy_rule **out,
                              size_t *count_out)
{
    struct pack_table *table;
    const char *const *cells;
    enum status status;
    *out = mem_array(ctx->mem, struct privacy_rule, RULES_MAX);
    *count_out = 0;
    TRY(pack_table_open(ctx, pack, "rules.csv", headings, &table));
    while ((status = pack_table_next(table, &cells)) == OK) {
        if (*count_out == RULES_MAX)
            return pack_table_refuse(table, "there are too many rules");
        struct privacy_rule *rule = &(*out)[*count_out];
        TRY(read_rule(table, cells, rule));
        if (has_code(*out, *count_out, rule->code))
            return pack_table_refuse(table, "this code stands here twice");
        ++*count_out;
    }
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status privacy_rules(struct ctx *ctx, struct privacy_rule **out, size_t *count_out,
                          struct pack *pack_out)
{
    TRY(pack_on(ctx, "retention", time_day_of(ctx->mem, ctx->now_secs), pack_out));
    return read_rules(ctx, pack_out, out, count_out);
}

enum status privacy_rule_find(struct ctx *ctx, const char *code, struct privacy_rule *out)
{
    struct privacy_rule *rules;
    struct pack pack;
    size_t count;
    TRY(privacy_rules(ctx, &rules, &count, &pack));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rules[i].code, code) == 0) {
            *out = rules[i];
            return OK;
        }
    return ERR_NOT_FOUND;
}

enum status privacy_rule_words(struct ctx *ctx, const char *code, const char **out)
{
    struct privacy_rule rule;
    enum status status = privacy_rule_find(ctx, code, &rule);
    *out = status == OK ? rule.words : "";
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status privacy_rule_before(struct ctx *ctx, const struct privacy_rule *rule,
                                int64_t *before_out, const char **before_on_out)
{
    const struct time_step back = {-rule->period.years, -rule->period.months, -rule->period.days};
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *last;
    TRY(time_day_add(ctx->mem, today, back, &last));
    /* What began on a day is kept through the whole of the same day, a period later. */
    *before_on_out = last;
    if (rule->period.days == 0)
        return time_day_start(last, before_out);
    *before_out = ctx->now_secs - (int64_t)rule->period.days * DAY_SECS;
    return OK;
}

/* ---- what a pack must have ---- */

struct checking {
    const struct privacy_rule *rules;
    size_t count;
};

/* Every holding finds its rule, with the period that the program itself keeps where it does. */
static enum status check_holding(struct ctx *ctx, void *arg, const struct privacy_holding *holding)
{
    const struct checking *checking = arg;
    for (size_t i = 0; i < checking->count; i++) {
        const struct privacy_rule *rule = &checking->rules[i];
        if (strcmp(rule->code, holding->rule) != 0)
            continue;
        bool has_end =
            holding->retain != NULL || holding->retain_by != NULL || holding->goes_with != NULL;
        if (has_end != (rule->end != PRIVACY_KEEP))
            return ctx_fail(ctx, ERR_INVALID, "rules.csv: \"%s\": table \"%s\" %s", rule->code,
                            holding->table, has_end ? "must have an end" : "is kept for good");
        if (holding->fixed_secs != 0 &&
            holding->fixed_secs != (int64_t)rule->period.days * DAY_SECS)
            return ctx_fail(ctx, ERR_INVALID,
                            "rules.csv: \"%s\": the program keeps this for %lld days", rule->code,
                            (long long)(holding->fixed_secs / DAY_SECS));
        return OK;
    }
    return ctx_fail(ctx, ERR_INVALID,
                    "rules.csv: there is no rule \"%s\", which table \"%s\" needs", holding->rule,
                    holding->table);
}

static enum status check_rules(struct ctx *ctx, const struct pack *pack)
{
    struct privacy_rule *rules;
    struct checking checking;
    TRY(read_rules(ctx, pack, &rules, &checking.count));
    checking.rules = rules;
    return privacy_each(ctx, check_holding, &checking);
}

const struct pack_reader privacy_pack_readers[] = {
    {.holds = "retention", .check = check_rules},
    {.holds = "consent", .check = consent_pack_check},
    {0},
};
