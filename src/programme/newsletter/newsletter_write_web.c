/* SPDX-License-Identifier: MIT */
/*
 * newsletter_write_web.c - writing an issue.
 *
 *   /desk/newsletter/new                          begins one
 *   /desk/newsletter/:issue/edit                  subject, and to whom
 *   /desk/newsletter/:issue/words .../published   adds blocks
 *   POST .../blocks/:nth/up .../remove
 *
 * A page holds the version that it shows; a change of another one is refused, so that nobody
 * overwrites what somebody else wrote meanwhile.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/newsletter/newsletter_desk_web.h"
#include "programme/newsletter/newsletter_page.html.h"

#include <string.h>

enum { PUBLISHED_DAYS = 90 };

/* ---- what all share ---- */

const char *newsletter_base_of(struct web_request *request)
{
    return mem_format(request->ctx->mem, "/desk/newsletter/%s", web_value(request, "issue"));
}

enum status newsletter_open_issue(struct web_request *request, struct newsletter_issue **out)
{
    *out = mem_new(request->ctx->mem, struct newsletter_issue);
    return newsletter_issue_open(request->ctx, web_value(request, "issue"), *out);
}

int64_t newsletter_version_of(struct web_request *request, const struct newsletter_issue *issue)
{
    int64_t version;
    const char *typed = answers_get(request->sent, "version");
    typed = typed[0] != '\0' ? typed : web_query(request, "version");
    if (typed[0] == '\0')
        return issue->version;
    return text_number(typed, 1, INT64_MAX, &version) == OK ? version : 0;
}

enum status newsletter_back_to(struct web_request *request, struct web_answer *answer,
                               enum status status)
{
    if (status == ERR_CONFLICT)
        return web_sorry(
            request, answer, 409, "This has changed",
            "Somebody else changed this newsletter, or it is on its way. Go back, look "
            "at it again, and repeat what you want to do.");
    TRY(status);
    return web_see_other(answer, newsletter_base_of(request));
}

void newsletter_set_page(struct web_answer *answer, const char *title)
{
    answer->page = (struct web_page){
        .title = title,
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Newsletter", "/desk/newsletter"}}};
}

/* ---- the head ---- */

static const struct form_field head_fields[] = {
    FORM_TEXT(newsletter_head, subject, .label = "Subject", .missing = "Enter a subject",
              .length_most = NEWSLETTER_SUBJECT_CHARS,
              .hint = "What is in it, in a few words. At most 60 characters fit on a phone."),
    FORM_TEXT(newsletter_head, preview, .is_optional = true, .label = "Preview line",
              .length_most = NEWSLETTER_PREVIEW_CHARS,
              .hint = "Mail programs show it beside the subject."),
    FORM_SEVERAL_OF(newsletter_head, topics, .options = newsletter_topic_options,
                    .is_optional = true, .label = "Topics",
                    .hint = "Who chose one of them gets it. Choose none to send it to everybody."),
    FORM_ONE_OF(newsletter_head, region, .options_from = newsletter_region_options,
                .is_select = true, .is_optional = true, .label = "Region",
                .hint = "Leave it empty to send it to all of England."),
    FORM_END};

/* version: that the page shows, which goes with what is typed; 0: a new issue. */
static enum status ask_head(struct web_request *request, struct web_answer *answer,
                            const struct form_shown *shown, int64_t version)
{
    const char *action = version == 0 ? request->path
                                      : mem_format(request->ctx->mem, "%s?version=%lld",
                                                   request->path, (long long)version);
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){.title = "The subject, and to whom it goes",
                                                 .action = action,
                                                 .button = "Save",
                                                 .back_href = "/desk/newsletter",
                                                 .shown = *shown});
}

static enum status read_head(struct web_request *request, struct web_answer *answer,
                             struct newsletter_head *head, int64_t version, bool *is_done)
{
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, head_fields, request->sent, head, &problems);
    *is_done = status == ERR_INVALID;
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID)
        return ask_head(request, answer,
                        &(const struct form_shown){
                            .fields = head_fields, .answers = request->sent, .problems = &problems},
                        version);
    return status;
}

