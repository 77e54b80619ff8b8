/* SPDX-License-Identifier: MIT */
/*
 * receive.c - reads a message with GMime and finds who takes it.
 *
 * Its parts are walked in their order.  Plain text parts make the text; without any, HTML parts
 * do.  A message inside the message is not read: it is what somebody forwarded, or what a report is
 * about.
 */
#include "platform/mail/receive.h"

#include "platform/base/hash.h"
#include "platform/base/settings.h"
#include "platform/mail/mail_mime.h"
#include "platform/mail/receive_report.h"
#include "platform/mail/receive_text.h"

#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

static void let_go(void *arg)
{
    g_object_unref(arg);
}

#define HELD(ctx, object) (mem_at_end((ctx)->mem, let_go, (object)), (object))

static struct text_span span(const char *text)
{
    return (struct text_span){text, strlen(text)};
}

/* One line of the program's text of what GMime gave, which may be nothing. */
static const char *line_of(struct ctx *ctx, const char *text)
{
    return text == NULL ? ""
                        : receive_clean(ctx, span(text), TEXT_LINE, MAIL_RECEIVED_HEADER_CHARS_MAX);
}

/* ---- headers ---- */

const char *mail_received_header(const struct mail_received *mail, const char *name)
{
    for (size_t i = 0; i < mail->header_count; i++)
        if (strcasecmp(mail->headers[i].name, name) == 0)
            return mail->headers[i].value;
    return "";
}

static void read_headers(struct ctx *ctx, GMimeMessage *message, struct mail_received *out)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    int count = g_mime_header_list_get_count(list);
    if (count > MAIL_RECEIVED_HEADERS_MAX)
        count = MAIL_RECEIVED_HEADERS_MAX;
    struct mail_received_header *headers =
        mem_array(ctx->mem, struct mail_received_header, (size_t)count);
    for (int i = 0; i < count; i++) {
        GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
        headers[i] = (struct mail_received_header){
            line_of(ctx, g_mime_header_get_name(header)),
            line_of(ctx, g_mime_header_get_value(header)),
        };
    }
    out->headers = headers;
    out->header_count = (size_t)count;
}

static const char *ids_of(struct ctx *ctx, const char *header)
{
    char *ids = mem_text(ctx->mem, header);
    for (char *c = ids; *c != '\0'; c++)
        if (*c == '<' || *c == '>')
            *c = ' ';
    const char *clean = receive_clean(ctx, span(ids), TEXT_LINE, MAIL_RECEIVED_HEADER_CHARS_MAX);
    struct text_builder one_space = text_build(ctx->mem, MAIL_RECEIVED_HEADER_CHARS_MAX + 10);
    for (const char *c = clean; *c != '\0'; c++)
        if (*c != ' ' || c[1] != ' ')
            text_add_part(&one_space, c, 1);
    return text_build_end(&one_space, &clean) == OK ? clean : "";
}

