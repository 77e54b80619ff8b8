/* SPDX-License-Identifier: MIT */
/*
 * settings.c - the table of settings, and the three places they are read from.
 *
 * What is built in is written as text in the table and read by the same rules as the rest.  If you
 * add a setting, also add its member and its unit to settings.h, and give it KIND_BEGINS when it
 * may hold a password: then no message shows its value.
 */
#include "platform/base/settings.h"

#include "platform/base/text.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MAX = 64 * 1024, PORT_MAX = 65535 };

enum kind {
    KIND_TEXT,
    KIND_ONE_OF,   /* one of the words in rule                                 */
    KIND_BEGINS,   /* "" or begins with one of the words in rule; may hold a password */
    KIND_LISTEN,   /* HOST:PORT                                                */
    KIND_BASE_URL, /* http or https, no query; a slash at the end is dropped   */
    KIND_EMAIL,    /* "" or an address                                         */
    KIND_NUMBER,   /* a whole number from least to most                        */
    KIND_YES_NO
};

struct known {
    const char *name;
    enum kind kind;
    size_t offset;
    const char *built_in;
    const char *value; /* what help calls it */
    const char *help;
    const char *rule;
    int64_t least, most;
};

#define AT(member) offsetof(struct settings, member)

static const struct known known[] = {
    {"database", KIND_BEGINS, AT(database), "sqlite:onward.db", "NAME",
     "where the data is: sqlite:PATH or postgresql://...", "sqlite: postgresql://", 0, 0},
    {"listen", KIND_LISTEN, AT(listen), "localhost:8080", "HOST:PORT",
     "where to answer; :PORT for every address of this machine", NULL, 0, 0},
    {"base_url", KIND_BASE_URL, AT(base_url), "http://localhost:8080", "URL",
     "how people reach the service; links in mail begin with it", NULL, 0, 0},
    {"service_name", KIND_TEXT, AT(service_name), "Onward", "NAME",
     "the name on every page and mail", NULL, 0, 0},
    {"contact_email", KIND_EMAIL, AT(contact_email), "", "ADDRESS", "where people can ask for help",
     NULL, 0, 0},
    {"postal_address", KIND_TEXT, AT(postal_address), "", "ADDRESS",
     "where people can send paper, its lines separated by commas", NULL, 0, 0},
    {"smtp", KIND_BEGINS, AT(smtp), "", "URL",
     "smtp:// or smtps:// of the mail server; without it mail stays in the outbox",
     "smtp:// smtps://", 0, 0},
    {"mail_from", KIND_EMAIL, AT(mail_from), "onward@localhost.invalid", "ADDRESS",
     "the address that mail comes from", NULL, 0, 0},
    {"dkim_key", KIND_TEXT, AT(dkim_key), "", "PATH",
     "a private key in PEM, Ed25519 or RSA, that signs mail (DKIM); without it mail is not signed",
     NULL, 0, 0},
    {"dkim_selector", KIND_TEXT, AT(dkim_selector), "", "NAME",
     "under which name the public half of dkim_key stands in DNS", NULL, 0, 0},
    {"bulk_per_second_count", KIND_NUMBER, AT(bulk_per_second_count), "50", "N",
     "most messages of a newsletter a second; 0: no limit", NULL, 0, 1000000},
    {"hand_folder", KIND_TEXT, AT(hand_folder), "", "PATH",
     "a folder of this machine that keeps what a newsletter has in hand; beside the database", NULL,
     0, 0},
    {"mail_answers_to", KIND_EMAIL, AT(mail_answers_to), "", "ADDRESS",
     "the mailbox whose mail is piped to `onward mail receive`; see doc/mail.md", NULL, 0, 0},
    {"trusted_proxies", KIND_TEXT, AT(trusted_proxies), "", "LIST",
     "addresses or networks whose X-Forwarded-* counts, separated by commas", NULL, 0, 0},
    {"clamd_socket", KIND_TEXT, AT(clamd_socket), "", "PATH",
     "the socket of clamd; without it uploads are not scanned", NULL, 0, 0},
    {"log_level", KIND_ONE_OF, AT(log_level), "info", "LEVEL",
     "what is logged from: debug, info, warn or error", "debug info warn error", 0, 0},
    {"workers_count", KIND_NUMBER, AT(workers_count), "0", "N",
     "threads that answer requests; 0: one for each processor", NULL, 0, 256},
    {"job_workers_count", KIND_NUMBER, AT(job_workers_count), "1", "N",
     "threads of `onward serve` that do jobs; 0: only `onward work` does", NULL, 0, 64},
    {"connections_count", KIND_NUMBER, AT(connections_count), "4000", "N",
     "most connections at once", NULL, 1, 100000},
    {"requests_per_minute_count", KIND_NUMBER, AT(requests_per_minute_count), "1200", "N",
     "most requests of one address a minute, over all nodes; 0: no limit", NULL, 0, 100000000},
    {"nodes_count", KIND_NUMBER, AT(nodes_count), "1", "N",
     "how many processes share the requests: each takes its part of that limit", NULL, 1, 1000},
    {"counts_kept_secs", KIND_NUMBER, AT(counts_kept_secs), "10", "SECONDS",
     "how long PostgreSQL's counts of a list may be used again; 0: not at all", NULL, 0, 86400},
    {"second_factor", KIND_ONE_OF, AT(second_factor), "required", "required|offered",
     "whether roles that see many people need a second factor to sign in", "required offered", 0,
     0},
    {"sign_in_providers", KIND_TEXT, AT(sign_in_providers), "", "PATH",
     "a JSON file of services that people may sign in with; see doc/signing-in.md", NULL, 0, 0},
    {"check_links", KIND_YES_NO, AT(check_links), "no", "yes|no",
     "whether links of public pages to other websites are called, a few a minute", NULL, 0, 0},
    {"demonstration", KIND_YES_NO, AT(demonstration), "no", "yes|no",
     "whether this is a demonstration: pages say so, mail can be read on the desk", NULL, 0, 0},
};

