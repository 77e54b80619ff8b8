/* SPDX-License-Identifier: MIT */
/* asset_test.c - what the assets promise. */
#include "platform/view/asset.h"

#include "platform/base/test.h"

static const char *const names[] = {"site.css", "site.js", "favicon.svg", "icon-180.png",
                                    "nhsuk-icon-cross.svg"};

static struct asset asset_named(const char *name)
{
    struct asset asset = {0};
    if (!asset_find(asset_href(name), &asset))
        fail_msg("no asset %s", name);
    return asset;
}

static bool holds(const struct asset *asset, const char *text)
{
    return memmem(asset->bytes, asset->size_bytes, text, strlen(text)) != NULL;
}

TEST(every_asset_is_found_at_its_own_address_only)
{
    struct asset asset;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        asset = asset_named(names[i]);
        CHECK_TEXT(asset.name, names[i]);
        CHECK(asset.size_bytes > 0 && strncmp(asset.href, "/assets/", 8) == 0);
        CHECK(asset.gzip_bytes == NULL || asset.gzip_size_bytes < asset.size_bytes);
    }
    CHECK(!asset_find("/assets/site.css", &asset));
    CHECK(!asset_find("/assets/site-0000000000000000.css", &asset));
    CHECK(!asset_find("", &asset));
}

TEST(no_asset_asks_another_site_for_anything)
{
    static const char *const asking[] = {"http://", "https://", "@font-face",      "@import",
                                         "url(//",  "Frutiger", "sourceMappingURL"};
    for (size_t i = 0; i < 2; i++) {
        struct asset asset = asset_named(names[i]);
        for (size_t j = 0; j < sizeof asking / sizeof asking[0]; j++)
            if (holds(&asset, asking[j]))
                fail_msg("%s holds \"%s\"", names[i], asking[j]);
        CHECK(asset.size_bytes > 0);
    }
}

TEST(the_stylesheet_holds_what_pages_use_and_not_the_rest)
{
    struct asset css = asset_named("site.css");
    CHECK(holds(&css, ".nhsuk-button") && holds(&css, ".nhsuk-header__navigation"));
    CHECK(holds(&css, ".app-phase") && holds(&css, "@media print"));
    CHECK(holds(&css, ".nhsuk-header__menu-list")); /* only a script writes it */
    CHECK(!holds(&css, ".nhsuk-hero"));
    CHECK(css.gzip_size_bytes < 30 * 1024);
}

TEST(the_images_that_the_stylesheet_names_are_there)
{
    struct asset css = asset_named("site.css");
    static const char begin[] = "url(/assets/";
    const char *rest = mem_text_part(ctx->mem, (const char *)css.bytes, css.size_bytes);
    size_t found = 0;
    while ((rest = strstr(rest, "url(")) != NULL) {
        CHECK(strncmp(rest, begin, sizeof begin - 1) == 0);
        rest += strlen("url(");
        struct asset image;
        CHECK(asset_find(mem_text_part(ctx->mem, rest, strcspn(rest, ")")), &image));
        found++;
    }
    CHECK(found > 0);
}

TEST(the_script_runs_nothing_that_the_policy_refuses)
{
    struct asset js = asset_named("site.js");
    CHECK(!holds(&js, "eval(") && !holds(&js, "new Function") && !holds(&js, "document.write"));
    CHECK(holds(&js, "js-enabled"));
    CHECK(js.gzip_size_bytes < 30 * 1024);
}
