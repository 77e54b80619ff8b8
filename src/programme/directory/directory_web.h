/* SPDX-License-Identifier: MIT */
/*
 * directory_web.h - what the pages of the directory offer to the pages of others: looking an
 * organisation or a school up in a form, and room on the page of an organisation.
 */
#ifndef PROGRAMME_DIRECTORY_DIRECTORY_WEB_H
#define PROGRAMME_DIRECTORY_DIRECTORY_WEB_H

#include "platform/web/form.h"
#include "platform/web/web.h"
#include "programme/directory/directory.h"

extern const struct web_route directory_routes[];

/* For FORM_LOOKUP: employers, open ones first, by name, postcode, town or code; and schools. */
extern const struct form_lookup directory_organisations;
extern const struct form_lookup directory_schools;

/* What another capability shows on the page of an organisation. */
struct directory_section {
    /* Writes a heading of level 2 and what stands below; nothing when there is nothing to say. */
    enum status (*write)(struct web_request *request, struct organisation_id id, struct view *out);
};

/* The sections in their order, ended by NULL: one list for the program, in programme_sections.c. */
extern const struct directory_section *const directory_sections[];

#endif
