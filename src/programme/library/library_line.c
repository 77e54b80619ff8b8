/* SPDX-License-Identifier: MIT */
/* library_line.c - reads the lines, marks and links of a text as somebody wrote it. */
#include "programme/library/library_block.h"

#include "platform/base/text.h"

const char *library_line_next(struct mem *mem, const char **at)
{
    if (**at == '\0')
        return NULL;
    size_t length = strcspn(*at, "\n");
    const char *line = mem_text_part(mem, *at, length);
    *at += length + ((*at)[length] == '\n');
    return line;
}

bool library_mark_read(struct mem *mem, const char *line, struct library_mark *out)
{
    if (!text_begins(line, ":::"))
        return false;
    const char *name = line + strspn(line, ":");
    name += strspn(name, " \t");
    size_t length = strcspn(name, " \t\r");
    const char *words = name + length;
    words += strspn(words, " \t\r");
    size_t word_bytes = strlen(words);
    while (word_bytes > 0 && strchr(" \t\r", words[word_bytes - 1]) != NULL)
        word_bytes--;
    *out = (struct library_mark){mem_text_part(mem, name, length),
                                 mem_text_part(mem, words, word_bytes)};
    return true;
}

bool library_line_is_fence(const char *line)
{
    line += strspn(line, " ");
    return text_begins(line, "```") || text_begins(line, "~~~");
}

bool library_written_link_next(struct mem *mem, const char **at, struct library_written_link *out)
{
    for (const char *open; (open = strchr(*at, '[')) != NULL; *at = open + 1) {
        size_t length = strcspn(open + 1, "[]\n");
        const char *middle = open + 1 + length;
        if (middle[0] != ']' || middle[1] != '(')
            continue;
        size_t href_length = strcspn(middle + 2, " )\n");
        const char *end = middle + 2 + href_length;
        const char *close = strchr(end, ')');
        if (close == NULL)
            continue;
        *out = (struct library_written_link){mem_text_part(mem, open + 1, length),
                                             mem_text_part(mem, middle + 2, href_length),
                                             open > *at && open[-1] == '!'};
        *at = close + 1;
        return true;
    }
    return false;
}
