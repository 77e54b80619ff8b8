/* SPDX-License-Identifier: MIT */
#include "platform/base/test.h"
#include "programme/lead/enquiry.h"
TEST(nothing_is_there)
{
    CHECK(ctx != NULL);
}
