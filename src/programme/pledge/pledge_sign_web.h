/* SPDX-License-Identifier: MIT */
/* pledge_sign_web.h - the journey of signing, and what the views of pledge_sign.html need. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_SIGN_WEB_H
#define PROGRAMME_PLEDGE_PLEDGE_SIGN_WEB_H

#include "platform/web/journey.h"
#include "programme/pledge/pledge.h"

extern const struct journey pledge_signing;

#endif
