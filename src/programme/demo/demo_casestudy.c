/* SPDX-License-Identifier: MIT */
/*
 * demo_casestudy.c - invented case studies of real organisations, in every state: to read, in edit,
 * published, to be looked at again, returned, withdrawn, taken down by a consent.
 */

#include "platform/base/time.h"
#include "platform/document/picture.h"
#include "platform/document/upload.h"
#include "programme/casestudy/casestudy.h"
#include "programme/demo/demo_internal.h"

enum { HOURS = 3600, WIDTH_PX = 900, HEIGHT_PX = 500 };

enum demo_end { LIVE, LIVE_DUE, WAITS, IN_EDIT, RETURNED, WITHDRAWN, CONSENT_GONE, UNCONFIRMED };

static const char owner[] = "draft/demonstration";

static const struct demo_study {
    int days_ago;
    enum demo_end end;
    const char *title, *summary, *problem, *done, *result, *cost;
    const char *stage, *pillar, *evidence, *intention;
    const char *picture; /* what it shows; NULL: there is none   */
    bool shows_people;
    int reuses;
} studies[] = {
    {50, LIVE_DUE, "A ward morning for Year 9",
     "Pupils spend one morning with support workers on a ward.",
     "Few pupils near us knew that support workers, porters and cooks work in a hospital.",
     "Two wards open their doors one morning a month.\n\n- a tour in groups of four\n- a talk with "
     "somebody who began as an apprentice\n- a letter home about what comes next",
     "In the year before, 4 of those who applied came from the two schools. In the year after it "
     "was 12. Other things changed in that year too.",
     "About £200 for travel, and a day a month of a coordinator.", "get-ready", "widening-access",
     "2", "ready-1", "A blue sign that says welcome", false, 2},
    {40, LIVE, "Maths by the bedside", "A maths class in the staff room, twice a week.",
     "Staff who wanted to become nursing associates had no maths certificate.",
     "A teacher of the college comes to us, at the end of the early shift.",
     "31 of 40 passed. Of a like group who went to the college, 17 of 40 did.",
     "The teacher’s hours, and tea.", "get-on", "apprenticeships", "3", "tfc-4",
     "Two colleagues at a table with a calculator", true, 1},
    {30, LIVE, "Volunteers who stay", "Each volunteer has one person to ask.",
     "Volunteers came once and did not come back, and nobody knew why.",
     "Each new volunteer is met by the same person for the first month.",
     "Volunteers tell us that they feel expected. We have no figures yet.", "", "get-in",
     "volunteering", "1", "tfc-2", NULL, false, 0},
    {9, WAITS, "From the kitchen to the ward", "Cooks try a week as a healthcare assistant.",
     "Our own kitchen staff did not think that care work was for them.",
     "Five cooks spent a paid week on a ward of their choice.",
     "Thanks to the week, two of them changed their job.", "A week’s pay for five people.",
     "get-on", "widening-access", "1", "tfc-4", NULL, false, 0},
    {6, IN_EDIT, "A bridge to nursing", "A group that reads and writes together.",
     "Essays kept support workers from applying for a degree.",
     "A group meets every Thursday with a librarian.",
     "Six applied, and four have a place. They say that the group led to it.", "", "go-further",
     "apprenticeships", "2", "tfc-7", NULL, false, 0},
    {5, RETURNED, "Talking about our jobs", "Ambassadors go to assemblies.",
     "Schools asked for speakers, and nobody had time.", "We gave one hour a year for it.",
     "It went well.", "", "get-ready", "widening-access", "1", "tfc-3", NULL, false, 0},
    {45, WITHDRAWN, "A summer school on line", "One week of talks in the holidays.",
     "The summer school could not take place here.", "We held it on line.",
     "40 pupils came to at least one talk.", "", "get-ready", "widening-access", "1", "ready-1",
     NULL, false, 0},
    {35, CONSENT_GONE, "Cadets at the information desk", "Cadets help visitors on Saturdays.",
     "Visitors got lost, and cadets wanted to meet people.",
     "Two cadets at a time stand at the desk with a member of staff.",
     "Visitors thank them, and eleven cadets stayed for a second term.", "", "get-in",
     "volunteering", "1", "tfc-2", "Two cadets at a desk", true, 0},
    {0, UNCONFIRMED, "Mentors for returners", "Each returner has a mentor.",
     "Returners left early.", "They meet a mentor each week.", "We do not know yet.", "", "get-in",
     "widening-access", "1", "tfc-1", NULL, false, 0},
};

