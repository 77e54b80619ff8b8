/* SPDX-License-Identifier: MIT */
/* command_test.c - the program as an operator meets it: words, exit codes, what it says. */
#include "command/command.h"

#include "command/command_try.h"
#include "platform/base/test.h"
#include "platform/base/test_folder.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/audit/audit_test.sql.h"
#include "programme/ledger/ledger.h"
#include "programme/member/member.h"
#include "programme/member/member.sql.h"
#include "programme/privacy/privacy.h"
#include "programme/programme_fill.h"

#include <sys/stat.h>

static void check_says(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL)
        fail_msg("\"%s\" is not in:\n%s", wanted, text);
}

/* ---- words ---- */

TEST(without_a_command_the_program_helps_and_says_it_was_used_wrongly)
{
    struct command_tried tried = command_try(ctx, NULL);
    CHECK(tried.code == COMMAND_USAGE);
    check_says(tried.err, "usage: onward COMMAND");
    CHECK_TEXT(tried.out, "");
}

TEST(help_was_asked_for_so_it_is_an_answer)
{
    struct command_tried tried = command_try(ctx, "--help", NULL);
    CHECK(tried.code == COMMAND_DONE);
    check_says(tried.out, "  serve ");
    CHECK_TEXT(tried.err, "");
    CHECK_TEXT(command_try(ctx, "help", NULL).out, tried.out);
}

TEST(every_command_has_help_and_a_name_of_its_own)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        const char *name = commands[i]->words.name;
        struct command_tried tried;
        char first[40], *second;
        snprintf(first, sizeof first, "%s", name);
        second = strchr(first, ' ');
        if (second != NULL)
            *second++ = '\0';
        tried = second != NULL ? command_try(ctx, first, second, "--help", NULL)
                               : command_try(ctx, first, "--help", NULL);
        CHECK(tried.code == COMMAND_DONE);
        check_says(tried.out, mem_format(ctx->mem, "usage: onward %s ", name));
        check_says(tried.out, commands[i]->words.summary);
        for (size_t j = 0; j < i; j++)
            CHECK(strcmp(commands[j]->words.name, name) != 0);
    }
}

TEST(a_misspelt_command_is_told_what_was_probably_meant)
{
    struct command_tried tried = command_try(ctx, "serv", NULL);
    CHECK(tried.code == COMMAND_USAGE);
    check_says(tried.err, "there is no command \"serv\"; did you mean \"serve\"?");
}

TEST(the_first_word_of_two_lists_its_family)
{
    struct command_tried tried = command_try(ctx, "user", NULL);
    CHECK(tried.code == COMMAND_USAGE);
    check_says(tried.err, "user create");
    CHECK(strstr(tried.err, "pack list") == NULL);
    CHECK(command_try(ctx, "user", "--help", NULL).code == COMMAND_DONE);
    CHECK(command_try(ctx, "user", "sing", NULL).code == COMMAND_USAGE);
}

TEST(wrong_options_and_settings_are_wrong_usage)
{
    CHECK(command_try(ctx, "version", "--loud", NULL).code == COMMAND_USAGE);
    CHECK(command_try(ctx, "version", "twice", NULL).code == COMMAND_USAGE);
    CHECK(command_try(ctx, "migrate", "--database", "mysql:x", NULL).code == COMMAND_USAGE);
    CHECK(command_try(ctx, "migrate", "--settings", "/nowhere/onward.conf", NULL).code ==
          COMMAND_USAGE);
    CHECK(command_try(ctx, "serve", "--\xff", NULL).code == COMMAND_USAGE);
}

TEST(lists_of_the_program_need_no_database)
{
    check_says(command_try(ctx, "routes", NULL).out, "/health");
    check_says(command_try(ctx, "openapi", NULL).out, "\"openapi\":\"3.1.0\"");
    check_says(command_try(ctx, "queries", NULL).out, "pledge_register ");
    check_says(command_try(ctx, "version", NULL).out, "onward ");
}

TEST(output_that_cannot_be_written_is_no_success)
{
    char *words[] = {mem_text(ctx->mem, "routes")};
    struct command_io io = {.out = fopen("/dev/full", "w"), .err = tmpfile()};
    CHECK(io.out != NULL && io.err != NULL);
    CHECK(command_main(commands, (struct args_line){1, words}, io) == COMMAND_AWAY);
    fclose(io.out);
    fclose(io.err);
}

