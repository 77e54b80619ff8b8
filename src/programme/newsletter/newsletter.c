/* SPDX-License-Identifier: MIT */
/* newsletter.c - who gets the newsletter: asking, proving the address, choosing, leaving. */
#include "programme/newsletter/newsletter.h"

#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_internal.h"
#include "programme/newsletter/newsletter_send.sql.h"

#include <inttypes.h>
#include <string.h>

/* ---- topics and regions ---- */

const struct newsletter_topic newsletter_topics[] = {
    {"news", "News of the programme"},
    {"get-ready", "Get Ready: schools, work experience, first steps"},
    {"get-in", "Get In: apprenticeships and other ways into a job"},
    {"get-on", "Get On: learning at work"},
    {"go-further", "Go Further: the way to a registered profession"},
    {"volunteering", "Volunteering"},
    {"case-studies", "What others have done: case studies"},
    {"events", "Events"},
    {0}};

int64_t newsletter_topic_bits(const struct form_several *codes)
{
    int64_t bits = 0;
    for (size_t i = 0; i < codes->count; i++)
        for (size_t n = 0; newsletter_topics[n].code != NULL; n++)
            if (strcmp(newsletter_topics[n].code, codes->codes[i]) == 0)
                bits |= (int64_t)1 << n;
    return bits;
}

bool newsletter_topic_is_in(int64_t bits, size_t nth)
{
    return (bits >> nth & 1) != 0;
}

const char *newsletter_topic_words(struct mem *mem, int64_t bits)
{
    const char *words = "";
    for (size_t n = 0; newsletter_topics[n].code != NULL; n++)
        if (newsletter_topic_is_in(bits, n))
            words = mem_join(mem, words, words[0] != '\0' ? "; " : "", newsletter_topics[n].name);
    return words;
}

enum status newsletter_region_name(struct ctx *ctx, const char *code, const char **out)
{
    struct directory_choice *regions;
    size_t count;
    *out = code[0] != '\0' ? code : "All of England";
    if (code[0] == '\0')
        return OK;
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &regions, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(regions[i].code, code) == 0)
            *out = regions[i].name;
    return OK;
}

/* ---- asking ---- */

void newsletter_check_age(const struct newsletter_wish *wish, struct form_problems *problems)
{
    if (wish->is_old_enough == FORM_NO)
        form_wrong(problems, "is_old_enough",
                   "You must be 13 or older to get the newsletter by email. You can read it on our "
                   "website");
}

struct asking {
    const struct newsletter_wish *wish;
    struct form_problems *problems;
    const char *reference;
};

