/* SPDX-License-Identifier: MIT */
/*
 * casestudy_shared_web.c - how a case study looks where somebody shares its address.
 *
 *   /case-studies/:reference/picture.png
 *
 * The picture is drawn from its words also when it has a photo that may be shown: who is in the
 * photo agreed to the page, not to what other services keep and show.
 */
#include "platform/base/time.h"
#include "platform/document/picture_shared.h"
#include "programme/casestudy/casestudy_web.h"
#include "programme/directory/directory.h"

enum status casestudy_find_live(struct web_request *request, struct casestudy *out)
{
    TRY(casestudy_find(request->ctx, web_value(request, "reference"), out));
    return out->is_live ? OK
                        : ctx_fail(request->ctx, ERR_NOT_FOUND, "the case study is not public");
}

/* The name of its region; NULL when none has that code today. */
static enum status name_region(struct ctx *ctx, const struct casestudy *study, const char **out)
{
    size_t count;
    struct directory_choice *regions;
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &regions, &count));
    *out = directory_choice_name(regions, count, study->region);
    return OK;
}

static enum status picture_of(struct ctx *ctx, const struct casestudy *study,
                              struct picture_shared *out)
{
    *out = (struct picture_shared){
        .kind = "Case study", .title = study->title, .line = study->organisation};
    return name_region(ctx, study, &out->second_line);
}

enum status casestudy_shared(struct ctx *ctx, const struct casestudy *study, struct web_shared *out)
{
    struct picture_shared picture;
    struct mem *mem = ctx->mem;
    TRY(picture_of(ctx, study, &picture));
    *out = (struct web_shared){
        .path = mem_format(mem, "/case-studies/%s", study->reference),
        .picture = mem_format(mem, "/case-studies/%s/picture.png", study->reference),
        .alternative = picture_shared_words(mem, &picture)};
    return OK;
}

enum status casestudy_show_shared(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    struct picture_shared picture;
    TRY(casestudy_find_live(request, &study));
    TRY(picture_of(request->ctx, &study, &picture));
    return web_shared_picture(request, answer, &picture);
}
