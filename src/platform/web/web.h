/* SPDX-License-Identifier: MIT */
/*
 * web.h - requests, answers, the table of routes, and the one place that decides who may pass.
 *
 * A route is a row: method, path, access, handler, summary.  Access has no default: a row without
 * it stops the start.  The dispatcher, not the handler, checks method, access, sizes, rates and,
 * for everything that is not GET or HEAD, the form token and the origin.  A handler reads the form
 * by its table, calls one function of its capability, fills a view and answers.
 *
 * The platform knows neither roles nor organisations: it asks the policy function of the program
 * (struct web_app) whether this person has this access, and hands on the scope that it answers.
 */
#ifndef PLATFORM_WEB_WEB_H
#define PLATFORM_WEB_WEB_H

#include "platform/base/ctx.h"
#include "platform/view/view.h"
#include "platform/web/answers.h"

struct job_kind;
struct journey;
struct listing;
struct store_migration_set;
struct web_inner;
struct web_request;
struct web_answer;

/* What a route requires.  Values from WEB_ACCESS_FIRST on are the program's own (its policy). */
enum { WEB_ACCESS_UNSET = 0, WEB_PUBLIC = 1, WEB_SIGNED_IN = 2, WEB_ACCESS_FIRST = 16 };

/*
 * What the policy answers for one request.  A scope narrows what a listing shows: it is bound to
 * the query's argument `scope`, and a query without that argument is refused (403), so that
 * forgetting it shows nothing instead of everything.
 */
struct web_grant {
    const char *role;     /* the role used, for the record; "" for the public          */
    const char *scope;    /* what it is limited to; NULL: everything that the route shows */
    const char *go_first; /* with ERR_FORBIDDEN: the path of a step by which the person would
                                   get the access, such as a second factor; NULL: there is none */
};

/* How the person who asks is signed in; all 0 when nobody is. */
struct web_session {
    int64_t id;
    int strength;      /* SESSION_ONE_FACTOR or SESSION_TWO_FACTORS               */
    int needs;         /* below this strength only routes with any_strength answer */
    int64_t proved_at; /* UTC seconds: when the person last proved who it is       */
};

/* How long a proof is good for routes with needs_proof. */
enum { WEB_PROOF_SECS = 10 * 60 };

typedef enum status web_handler(struct web_request *request, struct web_answer *answer);

struct web_route {
    const char *method; /* "GET", "POST"; HEAD follows from GET.  NULL ends a table      */
    const char *path;   /* "/pledges/:reference": a segment that begins with : is a value */
    int access;         /* required */
    web_handler *handler;
    const char *summary; /* one line, for `onward routes` and the API document             */
    const struct journey *journey; /* instead of a handler: WEB_JOURNEY */
    const struct listing *listing; /* instead of a handler: WEB_LISTING */
    const char *answers; /* a handler that answers JSON: its JSON Schema (2020-12); NULL: it answers
                            pages.  Journeys and listings say theirs themselves (openapi.h)     */
    const char *asks;    /* names of its query arguments, parted by spaces; NULL: none            */
    bool is_base;      /* set by the platform: the first row of a journey or a listing           */
    bool takes_files;  /* a body may hold WEB_UPLOAD_BYTES_MAX; of itself for journeys */
    bool needs_proof;  /* a grave act: who it is must have been proved in the last WEB_PROOF_SECS */
    bool any_strength; /* open to a session that still needs its second factor: that step itself */
    bool is_one_click; /* a POST for which the secret in its path is enough: it needs no form token
                          and may come from anywhere, as mail programs send it (RFC 8058)        */
};

/* Rows that stand for all the routes of a journey or a listing; `onward routes` shows each. */
#define WEB_JOURNEY(path_, access_, journey_, summary_)                                            \
    {                                                                                              \
        .method = "JOURNEY", .path = (path_), .access = (access_), .journey = (journey_),          \
        .summary = (summary_)                                                                      \
    }
#define WEB_LISTING(path_, access_, listing_, summary_)                                            \
    {                                                                                              \
        .method = "LISTING", .path = (path_), .access = (access_), .listing = (listing_),          \
        .summary = (summary_)                                                                      \
    }

