/* SPDX-License-Identifier: MIT */
/*
 * member_role_web.c - /roles: what each role may see and do, from the one policy.
 *
 * Nothing is written down here a second time: names, summaries, reach and levels are those of
 * policy.c.
 */
#include "platform/base/text.h"
#include "programme/member/member_page.html.h"
#include "programme/member/member_routes.h"

static const struct table_cell role_head[] = {
    {.text = "Role"}, {.text = "Given for"}, {.text = "In that area"}, {.text = "Everywhere"}};
static const struct table_cell access_head[] = {
    {.text = "What"}, {.text = "In their own area"}, {.text = "Everywhere"}};

enum { ROLE_CELLS = 4, ACCESS_CELLS = 3, ACCESSES = ACCESS_END - MAY_SEE_DESK };

static size_t count_roles(void)
{
    size_t count = 0;
    while (access_roles()[count].code != NULL)
        count++;
    return count;
}

static struct html list_of(struct mem *mem, const struct member_words *words)
{
    struct view out = {.mem = mem};
    member_list(&out, words);
    return view_html(&out);
}

static struct html accesses_of(struct mem *mem, const struct access_role *role,
                               enum access_reach reach)
{
    struct member_words words = {mem_array(mem, const char *, ACCESSES), 0};
    for (int access = MAY_SEE_DESK; access < ACCESS_END; access++)
        if (access_reach(role->code, (enum access)access) == reach)
            words.items[words.count++] = access_name(access);
    return list_of(mem, &words);
}

static struct html roles_of(struct mem *mem, enum access access, enum access_reach reach)
{
    struct member_words words = {mem_array(mem, const char *, count_roles()), 0};
    for (const struct access_role *role = access_roles(); role->code != NULL; role++)
        if (access_reach(role->code, access) == reach)
            words.items[words.count++] = role->name;
    return list_of(mem, &words);
}

static struct html levels_of(struct mem *mem, const struct access_role *role)
{
    struct member_words words = {mem_array(mem, const char *, ACCESS_SITE + 1), 0};
    for (enum access_level level = ACCESS_NATIONAL; level <= ACCESS_SITE; level++)
        if ((role->levels & (1u << level)) != 0)
            words.items[words.count++] = access_level_name(level);
    return list_of(mem, &words);
}

static struct table_row role_row(struct mem *mem, const struct access_role *role)
{
    struct table_cell *cells = mem_array(mem, struct table_cell, ROLE_CELLS);
    cells[0] = (struct table_cell){.text = mem_format(mem, "%s: %s", role->name, role->summary)};
    cells[1] = (struct table_cell){.html = levels_of(mem, role)};
    cells[2] = (struct table_cell){.html = accesses_of(mem, role, ACCESS_OWN)};
    cells[3] = (struct table_cell){.html = accesses_of(mem, role, ACCESS_ALL)};
    return (struct table_row){cells, ROLE_CELLS};
}

static struct table_row access_row(struct mem *mem, enum access access)
{
    struct table_cell *cells = mem_array(mem, struct table_cell, ACCESS_CELLS);
    cells[0] = (struct table_cell){.text = access_name((int)access)};
    cells[1] = (struct table_cell){.html = roles_of(mem, access, ACCESS_OWN)};
    cells[2] = (struct table_cell){.html = roles_of(mem, access, ACCESS_ALL)};
    return (struct table_row){cells, ACCESS_CELLS};
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    struct member_roles_page page = {.role_head = role_head,
                                     .role_head_count = ROLE_CELLS,
                                     .access_head = access_head,
                                     .access_head_count = ACCESS_CELLS,
                                     .roles = mem_array(mem, struct table_row, count_roles()),
                                     .accesses = mem_array(mem, struct table_row, ACCESSES)};
    for (const struct access_role *role = access_roles(); role->code != NULL; role++)
        page.roles[page.role_count++] = role_row(mem, role);
    for (int access = MAY_SEE_DESK; access < ACCESS_END; access++)
        page.accesses[page.access_count++] = access_row(mem, (enum access)access);
    answer->page = (struct web_page){.title = "What each role may see and do",
                                     .crumbs = {{"Home", "/"}, {"Privacy", "/privacy"}},
                                     .is_wide = true};
    answer->is_public = true;
    member_roles(&answer->body, &page);
    return OK;
}

const struct web_route member_role_routes[] = {
    {"GET", "/roles", WEB_PUBLIC, show, "What each role may see and do."},
    {0},
};
