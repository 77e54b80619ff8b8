/* SPDX-License-Identifier: MIT */
/*
 * notice_web.c - the privacy notice, made of what is really kept: the holdings, the retention pack
 * in force and the policy.
 */
#include "programme/rights/notice_web.h"

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "programme/access/access.h"
#include "programme/rights/rights_page.html.h"

#include <string.h>

enum { LINES_MAX = 200 };

struct noticing {
    const struct privacy_rule *rules;
    size_t rule_count;
    struct notice_line *lines;
    size_t count;
};

/* "Coordinator (in their own area), National lead": who the policy lets see it. */
static const char *roles_of(struct mem *mem, int access)
{
    const char *text = "";
    for (const struct access_role *role = access_roles(); role->code != NULL; role++) {
        enum access_reach reach = access_reach(role->code, (enum access)access);
        if (reach != ACCESS_NOTHING)
            text = mem_format(mem, "%s%s%s%s", text, text[0] == '\0' ? "" : ", ", role->name,
                              reach == ACCESS_OWN ? " (in their own area)" : "");
    }
    return text;
}

static const char *seen_by(struct mem *mem, const struct privacy_holding *holding)
{
    const char *roles = holding->access != 0 ? roles_of(mem, holding->access) : "";
    const char *first = roles[0] != '\0' ? mem_format(mem, "You. %s.", roles)
                                         : "You, and nobody in their daily work.";
    return holding->recipients == NULL
               ? first
               : mem_format(mem, "%s Also: %s.", first, holding->recipients);
}

static const char *whose_words(struct mem *mem, unsigned whose)
{
    static const struct {
        unsigned bit;
        const char *words;
    } all[] = {{PRIVACY_OF_STAFF, "people who work in health and care"},
               {PRIVACY_OF_PUBLIC, "other people who use this service"},
               {PRIVACY_OF_CHILDREN, "children and young people"}};
    const char *text = "";
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if ((whose & all[i].bit) != 0)
            text = mem_format(mem, "%s%s%s", text, text[0] == '\0' ? "" : ", ", all[i].words);
    return text;
}

/* Part of a sentence as one. */
static const char *begun(struct mem *mem, const char *text)
{
    char *copy = mem_text(mem, text);
    if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    return copy;
}

static enum status add_line(struct ctx *ctx, void *arg, const struct privacy_holding *holding)
{
    struct noticing *noticing = arg;
    const char *kept = "";
    for (size_t i = 0; i < noticing->rule_count; i++)
        if (strcmp(noticing->rules[i].code, holding->rule) == 0)
            kept = noticing->rules[i].words;
    if (kept[0] == '\0' || noticing->count == LINES_MAX)
        return ctx_fail(ctx, ERR_FAULT, "table \"%s\" has no retention rule in force",
                        holding->table);
    noticing->lines[noticing->count++] =
        (struct notice_line){.holding = holding,
                             .what = begun(ctx->mem, holding->what),
                             .purpose = begun(ctx->mem, holding->purpose),
                             .source = begun(ctx->mem, holding->source),
                             .basis = privacy_basis_words(holding->basis),
                             .seen_by = seen_by(ctx->mem, holding),
                             .kept = kept,
                             .whose = begun(ctx->mem, whose_words(ctx->mem, holding->whose))};
    return OK;
}

static void write_contact(struct web_request *request, struct view *out)
{
    const struct settings *settings = request->ctx->settings;
    notice_contact(out, &(const struct notice_contact){
                            settings->contact_email,
                            mem_format(request->ctx->mem, "mailto:%s", settings->contact_email)});
}

enum status notice_web_show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct pack pack;
    struct privacy_rule *rules;
    struct view contact = {.mem = ctx->mem};
    struct noticing noticing = {.lines = mem_array(ctx->mem, struct notice_line, LINES_MAX)};
    TRY(privacy_rules(ctx, &rules, &noticing.rule_count, &pack));
    noticing.rules = rules;
    TRY(privacy_each(ctx, add_line, &noticing));
    write_contact(request, &contact);
    answer->page.title = "Privacy";
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    answer->is_public = true;
    notice_show(&answer->body,
                &(const struct notice_page){.service_name = ctx->settings->service_name,
                                            .is_demonstration = ctx->settings->demonstration,
                                            .lines = noticing.lines,
                                            .line_count = noticing.count,
                                            .pack = &pack,
                                            .pack_from = time_show_day(ctx->mem, pack.valid_from),
                                            .contact = view_html(&contact)});
    return OK;
}
