/* SPDX-License-Identifier: MIT */
/* pack_table_test.c - a table of a pack is read by its headings, and what is wrong has a place. */
#include "programme/pack/pack_table.h"

#include "platform/base/test.h"

static const char *const headings[] = {"code", "name", NULL};

static enum status open_text(struct ctx *ctx, const char *text, struct pack_table **out)
{
    struct pack_file *file = mem_new(ctx->mem, struct pack_file);
    *file = (struct pack_file){"things.csv", "x", text, strlen(text)};
    const struct pack pack = {.name = "things", .version = "1", .files = file, .file_count = 1};
    ctx->fault = NULL;
    return pack_table_open(ctx, &pack, "things.csv", headings, out);
}

TEST(the_cells_of_a_pack_stand_in_the_order_of_the_headings)
{
    struct pack_table *table;
    const char *const *first, *const *second, *const *none;
    CHECK(open_text(ctx, "name,more,code\nAda,x,a\nBo,y,b\n", &table) == OK);
    CHECK(pack_table_next(table, &first) == OK);
    CHECK(pack_table_next(table, &second) == OK);
    CHECK_TEXT(first[0], "a");
    CHECK_TEXT(first[1], "Ada");
    CHECK_TEXT(second[0], "b");
    CHECK(pack_table_next(table, &none) == ERR_NOT_FOUND);
}

TEST(what_is_wrong_with_a_table_of_a_pack_is_told_with_its_file_and_line)
{
    struct pack_table *table;
    const char *const *cells;
    const struct pack empty = {.name = "things", .version = "1"};
    CHECK(open_text(ctx, "code,more\na,x\n", &table) == ERR_INVALID);
    CHECK_TEXT(ctx->fault, "things.csv: The file has no column called “name”");
    CHECK(open_text(ctx, "", &table) == ERR_INVALID);
    CHECK(strncmp(ctx->fault, "things.csv: ", 12) == 0);
    CHECK(open_text(ctx, "code,name\na,Ada\nb,\"Bo\n", &table) == OK);
    CHECK(pack_table_next(table, &cells) == OK && ctx->fault == NULL);
    CHECK(pack_table_refuse(table, "%s is %d", "this", 1) == ERR_INVALID);
    CHECK_TEXT(ctx->fault, "things.csv: line 2: this is 1");
    CHECK(pack_table_next(table, &cells) == ERR_INVALID);
    CHECK(strncmp(ctx->fault, "things.csv: line 3: ", 20) == 0);
    CHECK(pack_table_open(ctx, &empty, "things.csv", headings, &table) == ERR_NOT_FOUND);
}
