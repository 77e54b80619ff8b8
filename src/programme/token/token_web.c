/* SPDX-License-Identifier: MIT */
/*
 * token_web.c - keys as the dispatcher meets them, and their pages.
 *
 *   /desk/keys                 the keys of one's organisation
 *   /desk/keys/new             on to a form of its own
 *   /desk/keys/new/:request    the form; POST makes a key and shows it, once
 *   /desk/keys/:id             one key
 *   /desk/keys/:id/end         POST takes it back
 */
#include "programme/token/token_web.h"

#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/directory/directory_web.h"
#include "programme/token/token.sql.h"
#include "programme/token/token_page.html.h"

#include <string.h>

/* ---- what the dispatcher asks ---- */

enum status token_key(struct web_request *request, const char *key)
{
    return token_show(request->ctx, key, &request->key_id);
}

bool token_key_may(int access)
{
    for (const enum access *own = token_accesses(); *own != 0; own++)
        if ((int)*own == access)
            return true;
    return false;
}

static bool has_access(const struct token *token, int access)
{
    for (size_t i = 0; i < token->access_count; i++)
        if ((int)token->accesses[i] == access)
            return true;
    return false;
}

enum status token_may(struct web_request *request, int access, struct web_grant *grant_out)
{
    struct token token;
    const char *organisation = web_value(request, "organisation");
    if (request->key_id == 0)
        return access_may(request, access, grant_out);
    TRY(token_get(request->ctx, request->key_id, &token));
    bool is_elsewhere = organisation[0] != '\0' && strcmp(organisation, token.organisation) != 0;
    if (!has_access(&token, access) || is_elsewhere)
        return ctx_fail(request->ctx, ERR_FORBIDDEN, "the key has not this access");
    *grant_out = (struct web_grant){.role = "key", .scope = token.organisation};
    return OK;
}

/* ---- the list ---- */

static const struct listing_column columns[] = {
    {.name = "name", .heading = "Key", .link = "/desk/keys/:id"},
    {.name = "organisation", .heading = "Organisation"},
    {.name = "start", .heading = "Begins with"},
    {.name = "expires_at", .heading = "Works until", .format = LISTING_TIME},
    {.name = "ended_at", .heading = "Taken back", .format = LISTING_TIME},
    {.name = "used_at", .heading = "Last used", .format = LISTING_TIME},
    {.name = "made_at", .heading = "Made", .format = LISTING_TIME, .is_in_files_only = true},
    {0}};

static const struct listing_order orders[] = {{"newest", "Newest first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    token_list_intro(out);
    return OK;
}

static const struct listing list = {
    .title = "Keys of other programs",
    .section = "/desk",
    .query = &token_list_query,
    .columns = columns,
    .orders = orders,
    .one = "key",
    .many = "keys",
    .file_name = "keys",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = intro,
};

/* ---- making one ---- */

struct key_form {
    struct form_found organisation; /* only for who makes keys everywhere */
    const char *name, *days;
    struct form_several accesses;
};

static enum status access_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    size_t count = 0;
    (void)form;
    while (token_accesses()[count] != 0)
        count++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++) {
        enum access access = token_accesses()[i];
        options[i].code = token_access_code(access);
        options[i].label = form_upper_first(ctx->mem, access_name((int)access));
    }
    *out = options;
    return OK;
}

static const struct form_option spans[] = {{"30", "30 days", NULL, NULL},
                                           {"90", "90 days", NULL, NULL},
                                           {"365", "A year", NULL, NULL},
                                           {0}};

#define KEY_FIELDS                                                                                 \
    FORM_TEXT(key_form, name, .label = "What is the key for?",                                     \
              .hint = "A name by which you know it again, such as “Board dashboard”",              \
              .missing = "Enter a name for the key", .length_most = TOKEN_NAME_CHARS_MOST),        \
        FORM_SEVERAL_OF(key_form, accesses, .label = "What may it do?",                            \
                        .options_from = access_options, .items_least = 1,                          \
                        .missing = "Choose what the key may do"),                                  \
        FORM_ONE_OF(key_form, days, .label = "How long does it work?", .options = spans,           \
                    .missing = "Choose how long the key works"),                                   \
        FORM_END

static const struct form_field own_fields[] = {KEY_FIELDS};
static const struct form_field any_fields[] = {
    FORM_LOOKUP(key_form, organisation, .in = &directory_organisations,
                .label = "Which organisation is it for?",
                .missing = "Choose the organisation that the key is for"),
    KEY_FIELDS};

static const struct form_field *fields_of(const struct web_request *request)
{
    return request->grant.scope != NULL ? own_fields : any_fields;
}