/* ---- a database from its beginning ---- */

TEST(a_server_that_is_away_ends_with_3)
{
    struct command_tried tried =
        command_try(ctx, "check", "--database", "postgresql://localhost:1/x", NULL);
    CHECK(tried.code == COMMAND_AWAY);
    check_says(tried.err, "could not reach the database");
}

TEST(an_empty_database_is_refused_until_it_was_migrated)
{
    const char *database = mem_format(ctx->mem, "sqlite:%s/a.db", test_folder(ctx));
    struct command_tried tried = command_try(ctx, "user", "list", "--database", database, NULL);
    CHECK(tried.code == COMMAND_REFUSED);
    check_says(tried.err, "the database is empty; `onward migrate`");
    CHECK(command_try(ctx, "check", "--database", database, NULL).code == COMMAND_REFUSED);

    CHECK(command_try(ctx, "migrate", "--database", database, NULL).code == COMMAND_DONE);
    tried = command_try(ctx, "migrate", "--database", database, NULL);
    CHECK(tried.code == COMMAND_DONE);
    check_says(tried.out, "up to date");
    /* The queries of tests, which are in this program only, have no tables there. */
    tried = command_try(ctx, "check", "--show-settings", "--database", database, NULL);
    check_says(tried.out, "ok    database  SQLite, with the schema of this program");
    check_says(tried.out, "ok    pledges   the events of 0 hold");
    check_says(tried.out, "ok    jobs ");
    check_says(tried.out, "ok    outbox ");
    check_says(tried.out, "service_name = Onward");
    tried = command_try(ctx, "pack", "list", "--database", database, NULL);
    check_says(tried.out, "talent-for-care");
    tried =
        command_try(ctx, "work", "--once", "--log-level", "error", "--database", database, NULL);
    CHECK(tried.code == COMMAND_DONE);
    check_says(tried.out, "Did ");
}

/* ---- people ---- */

TEST(people_are_made_listed_and_closed)
{
    const char *database = mem_format(ctx->mem, "--database=sqlite:%s/a.db", test_folder(ctx));
    CHECK(command_try(ctx, "migrate", database, NULL).code == COMMAND_DONE);
    struct command_tried tried = command_try(ctx, "user", "list", database, NULL);
    check_says(tried.out, "Nobody can sign in yet");
    tried = command_try(ctx, "user", "create", "ada@example.org", "--role", "national", "--name",
                        "Ada Lovelace", database, NULL);
    CHECK(tried.code == COMMAND_DONE);
    check_says(tried.out, "http://localhost:8080/sign-in");
    tried =
        command_try(ctx, "user", "create", "ada@example.org", "--role", "national", database, NULL);
    check_says(tried.out, "Nothing changed");
    tried = command_try(ctx, "user", "create", "bob@example.org", "--role", "regional", "--area",
                        "Y58", database, NULL);
    check_says(tried.out, "regional of South West (Y58)");

    tried =
        command_try(ctx, "user", "end", "bob@example.org", "--role", "regional", database, NULL);
    CHECK(tried.code == COMMAND_DONE);
    tried = command_try(ctx, "user", "close", "ada@example.org", database, NULL);
    CHECK(tried.code == COMMAND_DONE);
    tried = command_try(ctx, "user", "list", database, NULL);
    check_says(tried.out, "ada@example.org  Ada Lovelace  closed");
    CHECK(strstr(tried.out, "regional") == NULL);
}

TEST(a_person_without_a_role_that_there_is_is_refused)
{
    const char *database = mem_format(ctx->mem, "--database=sqlite:%s/a.db", test_folder(ctx));
    CHECK(command_try(ctx, "migrate", database, NULL).code == COMMAND_DONE);
    struct command_tried tried =
        command_try(ctx, "user", "create", "ada@example.org", database, NULL);
    CHECK(tried.code == COMMAND_USAGE);
    check_says(tried.err, "regional (Regional lead, needs --area)");
    CHECK(command_try(ctx, "user", "create", "ada@example.org", "--role", "king", database, NULL)
              .code == COMMAND_REFUSED);
    CHECK(command_try(ctx, "user", "create", "no address", "--role", "national", database, NULL)
              .code == COMMAND_REFUSED);
    CHECK(command_try(ctx, "user", "close", "nobody@example.org", database, NULL).code ==
          COMMAND_REFUSED);
    CHECK(command_try(ctx, "user", "end", "nobody@example.org", database, NULL).code ==
          COMMAND_USAGE);
}

