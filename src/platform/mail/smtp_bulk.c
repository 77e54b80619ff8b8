/* SPDX-License-Identifier: MIT */
/*
 * smtp_bulk.c - the talk on several lines: MAIL, RCPT, DATA, the message, the dot.
 *
 * Each line is a small machine: what it still has to send, and which answers are due.
 */
#include "platform/mail/smtp_bulk.h"

#include "platform/base/time.h"
#include "platform/mail/smtp_line.h"

#include <poll.h>
#include <string.h>

enum step {
    STEP_CLOSED,
    STEP_IDLE,
    STEP_ENVELOPE, /* answers to MAIL, RCPT and DATA are due */
    STEP_BODY,     /* the message is being sent              */
    STEP_DOT,      /* its dot is                             */
    STEP_ANSWER,   /* the answer to it is due                */
    STEP_RESET     /* the answer to RSET, or to a dot behind nothing */
};

enum { COMMANDS = 3, ANSWER_BYTES = 2048, LOOK_MS = 1000, ENHANCED_BYTES = 12 };

struct line {
    struct mem *mem; /* of the line: ends when it is closed */
    struct smtp_ready ready;
    enum step step;
    bool has_letter;
    struct smtp_bulk_letter letter;
    const char *commands[COMMANDS];
    int answered; /* of the commands */
    struct text_span out;
    size_t sent_bytes;
    char in[ANSWER_BYTES];
    size_t in_bytes;
    struct smtp_reply reply;
    int64_t began_ms;
};

struct bulk {
    struct ctx *ctx;
    const struct smtp_bulk_plan *plan;
    struct line lines[SMTP_BULK_LINES_MAX];
    bool is_over;     /* no more messages */
    const char *away; /* no line can be had */
    int wait_ms;      /* until the next message may be asked for */
    int lost_in_row;  /* lines that broke since a message was answered */
};

struct text_span smtp_dotted(struct mem *mem, struct text_span bytes)
{
    size_t dots = bytes.length_bytes > 0 && bytes.bytes[0] == '.';
    const char *end = bytes.bytes + bytes.length_bytes;
    for (const char *at = bytes.bytes; (at = memmem(at, (size_t)(end - at), "\n.", 2)) != NULL;
         at++)
        dots++;
    if (dots == 0)
        return bytes;
    char *out = mem_room(mem, bytes.length_bytes + dots + 1);
    size_t n = 0;
    for (size_t i = 0; i < bytes.length_bytes; i++) {
        if (bytes.bytes[i] == '.' && (i == 0 || bytes.bytes[i - 1] == '\n'))
            out[n++] = '.';
        out[n++] = bytes.bytes[i];
    }
    out[n] = '\0';
    return (struct text_span){out, n};
}

/* ---- the end of a message, the end of a line ---- */

static void end_letter(struct bulk *bulk, struct line *line)
{
    if (!line->has_letter)
        return;
    bulk->plan->ended(bulk->plan->arg, line->letter.number, &line->reply);
    mem_end(line->letter.mem);
    line->has_letter = false;
}

static void close_line(struct line *line)
{
    if (line->mem != NULL)
        mem_end(line->mem);
    line->mem = NULL;
    line->step = STEP_CLOSED;
}

/* The line broke, or took too long. */
static void lose_line(struct bulk *bulk, struct line *line, const char *why)
{
    bool is_uncertain = line->step == STEP_ANSWER;
    if (line->step != STEP_RESET) /* there the reply is known already */
        line->reply = (struct smtp_reply){SMTP_NOT_NOW, is_uncertain, why};
    end_letter(bulk, line);
    close_line(line);
    if (++bulk->lost_in_row > bulk->plan->lines) /* a server that takes lines and no messages */
        bulk->away = why;
}