static enum status begin(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    return web_see_other(answer, mem_format(mem, "/desk/keys/new/%s", random_token(mem)));
}

static enum status ask(struct web_request *request, struct web_answer *answer,
                       const struct form_problems *problems)
{
    struct view intro_words = {.mem = request->ctx->mem};
    token_new_intro(&intro_words);
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){.title = "Make a key for another program",
                                                 .action = request->path,
                                                 .button = "Make the key",
                                                 .intro = view_html(&intro_words),
                                                 .back_href = "/desk/keys",
                                                 .shown = {.fields = fields_of(request),
                                                           .answers = request->sent,
                                                           .problems = problems}});
}

static enum status form_for_key(struct web_request *request, struct web_answer *answer)
{
    return ask(request, answer, NULL);
}

/* Whose key: the own organisation's, or the one chosen. */
static const char *organisation_of(const struct web_request *request, const struct key_form *form)
{
    return request->grant.scope != NULL ? request->grant.scope : form->organisation.key;
}

static enum status refuse(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "No key was made",
                     "This form made a key before, or your organisation has as many keys as it may "
                     "have. Look at your keys and take back what you do not need.");
}

static enum status make(struct web_request *request, struct web_answer *answer)
{
    struct key_form form = {0};
    struct form_problems problems = {.count = 0};
    const char *key;
    enum status status =
        form_read(request->ctx, fields_of(request), request->sent, &form, &problems);
    const struct token_new wanted = {form.name, form.accesses, form.days,
                                     web_value(request, "request")};
    if (status == OK)
        status =
            token_make(request->ctx, organisation_of(request, &form), &wanted, &problems, &key);
    if (status == ERR_INVALID)
        return ask(request, answer, &problems);
    if (status == ERR_CONFLICT)
        return refuse(request, answer);
    TRY(status);
    answer->page = (struct web_page){.title = "Your new key", .section = "/desk"};
    token_made(&answer->body, &(const struct token_made_page){form.name, key});
    return OK;
}

/* ---- one key ---- */

/* The key that the address names, when it is in the scope of the role. */
static enum status find(struct web_request *request, struct token *out)
{
    int64_t id;
    if (text_number(web_value(request, "id"), 1, INT64_MAX, &id) != OK)
        return ERR_NOT_FOUND;
    TRY(token_get(request->ctx, id, out));
    if (request->grant.scope != NULL && strcmp(request->grant.scope, out->organisation) != 0)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "the key is outside the scope of the role");
    return OK;
}

static const char *shown_time(struct mem *mem, int64_t at)
{
    return at != 0 ? time_show(mem, at) : "";
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct token token;
    struct mem *mem = request->ctx->mem;
    TRY(find(request, &token));
    struct token_page page = {.token = &token,
                              .may = mem_array(mem, const char *, token.access_count),
                              .made = shown_time(mem, token.made_at),
                              .expires = shown_time(mem, token.expires_at),
                              .used = shown_time(mem, token.used_at),
                              .ended = shown_time(mem, token.ended_at),
                              .is_live = token_is_live(&token, request->ctx->now_secs),
                              .form_token = web_token(request)};
    for (size_t i = 0; i < token.access_count; i++)
        page.may[i] = form_upper_first(mem, access_name((int)token.accesses[i]));
    answer->page = (struct web_page){
        .title = token.name,
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Keys of other programs", "/desk/keys"}}};
    token_show_page(&answer->body, &page);
    return OK;
}

static enum status end(struct web_request *request, struct web_answer *answer)
{
    struct token token;
    TRY(find(request, &token));
    TRY(token_end(request->ctx, token.id));
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "/desk/keys/%lld", (long long)token.id));
}

const struct desk_queue token_queues[] = {
    {"Keys of other programs", "/desk/keys", "Let a program read what you may read.",
     MAY_MAKE_TOKENS, NULL},
    {0},
};

const struct web_route token_routes[] = {
    WEB_LISTING("/desk/keys", MAY_MAKE_TOKENS, &list, "Keys of other programs."),
    {"GET", "/desk/keys/new", MAY_MAKE_TOKENS, begin, "On to a form of its own.",
     .needs_proof = true},
    {"GET", "/desk/keys/new/:request", MAY_MAKE_TOKENS, form_for_key, "Asks what the key is for.",
     .needs_proof = true},
    {"POST", "/desk/keys/new/:request", MAY_MAKE_TOKENS, make,
     "Makes a key and shows it, once. A form makes one key.", .needs_proof = true},
    {"GET", "/desk/keys/:id", MAY_MAKE_TOKENS, show, "One key."},
    {"POST", "/desk/keys/:id/end", MAY_MAKE_TOKENS, end, "Takes a key back. Safe to repeat."},
    {0},
};
