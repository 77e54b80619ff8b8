/* SPDX-License-Identifier: MIT */
/*
 * fuzz_answers.c - bodies of forms, with files and without, and of callers of the API.
 *
 * The first byte says which reader.  Whatever is read must have passed the border, must keep to the
 * limits, and must come back the same from the store.
 */
#include "platform/base/text.h"
#include "platform/web/answers.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes);

static enum status read_any(struct ctx *ctx, uint8_t which, const char *body, size_t size_bytes,
                            struct form_answers *out)
{
    const char *end = size_bytes > 0 ? memchr(body, '\n', size_bytes) : NULL;
    size_t line = end != NULL ? (size_t)(end - body) : size_bytes;
    switch (which % 4) {
    case 0:
        return answers_from_urlencoded(ctx, body, size_bytes, out);
    case 1:
        return answers_from_multipart(ctx, "multipart/form-data; boundary=X", body, size_bytes,
                                      out);
    case 2:
        return answers_from_json(ctx, body, size_bytes, out);
    default: /* the boundary too: it stands in the first line */
        return answers_from_multipart(ctx, mem_text_part(ctx->mem, body, line), body + line,
                                      size_bytes - line, out);
    }
}

/* A file of a JSON body was decoded; of another it stays where it is. */
static void check(const struct form_answers *answers, const char *body, size_t size_bytes,
                  bool is_json)
{
    assert(answers->count <= ANSWERS_COUNT_MAX);
    for (size_t i = 0; i < answers->count; i++) {
        const struct form_answer *item = &answers->items[i];
        assert(strlen(item->name) <= 3 * ANSWERS_NAME_BYTES_MAX);
        assert(text_problem(item->name, strlen(item->name)) == TEXT_FINE);
        assert(text_problem(item->value, strlen(item->value)) == TEXT_FINE);
        if (item->file != NULL && item->file_wrong == NULL && is_json)
            assert(item->file_bytes <= size_bytes / 4 * 3 && item->file[item->file_bytes] == '\0');
        else if (item->file != NULL && !is_json)
            assert(item->file >= body && item->file + item->file_bytes <= body + size_bytes);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes)
{
    if (size_bytes < 1)
        return 0;
    struct ctx ctx = {.mem = mem_root(), .request_id = "fuzz"};
    struct form_answers answers = {0}, back = {0};
    size_t body_bytes = size_bytes - 1;
    const char *body = mem_copy(ctx.mem, bytes + 1, body_bytes);
    if (read_any(&ctx, bytes[0], body, body_bytes, &answers) != OK)
        assert(ctx.fault != NULL);
    check(&answers, body, body_bytes, bytes[0] % 4 == 2);
    const char *packed = answers_pack(ctx.mem, &answers);
    assert(answers_unpack(&ctx, packed, &back) == OK && back.count == answers.count);
    assert(strcmp(answers_pack(ctx.mem, &back), packed) == 0);
    mem_end(ctx.mem);
    return 0;
}