enum { KNOWN_COUNT = sizeof known / sizeof known[0] };

static const char *const file_help = "the file of settings; onward.conf in this folder if there";

static const struct known *find_known(const char *name)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (strcmp(known[i].name, name) == 0)
            return &known[i];
    return NULL;
}

static char *with_dashes(struct mem *mem, const char *name)
{
    char *dashed = mem_text(mem, name);
    for (char *c = dashed; *c != '\0'; c++)
        *c = *c == '_' ? '-' : *c;
    return dashed;
}

/* Whether value is (or begins with) one of the words of a list. */
static bool is_in_list(const char *list, const char *value, bool is_whole)
{
    while (*list != '\0') {
        size_t length = strcspn(list, " ");
        if (strncmp(list, value, length) == 0 && (!is_whole || value[length] == '\0'))
            return true;
        list += length + (list[length] == ' ');
    }
    return false;
}

static bool is_listen(const char *value)
{
    const char *colon = strrchr(value, ':');
    int64_t port;
    return colon != NULL && text_number(colon + 1, 0, PORT_MAX, &port) == OK;
}

static bool is_base_url(const char *value)
{
    const char *host = text_begins(value, "https://")  ? value + 8
                       : text_begins(value, "http://") ? value + 7
                                                       : NULL;
    return host != NULL && *host != '\0' && *host != '/' &&
           value[strcspn(value, "?#\"'<>\\ @")] == '\0';
}

static const char *without_last_slashes(struct mem *mem, const char *url)
{
    size_t length = strlen(url);
    while (url[length - 1] == '/')
        length--;
    return mem_text_part(mem, url, length);
}

static bool read_yes_no(const char *value, bool *out)
{
    *out = is_in_list("yes true on 1", value, true);
    return *out || is_in_list("no false off 0", value, true);
}

/* Whether a text keeps the rule of its kind.  What is built in as "" may be empty. */
static bool is_right_text(const struct known *setting, const char *value)
{
    if (*value == '\0' && setting->kind != KIND_TEXT)
        return setting->built_in[0] == '\0';
    switch (setting->kind) {
    case KIND_ONE_OF:
        return is_in_list(setting->rule, value, true);
    case KIND_BEGINS:
        return is_in_list(setting->rule, value, false);
    case KIND_LISTEN:
        return is_listen(value);
    case KIND_BASE_URL:
        return is_base_url(value);
    case KIND_EMAIL:
        return text_is_email(value);
    default:
        return true;
    }
}

/* Reads value into the member; false when it breaks the rule of its kind. */
static bool set_value(struct mem *mem, const struct known *setting, const char *value,
                      struct settings *into)
{
    void *member = (char *)into + setting->offset;
    if (setting->kind == KIND_NUMBER)
        return text_number(value, setting->least, setting->most, member) == OK;
    if (setting->kind == KIND_YES_NO)
        return read_yes_no(value, member);
    if (!is_right_text(setting, value))
        return false;
    *(const char **)member =
        setting->kind == KIND_BASE_URL ? without_last_slashes(mem, value) : mem_text(mem, value);
    return true;
}

