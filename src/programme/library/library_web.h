/* SPDX-License-Identifier: MIT */
/* library_web.h - the pages of guidance and their desk, for the lists of the program. */
#ifndef PROGRAMME_LIBRARY_LIBRARY_WEB_H
#define PROGRAMME_LIBRARY_LIBRARY_WEB_H

#include "programme/access/access_web.h"
#include "programme/library/library.h"

extern const struct web_route library_routes[];
extern const struct web_route library_desk_routes[];
extern const struct web_route library_edit_routes[];
extern const struct web_route library_picture_routes[];

extern const struct desk_queue library_queues[];

#endif
