/* SPDX-License-Identifier: MIT */
/*
 * newsletter_hints.c - what to mend in an issue before it goes.
 *
 * Each rule names whose it is.  Those of SpamAssassin are tests of its published rule set, which
 * many mail servers score mail by; those of WCAG are success criteria of version 2.2.
 */
#include "platform/base/text.h"
#include "programme/library/library.h"
#include "programme/newsletter/newsletter.h"

#include <ctype.h>
#include <string.h>

enum { SUBJECT_GOOD_CHARS = 60, LINK_WORDS = 6, MAIL_BYTES_GOOD = 100 * 1024, PROBLEMS_SHOWN = 20 };

struct hinting {
    struct newsletter_hint *hints;
    size_t count;
};

static void hint(struct hinting *to, bool is_must, const char *text, const char *source)
{
    if (to->count < NEWSLETTER_HINTS_MAX)
        to->hints[to->count++] = (struct newsletter_hint){is_must, text, source};
}

/* Whether all letters are capitals, and there are some. */
static bool is_shouted(const char *text)
{
    size_t capitals = 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (islower((unsigned char)*c))
            return false;
        capitals += isupper((unsigned char)*c) != 0;
    }
    return capitals >= 4;
}

static void look_at_subject(struct hinting *to, const struct newsletter_issue *issue)
{
    const char *subject = issue->subject;
    if (is_shouted(subject))
        hint(to, false, "Write the subject in small letters: capitals alone look like shouting",
             "SpamAssassin, SUBJ_ALL_CAPS");
    if (strstr(subject, "!!") != NULL || strstr(subject, "?!") != NULL || strchr(subject, '$'))
        hint(to, false, "Leave out rows of exclamation marks and money signs in the subject",
             "SpamAssassin, PLING_PLING");
    if (text_length_chars(subject) > SUBJECT_GOOD_CHARS)
        hint(to, false, "Make the subject shorter: phones show about 40 to 60 characters of it",
             "Our own rule");
    if (issue->preview[0] == '\0')
        hint(to, false,
             "Write a preview line: mail programs show it beside the subject, and else show "
             "whatever comes first",
             "Our own rule");
}

/* "[click here](" and the like: the words of a link must say where it goes. */
static bool has_empty_link(const char *markdown)
{
    static const char *const empty[] = {"click here", "here", "read more", "more", "link", "this"};
    for (const char *at = markdown; (at = strchr(at, '[')) != NULL; at++) {
        size_t length_bytes = strcspn(at + 1, "]");
        bool is_link = at[1 + length_bytes] == ']' && at[2 + length_bytes] == '(';
        for (size_t i = 0; is_link && i < sizeof empty / sizeof empty[0]; i++)
            if (strlen(empty[i]) == length_bytes &&
                strncasecmp(at + 1, empty[i], length_bytes) == 0)
                return true;
    }
    return false;
}

static enum status look_at_words(struct ctx *ctx, struct hinting *to, const char *words)
{
    struct form_problems *problems = mem_new(ctx->mem, struct form_problems);
    TRY(library_text_check(ctx, words, "blocks", problems));
    for (size_t i = 0; i < problems->count && i < PROBLEMS_SHOWN; i++)
        hint(to, true, problems->items[i].text, "Rules of all pages here");
    if (has_empty_link(words))
        hint(to, false,
             "Say in the words of each link where it goes: “here” and “read more” say nothing to "
             "who hears them alone",
             "WCAG 2.2, 2.4.4 Link Purpose");
    if (strstr(words, "http://") != NULL)
        hint(to, false, "Link to addresses that begin with https://", "NCSC, Using TLS");
    if (is_shouted(words))
        hint(to, false, "Write in small letters: capitals are hard to read",
             "NHS content style guide");
    return OK;
}

static enum status look_at_size(struct ctx *ctx, struct hinting *to,
                                const struct newsletter_issue *issue)
{
    const char *html;
    const struct newsletter_links links = {"", "", ""};
    TRY(newsletter_mail_html(ctx, issue, &links, &html));
    if (strlen(html) > MAIL_BYTES_GOOD)
        hint(to, false, "Make it shorter: above 102 KB Gmail shows only the beginning",
             "Gmail's limit for showing a message whole");
    return OK;
}

enum status newsletter_hints(struct ctx *ctx, const struct newsletter_issue *issue,
                             struct newsletter_hint *out, size_t *count_out)
{
    bool has_heading = false;
    struct hinting to = {out, 0};
    look_at_subject(&to, issue);
    if (issue->block_count == 0)
        hint(&to, true, "Put something into the issue", "An empty mail helps nobody");
    for (size_t i = 0; i < issue->block_count; i++) {
        const struct newsletter_block *block = &issue->blocks[i];
        has_heading = has_heading || block->is_item || text_begins(block->text, "#") ||
                      strstr(block->text, "\n#") != NULL;
        if (!block->is_item)
            TRY(look_at_words(ctx, &to, block->text));
    }
    if (issue->block_count > 2 && !has_heading)
        hint(&to, false, "Put headings (## Words) above its parts, so that people can skip",
             "WCAG 2.2, 2.4.6 Headings and Labels");
    bool is_broken = false;
    for (size_t i = 0; i < to.count; i++)
        is_broken = is_broken || out[i].is_must;
    if (!is_broken)
        TRY(look_at_size(ctx, &to, issue));
    *count_out = to.count;
    return OK;
}
