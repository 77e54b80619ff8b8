/* SPDX-License-Identifier: MIT */
/* casestudy_test_help.c - for tests: case studies in each state. */
#include "programme/casestudy/casestudy_test_help.h"

#include "platform/base/test.h"
#include "platform/document/photo_test_help.h"
#include "platform/document/upload.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"

#include <inttypes.h>

struct casestudy_draft casestudy_test_draft(struct ctx *ctx)
{
    static const char *intentions[] = {"tfc-1", "tfc-2"};
    (void)ctx;
    return (struct casestudy_draft){
        .words = {.title = "Ward visits for pupils",
                  .summary = "Pupils spent a morning on a ward.",
                  .problem = "Few pupils near us knew what support workers do.",
                  .done = "We opened two wards a month.\n\n- a tour\n- a talk",
                  .result = "In the year after, 12 pupils applied, and 4 in the year before.",
                  .cost = "About £200",
                  .contact = "The careers team",
                  .contact_email = "careers@trust.example",
                  .stage = "get-ready",
                  .pillar = "widening-access",
                  .evidence = "2",
                  .intentions = {intentions, 2},
                  .reason = ""},
        .organisation = {.key = "R0A", .label = "A trust", .detail = ""},
        .author_name = "Ada Author",
        .author_role = "Careers lead",
        .email = TEST_AUTHOR};
}

static struct form_file picture(struct ctx *ctx)
{
    static const char *const types[] = {".jpg", NULL};
    const char *problem;
    struct upload kept;
    struct text_span jpeg = photo_test_jpeg(ctx, 64, 32, 1, "secret place");
    const struct upload_sent sent = {"ward.jpg", jpeg.bytes, jpeg.length_bytes, "draft/test"};
    const struct upload_rules rules = {.endings = types, .is_photo = true};
    CHECK(upload_keep(ctx, &sent, &rules, &kept, &problem) == OK);
    return (struct form_file){kept.id, kept.name, kept.size_bytes, kept.owner};
}

static struct form_several just(struct ctx *ctx, const char *code)
{
    const char **codes = mem_array(ctx->mem, const char *, 1);
    codes[0] = code;
    return (struct form_several){codes, 1};
}

void casestudy_test_add_pictures(struct ctx *ctx, struct casestudy_draft *draft)
{
    struct casestudy_picture_draft *pictures =
        mem_array(ctx->mem, struct casestudy_picture_draft, 2);
    struct casestudy_person_draft *people = mem_array(ctx->mem, struct casestudy_person_draft, 2);
    for (int i = 0; i < 2; i++)
        pictures[i] = (struct casestudy_picture_draft){
            "", picture(ctx), i == 0 ? "A nurse and a porter" : "A pupil at a bed", FORM_YES};
    people[0] = (struct casestudy_person_draft){.name = "Sam",
                                                .age = "grown",
                                                .way = "email",
                                                .email = TEST_GROWN,
                                                .guardian_name = "",
                                                .guardian_email = "",
                                                .pictures = just(ctx, "1")};
    people[1] = (struct casestudy_person_draft){.name = "Kim",
                                                .age = "young",
                                                .way = "email",
                                                .email = TEST_YOUNG,
                                                .guardian_name = "Pat Parent",
                                                .guardian_email = TEST_GUARDIAN,
                                                .pictures = just(ctx, "2")};
    draft->pictures = (struct form_list){pictures, 2};
    draft->people = (struct form_list){people, 2};
}

const char *casestudy_test_send(struct ctx *ctx, const struct casestudy_draft *draft)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    CHECK(casestudy_send(ctx, draft, &problems, &reference) == OK);
    return reference;
}

static void type_newest(struct ctx *ctx, const char *reference)
{
    struct proof_typed typed;
    const struct proof_typing typing = {reference, help_newest_code(ctx), "caller"};
    CHECK(proof_type(ctx, &casestudy_proof, &typing, &typed) == OK && typed.outcome == PROOF_RIGHT);
}

const char *casestudy_test_confirmed(struct ctx *ctx, const struct casestudy_draft *draft)
{
    const char *reference = casestudy_test_send(ctx, draft);
    type_newest(ctx, reference);
    return reference;
}

const char *casestudy_test_token(struct ctx *ctx, const char *address)
{
    size_t count;
    struct mail_kept mail;
    struct mail_outbox_row *rows;
    struct store_choice newest = {.at_most = 100};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].to_address == NULL || strcmp(rows[i].to_address, address) != 0)
            continue;
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
            if (part->kind == MAIL_PART_BUTTON)
                return strrchr(part->href, '/') + 1;
    }
    return "";
}

void casestudy_test_publish(struct ctx *ctx, const char *reference)
{
    struct casestudy study;
    struct form_problems problems = {.count = 0};
    struct person_id before = ctx->person;
    if (ctx->person.n == 0)
        ctx->person = help_person(ctx, "editor@programme.example", "editor");
    study = casestudy_test_found(ctx, reference);
    CHECK(casestudy_publish(ctx, reference, study.version, &problems) == OK);
    ctx->person = before;
}

struct casestudy casestudy_test_found(struct ctx *ctx, const char *reference)
{
    struct casestudy study;
    CHECK(casestudy_find(ctx, reference, &study) == OK);
    return study;
}

const char *casestudy_test_reuse(struct ctx *ctx, const char *study, const char *code,
                                 const char *email)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    const struct casestudy_reuse_draft draft = {.case_study = study,
                                                .organisation = {.key = code},
                                                .words = "We did it in two schools.",
                                                .name = "Bo",
                                                .email = email};
    CHECK(casestudy_reuse_send(ctx, &draft, &problems, &reference) == OK);
    type_newest(ctx, reference);
    return reference;
}
