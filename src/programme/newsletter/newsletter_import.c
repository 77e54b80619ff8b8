/* SPDX-License-Identifier: MIT */
/* newsletter_import.c - readers taken over from a file, with their consent or not at all. */
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/csv.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_internal.h"

#include <string.h>

enum { EVIDENCE_CHARS = 300, TOPICS_MAX = 20, AT_ONCE = 200 };

enum { EMAIL, TOPICS, REGION, CONSENTED_ON, CONSENT, COLUMNS };
static const char *const names[COLUMNS] = {"email", "topics", "region", "consented_on", "consent"};

struct wanted {
    const char *email, *email_key, *region, *evidence;
    int64_t topics, since_at;
};

struct importing {
    struct ctx *ctx;
    struct newsletter_import_report *report;
    const int *columns;
    struct directory_choice *regions;
    size_t region_count;
    struct wanted *wanted;
    size_t count;
    int64_t added_count, known_count, stopped_count;
};

static void refuse(struct importing *importing, int64_t line, const char *reason)
{
    struct newsletter_import_report *report = importing->report;
    report->refused_count++;
    if (report->problem_count < NEWSLETTER_IMPORT_PROBLEMS)
        report->problems[report->problem_count++] =
            (struct newsletter_import_problem){line, mem_text(importing->ctx->mem, reason)};
}

/* Codes parted by spaces; false: one is none, or there is none. */
static bool read_topics(struct mem *mem, const char *text, int64_t *out)
{
    *out = 0;
    while (*text != '\0') {
        size_t length_bytes = strcspn(text, " ");
        const char *code = mem_text_part(mem, text, length_bytes);
        const struct form_several one = {&code, 1};
        int64_t bit = newsletter_topic_bits(&one);
        if (length_bytes > 0 && bit == 0)
            return false;
        *out |= bit;
        text += length_bytes + (text[length_bytes] == ' ');
    }
    return *out != 0;
}

static bool is_region(const struct importing *importing, const char *code)
{
    for (size_t i = 0; i < importing->region_count; i++)
        if (strcmp(importing->regions[i].code, code) == 0)
            return true;
    return code[0] == '\0';
}

/* What is wrong with a row; NULL: nothing, and *out is filled. */
static const char *read_row(struct importing *importing, const struct csv_row *row,
                            struct wanted *out)
{
    const char *cells[COLUMNS];
    struct ctx *ctx = importing->ctx;
    for (int i = 0; i < COLUMNS; i++)
        if (text_clean(ctx->mem, row->cells[importing->columns[i]],
                       strlen(row->cells[importing->columns[i]]), TEXT_LINE, &cells[i]) != OK)
            return "it holds characters that no text has";
    if (!text_is_email(cells[EMAIL]))
        return "the email address cannot be one";
    if (!read_topics(ctx->mem, cells[TOPICS], &out->topics))
        return "it names no topic, or one that there is not";
    if (!is_region(importing, cells[REGION]))
        return "there is no such region";
    if (time_day_start(cells[CONSENTED_ON], &out->since_at) != OK || out->since_at > ctx->now_secs)
        return "it does not say on which day they agreed, so they are not taken";
    if (cells[CONSENT][0] == '\0')
        return "it does not say how they agreed, so they are not taken";
    out->email = cells[EMAIL];
    out->email_key = text_email_key(ctx->mem, cells[EMAIL]);
    out->region = cells[REGION];
    out->evidence = text_cut(ctx->mem, cells[CONSENT], EVIDENCE_CHARS);
    return NULL;
}

static enum status take_one(struct ctx *ctx, struct importing *importing,
                            const struct wanted *wanted)
{
    int64_t changes;
    const char *hash;
    struct newsletter_stop_find_row stop;
    TRY(newsletter_stop_hash(ctx, wanted->email_key, &hash));
    TRY(newsletter_reader_import(ctx, id_new(ctx), wanted->email, wanted->email_key, wanted->topics,
                                 wanted->region, wanted->since_at, wanted->evidence, hash,
                                 &changes));
    if (changes == 1) {
        importing->added_count++;
        return OK;
    }
    enum status status = newsletter_stop_find(ctx, hash, &stop);
    importing->stopped_count += status == OK;
    importing->known_count += status == ERR_NOT_FOUND;
    return status == ERR_NOT_FOUND ? OK : status;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status take_once(struct ctx *ctx, void *arg)
{
    struct importing *importing = arg;
    importing->added_count = importing->known_count = importing->stopped_count = 0;
    for (size_t i = 0; i < importing->count; i++)
        TRY(take_one(ctx, importing, &importing->wanted[i]));
    return audit_note(ctx, &(const struct audit_deed){.what = "newsletter.imported"});
}

static enum status take(struct importing *importing)
{
    struct newsletter_import_report *report = importing->report;
    if (importing->count == 0)
        return OK;
    TRY(store_transact(importing->ctx, "newsletter_import", take_once, importing));
    report->added_count += importing->added_count;
    report->known_count += importing->known_count;
    report->stopped_count += importing->stopped_count;
    importing->count = 0;
    return OK;
}

static enum status find_columns(struct ctx *ctx, struct csv_reader *reader, int *columns)
{
    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = csv_column(reader, names[i]);
        if (columns[i] < 0)
            return ctx_fail(ctx, ERR_INVALID, "the file has no column \"%s\"", names[i]);
    }
    return OK;
}

static enum status take_rows(struct importing *importing, struct csv_reader *reader)
{
    struct csv_row row = {0};
    for (;;) {
        enum status status = csv_read(reader, &row);
        if (status == ERR_NOT_FOUND)
            return take(importing);
        importing->report->row_count++;
        if (status == ERR_INVALID) {
            refuse(importing, row.problem_line, row.problem);
            continue;
        }
        TRY(status);
        const char *wrong = read_row(importing, &row, &importing->wanted[importing->count]);
        if (wrong != NULL)
            refuse(importing, row.line, wrong);
        else if (++importing->count == AT_ONCE)
            TRY(take(importing));
    }
}

enum status newsletter_import(struct ctx *ctx, int file, struct newsletter_import_report *out)
{
    int columns[COLUMNS];
    struct csv_reader *reader;
    const char *problem = NULL;
    struct importing importing = {.ctx = ctx, .report = out, .columns = columns};
    const struct csv_options options = {.may_be_ragged = true};
    *out = (struct newsletter_import_report){.row_count = 0};
    enum status status = csv_open(ctx, file, &options, &reader, &problem);
    if (status == ERR_INVALID)
        return ctx_fail(ctx, ERR_INVALID, "%s", problem);
    TRY(status);
    TRY(find_columns(ctx, reader, columns));
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &importing.regions,
                         &importing.region_count));
    importing.wanted = mem_array(ctx->mem, struct wanted, AT_ONCE);
    return take_rows(&importing, reader);
}