TEST(closing_an_account_ends_what_it_offered)
{
    const char *database = mem_format(ctx->mem, "sqlite:%s/a.db", test_folder(ctx));
    const char *option = mem_format(ctx->mem, "--database=%s", database);
    CHECK(command_try(ctx, "migrate", option, NULL).code == COMMAND_DONE);
    CHECK(command_try(ctx, "user", "create", "ada@example.org", "--role", "national", option, NULL)
              .code == COMMAND_DONE);
    struct ctx other = *ctx;
    struct access_person ada;
    struct form_problems problems = {.count = 0};
    const struct member_offer offer = {"regional", "Y58", "", ""};
    struct member_invitations_by_row *open;
    const char *reference;
    size_t count;
    CHECK(store_open(&other, database, &other.store) == OK);
    other.now_secs = time_now_secs(); /* as commands have it */
    CHECK(access_person_find(&other, "ada@example.org", &ada) == OK);
    other.person = ada.id;
    CHECK(member_invite(&other, "bob@example.org", &offer, &problems, &reference) == OK);
    CHECK(member_invitations_by(&other, ada.id.n, "", "2026-03-09", 10, &open, &count) == OK &&
          count == 1);
    CHECK(command_try(ctx, "user", "close", "ada@example.org", option, NULL).code == COMMAND_DONE);
    CHECK(member_invitations_by(&other, ada.id.n, "", "2026-03-09", 10, &open, &count) == OK &&
          count == 0);
}

/* ---- erasure ---- */

/* What is said of the public log, and the rest. */
static const char *without_log(struct ctx *ctx, const char *out)
{
    const char *line = strstr(out, "ok    log ");
    CHECK(line != NULL && strchr(line, '\n') != NULL);
    return mem_format(ctx->mem, "%.*s%s", (int)(line - out), out, strchr(line, '\n') + 1);
}

TEST(a_check_is_quiet_after_somebody_was_erased)
{
    bool is_left;
    const char *database = mem_format(ctx->mem, "sqlite:%s/a.db", test_folder(ctx));
    CHECK(command_try(ctx, "migrate", "--database", database, NULL).code == COMMAND_DONE);
    struct ctx other = *ctx;
    size_t count;
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    CHECK(store_open(&other, database, &other.store) == OK);
    const struct privacy_subject ada = {programme_fill(&other), FILL_ADA, FILL_ADA};
    struct command_tried before = command_try(ctx, "check", "--database", database, NULL);
    CHECK(privacy_erase(&other, &ada, lines, &count) == OK && count > 20);
    CHECK(ledger_take(&other, 1, &is_left) == OK); /* that their own pledge was withdrawn */
    struct command_tried tried = command_try(ctx, "check", "--database", database, NULL);
    check_says(tried.out, "ok    pledges   the events of 1 hold");
    check_says(tried.out, "ok    audit     2 chains hold");
    check_says(tried.out, "ok    log       1 entries and 1 heads hold, 0 wait");
    CHECK_TEXT(without_log(ctx, tried.out), without_log(ctx, before.out));
    /* Only the queries of tests, which are in this program only, have no tables there. */
    const char *wrong = strstr(tried.out, "WRONG ");
    CHECK(wrong == strstr(tried.out, "WRONG queries   store_thing"));
    CHECK(wrong == NULL || strstr(wrong + 1, "WRONG ") == NULL);
}

/* ---- the record ---- */

static const char *read_file(struct ctx *ctx, const char *path)
{
    enum { BYTES_MAX = 100000 };
    char *text = mem_bytes(ctx->mem, BYTES_MAX);
    FILE *file = fopen(path, "r");
    CHECK(file != NULL);
    CHECK(fread(text, 1, BYTES_MAX - 1, file) > 0);
    fclose(file);
    return text;
}