enum { STUDIES = sizeof studies / sizeof studies[0] };

/* The people and the address that a case study is about; each has its own. */
static const char *address(struct mem *mem, size_t number, const char *who)
{
    return mem_format(mem, "%s-%zu@demo.example", who, number);
}

static enum status draw(struct ctx *ctx, const char *words, struct form_file *out)
{
    static const char *const endings[] = {".png", NULL};
    const char *problem;
    struct upload upload;
    struct text_span bytes;
    struct picture *picture = picture_begin(ctx, WIDTH_PX, HEIGHT_PX, "#005eb8");
    picture_fill(picture, "#ffffff", &(const struct picture_box){40, 40, 820, 420});
    (void)picture_write(picture, &(const struct picture_words){.text = words,
                                                               .colour = "#003087",
                                                               .is_bold = true,
                                                               .size_px = 56,
                                                               .least_px = 20,
                                                               .box = {80, 120, 740, 300}});
    TRY(picture_end(picture, &bytes));
    TRY(upload_keep(
        ctx, &(const struct upload_sent){"picture.png", bytes.bytes, bytes.length_bytes, owner},
        &(const struct upload_rules){.endings = endings, .is_photo = true}, &upload, &problem));
    *out = (struct form_file){upload.id, upload.name, upload.size_bytes, owner};
    return OK;
}

static enum status add_picture(struct ctx *ctx, const struct demo_study *study, size_t number,
                               struct casestudy_draft *draft)
{
    struct casestudy_picture_draft *picture = mem_new(ctx->mem, struct casestudy_picture_draft);
    struct casestudy_person_draft *person = mem_new(ctx->mem, struct casestudy_person_draft);
    const char **code = mem_array(ctx->mem, const char *, 1);
    if (study->picture == NULL)
        return OK;
    *picture =
        (struct casestudy_picture_draft){.key = "",
                                         .alternative = study->picture,
                                         .shows_people = study->shows_people ? FORM_YES : FORM_NO};
    TRY(draw(ctx, study->picture, &picture->picture));
    draft->pictures = (struct form_list){picture, 1};
    *code = casestudy_picture_code(ctx->mem, draft, 0);
    *person = (struct casestudy_person_draft){.name = "Robin Example",
                                              .age = "young",
                                              .way = "email",
                                              .email = address(ctx->mem, number, "robin"),
                                              .guardian_name = "Parent Example",
                                              .guardian_email = address(ctx->mem, number, "parent"),
                                              .pictures = {code, 1}};
    if (study->shows_people)
        draft->people = (struct form_list){person, 1};
    return OK;
}

static enum status fill(struct ctx *ctx, const struct demo_study *study, size_t number,
                        const struct demo_employer *employer, struct casestudy_draft *out)
{
    const char **intention = mem_array(ctx->mem, const char *, 1);
    *intention = study->intention;
    *out = (struct casestudy_draft){
        .words = {.title = study->title,
                  .summary = study->summary,
                  .problem = study->problem,
                  .done = study->done,
                  .result = study->result,
                  .cost = study->cost,
                  .contact = "The widening access team (invented)",
                  .contact_email = "careers@demo.example",
                  .stage = study->stage,
                  .pillar = study->pillar,
                  .evidence = study->evidence,
                  .intentions = {intention, 1},
                  .reason = ""},
        .organisation = {.key = employer->code, .label = employer->name, .id = employer->id},
        .author_name = "Author Example",
        .author_role = "Careers lead",
        .email = address(ctx->mem, number, "author")};
    return add_picture(ctx, study, number, out);
}

