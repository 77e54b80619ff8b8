/* SPDX-License-Identifier: MIT */
/* individual_web.h - what the page files of individual/ share. */
#ifndef PROGRAMME_INDIVIDUAL_INDIVIDUAL_WEB_H
#define PROGRAMME_INDIVIDUAL_INDIVIDUAL_WEB_H

#include "platform/web/journey.h"
#include "platform/web/listing.h"
#include "programme/individual/individual.h"
#include "programme/proof/proof_web.h"

extern const struct journey individual_signing;
extern const struct listing individual_people_listing;
extern const struct proof_page individual_proof_page;

/* "What may the public see?" and the day of the reminder. */
extern const struct form_option individual_shown_options[];
#define INDIVIDUAL_SHOWN_FIELD(type_)                                                              \
    FORM_SEVERAL_OF(type_, shown, .options = individual_shown_options, .is_optional = true,        \
                    .label = "What may the public see?", .short_label = "Shown to the public",     \
                    .hint = "Choose as much or as little as you like. Without your name you are "  \
                            "anonymous in public. Your email address is never shown.")
#define INDIVIDUAL_REMIND_FIELD(type_)                                                             \
    FORM_DATE(type_, remind_on, .is_optional = true,                                               \
              .label = "When shall we remind you of your pledge?", .short_label = "Reminder",      \
              .hint = "We send one email on that day. Leave it empty for no reminder. For "        \
                      "example, 27 3 2027")

/* The pages of one's own pledge, by a mailed link and for who is signed in. */
enum status individual_mine_show(struct web_request *request, struct web_answer *answer);
enum status individual_mine_confirm(struct web_request *request, struct web_answer *answer);
enum status individual_choice_show(struct web_request *request, struct web_answer *answer);
enum status individual_choice_save(struct web_request *request, struct web_answer *answer);
enum status individual_withdraw_show(struct web_request *request, struct web_answer *answer);
enum status individual_withdraw_do(struct web_request *request, struct web_answer *answer);
enum status individual_receipt_show(struct web_request *request, struct web_answer *answer);
enum status individual_receipt_json(struct web_request *request, struct web_answer *answer);
enum status individual_receipt_pdf(struct web_request *request, struct web_answer *answer);
enum status individual_about_show(struct web_request *request, struct web_answer *answer);
enum status individual_about_save(struct web_request *request, struct web_answer *answer);

#endif
