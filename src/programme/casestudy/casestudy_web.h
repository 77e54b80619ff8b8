/* SPDX-License-Identifier: MIT */
/* casestudy_web.h - what the page files of casestudy/ share. */
#ifndef PROGRAMME_CASESTUDY_CASESTUDY_WEB_H
#define PROGRAMME_CASESTUDY_CASESTUDY_WEB_H

#include "platform/web/journey.h"
#include "platform/web/listing.h"
#include "programme/casestudy/casestudy.h"
#include "programme/casestudy/casestudy_page.h"
#include "programme/proof/proof_web.h"

extern const struct journey casestudy_sending, casestudy_reusing;
extern const struct proof_page casestudy_proof_page;

/* The words of a case study in one form: of the author; of an editor, with the reason behind. */
extern const struct form_field casestudy_word_fields[], casestudy_editor_fields[];

/* The same words as answers, and with names instead of codes. */
void casestudy_answers_of(struct mem *mem, const struct casestudy_words *words,
                          struct form_answers *out);

/* Options of lists and forms. */
enum status casestudy_evidence_options(struct ctx *ctx, const struct form_option **out);

/* The case study that the address names, while the public may read it.  ERR_NOT_FOUND. */
MUST_CHECK enum status casestudy_find_live(struct web_request *request, struct casestudy *out);

/* How one that is live looks where somebody shares its address (casestudy_shared_web.c). */
MUST_CHECK enum status casestudy_shared(struct ctx *ctx, const struct casestudy *study,
                                        struct web_shared *out);
enum status casestudy_show_shared(struct web_request *request, struct web_answer *answer);

/* The words as a page shows them.  is_looked_over: by an editor; else what strangers wrote. */
MUST_CHECK enum status casestudy_fill_text(struct ctx *ctx, const struct casestudy_version *version,
                                           bool is_looked_over, struct casestudy_text *out);

/* The pictures of a case study that may be shown (all of those not gone: for who edits) at
 * BASE/pictures/NUMBER. */
MUST_CHECK enum status casestudy_fill_pictures(struct ctx *ctx, const struct casestudy *study,
                                               const char *base, bool all,
                                               struct casestudy_text *out);

/* Which organisations did it too; with_words: for its author and editors. */
MUST_CHECK enum status casestudy_fill_reusers(struct ctx *ctx, const struct casestudy *study,
                                              bool with_words, struct casestudy_reuser **out,
                                              size_t *count_out);

/* Which claims of words are stronger than their evidence. */
void casestudy_fill_claims(struct mem *mem, const struct casestudy_words *words,
                           struct casestudy_claim_line **out, size_t *count_out);

/* What happened, newest first: for its author, or for editors with names and reasons. */
MUST_CHECK enum status casestudy_fill_lines(struct ctx *ctx, const struct casestudy *study,
                                            enum casestudy_by reader, struct casestudy_line **out,
                                            size_t *count_out);

/* Who is shown, and where their consent stands; base: of the page, below which papers are written
 * down. */
MUST_CHECK enum status casestudy_fill_people(struct ctx *ctx, const struct casestudy *study,
                                             const char *base, enum casestudy_by reader,
                                             struct casestudy_shown_lines *out);

/* Asks for the form of a paper, or takes it: for the page at base, of who may. */
enum status casestudy_paper_ask(struct web_request *request, struct web_answer *answer,
                                const struct casestudy *study, const char *base);
enum status casestudy_paper_take(struct web_request *request, struct web_answer *answer,
                                 const struct casestudy *study, const char *base,
                                 enum casestudy_by by);

/* For pages of the desk: the case study that the path names, when it is confirmed. */
MUST_CHECK enum status casestudy_desk_find(struct web_request *request, struct casestudy *out);

/* Back to its page at the desk, or "this changed meanwhile". */
enum status casestudy_desk_back(struct web_request *request, struct web_answer *answer,
                                enum status status);

/* Answers with the bytes of a picture. */
enum status casestudy_picture_answer(struct web_request *request, struct web_answer *answer,
                                     const struct casestudy *study, bool must_be_free);

/* "This changed meanwhile" for ERR_CONFLICT. */
enum status casestudy_say_moved(struct web_request *request, struct web_answer *answer);

/* Handlers of casestudy_code_web.c. */
enum status casestudy_code_ask(struct web_request *request, struct web_answer *answer);
enum status casestudy_code_take(struct web_request *request, struct web_answer *answer);

/* Handlers of casestudy_edit_web.c. */
enum status casestudy_edit_show(struct web_request *request, struct web_answer *answer);
enum status casestudy_edit_save(struct web_request *request, struct web_answer *answer);

#endif
