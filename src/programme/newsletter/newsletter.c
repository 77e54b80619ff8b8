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

#include <string.h>

enum { CODES_COUNT = 1000000 };

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

static enum status check_load(struct ctx *ctx, const char *email_key,
                              struct form_problems *problems)
{
    struct newsletter_ask_load_row load;
    TRY(newsletter_ask_load(ctx, email_key, ctx->now_secs - TIME_HOUR_SECS,
                            ctx->now_secs - TIME_DAY_SECS, &load));
    if (load.hour_count < NEWSLETTER_MAILS_AN_HOUR && load.day_count < NEWSLETTER_MAILS_A_DAY)
        return OK;
    form_wrong(problems, "email",
               "We have sent many emails to this address lately. Look in its inbox and in the spam "
               "folder, or try again tomorrow");
    return ctx_fail(ctx, ERR_INVALID, "too many asks for one address");
}

/* Runs inside a transaction, perhaps more than once. */
static enum status ask_once(struct ctx *ctx, void *arg)
{
    struct asking *asking = arg;
    const struct newsletter_wish *wish = asking->wish;
    int64_t id = id_new(ctx), changes;
    struct newsletter_reader_of_row known;
    const char *email_key = text_email_key(ctx->mem, wish->email), *code_hash;
    const char *link = random_token(ctx->mem);
    const char *code = mem_format(ctx->mem, "%06u", random_below(CODES_COUNT));
    TRY(check_load(ctx, email_key, asking->problems));
    enum status found = newsletter_reader_of(ctx, email_key, &known);
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    asking->reference = id_reference_new(ctx->mem, "NA");
    TRY(newsletter_code_hash(ctx, id, code, &code_hash));
    TRY(newsletter_ask_add(ctx, id, asking->reference, wish->email, email_key,
                           newsletter_topic_bits(&wish->topics), wish->region, ctx->now_secs,
                           hash_token(ctx->mem, link), code_hash, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_BUSY, "the reference %s is taken", asking->reference);
    return newsletter_mail_ask(ctx,
                               &(const struct newsletter_letter){.reference = asking->reference,
                                                                 .to_address = wish->email,
                                                                 .code = code,
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

enum status newsletter_ask_exists(struct ctx *ctx, const char *reference)
{
    struct newsletter_ask_by_reference_row row;
    return newsletter_ask_by_reference(ctx, reference, &row);
}

/* ---- proving ---- */

/* What an ask holds, however it was found. */
struct proof {
    int64_t id;
    const char *email, *email_key;
    int64_t topics;
    const char *region;
};

/* They get it, with the topics and the region that they chose now, also after they had left. */
static enum status prove(struct ctx *ctx, const struct proof *proof, const char **token_out)
{
    int64_t changes;
    const char *hash;
    struct newsletter_reader_of_row reader;
    TRY(newsletter_stop_hash(ctx, proof->email_key, &hash));
    TRY(newsletter_stop_lift(ctx, hash, &changes));
    TRY(newsletter_reader_put(ctx, id_new(ctx), proof->email, proof->email_key, proof->topics,
                              proof->region, ctx->now_secs, "page", "", &changes));
    TRY(newsletter_ask_proven(ctx, proof->id, ctx->now_secs, &changes));
    TRY(newsletter_reader_of(ctx, proof->email_key, &reader));
    return newsletter_token(ctx, reader.id, token_out);
}

struct pressing {
    const char *link, *token;
};

static enum status link_row(struct ctx *ctx, const char *link,
                            struct newsletter_ask_by_link_row *out)
{
    TRY(newsletter_ask_by_link(ctx, hash_token(ctx->mem, link), out));
    if (out->asked_at + NEWSLETTER_LINK_SECS <= ctx->now_secs)
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
    const struct proof proof = {row.id, row.email, row.email_key, row.topics, row.region};
    return prove(ctx, &proof, &pressing->token);
}

enum status newsletter_link_confirm(struct ctx *ctx, const char *link, const char **token_out)
{
    struct pressing pressing = {.link = link};
    TRY(store_transact(ctx, "newsletter_link_confirm", press_once, &pressing));
    *token_out = pressing.token;
    return OK;
}

struct typed {
    const struct newsletter_typing *typing;
    const char *code, *token;
    enum newsletter_outcome outcome;
};

/* Whether the code may be compared at all. */
static enum newsletter_outcome outlook(const struct ctx *ctx,
                                       const struct newsletter_ask_by_reference_row *row)
{
    if (row->proven_at != NULL || row->asked_at + NEWSLETTER_CODE_SECS <= ctx->now_secs)
        return NEWSLETTER_OVER;
    return row->code_tries >= NEWSLETTER_CODE_TRIES ? NEWSLETTER_TOO_OFTEN : NEWSLETTER_RIGHT;
}

/* Runs inside a transaction, perhaps more than once.  A wrong code is OK: the try must stay. */
static enum status type_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const char *hash;
    struct typed *typed = arg;
    const char *caller = typed->typing->caller;
    struct newsletter_ask_by_reference_row row;
    struct newsletter_ask_tries_row tries;
    TRY(newsletter_ask_by_reference(ctx, typed->typing->reference, &row));
    TRY(newsletter_ask_tries(ctx, caller, ctx->now_secs - TIME_HOUR_SECS, &tries));
    typed->outcome = NEWSLETTER_WAIT;
    if (tries.wrong >= NEWSLETTER_CALLER_WRONG_AN_HOUR)
        return OK;
    typed->outcome = outlook(ctx, &row);
    if (typed->outcome != NEWSLETTER_RIGHT)
        return OK;
    TRY(newsletter_code_hash(ctx, row.id, typed->code, &hash));
    if (!hash_is_equal(hash, row.code_hash)) {
        bool is_last = row.code_tries + 1 >= NEWSLETTER_CODE_TRIES;
        typed->outcome = is_last ? NEWSLETTER_TOO_OFTEN : NEWSLETTER_WRONG;
        return newsletter_ask_wrong(ctx, row.id, caller, ctx->now_secs, &changes);
    }
    const struct proof proof = {row.id, row.email, row.email_key, row.topics, row.region};
    return prove(ctx, &proof, &typed->token);
}

enum status newsletter_type(struct ctx *ctx, const struct newsletter_typing *typing,
                            enum newsletter_outcome *out, const char **token_out)
{
    char code[NEWSLETTER_CODE_DIGITS + 1];
    struct typed typed = {.typing = typing, .code = code};
    if (!text_squeeze(typing->code, code, sizeof code) ||
        strspn(code, "0123456789") != NEWSLETTER_CODE_DIGITS)
        return ctx_fail(ctx, ERR_INVALID, "a code has %d digits", NEWSLETTER_CODE_DIGITS);
    TRY(store_transact(ctx, "newsletter_type", type_once, &typed));
    *out = typed.outcome;
    *token_out = typed.token;
    return OK;
}

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
