/* SPDX-License-Identifier: MIT */
/* demo_newsletter.c - the newsletter of the demonstration: readers, and issues in every state. */
#include "platform/base/time.h"
#include "programme/access/access.h"
#include "programme/demo/demo_internal.h"
#include "programme/newsletter/newsletter.h"

enum { ALL_TOPICS = 255, NEWS = 1, SENT_DAYS_AGO = 60, READERS = 12 };

static const struct newsletter_block autumn[] = {
    {.title = "",
     .href = "",
     .text =
         "## A word first\n\nThank you to everybody who welcomed somebody new this autumn. Many of "
         "you asked how others begin. So here are three small steps that take an hour each."},
    {.title = "",
     .href = "",
     .text = "## Three small steps\n\n- Ask a school near you whether you may visit one class\n"
             "- Let one person follow a colleague for a morning\n- Tell us how it went\n\n"
             "[See who has promised to help](/pledges)"}};
static const struct newsletter_block winter[] = {
    {.title = "",
     .href = "",
     .text = "## Pledges that were renewed\n\nA year is over for many pledges. Their employers and "
             "staff sides wrote down together what they did. [Read what they did](/pledges)"}};

static const struct newsletter_head heads[] = {
    {"Three small steps to begin with", "An hour each, and how others did it", {NULL, 0}, ""},
    {"What a year of pledges did", "Employers and staff sides look back", {NULL, 0}, ""},
    {"Dates for the spring", "Where to meet us", {NULL, 0}, ""},
    {"A look behind the scenes", "How a ward welcomes people", {NULL, 0}, ""}};

static enum status add_readers(struct ctx *ctx)
{
    for (int i = 1; i <= READERS; i++)
        TRY(newsletter_record_reader(
            ctx, mem_format(ctx->mem, "newsletter-reader-%d@example.example", i),
            i % 3 == 0 ? NEWS : ALL_TOPICS, ""));
    return OK;
}

static enum status add_issues(struct ctx *ctx, struct person_id lead, struct person_id writer)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct ctx then = *ctx;
    then.now_secs -= SENT_DAYS_AGO * TIME_DAY_SECS;
    TRY(add_readers(&then));
    TRY(newsletter_record_issue(
        &then, &(const struct newsletter_recorded){heads[0], autumn, 2, writer, lead, true},
        &reference));
    TRY(newsletter_record_issue(
        ctx, &(const struct newsletter_recorded){heads[1], winter, 1, writer, lead, false},
        &reference));
    ctx->person = writer;
    TRY(newsletter_issue_make(ctx, &heads[2], &reference)); /* a draft */
    TRY(newsletter_issue_make(ctx, &heads[3], &reference)); /* waits for the lead */
    TRY(newsletter_issue_blocks(ctx, reference, 1, winter, 1));
    return newsletter_issue_ask_for(ctx, reference, &(const struct newsletter_asking){2, 0},
                                    &problems);
}

enum status demo_newsletter(struct ctx *ctx)
{
    struct access_person lead, writer;
    struct person_id before = ctx->person;
    const char *role = ctx->role;
    TRY(access_person_find(ctx, demo_people[0].email, &lead));
    TRY(access_person_find(ctx, demo_people[1].email, &writer));
    ctx->role = "national";
    enum status status = add_issues(ctx, lead.id, writer.id);
    ctx->person = before;
    ctx->role = role;
    return status;
}