enum web_format { WEB_HTML, WEB_JSON };

struct web_request {
    struct ctx *ctx;
    const struct web_app *app;
    const struct web_route *route;
    const char *method; /* "HEAD" is shown to handlers as "GET"                               */
    const char *path;   /* decoded, without the query                                         */
    const char *target; /* path and query as sent, for links back to this page                */
    const struct form_answers *query;
    const struct form_answers *sent; /* the form or JSON members of a POST; never NULL        */
    const char *body;                /* the raw bytes when it was JSON, else NULL             */
    size_t body_bytes;
    enum web_format
        wants;           /* WEB_JSON for API callers: path ends in .json, Accept, or a JSON body */
    const char *browser; /* hash that stands for this browser's cookie; owner of its drafts; ""
                            when it sent none, which a form that was posted always does        */
    const char *address; /* hash of the caller's address, for rate limits                     */
    struct web_grant grant;
    struct web_session session;
    const char *person_name; /* for the page header when signed in; "" else */
    int64_t key_id; /* of the key that another program showed instead of a session; 0: none */
    struct web_values {
        const char *name[8], *value[8];
        int count;
    } values;                /* of the path */
    struct web_inner *inner; /* the dispatcher's own */
};

/* The value of `:name` in the route's path; "" when the route has none of that name. */
const char *web_value(const struct web_request *request, const char *name);

/* The first value of a query argument; "" when absent. */
const char *web_query(const struct web_request *request, const char *name);

/* The first header of that name, in any case; "" when absent. */
const char *web_asked(const struct web_request *request, const char *name);

/* What a form of this browser must send as form_token; another text each time, so that a compressed
 * page gives nothing away.  Asking for it makes the answer private to this browser, and gives it a
 * cookie when it has none. */
const char *web_token(struct web_request *request);

/* How a page looks where somebody shares its address; both paths as an address has them. */
struct web_shared {
    const char *path;        /* the one address of the page; NULL: it is not for sharing */
    const char *picture;     /* path where web_shared_picture answers                    */
    const char *alternative; /* what the picture says: picture_shared_words              */
};

struct web_crumb {
    const char *text, *href;
};

/* How the layout surrounds answer->body. */
struct web_page {
    const char *title;          /* required for HTML; the layout adds the service's name       */
    const char *description;    /* for search engines; may be NULL                             */
    struct web_crumb crumbs[5]; /* from the top; the page itself is not among them             */
    const char *back_href;      /* instead of crumbs, in journeys                              */
    const char *section;        /* address of the navigation item that is current, "/pledges"  */
    bool has_problem;           /* the title begins with "Error: "                             */
    bool is_wide;               /* full width instead of two thirds                            */
    const char *feeds[4];       /* NULL-ended hrefs of alternates: .atom, .json ...            */
    struct web_shared shared;   /* what the head says to who shares the page (Open Graph)      */
    const char *linked_data;    /* JSON-LD for search engines; NULL: none                      */
};

/* Gives the next part of a streamed answer: append to out (about 64 KiB a call).  ERR_NOT_FOUND:
 * that was the end, what was appended still counts.  Anything else breaks the answer off, so that
 * the reader sees that it is not whole. */
typedef enum status web_stream_fn(void *arg, struct view *out);

enum { WEB_HEADERS_MAX = 24 };

