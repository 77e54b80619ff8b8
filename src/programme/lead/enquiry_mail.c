/* SPDX-License-Identifier: MIT */
/*
 * enquiry_mail.c - messages about questions.
 *
 * What the asker typed is in none of them: a stranger wrote it, and mail programs make links of
 * words.  What a lead answers is mailed to who asked.
 */
#include "programme/lead/enquiry_internal.h"

#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "programme/privacy/privacy.h"

#include <string.h>

static const char answer_above[] = "– " MAIL_ANSWER_ABOVE " –";

/* One more of its kind: the number of events tells causes apart. */
static const char *key_of(struct ctx *ctx, const struct enquiry *enquiry, const char *what)
{
    return mem_format(ctx->mem, "enquiry/%s/%s/%zu", enquiry->reference, what,
                      enquiry->event_count);
}

static enum status page_of(struct ctx *ctx, const struct enquiry *enquiry, const char **out)
{
    const char *token;
    TRY(enquiry_token(ctx, enquiry->id, ENQUIRY_ASKER, &token));
    *out = mem_format(ctx->mem, "/enquiries/mine/%s", token);
    return OK;
}

static enum status reply_to(struct ctx *ctx, const struct enquiry *enquiry, enum enquiry_side side,
                            const char **out)
{
    const char *token;
    TRY(enquiry_token(ctx, enquiry->id, side, &token));
    *out = mail_receive_address(ctx, enquiry_mail_receivers[0].prefix, token);
    return OK;
}

enum status enquiry_mail_confirm(struct ctx *ctx, const struct enquiry *enquiry)
{
    const char *page;
    TRY(page_of(ctx, enquiry, &page));
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "enquiry.confirm",
            .key = key_of(ctx, enquiry, "confirm"),
            .about = enquiry->reference,
            .to_address = enquiry->email,
            .subject = "Confirm your question to a local lead",
            .expires_at = ctx->now_secs + (int64_t)ENQUIRY_CONFIRM_DAYS * TIME_DAY_SECS,
            .parts = (const struct mail_part[]){
                MAIL_TEXT("Somebody asked a local lead a question with this address. If it was "
                          "you, open your page and press the button there within 7 days. Only "
                          "then do we send the question on."),
                MAIL_BUTTON("Open my question", page),
                MAIL_TEXT("Keep this message. On the same page you later find the answer. If it "
                          "was not you, you do not need to do anything."),
                MAIL_END}});
}

/* To who asked, with a line above which an answer can be written when mail is taken. */
static enum status put_asker(struct ctx *ctx, const struct enquiry *enquiry, const char *what,
                             const char *subject, const struct mail_part *words)
{
    const char *page, *answers_to;
    TRY(page_of(ctx, enquiry, &page));
    TRY(reply_to(ctx, enquiry, ENQUIRY_ASKER, &answers_to));
    const struct mail_part parts[] = {
        MAIL_TEXT(answer_above),
        words[0],
        words[1],
        MAIL_BUTTON("Open my question", page),
        MAIL_TEXT(answers_to != NULL ? "To write again, reply to this message or use your page."
                                     : "To write again, use your page."),
        MAIL_END};
    return mail_put(ctx, &(const struct mail){.kind = mem_join(ctx->mem, "enquiry.", what, ""),
                                              .key = key_of(ctx, enquiry, what),
                                              .about = enquiry->reference,
                                              .to_address = enquiry->email,
                                              .subject = subject,
                                              .reply_to = answers_to,
                                              .parts = answers_to != NULL ? parts : parts + 1});
}

enum status enquiry_mail_begun(struct ctx *ctx, const struct enquiry *enquiry)
{
    const char *kept;
    TRY(privacy_rule_words(ctx, "enquiry", &kept));
    const struct mail_part words[] = {
        MAIL_TEXT(enquiry->holder_name[0] != '\0'
                      ? mem_format(ctx->mem, "Your question is with %s, who helps in %s.",
                                   enquiry->holder_name, enquiry->area_name)
                      : mem_format(ctx->mem,
                                   "There is no local lead for %s just now, so your question is "
                                   "with the people who look after the area.",
                                   enquiry->area_name)),
        MAIL_TEXT(mem_format(ctx->mem, "You should have an answer by %s. %s",
                             time_show_day(ctx->mem, enquiry->due_on), kept))};
    return put_asker(ctx, enquiry, "begun", "Your question is on its way", words);
}

enum status enquiry_mail_answer(struct ctx *ctx, const struct enquiry *enquiry, const char *text)
{
    const struct mail_part words[] = {
        MAIL_TEXT(mem_format(ctx->mem,
                             "There is an answer to your question. When nobody writes for %d days, "
                             "the question closes. This is the answer:",
                             ENQUIRY_SILENT_DAYS)),
        MAIL_TEXT(text)};
    return put_asker(ctx, enquiry, "answer", "An answer to your question", words);
}

enum status enquiry_mail_closed(struct ctx *ctx, const struct enquiry *enquiry, const char *by_whom)
{
    const struct mail_part words[] = {
        MAIL_TEXT(mem_format(ctx->mem, "%s answers questions about %s, and has closed yours.",
                             by_whom, enquiry->area_name)),
        MAIL_TEXT("If you still need an answer, write again. That opens your question again.")};
    return put_asker(ctx, enquiry, "closed", "Your question is closed", words);
}