static void read_sender(struct ctx *ctx, GMimeMessage *message, struct mail_received *out)
{
    InternetAddressList *from = g_mime_message_get_from(message);
    out->from = out->from_name = "";
    for (int i = 0; from != NULL && i < internet_address_list_length(from); i++) {
        InternetAddress *one = internet_address_list_get_address(from, i);
        if (!INTERNET_ADDRESS_IS_MAILBOX(one))
            continue;
        const char *address =
            line_of(ctx, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
        if (!text_is_email(address))
            continue;
        out->from = address;
        out->from_name = line_of(ctx, internet_address_get_name(one));
        return;
    }
}

static bool says(const struct mail_received *mail, const char *header, const char *word)
{
    return strncasecmp(mail_received_header(mail, header), word, strlen(word)) == 0;
}

/* RFC 3834, section 2, and what mailing lists and the programs before it say. */
static bool is_automatic(const struct mail_received *mail, bool is_returnable)
{
    const char *submitted = mail_received_header(mail, "Auto-Submitted");
    return !is_returnable || mail->is_report ||
           (submitted[0] != '\0' && strncasecmp(submitted, "no", 2) != 0) ||
           says(mail, "Precedence", "bulk") || says(mail, "Precedence", "junk") ||
           says(mail, "Precedence", "list") || says(mail, "Precedence", "auto_reply") ||
           mail_received_header(mail, "List-Id")[0] != '\0' ||
           mail_received_header(mail, "List-Unsubscribe")[0] != '\0' ||
           mail_received_header(mail, "X-Autoreply")[0] != '\0' ||
           mail_received_header(mail, "X-Autorespond")[0] != '\0' ||
           mail_received_header(mail, "X-Auto-Response-Suppress")[0] != '\0';
}

/* ---- parts ---- */

struct reading {
    struct mail_received *mail;
    struct text_builder plain;
    struct text_builder html;
    const char *inside; /* path of a message inside, with a dot; "" for none */
    struct text_span report;
};

/* The content of a part, decoded.  What cannot be decoded is what could be. */
static struct text_span content_of(struct ctx *ctx, GMimePart *part)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    if (content == NULL)
        return span("");
    GMimeStream *stream = HELD(ctx, g_mime_stream_mem_new());
    if (g_mime_data_wrapper_write_to_stream(content, stream) < 0)
        return span("");
    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    return (struct text_span){receive_copy(ctx, (const char *)bytes->data, bytes->len), bytes->len};
}

/* In UTF-8, when the charset that it names is one. */
static void add_words(struct ctx *ctx, struct text_builder *to, GMimePart *part)
{
    char *text = GMIME_IS_TEXT_PART(part) ? g_mime_text_part_get_text(GMIME_TEXT_PART(part)) : NULL;
    if (text == NULL)
        return;
    size_t length = strlen(text);
    const char *taken = mem_text_taken(ctx->mem, text, length);
    text_add_part(to, taken, length < to->max_bytes / 2 ? length : to->max_bytes / 2);
    text_add(to, "\n");
}

static bool is_attached(GMimeObject *part)
{
    const char *disposition = g_mime_object_get_disposition(part);
    return (disposition != NULL && strcasecmp(disposition, "attachment") == 0) ||
           (GMIME_IS_PART(part) && g_mime_part_get_filename(GMIME_PART(part)) != NULL);
}

static void read_leaf(struct ctx *ctx, struct reading *reading, GMimePart *part)
{
    GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    if (g_mime_content_type_is_type(type, "message", "delivery-status"))
        reading->report = content_of(ctx, part);
    else if (g_mime_content_type_is_type(type, "text", "rfc822-headers"))
        reading->mail->about_id =
            receive_bare(ctx, receive_field(ctx,
                                            receive_clean(ctx, content_of(ctx, part), TEXT_LONG,
                                                          MAIL_RECEIVED_TEXT_BYTES_MAX),
                                            "Message-ID"));
    else if (is_attached(GMIME_OBJECT(part)))
        reading->mail->other_count++;
    else if (g_mime_content_type_is_type(type, "text", "plain"))
        add_words(ctx, &reading->plain, part);
    else if (g_mime_content_type_is_type(type, "text", "html"))
        add_words(ctx, &reading->html, part);
    else
        reading->mail->other_count++;
}

static void read_inside(struct ctx *ctx, struct reading *reading, GMimeMessagePart *part,
                        const char *path)
{
    GMimeMessage *message = g_mime_message_part_get_message(part);
    reading->inside = mem_join(ctx->mem, path, ".", "");
    reading->mail->other_count++;
    if (message != NULL)
        reading->mail->about_id = line_of(ctx, g_mime_message_get_message_id(message));
}

static void free_iterator(void *arg)
{
    g_mime_part_iter_free(arg);
}

