/* SPDX-License-Identifier: MIT */
/*
 * individual_web.c - public pages of people's pledges.
 *
 *   /pledges/individual ...               the journey: individual_sign_web.c
 *   /pledges/people                       those who show something, and how many there are
 *   /pledges/people/:reference/confirm    where the code of the mail is typed
 *   /pledges/mine/:token ...              one's own pledge, by a mailed link: individual_mine_web.c
 *   /account/my-pledge ...                the same for who is signed in
 *
 * The page of a code shows nothing of a pledge, so its address need not be a secret.
 */
#include "programme/individual/individual_web.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "programme/individual/individual.sql.h"
#include "programme/individual/individual_page.html.h"
#include "programme/individual/individual_routes.h"

#include <inttypes.h>

/* ---- the list of people ---- */

/* In the order of the columns of individual_people. */
enum { REFERENCE, NAME, ROLE, BAND, EMPLOYER, STATEMENT, INTENTIONS, SIGNED_ON };

static const struct listing_column columns[] = {
    {.name = "name", .heading = "Name"},
    {.name = "role", .heading = "Job or role"},
    {.name = "band", .heading = "Pay band"},
    {.name = "employer", .heading = "Works at"},
    {.name = "statement", .heading = "In their own words"},
    {.name = "intentions", .heading = "Intentions"},
    {.name = "signed_on", .heading = "Signed", .format = LISTING_DATE},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static void show_card(struct view *out, const struct store_value *row)
{
    individual_card(out, &(const struct individual_card_page){
                             .face = {.name = row[NAME].text,
                                      .role = row[ROLE].text,
                                      .band = row[BAND].text,
                                      .employer = row[EMPLOYER].text,
                                      .statement = row[STATEMENT].text,
                                      .intentions = row[INTENTIONS].text},
                             .signed_on = time_show_day(out->mem, row[SIGNED_ON].text)});
}

static const char *with_commas(struct mem *mem, int64_t n)
{
    return n < 1000 ? mem_format(mem, "%" PRId64, n)
                    : mem_format(mem, "%s,%03" PRId64, with_commas(mem, n / 1000), n % 1000);
}

static enum status people_intro(struct web_request *request, struct view *out)
{
    int64_t count;
    struct individual_people_page page;
    TRY(individual_count(request->ctx, INT64_MAX, &count));
    page.is_none = count == 0;
    page.count = mem_format(request->ctx->mem, "%s %s", with_commas(request->ctx->mem, count),
                            count == 1 ? "person has" : "people have");
    individual_people_intro(out, &page);
    return OK;
}

static enum status people_empty(struct web_request *request, struct view *out)
{
    (void)request;
    individual_people_empty(out);
    return OK;
}

const struct listing individual_people_listing = {
    .title = "People who signed a pledge of their own",
    .section = "/pledges",
    .query = &individual_people_query,
    .columns = columns,
    .orders = orders,
    .one = "pledge to read",
    .many = "pledges to read",
    .file_name = "people",
    .crumbs = {{"Home", "/"}, {"Pledges", "/pledges"}},
    .intro = people_intro,
    .empty = people_empty,
    .card = show_card,
};

/* ---- the code ---- */

static const char *own_page(struct mem *mem, const char *token)
{
    return mem_format(mem, "/pledges/mine/%s", token);
}

const struct proof_page individual_proof_page = {
    .kind = &individual_proof,
    .section = "/pledges",
    .button = "Confirm my pledge",
    .again = "sign again",
    .again_href = "/pledges/individual",
    .leads_to = own_page,
    .over_title = "This link can no longer be used",
    .over = individual_over_page,
};

static enum status ask_code(struct web_request *request, struct web_answer *answer)
{
    return proof_page_show(request, answer, &individual_proof_page);
}

static enum status type_code(struct web_request *request, struct web_answer *answer)
{
    return proof_page_type(request, answer, &individual_proof_page);
}

/* ---- checking by a code ---- */

static enum status verify(struct web_request *request, struct web_answer *answer, const char *code)
{
    struct individual it;
    struct mem *mem = request->ctx->mem;
    TRY(individual_verify(request->ctx, code, &it));
    struct individual_verify_page page = {.it = &it, .card = {.face = individual_face_of(&it)}};
    page.signed_on = page.card.signed_on = time_show_day(mem, it.signed_on);
    page.withdrawn_on =
        it.withdrawn_at == 0 ? "" : time_show_day(mem, time_day_of(mem, it.withdrawn_at));
    page.card.is_empty = individual_face_is_empty(&page.card.face);
    answer->page.title = "Check a pledge";
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    answer->page.crumbs[1] = (struct web_crumb){"Check a pledge", "/verify"};
    individual_verify_page(&answer->body, &page);
    return OK;
}

const struct pledge_verifier individual_verifier = {verify};

/* The same pages by a mailed link and for who is signed in. */
#define MINE(path_, access_)                                                                       \
    {"GET", path_, access_, individual_mine_show, "One's own pledge."},                            \
        {"GET", path_ "/choice", access_, individual_choice_show, "What the public sees of it."},  \
        {"POST", path_ "/choice", access_, individual_choice_save,                                 \
         "Changes that and the reminder. Safe to repeat."},                                        \
        {"GET", path_ "/withdraw", access_, individual_withdraw_show, "Asks before it goes."},     \
        {"POST", path_ "/withdraw", access_, individual_withdraw_do,                               \
         "Withdraws it. Safe to repeat."},                                                         \
        {"GET", path_ "/receipt", access_, individual_receipt_show, "The receipt."},               \
        {"GET", path_ "/receipt.json", access_, individual_receipt_json,                           \
         "The receipt, to check by program (doc/verify/log.md)."},                                 \
        {"GET", path_ "/receipt.pdf", access_, individual_receipt_pdf, "The receipt, to print."},  \
        {"GET", path_ "/about-you", access_, individual_about_show, "The equality questions."},    \
    {                                                                                              \
        "POST", path_ "/about-you", access_, individual_about_save,                                \
            "Keeps the answers, apart from the pledge."                                            \
    }

const struct web_route individual_routes[] = {
    WEB_JOURNEY("/pledges/individual", WEB_PUBLIC, &individual_signing, "A person signs."),
    WEB_LISTING("/pledges/people", WEB_PUBLIC, &individual_people_listing,
                "People's pledges, as far as they show them."),
    {"GET", "/pledges/people/:reference/confirm", WEB_PUBLIC, ask_code, "Where the code is typed."},
    {"POST", "/pledges/people/:reference/confirm", WEB_PUBLIC, type_code,
     "Confirms by a code. Safe to repeat."},
    {"POST", "/pledges/mine/:token", WEB_PUBLIC, individual_mine_confirm,
     "Confirms by the mailed link. Safe to repeat."},
    MINE("/pledges/mine/:token", WEB_PUBLIC),
    MINE("/account/my-pledge", WEB_SIGNED_IN),
    {0},
};
