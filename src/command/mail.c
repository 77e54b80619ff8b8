/* SPDX-License-Identifier: MIT */
/*
 * mail.c - `onward mail receive`: takes one message from standard input, for a mail server.
 *
 * It ends with the codes of sysexits.h, which mail servers know: what is refused is returned to
 * the sender with the sentence that we write, and whatever is wrong on our side, settings and
 * database among it, makes the server keep the message and try again.
 */
#include "command/list.h"

#include "programme/programme.h"

#include <sysexits.h>

static enum status read_all(struct ctx *ctx, FILE *in, struct text_span *out)
{
    char *bytes = mem_room(ctx->mem, MAIL_RECEIVED_BYTES_MAX + 1);
    size_t length = 0;
    if (in == NULL)
        return ctx_fail(ctx, ERR_FAULT, "there is no standard input");
    for (size_t got = 1; got > 0 && length <= MAIL_RECEIVED_BYTES_MAX; length += got)
        got = fread(bytes + length, 1, MAIL_RECEIVED_BYTES_MAX + 1 - length, in);
    if (ferror(in))
        return ctx_fail(ctx, ERR_FAULT, "the message cannot be read from standard input");
    *out = (struct text_span){bytes, length};
    return OK;
}

/* What the sender is told, and the code; NULL for what is ours to mend. */
static const char *refusal(enum status status, int *code_out)
{
    switch (status) {
    case ERR_NOT_FOUND:
        *code_out = EX_NOUSER;
        return "There is no such address here. It may have ended.";
    case ERR_INVALID:
        *code_out = EX_DATAERR;
        return "The message is too large, is empty, or cannot be read.";
    case ERR_FORBIDDEN:
    case ERR_CONFLICT:
        *code_out = EX_NOPERM;
        return "This address does not take this message.";
    case OK:
    case ERR_BUSY:
    case ERR_FAULT:
    default:
        return NULL;
    }
}

static enum status receive(struct ctx *ctx, struct command_run *run)
{
    struct mail_envelope envelope = {args_value(run->args, "to"), args_value(run->args, "from")};
    struct text_span bytes;
    TRY(read_all(ctx, run->io.in, &bytes));
    enum status status = mail_receive(ctx, mail_receivers, bytes, &envelope);
    const char *told = refusal(status, &run->code);
    if (told == NULL)
        return status;
    fprintf(run->io.err, "%s\n", told);
    return OK;
}

static const struct args_option options[] = {
    {"to", "ADDRESS", "the address that it came to; else the headers say"},
    {"from", "ADDRESS", "the sender of the envelope; \"\" for none; else Return-Path says"},
    {0}};

const struct command command_mail_receive = {
    .words = {"mail receive",
              "Takes one message from standard input, for a mail server. Exit codes are those of "
              "sysexits.h: 0 taken, 65, 67 and 77 refused, 75 try again later.",
              "", 0, 0, options},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = receive,
    .failed_code = EX_TEMPFAIL,
};
