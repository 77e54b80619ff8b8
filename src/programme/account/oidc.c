/* SPDX-License-Identifier: MIT */
/*
 * oidc.c - a visit to a provider, from the going to the coming back.
 *
 * The row of a visit is removed before anything is asked of the provider, so a return counts once,
 * whatever comes of it.
 */
#include "programme/account/oidc.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_internal.h"
#include "programme/account/oidc_fetch.h"
#include "programme/account/oidc_token.h"

#include <sodium.h>
#include <string.h>

/* ---- what a provider says about itself ---- */

struct about {
    const json_t *discovery;
    const char *keys;
    int64_t fetched_at;
};

static void drop_json(void *arg)
{
    json_decref(arg);
}

static enum status fetch_about(struct ctx *ctx, const struct oidc_provider *provider,
                               struct about *out)
{
    int64_t changes;
    long code;
    json_t *discovery, *keys;
    size_t length = strlen(provider->issuer);
    const char *slash = length > 0 && provider->issuer[length - 1] == '/' ? "" : "/";
    const char *url =
        mem_format(ctx->mem, "%s%s.well-known/openid-configuration", provider->issuer, slash);
    TRY(oidc_fetch(ctx, &(const struct oidc_ask){.url = url}, &discovery, &code));
    if (code != 200 || strcmp(oidc_text(discovery, "issuer"), provider->issuer) != 0)
        return ctx_fail(ctx, ERR_BUSY, "the provider's discovery is of another issuer");
    TRY(oidc_fetch(ctx, &(const struct oidc_ask){.url = oidc_text(discovery, "jwks_uri")}, &keys,
                   &code));
    if (code != 200 || !json_is_array(json_object_get(keys, "keys")))
        return ctx_fail(ctx, ERR_BUSY, "the provider has no keys");
    *out = (struct about){discovery, oidc_dump(ctx, keys), ctx->now_secs};
    return account_provider_put(ctx, provider->code, provider->issuer, oidc_dump(ctx, discovery),
                                out->keys, ctx->now_secs, &changes);
}

/* From the store when it is not older than most_secs, else fetched. */
static enum status read_about(struct ctx *ctx, const struct oidc_provider *provider,
                              int64_t most_secs, struct about *out)
{
    struct account_provider_row_row row;
    enum status status = account_provider_row(ctx, provider->code, &row);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    if (status == ERR_NOT_FOUND || strcmp(row.issuer, provider->issuer) != 0 ||
        ctx->now_secs - row.fetched_at > most_secs)
        return fetch_about(ctx, provider, out);
    json_t *discovery = json_loads(row.discovery, 0, NULL);
    if (discovery == NULL)
        return fetch_about(ctx, provider, out);
    mem_at_end(ctx->mem, drop_json, discovery);
    *out = (struct about){discovery, row.keys, row.fetched_at};
    return OK;
}

/* ---- going ---- */

static const char *return_address(struct ctx *ctx, const struct oidc_provider *provider)
{
    return mem_format(ctx->mem, "%s/sign-in/with/%s/back", ctx->settings->base_url, provider->code);
}

/* PKCE's S256 (RFC 7636, 4.2). */
static const char *challenge_of(struct ctx *ctx, const char *verifier)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)verifier, strlen(verifier));
    return text_base64url(ctx->mem, digest, sizeof digest);
}

static const char *long_token(struct ctx *ctx)
{
    return mem_format(ctx->mem, "%s%s", random_token(ctx->mem), random_token(ctx->mem));
}

enum status oidc_go(struct ctx *ctx, const struct oidc_provider *provider,
                    const struct oidc_going *going, const char **url_out)
{
    int64_t changes;
    struct about about;
    struct mem *mem = ctx->mem;
    const char *state = random_token(mem), *nonce = random_token(mem), *verifier = long_token(ctx);
    const int64_t *person = going->person.n != 0 ? &going->person.n : NULL;
    if (going->browser[0] == '\0')
        return ctx_fail(ctx, ERR_FORBIDDEN, "a visit needs a browser to come back to");
    TRY(read_about(ctx, provider, OIDC_KEPT_SECS, &about));
    const char *endpoint = oidc_text(about.discovery, "authorization_endpoint");
    if (!oidc_url_is_safe(endpoint))
        return ctx_fail(ctx, ERR_BUSY, "the provider has no safe address to go to");
    TRY(account_visit_add(ctx, hash_token(mem, state), provider->code, going->browser, nonce,
                          verifier, going->goes_to, person, ctx->now_secs + OIDC_VISIT_SECS,
                          &changes));
    *url_out = mem_format(
        mem,
        "%s%sresponse_type=code&client_id=%s&redirect_uri=%s&scope=%s&state=%s&nonce=%s"
        "&code_challenge=%s&code_challenge_method=S256",
        endpoint, strchr(endpoint, '?') != NULL ? "&" : "?", text_percent(mem, provider->client_id),
        text_percent(mem, return_address(ctx, provider)), text_percent(mem, provider->scopes),
        state, nonce, challenge_of(ctx, verifier));
    return OK;
}

