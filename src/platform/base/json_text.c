/* SPDX-License-Identifier: MIT */
/* json_text.c - jansson's text, moved to our memory. */
#include "platform/base/json_text.h"

#include <string.h>

char *json_text(struct mem *mem, const json_t *json, size_t flags)
{
    if (json == NULL)
        return mem_text(mem, "");
    char *text = json_dumps(json, flags);
    return mem_text_taken(mem, text, text != NULL ? strlen(text) : 0);
}

char *json_text_taken(struct mem *mem, json_t *given, size_t flags)
{
    char *text = json_text(mem, given, flags);
    json_decref(given);
    return text;
}
