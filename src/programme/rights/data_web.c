/* SPDX-License-Identifier: MIT */
/* data_web.c - a person's copy of their data, as a page and as a .zip. */
#include "programme/rights/data_web.h"

#include "platform/base/time.h"
#include "programme/rights/rights_mail.h"
#include "programme/rights/rights_page.html.h"

#include <string.h>

/* A role by its name, everything else as privacy/ says it. */
static const char *cell_text(struct mem *mem, const struct store_column *column,
                             const struct store_value *value)
{
    const char *text = privacy_cell(mem, column, value);
    if (strcmp(column->name, "role") == 0 || strcmp(column->name, "as_whom") == 0)
        for (const struct access_role *role = access_roles(); role->code != NULL; role++)
            if (strcmp(role->code, text) == 0)
                return role->name;
    return text;
}

/* More columns than this are no table that a person can read. */
enum { TABLE_COLUMNS_MOST = 6 };

/* Each row as a list of what there is, one below the other; what is empty is left out. */
static struct html lists_of(struct ctx *ctx, const struct privacy_copy *copy)
{
    size_t width = (size_t)copy->column_count;
    struct view out = {.mem = ctx->mem};
    for (size_t i = 0; i < copy->row_count; i++) {
        struct summary_list_row *rows = mem_array(ctx->mem, struct summary_list_row, width);
        size_t count = 0;
        for (size_t j = 0; j < width; j++) {
            const char *text = cell_text(ctx->mem, &copy->columns[j], &copy->cells[i * width + j]);
            if (text[0] == '\0')
                continue;
            rows[count].key.text = privacy_heading(ctx->mem, copy->columns[j].name);
            rows[count++].value.text = text;
        }
        summary_list(&out, &(const struct summary_list){.rows = rows, .row_count = count});
    }
    return view_html(&out);
}

static struct html table_of(struct ctx *ctx, const struct privacy_copy *copy)
{
    size_t width = (size_t)copy->column_count;
    if (width > TABLE_COLUMNS_MOST)
        return lists_of(ctx, copy);
    struct table_cell *head = mem_array(ctx->mem, struct table_cell, width);
    struct table_row *rows = mem_array(ctx->mem, struct table_row, copy->row_count);
    struct view out = {.mem = ctx->mem};
    for (size_t i = 0; i < width; i++)
        head[i] = (struct table_cell){.text = privacy_heading(ctx->mem, copy->columns[i].name)};
    for (size_t i = 0; i < copy->row_count; i++) {
        struct table_cell *cells = mem_array(ctx->mem, struct table_cell, width);
        for (size_t j = 0; j < width; j++)
            cells[j] = (struct table_cell){
                .text = cell_text(ctx->mem, &copy->columns[j], &copy->cells[i * width + j])};
        rows[i] = (struct table_row){cells, width};
    }
    table(&out, &(const struct table){
                    .caption = {.text = copy->holding->name, .classes = "nhsuk-u-visually-hidden"},
                    .head = head,
                    .head_count = width,
                    .rows = rows,
                    .row_count = copy->row_count,
                    .responsive = true});
    return view_html(&out);
}

static enum status copy_of(struct ctx *ctx, const struct privacy_subject *subject,
                           struct privacy_copy **out, size_t *count_out)
{
    *out = mem_array(ctx->mem, struct privacy_copy, PRIVACY_COPIES_MAX);
    return privacy_copy(ctx, subject, *out, count_out);
}

enum status data_web_show(struct web_request *request, struct web_answer *answer,
                          const struct privacy_subject *subject, const struct data_showing *showing)
{
    struct ctx *ctx = request->ctx;
    struct privacy_copy *copies;
    struct data_page page = {.title = showing->title,
                             .zip_action = showing->zip_action,
                             .form_token = web_token(request),
                             .is_own = showing->is_own};
    TRY(copy_of(ctx, subject, &copies, &page.table_count));
    struct data_table *tables = mem_array(ctx->mem, struct data_table, page.table_count);
    for (size_t i = 0; i < page.table_count; i++)
        tables[i] =
            (struct data_table){copies[i].holding, copies[i].is_cut, table_of(ctx, &copies[i])};
    page.tables = tables;
    answer->page.title = showing->title;
    answer->page.is_wide = true;
    data_show(&answer->body, &page);
    return OK;
}

enum status data_web_zip(struct web_request *request, struct web_answer *answer,
                         const struct privacy_subject *subject)
{
    struct ctx *ctx = request->ctx;
    struct privacy_copy *copies;
    const void *bytes;
    size_t count, size_bytes;
    TRY(copy_of(ctx, subject, &copies, &count));
    TRY(rights_zip(ctx, copies, count, &bytes, &size_bytes));
    TRY(audit_note(
        ctx, &(const struct audit_deed){.what = "rights.copied", .subject = subject->person}));
    view_raw(&answer->body, bytes, size_bytes);
    answer->content_type = "application/zip";
    answer->download_name =
        mem_format(ctx->mem, "my-data-%s.zip", time_day_of(ctx->mem, ctx->now_secs));
    return OK;
}

enum status data_web_erasure(struct ctx *ctx, const struct privacy_subject *subject,
                             const char ***lines_out, size_t *count_out, const char **held_out)
{
    struct privacy_erasure *plan = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    TRY(privacy_erasure_plan(ctx, subject, plan, count_out, held_out));
    *lines_out = mem_array(ctx->mem, const char *, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*lines_out)[i] = rights_erased_words(ctx->mem, &plan[i]);
    return OK;
}
