/* SPDX-License-Identifier: MIT */
/*
 * checkstyle_include.c - who may include whom: four floors, and the rooms on them.
 *
 * A room may include what is below it and, on its own floor, what the tables here say.  Never up,
 * never in a circle.
 */
#include "checkstyle.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 64, CAPABILITIES_MAX = 64 };

enum floor { FLOOR_NONE, FLOOR_PLATFORM, FLOOR_METHOD, FLOOR_PROGRAMME, FLOOR_COMMAND };

/* Where a file or an include stands. */
struct place {
    enum floor floor;
    char room[NAME_MAX_BYTES]; /* "store", "pledge"; "" directly on a floor */
    const char *rest;          /* what follows the room: "store.h" */
};

/* Rooms of the platform: what each may include beside itself. */
static const struct {
    const char *room;
    const char *may; /* " a b " */
} platform_rooms[] = {
    {"base", " "},
    {"store", " base "},
    {"view", " base "},
    {"job", " base store "},
    {"net", " base "},
    {"document", " base store view "},
    {"mail", " base store view document job "},
    {"web", " base store view document job mail "}, /* journeys mail links; serve does jobs */
};

/* Libraries that only one folder knows. */
static const struct {
    const char *header;
    const char *folder;
} libraries[] = {
    {"talloc.h", "src/platform/base/"},
    {"sqlite3.h", "src/platform/store/"},
    {"libpq-fe.h", "src/platform/store/"},
    {"microhttpd.h", "src/platform/web/"},
};

static const struct {
    const char *prefix;
    enum floor floor;
    bool has_rooms;
} floors[] = {
    {"platform/", FLOOR_PLATFORM, true},   {"method/", FLOOR_METHOD, false},
    {"programme/", FLOOR_PROGRAMME, true}, {"command/", FLOOR_COMMAND, false},
    {"main.c", FLOOR_COMMAND, false},
};

/* path without "src/". */
static struct place place_of(const char *path)
{
    struct place place = {.rest = path};
    for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++) {
        if (!style_begins(path, floors[i].prefix))
            continue;
        place.floor = floors[i].floor;
        place.rest = path + strlen(floors[i].prefix);
        size_t length = strcspn(place.rest, "/");
        if (floors[i].has_rooms && place.rest[length] == '/' && length < NAME_MAX_BYTES) {
            memcpy(place.room, place.rest, length);
            place.rest += length + 1;
        }
        break;
    }
    return place;
}

static bool room_may(const char *room, const char *other)
{
    for (size_t i = 0; i < sizeof platform_rooms / sizeof platform_rooms[0]; i++) {
        if (strcmp(platform_rooms[i].room, room) != 0)
            continue;
        for (const char *p = platform_rooms[i].may; (p = strstr(p, other)) != NULL; p++) {
            if (p[-1] == ' ' && p[strlen(other)] == ' ')
                return true;
        }
        return false;
    }
    return false; /* a room that the table does not know */
}

/* "pledge.h" of room "pledge". */
static bool is_front_door(const struct place *place)
{
    size_t length = strlen(place->room);
    return strncmp(place->rest, place->room, length) == 0 &&
           strcmp(place->rest + length, ".h") == 0;
}

/* "pledge_web.h" of room "pledge": what its pages offer to the pages of others. */
static bool is_web_door(const struct place *place)
{
    size_t length = strlen(place->room);
    return strncmp(place->rest, place->room, length) == 0 &&
           strcmp(place->rest + length, "_web.h") == 0;
}

/* "pledge_test_help.h" of room "pledge": what its tests share with the tests of others. */
static bool is_test_door(const struct place *place)
{
    size_t length = strlen(place->room);
    return strncmp(place->rest, place->room, length) == 0 &&
           strcmp(place->rest + length, "_test_help.h") == 0;
}

/* Pages may know the web; rules, and the front door that other rules include, may not. */
static bool may_know_web(const char *path, const struct place *from)
{
    const char *name = strrchr(path, '/') + 1;
    if (style_is_test(path) || strstr(name, "_web.") != NULL || strstr(name, "_web_") != NULL)
        return true;
    return from->room[0] == '\0' || (style_ends(path, ".h") && !is_front_door(from));
}

/* From platform/ROOM to another room of the platform, or "" when that is right. */
static const char *wrong_in_platform(struct mem *mem, const struct place *from,
                                     const struct place *to)
{
    if (strcmp(to->room, from->room) == 0 || room_may(from->room, to->room))
        return "";
    return mem_format(mem, "platform/%s may not include platform/%s", from->room, to->room);
}

/* From programme/CAPABILITY to anything not above it, or "" when that is right. */
static const char *wrong_in_programme(struct mem *mem, const char *path, const struct place *from,
                                      const struct place *to)
{
    bool same_room = to->floor == FLOOR_PROGRAMME && strcmp(to->room, from->room) == 0;
    if (from->room[0] == '\0' || same_room)
        return "";
    if (to->floor == FLOOR_PROGRAMME && to->room[0] == '\0')
        return "it lists the capabilities: a circle";
    bool is_page = may_know_web(path, from) && is_web_door(to);
    bool is_help = style_is_test(path) && is_test_door(to);
    if (to->floor == FLOOR_PROGRAMME && !is_front_door(to) && !is_page && !is_help)
        return mem_format(mem, "only its front door, programme/%s/%s.h", to->room, to->room);
    if (to->floor == FLOOR_PLATFORM && strcmp(to->room, "web") == 0 && !may_know_web(path, from))
        return "only what is named _web knows the web";
    return "";
}

