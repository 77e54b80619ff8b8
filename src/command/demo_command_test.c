/* SPDX-License-Identifier: MIT */
/* demo_command_test.c - `onward demo`: the same seed makes the same, nothing else is touched. */
#include "command/command.h"
#include "command/schema.h"
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/test_folder.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/demo/demo.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge.h"

/* `onward demo --only-fill --database NAME OPTION...`; the exit code, and what it wrote to both. */
static int demo(struct ctx *ctx, const char *database, const char *option, const char **said_out)
{
    char *words[] = {mem_text(ctx->mem, "demo"),        mem_text(ctx->mem, "--only-fill"),
                     mem_text(ctx->mem, "--database"),  mem_text(ctx->mem, database),
                     mem_text(ctx->mem, "--pledges=6"), mem_text(ctx->mem, option)};
    char *said = NULL;
    size_t size_bytes = 0;
    FILE *to = open_memstream(&said, &size_bytes);
    CHECK(to != NULL);
    int code = command_main(commands, (struct args_line){option != NULL ? 6 : 5, words},
                            (struct command_io){.out = to, .err = to});
    fclose(to);
    const char *text = mem_text_taken(ctx->mem, said, size_bytes);
    if (said_out != NULL)
        *said_out = text;
    return code;
}

/* Everything that people read about the first pledges by organisation, except what is drawn. */
static const char *tell(struct ctx *ctx, const char *database)
{
    struct ctx reading = *ctx;
    struct text_builder text = text_build(ctx->mem, 1 << 22);
    struct directory_found *found;
    size_t count;
    const char *out;
    const struct directory_asked asked = {"nhs", DIRECTORY_ORGANISATIONS, DIRECTORY_FOUND_MAX};
    CHECK(store_open(&reading, database, &reading.store) == OK);
    CHECK(directory_search(&reading, &asked, &found, &count) == OK && count > 20);
    int64_t checked;
    const char *broken;
    CHECK(pledge_check_chains(&reading, &checked, &broken) == OK && broken == NULL);
    text_add_format(&text, "%lld pledges\n", (long long)checked);
    for (size_t i = 0; i < count; i++) {
        const char *reference;
        enum pledge_state state;
        struct pledge pledge;
        if (pledge_of_organisation(&reading, found[i].id.n, &reference, &state) != OK)
            continue;
        CHECK(pledge_find(&reading, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
        text_add_format(&text, "%s %s %s\n%s", found[i].code, pledge_state_code(state),
                        pledge.signed_on, pledge.text);
    }
    CHECK(text_build_end(&text, &out) == OK);
    return out;
}

TEST(the_same_seed_tells_the_same_story_in_two_databases)
{
    const char *one = mem_format(ctx->mem, "sqlite:%s/demo.db", test_folder(ctx)),
               *other = mem_format(ctx->mem, "sqlite:%s/demo.db", test_folder(ctx));
    CHECK(demo(ctx, one, NULL, NULL) == COMMAND_DONE);
    CHECK(demo(ctx, other, NULL, NULL) == COMMAND_DONE);
    CHECK(text_begins(tell(ctx, one), "6 pledges\n"));
    CHECK_TEXT(tell(ctx, one), tell(ctx, other));
}

TEST(a_demonstration_is_used_again_and_made_anew_only_when_asked)
{
    const char *said, *database = mem_format(ctx->mem, "sqlite:%s/demo.db", test_folder(ctx));
    CHECK(demo(ctx, database, NULL, &said) == COMMAND_DONE);
    CHECK(strstr(said, "Made a demonstration with 6 pledges") != NULL);
    CHECK(demo(ctx, database, NULL, &said) == COMMAND_DONE);
    CHECK(strstr(said, "used again") != NULL);
    CHECK(demo(ctx, database, "--fresh", &said) == COMMAND_DONE);
    CHECK(strstr(said, "Made a demonstration with 6 pledges") != NULL);
}

TEST(a_database_that_is_no_demonstration_is_left_alone)
{
    const char *said, *database = mem_format(ctx->mem, "sqlite:%s/demo.db", test_folder(ctx));
    struct ctx other = *ctx;
    bool is_here;
    int applied;
    CHECK(store_open(&other, database, &other.store) == OK);
    CHECK(schema_migrate(&other, &applied) == OK);
    CHECK(demo(ctx, database, NULL, &said) == COMMAND_REFUSED);
    CHECK(strstr(said, "no demonstration") != NULL);
    CHECK(demo(ctx, database, "--fresh", &said) == COMMAND_REFUSED);
    CHECK(demo_is_here(&other, &is_here) == OK && !is_here);
}

TEST(a_number_of_pledges_that_cannot_be_is_wrong_usage)
{
    const char *database = mem_format(ctx->mem, "sqlite:%s/demo.db", test_folder(ctx));
    CHECK(demo(ctx, database, "--pledges=0", NULL) == COMMAND_USAGE);
    CHECK(demo(ctx, database, "--pledges=many", NULL) == COMMAND_USAGE);
}
