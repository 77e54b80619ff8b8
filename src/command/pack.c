/* SPDX-License-Identifier: MIT */
/*
 * pack.c - `onward pack`: what is official, as dated data files.
 *
 *   onward pack list
 *   onward pack check FOLDER
 *   onward pack install FOLDER
 */
#include "command/list.h"

#include <string.h>

#include "platform/base/time.h"
#include "programme/pack/pack.h"
#include "programme/programme.h"

static const char *period_of(struct mem *mem, const struct pack *pack)
{
    return mem_format(mem, "%s to %s", pack->valid_from,
                      pack->valid_until[0] != '\0' ? pack->valid_until : "now");
}

/* Whether this version of its name is the one that counts today. */
static enum status is_in_force(struct ctx *ctx, const struct pack *pack, bool *out)
{
    struct pack today;
    enum status status = pack_on(ctx, pack->name, time_day_of(ctx->mem, ctx->now_secs), &today);
    *out = status == OK && strcmp(today.version, pack->version) == 0;
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    return status == ERR_NOT_FOUND ? OK : status;
}

static enum status list(struct ctx *ctx, struct command_run *run)
{
    struct pack *packs;
    size_t count;
    bool counts;
    TRY(pack_list(ctx, &packs, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(is_in_force(ctx, &packs[i], &counts));
        fprintf(run->io.out, "%-20s %-10s %-26s %-10s %-9s %s\n", packs[i].name, packs[i].version,
                period_of(ctx->mem, &packs[i]), packs[i].is_built_in ? "built in" : "installed",
                counts ? "in force" : "", packs[i].title);
    }
    return OK;
}

static enum status check(struct ctx *ctx, struct command_run *run)
{
    struct pack pack;
    TRY(pack_read(ctx, command_word(run, 0), &pack));
    TRY(pack_check(ctx, programme_pack_readers, &pack));
    fprintf(run->io.out, "%s %s can be installed: %s.\n", pack.name, pack.version, pack.title);
    return OK;
}

static enum status install(struct ctx *ctx, struct command_run *run)
{
    struct pack pack;
    TRY(pack_read(ctx, command_word(run, 0), &pack));
    TRY(pack_install(ctx, programme_pack_readers, &pack));
    fprintf(run->io.out, "Installed %s %s: %s.\n", pack.name, pack.version, pack.title);
    return OK;
}

const struct command command_pack_list = {
    .words = {"pack list", "Lists the packs of official data, and which are in force today.", "", 0,
              0, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = list,
};

const struct command command_pack_check = {
    .words = {"pack check", "Says whether the pack in a folder can be installed. Changes nothing.",
              "FOLDER", 1, 1, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = check,
};

const struct command command_pack_install = {
    .words = {"pack install", "Installs the pack in a folder. The same again changes nothing.",
              "FOLDER", 1, 1, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = install,
};
