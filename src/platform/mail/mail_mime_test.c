/* SPDX-License-Identifier: MIT */
/* mail_mime_test.c - what a message looks like to a mail server, and to whoever reads it. */
#include "platform/mail/mail_mime.h"

#include "platform/base/test.h"

#include <gmime/gmime.h>
#include <string.h>

static struct mail_letter letter(void)
{
    return (struct mail_letter){
        .from_address = "no-reply@onward.example",
        .from_name = "Onward",
        .to_address = "ana@trust.example",
        .to_name = "Ana",
        .reply_to = "",
        .subject = "Hello",
        .text = "Hello Ana\n",
        .html = "<p>Hello Ana</p>\n",
        .message_id = "abc123@onward.example",
        .dated_at = TEST_NOW_SECS,
    };
}

static const char *built(struct ctx *ctx, const struct mail_letter *of)
{
    struct text_span bytes;
    CHECK(mail_mime(ctx, of, &bytes) == OK);
    CHECK(strlen(bytes.bytes) == bytes.length_bytes);
    return bytes.bytes;
}

static void let_go(void *arg)
{
    g_object_unref(arg);
}

/* Reads the message as a mail program does. */
static GMimeMessage *parsed(struct ctx *ctx, const char *bytes)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, strlen(bytes));
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    CHECK(message != NULL);
    mem_at_end(ctx->mem, let_go, stream);
    mem_at_end(ctx->mem, let_go, parser);
    mem_at_end(ctx->mem, let_go, message);
    return message;
}

static const char *part_text(struct ctx *ctx, GMimeMessage *message, int n)
{
    GMimeMultipart *both = GMIME_MULTIPART(g_mime_message_get_mime_part(message));
    CHECK(g_mime_multipart_get_count(both) == 2);
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, n)));
    char *copy = mem_text(ctx->mem, text);
    g_free(text);
    char *to = copy;
    for (const char *c = copy; *c != '\0'; c++)
        if (*c != '\r')
            *to++ = *c;
    *to = '\0';
    return copy;
}

static const char *to_name(struct ctx *ctx, GMimeMessage *message)
{
    InternetAddressList *list = g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_TO);
    CHECK(internet_address_list_length(list) == 1);
    char *name =
        mem_text(ctx->mem, internet_address_get_name(internet_address_list_get_address(list, 0)));
    char *to = name; /* GMime leaves the folding of the header in a name that it reads */
    for (const char *c = name; *c != '\0'; c++)
        if (strchr("\t\r\n ", *c) == NULL)
            *to++ = *c;
        else if (to > name && to[-1] != ' ')
            *to++ = ' ';
    *to = '\0';
    return name;
}

/*
 * The words of a header.  GMime 3.2.13 loses words when a padded encoded word is followed by
 * another, so each is decoded by itself; the white space between two of them does not count
 * (RFC 2047, 6.2).
 */
static const char *words_of(struct ctx *ctx, const char *bytes, const char *header)
{
    char *line = mem_text(ctx->mem, strstr(bytes, header) + strlen(header));
    const char *out = "";
    char *end = strstr(line, "\r\n");
    for (; end[2] == ' ' || end[2] == '\t'; end = strstr(end, "\r\n"))
        memmove(end, end + 2, strlen(end + 1));
    *end = '\0';
    for (char *at = line; *at != '\0';) {
        end = strncmp(at, "=?", 2) == 0 ? strstr(at, "?=") : NULL;
        if (end == NULL) {
            out = mem_format(ctx->mem, "%s%c", out, *at++);
            continue;
        }
        char *word = g_mime_utils_header_decode_text(
            NULL, mem_text_part(ctx->mem, at, (size_t)(end + 2 - at)));
        out = mem_format(ctx->mem, "%s%s", out, word);
        g_free(word);
        at = end + 2;
        size_t gap = strspn(at, " \t");
        at += strncmp(at + gap, "=?", 2) == 0 ? gap : 0;
    }
    return out;
}

/* Every line ends in CR LF, is at most 998 bytes long, and all is ASCII (RFC 5322, 2.1.1). */
static void check_lines(struct ctx *ctx, const char *bytes)
{
    size_t length = 0;
    for (const char *c = bytes; *c != '\0'; c++) {
        CHECK((unsigned char)*c < 128);
        if (*c == '\n') {
            CHECK(c > bytes && c[-1] == '\r');
            length = 0;
            continue;
        }
        CHECK(c[0] != '\r' || c[1] == '\n');
        CHECK(++length <= 999);
    }
}

static int count_of(const char *bytes, const char *what)
{
    int count = 0;
    for (const char *at = bytes; (at = strstr(at, what)) != NULL; at++)
        count++;
    return count;
}

