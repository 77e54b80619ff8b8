/* SPDX-License-Identifier: MIT */
/*
 * member_role_web.c - /roles: what each role may see and do, from the one policy.
 *
 * Nothing is written down here a second time: names, summaries, reach and levels are those of
 * policy.c.
 */
#include "platform/web/form.h"
#include "programme/member/member_page.html.h"
#include "programme/member/member_routes.h"

static const struct table_cell access_head[] = {
    {.text = "What"}, {.text = "In their own area"}, {.text = "Everywhere"}};

enum { ACCESS_CELLS = 3, ACCESSES = ACCESS_END - MAY_SEE_DESK };

static size_t count_roles(void)
{
    size_t count = 0;
    while (access_roles()[count].code != NULL)
        count++;
    return count;
}

/* "Coordinator, Organisation lead"; "Nobody" for none. */
static const char *in_a_row(struct mem *mem, const struct member_words *words)
{
    const char *out = words->count == 0 ? "Nobody" : words->items[0];
    for (size_t i = 1; i < words->count; i++)
        out = mem_format(mem, "%s, %s", out, words->items[i]);
    return out;
}

static struct member_words accesses_of(struct mem *mem, const struct access_role *role,
                                       enum access_reach reach)
{
    struct member_words words = {mem_array(mem, const char *, ACCESSES), 0};
    for (int access = MAY_SEE_DESK; access < ACCESS_END; access++)
        if (access_reach(role->code, (enum access)access) == reach)
            words.items[words.count++] = access_name(access);
    return words;
}

static bool can_have_key(const struct web_request *request, enum access access)
{
    return request->app->key_may != NULL && request->app->key_may((int)access);
}

static const char *roles_of(struct web_request *request, enum access access,
                            enum access_reach reach)
{
    struct mem *mem = request->ctx->mem;
    struct member_words words = {mem_array(mem, const char *, count_roles() + 1), 0};
    for (const struct access_role *role = access_roles(); role->code != NULL; role++)
        if (access_reach(role->code, access) == reach)
            words.items[words.count++] = role->name;
    if (reach == ACCESS_OWN && can_have_key(request, access))
        words.items[words.count++] = "a program with a key";
    return in_a_row(mem, &words);
}

static const char *levels_of(struct mem *mem, const struct access_role *role)
{
    struct member_words words = {mem_array(mem, const char *, ACCESS_SITE + 1), 0};
    for (enum access_level level = ACCESS_NATIONAL; level <= ACCESS_SITE; level++)
        if ((role->levels & (1u << level)) != 0)
            words.items[words.count++] = access_level_name(level);
    return in_a_row(mem, &words);
}

static struct table_row access_row(struct web_request *request, enum access access)
{
    struct mem *mem = request->ctx->mem;
    struct table_cell *cells = mem_array(mem, struct table_cell, ACCESS_CELLS);
    cells[0] = (struct table_cell){.text = form_upper_first(mem, access_name((int)access))};
    cells[1] = (struct table_cell){.text = roles_of(request, access, ACCESS_OWN)};
    cells[2] = (struct table_cell){.text = roles_of(request, access, ACCESS_ALL)};
    return (struct table_row){cells, ACCESS_CELLS};
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    struct member_roles_page page = {.access_head = access_head,
                                     .access_head_count = ACCESS_CELLS,
                                     .roles =
                                         mem_array(mem, struct member_role_show, count_roles()),
                                     .accesses = mem_array(mem, struct table_row, ACCESSES)};
    for (const struct access_role *role = access_roles(); role->code != NULL; role++)
        page.roles[page.role_count++] = (struct member_role_show){
            role, levels_of(mem, role), accesses_of(mem, role, ACCESS_OWN),
            accesses_of(mem, role, ACCESS_ALL)};
    for (int access = MAY_SEE_DESK; access < ACCESS_END; access++)
        page.accesses[page.access_count++] = access_row(request, (enum access)access);
    answer->page = (struct web_page){.title = "What each role may see and do",
                                     .crumbs = {{"Home", "/"}, {"Privacy", "/privacy"}},
                                     .is_wide = true};
    answer->is_public = true;
    member_roles(&answer->body, &page);
    return OK;
}

/* ---- at /account: who can see one's data ---- */

/* Whether the role can be given at a level as wide as one of these roles of somebody, or wider. */
static bool can_reach(const struct access_role *role, const struct access_person *person)
{
    for (size_t i = 0; i < person->grant_count; i++)
        for (enum access_level level = ACCESS_NATIONAL; level <= person->grants[i].level; level++)
            if ((role->levels & (1u << level)) != 0)
                return true;
    return person->grant_count == 0 && (role->levels & (1u << ACCESS_NATIONAL)) != 0;
}

static enum status show_readers(struct web_request *request, struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct member_words words = {mem_array(ctx->mem, const char *, count_roles()), 0};
    struct access_person person;
    TRY(access_person_get(ctx, ctx->person, &person));
    for (const struct access_role *role = access_roles(); role->code != NULL; role++)
        if (access_reach(role->code, MAY_SEE_PEOPLE) != ACCESS_NOTHING && can_reach(role, &person))
            words.items[words.count++] = role->name;
    member_readers_section(out, &words);
    return OK;
}

const struct account_section member_reader_sections[] = {{"Who can see your data", show_readers},
                                                         {0}};

const struct web_route member_role_routes[] = {
    {"GET", "/roles", WEB_PUBLIC, show, "What each role may see and do."},
    {0},
};
