/* SPDX-License-Identifier: MIT */
/*
 * programme_walk_test.c - every route, as every kind of person, in every state of a pledge.
 *
 * The table `changes` says which requests may move a pledge, for whom, from which states and where
 * to.  The walk sends each request there is, with a right form token and with all that its handler
 * could want, and compares: whatever is not in the table must leave the pledge as it was, and
 * whatever is in it must do what it says.  If you add a route that moves a pledge, add its line.
 */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"
#include "programme/review/review_test_help.h"

#define IN(stage) (1u << (stage))

/* Where a pledge is brought before each request; HALF is awaiting with one signature. */
enum stage {
    AWAITING,
    HALF,
    SIGNED,
    ACKNOWLEDGED,
    PUBLISHED,
    UNDER_REVIEW, /* and the review is sent */
    RETURNED,
    WITHDRAWN,
    STAGES
};

static const enum pledge_state state_in[STAGES] = {
    [AWAITING] = PLEDGE_AWAITING,   [HALF] = PLEDGE_AWAITING,
    [SIGNED] = PLEDGE_SIGNED,       [ACKNOWLEDGED] = PLEDGE_ACKNOWLEDGED,
    [PUBLISHED] = PLEDGE_PUBLISHED, [RETURNED] = PLEDGE_RETURNED,
    [WITHDRAWN] = PLEDGE_WITHDRAWN, [UNDER_REVIEW] = PLEDGE_UNDER_REVIEW,
};

enum who { NOBODY, WITHOUT_ROLE, REGIONAL_HERE, REGIONAL_ELSEWHERE, NATIONAL, OPERATOR, WHO_COUNT };

static const struct {
    const char *name, *role, *area;
} people[WHO_COUNT] = {
    [NOBODY] = {"nobody", NULL, NULL},
    [WITHOUT_ROLE] = {"a person without a role", NULL, NULL},
    [REGIONAL_HERE] = {"the regional lead here", "regional", "here"},
    [REGIONAL_ELSEWHERE] = {"a regional lead elsewhere", "regional", "elsewhere"},
    [NATIONAL] = {"the national lead", "national", ""},
    [OPERATOR] = {"the operator", "operator", ""},
};

enum { EVERYONE = (1u << WHO_COUNT) - 1, WRITES_AT_ONCE = 250 };

static const struct change {
    const char *path;
    unsigned who, from;
    enum pledge_state next;
} changes[] = {
    {"/desk/pledges/:reference/acknowledge", IN(NATIONAL), IN(SIGNED), PLEDGE_ACKNOWLEDGED},
    {"/desk/pledges/:reference/publish", IN(NATIONAL), IN(ACKNOWLEDGED), PLEDGE_PUBLISHED},
    {"/desk/pledges/:reference/remind", IN(NATIONAL), IN(AWAITING) | IN(HALF), PLEDGE_AWAITING},
    {"/desk/pledges/:reference/return", IN(NATIONAL),
     IN(AWAITING) | IN(HALF) | IN(SIGNED) | IN(ACKNOWLEDGED), PLEDGE_RETURNED},
    {"/desk/pledges/:reference/withdraw", IN(NATIONAL),
     IN(AWAITING) | IN(HALF) | IN(SIGNED) | IN(ACKNOWLEDGED) | IN(PUBLISHED) | IN(UNDER_REVIEW) |
         IN(RETURNED),
     PLEDGE_WITHDRAWN},
    /* The link of the representative, who signs last in HALF. */
    {"/pledges/confirm/:token", EVERYONE, IN(AWAITING), PLEDGE_AWAITING},
    {"/pledges/confirm/:token", EVERYONE, IN(HALF), PLEDGE_SIGNED},
    {"/pledges/confirm/:token/decline", EVERYONE, IN(AWAITING) | IN(HALF), PLEDGE_RETURNED},
    /* The same of the review, which the leader still has to sign. */
    {"/reviews/confirm/:token", EVERYONE, IN(UNDER_REVIEW), PLEDGE_UNDER_REVIEW},
    {"/reviews/confirm/:token/decline", EVERYONE, IN(UNDER_REVIEW), PLEDGE_UNDER_REVIEW},
};

