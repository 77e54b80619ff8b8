/* SPDX-License-Identifier: MIT */
/*
 * viewgen_main.c - the command around viewgen.c.
 *
 * usage: viewgen NAME.html NAME.html.h NAME.html.c [HEADER]
 *
 * The views see the structs of NAME.h when it stands beside NAME.html, else those of HEADER (a
 * path as an #include names it).  Exits 1 when a view is refused, 2 on wrong usage.
 */
#include "viewgen.h"

#include "platform/base/mem.h"

#include <string.h>

enum { FILE_BYTES_MAX = 1 << 20, PATH_BYTES = 1024 };

/* The header of the view's own name beside it, when there is one: its include name, else "". */
static void own_header(const char *file, char *header, size_t bytes)
{
    char path[PATH_BYTES];
    size_t length = strlen(file);
    header[0] = '\0';
    if (length < 5 || length >= sizeof path || strcmp(file + length - 5, ".html") != 0)
        return;
    snprintf(path, sizeof path, "%.*s.h", (int)length - 5, file);
    FILE *found = fopen(path, "r");
    if (found == NULL)
        return;
    fclose(found);
    snprintf(header, bytes, "%s", gen_include_name(path));
}

/* The whole text of a file, or NULL. */
static const char *read_file(struct mem *mem, const char *path)
{
    FILE *in = fopen(path, "r");
    if (in == NULL) {
        perror(path);
        return NULL;
    }
    char *text = mem_bytes(mem, FILE_BYTES_MAX + 1);
    size_t length = fread(text, 1, FILE_BYTES_MAX + 1, in);
    fclose(in);
    if (length > FILE_BYTES_MAX || memchr(text, '\0', length) != NULL) {
        fprintf(stderr, "%s:1: the file is too long or holds a zero byte\n", path);
        return NULL;
    }
    text[length] = '\0';
    return text;
}

static bool run(struct mem *mem, char **argv, const char *given)
{
    char header[PATH_BYTES];
    const char *text = read_file(mem, argv[1]);
    if (text == NULL)
        return false;
    FILE *h = fopen(argv[2], "w");
    FILE *c = fopen(argv[3], "w");
    if (h == NULL || c == NULL) {
        perror(h == NULL ? argv[2] : argv[3]);
        return false;
    }
    own_header(argv[1], header, sizeof header);
    bool is_right = gen_views(&(struct gen_files){.name = argv[1],
                                                  .text = text,
                                                  .header = header[0] != '\0' ? header : given,
                                                  .h = h,
                                                  .c = c,
                                                  .complaints = stderr});
    bool is_written = fclose(h) == 0;
    return fclose(c) == 0 && is_written && is_right;
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc > 5) {
        fputs("usage: viewgen NAME.html NAME.html.h NAME.html.c [HEADER]\n", stderr);
        return 2;
    }
    struct mem *mem = mem_root();
    bool is_right = run(mem, argv, argc == 5 ? argv[4] : "");
    mem_end(mem);
    return is_right ? 0 : 1;
}
