/* SPDX-License-Identifier: MIT */
/* casestudy_read.c - a case study, its words and its pictures, as they are kept. */
#include "platform/document/upload.h"
#include "programme/casestudy/casestudy_internal.h"

#include <string.h>

static const struct {
    const char *code, *text;
} states[] = {
    [CASESTUDY_UNCONFIRMED] = {"unconfirmed", "Address not confirmed"},
    [CASESTUDY_SUBMITTED] = {"submitted", "Waits for an editor"},
    [CASESTUDY_EDITING] = {"editing", "In edit"},
    [CASESTUDY_PUBLISHED] = {"published", "Published"},
    [CASESTUDY_RETURNED] = {"returned", "Returned to the author"},
    [CASESTUDY_WITHDRAWN] = {"withdrawn", "Withdrawn"},
};

const char *casestudy_state_code(enum casestudy_state state)
{
    return states[state].code;
}

const char *casestudy_state_text(enum casestudy_state state)
{
    return states[state].text;
}

static enum casestudy_state state_of(const char *code)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(states[i].code, code) == 0)
            return (enum casestudy_state)i;
    return CASESTUDY_UNCONFIRMED;
}

enum status casestudy_find(struct ctx *ctx, const char *reference, struct casestudy *out)
{
    struct casestudy_row_row row;
    TRY(casestudy_row(ctx, reference, &row));
    *out = (struct casestudy){
        .organisation_id = row.organisation_id,
        .id = row.id,
        .reference = row.reference,
        .state = state_of(row.state),
        .state_at = row.state_at,
        .is_live = row.is_live != 0,
        .organisation_code = row.organisation_code,
        .organisation = row.organisation,
        .kind = row.kind,
        .region = row.region,
        .author_name = row.author_name,
        .author_role = row.author_role,
        .email = row.email,
        .sent_at = row.sent_at,
        .version = row.version,
        .event_count = row.event_count,
        .published_version = row.published_version,
        .published_at = row.published_at,
        .title = row.title,
        .review_on = row.review_on != NULL ? row.review_on : "",
        .asked_on = row.asked_on,
        .reuse_count = row.reuse_count,
    };
    return OK;
}

/* "a b" as codes. */
static struct form_several split(struct mem *mem, const char *text)
{
    size_t count = text[0] != '\0';
    for (const char *c = text; *c != '\0'; c++)
        count += *c == ' ';
    struct form_several out = {.codes = mem_array(mem, const char *, count), .count = count};
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(text, " ");
        out.codes[i] = mem_text_part(mem, text, length);
        text += length + (text[length] == ' ');
    }
    return out;
}

enum status casestudy_version_find(struct ctx *ctx, const struct casestudy *study, int64_t version,
                                   struct casestudy_version *out)
{
    struct casestudy_version_row_row row;
    TRY(casestudy_version_row(ctx, study->organisation_id, study->id, version, &row));
    *out = (struct casestudy_version){
        .version = row.version,
        .made_at = row.made_at,
        .made_by = row.made_by,
        .intention_names = row.intention_names,
        .words = {.title = row.title,
                  .summary = row.summary,
                  .problem = row.problem,
                  .done = row.done,
                  .result = row.result,
                  .cost = row.cost,
                  .contact = row.contact,
                  .contact_email = row.contact_email,
                  .stage = row.stage,
                  .pillar = row.pillar,
                  .evidence = row.evidence,
                  .intentions = split(ctx->mem, row.intentions),
                  .reason = row.reason},
    };
    return OK;
}

enum status casestudy_version_by_author(struct ctx *ctx, const struct casestudy *study,
                                        struct casestudy_version *out)
{
    struct casestudy_version_of_author_row row;
    TRY(casestudy_version_of_author(ctx, study->organisation_id, study->id, &row));
    return casestudy_version_find(ctx, study, row.version, out);
}

/* ---- pictures ---- */

enum status casestudy_pictures_of(struct ctx *ctx, const struct casestudy *study,
                                  struct casestudy_picture **out, size_t *count_out)
{
    struct casestudy_pictures_row *rows;
    TRY(casestudy_pictures(ctx, study->organisation_id, study->id, CASESTUDY_PICTURES_MAX, &rows,
                           count_out));
    *out = mem_array(ctx->mem, struct casestudy_picture, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct casestudy_picture){.number = rows[i].number,
                                               .upload_id = rows[i].upload_id,
                                               .type = rows[i].type,
                                               .width_px = rows[i].width_px,
                                               .height_px = rows[i].height_px,
                                               .alternative = rows[i].alternative,
                                               .shows_people = rows[i].shows_people != 0,
                                               .is_free = strcmp(rows[i].state, "free") == 0,
                                               .is_gone = strcmp(rows[i].state, "gone") == 0};
    return OK;
}

enum status casestudy_picture_read(struct ctx *ctx, const struct casestudy *study, int64_t number,
                                   bool must_be_free, struct casestudy_picture *out)
{
    size_t count;
    struct upload upload;
    struct casestudy_picture *pictures;
    TRY(casestudy_pictures_of(ctx, study, &pictures, &count));
    for (size_t i = 0; i < count; i++) {
        if (pictures[i].number != number || pictures[i].is_gone ||
            (must_be_free && !pictures[i].is_free))
            continue;
        *out = pictures[i];
        return upload_read(ctx, out->upload_id, casestudy_owner(ctx->mem, study->reference),
                           &upload, &out->bytes);
    }
    return ctx_fail(ctx, ERR_NOT_FOUND, "the case study has no such picture to show");
}
