/* SPDX-License-Identifier: MIT */
/*
 * library_pack.c - takes the pages of a pack in, without overwriting what editors wrote.
 *
 * A file begins with front matter: a line "---", lines "name: value", a line "---".  `next`,
 * `related` and `source` may stand several times; each is a line of its own in the page.
 */
#include "programme/library/library_internal.h"

#include <string.h>

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/store/store.h"
#include "programme/library/library_block.h"

enum { POSITION_MOST = 100000, LINE_SHOWN = 60, FRONT_LINES_BYTES = 20000 };

static const char pack_name[] = "content", marks[] = "---";

/* ---- front matter ---- */

struct front {
    struct ctx *ctx;
    const char *path;
    int line;
    struct library_draft draft;
    struct text_builder steps, related, sources;
};

static enum status wrong(struct front *front, const char *what, const char *about)
{
    return ctx_fail(front->ctx, ERR_INVALID, "%s: line %d: %s \"%s\"", front->path, front->line,
                    what, text_cut(front->ctx->mem, about, LINE_SHOWN));
}

static void add_line(struct text_builder *to, const char *value)
{
    text_add_format(to, "%s%s", to->length_bytes > 0 ? "\n" : "", value);
}

/* Values that stand once, and where they go. */
static const struct {
    const char *name;
    size_t offset;
} singles[] = {{"title", offsetof(struct library_draft, title)},
               {"path", offsetof(struct library_draft, path)},
               {"summary", offsetof(struct library_draft, summary)},
               {"stage", offsetof(struct library_draft, stage)},
               {"pillar", offsetof(struct library_draft, pillar)},
               {"checked", offsetof(struct library_draft, checked_on)},
               {"check-by", offsetof(struct library_draft, check_by_on)}};

/* ERR_NOT_FOUND: it is none of them. */
static enum status take_single(struct front *front, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
        if (strcmp(singles[i].name, name) != 0)
            continue;
        const char **place = (void *)((char *)&front->draft + singles[i].offset);
        if ((*place)[0] != '\0')
            return wrong(front, "stands twice:", name);
        *place = value;
        return OK;
    }
    return ERR_NOT_FOUND;
}

static enum status take_value(struct front *front, const char *name, const char *value)
{
    enum status status = take_single(front, name, value);
    if (status != ERR_NOT_FOUND)
        return status;
    if (strcmp(name, "next") == 0)
        add_line(&front->steps, value);
    else if (strcmp(name, "related") == 0)
        add_line(&front->related, value);
    else if (strcmp(name, "source") == 0)
        add_line(&front->sources, value);
    else if (strcmp(name, "position") != 0)
        return wrong(front, "is not a name of the front matter:", name);
    else if (text_number(value, 0, POSITION_MOST, &front->draft.position.n) != OK)
        return wrong(front, "is not a whole number:", value);
    return OK;
}

static enum status take_line(struct front *front, const char *line)
{
    const char *colon = strchr(line, ':');
    if (line[strspn(line, " \t")] == '\0')
        return OK;
    if (colon == NULL || colon == line)
        return wrong(front, "is not \"name: value\":", line);
    const char *name = mem_text_part(front->ctx->mem, line, (size_t)(colon - line));
    const char *value;
    if (text_clean(front->ctx->mem, colon + 1, strlen(colon + 1), TEXT_LINE, &value) != OK)
        return wrong(front, "has characters that are no text:", name);
    return take_value(front, name, value);
}

static enum status end_lines(struct front *front)
{
    if (text_build_end(&front->steps, &front->draft.steps) != OK ||
        text_build_end(&front->related, &front->draft.related) != OK ||
        text_build_end(&front->sources, &front->draft.sources) != OK)
        return ctx_fail(front->ctx, ERR_INVALID, "%s: the front matter is too long", front->path);
    return OK;
}

enum status library_front_read(struct ctx *ctx, const char *path, const char *bytes,
                               size_t size_bytes, struct library_draft *out)
{
    const char *text, *line;
    if (text_clean(ctx->mem, bytes, size_bytes, TEXT_LONG, &text) != OK)
        return ctx_fail(ctx, ERR_INVALID, "%s: is not UTF-8 text", path);
    struct front front = {.ctx = ctx,
                          .path = path,
                          .line = 1,
                          .draft = {"", "", "", "", "", {true, 0}, "", "", "", "", "", "", ""},
                          .steps = text_build(ctx->mem, FRONT_LINES_BYTES),
                          .related = text_build(ctx->mem, FRONT_LINES_BYTES),
                          .sources = text_build(ctx->mem, FRONT_LINES_BYTES)};
    line = library_line_next(ctx->mem, &text);
    if (line == NULL || strcmp(line, marks) != 0)
        return ctx_fail(ctx, ERR_INVALID, "%s: line 1: the front matter begins with \"---\"", path);
    while ((line = library_line_next(ctx->mem, &text)) != NULL && strcmp(line, marks) != 0) {
        front.line++;
        TRY(take_line(&front, line));
    }
    if (line == NULL)
        return ctx_fail(ctx, ERR_INVALID, "%s: the front matter does not end with \"---\"", path);
    TRY(end_lines(&front));
    if (text_clean(ctx->mem, text, strlen(text), TEXT_LONG, &front.draft.body) != OK)
        return ctx_fail(ctx, ERR_INVALID, "%s: is not text", path);
    *out = front.draft;
    return OK;
}

