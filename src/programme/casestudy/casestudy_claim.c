/* SPDX-License-Identifier: MIT */
/*
 * casestudy_claim.c - words that claim more than the evidence shows.
 *
 * Words are looked for folded, whole, sentence by sentence, in what readers take for the result:
 * title, summary and result.  "It cannot be said that it led to ..." is found too; the editor then
 * writes down that nothing is claimed.
 */
#include "platform/base/text.h"
#include "programme/casestudy/casestudy_internal.h"

#include <string.h>

enum { CLAIMS_MAX = 50 };

/* Words of cause: only a fair comparison shows them. */
static const char *const causes[] = {"because of",
                                     "because we",
                                     "brought about",
                                     "caused",
                                     "causes",
                                     "due to",
                                     "effect of",
                                     "effects of",
                                     "effect on",
                                     "had an effect",
                                     "an impact",
                                     "impact of",
                                     "impact on",
                                     "led to",
                                     "leads to",
                                     "made a difference",
                                     "made the difference",
                                     "owing to",
                                     "proof that",
                                     "prove that",
                                     "proved that",
                                     "proven",
                                     "proves that",
                                     "resulted in",
                                     "results in",
                                     "as a result",
                                     "thanks to",
                                     "transformed",
                                     NULL};

/* Words of change: figures from before and after show them. */
static const char *const changes[] = {"better than before",
                                      "boosted",
                                      "cut by",
                                      "decreased",
                                      "decrease in",
                                      "doubled",
                                      "dropped",
                                      "fell",
                                      "fewer",
                                      "grew",
                                      "halved",
                                      "higher",
                                      "improved",
                                      "improvement in",
                                      "increased",
                                      "increase in",
                                      "less likely",
                                      "lower",
                                      "more likely",
                                      "more people than",
                                      "reduced",
                                      "reduction in",
                                      "rose",
                                      "tripled",
                                      "went down",
                                      "went up",
                                      NULL};

struct finding {
    struct mem *mem;
    struct casestudy_claim *claims;
    size_t count;
};

static void look_for(struct finding *finding, const char *const *words,
                     const struct casestudy_claim *claim)
{
    const char *folded = mem_format(finding->mem, " %s ", text_fold(finding->mem, claim->sentence));
    for (; *words != NULL; words++) {
        const char *whole = mem_format(finding->mem, " %s ", *words);
        if (strstr(folded, whole) == NULL || finding->count == CLAIMS_MAX)
            continue;
        finding->claims[finding->count] = *claim;
        finding->claims[finding->count++].words = *words;
    }
}

/* Sentence by sentence. */
static void look_in(struct finding *finding, const char *field, const char *text, bool changes_too)
{
    while (*text != '\0') {
        size_t length = strcspn(text, ".!?\n");
        while (text[length] == '.' && text[length + 1] != ' ' && text[length + 1] != '\n' &&
               text[length + 1] != '\0') /* "2.5 times" is no end */
            length += 1 + strcspn(text + length + 1, ".!?\n");
        struct casestudy_claim claim = {
            .field = field, .sentence = mem_text_part(finding->mem, text, length), .needs = "3"};
        look_for(finding, causes, &claim);
        claim.needs = "2";
        if (changes_too)
            look_for(finding, changes, &claim);
        text += length + (text[length] != '\0');
    }
}

void casestudy_claims(struct mem *mem, const struct casestudy_words *words,
                      struct casestudy_claim **out, size_t *count_out)
{
    struct finding finding = {.mem = mem,
                              .claims = mem_array(mem, struct casestudy_claim, CLAIMS_MAX)};
    bool is_story = strcmp(words->evidence, "1") == 0;
    if (strcmp(words->evidence, "3") != 0) {
        look_in(&finding, "title", words->title, is_story);
        look_in(&finding, "summary", words->summary, is_story);
        look_in(&finding, "result", words->result, is_story);
    }
    *out = finding.claims;
    *count_out = finding.count;
}
