/* SPDX-License-Identifier: MIT */
/* programme_oversight_test.c - what the pages and files of the record promise. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/csv.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/oversight/oversight.h"
#include "programme/oversight/oversight_test.sql.h"
#include "programme/oversight/oversight_test_source.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct person_id help_role(struct ctx *ctx, const char *email, const char *role,
                                  const char *area)
{
    struct access_person person;
    struct access_new wanted = {.email = email, .name = email, .role = role, .area = area};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    return person.id;
}

/* Something was done for an organisation, by nobody in particular. */
static void deed(struct ctx *ctx, const char *organisation, struct person_id subject,
                 const char *thing)
{
    ctx->now_secs++;
    CHECK(audit_note(ctx, &(const struct audit_deed){.what = "pledge.published",
                                                     .organisation = organisation,
                                                     .subject = subject,
                                                     .thing = thing,
                                                     .purpose = "because of a letter",
                                                     .before = "as-it-was",
                                                     .after = "as-it-is"}) == OK);
}

static int64_t count_of(struct ctx *ctx, const char *what)
{
    struct oversight_test_count_row row;
    CHECK(oversight_test_count(ctx, what, &row) == OK);
    return row.events;
}

static struct web_client *browser_of(struct ctx *ctx, struct person_id person)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person);
    return c;
}

/* ---- the record ---- */

TEST(each_lead_sees_the_record_of_the_own_scope)
{
    static const struct {
        const char *role, *area;
        bool sees[4]; /* R0A, RJ1, the programme, what is kept apart */
    } leads[] = {
        {"national", NULL, {true, true, true, false}},
        {"regional", "Y62", {true, false, false, false}},
        {"regional", "Y56", {false, true, false, false}},
        {"safeguarding", "QOP", {true, false, false, false}},
        {"lead", "R0A", {true, false, false, false}},
        {"lead", "RJ1", {false, true, false, false}},
        {"safeguarding", "R0A", {true, false, false, false}},
    };
    static const char *const chains[] = {"R0A", "RJ1", "", AUDIT_APART "R0A"};
    directory_test_packs(ctx);
    for (size_t i = 0; i < 4; i++)
        deed(ctx, chains[i], (struct person_id){0}, mem_format(ctx->mem, "THING-%zu", i));
    for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
        struct web_client *c =
            browser_of(ctx, help_role(ctx, mem_format(ctx->mem, "l%zu@x.example", i), leads[i].role,
                                      leads[i].area));
        static const char *const paths[] = {"/desk/record", "/desk/record.json", "/desk/record.csv",
                                            "/desk/record?sort=oldest"};
        for (size_t path = 0; path < 4; path++) {
            client_get(c, paths[path]);
            CHECK_CODE(c, 200);
            for (size_t n = 0; n < 4; n++)
                if (client_has(c, mem_format(ctx->mem, "THING-%zu", n)) != leads[i].sees[n])
                    fail_msg("%s of %s, %s: THING-%zu", leads[i].role, leads[i].area, paths[path],
                             n);
        }
    }
}

TEST(who_has_no_such_role_sees_no_record)
{
    static const char *const roles[] = {"operator", "analyst", "editor"};
    for (size_t i = 0; i < 3; i++) {
        struct web_client *c = browser_of(
            ctx, help_role(ctx, mem_format(ctx->mem, "n%zu@x.example", i), roles[i], NULL));
        client_get(c, "/desk/record");
        CHECK_CODE(c, 403);
        client_get(c, "/desk/record/1");
        CHECK_CODE(c, 403);
    }
}

