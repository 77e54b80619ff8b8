/* SPDX-License-Identifier: MIT */
/* store_note_test.c - a note is used again only while nobody has written anything. */
#include "platform/store/store_note.h"

#include "platform/base/test.h"
#include "platform/store/store_test_books.h"

enum { SECS = 10 };

static const void *copy_text(struct mem *mem, const void *value)
{
    return mem_text(mem, value);
}

/* What was noted under the key, or "" and then `fresh` is noted. */
static const char *find_or_write(struct ctx *ctx, const char *key, const char *fresh)
{
    struct store_note note = {.key = key, .secs = SECS};
    const char *found = store_note_find(ctx, &note);
    if (found != NULL)
        return found;
    store_note_write(ctx, &note, copy_text, fresh);
    return "";
}

TEST(a_note_is_found_by_its_key_until_another_takes_its_place)
{
    CHECK_TEXT(find_or_write(ctx, "a", "one"), "");
    CHECK_TEXT(find_or_write(ctx, "a", "two"), "one");
    CHECK_TEXT(find_or_write(ctx, "b", "three"), "");
    CHECK_TEXT(find_or_write(ctx, "b", "four"), "three");
}

TEST(a_note_ends_with_a_write_of_this_connection)
{
    if (store_is_postgresql(ctx->store))
        return;
    CHECK(books_make(ctx) == OK);
    (void)find_or_write(ctx, "a", "one");
    ctx->now_secs += 100000; /* the clock alone does not end it */
    CHECK_TEXT(find_or_write(ctx, "a", "two"), "one");
    CHECK(books_add(ctx, 1, 1, "Emma") == OK);
    CHECK_TEXT(find_or_write(ctx, "a", "two"), "");
    CHECK_TEXT(find_or_write(ctx, "a", "three"), "two");
}

static enum status note_within(struct ctx *ctx, void *arg)
{
    struct store_note fixed = {.key = arg, .is_fixed = true}, usual = {.key = arg, .secs = SECS};
    CHECK(store_note_find(ctx, &fixed) == NULL && store_note_find(ctx, &usual) == NULL);
    store_note_write(ctx, &fixed, copy_text, "fixed");
    store_note_write(ctx, &usual, copy_text, "usual");
    CHECK_TEXT(store_note_find(ctx, &fixed), "fixed");
    return OK;
}

TEST(a_fixed_note_stays_whatever_is_written_and_is_no_other_note)
{
    struct store_note fixed = {.key = "a", .is_fixed = true}, usual = {.key = "a", .secs = SECS};
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "note_within", note_within, (char[]){"a"}) == OK);
    CHECK(books_add(ctx, 1, 1, "Emma") == OK);
    ctx->now_secs += 100000;
    CHECK_TEXT(store_note_find(ctx, &fixed), "fixed");
    CHECK(store_note_find(ctx, &usual) == NULL);
}

TEST(a_note_ends_with_a_write_of_another_connection)
{
    if (store_is_postgresql(ctx->store))
        return;
    CHECK(books_make_shared(ctx) == OK);
    struct ctx other = *ctx;
    CHECK(store_open_again(&other, ctx->store, &other.store) == OK);
    (void)find_or_write(ctx, "a", "one");
    CHECK_TEXT(find_or_write(ctx, "a", "two"), "one");
    CHECK(books_add(&other, 1, 1, "Emma") == OK);
    CHECK_TEXT(find_or_write(ctx, "a", "two"), "");
}

TEST(a_write_between_finding_and_noting_ends_the_note)
{
    if (store_is_postgresql(ctx->store))
        return;
    CHECK(books_make(ctx) == OK);
    struct store_note note = {.key = "a", .secs = SECS};
    CHECK(store_note_find(ctx, &note) == NULL);
    CHECK(books_add(ctx, 1, 1, "Emma") == OK);
    store_note_write(ctx, &note, copy_text, "as it was before");
    CHECK_TEXT(find_or_write(ctx, "a", "one"), "");
}

TEST(where_the_version_is_not_known_a_note_lasts_its_seconds)
{
    if (!store_is_postgresql(ctx->store))
        return;
    (void)find_or_write(ctx, "a", "one");
    ctx->now_secs += SECS - 1;
    CHECK_TEXT(find_or_write(ctx, "a", "two"), "one");
    ctx->now_secs += 1;
    CHECK_TEXT(find_or_write(ctx, "a", "two"), "");
    struct store_note never = {.key = "n"};
    CHECK(store_note_find(ctx, &never) == NULL);
    store_note_write(ctx, &never, copy_text, "one");
    CHECK(store_note_find(ctx, &never) == NULL);
}

static enum status note_and_fail(struct ctx *ctx, void *arg)
{
    CHECK_TEXT(find_or_write(ctx, "before", "x"), "");
    CHECK_TEXT(find_or_write(ctx, "inside", "x"), "");
    CHECK_TEXT(find_or_write(ctx, "inside", "x"), "");
    *(int *)arg += 1;
    return ERR_CONFLICT;
}

TEST(what_may_yet_be_rolled_back_is_not_noted)
{
    int runs = 0;
    (void)find_or_write(ctx, "before", "one");
    CHECK(store_transact(ctx, "note", note_and_fail, &runs) == ERR_CONFLICT);
    CHECK(runs > 0);
    CHECK_TEXT(find_or_write(ctx, "inside", "y"), "");
    CHECK_TEXT(find_or_write(ctx, "before", "z"), "one");
}

TEST(notes_take_only_so_much_memory_and_last_as_long_as_the_request)
{
    size_t big = STORE_NOTE_BYTES_MAX - 1024;
    char *text = mem_bytes(ctx->mem, big + 2048);
    memset(text, 'x', big);
    struct mem *mem = ctx->mem;
    (void)find_or_write(ctx, "first", "one");
    ctx->mem = mem_child(mem);
    const char *found = find_or_write(ctx, "first", "");
    CHECK_TEXT(found, "one");
    for (int i = 0; i < 4 * STORE_NOTES; i++)
        (void)find_or_write(ctx, mem_format(ctx->mem, "key %d", i), text);
    CHECK_TEXT(found, "one"); /* although its place is gone */
    CHECK_TEXT(find_or_write(ctx, "first", "two"), "");
    mem_end(ctx->mem);
    ctx->mem = mem;
    memset(text + big, 'x', 2047);
    CHECK_TEXT(find_or_write(ctx, "too large", text), "");
    CHECK_TEXT(find_or_write(ctx, "too large", text), "");
}
