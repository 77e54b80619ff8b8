/* SPDX-License-Identifier: MIT */
/* programme_mail.c - who takes mail that comes in, by capability. */
#include "programme/newsletter/newsletter_send.h"
#include "programme/programme.h"

#include "programme/lead/enquiry.h"

/* A capability a line, so that a new one is a line of its own. */
/* clang-format off */
const struct mail_receiver *const mail_receivers[] = {
    enquiry_mail_receivers,
    newsletter_receivers,
    NULL,
};
/* clang-format on */
