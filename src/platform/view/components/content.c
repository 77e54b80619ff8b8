/* SPDX-License-Identifier: MIT */
/*
 * content.c - how the components that pages show read their parameters.
 */
#include "platform/view/components/content.h"

#include <ctype.h>

enum { CAPTION_BYTES_MAX = 40 };

struct card card_around(const struct card *p, struct html content)
{
    struct card framed = *p;
    framed.description.html = content;
    return framed;
}

bool card_is_care(const struct card *p)
{
    bool has_heading = is_given(p->heading.text) || is_given(p->heading.html.trusted);
    return has_heading && (is_same(p->variant, "non-urgent") || is_same(p->variant, "urgent") ||
                           is_same(p->variant, "emergency"));
}

const struct view_attribute *code_attributes(struct mem *mem, const struct code *p)
{
    struct part_attributes list = {.mem = mem};
    part_attribute(&list, "data-i18n.copy-button", p->copy_button_text);
    part_attribute(&list, "data-i18n.copied-button", p->copied_button_text);
    part_attribute(&list, "data-i18n.copied-announcement", p->copied_announcement_text);
    part_attributes(&list, p->attributes);
    part_attribute(&list, "data-module", "nhsuk-code");
    return list.items;
}

const struct hero_content *hero_columns(struct mem *mem, const struct hero *p, size_t *count_out)
{
    struct hero_content own = {.heading = p->heading,
                               .text = p->text,
                               .html = p->html,
                               .width = or_else(p->width, "two-thirds")};
    bool has_own = is_given(p->heading.text) || is_given(p->heading.html.trusted) ||
                   is_given(p->text) || is_given(p->html.trusted);
    struct hero_content *columns = mem_array(mem, struct hero_content, p->content_count + 1);
    if (has_own)
        columns[0] = own;
    for (size_t i = 0; i < p->content_count; i++)
        columns[has_own + i] = p->content[i];
    *count_out = p->content_count + has_own;
    return columns;
}

bool summary_list_has_actions(const struct summary_list *p)
{
    for (size_t i = 0; i < p->row_count; i++)
        if (p->rows[i].action_count > 0)
            return true;
    return false;
}

/* Has the row no border of its own making, rather than by its list? */
bool summary_list_row_is_plain(const struct summary_list *p, size_t at)
{
    const struct summary_list_row *row = &p->rows[at];
    return row->border == NO && !has_class(row->classes, "nhsuk-summary-list__row--no-border") &&
           !has_class(p->classes, "nhsuk-summary-list--no-border") &&
           !has_class(p->classes, "nhsuk-summary-list--no-last-row-border") &&
           !(p->last_row_border == NO && at + 1 == p->row_count);
}

bool table_is_sortable(const struct table *p)
{
    for (size_t i = 0; i < p->head_count; i++)
        if (is_given(p->head[i].sort))
            return true;
    return false;
}

bool table_is_sorted_by_server(const struct table *p)
{
    bool is_sortable = false;
    for (size_t i = 0; i < p->head_count; i++) {
        is_sortable = is_sortable || is_given(p->head[i].sort);
        if (is_sortable && is_given(p->head[i].href))
            return true;
    }
    return false;
}

const char *table_caption_id(struct mem *mem, const struct table *p)
{
    if (p->caption.id != NULL || !p->scroll)
        return p->caption.id;
    if (is_given(p->id))
        return part_join(mem, p->id, "-caption", "");
    if (!is_given(p->caption.text))
        return NULL;
    char *slug = mem_text(mem, p->caption.text);
    size_t i = 0;
    for (; i < CAPTION_BYTES_MAX && slug[i] != '\0'; i++)
        slug[i] = slug[i] == ' ' ? '-' : (char)tolower((unsigned char)slug[i]);
    slug[i] = '\0';
    return part_join(mem, "table-", slug, "-caption");
}

struct caption table_inner_caption(const struct table *p)
{
    struct caption inner = p->caption.caption;
    if (is_same(inner.placement, "before") || is_same(inner.placement, "after"))
        inner.placement = NULL; /* a table holds nothing beside its caption */
    inner.size = or_else(inner.size, p->caption.size);
    inner.element = NULL;
    return inner;
}

const struct table_cell *table_header(const struct table *p, size_t column)
{
    static const struct table_cell none = {0};
    return column < p->head_count ? &p->head[column] : &none;
}

const char *table_align(const struct table_cell *cell, const struct table_cell *header)
{
    if (cell->align != NULL)
        return cell->align;
    if (is_same(cell->format, "string") && is_same(header->format, "numeric"))
        return "right";
    return header->align;
}

const char *tabs_item_id(struct mem *mem, const struct tabs_item *item, const char *prefix,
                         size_t at)
{
    return is_given(item->id) ? item->id : mem_format(mem, "%s-%zu", or_else(prefix, ""), at + 1);
}

const char *warning_callout_hidden(const struct warning_callout *p)
{
    const char *text = p->heading.text;
    if (!is_given(text) || strstr(text, "Important") != NULL || strstr(text, "important") != NULL)
        return NULL;
    const char *hidden = p->heading.visually_hidden_text;
    return is_given(hidden) ? hidden : "Important";
}
