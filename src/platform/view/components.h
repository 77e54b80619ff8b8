/* SPDX-License-Identifier: MIT */
/*
 * components.h - the design system: one struct and one view for each component.
 *
 * Every compiled view includes this, so a page writes {{button(.text = "Save")}}.  What they write
 * equals nhsuk-frontend's own published fixtures, element for element; components_test.c holds it.
 */
#ifndef PLATFORM_VIEW_COMPONENTS_H
#define PLATFORM_VIEW_COMPONENTS_H

#include "platform/view/components/content.h"
#include "platform/view/components/form.h"
#include "platform/view/components/page.h"
#include "platform/view/components/part.h"

#endif
