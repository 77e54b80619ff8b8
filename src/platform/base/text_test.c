/* SPDX-License-Identifier: MIT */
/* text_test.c - what the border lets in, and what folding, cutting and reading give. */
#include "platform/base/test.h"
#include "platform/base/text.h"

static const char *clean_bytes(struct ctx *ctx, const char *bytes, size_t length,
                               enum text_kind kind)
{
    const char *out = "(left alone)";
    enum status status = text_clean(ctx->mem, bytes, length, kind, &out);
    return status == OK ? out : "(refused)";
}

static const char *clean_line(struct ctx *ctx, const char *text)
{
    return clean_bytes(ctx, text, strlen(text), TEXT_LINE);
}

static const char *clean_long(struct ctx *ctx, const char *text)
{
    return clean_bytes(ctx, text, strlen(text), TEXT_LONG);
}

TEST(text_in_any_script_survives_the_border)
{
    static const char *const names[] = {
        "Siân O’Neill-Côté",
        "محمد عبد الله",
        "שָׁלוֹם",
        "Ελένη Παπαδοπούλου",
        "李小龍",
        "김민준",
        "नमस्ते दुनिया",
        "می‌خواهم",
        "ประเทศไทย",
        "👩🏽‍⚕️",
        "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
        "Nguyễn Thị Hạnh",
        "<b>&amp;'\"",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        CHECK_TEXT(clean_line(ctx, names[i]), names[i]);
        CHECK_TEXT(clean_long(ctx, names[i]), names[i]);
    }
}

TEST(the_border_says_why_it_refuses)
{
    static const struct {
        const char *bytes;
        size_t length;
        enum text_problem problem;
    } cases[] = {
        {"a\0b", 3, TEXT_HAS_NUL},
        {"ab\0", 3, TEXT_HAS_NUL},
        {"\xff", 1, TEXT_NOT_UTF8},
        {"a\xc3", 2, TEXT_NOT_UTF8},                /* cut short             */
        {"\xc0\xaf", 2, TEXT_NOT_UTF8},             /* overlong slash        */
        {"\xe0\x80\x80", 3, TEXT_NOT_UTF8},         /* overlong NUL          */
        {"\xed\xa0\x80", 3, TEXT_NOT_UTF8},         /* surrogate             */
        {"\xf4\x90\x80\x80", 4, TEXT_NOT_UTF8},     /* beyond U+10FFFF       */
        {"Zo\xeb", 3, TEXT_NOT_UTF8},               /* Windows-1252          */
        {"a\x1b[31m", 6, TEXT_HAS_CONTROL},         /* escape                */
        {"a\x08", 2, TEXT_HAS_CONTROL},             /* backspace             */
        {"a\x7f", 2, TEXT_HAS_CONTROL},             /* delete                */
        {"a\xc2\x85", 3, TEXT_HAS_CONTROL},         /* C1                    */
        {"a\xef\xbf\xbe", 4, TEXT_HAS_CONTROL},     /* U+FFFE                */
        {"a\xef\xb7\x90", 4, TEXT_HAS_CONTROL},     /* U+FDD0                */
        {"a\xf0\x9f\xbf\xbf", 5, TEXT_HAS_CONTROL}, /* U+1FFFF            */
        {"", 0, TEXT_FINE},
        {"a\t\r\n\v\f", 6, TEXT_FINE},
        {"\xef\xbf\xbd", 3, TEXT_FINE}, /* U+FFFD itself         */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK(text_problem(cases[i].bytes, cases[i].length) == cases[i].problem);
        const char *out = NULL;
        enum status status = text_clean(ctx->mem, cases[i].bytes, cases[i].length, TEXT_LONG, &out);
        CHECK((status == OK) == (cases[i].problem == TEXT_FINE));
        CHECK((out != NULL) == (status == OK));
    }
}

