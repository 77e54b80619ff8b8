/* SPDX-License-Identifier: MIT */
/* pack_web.h - the stages and the pillars of the programme, as choices of filters and forms. */
#ifndef PROGRAMME_PACK_PACK_WEB_H
#define PROGRAMME_PACK_PACK_WEB_H

#include "platform/web/form.h"

/* The stages of today, with what they are about as hints; none when no framework is in force. */
MUST_CHECK enum status stage_options(struct ctx *ctx, const struct form_option **out);

/* The three pillars, with hints. */
MUST_CHECK enum status pillar_options(struct ctx *ctx, const struct form_option **out);

/* The same for fields of forms, which form does not change. */
MUST_CHECK enum status stage_choices(struct ctx *ctx, const void *form,
                                     const struct form_option **out);
MUST_CHECK enum status pillar_choices(struct ctx *ctx, const void *form,
                                      const struct form_option **out);

#endif
