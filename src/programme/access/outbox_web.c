/* SPDX-License-Identifier: MIT */
/*
 * outbox_web.c - the emails of a demonstration, for everyone to read.
 *
 * Messages hold secrets: links that sign, codes that sign in.  In a demonstration nobody is harmed
 * by showing them and a newcomer needs them; anywhere else these pages do not exist.
 *
 * Links in mail name the address of the service as its operator set it.  Who reads this page may
 * have come by another name of the same machine, so links to ourselves are shortened to paths.
 */
#include "programme/access/outbox_web.h"

#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_page.html.h"

#include <inttypes.h>
#include <string.h>

enum { PAGE_ROWS = 25 };

/* A document of its own with styles inside, and nothing that runs, loads or posts. */
#define CSP_MESSAGE                                                                                \
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "         \
    "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox "                 \
    "allow-top-navigation-by-user-activation"

static const struct table_cell head[] = {
    {.text = "Subject"}, {.text = "To"}, {.text = "When"}, {.text = "State"}};

static const struct {
    const char *state, *text, *tag_class;
} states[] = {
    {"waiting", "Not sent", "nhsuk-tag--yellow"},
    {"sent", "Sent", "nhsuk-tag--green"},
    {"failed", "Failed", "nhsuk-tag--red"},
    {"cancelled", "Cancelled", "nhsuk-tag--grey"},
};

static void set_state(struct outbox_line *line, const char *state)
{
    line->state = state;
    line->tag_class = "";
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (strcmp(states[i].state, state) != 0)
            continue;
        line->state = states[i].text;
        line->tag_class = states[i].tag_class;
    }
}

static const char *to_text(struct mem *mem, const char *name, const char *address)
{
    if (address == NULL)
        return "no longer kept";
    if (name == NULL || name[0] == '\0')
        return address;
    return mem_format(mem, "%s, %s", name, address);
}

static const char *or_forgotten(const char *subject)
{
    return subject != NULL ? subject : "An email whose subject is no longer kept";
}

/* Noted before anything is answered: an email says who somebody is. */
static enum status note_look(struct ctx *ctx, const char *what, const char *about)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what, .thing = about});
}

/* ---- the list ---- */

static void set_page(struct web_answer *answer, const char *title)
{
    answer->page.title = title;
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
}

static enum status read_before(struct web_request *request, struct store_value *key,
                               struct store_choice *choice)
{
    int64_t before;
    const char *typed = web_query(request, "before");
    if (typed[0] == '\0')
        return OK;
    if (text_number(typed, 1, INT64_MAX, &before) != OK)
        return ERR_NOT_FOUND;
    *key = store_int(before);
    choice->keys = key;
    return OK;
}

static struct table_row row_of(struct mem *mem, const struct mail_outbox_row *mail)
{
    enum { CELLS = 4 };
    struct outbox_line line;
    struct table_cell *cells = mem_array(mem, struct table_cell, CELLS);
    set_state(&line, mail->state);
    cells[0] = (struct table_cell){.text = or_forgotten(mail->subject),
                                   .href = mem_format(mem, "/desk/outbox/%" PRId64, mail->id)};
    cells[1] = (struct table_cell){.text = to_text(mem, mail->to_name, mail->to_address)};
    cells[2] = (struct table_cell){.text = time_show(mem, mail->created_at)};
    cells[3] = (struct table_cell){.text = line.state};
    return (struct table_row){cells, CELLS};
}

enum status outbox_web_list(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct store_value key;
    struct store_choice choice = {.at_most = PAGE_ROWS + 1};
    struct mail_outbox_row *rows;
    size_t count;
    if (!ctx->settings->demonstration)
        return ERR_NOT_FOUND;
    TRY(read_before(request, &key, &choice));
    TRY(note_look(ctx, "access.mails_listed", NULL));
    TRY(mail_outbox(ctx, NULL, NULL, NULL, &choice, &rows, &count));
    struct outbox_page page = {
        .head = head, .head_count = sizeof head / sizeof head[0], .is_first = choice.keys == NULL};
    page.line_count = count > PAGE_ROWS ? PAGE_ROWS : count;
    page.rows = mem_array(ctx->mem, struct table_row, page.line_count);
    for (size_t i = 0; i < page.line_count; i++)
        page.rows[i] = row_of(ctx->mem, &rows[i]);
    if (count > PAGE_ROWS)
        page.older_before = rows[PAGE_ROWS - 1].id;
    set_page(answer, "Emails of this demonstration");
    answer->page.is_wide = true;
    outbox_list(&answer->body, &page);
    return OK;
}

