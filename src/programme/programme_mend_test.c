/* SPDX-License-Identifier: MIT */
/*
 * programme_mend_test.c - broken links of every kind of public page: editors see them until they
 * are mended or nobody reads the page, and a database of an older program has them too.
 */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/net/look_site.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory_test_help.h"
#include "programme/library/library.h"
#include "programme/library/library_test_help.h"
#include "programme/links/links.sql.h"
#include "programme/links/links_test_help.h"
#include "programme/news/news.h"
#include "programme/programme.h"
#include "programme/resource/resource_test_help.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { DAY_SECS = 86400, MINUTE_SECS = 60 };

#define BROKEN "/desk/links?state=broken"

static struct form_problems problems;

/* ---- something public of each kind, which leads somewhere ---- */

struct public
{
    const char *news, *study, *document;
    int64_t guidance;
};

static void put_guidance(struct ctx *ctx, struct public *public, const char *href)
{
    struct library_page page = {.last_number = 0};
    if (public->guidance != 0)
        CHECK(library_page_get(ctx, public->guidance, &page) == OK);
    struct library_edit edit = {public->guidance, page.last_number,
                                library_test_draft("/guidance/one", "One guide")};
    edit.draft.body = mem_format(ctx->mem, "Short words. [Go](%s)", href);
    edit.draft.steps = "[Ask](/contact)";
    CHECK(library_save(ctx, &edit, &problems, &page) == OK);
    CHECK(library_publish(ctx, page.id, page.last_number, 0, &problems) == OK);
    public->guidance = page.id;
}

static void put_news(struct ctx *ctx, struct public *public, const char *href)
{
    struct news_item item = {.version = 0};
    const struct news_words words = {"New rules", "What changes in April.", "funding",
                                     mem_format(ctx->mem, "More money. [Go](%s)", href),
                                     public->news != NULL ? "The link was wrong." : ""};
    if (public->news != NULL)
        CHECK(news_open(ctx, public->news, &item) == OK);
    struct news_place place = {public->news != NULL ? public->news : "", item.version};
    CHECK(news_write(ctx, &place, &words, &problems, &public->news) == OK);
    place = (struct news_place){public->news, item.version + 1};
    CHECK(news_publish(ctx, &place, 0, &problems) == OK);
}

static void put_study(struct ctx *ctx, struct public *public, const char *href)
{
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    draft.words.done = mem_format(ctx->mem, "We opened [two wards](%s) a month.", href);
    if (public->study == NULL) {
        public->study = casestudy_test_confirmed(ctx, &draft);
    } else {
        struct casestudy study = casestudy_test_found(ctx, public->study);
        CHECK(casestudy_edit(ctx, public->study, study.version, &draft.words, &problems) == OK);
    }
    casestudy_test_publish(ctx, public->study);
}

static void put_document(struct ctx *ctx, struct public *public, const char *href)
{
    struct resource seen;
    const char *summary = mem_format(ctx->mem, "For wards. More at %s.", href);
    if (public->document == NULL) {
        struct resource_draft draft = resource_test_draft(ctx, 1);
        draft.summary = summary;
        public->document = resource_test_publish(ctx, &draft);
        return;
    }
    CHECK(resource_open(ctx, public->document, 0, &seen) == OK);
    seen.words.summary = summary;
    CHECK(resource_describe(ctx, public->document, seen.revision, &seen.words, &problems) == OK);
}

static struct public begin(struct ctx *ctx)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    settings->check_links = true;
    ctx->settings = settings;
    directory_test_packs(ctx);
    ctx->person = help_person(ctx, "editor@nhs.example", "editor");
    ctx->role = "editor";
    return (struct public){.guidance = 0};
}

static void put_all(struct ctx *ctx, struct public *public, const char *within, const char *outside)
{
    put_guidance(ctx, public, within);
    put_news(ctx, public, within);
    put_study(ctx, public, within);
    put_document(ctx, public, outside);
}

static bool is_here(const struct sockaddr *address)
{
    return address->sa_family == AF_INET;
}

static void look_on_two_days(struct ctx *ctx)
{
    for (int i = 0; i < 2; i++) {
        ctx->now_secs += DAY_SECS + MINUTE_SECS;
        CHECK(links_outside_look(ctx, is_here) == OK);
    }
}

static void work(struct ctx *ctx)
{
    static const struct job_kind *const jobs[] = {links_job_kinds, NULL};
    enum { AT_MOST = 20 };
    bool did = true;
    for (int i = 0; i < AT_MOST && did; i++)
        CHECK(job_work_once(ctx, jobs, &did) == OK);
    CHECK(!did);
}

