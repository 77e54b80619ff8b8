/* SPDX-License-Identifier: MIT */
/*
 * form.h - a table of fields over a typed struct.
 *
 * From the one table come the inputs with their labels and hints, the error summary, the reading
 * and checking of what was sent, the lines of a check-your-answers page, the JSON body of the API
 * and its schema.  A field that is not in the table does not exist.
 *
 *     struct visit { const char *place; const char *starts_on; struct form_number people; };
 *
 *     static const struct form_field visit_fields[] = {
 *         FORM_TEXT(visit, place, .label = "Where is it?", .missing = "Enter where it is"),
 *         FORM_DATE(visit, starts_on, .label = "When does it start?",
 *                   .missing = "Enter the day it starts"),
 *         FORM_NUMBER(visit, people, .label = "How many people can come?", .is_optional = true,
 *                     .at_least = 1, .at_most = 500),
 *         FORM_END
 *     };
 *
 * The macros check while compiling that the member has the type of its kind.  Checks across fields
 * are rules of the capability: they add problems by field name with form_wrong.
 *
 * A field that depends on another's answer (`.when`, `.is`) is neither asked nor kept when it does
 * not apply.  When the other field is a choice in the same form it is revealed under its option.
 */
#ifndef PLATFORM_WEB_FORM_H
#define PLATFORM_WEB_FORM_H

#include "platform/base/ctx.h"
#include "platform/base/filled.h"
#include "platform/view/view.h"
#include "platform/web/answers.h"

#include <stddef.h>

/* ---- the table ---- */

enum form_kind {
    FORM_KIND_END,
    FORM_KIND_TEXT,
    FORM_KIND_LONG_TEXT,
    FORM_KIND_NAME,
    FORM_KIND_EMAIL,
    FORM_KIND_PHONE,
    FORM_KIND_POSTCODE,
    FORM_KIND_ADDRESS,
    FORM_KIND_DATE,
    FORM_KIND_DAYS,
    FORM_KIND_NUMBER,
    FORM_KIND_MONEY,
    FORM_KIND_PERCENT,
    FORM_KIND_YES_NO,
    FORM_KIND_ONE_OF,
    FORM_KIND_SEVERAL_OF,
    FORM_KIND_FILE,
    FORM_KIND_GROUP,
    FORM_KIND_LOOKUP,
    FORM_KIND_HIDDEN /* put by the program (journey_begin_with), never taken from what was sent */
};

struct form_option {
    const char *code, *label;
    const char *hint;  /* may be NULL */
    const char *group; /* a heading above this and the following options; may be NULL */
};

/* The option of that code; NULL: there is none, or no options. */
const struct form_option *form_option_of(const struct form_option *options, const char *code);

/* How to find things by typing.  The capability that owns the things declares one. */
struct form_lookup {
    const char *noun; /* "organisation": for "Choose the organisation from the list"            */
    const char *path; /* answers ?q= with JSON [{"key","label","detail"}...] for the script     */
    enum status (*search)(struct ctx *ctx, const char *typed, size_t at_most,
                          struct form_found **out, size_t *count_out);
    /* ERR_NOT_FOUND: no such key. */
    enum status (*find)(struct ctx *ctx, const char *key, struct form_found *out);
};

struct form_field {
    enum form_kind kind;
    const char *name; /* the member's */
    size_t offset;
    const char *label;
    const char *hint;
    const char *kept;        /* rule that says how long it is kept (struct web_app); NULL: none  */
    const char *missing;     /* what to say when it is required and empty                       */
    const char *invalid;     /* what to say when it cannot be read; NULL: a sentence by kind     */
    const char *short_label; /* on the check page and in messages; NULL: the label           */
    const char *in_json;     /* what the API document says besides the hint; NULL: nothing   */
    bool is_optional;
    bool is_digits;     /* TEXT: digits that are no amount, such as a code: a pad of numbers */
    bool is_secret;     /* TEXT: a password: not shown while typed, and never shown again    */
    bool is_select;     /* ONE_OF: a select instead of radios                                */
    int64_t at_least;   /* NUMBER, MONEY, PERCENT: least value when limits differ            */
    int64_t at_most;    /* and greatest; both 0: 0 to 1,000,000,000                          */
    int length_most;    /* characters; 0: TEXT 200, NAME 200, LONG_TEXT 4,000, others by kind */
    int rows;           /* LONG_TEXT: height of the box; 0: 5                                */
    int items_least;    /* GROUP, SEVERAL_OF                                                 */
    int items_most;     /* GROUP: 0 is 50                                                    */
    const char *suffix; /* NUMBER: a unit shown after the box                                */
    const char *autocomplete; /* HTML's token, "email"; NULL: by kind                        */
    const struct form_option *options; /* ends with a NULL code                              */
    /* Options that depend on the store or on what was answered before: form is the whole struct,
     * also
     * for a field of a group's item; NULL when nothing was answered. */
    enum status (*options_from)(struct ctx *ctx, const void *form, const struct form_option **out);
    const struct form_lookup *in;    /* LOOKUP */
    const struct form_field *fields; /* GROUP: of one item */
    size_t item_bytes;               /* GROUP: size of one item */
    const char *when, *is;           /* asked only when field `when` has the answer `is`    */
    const char *const *file_types;   /* FILE: endings that may be sent, ".pdf", NULL-ended  */
    int64_t file_bytes_most;         /* FILE: 0 is 10 MB                                    */
    bool is_photo; /* FILE: a picture to be shown, kept without what is not seen (photo.h)   */
};

