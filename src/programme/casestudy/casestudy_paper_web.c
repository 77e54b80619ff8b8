/* SPDX-License-Identifier: MIT */
/*
 * casestudy_paper_web.c - consent on paper: written down by the author or an editor, looked at by
 * an editor; and consent that an editor is told is taken back.
 *
 *   /case-studies/mine/:token/people/:person/paper   the author writes down: casestudy_mine_web.c
 *   /desk/case-studies/:reference/people/:person/paper an editor does
 *   .../people/:person/told                            they agree no more
 *   .../papers/:paper/scan                             its scan, as an attachment
 *   POST .../papers/:paper/count                       it counts
 *   .../papers/:paper/refuse                           it cannot: asks why; POST does it
 */
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/casestudy/casestudy_page.html.h"
#include "programme/casestudy/casestudy_routes.h"
#include "programme/casestudy/casestudy_web.h"

#include <inttypes.h>
#include <string.h>

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

/* ---- who is shown, and where their consent stands ---- */

static const char *word_of(const char *said)
{
    return is(said, "yes") ? "said yes" : is(said, "no") ? "said no" : "asked";
}

/* The newest paper of somebody; NULL: none. */
static const struct casestudy_paper *paper_of(const struct casestudy_paper *papers, size_t count,
                                              int64_t person)
{
    for (size_t i = 0; i < count; i++)
        if (papers[i].person == person && !is(papers[i].state, "replaced"))
            return &papers[i];
    return NULL;
}

static const char *days_of(struct mem *mem, const struct casestudy_paper *paper)
{
    const char *own = paper->signed_on, *guardian = paper->guardian_signed_on;
    if (guardian[0] == '\0')
        return time_show_day(mem, own);
    guardian = mem_join(mem, "a parent or guardian on ", time_show_day(mem, guardian), "");
    return own[0] == '\0' ? guardian
                          : mem_format(mem, "%s, and by %s", time_show_day(mem, own), guardian);
}

static const char *paper_words(struct mem *mem, const struct casestudy_person *person,
                               const struct casestudy_paper *paper)
{
    bool has_address = person->email[0] != '\0' || person->guardian_email[0] != '\0';
    if (paper == NULL)
        return has_address || person->name[0] == '\0'
                   ? ""
                   : "They sign on paper. Nothing is written down yet";
    if (is(paper->state, "refused"))
        return mem_format(mem, "The paper that was written down cannot count: %s", paper->note);
    const char *words =
        mem_format(mem, "Signed on paper on %s%s%s. %s", days_of(mem, paper),
                   paper->kept_at[0] != '\0' ? ", kept at: " : "", paper->kept_at,
                   is(paper->state, "waiting") ? "An editor must look at it before it counts"
                                               : "An editor looked at it");
    return words;
}

static bool said_no(const struct casestudy_person *person)
{
    return is(person->said, "no") || is(person->guardian_said, "no");
}

static void fill_person(struct ctx *ctx, const struct casestudy_person *person,
                        const struct casestudy_paper *paper, const char *base,
                        struct casestudy_shown_line *out)
{
    struct mem *mem = ctx->mem;
    bool is_known = person->name[0] != '\0';
    const char *at = mem_format(mem, "%s/people/%" PRId64, base, person->number);
    *out = (struct casestudy_shown_line){
        .name = is_known ? person->name : "Somebody whose name was erased",
        .age = is(person->age, "grown") ? "of age" : "under age",
        .email = "",
        .said = "",
        .guardian = "",
        .guardian_email = "",
        .guardian_said = "",
        .paper = paper_words(mem, person, paper),
        .record_href = is_known && !person->agrees && !said_no(person)
                           ? mem_join(mem, at, "/paper", "")
                           : NULL,
        .agrees = person->agrees};
}

/* What editors see and do besides. */
static void fill_for_editor(struct ctx *ctx, const struct casestudy_person *person,
                            const struct casestudy_paper *paper, const char *base,
                            struct casestudy_shown_line *out)
{
    struct mem *mem = ctx->mem;
    out->email = person->email;
    out->said = word_of(person->said);
    out->guardian = person->guardian_name;
    out->guardian_email = person->guardian_email;
    out->guardian_said = word_of(person->guardian_said);
    if (person->name[0] != '\0')
        out->told_href = mem_format(mem, "%s/people/%" PRId64 "/told", base, person->number);
    if (paper == NULL)
        return;
    const char *at = mem_format(mem, "%s/papers/%" PRId64, base, paper->id);
    if (is(paper->state, "waiting") && paper->recorded_by != ctx->person.n)
        out->paper_base = at;
    if (paper->upload_id > 0)
        out->scan_href = mem_join(mem, at, "/scan", "");
}

