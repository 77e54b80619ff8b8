/* SPDX-License-Identifier: MIT */
/*
 * account_privacy.c - what signing in keeps about people.
 *
 * A copy says that there is a password, a phone or a code and since when; none of them is in it.
 */
#include "programme/account/account.h"

#include "platform/base/time.h"
#include "programme/account/account.sql.h"

static const char to_be_you[] = "so that only you can sign in as you";
static const char from_you[] = "you";

/* What all of them say alike. */
#define WAY_IN                                                                                     \
    .whose = PRIVACY_OF_STAFF, .kind = PRIVACY_OPERATIONAL, .basis = PRIVACY_PUBLIC_TASK,          \
    .purpose = to_be_you, .source = from_you

const struct privacy_holding account_holdings[] = {
    {.table = "account_password",
     .name = "Your password",
     .what = "a scrambled form of your password that cannot be turned back, and when you set it",
     WAY_IN,
     .rule = "way-in",
     .rows = &account_password_copy_query,
     .kept_back =
         "Your copy says when you set a password. The scrambled form is not in it, so that "
         "a copy that gets lost lets nobody in.",
     .erase = &account_password_drop_query,
     .retain = &account_password_retain_query},
    {.table = "account_phone",
     .name = "Your phone that shows codes",
     .what = "the secret that your phone makes codes from, and when you added it",
     WAY_IN,
     .rule = "way-in",
     .rows = &account_phone_copy_query,
     .kept_back = "Your copy says when you added a phone. The secret is not in it, so that a copy "
                  "that gets lost lets nobody in.",
     .erase = &account_phone_drop_query,
     .retain = &account_phone_retain_query},
    {.table = "account_recovery",
     .name = "Your recovery codes",
     .what = "a scrambled form of each code, and when you made and used it",
     WAY_IN,
     .rule = "way-in",
     .rows = &account_recovery_copy_query,
     .erase = &account_recovery_drop_query,
     .retain = &account_recovery_retain_query},
    {.table = "account_link",
     .name = "Other services that sign you in",
     .what = "which service, as whom it knows you, and when you last used it",
     WAY_IN,
     .rule = "way-in",
     .rows = &account_link_copy_query,
     .erase = &account_link_erase_query,
     .retain = &account_link_retain_query},
    {.table = "account_visit",
     .name = "Visits to another service to sign in",
     .what = "which service a browser went to, and until when it may come back",
     WAY_IN,
     .rule = "sign-in-try",
     .rows = &account_visit_copy_query,
     .erase = &account_visit_erase_query,
     .retain = &account_visit_purge_query,
     .is_passing = true,
     .fixed_secs = ACCOUNT_VISITS_KEPT_SECS},
    {.table = "account_try",
     .name = "Tries to sign in",
     .what = "that a password or code was typed wrong, and when",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that nobody can guess a password by trying many",
     .source = "whoever types it",
     .rule = "sign-in-try",
     .listed_with = "nothing: a try is kept under a scrambled key that leads to nobody",
     .kept_because = "A try is kept under a scrambled key that leads to nobody, and goes within a "
                     "day or so.",
     .retain = &account_try_purge_query,
     .is_passing = true,
     .fixed_secs = ACCOUNT_TRIES_KEPT_SECS},
    {.table = "account_move",
     .name = "Moves to another address",
     .what = "your old and your new email address, and when you asked",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that you can move, and undo it if it was not you",
     .source = from_you,
     .rule = "address-move",
     .rows = &account_move_copy_query,
     .erase = &account_move_erase_query,
     .retain = &account_move_purge_query,
     .is_passing = true,
     .fixed_secs = ACCOUNT_MOVES_KEPT_SECS},
    {.table = "account_loss",
     .name = "Phones that you lost",
     .what = "when you said that your phone is lost, and what came of it",
     WAY_IN,
     .rule = "lost-phone",
     .rows = &account_loss_copy_query,
     .erase = &account_loss_erase_query,
     .retain = &account_loss_retain_query},
    {0},
};
