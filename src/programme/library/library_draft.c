/* SPDX-License-Identifier: MIT */
/* library_draft.c - what a page of guidance must be. */
#include "programme/library/library_internal.h"

#include <string.h>

#include "platform/base/time.h"
#include "programme/library/library_block.h"

enum { PARTS_MOST = 2, PATH_BYTES_MOST = 100, STEPS_MOST = 10, RELATED_MOST = 10 };

/* The pages of stages have addresses of their own, which are routes of library_web.c. */
static const char *const stage_paths[] = {"/get-ready", "/get-in", "/get-on", "/go-further", NULL};

/* Whether the framework of today has the stage.  When none is in force, every code may be kept. */
static enum status check_stage(struct ctx *ctx, const char *code, struct form_problems *problems)
{
    struct framework framework;
    if (code[0] == '\0')
        return OK;
    enum status status = framework_today(ctx, &framework);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    if (framework_stage_of(&framework, code) == NULL)
        form_wrong(problems, "stage", "Choose a stage from the list");
    return OK;
}

/* Small letters, digits and dashes, parted by single slashes. */
static bool has_parts(const char *at, int most)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    for (int part = 0; part < most; part++) {
        size_t length = strspn(at, allowed);
        if (length == 0 || at[0] == '-' || at[length - 1] == '-')
            return false;
        at += length;
        if (*at == '\0')
            return true;
        if (*at++ != '/')
            return false;
    }
    return false;
}

/* The pages of stages stand at the top, all others under /guidance. */
static bool is_path(const char *path)
{
    for (size_t i = 0; stage_paths[i] != NULL; i++)
        if (strcmp(path, stage_paths[i]) == 0)
            return true;
    if (strcmp(path, "/guidance") == 0)
        return true;
    return strlen(path) <= PATH_BYTES_MOST && text_begins(path, "/guidance/") &&
           !text_begins(path, "/guidance/pictures") && !text_begins(path, "/guidance/covers") &&
           has_parts(path + strlen("/guidance/"), PARTS_MOST);
}

bool library_step_read(struct mem *mem, const char *line, const char **words_out,
                       const char **href_out)
{
    struct library_written_link link;
    const char *at = line;
    if (line[0] != '[' || !library_written_link_next(mem, &at, &link) || *at != '\0' ||
        link.text[0] == '\0' || link.href[0] == '\0')
        return false;
    *words_out = link.text;
    *href_out = link.href;
    return true;
}

static void check_steps(struct ctx *ctx, const char *steps, struct form_problems *problems)
{
    const char *words, *href;
    int count = 0;
    for (const char *line; (line = library_line_next(ctx->mem, &steps)) != NULL;) {
        if (line[0] == '\0')
            continue;
        if (!library_step_read(ctx->mem, line, &words, &href))
            form_wrong(problems, "steps",
                       mem_format(ctx->mem, "“%s” is not a link. Write [words](/address).",
                                  text_cut(ctx->mem, line, 60)));
        else if (!text_begins(href, "/") && !text_begins(href, "https://"))
            form_wrong(problems, "steps",
                       mem_format(ctx->mem,
                                  "“%s” cannot be linked to. An address begins with / or https://.",
                                  text_cut(ctx->mem, href, 60)));
        count++;
    }
    if (count == 0)
        form_wrong(problems, "steps", "Enter at least one thing to do next");
    if (count > STEPS_MOST)
        form_wrong(problems, "steps", "Enter at most 10 things to do next");
}

static void check_related(struct ctx *ctx, const char *related, struct form_problems *problems)
{
    int count = 0;
    for (const char *line; (line = library_line_next(ctx->mem, &related)) != NULL; count++)
        if (line[0] != '\0' && (line[0] != '/' || strpbrk(line, " \t?#") != NULL))
            form_wrong(problems, "related",
                       mem_format(ctx->mem,
                                  "“%s” is not the address of a page here. Write it as /get-in.",
                                  text_cut(ctx->mem, line, 60)));
    if (count > RELATED_MOST)
        form_wrong(problems, "related", "Enter at most 10 related pages");
}

static void check_days(const struct library_draft *draft, struct form_problems *problems)
{
    if (!time_day_is_valid(draft->checked_on))
        form_wrong(problems, "checked_on", "Enter the day the facts were checked");
    else if (!time_day_is_valid(draft->check_by_on))
        form_wrong(problems, "check_by_on", "Enter the day to check them again");
    else if (strcmp(draft->check_by_on, draft->checked_on) <= 0)
        form_wrong(problems, "check_by_on", "The next check must come after the last one");
}

enum status library_draft_check(struct ctx *ctx, const struct library_draft *draft,
                                struct form_problems *problems)
{
    if (!is_path(draft->path))
        form_wrong(problems, "path",
                   "Enter an address such as /guidance/t-levels: small letters, digits and dashes");
    if (draft->title[0] == '\0' || text_length_chars(draft->title) > LIBRARY_TITLE_CHARS)
        form_wrong(problems, "title", "Enter a title of at most 100 characters");
    if (draft->summary[0] == '\0' || text_length_chars(draft->summary) > LIBRARY_SUMMARY_CHARS)
        form_wrong(problems, "summary", "Enter a summary of at most 300 characters");
    TRY(check_stage(ctx, draft->stage, problems));
    if (draft->pillar[0] != '\0' && !framework_is_pillar(draft->pillar))
        form_wrong(problems, "pillar", "Choose a pillar from the list");
    if (draft->body[0] == '\0')
        form_wrong(problems, "body", "Enter the words of the page");
    if (draft->sources[0] == '\0')
        form_wrong(problems, "sources", "Enter where the facts are from");
    check_steps(ctx, draft->steps, problems);
    check_related(ctx, draft->related, problems);
    check_days(draft, problems);
    return library_text_check(ctx, draft->body, "body", problems);
}

static enum status page_at(struct ctx *ctx, const char *path, int64_t *id_out)
{
    struct library_page_at_row row;
    enum status status = library_page_at(ctx, path, &row);
    *id_out = status == OK ? row.id : 0;
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status library_path_check(struct ctx *ctx, int64_t page_id, const char *path,
                               struct form_problems *problems)
{
    struct library_redirect_at_row redirect;
    struct library_page_row_row other;
    int64_t id;
    TRY(page_at(ctx, path, &id));
    if (id != 0 && id != page_id) {
        TRY(library_page_row(ctx, id, &other));
        form_wrong(problems, "path",
                   mem_format(ctx->mem,
                              "The page “%s” has this address. Choose another, or move that page "
                              "first.",
                              other.title));
        return OK;
    }
    enum status status = library_redirect_at(ctx, path, &redirect);
    if (status == OK && redirect.page_id != page_id)
        form_wrong(problems, "path",
                   mem_format(ctx->mem,
                              "This address was that of another page, and leads to %s now. Choose "
                              "another, so that old links still work.",
                              redirect.path));
    return status == ERR_NOT_FOUND ? OK : status;
}
