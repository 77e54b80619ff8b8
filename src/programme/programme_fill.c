/* SPDX-License-Identifier: MIT */
/* programme_fill.c - for tests: a row about people in every table. */
#include "programme/programme_fill.h"

#include "platform/base/id.h"
#include "platform/base/test.h"
#include "platform/document/upload.h"
#include "platform/mail/mail.h"
#include "platform/web/journey.sql.h"
#include "platform/web/web.sql.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_test_help.h"
#include "programme/access/access_web.h"
#include "programme/account/account.sql.h"
#include "programme/campaign/campaign.h"
#include "programme/campaign/campaign.sql.h"
#include "programme/casestudy/casestudy.sql.h"
#include "programme/concern/concern.sql.h"
#include "programme/concern/concern_test.sql.h"
#include "programme/directory/directory.h"
#include "programme/equality/equality.h"
#include "programme/event/event.sql.h"
#include "programme/individual/individual.sql.h"
#include "programme/lead/enquiry.sql.h"
#include "programme/lead/lead.sql.h"
#include "programme/library/library.sql.h"
#include "programme/member/member.sql.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_issue.sql.h"
#include "programme/newsletter/newsletter_send.sql.h"
#include "programme/oversight/oversight.h"
#include "programme/oversight/oversight.sql.h"
#include "programme/paper/paper.sql.h"
#include "programme/plan/plan.sql.h"
#include "programme/pledge/pledge.sql.h"
#include "programme/pledge/pledge_dispute.sql.h"
#include "programme/pledge/pledge_test.h"
#include "programme/privacy/privacy.h"
#include "programme/review/review.sql.h"
#include "programme/rights/rights.h"
#include "programme/search/search.h"
#include "programme/token/token.sql.h"

static const struct privacy_subject somebody = {{0}, FILL_INES, FILL_INES};

/* ---- tables of the platform, of rights and of privacy ---- */

static void add_technical(struct ctx *ctx, struct person_id ada)
{
    int64_t changes;
    const struct upload_sent file = {"plan.txt", "A plan.\n", 8, "draft/x"};
    const struct upload_rules rules = {.endings = upload_all_endings};
    struct upload upload;
    const char *problem;
    CHECK(web_draft_add(ctx, id_new(ctx), "code", "rights", "browser", ada.n, "[]", ctx->now_secs,
                        ctx->now_secs + 60 * TIME_DAY_SECS, NULL, NULL, &changes) == OK);
    CHECK(upload_keep(ctx, &file, &rules, &upload, &problem) == OK);
    CHECK(token_add(ctx, id_new(ctx), "R0A", "A trust", "Reports", "abc", "hash", "", ctx->now_secs,
                    ada.n, "request", ctx->now_secs, &changes) == OK);
    CHECK(access_code_ask(ctx, &(const struct access_caller){"browser", "address"}, FILL_ADA, "") ==
          OK);
}

static void add_rights(struct ctx *ctx)
{
    const char *reference;
    int64_t id;
    const struct rights_ask ask = {"complaint", "", "", "", "Too many emails"};
    const struct rights_ask doubtful = {"correct", "", "", "", "My name is Ines"};
    const struct rights_close close = {"done", "", "We send fewer."};
    CHECK(rights_ask(ctx, &ask, &reference) == OK);
    CHECK(rights_close(ctx, reference, &close) == OK);
    CHECK(rights_ask(ctx, &doubtful, &reference) == OK);
    CHECK(rights_pause(ctx, reference) == OK); /* which makes a link */
    CHECK(privacy_restrict(ctx, &somebody, false, "", "RQ-0000-0001") == OK);
    CHECK(privacy_restriction_lift(ctx, "RQ-0000-0001") == OK);
    CHECK(privacy_hold_place(
              ctx, &(const struct privacy_hold_new){PRIVACY_HOLD_THING, "PL-1", "Why"}, &id) == OK);
    CHECK(privacy_hold_release(ctx, id, "Over") == OK);
    CHECK(consent_give(ctx, &(const struct consent_said){.wording = "story",
                                                         .thing = "ST-0000-0001",
                                                         .about_name = "Ines",
                                                         .about_email = FILL_INES,
                                                         .channel = CONSENT_PAPER}) == OK);
}

/* ---- the ways in ---- */

