/* SPDX-License-Identifier: MIT */
/* campaign_test.c - what chase lists and letters promise. */
#include "programme/campaign/campaign.h"

#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/campaign/campaign.sql.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

enum { MOST = 300 };

static const struct campaign_choice north_west_trusts = {.name = "Trusts",
                                                         .region = "Y62",
                                                         .board = "",
                                                         .kind = "foundation-trust",
                                                         .pledge = "",
                                                         .quiet_on = "",
                                                         .chased_on = ""};
static const struct campaign_choice one_board = {.name = "A board",
                                                 .region = "",
                                                 .board = "QOP",
                                                 .kind = "integrated-care-board",
                                                 .pledge = "",
                                                 .quiet_on = "",
                                                 .chased_on = ""};

static const char *made(struct ctx *ctx, const struct campaign_choice *choice, const char *scope)
{
    const char *reference = NULL;
    struct form_problems problems = {.count = 0};
    CHECK(campaign_list_make(ctx, choice, scope, &problems, &reference) == OK);
    return reference;
}

static struct campaign_list opened(struct ctx *ctx, const char *reference)
{
    struct campaign_list list;
    CHECK(campaign_list_open(ctx, reference, NULL, &list) == OK);
    return list;
}

/* Every organisation of the list gets an address of its own. */
static void address_all(struct ctx *ctx, const char *reference)
{
    struct campaign_list list = opened(ctx, reference);
    for (size_t i = 0; i < list.count; i++) {
        const struct campaign_address address = {
            "Ines Farrow", mem_format(ctx->mem, "ines%zu@trust.example", i), "Their website"};
        struct form_problems problems = {.count = 0};
        CHECK(campaign_address_set(ctx, &list, &list.contacts[i], &address, &problems) == OK);
    }
}

static const char *written(struct ctx *ctx, const char *list_reference)
{
    const char *reference = NULL;
    struct form_problems problems = {.count = 0};
    struct campaign_list list = opened(ctx, list_reference);
    const struct campaign_words words = {
        "Will {organisation} sign?",
        "Dear {leader},\n\nthe programme in {region} invites {organisation}.\n\n{link}"};
    CHECK(campaign_letter_write(ctx, &(const struct campaign_writing){&list, NULL}, &words,
                                &problems, &reference) == OK);
    return reference;
}

static void send(struct ctx *ctx, const char *letter)
{
    struct form_problems problems = {.count = 0};
    CHECK(campaign_letter_send(ctx, letter, NULL, &problems) == OK);
}

static struct campaign_letter letter_of(struct ctx *ctx, const char *reference)
{
    struct campaign_letter letter;
    CHECK(campaign_letter_open(ctx, reference, NULL, &letter) == OK);
    return letter;
}

/* Does the letters' work until there is none. */
static void work(struct ctx *ctx)
{
    static const struct job_kind *const jobs[] = {campaign_job_kinds, NULL};
    bool did = true;
    for (int i = 0; i < 100 && did; i++)
        CHECK(job_work_once(ctx, jobs, &did) == OK);
    CHECK(!did);
}

static struct mail_outbox_row *outbox(struct ctx *ctx, size_t *count_out)
{
    struct mail_outbox_row *rows;
    struct store_choice choice = {.at_most = MOST};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &choice, &rows, count_out) == OK);
    return rows;
}

static size_t mails_in(struct ctx *ctx)
{
    size_t count;
    outbox(ctx, &count);
    return count;
}

static void begin(struct ctx *ctx)
{
    help_demonstration(ctx, true);
    directory_test_packs(ctx);
}

/* ---- fields ---- */