/* Both who are asked say yes; the guardian of one takes it back later. */
static enum status let_agree(struct ctx *then, const char *reference, size_t number, bool yes)
{
    size_t count;
    const char *token = NULL;
    struct casestudy study;
    struct casestudy_person *people;
    TRY(casestudy_find(then, reference, &study));
    TRY(casestudy_people_of(then, &study, &people, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(demo_token(then, people[i].reference, address(then->mem, number, "parent"), &token));
        TRY(casestudy_asked_say(then, token, yes));
        TRY(demo_token(then, people[i].reference, address(then->mem, number, "robin"), &token));
        if (yes)
            TRY(casestudy_asked_say(then, token, true));
    }
    return OK;
}

static enum status reuse(struct ctx *then, const char *reference, size_t number,
                         const struct demo_employer *employer)
{
    const char *sent, *token = NULL;
    struct form_problems problems = {.count = 0};
    const struct casestudy_reuse_draft draft = {
        .case_study = reference,
        .organisation = {.key = employer->code, .label = employer->name, .id = employer->id},
        .words = "We began with one ward.",
        .name = "Colleague Example",
        .email = address(then->mem, number, "colleague")};
    TRY(casestudy_reuse_send(then, &draft, &problems, &sent));
    TRY(demo_token(then, sent, draft.email, &token));
    return casestudy_link_confirm(then, token);
}

/* What editors do with it. */
static enum status work(struct ctx *then, const struct demo_study *study, const char *reference,
                        struct casestudy_draft *draft)
{
    struct form_problems problems = {.count = 0};
    if (study->end == WAITS || study->end == UNCONFIRMED)
        return OK;
    if (study->end == RETURNED)
        return casestudy_return(then, reference,
                                "Please say how many schools and pupils, so that others can see "
                                "what to expect.");
    if (study->end == IN_EDIT) {
        draft->words.summary = "Support workers read and write together, with a librarian.";
        draft->words.reason = "The text says that it is their own view.";
        return casestudy_edit(then, reference, 1, &draft->words, &problems);
    }
    TRY(casestudy_publish(then, reference, 1, &problems));
    if (study->end == LIVE_DUE)
        return casestudy_review_by(then, reference, time_day_of(then->mem, then->now_secs));
    return study->end == WITHDRAWN ? casestudy_withdraw(then, reference, CASESTUDY_BY_EDITOR,
                                                        "It was of that one summer only.")
                                   : OK;
}

/* Everything that happens to one, in the hours after it was sent. */
static enum status tell(struct ctx *then, size_t number, struct person_id lead,
                        const struct demo_employers *real)
{
    const char *reference, *token = NULL;
    struct casestudy_draft draft;
    struct form_problems problems = {.count = 0};
    const struct demo_study *study = &studies[number];
    TRY(fill(then, study, number, &real->items[number % real->count], &draft));
    TRY(casestudy_send(then, &draft, &problems, &reference));
    if (study->end == UNCONFIRMED)
        return OK;
    TRY(demo_token(then, reference, draft.email, &token));
    TRY(casestudy_link_confirm(then, token));
    then->now_secs += HOURS;
    if (study->shows_people)
        TRY(let_agree(then, reference, number, true));
    then->person = lead;
    TRY(work(then, study, reference, &draft));
    then->person = (struct person_id){0};
    for (int i = 0; i < study->reuses; i++)
        TRY(reuse(then, reference, number * 10 + (size_t)i,
                  &real->items[(number + 1 + (size_t)i) % real->count]));
    return study->end == CONSENT_GONE ? let_agree(then, reference, number, false) : OK;
}

static enum status add(struct ctx *ctx, size_t number, const struct demo_scene *scene,
                       const struct demo_employers *real)
{
    struct ctx then = *ctx;
    then.id_last = 0;
    then.now_secs -= studies[number].days_ago * TIME_DAY_SECS;
    if (then.now_secs < scene->opens_at)
        then.now_secs = scene->opens_at;
    enum status status = tell(&then, number, scene->lead, real);
    ctx->fault = then.fault;
    return status;
}

enum status demo_case_studies(struct ctx *ctx, const struct demo_scene *scene,
                              const struct demo_employers *real)
{
    if (real->count < 4)
        return OK;
    for (size_t i = 0; i < STUDIES; i++) {
        enum status status = add(ctx, i, scene, real);
        if (status != OK)
            return status;
    }
    return OK;
}
