/* SPDX-License-Identifier: MIT */
/* log_test.c - whole lines of right JSON, whatever is logged. */
#include "platform/base/log.h"
#include "platform/base/test.h"
#include "platform/base/text.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

struct pipe_log {
    int ends[2];
};

static void close_ends(void *arg)
{
    struct pipe_log *pipe_log = arg;
    close(pipe_log->ends[0]);
    close(pipe_log->ends[1]);
}

/* Sends the log of ctx into a pipe, which the test reads. */
static struct pipe_log *log_to_pipe(struct ctx *ctx, enum log_level least)
{
    struct pipe_log *pipe_log = mem_new(ctx->mem, struct pipe_log);
    CHECK(pipe(pipe_log->ends) == 0);
    mem_at_end(ctx->mem, close_ends, pipe_log);
    ctx->log = log_open(ctx->mem, pipe_log->ends[1], least);
    return pipe_log;
}

/* What stands in the pipe, at least one byte. */
static const char *logged(struct ctx *ctx, struct pipe_log *pipe_log)
{
    char *text = mem_bytes(ctx->mem, LOG_LINE_BYTES * 8 + 1);
    CHECK(read(pipe_log->ends[0], text, LOG_LINE_BYTES * 8) > 0);
    return text;
}

TEST(an_event_is_one_line_with_the_request)
{
    struct pipe_log *pipe_log = log_to_pipe(ctx, LOG_INFO);
    log_event(ctx, LOG_INFO, "answered", LOG_TEXT(route, "/pledges/:reference"), LOG_INT(ms, -3));
    CHECK_TEXT(logged(ctx, pipe_log),
               "{\"at\":\"2026-03-09T09:00:00Z\",\"level\":\"info\",\"event\":\"answered\","
               "\"request\":\"test\",\"route\":\"/pledges/:reference\",\"ms\":-3}\n");
    ctx->request_id = "";
    log_event(ctx, LOG_ERROR, "stopped");
    CHECK_TEXT(logged(ctx, pipe_log),
               "{\"at\":\"2026-03-09T09:00:00Z\",\"level\":\"error\",\"event\":\"stopped\"}\n");
}

TEST(levels_below_the_least_are_left_out)
{
    struct pipe_log *pipe_log = log_to_pipe(ctx, LOG_WARN);
    log_event(ctx, LOG_INFO, "no");
    log_event(ctx, LOG_DEBUG, "no");
    log_event(ctx, LOG_WARN, "yes");
    CHECK(strstr(logged(ctx, pipe_log), "\"event\":\"no\"") == NULL);
    CHECK(log_level_of("warn") == LOG_WARN && log_level_of("loud") == LOG_INFO);
    ctx->log = NULL;
    log_event(ctx, LOG_ERROR, "nowhere");
}

TEST(values_cannot_break_out_of_their_line)
{
    struct pipe_log *pipe_log = log_to_pipe(ctx, LOG_INFO);
    log_event(ctx, LOG_INFO, "tried", LOG_TEXT(fault, "a\"b\\c\nd\x01\x7f\xff\xc3 é"),
              LOG_TEXT(file, NULL), LOG_INT(count, INT64_MIN));
    const char *line = logged(ctx, pipe_log);
    CHECK(strstr(line, "\"fault\":\"a\\\"b\\\\c\\u000ad\\u0001\\u007f�� é\",\"file\":null,"
                       "\"count\":-9223372036854775808}\n") != NULL);
    CHECK(strchr(line, '\n') == line + strlen(line) - 1);
}

TEST(a_long_line_is_cut_and_stays_json)
{
    struct pipe_log *pipe_log = log_to_pipe(ctx, LOG_INFO);
    char long_text[3000];
    memset(long_text, 1, sizeof long_text - 1); /* six bytes each when escaped */
    long_text[sizeof long_text - 1] = '\0';
    log_event(ctx, LOG_INFO, "tried", LOG_TEXT(fault, long_text), LOG_TEXT(reason, long_text));
    const char *line = logged(ctx, pipe_log);
    CHECK(strlen(line) <= LOG_LINE_BYTES);
    CHECK(text_ends(line, "\",\"cut\":true}\n"));
    CHECK(strstr(line, "\"reason\"") == NULL);
}

TEST(a_character_cut_in_two_does_not_reach_the_log)
{
    struct pipe_log *pipe_log = log_to_pipe(ctx, LOG_INFO);
    char text[502];
    memset(text, 'a', 499);
    memcpy(text + 499, "é", sizeof "é");
    log_event(ctx, LOG_INFO, "tried", LOG_TEXT(fault, text));
    const char *line = logged(ctx, pipe_log);
    CHECK(text_problem(line, strlen(line)) == TEXT_FINE);
}

TEST(the_cause_of_a_failure_is_logged)
{
    struct pipe_log *pipe_log = log_to_pipe(ctx, LOG_INFO);
    log_fault(ctx, LOG_WARN, "refused");
    CHECK(strstr(logged(ctx, pipe_log), "\"fault\":\"none given\"") != NULL);
    CHECK(ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" is closed", "x") == ERR_CONFLICT);
    log_fault(ctx, LOG_WARN, "refused");
    CHECK(strstr(logged(ctx, pipe_log), "\"fault\":\"pledge \\\"x\\\" is closed\"") != NULL);
}

enum { THREADS = 4, LINES_EACH = 200 };

static void *log_lines(void *arg)
{
    struct ctx ctx = {.mem = mem_root(), .log = arg, .request_id = "thread"};
    for (int i = 0; i < LINES_EACH; i++)
        log_event(&ctx, LOG_INFO, "line", LOG_INT(count, i), LOG_TEXT(reason, "0123456789"));
    mem_end(ctx.mem);
    return NULL;
}

TEST(lines_of_threads_do_not_mix)
{
    struct pipe_log *pipe_log = log_to_pipe(ctx, LOG_INFO);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, log_lines, ctx->log) == 0);
    FILE *from = fdopen(dup(pipe_log->ends[0]), "r");
    char line[LOG_LINE_BYTES];
    for (int i = 0; i < THREADS * LINES_EACH; i++) {
        CHECK(fgets(line, sizeof line, from) != NULL);
        CHECK(text_begins(
            line, "{\"at\":\"1970-01-01T00:00:00Z\",\"level\":\"info\",\"event\":\"line\""));
        CHECK(text_ends(line, ",\"reason\":\"0123456789\"}\n"));
    }
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    fclose(from);
}
