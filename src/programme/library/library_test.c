/* SPDX-License-Identifier: MIT */
/* library_test.c - what pages, versions, packs and links promise. */
#include "platform/base/test.h"

#include "platform/store/store.h"
#include "programme/library/library_internal.h"
#include "programme/library/library_test_help.h"
#include "programme/library/library_web.h"
#include "programme/links/links_test_help.h"

static struct form_problems problems;

static enum status save(struct ctx *ctx, int64_t page_id, int64_t based_on,
                        const struct library_draft *draft, struct library_page *out)
{
    const struct library_edit edit = {page_id, based_on, *draft};
    ctx->fault = NULL;
    return library_save(ctx, &edit, &problems, out);
}

static struct library_page live_page(struct ctx *ctx, const char *path, const char *title)
{
    struct library_page page;
    const struct library_draft draft = library_test_draft(path, title);
    CHECK(save(ctx, 0, 0, &draft, &page) == OK);
    CHECK(library_publish(ctx, page.id, 1, 0, &problems) == OK);
    CHECK(library_page_get(ctx, page.id, &page) == OK);
    return page;
}

/* The title of what the public reads; "" for nothing, "> path" where it moved to. */
static const char *reads(struct ctx *ctx, const char *path)
{
    struct library_page page;
    struct library_version version;
    const char *moved;
    enum status status = library_find(ctx, path, &page, &version, &moved);
    ctx->fault = NULL;
    if (status == ERR_NOT_FOUND)
        return "";
    CHECK(status == OK);
    return moved != NULL ? mem_format(ctx->mem, "> %s", moved) : version.draft.title;
}

TEST(a_draft_is_not_public_until_somebody_publishes_it)
{
    struct library_page page;
    const struct library_draft draft = library_test_draft("/guidance/one", "One");
    CHECK(save(ctx, 0, 0, &draft, &page) == OK && page.last_number == 1);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "");
    CHECK(library_publish(ctx, page.id, 1, 0, &problems) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
    CHECK(library_take_down(ctx, page.id) == OK && library_take_down(ctx, page.id) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "");
}

TEST(two_editors_at_once_lose_nothing)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    const struct library_draft first = library_test_draft("/guidance/one", "First");
    const struct library_draft second = library_test_draft("/guidance/one", "Second");
    struct library_version version;
    CHECK(save(ctx, page.id, 1, &first, &page) == OK);
    CHECK(save(ctx, page.id, 1, &first, &page) == OK && page.last_number == 2); /* sent twice */
    CHECK(save(ctx, page.id, 1, &second, &page) == ERR_CONFLICT);
    CHECK(save(ctx, page.id, 2, &second, &page) == OK && page.last_number == 3);
    CHECK(library_version_get(ctx, page.id, 2, &version) == OK);
    CHECK_TEXT(version.draft.title, "First");
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
}

