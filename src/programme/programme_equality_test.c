/* SPDX-License-Identifier: MIT */
/*
 * programme_equality_test.c - equality answers: kept apart, under a pseudonym, and on no page but
 * the person's own.
 */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/web/journey.h"
#include "platform/web/journey.sql.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/access/access_web.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/equality/equality.h"
#include "programme/equality/equality.sql.h"
#include "programme/equality/equality_test.sql.h"
#include "programme/equality/equality_web.h"
#include "programme/programme.h"

#include <inttypes.h>
#include <string.h>

enum { ALL = 100 };

static struct equality_test_all_row *all(struct ctx *ctx, size_t *count)
{
    struct equality_test_all_row *rows;
    CHECK(equality_test_all(ctx, ALL, &rows, count) == OK);
    return rows;
}

static const char *answer_of(struct ctx *ctx, const struct equality_owner *owner,
                             const char *question)
{
    struct equality_answer *answers;
    size_t count;
    CHECK(equality_find(ctx, owner, &answers, &count) == OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(answers[i].question, question) == 0)
            return answers[i].answer;
    return "not asked";
}

/* Half of it is long enough that no hash has it by chance, as four digits once did. */
#define HALF "47114711"
#define NUMBER HALF HALF

static const struct equality_owner ada = {EQUALITY_OF_PERSON, NUMBER};

/* ---- answers ---- */

TEST(an_answer_a_refusal_and_no_answer_are_three_things)
{
    const struct equality_answer answers[] = {{"ethnicity", "w4"}, {"religion", "prefer-not"}};
    CHECK(equality_set(ctx, &ada, answers, 2) == OK);
    CHECK_TEXT(answer_of(ctx, &ada, "ethnicity"), "w4");
    CHECK_TEXT(answer_of(ctx, &ada, "religion"), EQUALITY_PREFER_NOT);
    CHECK_TEXT(answer_of(ctx, &ada, "sex"), "not asked");
    CHECK(equality_set(ctx, &ada, answers, 1) == OK);
    CHECK_TEXT(answer_of(ctx, &ada, "religion"), "not asked");
    CHECK(equality_forget(ctx, &ada) == OK);
    CHECK_TEXT(answer_of(ctx, &ada, "ethnicity"), "not asked");
}

TEST(what_is_not_in_the_pack_is_no_answer)
{
    const struct equality_answer wrong[] = {
        {"ethnicity", "w9"}, {"ethnicity", ""}, {"colour", "blue"}, {"sex", "yes"}};
    size_t count;
    for (size_t i = 0; i < 4; i++)
        CHECK(equality_set(ctx, &ada, &wrong[i], 1) == ERR_INVALID);
    all(ctx, &count);
    CHECK(count == 0);
}

TEST(the_table_alone_names_nobody)
{
    size_t count;
    const struct equality_answer answer = {"ethnicity", "w4"};
    const struct equality_owner draft = {EQUALITY_OF_DRAFT, NUMBER};
    const struct equality_owner reference = {EQUALITY_OF_REFERENCE, NUMBER};
    CHECK(equality_set(ctx, &ada, &answer, 1) == OK);
    CHECK(equality_set(ctx, &draft, &answer, 1) == OK);
    CHECK(equality_set(ctx, &reference, &answer, 1) == OK);
    const struct equality_test_all_row *rows = all(ctx, &count);
    CHECK(count == 3);
    for (size_t i = 0; i < 3; i++) {
        CHECK(strlen(rows[i].pseudonym) == 64);
        CHECK(strstr(rows[i].pseudonym, HALF) == NULL);
        CHECK(i == 0 || strcmp(rows[i].pseudonym, rows[i - 1].pseudonym) != 0);
    }
}

TEST(answers_that_could_not_be_saved_leave_the_old_ones)
{
    const struct equality_answer before[] = {{"sex", "female"}, {"care", "no"}};
    const struct equality_answer after[] = {{"sex", "prefer-not"}, {"carer", "no"}};
    CHECK(equality_set(ctx, &ada, before, 2) == OK);
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK && nth < 60; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = equality_set(ctx, &ada, after, 2);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK_TEXT(answer_of(ctx, &ada, "sex"), status == OK ? "prefer-not" : "female");
        CHECK_TEXT(answer_of(ctx, &ada, "care"), status == OK ? "not asked" : "no");
    }
    CHECK(status == OK);
}

/* ---- the pack ---- */

TEST(every_question_can_be_answered_by_prefer_not_to_say)
{
    struct equality_option *options;
    size_t count, questions = 0, refusals = 0;
    const char *edition;
    CHECK(equality_options(ctx, &options, &count, &edition) == OK);
    for (size_t i = 0; i < count; i++)
        refusals += strcmp(options[i].code, EQUALITY_PREFER_NOT) == 0;
    for (const struct form_field *f = equality_fields; f->kind != FORM_KIND_END; f++) {
        size_t own = 0;
        for (size_t i = 0; i < count; i++)
            own += strcmp(options[i].question, f->name) == 0;
        CHECK(own >= 3 && f->is_optional);
        questions++;
    }
    CHECK(questions == 13 && refusals == questions);
}

