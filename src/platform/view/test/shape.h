/* SPDX-License-Identifier: MIT */
/*
 * shape.h - how the parameters of nhsuk-frontend's macros map to our structs, as tables.
 *
 * A shape names the members of one struct by their JSON names.  Reading JSON by a shape is strict:
 * a parameter that the shape does not know is a failure, so no fixture passes by being ignored.
 */
#ifndef PLATFORM_VIEW_TEST_SHAPE_H
#define PLATFORM_VIEW_TEST_SHAPE_H

#include "platform/view/components.h"

#include <jansson.h>

enum shape_kind {
    SHAPE_TEXT = 1,   /* const char *; a number becomes text, null and false NULL                 */
    SHAPE_HTML,       /* struct html                                                              */
    SHAPE_BOOL,       /* bool; false also for null                                                */
    SHAPE_NOT,        /* bool that is true when the JSON is false                                 */
    SHAPE_PRESENT,    /* bool; true for any object, whose members other rows read */
    SHAPE_NONE,       /* const char *; true gives "none" */
    SHAPE_ONE,        /* as SHAPE_ARRAY, from one object instead of an array */
    SHAPE_SAID,       /* enum said                                                                */
    SHAPE_NAME,       /* const char *; true gives the parameter's own name */
    SHAPE_INT,        /* int */
    SHAPE_ATTRIBUTES, /* const struct view_attribute *                                          */
    SHAPE_CLASSES,    /* const char *, from an array of words                                     */
    SHAPE_STRUCT,     /* a struct of another shape                                                */
    SHAPE_POINTER,    /* a pointer to one; null and false: NULL                                   */
    SHAPE_INLINE,     /* members of another shape in this same struct                             */
    SHAPE_ARRAY,      /* a pointer to structs and, at count_offset, their number; false: left out */
    SHAPE_HOLES,      /* the same, but false gives a zero struct                                  */
    SHAPE_TEXTS,      /* const char *const * and their number                                     */
    SHAPE_IGNORED     /* says nothing that we have                                                */
};

struct shape;

struct shape_member {
    const char *name;
    enum shape_kind kind;
    size_t offset;
    const struct shape *shape;
    size_t count_offset;
};

struct shape {
    size_t size_bytes;
    /* Ends with a NULL name.  A name may stand more than once, for more than one kind of JSON: of
     * those that fit the first is taken, and SHAPE_PRESENT besides. */
    const struct shape_member *members;
    const char *for_text;  /* the member that a bare text means; NULL: none  */
    const char *for_true;  /* the member that a bare true sets; NULL: ignored */
    const char *for_false; /* the member that a bare false sets; NULL: ignored */
};

/* Reads json into the zeroed struct at out.  NULL, or what could not be read. */
const char *shape_read(struct mem *mem, const struct shape *shape, const json_t *json, void *out);

/* One component: where its fixtures are, its struct, its view. */
struct shaped_component {
    const char *folder;
    const struct shape *shape;
    void (*write)(struct view *out, const void *p);
    const char *caller; /* the member that takes the block of a call, by path; NULL: "html" */
};

extern const struct shaped_component shaped_components[]; /* ends with a NULL folder */

#endif
