/* SPDX-License-Identifier: MIT */
/* pledge_sign.h - what the views of pledge_sign.html need, and nothing else. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_SIGN_H
#define PROGRAMME_PLEDGE_PLEDGE_SIGN_H

#include "platform/view/components.h"

struct pledge_sign_text {
    const char *text, *public_text;
};

struct pledge_sign_next_page {
    const char *organisation, *code;
    bool has_union;
};

#endif