enum status enquiry_mail_given_up(struct ctx *ctx, const struct enquiry *enquiry)
{
    static const struct mail_part words[] = {
        MAIL_TEXT("Nobody has answered your question in all this time, and we have closed it. We "
                  "are sorry."),
        MAIL_TEXT("If you still need an answer, write again. That opens your question again.")};
    return put_asker(ctx, enquiry, "given-up", "Your question was not answered", words);
}

/* ---- to who answers ---- */

struct words {
    const char *kind, *subject, *text;
};

static const struct words calls[] = {
    [ENQUIRY_IS_NEW] = {"new", "A question for you as local lead",
                        "Somebody has a question for you as local lead."},
    [ENQUIRY_IS_PASSED] = {"passed", "A question was passed to you",
                           "A question to a local lead was passed to you."},
    [ENQUIRY_SAYS_MORE] = {"more", "Somebody wrote again",
                           "Who asked you a question has written again."},
    [ENQUIRY_IS_DUE] = {"due", "A question waits for your answer",
                        "A question to you as local lead has no answer yet."},
    [ENQUIRY_HAS_STRAY] = {"apart", "Mail from another address",
                           "Mail about a question came from an address that belongs neither to "
                           "you nor to who asked. It was not posted. You can read it at your "
                           "desk."}};

struct addressee {
    struct person_id person;
    const char *email, *name;
};

static enum status put_holder(struct ctx *ctx, const struct enquiry *enquiry,
                              const struct words *words, const struct addressee *to)
{
    const char *answers_to = NULL;
    if (enquiry->holder.n == to->person.n)
        TRY(reply_to(ctx, enquiry, ENQUIRY_HOLDER, &answers_to));
    const struct mail_part parts[] = {
        MAIL_TEXT(answer_above),
        MAIL_TEXT(words->text),
        MAIL_TEXT(strcmp(enquiry->state, "open") == 0
                      ? mem_format(ctx->mem, "It is about %s. Please answer by %s.",
                                   enquiry->area_name, time_show_day(ctx->mem, enquiry->due_on))
                      : mem_format(ctx->mem, "It is about %s.", enquiry->area_name)),
        MAIL_BUTTON("Read the question",
                    mem_join(ctx->mem, "/desk/enquiries/", enquiry->reference, "")),
        MAIL_TEXT("When you have read it, you can also answer by replying to this message."),
        MAIL_END};
    const struct mail_part plain[] = {parts[1], parts[2], parts[3], MAIL_END};
    return mail_put(ctx,
                    &(const struct mail){.kind = mem_join(ctx->mem, "enquiry.", words->kind, ""),
                                         .key = mem_format(ctx->mem, "%s/%lld",
                                                           key_of(ctx, enquiry, words->kind),
                                                           (long long)to->person.n),
                                         .about = enquiry->reference,
                                         .to_address = to->email,
                                         .to_name = to->name,
                                         .subject = words->subject,
                                         .reply_to = answers_to,
                                         .parts = answers_to != NULL ? parts : plain});
}

struct people {
    const struct access_holder *holders;
    size_t count;
};

static enum status put_each(struct ctx *ctx, const struct enquiry *enquiry,
                            const struct words *words, struct people to)
{
    for (size_t i = 0; i < to.count; i++)
        TRY(put_holder(ctx, enquiry, words,
                       &(const struct addressee){to.holders[i].person, to.holders[i].email,
                                                 to.holders[i].name}));
    return OK;
}

static enum status put_supervisors(struct ctx *ctx, const struct enquiry *enquiry,
                                   const struct words *words)
{
    struct access_holder *holders;
    size_t count;
    TRY(lead_supervisors(ctx, enquiry->area, &holders, &count));
    return put_each(ctx, enquiry, words, (struct people){holders, count});
}

enum status enquiry_mail_holder(struct ctx *ctx, const struct enquiry *enquiry,
                                enum enquiry_call call)
{
    struct access_person holder;
    enum status status = enquiry->holder.n == 0
                             ? ERR_FORBIDDEN
                             : lead_can_answer(ctx, enquiry->holder, enquiry->area);
    if (status == ERR_FORBIDDEN) { /* nobody, or their account or role has ended */
        ctx->fault = NULL;
        return put_supervisors(ctx, enquiry, &calls[call]);
    }
    TRY(status);
    TRY(access_person_get(ctx, enquiry->holder, &holder));
    return put_holder(ctx, enquiry, &calls[call],
                      &(const struct addressee){holder.id, holder.email, holder.name});
}

enum status enquiry_mail_press(struct ctx *ctx, const struct enquiry *enquiry)
{
    static const struct words words = {
        "pressed", "A question to a local lead still has no answer",
        "A question to a local lead has had no answer for weeks, and reminders did not help. "
        "Please "
        "answer it, pass it to somebody, or close it with a word to who asked."};
    struct access_holder *holders;
    size_t count;
    TRY(access_holders(ctx, &(const struct access_post){"national", ""}, LEAD_SUPERVISORS_MAX,
                       &holders, &count));
    return put_each(ctx, enquiry, &words, (struct people){holders, count});
}

enum status enquiry_mail_late(struct ctx *ctx, const struct enquiry *enquiry)
{
    static const struct words late = {"late", "A question to a local lead is late",
                                      "A question to a local lead has no answer, and its day has "
                                      "passed. Please answer it or pass it to somebody."};
    const struct mail_part words[] = {
        MAIL_TEXT("Your question has no answer yet. We are sorry that it takes so long."),
        MAIL_TEXT("We have told the people who look after the area, and they see to it.")};
    TRY(put_supervisors(ctx, enquiry, &late));
    return put_asker(ctx, enquiry, "late-asker", "Your question takes longer", words);
}
