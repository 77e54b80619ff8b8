/* SPDX-License-Identifier: MIT */
/*
 * demo_party.c - pledges in other hands: sides that were handed over, an organisation that closed,
 * one that split, one that was there twice, and somebody who says "this was not us".
 *
 * It all happens today to pledges in force that are there already; what a small demonstration has
 * no pledge for is left out.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/demo/demo_internal.h"
#include "programme/directory/directory.h"

#include <stdio.h>

enum { LOOKED_AT = 20, WANTED = 4 };

/* A pledge in force, and who holds it. */
struct held {
    const char *reference;
    struct organisation of;
};

static enum status find_held(struct ctx *ctx, const struct demo_employers *employers,
                             struct held *out, size_t *count_out)
{
    *count_out = 0;
    for (size_t i = 0; i < employers->count && i < LOOKED_AT && *count_out < WANTED; i++) {
        struct held *held = &out[*count_out];
        enum pledge_state state;
        enum status status =
            pledge_of_organisation(ctx, employers->items[i].id, &held->reference, &state);
        if (status != OK && status != ERR_NOT_FOUND)
            return status;
        ctx->fault = NULL;
        if (status != OK || !pledge_state_stands(state))
            continue;
        TRY(directory_get(ctx, (struct organisation_id){employers->items[i].id}, &held->of));
        (*count_out)++;
    }
    return OK;
}

/* ---- what the directory learns ---- */

static enum status import_text(struct ctx *ctx, enum directory_import_kind kind, const char *text)
{
    const struct directory_import_options options = {.source = "Invented for the demonstration"};
    struct directory_import_report *report = mem_new(ctx->mem, struct directory_import_report);
    FILE *file = tmpfile();
    if (file == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a temporary file could not be made");
    bool is_written = fputs(text, file) >= 0 && fflush(file) == 0 && fseek(file, 0, SEEK_SET) == 0;
    enum status status = is_written ? directory_import(ctx, kind, fileno(file), &options, report)
                                    : ctx_fail(ctx, ERR_FAULT, "a temporary file was not written");
    fclose(file);
    TRY(status);
    return report->refused_count == 0
               ? OK
               : ctx_fail(ctx, ERR_FAULT, "an invented change was refused: %s",
                          report->problem_count > 0 ? report->problems[0].reason : "?");
}

/* An organisation closed yesterday, and others took over today. */
static enum status close(struct ctx *ctx, const struct organisation *it, const char *const *codes,
                         size_t count)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *yesterday;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.days = -1}, &yesterday));
    const char *places = mem_format(ctx->mem,
                                    "code,name,kind,town,status,opened_on,closed_on\n"
                                    "%s,\"%s\",%s,\"%s\",closed,2015-04-01,%s\n",
                                    it->code, it->name, it->kind, it->town, yesterday);
    const char *rows = "predecessor,successor,on,kind\n";
    for (size_t i = 0; i < count; i++) {
        places = mem_format(ctx->mem, "%s%s,Example partnership %s,%s,\"%s\",open,%s,\n", places,
                            codes[i], codes[i], it->kind, it->town, today);
        rows = mem_format(ctx->mem, "%s%s,%s,%s,%s\n", rows, it->code, codes[i], today,
                          count == 1 ? "merger" : "split");
    }
    TRY(import_text(ctx, DIRECTORY_IMPORT_ORGANISATIONS, places));
    return import_text(ctx, DIRECTORY_IMPORT_SUCCESSIONS, rows);
}

/* One went over to the one that took over; of another staff have to choose among two. */
static enum status pass_on(struct ctx *ctx, const struct held *held, size_t count)
{
    static const char *const heirs[] = {"DEMOX1", "DEMOX2", "DEMOX3"};
    int64_t moved;
    TRY(close(ctx, &held[0].of, heirs, 1));
    if (count > 3)
        TRY(close(ctx, &held[3].of, heirs + 1, 2));
    return pledge_succeed_all(ctx, &moved);
}

static enum status merge(struct ctx *ctx, const struct held *goes, const struct held *stays)
{
    struct form_problems problems = {.count = 0};
    return pledge_merge(ctx,
                        &(const struct pledge_merge){goes->reference, stays->reference,
                                                     "Both codes are of the same organisation."},
                        &problems);
}

/* ---- what people do ---- */

static enum status hand_over(struct ctx *ctx, const struct held *held, bool says_yes)
{
    struct form_problems problems = {.count = 0};
    const char *email =
        mem_format(ctx->mem, "new-leader@%s.example", text_email_key(ctx->mem, held->of.code));
    const struct pledge_successor to = {"leader", says_yes ? "Amara Lindqvist" : "Idris Holloway",
                                        "Interim chief executive", email,
                                        "The chief executive has moved on"};
    const char *token;
    TRY(pledge_hand_over(ctx, held->reference, &to, true, &problems));
    if (!says_yes)
        return OK;
    TRY(demo_token(ctx, held->reference, email, &token));
    return pledge_take_over(ctx, token);
}

static enum status dispute(struct ctx *ctx, const struct held *held)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    return pledge_dispute_raise(
        ctx,
        &(const struct pledge_dispute_draft){
            .pledge = held->reference,
            .why = "not-authorised",
            .words = "An invented example: the board has not met since, and nobody here knows who "
                     "sent it.",
            .name = "Morgan Ashdown",
            .job_title = "Board secretary",
            .email = mem_format(ctx->mem, "secretary@%s.example",
                                text_email_key(ctx->mem, held->of.code)),
            .phone = "01632 960041"},
        &problems, &reference);
}

enum status demo_parties(struct ctx *ctx, const struct demo_scene *scene,
                         const struct demo_employers *real)
{
    struct ctx now = *ctx;
    struct held known[WANTED], invented[WANTED];
    size_t known_count, invented_count;
    struct demo_employers made;
    now.person = scene->lead;
    now.role = "national";
    now.now_secs = ctx->now_secs - 1; /* all that is shown has happened */
    TRY(find_held(&now, real, known, &known_count));
    TRY(demo_employers_invented(&now, "", LOOKED_AT, &made));
    TRY(find_held(&now, &made, invented, &invented_count));
    enum status status = OK;
    for (size_t i = 0; i < known_count && i < 2 && status == OK; i++)
        status = hand_over(&now, &known[i], i == 0);
    if (known_count > 2 && status == OK)
        status = dispute(&now, &known[2]);
    if (invented_count > 2 && status == OK)
        status = merge(&now, &invented[1], &invented[2]);
    if (invented_count > 0 && status == OK)
        status = pass_on(&now, invented, invented_count);
    ctx->fault = now.fault;
    ctx->id_last = now.id_last;
    return status;
}