TEST(the_groups_of_2021_fall_into_the_nhs_categories_one_way)
{
    static const struct {
        const char *answer, *category;
        bool is_lossy;
    } wanted[] = {{"w1", "A", false}, {"w3", "C", true},  {"w4", "C", true},
                  {"a4", "R", false}, {"b1", "N", false}, {"b2", "M", false},
                  {"o1", "S", true},  {"o2", "S", true},  {"prefer-not", "Z", false}};
    struct equality_option *options;
    size_t count;
    const char *edition, *category;
    bool is_lossy;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        CHECK(equality_ethnicity_nhs(ctx, wanted[i].answer, &category, &is_lossy) == OK);
        CHECK_TEXT(category, wanted[i].category);
        CHECK(is_lossy == wanted[i].is_lossy);
    }
    CHECK(equality_ethnicity_nhs(ctx, "w", &category, &is_lossy) == ERR_NOT_FOUND);
    CHECK(equality_ethnicity_nhs(ctx, "", &category, &is_lossy) == ERR_NOT_FOUND);
    CHECK(equality_options(ctx, &options, &count, &edition) == OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(options[i].question, "ethnicity") == 0)
            CHECK(equality_ethnicity_nhs(ctx, options[i].code, &category, &is_lossy) == OK);
}

TEST(answers_read_as_words_by_the_list_of_their_time_and_stay_codes_without_it)
{
    static const struct {
        const char *question, *answer, *edition, *question_words, *answer_words;
    } rows[] = {
        {"ethnicity", "w4", "2021.1", "What is your ethnic group?", "Roma"},
        {"ethnicity", "w4", "1901.1", "What is your ethnic group?", "w4"},
        {"shoes", "w4", "2021.1", "shoes", "w4"},
        {"sex", "w4", "2021.1", "What is your sex?", "w4"},
    };
    enum { WIDTH = 4, ROWS = sizeof rows / sizeof rows[0] };
    struct store_value cells[ROWS * WIDTH];
    for (size_t i = 0; i < ROWS; i++) {
        cells[i * WIDTH] = store_text(rows[i].question);
        cells[i * WIDTH + 1] = store_text(rows[i].answer);
        cells[i * WIDTH + 2] = store_text("2026-01-01");
        cells[i * WIDTH + 3] = store_text(rows[i].edition);
    }
    CHECK(equality_answer_copy_query.column_count == WIDTH);
    CHECK(equality_holdings[0].words(ctx, cells, ROWS) == OK && ctx->fault == NULL);
    for (size_t i = 0; i < ROWS; i++) {
        CHECK_TEXT(cells[i * WIDTH].text, rows[i].question_words);
        CHECK_TEXT(cells[i * WIDTH + 1].text, rows[i].answer_words);
        CHECK(cells[i * WIDTH + 1].size_bytes == strlen(rows[i].answer_words));
    }
}

TEST(a_pack_without_prefer_not_to_say_is_refused)
{
    static const char *const tables[] = {
        "question,code,label,group\nsex,f,Female,\n",
        "question,code,label,group\nsex,f,Female,\nsex,f,Female,\nsex,prefer-not,No,\n",
        "question,code,label,group\nsex,f,,\nsex,prefer-not,No,\n",
        "question,code\nsex,f\n",
        "question,code,label,group\n",
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        struct pack_file file = {"options.csv", "x", tables[i], strlen(tables[i])};
        struct pack pack = {.name = "equality", .version = "9", .files = &file, .file_count = 1};
        ctx->fault = NULL;
        CHECK(equality_pack_readers[0].check(ctx, &pack) == ERR_INVALID);
    }
}

/* ---- a journey that ends with the questions ---- */

struct visit {
    const char *place;
};

static const char *seen_by_finish;

static enum status finish(struct ctx *ctx, const void *draft, struct form_problems *problems,
                          struct journey_done *done)
{
    (void)problems;
    seen_by_finish = mem_text(ctx->mem, ((const struct visit *)draft)->place);
    done->reference = "VI-1";
    return OK;
}

static const struct form_field visit_fields[] = {
    FORM_TEXT(visit, place, .label = "Where?", .missing = "Enter where"), FORM_END};
static const struct journey_step steps[] = {
    {.name = "place", .fields = visit_fields}, EQUALITY_STEP, {0}};
static const struct journey visit = {.name = "visit",
                                     .title = "Visit",
                                     .draft_bytes = sizeof(struct visit),
                                     .steps = steps,
                                     .finish = finish};
