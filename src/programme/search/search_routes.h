/* SPDX-License-Identifier: MIT */
/* search_routes.h - what this capability gives the lists of the program. */
#ifndef PROGRAMME_SEARCH_SEARCH_ROUTES_H
#define PROGRAMME_SEARCH_SEARCH_ROUTES_H

#include "programme/pack/pack.h"

extern const struct pack_reader search_pack_readers[];

#endif
