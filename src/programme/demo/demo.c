/* SPDX-License-Identifier: MIT */
/*
 * demo.c - fills the store: people, organisations, then pledges in portions of one transaction.
 *
 * A portion that is retried starts again from the same place of the seed, so what is made does not
 * depend on what else the machine did.
 */
#include "programme/demo/demo.h"

#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/demo/demo_internal.h"
#include "programme/links/links.h"

enum { PORTION = 250, INVENTED_PERCENT = 25, ROLES_BEGAN_DAYS = 7 };

enum status demo_is_here(struct ctx *ctx, bool *out)
{
    struct access_person person;
    enum status status = access_person_find(ctx, demo_people[0].email, &person);
    *out = status == OK;
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    return status;
}

struct filling {
    const struct demo_options *options;
    struct random_seeded random;
    struct framework framework;
    struct demo_scene scene;
    struct demo_employers real;
    int64_t real_count; /* pledges of real organisations; the others follow them */
    const char *last;   /* code of the last invented one that has its pledge     */
    int64_t done;
};

static enum status open_scene(struct ctx *ctx, struct filling *f)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(framework_on(ctx, PROGRAMME_FRAMEWORK, today, &f->framework));
    const struct framework_wording *wording = framework_wording_on(&f->framework, today);
    if (wording == NULL)
        return ctx_fail(ctx, ERR_CONFLICT, "no wording of the pledge is in force today");
    f->scene.framework = &f->framework;
    TRY(time_day_start(wording->valid_from, &f->scene.opens_at));
    if (f->scene.opens_at + TIME_DAY_SECS >= ctx->now_secs)
        return ctx_fail(ctx, ERR_CONFLICT, "the wording of the pledge is not a day old yet");
    return OK;
}

/* ---- pledges ---- */

/* Some pledges of one transaction, and where the next begin. */
struct portion {
    const struct filling *from;
    struct random_seeded random;
    const char *last;
    int64_t count;
};

static enum status choose_employers(struct ctx *ctx, struct portion *portion,
                                    struct demo_employers *out)
{
    const struct filling *f = portion->from;
    int64_t wanted = f->options->pledge_count - f->done, real = f->real_count - f->done;
    portion->count = wanted < PORTION ? wanted : PORTION;
    if (real > 0) {
        portion->count = portion->count < real ? portion->count : real;
        *out = (struct demo_employers){f->real.items + f->done, (size_t)portion->count};
        return OK;
    }
    TRY(demo_employers_invented(ctx, f->last, portion->count, out));
    if ((int64_t)out->count < portion->count)
        return ctx_fail(ctx, ERR_FAULT, "there are not enough organisations for the demonstration");
    portion->last = out->items[out->count - 1].code;
    return OK;
}

static enum status fill_portion(struct ctx *ctx, void *arg)
{
    struct portion *portion = arg;
    const struct filling *f = portion->from;
    struct demo_scene scene = f->scene;
    struct demo_employers employers;
    portion->random = f->random;
    portion->last = f->last;
    scene.random = &portion->random;
    TRY(choose_employers(ctx, portion, &employers));
    for (size_t i = 0; i < employers.count; i++)
        TRY(demo_pledge(ctx, &scene, f->done + (int64_t)i, &employers.items[i]));
    return OK;
}

static enum status fill_pledges(struct ctx *ctx, struct filling *f)
{
    struct mem *whole = ctx->mem;
    f->last = "";
    while (f->done < f->options->pledge_count) {
        struct portion portion = {.from = f};
        ctx->mem = mem_child(whole);
        enum status status = store_transact(ctx, "demo_fill", fill_portion, &portion);
        f->last = mem_text(whole, portion.last);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
        f->random = portion.random;
        f->done += portion.count;
        if (f->options->progress != NULL)
            f->options->progress(f->options->arg, (int)(100 * f->done / f->options->pledge_count));
    }
    return OK;
}

/* Their roles began some days ago: some of what they did here happened yesterday, whenever after
 * midnight the demonstration is made. */
static enum status add_people(struct ctx *ctx, struct filling *f, struct demo_made *out)
{
    struct ctx then = *ctx;
    then.now_secs -= ROLES_BEGAN_DAYS * TIME_DAY_SECS;
    then.id_last = 0; /* ids tell when something was made */
    enum status status = demo_people_add(&then, &f->scene.lead, &out->person_count);
    ctx->fault = then.fault;
    return status;
}

enum status demo_fill(struct ctx *ctx, const struct demo_options *options, struct demo_made *out)
{
    struct filling f = {.options = options, .random = random_seeded(options->seed)};
    int64_t count = options->pledge_count;
    *out = (struct demo_made){.pledge_count = count};
    if (count < 1 || count > DEMO_PLEDGES_MOST)
        return ctx_fail(ctx, ERR_INVALID, "the number of pledges is not from 1 to %d",
                        DEMO_PLEDGES_MOST);
    TRY(open_scene(ctx, &f));
    TRY(add_people(ctx, &f, out));
    TRY(demo_employers_real(ctx, &f.random, &f.real));
    if (f.real.count == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "the packs hold no organisation that is open");
    const struct demo_employer *trust = demo_trust(&f.real);
    if (trust != NULL)
        TRY(demo_members_add(ctx, trust, &out->person_count));
    out->invented_count = count * INVENTED_PERCENT / 100;
    if (count - out->invented_count > (int64_t)f.real.count)
        out->invented_count = count - (int64_t)f.real.count;
    f.real_count = count - out->invented_count;
    TRY(demo_concerns(ctx, &f.real.items[0]));
    TRY(demo_individuals(ctx, &f.real.items[0]));
    TRY(demo_case_studies(ctx, &f.scene, &f.real));
    if (out->invented_count > 0)
        TRY(demo_employers_invent(ctx, out->invented_count, &f.real));
    TRY(fill_pledges(ctx, &f));
    TRY(demo_papers(ctx, &f.scene,
                    (size_t)f.real_count < f.real.count ? &f.real.items[f.real_count] : NULL));
    TRY(demo_plans(ctx));
    TRY(demo_events(ctx, &f.real.items[0]));
    TRY(demo_campaign(ctx));
    TRY(demo_library(ctx));
    TRY(demo_resources(ctx, f.scene.lead));
    TRY(demo_news(ctx, f.scene.lead));
    TRY(links_check(ctx));
    TRY(demo_leads(ctx, trust));
    TRY(demo_newsletter(ctx));
    TRY(demo_register(ctx));
    TRY(demo_parties(ctx, &f.scene, &f.real));
    TRY(demo_search(ctx));
    return demo_log(ctx);
}
