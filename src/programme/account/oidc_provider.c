/* SPDX-License-Identifier: MIT */
/* oidc_provider.c - the operator's file of services that people may sign in with. */
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "programme/account/account.h"
#include "programme/account/oidc.h"
#include "programme/account/oidc_fetch.h"
#include "programme/account/oidc_token.h"

#include <string.h>

static void drop_json(void *arg)
{
    json_decref(arg);
}

static enum status wrong(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, ERR_INVALID, "the file of sign_in_providers: %s", what);
}

static bool is_code(const char *code)
{
    size_t length = strlen(code);
    return length > 0 && length <= 40 &&
           strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static const char *or_else(const json_t *object, const char *name, const char *usual)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text != NULL ? text : usual;
}

static enum status read_factor(struct ctx *ctx, const json_t *object, struct oidc_provider *out)
{
    size_t count = 0, i;
    json_t *value;
    const json_t *factor = json_object_get(object, "second_factor");
    if (factor == NULL)
        return OK;
    out->factor_claim = oidc_text(factor, "claim");
    json_array_foreach(json_object_get(factor, "values"), i, value)
    {
        if (count >= OIDC_VALUES_MAX || !json_is_string(value))
            return wrong(ctx, "the values of a second_factor must be a few texts");
        out->factor_values[count++] = json_string_value(value);
    }
    return out->factor_claim[0] != '\0' && count > 0
               ? OK
               : wrong(ctx, "a second_factor needs a claim and values");
}

static enum status read_provider(struct ctx *ctx, const json_t *object, struct oidc_provider *out)
{
    *out = (struct oidc_provider){
        .code = oidc_text(object, "code"),
        .label = oidc_text(object, "label"),
        .issuer = oidc_text(object, "issuer"),
        .client_id = oidc_text(object, "client_id"),
        .client_secret = oidc_text(object, "client_secret"),
        .scopes = or_else(object, "scopes", "openid email"),
        .address_claim = or_else(object, "address_claim", "email"),
        .verified_claim = or_else(object, "verified_claim", "email_verified"),
    };
    if (!is_code(out->code))
        return wrong(ctx, "a code must be small letters, digits and dashes");
    if (out->label[0] == '\0' || out->client_id[0] == '\0')
        return wrong(ctx, "a provider needs a label and a client_id");
    if (!oidc_url_is_safe(out->issuer))
        return wrong(ctx, "an issuer must be an https address");
    if (!text_begins(out->scopes, "openid"))
        return wrong(ctx, "the scopes must begin with openid");
    return read_factor(ctx, object, out);
}

enum status oidc_providers(struct ctx *ctx, const struct oidc_provider **out, size_t *count_out)
{
    size_t i;
    json_t *item;
    *count_out = 0;
    *out = NULL;
    if (ctx->settings->sign_in_providers[0] == '\0')
        return OK;
    json_t *file = json_load_file(ctx->settings->sign_in_providers, JSON_REJECT_DUPLICATES, NULL);
    if (file == NULL)
        return wrong(ctx, "it cannot be read as JSON");
    mem_at_end(ctx->mem, drop_json, file);
    const json_t *list = json_object_get(file, "providers");
    if (!json_is_array(list) || json_array_size(list) > OIDC_PROVIDERS_MAX)
        return wrong(ctx, "\"providers\" must be a list of ten at most");
    struct oidc_provider *providers =
        mem_array(ctx->mem, struct oidc_provider, json_array_size(list));
    json_array_foreach(list, i, item)
    {
        TRY(read_provider(ctx, item, &providers[i]));
        for (size_t before = 0; before < i; before++)
            if (strcmp(providers[before].code, providers[i].code) == 0)
                return wrong(ctx, "two providers have the same code");
    }
    *out = providers;
    *count_out = json_array_size(list);
    return OK;
}

enum status account_check_settings(struct ctx *ctx)
{
    size_t count;
    const struct oidc_provider *providers;
    return oidc_providers(ctx, &providers, &count);
}

enum status oidc_provider_find(struct ctx *ctx, const char *code, const struct oidc_provider **out)
{
    size_t count;
    const struct oidc_provider *providers;
    TRY(oidc_providers(ctx, &providers, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(providers[i].code, code) == 0) {
            *out = &providers[i];
            return OK;
        }
    return ctx_fail(ctx, ERR_NOT_FOUND, "there is no provider of this code");
}