static enum status open_line(struct bulk *bulk, struct line *line)
{
    struct smtp *smtp;
    struct smtp_reply reply;
    struct ctx own = *bulk->ctx;
    own.mem = line->mem = mem_child(bulk->ctx->mem);
    enum status status = smtp_open(&own, bulk->plan->url, bulk->plan->our_name, &smtp);
    if (status == OK)
        status = smtp_connect(&own, smtp, &line->ready, &reply);
    if (status != OK) {
        bulk->ctx->fault = mem_text(bulk->ctx->mem, own.fault);
        return status;
    }
    line->step = STEP_IDLE;
    line->in_bytes = 0;
    if (reply.outcome != SMTP_ACCEPTED) {
        bulk->away = mem_text(bulk->ctx->mem, reply.reason);
        close_line(line);
    }
    return OK;
}

/* ---- sending ---- */

static void say(struct line *line, enum step step, const char *words)
{
    line->out = (struct text_span){words, strlen(words)};
    line->sent_bytes = 0;
    line->step = step;
}

/* Sends what there is.  True: all of it has gone. */
static bool push(struct bulk *bulk, struct line *line)
{
    while (line->sent_bytes < line->out.length_bytes) {
        size_t now = 0;
        CURLcode code = curl_easy_send(line->ready.curl, line->out.bytes + line->sent_bytes,
                                       line->out.length_bytes - line->sent_bytes, &now);
        if (code == CURLE_AGAIN)
            return false;
        if (code != CURLE_OK) {
            lose_line(bulk, line, "connection lost");
            return false;
        }
        line->sent_bytes += now;
    }
    return true;
}

/* The dot is told just before it goes, and taken back when it could not. */
static void push_dot(struct bulk *bulk, struct line *line)
{
    const struct smtp_bulk_plan *plan = bulk->plan;
    size_t now = 0;
    bool is_begun = line->sent_bytes > 0;
    plan->goes(plan->arg, line->letter.number, true);
    CURLcode code = curl_easy_send(line->ready.curl, line->out.bytes + line->sent_bytes,
                                   line->out.length_bytes - line->sent_bytes, &now);
    line->sent_bytes += now;
    if (line->sent_bytes == line->out.length_bytes)
        line->step = STEP_ANSWER;
    else if (!is_begun && now == 0)
        plan->goes(plan->arg, line->letter.number, false);
    if (code != CURLE_OK && code != CURLE_AGAIN)
        lose_line(bulk, line, "connection lost");
}

static void send_on(struct bulk *bulk, struct line *line)
{
    if (line->step == STEP_DOT)
        push_dot(bulk, line);
    else if (push(bulk, line) && line->step == STEP_BODY) {
        say(line, STEP_DOT, ".\r\n");
        push_dot(bulk, line);
    }
}

static void begin_letter(struct bulk *bulk, struct line *line)
{
    struct mem *mem = line->letter.mem;
    const struct smtp_message *message = &line->letter.message;
    line->commands[0] = mem_format(mem, "MAIL FROM:<%s>\r\n", message->from_address);
    line->commands[1] = mem_format(mem, "RCPT TO:<%s>\r\n", message->to_address);
    line->commands[2] = "DATA\r\n";
    line->answered = 0;
    line->began_ms = time_running_ms();
    line->reply = (struct smtp_reply){.outcome = SMTP_ACCEPTED, .reason = ""};
    line->has_letter = true;
    say(line, STEP_ENVELOPE,
        line->ready.is_pipelining
            ? mem_join(mem, line->commands[0], line->commands[1], line->commands[2])
            : line->commands[0]);
    send_on(bulk, line);
}

/* ---- answers ---- */

struct answer {
    int code;
    char enhanced[ENHANCED_BYTES];
};

/* A no, in words that name nobody. */
static void note_no(struct bulk *bulk, struct line *line, const char *what,
                    const struct answer *answer, bool is_about_it)
{
    if (line->reply.outcome != SMTP_ACCEPTED)
        return; /* the first no is the reason */
    line->reply.outcome = is_about_it && answer->code >= 500 ? SMTP_REFUSED : SMTP_NOT_NOW;
    line->reply.reason = mem_format(bulk->ctx->mem, "%s refused: %d%s%s", what, answer->code,
                                    answer->enhanced[0] != '\0' ? " " : "", answer->enhanced);
}