static void add_account(struct ctx *ctx, int64_t ada)
{
    int64_t changes, now = ctx->now_secs;
    CHECK(account_password_put(ctx, ada, "never-shown-1", now, &changes) == OK);
    CHECK(account_phone_put(ctx, ada, "never-shown-2", now, 0, &changes) == OK);
    CHECK(account_recovery_add(ctx, id_new(ctx), ada, "never-shown-3", now, &changes) == OK);
    CHECK(account_link_add(ctx, id_new(ctx), ada, "hospital", "subject", now, &changes) == OK);
    CHECK(account_visit_add(ctx, "never-shown-4", "hospital", "browser", "never-shown-5",
                            "never-shown-6", "", &ada, now, &changes) == OK);
    CHECK(account_try_add(ctx, id_new(ctx), "key", now, &changes) == OK);
    CHECK(search_missed_note(ctx, "podiatry", "caller") == OK);
    CHECK(account_move_add(ctx, id_new(ctx), ada, "old@trust.example", FILL_ADA, NULL, now, now,
                           &changes) == OK);
    CHECK(account_loss_add(ctx, id_new(ctx), ada, now, now, "never-shown-7", &changes) == OK);
    CHECK(account_loss_end(ctx, ada, "kept", now, &changes) == OK);
}

/* ---- joining ---- */

static void add_invitation(struct ctx *ctx, const struct organisation *trust, const char *reference,
                           const char *email, int64_t inviter)
{
    int64_t changes, id = id_new(ctx);
    CHECK(member_invitation_add(ctx, trust->id.n, id, reference, reference, email, email, "member",
                                trust->code, trust->name, "", "", inviter, ctx->now_secs,
                                ctx->now_secs + TIME_DAY_SECS, &changes) == OK);
}

static void add_member(struct ctx *ctx, const struct organisation *trust, int64_t ada)
{
    int64_t changes, id = id_new(ctx), now = ctx->now_secs;
    struct member_invitation_by_reference_row sent;
    add_invitation(ctx, trust, "IN-0000-0001", FILL_ADA, ada);
    add_invitation(ctx, trust, "IN-0000-0002", "other@trust.example", ada);
    CHECK(member_invitation_by_reference(ctx, "IN-0000-0001", &sent) == OK);
    CHECK(member_invitation_end(ctx, sent.organisation_id, sent.id, "declined", now, &changes) ==
          OK);
    CHECK(member_claim_add(ctx, trust->id.n, id, "CL-0000-0001", trust->code, trust->name, "QOP",
                           "Y62", "never-shown-8", now, FILL_ADA, FILL_ADA, FILL_NAME, "Nurse",
                           "I am " FILL_NAME, "member", now, &changes) == OK);
    CHECK(member_claim_prove(ctx, trust->id.n, id, ada, 0, "2026-03-16", now, &changes) == OK);
    CHECK(member_claim_end(ctx, trust->id.n, id, "withdrawn", NULL, "", now, &changes) == OK);
    CHECK(member_domain_add(ctx, trust->id.n, "trust.example", trust->code, "Its site", ada, now,
                            &changes) == OK);
}

/* ---- what is kept apart, and who watches ---- */

static void add_apart(struct ctx *ctx, const struct organisation *trust, int64_t ada)
{
    int64_t changes, id = id_new(ctx), glass = id_new(ctx), now = ctx->now_secs;
    const struct equality_answer answers[] = {{"ethnicity", "w4"}, {"religion", "prefer-not"}};
    const struct equality_owner me = equality_me(ctx);
    CHECK(equality_set(ctx, &me, answers, 2) == OK);
    CHECK(concern_add(ctx, trust->id.n, id, "SC-0000-0001", trust->code, ada, now, 0,
                      "I saw it. " FILL_NAME, "today", 1, FILL_ADA, "organisation", "none",
                      &changes) == OK);
    CHECK(concern_event_add(ctx, id, 1, now, "closed", "", "All done", ada, &changes) == OK);
    CHECK(concern_told_add(ctx, id, ada, "concern/none", &changes) == OK);
    CHECK(concern_test_keep_from(ctx, id, ada, &changes) == OK);
    CHECK(concern_reading_set(ctx, id, ada, "to decide", now, &changes) == OK);
    CHECK(concern_move(ctx, trust->id.n, id, "closed", &now, &changes) == OK);
    CHECK(oversight_look_set(ctx, ada, "look", now, &changes) == OK);
    CHECK(oversight_glass_add(ctx, glass, "BG-0000-0001", ada, "none", "", "A good reason", now,
                              now, &changes) == OK);
    CHECK(oversight_glass_review(ctx, glass, ada, "It was right", now, &changes) == OK);
}

