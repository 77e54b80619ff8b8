/* SPDX-License-Identifier: MIT */
/*
 * user.c - `onward user`: people who may sign in, and their roles.
 *
 *   onward user create ada@example.org --role national --name "Ada Lovelace"
 *   onward user create bob@example.org --role regional --area Y58
 *   onward user list
 *   onward user end ada@example.org --role national
 *   onward user close ada@example.org
 */
#include "command/list.h"

#include "platform/base/settings.h"
#include "platform/store/store.h"
#include "programme/access/access_web.h"
#include "programme/member/member.h"

enum { LISTED_AT_ONCE = 100 };

static const char *roles_text(struct mem *mem)
{
    const char *text = "";
    for (const struct access_role *role = access_roles(); role->code != NULL; role++)
        text = mem_format(mem, "%s%s%s (%s%s)", text, text[0] != '\0' ? ", " : "", role->code,
                          role->name,
                          (role->levels & 1u << ACCESS_NATIONAL) != 0 ? "" : ", needs --area");
    return text;
}

static const char *role_of(const struct command_run *run)
{
    return args_value(run->args, "role");
}

static enum status no_role(struct ctx *ctx, struct command_run *run)
{
    return command_wrong_usage(ctx, run, "say --role: one of %s", roles_text(ctx->mem));
}

static void tell(const struct command_run *run, const struct access_person *person)
{
    fprintf(run->io.out, "%s  %s", person->email, person->name);
    for (size_t i = 0; i < person->grant_count; i++) {
        const struct access_grant *grant = &person->grants[i];
        fprintf(run->io.out, "%s %s", i == 0 ? " :" : ",", grant->role->code);
        if (grant->area[0] != '\0')
            fprintf(run->io.out, " of %s (%s)", grant->area_name, grant->area);
    }
    fputs(person->closed_at != 0 ? "  closed\n" : "\n", run->io.out);
}

static enum status create(struct ctx *ctx, struct command_run *run)
{
    struct access_person person;
    bool changed;
    const struct access_new wanted = {
        .email = command_word(run, 0),
        .name = args_value(run->args, "name"),
        .role = role_of(run),
        .area = args_value(run->args, "area"),
        .until_on = args_value(run->args, "until"),
    };
    if (wanted.role == NULL)
        return no_role(ctx, run);
    TRY(access_person_add(ctx, &wanted, &person, &changed));
    tell(run, &person);
    if (changed)
        fprintf(run->io.out, "They sign in with this address at %s%s.\n", ctx->settings->base_url,
                ACCESS_SIGN_IN_PATH);
    else
        fputs("Nothing changed: they have this role.\n", run->io.out);
    return OK;
}

static enum status list(struct ctx *ctx, struct command_run *run)
{
    struct access_person *people;
    size_t count;
    const char *after = "";
    TRY(audit_note(ctx, &(const struct audit_deed){.what = "access.people_listed"}));
    do {
        TRY(access_person_list(ctx, after, LISTED_AT_ONCE, &people, &count));
        for (size_t i = 0; i < count; i++) {
            tell(run, &people[i]);
            after = people[i].email;
        }
    } while (count == LISTED_AT_ONCE);
    if (after[0] == '\0')
        fputs("Nobody can sign in yet: see `onward user create --help`.\n", run->io.out);
    return OK;
}

static enum status end(struct ctx *ctx, struct command_run *run)
{
    if (role_of(run) == NULL)
        return no_role(ctx, run);
    TRY(access_person_end_role(ctx, command_word(run, 0), role_of(run),
                               args_value(run->args, "area")));
    fprintf(run->io.out, "%s has this role no more.\n", command_word(run, 0));
    return OK;
}

/* Nobody answers for what a closed account offered, so that ends with it. */
static enum status close_once(struct ctx *ctx, void *arg)
{
    struct access_person person;
    int64_t ended;
    TRY(access_person_find(ctx, arg, &person));
    TRY(access_person_close(ctx, arg));
    return member_person_closed(ctx, person.id, &ended);
}

static enum status close_account(struct ctx *ctx, struct command_run *run)
{
    TRY(store_transact(ctx, "user_close", close_once, mem_text(ctx->mem, command_word(run, 0))));
    fprintf(run->io.out, "%s is closed and signed out everywhere.\n", command_word(run, 0));
    return OK;
}

static const struct args_option create_options[] = {
    {"role", "ROLE", "what they may do, such as national, regional or lead"},
    {"name", "NAME", "their name; the address when left out"},
    {"area", "CODE", "the region, board or organisation that the role is for, such as Y58"},
    {"until", "DAY", "the first day on which it does not count any more, as 2027-03-31"},
    {0}};

static const struct args_option end_options[] = {
    {"role", "ROLE", "the role that ends"},
    {"area", "CODE", "only there; wherever they have it when left out"},
    {0}};

const struct command command_user_create = {
    .words = {"user create", "Gives somebody a role, and an account if they have none.", "EMAIL", 1,
              1, create_options},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = create,
};

const struct command command_user_list = {
    .words = {"user list", "Lists the people who have an account, with their roles.", "", 0, 0,
              NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = list,
};

const struct command command_user_end = {
    .words = {"user end", "Ends a role of somebody.", "EMAIL", 1, 1, end_options},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = end,
};

const struct command command_user_close = {
    .words = {"user close", "Closes an account, ends what it offered and signs the person out.",
              "EMAIL", 1, 1, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = close_account,
};
