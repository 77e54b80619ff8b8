/* SPDX-License-Identifier: MIT */
/* programme_sections.c - what capabilities show on the page of an organisation, in their order. */
#include "programme/directory/directory_web.h"
#include "programme/pledge/pledge_routes.h"

const struct directory_section *const directory_sections[] = {
    &pledge_section,
    NULL,
};