enum status casestudy_fill_people(struct ctx *ctx, const struct casestudy *study, const char *base,
                                  enum casestudy_by reader, struct casestudy_shown_lines *out)
{
    size_t papers_count;
    struct casestudy_person *people;
    struct casestudy_paper *papers;
    TRY(casestudy_people_of(ctx, study, &people, &out->count));
    TRY(casestudy_papers_of(ctx, study, &papers, &papers_count));
    out->items = mem_array(ctx->mem, struct casestudy_shown_line, out->count);
    for (size_t i = 0; i < out->count; i++) {
        const struct casestudy_paper *paper = paper_of(papers, papers_count, people[i].number);
        fill_person(ctx, &people[i], paper, base, &out->items[i]);
        if (reader == CASESTUDY_BY_EDITOR)
            fill_for_editor(ctx, &people[i], paper, base, &out->items[i]);
    }
    return OK;
}

/* ---- writing down ---- */

static const char *const scan_endings[] = {".pdf", ".jpg", ".png", NULL};

#define SIGNED_FIELD                                                                               \
    FORM_DATE(casestudy_paper_draft, signed_on, .label = "On which day did they sign?",            \
              .short_label = "Day of signing", .missing = "Enter the day on which they signed")
#define GUARDIAN_FIELD                                                                             \
    FORM_DATE(casestudy_paper_draft, guardian_signed_on,                                           \
              .label = "On which day did the parent or guardian sign?",                            \
              .short_label = "Day of the guardian",                                                \
              .missing = "Enter the day on which the parent or guardian signed")
#define KEPT_FIELDS                                                                                \
    FORM_TEXT(casestudy_paper_draft, kept_at, .label = "Where is the paper kept?",                 \
              .length_most = CASESTUDY_KEPT_AT_CHARS,                                              \
              .hint = "So that it can be shown. For example, the file of the careers team",        \
              .missing = "Enter where the paper is kept"),                                         \
        FORM_FILE(casestudy_paper_draft, scan, .is_optional = true, .file_types = scan_endings,    \
                  .label = "A scan or photo of it",                                                \
                  .hint = "A PDF, JPG or PNG of up to 10 MB. The public never sees it")

static const struct form_field grown_fields[] = {SIGNED_FIELD, KEPT_FIELDS, FORM_END};
static const struct form_field young_fields[] = {SIGNED_FIELD, GUARDIAN_FIELD, KEPT_FIELDS,
                                                 FORM_END};
static const struct form_field child_fields[] = {GUARDIAN_FIELD, KEPT_FIELDS, FORM_END};

/* Whom the path names.  ERR_NOT_FOUND. */
static enum status find_person(struct web_request *request, const struct casestudy *study,
                               struct casestudy_person *out)
{
    size_t count;
    int64_t number = 0;
    struct casestudy_person *people;
    TRY(casestudy_people_of(request->ctx, study, &people, &count));
    if (text_number(web_value(request, "person"), 1, (int64_t)count, &number) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "nobody of that number");
    *out = people[number - 1];
    return OK;
}

static const struct form_field *fields_for(const struct casestudy_person *person)
{
    return is(person->age, "grown")   ? grown_fields
           : is(person->age, "young") ? young_fields
                                      : child_fields;
}

static enum status ask_with(struct web_request *request, struct web_answer *answer,
                            const struct casestudy_person *person, const char *base,
                            const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct view intro = {.mem = ctx->mem};
    struct consent_wording wording;
    TRY(consent_wording_find(ctx, "story", &wording));
    casestudy_paper_intro(&intro, person->name, wording.text);
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Write down a consent on paper",
            .action = mem_format(ctx->mem, "%s/people/%" PRId64 "/paper", base, person->number),
            .button = "Write it down",
            .intro = view_html(&intro),
            .back_href = base,
            .shown = {.fields = fields_for(person),
                      .answers = problems != NULL ? request->sent : NULL,
                      .problems = problems}});
}

enum status casestudy_paper_ask(struct web_request *request, struct web_answer *answer,
                                const struct casestudy *study, const char *base)
{
    struct casestudy_person person = {.name = ""};
    TRY(find_person(request, study, &person));
    if (person.agrees || said_no(&person) || person.name[0] == '\0')
        return casestudy_say_moved(request, answer);
    return ask_with(request, answer, &person, base, NULL);
}