TEST(a_mail_has_the_headers_that_every_reader_needs)
{
    struct mail_letter plain = letter();
    const char *bytes = built(ctx, &plain);
    check_lines(ctx, bytes);
    CHECK(strstr(bytes, "From: Onward <no-reply@onward.example>\r\n"));
    CHECK(strstr(bytes, "To: Ana <ana@trust.example>\r\n"));
    CHECK(strstr(bytes, "Subject: Hello\r\n"));
    CHECK(strstr(bytes, "Date: Mon, 09 Mar 2026 09:00:00 +0000\r\n"));
    CHECK(strstr(bytes, "Message-Id: <abc123@onward.example>\r\n"));
    CHECK(strstr(bytes, "MIME-Version: 1.0\r\n") || strstr(bytes, "Mime-Version: 1.0\r\n"));
    CHECK(strstr(bytes, "Content-Type: multipart/alternative;"));
    CHECK(strstr(bytes, "Auto-Submitted: auto-generated\r\n"));
    CHECK(count_of(bytes, "charset=utf-8") == 2);
    CHECK(count_of(bytes, "Content-Transfer-Encoding: quoted-printable\r\n") == 2);
    CHECK(strstr(bytes, "List-Unsubscribe") == NULL);
}

TEST(the_same_letter_gives_the_same_bytes)
{
    struct mail_letter plain = letter();
    const char *first = built(ctx, &plain);
    CHECK_TEXT(built(ctx, &plain), first);
}

TEST(a_mail_reads_back_as_it_was_written)
{
    struct mail_letter odd = letter();
    odd.to_name = "Zoë \"Zed\" O’Łuk, 李小龍 <x> محمد";
    odd.subject =
        "Your pledge: ὁ λόγος, 李小龍, محمد 👩🏽‍⚕️, and words enough to "
        "fold "
        "the "
        "line twice or more";
    odd.text = "Ünïcode \nline = equals\ntrailing space \n.\n..dots\nFrom here\n\n李小龍\n";
    odd.html = "<p>Ünïcode 👩🏽‍⚕️</p>\n";
    const char *bytes = built(ctx, &odd);
    check_lines(ctx, bytes);
    GMimeMessage *message = parsed(ctx, bytes);
    CHECK_TEXT(words_of(ctx, bytes, "Subject: "), odd.subject);
    CHECK_TEXT(to_name(ctx, message), odd.to_name);
    CHECK_TEXT(g_mime_message_get_message_id(message), "abc123@onward.example");
    CHECK_TEXT(part_text(ctx, message, 0), odd.text);
    CHECK_TEXT(part_text(ctx, message, 1), odd.html);
}

TEST(very_long_lines_are_folded_and_come_back_whole)
{
    char *text = mem_bytes(ctx->mem, 100001);
    memset(text, 'x', 100000);
    text[99999] = '\n';
    char *name = mem_bytes(ctx->mem, 2001);
    memset(name, 'n', 2000);
    struct mail_letter odd = letter();
    odd.text = text;
    odd.html = text;
    odd.subject = mem_format(ctx->mem, "%s é", name);
    const char *bytes = built(ctx, &odd);
    check_lines(ctx, bytes);
    GMimeMessage *message = parsed(ctx, bytes);
    CHECK_TEXT(part_text(ctx, message, 0), text);
    CHECK_TEXT(g_mime_message_get_subject(message), odd.subject);
}

TEST(no_text_can_begin_a_header_or_end_the_headers)
{
    const char *const bad[] = {"x\r\nBcc: evil@evil.example",
                               "x\nBcc: evil@evil.example",
                               "x\rBcc: evil@evil.example",
                               "x\r\n\r\nwhole new body",
                               "=?utf-8?Q?x=0D=0ABcc:_evil@evil.example?=",
                               "x\" <evil@evil.example>, \"y",
                               "x\x01\x7f",
                               NULL};
    for (int i = 0; bad[i] != NULL; i++) {
        struct mail_letter odd = letter();
        odd.subject = bad[i];
        odd.to_name = bad[i];
        odd.from_name = bad[i];
        odd.unsubscribe_url = bad[i];
        const char *bytes = built(ctx, &odd);
        check_lines(ctx, bytes);
        CHECK(strstr(bytes, "\r\nBcc") == NULL);
        GMimeMessage *message = parsed(ctx, bytes);
        CHECK(g_mime_object_get_header(GMIME_OBJECT(message), "Bcc") == NULL);
        InternetAddressList *list = g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_TO);
        CHECK(internet_address_list_length(list) == 1);
        CHECK_TEXT(part_text(ctx, message, 0), "Hello Ana\n");
    }
}

TEST(mail_to_many_says_how_to_stop_it)
{
    struct mail_letter many = letter();
    many.unsubscribe_url = "https://onward.example/newsletter/stop/abc";
    const char *bytes = built(ctx, &many);
    CHECK(strstr(bytes, "List-Unsubscribe: <https://onward.example/newsletter/stop/abc>\r\n"));
    CHECK(strstr(bytes, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}
