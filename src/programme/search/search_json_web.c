/* SPDX-License-Identifier: MIT */
/* search_json_web.c - the same searches as JSON, and what is suggested while somebody types. */
#include "programme/search/search_web.h"

#include <jansson.h>
#include <string.h>

#include "programme/search/search.sql.h"

enum { TITLES_SUGGESTED = 5, ORGANISATIONS_SUGGESTED = 3, SUGGESTED_CHARS_MAX = 100 };

static enum status send(struct web_request *request, struct web_answer *answer, json_t *json)
{
    char *made = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    if (made == NULL)
        return ctx_fail(request->ctx, ERR_FAULT, "an answer cannot be written as JSON");
    return web_json(answer, mem_text_taken(request->ctx->mem, made, strlen(made)));
}

/* ---- results ---- */

static json_t *hit_json(const struct search_hit *hit)
{
    return json_pack("{ss ss ss ss ss ss ss ss sb}", "kind", hit->kind, "href", hit->href, "title",
                     hit->title, "summary", hit->summary, "region", hit->region, "stage",
                     hit->stage, "pillar", hit->pillar, "published_on", hit->published_on,
                     "is_public", !hit->is_restricted);
}

static json_t *facets_json(const struct search_result *result)
{
    static const char *const names[SEARCH_FACETS] = {"kind", "stage", "pillar", "region"};
    json_t *facets = json_object();
    for (int i = 0; i < SEARCH_FACETS; i++) {
        json_t *values = json_array();
        for (size_t n = 0; n < result->value_counts[i]; n++) {
            const struct search_value *value = &result->values[i][n];
            json_t *one = json_pack("{ss}", "code", value->code);
            if (value->count >= 0)
                json_object_set_new(one, "count", json_integer(value->count));
            json_array_append_new(values, one);
        }
        json_object_set_new(facets, names[i], values);
    }
    return facets;
}

static json_t *organisations_json(const struct search_known_forms *known)
{
    json_t *list = json_array();
    if (known->is_coded)
        json_array_append_new(list, json_pack("{ss ss}", "code", known->organisation.code, "name",
                                              known->organisation.name));
    for (size_t i = 0; i < known->found_count; i++)
        json_array_append_new(
            list, json_pack("{ss ss}", "code", known->found[i].code, "name", known->found[i].name));
    return list;
}

static json_t *outcome_json(const struct search_outcome *o)
{
    json_t *hits = json_array();
    for (size_t i = 0; i < o->result.hit_count; i++)
        json_array_append_new(hits, hit_json(&o->result.hits[i]));
    json_t *json = json_pack(
        "{si sb si si so so so}", "total", (int)o->result.total, "is_more", o->result.is_more,
        "page", o->result.page, "pages", o->result.page_count, "results", hits, "facets",
        facets_json(&o->result), "organisations", organisations_json(&o->known));
    if (o->result.mended != NULL)
        json_object_set_new(json, "searched_instead", json_string(o->result.mended));
    if (o->known.place != NULL)
        json_object_set_new(json, "postcode", json_string(o->known.place));
    return json;
}

#define TEXT_SCHEMA "{\"type\":\"string\"}"
#define COUNT_SCHEMA "{\"type\":\"integer\",\"minimum\":0}"
#define VALUES_SCHEMA                                                                              \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"code\"],"                  \
    "\"additionalProperties\":false,\"properties\":{\"code\":" TEXT_SCHEMA                         \
    ",\"count\":" COUNT_SCHEMA "}}}"