TEST(the_record_is_written_for_an_auditor)
{
    const char *folder = test_folder(ctx);
    const char *database = mem_format(ctx->mem, "--database=sqlite:%s/a.db", folder);
    const char *lines = mem_format(ctx->mem, "%s/record.jsonl", folder);
    const char *table = mem_format(ctx->mem, "%s/record.csv", folder);
    struct stat status;
    CHECK(command_try(ctx, "migrate", database, NULL).code == COMMAND_DONE);
    CHECK(
        command_try(ctx, "user", "create", "ada@example.org", "--role", "national", database, NULL)
            .code == COMMAND_DONE);
    struct command_tried tried = command_try(ctx, "audit", "export", lines, database, NULL);
    CHECK(tried.code == COMMAND_DONE);
    check_says(tried.out, mem_format(ctx->mem, "of 1 chains are in %s", lines));
    check_says(read_file(ctx, lines), "\"what\":\"access.granted\"");
    CHECK(stat(lines, &status) == 0 && (status.st_mode & 0077) == 0);
    CHECK(command_try(ctx, "audit", "export", "--from", "2020-01-01", table, database, NULL).code ==
          COMMAND_DONE);
    check_says(read_file(ctx, table), ",access.granted,");

    tried = command_try(ctx, "audit", "export", "--organisation", "R0A", table, database, NULL);
    CHECK(tried.code == COMMAND_REFUSED);
    check_says(tried.err, "nothing was noted for the organisation \"R0A\"");
    CHECK(command_try(ctx, "audit", "export", "--from", "soon", table, database, NULL).code ==
          COMMAND_REFUSED);
    CHECK(command_try(ctx, "audit", "export", "/nowhere/record", database, NULL).code ==
          COMMAND_AWAY);
    CHECK(stat(mem_format(ctx->mem, "%s.part", table), &status) != 0);
}

TEST(a_record_that_was_changed_is_told)
{
    const char *database = mem_format(ctx->mem, "sqlite:%s/a.db", test_folder(ctx));
    const char *option = mem_format(ctx->mem, "--database=%s", database);
    struct ctx other = *ctx;
    int64_t changes;
    CHECK(command_try(ctx, "migrate", option, NULL).code == COMMAND_DONE);
    CHECK(command_try(ctx, "user", "create", "ada@example.org", "--role", "national", option, NULL)
              .code == COMMAND_DONE);
    struct command_tried tried = command_try(ctx, "audit", "check", option, NULL);
    CHECK(tried.code == COMMAND_DONE);
    check_says(tried.out, "1 chains hold.");
    CHECK(store_open(&other, database, &other.store) == OK);
    CHECK(audit_test_set_actor(&other, 1, 99, &changes) == OK && changes == 1);
    tried = command_try(ctx, "audit", "check", option, NULL);
    CHECK(tried.code == COMMAND_REFUSED);
    check_says(tried.err, "does not hold: the record was changed");
    CHECK(command_try(ctx, "check", option, NULL).code != COMMAND_DONE);
}

/* ---- packs ---- */

TEST(a_pack_that_is_none_is_refused)
{
    const char *folder = test_folder(ctx);
    const char *database = mem_format(ctx->mem, "--database=sqlite:%s/a.db", folder);
    CHECK(command_try(ctx, "migrate", database, NULL).code == COMMAND_DONE);
    struct command_tried tried = command_try(ctx, "pack", "check", folder, database, NULL);
    CHECK(tried.code == COMMAND_REFUSED);
    check_says(tried.err, "pack.json");
    CHECK(command_try(ctx, "pack", "install", "/nowhere", database, NULL).code == COMMAND_REFUSED);
}

/* ---- copies ---- */

TEST(a_copy_becomes_a_database_again)
{
    const char *folder = test_folder(ctx);
    const char *from = mem_format(ctx->mem, "--database=sqlite:%s/a.db", folder);
    const char *to = mem_format(ctx->mem, "--database=sqlite:%s/b.db", folder);
    const char *file = mem_format(ctx->mem, "%s/copy", folder);
    struct stat status;
    CHECK(command_try(ctx, "migrate", from, NULL).code == COMMAND_DONE);
    CHECK(command_try(ctx, "user", "create", "ada@example.org", "--role", "national", from, NULL)
              .code == COMMAND_DONE);
    CHECK(command_try(ctx, "backup", file, from, NULL).code == COMMAND_DONE);
    CHECK(stat(file, &status) == 0 && (status.st_mode & 0077) == 0);
    CHECK(command_try(ctx, "backup", file, from, NULL).code == COMMAND_REFUSED);
    CHECK(command_try(ctx, "restore", file, from, NULL).code == COMMAND_REFUSED);
    CHECK(command_try(ctx, "restore", file, to, NULL).code == COMMAND_DONE);
    check_says(command_try(ctx, "user", "list", to, NULL).out, "ada@example.org");
}