TEST(a_page_that_moves_leaves_its_address_leading_to_it)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    struct library_draft moved = library_test_draft("/guidance/two", "Two");
    CHECK(save(ctx, page.id, 1, &moved, &page) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
    CHECK(library_publish(ctx, page.id, 2, 0, &problems) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "> /guidance/two");
    moved.path = "/guidance/three";
    CHECK(save(ctx, page.id, 2, &moved, &page) == OK);
    CHECK(library_publish(ctx, page.id, 3, 0, &problems) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "> /guidance/three");
    CHECK(library_roll_back(ctx, page.id, 1, &problems) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
    CHECK_TEXT(reads(ctx, "/guidance/three"), "> /guidance/one");
}

TEST(a_page_that_was_taken_down_and_comes_back_elsewhere_is_found_from_where_it_was)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    const struct library_draft moved = library_test_draft("/guidance/two", "Two");
    CHECK(save(ctx, page.id, 1, &moved, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, 0, &problems) == OK);
    CHECK(library_take_down(ctx, page.id) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/two"), "");
    CHECK(library_roll_back(ctx, page.id, 1, &problems) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
    CHECK_TEXT(reads(ctx, "/guidance/two"), "> /guidance/one");
}

TEST(a_page_cannot_be_moved_onto_another)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    struct library_page other = live_page(ctx, "/guidance/two", "Two");
    struct library_draft onto = library_test_draft("/guidance/one", "Two");
    CHECK(save(ctx, other.id, 1, &onto, &other) == ERR_INVALID);
    CHECK(strstr(form_problem_of(&problems, "path"), "The page “One” has this address") != NULL);
    /* Nor onto an address that leads to another. */
    const struct library_draft moved = library_test_draft("/guidance/three", "One");
    CHECK(save(ctx, page.id, 1, &moved, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, 0, &problems) == OK);
    CHECK(save(ctx, other.id, 1, &onto, &other) == ERR_INVALID);
    CHECK(strstr(form_problem_of(&problems, "path"), "leads to /guidance/three") != NULL);
    onto.path = "/guidance/two";
    CHECK(save(ctx, other.id, 1, &onto, &other) == OK);
}

static void work(struct ctx *ctx)
{
    static const struct job_kind *const kinds[] = {library_job_kinds, NULL};
    bool did;
    for (int i = 0; i < 5; i++)
        CHECK(job_work_once(ctx, kinds, &did) == OK);
}

TEST(a_planned_version_becomes_live_by_the_job_and_not_by_a_look)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    const struct library_draft next = library_test_draft("/guidance/one", "Next");
    int64_t at = ctx->now_secs + 3600;
    CHECK(save(ctx, page.id, 1, &next, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, at, &problems) == OK);
    ctx->now_secs = at + 1;
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
    work(ctx);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "Next");
}

TEST(a_planned_publication_can_be_stopped)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    const struct library_draft next = library_test_draft("/guidance/one", "Next");
    CHECK(save(ctx, page.id, 1, &next, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, ctx->now_secs + 60, &problems) == OK);
    CHECK(library_publish_stop(ctx, page.id, 2) == OK);
    CHECK(library_publish_stop(ctx, page.id, 2) == OK);
    ctx->now_secs += 3600;
    work(ctx);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
}

TEST(a_page_that_is_taken_down_does_not_come_back_by_an_old_plan)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    const struct library_draft next = library_test_draft("/guidance/one", "Next");
    struct library_stuck_count_row stuck;
    CHECK(save(ctx, page.id, 1, &next, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, ctx->now_secs + 60, &problems) == OK);
    CHECK(library_take_down(ctx, page.id) == OK);
    ctx->now_secs += 3600;
    work(ctx);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "");
    CHECK(library_stuck_count(ctx, ctx->now_secs, &stuck) == OK && stuck.versions == 0);
}

TEST(a_form_that_is_sent_twice_publishes_once)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    const struct library_draft next = library_test_draft("/guidance/one", "Next");
    CHECK(save(ctx, page.id, 1, &next, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, 0, &problems) == OK);
    ctx->now_secs += 60;
    CHECK(library_publish(ctx, page.id, 2, 0, &problems) == OK);
    CHECK(library_page_get(ctx, page.id, &page) == OK && page.went_live_at == ctx->now_secs - 60);
    CHECK(library_publish(ctx, page.id, 1, 0, &problems) == ERR_INVALID);
    CHECK(strstr(form_problem_of(&problems, "when"), "was public before") != NULL);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "Next");
    CHECK(library_roll_back(ctx, page.id, 1, &problems) == OK);
    CHECK(library_roll_back(ctx, page.id, 1, &problems) == OK);
    CHECK(library_page_get(ctx, page.id, &page) == OK && page.last_number == 3);
    CHECK(library_roll_back(ctx, page.id, 2, &problems) == OK);
    CHECK(library_roll_back(ctx, page.id, 1, &problems) == OK);
    CHECK(library_page_get(ctx, page.id, &page) == OK && page.last_number == 5);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
}

TEST(rolling_back_is_a_version_more)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    struct library_version version;
    const struct library_draft next = library_test_draft("/guidance/one", "Next");
    CHECK(save(ctx, page.id, 1, &next, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, 0, &problems) == OK);
    CHECK(library_roll_back(ctx, page.id, 1, &problems) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
    CHECK(library_version_get(ctx, page.id, 3, &version) == OK);
    CHECK_TEXT(version.origin, "back");
    CHECK_TEXT(version.origin_note, "1");
}