struct walk {
    struct ctx *ctx;
    struct pledge_draft draft;
    struct web_client *clients[WHO_COUNT];
    struct person_id persons[WHO_COUNT];
    const char *drafts[WHO_COUNT]; /* of the journey, one each */
    enum stage stage;
    enum who who;
    const char *reference, *token, *mend_token, *code;
    struct pledge before;
    int64_t newest_mail;
    int change_count, request_count, write_count;
};

/* ---- a pledge at a stage ---- */

static void look_at(struct walk *walk, struct pledge *out)
{
    struct ctx *ctx = walk->ctx;
    walk->ctx->person = (struct person_id){0};
    CHECK(pledge_find(walk->ctx, walk->reference, PLEDGE_FOR_STAFF, out) == OK);
}

static void send_pledge(struct walk *walk)
{
    struct form_problems problems = {.count = 0};
    struct ctx *ctx = walk->ctx;
    ctx->person = (struct person_id){0};
    ctx->fault = NULL;
    if (walk->reference != NULL && walk->before.state != PLEDGE_WITHDRAWN)
        CHECK(pledge_withdraw(ctx, walk->reference, "to make room") == OK);
    CHECK(pledge_send(ctx, &walk->draft, &problems, &walk->reference) == OK);
    walk->token = pledge_test_token(ctx, walk->draft.cosigner_email);
    walk->mend_token = "none";
}

static void send_review(struct walk *walk)
{
    struct ctx *ctx = walk->ctx;
    const struct review_past opened = {REVIEW_OPENED, ctx->now_secs, NULL};
    CHECK(review_record(ctx, walk->reference, &opened, 1) == OK);
    CHECK(review_test_send(ctx, walk->reference) == OK);
    walk->token = review_test_token(ctx, walk->draft.cosigner_email);
}

/* From AWAITING to the stage of the walk. */
static void make_pledge(struct walk *walk)
{
    struct ctx *ctx = walk->ctx;
    send_pledge(walk);
    const char *leader_token = pledge_test_token(ctx, walk->draft.leader_email);
    if (walk->stage != AWAITING)
        CHECK(pledge_link_sign(ctx, leader_token) == OK);
    if (walk->stage >= SIGNED)
        CHECK(pledge_link_sign(ctx, walk->token) == OK);
    if (walk->stage >= ACKNOWLEDGED && walk->stage <= UNDER_REVIEW)
        CHECK(pledge_acknowledge(ctx, walk->reference) == OK);
    if (walk->stage == PUBLISHED || walk->stage == UNDER_REVIEW)
        CHECK(pledge_publish(ctx, walk->reference) == OK);
    if (walk->stage == UNDER_REVIEW)
        send_review(walk);
    if (walk->stage == RETURNED) {
        CHECK(pledge_return(ctx, walk->reference, "not yet") == OK);
        walk->mend_token = pledge_test_token(ctx, walk->draft.leader_email);
    }
    if (walk->stage == WITHDRAWN)
        CHECK(pledge_withdraw(ctx, walk->reference, "no more") == OK);
    look_at(walk, &walk->before);
    CHECK(walk->before.state == state_in[walk->stage]);
    walk->code = walk->before.code;
    walk->newest_mail = help_newest_mail(ctx);
}

/* ---- one request ---- */

static const char *value_of(const void *arg, const char *path, const char *name)
{
    const struct walk *walk = arg;
    if (strcmp(name, "reference") == 0)
        return walk->reference;
    if (strcmp(name, "token") == 0)
        return text_begins(path, "/pledges/mend") ? walk->mend_token : walk->token;
    if (strcmp(name, "code") == 0)
        return text_begins(path, "/verify") ? walk->code : "R0A";
    if (strcmp(name, "draft") == 0)
        return walk->drafts[walk->who];
    if (strcmp(name, "step") == 0)
        return "plan";
    if (strcmp(name, "item") == 0)
        return "new";
    return "1";
}

