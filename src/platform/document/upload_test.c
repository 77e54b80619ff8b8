/* SPDX-License-Identifier: MIT */
/* upload_test.c - what becomes of files that people send, above all of bad ones. */
#include "platform/base/test.h"

#include "platform/document/upload.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zlib.h>

#include "platform/base/settings.h"
#include "platform/document/upload_check.h"
#include "platform/store/store.h"

static const char small_pdf[] = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n";
static const char small_png[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0";
static const struct upload_rules all = {.endings = upload_all_endings};
static const char *const pdf_only[] = {".pdf", NULL};
static const struct upload_rules pdfs = {.endings = pdf_only};

#define SENT(name_, bytes_)                                                                        \
    &(const struct upload_sent)                                                                    \
    {                                                                                              \
        .name = (name_), .bytes = (bytes_), .size_bytes = sizeof(bytes_) - 1, .owner = "draft:1"   \
    }

/* What is said about a file; "" when it is taken. */
static const char *problem(struct ctx *ctx, const struct upload_rules *rules,
                           const struct upload_sent *sent)
{
    struct upload upload;
    const char *said;
    enum status status = upload_look(ctx, sent, rules, &upload, &said);
    CHECK((status == ERR_INVALID) == (said != NULL));
    CHECK(status == OK || status == ERR_INVALID);
    return said != NULL ? said : "";
}

static struct upload look(struct ctx *ctx, const struct upload_sent *sent)
{
    struct upload upload;
    const char *said;
    CHECK(upload_look(ctx, sent, &all, &upload, &said) == OK);
    return upload;
}

TEST(a_file_is_what_its_bytes_are)
{
    CHECK_TEXT(look(ctx, SENT("CV.PDF", small_pdf)).type, "application/pdf");
    CHECK_TEXT(look(ctx, SENT("CV.PDF", small_pdf)).name, "CV.pdf");
    CHECK_TEXT(look(ctx, SENT("scan", small_pdf)).name, "scan.pdf");
    CHECK_TEXT(look(ctx, SENT("a.jpeg", "\xFF\xD8\xFF\xE0\0\020JFIF\0\1\1")).name, "a.jpg");
    CHECK_TEXT(look(ctx, SENT("a.png", small_png)).type, "image/png");
    CHECK_TEXT(look(ctx, SENT("a.csv", "a,b\n1,2\n")).type, "text/csv");
    CHECK_TEXT(look(ctx, SENT("a.txt", "caf\xE9\n")).type, "text/plain");
    CHECK_TEXT(look(ctx, SENT("a.pdf", small_pdf)).sha256,
               look(ctx, SENT("b.pdf", small_pdf)).sha256);
}

TEST(a_program_is_refused_under_any_name)
{
    static const char windows[] = "MZ\x90\0\3\0\0\0\4\0\0\0\xFF\xFF\0\0\xB8\0\0\0\0\0\0\0@\0\0\0\0"
                                  "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                  "\0\x80\0\0\0\x0E\x1F\xBA\x0E\0\xB4\t\xCD!";
    static const char linux_program[] = "\x7F"
                                        "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0";
    static const char *const names[] = {"cv.pdf", "cv.PDF", "cv", "cv.txt", "cv.docx", "cv.exe"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct upload_sent sent[] = {
            {names[i], windows, sizeof windows - 1, ""},
            {names[i], linux_program, sizeof linux_program - 1, ""},
            {names[i], "#!/bin/sh\nrm -rf /\n", 19, ""},
        };
        for (int k = 0; k < 3; k++)
            CHECK_TEXT(problem(ctx, &pdfs, &sent[k]),
                       "The selected file is a program. It must be a PDF");
    }
}

TEST(a_name_that_lies_is_refused)
{
    CHECK_TEXT(problem(ctx, &pdfs, SENT("cv.pdf", "Dear all, this is only text.\n")),
               "The selected file is called .pdf but holds something else. It must be a PDF");
    CHECK(strstr(problem(ctx, &all, SENT("a.png", small_pdf)), "holds something else") != NULL);
    CHECK(strstr(problem(ctx, &all, SENT("a.txt", small_png)), "holds something else") != NULL);
    CHECK(strstr(problem(ctx, &all, SENT("a.docx", "PK\3\4 no word inside")), "else") != NULL);
    CHECK(strstr(problem(ctx, &pdfs, SENT("a.pdf", "x%PDF-1.4\n%%EOF\n")), "else") != NULL);
}

TEST(a_type_that_is_not_asked_for_is_refused)
{
    static const char *const two[] = {".pdf", ".jpg", ".docx", NULL};
    const struct upload_rules rules = {.endings = two};
    CHECK_TEXT(problem(ctx, &rules, SENT("a.png", small_png)),
               "The selected file must be a PDF, JPG or Word document (.docx)");
    CHECK_TEXT(problem(ctx, &rules, SENT("a.html", "<html><script>1</script>")),
               "The selected file must be a PDF, JPG or Word document (.docx)");
    CHECK(strstr(problem(ctx, &all, SENT("a.svg", "<svg onload='x'/>")), "must be") != NULL);
    CHECK(strstr(problem(ctx, &all, SENT("", "just text")), "must be") != NULL);
    CHECK(strstr(problem(ctx, &all, SENT(NULL, "just text")), "must be") != NULL);
}

TEST(empty_and_large_files_are_refused)
{
    CHECK_TEXT(problem(ctx, &all, SENT("a.pdf", "")), "The selected file is empty");
    struct upload_sent large = {"a.pdf", small_pdf, UPLOAD_BYTES + 1, ""};
    CHECK_TEXT(problem(ctx, &all, &large), "The selected file must be smaller than 10MB");
    struct upload_rules little = {.endings = upload_all_endings, .size_bytes_most = 20000};
    large.size_bytes = 20001;
    CHECK_TEXT(problem(ctx, &little, &large), "The selected file must be smaller than 20KB");
}

TEST(a_pdf_cut_short_is_refused)
{
    CHECK(strstr(problem(ctx, &all, SENT("a.pdf", "%PDF-1.4\n1 0 obj\n")), "damaged") != NULL);
}

TEST(an_office_document_with_macros_or_a_password_is_refused)
{
    CHECK(strstr(problem(ctx, &all, SENT("a.docx", "PK\3\4word/document.xml word/vbaProject.bin")),
                 "has macros") != NULL);
    CHECK(strstr(problem(ctx, &all, SENT("a.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 x")),
                 "password") != NULL);
    CHECK_TEXT(problem(ctx, &all, SENT("a.docx", "PK\3\4\24\0word/document.xml")), "");
}

TEST(what_a_pdf_may_do_is_noted)
{
    struct upload plain = look(ctx, SENT("a.pdf", small_pdf));
    CHECK(!plain.has_script && !plain.opens_itself && !plain.is_encrypted);
    CHECK(look(ctx, SENT("a.pdf", "%PDF-1.4 <</S/JavaScript/JS(x)>> %%EOF")).has_script);
    CHECK(look(ctx, SENT("a.pdf", "%PDF-1.4 << /S /J#61v#61Script >> %%EOF")).has_script);
    CHECK(look(ctx, SENT("a.pdf", "%PDF-1.4 << /S /Launch >> %%EOF")).has_script);
    CHECK(look(ctx, SENT("a.pdf", "%PDF-1.4 << /OpenAction 1 0 R >> %%EOF")).opens_itself);
    CHECK(look(ctx, SENT("a.pdf", "%PDF-1.4 << /Encrypt 1 0 R >> %%EOF")).is_encrypted);
    CHECK(!look(ctx, SENT("a.pdf", "%PDF-1.4 << /JSON 1 /Launched 2 >> %%EOF")).has_script);
}

TEST(a_script_in_a_packed_stream_is_noted)
{
    const char *hidden = "1 0 << /S /JavaScript /JS (app.alert(1)) >>";
    unsigned char packed[200];
    uLongf packed_bytes = sizeof packed;
    CHECK(compress(packed, &packed_bytes, (const unsigned char *)hidden, strlen(hidden)) == Z_OK);
    char file[600];
    int head = snprintf(file, sizeof file,
                        "%%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /Length %lu "
                        "/Filter /FlateDecode >>\nstream\r\n",
                        packed_bytes);
    memcpy(file + head, packed, packed_bytes);
    memcpy(file + head + packed_bytes, "\nendstream\n%%EOF\n", 18);
    struct upload_sent sent = {"a.pdf", file, (size_t)head + packed_bytes + 17, ""};
    CHECK(look(ctx, &sent).has_script);
}

TEST(a_name_is_made_safe)
{
    static const char *const names[][2] = {
        {"My CV.PDF", "My CV.pdf"},
        {"C:\\Users\\me\\CV.pdf", "CV.pdf"},
        {"../../etc/passwd", "passwd.pdf"},
        {"..", "file.pdf"},
        {"", "file.pdf"},
        {".pdf", "pdf.pdf"},
        {"a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"},
        {"a\"b<c>.pdf", "abc.pdf"},
        {"cv\xE2\x80\xAE"
         "fdp.exe",
         "cvfdp.pdf"},
        {"bad\xFF.pdf", "bad\xEF\xBF\xBD.pdf"},
        {"-rf.pdf", "rf.pdf"},
        {"Zażółć 履歴書.pdf", "Zażółć 履歴書.pdf"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        CHECK_TEXT(upload_clean_name(ctx->mem, names[i][0], ".pdf"), names[i][1]);
    char *name = mem_bytes(ctx->mem, 5000);
    memset(name, 'x', 4000);
    CHECK(text_length_chars(upload_clean_name(ctx->mem, name, ".pdf")) <= UPLOAD_NAME_CHARS);
}

/* ---- the store ---- */

static int64_t keep(struct ctx *ctx, const char *owner)
{
    struct upload upload;
    const char *said;
    struct upload_sent sent = *SENT("cv.pdf", small_pdf);
    sent.owner = owner;
    CHECK(upload_keep(ctx, &sent, &all, &upload, &said) == OK);
    return upload.id;
}

TEST(a_kept_file_is_given_back_byte_by_byte)
{
    int64_t id = keep(ctx, "draft:1");
    struct upload upload;
    struct text_span bytes;
    CHECK(upload_read(ctx, id, "draft:1", &upload, &bytes) == OK);
    CHECK(bytes.length_bytes == sizeof small_pdf - 1);
    CHECK(memcmp(bytes.bytes, small_pdf, bytes.length_bytes) == 0);
    CHECK_TEXT(upload.name, "cv.pdf");
    CHECK_TEXT(upload.type, "application/pdf");
    CHECK(upload.size_bytes == sizeof small_pdf - 1 && !upload.is_scanned);
    CHECK(upload.created_at == ctx->now_secs);
    CHECK(upload.expires_at == ctx->now_secs + UPLOAD_UNCLAIMED_SECS);
}

TEST(zero_bytes_in_a_file_are_kept)
{
    struct upload upload;
    struct text_span bytes;
    const char *said;
    CHECK(upload_keep(ctx, SENT("a.png", small_png), &all, &upload, &said) == OK);
    CHECK(upload_read(ctx, upload.id, "draft:1", &upload, &bytes) == OK);
    CHECK(bytes.length_bytes == sizeof small_png - 1);
    CHECK(memcmp(bytes.bytes, small_png, bytes.length_bytes) == 0);
}

TEST(anothers_file_is_not_there)
{
    int64_t id = keep(ctx, "draft:1");
    struct upload upload;
    struct text_span bytes;
    CHECK(upload_find(ctx, id, "draft:2", &upload) == ERR_NOT_FOUND);
    CHECK(upload_read(ctx, id, "draft:2", &upload, &bytes) == ERR_NOT_FOUND);
    CHECK(upload_claim(ctx, id, "draft:2", "pledge:2") == ERR_NOT_FOUND);
    CHECK(upload_remove(ctx, id, "draft:2") == OK);
    CHECK(upload_find(ctx, id, "draft:1", &upload) == OK);
}

TEST(a_claimed_file_has_its_new_owner_for_good)
{
    int64_t id = keep(ctx, "draft:1");
    struct upload upload;
    CHECK(upload_claim(ctx, id, "draft:1", "pledge:9") == OK);
    CHECK(upload_claim(ctx, id, "draft:1", "pledge:9") == OK); /* again changes nothing */
    CHECK(upload_find(ctx, id, "draft:1", &upload) == ERR_NOT_FOUND);
    CHECK(upload_find(ctx, id, "pledge:9", &upload) == OK);
    CHECK(upload.expires_at == 0);
}

TEST(files_of_an_owner_are_listed_in_order_and_removed)
{
    int64_t first = keep(ctx, "draft:1");
    int64_t second = keep(ctx, "draft:1");
    keep(ctx, "draft:2");
    struct upload *uploads;
    size_t count;
    CHECK(upload_list(ctx, "draft:1", 10, &uploads, &count) == OK && count == 2);
    CHECK(uploads[0].id == first && uploads[1].id == second);
    CHECK(upload_remove(ctx, first, "draft:1") == OK);
    CHECK(upload_remove(ctx, first, "draft:1") == OK);
    CHECK(upload_list(ctx, "draft:1", 10, &uploads, &count) == OK && count == 1);
}

TEST(files_that_nobody_claims_are_removed_in_time)
{
    int64_t left = keep(ctx, "draft:1");
    int64_t claimed = keep(ctx, "draft:2");
    CHECK(upload_claim(ctx, claimed, "draft:2", "pledge:9") == OK);
    struct upload upload;
    ctx->now_secs += UPLOAD_UNCLAIMED_SECS - 1;
    CHECK(upload_purge(ctx, NULL) == OK);
    CHECK(upload_find(ctx, left, "draft:1", &upload) == OK);
    ctx->now_secs += 1;
    CHECK(upload_purge(ctx, NULL) == OK);
    CHECK(upload_find(ctx, left, "draft:1", &upload) == ERR_NOT_FOUND);
    CHECK(upload_find(ctx, claimed, "pledge:9", &upload) == OK);
}

/* Fails each store call in turn: a file is there with its bytes, or not at all. */
TEST(a_failed_keeping_leaves_no_trace)
{
    for (int nth = 1;; nth++) {
        struct upload upload;
        struct upload *uploads;
        size_t count;
        const char *said;
        store_fail_on_call(ctx->store, nth);
        enum status status = upload_keep(ctx, SENT("cv.pdf", small_pdf), &all, &upload, &said);
        store_fail_on_call(ctx->store, 0);
        if (status == OK) {
            CHECK(nth == 5); /* begin, two inserts, commit */
            return;
        }
        CHECK(status == ERR_FAULT);
        ctx->fault = NULL;
        CHECK(upload_list(ctx, "draft:1", 10, &uploads, &count) == OK && count == 0);
    }
}

/* ---- the scanner ---- */

/* A scanner that takes one file and gives one answer. */
struct false_scanner {
    const char *answer;
    char path[100];
    int listener;
    size_t got_bytes;
    bool is_well_formed;
    pthread_t thread;
};

static bool read_all(int from, void *out, size_t length)
{
    for (size_t at = 0; at < length;) {
        ssize_t got = recv(from, (char *)out + at, length - at, 0);
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    return true;
}

static void *scan_one(void *arg)
{
    struct false_scanner *scanner = arg;
    char part[64 * 1024];
    unsigned char four[4];
    int file = accept(scanner->listener, NULL, NULL);
    scanner->is_well_formed =
        read_all(file, part, sizeof "zINSTREAM") && memcmp(part, "zINSTREAM", 10) == 0;
    while (scanner->is_well_formed && read_all(file, four, 4)) {
        size_t length =
            (size_t)four[0] << 24 | (size_t)four[1] << 16 | (size_t)four[2] << 8 | four[3];
        if (length == 0)
            break;
        scanner->is_well_formed = length <= sizeof part && read_all(file, part, length);
        scanner->got_bytes += length;
    }
    send(file, scanner->answer, strlen(scanner->answer) + 1, MSG_NOSIGNAL);
    close(file);
    return NULL;
}

static enum status keep_scanned(struct ctx *ctx, const char *answer, const char **said_out,
                                struct upload *out)
{
    struct false_scanner scanner = {.answer = answer};
    char folder[] = "/tmp/onward-test-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    snprintf(scanner.path, sizeof scanner.path, "%s/clamd", folder);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, scanner.path, strlen(scanner.path));
    scanner.listener = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(bind(scanner.listener, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(listen(scanner.listener, 1) == 0);
    CHECK(pthread_create(&scanner.thread, NULL, scan_one, &scanner) == 0);

    struct settings settings = settings_built_in(ctx->mem);
    settings.clamd_socket = scanner.path;
    const struct settings *before = ctx->settings;
    ctx->settings = &settings;
    char *text = mem_bytes(ctx->mem, 200001);
    memset(text, 'x', 200000);
    struct upload_sent sent = {"a.txt", text, 200000, "draft:1"};
    enum status status = upload_keep(ctx, &sent, &all, out, said_out);
    ctx->settings = before;

    pthread_join(scanner.thread, NULL);
    close(scanner.listener);
    unlink(scanner.path);
    rmdir(folder);
    CHECK(scanner.is_well_formed && scanner.got_bytes == 200000);
    return status;
}

TEST(a_file_that_the_scanner_calls_clean_is_kept)
{
    struct upload upload;
    const char *said;
    CHECK(keep_scanned(ctx, "stream: OK", &said, &upload) == OK);
    CHECK(upload.is_scanned && said == NULL);
    CHECK(upload_find(ctx, upload.id, "draft:1", &upload) == OK && upload.is_scanned);
}

TEST(a_file_with_a_virus_is_not_kept)
{
    struct upload upload;
    struct upload *uploads;
    size_t count;
    const char *said;
    CHECK(keep_scanned(ctx, "stream: Eicar-Test-Signature FOUND", &said, &upload) == ERR_INVALID);
    CHECK_TEXT(said, "The selected file contains a virus");
    CHECK(upload_list(ctx, "draft:1", 10, &uploads, &count) == OK && count == 0);
}

TEST(a_scanner_that_does_not_answer_stops_the_keeping)
{
    static const char *const answers[] = {"", "INSTREAM size limit exceeded. ERROR", "stream: OK!",
                                          "OK"};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct upload upload;
        const char *said;
        CHECK(keep_scanned(ctx, answers[i], &said, &upload) == ERR_BUSY);
        CHECK(strstr(said, "could not check") != NULL);
        ctx->fault = NULL;
    }
}

TEST(a_scanner_that_is_not_there_stops_the_keeping)
{
    struct upload upload;
    const char *said;
    struct settings settings = settings_built_in(ctx->mem);
    settings.clamd_socket = "/nowhere/at/all";
    const struct settings *before = ctx->settings;
    ctx->settings = &settings;
    enum status status = upload_keep(ctx, SENT("cv.pdf", small_pdf), &all, &upload, &said);
    ctx->settings = before;
    CHECK(status == ERR_BUSY);
    CHECK(strstr(said, "Try again") != NULL);
}