TEST(a_field_that_there_is_not_is_named_and_so_are_those_that_there_are)
{
    static const char *const wrong[] = {"Dear {name}", "{",          "}",          "{leader",
                                        "a } b",       "{{leader}}", "{leader\n}", "{Organisation}",
                                        "{}"};
    static const char *const right[] = {"", "Dear {leader} of {organisation} in {region}",
                                        "{days waiting}{link}"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK(campaign_fields_wrong(ctx->mem, wrong[i]) != NULL);
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        CHECK(campaign_fields_wrong(ctx->mem, right[i]) == NULL);
    const char *said = campaign_fields_wrong(ctx->mem, "Dear {name}");
    CHECK(strstr(said, "{name}") != NULL && strstr(said, "{days waiting}") != NULL);
}

TEST(a_letter_becomes_parts_and_values_make_none_of_their_own)
{
    const struct mail_part *parts;
    const struct campaign_values values = {"# A - trust", "- Ada {link}", "", "16", "https://x/y"};
    CHECK(campaign_parts(ctx,
                         "# Hello\n{leader}\nand all\n\n- {days waiting} days\n- two\n{link}\n"
                         "see {organisation}",
                         &values, &parts) == OK);
    static const enum mail_part_kind kinds[] = {
        MAIL_PART_HEADING, MAIL_PART_TEXT, MAIL_PART_BULLET, MAIL_PART_BULLET,
        MAIL_PART_BUTTON,  MAIL_PART_TEXT, MAIL_PARTS_END};
    static const char *const texts[] = {"Hello", "- Ada {link}\nand all", "16 days",
                                        "two",   "Sign the pledge",       "see # A - trust"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        CHECK(parts[i].kind == kinds[i]);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        CHECK_TEXT(parts[i].text, texts[i]);
    CHECK_TEXT(parts[4].href, "https://x/y");
}

TEST(a_letter_of_too_many_parts_is_refused)
{
    const struct mail_part *parts;
    const struct campaign_values values = {"", "", "", "", ""};
    struct text_builder body = text_build(ctx->mem, 10000);
    const char *text;
    for (int i = 0; i < MAIL_PARTS_MAX; i++)
        text_add(&body, "- one\n");
    CHECK(text_build_end(&body, &text) == OK);
    CHECK(campaign_parts(ctx, text, &values, &parts) == ERR_INVALID);
}

TEST(a_letter_that_its_values_make_too_long_is_refused_and_never_left_empty)
{
    enum { FIELDS = 500, NAME_CHARS = 200 }; /* as many fields, as long a name as can be typed */
    const struct mail_part *parts;
    const char *body = "", *name = "";
    struct text_builder fields = text_build(ctx->mem, 10000), leader = fields;
    for (int i = 0; i < FIELDS; i++)
        text_add(&fields, "{leader}");
    for (int i = 0; i < NAME_CHARS; i++)
        text_add(&leader, "𐌰");
    CHECK(text_build_end(&fields, &body) == OK && text_build_end(&leader, &name) == OK);
    const struct campaign_values values = {"", name, "", "", ""};
    CHECK(strlen(campaign_fill(ctx->mem, body, &values)) == FIELDS * strlen(name));
    CHECK(campaign_parts(ctx, body, &values, &parts) == ERR_INVALID);
}

/* ---- lists ---- */

TEST(a_list_holds_who_fits_and_lies_in_the_scope)
{
    begin(ctx);
    struct campaign_list list = opened(ctx, made(ctx, &north_west_trusts, NULL));
    CHECK(list.count > 5 && list.count < CAMPAIGN_LIST_MOST);
    for (size_t i = 0; i < list.count; i++) {
        bool is_in;
        CHECK(directory_lies_in(ctx, list.contacts[i].code, "Y62", "2026-03-09", &is_in) == OK);
        CHECK(is_in && strstr(list.contacts[i].region_name, "North West") != NULL);
        CHECK_TEXT(list.contacts[i].email, "");
    }
    const char *own = made(ctx, &one_board, "QOP");
    struct campaign_list other;
    CHECK(opened(ctx, own).count == 1);
    CHECK(campaign_list_open(ctx, own, "Y62", &other) == OK);
    CHECK(campaign_list_open(ctx, own, "Y56", &other) == ERR_NOT_FOUND);
    ctx->fault = NULL;
}

static const char *refused(struct ctx *ctx, const struct campaign_choice *choice, const char *scope,
                           const char *field)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    CHECK(campaign_list_make(ctx, choice, scope, &problems, &reference) == ERR_INVALID);
    ctx->fault = NULL;
    const char *said = form_problem_of(&problems, field);
    return said != NULL ? said : "";
}

TEST(an_area_out_of_scope_and_a_choice_that_nobody_fits_are_refused)
{
    struct campaign_choice nobody = one_board;
    begin(ctx);
    CHECK_TEXT(refused(ctx, &north_west_trusts, "Y56", "region"),
               "Choose an area that you work in");
    CHECK_TEXT(refused(ctx, &one_board, "Y56", "board"), "Choose an area that you work in");
    nobody.pledge = "returned";
    CHECK(strstr(refused(ctx, &nobody, NULL, "name"), "Nobody fits") != NULL);
}

/* ---- letters ---- */

TEST(a_letter_without_an_address_for_everybody_is_not_sent)
{
    struct form_problems problems = {.count = 0};
    begin(ctx);
    const char *list = made(ctx, &one_board, NULL), *letter = written(ctx, list);
    CHECK(campaign_letter_send(ctx, letter, NULL, &problems) == ERR_INVALID);
    ctx->fault = NULL;
    CHECK(strstr(form_problem_of(&problems, "list"), "We have no address for") != NULL);
    CHECK_TEXT(letter_of(ctx, letter).state, "draft");
    address_all(ctx, list);
    send(ctx, letter);
    CHECK_TEXT(letter_of(ctx, letter).state, "sending");
}

TEST(days_that_nobody_has_waited_and_an_empty_list_hinder_a_letter)
{
    begin(ctx);
    const char *list_reference = made(ctx, &one_board, NULL), *reference;
    address_all(ctx, list_reference);
    struct campaign_list list = opened(ctx, list_reference);
    struct form_problems problems = {.count = 0};
    const struct campaign_words words = {"Hello", "It waits for {days waiting} days."};
    CHECK(campaign_letter_write(ctx, &(const struct campaign_writing){&list, NULL}, &words,
                                &problems, &reference) == OK);
    CHECK(campaign_letter_send(ctx, reference, NULL, &problems) == ERR_INVALID);
    CHECK(strstr(form_problem_of(&problems, "days"), "no pledge waits of") != NULL);
    CHECK(campaign_take_off(ctx, &list, &list.contacts[0]) == OK);
    CHECK(campaign_letter_send(ctx, reference, NULL, &problems) == ERR_INVALID);
    CHECK(strstr(form_problem_of(&problems, "list"), "Nobody on this list") != NULL);
    ctx->fault = NULL;
}

TEST(however_often_send_is_pressed_each_gets_one_letter)
{
    begin(ctx);
    const char *list = made(ctx, &north_west_trusts, NULL), *letter = written(ctx, list);
    address_all(ctx, list);
    send(ctx, letter);
    send(ctx, letter);
    struct campaign_letter now = letter_of(ctx, letter);
    CHECK(now.recipient_count == (int64_t)now.list.count && now.sent_count == 0);
    work(ctx);
    send(ctx, letter);
    work(ctx);
    now = letter_of(ctx, letter);
    CHECK_TEXT(now.state, "sent");
    CHECK(now.sent_count == now.recipient_count && mails_in(ctx) == now.list.count);
    CHECK(now.list.contacts[0].lettered_at == ctx->now_secs);
    CHECK(campaign_letter_cancel(ctx, letter, NULL) == OK);
    CHECK_TEXT(letter_of(ctx, letter).state, "sent");
}

TEST(a_letter_that_was_stopped_goes_to_nobody_more)
{
    begin(ctx);
    const char *list = made(ctx, &one_board, NULL), *letter = written(ctx, list);
    address_all(ctx, list);
    send(ctx, letter);
    CHECK(campaign_letter_cancel(ctx, letter, NULL) == OK);
    work(ctx);
    CHECK_TEXT(letter_of(ctx, letter).state, "cancelled");
    CHECK(mails_in(ctx) == 0);
}

static const char *stop_token(struct ctx *ctx)
{
    struct mail_kept mail;
    size_t count;
    const struct mail_outbox_row *rows = outbox(ctx, &count);
    CHECK(count > 0 && mail_find(ctx, rows[0].id, &mail) == OK);
    CHECK(strstr(mail.unsubscribe_url, "/letters/stop/") != NULL);
    return strrchr(mail.unsubscribe_url, '/') + 1;
}

TEST(who_wants_no_more_letters_gets_none_not_even_of_one_that_is_being_sent)
{
    const char *organisation;
    struct form_problems problems = {.count = 0};
    begin(ctx);
    const char *list_reference = made(ctx, &one_board, NULL);
    const char *first = written(ctx, list_reference), *second = written(ctx, list_reference);
    address_all(ctx, list_reference);
    send(ctx, first);
    work(ctx);
    const char *token = stop_token(ctx);
    CHECK(campaign_stop_open(ctx, token, &organisation) == OK && organisation[0] != '\0');
    send(ctx, second);
    CHECK(campaign_stop(ctx, token) == OK && campaign_stop(ctx, token) == OK);
    work(ctx);
    CHECK(mails_in(ctx) == 1);
    CHECK(letter_of(ctx, second).left_out_count == 1);
    struct campaign_list list = opened(ctx, list_reference);
    CHECK(list.contacts[0].is_stopped && !campaign_gets(&list.contacts[0]));
    const struct campaign_address again = {"Ines", "INES0@trust.example", "Website"};
    CHECK(campaign_address_set(ctx, &list, &list.contacts[0], &again, &problems) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "email") != NULL);
    CHECK(campaign_stop(ctx, "madeup") == ERR_NOT_FOUND);
    ctx->fault = NULL;
}

