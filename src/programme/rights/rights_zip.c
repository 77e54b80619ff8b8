/* SPDX-License-Identifier: MIT */
/*
 * rights_zip.c - a person's own data as a .zip: everything as one JSON file, and a CSV file for
 * each kind of thing.
 *
 * libzip writes to memory; what goes in is bounded by PRIVACY_ROWS_MAX rows a table, and what comes
 * out by RIGHTS_ZIP_BYTES_MAX.
 */
#include "programme/rights/rights.h"

#include <string.h>
#include <zip.h>

static const char about[] = "This is everything that we can list about you.\r\n"
                            "\r\n"
                            "data.json holds all of it, for programs.\r\n"
                            "Each .csv file holds one kind of thing, for a spreadsheet.\r\n"
                            "Times in .csv files are those of London.\r\n";

static bool add(zip_t *zip, const char *name, const char *text)
{
    zip_source_t *source = zip_source_buffer(zip, text, strlen(text), 0);
    if (source == NULL)
        return false;
    if (zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return true;
    zip_source_free(source);
    return false;
}

static bool add_all(struct ctx *ctx, zip_t *zip, const struct privacy_copy *copies, size_t count)
{
    bool is_fine = add(zip, "read-me.txt", about) &&
                   add(zip, "data.json", privacy_copy_json(ctx, copies, count));
    for (size_t i = 0; i < count && is_fine; i++)
        is_fine = add(zip, mem_format(ctx->mem, "%s.csv", copies[i].holding->table),
                      privacy_copy_csv(ctx, &copies[i]));
    return is_fine;
}

/* The bytes that were written to the source. */
static bool take(struct ctx *ctx, zip_source_t *source, const void **bytes_out, size_t *size_out)
{
    zip_stat_t stat;
    if (zip_source_open(source) != 0)
        return false;
    bool is_fine = zip_source_stat(source, &stat) == 0 && stat.size <= RIGHTS_ZIP_BYTES_MAX;
    if (is_fine) {
        char *bytes = mem_room(ctx->mem, stat.size);
        is_fine = zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size;
        *bytes_out = bytes;
        *size_out = stat.size;
    }
    zip_source_close(source);
    return is_fine;
}

enum status rights_zip(struct ctx *ctx, const struct privacy_copy *copies, size_t count,
                       const void **bytes_out, size_t *size_out)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    bool is_fine = false;
    if (zip != NULL) {
        zip_source_keep(source);
        is_fine = add_all(ctx, zip, copies, count);
        if (!is_fine)
            zip_discard(zip);
        else if (zip_close(zip) != 0) {
            zip_discard(zip);
            is_fine = false;
        }
        is_fine = is_fine && take(ctx, source, bytes_out, size_out);
    }
    if (source != NULL)
        zip_source_free(source);
    return is_fine ? OK : ctx_fail(ctx, ERR_FAULT, "the copy cannot be packed");
}
