/* SPDX-License-Identifier: MIT */
/* filled.c - keeps the problems of a form: one a field, in the order they were found. */
#include "platform/base/filled.h"

#include <string.h>

void form_wrong(struct form_problems *problems, const char *field, const char *text)
{
    if (form_problem_of(problems, field) != NULL || problems->count == FORM_PROBLEMS_MAX)
        return;
    problems->items[problems->count++] = (struct form_problem){field, text};
}

const char *form_problem_of(const struct form_problems *problems, const char *field)
{
    for (size_t i = 0; problems != NULL && i < problems->count; i++) {
        if (strcmp(problems->items[i].field, field) == 0)
            return problems->items[i].text;
    }
    return NULL;
}