/* ---- coming back ---- */

struct coming {
    const char *state_hash;
    struct account_visit_find_row visit;
    bool is_taken;
};

static enum status take_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct coming *coming = arg;
    coming->is_taken = false;
    enum status status = account_visit_find(ctx, coming->state_hash, &coming->visit);
    if (status != OK)
        return status == ERR_NOT_FOUND ? OK : status;
    TRY(account_visit_drop(ctx, coming->state_hash, &changes));
    coming->is_taken = changes == 1;
    return OK;
}

/* The visit that this is the return of, which it then no longer is. */
static enum status take_visit(struct ctx *ctx, const struct oidc_provider *provider,
                              const struct oidc_return *back, struct account_visit_find_row *out)
{
    struct coming coming = {.state_hash = hash_token(ctx->mem, back->state)};
    TRY(store_transact(ctx, "account_visit_take", take_once, &coming));
    *out = coming.visit;
    if (!coming.is_taken)
        return ctx_fail(ctx, ERR_FORBIDDEN, "no visit has this state, or it came back before");
    if (back->browser[0] == '\0' || !hash_is_equal(out->browser, back->browser))
        return ctx_fail(ctx, ERR_FORBIDDEN, "another browser went there");
    if (strcmp(out->provider, provider->code) != 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "the visit was to another provider");
    if (out->expires_at <= ctx->now_secs)
        return ctx_fail(ctx, ERR_FORBIDDEN, "the visit took too long");
    if (back->issuer[0] != '\0' && strcmp(back->issuer, provider->issuer) != 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "another issuer sent it back");
    if (back->error[0] != '\0' || back->code[0] == '\0')
        return ctx_fail(ctx, ERR_FORBIDDEN, "the provider let nobody in");
    return OK;
}

/* What the questions after the coming back have in common. */
struct asking {
    const struct oidc_provider *provider;
    const struct account_visit_find_row *visit;
    struct about about;
};

static enum status exchange(struct ctx *ctx, const struct asking *asking, const char *code,
                            const json_t **out)
{
    long answered;
    json_t *answer;
    struct mem *mem = ctx->mem;
    const struct oidc_provider *provider = asking->provider;
    const struct oidc_ask ask = {
        .url = oidc_text(asking->about.discovery, "token_endpoint"),
        .form =
            mem_format(mem,
                       "grant_type=authorization_code&code=%s&redirect_uri=%s"
                       "&code_verifier=%s&client_id=%s",
                       text_percent(mem, code), text_percent(mem, return_address(ctx, provider)),
                       asking->visit->verifier, text_percent(mem, provider->client_id)),
        .user = provider->client_secret[0] != '\0' ? text_percent(mem, provider->client_id) : NULL,
        .password = text_percent(mem, provider->client_secret),
    };
    TRY(oidc_fetch(ctx, &ask, &answer, &answered));
    if (answered != 200 || oidc_text(answer, "id_token")[0] == '\0')
        return ctx_fail(ctx, ERR_FORBIDDEN, "the provider did not take the code: %ld", answered);
    *out = answer;
    return OK;
}

/* Checks the token; when its key is not known the keys are fetched again, but not every time. */
static enum status check_token(struct ctx *ctx, const struct asking *asking, const char *token,
                               json_t **claims_out)
{
    struct about newer;
    const struct oidc_provider *provider = asking->provider;
    struct oidc_wanted wanted = {provider->issuer, provider->client_id, asking->visit->nonce,
                                 asking->about.keys};
    enum status status = oidc_token_check(ctx, &wanted, token, claims_out);
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    TRY(read_about(ctx, provider, OIDC_AGAIN_SECS, &newer));
    wanted.keys = newer.keys;
    status = oidc_token_check(ctx, &wanted, token, claims_out);
    return status == ERR_NOT_FOUND ? ERR_FORBIDDEN : status;
}

/* Who is at the provider, as it vouches. */
struct somebody {
    const char *subject;
    const char *email; /* ""; or an address that is verified */
    bool has_two_factors;
};

static const char *verified_email(const struct oidc_provider *provider, const json_t *claims)
{
    const json_t *verified = json_object_get(claims, provider->verified_claim);
    bool is_verified =
        provider->verified_claim[0] == '\0' || json_is_true(verified) ||
        (json_is_string(verified) && strcmp(json_string_value(verified), "true") == 0);
    const char *email = oidc_text(claims, provider->address_claim);
    return is_verified && text_is_email(email) ? email : "";
}

/* The claim is one of the values, or a list that holds one. */
static bool has_two_factors(const struct oidc_provider *provider, const json_t *claims)
{
    size_t i;
    json_t *one;
    if (provider->factor_claim == NULL)
        return false;
    const json_t *claim = json_object_get(claims, provider->factor_claim);
    for (const char *const *value = provider->factor_values; *value != NULL; value++) {
        if (json_is_string(claim) && strcmp(json_string_value(claim), *value) == 0)
            return true;
        json_array_foreach(claim, i, one)
        {
            if (json_is_string(one) && strcmp(json_string_value(one), *value) == 0)
                return true;
        }
    }
    return false;
}

