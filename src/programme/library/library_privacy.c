/* SPDX-License-Identifier: MIT */
/* library_privacy.c - what guidance keeps about people, and what the record of deeds is told. */
#include "programme/access/access.h"
#include "programme/library/library_internal.h"

const struct privacy_holding library_holdings[] = {
    {.table = "library_version",
     .name = "Guidance that you wrote",
     .what = "which versions of pages you wrote, and what you noted about them",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that editors know whom to ask about a page",
     .source = "you",
     .access = MAY_EDIT_CONTENT,
     .rule = "content-author",
     .rows = &library_version_copy_query,
     .erase = &library_version_erase_query,
     .kept_because = "The words that were public stay, without your name.",
     .retain = &library_version_retain_query},
    {0},
};

const struct audit_kind library_audit_kinds[] = {
    {"library.edited", "Guidance was written or changed", false},
    {"library.published", "Guidance became public", false},
    {"library.planned", "Publication of guidance was planned", false},
    {"library.stopped", "A planned publication was stopped", false},
    {"library.taken_down", "Guidance was taken down", false},
    {"library.kept", "Guidance was kept against a newer pack", false},
    {"library.pictured", "A picture for guidance was added", false},
    {"library.picture_removed", "A picture for guidance was removed", false},
    {0},
};
