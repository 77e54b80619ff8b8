/* SPDX-License-Identifier: MIT */
/*
 * fuzz_markdown.c - Markdown by strangers.
 *
 * Whatever they write: it is refused or becomes markup of our own tags only, each attribute in
 * its quotation marks, and no address of another kind than those allowed.
 */
#include "platform/document/markdown.h"

#include <assert.h>
#include <string.h>
#include <unistr.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static void check_tag(const char *tag)
{
    static const char *const names[] = {"p",     "h2",    "h3",  "h4",   "h5",     "h6",
                                        "ul",    "ol",    "li",  "em",   "a",      "table",
                                        "thead", "tbody", "tr",  "th",   "td",     "hr",
                                        "br",    "img",   "pre", "code", "strong", "blockquote"};
    const char *name = tag + 1 + (tag[1] == '/');
    size_t length = strcspn(name, " >");
    bool is_ours = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        is_ours = is_ours || (strlen(names[i]) == length && begins(name, names[i]));
    assert(is_ours);
}

static void check_address(const char *url)
{
    size_t length = strcspn(url, ":/?#\"&");
    bool is_relative = url[length] != ':';
    assert(is_relative || begins(url, "#") || strncasecmp(url, "http:", 5) == 0 ||
           strncasecmp(url, "https:", 6) == 0 || strncasecmp(url, "mailto:", 7) == 0);
}

static void check_markup(const char *html)
{
    for (const char *c = html; *c != '\0';) {
        assert(*c != '>');
        if (*c++ != '<')
            continue;
        check_tag(c - 1);
        while (*c != '>') {
            assert(*c != '\0' && *c != '<');
            if (begins(c, " href=\""))
                check_address(c + 7);
            if (*c++ != '"')
                continue;
            while (*c != '"') {
                assert(*c != '\0' && *c != '<' && *c != '>');
                c++;
            }
            c++;
        }
        c++;
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct ctx ctx = {.mem = mem_root()};
    const char *text = mem_text_part(ctx.mem, (const char *)data, size);
    struct markdown_options options = {.is_ours = size % 2 == 0};
    struct html html;
    const char *plain;
    enum status status = markdown_html(&ctx, text, &options, &html);
    assert(status == OK || status == ERR_INVALID);
    if (status == OK && html.trusted != NULL) {
        assert(u8_check((const uint8_t *)html.trusted, strlen(html.trusted)) == NULL);
        check_markup(html.trusted);
    }
    status = markdown_plain(&ctx, text, &plain);
    assert(status == OK || status == ERR_INVALID);
    mem_end(ctx.mem);
    return 0;
}
