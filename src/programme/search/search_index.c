/* SPDX-License-Identifier: MIT */
/*
 * search_index.c - what is kept of a document so that it is found: see search_internal.h.
 *
 * A stem is kept once a document, however often it stands there: how much a document is about a
 * word is decided here, once, and not each time that somebody searches.
 */
#include "programme/search/search_internal.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/text.h"
#include "programme/search/search.sql.h"

/* A body with a word this often is about it. */
enum { OFTEN_TIMES = 4 };
enum { TEXT_BYTES_MAX = 16 * 1024 * 1024 };
/* Words that are mended when they are mistyped. */
enum { KNOWN_BYTES_MIN = 4, KNOWN_BYTES_MAX = 24 };

enum part { PART_BODY = 1, PART_ABOUT = 2, PART_TITLE = 4 };

struct use {
    const char *text; /* a stem, a concept or a word */
    const char *stem; /* of a word */
    unsigned parts;
    int times;
};

struct uses {
    struct use *use;
    size_t count;
};

static int compare_uses(const void *a, const void *b)
{
    return strcmp(((const struct use *)a)->text, ((const struct use *)b)->text);
}

/* Each text once, with all its parts. */
static void join_uses(struct uses *uses)
{
    size_t kept = 0;
    if (uses->count == 0)
        return;
    qsort(uses->use, uses->count, sizeof uses->use[0], compare_uses);
    for (size_t i = 1; i < uses->count; i++) {
        if (strcmp(uses->use[kept].text, uses->use[i].text) != 0) {
            uses->use[++kept] = uses->use[i];
            continue;
        }
        uses->use[kept].parts |= uses->use[i].parts;
        uses->use[kept].times += uses->use[i].times;
    }
    uses->count = kept + 1;
}

/* ---- reading ---- */

struct reading {
    struct mem *mem;
    const struct search_reader *reader;
    struct uses stems;
    struct uses known;
};

static bool is_known_kind(const char *word)
{
    size_t length = strlen(word);
    if (length < KNOWN_BYTES_MIN || length > KNOWN_BYTES_MAX)
        return false;
    for (size_t i = 0; i < length; i++)
        if (isdigit((unsigned char)word[i]) != 0)
            return false;
    return true;
}

static void add_use(struct uses *to, const char *text, const char *stem, unsigned part)
{
    to->use[to->count++] = (struct use){text, stem, part, (part & PART_BODY) != 0};
}

static void read_words(struct reading *reading, const struct search_words *words, unsigned part)
{
    for (size_t i = 0; i < words->count; i++) {
        const struct search_word *word = &words->word[i];
        if (word->concept_words > 0)
            add_use(&reading->stems, word->concept, NULL, part);
        if (word->stem[0] == '\0')
            continue;
        add_use(&reading->stems, word->stem, NULL, part);
        if (is_known_kind(word->folded))
            add_use(&reading->known, word->folded, word->stem, part);
    }
}

/* Nothing is too long: a document has its limits, and a word is kept six times at most. */
static const char *built(struct text_builder *to)
{
    const char *text = "";
    return text_build_end(to, &text) == OK ? text : "";
}

static void add_codes(struct text_builder *to, const char *mark, const char *codes)
{
    for (const char *at = codes; *at != '\0';) {
        size_t length = strcspn(at, " ");
        if (length > 0)
            text_add_format(to, " %s%.*s", mark, (int)length, at);
        at += length + (at[length] == ' ');
    }
}

static void add_marks(struct text_builder *to, const struct search_document *document)
{
    add_codes(to, "k:", document->kind);
    add_codes(to, "s:", document->stage);
    add_codes(to, "p:", document->pillar);
    add_codes(to, "r:", document->region);
    if (document->access != 0)
        text_add_format(to, " x:r x:%d", document->access);
}

static const char *text_of(struct mem *mem, struct uses *stems,
                           const struct search_document *document)
{
    struct text_builder to = text_build(mem, TEXT_BYTES_MAX);
    join_uses(stems);
    for (size_t i = 0; i < stems->count; i++) {
        const struct use *use = &stems->use[i];
        text_add_format(&to, "%s%s", i > 0 ? " " : "", use->text);
        if ((use->parts & PART_TITLE) != 0)
            text_add_format(&to, " t:%s", use->text);
        if ((use->parts & (PART_TITLE | PART_ABOUT)) != 0 || use->times >= OFTEN_TIMES)
            text_add_format(&to, " a:%s", use->text);
    }
    add_marks(&to, document);
    return built(&to);
}