static void read_parts(struct ctx *ctx, GMimeMessage *message, struct reading *reading)
{
    GMimePartIter *at = g_mime_part_iter_new(GMIME_OBJECT(message));
    mem_at_end(ctx->mem, free_iterator, at);
    if (!g_mime_part_iter_is_valid(at))
        return;
    for (int count = 0; count < MAIL_RECEIVED_PARTS_MAX; count++) {
        GMimeObject *part = g_mime_part_iter_get_current(at);
        char *given = g_mime_part_iter_get_path(at);
        const char *path = given != NULL ? mem_text_taken(ctx->mem, given, strlen(given)) : "";
        bool is_inside = reading->inside[0] != '\0' && text_begins(path, reading->inside);
        if (!is_inside && GMIME_IS_MESSAGE_PART(part))
            read_inside(ctx, reading, GMIME_MESSAGE_PART(part), path);
        else if (!is_inside && GMIME_IS_PART(part))
            read_leaf(ctx, reading, GMIME_PART(part));
        if (!g_mime_part_iter_next(at))
            return;
    }
}

static enum status read_words(struct ctx *ctx, struct reading *reading)
{
    const char *text, *html;
    struct text_span seen;
    if (text_build_end(&reading->plain, &text) != OK)
        ctx->fault = NULL;
    if (text_build_end(&reading->html, &html) != OK)
        ctx->fault = NULL;
    seen = span(text);
    if (text[strspn(text, " \t\r\n")] == '\0' && html[0] != '\0')
        TRY(receive_html(ctx, span(html), &seen));
    reading->mail->text = receive_clean(ctx, seen, TEXT_LONG, MAIL_RECEIVED_TEXT_BYTES_MAX);
    reading->mail->answer = receive_answer(ctx, reading->mail->text);
    return OK;
}

static GMimeMessage *parse(struct ctx *ctx, struct text_span bytes)
{
    mail_mime_start();
    GMimeStream *stream =
        HELD(ctx, g_mime_stream_mem_new_with_buffer(bytes.bytes, bytes.length_bytes));
    GMimeParser *parser = HELD(ctx, g_mime_parser_new_with_stream(stream));
    g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    return message != NULL ? HELD(ctx, message) : NULL;
}

enum status mail_received_read(struct ctx *ctx, struct text_span bytes,
                               const struct mail_envelope *envelope, struct mail_received *out)
{
    struct reading reading = {
        .mail = out,
        .inside = "",
        .plain = text_build(ctx->mem, (size_t)2 * MAIL_RECEIVED_TEXT_BYTES_MAX),
        .html = text_build(ctx->mem, (size_t)4 * MAIL_RECEIVED_HTML_BYTES_MAX),
    };
    if (bytes.length_bytes == 0 || bytes.length_bytes > MAIL_RECEIVED_BYTES_MAX)
        return ctx_fail(ctx, ERR_INVALID, "a message is empty or larger than %d MiB",
                        MAIL_RECEIVED_BYTES_MAX / 1024 / 1024);
    GMimeMessage *message = parse(ctx, bytes);
    if (message == NULL)
        return ctx_fail(ctx, ERR_INVALID, "these bytes are no message");
    *out = (struct mail_received){.about_id = "", .token = ""};
    read_headers(ctx, message, out);
    if (out->header_count == 0)
        return ctx_fail(ctx, ERR_INVALID, "a message has no header");
    out->digest = hash_sha256(ctx->mem, bytes.bytes, bytes.length_bytes);
    out->to = line_of(ctx, envelope->to);
    read_sender(ctx, message, out);
    out->subject = line_of(ctx, g_mime_message_get_subject(message));
    out->message_id = line_of(ctx, g_mime_message_get_message_id(message));
    out->in_reply_to = ids_of(ctx, mail_received_header(out, "In-Reply-To"));
    out->references = ids_of(ctx, mail_received_header(out, "References"));
    read_parts(ctx, message, &reading);
    TRY(read_words(ctx, &reading));
    const char *returned =
        envelope->from != NULL ? envelope->from : mail_received_header(out, "Return-Path");
    bool says_return = envelope->from != NULL || returned[0] != '\0';
    out->envelope_from = receive_bare(ctx, line_of(ctx, returned));
    out->is_report = reading.report.bytes != NULL;
    if (out->is_report)
        receive_report(ctx, reading.report, out);
    out->is_automatic = is_automatic(out, !says_return || out->envelope_from[0] != '\0');
    return OK;
}

