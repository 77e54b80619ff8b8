/* SPDX-License-Identifier: MIT */
/*
 * components.h - the design system: one struct and one view for each component.
 *
 * Every compiled view includes this, so a page writes {{button(.text = "Save")}}.
 */
#ifndef PLATFORM_VIEW_COMPONENTS_H
#define PLATFORM_VIEW_COMPONENTS_H

#include "platform/view/view.h"

#endif