/* The offset of a member, refused by the compiler unless the member has that type. */
#define FORM_AT(type_, member_, wanted_)                                                           \
    _Generic(((struct type_ *)0)->member_, wanted_ : offsetof(struct type_, member_))
#define FORM_FIELD(kind_, type_, member_, wanted_, ...)                                            \
    {                                                                                              \
        .kind = (kind_), .name = #member_, .offset = FORM_AT(type_, member_, wanted_), __VA_ARGS__ \
    }

#define FORM_TEXT(t, m, ...) FORM_FIELD(FORM_KIND_TEXT, t, m, const char *, __VA_ARGS__)
#define FORM_LONG_TEXT(t, m, ...) FORM_FIELD(FORM_KIND_LONG_TEXT, t, m, const char *, __VA_ARGS__)
#define FORM_NAME(t, m, ...) FORM_FIELD(FORM_KIND_NAME, t, m, const char *, __VA_ARGS__)
#define FORM_EMAIL(t, m, ...) FORM_FIELD(FORM_KIND_EMAIL, t, m, const char *, __VA_ARGS__)
#define FORM_PHONE(t, m, ...) FORM_FIELD(FORM_KIND_PHONE, t, m, const char *, __VA_ARGS__)
#define FORM_POSTCODE(t, m, ...) FORM_FIELD(FORM_KIND_POSTCODE, t, m, const char *, __VA_ARGS__)
#define FORM_ADDRESS(t, m, ...)                                                                    \
    FORM_FIELD(FORM_KIND_ADDRESS, t, m, struct form_address, __VA_ARGS__)
#define FORM_DATE(t, m, ...) FORM_FIELD(FORM_KIND_DATE, t, m, const char *, __VA_ARGS__)
#define FORM_DAYS(t, m, ...) FORM_FIELD(FORM_KIND_DAYS, t, m, struct form_days, __VA_ARGS__)
#define FORM_NUMBER(t, m, ...) FORM_FIELD(FORM_KIND_NUMBER, t, m, struct form_number, __VA_ARGS__)
#define FORM_MONEY(t, m, ...) FORM_FIELD(FORM_KIND_MONEY, t, m, struct form_number, __VA_ARGS__)
#define FORM_PERCENT(t, m, ...) FORM_FIELD(FORM_KIND_PERCENT, t, m, struct form_number, __VA_ARGS__)
#define FORM_YES_NO(t, m, ...) FORM_FIELD(FORM_KIND_YES_NO, t, m, enum form_yes_no, __VA_ARGS__)
#define FORM_ONE_OF(t, m, ...) FORM_FIELD(FORM_KIND_ONE_OF, t, m, const char *, __VA_ARGS__)
#define FORM_SEVERAL_OF(t, m, ...)                                                                 \
    FORM_FIELD(FORM_KIND_SEVERAL_OF, t, m, struct form_several, __VA_ARGS__)
#define FORM_FILE(t, m, ...) FORM_FIELD(FORM_KIND_FILE, t, m, struct form_file, __VA_ARGS__)
#define FORM_GROUP(t, m, item_, item_fields_, ...)                                                 \
    FORM_FIELD(FORM_KIND_GROUP, t, m, struct form_list, .fields = (item_fields_),                  \
               .item_bytes = sizeof(struct item_), __VA_ARGS__)
#define FORM_LOOKUP(t, m, ...) FORM_FIELD(FORM_KIND_LOOKUP, t, m, struct form_found, __VA_ARGS__)
#define FORM_HIDDEN(t, m) FORM_FIELD(FORM_KIND_HIDDEN, t, m, const char *, .is_optional = true)
#define FORM_END                                                                                   \
    {                                                                                              \
        .kind = FORM_KIND_END                                                                      \
    }

/* ---- reading ---- */

/*
 * Fills *form (zeroed by the caller or filled by earlier steps) from answers.  Finds all problems
 * and fills only what is valid; texts that are absent become "".  Text lives as long as ctx->mem.
 *
 * ERR_INVALID  problems has at least one entry
 * ERR_FAULT    the store failed while looking something up
 */
MUST_CHECK enum status form_read(struct ctx *ctx, const struct form_field *fields,
                                 const struct form_answers *answers, void *form,
                                 struct form_problems *problems);

