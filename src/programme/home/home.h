/* SPDX-License-Identifier: MIT */
/* home.h - what the views of home.html need. */
#ifndef PROGRAMME_HOME_HOME_H
#define PROGRAMME_HOME_HOME_H

#include "platform/view/view.h"
#include "programme/access/access.h"
#include "programme/pack/pack.h"

/* A stage of the framework, and the page of guidance that begins it. */
struct home_stage {
    const struct framework_stage *of;
    const char *href; /* "": there is none */
};

/* Two sections of other capabilities beside each other. */
struct home_row {
    struct html left, right;
};

struct home_page {
    const struct framework *framework; /* in force today; NULL: none is, which the page bears */
    const struct home_stage *stages;
    const char *signed_text; /* "12 organisations have signed so far."; "" for none  */
    const struct home_row *rows;
    size_t row_count;
    bool is_demonstration;
    const struct access_person *people; /* who can sign in to the demonstration */
    size_t person_count;
    const struct access_person *others; /* the rest of them */
    size_t other_count;
};

/* What the pages of the footer say of this installation. */
struct home_about {
    const char *service_name;
    const char *contact_email, *contact_href; /* "": there is none */
    bool is_demonstration;
    const char *cookie_name;
    int browser_days, idle_hours, session_hours; /* of the cookie */
};

/* Whether the intention belongs to the stage. */
bool home_is_in(const struct framework_intention *intention, const struct framework_stage *stage);

#endif
