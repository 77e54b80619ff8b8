/* SPDX-License-Identifier: MIT */
/*
 * own.c - the platform's own pages.
 *
 *   GET /health      whether the service works, for load balancers and supervisors
 *   GET /metrics     what it counts, for the operator's monitoring (OpenMetrics)
 *   GET /robots.txt
 *   GET /assets/:name  stylesheet, script, images: the address changes with the content
 *
 * Counts by route are counts of what people do, so /metrics, and all of /health but its verdict,
 * are for this machine and the networks in trusted_proxies only; anyone else finds no such page.
 */
#include "platform/base/log.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/job/job.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "platform/view/asset.h"
#include "platform/web/finish.h"
#include "platform/web/openapi.h"
#include "platform/web/server.h"
#include "platform/web/web.sql.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { METRICS_BYTES_MAX = 4 * 1024 * 1024 };

static bool is_operator(const struct web_request *request)
{
    const struct web_inner *inner = request->inner;
    const struct address *address = &inner->caller.address;
    struct address peer;
    if (inner->raw->peer == NULL || !address_read(inner->raw->peer, &peer))
        return false;
    /* A proxy that was not declared speaks for strangers. */
    if (caller_header(inner->raw, "x-forwarded-for") != NULL &&
        !proxies_trust(inner->server->proxies, &peer))
        return false;
    return address_is_loopback(address) || proxies_trust(inner->server->proxies, address);
}

/* ---- /health ---- */

struct health {
    bool is_store_there, is_schema_right, has_jobs;
    struct job_counts jobs;
};

static struct health look(struct web_request *request)
{
    struct health health = {0};
    struct web_secret_get_row row;
    struct ctx *ctx = request->ctx;
    const struct web_app *app = request->app;
    health.is_store_there = web_secret_get(ctx, &row) == OK;
    health.is_schema_right = health.is_store_there &&
                             (app->migrations == NULL ||
                              store_schema_check(ctx, app->migrations, app->migration_count) == OK);
    health.has_jobs =
        health.is_schema_right && app->jobs != NULL && job_count(ctx, &health.jobs) == OK;
    return health;
}

static enum status show_health(struct web_request *request, struct web_answer *answer)
{
    struct health health = look(request);
    bool is_well = health.is_store_there && health.is_schema_right;
    struct mem *mem = request->ctx->mem;
    answer->code = is_well ? 200 : 503;
    if (!is_well)
        log_fault(request->ctx, LOG_ERROR, "not well");
    if (!is_operator(request))
        return web_json(answer, is_well ? "{\"status\":\"ok\"}" : "{\"status\":\"unavailable\"}");
    const char *jobs = "null";
    if (health.has_jobs)
        jobs =
            mem_format(mem,
                       "{\"waiting\":%lld,\"overdue\":%lld,\"overdue_secs\":%lld,"
                       "\"given_up\":%lld}",
                       (long long)health.jobs.waiting_count, (long long)health.jobs.overdue_count,
                       (long long)health.jobs.overdue_secs, (long long)health.jobs.given_up_count);
    return web_json(
        answer,
        mem_format(mem,
                   "{\"status\":\"%s\",\"database\":\"%s\",\"schema\":\"%s\","
                   "\"jobs\":%s}",
                   is_well ? "ok" : "unavailable", health.is_store_there ? "ok" : "unreachable",
                   health.is_schema_right ? "ok" : "not as this program needs it", jobs));
}

/* ---- /metrics ---- */

