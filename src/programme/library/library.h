/* SPDX-License-Identifier: MIT */
/*
 * library.h - the programme's guidance: pages with versions, and the safe Markdown that every long
 * text of the programme is written in.
 *
 * Named blocks
 *   Markdown as in document/markdown.h, and blocks between a line `::: NAME words` and a line
 *   `:::`, both at the very beginning of their lines:
 *
 *     ::: do Words                 list of what to do; each line that begins with "- " is an item;
 *     ::: dont Words               the same of what not to do.  The heading is "Do", "Don't" when
 *                                  no words stand behind the name
 *     ::: inset                    a paragraph set apart
 *     ::: action                   each [words](/address) in it becomes a link with an arrow
 *     ::: contents                 links to the headings of level 2 of this text, once; when the
 *                                  block holds links of its own, those
 *     ::: summary                  lines "Key: value", as a list of facts
 *     ::: table Caption            a Markdown table with a caption, which scrolls on a phone
 *
 *     ::: rung Words               a step of a ladder: lines "Key: value" up to an empty line, then
 *                                  text.  Rungs one behind the other make one ladder
 *
 *   A block inside a block is not read.  One that is not closed ends with the text.  One of another
 *   name is shown as if its marks were not there; library_text_check tells who writes.
 *
 * Pages
 *   A page has an address and versions.  A version is never changed: whoever edits adds one, and
 *   publishing makes one of them live, now or at a time by a job.  Rolling back adds a version with
 *   the words of an old one.  When a page moves, its old address leads to the new one for good.
 *
 * Packs
 *   The pack "content" (content/ of the source tree, or a newer one that was installed) brings a
 *   page a file.  A file that did not change since it was taken last changes nothing.  One that did
 *   becomes a version: live at once where no editor has touched the page since the pack before;
 *   else it waits, the page stays as it is, and editors are asked which words to keep.  A page
 *   whose file is gone from a newer pack stays.
 *
 * Owns the tables library_page, library_version, library_redirect and library_picture.  Reads
 * person.
 */
#ifndef PROGRAMME_LIBRARY_LIBRARY_H
#define PROGRAMME_LIBRARY_LIBRARY_H

#include "platform/base/filled.h"
#include "platform/base/text.h"
#include "platform/job/job.h"
#include "platform/view/view.h"
#include "programme/audit/audit.h"
#include "programme/links/links.h"
#include "programme/pack/pack.h"
#include "programme/privacy/privacy.h"

/* ---- text ---- */

/*
 * The text as markup, whoever wrote it: no script and no HTML can come out.  It is what the
 * operator publishes: links are followed, and pictures of this site are shown.  For words of
 * strangers that nobody looked over, take markdown_html with no options instead.  Headings begin at
 * level 2.  text NULL is empty.
 *
 * ERR_INVALID  too long, nested too deep, or made to grow: see document/markdown.h
 */
MUST_CHECK enum status library_markdown(struct ctx *ctx, const char *text, struct html *out);

/* The same without markup, for mail and feeds; the words alone, for the index of what can be found.
 * Same statuses. */
MUST_CHECK enum status library_markdown_plain(struct ctx *ctx, const char *text, const char **out);
MUST_CHECK enum status library_markdown_words(struct ctx *ctx, const char *text, const char **out);

/* Adds where the text leads: its links and pictures, and addresses that stand in its words.  Same
 * statuses. */
MUST_CHECK enum status library_links_add(struct ctx *ctx, const char *text, struct links *links);

/*
 * What an editor should mend, as problems of a field: a script or another address that no page may
 * link to, a picture without alternative text or from another site, HTML, a block that nobody
 * knows or that is not closed, a text that is too long.  OK also when there are problems.
 */
MUST_CHECK enum status library_text_check(struct ctx *ctx, const char *text, const char *field,
                                          struct form_problems *problems);

/*
 * How hard a text is to read: the Flesch-Kincaid grade level in tenths, 0.39 words a sentence +
 * 11.8 syllables a word - 15.59; syllables are counted by groups of vowels.  Only lines that end as
 * a sentence count, unless there is none.  A reading age is about five years more.  0 for a text
 * without a sentence.  Statuses of library_markdown.
 *
 * Source: Kincaid and others, Derivation of New Readability Formulas for Navy Enlisted Personnel,
 * 1975.
 */
MUST_CHECK enum status library_grade(struct ctx *ctx, const char *text, int *grade_tenths_out);

/* ---- pages ---- */

enum {
    LIBRARY_PAGES_MAX = 1000,     /* that lists hold      */
    LIBRARY_VERSIONS_SHOWN = 200, /* of a page            */
    LIBRARY_TITLE_CHARS = 100,
    LIBRARY_SUMMARY_CHARS = 300,
    LIBRARY_BODY_CHARS = 60 * 1000
};

/* What an editor fills in; texts are "" when not given. */
struct library_draft {
    const char *path; /* "/get-in", "/guidance/t-levels"     */
    const char *title, *summary;
    const char *stage;  /* code of a stage of the framework    */
    const char *pillar; /* "apprenticeships", "widening-access", "volunteering" */
    struct form_number position;
    const char *body;
    const char *steps, *related, *sources; /* one a line: [words](/address), /address, words */
    const char *checked_on, *check_by_on;
    const char *note; /* what changed */
};

struct library_version {
    int64_t number;
    struct library_draft draft;
    const char *origin, *origin_note;
    const char *made_by; /* a name; "" not known */
    int64_t made_at;
    int64_t publish_at;   /* UTC seconds; 0: nobody asked */
    int64_t published_at; /* UTC seconds; 0: never        */
};