TEST(a_list_asks_once_for_each_address_whether_it_wants_letters)
{
    enum { AROUND = 4 }; /* the list, the key, the regions, the organisations */
    begin(ctx);
    const char *reference = made(ctx, &north_west_trusts, NULL);
    address_all(ctx, reference);
    int64_t calls = store_calls(ctx->store);
    struct campaign_list list = opened(ctx, reference);
    CHECK(list.count > 1);
    CHECK(store_calls(ctx->store) - calls == AROUND + (int64_t)list.count);
}

TEST(a_lead_with_an_account_gets_the_letter_unless_an_address_was_typed)
{
    struct access_person person;
    begin(ctx);
    const char *reference = made(ctx, &north_west_trusts, NULL);
    const struct access_new lead = {
        .email = "ada@trust.example", .name = "Ada Lead", .role = "lead", .area = "R0A"};
    CHECK(access_person_add(ctx, &lead, &person, NULL) == OK);
    struct campaign_list list = opened(ctx, reference);
    const struct campaign_contact *contact = campaign_contact_of(&list, "R0A");
    CHECK(contact != NULL);
    CHECK_TEXT(contact->email, "ada@trust.example");
    CHECK_TEXT(contact->source, "lead");
    address_all(ctx, reference);
    list = opened(ctx, reference);
    CHECK_TEXT(campaign_contact_of(&list, "R0A")->source, "typed");
}

