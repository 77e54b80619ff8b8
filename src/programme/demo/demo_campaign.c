/* SPDX-License-Identifier: MIT */
/*
 * demo_campaign.c - chase lists of the demonstration: one whose letter is on its way, one whose
 * letter is a draft that asks about pledges that wait.
 */
#include "programme/access/access.h"
#include "programme/campaign/campaign.h"
#include "programme/demo/demo_internal.h"

enum { KEPT = 3 };

static const struct campaign_choice boards = {
    "Boards that have not signed", "", "", "integrated-care-board", "none", "", ""};
static const struct campaign_choice waiting = {
    "Pledges that wait for a signature", "", "", "", "awaiting", "", ""};

static const struct campaign_words invitation = {
    "Will {organisation} sign the Partnership Pledge?",
    "Dear {leader},\n\nemployers in {region} have promised in public to help people of every "
    "background get ready for work in health and care, get in, get on and go further.\n\n"
    "# What it takes\n- a plan that you choose yourselves\n- a signature of your chief executive\n"
    "- a signature of your staff side\n\n{link}"};
static const struct campaign_words reminder = {
    "The pledge of {organisation} waits",
    "Dear {leader},\n\nthe pledge of {organisation} has waited for a signature for {days waiting} "
    "days. The link to sign is in our earlier message; we can send a new one."};

/* The first few stay on the list, each with an address. */
static enum status address_some(struct ctx *ctx, const struct campaign_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct form_problems problems = {.count = 0};
        const struct campaign_address address = {
            .contact_name = "Rowena Pickering",
            .email = mem_format(ctx->mem, "people%zu@board.example", i + 1),
            .source = "An invented example: the board's website"};
        if (i >= KEPT)
            TRY(campaign_take_off(ctx, list, &list->contacts[i]));
        else
            TRY(campaign_address_set(ctx, list, &list->contacts[i], &address, &problems));
    }
    return OK;
}

static enum status make(struct ctx *ctx, const struct campaign_choice *choice,
                        struct campaign_list *out)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    TRY(campaign_list_make(ctx, choice, NULL, &problems, &reference));
    return campaign_list_open(ctx, reference, NULL, out);
}

static enum status write_letter(struct ctx *ctx, const struct campaign_list *list,
                                const struct campaign_words *words, const char **reference_out)
{
    struct form_problems problems = {.count = 0};
    return campaign_letter_write(ctx, &(const struct campaign_writing){list, NULL}, words,
                                 &problems, reference_out);
}

static enum status invite(struct ctx *ctx)
{
    struct campaign_list list;
    const char *letter;
    struct form_problems problems = {.count = 0};
    TRY(make(ctx, &boards, &list));
    TRY(address_some(ctx, &list));
    TRY(write_letter(ctx, &list, &invitation, &letter));
    return campaign_letter_send(ctx, letter, NULL, &problems);
}

static enum status remind(struct ctx *ctx)
{
    struct campaign_list list;
    const char *letter;
    TRY(make(ctx, &waiting, &list));
    return write_letter(ctx, &list, &reminder, &letter);
}

/* A demonstration so small that nobody fits has no such list. */
static enum status unless_nobody(struct ctx *ctx, enum status status)
{
    if (status != ERR_INVALID)
        return status;
    ctx->fault = NULL;
    return OK;
}

enum status demo_campaign(struct ctx *ctx)
{
    struct access_person lead;
    struct person_id before = ctx->person;
    const char *role = ctx->role;
    TRY(access_person_find(ctx, demo_people[0].email, &lead));
    ctx->person = lead.id;
    ctx->role = "national";
    enum status status = unless_nobody(ctx, invite(ctx));
    if (status == OK)
        status = unless_nobody(ctx, remind(ctx));
    ctx->person = before;
    ctx->role = role;
    return status;
}