static long long value(const atomic_llong *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static void describe(struct text_builder *out, const char *name, const char *type, const char *help)
{
    text_add_format(out, "# TYPE %s %s\n# HELP %s %s\n", name, type, name, help);
}

static void add(struct text_builder *out, const char *name, const char *type, long long number,
                const char *help)
{
    describe(out, name, type, help);
    text_add_format(out, "%s%s %lld\n", name, strcmp(type, "counter") == 0 ? "_total" : "", number);
}

static void add_requests(struct text_builder *out, const struct web_server *server)
{
    const struct counts *counts = server->counts;
    describe(out, "onward_requests", "counter", "Answers by route and class of code.");
    for (size_t i = 0; i <= counts->route_count; i++) {
        bool is_route = i < counts->route_count;
        const struct web_route *route = is_route ? web_routes_at(server->routes, i) : NULL;
        for (int class = 0; class < COUNT_CLASSES; class ++)
            if (counts_of(counts, i, class) > 0)
                text_add_format(out,
                                "onward_requests_total{method=\"%s\",route=\"%s\",code=\"%dxx\"} "
                                "%lld\n",
                                is_route ? route->method : "", is_route ? route->path : "",
                                class + 1, counts_of(counts, i, class));
    }
}

static void add_durations(struct text_builder *out, const struct counts *counts)
{
    static const char name[] = "onward_request_duration_seconds";
    long long sum = 0;
    describe(out, name, "histogram", "From the first line of a request to the end of its answer.");
    for (int i = 0; i < COUNT_BUCKETS; i++) {
        sum += value(&counts->buckets[i]);
        if (i < COUNT_BUCKETS - 1)
            text_add_format(out, "%s_bucket{le=\"%g\"} %lld\n", name,
                            (double)count_bounds_usecs[i] / 1e6, sum);
        else
            text_add_format(out, "%s_bucket{le=\"+Inf\"} %lld\n", name, sum);
    }
    text_add_format(out, "%s_count %lld\n%s_sum %.6f\n", name, sum, name,
                    (double)value(&counts->usecs_sum) / 1e6);
}

static long long resident_bytes(void)
{
    long long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%lld %lld", &pages, &resident) != 2)
        resident = 0;
    fclose(file);
    return resident * sysconf(_SC_PAGESIZE);
}

static enum status add_waiting(struct text_builder *out, struct ctx *ctx)
{
    struct job_counts jobs;
    struct mail_counts mail;
    TRY(job_count(ctx, &jobs));
    TRY(mail_count(ctx, &mail));
    add(out, "onward_jobs_waiting", "gauge", jobs.waiting_count, "Jobs to be done.");
    add(out, "onward_jobs_overdue", "gauge", jobs.overdue_count, "Jobs due that nobody has taken.");
    add(out, "onward_jobs_overdue_seconds", "gauge", jobs.overdue_secs,
        "How long the oldest of them is due.");
    add(out, "onward_jobs_given_up", "gauge", jobs.given_up_count, "Jobs that failed for good.");
    add(out, "onward_mail_waiting", "gauge", mail.waiting_count, "Messages to be delivered.");
    return OK;
}

static enum status show_metrics(struct web_request *request, struct web_answer *answer)
{
    const char *text;
    const struct web_server *server = request->inner->server;
    const struct counts *counts = server->counts;
    struct text_builder out = text_build(request->ctx->mem, METRICS_BYTES_MAX);
    if (!is_operator(request))
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "metrics are for the operator");
    add_requests(&out, server);
    add_durations(&out, counts);
    add(&out, "onward_requests_in_flight", "gauge", value(&counts->in_flight),
        "Requests being read or answered.");
    add(&out, "onward_connections", "gauge", value(&counts->connections), "Open connections.");
    add(&out, "onward_streams", "gauge", value(&counts->streams), "Exports being sent.");
    add(&out, "onward_body_bytes", "gauge", value(&counts->body_memory_bytes),
        "Memory for bodies that are being read.");
    add(&out, "onward_sent_bytes", "counter", value(&counts->body_bytes_sum),
        "Bytes of answers, without streams.");
    add(&out, "onward_limited", "counter", value(&counts->limited), "Answers 429.");
    add(&out, "onward_busy", "counter", value(&counts->busy), "Answers 503.");
    add(&out, "onward_store_calls", "counter", value(&counts->store_calls),
        "Calls of the store while answering.");
    add(&out, "onward_kept_pages", "counter", value(&counts->kept_pages),
        "Public pages sent again unchanged.");
    add(&out, "onward_resident_bytes", "gauge", resident_bytes(), "Memory of the process.");
    TRY(add_waiting(&out, request->ctx));
    text_add(&out, "# EOF\n");
    TRY(text_build_end(&out, &text));
    answer->content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    view_raw(&answer->body, text, strlen(text));
    return OK;
}

/* ---- /robots.txt ---- */

static enum status show_robots(struct web_request *request, struct web_answer *answer)
{
    static const char all[] = "User-agent: *\nDisallow: /account\nDisallow: /desk\n";
    const char *map = request->app->sitemap_path;
    static const char none[] = "User-agent: *\nDisallow: /\n";
    bool is_invented = request->ctx->settings->demonstration;
    answer->content_type = "text/plain";
    answer->is_public = true;
    const char *text = is_invented ? none : all;
    if (!is_invented && map != NULL)
        text = mem_format(request->ctx->mem, "%s\nSitemap: %s%s\n", all,
                          request->ctx->settings->base_url, map);
    view_raw(&answer->body, text, strlen(text));
    return OK;
}

/* ---- /assets ---- */

static enum status show_asset(struct web_request *request, struct web_answer *answer)
{
    struct asset asset;
    if (!asset_find(request->path, &asset))
        return ERR_NOT_FOUND;
    bool is_packed = asset.gzip_bytes != NULL && finish_takes_gzip(request->inner->raw);
    answer->content_type = asset.content_type;
    answer->is_immutable = true;
    answer->encoding = is_packed ? "gzip" : NULL;
    /* Sent from where it stands in the program; nothing writes to a finished body. */
    answer->body.text = (char *)(uintptr_t)(is_packed ? asset.gzip_bytes : asset.bytes);
    answer->body.length_bytes = is_packed ? asset.gzip_size_bytes : asset.size_bytes;
    answer->body.room_bytes = answer->body.length_bytes;
    return OK;
}

const struct web_route web_own_routes[] = {
    {.method = "GET",
     .path = "/health",
     .access = WEB_PUBLIC,
     .handler = show_health,
     .summary = "Whether the service works.",
     .answers = "{\"type\":\"object\",\"required\":[\"status\"],\"properties\":{"
                "\"status\":{\"enum\":[\"ok\",\"unavailable\"]}}}"},
    {"GET", "/openapi.json", WEB_PUBLIC, web_openapi_show, "This API, as an OpenAPI document."},
    {"GET", "/metrics", WEB_PUBLIC, show_metrics, "What the service counts, for the operator."},
    {"GET", "/assets/:name", WEB_PUBLIC, show_asset, "Stylesheet, script and images."},
    {"GET", "/robots.txt", WEB_PUBLIC, show_robots, "What search engines should leave out."},
    {0},
};
