/* SPDX-License-Identifier: MIT */
/*
 * text.h - text as people write it: checked at the border, measured, folded, cut, encoded.
 *
 * Inside the program text is UTF-8 that ends with a zero byte, in normal form NFC, without control
 * characters but line feeds.  text_clean is the border: what came from outside passes it once.
 * Everything else here relies on it, and only says otherwise where it takes any bytes.
 *
 * Out memory belongs to the mem that was given.  No function here waits, or touches the store.
 */
#ifndef PLATFORM_BASE_TEXT_H
#define PLATFORM_BASE_TEXT_H

#include "platform/base/mem.h"
#include "platform/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- the border (text.c) ---- */

enum text_kind {
    TEXT_LINE, /* one line, such as a name: line breaks and tabs become a space */
    TEXT_LONG  /* paragraphs: every kind of line break becomes one line feed    */
};

/* Why text_clean refuses, so that a form can say it. */
enum text_problem {
    TEXT_FINE = 0,
    TEXT_NOT_UTF8,   /* bytes that are not UTF-8, a lone surrogate among them   */
    TEXT_HAS_NUL,    /* a zero byte: nothing that a person types                */
    TEXT_HAS_CONTROL /* another control character, or a code point never in use */
};

/* What text_clean would refuse in these bytes, whatever the kind. */
enum text_problem text_problem(const char *bytes, size_t length_bytes);

/*
 * Takes any bytes from outside and gives text of the program: NFC, white space at both ends
 * removed, line breaks and tabs as kind says.  Characters that cannot be seen and change how
 * their neighbours are read (U+200B, U+2060 to U+2064, U+FEFF, bidi embeddings, overrides and
 * isolates) are removed; U+200C and U+200D stay, for Persian, Indic scripts and emoji need them;
 * the marks U+200E, U+200F and U+061C are removed from a line and stay in long text.  Text with
 * nothing to be seen becomes "".  Right-to-left text survives as typed: it carries its direction.
 *
 * ERR_INVALID  text_problem says why; *out is left alone
 *
 * Source of the list: Unicode Standard Annex 9 and Technical Report 36, "Bidirectional Text
 * Spoofing".
 */
MUST_CHECK enum status text_clean(struct mem *mem, const char *bytes, size_t length_bytes,
                                  enum text_kind kind, const char **out);

/* Any bytes, as UTF-8: each byte that is not part of a character becomes U+FFFD.  For showing or
 * logging what failed; not a way round text_clean. */
const char *text_repair(struct mem *mem, const char *bytes, size_t length_bytes);

/* How many characters: code points of the NFC text, which for nearly all writing is what people
 * count and what every database counts.  (A flag or a family emoji counts as several.) */
size_t text_length_chars(const char *text);

/* The text when it has at most chars_max characters (at least 1), else as much of its beginning as
 * fits with "…" behind: cut between words where one ends near, never inside what is seen as one
 * character. */
const char *text_cut(struct mem *mem, const char *text, size_t chars_max);

/* Whether text begins, or ends, with part, byte by byte. */
bool text_begins(const char *text, const char *part);
bool text_ends(const char *text, const char *part);

/* ---- searching and ordering (text_fold.c) ---- */

/*
 * The text as searches compare it: compatibility forms and case folded, accents dropped, ß as ss,
 * æ as ae, ø as o and so on, "&" as "and", apostrophes dropped, anything else that is no letter or
 * digit as one space, none at the ends.  "Côté & Søn's" gives "cote and sons".  Vowel signs of
 * Indic and other scripts stay: without them it is another word.  Folding twice changes nothing.
 * Any bytes up to the first zero are taken; those that are not UTF-8 count as a space.
 */
const char *text_fold(struct mem *mem, const char *text);

/* A key whose byte order is the order that people expect: folded, words before letters ("New
 * Forest" before "Newark"), numbers by value ("Ward 9" before "Ward 10").  It is UTF-8, for a
 * column of its own; rows with equal keys are told apart by another column. */
const char *text_sort_key(struct mem *mem, const char *text);

/* Whether both fold to the same text. */
bool text_equal_fold(struct mem *mem, const char *a, const char *b);

/* How many letters must be added, left out, changed or swapped with their neighbour to get from
 * a to b (optimal string alignment over bytes); more than at_most counts as at_most + 1.  Texts
 * over TEXT_DISTANCE_BYTES bytes are as far apart as can be. */
enum { TEXT_DISTANCE_BYTES = 80 };
size_t text_distance(const char *a, const char *b, size_t at_most);

/* ---- things with a form of their own (text_known.c) ---- */

/*
 * Whether this can be an email address: the rule of HTML's <input type=email>, and a dot in the
 * domain, at most 64 bytes before the @ and 254 in all.  ASCII only: a browser sends a domain in
 * other letters as xn--, and mail to a local part in other letters would often not arrive.
 * Source: HTML Living Standard, "valid email address"; RFC 5321, 4.5.3.1.
 */
