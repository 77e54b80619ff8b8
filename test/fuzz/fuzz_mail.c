/* SPDX-License-Identifier: MIT */
/*
 * fuzz_mail.c - messages that strangers send.
 *
 * Whatever they are: refused, or every text of them is clean and within its limit.
 */
#include "platform/mail/receive.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_text(const char *text, size_t most_bytes)
{
    size_t length_bytes = strlen(text);
    assert(length_bytes <= most_bytes);
    assert(text_problem(text, length_bytes) == TEXT_FINE);
}

static void check_mail(const struct mail_received *mail)
{
    const char *lines[] = {mail->to,      mail->from,       mail->from_name,   mail->envelope_from,
                           mail->subject, mail->message_id, mail->in_reply_to, mail->references,
                           mail->about_id};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        check_text(lines[i], (size_t)8 * MAIL_RECEIVED_HEADER_CHARS_MAX);
        assert(strchr(lines[i], '\n') == NULL);
    }
    check_text(mail->text, (size_t)4 * MAIL_RECEIVED_TEXT_BYTES_MAX);
    check_text(mail->answer, (size_t)4 * MAIL_RECEIVED_TEXT_BYTES_MAX);
    assert(mail->header_count <= MAIL_RECEIVED_HEADERS_MAX);
    assert(mail->reported_count <= MAIL_RECEIVED_REPORTS_MAX);
    for (size_t i = 0; i < mail->reported_count; i++) {
        check_text(mail->reported[i].address, MAIL_RECEIVED_HEADER_CHARS_MAX * 4);
        check_text(mail->reported[i].reason, MAIL_RECEIVED_HEADER_CHARS_MAX * 4);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct ctx ctx = {.mem = mem_root()};
    struct mail_received mail;
    enum status status = mail_received_read(&ctx, (struct text_span){(const char *)data, size},
                                            &(const struct mail_envelope){NULL, NULL}, &mail);
    assert(status == OK || status == ERR_INVALID);
    if (status == OK)
        check_mail(&mail);
    mem_end(ctx.mem);
    return 0;
}