static void add_paper(struct ctx *ctx, const struct organisation *trust, int64_t ada)
{
    int64_t changes, id = id_new(ctx), now = ctx->now_secs;
    CHECK(paper_add_row(ctx, trust->id.n, id, "PA-0000-0001", "pledge", trust->code, trust->name,
                        "", 0, "", "post", "2026-03-09", now, ada, "", "", 0, "never-shown-9", 1,
                        &changes) == OK);
    CHECK(paper_record(ctx, trust->id.n, id, 0, FILL_NAME, "2026-03-09", "[]", FILL_ADA, FILL_ADA,
                       ada, now, &changes) == OK);
    CHECK(paper_end(ctx, trust->id.n, id, 1, "refused", 0, "", "", ada, now, "Nobody signed",
                    &changes) == OK);
}

/* ---- letters ---- */

static void add_letters(struct ctx *ctx, const struct organisation *trust)
{
    int64_t changes, list = id_new(ctx), letter = id_new(ctx), now = ctx->now_secs;
    const char *hash;
    CHECK(campaign_list_add(ctx, list, "CH-0000-0001", "Spring", "", now, &changes) == OK);
    CHECK(campaign_entries_add(ctx, list, "2026-03-09", "R0A", NULL, NULL, NULL, NULL, NULL, NULL,
                               1, &changes) == OK);
    CHECK(changes == 1);
    CHECK(campaign_entry_address(ctx, list, trust->id.n, FILL_NAME, FILL_ADA, FILL_ADA, "Website",
                                 now, &changes) == OK);
    CHECK(campaign_letter_add(ctx, letter, "LE-0000-0001", list, "Hello", "Hello", now, &changes) ==
          OK);
    CHECK(campaign_recipient_add(ctx, letter, 1, trust->id.n, trust->code, trust->name, "",
                                 FILL_NAME, FILL_ADA, FILL_ADA, "typed", NULL, now,
                                 &changes) == OK);
    CHECK(campaign_stop_hash(ctx, FILL_ADA, &hash) == OK);
    CHECK(campaign_stop_add(ctx, hash, now, &changes) == OK);
}

static void add_case_study(struct ctx *ctx, const struct organisation *trust, int64_t ada)
{
    int64_t changes, of = trust->id.n, id = id_new(ctx), now = ctx->now_secs;
    CHECK(casestudy_add(ctx, of, id, "CS-0000-0001", now, trust->code, trust->name, "trust", "Y62",
                        FILL_NAME, "Nurse", FILL_ADA, FILL_ADA, &changes) == OK);
    CHECK(casestudy_version_add(ctx, of, id, 1, now, 0, "Visits", "We went", "None", "Visits",
                                "Good", "", FILL_NAME, FILL_ADA, "get-in", "widening-access",
                                "tfc-1", "Open more routes in", "1", "", &changes) == OK);
    CHECK(casestudy_event_add(ctx, of, id, 1, now, "withdrawn", ada, 1, "It is over", &changes) ==
          OK);
    CHECK(casestudy_move(ctx, of, id, "unconfirmed", "withdrawn", now, 1, 1, &changes) == OK);
    CHECK(casestudy_picture_add(ctx, of, id, 1, 0, "image/png", 1, 1, "A ward", 1, "waiting",
                                &changes) == OK);
    CHECK(casestudy_person_add(ctx, of, id, 1, "CP-0000-0001", FILL_NAME, FILL_ADA, FILL_ADA,
                               "grown", "", "", "", &changes) == OK);
    CHECK(casestudy_shown_add(ctx, of, id, 1, 1, &changes) == OK);
    CHECK(casestudy_paper_add(ctx, of, id, id_new(ctx), 1, "2026-01-05", "", "With " FILL_NAME, 0,
                              now, ada, &changes) == OK);
    CHECK(casestudy_reuse_add(ctx, of, id, id_new(ctx), "RU-0000-0001", of, trust->code,
                              trust->name, "We too. " FILL_NAME, FILL_NAME, FILL_ADA, FILL_ADA, now,
                              &changes) == OK);
    CHECK(casestudy_proof_add(ctx, of, id, "CS-0000-0001", FILL_ADA, now, "never-shown-13",
                              "never-shown-14", &changes) == OK);
}