/* What the value should have been. */
static const char *rule_text(struct mem *mem, const struct known *setting)
{
    switch (setting->kind) {
    case KIND_ONE_OF:
        return mem_format(mem, "one of: %s", setting->rule);
    case KIND_BEGINS:
        return mem_format(mem, "something that begins with one of: %s", setting->rule);
    case KIND_LISTEN:
        return "HOST:PORT";
    case KIND_BASE_URL:
        return "http:// or https:// with a host, and no query";
    case KIND_EMAIL:
        return "an email address";
    case KIND_NUMBER:
        return mem_format(mem, "a whole number from %lld to %lld", (long long)setting->least,
                          (long long)setting->most);
    case KIND_YES_NO:
        return "yes or no";
    case KIND_TEXT:
    default:
        return "plain text";
    }
}

/* where is the place in words, such as "--listen" or "onward.conf line 3". */
static enum status take_value(struct ctx *ctx, const struct known *setting, const char *where,
                              const char *value, struct settings *into)
{
    const char *text;
    if (text_clean(ctx->mem, value, strlen(value), TEXT_LINE, &text) != OK)
        return ctx_fail(ctx, ERR_INVALID, "%s: \"%s\" must be plain text in UTF-8", where,
                        setting->name);
    if (set_value(ctx->mem, setting, text, into))
        return OK;
    if (setting->kind == KIND_BEGINS) /* may hold a password */
        return ctx_fail(ctx, ERR_INVALID, "%s: \"%s\" must be %s", where, setting->name,
                        rule_text(ctx->mem, setting));
    return ctx_fail(ctx, ERR_INVALID, "%s: \"%s\" must be %s, not \"%s\"", where, setting->name,
                    rule_text(ctx->mem, setting), text);
}

static enum status fail_unknown(struct ctx *ctx, const char *where, const char *name)
{
    const char *names[KNOWN_COUNT];
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        names[i] = known[i].name;
    const char *nearest = args_nearest(name, names, KNOWN_COUNT);
    if (nearest != NULL)
        return ctx_fail(ctx, ERR_INVALID, "%s: unknown setting \"%s\"; did you mean \"%s\"?", where,
                        name, nearest);
    return ctx_fail(ctx, ERR_INVALID, "%s: unknown setting \"%s\"", where, name);
}

static const char *trimmed(struct mem *mem, const char *from, size_t length)
{
    while (length > 0 && strchr(" \t\r", from[length - 1]) != NULL)
        length--;
    size_t start = 0;
    while (start < length && strchr(" \t", from[start]) != NULL)
        start++;
    return mem_text_part(mem, from + start, length - start);
}

struct file_reading {
    const char *name;
    int line;
    bool is_taken[KNOWN_COUNT];
    struct settings *into;
};

/* One line without white space at its ends; the file holds no zero bytes. */
static enum status read_line(struct ctx *ctx, struct file_reading *file, const char *line)
{
    if (line[0] == '\0' || line[0] == '#')
        return OK;
    const char *where = mem_format(ctx->mem, "%s line %d", file->name, file->line);
    size_t name_length = strcspn(line, "=");
    if (line[name_length] == '\0')
        return ctx_fail(ctx, ERR_INVALID, "%s: there is no \"=\"; a line is: name = value", where);
    const char *name = trimmed(ctx->mem, line, name_length);
    const struct known *setting = find_known(name);
    if (setting == NULL)
        return fail_unknown(ctx, where, name);
    if (file->is_taken[setting - known])
        return ctx_fail(ctx, ERR_INVALID, "%s: \"%s\" stands in the file twice", where, name);
    file->is_taken[setting - known] = true;
    const char *value = line + name_length + 1;
    return take_value(ctx, setting, where, trimmed(ctx->mem, value, strlen(value)), file->into);
}

enum status settings_read_file(struct ctx *ctx, const char *name, const char *bytes,
                               size_t length_bytes, struct settings *into)
{
    if (length_bytes > FILE_BYTES_MAX)
        return ctx_fail(ctx, ERR_INVALID, "%s is longer than %d bytes", name, FILE_BYTES_MAX);
    if (text_problem(bytes, length_bytes) != TEXT_FINE)
        return ctx_fail(ctx, ERR_INVALID, "%s is not plain text in UTF-8", name);
    const char *text = mem_text_part(ctx->mem, bytes, length_bytes);
    struct file_reading file = {.name = name, .into = into};
    if (text_begins(text, "\xef\xbb\xbf")) /* some editors begin a file with a byte order mark */
        text += 3;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        file.line++;
        TRY(read_line(ctx, &file, trimmed(ctx->mem, text, length)));
        text += length + (text[length] == '\n');
    }
    return OK;
}

