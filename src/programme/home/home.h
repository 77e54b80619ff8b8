/* SPDX-License-Identifier: MIT */
/* home.h - what the views of home.html need. */
#ifndef PROGRAMME_HOME_HOME_H
#define PROGRAMME_HOME_HOME_H

#include "programme/pack/framework.h"

struct home_page {
    struct framework framework; /* in force today                        */
    bool has_framework;         /* false: none is, which the page bears   */
    bool is_demonstration;
};

/* What the pages of the footer say of this installation. */
struct home_about {
    const char *service_name;
    const char *contact_email; /* "": there is none */
    bool is_demonstration;
};

/* Whether the intention belongs to the stage. */
bool home_is_in(const struct framework_intention *intention, const struct framework_stage *stage);

#endif