/* ---- who takes it ---- */

/* Whether an address has the prefix of a receiver; then its token. */
static const char *token_in(struct ctx *ctx, const char *address, const char *prefix)
{
    const char *at = strrchr(address, '@');
    if (at == NULL)
        return NULL;
    const char *local = mem_text_part(ctx->mem, address, (size_t)(at - address));
    const char *plus = strchr(local, '+');
    const char *part = plus != NULL ? plus + 1 : local;
    size_t length = strlen(prefix);
    if (strncasecmp(part, prefix, length) != 0 || part[length] != '-' || part[length + 1] == '\0')
        return NULL;
    return text_email_key(ctx->mem, part + length + 1);
}

static const struct mail_receiver *receiver_of(struct ctx *ctx,
                                               const struct mail_receiver *const *receivers,
                                               const char *address, const char **token_out)
{
    for (; *receivers != NULL; receivers++)
        for (const struct mail_receiver *one = *receivers; one->prefix != NULL; one++)
            if ((*token_out = token_in(ctx, address, one->prefix)) != NULL)
                return one;
    return NULL;
}

/* The addresses that stand in a header, as a list or bare, the first that has a receiver. */
static const struct mail_receiver *receiver_in(struct ctx *ctx,
                                               const struct mail_receiver *const *receivers,
                                               const char *header, struct mail_received *mail)
{
    InternetAddressList *list = internet_address_list_parse(NULL, header);
    const struct mail_receiver *found = NULL;
    if (list == NULL)
        return NULL;
    mem_at_end(ctx->mem, let_go, list);
    for (int i = 0; found == NULL && i < internet_address_list_length(list); i++) {
        InternetAddress *one = internet_address_list_get_address(list, i);
        if (!INTERNET_ADDRESS_IS_MAILBOX(one))
            continue;
        mail->to = line_of(ctx, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
        found = receiver_of(ctx, receivers, mail->to, &mail->token);
    }
    return found;
}

static const struct mail_receiver *find(struct ctx *ctx,
                                        const struct mail_receiver *const *receivers,
                                        const struct mail_envelope *envelope,
                                        struct mail_received *mail)
{
    static const char *const names[] = {"Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"};
    if (envelope->to != NULL)
        return receiver_of(ctx, receivers, mail->to, &mail->token);
    const struct mail_receiver *found = NULL;
    for (size_t i = 0; found == NULL && i < sizeof names / sizeof names[0]; i++)
        found = receiver_in(ctx, receivers, mail_received_header(mail, names[i]), mail);
    return found;
}

enum status mail_receive(struct ctx *ctx, const struct mail_receiver *const *receivers,
                         struct text_span bytes, const struct mail_envelope *envelope)
{
    struct mail_received mail;
    TRY(mail_received_read(ctx, bytes, envelope, &mail));
    const struct mail_receiver *receiver = find(ctx, receivers, envelope, &mail);
    if (receiver == NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no part of the service takes mail to this address");
    return receiver->take(ctx, &mail);
}

const char *mail_receive_address(struct ctx *ctx, const char *prefix, const char *token)
{
    const char *mailbox = ctx->settings->mail_answers_to;
    const char *at = strrchr(mailbox, '@');
    if (at == NULL)
        return NULL;
    return mem_format(ctx->mem, "%.*s+%s-%s%s", (int)(at - mailbox), mailbox, prefix, token, at);
}