/* A page that she wrote. */
static void add_guidance(struct ctx *ctx, int64_t ada)
{
    int64_t changes, id = id_new(ctx);
    CHECK(library_page_add(ctx, id, "/guidance/fill", "Fill", "", ctx->now_secs, &changes) == OK);
    CHECK(library_version_add(ctx, id, 1, "/guidance/fill", "Fill", "Fill", "", "", 1, "Words",
                              "[Go](/)", "", "Us", "2026-01-01", "2026-06-01", "editor", "",
                              "First words", ada, ctx->now_secs, &changes) == OK);
}

/* ---- local leads ---- */

static void add_lead(struct ctx *ctx, const struct organisation *trust, int64_t ada)
{
    int64_t changes, of = trust->id.n, lead = id_new(ctx), id = id_new(ctx), now = ctx->now_secs;
    CHECK(lead_add_row(ctx, of, lead, trust->code, "all", ada, FILL_NAME, "Nurse", 1, "2026-01-01",
                       "2026-03-08", now, "2026-09-07", &changes) == OK);
    CHECK(lead_away_add(ctx, of, lead, "2026-03-01", "2026-03-02", &ada, FILL_NAME, &changes) ==
          OK);
    CHECK(lead_enquiry_add_row(ctx, of, id, "EN-0000-0001", trust->code, "M13 9WL", "all",
                               "I am " FILL_NAME, FILL_NAME, FILL_ADA, FILL_ADA, &ada,
                               "never-shown-13", "never-shown-14", now, &changes) == OK);
    CHECK(lead_enquiry_event_add(ctx, of, id, now, "more", FILL_NAME, &ada, "More " FILL_NAME, "",
                                 "", "", &changes) == OK);
    CHECK(lead_enquiry_event_add(ctx, of, id, now, "apart", "", NULL, "Mail of " FILL_NAME,
                                 "Mail of " FILL_NAME, FILL_ADA, "digest", &changes) == OK);
    CHECK(lead_enquiry_hold_row(ctx, of, id, &ada, FILL_NAME, &changes) == OK);
    CHECK(lead_enquiry_begin_row(ctx, of, id, now, "2026-03-16", &changes) == OK);
    CHECK(lead_enquiry_answer_row(ctx, of, id, now, &changes) == OK);
    CHECK(lead_enquiry_close_row(ctx, of, id, now, &changes) == OK);
}

/* Ada reads the newsletter, and wrote an issue of it that was sent. */
static void add_newsletter(struct ctx *ctx, int64_t ada)
{
    int64_t changes, issue = id_new(ctx), now = ctx->now_secs;
    CHECK(newsletter_reader_put(ctx, id_new(ctx), FILL_ADA, FILL_ADA, 1, "", now, "page", "",
                                &changes) == OK);
    CHECK(newsletter_ask_add(ctx, id_new(ctx), "NA-0000-0001", FILL_ADA, FILL_ADA, 1, "", now,
                             "never-shown-21", "never-shown-22", &changes) == OK);
    CHECK(newsletter_issue_add(ctx, issue, "NL-0000-0001", ada, now, &changes) == OK);
    CHECK(newsletter_issue_next(ctx, issue, 0, &changes) == OK);
    CHECK(newsletter_version_add(ctx, issue, 1, "News", "", 0, "", "[]", ada, now, &changes) == OK);
    CHECK(newsletter_issue_ask(ctx, issue, 1, ada, 0, now, &changes) == OK);
    CHECK(newsletter_issue_approve(ctx, issue, 1, ada, now, &changes) == OK);
    CHECK(newsletter_issue_begin(ctx, issue, now, &changes) == OK);
    CHECK(newsletter_take(ctx, issue, 1, 0, now, 0, "", now, 10, &changes) == OK);
    CHECK(newsletter_set_sent(ctx, issue, 1, now, &changes) == OK && changes == 1);
    CHECK(newsletter_issue_end(ctx, issue, now, &changes) == OK);
}