/* ---- what editors see ---- */

/* Whether the list of broken links leads to a page of the desk, which says what is to be mended. */
static bool shows(struct web_client *c, const char *title, const char *edit_href)
{
    struct ctx *ctx = c->ctx;
    client_get(c, BROKEN);
    CHECK_CODE(c, 200);
    bool is_listed =
        client_has(c, mem_format(ctx->mem, "href=\"%s\"", edit_href)) && client_has(c, title);
    client_get(c, edit_href);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Links to mend") == is_listed);
    return is_listed;
}

static int shown_count(struct ctx *ctx, const struct public *public)
{
    struct mem *mem = ctx->mem;
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, help_person(ctx, "other@nhs.example", "editor"));
    return shows(c, "One guide", mem_format(mem, "/desk/library/%" PRId64, public->guidance)) +
           shows(c, "New rules", mem_format(mem, "/desk/news/%s", public->news)) +
           shows(c, "Ward visits", mem_format(mem, "/desk/case-studies/%s", public->study)) +
           shows(c, "Work experience in a week",
                 mem_format(mem, "/desk/resources/%s", public->document));
}

TEST(a_broken_link_of_any_kind_of_page_is_shown_to_editors_until_it_is_mended)
{
    struct public public = begin(ctx);
    struct look_site *site = look_site_open(ctx);
    const char *gone = look_site_url(site, ctx->mem, "/gone");
    put_all(ctx, &public, "/news/never-was", gone);
    CHECK_TEXT(links_test_stands(ctx, "/news/never-was"), "new: ");
    CHECK(links_test_uses(ctx, "/news/never-was") == 3);
    look_on_two_days(ctx);
    work(ctx);
    CHECK_TEXT(links_test_stands(ctx, "/news/never-was"), "broken: ");
    CHECK_TEXT(links_test_stands(ctx, gone), "broken: The page is gone (404)");
    CHECK(shown_count(ctx, &public) == 4);
    put_all(ctx, &public, "/news", look_site_url(site, ctx->mem, "/fine"));
    CHECK(links_test_uses(ctx, "/news/never-was") == 0 && links_test_uses(ctx, gone) == 0);
    CHECK(shown_count(ctx, &public) == 0);
    ctx->now_secs += MINUTE_SECS; /* the next round of who looks at what is new */
    work(ctx);
    CHECK_TEXT(links_test_stands(ctx, "/news"), "ok: ");
}

TEST(what_nobody_reads_any_more_holds_no_links_until_it_comes_back)
{
    struct public public = begin(ctx);
    put_all(ctx, &public, "/a", "https://example.org/b");
    CHECK(library_take_down(ctx, public.guidance) == OK);
    CHECK(news_withdraw(ctx, public.news, "It was wrong.") == OK);
    CHECK(casestudy_withdraw(ctx, public.study, CASESTUDY_BY_EDITOR, "It was wrong.") == OK);
    CHECK(resource_withdraw(ctx, public.document, "It was wrong.") == OK);
    CHECK(links_test_uses(ctx, "/a") == 0);
    CHECK(links_test_uses(ctx, "https://example.org/b") == 0);
    CHECK(links_check(ctx) == OK); /* nor does the check of the night bring them back */
    CHECK(links_test_uses(ctx, "/a") == 0);
    CHECK(resource_restore(ctx, public.document) == OK);
    CHECK(links_test_uses(ctx, "https://example.org/b") == 1);
}

TEST(a_link_to_something_that_was_withdrawn_is_broken)
{
    struct public public = begin(ctx), other = {.guidance = 0};
    put_all(ctx, &public, "/contact", "https://example.org/");
    const char *to_news = mem_format(ctx->mem, "/news/%s", public.news);
    const char *to_study = mem_format(ctx->mem, "/case-studies/%s#top", public.study);
    const char *to_document = mem_format(ctx->mem, "/resources/%s", public.document);
    put_guidance(ctx, &public, to_news);
    put_news(ctx, &other, to_study);
    put_study(ctx, &other, to_document);
    CHECK(links_check(ctx) == OK);
    CHECK_TEXT(links_test_stands(ctx, to_news), "ok: ");
    CHECK_TEXT(links_test_stands(ctx, to_study), "ok: ");
    CHECK_TEXT(links_test_stands(ctx, to_document), "ok: ");
    CHECK(news_withdraw(ctx, public.news, "It was wrong.") == OK);
    CHECK(casestudy_withdraw(ctx, public.study, CASESTUDY_BY_EDITOR, "It was wrong.") == OK);
    CHECK(resource_withdraw(ctx, public.document, "It was wrong.") == OK);
    CHECK(links_check(ctx) == OK);
    CHECK_TEXT(links_test_stands(ctx, to_news), "broken: ");
    CHECK_TEXT(links_test_stands(ctx, to_study), "broken: ");
    CHECK_TEXT(links_test_stands(ctx, to_document), "broken: ");
}