TEST(a_draft_that_is_wrong_says_where)
{
    struct library_page page;
    struct library_draft draft = library_test_draft("/desk/one", "One");
    draft.body = "<script>x</script>";
    draft.steps = "go there";
    draft.related = "get-in";
    draft.check_by_on = "2025-01-01";
    CHECK(save(ctx, 0, 0, &draft, &page) == ERR_INVALID);
    static const char *const fields[] = {"path", "body", "steps", "related", "check_by_on"};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        CHECK(form_problem_of(&problems, fields[i]) != NULL);
}

TEST(a_version_whose_address_was_taken_meanwhile_waits_and_is_counted)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    const struct library_draft next = library_test_draft("/guidance/two", "Next");
    struct library_stuck_count_row stuck;
    CHECK(save(ctx, page.id, 1, &next, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, ctx->now_secs + 60, &problems) == OK);
    live_page(ctx, "/guidance/two", "Two");
    ctx->now_secs += 3600;
    work(ctx);
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
    CHECK_TEXT(reads(ctx, "/guidance/two"), "Two");
    CHECK(library_stuck_count(ctx, ctx->now_secs, &stuck) == OK && stuck.versions == 1);
}

/* ---- when the store fails ---- */

static enum status act_save(struct ctx *ctx, int64_t id)
{
    struct library_page page;
    const struct library_draft draft = library_test_draft("/guidance/one", "More");
    return save(ctx, id, 3, &draft, &page);
}

static enum status act_publish(struct ctx *ctx, int64_t id)
{
    return library_publish(ctx, id, 2, 0, &problems);
}

static enum status act_plan(struct ctx *ctx, int64_t id)
{
    return library_publish(ctx, id, 2, ctx->now_secs + 60, &problems);
}

static enum status act_back(struct ctx *ctx, int64_t id)
{
    return library_roll_back(ctx, id, 1, &problems);
}

static enum status act_down(struct ctx *ctx, int64_t id)
{
    return library_take_down(ctx, id);
}

/* Everything that a reader or an editor could see of the page. */
static const char *stand(struct ctx *ctx, int64_t id)
{
    struct library_page_row_row page;
    struct library_version_row_row last;
    CHECK(library_page_row(ctx, id, &page) == OK);
    CHECK(library_version_row(ctx, id, page.last_number, &last) == OK);
    return mem_format(ctx->mem, "%s %lld %lld %s %s %d %d", page.path, (long long)page.live_number,
                      (long long)page.last_number, reads(ctx, "/guidance/one"),
                      reads(ctx, "/guidance/two"), last.publish_at != NULL,
                      last.published_at != NULL);
}

TEST(whatever_store_call_fails_a_page_is_as_it_was)
{
    static const struct {
        enum status (*fn)(struct ctx *ctx, int64_t id);
    } acts[] = {{act_plan}, {act_publish}, {act_back}, {act_down}, {act_save}};
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    const struct library_draft next = library_test_draft("/guidance/two", "Next");
    CHECK(save(ctx, page.id, 1, &next, &page) == OK);
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        const char *before = stand(ctx, page.id);
        enum status status = ERR_FAULT;
        for (int nth = 1; status != OK; nth++) {
            CHECK(nth < 100);
            CHECK_TEXT(stand(ctx, page.id), before);
            store_fail_on_call(ctx->store, nth);
            status = acts[i].fn(ctx, page.id);
            store_fail_on_call(ctx->store, 0);
            ctx->fault = NULL;
            CHECK(status == OK || status == ERR_FAULT);
        }
        CHECK(strcmp(stand(ctx, page.id), before) != 0);
    }
}

/* ---- packs ---- */

