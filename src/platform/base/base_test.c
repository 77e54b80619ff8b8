/* SPDX-License-Identifier: MIT */
/* base_test.c - what memory and the context promise. */
#include "platform/base/json_text.h"
#include "platform/base/test.h"
#include "platform/base/text.h"

static void note(void *arg)
{
    char *trace = arg;
    strcat(trace, strlen(trace) == 0 ? "last" : " first");
}

TEST(what_was_opened_last_is_closed_first)
{
    char trace[32] = "";
    (void)ctx;
    struct mem *mem = mem_root();
    mem_at_end(mem, note, trace);
    mem_at_end(mem, note, trace);
    mem_end(mem);
    CHECK_TEXT(trace, "last first");
}

TEST(the_first_cause_is_kept)
{
    CHECK(ctx_fail(ctx, ERR_CONFLICT, "first %d", 1) == ERR_CONFLICT);
    CHECK(ctx_fail(ctx, ERR_FAULT, "second") == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "first 1");
}

TEST(texts_are_joined_in_their_order)
{
    CHECK_TEXT(mem_join(ctx->mem, "a", "bc", "d"), "abcd");
    CHECK_TEXT(mem_join(ctx->mem, "", "", ""), "");
}

/* Fills memory, so that what the next lifetime is given was in use before. */
static void use(struct mem_spare *spare, size_t count, char *trace)
{
    struct mem *mem = mem_spare_root(spare);
    mem_at_end(mem, note, trace);
    for (size_t i = 0; i < count; i++) {
        char *bytes = mem_bytes(mem, 1000);
        for (size_t k = 0; k < 1000; k++)
            if (bytes[k] != 0)
                fail_msg("memory that is to be zero is not");
        memset(bytes, 'x', 1000);
    }
    mem_spare_end(spare, mem);
}

TEST(memory_that_is_used_again_begins_empty)
{
    char trace[32];
    struct mem *whole = mem_root();
    struct mem_spare *spare = mem_spare_new(whole);
    for (int i = 0; i < 100; i++) {
        trace[0] = '\0';
        use(spare, i % 10 == 0 ? 1000 : 20, trace); /* a megabyte is more than a pool */
        CHECK_TEXT(trace, "last");
    }
    CHECK(mem_size_bytes(whole) < 10000); /* what was used is not of it */
    mem_end(whole);
}

TEST(lifetimes_from_spare_memory_do_not_touch_each_other)
{
    enum { AT_ONCE = 20 };
    char trace[32];
    const char *texts[AT_ONCE];
    struct mem *mems[AT_ONCE], *whole = mem_root();
    struct mem_spare *spare = mem_spare_new(whole);
    for (int i = 0; i < AT_ONCE; i++) {
        mems[i] = mem_spare_root(spare);
        texts[i] = mem_format(mems[i], "text %d", i);
    }
    for (int i = 0; i < AT_ONCE; i += 2)
        mem_spare_end(spare, mems[i]);
    trace[0] = '\0';
    use(spare, 20, trace);
    for (int i = 1; i < AT_ONCE; i += 2) {
        CHECK_TEXT(texts[i], mem_format(ctx->mem, "text %d", i));
        mem_spare_end(spare, mems[i]);
    }
    mem_end(whole);
}

TEST(json_becomes_text_and_none_is_empty)
{
    json_t *name = json_pack("{s:s, s:[i, i]}", "b", "Siân \"O’Neill\"", "a", 1, 2);
    CHECK_TEXT(json_text(ctx->mem, name, JSON_COMPACT),
               "{\"b\":\"Siân \\\"O’Neill\\\"\",\"a\":[1,2]}");
    CHECK(name->refcount == 1);
    json_incref(name);
    CHECK_TEXT(json_text_taken(ctx->mem, name, JSON_COMPACT | JSON_SORT_KEYS),
               "{\"a\":[1,2],\"b\":\"Siân \\\"O’Neill\\\"\"}");
    CHECK(name->refcount == 1);
    json_decref(name);
    CHECK_TEXT(json_text_taken(ctx->mem, NULL, JSON_COMPACT), "");
}

TEST(base64_has_one_writing_a_value)
{
    struct text_span out;
    CHECK(text_base64_read(ctx->mem, (struct text_span){"+//+YQ==", 8}, &out) == OK);
    CHECK(out.length_bytes == 4 && memcmp(out.bytes,
                                          "\xfb\xff\xfe"
                                          "a",
                                          5) == 0);
    CHECK(text_base64_read(ctx->mem, (struct text_span){"", 0}, &out) == OK);
    CHECK(out.length_bytes == 0);
    static const char *const bad[] = {
        "YQ", "YQ=", "YR==", "-__-", "Y Q=", "YQ=a", "YQ==\n", "=", "\xc3\xa9YQ=", "YQ==YQ=="};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(text_base64_read(ctx->mem, (struct text_span){bad[i], strlen(bad[i])}, &out) ==
              ERR_INVALID);
}