static void check_direction(struct style *style, const struct style_file *file,
                            const struct place *from, const struct style_include *include)
{
    struct place to = place_of(include->path);
    const char *wrong = "";
    if (to.floor == FLOOR_NONE)
        wrong = "written from src/ on, in full";
    else if (to.floor > from->floor)
        wrong = "never up: platform < method < programme < command";
    else if (from->floor == FLOOR_PLATFORM)
        wrong = wrong_in_platform(style->mem, from, &to);
    else if (from->floor == FLOOR_PROGRAMME)
        wrong = wrong_in_programme(style->mem, file->path, from, &to);
    else if (from->floor == FLOOR_METHOD && to.floor == FLOOR_PLATFORM &&
             strcmp(to.room, "base") != 0)
        wrong = "method/ knows no database and no HTML";
    if (wrong[0] != '\0')
        style_find(style, file, include->line, "\"%s\": %s", include->path, wrong);
}

static void check_library(struct style *style, const struct style_file *file,
                          const struct style_include *include)
{
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
        if (strcmp(include->path, libraries[i].header) == 0 &&
            !style_begins(file->path, libraries[i].folder))
            style_find(style, file, include->line, "<%s>: only %s knows this library",
                       include->path, libraries[i].folder);
    }
}

/* The build's programs see what the program sees only where both must agree. */
static void check_tool(struct style *style, const struct style_file *file,
                       const struct style_include *include)
{
    static const char *const shared[] = {"platform/base/", "platform/store/store.h",
                                         "platform/view/allowed.h"};
    bool is_known = !include->is_ours || strchr(include->path, '/') == NULL;
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++)
        is_known = is_known || style_begins(include->path, shared[i]);
    if (!is_known)
        style_find(style, file, include->line, "\"%s\": tools build on platform/base only",
                   include->path);
}

void style_check_includes(struct style *style, const struct style_file *file)
{
    bool is_src = style_begins(file->path, "src/");
    bool is_tool = style_begins(file->path, "tools/") && !style_is_test(file->path);
    struct place from = is_src ? place_of(file->path + strlen("src/")) : (struct place){0};
    for (int i = 0; i < file->include_count; i++) {
        const struct style_include *include = &file->includes[i];
        check_library(style, file, include);
        if (is_src && include->is_ours && from.floor != FLOOR_NONE)
            check_direction(style, file, &from, include);
        if (is_tool)
            check_tool(style, file, include);
    }
}

/* ---- the whole tree ---- */

static bool has_file(const struct style *style, const char *path)
{
    for (int i = 0; i < style->file_count; i++) {
        if (strcmp(style->files[i]->path, path) == 0)
            return true;
    }
    return false;
}

/* A header that is included first proves that it is complete. */
void style_check_own_headers(struct style *style)
{
    for (int i = 0; i < style->file_count; i++) {
        const struct style_file *file = style->files[i];
        if (!style_ends(file->path, ".c"))
            continue;
        char *header = mem_text(style->mem, file->path);
        header[strlen(header) - 1] = 'h';
        if (!has_file(style, header))
            continue;
        bool is_src = style_begins(header, "src/");
        const char *wanted = is_src ? header + strlen("src/") : strrchr(header, '/') + 1;
        const char *first = file->include_count > 0 ? file->includes[0].path : "";
        if (strcmp(first, wanted) != 0)
            style_find(style, file, file->include_count > 0 ? file->includes[0].line : 1,
                       "its own header, \"%s\", is the first include", wanted);
    }
}

struct graph {
    char names[CAPABILITIES_MAX][NAME_MAX_BYTES];
    int count;
    const struct style_file *by[CAPABILITIES_MAX][CAPABILITIES_MAX]; /* who includes; or NULL */
    int line[CAPABILITIES_MAX][CAPABILITIES_MAX];
};

static int node_of(struct graph *graph, const char *name)
{
    int i = 0;
    while (i < graph->count && strcmp(graph->names[i], name) != 0)
        i++;
    if (i == graph->count && i < CAPABILITIES_MAX) {
        memcpy(graph->names[i], name, strlen(name) + 1);
        graph->count++;
    }
    return i;
}

static void add_edges(struct graph *graph, const struct style_file *file)
{
    if (!style_begins(file->path, "src/") || style_is_test(file->path))
        return;
    struct place from = place_of(file->path + strlen("src/"));
    for (int i = 0; i < file->include_count; i++) {
        struct place to = place_of(file->includes[i].path);
        if (from.floor != FLOOR_PROGRAMME || to.floor != FLOOR_PROGRAMME || from.room[0] == '\0' ||
            to.room[0] == '\0' || strcmp(from.room, to.room) == 0)
            continue;
        int a = node_of(graph, from.room);
        int b = node_of(graph, to.room);
        if (a < CAPABILITIES_MAX && b < CAPABILITIES_MAX && graph->by[a][b] == NULL) {
            graph->by[a][b] = file;
            graph->line[a][b] = file->includes[i].line;
        }
    }
}

/* Can b be left for a?  seen is marked on the way. */
static bool reaches(const struct graph *graph, int from, int to, bool *seen)
{
    if (from == to)
        return true;
    seen[from] = true;
    for (int next = 0; next < graph->count; next++) {
        if (graph->by[from][next] != NULL && !seen[next] && reaches(graph, next, to, seen))
            return true;
    }
    return false;
}

void style_check_circles(struct style *style)
{
    struct graph *graph = mem_new(style->mem, struct graph);
    for (int i = 0; i < style->file_count; i++)
        add_edges(graph, style->files[i]);
    for (int a = 0; a < graph->count; a++) {
        for (int b = 0; b < graph->count; b++) {
            bool seen[CAPABILITIES_MAX] = {false};
            if (graph->by[a][b] != NULL && reaches(graph, b, a, seen))
                style_find(style, graph->by[a][b], graph->line[a][b],
                           "%s includes %s and is included by it: a circle", graph->names[a],
                           graph->names[b]);
        }
    }
}
