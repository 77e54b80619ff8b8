/* SPDX-License-Identifier: MIT */
/* programme_account.c - what capabilities show people at /account, in the order it is shown. */
#include "programme/account/account_web.h"

const struct account_section *const account_sections[] = {
    NULL,
};