static struct pack pack_at(struct ctx *ctx, const char *version, const char *title,
                           const char *path)
{
    struct pack_file *file = mem_new(ctx->mem, struct pack_file);
    const char *text = mem_format(
        ctx->mem,
        "---\ntitle: %s\npath: %s\nsummary: S\nposition: 1\nnext: "
        "[Go](/get-in)\nsource: Us\nchecked: 2026-01-01\ncheck-by: 2026-06-01\n---\nOne.",
        title, path);
    *file = (struct pack_file){"one.md", "One", text, strlen(text)};
    return (struct pack){
        .name = "content", .version = version, .holds = "guidance", .files = file, .file_count = 1};
}

static struct pack pack_of(struct ctx *ctx, const char *version, const char *title)
{
    return pack_at(ctx, version, title, "/guidance/one");
}

static enum status take(struct ctx *ctx, void *arg)
{
    return library_pack_readers[0].take(ctx, arg);
}

static void take_pack(struct ctx *ctx, const char *version, const char *title)
{
    struct pack pack = pack_of(ctx, version, title);
    CHECK(library_pack_readers[0].check(ctx, &pack) == OK);
    CHECK(store_transact(ctx, "take", take, &pack) == OK);
}

TEST(a_newer_pack_changes_what_nobody_touched)
{
    struct library_version version;
    struct library_page_at_row at;
    take_pack(ctx, "1", "One");
    take_pack(ctx, "1", "One");
    take_pack(ctx, "2", "Newer");
    CHECK_TEXT(reads(ctx, "/guidance/one"), "Newer");
    CHECK(library_page_at(ctx, "/guidance/one", &at) == OK);
    CHECK(library_version_get(ctx, at.id, 3, &version) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(library_version_get(ctx, at.id, 2, &version) == OK);
    CHECK_TEXT(version.origin_note, "content 2");
}

TEST(a_newer_pack_never_overwrites_what_an_editor_wrote)
{
    struct library_page page;
    struct library_page_at_row at;
    const struct library_draft ours = library_test_draft("/guidance/ours", "Ours");
    struct library_version own;
    take_pack(ctx, "1", "One");
    CHECK(library_page_at(ctx, "/guidance/one", &at) == OK);
    CHECK(save(ctx, at.id, 1, &ours, &page) == OK);
    CHECK(library_publish(ctx, at.id, 2, 0, &problems) == OK);
    take_pack(ctx, "2", "Theirs");
    CHECK_TEXT(reads(ctx, "/guidance/ours"), "Ours");
    CHECK(library_page_get(ctx, at.id, &page) == OK && page.pack_waits == 3);
    CHECK(library_version_own_get(ctx, &page, &own) == OK && own.number == 2);
    CHECK(library_leave_pack(ctx, at.id) == OK);
    take_pack(ctx, "2", "Theirs");
    CHECK(library_page_get(ctx, at.id, &page) == OK && page.pack_waits == 0);
    CHECK(library_version_own_get(ctx, &page, &own) == OK && own.number == 2);
    take_pack(ctx, "3", "Again");
    CHECK(library_page_get(ctx, at.id, &page) == OK && page.pack_waits == 4);
    CHECK(library_publish(ctx, at.id, 4, 0, &problems) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/ours"), "> /guidance/one");
    CHECK_TEXT(reads(ctx, "/guidance/one"), "Again");
    CHECK(library_page_get(ctx, at.id, &page) == OK);
    CHECK(library_version_own_get(ctx, &page, &own) == OK && own.number == 4);
}

TEST(a_pack_waits_where_its_address_leads_to_another_page)
{
    struct library_page page = live_page(ctx, "/guidance/one", "Ours");
    const struct library_draft moved = library_test_draft("/guidance/ours", "Ours");
    struct library_waits_count_row waits;
    CHECK(save(ctx, page.id, 1, &moved, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, 0, &problems) == OK);
    take_pack(ctx, "1", "Theirs");
    CHECK_TEXT(reads(ctx, "/guidance/one"), "> /guidance/ours");
    CHECK(library_waits_count(ctx, &waits) == OK && waits.pages == 1);
}

TEST(a_pack_that_moves_a_page_which_is_down_onto_another_waits)
{
    struct library_page page;
    struct library_page_at_row at;
    struct pack pack = pack_at(ctx, "2", "Theirs", "/guidance/two");
    take_pack(ctx, "1", "One");
    CHECK(library_page_at(ctx, "/guidance/one", &at) == OK);
    CHECK(library_take_down(ctx, at.id) == OK);
    live_page(ctx, "/guidance/two", "Ours");
    CHECK(store_transact(ctx, "take", take, &pack) == OK);
    CHECK_TEXT(reads(ctx, "/guidance/two"), "Ours");
    CHECK(library_page_get(ctx, at.id, &page) == OK && page.pack_waits == 2);
    CHECK_TEXT(page.path, "/guidance/one");
}

TEST(a_pack_is_taken_whole_or_not_at_all)
{
    struct pack pack = pack_of(ctx, "1", "One");
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK; nth++) {
        CHECK(nth < 100);
        CHECK_TEXT(reads(ctx, "/guidance/one"), "");
        store_fail_on_call(ctx->store, nth);
        status = store_transact(ctx, "take", take, &pack);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(status == OK || status == ERR_FAULT);
    }
    CHECK_TEXT(reads(ctx, "/guidance/one"), "One");
}

/* ---- links, differences ---- */

TEST(links_are_compared_with_pages_and_routes)
{
    struct library_page page = live_page(ctx, "/guidance/one", "One");
    struct library_draft draft = library_test_draft("/guidance/two", "One");
    draft.body =
        "[a](/guidance/one) [b](/guidance/none) [c](/pledges?page=2#x) [d](/no/such/place) "
        "[e](https://example.org/) [f](/pledges/PL-1) [g](mailto:a@b.example) [h](#top) "
        "https://example.org/in-words.\n\n"
        "::: action\n[i](/in-a-block)\n:::";
    draft.related = "/guidance/gone";
    CHECK(save(ctx, page.id, 1, &draft, &page) == OK);
    CHECK(library_publish(ctx, page.id, 2, 0, &problems) == OK);
    CHECK(links_check(ctx) == OK && links_check(ctx) == OK);
    CHECK_TEXT(links_test_stands(ctx, "/guidance/one"), "moved: ");
    CHECK_TEXT(links_test_stands(ctx, "/guidance/none"), "broken: ");
    CHECK_TEXT(links_test_stands(ctx, "/pledges?page=2#x"), "ok: ");
    CHECK_TEXT(links_test_stands(ctx, "/no/such/place"), "broken: ");
    CHECK_TEXT(links_test_stands(ctx, "https://example.org/"), "unchecked: ");
    CHECK_TEXT(links_test_stands(ctx, "https://example.org/in-words"), "unchecked: ");
    CHECK_TEXT(links_test_stands(ctx, "/pledges/PL-1"), "unchecked: ");
    CHECK_TEXT(links_test_stands(ctx, "mailto:a@b.example"), "not listed");
    CHECK_TEXT(links_test_stands(ctx, "/in-a-block"), "broken: ");
    CHECK_TEXT(links_test_stands(ctx, "/guidance/gone"), "broken: ");
}

TEST(differences_are_told_line_by_line)
{
    struct library_draft from = library_test_draft("/guidance/one", "One"), to = from;
    struct library_difference *rows;
    size_t count;
    to.body = "## One\n\nOther words.\nMore.";
    CHECK(library_differences(ctx, &from, &to, &rows, &count) == OK);
    int added = 0, removed = 0;
    for (size_t i = 0; i < count; i++) {
        added += rows[i].change == LIBRARY_ADDED;
        removed += rows[i].change == LIBRARY_REMOVED;
    }
    CHECK(added == 2 && removed == 1 && count < 9);
    CHECK(library_differences(ctx, &from, &from, &rows, &count) == OK);
    CHECK(count == 0);
    struct text_builder body = text_build(ctx->mem, 10000);
    for (int i = 0; i < 2000; i++)
        text_add(&body, "a\n");
    CHECK(text_build_end(&body, &from.body) == OK);
    to = from;
    to.body = mem_join(ctx->mem, from.body, "Other.", "");
    CHECK(library_differences(ctx, &from, &to, &rows, &count) == OK);
    CHECK(count == 1 && strstr(rows[0].text, "Only the first 1200 lines") != NULL);
}
