/* SPDX-License-Identifier: MIT */
/*
 * fuzz_upload.c - files of any name and content.
 *
 * The name is what stands before the first zero byte.  A file that is taken has a clean name with
 * the ending of its type, and is no program.
 */
#include "platform/document/upload.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check(const struct upload *upload, const struct upload_sent *sent)
{
    static const struct upload_rules rules = {.endings = upload_all_endings};
    size_t length = text_length_chars(upload->name);
    assert(length > 0 && length <= UPLOAD_NAME_CHARS);
    assert(strpbrk(upload->name, "/\\\r\n\t\"<>:|?*") == NULL && upload->name[0] != '.');
    assert(upload->size_bytes == (int64_t)sent->size_bytes && strlen(upload->sha256) == 64);
    bool has_ending = false;
    for (const char *const *ending = rules.endings; *ending != NULL; ending++)
        has_ending = has_ending || text_ends(upload->name, *ending);
    assert(has_ending);
    assert(memcmp(sent->bytes,
                  "\x7F"
                  "ELF",
                  sent->size_bytes < 4 ? sent->size_bytes : 4) != 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const struct upload_rules rules = {.endings = upload_all_endings};
    struct ctx ctx = {.mem = mem_root()};
    const char *name = mem_text_part(ctx.mem, (const char *)data, size);
    size_t begin = strlen(name) < size ? strlen(name) + 1 : size;
    struct upload_sent sent = {.name = name, .bytes = data + begin, .size_bytes = size - begin};
    struct upload upload;
    const char *problem;
    enum status status = upload_look(&ctx, &sent, &rules, &upload, &problem);
    assert(status == OK ? problem == NULL : status == ERR_INVALID && problem != NULL);
    if (status == OK)
        check(&upload, &sent);
    mem_end(ctx.mem);
    return 0;
}
