/* SPDX-License-Identifier: MIT */
/*
 * page.c - how the components that frame a page read their parameters.
 */
#include "platform/view/components/page.h"

/* Two links to the same place would stand side by side: they become one. */
bool header_is_one_link(const struct header *p)
{
    if (is_given(p->service_text) && is_given(p->service_href) && !is_given(p->logo.href))
        return true;
    return is_given(p->service_href) && is_same(p->service_href, p->logo.href);
}

const char *header_logo_href(const struct header *p)
{
    return header_is_one_link(p) ? p->service_href : p->logo.href;
}

const char *header_logo_label(struct mem *mem, const struct header *p)
{
    const char *words[] = {or_else(p->logo.alt, "NHS"), p->organisation.name, p->organisation.split,
                           header_is_one_link(p) ? p->service_text : NULL, "homepage"};
    const char *label = NULL;
    if (is_given(p->logo.aria_label))
        return p->logo.aria_label;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i] != NULL)
            label = label == NULL ? words[i] : part_join(mem, label, " ", words[i]);
    return label;
}
