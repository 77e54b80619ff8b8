/* SPDX-License-Identifier: MIT */
/* framework_test.c - what frameworks promise: whole, consistent, the same words for ever. */
#include "programme/pack/framework.h"

#include "platform/base/test.h"
#include "platform/base/text.h"

/* A fresh copy of the built-in pack whose files a test may replace. */
static struct pack shipped(struct ctx *ctx)
{
    struct pack pack;
    CHECK(pack_on(ctx, "talent-for-care", "2026-03-09", &pack) == OK);
    return pack;
}

TEST(the_shipped_framework_has_ten_intentions_and_ours)
{
    struct framework framework;
    CHECK(framework_on(ctx, "talent-for-care", "2026-03-09", &framework) == OK);
    size_t numbered = 0, ours = 0;
    for (size_t i = 0; i < framework.intention_count; i++) {
        numbered += framework.intentions[i].number[0] != '\0';
        ours += framework.intentions[i].is_ours;
        CHECK(framework.intentions[i].is_ours == (framework.intentions[i].number[0] == '\0'));
    }
    CHECK(numbered == 10 && ours == 1);
    CHECK(framework.stage_count == 5 && framework.goal_count == 5);
    CHECK_TEXT(framework.version, "2026.1");
    CHECK_TEXT(framework_intention_of(&framework, "tfc-7")->stage, "go-further");
    CHECK(framework_intention_of(&framework, "tfc-11") == NULL);
    CHECK_TEXT(framework_stage_of(&framework, "get-in")->name, "Get In");
}

TEST(every_intention_has_actions_to_choose_from)
{
    struct framework framework;
    CHECK(framework_on(ctx, "talent-for-care", "2026-03-09", &framework) == OK);
    CHECK(framework.action_count >= 40);
    for (size_t i = 0; i < framework.intention_count; i++) {
        size_t found = 0;
        for (size_t j = 0; j < framework.action_count; j++)
            found += strcmp(framework.actions[j].intention, framework.intentions[i].code) == 0;
        CHECK(found >= 3);
    }
    CHECK_TEXT(framework_action_of(&framework, "tfc-5.1")->unit, "percent");
}

TEST(a_framework_is_kept_by_version_for_what_was_made_under_it)
{
    struct framework framework;
    CHECK(framework_version(ctx, "talent-for-care", "2026.1", &framework) == OK);
    CHECK(framework_version(ctx, "talent-for-care", "2031.1", &framework) == ERR_NOT_FOUND);
}

TEST(a_framework_that_was_read_before_is_the_same_and_belongs_to_who_asks)
{
    struct framework first, second;
    CHECK(framework_on(ctx, "talent-for-care", "2026-03-09", &first) == OK);
    CHECK(framework_on(ctx, "talent-for-care", "2026-03-09", &second) == OK);
    CHECK(first.actions != second.actions && first.action_count == second.action_count);
    for (size_t i = 0; i < first.action_count; i++)
        CHECK_TEXT(first.actions[i].measure, second.actions[i].measure);
    CHECK_TEXT(framework_wording_text(ctx->mem, &first.wordings[0]),
               framework_wording_text(ctx->mem, &second.wordings[0]));
    CHECK_TEXT(framework_wording_text(ctx->mem, &first.own_wordings[0]),
               framework_wording_text(ctx->mem, &second.own_wordings[0]));
}

TEST(the_wording_in_force_says_that_it_is_ours)
{
    struct framework framework;
    CHECK(framework_on(ctx, "talent-for-care", "2026-03-09", &framework) == OK);
    CHECK(framework_wording_on(&framework, "2025-12-31") == NULL);
    const struct framework_wording *wording = framework_wording_on(&framework, "2026-01-01");
    CHECK(wording != NULL && wording == framework_wording_of(&framework, "2026"));
    CHECK(wording->party_count == 3);
    const char *text = framework_wording_text(ctx->mem, wording);
    CHECK(text_begins(text, "The Partnership Pledge\n\n"));
    CHECK(strstr(text, "\n\nAs the employer\n\n- We will") != NULL);
    CHECK(strstr(text, "Talent for Care") != NULL &&
          strstr(text, "Widening Participation") != NULL);
    CHECK(text_ends(text, "The text of the original form is not public.\n"));
}