/* ---- one of them ---- */

static enum status find_mail(struct web_request *request, struct mail_kept *out)
{
    int64_t id;
    if (!request->ctx->settings->demonstration)
        return ERR_NOT_FOUND;
    if (text_number(web_value(request, "id"), 1, INT64_MAX, &id) != OK)
        return ERR_NOT_FOUND;
    TRY(mail_find(request->ctx, id, out));
    return note_look(request->ctx, "access.mail_seen", out->about);
}

/* "https://here/pledges/1" as "/pledges/1"; what leads elsewhere as it is. */
static const char *shorten(const struct ctx *ctx, const char *href)
{
    const char *base_url = ctx->settings->base_url;
    if (href == NULL || !text_begins(href, base_url))
        return href;
    const char *path = href + strlen(base_url);
    return path[0] == '/' && path[1] != '/' ? path : href;
}

static enum outbox_kind kind_of(enum mail_part_kind kind)
{
    switch (kind) {
    case MAIL_PART_HEADING:
        return OUTBOX_HEADING;
    case MAIL_PART_BULLET:
        return OUTBOX_BULLET;
    case MAIL_PART_CODE:
        return OUTBOX_CODE;
    case MAIL_PART_BUTTON:
        return OUTBOX_BUTTON;
    case MAIL_PARTS_END:
    case MAIL_PART_TEXT:
        break;
    }
    return OUTBOX_TEXT;
}

static void add_parts(struct ctx *ctx, const struct mail_kept *mail,
                      struct outbox_message_page *page)
{
    const struct mail_part *part = mail->parts;
    page->parts = mem_array(ctx->mem, struct outbox_part, MAIL_PARTS_MAX);
    for (size_t i = 0; i < MAIL_PARTS_MAX && part[i].kind != MAIL_PARTS_END; i++) {
        bool is_bullet = part[i].kind == MAIL_PART_BULLET;
        page->parts[page->part_count++] = (struct outbox_part){
            .kind = kind_of(part[i].kind),
            .text = part[i].text,
            .href = shorten(ctx, part[i].href),
            .begins_list = is_bullet && (i == 0 || part[i - 1].kind != MAIL_PART_BULLET),
            .ends_list = is_bullet && part[i + 1].kind != MAIL_PART_BULLET};
    }
}

enum status outbox_web_show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct mail_kept mail;
    struct mail_shown shown;
    TRY(find_mail(request, &mail));
    struct outbox_message_page page = {
        .line = {.id = mail.id,
                 .subject = or_forgotten(mail.subject),
                 .to = to_text(ctx->mem, mail.to_name, mail.to_address),
                 .when = time_show(ctx->mem, mail.created_at)}};
    set_state(&page.line, mail.state);
    if (mail.parts != NULL) {
        TRY(mail_show(ctx, &mail, &shown));
        page.plain_text = shown.text;
        add_parts(ctx, &mail, &page);
    }
    set_page(answer, page.line.subject);
    answer->page.crumbs[1] = (struct web_crumb){"Emails", "/desk/outbox"};
    outbox_message(&answer->body, &page);
    return OK;
}

enum status outbox_web_message(struct web_request *request, struct web_answer *answer)
{
    struct mail_kept mail;
    struct mail_shown shown;
    TRY(find_mail(request, &mail));
    TRY(mail_show(request->ctx, &mail, &shown));
    answer->content_type = "text/html";
    web_header(answer, "Content-Security-Policy", CSP_MESSAGE);
    view_raw(&answer->body, shown.html, strlen(shown.html));
    return OK;
}
