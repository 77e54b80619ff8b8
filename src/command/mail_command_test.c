/* SPDX-License-Identifier: MIT */
/* mail_command_test.c - what `onward mail receive` tells a mail server. */
#include "command/command_try.h"

#include "command/command.h"
#include "platform/base/test.h"
#include "platform/base/test_folder.h"
#include "platform/mail/receive.h"

#include <stdio.h>
#include <sysexits.h>

/* Gives the bytes to the command; what it said is in *said_out. */
static int receive(struct ctx *ctx, const char *database, struct text_span bytes,
                   const char **said_out)
{
    char *words[] = {mem_text(ctx->mem, "mail"), mem_text(ctx->mem, "receive"),
                     mem_text(ctx->mem, "--database"), mem_text(ctx->mem, database)};
    struct command_io io = {.out = tmpfile(), .err = tmpfile(), .in = tmpfile()};
    char *said = mem_bytes(ctx->mem, 1000);
    CHECK(io.out != NULL && io.err != NULL && io.in != NULL);
    CHECK(fwrite(bytes.bytes, 1, bytes.length_bytes, io.in) == bytes.length_bytes);
    rewind(io.in);
    int code = command_main(commands, (struct args_line){4, words}, io);
    rewind(io.err);
    CHECK(fread(said, 1, 999, io.err) < 999);
    fclose(io.in);
    fclose(io.out);
    fclose(io.err);
    *said_out = said;
    return code;
}

TEST(a_mail_server_is_told_in_its_own_codes)
{
    const char *database = mem_format(ctx->mem, "sqlite:%s/db", test_folder(ctx));
    const char *said;
    struct text_span stray = {"To: nobody@service.example\r\n\r\nHello\r\n", 37};
    CHECK(receive(ctx, database, stray, &said) == EX_TEMPFAIL); /* nothing is migrated yet */
    CHECK(command_try(ctx, "migrate", "--database", database, NULL).code == COMMAND_DONE);
    CHECK(receive(ctx, database, stray, &said) == EX_NOUSER);
    CHECK_TEXT(said, "There is no such address here. It may have ended.\n");
    CHECK(receive(ctx, database, (struct text_span){"", 0}, &said) == EX_DATAERR);
    const struct text_span large = {mem_bytes(ctx->mem, MAIL_RECEIVED_BYTES_MAX + 1),
                                    MAIL_RECEIVED_BYTES_MAX + 1};
    CHECK(receive(ctx, database, large, &said) == EX_DATAERR);
    CHECK(command_try(ctx, "mail", "receive", "--nonsense", NULL).code == EX_TEMPFAIL);
    CHECK(command_try(ctx, "mail", "receive", "--database", database, NULL).code == EX_TEMPFAIL);
}
