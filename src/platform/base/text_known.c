/* SPDX-License-Identifier: MIT */
/*
 * text_known.c - email addresses, postcodes, phone numbers, codes: what is typed in many ways.
 *
 * Reading is forgiving, the result has one form.  ASCII is told apart by hand: the functions of
 * <ctype.h> depend on the locale.
 */
#include "platform/base/text.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum {
    EMAIL_BYTES = 254,
    EMAIL_LOCAL_BYTES = 64,
    DOMAIN_LABEL_BYTES = 63,
    POSTCODE_BYTES = 7,
    INWARD_BYTES = 3,
    PHONE_DIGITS_MIN = 7,
    PHONE_DIGITS_MAX = 15,
    EXTENSION_DIGITS_MAX = 6,
    PHONE_BYTES = 64
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static char lower(char c)
{
    return is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_alphanumeric(char c)
{
    return is_digit(c) || is_capital(upper(c));
}

static bool is_any_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* One part of a domain between its dots: letters and digits, dashes inside. */
static bool is_domain_label(const char *label, size_t length)
{
    if (length == 0 || length > DOMAIN_LABEL_BYTES || label[0] == '-' || label[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_alphanumeric(label[i]) && label[i] != '-')
            return false;
    return true;
}

static bool is_domain_with_dot(const char *domain)
{
    int labels = 0;
    for (;; labels++) {
        size_t length = strcspn(domain, ".");
        if (!is_domain_label(domain, length))
            return false;
        if (domain[length] == '\0')
            return labels > 0;
        domain += length + 1;
    }
}

bool text_is_email(const char *text)
{
    const char *at = strchr(text, '@');
    if (at == NULL || at == text || at - text > EMAIL_LOCAL_BYTES || strlen(text) > EMAIL_BYTES)
        return false;
    for (const char *c = text; c < at; c++)
        if (!is_alphanumeric(*c) && !is_any_of(*c, ".!#$%&'*+/=?^_`{|}~-"))
            return false;
    return is_domain_with_dot(at + 1);
}

const char *text_email_key(struct mem *mem, const char *email)
{
    char *key = mem_text(mem, email);
    for (char *c = key; *c != '\0'; c++)
        *c = lower(*c);
    return key;
}

static bool is_separator(ucs4_t c)
{
    return uc_is_property_white_space(c) || uc_is_property_dash(c) ||
           (c < 0x80 && is_any_of((char)c, ".,()/"));
}

enum status text_number(const char *text, int64_t least, int64_t most, int64_t *out)
{
    bool is_negative = *text == '-';
    int64_t number = 0; /* counted downwards: the least number has no positive counterpart */
    text += is_negative;
    if (*text == '\0')
        return ERR_INVALID;
    for (; *text != '\0'; text++) {
        int digit = *text - '0';
        if (!is_digit(*text) || number < (INT64_MIN + digit) / 10)
            return ERR_INVALID;
        number = number * 10 - digit;
    }
    if (!is_negative && number == INT64_MIN)
        return ERR_INVALID;
    number = is_negative ? number : -number;
    if (number < least || number > most)
        return ERR_INVALID;
    *out = number;
    return OK;
}

bool text_squeeze(const char *typed, char *out, size_t room_bytes)
{
    size_t length = 0;
    int size;
    for (; *typed != '\0'; typed += size) {
        ucs4_t c;
        size = u8_strmbtouc(&c, (const uint8_t *)typed);
        if (size > 0 && is_separator(c))
            continue;
        if (!is_alphanumeric(*typed) || length + 1 >= room_bytes) {
            out[0] = '\0';
            return false;
        }
        out[length++] = upper(*typed);
    }
    out[length] = '\0';
    return true;
}

bool text_squeeze_digits(const char *typed, char *out, size_t room_bytes)
{
    return text_squeeze(typed, out, room_bytes) && strspn(out, "0123456789") == room_bytes - 1;
}

/* A9, A99, AA9, AA99, A9A, AA9A. */
static bool is_outward(const char *code, size_t length)
{
    size_t letters = is_capital(code[0]) ? 1 : 0;
    if (letters == 1 && length > 1 && is_capital(code[1]))
        letters = 2;
    if (letters == 0 || is_any_of(code[0], "QVX") || (letters == 2 && is_any_of(code[1], "IJZ")) ||
        length == letters || length > letters + 2 || !is_digit(code[letters]))
        return false;
    return length == letters + 1 || is_alphanumeric(code[letters + 1]);
}

static bool is_inward(const char *code)
{
    return is_digit(code[0]) && is_capital(code[1]) && is_capital(code[2]) &&
           !is_any_of(code[1], "CIKMOV") && !is_any_of(code[2], "CIKMOV");
}

enum status text_postcode(struct mem *mem, const char *typed, const char **out)
{
    char code[POSTCODE_BYTES + 1];
    if (!text_squeeze(typed, code, sizeof code))
        return ERR_INVALID;
    size_t length = strlen(code);
    if (length < INWARD_BYTES + 2)
        return ERR_INVALID;
    size_t outward = length - INWARD_BYTES;
    char *digit = &code[outward];
    *digit = *digit == 'O' ? '0' : is_any_of(*digit, "IL") ? '1' : *digit;
    bool is_girobank = strcmp(code, "GIR0AA") == 0;
    if (!is_inward(code + outward) || !(is_outward(code, outward) || is_girobank))
        return ERR_INVALID;
    *out = mem_format(mem, "%.*s %s", (int)outward, code, code + outward);
    return OK;
}

struct phone {
    char text[PHONE_BYTES];
    size_t length;
    int digits;
    bool is_space_due;
};

static bool phone_put(struct phone *phone, char c)
{
    if (phone->length + 2 >= sizeof phone->text)
        return false;
    if (phone->is_space_due && phone->length > 0)
        phone->text[phone->length++] = ' ';
    phone->is_space_due = false;
    phone->text[phone->length++] = c;
    phone->digits += is_digit(c);
    return true;
}

/* How many bytes the word for an extension has here; 0: none. */
static size_t extension_word(const char *at)
{
    static const char *const words[] = {"extension", "ext.", "ext", "x", "#"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strncasecmp(at, words[i], strlen(words[i])) == 0)
            return strlen(words[i]);
    return 0;
}

/* The digits behind the number, up to the end. */
static bool is_extension(const char *at)
{
    size_t digits = strspn(at, "0123456789");
    return digits > 0 && digits <= EXTENSION_DIGITS_MAX && at[digits] == '\0';
}

static bool phone_read(struct phone *phone, const char *typed, const char **extension_out)
{
    while (*typed != '\0') {
        ucs4_t c;
        int size = u8_strmbtouc(&c, (const uint8_t *)typed);
        if (size < 1)
            return false;
        size_t word = extension_word(typed);
        if (word > 0) {
            *extension_out = typed + word + strspn(typed + word, " ");
            return is_extension(*extension_out);
        }
        if (text_begins(typed, "(0)") && phone->text[0] == '+') {
            phone->is_space_due = phone->digits > 0;
            size = 3;
        } else if (is_digit(*typed) || (*typed == '+' && phone->length == 0)) {
            if (!phone_put(phone, *typed))
                return false;
        } else if (is_separator(c)) {
            phone->is_space_due = phone->digits > 0;
        } else {
            return false;
        }
        typed += size;
    }
    return true;
}

enum status text_phone(struct mem *mem, const char *typed, const char **out)
{
    struct phone phone = {.length = 0};
    const char *extension = NULL;
    if (!phone_read(&phone, typed, &extension))
        return ERR_INVALID;
    const char *number = phone.text;
    const char *plus = "";
    if (text_begins(number, "00")) {
        number += 2 + (number[2] == ' ');
        plus = "+";
        phone.digits -= 2;
    }
    if (phone.digits < PHONE_DIGITS_MIN || phone.digits > PHONE_DIGITS_MAX)
        return ERR_INVALID;
    *out = mem_format(mem, "%s%s%s%s", plus, number, extension != NULL ? " ext " : "",
                      extension != NULL ? extension : "");
    return OK;
}