/* ---- older databases ---- */

static void run(struct ctx *ctx, const char *text)
{
    const struct store_piece piece = {-1, text};
    const struct store_query query = {.name = "test_run",
                                      .place = "here",
                                      .kind = STORE_CHANGES,
                                      .pieces = mem_copy(ctx->mem, &piece, sizeof piece),
                                      .piece_count = 1,
                                      .scans = ""};
    int64_t changes;
    CHECK(store_run(ctx, mem_copy(ctx->mem, &query, sizeof query), NULL, NULL, NULL, NULL,
                    &changes) == OK);
}

/* As an older program left it, which knew links of guidance alone. */
static void make_older(struct ctx *ctx, int64_t page_id)
{
    static const char *const first[] = {
        "drop table links_held",
        "drop table links_page",
        "drop table links_outside",
        "delete from store_schema where capability = 'links'",
        "create table library_link (page_id bigint not null, href text not null, "
        "state text not null, looked_at bigint not null, primary key (page_id, href))",
        "create table library_outside (href text not null primary key, host text not null, "
        "next_at bigint not null, asked_at bigint not null, looked_at bigint not null, "
        "state text not null, detail text not null, moved_to text not null, "
        "failed_on text not null, failed_days bigint not null)",
        "insert into library_outside values ('https://example.org/old', 'example.org', 9, 8, 7, "
        "'broken', 'The page is gone (404)', '', '2026-01-01', 3)"};
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++)
        run(ctx, first[i]);
    run(ctx, mem_format(ctx->mem,
                        "insert into library_link values (%" PRId64
                        ", 'https://example.org/old', 'broken', 7)",
                        page_id));
}

TEST(an_older_database_keeps_what_it_knew_and_learns_the_links_of_what_is_public)
{
    int applied = 0;
    struct links_outside_row_row outside;
    struct public public = begin(ctx);
    put_all(ctx, &public, "https://example.org/old", "https://example.org/document");
    make_older(ctx, public.guidance);
    CHECK(store_migrate(ctx, programme_migrations, programme_migration_count, &applied) == OK);
    CHECK(applied == 1);
    CHECK(links_test_uses(ctx, "https://example.org/old") == 1);
    CHECK_TEXT(links_test_stands(ctx, "https://example.org/old"), "broken: The page is gone (404)");
    CHECK(links_outside_row(ctx, "https://example.org/old", &outside) == OK);
    CHECK(outside.failed_days == 3 && outside.looked_at == 7);
    struct settings settings = settings_built_in(ctx->mem);
    ctx->settings = &settings; /* nobody is called */
    work(ctx);
    CHECK(links_test_uses(ctx, "https://example.org/old") == 3);
    CHECK(links_test_uses(ctx, "https://example.org/document") == 1);
    CHECK_TEXT(links_test_stands(ctx, "https://example.org/old"), "broken: The page is gone (404)");
}

/* ---- failures ---- */

/* Fails each store call in turn: news and its links come out together, or neither does. */
TEST(news_whose_links_cannot_be_kept_does_not_come_out)
{
    enum { CALLS_MOST = 200 };
    struct news_item item;
    const char *slug;
    begin(ctx);
    const struct news_words words = {"New rules", "What changes in April.", "funding",
                                     "More. [Go](/a) [Go](https://example.org/b)", ""};
    CHECK(news_write(ctx, &(const struct news_place){"", 0}, &words, &problems, &slug) == OK);
    for (int nth = 1; nth < CALLS_MOST; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = news_publish(ctx, &(const struct news_place){slug, 1}, 0, &problems);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(news_open(ctx, slug, &item) == OK);
        bool is_out = item.state == NEWS_PUBLISHED;
        CHECK(is_out == (status == OK));
        CHECK(links_test_uses(ctx, "/a") == is_out);
        CHECK(links_test_uses(ctx, "https://example.org/b") == is_out);
        if (status == OK)
            return;
    }
    fail_msg("it never came out");
}
