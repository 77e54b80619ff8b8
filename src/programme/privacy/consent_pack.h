/* SPDX-License-Identifier: MIT */
/* consent_pack.h - the check of a pack of wordings, for privacy_pack_readers; this folder only. */
#ifndef PROGRAMME_PRIVACY_CONSENT_PACK_H
#define PROGRAMME_PRIVACY_CONSENT_PACK_H

#include "programme/privacy/privacy.h"

MUST_CHECK enum status consent_pack_check(struct ctx *ctx, const struct pack *pack);

#endif
