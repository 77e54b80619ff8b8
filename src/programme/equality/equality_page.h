/* SPDX-License-Identifier: MIT */
/* equality_page.h - what the views of equality_page.html need, and nothing else. */
#ifndef PROGRAMME_EQUALITY_EQUALITY_PAGE_H
#define PROGRAMME_EQUALITY_EQUALITY_PAGE_H

#include "platform/view/components.h"
#include "platform/view/view.h"

#endif