/* The address from userinfo, when the token did not hold one. */
static enum status ask_userinfo(struct ctx *ctx, const struct asking *asking,
                                const char *access_token, struct somebody *who)
{
    long code;
    json_t *answer;
    const char *url = oidc_text(asking->about.discovery, "userinfo_endpoint");
    if (who->email[0] != '\0' || url[0] == '\0' || access_token[0] == '\0')
        return OK;
    TRY(oidc_fetch(ctx, &(const struct oidc_ask){.url = url, .bearer = access_token}, &answer,
                   &code));
    if (code == 200 && strcmp(oidc_text(answer, "sub"), who->subject) == 0)
        who->email = verified_email(asking->provider, answer);
    return OK;
}

static enum status identify(struct ctx *ctx, struct asking *asking, const char *code,
                            struct somebody *out)
{
    json_t *claims;
    const json_t *answer = NULL;
    TRY(read_about(ctx, asking->provider, OIDC_KEPT_SECS, &asking->about));
    TRY(exchange(ctx, asking, code, &answer));
    TRY(check_token(ctx, asking, oidc_text(answer, "id_token"), &claims));
    out->subject = oidc_text(claims, "sub");
    out->email = verified_email(asking->provider, claims);
    out->has_two_factors = has_two_factors(asking->provider, claims);
    return ask_userinfo(ctx, asking, oidc_text(answer, "access_token"), out);
}

/* ---- who that is here ---- */

struct finding {
    const struct oidc_provider *provider;
    const struct somebody *who;
    struct person_id linking; /* n 0: signs in */
    struct person_id found;
};

static enum status link_to(struct ctx *ctx, struct finding *finding, struct person_id person)
{
    int64_t changes;
    struct person_id before = ctx->person;
    TRY(account_link_add(ctx, id_new(ctx), person.n, finding->provider->code, finding->who->subject,
                         ctx->now_secs, &changes));
    finding->found = person;
    ctx->person = person;
    enum status status =
        account_tell(ctx, &(const struct account_news){
                              .what = "account.linked",
                              .person = person,
                              .thing = finding->provider->code,
                              .subject = "Another way to sign in was added",
                              .sentence = mem_format(ctx->mem, "You can now sign in with %s.",
                                                     finding->provider->label)});
    ctx->person = before;
    return status;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status find_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct finding *finding = arg;
    struct access_person person;
    struct account_link_find_row link;
    enum status status =
        account_link_find(ctx, finding->provider->code, finding->who->subject, &link);
    if (status == OK && finding->linking.n != 0 && link.person_id != finding->linking.n)
        return ctx_fail(ctx, ERR_CONFLICT, "the subject is somebody else here");
    if (status == OK) {
        finding->found = (struct person_id){link.person_id};
        return account_link_used(ctx, link.id, ctx->now_secs, &changes);
    }
    if (status != ERR_NOT_FOUND)
        return status;
    if (finding->linking.n != 0)
        return link_to(ctx, finding, finding->linking);
    if (finding->who->email[0] == '\0')
        return ctx_fail(ctx, ERR_NOT_FOUND, "the provider vouches for no address");
    TRY(access_person_find(ctx, finding->who->email, &person));
    if (person.closed_at != 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the account is closed");
    return link_to(ctx, finding, person.id);
}

enum status oidc_back(struct ctx *ctx, const struct oidc_provider *provider,
                      const struct oidc_return *back, struct oidc_known *out)
{
    struct somebody who = {.email = ""};
    struct account_visit_find_row visit;
    TRY(take_visit(ctx, provider, back, &visit));
    struct asking asking = {.provider = provider, .visit = &visit};
    struct finding finding = {.provider = provider, .who = &who};
    if (visit.person_id != NULL) {
        finding.linking = (struct person_id){*visit.person_id};
        if (ctx->person.n != finding.linking.n)
            return ctx_fail(ctx, ERR_FORBIDDEN, "somebody else is signed in by now");
    }
    TRY(identify(ctx, &asking, back->code, &who));
    TRY(store_transact(ctx, "oidc_find", find_once, &finding));
    *out = (struct oidc_known){.person = finding.found,
                               .goes_to = visit.goes_to,
                               .has_two_factors = who.has_two_factors,
                               .is_linking = finding.linking.n != 0};
    return out->is_linking ? OK : access_note_signed_in(ctx, finding.found);
}

static enum status unlink_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const char *code = arg;
    TRY(account_link_drop(ctx, ctx->person.n, code, &changes));
    if (changes == 0)
        return OK;
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.unlinked",
                                 .person = ctx->person,
                                 .thing = code,
                                 .subject = "A way to sign in was removed",
                                 .sentence = "Your account can no longer be opened with an account "
                                             "at another service."});
}

enum status oidc_unlink(struct ctx *ctx, const char *provider_code)
{
    return store_transact(ctx, "oidc_unlink", unlink_once, mem_text(ctx->mem, provider_code));
}
