/* SPDX-License-Identifier: MIT */
/* paper_test_help.c - scans and people for the tests of papers. */
#include "programme/paper/paper_test_help.h"

#include "platform/base/test.h"
#include "platform/document/scan.h"
#include "platform/document/upload.h"
#include "programme/access/access.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/pledge/pledge_test_help.h"

const char *paper_test_pdf(struct ctx *ctx, int page_count, int number)
{
    const char *pages = "";
    for (int i = 0; i < page_count; i++)
        pages = mem_format(ctx->mem, "%s%d 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n", pages,
                           3 + i);
    return mem_format(ctx->mem,
                      "%%PDF-1.4\n%% scan %d\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
                      "2 0 obj\n<< /Type /Pages /Kids [3 0 R] >>\nendobj\n%strailer << /Root 1 0 R "
                      ">>\n%%%%EOF\n",
                      number, pages);
}

struct form_file paper_test_scan(struct ctx *ctx, int number)
{
    const char *problem, *bytes = paper_test_pdf(ctx, 1, number);
    struct upload upload;
    CHECK(upload_keep(
              ctx, &(const struct upload_sent){"scan.pdf", bytes, strlen(bytes), "paper/new/x"},
              &(const struct upload_rules){.endings = scan_endings}, &upload, &problem) == OK);
    return (struct form_file){upload.id, upload.name, upload.size_bytes, "paper/new/x"};
}

static struct person_id regional(struct ctx *ctx, const char *email, const char *area)
{
    struct access_person person;
    CHECK(access_person_add(
              ctx, &(const struct access_new){.email = email, .role = "regional", .area = area},
              &person, NULL) == OK);
    return person.id;
}

struct paper_test_people paper_test_people(struct ctx *ctx)
{
    directory_test_packs(ctx);
    return (struct paper_test_people){regional(ctx, "first@region.example", "Y62"),
                                      regional(ctx, "second@region.example", "Y62"),
                                      regional(ctx, "else@region.example", "Y56")};
}

void paper_test_written(struct ctx *ctx, const char *paper, struct paper_pledge *out)
{
    pledge_test_draft(ctx, "R0A", &out->pledge);
    out->pledge.leader_email = out->pledge.cosigner_email = "";
    out->pledge.wording = "2026";
    out->paper = paper;
    out->leader_signed_on = "2026-03-02";
    out->cosigner_signed_on = "2026-03-03";
}

const char *paper_test_whole(struct ctx *ctx, struct person_id by)
{
    struct organisation trust;
    struct form_problems problems = {.count = 0};
    const char *reference = NULL;
    CHECK(directory_find(ctx, "R0A", &trust) == OK);
    const struct paper_new coming = {.about = "pledge",
                                     .pledge = "",
                                     .side = "",
                                     .organisation = {trust.code, trust.name, "", trust.id.n},
                                     .came_by = "post",
                                     .received_on = "2026-03-06",
                                     .scan = paper_test_scan(ctx, 1)};
    ctx->person = by;
    CHECK(paper_add(ctx, &coming, &problems, &reference) == OK && problems.count == 0);
    return reference;
}