/* What form_keep_files works with. */
struct form_keeping {
    struct ctx *ctx;
    const struct form_field *fields;
    const struct form_answers *saved; /* from before: files among them stay */
    const char *owner;                /* of the files, see document/upload.h */
};

/*
 * Copies sent to out with its files kept in the store (document/upload.h) and their numbers in
 * their place, so that the answers can be saved.  A file that is refused becomes a problem and is
 * left out; one that was kept before stays when none is sent again, unless the box `-remove` beside
 * it was ticked.  A number that the sender made up is never taken for a file.
 *
 * ERR_INVALID  a file was refused; problems says which and why; out is filled
 * ERR_FAULT    the store failed
 */
MUST_CHECK enum status form_keep_files(const struct form_keeping *keeping,
                                       const struct form_answers *sent, struct form_answers *out,
                                       struct form_problems *problems);

/* Keeps the files among what was sent, as above, and reads all of it into form: for a form that is
 * no step of a journey.  Statuses of both. */
MUST_CHECK enum status form_read_sent(const struct form_keeping *keeping,
                                      const struct form_answers *sent, void *form,
                                      struct form_problems *problems);

/* Files that came with all answers of several forms in one body, in groups too. */
struct form_taken_file {
    const struct form_field *field;
    const char *name; /* of its answer: "pictures-0-picture" */
    struct form_answer sent;
};
struct form_taken {
    struct form_taken_file *items;
    size_t count;
};

/* Moves what stands for files from answers to taken; a number that stands for one can only be made
 * up, and goes.  prefix "": of the form itself.  taken: zero before the first call; nothing may be
 * added to answers between calls. */
void form_take_files(struct ctx *ctx, const struct form_field *fields, const char *prefix,
                     struct form_answers *answers, struct form_taken *taken);

/* Keeps them for owner, as form_keep_files does, and adds their numbers to answers.  Statuses as
 * there. */
MUST_CHECK enum status form_keep_taken(struct ctx *ctx, const char *owner,
                                       const struct form_taken *taken, struct form_answers *answers,
                                       struct form_problems *problems);

/* The answers of fields among sent that apply (see `.when`), as they were typed: what is saved. */
void form_pick(struct ctx *ctx, const struct form_field *fields, const struct form_answers *sent,
               struct form_answers *out);

/* Whether a lookup among the fields was typed but nothing chosen yet; its field name, or NULL. */
const char *form_to_choose(const struct form_field *fields, const struct form_answers *answers);

/* ---- showing ---- */

struct form_shown {
    const struct form_field *fields;
    const struct form_answers *answers;   /* what was typed; may be NULL                     */
    const struct form_problems *problems; /* may be NULL                                     */
    const void *form;                     /* for options_from; may be NULL                   */
    const char *prefix;                   /* "actions-2-" for one item of a group; NULL: none */
    bool is_heading;                      /* a single field's label is the page's heading    */
    enum status (*kept)(struct ctx *ctx, const char *rule, const char **out); /* struct web_app's */
};

/* Writes the error summary; nothing when there are no problems. */
void form_show_problems(struct view *out, const struct form_shown *shown);

/* Writes the inputs. */
MUST_CHECK enum status form_show(struct ctx *ctx, struct view *out, const struct form_shown *shown);

/* One line of a check-your-answers page. */
struct form_line {
    const char *field; /* name                                                    */
    const char *label; /* short label                                             */
    const char *text;  /* the answer as people write it, lines parted by newlines */
};

/* The answers as lines, those that apply only; an optional one that is empty reads "Not given". */
MUST_CHECK enum status form_lines(struct ctx *ctx, const struct form_shown *shown,
                                  struct form_line **out, size_t *count_out);

/* The table as a JSON Schema (2020-12) object, for the API document. */
const char *form_schema(struct mem *mem, const struct form_field *fields);

/* "see pledges" as it stands at the beginning of a line: "See pledges". */
const char *form_upper_first(struct mem *mem, const char *text);

/* ---- a whole page of one form, for handlers ---- */

struct web_request;
struct web_answer;

/* Problems as an RFC 9457 problem document, one entry a field; for API callers. */
enum status form_problems_answer(struct web_answer *answer, const struct form_problems *problems,
                                 enum status status);

struct form_page {
    const char *title;
    const char *action;    /* where it is posted                                            */
    const char *button;    /* "Save"                                                        */
    struct html intro;     /* above the fields; may be empty                                */
    const char *back_href; /* may be NULL */
    bool is_warning;       /* the button does something grave */
    struct form_shown shown;
};

/* Fills answer with the page; code 422 when there are problems.  Returns ERR_INVALID then, else OK,
 * for `return form_answer(...)`. */
enum status form_answer(struct web_request *request, struct web_answer *answer,
                        const struct form_page *page);

#endif