static const struct web_route visit_routes[] = {
    {"GET", "/", WEB_PUBLIC, NULL, "Front.", .journey = NULL},
    WEB_JOURNEY("/visit", WEB_PUBLIC, &visit, "Visit."),
    {0}};
static const struct web_route *const visit_tables[] = {visit_routes + 1, equality_routes, NULL};
static const struct web_app visit_app = {.routes = visit_tables,
                                         .may = access_may,
                                         .person_name = access_person_name,
                                         .sign_in_path = ACCESS_SIGN_IN_PATH};

/* Goes to the check page; its address is c->location. */
static void answer_questions(struct web_client *c)
{
    struct ctx *ctx = c->ctx;
    client_get(c, "/visit");
    client_post(c, "/visit", NULL);
    client_follow(c);
    const char *step = c->location;
    client_follow(c);
    client_post(c, step, "place", "Ward 9", NULL);
    CHECK_CODE(c, 303);
    step = c->location;
    client_follow(c);
    CHECK(client_has(c, "You do not have to answer"));
    client_post(c, step, "ethnicity", "w4", "religion", "prefer-not", "meals", "no", "meals_when",
                "before-2018", "sex", "made up", NULL);
    CHECK_CODE(c, 303);
    client_get(c, step);
    CHECK(client_count(c, " checked") == 3); /* what was answered is there again */
    client_get(c, mem_format(ctx->mem, "%.*s/check", (int)(strrchr(step, '/') - step), step));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Roma") && client_has(c, "Ward 9"));
}

static const char *check_address(const struct web_client *c)
{
    return c->path + strlen("GET ");
}

