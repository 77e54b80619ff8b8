/* SPDX-License-Identifier: MIT */
/*
 * links.c - keeps where public pages lead, and looks again.
 *
 * A link that stays on its page keeps what was found of it.  A new one to another website takes
 * over what is known of that address; a new one within this site is looked at within a minute and
 * not at once: of pages that come out together, one may lead to the next.
 */
#include "programme/links/links.h"

#include <string.h>

#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/links/links_internal.h"

enum { AT_ONCE = 100 };

/* ---- links of a text ---- */

static bool has(const struct links *links, const char *href)
{
    for (size_t i = 0; i < links->count; i++)
        if (strcmp(links->hrefs[i], href) == 0)
            return true;
    return false;
}

void links_add(struct links *links, const char *href)
{
    if (href[0] == '\0' || href[0] == '#' || strlen(href) > LINKS_HREF_BYTES_MOST ||
        text_begins(href, "mailto:") || links->count == LINKS_MOST || has(links, href))
        return;
    links->hrefs[links->count++] = href;
}

/* Bytes of the address at the beginning of a text: what ends a sentence or stands around it is not
 * of it. */
static size_t address_length(const char *text)
{
    size_t length = 0;
    bool has_bracket = false;
    while (text[length] > ' ' && text[length] < 0x7f && strchr("<>\"", text[length]) == NULL)
        has_bracket |= text[length++] == '(';
    while (length > 0 && (strchr(".,;:!?'", text[length - 1]) != NULL ||
                          (!has_bracket && text[length - 1] == ')')))
        length--;
    return length;
}

void links_add_plain(struct mem *mem, struct links *links, const char *text)
{
    for (const char *at = text; (at = strstr(at, "http")) != NULL;) {
        size_t scheme = text_begins(at, "https://")  ? strlen("https://")
                        : text_begins(at, "http://") ? strlen("http://")
                                                     : 0;
        size_t length = scheme > 0 ? address_length(at) : 0;
        if (length > scheme)
            links_add(links, mem_text_part(mem, at, length));
        at += length > 0 ? length : 1;
    }
}

/* ---- what is kept ---- */

const char *links_name(struct mem *mem, const char *kind, const char *key)
{
    return mem_format(mem, "%s/%s", kind, key);
}