TEST(line_breaks_of_every_kind_become_one)
{
    CHECK_TEXT(clean_long(ctx, "a\r\nb\rc\nd\ve\ff\xe2\x80\xa8g\xe2\x80\xa9h"),
               "a\nb\nc\nd\ne\nf\ng\nh");
    CHECK_TEXT(clean_long(ctx, "a\r\n\r\nb\tc"), "a\n\nb c");
    CHECK_TEXT(clean_line(ctx, "a\r\nb\tc\nd"), "a b c d");
    CHECK_TEXT(clean_long(ctx, "a\r"), "a");
}

TEST(composed_and_decomposed_letters_come_in_alike)
{
    CHECK_TEXT(clean_line(ctx, "Zoe\xcc\x88"), "Zoë");
    CHECK_TEXT(clean_line(ctx, "\xe1\x84\x80\xe1\x85\xa1"), "가");
    CHECK_TEXT(clean_line(ctx, "e\xe2\x80\xad\xcc\x81"), "é"); /* an override between the two */
}

TEST(what_cannot_be_seen_is_removed)
{
    CHECK_TEXT(clean_line(ctx, "ad\xe2\x80\xaemin"), "admin");             /* U+202E */
    CHECK_TEXT(clean_line(ctx, "ad\xe2\x81\xa6min\xe2\x81\xa9"), "admin"); /* U+2066, U+2069 */
    CHECK_TEXT(clean_line(ctx, "\xef\xbb\xbf"
                               "admin"),
               "admin");                                       /* a byte order mark */
    CHECK_TEXT(clean_line(ctx, "ad\xe2\x80\x8bmin"), "admin"); /* U+200B */
    CHECK_TEXT(clean_line(ctx, "\xe2\x80\x8f"
                               "אבג"),
               "אבג");
    CHECK_TEXT(clean_long(ctx, "אבג!\xe2\x80\x8f x"), "אבג!\xe2\x80\x8f x");
    CHECK_TEXT(clean_long(ctx, "a\xe2\x80\xaa"
                               "b"),
               "ab");
}

TEST(text_with_nothing_to_see_is_empty)
{
    CHECK_TEXT(clean_line(ctx, ""), "");
    CHECK_TEXT(clean_line(ctx, " \t\n "), "");
    CHECK_TEXT(clean_line(ctx, "\xc2\xa0\xe3\x80\x80"), "");     /* no-break, ideographic space */
    CHECK_TEXT(clean_line(ctx, "\xe2\x80\x8c\xe2\x80\x8d"), ""); /* joiners only */
    CHECK_TEXT(clean_line(ctx, "\xe3\x85\xa4"), "");             /* Hangul filler */
    CHECK_TEXT(clean_line(ctx, "\xe2\xa0\x80"), "");             /* Braille blank */
    CHECK_TEXT(clean_line(ctx, "\xc2\xad"), "");                 /* soft hyphen */
    CHECK_TEXT(clean_bytes(ctx, NULL, 0, TEXT_LINE), "");
}

TEST(outer_white_space_goes_and_inner_stays)
{
    CHECK_TEXT(clean_line(ctx, "\xc2\xa0 Ann  Lee\xe2\x80\x83\n"), "Ann  Lee");
    CHECK_TEXT(clean_long(ctx, "\n\n one\n\ntwo \n"), "one\n\ntwo");
}

TEST(cleaning_twice_changes_nothing)
{
    static const char *const texts[] = {" a\r\n b\xe2\x80\x8f", "e\xcc\x81\xe2\x80\x8b\xcc\x82",
                                        "\xe2\x84\xab \xcd\xb4"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *once = clean_long(ctx, texts[i]);
        CHECK_TEXT(clean_long(ctx, once), once);
        once = clean_line(ctx, texts[i]);
        CHECK_TEXT(clean_line(ctx, once), once);
    }
}

TEST(repaired_text_is_utf8_whatever_came)
{
    CHECK_TEXT(text_repair(ctx->mem, "a\xff\xc3", 3), "a��");
    CHECK_TEXT(text_repair(ctx->mem, "a\0é", 4), "a�é");
    CHECK_TEXT(text_repair(ctx->mem, NULL, 0), "");
    char all[512];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)(i * 7);
    const char *repaired = text_repair(ctx->mem, all, sizeof all);
    CHECK(text_problem(repaired, strlen(repaired)) != TEXT_NOT_UTF8);
}

