/* SPDX-License-Identifier: MIT */
/* programme_glass.c - every kind of record that can be opened in an emergency. */
#include "programme/oversight/oversight.h"
#include "programme/pledge/pledge_routes.h"

const struct glass_kind *const glass_kinds[] = {
    &oversight_person_kind,
    &pledge_glass_kind,
    NULL,
};
