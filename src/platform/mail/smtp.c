/* SPDX-License-Identifier: MIT */
/*
 * smtp.c - SMTP by libcurl.
 *
 * libcurl's own result says that something was refused, not what.  Whether a 5xx is about this
 * message or about us (a wrong password must not fail every message in the outbox) follows from
 * the command that it answers, so the debug callback keeps the last command and the code of the
 * last answer.  It sees user and password pass and keeps neither: of a command it notes which of
 * MAIL, RCPT, DATA it is, of an answer only digits.
 */
#include "platform/mail/smtp.h"

#include "platform/mail/smtp_line.h"

#include <string.h>

enum stage { STAGE_LINE, STAGE_SENDER, STAGE_RECIPIENT, STAGE_MESSAGE };

enum { ENHANCED_BYTES = 12, ERROR_BYTES = 80 };

struct smtp {
    CURL *curl;
    /* of the message in hand */
    const struct smtp_message *message;
    size_t given_bytes;
    bool is_all_given;
    bool is_over;       /* QUIT was said: what is answered to it tells nothing */
    bool is_pipelining; /* the server offers it (RFC 2920) */
    enum stage stage;
    int code;                      /* of the answer to the last command; 0: none yet */
    char enhanced[ENHANCED_BYTES]; /* "5.1.1", RFC 3463; "" */
};

static void close_url(void *arg)
{
    curl_url_cleanup(arg);
}

static void close_line(void *arg)
{
    curl_easy_cleanup(arg);
}

/* ---- what the server answers ---- */

/* "5.1.1" from "550 5.1.1 words": digits and dots only, so nothing that names anybody is kept. */
static void note_enhanced(struct smtp *smtp, const char *line, size_t length_bytes)
{
    size_t n = 0;
    while (n < length_bytes && n + 1 < ENHANCED_BYTES &&
           ((line[n] >= '0' && line[n] <= '9') || line[n] == '.'))
        n++;
    bool is_code = n >= 5 && line[1] == '.' && (n == length_bytes || line[n] == ' ');
    memcpy(smtp->enhanced, line, is_code ? n : 0);
    smtp->enhanced[is_code ? n : 0] = '\0';
}

static void note_answer(struct smtp *smtp, const char *line, size_t length_bytes)
{
    int code = 0;
    if (smtp->is_over)
        return;
    for (size_t i = 0; i < 3; i++) {
        if (i >= length_bytes || line[i] < '0' || line[i] > '9')
            return;
        code = code * 10 + (line[i] - '0');
    }
    smtp->code = code;
    while (length_bytes > 4 && (line[length_bytes - 1] == '\n' || line[length_bytes - 1] == '\r'))
        length_bytes--;
    if (length_bytes > 4)
        note_enhanced(smtp, line + 4, length_bytes - 4);
}

static void note_command(struct smtp *smtp, const char *line, size_t length_bytes)
{
    smtp->is_over = smtp->is_over || (length_bytes >= 4 && memcmp(line, "QUIT", 4) == 0);
    if (smtp->is_over)
        return;
    smtp->code = 0;
    smtp->enhanced[0] = '\0';
    if (length_bytes >= 4 && memcmp(line, "MAIL", 4) == 0)
        smtp->stage = STAGE_SENDER;
    else if (length_bytes >= 4 && memcmp(line, "RCPT", 4) == 0)
        smtp->stage = STAGE_RECIPIENT;
    else if (length_bytes >= 4 && memcmp(line, "DATA", 4) == 0)
        smtp->stage = STAGE_MESSAGE;
}

static int listen_in(CURL *curl, curl_infotype type, char *data, size_t size_bytes, void *arg)
{
    (void)curl;
    struct smtp *smtp = arg;
    if (type == CURLINFO_HEADER_IN && size_bytes >= 14 && memcmp(data + 4, "PIPELINING", 10) == 0)
        smtp->is_pipelining = true;
    if (type == CURLINFO_HEADER_IN)
        note_answer(smtp, data, size_bytes);
    else if (type == CURLINFO_HEADER_OUT)
        note_command(smtp, data, size_bytes);
    return 0;
}