static void add_individual(struct ctx *ctx)
{
    int64_t changes, id = id_new(ctx), now = ctx->now_secs;
    CHECK(individual_add(ctx, id, "IP-0000-0001", "never-shown-9", "talent-for-care", "2026.1",
                         "individual-2026", now, FILL_ADA, FILL_ADA, FILL_NAME, "Nurse", "Band 5",
                         "R0A", "A trust", "I promise. " FILL_NAME, "tfc-1", "Open more routes in",
                         1, 1, 1, 1, 1, 1, 1, NULL, "I sign. " FILL_NAME, "digest",
                         "never-shown-10", "never-shown-11", &changes) == OK);
    CHECK(individual_confirm(ctx, id, now, "2026-03-09", NULL, "key", "signature", &changes) == OK);
}

/* ---- events ---- */

static void add_event(struct ctx *ctx, const struct organisation *trust)
{
    int64_t changes, of = trust->id.n, event = id_new(ctx), id = id_new(ctx), now = ctx->now_secs;
    CHECK(event_add(ctx, of, event, "EV-0000-0001", trust->code, trust->name, "Y62", "Open day",
                    "Come in", "", "", "person", 0, "Here", "", "", now - 7200, now, "2026-03", 9,
                    0, 0, now, &changes) == OK);
    CHECK(event_booking_add(ctx, of, event, id, "EB-0000-0001", "person", 1, 0, 1, FILL_NAME,
                            FILL_ADA, FILL_ADA, now, "never-shown-13", "never-shown-14", 0,
                            &changes) == OK);
    CHECK(event_booking_enter(ctx, of, event, id, "booked", 1, 1, 1, 0, &changes) == OK);
    CHECK(event_need_add(ctx, of, event, id, "A ramp", &changes) == OK);
    CHECK(event_feedback_add(ctx, of, event, 1, 5, "Good", &id, &changes) == OK);
}

/* ---- the plan of a pledge ---- */

static void add_plan(struct ctx *ctx, const struct pledge_by_reference_row *pledge, int64_t ada)
{
    int64_t changes, of = pledge->organisation_id, id = pledge->id, now = ctx->now_secs;
    CHECK(plan_add(ctx, of, id, 1, now, &changes) == OK);
    CHECK(plan_action_add(ctx, of, id, 1, 1, 0, "tfc-1", "None", "Mentors", "People", "10",
                          FILL_NAME, "", "2026-04-01", "2026-12-01", now, "planned", "",
                          "2026-07-01", "2026-07-01", &changes) == OK);
    CHECK(plan_update_add(ctx, of, id, 1, 1, 1, now, "2026-03-09", ada, "planned", "green", "",
                          "It begins", 1, 0, "", "", &changes) == OK);
    CHECK(plan_evidence_add(ctx, of, id, 1, 1, 1, 1, "text", "Ten people", 0, &changes) == OK);
    CHECK(plan_lead_add(ctx, of, id, 1, 1, 1, FILL_NAME, FILL_ADA, FILL_ADA, now, &changes) == OK);
    CHECK(plan_member_add(ctx, of, id, 1, "guest", FILL_NAME, FILL_ADA, FILL_ADA, "never-shown-12",
                          0, now, now + TIME_DAY_SECS, "", &changes) == OK);
}

/* ---- the yearly review ---- */

static void add_review(struct ctx *ctx, const struct pledge_by_reference_row *pledge, int64_t ada)
{
    int64_t changes, of = pledge->organisation_id, id = pledge->id, now = ctx->now_secs;
    CHECK(review_add(ctx, of, id, 1, now, "2027-03-09", "2027-06-07", "2027-05-08", "2027-05-31",
                     &changes) == OK);
    CHECK(review_version_add(ctx, of, id, 1, 1, now, ada, "A good year", "More", "", "Words",
                             "digest", &changes) == OK);
    CHECK(review_part_add(ctx, of, id, 1, 1, 1, "tfc-1", "Two", "Three", &changes) == OK);
    CHECK(review_signature_add(ctx, of, id, 1, 1, "leader", now, "Director", FILL_NAME, FILL_ADA,
                               ada, &changes) == OK);
    CHECK(review_link_add(ctx, "never-shown-10", of, id, 1, 1, "leader", "holder", now,
                          now + TIME_DAY_SECS, &changes) == OK);
    CHECK(review_draft_set(ctx, of, id, 1, "statement", "[[\"statement\",\"A year\"]]", 1, now, ada,
                           &changes) == OK);
}

