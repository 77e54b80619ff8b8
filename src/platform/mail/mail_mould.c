/* SPDX-License-Identifier: MIT */
/*
 * mail_mould.c - finds the stand-ins in a message and writes over them.
 *
 * In quoted-printable a line may break inside a stand-in ("=" and CR LF), so each of its
 * characters has a place of its own.
 */
#include "platform/mail/mail_mould.h"

#include "platform/base/random.h"
#include "platform/mail/mail_mime.h"

#include <string.h>

enum { PLACES_MAX = 100 * MAIL_MOULD_SECRET_CHARS };

/* A character of the message that is one of the id or of the secret. */
struct place {
    size_t at;
    unsigned short nth;
    bool is_id;
};

struct mail_mould {
    struct text_span before, after; /* the address */
    struct place *places;           /* in after    */
    size_t place_count;
};

static const char address_mark[] = "stand-in@address.invalid";

static const char *random_mark(struct mem *mem, size_t length_chars)
{
    return mem_text_part(mem, mem_join(mem, random_token(mem), random_token(mem), ""),
                         length_chars);
}

struct mail_mould_marks mail_mould_marks(struct mem *mem)
{
    return (struct mail_mould_marks){random_mark(mem, MAIL_MOULD_ID_CHARS),
                                     random_mark(mem, MAIL_MOULD_SECRET_CHARS)};
}

/* Notes the places of a mark that begins at `at`; 0: it does not. */
static size_t note_mark(struct mail_mould *mould, size_t at, const char *mark, bool is_id)
{
    size_t first = mould->place_count, i = at;
    const struct text_span *in = &mould->after;
    for (size_t nth = 0; mark[nth] != '\0'; nth++, i++) {
        if (i + 3 < in->length_bytes && memcmp(in->bytes + i, "=\r\n", 3) == 0)
            i += 3;
        if (i >= in->length_bytes || in->bytes[i] != mark[nth] ||
            mould->place_count == PLACES_MAX) {
            mould->place_count = first;
            return 0;
        }
        mould->places[mould->place_count++] = (struct place){i, (unsigned short)nth, is_id};
    }
    return 1;
}

static size_t find_marks(struct mail_mould *mould, const char *mark, bool is_id)
{
    size_t count = 0, at = 0;
    const char *found;
    const struct text_span *in = &mould->after;
    while ((found = memchr(in->bytes + at, mark[0], in->length_bytes - at)) != NULL) {
        at = (size_t)(found - in->bytes);
        count += note_mark(mould, at, mark, is_id);
        at++;
    }
    return count;
}

/* How often a mark stands in a text. */
static size_t count_in(const char *text, const char *mark)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, mark)) != NULL; at++)
        count++;
    return count;
}

enum status mail_mould_make(struct ctx *ctx, const struct mail_mould_marks *marks,
                            const struct mail_mould_source *source, struct mail_mould **out)
{
    struct text_span whole;
    const struct mail_letter letter = {.from_address = source->from_address,
                                       .from_name = source->from_name,
                                       .to_address = address_mark,
                                       .to_name = "",
                                       .reply_to = "",
                                       .subject = source->subject,
                                       .text = source->text,
                                       .html = source->html,
                                       .message_id = source->message_id,
                                       .unsubscribe_url = source->unsubscribe_url,
                                       .dated_at = source->dated_at};
    TRY(mail_mime(ctx, &letter, &whole));
    const char *address =
        memmem(whole.bytes, whole.length_bytes, address_mark, sizeof address_mark - 1);
    if (address == NULL)
        return ctx_fail(ctx, ERR_FAULT, "the mould of a message has no place for an address");
    struct mail_mould *mould = mem_new(ctx->mem, struct mail_mould);
    mould->places = mem_array(ctx->mem, struct place, PLACES_MAX);
    mould->before = (struct text_span){whole.bytes, (size_t)(address - whole.bytes)};
    mould->after.bytes = address + sizeof address_mark - 1;
    mould->after.length_bytes =
        whole.length_bytes - mould->before.length_bytes - (sizeof address_mark - 1);
    size_t ids = find_marks(mould, marks->id, true);
    size_t secrets = find_marks(mould, marks->secret, false);
    size_t wanted = count_in(source->text, marks->secret) + count_in(source->html, marks->secret) +
                    count_in(source->unsubscribe_url, marks->secret);
    /* All must stand behind the address: what is filled in is only that part. */
    if (ids == 0 || secrets != wanted ||
        memmem(whole.bytes, mould->before.length_bytes, marks->secret, 8) != NULL)
        return ctx_fail(ctx, ERR_FAULT, "the mould of a message lost a stand-in");
    *out = mould;
    return OK;
}

struct text_span mail_mould_fill(struct mem *mem, const struct mail_mould *mould,
                                 const struct mail_mould_person *person)
{
    size_t address_bytes = strlen(person->address);
    size_t head_bytes = mould->before.length_bytes + address_bytes;
    size_t whole_bytes = head_bytes + mould->after.length_bytes;
    char *bytes = mem_room(mem, whole_bytes + 1);
    memcpy(bytes, mould->before.bytes, mould->before.length_bytes);
    memcpy(bytes + mould->before.length_bytes, person->address, address_bytes);
    memcpy(bytes + head_bytes, mould->after.bytes, mould->after.length_bytes);
    bytes[whole_bytes] = '\0';
    for (size_t i = 0; i < mould->place_count; i++) {
        const struct place *place = &mould->places[i];
        bytes[head_bytes + place->at] =
            place->is_id ? person->id[place->nth] : person->secret[place->nth];
    }
    return (struct text_span){bytes, whole_bytes};
}