/* ---- nothing is half done ---- */

struct scene {
    const char *list, *letter, *made;
    struct campaign_list opened;
    const char *token;
};

static enum status make_list(struct ctx *ctx, struct scene *s)
{
    struct form_problems problems = {.count = 0};
    return campaign_list_make(ctx, &one_board, NULL, &problems, &s->made);
}

static enum status set_address(struct ctx *ctx, struct scene *s)
{
    struct form_problems problems = {.count = 0};
    const struct campaign_address address = {"Bo", "bo@board.example", "By phone"};
    return campaign_address_set(ctx, &s->opened, &s->opened.contacts[0], &address, &problems);
}

static enum status write_letter(struct ctx *ctx, struct scene *s)
{
    struct form_problems problems = {.count = 0};
    const struct campaign_words words = {"Hello", "Hello"};
    return campaign_letter_write(ctx, &(const struct campaign_writing){&s->opened, NULL}, &words,
                                 &problems, &s->letter);
}

static enum status send_letter(struct ctx *ctx, struct scene *s)
{
    struct form_problems problems = {.count = 0};
    return campaign_letter_send(ctx, s->letter, NULL, &problems);
}

static enum status do_portion(struct ctx *ctx, struct scene *s)
{
    struct job_kind patient[2] = {campaign_job_kinds[0]}; /* it fails more often than it may */
    const struct job_kind *const jobs[] = {patient, NULL};
    bool did;
    patient[0].at_most_attempts = 1000;
    (void)!job_work_once(ctx, jobs, &did); /* a handler's failure is none of this call */
    store_fail_on_call(ctx->store, 0);
    ctx->fault = NULL;
    if (letter_of(ctx, s->letter).sent_count == 0) {
        ctx->now_secs += TIME_DAY_SECS; /* the job's delay is over */
        return ERR_FAULT;
    }
    return OK;
}