bool text_is_email(const char *text);

/* The address in lower case, for comparing two of them. */
const char *text_email_key(struct mem *mem, const char *email);

/*
 * A UK postcode as typed, in any case, with or without spaces, as outward + space + inward in
 * capitals: "sw1a1aa" gives "SW1A 1AA".  O for zero and I or L for one are read right in the digit
 * of the inward part.  Whether the postcode is in use is for the directory.
 *
 * ERR_INVALID  it has not the form of a postcode
 *
 * Source: Royal Mail, Programmers' Guide to the Postcode Address File, "Postcode format": A9 9AA,
 * A99 9AA, AA9 9AA, AA99 9AA, A9A 9AA, AA9A 9AA; no Q, V, X first, no I, J, Z second, no C, I, K,
 * M, O, V in the inward part; GIR 0AA.  The ODS's ZZ99 codes for "no fixed abode" are therefore
 * none, and so are those of overseas territories.
 */
MUST_CHECK enum status text_postcode(struct mem *mem, const char *typed, const char **out);

/*
 * A phone number as people write it: digits in the groups that were typed, brackets, dots, dashes
 * and slashes as a space, "+" kept, 00 before a country as "+", "(0)" behind a country dropped,
 * "ext" or "x" and digits behind.  "+44 (0)1632 960-001 x12" gives "+44 1632 960 001 ext 12".
 *
 * ERR_INVALID  letters or other signs, under 7 digits or over 15 (E.164), or over 6 of an extension
 */
MUST_CHECK enum status text_phone(struct mem *mem, const char *typed, const char **out);

/* A whole number in ASCII digits, perhaps with a minus in front, and nothing else.
 * ERR_INVALID  another form, or not from least to most */
MUST_CHECK enum status text_number(const char *text, int64_t least, int64_t most, int64_t *out);

/* The ASCII letters and digits of what was typed, in capitals, into out of room bytes: spaces,
 * dashes, dots, commas, brackets and slashes are left out.  For codes and references, which
 * people copy in many ways.  False: another character, or more than fits; out is then "". */
bool text_squeeze(const char *typed, char *out, size_t room_bytes);

/* The same of a code that is digits alone, room_bytes - 1 of them.  False: it is another. */
bool text_squeeze_digits(const char *typed, char *out, size_t room_bytes);

/* ---- encodings (text_code.c) ---- */

/* Bytes that need not be text; a zero byte stands behind them all the same. */
struct text_span {
    const char *bytes;
    size_t length_bytes;
};

/* Lower-case hexadecimal digits. */
const char *text_hex(struct mem *mem, const void *bytes, size_t length_bytes);

/* ERR_INVALID  an odd number of digits, or something else than digits */
MUST_CHECK enum status text_hex_read(struct mem *mem, const char *text, struct text_span *out);

/* Base64 with - and _ and no padding (RFC 4648, section 5). */
const char *text_base64url(struct mem *mem, const void *bytes, size_t length_bytes);

/* ERR_INVALID  another sign, padding, or bits left over: each value has one writing only */
MUST_CHECK enum status text_base64url_read(struct mem *mem, const char *text,
                                           struct text_span *out);

enum text_percent {
    TEXT_PERCENT_PATH, /* "+" is a plus sign                          */
    TEXT_PERCENT_FORM  /* application/x-www-form-urlencoded: a space */
};

/*
 * Undoes percent-encoding, once.  Any bytes may come out, zero bytes too: text_clean is next.
 *
 * ERR_INVALID  a "%" without two hexadecimal digits behind it
 */
MUST_CHECK enum status text_percent_read(struct mem *mem, struct text_span coded,
                                         enum text_percent how, struct text_span *out);

/* Percent-encodes all but letters, digits and "-._~" (RFC 3986, unreserved), for a part of a path
 * or a value of a query. */
const char *text_percent(struct mem *mem, const char *text);

/* ---- building (text_code.c) ---- */

/*
 * A text that grows up to a maximum.  Adding beyond it adds nothing more and is reported once, by
 * text_build_end.  Pages are built with view.h; this is for the rest.
 */
struct text_builder {
    struct mem *mem;
    size_t max_bytes;
    char *bytes; /* NULL while empty */
    size_t length_bytes;
    size_t room_bytes;
    bool is_over; /* something did not fit */
};

struct text_builder text_build(struct mem *mem, size_t max_bytes);
void text_add(struct text_builder *to, const char *text);
void text_add_part(struct text_builder *to, const char *bytes, size_t length_bytes);
void text_add_format(struct text_builder *to, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The text, never NULL.  ERR_INVALID: more than max_bytes was added; *out is what fitted. */
MUST_CHECK enum status text_build_end(struct text_builder *to, const char **out);

#endif