const char search_json_schema[] =
    "{\"type\":\"object\",\"required\":[\"total\",\"is_more\",\"page\",\"pages\",\"results\","
    "\"facets\",\"organisations\"],\"additionalProperties\":false,\"properties\":{"
    "\"total\":" COUNT_SCHEMA ",\"is_more\":{\"type\":\"boolean\"},\"page\":" COUNT_SCHEMA
    ",\"pages\":" COUNT_SCHEMA ",\"searched_instead\":" TEXT_SCHEMA ",\"postcode\":" TEXT_SCHEMA
    ",\"organisations\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"code\",\"name\"],\"additionalProperties\":false,\"properties\":{"
    "\"code\":" TEXT_SCHEMA ",\"name\":" TEXT_SCHEMA "}}},"
    "\"facets\":{\"type\":\"object\",\"required\":[\"kind\",\"stage\",\"pillar\",\"region\"],"
    "\"additionalProperties\":false,\"properties\":{\"kind\":" VALUES_SCHEMA
    ",\"stage\":" VALUES_SCHEMA ",\"pillar\":" VALUES_SCHEMA ",\"region\":" VALUES_SCHEMA "}},"
    "\"results\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"kind\",\"href\",\"title\",\"summary\",\"region\",\"stage\",\"pillar\","
    "\"published_on\",\"is_public\"],\"additionalProperties\":false,\"properties\":{"
    "\"kind\":" TEXT_SCHEMA ",\"href\":" TEXT_SCHEMA ",\"title\":" TEXT_SCHEMA
    ",\"summary\":" TEXT_SCHEMA ",\"region\":" TEXT_SCHEMA ",\"stage\":" TEXT_SCHEMA
    ",\"pillar\":" TEXT_SCHEMA ",\"published_on\":" TEXT_SCHEMA
    ",\"is_public\":{\"type\":\"boolean\"}}}}}}";

enum status search_json_show(struct web_request *request, struct web_answer *answer)
{
    struct search_outcome outcome;
    TRY(search_outcome_of(request, &outcome));
    if (outcome.result.problem == SEARCH_TOO_LONG)
        return web_sorry(request, answer, 422, "That is too long to search for",
                         "Ask for a few words: at most 200 letters.");
    answer->is_public = request->ctx->person.n == 0 && !outcome.is_missed;
    return send(request, answer, outcome_json(&outcome));
}

/* ---- suggestions ---- */

const char search_suggest_schema[] =
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"label\",\"detail\","
    "\"href\"],\"additionalProperties\":false,\"properties\":{\"label\":" TEXT_SCHEMA
    ",\"detail\":" TEXT_SCHEMA ",\"href\":" TEXT_SCHEMA "}}}";

/* Titles that have all the words, the last of which may be unfinished. */
static enum status suggest_titles(struct ctx *ctx, const struct search_words *words, json_t *to)
{
    struct search_match_title_row *rows = NULL;
    size_t count = 0;
    struct search_question question = search_question(ctx);
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            search_ask_join(&question, SEARCH_AND);
        if (i + 1 < words->count)
            search_ask_word(&question, "", words->word[i].folded);
        else
            search_ask_begun(&question, words->word[i].folded);
    }
    TRY(search_match_title(ctx, search_asked_text(&question), TITLES_SUGGESTED, &rows, &count));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(to, json_pack("{ss ss ss}", "label", rows[i].title, "detail",
                                            search_kind_name(rows[i].kind), "href", rows[i].href));
    return OK;
}

static enum status suggest_organisations(struct ctx *ctx, const char *typed, json_t *to)
{
    struct directory_found *found = NULL;
    size_t count = 0;
    const struct directory_asked asked = {typed, DIRECTORY_ORGANISATIONS, ORGANISATIONS_SUGGESTED};
    TRY(directory_search(ctx, &asked, &found, &count));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            to,
            json_pack("{ss ss so}", "label", found[i].name, "detail", found[i].detail, "href",
                      json_sprintf("/organisations/%s", text_percent(ctx->mem, found[i].code))));
    return OK;
}

enum status search_suggest_show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct search_reader *reader = NULL;
    const char *typed = text_cut(ctx->mem, web_query(request, "q"), SUGGESTED_CHARS_MAX);
    json_t *list = json_array();
    TRY(search_reader_open(ctx, &reader));
    struct search_words words = search_words_of(ctx->mem, reader, typed);
    enum status status = OK;
    if (words.count > 0 && words.count <= SEARCH_TERMS_MAX)
        status = suggest_titles(ctx, &words, list);
    if (status == OK && words.count > 0)
        status = suggest_organisations(ctx, typed, list);
    if (status != OK) {
        json_decref(list);
        return status;
    }
    answer->is_public = answer->is_same_all_day = true;
    return send(request, answer, list);
}
