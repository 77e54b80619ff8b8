/* SPDX-License-Identifier: MIT */
/* own_test.c - what the service says about itself, and to whom. */
#include "platform/web/web.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/view/asset.h"
#include "platform/web/count.h"
#include "platform/web/server.h"
#include "platform/web/web_test_app.h"
#include "platform/web/web_test_client.h"

TEST(health_tells_anyone_the_verdict_and_the_operator_why)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/health");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "\"status\":\"ok\"") && client_has(c, "\"jobs\":{\"waiting\":0"));
    c->peer = "192.0.2.1";
    client_get(c, "/health");
    CHECK_TEXT(c->body, "{\"status\":\"ok\"}");
    store_fail_on_call(ctx->store, 1);
    client_get(c, "/health");
    CHECK_CODE(c, 503);
    CHECK_TEXT(c->body, "{\"status\":\"unavailable\"}");
}

TEST(metrics_are_for_the_operator_and_for_nobody_through_a_proxy)
{
    struct settings settings = settings_built_in(ctx->mem);
    settings.trusted_proxies = "10.0.0.0/8";
    ctx->settings = &settings;
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/metrics");
    CHECK_CODE(c, 200);
    c->peer = "10.0.0.1";
    client_get(c, "/metrics");
    CHECK_CODE(c, 200);
    c->peer = "192.0.2.1";
    client_get(c, "/metrics");
    CHECK_CODE(c, 404);
    client_set_header(c, "X-Forwarded-For", "127.0.0.1");
    client_get(c, "/metrics");
    CHECK_CODE(c, 404);
    c->peer = "127.0.0.1";
    client_get(c, "/metrics");
    CHECK_CODE(c, 404);
    c->peer = "10.0.0.1";
    client_set_header(c, "X-Forwarded-For", "192.0.2.1");
    client_get(c, "/metrics");
    CHECK_CODE(c, 404);
}

TEST(metrics_count_answers_by_route_and_never_by_path)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/values/secret");
    counts_answer(c->server->counts, c->answer.route_number, 200, 700, 10);
    counts_answer(c->server->counts, c->server->counts->route_count, 404, 3000000, 10);
    client_get(c, "/metrics");
    CHECK(client_has(c, "onward_requests_total{method=\"GET\",route=\"/values/:value\","
                        "code=\"2xx\"} 1\n"));
    CHECK(client_has(c, "onward_requests_total{method=\"\",route=\"\",code=\"4xx\"} 1\n"));
    CHECK(client_has(c, "_bucket{le=\"0.0005\"} 0\n") &&
          client_has(c, "_bucket{le=\"0.001\"} 1\n"));
    CHECK(client_has(c, "_bucket{le=\"1\"} 1\n") && client_has(c, "_bucket{le=\"+Inf\"} 2\n"));
    CHECK(client_has(c, "_count 2\n") && client_has(c, "_sum 3.000700\n"));
    CHECK(!client_has(c, "secret"));
    CHECK(client_has(c, "onward_jobs_waiting 0\n") && client_has(c, "onward_mail_waiting 0\n"));
    CHECK(strcmp(c->body + c->body_bytes - 6, "# EOF\n") == 0);
}

TEST(a_demonstration_is_not_for_search_engines)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/robots.txt");
    CHECK(client_has(c, "Disallow: /desk\n"));
    struct settings settings = settings_built_in(ctx->mem);
    settings.demonstration = true;
    ctx->settings = &settings;
    client_get(c, "/robots.txt");
    CHECK(client_has(c, "Disallow: /\n"));
}

TEST(assets_are_kept_for_good_and_sent_compressed)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, asset_href("site.css"));
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "cache-control"), "public, max-age=31536000, immutable");
    CHECK_TEXT(client_header(c, "content-encoding"), "");
    CHECK(strstr(client_header(c, "content-type"), "text/css") != NULL);
    CHECK(c->store_calls == 0);
    size_t plain_bytes = c->body_bytes;
    client_set_header(c, "Accept-Encoding", "gzip");
    client_get(c, asset_href("site.css"));
    CHECK_TEXT(client_header(c, "content-encoding"), "gzip");
    CHECK(c->body_bytes < plain_bytes / 2);
    client_get(c, "/assets/site-0000000000000000.css");
    CHECK_CODE(c, 404);
    client_get(c, "/assets/site.css");
    CHECK_CODE(c, 404);
}

TEST(a_page_stands_in_the_layout)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/");
    CHECK(client_has(c, "<title>Home") && client_has(c, "id=\"maincontent\""));
    CHECK(client_has(c, asset_href("site.css")));
    CHECK(client_has(c, "href=\"/sign-in\"") && !client_has(c, "Sign out"));
    client_sign_in(c, (struct person_id){ADA});
    client_get(c, "/");
    CHECK(client_has(c, "action=\"/sign-out\"") && client_has(c, "Ada"));
    client_post(c, "/sign-out", NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/nowhere");
    CHECK(client_has(c, "<title>Page not found") && client_has(c, "id=\"maincontent\""));
}
