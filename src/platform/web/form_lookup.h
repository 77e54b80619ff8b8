/* SPDX-License-Identifier: MIT */
/* form_lookup.h - what the views of form_lookup.html need, and nothing else. */
#ifndef PLATFORM_WEB_FORM_LOOKUP_H
#define PLATFORM_WEB_FORM_LOOKUP_H

#include "platform/view/components.h"

struct form_lookup_key {
    const char *name, *key;
};

struct form_nothing_found {
    const char *noun, *typed;
};

struct form_kept_file {
    const char *name, *file;
};

struct form_page_view {
    const char *title;
    struct html intro, problems, form;
    const char *action, *token, *button;
    bool is_warning, has_files;
};

#endif