static void begin_session(struct walk *walk, enum who who)
{
    struct ctx *ctx = walk->ctx;
    struct web_client *c = walk->clients[who];
    if (who != NOBODY)
        client_sign_in(c, walk->persons[who]);
    client_token(c);
    client_post(c, "/pledges/sign", NULL);
    CHECK_CODE(c, 303);
    const char *draft = c->location + strlen("/pledges/sign/");
    walk->drafts[who] = mem_text_part(ctx->mem, draft, strcspn(draft, "/?"));
}

static const struct change *change_of(const struct walk *walk, const struct web_route *route)
{
    if (strcmp(route->method, "POST") != 0)
        return NULL;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (strcmp(changes[i].path, route->path) == 0 && (changes[i].who & IN(walk->who)) != 0 &&
            (changes[i].from & IN(walk->stage)) != 0)
            return &changes[i];
    return NULL;
}

/* Whether the access that the route requires is this person's at all. */
static bool gets_in(const struct walk *walk, int access)
{
    struct ctx *ctx = walk->ctx;
    struct access_person person;
    struct access_granted granted;
    if (access == WEB_PUBLIC)
        return true;
    if (walk->who == NOBODY)
        return false;
    CHECK(access_person_get(walk->ctx, walk->persons[walk->who], &person) == OK);
    return access == WEB_SIGNED_IN || access_check_of(&person, (enum access)access, &granted) == OK;
}

static void check_code(const struct walk *walk, const struct web_route *route,
                       const struct web_client *c)
{
    struct ctx *ctx = walk->ctx;
    bool is_get = strcmp(route->method, "GET") == 0;
    bool is_sent_to_sign_in = c->code == 303 && text_begins(c->location, "/sign-in?next=");
    if (c->code >= 500)
        fail_msg("%s %s as %s, pledge %s: %d, %s", route->method, c->path, people[walk->who].name,
                 pledge_state_code(walk->before.state), c->code, c->fault);
    bool is_refused = c->code == 403 || c->code == 401 || is_sent_to_sign_in;
    if (is_refused == gets_in(walk, route->access))
        fail_msg("%s %s as %s: %d %s", route->method, c->path, people[walk->who].name, c->code,
                 c->fault);
    if (is_refused && is_get && walk->who == NOBODY && strchr(c->path, '.') == NULL)
        CHECK(is_sent_to_sign_in);
}

/* Whether the pledge has moved, as it may. */
static bool check_pledge(struct walk *walk, const struct web_route *route, const char *target)
{
    struct ctx *ctx = walk->ctx;
    const struct change *change = change_of(walk, route);
    struct pledge after;
    walk->ctx->fault = NULL;
    look_at(walk, &after);
    bool has_moved = after.state != walk->before.state ||
                     after.event_count != walk->before.event_count ||
                     after.signature_count != walk->before.signature_count;
    enum pledge_state wanted = change != NULL ? change->next : walk->before.state;
    if (after.state != wanted || (change == NULL && has_moved))
        fail_msg("%s %s as %s in stage %d: now %s, not %s", route->method, target,
                 people[walk->who].name, (int)walk->stage, pledge_state_code(after.state),
                 pledge_state_code(wanted));
    if (change == NULL)
        return false;
    CHECK(has_moved || help_newest_mail(ctx) != walk->newest_mail);
    walk->change_count++;
    walk->before.state = after.state;
    return true;
}

/* What the browser keeps of a request outlives it. */
static void keep(struct web_client *c, struct mem *mem)
{
    c->cookie = c->cookie != NULL ? mem_text(mem, c->cookie) : NULL;
    c->token = c->token != NULL ? mem_text(mem, c->token) : NULL;
    c->body = c->location = c->fault = c->path = "";
    c->answer = (struct web_answer){0};
}

/* Words in the path of whatever shows a pledge, moves it, or speaks of one. */
static bool is_about_pledges(const char *path)
{
    static const char *const words[] = {"pledge",  "plan",   "review",     "paper",
                                        "dispute", "verify", "individual", "emergenc"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(path, words[i]) != NULL)
            return true;
    return false;
}

/* Whether a request is made here: those about pledges that write or name one in each stage by each
 * person; all others by each person in one stage and in each stage by one person at least, or the
 * walk would take most of the time of all tests. */
