/* SPDX-License-Identifier: MIT */
/*
 * mail_mime.c - builds messages with GMime.
 *
 * GMime's objects are counted references; each is let go when the memory of ctx ends.
 */
#include "platform/mail/mail_mime.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <string.h>

static void let_go(void *arg)
{
    g_object_unref(arg);
}

#define HELD(ctx, object) (mem_at_end((ctx)->mem, let_go, (object)), (object))

/* GMime counts its starts without a lock.  This is the state of that library, not ours. */
void mail_mime_start(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, g_mime_init);
}

/* A header is one line whatever it was made of. */
static const char *one_line(struct ctx *ctx, const char *text)
{
    char *line = mem_text(ctx->mem, text);
    for (char *c = line; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 127)
            *c = ' ';
    return line;
}

static GMimeObject *text_part(struct ctx *ctx, const char *subtype, const char *text)
{
    GMimePart *part = HELD(ctx, g_mime_part_new_with_type("text", subtype));
    GMimeStream *stream = HELD(ctx, g_mime_stream_mem_new_with_buffer(text, strlen(text)));
    GMimeDataWrapper *content =
        HELD(ctx, g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part, content);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return GMIME_OBJECT(part);
}

/* "=_" cannot stand in quoted-printable, so no line of a part can be taken for the boundary. */
static const char *boundary_of(struct ctx *ctx, const struct mail_letter *letter)
{
    size_t length_bytes = strcspn(letter->message_id, "@");
    return mem_format(ctx->mem, "=_%.*s", (int)(length_bytes > 60 ? 60 : length_bytes),
                      letter->message_id);
}

/* Left to choose, GMime takes a charset of its own for each word of a name. */
static void add_person(struct ctx *ctx, GMimeMessage *message, GMimeAddressType role,
                       const char *name, const char *address)
{
    const char *shown = one_line(ctx, name);
    InternetAddress *person = HELD(
        ctx, internet_address_mailbox_new(shown[0] != '\0' ? shown : NULL, one_line(ctx, address)));
    internet_address_set_charset(person, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, role), person);
}

/* Left to write it, GMime makes encoded words of an address that is too long for a line, and no
 * program that looks for one finds it (RFC 2369, section 2). */
static void add_address_header(struct ctx *ctx, GMimeObject *object, const char *name,
                               const char *url)
{
    g_mime_object_append_header(object, name, "", "utf-8");
    g_mime_header_set_raw_value(g_mime_header_list_get_header(object->headers, name),
                                mem_format(ctx->mem, " <%s>\n", url));
}

static void set_headers(struct ctx *ctx, const struct mail_letter *letter, GMimeMessage *message)
{
    GDateTime *date = g_date_time_new_from_unix_utc(letter->dated_at);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
    add_person(ctx, message, GMIME_ADDRESS_TYPE_FROM, letter->from_name, letter->from_address);
    add_person(ctx, message, GMIME_ADDRESS_TYPE_TO, letter->to_name, letter->to_address);
    g_mime_message_set_subject(message, one_line(ctx, letter->subject), "utf-8");
    g_mime_message_set_message_id(message, one_line(ctx, letter->message_id));

    if (letter->reply_to[0] != '\0')
        add_person(ctx, message, GMIME_ADDRESS_TYPE_REPLY_TO, "", letter->reply_to);
    GMimeObject *object = GMIME_OBJECT(message);
    g_mime_object_append_header(object, "Auto-Submitted", "auto-generated", "utf-8");
    if (letter->unsubscribe_url != NULL) {
        const char *url = one_line(ctx, letter->unsubscribe_url);
        add_address_header(ctx, object, "List-Unsubscribe", url);
        g_mime_object_append_header(object, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click",
                                    "utf-8");
    }
}

static void free_options(void *arg)
{
    g_mime_format_options_free(arg);
}

enum status mail_mime(struct ctx *ctx, const struct mail_letter *letter, struct text_span *out)
{
    mail_mime_start();
    GMimeMultipart *both = HELD(ctx, g_mime_multipart_new_with_subtype("alternative"));
    g_mime_multipart_set_boundary(both, boundary_of(ctx, letter));
    g_mime_multipart_add(both, text_part(ctx, "plain", letter->text));
    g_mime_multipart_add(both, text_part(ctx, "html", letter->html));

    GMimeMessage *message = HELD(ctx, g_mime_message_new(TRUE));
    set_headers(ctx, letter, message);
    g_mime_message_set_mime_part(message, GMIME_OBJECT(both));

    GMimeFormatOptions *options = g_mime_format_options_new();
    mem_at_end(ctx->mem, free_options, options);
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    GMimeStream *stream = HELD(ctx, g_mime_stream_mem_new());
    if (g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream) < 0)
        return ctx_fail(ctx, ERR_FAULT, "the mail cannot be written in its form");

    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    out->bytes = mem_text_part(ctx->mem, (const char *)bytes->data, bytes->len);
    out->length_bytes = bytes->len;
    return OK;
}
