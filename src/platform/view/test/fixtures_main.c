/* SPDX-License-Identifier: MIT */
/*
 * fixtures_main.c - renders every published fixture of nhsuk-frontend and compares.
 *
 * usage: component-fixtures FOLDER [COMPONENT]
 *
 * FOLDER is nhsuk-frontend's dist/nhsuk/components.  Prints each difference, which components are
 * not yet built, and last "fixtures: PASSED/ALL".  Exits 1 when a component that is built differs
 * anywhere, or when the fixtures are missing.
 */
#include "platform/view/test/shape.h"
#include "platform/view/test/tree.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

struct tally {
    size_t folders;
    size_t all;
    size_t passed;
    size_t failed;
    size_t without_fixtures;
    const char *not_built;
};

/* What the component writes for the fixture, or NULL with *wrong. */
static const char *rendered(struct mem *mem, const struct shaped_component *component,
                            const json_t *fixture, const char **wrong)
{
    void *p = mem_bytes(mem, component->shape->size_bytes);
    *wrong = shape_read(mem, component->shape, json_object_get(fixture, "context"), p);
    json_t *block = json_object_get(fixture, "callBlock");
    if (*wrong == NULL && block != NULL) {
        json_t *more = json_pack("{sO}", component->caller, block);
        *wrong = shape_read(mem, component->shape, more, p);
        json_decref(more);
    }
    if (*wrong != NULL)
        return NULL;
    struct view out = {.mem = mem};
    component->write(&out, p);
    return out.text != NULL ? out.text : "";
}

static bool passes(const struct shaped_component *component, const json_t *fixture, bool verbose)
{
    struct mem *mem = mem_root();
    const char *wanted = json_string_value(json_object_get(fixture, "html"));
    const char *difference;
    const char *got = rendered(mem, component, fixture, &difference);
    if (difference == NULL)
        difference = tree_difference(mem, wanted, got);
    bool same = difference == NULL;
    if (!same)
        printf("%s: \"%s\": %s\n", component->folder,
               json_string_value(json_object_get(fixture, "name")), difference);
    if (!same && verbose)
        printf("--- wanted\n%s\n--- got\n%s\n", wanted, got != NULL ? got : "");
    mem_end(mem);
    return same;
}

static const struct shaped_component *find(const char *folder)
{
    for (const struct shaped_component *c = shaped_components; c->folder != NULL; c++)
        if (strcmp(c->folder, folder) == 0)
            return c;
    return NULL;
}

static void take(struct mem *mem, struct tally *tally, const char *folder, const json_t *fixtures,
                 bool verbose)
{
    const struct shaped_component *component = find(folder);
    size_t count = json_array_size(fixtures);
    tally->folders++;
    tally->all += count;
    if (component == NULL) {
        tally->not_built = tally->not_built == NULL
                               ? mem_text(mem, folder)
                               : mem_format(mem, "%s, %s", tally->not_built, folder);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        bool passed = passes(component, json_array_get(fixtures, i), verbose);
        tally->passed += passed;
        tally->failed += !passed;
    }
}

/* A comparison that cannot fail proves nothing: each of these must differ. */
static bool comparison_works(struct mem *mem)
{
    static const char *const pairs[][2] = {
        {"<p>a</p>", "<p>b</p>"},          {"<p class=\"a\">x</p>", "<p class=\"b\">x</p>"},
        {"<p>a</p>", "<div>a</div>"},      {"<p hidden>x</p>", "<p>x</p>"},
        {"<p>x</p>", "<p id=\"a\">x</p>"}, {"<ul><li>a<li>b</ul>", "<ul><li>a</ul>"},
        {"<p>a b</p>", "<p>ab</p>"},       {"<search>x</search>", "<main>x</main>"}};
    bool works = tree_difference(mem, "<p class=\"a\" id=\"b\"> x\n y</p>",
                                 "<p id=\"b\" class=\"a\">x y</p>") == NULL;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        works = works && tree_difference(mem, pairs[i][0], pairs[i][1]) != NULL;
    return works;
}

static int run(struct mem *mem, const char *root, const char *only)
{
    struct dirent **entries;
    struct tally tally = {0};
    int count = scandir(root, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *folder = entries[i]->d_name;
        json_t *file =
            json_load_file(mem_format(mem, "%s/%s/fixtures.json", root, folder), 0, NULL);
        if (file != NULL && (only == NULL || strcmp(only, folder) == 0))
            take(mem, &tally, folder, json_object_get(file, "fixtures"), only != NULL);
        json_decref(file);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    if (tally.folders == 0) {
        fprintf(stderr, "no fixtures in %s: run script/bootstrap\n", root);
        return 1;
    }
    if (tally.not_built != NULL)
        printf("not yet built: %s\n", tally.not_built);
    printf("components: %zu\nfixtures: %zu/%zu\n", tally.folders, tally.passed, tally.all);
    return tally.failed == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fputs("usage: component-fixtures FOLDER [COMPONENT]\n", stderr);
        return 2;
    }
    struct mem *mem = mem_root();
    if (!comparison_works(mem)) {
        fputs("the comparison of trees does not work\n", stderr);
        return 1;
    }
    int status = run(mem, argv[1], argc == 3 ? argv[2] : NULL);
    mem_end(mem);
    return status;
}