static void take_known(struct mem *mem, struct uses *known, struct search_index *out)
{
    join_uses(known);
    const char **word = mem_array(mem, const char *, known->count + 1);
    const char **stem = mem_array(mem, const char *, known->count + 1);
    for (size_t i = 0; i < known->count; i++) {
        word[i] = known->use[i].text;
        stem[i] = known->use[i].stem;
    }
    out->word = word;
    out->stem = stem;
    out->word_count = known->count;
}

/* The title's words, common ones too: who types may have come no further. */
static const char *title_of(struct mem *mem, const struct search_words *words)
{
    struct text_builder to = text_build(mem, TEXT_BYTES_MAX);
    for (size_t i = 0; i < words->count; i++)
        text_add_format(&to, "%s%s", i > 0 ? " " : "", words->word[i].folded);
    return built(&to);
}

struct search_index search_index_of(struct mem *mem, const struct search_reader *reader,
                                    const struct search_document *document)
{
    struct search_index index = {.text = ""};
    struct reading reading = {.mem = mem, .reader = reader};
    const char *body = document->body;
    if (strlen(body) > SEARCH_BODY_BYTES_MAX)
        body = mem_text_part(mem, body, SEARCH_BODY_BYTES_MAX);
    const struct search_words title = search_words_of(mem, reader, document->title),
                              summary = search_words_of(mem, reader, document->summary),
                              text = search_words_of(mem, reader, body);
    size_t room = title.count + summary.count + text.count + 1;
    reading.stems.use = mem_array(mem, struct use, 2 * room);
    reading.known.use = mem_array(mem, struct use, room);
    read_words(&reading, &title, PART_TITLE);
    read_words(&reading, &summary, PART_ABOUT);
    read_words(&reading, &text, PART_BODY);
    index.text = text_of(mem, &reading.stems, document);
    index.title = title_of(mem, &title);
    take_known(mem, &reading.known, &index);
    return index;
}

/* ---- writing ---- */

static const char *json_of(struct mem *mem, const struct search_index *index)
{
    json_t *array = json_array();
    for (size_t i = 0; i < index->word_count; i++)
        json_array_append_new(array, json_string(index->word[i]));
    char *made = json_dumps(array, JSON_COMPACT);
    json_decref(array);
    return made == NULL ? "[]" : mem_text_taken(mem, made, strlen(made));
}

static const char *stem_beside(const struct search_index *index, const char *word)
{
    for (size_t i = 0; i < index->word_count; i++)
        if (strcmp(index->word[i], word) == 0)
            return index->stem[i];
    return word;
}

/* The stem is known beside the word: "apprenticeship" stands where only the plural is written. */
static enum status know(struct ctx *ctx, const char *word, const char *stem)
{
    int64_t changes = 0;
    TRY(search_known_add(ctx, word, stem, &changes));
    if (changes > 0)
        TRY(search_known_split(ctx, word, &changes));
    return OK;
}

static enum status know_words(struct ctx *ctx, const struct search_index *index)
{
    struct search_known_not_row *rows = NULL;
    size_t count = 0;
    TRY(search_known_not(ctx, json_of(ctx->mem, index), (int64_t)index->word_count + 1, &rows,
                         &count));
    for (size_t i = 0; i < count; i++) {
        const char *stem = stem_beside(index, rows[i].word);
        TRY(know(ctx, rows[i].word, stem));
        if (is_known_kind(stem))
            TRY(know(ctx, stem, stem));
    }
    return OK;
}

enum status search_index_add(struct ctx *ctx, int64_t id, const struct search_document *document,
                             const struct search_index *index)
{
    int64_t changes = 0;
    TRY(search_text_add(ctx, id, index->text, &changes));
    if (document->access != 0)
        return OK;
    TRY(search_title_add(ctx, id, index->title, &changes));
    return know_words(ctx, index);
}

enum status search_index_drop(struct ctx *ctx, int64_t id)
{
    int64_t changes = 0;
    TRY(search_text_drop(ctx, id, &changes));
    return search_title_drop(ctx, id, &changes);
}