TEST(length_is_in_characters)
{
    CHECK(text_length_chars("") == 0);
    CHECK(text_length_chars("Zoë") == 3);
    CHECK(text_length_chars("李小龍") == 3);
    CHECK(text_length_chars("👍") == 1);
}

TEST(a_cut_text_ends_between_words_or_characters)
{
    CHECK_TEXT(text_cut(ctx->mem, "short", 5), "short");
    CHECK_TEXT(text_cut(ctx->mem, "A pledge for everyone", 12), "A pledge…");
    CHECK_TEXT(text_cut(ctx->mem, "A pledge for everyone", 13), "A pledge for…");
    CHECK_TEXT(text_cut(ctx->mem, "Donaudampfschifffahrt ja", 10), "Donaudamp…");
    CHECK_TEXT(text_cut(ctx->mem, "李小龍李小龍", 4), "李小龍…");
    CHECK_TEXT(text_cut(ctx->mem, "abc", 1), "…");
    /* A letter with two accents that have no composed form is never split. */
    CHECK_TEXT(text_cut(ctx->mem, "ax\xcc\x81\xcc\x82yz", 4), "a…");
    CHECK_TEXT(text_cut(ctx->mem, "👩🏽‍⚕️👩🏽‍⚕️", 6), "👩🏽‍⚕️…");
}

TEST(beginnings_and_ends_are_found)
{
    CHECK(text_begins("sqlite:x", "sqlite:") && !text_begins("sql", "sqlite:"));
    CHECK(text_ends("a.csv", ".csv") && !text_ends("sv", ".csv") && text_ends("x", ""));
}

