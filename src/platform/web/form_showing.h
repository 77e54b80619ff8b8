/* SPDX-License-Identifier: MIT */
/* form_showing.h - showing one field, shared by form_show.c and form_choice.c only. */
#ifndef PLATFORM_WEB_FORM_SHOWING_H
#define PLATFORM_WEB_FORM_SHOWING_H

#include "platform/view/components/form.h"
#include "platform/web/form_internal.h"

struct showing {
    struct ctx *ctx;
    struct view *out;
    const struct form_shown *shown;
    bool is_heading;  /* this field's label is the heading of the page */
    const char *kept; /* how long this field is kept, as a sentence; NULL or "": not said */
};

/* What every input of a field shares. */
struct shared {
    const char *name, *value;
    struct label label;
    struct hint hint;
    struct error_message error;
};

struct shared form_share(const struct showing *s, const struct form_field *field);
struct fieldset form_fieldset(const struct showing *s, const struct shared *shared);

/* Shows the fields one after another; under: name of the choice that they stand in, NULL: none. */
MUST_CHECK enum status form_show_fields(struct showing *s, const struct form_field *fields,
                                        const char *under);

MUST_CHECK enum status form_show_yes_no(struct showing *s, const struct form_field *field);
MUST_CHECK enum status form_show_one_of(struct showing *s, const struct form_field *field);
MUST_CHECK enum status form_show_several_of(struct showing *s, const struct form_field *field);

#endif
