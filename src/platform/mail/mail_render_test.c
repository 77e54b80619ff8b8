/* SPDX-License-Identifier: MIT */
/* mail_render_test.c - what the parts of a message promise: kept as given, written safely. */
#include "platform/mail/mail_body.h"
#include "platform/mail/mail_render.h"

#include "platform/base/test.h"

static const char base_url[] = "https://onward.example";

/* Keeps the parts and reads them back, as mail_put and the delivery do. */
static const struct mail_part *kept(struct ctx *ctx, const struct mail_part *parts)
{
    const char *packed;
    const struct mail_part *back;
    CHECK(mail_body_pack(ctx, parts, base_url, &packed) == OK);
    CHECK(mail_body_unpack(ctx, packed, &back) == OK);
    return back;
}

static const char *as_text(struct ctx *ctx, const struct mail_part *parts)
{
    struct mail_frame frame = {"Onward", base_url, "Hello", NULL};
    const char *text;
    CHECK(mail_render_text(ctx, &frame, kept(ctx, parts), &text) == OK);
    return text;
}

static const char *as_html(struct ctx *ctx, const struct mail_part *parts)
{
    struct mail_frame frame = {"Onward", base_url, "Hello", NULL};
    const char *html;
    CHECK(mail_render_html(ctx, &frame, kept(ctx, parts), &html) == OK);
    return html;
}

static enum status refused(struct ctx *ctx, const struct mail_part *parts)
{
    const char *packed;
    ctx->fault = NULL;
    return mail_body_pack(ctx, parts, base_url, &packed);
}

TEST(mail_plain_text_reads_like_a_letter)
{
    const struct mail_part parts[] = {MAIL_TEXT("Dear Ana,\nthank you."),
                                      MAIL_HEADING("What happens next"),
                                      MAIL_BULLET("we read it"),
                                      MAIL_BULLET("we write to you"),
                                      MAIL_BUTTON("See it", "/see/1"),
                                      MAIL_CODE("123456"),
                                      MAIL_END};
    CHECK_TEXT(as_text(ctx, parts), "Dear Ana,\nthank you.\n\n"
                                    "What happens next\n-----------------\n\n"
                                    "- we read it\n- we write to you\n\n"
                                    "See it:\nhttps://onward.example/see/1\n\n"
                                    "123456\n\n"
                                    "Onward\nhttps://onward.example\n");
}