/* Runs inside a transaction, perhaps more than once. */
static enum status ask_once(struct ctx *ctx, void *arg)
{
    struct asking *asking = arg;
    const struct newsletter_wish *wish = asking->wish;
    int64_t id = id_new(ctx), changes;
    struct newsletter_reader_of_row known;
    struct proof_code code;
    const char *email_key = text_email_key(ctx->mem, wish->email);
    const char *link = random_token(ctx->mem);
    TRY(proof_check_mails(ctx, &newsletter_proof, email_key, asking->problems));
    enum status found = newsletter_reader_of(ctx, email_key, &known);
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    asking->reference = id_reference_new(ctx->mem, "NA");
    TRY(proof_code_new(ctx, &newsletter_proof, mem_format(ctx->mem, "%" PRId64, id), &code));
    TRY(newsletter_ask_add(ctx, id, asking->reference, wish->email, email_key,
                           newsletter_topic_bits(&wish->topics), wish->region, ctx->now_secs,
                           hash_token(ctx->mem, link), code.hash, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_BUSY, "the reference %s is taken", asking->reference);
    return newsletter_mail_ask(ctx,
                               &(const struct newsletter_letter){.reference = asking->reference,
                                                                 .to_address = wish->email,
                                                                 .code = code.code,
                                                                 .link = link,
                                                                 .is_reader = found == OK});
}

enum status newsletter_ask(struct ctx *ctx, const struct newsletter_wish *wish,
                           struct form_problems *problems, const char **reference_out)
{
    struct asking asking = {.wish = wish, .problems = problems};
    newsletter_check_age(wish, problems);
    if (wish->is_old_enough != FORM_YES)
        return ctx_fail(ctx, ERR_INVALID, "a child asks for the newsletter");
    TRY(store_transact(ctx, "newsletter_ask", ask_once, &asking));
    *reference_out = asking.reference;
    return OK;
}

/* ---- proving ---- */

/* What an ask holds, however it was found. */
struct ask {
    int64_t id;
    const char *email, *email_key;
    int64_t topics;
    const char *region;
};

/* They get it, with the topics and the region that they chose now, also after they had left. */
static enum status prove(struct ctx *ctx, const struct ask *ask, const char **token_out)
{
    int64_t changes;
    const char *hash;
    struct newsletter_reader_of_row reader;
    TRY(newsletter_stop_hash(ctx, ask->email_key, &hash));
    TRY(newsletter_stop_lift(ctx, hash, &changes));
    TRY(newsletter_reader_put(ctx, id_new(ctx), ask->email, ask->email_key, ask->topics,
                              ask->region, ctx->now_secs, "page", "", &changes));
    TRY(newsletter_ask_proven(ctx, ask->id, ctx->now_secs, &changes));
    TRY(newsletter_reader_of(ctx, ask->email_key, &reader));
    return newsletter_token(ctx, reader.id, token_out);
}

struct pressing {
    const char *link, *token;
};

static enum status link_row(struct ctx *ctx, const char *link,
                            struct newsletter_ask_by_link_row *out)
{
    TRY(newsletter_ask_by_link(ctx, hash_token(ctx->mem, link), out));
    if (proof_link_is_old(ctx, &newsletter_proof, out->asked_at))
        return ctx_fail(ctx, ERR_CONFLICT, "the link is too old");
    return OK;
}

enum status newsletter_link_open(struct ctx *ctx, const char *link, struct newsletter_offer *out)
{
    struct newsletter_ask_by_link_row row;
    TRY(link_row(ctx, link, &row));
    out->topics = newsletter_topic_words(ctx->mem, row.topics);
    return newsletter_region_name(ctx, row.region, &out->region);
}

/* An ask counts once: pressed again it opens the page of the reader, and undoes nothing. */
static enum status press_once(struct ctx *ctx, void *arg)
{
    struct pressing *pressing = arg;
    struct newsletter_ask_by_link_row row;
    TRY(link_row(ctx, pressing->link, &row));
    if (row.proven_at != NULL) {
        struct newsletter_reader_of_row reader;
        enum status status = newsletter_reader_of(ctx, row.email_key, &reader);
        if (status == ERR_NOT_FOUND)
            return ctx_fail(ctx, ERR_CONFLICT, "they have left since");
        TRY(status);
        return newsletter_token(ctx, reader.id, &pressing->token);
    }
    const struct ask ask = {row.id, row.email, row.email_key, row.topics, row.region};
    return prove(ctx, &ask, &pressing->token);
}

enum status newsletter_link_confirm(struct ctx *ctx, const char *link, const char **token_out)
{
    struct pressing pressing = {.link = link};
    TRY(store_transact(ctx, "newsletter_link_confirm", press_once, &pressing));
    *token_out = pressing.token;
    return OK;
}

static enum status take_code(struct ctx *ctx, const char *reference, struct proof_typed *out)
{
    struct newsletter_ask_by_reference_row row;
    TRY(newsletter_ask_by_reference(ctx, reference, &row));
    const struct ask ask = {row.id, row.email, row.email_key, row.topics, row.region};
    return prove(ctx, &ask, &out->token);
}

static enum status key_of(struct ctx *ctx, unsigned char *key_out)
{
    struct newsletter_key key;
    TRY(newsletter_key(ctx, &key));
    memcpy(key_out, key.bytes, sizeof key.bytes);
    return OK;
}

const struct proof_kind newsletter_proof = {
    .name = "newsletter_type",
    .sealed_as = "code", /* under the key of this folder */
    .code = &newsletter_ask_code_query,
    .tries = &newsletter_ask_tries_query,
    .wrong = &newsletter_ask_wrong_query,
    .forget = &newsletter_ask_forget_callers_query,
    .mails = &newsletter_ask_mails_query,
    .link_secs = NEWSLETTER_LINK_SECS,
    .key = key_of,
    .right = take_code,
};

/* ---- one reader ---- */

static enum status reader_get(struct ctx *ctx, int64_t id, struct newsletter_reader *out)
{
    struct newsletter_reader_row_row row;
    TRY(newsletter_reader_row(ctx, id, &row));
    *out = (struct newsletter_reader){row.id,     row.email,  row.email_key,
                                      row.topics, row.region, row.since_at};
    return OK;
}

enum status newsletter_reader_open(struct ctx *ctx, const char *token,
                                   struct newsletter_reader *out)
{
    int64_t id;
    TRY(newsletter_token_read(ctx, token, &id));
    return reader_get(ctx, id, out);
}

enum status newsletter_reader_find(struct ctx *ctx, const char *email,
                                   struct newsletter_reader *out)
{
    struct newsletter_reader_of_row row;
    TRY(newsletter_reader_of(ctx, text_email_key(ctx->mem, email), &row));
    return reader_get(ctx, row.id, out);
}

enum status newsletter_choose(struct ctx *ctx, const char *token,
                              const struct newsletter_choice *choice)
{
    int64_t id, changes;
    TRY(newsletter_token_read(ctx, token, &id));
    TRY(newsletter_reader_choose(ctx, id, newsletter_topic_bits(&choice->topics), choice->region,
                                 &changes));
    return changes == 1 ? OK : ERR_NOT_FOUND;
}

enum status newsletter_token_check(struct ctx *ctx, const char *token)
{
    int64_t id;
    return newsletter_token_read(ctx, token, &id);
}

/* ---- leaving ---- */

enum status newsletter_stop(struct ctx *ctx, const struct newsletter_stopping *stopping)
{
    int64_t changes;
    const char *hash;
    struct newsletter_reader_row_row row;
    struct newsletter_last_issue_row last = {.issue_id = &stopping->issue_id};
    enum status status = newsletter_reader_row(ctx, stopping->reader_id, &row);
    if (status == ERR_NOT_FOUND)
        return OK; /* gone already */
    TRY(status);
    TRY(newsletter_stop_hash(ctx, row.email_key, &hash));
    TRY(newsletter_stop_add(ctx, hash, stopping->why, ctx->now_secs, &changes));
    if (stopping->issue_id == 0)
        TRY(newsletter_last_issue(ctx, row.id, &last));
    if (last.issue_id != NULL && stopping->outcome[0] != '\0')
        TRY(newsletter_outcome(ctx, *last.issue_id, row.id, stopping->outcome, ctx->now_secs,
                               &changes));
    TRY(newsletter_ask_erase(ctx, row.email_key, &changes)); /* no old link brings them back */
    return newsletter_reader_drop(ctx, row.id, &changes);
}

static enum status stop_once(struct ctx *ctx, void *arg)
{
    return newsletter_stop(ctx, arg);
}

enum status newsletter_leave(struct ctx *ctx, const char *token)
{
    struct newsletter_stopping stopping = {.why = "left", .outcome = "left"};
    TRY(newsletter_token_read(ctx, token, &stopping.reader_id));
    return store_transact(ctx, "newsletter_leave", stop_once, &stopping);
}
