/* SPDX-License-Identifier: MIT */
/* search_synonym.c - reads the pack of synonyms, and finds its phrases in words. */
#include "programme/search/search_synonym.h"

#include <string.h>

#include "platform/base/hash.h"
#include "platform/base/text.h"
#include "platform/store/store_note.h"
#include "programme/pack/pack.h"
#include "programme/search/search_routes.h"

enum { PHRASES_MAX = 1000, CONCEPT_BYTES_MAX = 30, KEPT_SECS = 60 };

struct phrase {
    const char *concept; /* "=hca" */
    const char *stem[SEARCH_PHRASE_WORDS_MAX];
    size_t count;
};

struct search_synonyms {
    struct phrase *phrase;
    size_t count;
    const char *version;
};

static bool is_code(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= CONCEPT_BYTES_MAX &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* ---- reading ---- */

static enum status add_phrase(struct ctx *ctx, const struct search_reader *reader,
                              struct pack_table *table, const char *const *cells,
                              struct search_synonyms *to)
{
    struct phrase *phrase = &to->phrase[to->count];
    struct search_words words = search_words_of(ctx->mem, reader, cells[1]);
    if (to->count == PHRASES_MAX)
        return pack_table_refuse(table, "there are more than %d phrases", PHRASES_MAX);
    if (!is_code(cells[0]))
        return pack_table_refuse(table, "\"%s\" is no concept: small letters, digits and dashes",
                                 cells[0]);
    phrase->concept = mem_format(ctx->mem, "=%s", cells[0]);
    for (size_t i = 0; i < words.count; i++) {
        if (words.word[i].stem[0] == '\0')
            continue;
        if (phrase->count == SEARCH_PHRASE_WORDS_MAX)
            return pack_table_refuse(table, "\"%s\" has more than %d words", cells[1],
                                     SEARCH_PHRASE_WORDS_MAX);
        phrase->stem[phrase->count++] = words.word[i].stem;
    }
    if (phrase->count == 0)
        return pack_table_refuse(table, "\"%s\" has no word to search by", cells[1]);
    to->count++;
    return OK;
}

static enum status read_pack(struct ctx *ctx, const struct search_reader *reader,
                             const struct pack *pack, struct search_synonyms *out)
{
    static const char *const headings[] = {"concept", "words", NULL};
    struct pack_table *table = NULL;
    const char *const *cells = NULL;
    enum status status;
    out->phrase = mem_array(ctx->mem, struct phrase, PHRASES_MAX + 1);
    out->version = pack->version;
    TRY(pack_table_open(ctx, pack, "synonyms.csv", headings, &table));
    while ((status = pack_table_next(table, &cells)) == OK)
        TRY(add_phrase(ctx, reader, table, cells, out));
    return status == ERR_NOT_FOUND ? OK : status;
}

static const void *copy_text(struct mem *mem, const void *value)
{
    return mem_text(mem, value);
}

static const void *copy(struct mem *mem, const void *value)
{
    const struct search_synonyms *from = value;
    struct search_synonyms *to = mem_new(mem, struct search_synonyms);
    *to = *from;
    to->version = mem_text(mem, from->version);
    to->phrase = mem_array(mem, struct phrase, from->count);
    for (size_t i = 0; i < from->count; i++) {
        to->phrase[i] = from->phrase[i];
        to->phrase[i].concept = mem_text(mem, from->phrase[i].concept);
        for (size_t n = 0; n < from->phrase[i].count; n++)
            to->phrase[i].stem[n] = mem_text(mem, from->phrase[i].stem[n]);
    }
    return to;
}

enum status search_synonyms(struct ctx *ctx, const struct search_reader *reader,
                            const struct search_synonyms **out)
{
    struct pack pack = {0};
    struct search_synonyms *synonyms = mem_new(ctx->mem, struct search_synonyms);
    struct store_note newest = {.key = "search.synonyms.newest", .secs = KEPT_SECS};
    const char *version = store_note_find(ctx, &newest);
    if (version == NULL) {
        TRY(pack_newest(ctx, SEARCH_SYNONYMS_PACK, &pack));
        version = pack.version;
        store_note_write(ctx, &newest, copy_text, version);
    }
    /* What a version of a pack holds never changes, so its phrases are good for ever. */
    struct store_note note = {.key = mem_format(ctx->mem, "search.synonyms %s", version),
                              .is_fixed = true};
    *out = store_note_find(ctx, &note);
    if (*out != NULL)
        return OK;
    TRY(pack_find(ctx, SEARCH_SYNONYMS_PACK, version, &pack));
    TRY(read_pack(ctx, reader, &pack, synonyms));
    store_note_write(ctx, &note, copy, synonyms);
    *out = synonyms;
    return OK;
}

const char *search_synonyms_version(const struct search_synonyms *synonyms)
{
    return synonyms->version;
}

/* ---- finding ---- */

/* How many words from `at` on the phrase takes; common words between its own are passed. */
static size_t fits(const struct phrase *phrase, const struct search_words *words, size_t at)
{
    size_t n = 0, i = at;
    for (; i < words->count && n < phrase->count; i++) {
        const char *stem = words->word[i].stem;
        if (stem[0] == '\0' && n > 0)
            continue;
        if (strcmp(stem, phrase->stem[n]) != 0)
            return 0;
        n++;
    }
    return n == phrase->count ? i - at : 0;
}

const char *search_synonym_at(const struct search_synonyms *synonyms,
                              const struct search_words *words, size_t at, size_t *words_out)
{
    const char *concept = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < synonyms->count; i++) {
        const struct phrase *phrase = &synonyms->phrase[i];
        if (phrase->stem[0][0] != words->word[at].stem[0] || phrase->count <= longest)
            continue;
        size_t length = fits(phrase, words, at);
        if (length == 0)
            continue;
        longest = phrase->count;
        concept = phrase->concept;
        *words_out = length;
    }
    return concept;
}

/* ---- checking ---- */

static enum status check_pack(struct ctx *ctx, const struct pack *pack)
{
    struct search_reader *reader = NULL;
    struct search_synonyms synonyms = {.count = 0};
    TRY(search_reader_open_plain(ctx, &reader));
    TRY(read_pack(ctx, reader, pack, &synonyms));
    return synonyms.count > 0 ? OK : ctx_fail(ctx, ERR_INVALID, "synonyms.csv: is empty");
}

const struct pack_reader search_pack_readers[] = {
    {.holds = SEARCH_SYNONYMS_PACK, .check = check_pack},
    {0},
};
