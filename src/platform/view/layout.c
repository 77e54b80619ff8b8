/* SPDX-License-Identifier: MIT */
/*
 * layout.c - the layout's links as those of the components.
 */
#include "platform/view/layout.h"

#include "platform/view/components.h"
#include "platform/view/layout_links.h"

const struct header_link *layout_navigation(struct mem *mem, const struct layout *p)
{
    struct header_link *items = mem_array(mem, struct header_link, p->navigation_count);
    for (size_t i = 0; i < p->navigation_count; i++)
        items[i] = (struct header_link){.text = p->navigation[i].text,
                                        .href = p->navigation[i].href,
                                        .active = p->navigation[i].is_current};
    return items;
}

const struct breadcrumb_item *layout_crumbs(struct mem *mem, const struct layout *p)
{
    struct breadcrumb_item *items = mem_array(mem, struct breadcrumb_item, p->crumb_count);
    for (size_t i = 0; i < p->crumb_count; i++)
        items[i] = (struct breadcrumb_item){.text = p->crumbs[i].text, .href = p->crumbs[i].href};
    return items;
}

const struct footer_link *layout_footer(struct mem *mem, const struct layout *p)
{
    struct footer_link *items = mem_array(mem, struct footer_link, p->footer_count);
    for (size_t i = 0; i < p->footer_count; i++)
        items[i] = (struct footer_link){.text = p->footer[i].text, .href = p->footer[i].href};
    return items;
}

/* Within JSON these three stand in texts only, where their number means the same. */
void layout_linked_data(struct view *out, const char *json)
{
    static const char begin[] = "<script type=\"application/ld+json\">", end[] = "</script>\n";
    view_raw(out, begin, sizeof begin - 1);
    for (const char *c = json; *c != '\0'; c++)
        if (*c == '<')
            view_raw(out, "\\u003c", 6);
        else if (*c == '>')
            view_raw(out, "\\u003e", 6);
        else if (*c == '&')
            view_raw(out, "\\u0026", 6);
        else
            view_raw(out, c, 1);
    view_raw(out, end, sizeof end - 1);
}