TEST(the_pledge_of_one_person_has_words_of_its_own)
{
    struct framework framework;
    struct pack pack = shipped(ctx);
    CHECK(framework_read(ctx, &pack, &framework) == OK);
    const struct framework_wording *wording = framework_own_wording_on(&framework, "2026-01-01");
    CHECK(wording != NULL && wording->party_count == 1);
    CHECK(wording == framework_own_wording_of(&framework, wording->code));
    CHECK(framework_own_wording_on(&framework, "2025-12-31") == NULL);
    const char *text = framework_wording_text(ctx->mem, wording);
    CHECK(text_begins(text, "My own pledge\n\n"));
    CHECK(text_ends(text, "The text of the original form is not public.\n"));
}

/* Replaces one part of one file and expects the refusal. */
static void check_refused(struct ctx *ctx, const char *path, const char *part, const char *by,
                          const char *wanted)
{
    struct pack pack = shipped(ctx);
    struct framework framework;
    for (size_t i = 0; i < pack.file_count; i++) {
        struct pack_file *file = &pack.files[i];
        if (strcmp(file->path, path) != 0)
            continue;
        const char *at = strstr(file->bytes, part);
        CHECK(at != NULL);
        file->bytes = mem_format(ctx->mem, "%.*s%s%s", (int)(at - file->bytes), file->bytes, by,
                                 at + strlen(part));
        file->size_bytes = strlen(file->bytes);
    }
    ctx->fault = NULL;
    CHECK(framework_read(ctx, &pack, &framework) == ERR_INVALID);
    if (strstr(ctx->fault, wanted) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", ctx->fault, wanted);
}

TEST(a_wrong_framework_is_refused_with_file_and_place)
{
    check_refused(ctx, "framework.json", "\"stage\": \"get-in\"", "\"stage\": \"get-out\"",
                  "talent-for-care/framework.json: intentions[1].stage: there is no stage");
    check_refused(ctx, "framework.json", "\"code\": \"tfc-2\"", "\"code\": \"tfc-1\"",
                  "intentions[2].code: \"tfc-1\" stands here twice");
    check_refused(ctx, "framework.json", "\"code\": \"talent-for-care\"", "\"code\": \"other\"",
                  "framework.json: code: is not the pack's name");
    check_refused(ctx, "framework.json", "\"is_ours\": true", "\"is_ours\": \"yes\"",
                  "intentions[0].is_ours: is neither true nor false");
    check_refused(ctx, "actions.json", "\"months\": 6", "\"months\": 0",
                  "actions[0].months: is not between 1 and 120");
    check_refused(ctx, "actions.json", "\"months\": 6", "\"months\": 6.5",
                  "actions[0].months: is not a whole number");
    check_refused(ctx, "actions.json", "\"intention\": \"ready-1\"", "\"intention\": \"x\"",
                  "talent-for-care/actions.json: actions[0].intention: there is no intention");
    check_refused(ctx, "actions.json", "\"wp-2\"", "\"wp-9\"",
                  "actions[0].goals: there is no goal \"wp-9\"");
    check_refused(ctx, "actions.json", "\"measure\"", "\"mesure\"",
                  "actions[0].mesure: is not a member that belongs here");
    check_refused(ctx, "wording.json", "\"valid_from\": \"2026-01-01\"",
                  "\"valid_from\": \"2026-13-01\"", "wordings[0].valid_from: \"2026-13-01\"");
    check_refused(ctx, "wording.json", "\"opening\": [", "\"opening\": [3,",
                  "wordings[0].opening[0]: is not a text");
    check_refused(ctx, "wording.json", "\"individual_wordings\": [", "\"individual_wordings\": [3,",
                  "individual_wordings[0]: is not an object");
    check_refused(ctx, "wording.json", "{", "", "wording.json: line 2, column");
}
