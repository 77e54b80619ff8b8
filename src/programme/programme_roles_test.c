/* SPDX-License-Identifier: MIT */
/*
 * programme_roles_test.c - every route, as every role, in its own area and elsewhere.
 *
 * Who gets through is worked out from help_agreed, a copy of the policy that the program does not
 * know.  Pages are asked for by everybody; what changes something is sent only by those who must be
 * refused (programme_walk_test.c sends the rest).
 */
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

/* A trust, its board and its region, and others of each. */
static const struct {
    enum access_level level;
    const char *here, *elsewhere;
} areas[] = {
    {ACCESS_ORGANISATION, "R0A", "RJ1"},
    {ACCESS_BOARD, "QOP", "QYG"},
    {ACCESS_REGION, "Y62", "Y56"},
    {ACCESS_NATIONAL, NULL, NULL},
};

struct walk {
    struct ctx *ctx;
    struct web_client *client;
    const char *role, *reference;
    bool is_here;
    int allowed_count, refused_count;
};

static const char *value_of(const void *arg, const char *path, const char *name)
{
    const struct walk *walk = arg;
    (void)path;
    return strcmp(name, "organisation") == 0                              ? "R0A"
           : strcmp(name, "reference") == 0 || strcmp(name, "thing") == 0 ? walk->reference
                                                                          : "1";
}

static bool gets_in(const struct walk *walk, const struct web_route *route)
{
    if (route->access == WEB_PUBLIC || route->access == WEB_SIGNED_IN)
        return true;
    enum access_reach reach = help_agreed(walk->ctx, walk->role, route->access);
    bool is_of_one = strstr(route->path, "/:organisation") != NULL;
    return reach == ACCESS_ALL || (reach == ACCESS_OWN && (!is_of_one || walk->is_here));
}

static void visit(void *arg, const struct web_route *route)
{
    struct walk *walk = arg;
    struct ctx *ctx = walk->ctx;
    struct web_client *c = walk->client;
    const char *target = client_path_of(ctx->mem, route, value_of, walk);
    bool is_get = strcmp(route->method, "GET") == 0, is_expected = gets_in(walk, route);
    if (!is_get && is_expected)
        return;
    if (is_get)
        client_get(c, target);
    else
        client_post(c, target, "reason", "Because", NULL);
    if (c->code >= 500)
        fail_msg("%s as %s: %d, %s", c->path, walk->role, c->code, c->fault);
    /* A page that is there only for some people within those who get in looks as if it were not. */
    if ((c->code == 403) == is_expected)
        fail_msg("%s as %s %s: %d, %s", c->path, walk->role,
                 walk->is_here ? "of the place" : "of elsewhere", c->code, c->fault);
    walk->allowed_count += is_expected;
    walk->refused_count += !is_expected;
    ctx->fault = NULL;
}

/* The narrowest area that the role can be given for; NULL for everywhere. */
static const char *area_of(const struct access_role *role, bool is_here)
{
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++)
        if ((role->levels & 1u << areas[i].level) != 0)
            return is_here ? areas[i].here : areas[i].elsewhere;
    return NULL;
}

static void walk_as(struct walk *walk, const struct access_role *role, bool is_here)
{
    struct ctx *ctx = walk->ctx;
    struct access_person person;
    const char *area = area_of(role, is_here);
    const struct access_new wanted = {
        .email = mem_format(ctx->mem, "%s-%d@trust.example", role->code, is_here),
        .role = role->code,
        .area = area};
    walk->role = role->code;
    walk->is_here = is_here || area == NULL;
    ctx->person = (struct person_id){0};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    walk->client = client_other(walk->client);
    client_sign_in(walk->client, person.id);
    client_token(walk->client);
    CHECK(web_routes_each(ctx, &programme_app, visit, walk) == OK);
}

TEST(each_role_gets_through_to_what_was_agreed_in_its_own_area_and_to_nothing_else)
{
    help_demonstration(ctx, true);
    struct walk walk = {.ctx = ctx, .client = web_client(ctx, &programme_app)};
    walk.reference = pledge_test_send(ctx, "R0A");
    for (const struct access_role *role = access_roles(); role->code != NULL; role++) {
        walk_as(&walk, role, true);
        walk_as(&walk, role, false);
    }
    CHECK(walk.allowed_count > 1000 && walk.refused_count > 500);
}