struct library_page {
    int64_t id;
    const char *path, *title;
    int64_t live_number, last_number; /* 0: none */
    int64_t went_live_at;
    int64_t pack_waits;
};

/* ERR_NOT_FOUND: there is none.  One query each. */
MUST_CHECK enum status library_page_get(struct ctx *ctx, int64_t id, struct library_page *out);
MUST_CHECK enum status library_version_get(struct ctx *ctx, int64_t page_id, int64_t number,
                                           struct library_version *out);

/* Whose words an editor goes on from: the newest version, but not the words of a pack that wait or
 * were left aside, unless there are no others.  Two queries. */
MUST_CHECK enum status library_version_own_get(struct ctx *ctx, const struct library_page *page,
                                               struct library_version *out);

/*
 * What the public reads at an address.
 *
 *   moved_out  the page's address now, when it had this one before; else NULL
 *
 * ERR_NOT_FOUND  nothing is there
 */
MUST_CHECK enum status library_find(struct ctx *ctx, const char *path, struct library_page *page,
                                    struct library_version *version, const char **moved_out);

/* Versions, the newest first, without their words. */
MUST_CHECK enum status library_version_list(struct ctx *ctx, int64_t page_id,
                                            struct library_version **out, size_t *count_out);

/* A line of a list of pages. */
struct library_line {
    int64_t id, position, went_live_at;
    const char *path, *title, *summary, *stage, *pillar;
};

/* Every page that the public reads, by position, then title. */
MUST_CHECK enum status library_live_list(struct ctx *ctx, struct library_line **out,
                                         size_t *count_out);

/* ---- editing ---- */

/*
 * Adds a page with its first version, or a version to a page (page_id not 0).  It is a draft.
 *
 *   based_on  the newest version that the editor saw; 0 for a new page
 *
 * ERR_INVALID   problems says what is wrong
 * ERR_CONFLICT  another version came since, with other words; nothing was saved
 * ERR_NOT_FOUND there is no such page
 *
 * One transaction.
 */
struct library_edit {
    int64_t page_id, based_on;
    struct library_draft draft;
};
MUST_CHECK enum status library_save(struct ctx *ctx, const struct library_edit *edit,
                                    struct form_problems *problems, struct library_page *out);

/*
 * Makes a version live: now, or when at is later than now, then by a job.  One that is live already
 * stays so.
 *
 * ERR_NOT_FOUND  no such page or version
 * ERR_INVALID    problems says why it cannot be: its address is another page's, or leads to one; or
 *                it was live before, and library_roll_back is what is meant
 *
 * One transaction.
 */
MUST_CHECK enum status library_publish(struct ctx *ctx, int64_t page_id, int64_t number, int64_t at,
                                       struct form_problems *problems);

/* Takes back a publication that was planned.  OK also when there is none. */
MUST_CHECK enum status library_publish_stop(struct ctx *ctx, int64_t page_id, int64_t number);

/* Adds a version with the words of an old one, and makes it live; when the newest words that were
 * brought back are these, changes nothing.  Statuses as library_publish. */
MUST_CHECK enum status library_roll_back(struct ctx *ctx, int64_t page_id, int64_t number,
                                         struct form_problems *problems);

/* The public finds nothing there any more, and what was planned is not; versions stay.  OK also
 * when it was so. */
MUST_CHECK enum status library_take_down(struct ctx *ctx, int64_t page_id);

/* An editor keeps the page as it is, and leaves the words of the pack aside. */
MUST_CHECK enum status library_leave_pack(struct ctx *ctx, int64_t page_id);

/* ---- differences ---- */

struct library_difference {
    enum library_change { LIBRARY_SAME, LIBRARY_ADDED, LIBRARY_REMOVED } change;
    const char *text; /* a line */
};

/* Line by line from one version's words to another's; runs of lines that did not change are cut to
 * a few around what did.  Of a very long version the beginning is compared, and the last line says
 * so. */
MUST_CHECK enum status library_differences(struct ctx *ctx, const struct library_draft *from,
                                           const struct library_draft *to,
                                           struct library_difference **out, size_t *count_out);

/* ---- pictures ---- */

/* The owner of the files, for upload_read. */
#define LIBRARY_PICTURES "library"

/* Keeps a picture that was sent (a form_file) with the words for those who cannot see it.
 * ERR_INVALID: problems. */
struct library_picture_new {
    struct form_file file;
    const char *alt;
};
MUST_CHECK enum status library_picture_keep(struct ctx *ctx, const struct library_picture_new *sent,
                                            struct form_problems *problems, int64_t *id_out);

/* Removes a picture for good, because somebody shown does not agree any more.  Pages that show it
 * have its words instead.  OK also when it is not there.  One transaction. */
MUST_CHECK enum status library_picture_remove(struct ctx *ctx, int64_t id);

/* ---- packs, jobs, people ---- */

/* For packs that hold "guidance". */
extern const struct pack_reader library_pack_readers[];

/* Takes the newest pack "content" in, as above; the same again changes nothing.  One transaction.
 */
MUST_CHECK enum status library_take_packs(struct ctx *ctx);

/* Publishing at a time. */
extern const struct job_kind library_job_kinds[];

/* For the list of kinds whose links are looked at. */
extern const struct links_kind library_linked;

extern const struct audit_kind library_audit_kinds[];
extern const struct privacy_holding library_holdings[];

#endif
