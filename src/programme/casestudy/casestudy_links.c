/* SPDX-License-Identifier: MIT */
/* casestudy_links.c - where the words of a case study lead that the public reads. */
#include "programme/casestudy/casestudy_internal.h"
#include "programme/library/library.h"
#include "programme/search/search.h"

static enum status read(struct ctx *ctx, const char *reference, struct links_page *out)
{
    struct casestudy study;
    struct casestudy_version version;
    TRY(casestudy_find(ctx, reference, &study));
    if (!study.is_live)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the public does not read the case study");
    TRY(casestudy_version_find(ctx, &study, study.published_version, &version));
    const struct casestudy_words *words = &version.words;
    out->title = words->title;
    out->edit_href = mem_format(ctx->mem, "/desk/case-studies/%s", reference);
    TRY(library_links_add(ctx, words->problem, &out->links));
    TRY(library_links_add(ctx, words->done, &out->links));
    TRY(library_links_add(ctx, words->result, &out->links));
    links_add_plain(ctx->mem, &out->links, words->summary);
    links_add_plain(ctx->mem, &out->links, words->cost);
    links_add_plain(ctx->mem, &out->links, words->contact);
    return OK;
}

const struct links_kind casestudy_linked = {SEARCH_CASE_STUDY, read, "/case-studies/", NULL};
