/* SPDX-License-Identifier: MIT */
/* concern_test_help.c - see the header. */
#include "programme/concern/concern_test_help.h"

#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

#include <string.h>

const char *const concern_test_everywhere = NULL;

struct person_id concern_test_role(struct ctx *ctx, const char *email, const char *role,
                                   const char *area)
{
    struct access_person person;
    struct access_new wanted = {.email = email, .name = email, .role = role, .area = area};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    return person.id;
}

void concern_test_as(struct ctx *ctx, struct person_id person)
{
    ctx->person = person;
    ctx->fault = NULL;
}

/* A draft about the organisation of a code; packs are taken. */
struct concern_draft concern_test_draft(struct ctx *ctx, const char *code)
{
    struct organisation it;
    directory_test_packs(ctx);
    CHECK(directory_find(ctx, code, &it) == OK);
    return (struct concern_draft){.in_danger = FORM_NO,
                                  .organisation = {.id = it.id.n, .key = it.code, .label = it.name},
                                  .about = CONCERN_TEST_SECRET,
                                  .happened = "yesterday",
                                  .may_contact = FORM_YES,
                                  .contact = "01632 960001",
                                  .about_lead = "no"};
}

const char *concern_test_raise(struct ctx *ctx, const char *code)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct concern_draft draft = concern_test_draft(ctx, code);
    concern_test_as(ctx, concern_test_role(ctx, "ada@x.example", "analyst", NULL));
    CHECK(concern_raise(ctx, &draft, &problems, &reference) == OK);
    return reference;
}

/* Whether a message waits for that address; none of it says what the concern says. */
bool concern_test_was_told(struct ctx *ctx, const char *address)
{
    struct mail_outbox_row *rows;
    struct mail_kept mail;
    struct mail_shown shown;
    size_t count;
    bool found = false;
    struct store_choice choice = {.at_most = MAILS_MAX};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &choice, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        CHECK(mail_show(ctx, &mail, &shown) == OK);
        CHECK(strstr(shown.text, CONCERN_TEST_SECRET) == NULL &&
              strstr(shown.subject, CONCERN_TEST_SECRET) == NULL);
        CHECK(strstr(shown.text, "Manchester") == NULL && strstr(shown.text, "R0A") == NULL);
        found |= strcmp(mail.to_address, address) == 0;
    }
    return found;
}

/* ---- looking for it ---- */

void concern_test_look(void *arg, const struct web_route *route)
{
    const struct concern_test_walk *walk = arg;
    struct ctx *ctx = walk->ctx;
    const char *target = route->path, *mark;
    if (strcmp(route->method, "GET") != 0)
        return;
    while ((mark = strchr(target, ':')) != NULL) {
        const char *value = strncmp(mark, ":reference", 10) == 0      ? walk->reference
                            : strncmp(mark, ":organisation", 13) == 0 ? "R0A"
                                                                      : "1";
        target = mem_format(ctx->mem, "%.*s%s%s", (int)(mark - target), target, value,
                            mark + 1 + strcspn(mark + 1, "/."));
    }
    client_get(walk->c, target);
    if (client_has(walk->c, CONCERN_TEST_SECRET) ||
        (walk->is_all && client_has(walk->c, walk->reference)))
        fail_msg("%s shows a concern", target);
}