static size_t give(char *into, size_t size, size_t count, void *arg)
{
    struct smtp *smtp = arg;
    size_t left = smtp->message->bytes.length_bytes - smtp->given_bytes;
    size_t room = size * count;
    size_t now = left < room ? left : room;
    memcpy(into, smtp->message->bytes.bytes + smtp->given_bytes, now);
    smtp->given_bytes += now;
    if (now == 0) {
        smtp->is_all_given = true;
        smtp->code = 0; /* "354 go ahead" is not the answer to the message */
        smtp->enhanced[0] = '\0';
    }
    return now;
}

/* ---- the URL ---- */

static const char *part_of(struct ctx *ctx, CURLU *url, CURLUPart part, unsigned flags)
{
    char *text = NULL;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK)
        return "";
    const char *copy = mem_text(ctx->mem, text);
    curl_free(text);
    return copy;
}

static bool is_loopback(const char *host)
{
    return strcmp(host, "localhost") == 0 || text_begins(host, "127.") ||
           strcmp(host, "[::1]") == 0;
}

static enum status choose_tls(struct ctx *ctx, CURLU *url, long *out)
{
    const char *query = part_of(ctx, url, CURLUPART_QUERY, 0);
    bool is_smtps = strcmp(part_of(ctx, url, CURLUPART_SCHEME, 0), "smtps") == 0;
    if (is_smtps || strcmp(query, "starttls=required") == 0)
        *out = CURLUSESSL_ALL;
    else if (strcmp(query, "starttls=offered") == 0)
        *out = CURLUSESSL_TRY;
    else if (strcmp(query, "starttls=never") == 0)
        *out = CURLUSESSL_NONE;
    else
        *out = is_loopback(part_of(ctx, url, CURLUPART_HOST, 0)) ? CURLUSESSL_NONE : CURLUSESSL_ALL;

    bool is_known = query[0] == '\0' ||
                    (!is_smtps && text_begins(query, "starttls=") &&
                     (strcmp(query + 9, "required") == 0 || strcmp(query + 9, "offered") == 0 ||
                      strcmp(query + 9, "never") == 0));
    if (!is_known)
        return ctx_fail(ctx, ERR_INVALID, "the setting smtp says something unknown behind \"?\"");
    return OK;
}

static enum status read_url(struct ctx *ctx, const char *text, CURLU *url)
{
    bool is_smtp = text_begins(text, "smtp://") || text_begins(text, "smtps://");
    if (!is_smtp || curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK)
        return ctx_fail(ctx, ERR_INVALID, "the setting smtp is no smtp:// or smtps:// address");
    const char *path = part_of(ctx, url, CURLUPART_PATH, 0);
    if (strcmp(path, "/") != 0 && path[0] != '\0')
        return ctx_fail(ctx, ERR_INVALID, "the setting smtp has a path behind the host");
    return OK;
}

/* ---- the line ---- */

static void set_line(struct smtp *smtp, CURLU *url, long tls)
{
    CURL *curl = smtp->curl;
    curl_easy_setopt(curl, CURLOPT_CURLU, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, tls);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)SMTP_CONNECT_SECS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SMTP_MESSAGE_SECS);
    curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, (long)SMTP_IDLE_SECS);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_in);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, smtp);
}

enum status smtp_open(struct ctx *ctx, const char *url_text, const char *our_name,
                      struct smtp **out)
{
    CURLU *url = curl_url();
    if (url == NULL)
        return ctx_fail(ctx, ERR_FAULT, "libcurl cannot read addresses");
    mem_at_end(ctx->mem, close_url, url);
    TRY(read_url(ctx, url_text, url));
    long tls;
    TRY(choose_tls(ctx, url, &tls));
    const char *user = part_of(ctx, url, CURLUPART_USER, CURLU_URLDECODE);
    const char *password = part_of(ctx, url, CURLUPART_PASSWORD, CURLU_URLDECODE);
    curl_url_set(url, CURLUPART_USER, NULL, 0);
    curl_url_set(url, CURLUPART_PASSWORD, NULL, 0);
    curl_url_set(url, CURLUPART_QUERY, NULL, 0);
    curl_url_set(url, CURLUPART_PATH, mem_format(ctx->mem, "/%s", our_name), 0);