TEST(the_record_is_searched_by_kind_person_thing_and_day)
{
    struct person_id ada = help_role(ctx, "ada@x.example", "analyst", NULL);
    struct web_client *c = browser_of(ctx, help_role(ctx, "lead@x.example", "national", NULL));
    const char *day = time_day_of(ctx->mem, ctx->now_secs);
    deed(ctx, "", ada, "THING-ADA");
    deed(ctx, "", (struct person_id){0}, "THING-NOBODY");
    ctx->now_secs += 3 * TIME_DAY_SECS;
    client_sign_in(c, help_role(ctx, "lead@x.example", "national", NULL));
    deed(ctx, "", (struct person_id){0}, "THING-LATE");
    static const struct {
        const char *query;
        bool ada, nobody, late;
    } searches[] = {
        {"subject=ada@x.example", true, false, false},
        {"subject=ADA@X.example", true, false, false},
        {"subject=ad", false, false, false},
        {"actor=ada@x.example", false, false, false},
        {"thing=THING-NOBODY", false, true, false},
        {"thing=THING", false, false, false},
        {"what=pledge.published", true, true, true},
        {"what=access.created", false, false, false},
        {"what=nonsense", true, true, true},
        {"from_at=DAY", true, true, true},
        {"until_at=DAY", true, true, false},
        {"from_at=2027-99-99", true, true, true},
        {"subject=ada@x.example&until_at=DAY&what=pledge.published&thing=THING-ADA", true, false,
         false},
    };
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++) {
        const char *query = searches[i].query, *mark = strstr(query, "DAY");
        if (mark != NULL)
            query = mem_format(ctx->mem, "%.*s%s%s", (int)(mark - query), query, day, mark + 3);
        client_get(c, mem_format(ctx->mem, "/desk/record.json?%s", query));
        CHECK_CODE(c, 200);
        if (client_has(c, "\"THING-ADA\"") != searches[i].ada ||
            client_has(c, "\"THING-NOBODY\"") != searches[i].nobody ||
            client_has(c, "\"THING-LATE\"") != searches[i].late)
            fail_msg("%s: %s", query, c->body);
    }
    client_get(c, "/desk/record?thing=THING-ADA&from_at=2026-01-01");
    CHECK(client_has(c, "because of a letter") && !client_has(c, "as-it-was"));
    CHECK(client_has(c, "1 January 2026") && client_has(c, "value=\"THING-ADA\""));
}

TEST(a_search_of_the_record_is_one_event_and_not_a_flood)
{
    struct web_client *c = browser_of(ctx, help_role(ctx, "lead@x.example", "national", NULL));
    for (int i = 0; i < 60; i++)
        deed(ctx, "", (struct person_id){0}, "THING");
    client_get(c, "/desk/record");
    client_get(c, "/desk/record");
    client_get(c, mem_format(ctx->mem, "/desk/record?%s",
                             client_between(c, "href=\"/desk/record?after", "\"")));
    CHECK_CODE(c, 200);
    client_get(c, "/desk/record.csv");
    CHECK(count_of(ctx, "oversight.searched") == 1);
    client_get(c, "/desk/record?thing=THING");
    CHECK(count_of(ctx, "oversight.searched") == 2);
    ctx->now_secs += OVERSIGHT_LOOK_SECS;
    client_get(c, "/desk/record");
    CHECK(count_of(ctx, "oversight.searched") == 3);
}

TEST(an_event_is_read_on_its_page_and_that_is_noted)
{
    struct oversight_test_newest_row newest;
    struct person_id ada = help_role(ctx, "ada@x.example", "analyst", NULL);
    struct web_client *c = browser_of(ctx, help_role(ctx, "lead@x.example", "national", NULL));
    deed(ctx, "", ada, "THING-ADA");
    CHECK(oversight_test_newest(ctx, "pledge.published", &newest) == OK);
    const char *path = mem_format(ctx->mem, "/desk/record/%" PRId64, newest.id);
    client_get(c, path);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "because of a letter") && client_has(c, "as-it-was") &&
          client_has(c, "as-it-is"));
    CHECK(client_has(c, "ada@x.example") && client_has(c, newest.digest));
    client_get(c, path);
    CHECK(count_of(ctx, "oversight.event_seen") == 1);
    static const char *const wrong[] = {"/desk/record/1", "/desk/record/x", "/desk/record/-1",
                                        "/desk/record/99999999999999999999"};
    for (size_t i = 0; i < 4; i++) {
        client_get(c, wrong[i]);
        CHECK_CODE(c, 404);
    }
}

TEST(an_event_outside_the_scope_is_not_there)
{
    struct oversight_test_newest_row newest;
    directory_test_packs(ctx);
    struct web_client *c = browser_of(ctx, help_role(ctx, "lead@x.example", "lead", "R0A"));
    deed(ctx, "RJ1", (struct person_id){0}, "THING");
    CHECK(oversight_test_newest(ctx, "pledge.published", &newest) == OK);
    client_get(c, mem_format(ctx->mem, "/desk/record/%" PRId64, newest.id));
    CHECK_CODE(c, 404);
    deed(ctx, AUDIT_APART "R0A", (struct person_id){0}, "THING");
    CHECK(oversight_test_newest(ctx, "pledge.published", &newest) == OK);
    client_get(c, mem_format(ctx->mem, "/desk/record/%" PRId64, newest.id));
    CHECK_CODE(c, 404);
}

