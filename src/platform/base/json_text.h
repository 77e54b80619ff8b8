/* SPDX-License-Identifier: MIT */
/* json_text.h - JSON as text that goes with a lifetime. */
#ifndef PLATFORM_BASE_JSON_TEXT_H
#define PLATFORM_BASE_JSON_TEXT_H

#include "platform/base/mem.h"

#include <jansson.h>

/* The text of an object or array, with the flags of json_dumps; NULL gives "". */
char *json_text(struct mem *mem, const json_t *json, size_t flags);

/* The same, of what is let go then. */
char *json_text_taken(struct mem *mem, json_t *given, size_t flags);

#endif