TEST(folding_takes_what_people_mean_alike)
{
    static const char *const cases[][2] = {
        {"Côté & Søn's", "cote and sons"},
        {"  St. Mary’s--Hospital ", "st marys hospital"},
        {"Straße STRASSE", "strasse strasse"},
        {"Æsop Þór Łódź Đặng İstanbul ıI", "aesop thor lodz dang istanbul ii"},
        {"ΣΊΣΥΦΟΣ", "σισυφοσ"},
        {"Йод Ёлка", "иод елка"},
        {"ﬁne Ｗｉｄｅ ½ x²", "fine wide 1 2 x2"},
        {"مُحَمَّد", "محمد"},
        {"שָׁלוֹם", "שלום"},
        {"नमस्ते", "नमस्ते"},
        {"한국어", "한국어"},
        {"ガラス", "ガラス"},
        {"٣ rooms", "3 rooms"},
        {"R&D/Innovation", "r and d innovation"},
        {"co\xc2\xad"
         "operate",
         "cooperate"},
        {"+++ !", ""},
        {"", ""},
        {"a\xff"
         "b",
         "a b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *folded = text_fold(ctx->mem, cases[i][0]);
        CHECK_TEXT(folded, cases[i][1]);
        CHECK_TEXT(text_fold(ctx->mem, folded), cases[i][1]);
    }
    CHECK(text_equal_fold(ctx->mem, "KING'S COLLEGE", "Kings  college"));
    CHECK(!text_equal_fold(ctx->mem, "Kings", "King"));
}

TEST(the_sort_key_has_the_order_that_people_expect)
{
    static const char *const ordered[] = {
        "",
        "Band 1",
        "Band 2",
        "band 02a",
        "Band 9",
        "Band 10",
        "Band 99999999",
        "Band 100000000",
        "Band 99999999999999999999",
        "Émile",
        "Emily",
        "Łódź",
        "New Forest",
        "Newark",
        "St Mary's A",
        "St. Mary’s B",
        "Zoë",
    };
    for (size_t i = 1; i < sizeof ordered / sizeof ordered[0]; i++)
        CHECK(strcmp(text_sort_key(ctx->mem, ordered[i - 1]), text_sort_key(ctx->mem, ordered[i])) <
              0);
    CHECK_TEXT(text_sort_key(ctx->mem, "Ward 007"), text_sort_key(ctx->mem, "ward 7"));
}

TEST(distance_counts_what_went_wrong_while_typing)
{
    CHECK(text_distance("register", "register", 2) == 0);
    CHECK(text_distance("regsiter", "register", 2) == 1);
    CHECK(text_distance("reister", "register", 2) == 1);
    CHECK(text_distance("registter", "register", 2) == 1);
    CHECK(text_distance("rebister", "register", 2) == 1);
    CHECK(text_distance("abc", "xyz", 2) == 3);
    CHECK(text_distance("", "ab", 2) == 2);
    CHECK(text_distance("kitten", "sitting", 5) == 3);
    char far[TEXT_DISTANCE_BYTES + 2];
    memset(far, 'a', sizeof far - 1);
    far[sizeof far - 1] = '\0';
    CHECK(text_distance(far, far, 2) == 3);
}

TEST(an_email_address_is_told_from_other_text)
{
    static const char *const good[] = {"a@b.uk", "jo.o'neill+tfc@nhs.net",
                                       "x@xn--bcher-kva.example", "a@1.2-3.org"};
    static const char *const bad[] = {"",         "a",
                                      "@b.uk",    "a@",
                                      "a@b",      "a@b.",
                                      "a@.uk",    "a@b..uk",
                                      "a@-b.uk",  "a@b-.uk",
                                      "a b@c.uk", "a@b@c.uk",
                                      "a@b.uk\n", "zoë@b.uk",
                                      "a@bü.uk",  "a@b.uk,c@d.uk",
                                      "<a@b.uk>", "a@[10.0.0.1]",
                                      "a,b@c.uk"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(text_is_email(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!text_is_email(bad[i]));
    const char *at = "@b.uk";
    CHECK(text_is_email(mem_format(ctx->mem, "%064d%s", 0, at)));
    CHECK(!text_is_email(mem_format(ctx->mem, "%065d%s", 0, at)));
    CHECK(!text_is_email(mem_format(ctx->mem, "a@%064d.uk", 0)));
    const char *label = mem_format(ctx->mem, "%063d", 0);
    CHECK(text_is_email(mem_format(ctx->mem, "a@%s.%s.%s.uk", label, label, label)));
    CHECK(!text_is_email(mem_format(ctx->mem, "%060d@%s.%s.%s.uk", 0, label, label, label)));
    CHECK_TEXT(text_email_key(ctx->mem, "Jo.O'Neill@NHS.net"), "jo.o'neill@nhs.net");
}

TEST(a_postcode_is_read_however_it_is_typed)
{
    static const char *const good[][2] = {
        {"sw1a1aa", "SW1A 1AA"},
        {" S W1A-1 aa. ", "SW1A 1AA"},
        {"m1 1ae", "M1 1AE"},
        {"b338th", "B33 8TH"},
        {"cr2 6xh", "CR2 6XH"},
        {"dn551pt", "DN55 1PT"},
        {"w1a 0ax", "W1A 0AX"},
        {"ec1a1bb", "EC1A 1BB"},
        {"gir0aa", "GIR 0AA"},
        {"sw1a oaa", "SW1A 0AA"},
        {"M1 lAE", "M1 1AE"},
        {"(ls1\xc2\xa0"
         "3ex)",
         "LS1 3EX"},
        {"BF1 3AA", "BF1 3AA"},
    };
    static const char *const bad[] = {"",           "SW1A",     "SW1A 1A",  "SW1A 1AAA", "SW1A 1AC",
                                      "QW1 1AA",    "SI1 1AA",  "1AA 1AA",  "ABC 1AA",   "A1AA 1AA",
                                      "SW1A 1A1",   "SW1A AAA", "ZZ99 3WZ", "AA999 1AA", "SW1A_1AA",
                                      "ＳＷ1A 1AA", "12345",    "AAA",      "-"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        const char *out;
        CHECK(text_postcode(ctx->mem, good[i][0], &out) == OK);
        CHECK_TEXT(out, good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *out;
        CHECK(text_postcode(ctx->mem, bad[i], &out) == ERR_INVALID);
    }
}

TEST(a_phone_number_keeps_its_groups)
{
    static const char *const good[][2] = {
        {"01632 960 001", "01632 960 001"},
        {"(01632) 960-001", "01632 960 001"},
        {"+44 (0)1632 960-001 x12", "+44 1632 960 001 ext 12"},
        {"(+44) 1632/960001", "+44 1632 960001"},
        {"0044 1632 960001", "+44 1632 960001"},
        {"00441632960001", "+441632960001"},
        {"020–7946–0000 Ext. 4021", "020 7946 0000 ext 4021"},
        {"0800 1111", "0800 1111"},
        {"07700 900.123", "07700 900 123"},
    };
    static const char *const bad[] = {"",
                                      "none",
                                      "12345",
                                      "1234567890123456",
                                      "0163+2960001",
                                      "01632 960001 ext",
                                      "01632 960001 ext 1234567",
                                      "01632 96000l",
                                      "٠١٢٣٤٥٦٧٨٩",
                                      "ext 12",
                                      "0044 1234",
                                      "07700 900123 or 07700 900124",
                                      "01632 96000\xff"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        const char *out;
        CHECK(text_phone(ctx->mem, good[i][0], &out) == OK);
        CHECK_TEXT(out, good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *out;
        CHECK(text_phone(ctx->mem, bad[i], &out) == ERR_INVALID);
    }
    const char *out;
    CHECK(text_phone(ctx->mem,
                     "0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7",
                     &out) == ERR_INVALID);
}

TEST(a_number_is_read_to_its_last_digit)
{
    static const struct {
        const char *text;
        int64_t number;
    } good[] = {
        {"0", 0},
        {"-0", 0},
        {"0042", 42},
        {"-7", -7},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    static const char *const bad[] = {"",
                                      "-",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.0",
                                      "0x1",
                                      "1e3",
                                      "--1",
                                      "1-",
                                      "٣",
                                      "9223372036854775808",
                                      "1,0",
                                      "1\xff",
                                      "nan",
                                      "-9223372036854775809",
                                      "18446744073709551617",
                                      "99999999999999999999999"};
    int64_t number;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        CHECK(text_number(good[i].text, INT64_MIN, INT64_MAX, &number) == OK);
        CHECK(number == good[i].number);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(text_number(bad[i], INT64_MIN, INT64_MAX, &number) == ERR_INVALID);
    CHECK(text_number("5", 5, 5, &number) == OK && number == 5);
    CHECK(text_number("4", 5, 6, &number) == ERR_INVALID);
    CHECK(text_number("7", 5, 6, &number) == ERR_INVALID);
}

TEST(a_code_is_squeezed_out_of_what_was_typed)
{
    char out[6];
    CHECK(text_squeeze(" rx-1 / (2) ", out, sizeof out));
    CHECK_TEXT(out, "RX12");
    CHECK(text_squeeze("abcde", out, sizeof out));
    CHECK(!text_squeeze("abcdef", out, sizeof out));
    CHECK_TEXT(out, "");
    CHECK(!text_squeeze("a_b", out, sizeof out));
    CHECK(!text_squeeze("a\xff", out, sizeof out));
}

TEST(a_code_of_digits_has_just_so_many_and_nothing_else)
{
    static const char *const none[] = {"", "1234", "123456", "1234a", "+12345"};
    char out[6];
    CHECK(text_squeeze_digits(" 12-345 ", out, sizeof out));
    CHECK_TEXT(out, "12345");
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        CHECK(!text_squeeze_digits(none[i], out, sizeof out));
}

TEST(hexadecimal_is_read_strictly)
{
    struct text_span out;
    CHECK_TEXT(text_hex(ctx->mem, "\x00\xff\x10", 3), "00ff10");
    CHECK_TEXT(text_hex(ctx->mem, "", 0), "");
    CHECK(text_hex_read(ctx->mem, "00Ff10", &out) == OK);
    CHECK(out.length_bytes == 3 && memcmp(out.bytes, "\x00\xff\x10\x00", 4) == 0);
    CHECK(text_hex_read(ctx->mem, "", &out) == OK && out.length_bytes == 0);
    CHECK(text_hex_read(ctx->mem, "0", &out) == ERR_INVALID);
    CHECK(text_hex_read(ctx->mem, "0g", &out) == ERR_INVALID);
    CHECK(text_hex_read(ctx->mem, "00:1", &out) == ERR_INVALID);
}

TEST(base64url_has_one_writing_a_value)
{
    struct text_span out;
    CHECK_TEXT(text_base64url(ctx->mem, "\xfb\xff\xfe", 3), "-__-");
    CHECK_TEXT(text_base64url(ctx->mem, "a", 1), "YQ");
    CHECK(text_base64url_read(ctx->mem, "YQ", &out) == OK);
    CHECK(out.length_bytes == 1 && out.bytes[0] == 'a' && out.bytes[1] == '\0');
    CHECK(text_base64url_read(ctx->mem, "", &out) == OK && out.length_bytes == 0);
    static const char *const bad[] = {"YQ==", "YR", "Y", "Y Q", "+//+", "YQ\n", "é", "\xa7Q"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(text_base64url_read(ctx->mem, bad[i], &out) == ERR_INVALID);
}

static const char *percent_read(struct ctx *ctx, const char *coded, enum text_percent how)
{
    struct text_span out;
    struct text_span in = {coded, strlen(coded)};
    return text_percent_read(ctx->mem, in, how, &out) == OK ? out.bytes : "(refused)";
}

TEST(percent_encoding_is_undone_once_and_strictly)
{
    CHECK_TEXT(percent_read(ctx, "a%20b+c%2B%c3%A9", TEXT_PERCENT_FORM), "a b c+é");
    CHECK_TEXT(percent_read(ctx, "a+b", TEXT_PERCENT_PATH), "a+b");
    CHECK_TEXT(percent_read(ctx, "%2541", TEXT_PERCENT_PATH), "%41");
    static const char *const bad[] = {"%", "%4", "a%4", "%4g", "%g4", "%%41", "% 41", "%-1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK_TEXT(percent_read(ctx, bad[i], TEXT_PERCENT_FORM), "(refused)");
    struct text_span out;
    CHECK(text_percent_read(ctx->mem, (struct text_span){"%00x%41", 4}, TEXT_PERCENT_PATH, &out) ==
          OK);
    CHECK(out.length_bytes == 2 && out.bytes[0] == '\0' && out.bytes[1] == 'x');
    CHECK_TEXT(text_percent(ctx->mem, "St Mary's/é&a=b~"), "St%20Mary%27s%2F%C3%A9%26a%3Db~");
    CHECK_TEXT(percent_read(ctx, text_percent(ctx->mem, "é %+&/"), TEXT_PERCENT_FORM), "é %+&/");
}

TEST(a_text_grows_up_to_its_maximum)
{
    const char *out;
    struct text_builder fits = text_build(ctx->mem, 300);
    for (int i = 0; i < 100; i++)
        text_add_format(&fits, "%03d", i);
    CHECK(text_build_end(&fits, &out) == OK);
    CHECK(strlen(out) == 300 && text_ends(out, "098099"));

    struct text_builder over = text_build(ctx->mem, 5);
    text_add(&over, "abc");
    text_add(&over, "def");
    text_add(&over, "g");
    CHECK(text_build_end(&over, &out) == ERR_INVALID);
    CHECK_TEXT(out, "abc");

    struct text_builder empty = text_build(ctx->mem, 0);
    text_add_part(&empty, NULL, 0);
    CHECK(text_build_end(&empty, &out) == OK);
    CHECK_TEXT(out, "");
}