enum status casestudy_paper_take(struct web_request *request, struct web_answer *answer,
                                 const struct casestudy *study, const char *base,
                                 enum casestudy_by by)
{
    struct ctx *ctx = request->ctx;
    const struct form_answers none = {.count = 0};
    struct form_problems problems = {.count = 0};
    struct casestudy_person person = {.name = ""};
    struct casestudy_paper_draft draft = {"", "", "", {0, "", 0, ""}, 0, by};
    TRY(find_person(request, study, &person));
    const struct form_keeping keeping = {
        ctx, fields_for(&person), &none,
        mem_format(ctx->mem, "casestudy/paper/%s", random_token(ctx->mem))};
    enum status status = form_read_sent(&keeping, request->sent, &draft, &problems);
    draft.person = person.number;
    if (status == OK)
        status = casestudy_paper_record(ctx, study->reference, &draft, &problems);
    if (status == ERR_INVALID)
        return ask_with(request, answer, &person, base, &problems);
    if (status == ERR_CONFLICT)
        return casestudy_say_moved(request, answer);
    TRY(status);
    return web_see_other(answer, base);
}

/* ---- at the desk ---- */

static enum status open_desk(struct web_request *request, struct web_answer *answer,
                             struct casestudy *out, const char **base_out)
{
    TRY(casestudy_desk_find(request, out));
    answer->page.section = "/desk";
    *base_out = mem_format(request->ctx->mem, "/desk/case-studies/%s", out->reference);
    return OK;
}

static enum status ask_paper(struct web_request *request, struct web_answer *answer)
{
    const char *base;
    struct casestudy study;
    TRY(open_desk(request, answer, &study, &base));
    return casestudy_paper_ask(request, answer, &study, base);
}

static enum status take_paper(struct web_request *request, struct web_answer *answer)
{
    const char *base;
    struct casestudy study;
    TRY(open_desk(request, answer, &study, &base));
    return casestudy_paper_take(request, answer, &study, base, CASESTUDY_BY_EDITOR);
}

static enum status paper_in_path(struct web_request *request, int64_t *out)
{
    return text_number(web_value(request, "paper"), 1, INT64_MAX, out) == OK
               ? OK
               : ctx_fail(request->ctx, ERR_NOT_FOUND, "no paper of that number");
}

static enum status give_scan(struct web_request *request, struct web_answer *answer)
{
    int64_t paper = 0;
    struct upload scan;
    struct text_span bytes;
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    TRY(paper_in_path(request, &paper));
    TRY(casestudy_paper_scan(request->ctx, &study, paper, &scan, &bytes));
    answer->content_type = scan.type;
    answer->download_name = scan.name;
    view_raw(&answer->body, bytes.bytes, bytes.length_bytes);
    return OK;
}

static enum status count_paper(struct web_request *request, struct web_answer *answer)
{
    int64_t paper = 0;
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    TRY(paper_in_path(request, &paper));
    return casestudy_desk_back(request, answer,
                               casestudy_paper_count(request->ctx, study.reference, paper));
}

struct refusing {
    const char *reason;
};

static const struct form_field refuse_fields[] = {
    FORM_LONG_TEXT(refusing, reason, .label = "Why can it not count?", .rows = 3,
                   .length_most = CASESTUDY_REASON_CHARS,
                   .hint = "We mail this to the author. A scan is deleted",
                   .missing = "Enter why it cannot count"),
    FORM_END};