static bool is_walked(const struct walk *walk, const struct web_route *route)
{
    bool does_more = strcmp(route->method, "GET") != 0 || strchr(route->path, ':') != NULL;
    return (does_more && is_about_pledges(route->path)) ||
           (size_t)walk->stage % WHO_COUNT == (size_t)walk->who;
}

/* Each request in memory of its own: there are tens of thousands. */
static void visit(void *arg, const struct web_route *route)
{
    struct walk *walk = arg;
    if (!is_walked(walk, route))
        return;
    struct ctx *ctx = walk->ctx;
    struct web_client *c = walk->clients[walk->who];
    struct mem *whole = ctx->mem;
    ctx->mem = mem_child(whole);
    const char *target = client_path_of(ctx->mem, route, value_of, walk);
    walk->request_count++;
    if (strcmp(route->method, "GET") != 0 && ++walk->write_count % WRITES_AT_ONCE == 0)
        ctx->now_secs += 10; /* nobody may write as often as this walk does in one minute */
    if (strcmp(route->method, "GET") == 0)
        client_get(c, target);
    else
        client_post(c, target, "reason", "Because the rules say so", "email", "x@y.example", NULL);
    check_code(walk, route, c);
    bool has_moved = check_pledge(walk, route, target);
    keep(c, whole);
    ctx->fault = NULL;
    mem_end(ctx->mem);
    ctx->mem = whole;
    if (has_moved)
        make_pledge(walk);
    if (strstr(route->path, "sign-out") != NULL)
        begin_session(walk, walk->who);
}

/* ---- the walk ---- */

static struct person_id person_of(struct walk *walk, enum who who, const char *here)
{
    struct ctx *ctx = walk->ctx;
    struct access_person person;
    const char *area = people[who].area;
    struct access_new wanted = {.email =
                                    mem_format(walk->ctx->mem, "walker-%d@x.example", (int)who),
                                .role = people[who].role != NULL ? people[who].role : "operator"};
    if (area != NULL && area[0] != '\0')
        wanted.area = strcmp(area, "here") == 0 ? here : strcmp(here, "Y56") == 0 ? "Y62" : "Y56";
    CHECK(access_person_add(walk->ctx, &wanted, &person, NULL) == OK);
    if (people[who].role == NULL)
        CHECK(access_person_end_role(walk->ctx, wanted.email, "operator", NULL) == OK);
    return person.id;
}

static void begin_walk(struct walk *walk)
{
    help_demonstration(walk->ctx, true);
    pledge_test_draft(walk->ctx, "R0A", &walk->draft);
    make_pledge(walk);
    for (enum who who = 0; who < WHO_COUNT; who++) {
        walk->clients[who] =
            who == 0 ? web_client(walk->ctx, &programme_app) : client_other(walk->clients[0]);
        if (who != NOBODY)
            walk->persons[who] = person_of(walk, who, walk->before.region);
    }
}

TEST(no_route_as_no_person_in_no_state_moves_a_pledge_past_the_rules)
{
    struct walk walk = {.ctx = ctx};
    begin_walk(&walk);
    for (walk.stage = 0; walk.stage < STAGES; walk.stage++) {
        make_pledge(&walk);
        for (walk.who = 0; walk.who < WHO_COUNT; walk.who++) {
            begin_session(&walk, walk.who); /* who has just shown who they are gets furthest */
            CHECK(web_routes_each(ctx, &programme_app, visit, &walk) == OK);
            ctx->now_secs += 60;
        }
    }
    /* The national lead's five lines count in 15 stages all told; the links of the mail, which
     * anyone may hold, are two in two stages, and those of the review two in one. */
    CHECK(walk.change_count == 15 + WHO_COUNT * 2 * 3);
    CHECK(walk.request_count > 1000);
    const char *broken = NULL;
    int64_t checked;
    ctx->person = (struct person_id){0};
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 0);
    if (client_first_unvisited(ctx, &programme_app) != NULL)
        fail_msg("no test visits %s", client_first_unvisited(ctx, &programme_app));
}
