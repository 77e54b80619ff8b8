/* SPDX-License-Identifier: MIT */
/* news_words.c - categories, and addresses made of titles. */
#include "programme/news/news.h"

#include "platform/base/text.h"

#include <string.h>

enum { SLUG_BYTES = 60 };

const struct news_category news_categories[] = {{"programme", "The programme"},
                                                {"pledges", "Pledges"},
                                                {"people", "People"},
                                                {"funding", "Funding"},
                                                {"learning", "Learning and jobs"},
                                                {"events", "Events"},
                                                {0}};

size_t news_category_count(void)
{
    return sizeof news_categories / sizeof news_categories[0] - 1;
}

const char *news_category_label(const char *code)
{
    for (const struct news_category *c = news_categories; c->code != NULL; c++)
        if (strcmp(c->code, code) == 0)
            return c->label;
    return code;
}

/* Only letters and digits that every program takes in an address. */
static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* The plain letters of a word of length bytes, as many as there is room for. */
static size_t add_word(char *to, size_t room, const char *word, size_t length)
{
    size_t added = 0;
    for (size_t i = 0; i < length && added < room; i++)
        if (is_plain(word[i]))
            to[added++] = word[i];
    return added;
}

const char *news_slug(struct mem *mem, const char *title)
{
    const char *word = text_fold(mem, title);
    char *slug = mem_bytes(mem, SLUG_BYTES + 1);
    size_t length = 0;
    while (*word != '\0') {
        size_t bytes = strcspn(word, " ");
        if (length > 0 && length + 1 + bytes > SLUG_BYTES)
            break; /* words are not cut but for the first */
        slug[length] = '-';
        size_t from = length + (length > 0);
        size_t added = add_word(slug + from, SLUG_BYTES - from, word, bytes);
        length = added > 0 ? from + added : length;
        word += bytes + (word[bytes] == ' ');
    }
    return length > 0 ? mem_text_part(mem, slug, length) : "item";
}