static enum status forget_others(struct ctx *ctx, const char *page, const struct links *links)
{
    struct links_held_of_row *rows;
    size_t count;
    int64_t changes;
    TRY(links_held_of(ctx, page, LINKS_MOST, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (!has(links, rows[i].href))
            TRY(links_held_forget(ctx, page, rows[i].href, &changes));
    return OK;
}

static enum status keep(struct ctx *ctx, const char *page, const char *kind, const char *href)
{
    const char *state = links_is_within(href) ? "new" : "unchecked";
    int64_t looked_at = ctx->now_secs, changes;
    if (!links_is_within(href))
        TRY(links_outside_state(ctx, href, &state, &looked_at));
    return links_held_add(ctx, page, kind, href, state, looked_at, &changes);
}

struct following {
    const struct links_kind *kind;
    const char *key;
};

static enum status follow_once(struct ctx *ctx, void *arg)
{
    const struct following *f = arg;
    const char *name = links_name(ctx->mem, f->kind->kind, f->key);
    struct links_page *page = mem_new(ctx->mem, struct links_page);
    int64_t changes;
    enum status status = f->kind->read(ctx, f->key, page);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        TRY(links_held_forget_all(ctx, name, &changes));
        return links_page_drop(ctx, name, &changes);
    }
    TRY(status);
    TRY(links_page_put(ctx, name, f->kind->kind, page->title, page->edit_href, &changes));
    TRY(forget_others(ctx, name, &page->links));
    for (size_t i = 0; i < page->links.count; i++)
        TRY(keep(ctx, name, f->kind->kind, page->links.hrefs[i]));
    return OK;
}

enum status links_follow(struct ctx *ctx, const struct links_kind *kind, const char *key)
{
    struct following following = {kind, key};
    return store_transact(ctx, "links_follow", follow_once, &following);
}

/* ---- looking within this site ---- */

bool links_is_within(const char *href)
{
    return href[0] == '/' && href[1] != '/' && href[1] != '\\';
}

static enum status look_once(struct ctx *ctx, void *arg)
{
    const char *href = arg, *state;
    int64_t changes;
    TRY(links_site_state(ctx, href, &state));
    return links_held_found(ctx, href, state, ctx->now_secs, &changes);
}

static enum status look(struct ctx *ctx, const char *href)
{
    return store_transact(ctx, "links_look", look_once, mem_text(ctx->mem, href));
}

enum status links_look_at_new(struct ctx *ctx)
{
    struct links_held_new_row *rows;
    size_t count;
    do {
        TRY(links_held_new(ctx, AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count; i++)
            TRY(look(ctx, rows[i].href));
    } while (count > 0);
    return OK;
}

enum status links_new_wanted(struct ctx *ctx, bool *out)
{
    struct links_held_new_row *rows;
    size_t count = 0;
    TRY(links_held_new(ctx, 1, &rows, &count));
    *out = count > 0;
    return OK;
}

static enum status look_at_all(struct ctx *ctx)
{
    struct links_held_within_row *rows;
    const char *after = "";
    size_t count;
    do {
        TRY(links_held_within(ctx, after, AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            if (links_is_within(rows[i].href))
                TRY(look(ctx, rows[i].href));
            after = rows[i].href;
        }
    } while (count == AT_ONCE);
    return OK;
}

/* ---- everything that is public ---- */

static const struct links_kind *find(const char *name)
{
    for (size_t i = 0; links_kinds[i] != NULL; i++)
        if (strcmp(links_kinds[i]->kind, name) == 0)
            return links_kinds[i];
    return NULL;
}

/* With memory of its own: there may be thousands of pages. */
static enum status follow_in(struct ctx *ctx, const struct links_kind *kind, const char *key)
{
    struct ctx round = *ctx;
    round.mem = mem_child(ctx->mem);
    enum status status = links_follow(&round, kind, key);
    if (round.fault != NULL && ctx->fault == NULL)
        ctx->fault = mem_text(ctx->mem, round.fault);
    mem_end(round.mem);
    return status;
}

static enum status follow_all(struct ctx *ctx)
{
    struct links_public_after_row *rows;
    size_t count;
    int64_t after = 0;
    do {
        TRY(links_public_after(ctx, after, AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            const struct links_kind *kind = find(rows[i].kind);
            if (kind != NULL)
                TRY(follow_in(ctx, kind, rows[i].key));
            after = rows[i].id;
        }
    } while (count == AT_ONCE);
    return OK;
}

enum status links_check(struct ctx *ctx)
{
    TRY(follow_all(ctx));
    return look_at_all(ctx);
}

/* ---- jobs ---- */

static enum status check_job(struct ctx *ctx, const struct job *job)
{
    (void)job;
    return links_check(ctx);
}

static enum status new_job(struct ctx *ctx, const struct job *job)
{
    (void)job;
    return links_look_at_new(ctx);
}

static enum status outside_job(struct ctx *ctx, const struct job *job)
{
    (void)job;
    return links_outside_look(ctx, NULL);
}

enum {
    CHECK_EVERY_SECS = 86400,
    CHECK_OFFSET_SECS = 4 * 3600,
    CHECK_LEASE_SECS = 3600,
    NEW_EVERY_SECS = 60,
    NEW_LEASE_SECS = 600,
    OUTSIDE_EVERY_SECS = 20, /* three a minute */
    OUTSIDE_LEASE_SECS = 120
};

const struct job_kind links_job_kinds[] = {
    {.name = "links.check",
     .fn = check_job,
     .at_most_attempts = 3,
     .lease_secs = CHECK_LEASE_SECS,
     .every_secs = CHECK_EVERY_SECS,
     .offset_secs = CHECK_OFFSET_SECS},
    {.name = "links.new",
     .fn = new_job,
     .at_most_attempts = 3,
     .lease_secs = NEW_LEASE_SECS,
     .every_secs = NEW_EVERY_SECS,
     .is_wanted = links_new_wanted},
    {.name = "links.outside",
     .fn = outside_job,
     .at_most_attempts = 1,
     .lease_secs = OUTSIDE_LEASE_SECS,
     .every_secs = OUTSIDE_EVERY_SECS,
     .is_wanted = links_outside_wanted},
    {0},
};