static enum status ask_new(struct web_request *request, struct web_answer *answer)
{
    return ask_head(request, answer, &(const struct form_shown){.fields = head_fields}, 0);
}

static enum status make_new(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    const char *reference;
    struct newsletter_head head = {"", "", {NULL, 0}, ""};
    enum status status = read_head(request, answer, &head, 0, &is_done);
    if (is_done)
        return status;
    TRY(status);
    TRY(newsletter_issue_make(request->ctx, &head, &reference));
    return web_see_other(answer, mem_format(request->ctx->mem, "/desk/newsletter/%s", reference));
}

static enum status edit_head(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    struct form_answers now = {.count = 0};
    struct mem *mem = request->ctx->mem;
    TRY(newsletter_open_issue(request, &issue));
    answers_add(mem, &now, "subject", issue->subject);
    answers_add(mem, &now, "preview", issue->preview);
    answers_add(mem, &now, "region", issue->region);
    newsletter_topics_add(mem, &now, issue->topics);
    return ask_head(request, answer,
                    &(const struct form_shown){.fields = head_fields, .answers = &now},
                    issue->version);
}

static enum status change_head(struct web_request *request, struct web_answer *answer)
{
    bool is_done;
    struct newsletter_issue *issue;
    struct newsletter_head head = {"", "", {NULL, 0}, ""};
    TRY(newsletter_open_issue(request, &issue));
    int64_t version = newsletter_version_of(request, issue);
    enum status status = read_head(request, answer, &head, version, &is_done);
    if (is_done)
        return status;
    TRY(status);
    status = newsletter_issue_head(request->ctx, issue->reference, version, &head);
    return newsletter_back_to(request, answer, status);
}

/* ---- blocks ---- */

struct words_form {
    const char *words;
};

static const struct form_field words_fields[] = {
    FORM_LONG_TEXT(words_form, words, .label = "Words", .rows = 14,
                   .length_most = NEWSLETTER_WORDS_CHARS, .missing = "Write something"),
    FORM_END};

static enum status show_words(struct web_request *request, struct web_answer *answer,
                              const struct form_problems *problems)
{
    struct view top = {.mem = request->ctx->mem};
    newsletter_words_intro(&top);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Add words of your own",
            .action = request->path,
            .button = "Add",
            .back_href = newsletter_base_of(request),
            .intro = view_html(&top),
            .shown = {.fields = words_fields, .answers = request->sent, .problems = problems}});
}

static enum status ask_words(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    TRY(newsletter_open_issue(request, &issue));
    return show_words(request, answer, NULL);
}

/* Saves the blocks of the issue as they stand in it now. */
static enum status save_blocks(struct web_request *request, struct web_answer *answer,
                               const struct newsletter_issue *issue)
{
    return newsletter_back_to(request, answer,
                              newsletter_issue_blocks(request->ctx, issue->reference,
                                                      newsletter_version_of(request, issue),
                                                      issue->blocks, issue->block_count));
}

static enum status too_many(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 422, "There is no room for more",
                     "An issue has at most 40 parts. Remove one first.");
}

static enum status add_words(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    struct words_form form = {""};
    struct form_problems problems = {.count = 0};
    TRY(newsletter_open_issue(request, &issue));
    enum status status = form_read(request->ctx, words_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID)
        return show_words(request, answer, &problems);
    TRY(status);
    if (issue->block_count == NEWSLETTER_BLOCKS_MAX)
        return too_many(request, answer);
    issue->blocks[issue->block_count++] =
        (struct newsletter_block){.title = "", .text = form.words, .href = ""};
    return save_blocks(request, answer, issue);
}

static enum status published(struct web_request *request, struct newsletter_block **out,
                             size_t *count)
{
    const char *from_on;
    struct ctx *ctx = request->ctx;
    TRY(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                     (struct time_step){.days = -PUBLISHED_DAYS}, &from_on));
    return newsletter_published(ctx, from_on, out, count);
}