TEST(each_person_sees_who_saw_their_own_record_by_role)
{
    directory_test_packs(ctx);
    struct person_id ada = help_role(ctx, "ada@x.example", "analyst", NULL);
    struct person_id bob = help_role(ctx, "bob@x.example", "regional", "Y62");
    struct web_client *c = browser_of(ctx, ada);
    ctx->person = bob;
    ctx->role = "regional";
    deed(ctx, "R0A", ada, "THING-ADA");
    deed(ctx, "R0A", bob, "THING-BOB");
    ctx->person = (struct person_id){0};
    ctx->role = NULL;
    client_get(c, "/account/record");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "THING-ADA") && !client_has(c, "THING-BOB"));
    CHECK(client_has(c, "Regional lead, North West") && !client_has(c, "bob@x.example"));
    for (int i = 0; i < 60; i++)
        deed(ctx, "", ada, mem_format(ctx->mem, "N-%d-", i));
    client_get(c, "/account/record");
    CHECK(client_has(c, "N-59-") && !client_has(c, "N-0-"));
    client_get(c, mem_format(ctx->mem, "/account/record?before=%s",
                             client_between(c, "/account/record?before=", "\"")));
    CHECK(client_has(c, "N-0-") && !client_has(c, "N-59-") && client_has(c, "THING-ADA"));
    client_get(c, "/account/record?before=x");
    CHECK_CODE(c, 404);
}

/* ---- looks and changes elsewhere are noted ---- */

TEST(looking_at_a_pledge_and_working_on_it_are_events_of_its_organisation)
{
    const char *reference;
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    struct oversight_test_newest_row newest;
    struct person_id lead = help_role(ctx, "lead@x.example", "national", NULL);
    pledge_test_draft(ctx, "R0A", &draft);
    CHECK(pledge_send(ctx, &draft, &problems, &reference) == OK);
    struct web_client *c = browser_of(ctx, lead);
    const char *path = mem_format(ctx->mem, "/desk/pledges/%s", reference);
    client_get(c, path);
    CHECK_CODE(c, 200);
    CHECK(oversight_test_newest(ctx, "pledge.seen", &newest) == OK);
    CHECK_TEXT(newest.chain, "R0A");
    CHECK_TEXT(newest.thing, reference);
    CHECK_TEXT(newest.role, "national");
    CHECK(newest.actor_id == lead.n);
    client_post(c, mem_format(ctx->mem, "%s/remind", path), NULL);
    CHECK(count_of(ctx, "pledge.reminded") == 1);
    client_post(c, mem_format(ctx->mem, "%s/return", path), "reason", "A date is missing", NULL);
    CHECK_CODE(c, 303);
    client_post(c, mem_format(ctx->mem, "%s/return", path), "reason", "A date is missing", NULL);
    CHECK(oversight_test_newest(ctx, "pledge.returned", &newest) == OK);
    CHECK(strstr(newest.detail, "A date is missing") != NULL);
    CHECK(count_of(ctx, "pledge.returned") == 1);
}

TEST(a_pledge_is_not_shown_when_the_look_cannot_be_noted)
{
    const char *reference;
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    struct person_id lead = help_role(ctx, "lead@x.example", "national", NULL);
    pledge_test_draft(ctx, "R0A", &draft);
    CHECK(pledge_send(ctx, &draft, &problems, &reference) == OK);
    struct web_client *c = browser_of(ctx, lead);
    const char *path = mem_format(ctx->mem, "/desk/pledges/%s", reference);
    int64_t shown = 0;
    for (int nth = 1; shown == 0 && nth < 60; nth++) {
        int64_t before = count_of(ctx, "pledge.seen");
        store_fail_on_call(ctx->store, nth);
        client_get(c, path);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(client_has(c, draft.leader_name) == (count_of(ctx, "pledge.seen") > before));
        shown = c->code == 200;
    }
    CHECK(shown == 1);
}

/* ---- export ---- */

static enum status add_text(void *arg, const char *text)
{
    text_add(arg, text);
    return OK;
}

static const char *exported(struct ctx *ctx, const struct oversight_export *wanted,
                            struct oversight_exported *done)
{
    const char *text;
    struct text_builder to = text_build(ctx->mem, 10 << 20);
    CHECK(oversight_export(ctx, wanted, add_text, &to, done) == OK);
    CHECK(text_build_end(&to, &text) == OK);
    return text;
}

/* Its exit code. */
static int run_checker(const char *path)
{
    int state = -1;
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
            _exit(99);
        execlp("python3", "python3", SOURCE_ROOT "/doc/verify/check_audit.py", path, (char *)NULL);
        _exit(99);
    }
    return child > 0 && waitpid(child, &state, 0) == child && WIFEXITED(state) ? WEXITSTATUS(state)
                                                                               : -1;
}

/* The exit code of the checker on a text. */
static int checker_on(struct ctx *ctx, const char *text, const char *ending)
{
    char path[] = "/tmp/onward-audit-XXXXXX";
    int file = mkstemp(path);
    CHECK(file >= 0);
    close(file);
    const char *named = mem_format(ctx->mem, "%s%s", path, ending);
    CHECK(rename(path, named) == 0);
    FILE *out = fopen(named, "w");
    CHECK(out != NULL);
    fputs(text, out);
    fclose(out);
    int code = run_checker(named);
    remove(named);
    return code;
}