TEST(a_journey_ends_with_the_questions_and_never_has_the_answers)
{
    size_t count;
    struct web_draft_by_code_row draft;
    struct web_client *c = web_client(ctx, &visit_app);
    answer_questions(c);
    const char *check = mem_text(ctx->mem, check_address(c));
    const char *code = mem_text_part(ctx->mem, check + strlen("/visit/"), 12);
    CHECK(web_draft_by_code(ctx, code, "visit", &draft) == OK);
    CHECK(strstr(draft.answers, "Ward 9") != NULL && strstr(draft.answers, "w4") == NULL &&
          strstr(draft.answers, "ethnicity") == NULL);
    const struct equality_test_all_row *rows = all(ctx, &count);
    CHECK(count == 3 && rows[0].is_draft == 1);
    client_post(c, check, NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(seen_by_finish, "Ward 9");
    const struct equality_owner owner = {EQUALITY_OF_REFERENCE, "VI-1"};
    CHECK_TEXT(answer_of(ctx, &owner, "ethnicity"), "w4");
    CHECK_TEXT(answer_of(ctx, &owner, "meals_when"), "not asked");
    rows = all(ctx, &count);
    CHECK(count == 3 && rows[0].is_draft == 0);
}

TEST(the_answers_of_a_journey_are_the_persons_own_afterwards)
{
    struct web_client *c = web_client(ctx, &visit_app);
    struct person_id id = help_person(ctx, "ada@x.example", "analyst");
    const struct equality_owner me = {EQUALITY_OF_PERSON, mem_format(ctx->mem, "%" PRId64, id.n)};
    client_sign_in(c, id);
    answer_questions(c);
    client_post(c, check_address(c), NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(answer_of(ctx, &me, "ethnicity"), "w4");
    client_get(c, "/account/equality");
    CHECK_CODE(c, 200);
    CHECK(client_count(c, " checked") == 3 && client_has(c, "Delete all my answers"));
    client_post(c, "/account/equality", "ethnicity", "a4", "meals", "yes", "meals_when",
                "from-2026", "sex", "nonsense", NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(answer_of(ctx, &me, "ethnicity"), "a4");
    CHECK_TEXT(answer_of(ctx, &me, "meals_when"), "from-2026");
    CHECK_TEXT(answer_of(ctx, &me, "religion"), "not asked");
    CHECK_TEXT(answer_of(ctx, &me, "sex"), "not asked");
    client_get(c, "/account/equality");
    client_post(c, "/account/equality/delete", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_count(c, " checked") == 0 && !client_has(c, "Delete all my answers"));
}

TEST(a_whole_journey_in_one_call_keeps_the_answers_apart_too)
{
    size_t count;
    const struct equality_owner owner = {EQUALITY_OF_REFERENCE, "VI-1"};
    struct web_client *c = web_client(ctx, &visit_app);
    client_set_header(c, "Idempotency-Key", "visit-one-two-three-four");
    client_post_json(c, "/visit", "{\"place\":\"Ward 9\",\"ethnicity\":\"w4\"}");
    CHECK_CODE(c, 201);
    CHECK_TEXT(answer_of(ctx, &owner, "ethnicity"), "w4");
    all(ctx, &count);
    CHECK(count == 1);
}

TEST(answers_of_journeys_that_were_never_finished_go)
{
    size_t count;
    bool did = true;
    static const struct job_kind *const jobs[] = {equality_job_kinds, NULL};
    const struct equality_answer answer = {"ethnicity", "w4"};
    const struct equality_owner draft = {EQUALITY_OF_DRAFT, "x"};
    CHECK(equality_set(ctx, &draft, &answer, 1) == OK);
    CHECK(equality_set(ctx, &ada, &answer, 1) == OK);
    for (int days = 0; days <= EQUALITY_DRAFT_KEPT_DAYS + 1; days += EQUALITY_DRAFT_KEPT_DAYS + 1) {
        ctx->now_secs += (int64_t)days * TIME_DAY_SECS;
        for (int i = 0; i < 10 && did; i++)
            CHECK(job_work_once(ctx, jobs, &did) == OK);
        did = true;
        all(ctx, &count);
        CHECK(count == (days == 0 ? 2 : 1));
    }
}

/* ---- nobody else reads them ---- */

static bool says(const struct store_query *query, const char *text)
{
    for (int i = 0; i < query->piece_count; i++)
        if (strstr(query->pieces[i].text, text) != NULL)
            return true;
    return false;
}

TEST(no_query_of_others_reads_what_is_kept_apart_and_only_its_rule_deletes_a_concern)
{
    size_t count;
    int equality = 0, concern = 0;
    const struct store_query *const *queries = store_queries(&count);
    for (size_t i = 0; i < count; i++) {
        const struct store_query *query = queries[i];
        bool is_equality = text_begins(query->name, "equality_");
        bool is_concern = text_begins(query->name, "concern_");
        equality += is_equality;
        concern += is_concern;
        if ((says(query, "equality_answer") || says(query, "equality_secret")) && !is_equality)
            fail_msg("%s reads equality answers", query->name);
        if ((says(query, "from concern") || says(query, "join concern")) && !is_concern)
            fail_msg("%s reads concerns", query->name);
        /* Only what the retention rule ends goes: closed for its time, and held by nothing. */
        if (is_concern && says(query, "delete") &&
            !(text_ends(query->name, "_retain") && says(query, "c.state = 'closed'") &&
              says(query, "c.closed_at < $1") && says(query, "privacy_hold")))
            fail_msg("%s deletes", query->name);
    }
    CHECK(equality >= 6 && concern >= 12);
}

struct walk {
    struct ctx *ctx;
    struct web_client *c;
    const char *person;
};

static void look_for_answers(void *arg, const struct web_route *route)
{
    const struct walk *walk = arg;
    struct ctx *ctx = walk->ctx;
    const char *target = route->path, *mark;
    if (strcmp(route->method, "GET") != 0 || strcmp(route->path, "/account/equality") == 0)
        return;
    while ((mark = strchr(target, ':')) != NULL)
        target = mem_format(ctx->mem, "%.*s%s%s", (int)(mark - target), target,
                            strncmp(mark, ":organisation", 13) == 0 ? "R0A" : walk->person,
                            mark + 1 + strcspn(mark + 1, "/."));
    client_get(walk->c, target);
    if (client_has(walk->c, "Gypsy") || client_has(walk->c, "White and Asian") ||
        client_has(walk->c, "unemployed"))
        fail_msg("%s shows an equality answer", target);
}

TEST(no_role_finds_an_answer_on_any_page)
{
    const struct equality_answer answers[] = {
        {"ethnicity", "m3"}, {"occupation", "unemployed"}, {"religion", "sikh"}};
    struct access_person person;
    directory_test_packs(ctx);
    struct walk walk = {.ctx = ctx, .c = web_client(ctx, &programme_app)};
    struct person_id id = help_person(ctx, "answered@x.example", "analyst");
    walk.person = mem_format(ctx->mem, "%" PRId64, id.n);
    const struct equality_owner owner = {EQUALITY_OF_PERSON, walk.person};
    CHECK(equality_set(ctx, &owner, answers, 3) == OK);
    for (const struct access_role *role = access_roles(); role->code != NULL; role++) {
        bool is_national = (role->levels & 1u << ACCESS_NATIONAL) != 0;
        const struct access_new wanted = {.email = mem_format(ctx->mem, "%s@x.example", role->code),
                                          .role = role->code,
                                          .area = is_national ? NULL
                                                  : (role->levels & 1u << ACCESS_ORGANISATION) != 0
                                                      ? "R0A"
                                                      : "Y62"};
        CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
        client_sign_in(walk.c, person.id);
        CHECK(web_routes_each(ctx, &programme_app, look_for_answers, &walk) == OK);
        client_get(walk.c, "/account/equality");
        CHECK(client_count(walk.c, " checked") == 0);
    }
}