static enum status ask_published(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    struct newsletter_block *blocks;
    struct newsletter_choose_page page = {.action = request->path,
                                          .form_token = web_token(request)};
    TRY(newsletter_open_issue(request, &issue));
    TRY(published(request, &blocks, &page.count));
    page.version = issue->version;
    page.lines = mem_array(request->ctx->mem, struct newsletter_choose_line, page.count);
    for (size_t i = 0; i < page.count; i++)
        page.lines[i] =
            (struct newsletter_choose_line){blocks[i].href, blocks[i].title, blocks[i].text};
    newsletter_set_page(answer, "Add what was published");
    newsletter_choose_show(&answer->body, &page);
    return OK;
}

static bool is_chosen(const struct form_answers *sent, const char *href)
{
    for (size_t i = 0; i < sent->count; i++)
        if (strcmp(sent->items[i].name, "item") == 0 && strcmp(sent->items[i].value, href) == 0)
            return true;
    return false;
}

static enum status add_published(struct web_request *request, struct web_answer *answer)
{
    size_t count;
    struct newsletter_issue *issue;
    struct newsletter_block *blocks;
    TRY(newsletter_open_issue(request, &issue));
    TRY(published(request, &blocks, &count));
    for (size_t i = 0; i < count; i++) {
        if (!is_chosen(request->sent, blocks[i].href))
            continue;
        if (issue->block_count == NEWSLETTER_BLOCKS_MAX)
            return too_many(request, answer);
        issue->blocks[issue->block_count++] = blocks[i];
    }
    return save_blocks(request, answer, issue);
}

/* The block that the path names, from 1.  ERR_NOT_FOUND: there is none. */
static enum status open_block(struct web_request *request, struct newsletter_issue **issue,
                              size_t *nth)
{
    int64_t n;
    TRY(newsletter_open_issue(request, issue));
    if (text_number(web_value(request, "nth"), 1, (int64_t)(*issue)->block_count, &n) != OK)
        return ERR_NOT_FOUND;
    *nth = (size_t)n - 1;
    return OK;
}

static enum status move_up(struct web_request *request, struct web_answer *answer)
{
    size_t nth;
    struct newsletter_issue *issue;
    TRY(open_block(request, &issue, &nth));
    if (nth > 0) {
        struct newsletter_block above = issue->blocks[nth - 1];
        issue->blocks[nth - 1] = issue->blocks[nth];
        issue->blocks[nth] = above;
    }
    return save_blocks(request, answer, issue);
}

static enum status remove_block(struct web_request *request, struct web_answer *answer)
{
    size_t nth;
    struct newsletter_issue *issue;
    TRY(open_block(request, &issue, &nth));
    issue->block_count--;
    memmove(&issue->blocks[nth], &issue->blocks[nth + 1],
            (issue->block_count - nth) * sizeof issue->blocks[0]);
    return save_blocks(request, answer, issue);
}

#define ISSUE NEWSLETTER_ISSUE_PATH

const struct web_route newsletter_write_routes[] = {
    {"GET", "/desk/newsletter/new", MAY_SEND_NEWSLETTER, ask_new, "Asks for the head of an issue."},
    {"POST", "/desk/newsletter/new", MAY_SEND_NEWSLETTER, make_new, "Begins an issue."},
    {"GET", ISSUE "/edit", MAY_SEND_NEWSLETTER, edit_head, "Asks for another head."},
    {"POST", ISSUE "/edit", MAY_SEND_NEWSLETTER, change_head, "Another head: a new version.",
     .asks = "version"},
    {"GET", ISSUE "/words", MAY_SEND_NEWSLETTER, ask_words, "Asks for words."},
    {"POST", ISSUE "/words", MAY_SEND_NEWSLETTER, add_words, "Adds words: a new version."},
    {"GET", ISSUE "/published", MAY_SEND_NEWSLETTER, ask_published, "What was published lately."},
    {"POST", ISSUE "/published", MAY_SEND_NEWSLETTER, add_published,
     "Adds what was published: a new version."},
    {"POST", ISSUE "/blocks/:nth/up", MAY_SEND_NEWSLETTER, move_up, "Moves a part up."},
    {"POST", ISSUE "/blocks/:nth/remove", MAY_SEND_NEWSLETTER, remove_block, "Removes a part."},
    {0},
};
