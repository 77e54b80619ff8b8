/* SPDX-License-Identifier: MIT */
/* consent_test.c - what consent promises. */
#include "programme/privacy/privacy.h"

#include "platform/base/test.h"