static enum status ask_refuse_with(struct web_request *request, struct web_answer *answer,
                                   const char *base, const struct form_problems *problems)
{
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "A consent on paper cannot count",
                                  .action = mem_format(request->ctx->mem, "%s/papers/%s/refuse",
                                                       base, web_value(request, "paper")),
                                  .button = "It cannot count",
                                  .is_warning = true,
                                  .back_href = base,
                                  .shown = {.fields = refuse_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status ask_refuse(struct web_request *request, struct web_answer *answer)
{
    const char *base;
    int64_t paper = 0;
    struct casestudy study;
    TRY(open_desk(request, answer, &study, &base));
    TRY(paper_in_path(request, &paper));
    return ask_refuse_with(request, answer, base, NULL);
}

static enum status refuse_paper(struct web_request *request, struct web_answer *answer)
{
    const char *base;
    int64_t paper = 0;
    struct casestudy study;
    struct refusing form = {""};
    struct form_problems problems = {.count = 0};
    TRY(open_desk(request, answer, &study, &base));
    TRY(paper_in_path(request, &paper));
    enum status status = form_read(request->ctx, refuse_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return ask_refuse_with(request, answer, base, &problems);
    TRY(status);
    return casestudy_desk_back(
        request, answer, casestudy_paper_refuse(request->ctx, study.reference, paper, form.reason));
}

/* ---- told that they agree no more ---- */

struct telling {
    const char *who, *channel, *reason;
    enum form_yes_no forget;
};

static const struct form_option channels[] = {{"phone", "By phone, or they told us", NULL, NULL},
                                              {"paper", "By letter", NULL, NULL},
                                              {"email", "By email", NULL, NULL},
                                              {0}};
static const struct form_option whose[] = {{"self", "Who is in the picture", NULL, NULL},
                                           {"guardian", "Their parent or guardian", NULL, NULL},
                                           {0}};

#define TOLD_FIELDS                                                                                \
    FORM_ONE_OF(telling, channel, .options = channels, .label = "How did they say so?",            \
                .short_label = "How", .missing = "Choose how they said so"),                       \
        FORM_LONG_TEXT(telling, reason, .label = "What did they say, and when?", .rows = 3,        \
                       .short_label = "What they said", .length_most = CASESTUDY_REASON_CHARS,     \
                       .hint = "Editors alone read this", .missing = "Enter what they said"),      \
        FORM_YES_NO(telling, forget, .label = "Do they want us to forget their name too?",         \
                    .short_label = "To be forgotten",                                              \
                    .hint = "Name, address and papers of theirs are then deleted",                 \
                    .missing = "Say whether they want to be forgotten")

static const struct form_field told_fields[] = {TOLD_FIELDS, FORM_END};
static const struct form_field told_young_fields[] = {FORM_ONE_OF(telling, who, .options = whose,
                                                                  .label = "Who said so?",
                                                                  .missing = "Choose who said so"),
                                                      TOLD_FIELDS, FORM_END};

static const struct form_field *told_fields_for(const struct casestudy_person *person)
{
    return is(person->age, "young") ? told_young_fields : told_fields;
}

static enum status ask_told_with(struct web_request *request, struct web_answer *answer,
                                 const struct casestudy_person *person, const char *base,
                                 const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct view intro = {.mem = ctx->mem};
    casestudy_told_intro(&intro, person->name);
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "They agree no more",
            .action = mem_format(ctx->mem, "%s/people/%" PRId64 "/told", base, person->number),
            .button = "Take the picture away",
            .is_warning = true,
            .intro = view_html(&intro),
            .back_href = base,
            .shown = {.fields = told_fields_for(person),
                      .answers = problems != NULL ? request->sent : NULL,
                      .problems = problems}});
}

static enum status ask_told(struct web_request *request, struct web_answer *answer)
{
    const char *base;
    struct casestudy study;
    struct casestudy_person person = {.name = ""};
    TRY(open_desk(request, answer, &study, &base));
    TRY(find_person(request, &study, &person));
    return ask_told_with(request, answer, &person, base, NULL);
}

static enum status take_told(struct web_request *request, struct web_answer *answer)
{
    const char *base;
    struct casestudy study;
    struct casestudy_person person = {.name = ""};
    struct telling form = {"", "", "", FORM_UNANSWERED};
    struct form_problems problems = {.count = 0};
    TRY(open_desk(request, answer, &study, &base));
    TRY(find_person(request, &study, &person));
    enum status status =
        form_read(request->ctx, told_fields_for(&person), request->sent, &form, &problems);
    const struct casestudy_told told = {.person = person.number,
                                        .is_guardian =
                                            is(person.age, "child") || is(form.who, "guardian"),
                                        .channel = is(form.channel, "paper")   ? CONSENT_PAPER
                                                   : is(form.channel, "email") ? CONSENT_EMAIL
                                                                               : CONSENT_PHONE,
                                        .reason = form.reason,
                                        .forget = form.forget == FORM_YES};
    if (status == OK)
        status = casestudy_told_no(request->ctx, study.reference, &told, &problems);
    if (status == ERR_INVALID)
        return ask_told_with(request, answer, &person, base, &problems);
    return casestudy_desk_back(request, answer, status);
}

const struct web_route casestudy_paper_routes[] = {
    {"GET", "/desk/case-studies/:reference/people/:person/paper", MAY_EDIT_CONTENT, ask_paper,
     "Asks for a consent on paper."},
    {.method = "POST",
     .path = "/desk/case-studies/:reference/people/:person/paper",
     .access = MAY_EDIT_CONTENT,
     .handler = take_paper,
     .summary = "Writes a consent on paper down, for another editor to look at.",
     .takes_files = true},
    {"GET", "/desk/case-studies/:reference/people/:person/told", MAY_EDIT_CONTENT, ask_told,
     "Asks how they said that they agree no more."},
    {"POST", "/desk/case-studies/:reference/people/:person/told", MAY_EDIT_CONTENT, take_told,
     "Takes a consent back at their word. Safe to repeat."},
    {"GET", "/desk/case-studies/:reference/papers/:paper/scan", MAY_EDIT_CONTENT, give_scan,
     "The scan of a consent on paper."},
    {"POST", "/desk/case-studies/:reference/papers/:paper/count", MAY_EDIT_CONTENT, count_paper,
     "A consent on paper counts."},
    {"GET", "/desk/case-studies/:reference/papers/:paper/refuse", MAY_EDIT_CONTENT, ask_refuse,
     "Asks why a consent on paper cannot count."},
    {"POST", "/desk/case-studies/:reference/papers/:paper/refuse", MAY_EDIT_CONTENT, refuse_paper,
     "A consent on paper cannot count."},
    {0},
};
