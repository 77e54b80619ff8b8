/* SPDX-License-Identifier: MIT */
/* resource_test_help.c - see the header. */
#include "programme/resource/resource_test_help.h"

#include "platform/base/test.h"
#include "platform/document/upload.h"

enum { LINES = 150 };

struct form_file resource_test_file(struct ctx *ctx, const char *name, const char *text)
{
    static const char owner[] = "draft:test";
    const char *problem = NULL;
    struct upload upload;
    CHECK(upload_keep(ctx, &(const struct upload_sent){name, text, strlen(text), owner},
                      &(const struct upload_rules){.endings = upload_all_endings}, &upload,
                      &problem) == OK);
    return (struct form_file){upload.id, upload.name, upload.size_bytes, owner};
}

struct resource_draft resource_test_draft(struct ctx *ctx, int number)
{
    struct text_builder text = text_build(ctx->mem, (size_t)LINES * 40);
    const char *words;
    for (int i = 0; i < LINES; i++)
        text_add_format(&text, "Guide %d, line %d of it.\n", number, 100 + i);
    CHECK(text_build_end(&text, &words) == OK);
    return (struct resource_draft){
        .reference = "",
        .title = "Work experience in a week",
        .summary = "For wards that have a pupil for the first time.",
        .kind = "guide",
        .stage = "get-ready",
        .pillar = "widening-access",
        .document = resource_test_file(ctx, "guide.txt", words),
        .language = "en",
        .accessible = "itself",
        .changes = number > 1 ? "A page on clothes." : "",
        .review_on = "2027-03-09",
    };
}

const char *resource_test_publish(struct ctx *ctx, const struct resource_draft *draft)
{
    struct form_problems problems = {.count = 0};
    const char *reference = NULL;
    CHECK(resource_publish(ctx, draft, &problems, &reference) == OK && problems.count == 0);
    return reference;
}
