/* SPDX-License-Identifier: MIT */
/* programme_links.c - every kind of page whose links are looked at. */
#include "programme/casestudy/casestudy.h"
#include "programme/library/library.h"
#include "programme/links/links.h"
#include "programme/news/news.h"
#include "programme/resource/resource.h"

const struct links_kind *const links_kinds[] = {
    &library_linked, &casestudy_linked, &news_linked, &resource_linked, NULL,
};