TEST(mail_html_escapes_every_word_that_is_not_ours)
{
    const struct mail_part parts[] = {MAIL_TEXT("<script>alert('x')</script> & \"quoted\""),
                                      MAIL_HEADING("<b>"),
                                      MAIL_BULLET("<i>"),
                                      MAIL_CODE("<u>"),
                                      MAIL_BUTTON("<s>", "https://a.example/?a=1&b='2'"),
                                      MAIL_END};
    const char *html = as_html(ctx, parts);
    const char *const never[] = {"<script", "<b>", "<i>", "<u>", "<s>", "&b='", NULL};
    for (int i = 0; never[i] != NULL; i++)
        CHECK(strstr(html, never[i]) == NULL);
    CHECK(strstr(html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;"));
    CHECK(strstr(html, "href=\"https://a.example/?a=1&amp;b=&#39;2&#39;\""));
}

TEST(neighbouring_bullets_make_one_list_in_html)
{
    const struct mail_part parts[] = {MAIL_BULLET("one"), MAIL_BULLET("two"), MAIL_TEXT("between"),
                                      MAIL_BULLET("three"), MAIL_END};
    const char *html = as_html(ctx, parts);
    int lists = 0, ends = 0;
    for (const char *at = html; (at = strstr(at, "<ul")) != NULL; at++)
        lists++;
    for (const char *at = html; (at = strstr(at, "</ul>")) != NULL; at++)
        ends++;
    CHECK(lists == 2 && ends == 2);
}

TEST(mail_html_loads_nothing_and_has_no_table)
{
    const struct mail_part parts[] = {MAIL_TEXT("words"), MAIL_BUTTON("Go", "/go"), MAIL_END};
    const char *html = as_html(ctx, parts);
    const char *const never[] = {"<table", "<img", "<link", "<style", "src=", "url(", NULL};
    for (int i = 0; never[i] != NULL; i++)
        CHECK(strstr(html, never[i]) == NULL);
    CHECK(strstr(html, "<html lang=\"en-GB\">"));
}

TEST(mail_names_in_any_script_survive_keeping_and_writing)
{
    const struct mail_part parts[] = {MAIL_TEXT("Zoë Łukaszewicz, 李小龍, محمد, Ὀδυσσεύς, ஸ்ரீ, "
                                                "👩🏽‍⚕️"),
                                      MAIL_END};
    CHECK(strstr(as_html(ctx, parts), "Zoë Łukaszewicz, 李小龍, محمد, Ὀδυσσεύς, ஸ்ரீ, "
                                      "👩🏽‍⚕️"));
    CHECK(strstr(as_text(ctx, parts), "李小龍"));
}

TEST(a_link_in_mail_is_http_or_a_path_of_ours)
{
    const char *const bad[] = {"javascript:alert(1)",
                               "//evil.example",
                               "mailto:a@b.example",
                               "data:text/html,x",
                               "",
                               "evil.example",
                               "/a b",
                               "/a\r\nBcc: x",
                               "/a\"b",
                               "https://a.example/<b>",
                               "/é",
                               "HTTP://a.example",
                               NULL};
    for (int i = 0; bad[i] != NULL; i++) {
        const struct mail_part parts[] = {MAIL_BUTTON("Go", bad[i]), MAIL_END};
        CHECK(refused(ctx, parts) == ERR_INVALID);
    }
    const struct mail_part fine[] = {MAIL_BUTTON("Go", "http://a.example/x?y=1#z"), MAIL_END};
    CHECK(refused(ctx, fine) == OK);
}

TEST(a_mail_that_says_nothing_or_too_much_is_refused)
{
    const struct mail_part none[] = {MAIL_END};
    const struct mail_part empty[] = {MAIL_TEXT(" \n "), MAIL_END};
    const struct mail_part null[] = {MAIL_TEXT(NULL), MAIL_END};
    const struct mail_part no_link[] = {MAIL_BUTTON("Go", NULL), MAIL_END};
    const struct mail_part not_utf8[] = {MAIL_TEXT("a\xff"), MAIL_END};
    CHECK(refused(ctx, NULL) == ERR_INVALID);
    CHECK(refused(ctx, none) == ERR_INVALID);
    CHECK(refused(ctx, empty) == ERR_INVALID);
    CHECK(refused(ctx, null) == ERR_INVALID);
    CHECK(refused(ctx, no_link) == ERR_INVALID);
    CHECK(refused(ctx, not_utf8) == ERR_INVALID);

    char *long_text = mem_bytes(ctx->mem, MAIL_TEXT_CHARS_MAX + 2);
    memset(long_text, 'a', MAIL_TEXT_CHARS_MAX + 1);
    const struct mail_part too_long[] = {MAIL_TEXT(long_text), MAIL_END};
    CHECK(refused(ctx, too_long) == ERR_INVALID);
    long_text[MAIL_TEXT_CHARS_MAX] = '\0';
    CHECK(refused(ctx, too_long) == OK);

    struct mail_part *many = mem_array(ctx->mem, struct mail_part, MAIL_PARTS_MAX + 2);
    for (int i = 0; i < MAIL_PARTS_MAX + 1; i++)
        many[i] = (struct mail_part)MAIL_TEXT("a");
    CHECK(refused(ctx, many) == ERR_INVALID);
    many[MAIL_PARTS_MAX] = (struct mail_part)MAIL_END;
    CHECK(refused(ctx, many) == OK);
}

TEST(kept_parts_that_are_not_ours_are_a_fault_and_no_crash)
{
    const char *const bad[] = {
        "",          "{",      "{}", "[1]", "[[]]", "[[\"text\"]]", "[[\"x\",\"y\",\"\"]]",
        "[[1,2,3]]", "[null]", NULL};
    for (int i = 0; bad[i] != NULL; i++) {
        const struct mail_part *parts = NULL;
        ctx->fault = NULL;
        enum status status = mail_body_unpack(ctx, bad[i], &parts);
        CHECK(status == ERR_FAULT || (status == OK && parts[0].kind == MAIL_PARTS_END));
    }
}