struct web_answer {
    int code;         /* 0: chosen from the status the handler returned; OK is 200    */
    struct view body; /* HTML inside the layout, or the bytes of content_type         */
    struct web_page page;
    const char *content_type;  /* NULL: a page in the layout                                   */
    const char *location;      /* with 303                                                     */
    const char *download_name; /* sent as an attachment of this name; NULL: shown inline       */
    bool is_public; /* the same for everyone who is not signed in: follows from nothing but the
                       address, the store and the time.  May be cached, gets an ETag */
    bool is_same_all_day;  /* with is_public: of the time, nothing but the London day matters to it.
                             May be sent again until the store changes or the day ends */
    bool is_immutable;     /* the address changes with the content: cached for good        */
    const char *encoding;  /* "gzip": the body is compressed already                       */
    int64_t modified_at;   /* UTC seconds, 0: not known                                    */
    int retry_secs;        /* with 429 and 503: when to come again; 0: the usual           */
    web_stream_fn *stream; /* instead of body: see web_stream */
    void *stream_arg;
    struct ctx *stream_ctx; /* web_stream's */
    const char *cookie;     /* a Set-Cookie line that session.h made */
    /* Called when the reader gets the body from its first byte on, for counts without people: not
     * for HEAD, not for who has it already (304), not for a later part or a mere look of under
     * 1,000 bytes (finish_range.c).  If it fails the answer is sent all the same.  NULL: none. */
    enum status (*taken)(struct ctx *ctx, void *arg);
    void *taken_arg;
    bool is_away; /* location is another service's: web_go_away */

    /* What the dispatcher made of it. */
    const struct web_route *route; /* NULL: none was found */
    size_t route_number;
    bool is_for_all; /* everybody without a cookie gets the same */
    bool is_taken;   /* see taken */
    struct web_header {
        const char *name, *value;
    } headers[WEB_HEADERS_MAX];
    int header_count;
};

/* ---- answering ---- */

/* 303 to a path of this service: reload and Back are then harmless. */
enum status web_see_other(struct web_answer *answer, const char *location);

/* 303 to another service, by http or https: only to an address that an operator set. */
enum status web_go_away(struct web_answer *answer, const char *url);

/* A plain page in the design system with this code, a heading and a sentence that says what to do
 * next; as application/problem+json for API callers.  Returns the status that goes with the code,
 * for `return web_sorry(...)`. */
enum status web_sorry(struct web_request *request, struct web_answer *answer, int code,
                      const char *heading, const char *sentence);

/* JSON text as the answer. */
enum status web_json(struct web_answer *answer, const char *json);

/* The picture beside a shared address as the answer: public, the same till the store changes, and
 * other sites may show it.  Call it only of what the public may read. */
struct picture_shared;
MUST_CHECK enum status web_shared_picture(struct web_request *request, struct web_answer *answer,
                                          const struct picture_shared *shared);

/*
 * Begins a streamed answer.  *out has memory and a store connection of its own that live until the
 * reader has it all or went away: allocate the argument from it, open the cursor in it, then set
 * answer->stream and stream_arg.  Nothing of the request may be used by the stream.
 *
 * ERR_BUSY  as many streams as there may be are running
 */
MUST_CHECK enum status web_stream(struct web_request *request, struct web_answer *answer,
                                  struct ctx **out);

/* A header more.  More than WEB_HEADERS_MAX are dropped.  A Content-Security-Policy stands in place
 * of the usual one, and so does a
 * Cross-Origin-Resource-Policy, for a picture that other sites may show. */
void web_header(struct web_answer *answer, const char *name, const char *value);

/* ---- the program ---- */

struct web_link {
    const char *text, *href;
};

/* What the program tells the platform at the start; constant. */
struct web_app {
    const struct web_route *const *routes; /* tables, NULL-ended */
    const struct web_link *navigation;     /* ends with NULL text */
    const struct web_link *footer;
    const struct web_link *footer_signed_in; /* instead, for who is signed in; NULL: the same */
    const char *footer_text;                 /* who runs the service; may be NULL */
    const char *phase_tag, *phase_text; /* "Beta" and a sentence; NULL: none.  A demonstration (see
                                           settings) says so instead */

    /* Whether request->ctx->person has the access (an int above WEB_ACCESS_FIRST) now.
     * OK fills grant; ERR_FORBIDDEN: no, or not before grant.go_first.  Called for each such route
     * before its handler. */
    enum status (*may)(struct web_request *request, int access, struct web_grant *grant_out);

    /*
     * Another program showed a key (Authorization: Bearer): OK sets request->key_id, and nobody is
     * signed in; ERR_FORBIDDEN: it is none, or its time is over.  A request with a key has no
     * session, whatever cookies it brings, and needs no form token.  NULL: there are no keys.
     */
    enum status (*key)(struct web_request *request, const char *key);

