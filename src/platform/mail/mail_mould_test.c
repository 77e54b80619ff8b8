/* SPDX-License-Identifier: MIT */
/* mail_mould_test.c - what moulds and the dots of SMTP promise. */
#include "platform/mail/mail_mould.h"

#include "platform/base/test.h"
#include "platform/mail/mail_mime.h"
#include "platform/mail/smtp_bulk.h"

#include <string.h>

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef"
#define SECRET "fedcba9876543210fedcba9876543210fedcba9876543210"

/* A letter whose text breaks lines of quoted-printable at many places inside the secret. */
static struct mail_letter letter_of(struct mem *mem, const char *address, const char *id,
                                    const char *secret)
{
    const char *text = "";
    for (int i = 0; i < 70; i++)
        text = mem_format(mem, "%s%.*shttps://here.example/mine/%s é\n", text, i,
                          "......................................................................",
                          secret);
    return (struct mail_letter){
        .from_address = "news@here.example",
        .from_name = "Ünder",
        .to_address = address,
        .to_name = "",
        .reply_to = "",
        .subject = "What is new, and what is not so new any more: a long subject that folds",
        .text = text,
        .html = mem_format(mem, "<p><a href=\"https://here.example/stop/%s\">Stop</a></p>", secret),
        .message_id = mem_join(mem, id, "@here.example", ""),
        .unsubscribe_url = mem_join(mem, "https://here.example/newsletter/stop/", secret, ""),
        .dated_at = 1773046800};
}

TEST(a_mould_filled_in_is_the_message_that_would_have_been_built)
{
    struct mail_mould *mould;
    struct text_span built;
    const char *address = "somebody.with.a.long.address@a.very.long.domain.of.mail.example";
    const struct mail_mould_marks marks = mail_mould_marks(ctx->mem);
    const struct mail_letter from = letter_of(ctx->mem, "", marks.id, marks.secret);
    const struct mail_letter to = letter_of(ctx->mem, address, ID, SECRET);
    CHECK(mail_mime(ctx, &to, &built) == OK);
    const struct mail_mould_source source = {
        from.from_address, from.from_name,  from.subject,         from.text,
        from.html,         from.message_id, from.unsubscribe_url, from.dated_at};
    CHECK(mail_mould_make(ctx, &marks, &source, &mould) == OK);
    struct text_span filled =
        mail_mould_fill(ctx->mem, mould, &(const struct mail_mould_person){address, ID, SECRET});
    CHECK_TEXT(filled.bytes, built.bytes);
}

TEST(a_dot_that_begins_a_line_is_doubled_on_its_way)
{
    const char *text = ".a\r\nb.c\r\n..\r\n";
    struct text_span out = smtp_dotted(ctx->mem, (struct text_span){text, strlen(text)});
    CHECK_TEXT(out.bytes, "..a\r\nb.c\r\n...\r\n");
    CHECK(out.length_bytes == strlen(out.bytes));
}