/* All is answered that was asked, and it was a no: the line is made ready for the next. */
static void start_over(struct bulk *bulk, struct line *line, bool is_data_open)
{
    say(line, STEP_RESET, is_data_open ? ".\r\n" : "RSET\r\n");
    send_on(bulk, line);
}

static void take_envelope(struct bulk *bulk, struct line *line, const struct answer *answer)
{
    static const char *const what[COMMANDS] = {"sender", "recipient", "message"};
    int n = line->answered++;
    bool is_yes = n == 2 ? answer->code == 354 : answer->code / 100 == 2;
    if (!is_yes)
        note_no(bulk, line, what[n], answer, n > 0);
    if (!is_yes && n == 0) /* it is about us, and the next would fare no better */
        bulk->away = line->reply.reason;
    bool is_no = line->reply.outcome != SMTP_ACCEPTED;
    if (line->answered < COMMANDS && line->ready.is_pipelining)
        return;
    if (is_no) {
        start_over(bulk, line, n == 2 && is_yes);
    } else if (line->answered < COMMANDS) {
        say(line, STEP_ENVELOPE, line->commands[line->answered]);
        send_on(bulk, line);
    } else {
        line->out = smtp_dotted(line->letter.mem, line->letter.message.bytes);
        line->sent_bytes = 0;
        line->step = STEP_BODY;
        send_on(bulk, line);
    }
}