    /* For the API document: whether a key can have this access, and the access in words.  May be
     * NULL. */
    bool (*key_may)(int access);
    const char *(*access_name)(int access);

    /* The name to show for a signed-in person; "" when the person is gone (session then ends). */
    enum status (*person_name)(struct ctx *ctx, struct person_id person, const char **out);

    /* The sentence that says how long something is kept, by the code of a rule: shown beside what
     * collects it (.kept of a journey or a field); "" for none.  NULL: nothing is shown. */
    enum status (*kept)(struct ctx *ctx, const char *rule, const char **out);

    const char *sign_in_path;  /* where someone without a session is sent, with ?next= */
    const char *second_path;   /* of the second factor, for sessions that need it; with ?next= */
    const char *proof_path;    /* where one proves again who one is; with ?next=      */
    const char *sign_out_path; /* of the POST that signs out; NULL: no such button    */
    const char *account_path;  /* of the person's own page; may be NULL               */
    const char *sitemap_path;  /* told to search engines by /robots.txt; NULL: none   */
    const char *search_path;   /* where the header's search form goes; NULL: none     */

    const struct job_kind *const *jobs; /* tables of work done later, NULL-ended; NULL: none */
    const struct store_migration_set *const *migrations; /* what /health compares with */
    size_t migration_count;
};

/* Routes of the platform itself, for every program's list: /health, /metrics, /robots.txt and
 * the assets. */
extern const struct web_route web_own_routes[];

enum {
    WEB_BODY_BYTES_MAX = 1024 * 1024,        /* of what is sent                              */
    WEB_UPLOAD_BYTES_MAX = 12 * 1024 * 1024, /* the same, as multipart on a row that takes files */
    WEB_UPLOAD_JSON_BYTES_MAX = WEB_UPLOAD_BYTES_MAX / 3 * 4, /* and as JSON: in base64 */
    WEB_HEADER_BYTES_MAX = 8 * 1024 /* of all headers of a request                  */
};

/* What lives as long as the service: the routes as a tree, the secret, rates and counters. */
struct web_server;

/*
 * Makes it; it lives as long as ctx->mem.  The first start on a store makes the secret there.
 *
 * ERR_INVALID  a route without access, handler or summary, or there twice; a setting (base_url,
 *              trusted_proxies) that cannot be read: ctx->fault says which
 * ERR_BUSY, ERR_FAULT  the store
 */
MUST_CHECK enum status web_server_new(struct ctx *ctx, const struct web_app *app,
                                      struct web_server **out);

/* A request as it came. */
struct web_raw {
    const char *method;
    const char *target;        /* as sent: path?query                                     */
    const char *const *header; /* name, value, name, value ..., NULL                      */
    const char *body;
    size_t body_bytes;
    int body_refused; /* 413: it is too long; 503: no room for it now.  It was not kept */
    const char *peer; /* textual address of the socket's other side              */
};

/*
 * Answers one request in this process: what the listener calls, and tests.  Fills request->route,
 * values, grant and the rest from method, target, headers and body, runs every check and the
 * handler, wraps the page, and never fails: what goes wrong becomes an answer with its code.
 * Everything that the answer holds lives as long as ctx->mem; raw must live as long.  ctx->person
 * is set from the session.
 */
void web_dispatch(struct ctx *ctx, struct web_server *server, const struct web_raw *raw,
                  struct web_answer *answer);

/* For `onward routes`: calls fn for every single route, journeys and listings spread out. */
MUST_CHECK enum status web_routes_each(struct ctx *ctx, const struct web_app *app,
                                       void (*fn)(void *arg, const struct web_route *route),
                                       void *arg);

/*
 * Serves until the process is told to stop (SIGTERM, SIGINT), then finishes what it began.  Workers
 * each have a store connection; another thread does the jobs.
 *
 * ERR_BUSY     the address is taken or the store cannot be reached
 * ERR_INVALID  as web_server_new, or `listen` is no address
 */
MUST_CHECK enum status web_serve(struct ctx *ctx, const struct web_app *app);

#endif
