/* SPDX-License-Identifier: MIT */
/*
 * sample.h - what sample.html shows: one of everything that viewgen knows.
 */
#ifndef TOOLS_TEST_VIEWGEN_SAMPLE_H
#define TOOLS_TEST_VIEWGEN_SAMPLE_H

#include "platform/view/view.h"

struct sample_row {
    const char *name;
    size_t count;
};

struct sample {
    const char *title;
    const char *url;
    const char *slug;
    struct html body;
    const struct sample_row *rows;
    size_t row_count;
    bool is_open;
    int level;
};

/* A component of the sample's own. */
struct badge {
    const char *text;
    struct html html;
    const char *classes;
    const struct view_attribute *attributes;
};

#endif