static const char *changed(struct mem *mem, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    return at == NULL ? text
                      : mem_format(mem, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

TEST(an_auditor_checks_an_export_without_this_program)
{
    struct oversight_exported done;
    struct person_id ada = help_role(ctx, "ada@x.example", "analyst", NULL);
    for (int i = 0; i < 5; i++) {
        deed(ctx, "R0A", ada, mem_format(ctx->mem, "THING-%d", i));
        deed(ctx, AUDIT_APART "R0A", ada, "APART");
    }
    int64_t forgotten;
    deed(ctx, "RJ1", ada, "FORGOTTEN");
    CHECK(audit_forget_about(ctx, ada, &forgotten) == OK && forgotten > 0);
    deed(ctx, "R0A", ada, "=cmd");
    static const char *const endings[] = {".jsonl", ".csv"};
    for (size_t i = 0; i < 2; i++) {
        const char *text = exported(ctx, &(const struct oversight_export){.is_csv = i == 1}, &done);
        CHECK(done.chain_count == 4 && done.event_count >= 14);
        CHECK(checker_on(ctx, text, endings[i]) == 0);
        CHECK(strstr(text, "ada@x.example") == NULL);
        CHECK(checker_on(ctx, changed(ctx->mem, text, "THING-2", "THING-9"), endings[i]) == 1);
        CHECK(checker_on(ctx, changed(ctx->mem, text, "because", "Because"), endings[i]) == 1);
        const char *second = strstr(text, "THING-1");
        size_t line = (size_t)(second - text);
        while (text[line - 1] != '\n')
            line--;
        const char *next = strchr(second, '\n') + 1;
        const char *without = mem_format(ctx->mem, "%.*s%s", (int)line, text, next);
        CHECK(checker_on(ctx, without, endings[i]) == 1);
        const char *cut = mem_text_part(ctx->mem, text, (size_t)(next - text));
        CHECK(checker_on(ctx, cut, endings[i]) == 1);
        CHECK(checker_on(ctx, "hello\n", endings[i]) == 2);
        CHECK(checker_on(ctx, "", endings[i]) == 2);
    }
}

TEST(what_is_kept_apart_is_exported_without_its_details)
{
    struct oversight_exported done;
    deed(ctx, AUDIT_APART "R0A", (struct person_id){0}, "CO-1");
    const char *text = exported(ctx, &(const struct oversight_export){0}, &done);
    CHECK(strstr(text, "CO-1") != NULL && strstr(text, "because of a letter") == NULL);
}

TEST(an_export_of_some_days_holds_and_is_noted)
{
    struct oversight_exported done;
    struct oversight_test_newest_row newest;
    const char *first = time_day_of(ctx->mem, ctx->now_secs);
    deed(ctx, "R0A", (struct person_id){0}, "EARLY");
    ctx->now_secs += 2 * TIME_DAY_SECS;
    deed(ctx, "R0A", (struct person_id){0}, "LATE");
    struct oversight_export wanted = {.organisation = "R0A", .until_on = first};
    const char *text = exported(ctx, &wanted, &done);
    CHECK(done.event_count == 1 && strstr(text, "EARLY") != NULL && strstr(text, "LATE") == NULL);
    CHECK(checker_on(ctx, text, ".jsonl") == 0);
    wanted = (struct oversight_export){.organisation = "R0A",
                                       .from_on = time_day_of(ctx->mem, ctx->now_secs)};
    text = exported(ctx, &wanted, &done);
    CHECK(done.event_count == 1 && strstr(text, "LATE") != NULL);
    CHECK(checker_on(ctx, text, ".jsonl") == 0);
    CHECK(oversight_test_newest(ctx, "oversight.exported", &newest) == OK);
    CHECK_TEXT(newest.thing, "R0A");
    CHECK_TEXT(newest.chain, "");
}

TEST(an_export_of_what_there_is_not_is_refused)
{
    struct oversight_exported done;
    const char *text;
    struct text_builder to = text_build(ctx->mem, 1000);
    struct oversight_export wanted = {.organisation = "NOWHERE"};
    CHECK(oversight_export(ctx, &wanted, add_text, &to, &done) == ERR_NOT_FOUND);
    wanted = (struct oversight_export){.from_on = "yesterday"};
    CHECK(oversight_export(ctx, &wanted, add_text, &to, &done) == ERR_INVALID);
    wanted = (struct oversight_export){.until_on = "2026-02-30"};
    CHECK(oversight_export(ctx, &wanted, add_text, &to, &done) == ERR_INVALID);
    CHECK(text_build_end(&to, &text) == OK);
}
