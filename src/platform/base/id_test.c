/* SPDX-License-Identifier: MIT */
/* id_test.c - ids in order, references that forgive, and a check that notices. */
#include "platform/base/id.h"
#include "platform/base/test.h"

TEST(ids_grow_with_time_and_within_a_context)
{
    int64_t before = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t id = id_new(ctx);
        CHECK(id > before);
        CHECK(id_made_at(id) == ctx->now_secs);
        before = id;
        ctx->now_secs += i % 7 == 0;
    }
}

TEST(ids_of_two_contexts_differ_in_one_second)
{
    struct ctx other = *ctx;
    int64_t id = id_new(ctx);
    int64_t id_of_other = id_new(&other);
    CHECK(id != id_of_other && id_made_at(id) == id_made_at(id_of_other));
}

TEST(ids_keep_their_order_to_the_last_second_of_their_epoch)
{
    ctx->now_secs = 0;
    CHECK(id_new(ctx) > 0);
    ctx->now_secs = INT64_C(1577836800) + UINT32_MAX;
    int64_t id = id_new(ctx);
    CHECK(id > 0 && id_made_at(id) == ctx->now_secs);
}

TEST(a_second_that_is_used_up_goes_on_elsewhere_in_it)
{
    int64_t first = id_new(ctx);
    ctx->id_last = first | ((INT64_C(1) << 31) - 1);
    int64_t id = id_new(ctx);
    CHECK(id_made_at(id) == ctx->now_secs && id > 0);
}

TEST(a_reference_is_read_however_it_is_typed)
{
    for (int i = 0; i < 200; i++) {
        const char *reference = id_reference_new(ctx->mem, "PL");
        const char *out;
        CHECK(strlen(reference) == 12 && reference[2] == '-' && reference[7] == '-');
        CHECK(strncmp(reference, "PL", 2) == 0);
        CHECK(strspn(reference + 3, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-") == 9);

        char typed[32] = " ";
        size_t length = 1;
        for (const char *c = reference; *c != '\0'; c++) {
            char t = *c >= 'A' && *c <= 'Z' ? (char)(*c | 0x20) : *c;
            t = t == '0' ? 'o' : t == '1' ? "il"[i % 2] : t == '-' ? ' ' : t;
            typed[length++] = t;
        }
        typed[length] = '\0';
        CHECK(id_reference_read(ctx->mem, typed, "PL", &out) == OK);
        CHECK_TEXT(out, reference);
        CHECK(id_reference_read(ctx->mem, typed + 3, "PL", &out) == OK);
        CHECK_TEXT(out, reference);
        CHECK(id_reference_read(ctx->mem, reference, NULL, &out) == OK);
        CHECK_TEXT(out, reference);
    }
}

TEST(a_prefix_forgives_digits_for_letters)
{
    const char *reference = id_reference_new(ctx->mem, "OL");
    char *typed = mem_text(ctx->mem, reference);
    const char *out;
    typed[0] = '0';
    typed[1] = '1';
    CHECK(id_reference_read(ctx->mem, typed, "OL", &out) == OK);
    CHECK_TEXT(out, reference);
    CHECK(id_reference_read(ctx->mem, typed, NULL, &out) == ERR_INVALID);
}

TEST(every_wrong_symbol_and_every_exchange_is_noticed)
{
    static const char all[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static const int places[] = {3, 4, 5, 6, 8, 9, 10, 11};
    const char *right = id_reference_new(ctx->mem, "PL");
    const char *out;
    for (size_t i = 0; i < 8; i++) {
        for (const char *symbol = all; *symbol != '\0'; symbol++) {
            char *wrong = mem_text(ctx->mem, right);
            wrong[places[i]] = *symbol;
            bool is_same = *symbol == right[places[i]];
            CHECK(id_reference_read(ctx->mem, wrong, "PL", &out) == (is_same ? OK : ERR_NOT_FOUND));
        }
        for (size_t j = 0; j < i; j++) {
            char *wrong = mem_text(ctx->mem, right);
            wrong[places[i]] = right[places[j]];
            wrong[places[j]] = right[places[i]];
            bool is_same = right[places[i]] == right[places[j]];
            CHECK(id_reference_read(ctx->mem, wrong, "PL", &out) == (is_same ? OK : ERR_NOT_FOUND));
        }
    }
}

TEST(a_reference_of_another_kind_is_refused)
{
    const char *out;
    const char *pledge = id_reference_new(ctx->mem, "PL");
    CHECK(id_reference_read(ctx->mem, pledge, "OP", &out) == ERR_INVALID);
    /* The prefix is part of what is checked: the bare symbols are no reference of another kind. */
    CHECK(id_reference_read(ctx->mem, pledge + 3, "OP", &out) == ERR_NOT_FOUND);
}

TEST(what_is_no_reference_is_refused)
{
    static const char *const bad[] = {"",
                                      "PL",
                                      "PL-7K3M",
                                      "PL-7K3M-9Q2PX",
                                      "PL-7K3M-9Q2U",
                                      "PL_7K3M_9Q2P",
                                      "PL-7K3M-9Q2é",
                                      "\xff\xff",
                                      "7K3M-9Q2P-4R5T",
                                      "P1-7K3M-9Q2P"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *out;
        CHECK(id_reference_read(ctx->mem, bad[i], NULL, &out) == ERR_INVALID);
    }
    const char *out;
    CHECK(id_reference_read(ctx->mem, "7K3M-9Q2U", "PL", &out) == ERR_INVALID);
}

TEST(a_code_is_read_and_checked_as_a_reference_is)
{
    const char *code = id_code_new(ctx->mem);
    const char *out;
    CHECK(strlen(code) == 14 && code[4] == '-' && code[9] == '-');
    CHECK(id_code_read(ctx->mem, mem_format(ctx->mem, " %.4s%.4s / %s", code, code + 5, code + 10),
                       &out) == OK);
    CHECK_TEXT(out, code);
    char *wrong = mem_text(ctx->mem, code);
    wrong[13] = wrong[13] == '7' ? '8' : '7';
    CHECK(id_code_read(ctx->mem, wrong, &out) == ERR_NOT_FOUND);
    CHECK(id_code_read(ctx->mem, "7K3M-9Q2P", &out) == ERR_INVALID);
    CHECK(id_code_read(ctx->mem, "", &out) == ERR_INVALID);
}