/* Reads the whole file; ERR_NOT_FOUND when there is none. */
static enum status read_file(struct ctx *ctx, const char *path, struct text_span *out)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_FAULT;
    char *bytes = mem_bytes(ctx->mem, FILE_BYTES_MAX + 1);
    size_t length = fread(bytes, 1, FILE_BYTES_MAX + 1, file); /* one more than it may have */
    bool is_whole = ferror(file) == 0;
    fclose(file);
    *out = (struct text_span){bytes, length};
    return is_whole ? OK : ERR_FAULT;
}

static enum status take_file(struct ctx *ctx, const struct args *args, struct settings *out)
{
    const char *path = args != NULL ? args_value(args, "settings") : NULL;
    if (path == NULL)
        path = getenv("ONWARD_SETTINGS");
    bool is_named = path != NULL && path[0] != '\0';
    path = is_named ? path : "onward.conf";
    struct text_span content;
    enum status status = read_file(ctx, path, &content);
    if (status == ERR_NOT_FOUND && !is_named)
        return OK;
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, status, "there is no file of settings \"%s\"", path);
    if (status != OK)
        return ctx_fail(ctx, status, "the file of settings \"%s\" cannot be read", path);
    return settings_read_file(ctx, path, content.bytes, content.length_bytes, out);
}

static enum status take_environment(struct ctx *ctx, struct settings *out)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        char *variable = mem_format(ctx->mem, "ONWARD_%s", known[i].name);
        for (char *c = variable; *c != '\0'; c++)
            *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
        const char *value = getenv(variable);
        if (value != NULL && value[0] != '\0')
            TRY(take_value(ctx, &known[i], variable, value, out));
    }
    return OK;
}

static enum status take_args(struct ctx *ctx, const struct args *args, struct settings *out)
{
    for (size_t i = 0; args != NULL && i < KNOWN_COUNT; i++) {
        const char *name = with_dashes(ctx->mem, known[i].name);
        const char *value = args_value(args, name);
        if (value != NULL)
            TRY(take_value(ctx, &known[i], mem_format(ctx->mem, "--%s", name), value, out));
    }
    return OK;
}

static void take_built_in(struct mem *mem, struct settings *out)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        bool is_fine = set_value(mem, &known[i], known[i].built_in, out);
        assert(is_fine);
    }
}

struct settings settings_built_in(struct mem *mem)
{
    struct settings settings = {.database = NULL};
    take_built_in(mem, &settings);
    return settings;
}

enum status settings_read(struct ctx *ctx, const struct args *args, struct settings *out)
{
    struct settings settings = settings_built_in(ctx->mem);
    TRY(take_file(ctx, args, &settings));
    TRY(take_environment(ctx, &settings));
    TRY(take_args(ctx, args, &settings));
    if (settings.smtp[0] != '\0' && text_ends(settings.mail_from, ".invalid"))
        return ctx_fail(ctx, ERR_INVALID, "\"mail_from\" must be set when \"smtp\" is");
    *out = settings;
    return OK;
}

const struct args_option *settings_options(struct mem *mem)
{
    struct args_option *options = mem_array(mem, struct args_option, KNOWN_COUNT + 2);
    options[0] = (struct args_option){"settings", "PATH", file_help};
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        options[i + 1] =
            (struct args_option){with_dashes(mem, known[i].name), known[i].value, known[i].help};
    return options;
}

/* Hides rather too much than too little: a password may hold any sign, also "/" and "@". */
const char *settings_without_password(struct mem *mem, const char *url)
{
    const char *scheme_end = strstr(url, "://");
    if (scheme_end == NULL)
        return url;
    const char *user = scheme_end + 3;
    const char *at = strrchr(user, '@');
    const char *colon = strchr(user, ':');
    if (at != NULL && colon != NULL && colon < at)
        url = mem_format(mem, "%.*s:(hidden)%s", (int)(colon - url), url, at);
    const char *parameter = strstr(url, "password=");
    if (parameter == NULL)
        return url;
    size_t kept = (size_t)(parameter - url) + strlen("password=");
    return mem_format(mem, "%.*s(hidden)", (int)kept, url);
}

const char *settings_show(struct mem *mem, const struct settings *settings)
{
    struct text_builder lines = text_build(mem, 4 * FILE_BYTES_MAX);
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        const void *member = (const char *)settings + known[i].offset;
        const char *text;
        if (known[i].kind == KIND_NUMBER)
            text = mem_format(mem, "%lld", (long long)*(const int64_t *)member);
        else if (known[i].kind == KIND_YES_NO)
            text = *(const bool *)member ? "yes" : "no";
        else if (known[i].kind == KIND_BEGINS)
            text = settings_without_password(mem, *(const char *const *)member);
        else
            text = *(const char *const *)member;
        text_add_format(&lines, "%s = %s\n", known[i].name, text);
    }
    const char *shown;
    return text_build_end(&lines, &shown) == OK ? shown : "";
}
