/* SPDX-License-Identifier: MIT */
/* programme_audit.c - every kind of event that the record of deeds knows, by capability. */
#include "programme/access/access.h"
#include "programme/audit/audit.h"
#include "programme/privacy/privacy.h"
#include "programme/rights/rights.h"
#include "programme/token/token.h"

const struct audit_kind *const audit_kinds[] = {
    access_audit_kinds, privacy_audit_kinds, rights_audit_kinds, token_audit_kinds, NULL,
};
