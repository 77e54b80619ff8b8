/* SPDX-License-Identifier: MIT */
/*
 * demo.c - `onward demo`: a service to try, with real organisations and invented people.
 *
 * It has a database of its own unless one is named, and never touches one that it has not made:
 * what tells them apart are its people.  Started again, it serves what is there, brought up to date
 * where it was made by an older program.
 */
#include "command/list.h"

#include "command/schema.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "platform/web/web.h"
#include "programme/demo/demo.h"
#include "programme/programme.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char usual_database[] = "sqlite:onward-demo.db";
static const char usual_seed[] = "demo";

static const struct args_option options[] = {
    {"pledges", "N", "how many pledges to make (40)"},
    {"seed", "TEXT", "what the invented people and plans follow from; the same makes the same"},
    {"fresh", NULL, "begin again: remove the demonstration that is in the database file"},
    {"only-fill", NULL, "fill the database and end, without serving"},
    {0},
};

/* The settings of a demonstration: no mail leaves it, and it keeps away from the usual database. */
static const struct settings *settings_for(struct ctx *ctx)
{
    struct settings settings = *ctx->settings;
    settings.demonstration = true;
    settings.smtp = "";
    if (strcmp(settings.database, settings_built_in(ctx->mem).database) == 0)
        settings.database = usual_database;
    return mem_copy(ctx->mem, &settings, sizeof settings);
}

/* ---- what is there ---- */

enum found { FOUND_NOTHING, FOUND_DEMONSTRATION, FOUND_OLD_DEMONSTRATION, FOUND_OTHER };

static enum status look(struct ctx *ctx, enum found *out)
{
    bool is_here = false;
    enum status status = store_schema_check(ctx, programme_migrations, programme_migration_count);
    ctx->fault = NULL;
    *out = FOUND_NOTHING;
    if (status == ERR_NOT_FOUND)
        return OK;
    bool is_old = status == ERR_CONFLICT;
    if (!is_old)
        TRY(status);
    *out = FOUND_OTHER;
    status = demo_is_here(ctx, &is_here);
    if (is_old && status != OK) {
        ctx->fault = NULL; /* of another program: its tables need not be ours */
        return OK;
    }
    TRY(status);
    if (is_here)
        *out = is_old ? FOUND_OLD_DEMONSTRATION : FOUND_DEMONSTRATION;
    return OK;
}

static enum status refuse(struct ctx *ctx)
{
    return ctx_fail(ctx, ERR_CONFLICT,
                    "%s holds something that is no demonstration, and is left alone; name an empty "
                    "database with --database",
                    settings_without_password(ctx->mem, ctx->settings->database));
}

/* Looks with a connection of its own, which is closed again, so that files can be removed.  What
 * an older program made is brought up to date if it can be. */
static enum status examine(struct ctx *ctx, enum found *out)
{
    struct ctx looking = *ctx;
    int applied;
    looking.mem = mem_child(ctx->mem);
    enum status status = store_open(&looking, ctx->settings->database, &looking.store);
    if (status == OK)
        status = look(&looking, out);
    if (status == OK && *out == FOUND_OLD_DEMONSTRATION) {
        if (schema_migrate(&looking, &applied) == OK)
            *out = FOUND_DEMONSTRATION;
        looking.fault = NULL; /* then it stays an old one */
    }
    ctx->fault = mem_text(ctx->mem, looking.fault);
    mem_end(looking.mem);
    return status;
}

/* ---- beginning again ---- */

/* Removes the file and what SQLite keeps beside it.  Nobody may have it open. */
static enum status remove_files(struct ctx *ctx, const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const char *file = mem_format(ctx->mem, "%s%s", path, ends[i]);
        if (remove(file) != 0 && i == 0)
            return ctx_fail(ctx, ERR_FAULT, "the file \"%s\" cannot be removed", file);
    }
    return OK;
}

