/* SPDX-License-Identifier: MIT */
/* settings_test.c - which place counts, what a value may be, what stays hidden. */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static enum status read_text(struct ctx *ctx, const char *text, struct settings *out)
{
    ctx->fault = NULL;
    *out = settings_built_in(ctx->mem);
    return settings_read_file(ctx, "onward.conf", text, strlen(text), out);
}

TEST(a_file_has_a_line_for_each_setting)
{
    struct settings settings;
    CHECK(read_text(ctx,
                    "\xef\xbb\xbf# a comment\r\n"
                    "\r\n"
                    "  database =  postgresql://me:s3=cret#@db/onward  \r\n"
                    "base_url=https://care.example/\n"
                    "service_name = Gofal a Gyrfa – العربية\n"
                    "\tcounts_kept_secs\t=\t0\n"
                    "smtp =\n"
                    "demonstration = yes",
                    &settings) == OK);
    CHECK_TEXT(settings.database, "postgresql://me:s3=cret#@db/onward");
    CHECK_TEXT(settings.base_url, "https://care.example");
    CHECK_TEXT(settings.service_name, "Gofal a Gyrfa – العربية");
    CHECK_TEXT(settings.smtp, "");
    CHECK(settings.counts_kept_secs == 0 && settings.demonstration);
    CHECK_TEXT(settings.listen, "localhost:8080"); /* built in */
    CHECK(read_text(ctx, "", &settings) == OK);
}