static void add_dispute(struct ctx *ctx, const struct pledge_by_reference_row *pledge)
{
    int64_t changes;
    struct pledge_dispute_row_row dispute;
    CHECK(pledge_dispute_add(ctx, pledge->organisation_id, pledge->id, id_new(ctx), "DP-0000-0001",
                             ctx->now_secs, "2026-03-19", "other", "I am " FILL_NAME, FILL_NAME,
                             "Nurse", FILL_ADA, FILL_ADA, "", &changes) == OK);
    CHECK(pledge_dispute_row(ctx, "DP-0000-0001", &dispute) == OK);
    CHECK(pledge_dispute_decide_row(ctx, dispute.organisation_id, dispute.pledge_id, dispute.id,
                                    "no-ground", "It is right, " FILL_NAME, ctx->now_secs,
                                    &changes) == OK);
}

/* ---- all together ---- */

static void add_mail(struct ctx *ctx)
{
    CHECK(mail_cancel(ctx, mem_format(ctx->mem, "rights/none")) == OK);
    CHECK(mail_put(ctx, &(const struct mail){.kind = "x.test",
                                             .key = "gone",
                                             .to_address = FILL_ADA,
                                             .subject = "Hello",
                                             .parts = (const struct mail_part[]){MAIL_TEXT("Hello"),
                                                                                 MAIL_END}}) == OK);
    CHECK(mail_cancel(ctx, "gone") == OK);
}

struct person_id programme_fill(struct ctx *ctx)
{
    struct person_id ada;
    struct organisation trust;
    struct pledge_by_reference_row pledge;
    int64_t changes;
    bool has_changed;
    help_demonstration(ctx, true);
    const char *reference = pledge_test_send(ctx, "R0A");
    pledge_test_sign(ctx);
    ada = help_person(ctx, FILL_ADA, "national");
    CHECK(access_person_rename(ctx, ada, FILL_NAME, &has_changed) == OK && has_changed);
    CHECK(directory_find(ctx, "R0A", &trust) == OK);
    ctx->person = ada;
    add_account(ctx, ada.n);
    add_member(ctx, &trust, ada.n);
    add_apart(ctx, &trust, ada.n);
    add_technical(ctx, ada);
    add_paper(ctx, &trust, ada.n);
    add_rights(ctx);
    add_individual(ctx);
    add_case_study(ctx, &trust, ada.n);
    add_newsletter(ctx, ada.n);
    CHECK(pledge_by_reference(ctx, reference, &pledge) == OK);
    add_plan(ctx, &pledge, ada.n);
    add_review(ctx, &pledge, ada.n);
    CHECK(pledge_withdraw(ctx, reference, "It is over") == OK);
    CHECK(pledge_party_add(ctx, pledge.organisation_id, pledge.id, "leader", 1, FILL_NAME,
                           "Director", FILL_ADA, FILL_ADA, ctx->now_secs,
                           "The chief executive has left", &changes) == OK);
    CHECK(pledge_party_confirm(ctx, pledge.organisation_id, pledge.id, "leader", 1, ctx->now_secs,
                               &changes) == OK);
    CHECK(pledge_keeper_set(ctx, pledge.organisation_id, pledge.id, pledge.revision, FILL_ADA,
                            ctx->now_secs, &changes) == OK);
    add_dispute(ctx, &pledge);
    add_letters(ctx, &trust);
    add_event(ctx, &trust);
    add_guidance(ctx, ada.n);
    add_lead(ctx, &trust, ada.n);
    add_mail(ctx);
    CHECK(access_person_end_role(ctx, FILL_ADA, "national", NULL) == OK);
    CHECK(access_person_close(ctx, FILL_ADA) == OK); /* which ends all sessions */
    CHECK(web_session_add(ctx, 1, "hash", ada.n, "browser", ctx->now_secs,
                          ctx->now_secs + TIME_DAY_SECS, 1, 1, TIME_DAY_SECS, "", "",
                          &changes) == OK);
    ctx->person = (struct person_id){0};
    return ada;
}
