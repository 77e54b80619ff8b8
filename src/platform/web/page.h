/* SPDX-License-Identifier: MIT */
/* page.h - what page.html needs. */
#ifndef PLATFORM_WEB_PAGE_H
#define PLATFORM_WEB_PAGE_H

#include "platform/web/web.h"

#endif