    struct smtp *smtp = mem_new(ctx->mem, struct smtp);
    smtp->curl = curl_easy_init();
    if (smtp->curl == NULL)
        return ctx_fail(ctx, ERR_FAULT, "libcurl cannot start");
    mem_at_end(ctx->mem, close_line, smtp->curl);
    set_line(smtp, url, tls);
    if (user[0] != '\0') {
        curl_easy_setopt(smtp->curl, CURLOPT_USERNAME, user);
        curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, password);
    }
    *out = smtp;
    return OK;
}

/* ---- a message ---- */

/* What keeps us from the server; NULL: it is the server that said no, or nothing more. */
static const char *trouble(CURLcode result)
{
    switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
        return "no answer in time";
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
        return "line cannot be encrypted";
    case CURLE_PEER_FAILED_VERIFICATION:
        return "certificate not trusted";
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return "no connection";
    default:
        return NULL;
    }
}

/* What went wrong, in words for the outbox and the log. */
static const char *reason(struct ctx *ctx, const struct smtp *smtp, CURLcode result)
{
    static const char *const refused[] = {
        [STAGE_LINE] = "greeting",
        [STAGE_SENDER] = "sender",
        [STAGE_RECIPIENT] = "recipient",
        [STAGE_MESSAGE] = "message",
    };
    if (trouble(result) != NULL)
        return trouble(result);
    if (smtp->code == 0)
        return "connection lost";
    const char *what = result == CURLE_LOGIN_DENIED ? "user or password" : refused[smtp->stage];
    return mem_format(ctx->mem, "%s refused: %d%s%s", what, smtp->code,
                      smtp->enhanced[0] != '\0' ? " " : "", smtp->enhanced);
}

static void judge(struct ctx *ctx, const struct smtp *smtp, CURLcode result,
                  struct smtp_reply *reply)
{
    *reply = (struct smtp_reply){.outcome = SMTP_ACCEPTED, .reason = ""};
    if (result == CURLE_OK)
        return;
    bool is_about_it = smtp->stage == STAGE_RECIPIENT || smtp->stage == STAGE_MESSAGE;
    bool is_for_good = smtp->code >= 500 && smtp->code <= 599;
    reply->outcome = is_about_it && is_for_good ? SMTP_REFUSED : SMTP_NOT_NOW;
    reply->is_uncertain = smtp->is_all_given && smtp->code == 0;
    reply->reason = reason(ctx, smtp, result);
}

enum status smtp_send(struct ctx *ctx, struct smtp *smtp, const struct smtp_message *message,
                      struct smtp_reply *reply)
{
    smtp->message = message;
    smtp->given_bytes = 0;
    smtp->is_all_given = false;
    smtp->is_over = false;
    smtp->stage = STAGE_LINE;
    smtp->code = 0;
    smtp->enhanced[0] = '\0';

    struct curl_slist *to =
        curl_slist_append(NULL, mem_format(ctx->mem, "<%s>", message->to_address));
    if (to == NULL)
        return ctx_fail(ctx, ERR_FAULT, "libcurl cannot keep a recipient");
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM,
                     mem_format(ctx->mem, "<%s>", message->from_address));
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, to);
    CURLcode result = curl_easy_perform(smtp->curl);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(to);

    judge(ctx, smtp, result, reply);
    return OK;
}

/* ---- a line for others to talk on ---- */

enum status smtp_connect(struct ctx *ctx, struct smtp *smtp, struct smtp_ready *out,
                         struct smtp_reply *reply)
{
    smtp->is_pipelining = false;
    smtp->is_over = false;
    smtp->stage = STAGE_LINE;
    smtp->code = 0;
    smtp->enhanced[0] = '\0';
    curl_easy_setopt(smtp->curl, CURLOPT_CONNECT_ONLY, 1L);
    CURLcode result = curl_easy_perform(smtp->curl);
    judge(ctx, smtp, result, reply);
    out->curl = smtp->curl;
    out->is_pipelining = smtp->is_pipelining;
    if (result != CURLE_OK)
        return OK;
    if (curl_easy_getinfo(smtp->curl, CURLINFO_ACTIVESOCKET, &out->socket) != CURLE_OK)
        return ctx_fail(ctx, ERR_FAULT, "libcurl does not say which socket it opened");
    return OK;
}