/* ---- a whole pack ---- */

static bool is_page(const struct pack_file *file)
{
    return text_ends(file->path, ".md");
}

static enum status read_page(struct ctx *ctx, const struct pack_file *file,
                             struct library_draft *out)
{
    struct form_problems problems = {.count = 0};
    TRY(library_front_read(ctx, file->path, file->bytes, file->size_bytes, out));
    TRY(library_draft_check(ctx, out, &problems));
    if (problems.count > 0)
        return ctx_fail(ctx, ERR_INVALID, "%s: %s: %s", file->path, problems.items[0].field,
                        problems.items[0].text);
    return OK;
}

static enum status check(struct ctx *ctx, const struct pack *pack)
{
    const char **paths = mem_array(ctx->mem, const char *, pack->file_count);
    for (size_t i = 0; i < pack->file_count; i++) {
        struct library_draft draft;
        const struct pack_file *file = &pack->files[i];
        if (!is_page(file))
            return ctx_fail(ctx, ERR_INVALID, "%s: a page of guidance ends with .md", file->path);
        TRY(read_page(ctx, file, &draft));
        for (size_t before = 0; before < i; before++)
            if (strcmp(paths[before], draft.path) == 0)
                return ctx_fail(ctx, ERR_INVALID, "%s: path: \"%s\" is that of %s too", file->path,
                                draft.path, pack->files[before].path);
        paths[i] = draft.path;
    }
    return OK;
}

/* ---- taking ---- */

/* The page of a file: by its name; else, one that an editor made at the same address; else none. */
static enum status find_page(struct ctx *ctx, const struct pack_file *file, const char *path,
                             struct library_page_row_row *out)
{
    struct library_page_of_file_row of_file;
    struct library_page_at_row at;
    enum status status = library_page_of_file(ctx, file->path, &of_file);
    if (status == OK)
        return library_page_row(ctx, of_file.id, out);
    if (status == ERR_NOT_FOUND)
        status = library_page_at(ctx, path, &at);
    return status == OK ? library_page_row(ctx, at.id, out) : status;
}

static enum status begin_page(struct ctx *ctx, const struct pack_file *file,
                              const struct library_draft *draft, struct library_page_row_row *out)
{
    int64_t id = id_new(ctx), changes;
    TRY(library_page_add(ctx, id, draft->path, draft->title, file->path, ctx->now_secs, &changes));
    return library_page_row(ctx, id, out);
}

/* Nobody but a pack has changed the page since. */
static bool is_untouched(const struct library_page_row_row *page)
{
    bool is_new = page->last_number == 0;
    return is_new ||
           (page->pack_number == page->last_number && page->live_number == page->last_number);
}

/* What cannot go live, because an editor was there or its address leads elsewhere, waits: a pack
 * never stops an upgrade. */
static enum status take_page(struct ctx *ctx, const struct pack *pack, const struct pack_file *file)
{
    struct library_draft draft;
    struct library_page_row_row page;
    struct form_problems problems = {.count = 0};
    int64_t changes;
    const char *sha = hash_sha256(ctx->mem, file->bytes, file->size_bytes);
    TRY(read_page(ctx, file, &draft));
    enum status status = find_page(ctx, file, draft.path, &page);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        status = begin_page(ctx, file, &draft, &page);
    }
    TRY(status);
    if (strcmp(page.pack_sha, sha) == 0)
        return OK;
    TRY(library_path_check(ctx, page.id, draft.path, &problems));
    bool goes_live = is_untouched(&page) && problems.count == 0;
    const struct library_adding adding = {
        .page_id = page.id,
        .number = page.last_number + 1,
        .draft = &draft,
        .origin = "pack",
        .origin_note = mem_format(ctx->mem, "%s %s", pack->name, pack->version),
        .is_address_taken = problems.count > 0};
    TRY(library_version_put(ctx, &adding));
    TRY(library_page_packed(ctx, page.id, file->path, sha, adding.number,
                            goes_live ? 0 : adding.number, &changes));
    return goes_live ? library_go_live(ctx, page.id, adding.number, &problems) : OK;
}

static enum status take(struct ctx *ctx, const struct pack *pack)
{
    for (size_t i = 0; i < pack->file_count; i++)
        TRY(take_page(ctx, pack, &pack->files[i]));
    return OK;
}

const struct pack_reader library_pack_readers[] = {
    {.holds = "guidance", .check = check, .take = take},
    {0},
};

static enum status take_once(struct ctx *ctx, void *arg)
{
    return take(ctx, arg);
}

enum status library_take_packs(struct ctx *ctx)
{
    struct pack pack;
    TRY(pack_newest(ctx, pack_name, &pack));
    return store_transact(ctx, "library_take_packs", take_once, &pack);
}
