/* SPDX-License-Identifier: MIT */
/*
 * viewgen.h - what the parts of tools/viewgen share: one file being turned into C.
 *
 * viewgen.c reads files and views, viewgen_block.c writes what the directives mean,
 * viewgen_place.c follows the HTML.
 */
#ifndef TOOLS_VIEWGEN_H
#define TOOLS_VIEWGEN_H

#include "viewgen_place.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { DEPTH = 32, NAME_BYTES = 64, IN_TAG_VIEWS = 16 };

enum kind { KIND_IF, KIND_EACH, KIND_CAPTURE };

struct frame {
    enum kind kind;
    int line;
    bool has_else;
    bool has_end; /* a branch has ended: its place is in end */
    bool was_space;
    bool end_space;
    struct place begin;
    struct place end;
    char name[NAME_BYTES];
};

struct gen {
    const char *file;
    int line;
    FILE *c;
    FILE *h;
    FILE *complaints;
    struct place place;
    struct frame stack[DEPTH + 1]; /* the last takes what is too deep */
    int depth;
    bool in_view;
    bool view_in_tag;
    char in_tag_views[IN_TAG_VIEWS][NAME_BYTES];
    size_t in_tag_count;
    char space;       /* white space not yet written: 0, ' ' or '\n' */
    bool was_space;   /* what was written last ends with white space */
    size_t run_bytes; /* of the literal being written; 0: none       */
    bool failed;
};

/* Reports what is wrong at the present line, once; from then on failed is set. */
void gen_fail(struct gen *g, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Takes one literal byte; p stands at it, within the whole text. */
void gen_literal(struct gen *g, const char *p);

/* A directive stands here: ends the name of an element or attribute. */
void gen_settle(struct gen *g);

/* Ends the literal that is being written, if any. */
void gen_end_run(struct gen *g);

/* Reading: past white space; past the word wanted (NULL: another stands there); past a name. */
const char *gen_skip_space(const char *p);
const char *gen_word(const char *p, const char *wanted);
const char *gen_name(const char *p, char name[NAME_BYTES]);

/* One directive each: p stands at what follows its word, end at what follows its text. */
void gen_if(struct gen *g, const char *p, const char *end);
void gen_each(struct gen *g, const char *p, const char *end);
void gen_capture(struct gen *g, const char *p, const char *end);
void gen_else(struct gen *g, const char *p, const char *end);
void gen_end(struct gen *g, const char *p, const char *end);
void gen_let(struct gen *g, const char *p, const char *end);
void gen_use(struct gen *g, const char *p, const char *end);
void gen_attributes(struct gen *g, const char *p, const char *end);

/* A component, when the directive has that form, or else a value. */
void gen_value(struct gen *g, const char *p, const char *end);

/* The path as an #include names it: what follows the last "src/", else the last name. */
const char *gen_include_name(const char *path);

/* What a file of views is turned from and into. */
struct gen_files {
    const char *name;   /* of the .html, for #line and messages                   */
    const char *text;   /* what stands in it                                      */
    const char *header; /* what the header includes for the views' structs, or "" */
    FILE *h;
    FILE *c;
    FILE *complaints; /* "name:line: what is wrong", once */
};

/* Turns views into a header and a C file; false, with a complaint, when something is refused. */
bool gen_views(const struct gen_files *files);

#endif