static enum status begin_again(struct ctx *ctx)
{
    const char *path = ctx->settings->database + strlen("sqlite:");
    if (!text_begins(ctx->settings->database, "sqlite:"))
        return ctx_fail(ctx, ERR_INVALID,
                        "--fresh removes files only: make a new, empty PostgreSQL database and "
                        "name it with --database");
    return strcmp(path, ":memory:") == 0 ? OK : remove_files(ctx, path);
}

/* Says what is there once the way is free: nothing, or a demonstration to use again.  One of
 * another version that nobody named is made anew, so that starting the service just works. */
static enum status make_way(struct ctx *ctx, bool is_fresh, enum found *out)
{
    TRY(examine(ctx, out));
    if (*out == FOUND_OTHER)
        return refuse(ctx);
    if (*out == FOUND_OLD_DEMONSTRATION && !is_fresh &&
        strcmp(ctx->settings->database, usual_database) != 0)
        return ctx_fail(ctx, ERR_CONFLICT,
                        "the demonstration in %s was made by another version: begin again with "
                        "--fresh",
                        settings_without_password(ctx->mem, ctx->settings->database));
    if (*out == FOUND_OLD_DEMONSTRATION || is_fresh) {
        TRY(begin_again(ctx));
        *out = FOUND_NOTHING;
    }
    return OK;
}

/* ---- filling and serving ---- */

static enum status fill(struct ctx *ctx, struct command_run *run, const struct demo_options *how)
{
    int applied;
    struct demo_made made;
    command_progress(run, "Taking in the organisations ...");
    TRY(schema_migrate(ctx, &applied));
    TRY(demo_fill(ctx, how, &made));
    command_progress(run, "");
    fprintf(run->io.out,
            "Made a demonstration with %" PRId64 " pledges, invented people and %" PRId64
            " invented organisations beside the real ones.\n",
            made.pledge_count, made.invented_count);
    return OK;
}

static void say_how(const struct ctx *ctx, const struct command_run *run)
{
    const struct settings *settings = ctx->settings;
    fprintf(run->io.out, "\nOpen %s in a browser. Press Ctrl+C here to stop.\n\n",
            settings->base_url);
    for (const struct demo_person *person = demo_people; person->email != NULL; person++)
        fprintf(run->io.out, "  %-24s %s\n", person->email, person->does);
    fprintf(run->io.out,
            "\nTo sign in as one of them, type the address at %s/sign-in.\n"
            "No email leaves this machine: read all of them at %s/desk/outbox\n\n",
            settings->base_url, settings->base_url);
    fflush(run->io.out);
}

static enum status read_options(struct ctx *ctx, struct command_run *run, struct demo_options *out)
{
    const char *pledges = args_value(run->args, "pledges"), *seed = args_value(run->args, "seed");
    *out = (struct demo_options){.seed = seed != NULL ? seed : usual_seed,
                                 .pledge_count = DEMO_PLEDGES_USUAL,
                                 .progress = command_progress_percent,
                                 .arg = run};
    if (pledges != NULL && text_number(pledges, 1, DEMO_PLEDGES_MOST, &out->pledge_count) != OK)
        return command_wrong_usage(ctx, run, "--pledges is a number from 1 to %d",
                                   DEMO_PLEDGES_MOST);
    return OK;
}

static enum status demo(struct ctx *ctx, struct command_run *run)
{
    struct demo_options how;
    enum found found;
    TRY(read_options(ctx, run, &how));
    ctx->settings = settings_for(ctx);
    TRY(make_way(ctx, args_has(run->args, "fresh"), &found));
    TRY(store_open(ctx, ctx->settings->database, &ctx->store));
    if (found == FOUND_NOTHING)
        TRY(fill(ctx, run, &how));
    else
        fputs("The demonstration that was made before is used again; --fresh makes a new one.\n",
              run->io.out);
    if (args_has(run->args, "only-fill"))
        return OK;
    say_how(ctx, run);
    return web_serve(ctx, &programme_app);
}

const struct command command_demo = {
    .words = {"demo", "Serves a demonstration with real organisations and invented people.", "", 0,
              0, options},
    .needs = COMMAND_NEEDS_SETTINGS,
    .is_service = true,
    .run = demo,
};
