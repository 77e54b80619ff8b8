/* SPDX-License-Identifier: MIT */
/*
 * viewgen_place.h - follows HTML just far enough to know what a value would mean at a place.
 *
 * The generator feeds the literal text of a view, one byte at a time, and asks at each value how
 * it must be escaped.  It also refuses what no page may hold; see platform/view/allowed.h.
 */
#ifndef TOOLS_VIEWGEN_PLACE_H
#define TOOLS_VIEWGEN_PLACE_H

#include <stdbool.h>

enum place_at {
    AT_TEXT,       /* between tags; also in <title> and <textarea>, where `inside` says so */
    AT_OPEN,       /* right after "<" or "</"                                              */
    AT_NAME,       /* in the name of an element                                            */
    AT_TAG,        /* between attributes                                                   */
    AT_ATTRIBUTE,  /* in the name of an attribute                                          */
    AT_EQUALS,     /* after "=", before the quote                                          */
    AT_VALUE,      /* in a quoted value                                                    */
    AT_COMMENT,    /* after "<!--"                                                         */
    AT_DECLARATION /* after "<!" of the doctype                                            */
};

/* What stands so far in a quoted value that holds an address. */
enum place_url {
    URL_EMPTY, /* nothing: a value would be the whole address              */
    URL_BEGUN, /* some text: a value would be a part of it                 */
    URL_WHOLE, /* a whole address: only a path, query or fragment may follow */
    URL_UNSURE /* depends on a branch: no value may follow                 */
};

enum { PLACE_NAME_BYTES = 40, PLACE_URL_BYTES = 32 };

struct place {
    enum place_at at;
    enum place_url url;
    char quote;
    bool is_closing;                  /* the tag began with "</"                      */
    bool has_src;                     /* the tag has the attribute src                */
    bool is_glued;                    /* in AT_TAG: an attribute needs white space first */
    bool is_dynamic;                  /* the element's name is a value                */
    char element[PLACE_NAME_BYTES];   /* of the tag we stand in                       */
    char attribute[PLACE_NAME_BYTES]; /* whose value we stand in                      */
    char inside[PLACE_NAME_BYTES];    /* "title", "textarea", "script", "pre" or ""   */
    char url_text[PLACE_URL_BYTES];   /* how the address begins, as far as literal    */
};

/* Takes the next literal byte; rest is the text from that byte on.  Returns NULL, or what is
 * wrong (a text that lives as long as the program, or about, which the caller gives). */
const char *place_next(struct place *place, const char *rest, char *about, unsigned about_bytes);

/* A directive stands here: a name of an element or attribute that we stand in has ended.  Gives
 * what is wrong as place_next does. */
const char *place_settle(struct place *place, char *about, unsigned about_bytes);

/* Name of the function that writes a value here, or NULL when none may; then *wrong says why. */
const char *place_escaper(const struct place *place, const char **wrong);

/* A value was written here. */
void place_value_written(struct place *place);

/* True when white space here means no more than one space. */
bool place_is_loose(const struct place *place);

/* True when both are the same place, so that a branch may end here. */
bool place_same(const struct place *a, const struct place *b);

/* A branch ends here: NULL, or what is wrong with what it wrote. */
const char *place_branch_ends(const struct place *place);

/* Takes into kept what differs in another branch that ends at the same place. */
void place_merge(struct place *kept, const struct place *other);

#endif