TEST(a_line_that_cannot_be_taken_is_named)
{
    static const char *const cases[][2] = {
        {"\nbase-url\n", "onward.conf line 2: there is no \"=\"; a line is: name = value"},
        {"datbase = x",
         "onward.conf line 1: unknown setting \"datbase\"; did you mean \"database\"?"},
        {"colour = red", "onward.conf line 1: unknown setting \"colour\""},
        {"= red", "onward.conf line 1: unknown setting \"\""},
        {"#\nlisten=:1\nlisten=:1", "onward.conf line 3: \"listen\" stands in the file twice"},
        {"listen = 8080", "onward.conf line 1: \"listen\" must be HOST:PORT, not \"8080\""},
        {"listen = :65536", "onward.conf line 1: \"listen\" must be HOST:PORT, not \":65536\""},
        {"demonstration = maybe",
         "onward.conf line 1: \"demonstration\" must be yes or no, not \"maybe\""},
        {"log_level = loud",
         "onward.conf line 1: \"log_level\" must be one of: debug info warn error, not \"loud\""},
        {"workers_count = -1",
         "onward.conf line 1: \"workers_count\" must be a whole number from 0 to 256, not \"-1\""},
        {"connections_count = 99999999999999999999",
         "onward.conf line 1: \"connections_count\" must be a whole number from 1 to 100000, not "
         "\"99999999999999999999\""},
        {"contact_email = nobody",
         "onward.conf line 1: \"contact_email\" must be an email address, not \"nobody\""},
        {"base_url = ftp://x",
         "onward.conf line 1: \"base_url\" must be http:// or https:// with a "
         "host, and no query, not \"ftp://x\""},
        {"\xff = 1", "onward.conf is not plain text in UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct settings settings;
        CHECK(read_text(ctx, cases[i][0], &settings) == ERR_INVALID);
        CHECK_TEXT(ctx->fault, cases[i][1]);
    }
}

TEST(a_value_that_cannot_be_one_is_refused)
{
    struct settings settings;
    static const char *const bad[] = {
        "base_url = https://",
        "base_url = https:///x",
        "base_url = https://a?b",
        "base_url = https://u:p@a",
        "base_url =",
        "listen =",
        "listen = a:",
        "listen = a:b",
        "log_level =",
        "log_level = debug info",
        "demonstration =",
        "workers_count =",
        "workers_count = 1 2",
        "mail_from =",
        "database =",
        "database = mysql://x",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(read_text(ctx, bad[i], &settings) == ERR_INVALID);
}

TEST(a_file_that_is_no_text_or_too_large_is_refused)
{
    struct settings settings;
    CHECK(settings_read_file(ctx, "f", "a\0b", 3, &settings) == ERR_INVALID);
    char *large = mem_bytes(ctx->mem, 65537);
    memset(large, '\n', 65537);
    CHECK(settings_read_file(ctx, "f", large, 65537, &settings) == ERR_INVALID);
    CHECK(settings_read_file(ctx, "f", large, 65536, &settings) == OK);
}

TEST(a_password_is_never_shown)
{
    struct settings settings;
    CHECK(read_text(ctx, "smtp = ftp://me:hunter2@mail", &settings) == ERR_INVALID);
    CHECK(strstr(ctx->fault, "hunter2") == NULL);
    CHECK(read_text(ctx,
                    "database = postgresql://me:hunter2@db:5432/onward?sslmode=require\n"
                    "smtp = smtps://me:hun/t@er2@mail:465",
                    &settings) == OK);
    const char *shown = settings_show(ctx->mem, &settings);
    CHECK(strstr(shown, "hunter2") == NULL && strstr(shown, "er2@") == NULL);
    CHECK(strstr(shown, "database = postgresql://me:(hidden)@db:5432/onward?sslmode=require\n") !=
          NULL);
    CHECK(strstr(shown, "smtp = smtps://me:(hidden)@mail:465\n") != NULL);
    CHECK_TEXT(settings_without_password(ctx->mem, "sqlite:a@b:c.db"), "sqlite:a@b:c.db");
    CHECK_TEXT(settings_without_password(ctx->mem, "postgresql://db:5432/x"),
               "postgresql://db:5432/x");
    CHECK_TEXT(settings_without_password(ctx->mem, "postgresql:///x?user=a&password=s&port=1"),
               "postgresql:///x?user=a&password=(hidden)");
}

TEST(what_is_shown_can_be_read_again)
{
    struct settings first = settings_built_in(ctx->mem);
    struct settings second;
    const char *shown = settings_show(ctx->mem, &first);
    CHECK(read_text(ctx, shown, &second) == OK);
    CHECK_TEXT(settings_show(ctx->mem, &second), shown);
}

static void remove_file(void *path)
{
    unlink(path);
}

static char *write_file(struct ctx *ctx, const char *text)
{
    char *path = mem_text(ctx->mem, "/tmp/onward-settings-XXXXXX");
    int descriptor = mkstemp(path);
    CHECK(descriptor >= 0);
    CHECK(write(descriptor, text, strlen(text)) == (ssize_t)strlen(text));
    close(descriptor);
    mem_at_end(ctx->mem, remove_file, path);
    return path;
}

static void forget_variables(void *unused)
{
    (void)unused;
    unsetenv("ONWARD_SETTINGS");
    unsetenv("ONWARD_LISTEN");
    unsetenv("ONWARD_SERVICE_NAME");
    unsetenv("ONWARD_SMTP");
}

static struct args read_args(struct ctx *ctx, char *const *words)
{
    const struct args_command command = {"serve", "Serves.", "", 0, 0, NULL};
    struct args_line line = {.words = words};
    struct args args;
    while (words[line.count] != NULL)
        line.count++;
    CHECK(args_read(ctx, &command, settings_options(ctx->mem), line, &args) == OK);
    return args;
}

TEST(the_command_line_counts_over_the_environment_and_that_over_the_file)
{
    struct settings settings;
    mem_at_end(ctx->mem, forget_variables, NULL);
    char *path = write_file(ctx, "listen = f:1\nservice_name = file\nlog_level = warn\n");
    setenv("ONWARD_LISTEN", "e:2", 1);
    setenv("ONWARD_SERVICE_NAME", "environment", 1);
    setenv("ONWARD_SMTP", "", 1);
    char *words[] = {"--settings", path, "--listen", "a:3", NULL};
    struct args args = read_args(ctx, words);
    CHECK(settings_read(ctx, &args, &settings) == OK);
    CHECK_TEXT(settings.listen, "a:3");
    CHECK_TEXT(settings.service_name, "environment");
    CHECK_TEXT(settings.log_level, "warn");
    CHECK_TEXT(settings.smtp, "");
    setenv("ONWARD_SETTINGS", path, 1);
    CHECK(settings_read(ctx, NULL, &settings) == OK);
    CHECK_TEXT(settings.listen, "e:2");
    CHECK_TEXT(settings.log_level, "warn");
}

TEST(a_wrong_value_says_where_it_stands)
{
    struct settings settings;
    mem_at_end(ctx->mem, forget_variables, NULL);
    setenv("ONWARD_SETTINGS", write_file(ctx, ""), 1);
    setenv("ONWARD_LISTEN", "nowhere", 1);
    CHECK(settings_read(ctx, NULL, &settings) == ERR_INVALID);
    CHECK_TEXT(ctx->fault, "ONWARD_LISTEN: \"listen\" must be HOST:PORT, not \"nowhere\"");
    setenv("ONWARD_LISTEN", ":1", 1);
    ctx->fault = NULL;
    char *words[] = {"--base-url=x", NULL};
    struct args args = read_args(ctx, words);
    CHECK(settings_read(ctx, &args, &settings) == ERR_INVALID);
    CHECK(text_begins(ctx->fault, "--base-url: \"base_url\" must be http://"));
}

TEST(a_file_that_was_named_must_be_there)
{
    struct settings settings;
    char *words[] = {"--settings=/nowhere/onward.conf", NULL};
    struct args args = read_args(ctx, words);
    CHECK(settings_read(ctx, &args, &settings) == ERR_NOT_FOUND);
    char *folder[] = {"--settings=/tmp", NULL};
    args = read_args(ctx, folder);
    ctx->fault = NULL;
    CHECK(settings_read(ctx, &args, &settings) == ERR_FAULT);
}

TEST(mail_needs_an_address_to_come_from)
{
    struct settings settings;
    mem_at_end(ctx->mem, forget_variables, NULL);
    setenv("ONWARD_SETTINGS", write_file(ctx, ""), 1);
    char *words[] = {"--smtp=smtp://mail", NULL, NULL};
    struct args args = read_args(ctx, words);
    CHECK(settings_read(ctx, &args, &settings) == ERR_INVALID);
    ctx->fault = NULL;
    words[1] = "--mail-from=care@trust.example";
    args = read_args(ctx, words);
    CHECK(settings_read(ctx, &args, &settings) == OK);
}