static void take_answer(struct bulk *bulk, struct line *line, const struct answer *answer)
{
    switch (line->step) {
    case STEP_ENVELOPE:
        take_envelope(bulk, line, answer);
        break;
    case STEP_ANSWER:
        if (answer->code / 100 != 2)
            note_no(bulk, line, "message", answer, true);
        line->step = STEP_IDLE;
        bulk->lost_in_row = 0;
        end_letter(bulk, line);
        break;
    case STEP_RESET:
        line->step = STEP_IDLE;
        end_letter(bulk, line);
        break;
    case STEP_CLOSED:
    case STEP_IDLE:
    case STEP_BODY:
    case STEP_DOT:
        lose_line(bulk, line, "connection lost"); /* an answer to nothing: 421, it goes away */
        break;
    }
    if (answer->code == 421 && line->step != STEP_CLOSED)
        lose_line(bulk, line, "connection lost");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "550 5.1.1 words": digits and dots only, so nothing that names anybody is kept. */
static struct answer read_answer(const char *text, size_t length_bytes)
{
    struct answer answer = {.code = 0};
    if (length_bytes < 3 || !is_digit(text[0]) || !is_digit(text[1]) || !is_digit(text[2]))
        return answer;
    answer.code = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
    size_t n = 0;
    while (n + 4 < length_bytes && n + 1 < ENHANCED_BYTES &&
           (is_digit(text[n + 4]) || text[n + 4] == '.'))
        n++;
    if (n >= 5 && text[5] == '.')
        memcpy(answer.enhanced, text + 4, n);
    return answer;
}

/* Takes every whole answer; of one of several lines the last counts. */
static void take_lines(struct bulk *bulk, struct line *line)
{
    char *end;
    while (line->step != STEP_CLOSED && (end = memchr(line->in, '\n', line->in_bytes)) != NULL) {
        size_t length_bytes = (size_t)(end - line->in) + 1;
        bool is_last = length_bytes < 4 || line->in[3] != '-';
        struct answer answer = read_answer(line->in, length_bytes);
        line->in_bytes -= length_bytes;
        memmove(line->in, end + 1, line->in_bytes);
        if (is_last)
            take_answer(bulk, line, &answer);
    }
}

static void hear(struct bulk *bulk, struct line *line)
{
    while (line->step != STEP_CLOSED) {
        size_t now = 0;
        CURLcode code = curl_easy_recv(line->ready.curl, line->in + line->in_bytes,
                                       ANSWER_BYTES - line->in_bytes, &now);
        if (code == CURLE_AGAIN)
            return;
        if (code != CURLE_OK || now == 0 || line->in_bytes + now == ANSWER_BYTES) {
            lose_line(bulk, line, "connection lost");
            return;
        }
        line->in_bytes += now;
        take_lines(bulk, line);
    }
}

/* ---- all lines ---- */

/* Gives an idle line its next message, opening it first.  *is_given: there was one. */
static enum status feed(struct bulk *bulk, struct line *line, bool *is_given)
{
    *is_given = false;
    if (line->step == STEP_CLOSED)
        TRY(open_line(bulk, line));
    if (line->step != STEP_IDLE)
        return OK;
    enum status status =
        bulk->plan->next(bulk->ctx, bulk->plan->arg, &line->letter, &bulk->wait_ms);
    bulk->is_over = status == ERR_NOT_FOUND;
    if (status == ERR_NOT_FOUND || status == ERR_BUSY)
        return OK;
    TRY(status);
    *is_given = true;
    begin_letter(bulk, line);
    return OK;
}

static enum status feed_all(struct bulk *bulk)
{
    bulk->wait_ms = LOOK_MS;
    for (int i = 0; i < bulk->plan->lines; i++) {
        struct line *line = &bulk->lines[i];
        bool is_given = line->step <= STEP_IDLE;
        /* What was said while the line was idle, a goodbye above all, is read before it is used. */
        while (is_given && line->step <= STEP_IDLE && !bulk->is_over && bulk->away == NULL)
            TRY(feed(bulk, line, &is_given));
    }
    return OK;
}

static void wait_for_any(struct bulk *bulk)
{
    struct pollfd polls[SMTP_BULK_LINES_MAX];
    struct line *lines[SMTP_BULK_LINES_MAX];
    nfds_t count = 0;
    for (int i = 0; i < bulk->plan->lines; i++) {
        struct line *line = &bulk->lines[i];
        if (line->step == STEP_CLOSED)
            continue;
        bool has_more = line->step != STEP_IDLE && line->sent_bytes < line->out.length_bytes;
        polls[count] =
            (struct pollfd){line->ready.socket, (short)(POLLIN | (has_more ? POLLOUT : 0)), 0};
        lines[count++] = line;
    }
    poll(polls, count, bulk->wait_ms < LOOK_MS ? bulk->wait_ms : LOOK_MS);
    int64_t now_ms = time_running_ms();
    for (nfds_t i = 0; i < count; i++) {
        if ((polls[i].revents & POLLOUT) != 0)
            send_on(bulk, lines[i]);
        if ((polls[i].revents & ~POLLOUT) != 0)
            hear(bulk, lines[i]);
        if (lines[i]->has_letter && now_ms - lines[i]->began_ms > SMTP_MESSAGE_SECS * 1000L)
            lose_line(bulk, lines[i], "no answer in time");
    }
}

static bool is_busy(const struct bulk *bulk)
{
    for (int i = 0; i < bulk->plan->lines; i++)
        if (bulk->lines[i].has_letter)
            return true;
    return false;
}

/* Lines that stand idle say goodbye and are closed. */
static void part(struct bulk *bulk)
{
    for (int i = 0; i < bulk->plan->lines; i++) {
        struct line *line = &bulk->lines[i];
        size_t sent;
        if (line->step == STEP_IDLE)
            (void)curl_easy_send(line->ready.curl, "QUIT\r\n", 6, &sent);
        close_line(line);
    }
}

enum status smtp_bulk_send(struct ctx *ctx, const struct smtp_bulk_plan *plan,
                           const char **away_out)
{
    enum status status = OK;
    struct bulk *bulk = mem_new(ctx->mem, struct bulk);
    bulk->ctx = ctx;
    bulk->plan = plan;
    do {
        status = bulk->is_over || bulk->away != NULL ? OK : feed_all(bulk);
        if (status != OK) { /* nothing new: what is in hand comes to its end */
            bulk->is_over = true;
            break;
        }
        if (is_busy(bulk) || (!bulk->is_over && bulk->away == NULL))
            wait_for_any(bulk);
    } while (is_busy(bulk) || (!bulk->is_over && bulk->away == NULL));
    while (is_busy(bulk))
        wait_for_any(bulk);
    part(bulk);
    *away_out = bulk->away;
    return status;
}
