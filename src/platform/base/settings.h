/* SPDX-License-Identifier: MIT */
/*
 * settings.h - what an operator can set, from three places.
 *
 * The command line counts over the environment, the environment over the file, the file over what
 * is built in.  A setting has one name in three spellings: `base_url = ...` in the file,
 * ONWARD_BASE_URL, --base-url.  One table (settings.c) holds them all with their help.
 *
 * The file is onward.conf in the current folder, or what --settings or ONWARD_SETTINGS names.  It
 * has a line for each setting, `name = value` without quotes; lines that begin with # say nothing.
 */
#ifndef PLATFORM_BASE_SETTINGS_H
#define PLATFORM_BASE_SETTINGS_H

#include "platform/base/args.h"
#include "platform/base/ctx.h"

struct settings {
    const char *database;       /* "sqlite:PATH" or "postgresql://..."; may hold a password    */
    const char *listen;         /* "HOST:PORT"; no host: every address of this machine         */
    const char *base_url;       /* how people reach the service, without a slash at the end     */
    const char *service_name;   /* on every page and mail                                       */
    const char *contact_email;  /* where people can ask for help; "": nowhere                  */
    const char *postal_address; /* where people can send paper, parted by commas; "": nowhere   */
    const char *smtp;           /* "smtp://..." or "smtps://..."; may hold a password; "": mail
                                 stays in the outbox                                          */
    const char *mail_from;      /* the address that mail comes from                             */
    const char *dkim_key;       /* path of a private key in PEM that signs mail; "": none       */
    const char *dkim_selector;  /* under which its public half stands in DNS                    */
    int64_t bulk_per_second_count; /* most messages of a newsletter a second; 0: no limit        */
    const char *hand_folder;     /* where this machine notes what it hands over; "": mail_hand.h  */
    const char *mail_answers_to; /* the mailbox that is piped to `onward mail receive`; "": none  */
    const char *trusted_proxies; /* addresses or networks, separated by commas; "": none      */
    const char *clamd_socket;    /* path; "": uploads are not scanned                            */
    const char *log_level;       /* "debug", "info", "warn" or "error"                           */
    int64_t workers_count;       /* threads that answer requests; 0: one a processor             */
    int64_t job_workers_count;   /* threads of `serve` that do jobs; 0: only `onward work` does */
    int64_t connections_count;   /* most connections at once                                    */
    int64_t
        requests_per_minute_count; /* most of one address a minute, over all nodes; 0: no limit */
    int64_t nodes_count;           /* processes that share the requests; at least 1 */
    int64_t counts_kept_secs;      /* of lists, on PostgreSQL; 0: not used again */
    const char *second_factor; /* "required" for roles that see many people's data, or "offered" */
    const char *sign_in_providers; /* path of the file of OpenID Connect providers; "": none    */
    bool check_links;   /* whether links to other websites are called; see platform/net/look.h */
    bool demonstration; /* invented data: pages say so, and mail can be read at /desk   */
};

/* What is built in, e.g. for tests to change. */
struct settings settings_built_in(struct mem *mem);

/*
 * Reads all three places.  args may be NULL.  Values live as long as ctx->mem; the caller puts
 * *out into ctx->settings.  A variable of the environment that is empty counts as not set.
 *
 * ERR_INVALID    a value breaks its rule, a line of the file cannot be read, an unknown or repeated
 *                name in the file: ctx->fault says which and where, for the operator
 * ERR_NOT_FOUND  the file that was named does not exist
 * ERR_FAULT      the file could not be read
 */
MUST_CHECK enum status settings_read(struct ctx *ctx, const struct args *args,
                                     struct settings *out);

/* Takes the settings of a file's content (any bytes) over those in *into.  name is for ctx->fault.
 * ERR_INVALID  as above */
MUST_CHECK enum status settings_read_file(struct ctx *ctx, const char *name, const char *bytes,
                                          size_t length_bytes, struct settings *into);

/* Every setting as an option, for args_read and args_help; --settings among them. */
const struct args_option *settings_options(struct mem *mem);

/* The settings in force as the lines of a file.  A password is shown as "(hidden)". */
const char *settings_show(struct mem *mem, const struct settings *settings);

/* A URL or connection string without its password, for showing and logging. */
const char *settings_without_password(struct mem *mem, const char *url);

#endif