static enum status stop_letters(struct ctx *ctx, struct scene *s)
{
    return campaign_stop(ctx, s->token);
}

static enum status take_off(struct ctx *ctx, struct scene *s)
{
    return campaign_take_off(ctx, &s->opened, &s->opened.contacts[0]);
}

/* What could be half done. */
static const char *state(struct ctx *ctx)
{
    struct campaign_lists_row *lists;
    struct store_choice choice = {.at_most = MOST};
    size_t count, entries = 0, addressed = 0, letters = 0, begun = 0, sent = 0;
    CHECK(campaign_lists(ctx, "2026-03-09", NULL, &choice, &lists, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        struct campaign_letters_of_row *rows;
        size_t row_count;
        struct campaign_list list = opened(ctx, lists[i].reference);
        entries += list.count;
        for (size_t k = 0; k < list.count; k++)
            addressed += list.contacts[k].email[0] != '\0';
        CHECK(campaign_letters_of(ctx, list.id, MOST, &rows, &row_count) == OK);
        letters += row_count;
        for (size_t k = 0; k < row_count; k++) {
            begun += rows[k].begun_at != NULL;
            sent += (size_t)rows[k].sent;
        }
    }
    return mem_format(ctx->mem,
                      "%zu lists %zu entries %zu addressed %zu letters %zu begun %zu sent "
                      "%zu mails",
                      count, entries, addressed, letters, begun, sent, mails_in(ctx));
}

static void each_call(struct ctx *ctx, struct scene *s,
                      enum status (*act)(struct ctx *, struct scene *))
{
    const char *before = state(ctx);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = act(ctx, s);
        store_fail_on_call(ctx->store, 0);
        if (status == OK) {
            CHECK(nth > 2);
            break;
        }
        ctx->fault = NULL;
        CHECK_TEXT(state(ctx), before);
        CHECK(nth < 100);
    }
    ctx->fault = NULL;
}

TEST(whatever_call_of_the_store_fails_nothing_is_half_done)
{
    struct scene s = {.made = NULL};
    begin(ctx);
    each_call(ctx, &s, make_list);
    s.opened = opened(ctx, s.made);
    CHECK(s.opened.count == 1);
    each_call(ctx, &s, set_address);
    s.opened = opened(ctx, s.made);
    each_call(ctx, &s, write_letter);
    each_call(ctx, &s, send_letter);
    each_call(ctx, &s, do_portion);
    CHECK(mails_in(ctx) == 1);
    s.token = stop_token(ctx);
    each_call(ctx, &s, stop_letters);
    each_call(ctx, &s, take_off);
    CHECK(opened(ctx, s.made).count == 0);
}
